import type { Land } from '@/core/land'
import { chainArcs } from './arcs'
import type { Arcs } from './arcs'
import { assembleArcs, assembleLand } from './assemble-land'
import { demoteStreetsInCompounds, findBlocks } from './blocks'
import type { Blocks } from './blocks'
import { extractBorders } from './borders'
import { checkLand } from './check-land'
import { classify } from './classify'
import type { Structures } from './classify'
import { connectLabels } from './connect'
import { isDivided, labelCorners } from './corner-labels'
import type { Lots } from './corner-labels'
import { densify } from './densify'
import { middleX, middleY } from './flood'
import { groupLots, mergeSlivers } from './group-lots'
import { growLots } from './grow'
import { LandError } from './land-input'
import type { SolverControl } from '../shared/solver-control'
import type { LandCut, LandInput } from './land-input'
import { loadLand } from './load-land'
import type { LoadedLand } from './load-land'
import { locatePoints } from './locate-points'
import { buildLotGraph } from './lot-graph'
import { openEnclosed } from './open-enclosed'
import { reviewCut } from './review-cut'
import { divideRibbons } from './ribbons'
import { simplifyArcs } from './simplify'
import { makeHouse, trimNecks } from './trim-necks'
import type { House } from './trim-necks'
import { findCrossings } from './find-crossings'
import type { PairTable } from '../shared/pair-table'
import { snapRound } from './snap-round'
import { triangulate } from './triangulate'
import type { Mesh } from './triangulate'

/** Rounds of cutting off narrow arms; each arc takes part once a round. */
const TRIM_ROUNDS = 3

/** Share of the time each pass begins at, measured on dense land. */
const PASS_SHARE: Readonly<Record<string, number>> = {
  load: 0, densify: 0.03, snapRound: 0.05, triangulate: 0.3, classify: 0.58, blocks: 0.62, cornerLabels: 0.66, grow: 0.7,
  ribbons: 0.73, connect: 0.75, lotGraph: 0.85, groupLots: 0.88, borders: 0.91, simplify: 0.93, assemble: 0.97, check: 0.98,
}

/**
 * Cut land into cells: borders on streets, water, walls and community lines, then between buildings, never through one.
 * The same input in any order gives the same cells. Throws `LandError`; a result has passed `checkLand`.
 */
export function cutLand(input: LandInput, control: SolverControl = {}): LandCut {
  return cutLandFrom(input, control, {})
}

/** What a recut knows beforehand. */
export interface CutMemory {
  /** Former cell of a building by id, −1 where it has none: its lot is put together with others of that cell first. */
  readonly formerCell?: (buildingId: string) => number
  /** Former cell at a lattice point, for open land. */
  readonly formerCellAt?: (xy: Float64Array) => Int32Array
  /** Corners of kept borders, x, y pairs: they stay whatever simplifying would do. */
  readonly fixedXY?: Int32Array
}

