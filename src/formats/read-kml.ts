import type { ReadLimits } from './read-limits'
import { ReadRefusal } from './read-refusal'
import { scanXml } from './scan-xml'
import type { Pair } from './source-geometry'
import { storedText } from './stored-text'

/** A placemark with its polygons, or why they could not be read. */
export interface KmlRow {
  /** Line on which it begins. */
  readonly row: number
  readonly properties: Readonly<Record<string, string>>
  readonly polygons: readonly Pair[][][]
  readonly fault: 'coordinates_invalid' | 'geometry_missing' | null
}

/** Placemarks of a KML text; points and lines are left off. Throws `ReadRefusal` where the text is no KML. */
export function readKml(text: string, limits: ReadLimits): KmlRow[] {
  const rows: KmlRow[] = []
  let place: Draft | null = null
  let words = ''
  let key: string | null = null
  let vertices = 0
  let isKml = false
  for (const part of scanXml(text)) {
    if (part.kind === 'text') words += part.text
    else if (part.kind === 'open') {
      words = ''
      isKml ||= part.name === 'kml'
      if (part.name === 'Placemark') place = { row: part.line, properties: {}, polygons: [], isFaulty: false, isInPolygon: false }
      else if (part.name === 'Data' || part.name === 'SimpleData') key = part.attributes['name'] ?? null
      else if (part.name === 'Polygon' && place) {
        place.polygons.push([])
        place.isInPolygon = true
      }
    } else if (place) {
      if (part.name === 'name') place.properties['name'] ??= storedText(words.trim(), limits.textLength)
      else if ((part.name === 'value' || part.name === 'SimpleData') && key !== null && key !== '__proto__') {
        if (words.trim() !== '') place.properties[key] = storedText(words.trim(), limits.textLength)
      } else if (part.name === 'coordinates' && place.isInPolygon) {
        const ring = readRing(words)
        vertices += ring?.length ?? 0
        if (vertices > limits.vertices) throw new ReadRefusal('too_many_vertices', { limit: limits.vertices }, place.row)
        if (ring) place.polygons[place.polygons.length - 1].push(ring)
        else place.isFaulty = true
      } else if (part.name === 'Polygon') place.isInPolygon = false
      else if (part.name === 'Placemark') {
        if (rows.length >= limits.rows) throw new ReadRefusal('too_many_rows', { limit: limits.rows }, place.row)
        rows.push(finish(place))
        place = null
      }
    }
  }
  if (!isKml) throw new ReadRefusal('xml_invalid', { line: 1 }, 1)
  return rows
}

interface Draft {
  readonly row: number
  readonly properties: Record<string, string>
  readonly polygons: Pair[][][]
  isFaulty: boolean
  isInPolygon: boolean
}

function finish({ row, properties, polygons, isFaulty }: Draft): KmlRow {
  const whole = polygons.filter((rings) => rings.length > 0)
  const fault = isFaulty ? 'coordinates_invalid' : whole.length === 0 ? 'geometry_missing' : null
  return { row, properties, polygons: fault ? [] : whole, fault }
}

/** A closed ring of tuples `lng,lat[,height]`, or null. */
function readRing(text: string): Pair[] | null {
  const ring: Pair[] = []
  for (const tuple of text.trim().split(/\s+/)) {
    const numbers = tuple.split(',')
    const [x, y] = [Number(numbers[0]), Number(numbers[1])]
    if (numbers.length < 2 || numbers[0] === '' || numbers[1] === '' || !Number.isFinite(x) || !Number.isFinite(y)) return null
    ring.push([x, y])
  }
  return ring.length >= 4 ? ring : null
}
