import type { DeltaReason } from './apply-delta'
import { arcIndexOf, arcsByCell, arcsByNode, buildingIndexOf, buildingsByCell, nodeIndexOf } from './cell-contents'
import type { IdIndex } from './id-index'
import { ArcKind, type Land } from './land'
import type { PatchArc, PatchBuilding, PatchCell, PatchNode } from './land-delta'
import { findMeeting, isFault, isWithin, traceCell, type BorderArc, type FoundFault } from './land-faults'
import { isSameOutline, type OfficialLine } from './official-lines'
import type { LandEdit } from './plan'
import type { PlanContext } from './plan-context'
import { ok, refused, type Result } from './result'

/** A thing of a land edit with its place in the land: −1 where it is new; null on a side where it is not. */
export interface Planned<T> {
  readonly index: number
  readonly before: T | null
  readonly after: T | null
}

/** A land edit that fits, thing by thing. */
export interface PlannedLand {
  readonly nodes: readonly Planned<PatchNode>[]
  readonly arcs: readonly Planned<PatchArc>[]
  readonly cells: readonly Planned<PatchCell>[]
  readonly buildings: readonly Planned<PatchBuilding>[]
  /** Ids of the cells whose borders, label or buildings change, gone and new ones included. */
  readonly touched: ReadonlySet<number>
}

const no = (reason: DeltaReason, details: Record<string, unknown>): Result<never> => refused(reason, details)
const faulty = (fault: FoundFault): Result<never> => no('land_invalid', { ...fault })

/**
 * Check a land edit against the land without changing it.
 * @param mayTrust true for an edit that was checked before, such as an inverse: its geometry is not looked at again
 * Complexity O(borders of the cells touched × log).
 */
export function checkLandEdit(context: PlanContext, { before, after }: LandEdit, mayTrust = false): Result<PlannedLand> {
  const { land, buildings } = context
  const nodes = pair(before.nodes, after.nodes, nodeIndexOf(land), 'nodeId', (node, index) =>
    node.x === land.nodeXY[2 * index] && node.y === land.nodeXY[2 * index + 1])
  if (!nodes.ok) return nodes
  const cells = pair(before.cells, after.cells, context.cellIndex, 'cellId', (cell, index) =>
    cell.communityId === context.communities[land.cellCommunity[index]].id &&
    cell.labelX === land.cellLabelXY[2 * index] && cell.labelY === land.cellLabelXY[2 * index + 1])
  if (!cells.ok) return cells
  const arcs = pair(before.arcs, after.arcs, arcIndexOf(land), 'arcId', (arc, index) => isSameAsLand(land, arc, index))
  if (!arcs.ok) return arcs
  const placed = pair(before.buildings, after.buildings, buildingIndexOf(context), 'buildingId', (building, index) =>
    buildings.cell[index] >= 0 && building.cell === land.cellIds[buildings.cell[index]])
  if (!placed.ok) return placed

  const touched = new Set<number>()
  for (const { id } of [...before.cells, ...after.cells]) touched.add(id)
  for (const { cell } of [...before.buildings, ...after.buildings]) touched.add(cell)
  for (const arc of [...before.arcs, ...after.arcs]) for (const side of [arc.left, arc.right]) if (side !== null) touched.add(side)
  const planned = { nodes: nodes.value, arcs: arcs.value, cells: cells.value, buildings: placed.value, touched }
  if (mayTrust) return ok(planned)
  const sound = checkReferences(context, planned)
  return sound.ok ? checkShapes(context, planned) : sound
}

/** Match both sides by id and against the land. */
function pair<T extends { readonly id: number }>(
  before: readonly T[],
  after: readonly T[],
  index: IdIndex,
  idName: string,
  isAsBefore: (thing: T, index: number) => boolean,
): Result<readonly Planned<T>[]> {
  const later = new Map<number, T>()
  for (const thing of after) {
    if (thing.id === 0 || later.has(thing.id)) return no('land_id_taken', { [idName]: thing.id })
    later.set(thing.id, thing)
  }
  const planned: Planned<T>[] = []
  const seen = new Set<number>()
  for (const thing of before) {
    const at = index.get(thing.id)
    if (at === undefined || seen.has(thing.id) || !isAsBefore(thing, at)) return no('land_before_mismatch', { [idName]: thing.id })
    seen.add(thing.id)
    planned.push({ index: at, before: thing, after: later.get(thing.id) ?? null })
    later.delete(thing.id)
  }
  for (const thing of later.values()) {
    if (index.get(thing.id) !== undefined) return no('land_id_taken', { [idName]: thing.id })
    planned.push({ index: -1, before: null, after: thing })
  }
  return ok(planned)
}