/** As `cutLand`, with a memory. */
export function cutLandFrom(input: LandInput, control: SolverControl, memory: CutMemory): LandCut {
  const passes: { name: string; ms: number }[] = []
  const pass = <T>(name: string, run: () => T): T => {
    if (control.signal?.aborted) throw new LandError('aborted', { pass: name })
    control.onProgress?.(PASS_SHARE[name] ?? 0, name)
    const begun = performance.now()
    const value = run()
    passes.push({ name, ms: performance.now() - begun })
    return value
  }

  const loaded = pass('load', () => loadLand(input))
  const { counts } = loaded
  const noded = pass('snapRound', () => snapRound(pass('densify', () => densify(loaded, memory.fixedXY)), counts))
  const { mesh, owners, coast } = pass('triangulate', () => triangulate(noded))
  counts.vertices = mesh.vertexCount
  counts.streets_demoted = demoteStreetsInCompounds(mesh, input.compounds)
  const structures = pass('classify', () => classify(mesh, owners, loaded))
  const blocks = pass('blocks', () => findBlocks(mesh, coast, structures, loaded, input.waterAreas))
  const lots = pass('cornerLabels', () => labelCorners(mesh, structures, blocks))
  pass('grow', () => growLots(mesh, blocks, lots))
  const ribbons = pass('ribbons', () => divideRibbons(mesh, structures, blocks, lots))
  counts.ribbons = ribbons.ribbons
  counts.stray_pieces = pass('connect', () => connectLabels(mesh, lots, structures, blocks))
  const graph = pass('lotGraph', () => buildLotGraph(mesh, structures, blocks, lots))
  const group = pass('groupLots', () => {
    const made = groupLots(graph, loaded.options, seedLots(input, loaded, mesh, structures, lots, memory))
    counts.slivers_merged = mergeSlivers(graph, made, loaded.options)
    counts.enclosed_opened = openEnclosed(graph, made, loaded.options)
    return made
  })
  const { cellOfLot, cellCommunity } = numberCells(group, graph.community)
  const land = buildLand(input, loaded, mesh, structures, lots.label, cellOfLot, cellCommunity, memory, pass)
  const check = pass('check', () => checkLand(land))
  if (!check.ok) {
    const first = check.problems[0]
    throw new LandError('land_inconsistent', { pass: 'check', problem: first.code, at: first.at, problems: check.problems.length })
  }
  countLand(counts, land, structures, blocks)
  const buildingCell = placeBuildings(input, loaded, structures, blocks, cellOfLot, land)
  const reviewed = reviewCut(input, loaded, land, buildingCell, structures, blocks)
  return { land, buildingCell, ...reviewed, report: { counts, passes } }
}

function buildLand(
  input: LandInput, loaded: LoadedLand, mesh: Mesh, structures: Structures, label: Int32Array, cellOfLot: Int32Array,
  cellCommunity: Int32Array, memory: CutMemory, pass: <T>(name: string, run: () => T) => T,
): Land {
  const borders = pass('borders', () => extractBorders(mesh, label, cellOfLot))
  const first = pass('arcs', () => chainArcs(borders))
  const straighten = (points: PairTable, arcs: Arcs, again: boolean) =>
    simplifyBorders(points, arcs, again, loaded, mesh, structures, memory)
  let points = borders.points
  let arcs = pass('simplify', () => straighten(points, first, false))
  pass('trimNecks', () => {
    const houses: House[][] = Array.from(cellCommunity, () => [])
    loaded.buildings.forEach((b, i) => {
      const cell = cellOfLot[structures.ofBuilding[i]]
      if (cell >= 0) houses[cell].push(makeHouse(b.rings))
    })
    let among: Iterable<number> = cellCommunity.keys()
    for (let round = 0; round < TRIM_ROUNDS; round++) {
      const trimmed = trimNecks(assembleArcs(input.frame, points, arcs, cellCommunity), houses, among)
      if (!trimmed) break
      const next = straighten(trimmed.borders.points, chainArcs(trimmed.borders), true)
      // A chord may end on a point put into a border by rounding; should that ever touch another border, keep what was.
      if (findCrossings(assembleArcs(input.frame, trimmed.borders.points, next, cellCommunity), 1).length > 0) break
      points = trimmed.borders.points
      arcs = next
      among = [...trimmed.touched].sort((p, q) => p - q)
      loaded.counts.necks_trimmed = (loaded.counts.necks_trimmed ?? 0) + trimmed.trimmed
    }
  })
  return pass('assemble', () => assembleLand(input.frame, points, arcs, cellCommunity))
}

function simplifyBorders(
  points: PairTable, arcs: Arcs, again: boolean, loaded: LoadedLand, mesh: Mesh, structures: Structures, memory: CutMemory,
): Arcs {
  const onOutline = new Uint8Array(points.size)
  const outline: number[] = []
  for (let v = 0; v < mesh.vertexCount; v++) {
    if (structures.vertexStart[v] === structures.vertexStart[v + 1]) continue
    const p = points.get(mesh.x[v], mesh.y[v])
    if (p >= 0) onOutline[p] = 2
    else outline.push(mesh.x[v], mesh.y[v])
  }
  for (const { rings } of loaded.buildings) {
    for (const ring of rings) {
      for (let i = 0; i < ring.length; i += 2) {
        const p = points.get(ring[i], ring[i + 1])
        if (p >= 0) onOutline[p] = 1
      }
    }
  }
  const fixed = new Uint8Array(points.size)
  const corners = memory.fixedXY ?? []
  for (let i = 0; i < corners.length; i += 2) {
    const p = points.get(corners[i], corners[i + 1])
    if (p >= 0) fixed[p] = 1
  }
  return simplifyArcs({ arcs, points, onOutline, fixed, outlineXY: Int32Array.from(outline), again, options: loaded.options })
}

