import { arcsByCell, arcsByNode, arcIndexOf, buildingsByCell, nodeIndexOf } from './cell-contents'
import type { PlannedLand } from './check-land-edit'
import { resized, resizedStart, resizeRows, takenInHand, type Column } from './growing-column'
import { makeIdIndex, type IdIndex } from './id-index'
import type { Land, RedrawnStep, Rows } from './land'
import type { PatchArc } from './land-delta'
import { columnsOf, derivedInHand, followLand, noteFirstAreas, resizeDerived } from './follow-land'
import type { PlanContext } from './plan-context'

/** What a redrawing touched, by index. */
export interface LandChange extends RedrawnStep {
  readonly context: PlanContext
  readonly former: PlanContext
  /** Cells that went; their indices are empty now, or cut off where they were the last. */
  readonly gone: readonly number[]
  readonly came: readonly number[]
  /** Communities whose connected parts may be others. */
  readonly communities: readonly number[]
}

/**
 * The land of one plan, to be redrawn in place: copies of its own that grow, so that an edit costs what it touches and, where
 * rows change their size, one move of memory.
 */
export interface LandWork {
  /** Takes over an edit that `checkLandEdit` planned upon the context of the last one. */
  redraw(context: PlanContext, planned: PlannedLand): LandChange
}

/** Land columns as they are being written. */
export type Draft<T> = { -readonly [K in keyof T]: T[K] }

/** After so many steps a new list is begun, and who followed the old one starts afresh. */
const STEPS_KEPT = 5000

