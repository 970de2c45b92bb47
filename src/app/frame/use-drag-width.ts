import { ref, type Ref } from 'vue'

/** A width changed by dragging a grip or by keys, kept between visits. */
export function useDragWidth(key: string, initial: number, least: number, most: number): {
  width: Ref<number>
  drag(event: PointerEvent): void
  nudge(by: number): void
} {
  const clamp = (value: number): number => Math.min(most, Math.max(least, Math.round(value)))
  const width = ref(clamp(Number(localStorage.getItem(key)) || initial))
  const set = (value: number): void => {
    width.value = clamp(value)
    localStorage.setItem(key, String(width.value))
  }
  return {
    width,
    nudge: (by) => set(width.value + by),
    drag(event) {
      const grip = event.currentTarget as HTMLElement
      const start = width.value - event.clientX
      grip.setPointerCapture(event.pointerId)
      const move = (moved: PointerEvent): void => set(start + moved.clientX)
      grip.addEventListener('pointermove', move)
      grip.addEventListener('lostpointercapture', () => grip.removeEventListener('pointermove', move), { once: true })
    },
  }
}