/** Former cell by lot: of its largest building, or of the middle of its largest triangle on open land. */
function seedLots(
  input: LandInput, loaded: LoadedLand, mesh: Mesh, structures: Structures, lots: Lots, memory: CutMemory,
): Int32Array | undefined {
  const { formerCell, formerCellAt } = memory
  if (!formerCell) return undefined
  const seed = new Int32Array(lots.subOfLot.length).fill(-1)
  const largest = new Float64Array(structures.count)
  loaded.buildings.forEach((b, i) => {
    const s = structures.ofBuilding[i]
    const cell = formerCell(input.buildings[b.inputIndex].id)
    if (cell < 0 || b.areaM2 <= largest[s]) return
    largest[s] = b.areaM2
    seed[s] = cell
  })
  if (!formerCellAt) return seed
  const witness = new Int32Array(lots.subOfLot.length).fill(-1)
  for (let t = 0; t < mesh.triangleCount; t++) {
    const lot = lots.label[3 * t]
    if (lot < lots.structureCount || isDivided(lots.label, t)) continue
    if (witness[lot] < 0 || mesh.area2[t] > mesh.area2[witness[lot]]) witness[lot] = t
  }
  const open = [...witness.keys()].filter((lot) => witness[lot] >= 0)
  const cells = formerCellAt(Float64Array.from(open.flatMap((lot) => [middleX(mesh, witness[lot]), middleY(mesh, witness[lot])])))
  open.forEach((lot, i) => (seed[lot] = cells[i]))
  return seed
}

/** Dense numbers of the groups: by community, then by their first lot, which follows the order of building ids. */
export function numberCells(group: Int32Array, community: Int32Array): { cellOfLot: Int32Array; cellCommunity: Int32Array } {
  const first = new Map<number, number>()
  for (let lot = 0; lot < group.length; lot++) if (group[lot] >= 0 && !first.has(group[lot])) first.set(group[lot], lot)
  const ordered = [...first].sort((p, q) => community[p[1]] - community[q[1]] || p[1] - q[1])
  const cellOf = new Map(ordered.map(([g], cell) => [g, cell]))
  return {
    cellOfLot: group.map((g) => (g < 0 ? -1 : (cellOf.get(g) as number))),
    cellCommunity: Int32Array.from(ordered, ([, lot]) => community[lot]),
  }
}

function placeBuildings(
  input: LandInput, loaded: LoadedLand, structures: Structures, blocks: Blocks, cellOfLot: Int32Array, land: Land,
): Int32Array {
  const buildingCell = new Int32Array(input.buildings.length).fill(-1)
  loaded.buildings.forEach((b, i) => {
    const s = structures.ofBuilding[i]
    if (blocks.home[s] >= 0) buildingCell[b.inputIndex] = cellOfLot[s]
  })
  const xy = Float64Array.from(loaded.loose.flatMap((b) => [b.x, b.y]))
  const cells = locatePoints(land, xy)
  loaded.loose.forEach((b, i) => (buildingCell[b.inputIndex] = cells[i]))
  return buildingCell
}

function countLand(counts: Record<string, number>, land: Land, structures: Structures, blocks: Blocks): void {
  counts.cells = land.cellCommunity.length
  counts.arcs = land.arcLeft.length
  counts.nodes = land.nodeXY.length / 2
  counts.border_points = land.arcXY.length / 2
  counts.structures = structures.count
  counts.overlaps_untied = structures.untied
  counts.blocks = blocks.blockCount
  counts.sub_blocks = blocks.subCount
}
