import type { Land } from '@/core/land'
import { buildCellAdjacency } from './build-cell-adjacency'
import { checkLand } from './check-land'
import { cutLandFrom } from './cut-land'
import { deriveGridOutline } from './derive-grid-outline'
import { inheritCells } from './inherit-cells'
import { DEFAULT_LAND_OPTIONS, LandError } from './land-input'
import type { SolverControl } from '../shared/solver-control'
import type { LandCut, LandInput } from './land-input'
import { LATTICE_PER_M } from './load-land'
import { locatePoints } from './locate-points'
import { reviewCells } from './review-cut'
import { spliceLand } from './splice-land'
import type { RegionCut } from './splice-land'

/** A former cut and the input as it is now. */
export interface RecutRequest {
  readonly land: Land
  /** Former buildings by id, with their cell index in `land`; −1 none. */
  readonly formerIds: readonly string[]
  readonly formerCell: Int32Array
  /** The whole input of today. */
  readonly input: LandInput
  /** Buildings that are new or whose outline or households differ. Removed ones are found by their absence. */
  readonly changedBuildings: readonly string[]
  /** Boxes (west, south, east, north, lattice) in which streets, walls or water changed. */
  readonly changedBoxes: readonly (readonly [number, number, number, number])[]
}

export interface LandRecut extends LandCut {
  /** Former cell index by cell; −1 for a cell that is new. */
  readonly formerCellOf: Int32Array
  /** Cells whose outline differs from before, new ones included. */
  readonly changedCells: Int32Array
}

/**
 * Recut only what a change touches. A removed building leaves its cell as it is; a new one inside a cell joins it while
 * the cell stays within its limit; only cells that a new outline straddles, that have grown too large, or in which lines
 * changed are cut again, within their outer borders. All other cells, and their ids, stay as they are; a new node on a
 * border they share may bend it by a centimetre, for both sides alike.
 *
 * Should the pieces not fit together exactly, all is cut again with former cells as seeds (slower, same promise).
 */
export function recutLand(request: RecutRequest, control: SolverControl = {}): LandRecut {
  const { land, input } = request
  const begun = performance.now()
  const maxHouseholds = input.options?.maxHouseholds ?? DEFAULT_LAND_OPTIONS.maxHouseholds
  const former = new Map(request.formerIds.map((id, i) => [id, request.formerCell[i]]))
  const placed = placeBuildings(request, former)
  const cutAgain = cellsToCut(request, placed, maxHouseholds)
  const regions = regionsOf(land, cutAgain.cells)
  try {
    const cuts = regions.map((cells, i) => {
      control.onProgress?.(i / regions.length, 'recut')
      return cutRegion(request, placed, cells, former, cutAgain.tooLarge, control)
    })
    const spliced = spliceLand(land, cuts)
    const check = checkLand(spliced.land)
    if (!check.ok) throw new LandError('land_inconsistent', { pass: 'recut', problem: check.problems[0].code })
    return finishRecut(request, spliced, placed, cuts, maxHouseholds, begun)
  } catch (cause) {
    if (!(cause instanceof LandError) || cause.code === 'aborted') throw cause
    return recutAll(request, former, control)
  }
}

interface Placed {
  /** Former cells touched, by building of the input; a new building may lie in several. */
  readonly cells: readonly (readonly number[])[]
}

/** Cells each building lies in: its former one, or for a changed outline all that its corners and edges meet. */
function placeBuildings(request: RecutRequest, former: Map<string, number>): Placed {
  const changed = new Set(request.changedBuildings)
  return {
    cells: request.input.buildings.map((b) => {
      const known = former.get(b.id)
      if (known !== undefined && !changed.has(b.id)) return known < 0 ? [] : [known]
      const xy: number[] = []
      for (const ring of b.rings) {
        for (let i = 0; i < ring.length; i += 2) {
          const j = (i + 2) % ring.length
          const steps = Math.ceil(Math.hypot(ring[j] - ring[i], ring[j + 1] - ring[i + 1]) / LATTICE_PER_M) || 1
          for (let k = 0; k < steps; k++) {
            xy.push(ring[i] + ((ring[j] - ring[i]) * k) / steps, ring[i + 1] + ((ring[j + 1] - ring[i + 1]) * k) / steps)
          }
        }
      }
      return [...new Set(locatePoints(request.land, xy))].filter((c) => c >= 0).sort((p, q) => p - q)
    }),
  }
}

function cellsToCut(request: RecutRequest, placed: Placed, maxHouseholds: number): { cells: Set<number>; tooLarge: Set<number> } {
  const cells = new Set<number>()
  const tooLarge = new Set<number>()
  const changed = new Set(request.changedBuildings)
  const households = new Map<number, number>()
  const grown = new Set<number>()
  request.input.buildings.forEach((b, i) => {
    const own = placed.cells[i]
    if (own.length > 0) households.set(own[0], (households.get(own[0]) ?? 0) + b.households)
    if (!changed.has(b.id)) return
    if (own.length > 1) for (const c of own) cells.add(c)
    else if (own.length === 1) grown.add(own[0])
  })
  for (const c of grown) {
    if ((households.get(c) ?? 0) <= maxHouseholds) continue
    cells.add(c)
    tooLarge.add(c)
  }
  for (const [west, south, east, north] of request.changedBoxes) {
    for (const c of cellsInBox(request.land, west, south, east, north)) cells.add(c)
  }
  return { cells, tooLarge }
}

