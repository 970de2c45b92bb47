import { checkGeometry } from '@/formats/check-geometry'
import type { ReadContext } from './read-context'
import { ReadRefusal } from '@/formats/read-refusal'
import { scanJson } from '@/formats/scan-json'
import { storedText } from '@/formats/stored-text'

/** Rows between two breaths. */
const BLOCK = 2_000

/**
 * Read a GeoJSON text: a FeatureCollection, one Feature, or a bare geometry. Rows are the lines on which features begin.
 * A feature that is not valid costs its own row; a text that ends too early yields the features before the cut.
 */
export async function readGeoJson(text: string, context: ReadContext): Promise<void> {
  const scan = scanJson(text, context.limits.jsonDepth)
  if (scan.slices.length === 0) {
    if (scan.openLine !== null) throw new ReadRefusal('file_truncated', {}, scan.openLine)
    if (scan.mismatchLine !== null) throw new ReadRefusal('json_invalid', { line: scan.mismatchLine }, scan.mismatchLine)
    throw new ReadRefusal(/^\s*\{/.test(text) ? 'no_features' : 'json_invalid', { line: 1 }, 1)
  }
  const whole = scan.slices.length === 1 && scan.slices[0].end === text.length
  for (let index = 0; index < scan.slices.length; index++) {
    const { start, end, line } = scan.slices[index]
    readFeatureText(text.slice(start, end), line, index, context, whole)
    if (index % BLOCK === BLOCK - 1) await context.pause(index / scan.slices.length)
  }
  // After the rows, so that what could be read is not lost with what could not.
  if (scan.openLine !== null) context.find('file_truncated', 'blocker', scan.openLine)
  if (scan.mismatchLine !== null) context.find('json_invalid', 'blocker', scan.mismatchLine, { line: scan.mismatchLine })
}

/** Read one feature from its own text. `whole`: the text is the file, so a fault in it is a fault of the file. */
export function readFeatureText(text: string, line: number, index: number, context: ReadContext, whole = false): void {
  let raw: unknown
  try {
    raw = JSON.parse(text)
  } catch (error) {
    const at = lineInside(text, error) + line - 1
    if (whole) throw new ReadRefusal('json_invalid', { line: at }, at)
    context.find('json_invalid', 'error', at, { line: at })
    return
  }
  if (typeof raw !== 'object' || raw === null) {
    context.find('geometry_unknown', 'error', line, { type: typeof raw })
    return
  }
  if (whole && typeof (raw as { type?: unknown }).type !== 'string') throw new ReadRefusal('no_features')
  const feature = (raw as { type?: unknown }).type === 'Feature' ? (raw as RawFeature) : { geometry: raw as never }
  const check = checkGeometry(feature.geometry)
  if (!check.ok) {
    context.find(check.code, 'error', line, check.values, 'geometry')
    return
  }
  const properties = readProperties(feature.properties, context.limits.textLength)
  context.emit({ row: line, sourceId: sourceIdOf(feature, properties, index), geometry: check.geometry, properties })
}

interface RawFeature {
  readonly id?: unknown
  readonly geometry?: unknown
  readonly properties?: unknown
}

/** Attributes as text. Nested values are left out: nothing the room uses is nested. */
export function readProperties(raw: unknown, textLength: number): Record<string, string> {
  const properties: Record<string, string> = {}
  if (typeof raw !== 'object' || raw === null) return properties
  for (const [key, value] of Object.entries(raw)) {
    if (value === null || value === undefined || value === '' || typeof value === 'object' || key === '__proto__') continue
    properties[storedText(key, textLength)] = storedText(String(value), textLength)
  }
  return properties
}

function sourceIdOf(feature: RawFeature, properties: Readonly<Record<string, string>>, index: number): string {
  const element = properties['element'] ?? properties['@type']
  const id = properties['@id'] ?? properties['osm_id'] ?? properties['id'] ?? (feature.id as string | number | undefined)
  if (id === undefined || typeof id === 'object') return `#${index + 1}`
  return storedText(element === undefined ? String(id) : `${element}/${id}`, 80)
}

/** Line (from 1) of a parse error inside a text, as the engine tells it: V8 by position, others by line. */
function lineInside(text: string, error: unknown): number {
  const message = String(error)
  const told = /line (\d+)/i.exec(message)
  if (told) return Number(told[1])
  const position = /position (\d+)/i.exec(message)
  const end = position ? Number(position[1]) : text.length
  let line = 1
  for (let at = text.indexOf('\n'); at >= 0 && at < end; at = text.indexOf('\n', at + 1)) line++
  return line
}
