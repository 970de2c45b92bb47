import benchGrids from './partition-grids'
import type { BenchContext, Row } from './row'

/** Division of land and people on published and real instances, family after family. */
export default async function bench(context: BenchContext): Promise<Row[]> {
  return [...(await benchGrids(context))]
}
