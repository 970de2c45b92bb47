import { onScopeDispose, ref, watch, type Ref } from 'vue'

/** Width and height of an element in pixels as they change; 0 before it stands. */
export function useElementSize(element: Ref<HTMLElement | null>): Readonly<Ref<{ width: number; height: number }>> {
  const size = ref({ width: 0, height: 0 })
  const observer = typeof ResizeObserver === 'undefined' ? null : new ResizeObserver(([{ contentRect }]) => {
    size.value = { width: contentRect.width, height: contentRect.height }
  })
  watch(element, (now, before) => {
    if (before) observer?.unobserve(before)
    if (now) observer?.observe(now)
  }, { immediate: true })
  onScopeDispose(() => observer?.disconnect())
  return size
}
