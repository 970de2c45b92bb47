import type { UnitGraph } from '../partition/unit-graph'

/** Units to be joined into territories that are alike in several activities and keep close to a centre. */
export interface TerritoryTask {
  /** Neighbours and positions; weights and costs of borders do not count here. */
  readonly graph: Pick<UnitGraph, 'start' | 'neighbour' | 'x' | 'y'>
  /** Customers, demand, workload …: amounts ≥ 0 by unit. */
  readonly activities: readonly Float64Array[]
  readonly territories: number
  /** Share of the mean by which a territory may differ from it in each activity. */
  readonly tolerance: number
}

/** What a division into territories comes to. */
export interface TerritoryFigures {
  /** Sum of straight distances from each unit to the centre of its territory. */
  readonly distance: number
  /** Centre by territory: its unit from which the distances come to least, the first of equals. */
  readonly centre: Int32Array
  /** Territories that hang together and are within tolerance in every activity. */
  readonly inTolerance: number
  readonly inPieces: number
  /** Largest deviation of a territory from the mean of an activity, as a share of it. */
  readonly maxDeviation: number
}

/** Amounts a hair beyond a limit by rounding are within it. */
const ROUNDING = 1e-9

/** Least and most a territory may have of each activity. */
export function activityLimits({ activities, territories, tolerance }: TerritoryTask): { lower: number; upper: number; mean: number }[] {
  return activities.map((amounts) => {
    const mean = amounts.reduce((sum, amount) => sum + amount, 0) / territories
    return { lower: mean * (1 - tolerance - ROUNDING), upper: mean * (1 + tolerance + ROUNDING), mean }
  })
}

/** Straight distances between all units, row by row. Complexity O(units²) in time and room. */
export function distancesBetween({ x, y }: Pick<UnitGraph, 'x' | 'y'>): Float64Array {
  const size = x.length
  const distance = new Float64Array(size * size)
  for (let i = 0; i < size; i++) for (let j = 0; j < size; j++) distance[i * size + j] = Math.hypot(x[i] - x[j], y[i] - y[j])
  return distance
}

/**
 * Measure a division from nothing but the task: distances to the centres, deviations, pieces.
 *
 * @param label territory by unit, 0 … territories−1
 * Complexity O(units² + borders).
 */
export function measureTerritories(task: TerritoryTask, label: Int32Array): TerritoryFigures {
  const { graph, activities, territories } = task
  const units: number[][] = Array.from({ length: territories }, () => [])
  label.forEach((territory, unit) => units[territory].push(unit))
  const limits = activityLimits(task)
  const centre = new Int32Array(territories).fill(-1)
  let distance = 0
  let maxDeviation = 0
  let inTolerance = 0
  let inPieces = 0
  units.forEach((own, territory) => {
    let least = own.length > 0 ? Infinity : 0
    for (const candidate of own) {
      const sum = own.reduce((all, unit) => all + Math.hypot(graph.x[unit] - graph.x[candidate], graph.y[unit] - graph.y[candidate]), 0)
      if (sum >= least) continue
      least = sum
      centre[territory] = candidate
    }
    distance += least
    const isWhole = hangsTogether(graph, own, label)
    if (!isWhole) inPieces++
    let isWithin = isWhole
    activities.forEach((amounts, activity) => {
      const amount = own.reduce((all, unit) => all + amounts[unit], 0)
      const { lower, upper, mean } = limits[activity]
      maxDeviation = Math.max(maxDeviation, Math.abs(amount - mean) / mean)
      if (amount < lower || amount > upper) isWithin = false
    })
    if (isWithin) inTolerance++
  })
  return { distance, centre, inTolerance, inPieces, maxDeviation }
}

function hangsTogether({ start, neighbour }: TerritoryTask['graph'], own: number[], label: Int32Array): boolean {
  if (own.length === 0) return false
  const seen = new Set([own[0]])
  const queue = [own[0]]
  for (let unit = queue.pop(); unit !== undefined; unit = queue.pop()) {
    for (let k = start[unit]; k < start[unit + 1]; k++) {
      if (label[neighbour[k]] !== label[unit] || seen.has(neighbour[k])) continue
      seen.add(neighbour[k])
      queue.push(neighbour[k])
    }
  }
  return seen.size === own.length
}
