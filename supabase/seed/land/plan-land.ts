import type { XY } from '@/core/units'
import type { Random } from '../random'
import { arrange, type Arrangement } from '../geometry/arrangement'
import { between, centroid, convexHull, cross, distanceM, insideRing, pointBesideLongestEdge, pointToCm, ringsMeet, segmentDistanceM, segmentsMeet, signedAreaM2, type Ring } from '../geometry/plane'
import { SegmentIndex } from '../geometry/segment-index'
import { splitRegion } from '../geometry/split-region'
import { drawBackbone, type Backbone } from './backbone'
import { makeBlock, type Block } from './block'
import { insetConvex } from '../geometry/inset'
import { CLEAR_M, emptyGround, homesOf, LineKind, RIVER_WIDTH_M, type NamedLine, type PlannedGround } from './land-model'
import { streetOutline, type Outline } from './outline'
import { planTown } from './town-plan'
import { chooseSites, linkVillages } from './village-sites'
import { layVillage, type Village, type VillageSite } from './villages'

/** Land with everything built on it, before communities, people and grids. */
export interface LandPlan {
  readonly outline: Outline
  readonly backbone: Backbone
  readonly arrangement: Arrangement
  /** All roads, lanes and tracks, and the railway. */
  readonly lines: readonly NamedLine[]
  /** What stands on a face of the town; absent for river banks and open land. */
  readonly townGround: ReadonlyMap<number, PlannedGround>
  readonly villages: readonly (Village & { readonly site: VillageSite; readonly name: string })[]
  /** Whether the face belongs to the town. */
  readonly urbanFace: readonly boolean[]
  readonly woods: readonly { readonly name: string; readonly ring: readonly XY[] }[]
}

export interface LandPlanSettings {
  readonly seed: string
  readonly column: number
  readonly row: number
  readonly streetName: string
  readonly urbanCommunities: number
  readonly villageNames: readonly string[]
  /** Households of each village, once it is known how many homes the town has. */
  readonly villageHouseholds: (townHomes: number) => readonly number[]
}

/** Plan the land of a street office: backbone, villages, town blocks, fields. Deterministic for the seed. */
export function planLand(settings: LandPlanSettings, random: Random): LandPlan {
  const outline = streetOutline(settings.seed, settings.column, settings.row)
  const backbone = drawBackbone(outline, settings.urbanCommunities, random.fork('backbone'))
  const inTown = (ring: Ring): boolean => {
    const middle = pointBesideLongestEdge(ring)
    return backbone.town.quarters.some((quarter) => insideRing(middle, quarter))
  }
  const minor = random.fork('minor streets')
  const streets = arrange(backbone.lines.map(labelled)).faces.flatMap(({ ring }) => (inTown(ring) ? cutTownFace(ring, backbone, minor) : []))
  const macro = arrange([...backbone.lines, ...streets].map(labelled))
  const townFaces = new Set([...macro.faces.keys()].filter((face) => inTown(macro.faces[face].ring)))
  const built = buildTown(macro, townFaces, backbone, [...backbone.lines, ...streets], settings.streetName, random.fork('town'))
  const townHomes = [...built.values()].reduce((sum, ground) => sum + ground.buildings.reduce((homes, b) => homes + homesOf(b), 0), 0)

  const villages = layVillages(settings, settings.villageHouseholds(townHomes), outline, backbone, macro, random)
  const fields = random.fork('fields')
  const lanes = macro.faces.flatMap(({ ring }, face) => (townFaces.has(face) ? [] : cutFields(ring, villages.built, fields)))
  const arrangement = arrange([...backbone.lines, ...streets, ...lanes].map(labelled))
  // Field lanes only add corners to the rim of the town: each block is found again by a point inside it.
  const urbanFace = arrangement.faces.map(({ ring }) => inTown(ring))
  const townGround = new Map<number, PlannedGround>()
  for (const [face, ground] of built) {
    const p = pointBesideLongestEdge(macro.faces[face].ring)
    townGround.set(arrangement.faces.findIndex(({ ring }, k) => urbanFace[k] && insideRing(p, ring)), ground)
  }
  const lines = [
    ...backbone.lines.filter(({ kind }) => kind !== LineKind.outline && kind !== LineKind.river),
    ...streets,
    ...lanes.flatMap((lane) => (lane.name === '' ? [] : ashore(lane, backbone))),
    ...villages.roads,
    ...villages.built.flatMap(({ ground }) => ground.lines),
    ...[...townGround.values()].flatMap((ground) => ground.lines),
  ]
  const woods = plantWoods(arrangement, urbanFace, villages.built, random.fork('woods'))
  return { outline, backbone, arrangement, lines, townGround, villages: villages.built, urbanFace, woods }
}

const labelled = ({ line, kind }: NamedLine): { line: readonly XY[]; label: number } => ({ line, label: kind })

