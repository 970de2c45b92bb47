import { makeIdIndex, type IdIndex } from './id-index'
import type { CellAdjacency, Land } from './land'
import { LATTICE_M } from './land-frame'
import { labelPart, NO_LINKS, type CellLinks } from './links'
import type { Scope } from './scope'

/** What a plan needs of a scope; a test may hand over just this. */
export type PlanLand = Pick<
  Scope,
  'landId' | 'communities' | 'land' | 'adjacency' | 'cellStats' | 'buildings' | 'compounds' | 'settings'
>

/**
 * The unchanging ground under a plan: the land's cells with what lies on them, and what is computed from them once so
 * that no edit has to. Made once a scope, shared by every session on it.
 *
 * c cells, m communities, p compounds.
 */
export interface PlanContext extends PlanLand {
  /** Position of a community in `communities` by its database id. */
  readonly communityIndex: ReadonlyMap<number, number>
  /** Position of a cell by its database id. */
  readonly cellIndex: IdIndex
  /** Households of each community, placed on cells; m. */
  readonly communityHouseholds: Int32Array
  /** Connected part of its community's land, by cell, named by one of its cells; a community with an exclave has two; c. */
  readonly cellPart: Int32Array
  /** Neighbours by decree, by cell index; empty where there is no plan. */
  readonly links: CellLinks
  /** Border of the cell with the world outside the land, whole millimetres; c. */
  readonly outsideMm: Float64Array
  /** `adjacency.borderM` in whole millimetres: sums of integers stay exact, so undo restores every figure to the bit. */
  readonly borderMm: Float64Array
  /** Compounds on cells in compressed rows: entries cellCompoundStart[i] … [i+1]−1 name a compound and its buildings there. */
  readonly cellCompoundStart: Uint32Array
  readonly cellCompound: Int32Array
  readonly cellCompoundBuildings: Int32Array
  /** Households of each compound's placed buildings; p. */
  readonly compoundHouseholds: Int32Array
  /** Cells that hold a building of the compound, ascending; p. */
  readonly compoundCells: readonly Int32Array[]
  /** Buildings without a cell: indices, ascending. */
  readonly unplacedBuildings: Int32Array
}

/**
 * Prepare the ground of a plan. Complexity O(cells + arcs + borders + buildings).
 */
export function makePlanContext(ground: PlanLand): PlanContext {
  const { land, adjacency, cellStats, buildings, communities, compounds } = ground
  const cellCount = land.cellIds.length
  const communityHouseholds = new Int32Array(communities.length)
  for (let cell = 0; cell < cellCount; cell++) {
    communityHouseholds[land.cellCommunity[cell]] += cellStats.households[cell]
  }
  return {
    landId: ground.landId,
    communities,
    land,
    adjacency,
    cellStats,
    buildings,
    compounds,
    settings: ground.settings,
    communityIndex: new Map(communities.map((community, index) => [community.id, index])),
    cellIndex: makeIdIndex(land.cellIds),
    communityHouseholds,
    cellPart: labelCommunityParts(adjacency, land.cellCommunity),
    links: NO_LINKS,
    outsideMm: outsideBorders(land),
    borderMm: adjacency.borderM.map((lengthM) => Math.round(lengthM * 1000)),
    ...compoundIncidence(ground, cellCount),
    unplacedBuildings: Int32Array.from(
      Array.from({ length: buildings.count }, (_, building) => building).filter((b) => buildings.cell[b] < 0),
    ),
  }
}

/** Name each connected part of a community's land by its lowest cell. */
function labelCommunityParts(adjacency: CellAdjacency, cellCommunity: Int32Array): Int32Array {
  const label = new Int32Array(cellCommunity.length).fill(-1)
  for (let seed = 0; seed < label.length; seed++) {
    if (label[seed] < 0) labelPart({ adjacency, links: NO_LINKS, land: { cellCommunity } }, seed, label)
  }
  return label
}

/** Length of an arc, lattice units. */
export function arcLength(land: Land, arc: number): number {
  let length = 0
  for (let p = land.arcStart[arc]; p + 1 < land.arcStart[arc + 1]; p++) {
    const dx = land.arcXY[2 * p + 2] - land.arcXY[2 * p]
    const dy = land.arcXY[2 * p + 3] - land.arcXY[2 * p + 1]
    length += Math.sqrt(dx * dx + dy * dy)
  }
  return length
}

/** The border no neighbour shares is the length of the cell's arcs whose other side is outside the land. */
function outsideBorders(land: Land): Float64Array {
  const outsideMm = new Float64Array(land.cellIds.length)
  for (let arc = 0; arc < land.arcLeft.length; arc++) {
    const left = land.arcLeft[arc]
    const right = land.arcRight[arc]
    if (left >= 0 === right >= 0) continue
    outsideMm[left >= 0 ? left : right] += arcLength(land, arc) * LATTICE_M * 1000
  }
  return outsideMm.map(Math.round)
}

function compoundIncidence(ground: PlanLand, cellCount: number) {
  const { buildings, compounds } = ground
  const byCell = Array.from({ length: cellCount }, () => new Map<number, number>())
  const compoundHouseholds = new Int32Array(compounds.length)
  const cellsOf = compounds.map(() => new Set<number>())
  for (let b = 0; b < buildings.count; b++) {
    const compound = buildings.compound[b]
    const cell = buildings.cell[b]
    if (compound < 0 || cell < 0) continue
    compoundHouseholds[compound] += buildings.households[b]
    cellsOf[compound].add(cell)
    byCell[cell].set(compound, (byCell[cell].get(compound) ?? 0) + 1)
  }
  const cellCompoundStart = new Uint32Array(cellCount + 1)
  byCell.forEach((entries, cell) => (cellCompoundStart[cell + 1] = cellCompoundStart[cell] + entries.size))
  return {
    cellCompoundStart,
    cellCompound: Int32Array.from(byCell.flatMap((entries) => [...entries.keys()])),
    cellCompoundBuildings: Int32Array.from(byCell.flatMap((entries) => [...entries.values()])),
    compoundHouseholds,
    compoundCells: cellsOf.map((cells) => Int32Array.from(cells).sort()),
  }
}