/** Take a land into hand. Complexity O(land + buildings). */
export function createLandWork(start: PlanContext): LandWork {
  const land = inHand(start.land)
  const buildingCell = takenInHand(start.buildings.cell)
  const isRedrawn = start.land.redrawn !== undefined
  const cells = createIdBook(isRedrawn ? makeIdIndex(start.land.cellIds) : start.cellIndex)
  const nodes = createIdBook(isRedrawn ? makeIdIndex(start.land.nodeIds) : nodeIndexOf(start.land))
  const arcs = createIdBook(isRedrawn ? makeIdIndex(start.land.arcIds) : arcIndexOf(start.land))
  const derived = derivedInHand(start)
  land.cellAreaM2 = derived.cellStats.areaM2
  const rows = {
    cellArcs: ownRows(arcsByCell(start.land)),
    nodeArcs: ownRows(arcsByNode(start.land)),
    cellBuildings: ownRows(buildingsByCell(start)),
  }
  /** Places at the end that are given back when what lies there goes: all that was there at first stays. */
  const first = { nodes: land.nodeIds.length, arcs: land.arcIds.length, cells: land.cellIds.length }
  /** Where an arc lay, by id and number of points: it comes back there. */
  const formerArc = new Map<string, number>()
  let steps: RedrawnStep[] = []
  let kept: NonNullable<Land['redrawn']> = beginSteps()

  function beginSteps(): NonNullable<Land['redrawn']> {
    steps = []
    const own = steps
    return {
      steps: own,
      get cellArcs() {
        return rows.cellArcs
      },
      get nodeArcs() {
        return rows.nodeArcs
      },
      get cellBuildings() {
        return rows.cellBuildings
      },
      nodeIndex: nodes,
      arcIndex: arcs,
    }
  }

  function resizeNodes(count: number): void {
    land.nodeIds = resized(land.nodeIds, count)
    land.nodeXY = resized(land.nodeXY, 2 * count)
    rows.nodeArcs = withOwners(rows.nodeArcs, count)
  }

  function resizeArcs(count: number): void {
    land.arcIds = resized(land.arcIds, count)
    land.arcNodes = resized(land.arcNodes, 2 * count)
    land.arcLeft = resized(land.arcLeft, count)
    land.arcRight = resized(land.arcRight, count)
    land.arcKind = resized(land.arcKind, count)
    land.arcStart = resized(land.arcStart, count + 1)
  }

  function resizeCells(count: number): void {
    land.cellIds = resized(land.cellIds, count)
    land.cellCommunity = resized(land.cellCommunity, count)
    land.cellLabelXY = resized(land.cellLabelXY, 2 * count)
    rows.cellArcs = withOwners(rows.cellArcs, count)
    rows.cellBuildings = withOwners(rows.cellBuildings, count)
    resizeDerived(derived, count)
    land.cellAreaM2 = derived.cellStats.areaM2
  }

  function placeNodes(planned: PlannedLand['nodes']): number[] {
    const touched: number[] = []
    for (const { index, before, after } of planned) {
      if (index >= 0 && !after) {
        nodes.remove(before!.id)
        land.nodeIds[index] = 0
        land.nodeXY.fill(0, 2 * index, 2 * index + 2)
        touched.push(index)
      } else if (after) {
        const at = index >= 0 ? index : (nodes.placeFor(after.id, land.nodeIds) ?? land.nodeIds.length)
        if (at === land.nodeIds.length) resizeNodes(at + 1)
        nodes.put(after.id, at)
        land.nodeIds[at] = after.id
        land.nodeXY[2 * at] = after.x
        land.nodeXY[2 * at + 1] = after.y
        touched.push(at)
      }
    }
    return touched
  }

  function placeCells(planned: PlannedLand['cells'], communityIndex: ReadonlyMap<number, number>) {
    const gone: number[] = []
    const came: number[] = []
    for (const { index, before, after } of planned) {
      if (!after) {
        cells.remove(before!.id)
        land.cellIds[index] = 0
        land.cellLabelXY.fill(0, 2 * index, 2 * index + 2)
        gone.push(index)
        continue
      }
      const at = index >= 0 ? index : (cells.placeFor(after.id, land.cellIds) ?? land.cellIds.length)
      if (index < 0) came.push(at)
      if (at === land.cellIds.length) resizeCells(at + 1)
      cells.put(after.id, at)
      land.cellIds[at] = after.id
      land.cellCommunity[at] = communityIndex.get(after.communityId)!
      land.cellLabelXY[2 * at] = after.labelX
      land.cellLabelXY[2 * at + 1] = after.labelY
    }
    return { gone, came }
  }

  /** Where an arc goes: its own place, the one it had with as many points, or the end. */
  function placeOfArc(index: number, { id, xy }: PatchArc): number {
    const points = xy.length / 2
    if (index >= 0 && land.arcStart[index + 1] - land.arcStart[index] === points) return index
    const former = formerArc.get(`${id}:${points}`)
    if (former !== undefined && former < land.arcIds.length && land.arcIds[former] === 0) return former
    const at = land.arcIds.length
    resizeArcs(at + 1)
    land.arcStart[at + 1] = land.arcStart[at] + points
    land.arcXY = resized(land.arcXY, 2 * land.arcStart[at + 1])
    land.arcIds[at] = 0
    return at
  }

  /** Writes arcs and says which rows of cells and nodes have others now. */
  function placeArcs(planned: PlannedLand['arcs'], cellAt: IdIndex): { touched: number[]; ofCell: RowEdits; ofNode: RowEdits } {
    const touched: number[] = []
    const ofCell: RowEdits = new Map()
    const ofNode: RowEdits = new Map()
    for (const { index, before, after } of planned) {
      if (index < 0) continue
      for (const cell of [land.arcLeft[index], land.arcRight[index]]) if (cell >= 0) note(ofCell, cell, index, false)
      for (const node of [land.arcNodes[2 * index], land.arcNodes[2 * index + 1]]) note(ofNode, node, index, false)
      const stays = after && land.arcStart[index + 1] - land.arcStart[index] === after.xy.length / 2
      if (stays) continue
      formerArc.set(`${before!.id}:${land.arcStart[index + 1] - land.arcStart[index]}`, index)
      arcs.remove(before!.id)
      // Nothing stays behind: what is done, undone and done again must be the same to the byte.
      land.arcIds[index] = 0
      land.arcLeft[index] = -1
      land.arcRight[index] = -1
      land.arcKind[index] = 0
      land.arcNodes.fill(0, 2 * index, 2 * index + 2)
      land.arcXY.fill(0, 2 * land.arcStart[index], 2 * land.arcStart[index + 1])
      touched.push(index)
    }
    for (const { index, after } of planned) {
      if (!after) continue
      const at = placeOfArc(index, after)
      const sides = [after.left, after.right].map((id) => (id === null ? -1 : cellAt.get(id)!))
      const ends = [nodes.get(after.start)!, nodes.get(after.end)!]
      arcs.put(after.id, at)
      land.arcIds[at] = after.id
      land.arcKind[at] = after.kind
      land.arcLeft[at] = sides[0]
      land.arcRight[at] = sides[1]
      land.arcNodes[2 * at] = ends[0]
      land.arcNodes[2 * at + 1] = ends[1]
      land.arcXY.set(after.xy, 2 * land.arcStart[at])
      for (const cell of sides) if (cell >= 0) note(ofCell, cell, at, true)
      for (const node of ends) note(ofNode, node, at, true)
      touched.push(at)
    }
    return { touched, ofCell, ofNode }
  }

  function moveBuildings(planned: PlannedLand['buildings']): RowEdits {
    const edits: RowEdits = new Map()
    for (const { index, after } of planned) {
      note(edits, buildingCell[index], index, false)
      const cell = cells.get(after!.cell)!
      note(edits, cell, index, true)
      buildingCell[index] = cell
    }
    return edits
  }

  function cutOffEmptyEnds(): void {
    let count = land.cellIds.length
    while (count > first.cells && land.cellIds[count - 1] === 0) count--
    if (count < land.cellIds.length) resizeCells(count)
    count = land.arcIds.length
    while (count > first.arcs && land.arcIds[count - 1] === 0) count--
    if (count < land.arcIds.length) {
      resizeArcs(count)
      land.arcXY = resized(land.arcXY, 2 * land.arcStart[count])
    }
    count = land.nodeIds.length
    while (count > first.nodes && land.nodeIds[count - 1] === 0) count--
    if (count < land.nodeIds.length) resizeNodes(count)
  }

  return {
    redraw(former, planned) {
      if (steps.length >= STEPS_KEPT) kept = beginSteps()
      const touchedBefore = [...planned.touched].flatMap((id) => cells.get(id) ?? [])
      noteFirstAreas(derived, former, touchedBefore)
      const touchedNodes = placeNodes(planned.nodes)
      const { gone, came } = placeCells(planned.cells, former.communityIndex)
      const { touched: touchedArcs, ofCell, ofNode } = placeArcs(planned.arcs, cells)
      const movedBuildings = planned.buildings.map(({ index }) => index)
      const buildingsLeft = Int32Array.from(movedBuildings, (building) => buildingCell[building])
      const ofBuildings = moveBuildings(planned.buildings)
      rows.cellArcs = editRows(rows.cellArcs, ofCell)
      rows.nodeArcs = editRows(rows.nodeArcs, ofNode)
      rows.cellBuildings = editRows(rows.cellBuildings, ofBuildings)
      const touched = Int32Array.from(new Set([...touchedBefore, ...came])).sort()
      const buildings = { ...former.buildings, cell: buildingCell }
      const drawn: Land = { ...land, redrawn: kept }
      const communities = followLand(derived, { ...former, land: drawn, buildings, cellIndex: cells }, {
        touched, gone, came, movedBuildings, buildingsLeft, rehoused: [...ofBuildings.keys()],
      })
      cutOffEmptyEnds()
      const context: PlanContext = { ...former, ...columnsOf(derived), land: { ...land, redrawn: kept }, buildings, cellIndex: cells }
      const step = { cells: touched, arcs: Int32Array.from(touchedArcs), nodes: Int32Array.from(new Set([...touchedNodes, ...ofNode.keys()])) }
      steps.push(step)
      return { ...step, context, former, gone, came, communities }
    },
  }
}

