import { labelComponents, type UnitGraph } from './unit-graph'

/** Units that are divided together, with their graph; unit i of the graph is `units[i]`. */
export interface UnitCluster {
  readonly units: readonly number[]
  readonly graph: UnitGraph
}

/**
 * Split a graph into clusters that can each be divided alone: every connected part with at least `enough` weight is the
 * core of one (the heaviest part, where none has enough); each other part is tied by one border to the nearest unit of a
 * core. Clusters in the order of their first unit.
 * Complexity O(units + borders), and O(units of cores × units) for the parts to be tied.
 */
export function linkComponents(graph: UnitGraph, enough: number): UnitCluster[] {
  const size = graph.weight.length
  if (size === 0) return []
  const { label, count } = labelComponents(graph, () => true)
  if (count === 1) return [{ units: Array.from({ length: size }, (_, unit) => unit), graph }]

  const weight = new Float64Array(count)
  label.forEach((component, unit) => (weight[component] += graph.weight[unit]))
  let isCore = Array.from(weight, (sum) => sum >= enough)
  if (!isCore.includes(true)) {
    const heaviest = weight.indexOf(Math.max(...weight))
    isCore = isCore.map((_, component) => component === heaviest)
  }
  const clusterOf = Int32Array.from(isCore, (core, component) => (core ? component : -1))
  const links: [number, number][] = []
  for (let component = 0; component < count; component++) {
    if (isCore[component]) continue
    const [here, there] = nearestPair(graph, label, component, isCore)
    clusterOf[component] = label[there]
    links.push([here, there])
  }
  return isCore.flatMap((core, component) =>
    core ? [makeCluster(graph, (unit) => clusterOf[label[unit]] === component, links)] : [],
  )
}

function nearestPair(graph: UnitGraph, label: Int32Array, component: number, isCore: readonly boolean[]): [number, number] {
  let best: [number, number] = [-1, -1]
  let least = Infinity
  for (let here = 0; here < label.length; here++) {
    if (label[here] !== component) continue
    for (let there = 0; there < label.length; there++) {
      if (!isCore[label[there]]) continue
      const dx = graph.x[here] - graph.x[there]
      const dy = graph.y[here] - graph.y[there]
      if (dx * dx + dy * dy >= least) continue
      least = dx * dx + dy * dy
      best = [here, there]
    }
  }
  return best
}

function makeCluster(graph: UnitGraph, isMember: (unit: number) => boolean, links: readonly [number, number][]): UnitCluster {
  const units = Array.from({ length: graph.weight.length }, (_, unit) => unit).filter(isMember)
  const local = new Map(units.map((unit, index) => [unit, index]))
  // A tie costs as much as any border: cutting it off would leave a grid of its own, which limits forbid anyway.
  const tieCost = graph.edgeCost.reduce((most, cost) => Math.max(most, cost), 1)
  const rows = units.map((unit) => {
    const row: [number, number][] = []
    for (let k = graph.start[unit]; k < graph.start[unit + 1]; k++) row.push([local.get(graph.neighbour[k])!, graph.edgeCost[k]])
    return row
  })
  for (const [a, b] of links) {
    const [i, j] = [local.get(a), local.get(b)]
    if (i === undefined || j === undefined) continue
    rows[i].push([j, tieCost])
    rows[j].push([i, tieCost])
  }
  const start = new Uint32Array(units.length + 1)
  rows.forEach((row, index) => (start[index + 1] = start[index] + row.length))
  const column = (values: Float64Array) => Float64Array.from(units, (unit) => values[unit])
  return {
    units,
    graph: {
      start,
      neighbour: Int32Array.from(rows.flatMap((row) => row.map(([other]) => other))),
      edgeCost: Float64Array.from(rows.flatMap((row) => row.map(([, cost]) => cost))),
      weight: column(graph.weight),
      x: column(graph.x),
      y: column(graph.y),
    },
  }
}
