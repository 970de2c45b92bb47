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
