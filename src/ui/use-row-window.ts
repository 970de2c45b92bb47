import { computed, onBeforeUnmount, onMounted, ref, type Ref } from 'vue'

const SPARE_ROWS = 6

/** Rows of one height of which only those in view are drawn: their range, the room before and after, px. */
export function useRowWindow(scroller: Ref<HTMLElement | null>, count: () => number, rowPx: number) {
  const top = ref(0)
  const height = ref(400)
  const first = computed(() => Math.max(0, Math.min(Math.floor(top.value / rowPx) - SPARE_ROWS, count() - 1)))
  const end = computed(() => Math.min(count(), first.value + Math.ceil(height.value / rowPx) + 2 * SPARE_ROWS))

  function measure(): void {
    top.value = scroller.value?.scrollTop ?? 0
    height.value = scroller.value?.clientHeight || 400
  }
  const sizes = typeof ResizeObserver === 'undefined' ? null : new ResizeObserver(measure)
  onMounted(() => {
    measure()
    if (scroller.value) sizes?.observe(scroller.value)
  })
  onBeforeUnmount(() => sizes?.disconnect())

  /** Bring a row into view by the least movement; `headPx` of the box lie under its heading. */
  function reveal(row: number, headPx = 0): void {
    const box = scroller.value
    if (!box || row < 0) return
    const y = row * rowPx
    if (y < box.scrollTop) box.scrollTop = y
    else if (y + rowPx + headPx > box.scrollTop + box.clientHeight) box.scrollTop = y + rowPx + headPx - box.clientHeight
  }
  return { first, end, beforePx: computed(() => first.value * rowPx), afterPx: computed(() => Math.max(0, (count() - end.value) * rowPx)), measure, reveal }
}
