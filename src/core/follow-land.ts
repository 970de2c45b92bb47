import { SPECIAL_CATEGORY_CODES } from './categories'
import { arcsByCell, buildingsByCell } from './cell-contents'
import { resized, resizedStart, resizeRows, takenInHand } from './growing-column'
import { LATTICE_M, areaFactor } from './land-frame'
import { relabelParts } from './links'
import { arcLength, type PlanContext } from './plan-context'
import type { CellStats } from './scope'

type Written<T> = { -readonly [K in keyof T]: T[K] }

/** What is computed from land and buildings, as columns of a plan's own. */
export interface DerivedColumns {
  readonly adjacency: Written<PlanContext['adjacency']>
  borderMm: Float64Array
  outsideMm: Float64Array
  cellPart: Int32Array
  readonly cellStats: Written<CellStats>
  cellCompoundStart: Uint32Array
  cellCompound: Int32Array
  cellCompoundBuildings: Int32Array
  readonly compoundCells: Int32Array[]
  /** Cells as they were when first touched: drawn like that again, they have the area they had, to the bit. */
  readonly firstArea: Map<number, { readonly area2: number; readonly labelY: number; readonly areaM2: number }>
}

export interface LandTouch {
  /** Cells whose borders, label or buildings changed, by index, gone and new ones included. */
  readonly touched: Int32Array
  readonly gone: readonly number[]
  readonly came: readonly number[]
  readonly movedBuildings: readonly number[]
  /** Cells they left. */
  readonly buildingsLeft: Int32Array
  /** Cells that hold other buildings than before. */
  readonly rehoused: readonly number[]
}

/** Copies of one's own. O(cells + borders). */
export function derivedInHand(from: PlanContext): DerivedColumns {
  const { adjacency, cellStats } = from
  return {
    adjacency: { start: takenInHand(adjacency.start), neighbour: takenInHand(adjacency.neighbour), borderM: takenInHand(adjacency.borderM) },
    borderMm: takenInHand(from.borderMm),
    outsideMm: takenInHand(from.outsideMm),
    cellPart: takenInHand(from.cellPart),
    cellStats: {
      households: takenInHand(cellStats.households),
      residents: takenInHand(cellStats.residents),
      members: takenInHand(cellStats.members),
      special: takenInHand(cellStats.special),
      buildings: takenInHand(cellStats.buildings),
      areaM2: takenInHand(cellStats.areaM2),
      byCategory: takenInHand(cellStats.byCategory),
    },
    cellCompoundStart: takenInHand(from.cellCompoundStart),
    cellCompound: takenInHand(from.cellCompound),
    cellCompoundBuildings: takenInHand(from.cellCompoundBuildings),
    compoundCells: [...from.compoundCells],
    firstArea: new Map(),
  }
}

/** Make room for a number of cells; new ones are empty and alone, those cut off must be. */
export function resizeDerived(derived: DerivedColumns, cellCount: number): void {
  const { adjacency, cellStats } = derived
  const before = derived.outsideMm.length
  adjacency.start = resizedStart(adjacency.start, cellCount)
  derived.cellCompoundStart = resizedStart(derived.cellCompoundStart, cellCount)
  derived.outsideMm = resized(derived.outsideMm, cellCount)
  derived.cellPart = resized(derived.cellPart, cellCount)
  for (const name of ['households', 'residents', 'members', 'special', 'buildings'] as const) {
    cellStats[name] = resized(cellStats[name], cellCount)
    cellStats[name].fill(0, before)
  }
  cellStats.areaM2 = resized(cellStats.areaM2, cellCount)
  cellStats.byCategory = resized(cellStats.byCategory, 8 * cellCount)
  cellStats.areaM2.fill(0, before)
  cellStats.byCategory.fill(0, 8 * before)
  derived.outsideMm.fill(0, before)
  derived.cellPart.fill(-1, before)
}

/** The columns as a context shows them: views of their own, so that a later edit does not lengthen these. */
export function columnsOf({ firstArea: _, adjacency, cellStats, ...columns }: DerivedColumns) {
  return { ...columns, adjacency: { ...adjacency }, cellStats: { ...cellStats } }
}

