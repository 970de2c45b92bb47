import { GAP_REASONS, type GapReason } from '@/core/coverage/gap'
import { middleOf, toMetres } from '@/core/places-in-metres'
import type { Scope } from '@/core/scope'
import type { Selection } from '@/core/workspace'
import { labelZoom } from '@/map/label-zoom'
import type { GapTally } from './tally-gaps'

const REASONS = GAP_REASONS.length

/** What households in gap are summed by on the map, from far to near. */
export const GAP_LEVELS = ['community', 'grid', 'compound', 'building'] as const
export type GapLevel = (typeof GAP_LEVELS)[number]

/** Width on the screen, CSS pixels, that half of the grids and of the compounds need before each is told by itself. */
const GRID_PX = 100
const COMPOUND_PX = 72
/** Zoom from which buildings are told one by one. */
const BUILDING_ZOOM = 17

/** The zoom each level begins at. Of the whole land, never of what is in view. */
export function levelZooms({ bounds, cellStats, current, compounds, land }: Pick<Scope, 'bounds' | 'cellStats' | 'current' | 'compounds' | 'land'>): Readonly<Record<GapLevel, number>> {
  const latitude = (bounds[1] + bounds[3]) / 2
  const gridM2 = new Float64Array(current.grids.length)
  current.cellGrid.forEach((grid, cell) => {
    if (grid >= 0) gridM2[grid] += cellStats.areaM2[cell]
  })
  const compoundM2 = compounds.map(({ ring }) => areaM2(ring.map((corner) => toMetres(land.frame, corner))))
  const grid = zoomOf(gridM2, GRID_PX, latitude, BUILDING_ZOOM)
  const compound = Math.min(BUILDING_ZOOM, Math.max(grid, zoomOf(compoundM2, COMPOUND_PX, latitude, BUILDING_ZOOM)))
  return { community: 0, grid: Math.min(grid, BUILDING_ZOOM), compound, building: BUILDING_ZOOM }
}

const zoomOf = (areasM2: ArrayLike<number>, widthPx: number, latitude: number, otherwise: number): number => {
  const sorted = Array.from(areasM2).filter((area) => area > 0).sort((a, b) => a - b)
  return sorted.length === 0 ? otherwise : labelZoom(sorted[sorted.length >> 1], widthPx, latitude)
}

const areaM2 = (ring: readonly (readonly [number, number])[]): number =>
  Math.abs(ring.reduce((sum, [x, y], k) => {
    const [nextX, nextY] = ring[(k + 1) % ring.length]
    return sum + x * nextY - nextX * y
  }, 0)) / 2

export const levelAt = (zooms: Readonly<Record<GapLevel, number>>, zoom: number): GapLevel => [...GAP_LEVELS].reverse().find((level) => zoom >= zooms[level]) ?? 'community'

/** A community, grid, compound or building with households in gap. */
export interface GapPlace {
  /** The same as long as it is the same place. */
  readonly key: string
  /** What it is; null: buildings of a community that lie in no grid. */
  readonly selection: Selection | null
  /** Community index. */
  readonly community: number
  /** Metres in the frame of the land: the building in gap nearest to the middle of them all. */
  readonly xM: number
  readonly yM: number
  /** Buildings in gap. */
  readonly buildings: readonly number[]
  /** Households in gap by main reason, and all. */
  readonly byMain: Int32Array
  readonly inGap: number
}

/**
 * Sum buildings by the places of a level: each stands in one of them, one outside compounds by itself, one outside grids with the others
 * of its community. A place stands where its gaps are, on a building, so that its sign never lies outside it.
 * @returns in the order of their first building
 * Complexity: O(buildings).
 */
export function gapPlaces({ buildings, communities, current, land }: Pick<Scope, 'buildings' | 'communities' | 'current' | 'land'>, tally: GapTally, level: GapLevel): GapPlace[] {
  const groups = new Map<string, { selection: Selection | null; buildings: number[] }>()
  for (let building = 0; building < buildings.count; building++) {
    if (tally.inGap[building] === 0) continue
    const { key, selection } = placeOf(building)
    const group = groups.get(key)
    if (group) group.buildings.push(building)
    else groups.set(key, { selection, buildings: [building] })
  }
  return [...groups].map(([key, { selection, buildings: own }]) => {
    const byMain = new Int32Array(REASONS)
    let [inGap, sumX, sumY] = [0, 0, 0]
    const at = own.map((building) => toMetres(land.frame, middleOf(buildings, building)))
    own.forEach((building, k) => {
      for (let reason = 0; reason < REASONS; reason++) byMain[reason] += tally.byMain[REASONS * building + reason]
      inGap += tally.inGap[building]
      sumX += tally.inGap[building] * at[k][0]
      sumY += tally.inGap[building] * at[k][1]
    })
    let [nearest, nearestM] = [at[0], Infinity]
    for (const place of at) {
      const awayM = Math.hypot(place[0] - sumX / inGap, place[1] - sumY / inGap)
      if (awayM < nearestM) [nearest, nearestM] = [place, awayM]
    }
    return { key, selection, community: buildings.community[own[0]], xM: nearest[0], yM: nearest[1], buildings: own, byMain, inGap }
  })

  function placeOf(building: number): { key: string; selection: Selection | null } {
    const community = buildings.community[building]
    if (level === 'community') return { key: `community:${community}`, selection: communities[community] ? { kind: 'community', orgUnitId: communities[community].id } : null }
    if (level === 'grid') {
      const grid = buildings.cell[building] < 0 ? -1 : current.cellGrid[buildings.cell[building]]
      return grid < 0 ? { key: `none:${community}`, selection: null } : { key: `grid:${grid}`, selection: { kind: 'grid', gridId: current.grids[grid].id } }
    }
    const compound = buildings.compound[building]
    if (level === 'compound' && compound >= 0) return { key: `compound:${compound}`, selection: { kind: 'compound', index: compound } }
    return { key: `building:${building}`, selection: { kind: 'building', index: building } }
  }
}

/** The reason most households of a place are in gap for; of as many, the one that is mended first. */
export const leadingReason = (byMain: ArrayLike<number>): GapReason => GAP_REASONS[Array.from(byMain).reduce((best, n, reason) => (n > byMain[best] ? reason : best), 0)]

/** Whether more than one main reason is told of. */
export const hasSeveralReasons = (byMain: ArrayLike<number>): boolean => Array.from(byMain).filter((n) => n > 0).length > 1
