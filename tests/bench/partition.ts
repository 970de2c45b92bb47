import benchClustering from './partition-clustering'
import benchGraphs from './partition-graphs'
import benchGrids from './partition-grids'
import benchTerritory from './partition-territory'
import type { BenchContext, Row } from './row'

/** Division of land and people on published and real instances, family after family. */
export default async function bench(context: BenchContext): Promise<Row[]> {
  return [
    ...(await benchGrids(context)),
    ...(await benchGraphs(context)),
    ...(await benchTerritory(context)),
    ...(await benchClustering(context)),
  ]
}
