import { DEFAULT_LAND_OPTIONS, LandError } from './land-input'
import type { BuildingReview, LandInput, LandOptions, LandStreet, LatticeLine, LatticeRings } from './land-input'
import { LineFlag } from './line-flags'
import { ringArea2 } from '@/core/rings'
import { pointInRings } from './ring-geometry'

/** Square lattice steps of one square metre. */
export const LATTICE2_PER_M2 = 40000
/** Lattice steps of one metre. */
export const LATTICE_PER_M = 200

export interface LoadedBuilding {
  /** Position in the input. */
  readonly inputIndex: number
  readonly rings: readonly Int32Array[]
  readonly areaM2: number
  readonly households: number
  /** west, south, east, north. */
  readonly box: readonly [number, number, number, number]
}

export interface LoadedLine {
  readonly flags: number
  readonly xy: Int32Array
}

/** Cleaned input: buildings that constrain (sorted by id), those that do not, lines, areas. */
export interface LoadedLand {
  readonly options: LandOptions
  readonly buildings: readonly LoadedBuilding[]
  /** Buildings placed by their middle: input index and lattice point. */
  readonly loose: readonly { readonly inputIndex: number; readonly x: number; readonly y: number; readonly households: number }[]
  readonly review: (BuildingReview | null)[]
  readonly lines: readonly LoadedLine[]
  /** Empty: the land is whatever lies in a community. */
  readonly boundary: readonly Int32Array[]
  readonly communities: readonly (readonly Int32Array[])[]
  readonly box: readonly [number, number, number, number]
  readonly counts: Record<string, number>
}

const HARD_CLASSES = new Set([
  'motorway', 'motorway_link', 'trunk', 'trunk_link', 'primary', 'primary_link', 'secondary', 'secondary_link',
  'tertiary', 'tertiary_link', 'unclassified', 'residential', 'living_street', 'pedestrian', 'road',
])
const SOFT_CLASSES = new Set(['service', 'footway', 'steps', 'path', 'track', 'cycleway', 'bridleway', 'busway'])
const MAJOR_CLASSES = /^(motorway|trunk|primary|secondary|tertiary)(_link)?$/
const FLYOVER_CLASSES = /^(motorway|motorway_link|footway|path|cycleway|steps)$/

/** Lines may reach this far beyond the box of the land, metres; the rest is clipped. */
const MARGIN_M = 30
const MAX_EXTENT = 300_000 * LATTICE_PER_M

const yes = (tag: string | boolean | undefined): boolean => tag !== undefined && tag !== false && tag !== 'no' && tag !== ''

/** Whether a way becomes a line, and of what sort; the reason it is dropped otherwise. */
export function classifyStreet(street: LandStreet): { flags: number } | { dropped: string } {
  const throughBuilding = street.tunnel === 'building_passage' || street.tunnel === 'covered'
  if (yes(street.tunnel) && !throughBuilding) return { dropped: 'streets_dropped_tunnel' }
  if ((street.layer ?? 0) < 0 && !throughBuilding) return { dropped: 'streets_dropped_below_ground' }
  if (yes(street.bridge) && FLYOVER_CLASSES.test(street.highway)) return { dropped: 'streets_dropped_flyover' }
  const major = MAJOR_CLASSES.test(street.highway) ? LineFlag.major : 0
  if (street.hard !== undefined) return { flags: street.hard ? LineFlag.street | major : LineFlag.soft }
  if (HARD_CLASSES.has(street.highway)) return { flags: LineFlag.street | major }
  if (SOFT_CLASSES.has(street.highway)) return { flags: LineFlag.soft }
  return { dropped: 'streets_dropped_class' }
}

/** Without repeated points; rings also without their closing point. */
function cleanLine(line: LatticeLine, ring: boolean): Int32Array {
  const out = new Int32Array(line.length)
  let n = 0
  for (let i = 0; i + 1 < line.length; i += 2) {
    if (!Number.isFinite(line[i]) || !Number.isFinite(line[i + 1])) continue
    const x = Math.round(line[i])
    const y = Math.round(line[i + 1])
    if (n > 0 && out[n - 2] === x && out[n - 1] === y) continue
    out[n++] = x
    out[n++] = y
  }
  if (ring) while (n >= 4 && out[0] === out[n - 2] && out[1] === out[n - 1]) n -= 2
  return out.slice(0, n)
}

function cleanRings(rings: LatticeRings): Int32Array[] {
  return rings.map((ring) => cleanLine(ring, true)).filter((ring) => ring.length >= 6)
}

