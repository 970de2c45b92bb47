/** All array buffers within a plain value, each once: what can be moved to another thread instead of copied. */
export function buffersOf(value: unknown, found: Set<ArrayBuffer> = new Set()): ArrayBuffer[] {
  if (value instanceof ArrayBuffer) found.add(value)
  else if (ArrayBuffer.isView(value)) {
    if (value.buffer instanceof ArrayBuffer) found.add(value.buffer)
  } else if (Array.isArray(value)) {
    // Long lists of plain values hold no buffers; the first entry tells.
    if (value.length > 0 && typeof value[0] === 'object') for (const entry of value) buffersOf(entry, found)
  } else if (typeof value === 'object' && value !== null) {
    for (const entry of Object.values(value)) buffersOf(entry, found)
  }
  return [...found]
}
