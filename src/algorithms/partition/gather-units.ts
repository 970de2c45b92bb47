import { seededRandom } from '../shared/seeded-random'
import { createConnectivityWalk } from './connectivity-walk'
import type { PartLimits } from './partition-state'
import type { UnitGraph } from './unit-graph'

/** Steps of annealing for each unit. */
const STEPS_A_UNIT = 6000
/** Temperature from first to last, in shares of the mean moment of a part. */
const FIRST_HEAT = 0.3
const LAST_HEAT = 1e-4
/** Price of a household out of band, in mean moments of a part. */
const BREACH_PRICE = 0.5

/**
 * Move single units over borders so that parts lie close about their centres: the sum of households times squared distance
 * from the centre of their part is annealed. The centre moves with the part, so that a move costs O(1) to price.
 *
 * @param label parts to begin with, every one connected and not empty
 * @param mass by unit, > 0
 * @returns part by unit; in band wherever the first division was
 */
export function gatherUnits(graph: UnitGraph, first: Int32Array, parts: number, limits: PartLimits, mass: Float64Array, seed: number): Int32Array {
  const { start, neighbour, x, y, weight } = graph
  const random = seededRandom(seed)
  const label = first.slice()
  const staysConnected = createConnectivityWalk(graph, label)
  const sums = ['mass', 'x', 'y', 'square', 'weight'] as const
  const held = Object.fromEntries(sums.map((name) => [name, new Float64Array(parts)])) as Record<(typeof sums)[number], Float64Array>
  const add = (unit: number, part: number, sign: number): void => {
    const m = sign * mass[unit]
    held.mass[part] += m
    held.x[part] += m * x[unit]
    held.y[part] += m * y[unit]
    held.square[part] += m * (x[unit] * x[unit] + y[unit] * y[unit])
    held.weight[part] += sign * weight[unit]
  }
  const momentOf = (part: number): number =>
    held.mass[part] > 0 ? held.square[part] - (held.x[part] * held.x[part] + held.y[part] * held.y[part]) / held.mass[part] : 0
  label.forEach((part, unit) => add(unit, part, 1))
  const unitPrice = Math.max(1e-9, Array.from({ length: parts }, (_, part) => momentOf(part)).reduce((sum, own) => sum + own, 0) / parts)
  const costOf = (part: number): number =>
    momentOf(part) / unitPrice + BREACH_PRICE * Math.max(0, held.weight[part] - limits.upper, limits.lower - held.weight[part])

  const best = { label: label.slice(), cost: Array.from({ length: parts }, (_, part) => costOf(part)).reduce((sum, own) => sum + own, 0) }
  let cost = best.cost
  const steps = STEPS_A_UNIT * label.length
  for (let step = 0; step < steps; step++) {
    const heat = FIRST_HEAT * (LAST_HEAT / FIRST_HEAT) ** (step / steps)
    const unit = Math.floor(random() * label.length)
    const degree = start[unit + 1] - start[unit]
    if (degree === 0) continue
    const from = label[unit]
    const to = label[neighbour[start[unit] + Math.floor(random() * degree)]]
    if (to === from) continue
    const before = costOf(from) + costOf(to)
    add(unit, from, -1)
    add(unit, to, 1)
    const change = costOf(from) + costOf(to) - before
    if ((change > 0 && random() >= Math.exp(-change / heat)) || !staysConnected(unit)) {
      add(unit, to, -1)
      add(unit, from, 1)
      continue
    }
    label[unit] = to
    cost += change
    if (cost >= best.cost - 1e-9) continue
    best.cost = cost
    best.label.set(label)
  }
  return best.label
}
