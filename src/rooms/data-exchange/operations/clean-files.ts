import { epsgOf, isMetric } from '../coordinates/coordinate-systems'
import { axesSeemSwapped, suggestSystem } from '../coordinates/suggest-system'
import { toWgs84 } from '../coordinates/to-wgs84'
import { boundsOf } from '../geometry/lng-lat-bounds'
import { isDatav, isOsmTagged, layerOfRow } from '../layers/layer-of-row'
import type { FileChoice, HouseholdRule, SourceFeature } from '../model'
import type { FindingList } from '../readers/finding-list'
import { emptyCleanLand } from './clean-land'
import type { CleanLand } from './clean-land'
import { cleanRow } from './clean-row'
import { pairExtent } from './pair-extent'
import { NoPlace, transformGeometry } from './transform-geometry'

/** Rows of one file with what the person said of it. */
export interface FileRows {
  readonly name: string
  readonly features: readonly SourceFeature[]
  readonly choice: FileChoice
}

/** Bring the rows of all files to WGS84, recognise and clean them. Findings go to `findings`. Pure but for that list. */
export function cleanFiles(files: readonly FileRows[], rule: HouseholdRule, findings: FindingList): CleanLand {
  const land = emptyCleanLand()
  files.forEach((file, index) => cleanFile(land, file, index, rule, findings))
  dropTwins(land, findings)
  return land
}

function cleanFile(land: CleanLand, file: FileRows, index: number, rule: HouseholdRule, findings: FindingList): void {
  const extent = pairExtent(file.features)
  const { system } = file.choice
  const add = (code: string, severity: 'blocker' | 'warning' | 'info', values: Record<string, string | number> = {}) =>
    findings.add(code, severity, null, values, null, undefined, index)

  if (extent !== null && system === null) return add('system_not_chosen', 'blocker')
  const swap = extent !== null && axesSeemSwapped(extent)
  if (extent !== null && system !== null) {
    const large = Math.max(Math.abs(extent[0]), Math.abs(extent[1]), Math.abs(extent[2]), Math.abs(extent[3]))
    const hint = suggestSystem(extent, { osm: false, datav: false, projection: null })
    if (!isMetric(system) && large > 360) {
      return add('metres_not_degrees', 'blocker', { x: Math.round(extent[0]), y: Math.round(extent[1]), suggestion: hint?.system ?? 'epsg:4548' })
    }
    if (isMetric(system) && large <= 360) return add('degrees_not_metres', 'blocker', { x: extent[0], y: extent[1] })
    if (swap) add('axes_swapped', 'warning')
    if (system === 'wgs84' && file.features.some((feature) => isDatav(feature.properties))) add('system_suspected_gcj02', 'warning')
    if (system !== 'wgs84' && !isMetric(system) && file.features.some((feature) => feature.sourceId.startsWith('way/'))) {
      add('system_suspected_wgs84', 'warning')
    }
    const zone = epsgOf(system)
    if (zone !== null && hint?.because === 'metres_with_zone' && hint.system !== system) {
      add('zone_differs', 'warning', { chosen: zone, seen: epsgOf(hint.system) ?? 0 })
    }
  }

  const convert = toWgs84(system ?? 'wgs84')
  let unused = 0
  let unusedOsm = 0
  let refused = 0
  for (const feature of file.features) {
    const layer = file.choice.layer ?? layerOfRow(feature, file.name)
    if (layer === null) {
      if (isOsmTagged(feature.properties)) unusedOsm++
      else unused++
      continue
    }
    try {
      const geometry = feature.geometry === null ? null : transformGeometry(feature.geometry, convert, swap)
      cleanRow(land, { ...feature, geometry }, layer, index, file.choice.mapping, rule, (code, severity, values, at, field) =>
        findings.add(code, severity, feature.row, { layer, ...values }, field ?? null, at, index),
      )
    } catch (error) {
      if (!(error instanceof NoPlace)) throw error
      refused++
      const shown = `${error.pair[0]}, ${error.pair[1]}`
      findings.add('coordinates_out_of_range', 'error', feature.row, { shown, layer }, 'geometry', undefined, index)
    }
  }
  if (unusedOsm > 0) add('rows_not_needed', 'info', { count: unusedOsm })
  if (unused > 0) add('rows_without_layer', 'warning', { count: unused })
  if (refused > 0 && refused === file.features.length) add('all_out_of_range', 'blocker', { count: refused })
}

/** The same outline twice is one building told twice; ids already told twice in one file were named by the reader. */
function dropTwins(land: CleanLand, findings: FindingList): void {
  const seen = new Map<string, (typeof land.buildings)[number]>()
  const kept = land.buildings.filter((building) => {
    const [[ring]] = building.polygons
    // First point may differ, so the extent and the area speak for the outline.
    const key = boundsOf(ring)!.map((n) => n.toFixed(7)).join() + building.areaM2.toFixed(1)
    const twin = seen.get(key)
    if (twin === undefined) {
      seen.set(key, building)
      return true
    }
    const values = { id: building.sourceId, other: twin.sourceId, otherRow: twin.row }
    findings.add('duplicate_outline', 'error', building.row, values, 'geometry', building.at, building.file)
    return false
  })
  land.buildings.splice(0, land.buildings.length, ...kept)
  const ids = new Map<string, number>()
  land.buildings.forEach((building, k) => {
    const before = ids.get(building.sourceId)
    // The same id in two files: told apart by the file, so that both keep an identity.
    if (before !== undefined) land.buildings[k] = { ...building, sourceId: `${building.file}:${building.sourceId}` }
    ids.set(land.buildings[k].sourceId, k)
  })
}