/** Area by the even–odd rule for rings that nest at most once, as footprints do. */
function ringsAreaM2(rings: readonly Int32Array[]): number {
  const areas = rings.map((ring) => Math.abs(ringArea2(ring)) / 2 / LATTICE2_PER_M2)
  const boxes = rings.map((ring) => boxOf([ring]))
  let sum = 0
  for (let i = 0; i < rings.length; i++) {
    const hole = boxes.some(
      (b, j) => j !== i && areas[j] > areas[i] && b[0] <= boxes[i][0] && b[1] <= boxes[i][1] && b[2] >= boxes[i][2] && b[3] >= boxes[i][3],
    )
    sum += hole ? -areas[i] : areas[i]
  }
  return sum
}

function boxOf(rings: readonly ArrayLike<number>[]): [number, number, number, number] {
  const box: [number, number, number, number] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const ring of rings) {
    for (let i = 0; i + 1 < ring.length; i += 2) {
      if (ring[i] < box[0]) box[0] = ring[i]
      if (ring[i] > box[2]) box[2] = ring[i]
      if (ring[i + 1] < box[1]) box[1] = ring[i + 1]
      if (ring[i + 1] > box[3]) box[3] = ring[i + 1]
    }
  }
  return box
}

/**
 * Clean the input and sort it by id, so that the order of a file never changes the cells (unsorted, reversing the file
 * moved 14 % of the buildings of the test land to other cells).
 */
export function loadLand(input: LandInput): LoadedLand {
  const options: LandOptions = { ...DEFAULT_LAND_OPTIONS, ...input.options }
  const counts: Record<string, number> = { buildings_given: input.buildings.length, streets_given: input.streets.length }
  const count = (name: string) => (counts[name] = (counts[name] ?? 0) + 1)
  const review: (BuildingReview | null)[] = new Array(input.buildings.length).fill(null)
  const order = input.buildings.map((_, i) => i)
  order.sort((a, b) => (input.buildings[a].id < input.buildings[b].id ? -1 : input.buildings[a].id > input.buildings[b].id ? 1 : a - b))
  const buildings: LoadedBuilding[] = []
  const loose: LoadedLand['loose'][number][] = []
  for (const i of order) {
    const b = input.buildings[i]
    const rings = cleanRings(b.rings)
    const areaM2 = ringsAreaM2(rings)
    const reason: BuildingReview | null =
      rings.length === 0 || !(areaM2 > 0.01) ? 'invalid_outline'
      : b.underground || (b.layer ?? 0) < 0 ? 'underground'
      : areaM2 < options.smallBuildingM2 ? 'small'
      : null
    if (reason) {
      review[i] = reason
      count(`buildings_${reason}`)
      const box = boxOf(b.rings)
      if (Number.isFinite(box[0])) {
        loose.push({ inputIndex: i, x: (box[0] + box[2]) / 2, y: (box[1] + box[3]) / 2, households: b.households })
      }
      continue
    }
    buildings.push({ inputIndex: i, rings, areaM2, households: b.households, box: boxOf(rings) })
  }

  const communities = input.communities.map(cleanRings)
  let boundary = cleanRings(input.boundary ?? [])
  if (boundary.length === 0 && communities.length === 0 && buildings.length > 0) {
    const b = boxOf(buildings.flatMap((building) => building.rings))
    const m = 10 * LATTICE_PER_M
    boundary = [Int32Array.of(b[0] - m, b[1] - m, b[2] + m, b[1] - m, b[2] + m, b[3] + m, b[0] - m, b[3] + m)]
  }
  const box = boxOf(boundary.length > 0 ? boundary : communities.flat())
  if (!(box[2] > box[0] && box[3] > box[1])) throw new LandError('land_empty', { buildings: input.buildings.length })
  if (box[2] - box[0] > MAX_EXTENT || box[3] - box[1] > MAX_EXTENT || Math.max(...box.map(Math.abs)) > MAX_EXTENT) {
    throw new LandError('land_too_large', { extentKm: Math.round(Math.max(box[2] - box[0], box[3] - box[1]) / LATTICE_PER_M / 1000) })
  }

  const lines: LoadedLine[] = []
  const margin = MARGIN_M * LATTICE_PER_M
  const outer = [box[0] - margin, box[1] - margin, box[2] + margin, box[3] + margin] as const
  const add = (line: LatticeLine, flags: number, ring: boolean, clip = true) => {
    let xy = cleanLine(line, ring)
    if (xy.length < 4) return
    if (ring) xy = Int32Array.from([...xy, xy[0], xy[1]])
    for (const part of clip ? clipLine(xy, outer) : [xy]) lines.push({ flags, xy: part })
  }
  for (const ring of boundary) add(ring, LineFlag.boundary, true, false)
  for (const rings of communities) for (const ring of rings) add(ring, LineFlag.boundary, true)
  const streetOrder = [...input.streets].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0))
  for (const street of streetOrder) {
    const sort = classifyStreet(street)
    if ('dropped' in sort) count(sort.dropped)
    else add(street.line, sort.flags, false)
  }
  for (const line of input.coastlines) add(line, LineFlag.coast, false)
  for (const rings of input.waterAreas) for (const ring of rings) add(ring, LineFlag.water, true)
  const waterAreas = input.waterAreas.map((rings) => ({ rings: cleanRings(rings), box: boxOf(rings) }))
  for (const line of input.waterLines) for (const part of besideAreas(cleanLine(line, false), waterAreas)) add(part, LineFlag.water, false)
  for (const line of input.railways) add(line, LineFlag.railway, false)
  for (const rings of input.greens) for (const ring of rings) add(ring, LineFlag.green, true)
  for (const compound of input.compounds) add(compound.ring, LineFlag.wall, true)
  for (const line of input.barriers) add(line, LineFlag.soft, false)

  const far = buildings.filter((b) => b.box[0] > box[2] || b.box[2] < box[0] || b.box[1] > box[3] || b.box[3] < box[1])
  for (const b of far) {
    review[b.inputIndex] = 'outside'
    count('buildings_outside')
  }
  const kept = far.length > 0 ? buildings.filter((b) => review[b.inputIndex] !== 'outside') : buildings
  return { options, buildings: kept, loose, review, lines, boundary, communities, box, counts }
}

