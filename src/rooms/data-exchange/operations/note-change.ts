import { locatePoints } from '@/algorithms/topology/locate-points'
import type { Land } from '@/core/land'
import { toLattice, toLngLat } from '@/core/land-frame'
import { boundsOf, centreOf, distanceAndBearing } from '../geometry/lng-lat-bounds'
import type { MergedLand } from '../land-change'
import type { HouseholdRule, Pair } from '../model'
import type { FindingList } from '../readers/finding-list'
import type { StandingLand } from '../standing-land'
import type { CleanLand } from './clean-land'

/** Below this share of houses on the land, the files are of another place. */
const MISSED_SHARE = 0.5
/** Where more than this share of the houses would go, the files may be a part of the street only. */
const MOST_SHARE = 0.5

/** Check files against the land they are to change, before anything is compared: whether they tell anything, and of this place. */
export function checkAgainstLand(land: Land, files: CleanLand, findings: FindingList): void {
  const { buildings, streets, compounds, water, greens, railways, communities, boundaries } = files
  if (buildings.length + streets.length + compounds.length + water.length + greens.length + railways.length === 0) {
    findings.add('change_nothing_told', 'blocker', null)
    return
  }
  const kept = communities.length + boundaries.length
  if (kept > 0) findings.add('change_outline_kept', 'info', null, { count: kept })
  const places = [...buildings.map(({ at }) => at as Pair), ...(buildings.length > 0 ? [] : streets.flatMap(({ line }) => [...line]))]
  if (places.length === 0) return
  const inside = locatePoints(land, places.flatMap(([lng, lat]) => toLattice(land.frame, lng, lat))).filter((cell) => cell >= 0).length
  if (inside / places.length >= MISSED_SHARE) return
  const corners: Pair[] = []
  for (let k = 0; k < land.nodeXY.length; k += 2) corners.push(toLngLat(land.frame, land.nodeXY[k], land.nodeXY[k + 1]))
  const [from, to] = [centreOf(boundsOf(corners)!), centreOf(boundsOf(places)!)]
  const { distanceM, bearing } = distanceAndBearing(from, to)
  const values = { inside, count: places.length, percent: Math.round((inside / places.length) * 1000) / 10, km: Math.round(distanceM / 100) / 10, bearing }
  // A few streets that reach beyond the land are common; houses elsewhere are a mistake.
  findings.add('change_misses_land', buildings.length > 0 || inside === 0 ? 'blocker' : 'warning', null, values, null, to)
}

/** Say plainly what was derived, what was left as it is, and what would go. */
export function noteChange(standing: StandingLand, merged: MergedLand, rule: HouseholdRule, findings: FindingList): void {
  const derived = merged.buildings.filter(({ state, clean }) => state === 'added' && clean !== null && !clean.householdsKnown)
  if (derived.length > 0) {
    const households = derived.reduce((sum, building) => sum + building.newHouseholds, 0)
    findings.add('households_derived', 'warning', null, { buildings: derived.length, households, area: rule.areaPerHouseholdM2 })
  }
  const assumed = merged.buildings.filter(({ state, clean }) => state === 'added' && clean !== null && !clean.floorsKnown).length
  if (assumed > 0) findings.add('floors_assumed', 'warning', null, { buildings: assumed, floors: rule.defaultFloors })
  for (const { standing: index, clean } of merged.buildings) {
    if (index < 0 || clean === null || !clean.householdsKnown) continue
    const there = standing.buildings[index].households
    if (there === 0 || there === clean.households) continue
    const id = clean.name === '' ? clean.sourceId : clean.name
    findings.add('households_kept', 'warning', clean.row, { id, there, told: clean.households }, 'households', clean.at, clean.file)
  }
  const share = standing.buildings.length === 0 ? 0 : merged.goneBuildings.length / standing.buildings.length
  if (share > MOST_SHARE) {
    findings.add('change_removes_most', 'warning', null, { count: merged.goneBuildings.length, buildings: standing.buildings.length, percent: Math.round(share * 100) })
  }
}
