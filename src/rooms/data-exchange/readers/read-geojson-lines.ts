import type { ReadContext } from './read-context'
import { readFeatureText } from './read-geojson'
import { ReadRefusal } from '@/formats/read-refusal'

const BLOCK = 2_000
/** A longer line is no single feature. */
const LINE_LENGTH = 16 * 2 ** 20

/** Read GeoJSON lines: one feature a line (also with the record separator of RFC 8142). Rows are lines. */
export async function readGeoJsonLines(text: string, context: ReadContext): Promise<void> {
  let line = 0
  let index = 0
  let start = 0
  while (start < text.length) {
    line++
    let end = text.indexOf('\n', start)
    const last = end < 0
    if (last) end = text.length
    let from = start
    while (from < end && (text.charCodeAt(from) <= 32 || text.charCodeAt(from) === 0x1e)) from++
    start = end + 1
    if (from >= end) continue
    if (end - from > LINE_LENGTH) throw new ReadRefusal('line_too_long', { line }, line)
    const slice = text.slice(from, end)
    if (nestingOf(slice, context.limits.jsonDepth) > context.limits.jsonDepth) {
      throw new ReadRefusal('json_too_deep', { depth: context.limits.jsonDepth }, line)
    }
    // A last line without its closing bracket was cut, not mistyped.
    if (last && !slice.trimEnd().endsWith('}')) {
      context.find('file_truncated', 'blocker', line)
      break
    }
    readFeatureText(slice, line, index++, context)
    if (index % BLOCK === 0) await context.pause(start / text.length)
  }
  if (index === 0) throw new ReadRefusal('no_features')
}

/** Deepest run of opening brackets, cheaply and from above: counts brackets in strings too. */
function nestingOf(text: string, stopAt: number): number {
  let depth = 0
  let deepest = 0
  for (let at = 0; at < text.length && deepest <= stopAt; at++) {
    const sign = text.charCodeAt(at)
    if (sign === 91 || sign === 123) deepest = Math.max(deepest, ++depth)
    else if (sign === 93 || sign === 125) depth--
  }
  return deepest
}