/**
 * Bring the columns up to land that was redrawn.
 * @param context with the land and buildings as they are now
 * @returns communities whose parts were named anew
 * Complexity O(borders and buildings of the cells touched); where rows change their size, one move of memory; where a
 * community has links or nothing old is left beside a new cell, the cells of the land.
 */
export function followLand(derived: DerivedColumns, context: PlanContext, touch: LandTouch): number[] {
  measureCells(derived, context, touch)
  drawNeighbours(derived, context, touch)
  houseBuildings(derived, context, touch)
  return nameParts(derived, context, touch)
}

/** Twice the lattice area of a cell, from the arcs around it. */
function cellArea2({ land }: PlanContext, cell: number): number {
  const { start, item } = arcsByCell(land)
  const x0 = land.cellLabelXY[2 * cell]
  const y0 = land.cellLabelXY[2 * cell + 1]
  let sum = 0
  for (let k = start[cell]; k < start[cell + 1]; k++) {
    const arc = item[k]
    let part = 0
    for (let p = land.arcStart[arc]; p + 1 < land.arcStart[arc + 1]; p++) {
      part += (land.arcXY[2 * p] - x0) * (land.arcXY[2 * p + 3] - y0) - (land.arcXY[2 * p + 2] - x0) * (land.arcXY[2 * p + 1] - y0)
    }
    sum += land.arcLeft[arc] === cell ? part : -part
  }
  return sum
}

function measureCells({ cellStats, firstArea, outsideMm }: DerivedColumns, context: PlanContext, { touched }: LandTouch): void {
  const { land } = context
  const { start, item } = arcsByCell(land)
  for (const cell of touched) {
    let outside = 0
    for (let k = start[cell]; k < start[cell + 1]; k++) {
      const arc = item[k]
      if (land.arcLeft[arc] < 0 || land.arcRight[arc] < 0) outside += arcLength(land, arc) * LATTICE_M * 1000
    }
    outsideMm[cell] = Math.round(outside)
    if (land.cellIds[cell] === 0) {
      cellStats.areaM2[cell] = 0
      continue
    }
    const area2 = cellArea2(context, cell)
    const labelY = land.cellLabelXY[2 * cell + 1]
    const first = firstArea.get(cell)
    cellStats.areaM2[cell] =
      first && first.area2 === area2 && first.labelY === labelY
        ? first.areaM2
        : (area2 / 2) * LATTICE_M * LATTICE_M * areaFactor(land.frame, labelY)
  }
}

/** Note the area of cells before they are touched for the first time. */
export function noteFirstAreas({ cellStats, firstArea }: DerivedColumns, context: PlanContext, cells: readonly number[]): void {
  for (const cell of cells) {
    if (firstArea.has(cell)) continue
    const labelY = context.land.cellLabelXY[2 * cell + 1]
    firstArea.set(cell, { area2: cellArea2(context, cell), labelY, areaM2: cellStats.areaM2[cell] })
  }
}

function drawNeighbours(derived: DerivedColumns, { land }: PlanContext, { touched }: LandTouch): void {
  const { adjacency } = derived
  const { start, item } = arcsByCell(land)
  const lengths = new Map<number, [other: number, lengthM: number][]>()
  for (const cell of touched) {
    const lengthTo = new Map<number, number>()
    for (let k = start[cell]; k < start[cell + 1]; k++) {
      const arc = item[k]
      const other = land.arcLeft[arc] === cell ? land.arcRight[arc] : land.arcLeft[arc]
      if (other >= 0) lengthTo.set(other, (lengthTo.get(other) ?? 0) + arcLength(land, arc) * LATTICE_M)
    }
    lengths.set(cell, [...lengthTo].sort(([a], [b]) => a - b))
  }
  const { neighbour, borderM, borderMm } = resizeRows(
    adjacency.start,
    { neighbour: adjacency.neighbour, borderM: adjacency.borderM, borderMm: derived.borderMm },
    new Map([...lengths].map(([cell, row]) => [cell, row.length])),
  )
  for (const [cell, row] of lengths) {
    row.forEach(([other, lengthM], k) => {
      const at = adjacency.start[cell] + k
      neighbour[at] = other
      borderM[at] = lengthM
      borderMm[at] = Math.round(lengthM * 1000)
    })
  }
  adjacency.neighbour = neighbour
  adjacency.borderM = borderM
  derived.borderMm = borderMm
}