/** Every column of a land copied, with room to grow. */
function inHand(land: Land): Draft<Omit<Land, 'redrawn'>> {
  const { redrawn: _, frame, ...columns } = land
  const copies = Object.fromEntries(Object.entries(columns).map(([name, column]: [string, Column]) => [name, takenInHand(column)]))
  return { frame, ...(copies as typeof columns) }
}

const ownRows = ({ start, item }: Rows): Rows => ({ start: takenInHand(start), item: takenInHand(item) })
const withOwners = ({ start, item }: Rows, count: number): Rows => ({ start: resizedStart(start, count), item })

/** By owner: its items that come (true) or go. */
type RowEdits = Map<number, Map<number, boolean>>

function note(edits: RowEdits, owner: number, item: number, isThere: boolean): void {
  const known = edits.get(owner)
  if (known) known.set(item, isThere)
  else edits.set(owner, new Map([[item, isThere]]))
}

function editRows({ start, item }: Rows, edits: RowEdits): Rows {
  const lists = new Map<number, Int32Array>()
  for (const [owner, changes] of edits) {
    const list = new Set(item.subarray(start[owner], start[owner + 1]))
    for (const [entry, isThere] of changes) {
      if (isThere) list.add(entry)
      else list.delete(entry)
    }
    lists.set(owner, Int32Array.from(list).sort())
  }
  const columns = resizeRows(start, { item }, new Map([...lists].map(([owner, list]) => [owner, list.length])))
  for (const [owner, list] of lists) columns.item.set(list, start[owner])
  return { start, item: columns.item }
}

/** Index of ids that come and go; who comes back gets the place he had, where it is still empty. */
function createIdBook(first: IdIndex) {
  const now = new Map<number, number | null>()
  const former = new Map<number, number>()
  const get = (id: number): number | undefined => {
    const known = now.get(id)
    return known === undefined ? first.get(id) : (known ?? undefined)
  }
  return {
    get,
    put: (id: number, index: number) => void now.set(id, index),
    remove(id: number) {
      former.set(id, get(id)!)
      now.set(id, null)
    },
    placeFor(id: number, ids: Int32Array): number | undefined {
      const at = former.get(id)
      return at !== undefined && at < ids.length && ids[at] === 0 ? at : undefined
    },
  }
}