/** Cells with a border in a box, and those at its corners and middle. */
function cellsInBox(land: Land, west: number, south: number, east: number, north: number): Set<number> {
  const at = locatePoints(land, [west, south, east, south, east, north, west, north, (west + east) / 2, (south + north) / 2])
  const found = new Set<number>(at)
  const { arcXY, arcStart } = land
  for (let k = 0; k < land.arcLeft.length; k++) {
    for (let p = arcStart[k]; p + 1 < arcStart[k + 1]; p++) {
      if (Math.max(arcXY[2 * p], arcXY[2 * p + 2]) < west || Math.min(arcXY[2 * p], arcXY[2 * p + 2]) > east) continue
      if (Math.max(arcXY[2 * p + 1], arcXY[2 * p + 3]) < south || Math.min(arcXY[2 * p + 1], arcXY[2 * p + 3]) > north) continue
      found.add(land.arcLeft[k]).add(land.arcRight[k])
      break
    }
  }
  found.delete(-1)
  return found
}

/** Cells to cut, by connected region. */
function regionsOf(land: Land, cells: ReadonlySet<number>): number[][] {
  if (cells.size === 0) return []
  const adjacency = buildCellAdjacency(land)
  const left = new Set([...cells].sort((a, b) => a - b))
  const regions: number[][] = []
  for (const first of left) {
    const region = [first]
    left.delete(first)
    for (let i = 0; i < region.length; i++) {
      for (let k = adjacency.start[region[i]]; k < adjacency.start[region[i] + 1]; k++) {
        if (left.delete(adjacency.neighbour[k])) region.push(adjacency.neighbour[k])
      }
    }
    regions.push(region.sort((a, b) => a - b))
  }
  return regions
}

function cutRegion(
  request: RecutRequest, placed: Placed, cells: readonly number[], former: Map<string, number>, tooLarge: ReadonlySet<number>,
  control: SolverControl,
): RegionCut {
  const { land, input } = request
  const inRegion = new Uint8Array(land.cellCommunity.length)
  for (const c of cells) inRegion[c] = 1
  const boundary = deriveGridOutline(land, inRegion, 1, cells).polygons.flat()
  const communities = [...new Set(cells.map((c) => land.cellCommunity[c]))].sort((a, b) => a - b)
  const inputIndex = input.buildings.map((_, i) => i).filter((i) => placed.cells[i].some((c) => inRegion[c]))
  const changed = new Set(request.changedBuildings)
  const cut = cutLandFrom(
    {
      ...input,
      boundary,
      // Inside a kept outline the community line is where the cells have it, not where the official line once ran.
      communities: communities.length === 1 ? [] : communities.map((community) => {
        const column = land.cellCommunity.map((value, c) => (inRegion[c] ? value : -1))
        return deriveGridOutline(land, column, community, cells.filter((c) => column[c] === community)).polygons.flat()
      }),
      buildings: inputIndex.map((i) => input.buildings[i]),
      coastlines: [],
    },
    { signal: control.signal },
    {
      formerCell: (id) => {
        const c = changed.has(id) ? -1 : (former.get(id) ?? -1)
        return tooLarge.has(c) ? -1 : c
      },
      formerCellAt: (xy) => locatePoints(land, xy).map((c) => (tooLarge.has(c) ? -1 : c)),
      fixedXY: Int32Array.from(boundary.flatMap((ring) => [...ring])),
    },
  )
  return { cells, cut, communities, inputIndex }
}

function finishRecut(
  request: RecutRequest, spliced: ReturnType<typeof spliceLand>, placed: Placed, cuts: readonly RegionCut[],
  maxHouseholds: number, begun: number,
): LandRecut {
  const { input } = request
  const buildingCell = Int32Array.from(input.buildings, (_, i) =>
    placed.cells[i].length > 0 ? spliced.cellOfFormer[placed.cells[i][0]] : -1)
  const buildingReview: LandRecut['buildingReview'][number][] = input.buildings.map((b, i) =>
    placed.cells[i].length === 0 ? 'outside' : b.households > maxHouseholds ? 'oversized' : null)
  cuts.forEach((region, r) => {
    region.inputIndex.forEach((i, local) => {
      const cell = region.cut.buildingCell[local]
      buildingCell[i] = cell < 0 ? -1 : spliced.cellOfRegion[r][cell]
      buildingReview[i] = region.cut.buildingReview[local]
    })
  })
  const { land, formerCellOf } = inheritCells(request.land, spliced, request.formerIds, request.formerCell, input, buildingCell)
  const cellHouseholds = new Int32Array(land.cellCommunity.length)
  input.buildings.forEach((b, i) => {
    if (buildingCell[i] >= 0) cellHouseholds[buildingCell[i]] += b.households
  })
  return {
    land, buildingCell, buildingReview, cellHouseholds, cellReview: reviewCells(land, cellHouseholds, maxHouseholds),
    formerCellOf, changedCells: spliced.newCells,
    report: {
      counts: { cells: land.cellCommunity.length, regions: cuts.length, cells_cut_again: spliced.newCells.length },
      passes: [{ name: 'recut', ms: performance.now() - begun }],
    },
  }
}

/** Cut everything again with former cells as seeds, and hand their ids on. */
function recutAll(request: RecutRequest, former: Map<string, number>, control: SolverControl): LandRecut {
  const cut = cutLandFrom(request.input, control, {
    formerCell: (id) => former.get(id) ?? -1,
    formerCellAt: (xy) => locatePoints(request.land, xy),
  })
  const count = cut.land.cellCommunity.length
  const all = Int32Array.from({ length: count }, (_, i) => i)
  const { land, formerCellOf } = inheritCells(
    request.land, { land: cut.land, newCells: all, cellOfFormer: new Int32Array(request.land.cellCommunity.length).fill(-1) },
    request.formerIds, request.formerCell, request.input, cut.buildingCell,
  )
  return { ...cut, land, formerCellOf, changedCells: all }
}
