/**
 * Arrows, Home and End move the focus among the controls of a list that match `selector`; from the list itself Down
 * enters at the first. For `@keydown` of the element that holds the list.
 */
export function moveInList(event: KeyboardEvent, selector: string): void {
  const list = event.currentTarget as HTMLElement
  const target = event.target as HTMLElement
  const controls = [...list.querySelectorAll<HTMLElement>(selector)]
  const at = controls.indexOf(target)
  // A field or a button beside the rows keeps its keys.
  if (controls.length === 0 || (at < 0 && target !== list)) return
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: controls.length - 1 }[event.key]
  if (to === undefined) return
  event.preventDefault()
  controls[Math.min(controls.length - 1, Math.max(0, to))].focus()
}
