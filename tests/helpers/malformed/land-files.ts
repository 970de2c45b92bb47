import gcoord from 'gcoord'
import type { CoordinateSystem, LayerName, Pair, Severity } from '@/rooms/data-exchange/model'
import { collection, feature, polygon, square } from '../../fixtures/import/make-files'
import { lottery } from './manifest'

/** A layer that is read without a fault and is wrong as land, beside a sound town at 117.6° east, 36.2° north. */
export interface MalformedLayer {
  readonly what: string
  readonly layer: LayerName
  readonly system: CoordinateSystem | null
  readonly content: string
  readonly ends: {
    readonly code: string
    readonly severity: Severity
    /** Null where it concerns the file as a whole. */
    readonly row: number | null
    /** What goes on: nothing at all, or the town (with what is sound of the file). */
    readonly goesOn: boolean
  }
}

/** Beside the last houses of the town, so that nothing of it overlaps. */
const AT: Pair = [117.602, 36.2]
const place = (ring: readonly Pair[]): Pair[] => ring.map(([x, y]) => [AT[0] + x * 2e-4, AT[1] + y * 2e-4])
const rings: readonly (readonly [what: string, ring: Pair[], code: string, severity: Severity])[] = [
  ['a gap in its outline', place([[0, 0], [1, 0], [1, 1], [0, 1]]), 'ring_unclosed', 'warning'],
  ['a side missing', place([[0, 0], [9, 0], [9, 0.1]]), 'ring_unclosed_wide', 'error'],
  ['two points', place([[0, 0], [1, 1], [0, 0]]), 'ring_too_few', 'error'],
  ['one point four times', place([[0, 0], [0, 0], [0, 0], [0, 0]]), 'ring_too_few', 'error'],
  ['no area', place([[0, 0], [1, 0], [2, 0], [0, 0]]), 'ring_no_area', 'error'],
]
const eight = place([[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]])
/** Every edge crosses every other: 1,001 points, half a million crossings. */
const tangle = place(Array.from({ length: 1_002 }, (_, k): Pair => {
  const turn = ((k * 500) % 1_001) * ((2 * Math.PI) / 1_001)
  return [Math.cos(turn), Math.sin(turn)]
}))
/** No edge crosses another and each runs the whole width: comparing all with all would take minutes. */
const comb = place([
  ...Array.from({ length: 60_000 }, (_, k): Pair => [k % 2 === (k >> 1) % 2 ? 0 : 1, (k >> 1) * 1e-2]),
  [-1, 300], [-1, 0], [0, 0],
])

const one = (ring: Pair[], properties: Record<string, unknown> = {}) => collection([feature(polygon(ring as [number, number][]), properties)])
const areas: readonly LayerName[] = ['building', 'boundary', 'community', 'compound', 'water', 'green']
const line = (points: Pair[]) => collection([feature({ type: 'LineString', coordinates: points })])

const shapes: readonly MalformedLayer[] = areas.flatMap((layer) => [
  ...rings.map(([what, ring, code, severity]): MalformedLayer => ({ what, layer, system: 'wgs84', content: one(ring, { name: what, code: '370116001001' }), ends: { code, severity, row: 2, goesOn: true } })),
  {
    what: 'an outline that crosses itself', layer, system: 'wgs84', content: one(eight),
    ends: layer === 'building' || layer === 'green' || layer === 'water'
      ? { code: 'ring_self_crossing_split', severity: 'warning', row: 2, goesOn: true }
      : { code: 'ring_self_crossing', severity: 'error', row: 2, goesOn: true },
  },
  { what: 'half a million crossings', layer, system: 'wgs84', content: one(tangle), ends: { code: 'ring_tangled', severity: 'error', row: 2, goesOn: true } },
])