function isSameAsLand(land: Land, arc: PatchArc, index: number): boolean {
  const from = land.arcStart[index]
  const points = land.arcStart[index + 1] - from
  const sideIs = (cell: number, id: number | null) => (cell < 0 ? id === null : id === land.cellIds[cell])
  return (
    arc.kind === land.arcKind[index] && arc.xy.length === 2 * points &&
    sideIs(land.arcLeft[index], arc.left) && sideIs(land.arcRight[index], arc.right) &&
    arc.start === land.nodeIds[land.arcNodes[2 * index]] && arc.end === land.nodeIds[land.arcNodes[2 * index + 1]] &&
    arc.xy.every((value, k) => value === land.arcXY[2 * from + k])
  )
}

/** Every arc ends at its nodes and lies between cells that will be there; nothing hangs on what is gone. */
function checkReferences(context: PlanContext, { nodes, arcs, cells, buildings }: PlannedLand): Result<null> {
  const { land } = context
  const nodeAfter = new Map(nodes.map((node) => [(node.after ?? node.before)!.id, node.after]))
  const cellAfter = new Map(cells.map((cell) => [(cell.after ?? cell.before)!.id, cell.after]))
  const isChanged = new Set(arcs.map(({ index }) => index))
  const nodeIndex = nodeIndexOf(land)
  const placeOf = (id: number): { x: number; y: number } | null => {
    const known = nodeAfter.get(id)
    if (known !== undefined) return known
    const at = nodeIndex.get(id)
    return at === undefined ? null : { x: land.nodeXY[2 * at], y: land.nodeXY[2 * at + 1] }
  }
  const isThere = (id: number) => (cellAfter.has(id) ? cellAfter.get(id) !== null : context.cellIndex.get(id) !== undefined)
  const ending = new Set<number>()
  for (const { after } of arcs) {
    if (!after) continue
    const { xy } = after
    const [start, end] = [placeOf(after.start), placeOf(after.end)]
    let sound = xy.length >= 4 && xy.length % 2 === 0 && xy.every(Number.isSafeInteger) && start !== null && end !== null
    for (let p = 0; sound && p + 3 < xy.length; p += 2) sound = xy[p] !== xy[p + 2] || xy[p + 1] !== xy[p + 3]
    if (!sound || start!.x !== xy[0] || start!.y !== xy[1] || end!.x !== xy[xy.length - 2] || end!.y !== xy[xy.length - 1]) {
      return faulty({ problem: 'arc_ends', arcId: after.id })
    }
    const gone = [after.left, after.right].find((side) => side !== null && !isThere(side))
    if (after.left === after.right || gone !== undefined) return faulty({ problem: 'cell_missing', arcId: after.id })
    ending.add(after.start).add(after.end)
  }
  const nodeArcs = arcsByNode(land)
  for (const { index, before, after } of nodes) {
    const stays = index >= 0 && [...nodeArcs.item.subarray(nodeArcs.start[index], nodeArcs.start[index + 1])].some((arc) => !isChanged.has(arc))
    const moved = !after || !before || after.x !== before.x || after.y !== before.y
    if (stays && moved) return faulty({ problem: 'arc_ends', x: before?.x, y: before?.y })
    if (after && !stays && !ending.has(after.id)) return faulty({ problem: 'node_loose', x: after.x, y: after.y })
  }
  for (const { before } of arcs) {
    for (const id of before ? [before.start, before.end] : []) {
      const index = nodeIndex.get(id)!
      const kept = [...nodeArcs.item.subarray(nodeArcs.start[index], nodeArcs.start[index + 1])].some((arc) => !isChanged.has(arc))
      if (!kept && !ending.has(id) && nodeAfter.get(id) !== null) return faulty({ problem: 'node_loose', ...placeOf(id) })
    }
  }
  const cellArcs = arcsByCell(land)
  for (const { index, before, after } of cells) {
    if (before && after && before.communityId !== after.communityId) return no('land_outline_changed', { cellId: after.id })
    if (after && !context.communityIndex.has(after.communityId)) return no('community_unknown', { cellId: after.id })
    if (after) continue
    for (let k = cellArcs.start[index]; k < cellArcs.start[index + 1]; k++) {
      if (!isChanged.has(cellArcs.item[k])) return faulty({ problem: 'cell_missing', arcId: land.arcIds[cellArcs.item[k]], cellId: before!.id })
    }
  }
  for (const { index, before, after } of buildings) {
    const cell = after && context.cellIndex.get(after.cell)
    const communityId = after && (cellAfter.get(after.cell)?.communityId ?? (cell === undefined || cell === null ? null : context.communities[land.cellCommunity[cell]].id))
    if (!before || !after || !isThere(after.cell) || communityId !== context.communities[land.cellCommunity[context.buildings.cell[index]]].id) {
      return faulty({ problem: 'building_unknown', cellId: after?.cell })
    }
  }
  const moved = new Set(buildings.map(({ index }) => index))
  const cellBuildings = buildingsByCell(context)
  for (const { index, before, after } of cells) {
    if (after || !before) continue
    const left = cellBuildings.item.subarray(cellBuildings.start[index], cellBuildings.start[index + 1])
    if (left.some((building) => !moved.has(building))) return faulty({ problem: 'building_unknown', cellId: before.id })
  }
  return ok(null)
}