function layVillages(
  settings: LandPlanSettings,
  households: readonly number[],
  outline: Outline,
  backbone: Backbone,
  macro: Arrangement,
  random: Random,
): { built: LandPlan['villages']; roads: readonly NamedLine[] } {
  const index = new SegmentIndex()
  for (const { line, kind } of backbone.lines) index.addLine(line, kind)
  const chosen = chooseSites(outline.ring, backbone.town.hull, index, households, random.fork('sites'))
  const { sites, roads } = linkVillages(chosen, settings.villageNames, backbone.lines)
  for (const { line } of roads) index.addLine(line, LineKind.village)
  // Households for which a village has no room move on to the next ones of the list, which are its neighbours.
  let homeless = 0
  const built = sites.map((planned, k) => {
    const face = macro.faces.find(({ ring }) => insideRing(planned.at, ring))!
    const others = sites.filter((other) => other !== planned && distanceM(other.at, planned.at) < 900).map((other) => other.at)
    const name = settings.villageNames[k]
    const taken = Math.min(homeless, Math.max(0, LARGEST_VILLAGE - planned.households))
    const wanted = { ...planned, households: planned.households + taken }
    const village = layVillage(wanted, name, face.ring, index, others, random.fork(`village ${k}`))
    homeless += wanted.households - taken - village.households
    return { ...village, site: { ...planned, households: village.households }, name }
  })
  if (homeless > 0) throw new Error(`the villages have no room for ${homeless} households`)
  return { built, roads }
}

/** A field lane without its end in the river: borders run to the river's middle, carts stop at the bank. */
function ashore(lane: NamedLine, backbone: Backbone): NamedLine[] {
  const { axis } = backbone.river
  const wet = (p: XY): boolean => axis.some((q, i) => i > 0 && segmentDistanceM(p, axis[i - 1], q) < RIVER_WIDTH_M / 2 + 5)
  let [from, to] = [lane.line[0], lane.line[lane.line.length - 1]]
  const step = 3 / distanceM(from, to)
  for (let k = 0; k < 30 && wet(from); k++) from = between(from, to, step)
  for (let k = 0; k < 30 && wet(to); k++) to = between(to, from, step)
  return wet(from) || wet(to) || distanceM(from, to) < 25 ? [] : [{ ...lane, line: [pointToCm(from), pointToCm(to)] }]
}

/** Above this a village takes no households that found no room elsewhere. */
const LARGEST_VILLAGE = 240

/** Orchards and woods on some of the field parcels. */
function plantWoods(arrangement: Arrangement, urbanFace: readonly boolean[], villages: LandPlan['villages'], random: Random): LandPlan['woods'] {
  return arrangement.faces.flatMap(({ ring, halfEdges, areaM2 }, face) => {
    if (urbanFace[face] || areaM2 > 75000 || areaM2 < 12000 || !random.chance(0.07)) return []
    if (villages.some(({ core }) => ringsMeet(core, ring))) return []
    const labels = halfEdges.map((half) => arrangement.edges[half >> 1].label)
    const wood = insetConvex(ring, labels, (label) => CLEAR_M[label] + 3).ring.map(pointToCm)
    return wood.length < 3 || signedAreaM2(wood) < 4000 ? [] : [{ name: random.pick(['果园', '桃园', '杨树林', '苗圃']), ring: wood }]
  })
}

const MINOR_NAMES = ['育才路', '健康路', '工农路', '幸福街', '胜利路', '友谊路', '兴业街', '平安街', '青年路', '商场街', '文化巷', '水利路', '粮贸街', '劳动路', '解放巷', '东升街', '朝阳路', '团结路', '民生街', '迎春路']

function cutTownFace(ring: Ring, backbone: Backbone, random: Random): NamedLine[] {
  const { axis } = backbone.river
  const onRiver = ring.some((p) => axis.some((q) => distanceM(p, q) < 1))
  if (onRiver) return []
  const smallest = random.between(34000, 62000)
  const { chords } = splitRegion(ring, {
    wanted: (_piece, areaM2) => areaM2 > smallest,
    allowed: (from, to) => distanceM(from, to) > 60,
    slimmest: 0.42,
    jitter: 0.06,
  }, random)
  return chords.map(({ from, to }) => ({ name: random.pick(MINOR_NAMES), kind: LineKind.minor, line: [from, to] }))
}

/** Field parcels; a cut keeps clear of every village, and two villages on one piece are parted first of all. */
function cutFields(ring: Ring, villages: LandPlan['villages'], random: Random): NamedLine[] {
  const cores = villages.filter(({ site }) => insideRing(site.at, ring))
  const coresIn = (piece: Ring): LandPlan['villages'] => cores.filter(({ site }) => insideRing(site.at, piece))
  const { chords } = splitRegion(ring, {
    wanted: (piece, areaM2) => {
      const held = coresIn(piece).length
      return held > 1 || (areaM2 > random.between(38000, 95000) * (held === 1 ? 2.2 : 1) && areaM2 > 30000)
    },
    allowed: (from, to) => !cores.some(({ core }) => touches(core, from, to)),
    slimmest: 0.2,
    jitter: 0.1,
    preferred: (piece) => {
      const held = coresIn(piece)
      return held.flatMap((a, k) => held.slice(k + 1).flatMap((b) => partingCuts(a.site.at, b.site.at)))
    },
  }, random)
  // Every second lane is drawn; the rest are furrows that only a border may follow.
  return chords.map(({ from, to, depth }) => ({ name: depth < 2 || random.chance(0.25) ? '机耕路' : '', kind: LineKind.track, line: [from, to] }))
}

