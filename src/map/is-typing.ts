/** True while the keys go into a field, so that letters and space are text, not commands. */
export function isTyping(event: KeyboardEvent): boolean {
  const target = event.target
  if (event.isComposing) return true
  if (!(target instanceof HTMLElement)) return false
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true
  return target instanceof HTMLInputElement && !['checkbox', 'radio', 'range', 'button', 'submit'].includes(target.type)
}
