import type { TransportProblem, TransportSolution } from '@/algorithms/assignment/transport-problem'
import { CLOSED } from '@/algorithms/assignment/transport-problem'
import { seededRandom } from '@/algorithms/shared/seeded-random'

export interface ProblemSize {
  readonly parts: number
  readonly members: number
  readonly mostUnits: number
  readonly mostPlaces: number
  /** Share of all pairs that have an arc. */
  readonly density: number
  readonly mostCost: number
}

/** A problem by lot: some arcs shut, some twice, some costs below zero, some members without any place. */
export function drawTransportProblem(seed: number, size: ProblemSize): TransportProblem {
  const random = seededRandom(seed)
  const upTo = (most: number) => Math.floor(random() * (most + 1))
  const part: number[] = []
  const member: number[] = []
  const cost: number[] = []
  for (let p = 0; p < size.parts; p++) {
    for (let m = 0; m < size.members; m++) {
      for (let twice = 0; twice < 2 && random() < (twice ? 0.05 : size.density); twice++) {
        part.push(p)
        member.push(m)
        cost.push(random() < 0.05 ? CLOSED : upTo(size.mostCost) - Math.floor(size.mostCost / 8))
      }
    }
  }
  const min = Int32Array.from({ length: size.members }, () => upTo(size.mostPlaces))
  const max = min.map((least, index) => (random() < 0.1 ? (min[index] = 0) : least + upTo(size.mostPlaces)))
  return {
    supply: Int32Array.from({ length: size.parts }, () => upTo(size.mostUnits)),
    min,
    max,
    arcs: { part: Int32Array.from(part), member: Int32Array.from(member), cost: Int32Array.from(cost) },
  }
}

/** Unserved, short and cost, counted anew from the flow alone; throws where the plan breaks the problem. */
export function countPlan({ problem, flow }: Pick<TransportSolution, 'problem' | 'flow'>): [unserved: number, short: number, cost: number] {
  const { supply, min, max, arcs } = problem
  const left = supply.slice()
  const load = new Int32Array(min.length)
  let cost = 0
  flow.forEach((units, arc) => {
    if (units < 0 || (units > 0 && arcs.cost[arc] === CLOSED)) throw new Error(`${units} units on arc ${arc}`)
    if (units === 0) return
    left[arcs.part[arc]] -= units
    load[arcs.member[arc]] += units
    cost += units * arcs.cost[arc]
  })
  if (left.some((units) => units < 0)) throw new Error('a part gives more than it has')
  if (load.some((units, member) => units > max[member])) throw new Error('a member carries more than the maximum')
  const short = load.reduce((sum, units, member) => sum + Math.max(0, min[member] - units), 0)
  return [left.reduce((sum, units) => sum + units, 0), short, cost]
}