/** Longest step at which a river is asked whether it runs in mapped water, metres. */
const RIVER_STEP_M = 5

/**
 * Parts of a river's line outside mapped water, give or take a step: between its banks the line divides nothing but the
 * water itself.
 */
function besideAreas(
  xy: Int32Array, areas: readonly { readonly rings: readonly Int32Array[]; readonly box: readonly [number, number, number, number] }[],
): number[][] {
  const parts: number[][] = []
  let part: number[] = []
  for (let i = 0; i + 3 < xy.length; i += 2) {
    const dx = xy[i + 2] - xy[i], dy = xy[i + 3] - xy[i + 1]
    const steps = Math.ceil(Math.hypot(dx, dy) / (RIVER_STEP_M * LATTICE_PER_M))
    const at = (k: number) => (k === steps ? [xy[i + 2], xy[i + 3]] : [xy[i] + 2 * Math.round((dx * k) / steps / 2), xy[i + 1] + 2 * Math.round((dy * k) / steps / 2)])
    for (let k = 0; k < steps; k++) {
      const x = xy[i] + (dx * (k + 0.5)) / steps, y = xy[i + 1] + (dy * (k + 0.5)) / steps
      const within = areas.some(({ rings, box }) => x >= box[0] && x <= box[2] && y >= box[1] && y <= box[3] && pointInRings(rings, x, y))
      if (within) {
        if (part.length > 0) parts.push(part)
        part = []
        continue
      }
      if (part.length === 0) part.push(...at(k))
      // Only where the line begins, bends or ends are points needed.
      if (k > 0 && part.length > 2) part.splice(-2)
      part.push(...at(k + 1))
    }
  }
  if (part.length > 0) parts.push(part)
  return parts
}

/** Parts of a line within a box (Liang and Barsky 1984, segment by segment); cut points are rounded to whole centimetres. */
function clipLine(xy: Int32Array, box: readonly [number, number, number, number]): Int32Array[] {
  let within = true
  for (let i = 0; i < xy.length && within; i += 2) {
    within = xy[i] >= box[0] && xy[i] <= box[2] && xy[i + 1] >= box[1] && xy[i + 1] <= box[3]
  }
  if (within) return [xy]
  const parts: number[][] = []
  let part: number[] = []
  const close = () => {
    if (part.length >= 4) parts.push(part)
    part = []
  }
  for (let i = 0; i + 3 < xy.length; i += 2) {
    const dx = xy[i + 2] - xy[i]
    const dy = xy[i + 3] - xy[i + 1]
    let t0 = 0
    let t1 = 1
    const edges = [[-dx, xy[i] - box[0]], [dx, box[2] - xy[i]], [-dy, xy[i + 1] - box[1]], [dy, box[3] - xy[i + 1]]]
    for (const [p, q] of edges) {
      if (p === 0) {
        if (q < 0) t1 = -1
      } else if (p < 0) t0 = Math.max(t0, q / p)
      else t1 = Math.min(t1, q / p)
    }
    if (t0 > t1) {
      close()
      continue
    }
    const at = (t: number) => [2 * Math.round((xy[i] + t * dx) / 2), 2 * Math.round((xy[i + 1] + t * dy) / 2)]
    if (part.length === 0) part.push(...(t0 === 0 ? [xy[i], xy[i + 1]] : at(t0)))
    part.push(...(t1 === 1 ? [xy[i + 2], xy[i + 3]] : at(t1)))
    if (t1 < 1) close()
  }
  close()
  return parts.map((p) => cleanLine(p, false)).filter((p) => p.length >= 4)
}