function houseBuildings(derived: DerivedColumns, context: PlanContext, { movedBuildings, buildingsLeft, rehoused }: LandTouch): void {
  if (movedBuildings.length === 0) return
  const { buildings } = context
  const { cellStats } = derived
  const count = (building: number, cell: number, sign: 1 | -1) => {
    for (const name of ['households', 'residents', 'members'] as const) cellStats[name][cell] += sign * buildings[name][building]
    cellStats.buildings[cell] += sign
    for (let code = 0; code < 8; code++) cellStats.byCategory[8 * cell + code] += sign * buildings.byCategory[8 * building + code]
    for (const code of SPECIAL_CATEGORY_CODES) cellStats.special[cell] += sign * buildings.byCategory[8 * building + code]
  }
  movedBuildings.forEach((building, k) => {
    count(building, buildingsLeft[k], -1)
    count(building, buildings.cell[building], 1)
  })

  const { start, item } = buildingsByCell(context)
  const affected = new Set<number>()
  const counts = new Map<number, Map<number, number>>()
  for (const cell of rehoused) {
    for (let k = derived.cellCompoundStart[cell]; k < derived.cellCompoundStart[cell + 1]; k++) affected.add(derived.cellCompound[k])
    const ofCell = new Map<number, number>()
    for (let k = start[cell]; k < start[cell + 1]; k++) {
      const compound = buildings.compound[item[k]]
      if (compound >= 0) ofCell.set(compound, (ofCell.get(compound) ?? 0) + 1)
    }
    for (const compound of ofCell.keys()) affected.add(compound)
    counts.set(cell, ofCell)
  }
  const columns = resizeRows(
    derived.cellCompoundStart,
    { cellCompound: derived.cellCompound, cellCompoundBuildings: derived.cellCompoundBuildings },
    new Map([...counts].map(([cell, ofCell]) => [cell, ofCell.size])),
  )
  for (const [cell, ofCell] of counts) {
    let at = derived.cellCompoundStart[cell]
    for (const [compound, number] of ofCell) {
      columns.cellCompound[at] = compound
      columns.cellCompoundBuildings[at++] = number
    }
  }
  Object.assign(derived, columns)
  for (const compound of affected) {
    const cells = new Set(derived.compoundCells[compound])
    for (const [cell, ofCell] of counts) {
      if (ofCell.has(compound)) cells.add(cell)
      else cells.delete(cell)
    }
    derived.compoundCells[compound] = Int32Array.from(cells).sort()
  }
}

/**
 * A new cell lies in the part of an old neighbour of its community: redrawing a community's cells leaves its parts as they
 * are. Where links part or join cells, it may not: then they are named anew.
 */
function nameParts(derived: DerivedColumns, context: PlanContext, { came, touched }: LandTouch): number[] {
  const { cellCommunity } = context.land
  const { start, neighbour } = derived.adjacency
  const unclear = new Set<number>()
  if (context.links.size > 0) for (const cell of touched) unclear.add(cellCommunity[cell])
  const isNew = new Set(came)
  for (const cell of came) {
    let part = -1
    for (let k = start[cell]; k < start[cell + 1] && part < 0; k++) {
      const other = neighbour[k]
      if (cellCommunity[other] === cellCommunity[cell] && !isNew.has(other)) part = derived.cellPart[other]
    }
    derived.cellPart[cell] = part
    if (part < 0) unclear.add(cellCommunity[cell])
  }
  if (unclear.size > 0) relabelParts({ adjacency: derived.adjacency, links: context.links, land: context.land }, unclear, derived.cellPart)
  return [...unclear]
}
