import { ReadRefusal } from './read-refusal'

/** One object of the text: where it begins and ends, and on which line it begins (from 1). */
interface JsonSlice {
  readonly start: number
  readonly end: number
  readonly line: number
}

/** What lies in a JSON text: its features, or the whole as one, and how it ended. */
export interface JsonScan {
  readonly slices: readonly JsonSlice[]
  /** Line where an object was left open when the text ended, or null where all closed. */
  readonly openLine: number | null
  /** Line of the first bracket that closes another kind of bracket. */
  readonly mismatchLine: number | null
}

const enum Sign {
  quote = 34,
  backslash = 92,
  open = 123,
  close = 125,
  openList = 91,
  closeList = 93,
  newline = 10,
}

/**
 * Find the objects of the `features` list of a FeatureCollection without parsing the text, so that each can be parsed on its
 * own: a fault then costs one row and has a line, a cut file yields what it still holds, and nesting is bounded before
 * any recursive parser sees it. A text without such a list is one slice.
 *
 * One pass over the characters; throws `json_too_deep` beyond `maxDepth`.
 */
export function scanJson(text: string, maxDepth: number): JsonScan {
  const slices: JsonSlice[] = []
  const stack = new Uint8Array(maxDepth + 1)
  let depth = 0
  let line = 1
  let listDepth = -1
  let itemStart = -1
  let itemLine = 0
  let mismatchLine: number | null = null
  let rootStart = -1

  for (let at = 0; at < text.length; at++) {
    const sign = text.charCodeAt(at)
    if (sign === Sign.newline) {
      line++
    } else if (sign === Sign.quote) {
      const end = endOfString(text, at)
      if (depth === 1 && listDepth < 0 && isFeaturesKey(text, at, end)) listDepth = 2
      at = end
    } else if (sign === Sign.open || sign === Sign.openList) {
      if (depth >= maxDepth) throw new ReadRefusal('json_too_deep', { depth: maxDepth }, line)
      if (depth === 0 && rootStart < 0) rootStart = at
      stack[depth++] = sign
      if (listDepth === 2 && depth === 3 && sign === Sign.open && stack[1] === Sign.openList) {
        itemStart = at
        itemLine = line
      }
    } else if (sign === Sign.close || sign === Sign.closeList) {
      if (depth === 0 || stack[depth - 1] + 2 !== sign) {
        mismatchLine = line
        break
      }
      depth--
      if (itemStart >= 0 && depth === 2) {
        slices.push({ start: itemStart, end: at + 1, line: itemLine })
        itemStart = -1
      }
      if (listDepth === 2 && depth === 1 && sign === Sign.closeList) listDepth = 0
    }
  }
  const openLine = depth > 0 && mismatchLine === null ? (itemStart >= 0 ? itemLine : line) : null
  if (listDepth < 0 && rootStart >= 0) return { slices: [{ start: rootStart, end: text.length, line: 1 }], openLine, mismatchLine }
  return { slices, openLine, mismatchLine }
}

function endOfString(text: string, open: number): number {
  let at = open
  for (;;) {
    at = text.indexOf('"', at + 1)
    if (at < 0) return text.length
    let slashes = 0
    while (text.charCodeAt(at - 1 - slashes) === Sign.backslash) slashes++
    if (slashes % 2 === 0) return at
  }
}

const isFeaturesKey = (text: string, open: number, end: number): boolean =>
  end - open === 9 && text.startsWith('features', open + 1) && /^\s*:\s*\[/.test(text.slice(end + 1, end + 40))
