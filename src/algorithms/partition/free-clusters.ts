import { subGround, type DivisionGround, type SubGround } from './division-ground'
import { linkComponents } from './link-components'
import { labelComponents, type UnitGraph } from './unit-graph'

/** Free land that is divided together. */
export interface FreeCluster {
  readonly cells: readonly number[]
  /** Pairs of positions in `cells` that count as neighbours though land lies between. */
  readonly ties: readonly [number, number][]
}

/** Free land that is divided together: connected, small parts tied to the nearest large one. */
export function freeClusters(ground: DivisionGround, free: readonly number[]): FreeCluster[] {
  const { graph } = subGround(ground, free, 0, null)
  return linkComponents(graph, ground.limits.lower).map((cluster) => {
    const ties: [number, number][] = []
    const apart = labelComponents(subGround(ground, cluster.units.map((unit) => free[unit]), 0, null).graph, () => true)
    if (apart.count > 1) {
      cluster.units.forEach((_, unit) => {
        for (let k = cluster.graph.start[unit]; k < cluster.graph.start[unit + 1]; k++) {
          const other = cluster.graph.neighbour[k]
          if (other > unit && apart.label[other] !== apart.label[unit]) ties.push([unit, other])
        }
      })
    }
    return { cells: cluster.units.map((unit) => free[unit]), ties }
  })
}

/** The graph of a cluster's ground, with its ties as borders. */
export function tieUnits({ graph, unitOf }: SubGround, { ties }: FreeCluster): UnitGraph {
  if (ties.length === 0) return graph
  const cost = graph.edgeCost.reduce((most, own) => Math.max(most, own), 1)
  const rows = Array.from({ length: graph.weight.length }, (_, unit) => {
    const row: [number, number][] = []
    for (let k = graph.start[unit]; k < graph.start[unit + 1]; k++) row.push([graph.neighbour[k], graph.edgeCost[k]])
    return row
  })
  for (const [first, second] of ties) {
    const [a, b] = [unitOf[first], unitOf[second]]
    rows[a].push([b, cost])
    rows[b].push([a, cost])
  }
  const start = new Uint32Array(rows.length + 1)
  rows.forEach((row, unit) => (start[unit + 1] = start[unit] + row.length))
  return {
    ...graph,
    start,
    neighbour: Int32Array.from(rows.flatMap((row) => row.map(([other]) => other))),
    edgeCost: Float64Array.from(rows.flatMap((row) => row.map(([, own]) => own))),
  }
}
