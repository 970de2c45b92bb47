import type { UnitRow } from './plan-rows'

/** Files a plan is written as. */
export const PLAN_FORMATS = ['geojson', 'shapefile', 'kml', 'xlsx', 'csv'] as const
export type PlanFormat = (typeof PLAN_FORMATS)[number]

/** Ending of the file by format. */
export const ENDINGS: Readonly<Record<PlanFormat, string>> = { geojson: 'geojson', shapefile: 'zip', kml: 'kml', xlsx: 'xlsx', csv: 'csv' }

/** Columns of the table of units, in their order. */
export const UNIT_COLUMNS: readonly (keyof UnitRow)[] = [
  'gridCode', 'gridName', 'community', 'address', 'building', 'households', 'buildingId', 'cellId', 'gridId',
]
