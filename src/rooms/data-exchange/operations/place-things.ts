import { locatePoints } from '@/algorithms/topology/locate-points'
import type { LandCut } from '@/algorithms/topology/land-input'
import { toLngLat, toLattice } from '@/core/land-frame'
import type { LandFrame } from '@/core/land-frame'
import type { LngLat } from '@/core/units'
import { pointInside } from '../geometry/point-inside'
import type { FindingList } from '../readers/finding-list'
import type { PreparedBuilding, PreparedCommunity, PreparedCompound } from '../prepared-import'
import { areaHolds } from './check-together'
import type { CleanBuilding, CleanLand } from './clean-land'
import { initialsOf } from './initials-of'
import { settlePoints } from './settle-points'
import { boundsOf } from '../geometry/lng-lat-bounds'

/** Buildings in their cells, compounds in their communities, and all that asks for a person's eye among the findings. */
export interface Placed {
  readonly buildings: PreparedBuilding[]
  readonly compounds: PreparedCompound[]
  readonly leftOut: number
}

/** Read the cutter's answer: who lies where, and why not. `cellCommunity` is that of the final communities. */
export function placeThings(
  land: CleanLand,
  cut: LandCut,
  frame: LandFrame,
  cellCommunity: ArrayLike<number>,
  compoundWord: string,
  findings: FindingList,
): Placed {
  const compounds = placeCompounds(land, cut, frame, cellCommunity, compoundWord)
  const compoundAt = compoundFinder(compounds)
  const buildings: PreparedBuilding[] = []
  let leftOut = 0
  let small = 0
  land.buildings.forEach((building, index) => {
    const cell = cut.buildingCell[index]
    const review = cut.buildingReview[index]
    if (review === 'small') small++
    else if (review !== null) note(building, `building_${review}`, findings)
    if (cell < 0) {
      leftOut++
      if (review === null) note(building, 'building_unplaced', findings)
      return
    }
    buildings.push({
      ...building,
      cell,
      community: cellCommunity[cell],
      compound: compoundAt(building.at, cellCommunity[cell]),
      initials: initialsOf(building.name),
      needsReview: building.review ?? (review === 'small' || review === 'underground' ? null : review),
    })
  })
  settlePoints(cut.land, buildings).forEach((at, index) => (buildings[index] = { ...buildings[index], at }))
  if (small > 0) findings.add('building_small', 'info', null, { count: small })
  return { buildings, compounds, leftOut }
}

function note(building: CleanBuilding, code: string, findings: FindingList): void {
  const severity = code === 'building_outside' || code === 'building_unplaced' ? 'error' : code === 'building_underground' ? 'info' : 'warning'
  const values = { id: building.name === '' ? building.sourceId : `${building.name} (${building.sourceId})`, households: building.households }
  findings.add(code, severity, building.row, values, 'geometry', building.at, building.file)
}

function placeCompounds(
  land: CleanLand,
  cut: LandCut,
  frame: LandFrame,
  cellCommunity: ArrayLike<number>,
  word: string,
): PreparedCompound[] {
  const points = land.compounds.flatMap((compound) => toLattice(frame, ...pointInside(compound.polygons[0][0])))
  const cells = locatePoints(cut.land, points)
  let unnamed = 0
  return land.compounds.flatMap((compound, index) => {
    if (cells[index] < 0) return []
    const name = compound.name === '' ? word.replace('{n}', String(++unnamed)) : compound.name
    return [{ ...compound, name, community: cellCommunity[cells[index]], initials: initialsOf(name) }]
  })
}

function compoundFinder(compounds: readonly PreparedCompound[]): (at: LngLat, community: number) => number {
  const bounds = compounds.map((compound) => boundsOf(compound.polygons[0][0])!)
  return ([lng, lat], community) =>
    compounds.findIndex(
      (compound, k) =>
        compound.community === community &&
        lng >= bounds[k][0] && lng <= bounds[k][2] && lat >= bounds[k][1] && lat <= bounds[k][3] &&
        areaHolds(compound.polygons, [lng, lat]),
    )
}

/** Name the cells that ask for a person's eye; kinds that come by the hundred are counted. */
export function noteCells(cut: LandCut, communities: readonly PreparedCommunity[], cellCommunity: ArrayLike<number>, findings: FindingList): void {
  const { frame, cellLabelXY } = cut.land
  let enclosed = 0
  cut.cellReview.forEach((review, cell) => {
    if (review === null || review === 'empty') return
    if (review === 'enclosed') {
      enclosed++
      return
    }
    const at = toLngLat(frame, cellLabelXY[2 * cell], cellLabelXY[2 * cell + 1])
    const values = { households: cut.cellHouseholds[cell], name: communities[cellCommunity[cell]]?.name ?? '' }
    findings.add(`cell_${review}`, review === 'community_guessed' ? 'warning' : 'info', null, values, null, at)
  })
  if (enclosed > 0) findings.add('cell_enclosed', 'info', null, { count: enclosed })
}
