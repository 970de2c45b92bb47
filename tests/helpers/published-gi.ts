import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const FOLDER = '../shared/data/requests'
const REFLECTANCE = 'getisord_gistar_d30_all_cells_computed.csv'

export interface Reflectance {
  /** x, y of 16 × 16 cells, metres. */
  readonly xyM: Float64Array
  readonly values: Float64Array
  /** Gi and Gi* of every cell within 30 m. */
  readonly gi30: Float64Array
  readonly giStar30: Float64Array
}

export const hasReflectance = (folder = FOLDER): boolean => existsSync(join(folder, REFLECTANCE))

/** The 16 × 16 reflectances of Getis and Ord (1992) with Gi and Gi* of every cell, as PySAL gives them. */
export function readReflectance(folder = FOLDER): Reflectance {
  const rows = readFileSync(join(folder, REFLECTANCE), 'utf8').trim().split(/\r?\n/).slice(1).map((line) => line.split(',').map(Number))
  const column = (at: number) => Float64Array.from(rows, (row) => row[at])
  return { xyM: Float64Array.from(rows.flatMap(([x, y]) => [x, y])), values: column(2), gi30: column(3), giStar30: column(4) }
}
