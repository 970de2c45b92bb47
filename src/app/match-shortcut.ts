/**
 * True when a key event is what a shortcut says: names joined with +, as `Ctrl+Shift+Z`, `B`, `Delete`. Ctrl is also
 * the command key of a Mac. Letters do not mind the case.
 */
export function matchesShortcut(event: KeyboardEvent, shortcut: string): boolean {
  const names = shortcut.split('+').map((name) => name.trim().toLowerCase())
  const key = names.pop() ?? ''
  return (
    names.includes('ctrl') === (event.ctrlKey || event.metaKey) &&
    names.includes('alt') === event.altKey &&
    (names.includes('shift') === event.shiftKey || (!/^[a-z0-9]$/.test(key) && key.length === 1)) &&
    event.key.toLowerCase() === (key === 'esc' ? 'escape' : key === 'space' ? ' ' : key)
  )
}
