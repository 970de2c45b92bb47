import { depthInside, innerPointOf, isBuildingNear, outlineOf } from '@/algorithms/topology/building-places'
import { findLabelPoint } from '@/algorithms/topology/find-label-point'
import type { LandSketch } from '@/algorithms/topology/land-sketch'
import { LATTICE2_PER_M2, LATTICE_PER_M } from '@/algorithms/topology/load-land'
import { arcsByCell, buildingsByCell } from '@/core/cell-contents'
import { borderOf, checkLandEdit } from '@/core/check-land-edit'
import { isFault, isWithin, traceCell, type CellShape } from '@/core/land-faults'
import type { PlanDelta } from '@/core/plan'
import type { PlanContext } from '@/core/plan-context'
import type { PlanState } from '@/core/plan-index'
import { ok, refused, type Result } from '@/core/result'
import type { LatticePoint } from './pick-cells'

/** Why land is not redrawn as asked; also the i18n key of the reason. */
export const RESHAPE_REFUSALS = [
  'border_crosses', // the border would cross or touch another; details x, y
  'cell_inside_out', // a cell would turn inside out or fall apart; cellId
  'cell_too_small', // a cell would be under 1 m²; cellId
  'cuts_building', // the border would run through a building; buildingId
  'official_boundary', // a line of a community or of the land does not move
  'grid_locked', // gridId
  'other_community',
  'cell_unknown',
  'grid_unknown',
  'vertex_unknown', // no such node or point of a border
  'vertex_is_junction', // borders meet in it: it can be moved, not removed
  'not_neighbours', // the cells do not hang together
  'line_divides_nothing', // the line does not lead from border to border
  'line_crosses_itself',
  'parts_impossible', // fewer cells than parts, or they do not hang together
  'nothing_to_do',
] as const
export type ReshapeRefusal = (typeof RESHAPE_REFUSALS)[number]

export const no = (code: ReshapeRefusal, details?: Record<string, unknown>): Result<never> => refused(code, details)

/** A line put on the lattice, without points that repeat the one before. */
export function onLattice(line: readonly LatticePoint[]): LatticePoint[] {
  const points = line.map(({ x, y }) => ({ x: Math.round(x), y: Math.round(y) }))
  return points.filter(({ x, y }, k) => k === 0 || points[k - 1].x !== x || points[k - 1].y !== y)
}

/** No cell is drawn smaller than this, m². */
const LEAST_CELL_M2 = 1
/** A border this deep inside a building follows its wall: rounding and survey, metres. */
const WALL_M = 0.1

export interface Settling {
  readonly plan: PlanState
  readonly sketch: LandSketch
  /** Cells that are divided or joined, with the cell that takes what lies in none: itself where it stays. */
  readonly heirOf?: ReadonlyMap<number, number>
  /** Grid of each new cell, and of cells that change hands besides. */
  readonly gridOf?: ReadonlyMap<number, string | null>
}

/**
 * Turn a sketch into a delta, or say why not: labels go where there is room, buildings to the cell they lie in, links of
 * cells that go are undone. O(borders and buildings of the cells touched).
 */
export function settleLand({ plan, sketch, heirOf = new Map(), gridOf = new Map() }: Settling): Result<PlanDelta> {
  const { context, document } = plan
  const touched = sketch.touchedCells()
  if (touched.before.size + touched.after.size === 0) return no('nothing_to_do')
  const gridAt = (id: number) => {
    const cell = context.cellIndex.get(id)
    return cell === undefined ? null : (document.grids[document.cellGrid[cell]] ?? null)
  }
  // Where cells are divided or joined their neighbours get no more than a node on the common border.
  const changing = heirOf.size > 0 ? heirOf.keys() : touched.before
  const locked = [...changing].map(gridAt).find((grid) => grid?.locked)
  if (locked) return no('grid_locked', { gridId: locked.id })

  const shapes = new Map<number, CellShape>()
  for (const id of touched.after) {
    const shape = traceCell(sketch.arcsOf(id).map(sketch.peek), id)
    if (isFault(shape)) return no(shape.problem === 'cell_open' || shape.problem === 'cell_in_pieces' ? 'cell_inside_out' : 'border_crosses', { cellId: id, problem: shape.problem })
    shapes.set(id, shape)
    const cell = context.cellIndex.get(id)
    const formerM2 = cell === undefined ? Infinity : context.land.cellAreaM2[cell]
    const areaM2 = shape.area2 / 2 / LATTICE2_PER_M2
    if (areaM2 < LEAST_CELL_M2 && areaM2 < formerM2) return no('cell_too_small', { cellId: id })
    if (cell !== undefined && isWithin(shape, context.land.cellLabelXY[2 * cell], context.land.cellLabelXY[2 * cell + 1])) continue
    const record = sketch.cell(id)!
    const [x, y] = findLabelPoint([[shape.outer, ...shape.holes]])
    if (!isWithin(shape, x, y)) return no('cell_too_small', { cellId: id })
    record.labelX = x
    record.labelY = y
  }

  const cut = findCutBuilding(plan, sketch, touched.before)
  if (cut >= 0) return no('cuts_building', { buildingId: context.buildings.ids[cut] })
  houseBuildings(plan, sketch, touched.before, shapes, heirOf)

  const edit = sketch.finish()
  const checked = checkLandEdit(context, edit)
  if (!checked.ok) {
    if (checked.code === 'land_outline_changed') return no('official_boundary')
    const problem = checked.details?.problem
    return no(problem === 'cell_open' || problem === 'cell_in_pieces' ? 'cell_inside_out' : 'border_crosses', checked.details)
  }

  const cells: PlanDelta['cells'][number][] = []
  const gone = new Set<number>()
  const isAfter = new Set(edit.after.cells.map(({ id }) => id))
  for (const { id } of edit.before.cells) {
    if (isAfter.has(id)) continue
    gone.add(id)
    const from = gridAt(id)?.id ?? null
    if (from !== null) cells.push({ cell: id, from, to: null })
  }
  for (const [id, to] of gridOf) {
    const from = gridAt(id)?.id ?? null
    if (from !== to && !gone.has(id)) cells.push({ cell: id, from, to })
  }
  const links = (document.links ?? [])
    .filter((link) => link.cells.some((id) => gone.has(id)))
    .map(({ cells: pair, kind }) => ({ cells: pair, before: kind, after: null }))
  return ok({ cells, grids: [], land: edit, ...(links.length > 0 && { links }) })
}