const kinds: readonly MalformedLayer[] = [
  { what: 'a comb of 60,000 points', layer: 'building', system: 'wgs84', content: one(comb), ends: { code: 'ring_tangled', severity: 'error', row: 2, goesOn: true } },
  { what: 'points for buildings', layer: 'building', system: 'wgs84', content: collection([feature({ type: 'Point', coordinates: AT })]), ends: { code: 'geometry_unfit', severity: 'error', row: 2, goesOn: true } },
  { what: 'lines for buildings', layer: 'building', system: 'wgs84', content: line([AT, [AT[0] + 1e-3, AT[1]]]), ends: { code: 'geometry_unfit', severity: 'error', row: 2, goesOn: true } },
  { what: 'areas for streets', layer: 'street', system: 'wgs84', content: one(square(...AT, 20)), ends: { code: 'geometry_unfit', severity: 'info', row: 2, goesOn: true } },
  { what: 'a street of one point', layer: 'street', system: 'wgs84', content: line([AT, AT]), ends: { code: 'line_too_short', severity: 'error', row: 2, goesOn: true } },
  { what: 'a railway of one point', layer: 'railway', system: 'wgs84', content: line([AT]), ends: { code: 'line_too_short', severity: 'error', row: 2, goesOn: true } },
  { what: 'a river of one point', layer: 'water', system: 'wgs84', content: line([AT, AT, AT]), ends: { code: 'line_too_short', severity: 'error', row: 2, goesOn: true } },
  { what: 'an outline that stands there', layer: 'building', system: 'wgs84', content: collection([1, 2].map((id) => feature(polygon(square(...AT, 20)), { building: 'yes', id }))), ends: { code: 'duplicate_outline', severity: 'error', row: 3, goesOn: true } },
  ...(['-3', '1e400', '不详', '201', 'NaN', '二十', '0x7', '３０１层'] as const).map((told): MalformedLayer => ({
    what: `${told} floors`, layer: 'building', system: 'wgs84', content: one(square(...AT, 20), { building: 'yes', 'building:levels': told }),
    ends: { code: 'number_invalid', severity: 'warning', row: 2, goesOn: true },
  })),
  { what: 'communities of one code', layer: 'community', system: 'wgs84', content: collection([0, 1].map((k) => feature(polygon(square(117.6 + k * 1.4e-3, 36.2, 120)), { name: `C${k}`, code: '370116901001' }))), ends: { code: 'duplicate_code', severity: 'blocker', row: 3, goesOn: false } },
  { what: 'communities of one name', layer: 'community', system: 'wgs84', content: collection([0, 1].map((k) => feature(polygon(square(117.6 + k * 1.4e-3, 36.2, 120)), { name: 'C', code: `37011690100${k}` }))), ends: { code: 'duplicate_name', severity: 'warning', row: 3, goesOn: true } },
  { what: 'a code with letters', layer: 'units', system: 'wgs84', content: one(square(...AT, 20), { name: 'C', code: '37011690100x' }), ends: { code: 'code_invalid', severity: 'error', row: 2, goesOn: true } },
]

const yes = { building: 'yes' }
const systems: readonly MalformedLayer[] = [
  { what: 'a system nobody chose', layer: 'building', system: null, content: one(square(...AT, 20), yes), ends: { code: 'system_not_chosen', severity: 'blocker', row: null, goesOn: false } },
  { what: 'metres read as degrees', layer: 'building', system: 'wgs84', content: one([[5e5, 4e6], [5.0002e5, 4e6], [5.0002e5, 4.00002e6], [5e5, 4e6]], yes), ends: { code: 'metres_not_degrees', severity: 'blocker', row: null, goesOn: false } },
  ...(['epsg:4548', 'epsg:4527', 'web_mercator'] as const).map((system): MalformedLayer => (
    { what: `degrees read as ${system}`, layer: 'building', system, content: one(square(...AT, 20), yes), ends: { code: 'degrees_not_metres', severity: 'blocker', row: null, goesOn: false } }
  )),
  { what: 'a place north of the pole', layer: 'building', system: 'wgs84', content: one(square(117, 91, 20), yes), ends: { code: 'coordinates_out_of_range', severity: 'error', row: 2, goesOn: false } },
  { what: 'nought, nought', layer: 'building', system: 'wgs84', content: one([[0, 0], [0, 0], [0, 0]], yes), ends: { code: 'all_out_of_range', severity: 'blocker', row: null, goesOn: false } },
  { what: 'metres beyond all metres', layer: 'building', system: 'epsg:4548', content: one([[1e300, 4e6], [1e300, 5e6], [2e300, 4e6], [1e300, 4e6]], yes), ends: { code: 'coordinates_out_of_range', severity: 'error', row: 2, goesOn: false } },
  { what: 'degrees beyond all degrees', layer: 'building', system: 'gcj02', content: one([[1e308, 36], [117, 1e308], [117, 36], [1e308, 36]], yes), ends: { code: 'metres_not_degrees', severity: 'blocker', row: null, goesOn: false } },
  { what: 'a district of GCJ-02 read as WGS84', layer: 'boundary', system: 'wgs84', content: one(gcj(square(117.59, 36.19, 3_000)), { adcode: 370116, level: 'district', name: 'N' }), ends: { code: 'system_suspected_gcj02', severity: 'warning', row: null, goesOn: true } },
]

const random = lottery('land')
/** Positions drawn by lot, most of which make no outline: whatever is met, it is named, and the town goes on. */
export const SCRIBBLES: readonly string[] = Array.from({ length: 60 }, () => {
  const points = Array.from({ length: 3 + Math.floor(random() * 12) }, (): Pair => [Math.floor(random() * 5), Math.floor(random() * 5)])
  return one(place(random() < 0.5 ? points : [...points, points[0]]), yes)
})

export const MALFORMED_LAYERS: readonly MalformedLayer[] = [...shapes, ...kinds, ...systems]

function gcj(ring: readonly Pair[]): Pair[] {
  return ring.map((pair) => gcoord.transform([...pair] as Pair, gcoord.WGS84, gcoord.GCJ02))
}