/** Ways to part two villages: across the line between them, nearer one or the other, more or less askew. */
function partingCuts(a: XY, b: XY): { through: XY; direction: XY }[] {
  const across = Math.atan2(b[1] - a[1], b[0] - a[0]) + Math.PI / 2
  return [0, 0.2, -0.2, 0.45, -0.45, 0.8, -0.8, 1.1, -1.1].flatMap((askew) =>
    [0.5, 0.43, 0.57, 0.36, 0.64].map((share) => ({
      through: between(a, b, share),
      direction: [Math.cos(across + askew), Math.sin(across + askew)] as XY,
    })),
  )
}

const touches = (core: Ring, from: XY, to: XY): boolean =>
  insideRing(from, core) || insideRing(to, core) || core.some((p, i) => segmentsMeet(p, core[(i + 1) % core.length], from, to))

function buildTown(
  arrangement: Arrangement,
  townFaces: ReadonlySet<number>,
  backbone: Backbone,
  lines: readonly NamedLine[],
  streetName: string,
  random: Random,
): Map<number, PlannedGround> {
  const faces: number[] = []
  const blocks: Block[] = []
  arrangement.faces.forEach(({ ring, halfEdges }, face) => {
    if (!townFaces.has(face)) return
    const labels = halfEdges.map((half) => arrangement.edges[half >> 1].label)
    if (labels.includes(LineKind.river)) return
    faces.push(face)
    blocks.push(makeBlock(ring, labels, backbone.town.frame.angleRad, frontStreet(ring, labels, lines)))
  })
  const grounds = planTown(blocks, backbone.town, streetName, random)
  const out = new Map(faces.map((face, k) => [face, grounds[k]]))
  // Banks of the river inside the town: a green strip on either side.
  arrangement.faces.forEach(({ ring, halfEdges }, face) => {
    if (!townFaces.has(face) || out.has(face)) return
    const labels = halfEdges.map((half) => arrangement.edges[half >> 1].label)
    const ground = emptyGround()
    const strip = makeStrip(ring, labels)
    if (strip) ground.green.push({ name: '滨河绿地', ring: strip })
    out.set(face, ground)
  })
  return out
}

/** Name of the street along the longest frontage of a block. */
function frontStreet(ring: Ring, labels: readonly number[], lines: readonly NamedLine[]): string {
  let best = { name: '中心路', lengthM: 0 }
  ring.forEach((a, i) => {
    const b = ring[(i + 1) % ring.length]
    const lengthM = distanceM(a, b) * (labels[i] === LineKind.minor ? 0.5 : 1)
    if (lengthM <= best.lengthM) return
    const middle = between(a, b, 0.5)
    const under = lines.find(({ kind, line, name }) => kind === labels[i] && name !== '' && line.some((p, k) => k > 0 && Math.abs(cross(line[k - 1], p, middle)) / distanceM(line[k - 1], p) < 0.5 && onSegment(middle, line[k - 1], p)))
    if (under) best = { name: under.name, lengthM }
  })
  return best.name
}

const onSegment = (p: XY, a: XY, b: XY): boolean => distanceM(p, a) <= distanceM(a, b) && distanceM(p, b) <= distanceM(a, b)

/** The green between bank road and water: bank side 10 m in, water side at the river's edge. */
function makeStrip(ring: Ring, labels: readonly number[]): XY[] | null {
  const bank: XY[] = []
  const water: XY[] = []
  const n = ring.length
  for (let i = 0; i < n; i++) {
    if (labels[i] === LineKind.river) water.push(ring[i], ring[(i + 1) % n])
    else if (labels[i] === LineKind.main) bank.push(ring[i], ring[(i + 1) % n])
  }
  if (bank.length < 2 || water.length < 2) return null
  const hull = convexHull([...bank, ...water])
  const middle = centroid(hull)
  const strip: XY[] = []
  const towards = (p: XY, list: readonly XY[]): XY => list.reduce((a, b) => (distanceM(b, p) < distanceM(a, p) ? b : a))
  for (const p of water) {
    const q = towards(p, bank)
    const length = distanceM(p, q)
    if (length < 30) continue
    strip.push(pointToCm(between(between(p, q, (RIVER_WIDTH_M / 2 + 4) / length), middle, 0.04)), pointToCm(between(between(p, q, (length - 11) / length), middle, 0.04)))
  }
  const out = convexHull(strip)
  return out.length >= 3 && !ringsMeet(out, out.map((p) => [p[0] + 1e7, p[1]] as XY)) ? out : null
}