/** Borders meet at nodes only, every cell is one area with its label in it, official lines run where they ran. */
function checkShapes(context: PlanContext, planned: PlannedLand): Result<PlannedLand> {
  const { land, cellIndex } = context
  const isChanged = new Set(planned.arcs.map(({ index }) => index))
  const borders: BorderArc[] = []
  const isMoved: boolean[] = []
  const seen = new Set<number>()
  const cellArcs = arcsByCell(land)
  for (const id of planned.touched) {
    const cell = cellIndex.get(id)
    if (cell === undefined) continue
    for (let k = cellArcs.start[cell]; k < cellArcs.start[cell + 1]; k++) {
      const arc = cellArcs.item[k]
      if (isChanged.has(arc) || seen.has(arc)) continue
      seen.add(arc)
      borders.push(borderOf(land, arc))
      isMoved.push(false)
    }
  }
  for (const { before, after } of planned.arcs) {
    if (!after) continue
    borders.push(after)
    isMoved.push(!before || before.xy.length !== after.xy.length || after.xy.some((value, k) => value !== before.xy[k]))
  }
  if (!isOutlineKept(context, planned)) return no('land_outline_changed', {})
  const meeting = findMeeting(borders, (arc) => isMoved[arc])
  if (meeting) return faulty(meeting)

  const arcsOf = new Map<number, BorderArc[]>()
  for (const border of borders) {
    for (const side of [border.left, border.right]) {
      if (side === null || !planned.touched.has(side)) continue
      const list = arcsOf.get(side)
      if (list) list.push(border)
      else arcsOf.set(side, [border])
    }
  }
  const cellAfter = new Map(planned.cells.map((cell) => [(cell.after ?? cell.before)!.id, cell.after]))
  for (const id of planned.touched) {
    const record = cellAfter.get(id)
    if (record === null) continue
    const shape = traceCell(arcsOf.get(id) ?? [], id)
    if (isFault(shape)) return faulty(shape)
    const cell = record ? -1 : cellIndex.get(id)!
    const [x, y] = record ? [record.labelX, record.labelY] : [land.cellLabelXY[2 * cell], land.cellLabelXY[2 * cell + 1]]
    if (!isWithin(shape, x, y)) return faulty({ problem: 'label_outside', cellId: id, x, y })
  }
  return ok(planned)
}

/** An arc of the land, as a border. */
export function borderOf(land: Land, arc: number): BorderArc {
  const idOf = (cell: number) => (cell < 0 ? null : land.cellIds[cell])
  return {
    id: land.arcIds[arc],
    start: land.nodeIds[land.arcNodes[2 * arc]],
    end: land.nodeIds[land.arcNodes[2 * arc + 1]],
    left: idOf(land.arcLeft[arc]),
    right: idOf(land.arcRight[arc]),
    xy: land.arcXY.subarray(2 * land.arcStart[arc], 2 * land.arcStart[arc + 1]),
  }
}

function isOutlineKept(context: PlanContext, { arcs, cells }: PlannedLand): boolean {
  const communityOf = (side: 'before' | 'after') => {
    const known = new Map(cells.flatMap((cell) => (cell[side] ? [[cell[side].id, cell[side].communityId] as const] : [])))
    return (id: number | null): number => {
      if (id === null) return 0
      const communityId = known.get(id)
      if (communityId !== undefined) return communityId
      return context.communities[context.land.cellCommunity[context.cellIndex.get(id)!]].id
    }
  }
  const [of, ofAfter] = [communityOf('before'), communityOf('after')]
  const formerly: OfficialLine[] = []
  const now: OfficialLine[] = []
  for (const { before, after } of arcs) {
    const was = before && { left: of(before.left), right: of(before.right), kind: before.kind, xy: before.xy }
    const is = after && { left: ofAfter(after.left), right: ofAfter(after.right), kind: after.kind, xy: after.xy }
    if (was && isOfficial(was)) formerly.push(was)
    if (is && isOfficial(is)) now.push(is)
  }
  return (formerly.length === 0 && now.length === 0) || isSameOutline(formerly, now)
}

/** Lines that no plan moves: of kind boundary, between communities, at the edge of the land. */
const isOfficial = ({ left, right, kind }: OfficialLine): boolean => kind === ArcKind.boundary || left !== right
