import type { LandCut } from '@/algorithms/topology/land-input'
import type { ImportOptions } from '../model'
import type { FindingList } from '../readers/finding-list'
import type { CleanLand } from './clean-land'
import type { LandArea } from './land-boundary'

/** Say plainly what no file told and was put in its place. */
export function noteDerived(land: CleanLand, area: LandArea | null, options: ImportOptions, findings: FindingList): void {
  const derived = land.buildings.filter((building) => !building.householdsKnown)
  if (derived.length > 0) {
    findings.add('households_derived', 'warning', null, {
      buildings: derived.length,
      households: derived.reduce((sum, building) => sum + building.households, 0),
      area: options.households.areaPerHouseholdM2,
    })
  }
  const assumed = land.buildings.filter((building) => !building.floorsKnown).length
  if (assumed > 0) findings.add('floors_assumed', 'warning', null, { buildings: assumed, floors: options.households.defaultFloors })
  if (area?.drawnFrom === 'buildings' && options.boundary.kind === 'extent') {
    findings.add('boundary_drawn', 'warning', null, { padding: options.boundary.paddingM })
  }
}

/** Land without a house beyond this much is worth a word where nothing tells water from land, m². */
const OPEN_M2 = 20_000

/**
 * A hull around houses takes in the sea before a town. Where no boundary, coast or water was told, say how much of the land has no house
 * on it, for it went to the grids as land.
 */
export function noteOpenWater(land: CleanLand, area: LandArea, cut: LandCut, findings: FindingList): void {
  if (area.drawnFrom !== 'buildings' || land.water.some(({ kind }) => kind !== 'line')) return
  const built = new Set(cut.buildingCell)
  let openM2 = 0
  let wholeM2 = 0
  cut.land.cellAreaM2.forEach((areaM2, cell) => {
    wholeM2 += areaM2
    if (!built.has(cell)) openM2 += areaM2
  })
  if (openM2 < OPEN_M2) return
  findings.add('sea_unknown', 'warning', null, { ha: Math.round(openM2 / 10_000), percent: Math.round((openM2 / wholeM2) * 100) })
}