type Segment = readonly [ax: number, ay: number, bx: number, by: number]

function segmentsOf({ xy }: { readonly xy: ArrayLike<number> }): Segment[] {
  return Array.from({ length: xy.length / 2 - 1 }, (_, k) => [xy[2 * k], xy[2 * k + 1], xy[2 * k + 2], xy[2 * k + 3]])
}

const keyOf = ([ax, ay, bx, by]: Segment): string =>
  ax < bx || (ax === bx && ay < by) ? `${ax},${ay},${bx},${by}` : `${bx},${by},${ax},${ay}`

function boxAround(segments: readonly Segment[]): [number, number, number, number] {
  const box: [number, number, number, number] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const [ax, ay, bx, by] of segments) {
    box[0] = Math.min(box[0], ax, bx)
    box[1] = Math.min(box[1], ay, by)
    box[2] = Math.max(box[2], ax, bx)
    box[3] = Math.max(box[3], ay, by)
  }
  return box
}

/** A building that new borders run through deeper than the former did; −1 where there is none. */
function findCutBuilding({ context }: PlanState, sketch: LandSketch, touched: ReadonlySet<number>): number {
  const former = sketch.formerArcs().flatMap(segmentsOf)
  const known = new Set(former.map(keyOf))
  const now = sketch.redrawnArcs().flatMap(segmentsOf).filter((segment) => !known.has(keyOf(segment)))
  if (now.length === 0) return -1
  const box = boxAround(now)
  const wall = WALL_M * LATTICE_PER_M
  const depthIn = (building: number, segments: readonly Segment[]): number => {
    const ring = outlineOf(context, building)
    return segments.reduce(
      (deepest, segment) => (isBuildingNear(context, building, boxAround([segment])) ? Math.max(deepest, depthInside(ring, segment)) : deepest),
      0,
    )
  }
  for (const building of buildingsOn(context, touched)) {
    if (!isBuildingNear(context, building, box)) continue
    const depth = depthIn(building, now)
    if (depth > wall && depth > depthIn(building, former) + wall) return building
  }
  return -1
}

function* buildingsOn(context: PlanContext, cellIds: Iterable<number>): Generator<number> {
  const { start, item } = buildingsByCell(context)
  for (const id of cellIds) {
    const cell = context.cellIndex.get(id)
    if (cell === undefined) continue
    for (let k = start[cell]; k < start[cell + 1]; k++) yield item[k]
  }
}

/**
 * A building goes along where the border has swept over its inner point; those of a cell that was divided or has gone go
 * where they lie. A building that lay beside its cell stays with the cell, or goes to its heir.
 */
function houseBuildings(
  { context }: PlanState,
  sketch: LandSketch,
  touched: ReadonlySet<number>,
  shapes: ReadonlyMap<number, CellShape>,
  heirOf: ReadonlyMap<number, number>,
): void {
  const { land, buildings } = context
  const swept = boxAround([...sketch.redrawnArcs(), ...sketch.formerArcs()].flatMap(segmentsOf))
  const formerShapes = new Map<number, CellShape | null>()
  for (const building of buildingsOn(context, touched)) {
    const cell = buildings.cell[building]
    const home = land.cellIds[cell]
    const [x, y] = innerPointOf(context, building)
    const heir = heirOf.get(home)
    if (heir === undefined && (x < swept[0] || x > swept[2] || y < swept[1] || y > swept[3])) continue
    if (!formerShapes.has(home)) formerShapes.set(home, shapeOf(context, cell))
    const former = formerShapes.get(home)
    const now = former && isWithin(former, x, y) ? [...shapes].find(([, shape]) => isWithin(shape, x, y))?.[0] : undefined
    const to = now ?? heir ?? home
    if (to !== home) sketch.house(buildings.ids[building], home, to)
  }
}

/** Outline of a cell as it is; null where its borders do not close, which no land that was checked has. */
export function shapeOf({ land }: PlanContext, cell: number): CellShape | null {
  const { start, item } = arcsByCell(land)
  const shape = traceCell(Array.from(item.subarray(start[cell], start[cell + 1]), (arc) => borderOf(land, arc)), land.cellIds[cell])
  return isFault(shape) ? null : shape
}
