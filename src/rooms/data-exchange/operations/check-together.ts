import Flatbush from 'flatbush'
import gcoord from 'gcoord'
import type { LngLatBounds } from '@/core/units'
import { boundsOf, centreOf, distanceAndBearing, gapBetweenM } from '../geometry/lng-lat-bounds'
import { ringHolds } from '@/formats/ring-shapes'
import type { Pair } from '../model'
import type { FindingList } from '../readers/finding-list'
import type { CleanArea, CleanBuilding, CleanLand } from './clean-land'

/** Below this share of buildings inside, the boundary is another place; below the other, many buildings will be left out. */
const MISSED_SHARE = 0.5
const MOST_SHARE = 0.98
/** Street points inside buildings: true layers have 1–4 % (passages, arcades), layers that are shifted the building density, 15–30 %. */
const THROUGH_SHARE = 0.1
const SAMPLES = 4_000
/** Land further than this from land that is there already is worth a question. */
const FAR_M = 100_000
const APART_M = 300

/**
 * Check the layers against each other: each may be flawless and still lie elsewhere, in another system, or beside the boundary. `boundary`
 * is the polygon chosen, null where the extent of the buildings serves.
 */
export function checkTogether(
  land: CleanLand,
  boundary: CleanArea | null,
  districtBounds: LngLatBounds | null,
  findings: FindingList,
): void {
  const buildingBounds = boundsOf(land.buildings.map((building) => building.at as Pair))
  if (buildingBounds === null) {
    findings.add('no_buildings', 'blocker', null)
    return
  }
  if (land.streets.length === 0) findings.add('no_streets', 'warning', null)
  if (boundary !== null) checkBoundary(land.buildings, boundary, buildingBounds, findings)
  checkApart(land, buildingBounds, findings)
  checkStreets(land, findings)
  if (districtBounds !== null) {
    const gapM = gapBetweenM(buildingBounds, districtBounds)
    if (gapM > FAR_M) {
      const { distanceM, bearing } = distanceAndBearing(centreOf(districtBounds), centreOf(buildingBounds))
      findings.add('far_from_district', 'warning', null, { km: Math.round(distanceM / 1000), bearing }, null, centreOf(buildingBounds))
    }
  }
}

/** Whether a position lies in an area of polygons with holes. */
export const areaHolds = (polygons: readonly Pair[][][], at: Pair): boolean =>
  polygons.some(([shell, ...holes]) => ringHolds(shell, at) && !holes.some((hole) => ringHolds(hole, at)))

function checkBoundary(
  buildings: readonly CleanBuilding[],
  boundary: CleanArea,
  buildingBounds: LngLatBounds,
  findings: FindingList,
): void {
  const inside = buildings.filter((building) => areaHolds(boundary.polygons, building.at as Pair)).length
  const share = inside / buildings.length
  if (share >= MOST_SHARE) return
  const outline = boundsOf(boundary.polygons.flatMap(([shell]) => shell))!
  const from = centreOf(outline)
  const to = centreOf(buildingBounds)
  const { distanceM, bearing } = distanceAndBearing(from, to)
  const values = {
    name: boundary.name,
    inside,
    buildings: buildings.length,
    percent: Math.round(share * 1000) / 10,
    km: Math.round(distanceM / 100) / 10,
    bearing,
  }
  const code = share < MISSED_SHARE ? 'boundary_misses_buildings' : 'boundary_leaves_out'
  findings.add(code, share < MISSED_SHARE ? 'blocker' : 'warning', boundary.row, values, 'geometry', to, boundary.file)
}

function checkApart(land: CleanLand, buildingBounds: LngLatBounds, findings: FindingList): void {
  const others = [
    ['street', boundsOf(land.streets.flatMap((street) => [...street.line]))],
    ['community', boundsOf(land.communities.flatMap((area) => area.polygons.flatMap(([shell]) => shell)))],
    ['compound', boundsOf(land.compounds.flatMap((area) => area.polygons.flatMap(([shell]) => shell)))],
  ] as const
  for (const [layer, bounds] of others) {
    if (bounds === null || gapBetweenM(bounds, buildingBounds) <= APART_M) continue
    const { distanceM, bearing } = distanceAndBearing(centreOf(buildingBounds), centreOf(bounds))
    findings.add('layers_apart', 'blocker', null, { layer, km: Math.round(distanceM / 100) / 10, bearing }, null, centreOf(bounds))
  }
}

/** Streets that run through houses betray a shift between the two layers; the shift that would cure it names the system. */
function checkStreets(land: CleanLand, findings: FindingList): void {
  const points = land.streets
    .filter((street) => street.tunnel === '' || street.tunnel === 'no')
    .flatMap((street) => street.line.slice(1, -1))
  if (points.length < 50 || land.buildings.length < 50) return
  const step = Math.max(1, Math.floor(points.length / SAMPLES))
  const sample = points.filter((_, k) => k % step === 0)
  const index = new Flatbush(land.buildings.length)
  for (const building of land.buildings) index.add(...boundsOf(building.polygons[0][0])!)
  index.finish()
  const shareWith = (move: (pair: Pair) => Pair): number => {
    const hits = sample.filter((pair) => {
      const at = move([pair[0], pair[1]])
      return index.search(at[0], at[1], at[0], at[1]).some((k) => areaHolds(land.buildings[k].polygons, at))
    }).length
    return hits / sample.length
  }
  const asGiven = shareWith((pair) => pair)
  if (asGiven < THROUGH_SHARE) return
  const trials = [
    ['street', 'gcj02', (pair: Pair) => gcoord.transform(pair, gcoord.GCJ02, gcoord.WGS84)],
    ['street', 'bd09', (pair: Pair) => gcoord.transform(pair, gcoord.BD09, gcoord.WGS84)],
    ['building', 'gcj02', (pair: Pair) => gcoord.transform(pair, gcoord.WGS84, gcoord.GCJ02)],
    ['building', 'bd09', (pair: Pair) => gcoord.transform(pair, gcoord.WGS84, gcoord.BD09)],
  ] as const
  const best = trials
    .map(([layer, system, move]) => ({ layer, system, share: shareWith(move) }))
    .sort((a, b) => a.share - b.share)[0]
  const percent = (share: number): number => Math.round(share * 1000) / 10
  const cured = best.share < asGiven / 2
  findings.add(cured ? 'streets_shifted' : 'streets_through_buildings', 'warning', null, {
    percent: percent(asGiven),
    ...(cured ? { layer: best.layer, system: best.system, cured: percent(best.share) } : {}),
  })
}
