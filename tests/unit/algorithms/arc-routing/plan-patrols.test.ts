import { describe, expect, it } from 'vitest'
import type { Patroller, PatrolNetwork, PatrolOutcome, PatrolPlan, PatrolProblem } from '@/algorithms/arc-routing/patrol-problem'
import { measureRoute } from '@/algorithms/arc-routing/patrol-route'
import { planPatrols, readPatrolProgress } from '@/algorithms/arc-routing/plan-patrols'
import { seededRandom } from '@/algorithms/shared/seeded-random'

/** A network of segments between nodes placed on a circle; lengths in metres. */
function networkOf(nodes: number, segments: readonly (readonly [from: number, to: number, lengthM: number])[], xyM?: readonly number[]): PatrolNetwork {
  const nodeXYM = xyM ? Float64Array.from(xyM) : Float64Array.from({ length: 2 * nodes }, (_, k) => 100 * (k % 2 === 0 ? Math.cos(k) : Math.sin(k - 1)))
  return {
    nodeXYM,
    segmentFrom: Int32Array.from(segments, ([from]) => from),
    segmentTo: Int32Array.from(segments, ([, to]) => to),
    segmentLengthM: Float64Array.from(segments, ([, , lengthM]) => lengthM),
    segmentLine: Int32Array.from(segments.keys()),
    segmentFromCm: new Int32Array(segments.length),
    segmentToCm: Int32Array.from(segments, ([, , lengthM]) => 100 * lengthM),
    pathStart: Uint32Array.from({ length: segments.length + 1 }, (_, k) => 2 * k),
    pathXYM: new Float64Array(4 * segments.length),
    component: new Int32Array(nodes),
    componentLengthM: Float64Array.of(1),
  }
}

function problemOf(network: PatrolNetwork, passes: readonly number[], patrollers: readonly Partial<Patroller>[], more: Partial<PatrolProblem> = {}): PatrolProblem {
  return {
    network,
    passes: Uint8Array.from(passes),
    // Serving takes twice what passing does: a metre a second.
    serviceS: network.segmentLengthM.map((lengthM) => 2 * lengthM),
    walkS: network.segmentLengthM.slice(),
    checkpoints: { segment: new Int32Array(0), node: new Int32Array(0), dwellS: new Float64Array(0) },
    patrollers: patrollers.map((one) => ({ startNode: 0, endNode: 0, limitS: Infinity, zone: null, ...one })),
    aim: 'min_max',
    seed: 1,
    effort: 4,
    ...more,
  }
}

/** A ladder of 2 × `rungs` nodes, 100 m apart, every segment once. */
function ladder(rungs: number, patrollers: readonly Partial<Patroller>[], more: Partial<PatrolProblem> = {}): PatrolProblem {
  const segments: [number, number, number][] = []
  for (let k = 0; k < rungs; k++) {
    segments.push([2 * k, 2 * k + 1, 100])
    if (k + 1 < rungs) segments.push([2 * k, 2 * k + 2, 100], [2 * k + 1, 2 * k + 3, 100])
  }
  const xyM = Array.from({ length: 2 * rungs }, (_, node) => [100 * (node >> 1), 100 * (node & 1)]).flat()
  return problemOf(networkOf(2 * rungs, segments, xyM), segments.map(() => 1), patrollers, more)
}

function randomProblem(seed: number, segments: number, away: number): PatrolProblem {
  const random = seededRandom(seed)
  const nodes = 4 + Math.floor(random() * 2)
  const node = () => Math.floor(random() * nodes)
  const list = Array.from({ length: segments }, (_, k): [number, number, number] =>
    [k + 1 < nodes ? Math.floor(random() * (k + 1)) : node(), k + 1 < nodes ? k + 1 : node(), 1 + Math.floor(random() * 9)])
  const kind = seed % 4
  const patrollers = Array.from({ length: away }, () => ({
    startNode: kind === 0 ? 0 : node(),
    endNode: kind === 0 ? 0 : kind === 1 ? -1 : node(),
    zone: kind === 3 ? Uint8Array.from(list, (_, k) => Number(k === 0 || random() < 0.8)) : null,
  }))
  // Somebody may do everything, so that zones leave nothing over.
  if (kind === 3) patrollers[0].zone = null
  return problemOf(networkOf(nodes, list), list.map((_, k) => (k < 2 || random() < 0.6 ? 1 : 0)), patrollers, { seed, aim: seed % 3 === 0 ? 'min_total' : 'min_max' })
}

const planOf = (outcome: PatrolOutcome): PatrolPlan => {
  if (outcome.kind !== 'plan') throw new Error(`expected a plan, got ${JSON.stringify(outcome)}`)
  return outcome.plan
}

/** What must hold of any plan, walked step by step. */
function checkPlan(problem: PatrolProblem, plan: PatrolPlan): void {
  const { network, passes, patrollers, checkpoints } = problem
  const served = new Uint8Array(passes.length)
  const ways = new Map<number, Set<number>>()
  const come = new Set<number>()
  expect(plan.routes.map(({ patroller }) => patroller).sort((a, b) => a - b)).toEqual([...patrollers.keys()])
  for (const route of plan.routes) {
    const { startNode, endNode, limitS, zone } = patrollers[route.patroller]
    let at = startNode
    const nodesAt: number[] = [at]
    route.segment.forEach((segment, step) => {
      const ends = [network.segmentFrom[segment], network.segmentTo[segment]]
      if (route.reversed[step] === 1) ends.reverse()
      expect(ends[0]).toBe(at)
      at = ends[1]
      nodesAt.push(at)
      if (route.served[step] === 0) return
      served[segment]++
      if (zone) expect(zone[segment]).toBe(1)
      const key = 1000 * segment + route.patroller
      const before = ways.get(key) ?? new Set()
      expect(before.has(route.reversed[step]), `segment ${segment} one way twice`).toBe(false)
      ways.set(key, before.add(route.reversed[step]))
    })
    if (endNode >= 0 && route.segment.length > 0) expect(at).toBe(endNode)
    route.checkpoint.forEach((one, k) => {
      expect(come.has(one)).toBe(false)
      come.add(one)
      const step = route.checkpointStep[k]
      if (checkpoints.node[one] >= 0) expect(nodesAt[step]).toBe(checkpoints.node[one])
      else expect(route.segment[step]).toBe(checkpoints.segment[one])
    })
    const measured = measureRoute(problem, route)
    expect(route.seconds).toBeCloseTo(measured.seconds, 6)
    expect(route.lengthM).toBeCloseTo(measured.lengthM, 6)
    expect(route.seconds).toBeLessThanOrEqual(limitS + 1e-5)
  }
  expect([...served]).toEqual([...passes])
  expect(come.size).toBe(checkpoints.dwellS.length)
  expect(plan.longestS).toBeCloseTo(Math.max(...plan.routes.map(({ seconds }) => seconds)), 6)
  expect(plan.totalS).toBeCloseTo(plan.routes.reduce((sum, { seconds }) => sum + seconds, 0), 6)
  expect(problem.aim === 'min_max' ? plan.longestS : plan.totalS).toBeGreaterThanOrEqual(plan.boundS - 1e-6)
}

/** Least value by trying every share of tasks and, for each, the shortest way over nodes and tasks done. One pass a segment. */
function leastValue({ network: { nodeXYM, segmentFrom, segmentTo }, passes, serviceS, walkS, patrollers, aim }: PatrolProblem): number {
  const tasks = [...passes.keys()].filter((segment) => passes[segment] === 1)
  const nodes = nodeXYM.length / 2
  const all = 1 << tasks.length
  const routeS = patrollers.map(({ startNode, endNode, zone }) => {
    const known = new Float64Array(nodes * all).fill(Infinity)
    known[startNode * all] = 0
    for (let mask = 0; mask < all; mask++) {
      for (let isChanging = true; isChanging; ) {
        isChanging = false
        segmentFrom.forEach((from, segment) => {
          const bit = passes[segment] === 1 && (zone === null || zone[segment] === 1) ? 1 << tasks.indexOf(segment) : 0
          for (const [x, y] of [[from, segmentTo[segment]], [segmentTo[segment], from]]) {
            const passed = known[x * all + mask] + walkS[segment]
            if (passed < known[y * all + mask]) {
              known[y * all + mask] = passed
              isChanging = true
            }
            if (bit === 0 || (mask & bit) !== 0) continue
            const there = y * all + (mask | bit)
            known[there] = Math.min(known[there], known[x * all + mask] + serviceS[segment])
          }
        })
      }
    }
    return Float64Array.from({ length: all }, (_, mask) => {
      if (mask === 0) return 0
      const ends = endNode < 0 ? [...Array(nodes).keys()] : [endNode]
      return Math.min(...ends.map((node) => known[node * all + mask]))
    })
  })
  let least = new Float64Array(all).fill(Infinity)
  least[0] = 0
  for (const own of routeS) {
    const next = new Float64Array(all).fill(Infinity)
    for (let done = 0; done < all; done++) {
      const rest = all - 1 - done
      for (let share = rest; ; share = (share - 1) & rest) {
        const value = aim === 'min_max' ? Math.max(least[done], own[share]) : least[done] + own[share]
        next[done | share] = Math.min(next[done | share], value)
        if (share === 0) break
      }
    }
    least = next
  }
  return least[all - 1]
}

describe('patrols of several people', () => {
  it('are the best there are in 39 cases of 40, and within 2 % in all: either aim, one door or several, open ends, zones, 8 segments', () => {
    const missed: number[] = []
    for (let seed = 1; seed <= 40; seed++) {
      const problem = { ...randomProblem(seed, 8, 2 + (seed % 2)), effort: 24 }
      const plan = planOf(planPatrols(problem))
      checkPlan(problem, plan)
      const least = leastValue(problem)
      expect(plan.boundS, `seed ${seed}`).toBeLessThanOrEqual(least + 1e-6)
      const value = problem.aim === 'min_max' ? plan.longestS : plan.totalS
      expect(value, `seed ${seed}`).toBeGreaterThanOrEqual(least - 1e-6)
      expect(value, `seed ${seed}`).toBeLessThanOrEqual(1.02 * least)
      if (value > least + 1e-6) missed.push(seed)
    }
    expect(missed.length, `seeds ${missed}`).toBeLessThanOrEqual(1)
  })

  it('serve both sides one each way, come by checkpoints, and number routes west to east', () => {
    const checkpoints = { segment: Int32Array.of(0, -1, 4), node: Int32Array.of(-1, 7, -1), dwellS: Float64Array.of(30, 60, 0) }
    const passes = Array.from({ length: 22 }, (_, k) => (k % 3 === 0 ? 2 : k % 3 === 1 ? 0 : 1))
    const problem = { ...ladder(8, [{ startNode: 7 }, { startNode: 7 }, { startNode: 7, endNode: -1 }], { checkpoints, effort: 20 }), passes: Uint8Array.from(passes) }
    const plan = planOf(planPatrols(problem))
    checkPlan(problem, plan)
    const west = plan.routes.map(({ segment, served }) => {
      const own = [...segment].filter((_, step) => served[step] === 1)
      const x = (one: number) => problem.network.nodeXYM[2 * problem.network.segmentFrom[one]] + problem.network.nodeXYM[2 * problem.network.segmentTo[one]]
      return own.reduce((sum, one) => sum + x(one), 0) / own.length
    })
    expect(west).toEqual([...west].sort((a, b) => a - b))
    // The first two could take one another's place: the one to the west comes first.
    const alike = plan.routes.map(({ patroller }) => patroller).filter((patroller) => patroller < 2)
    expect(alike).toEqual([0, 1])
  })

  it('come out alike each time, tell how they stand, and stop with a whole plan when told to', () => {
    const problem = ladder(10, [{}, {}, {}], { effort: 20 })
    const passes: string[] = []
    const plan = planOf(planPatrols(problem, { onProgress: (_, pass) => passes.push(pass) }))
    checkPlan(problem, plan)
    expect(planOf(planPatrols({ ...problem }))).toEqual(plan)
    const told = passes.map(readPatrolProgress).filter((one) => one !== null)
    expect(told.length).toBeGreaterThan(3)
    expect(told.every(({ longestS, boundS }) => longestS >= boundS)).toBe(true)
    expect(told.at(-1)!.longestS).toBeLessThanOrEqual(told[0].longestS)
    const stopped = planOf(planPatrols(problem, { signal: { aborted: true } }))
    checkPlan(problem, stopped)
    const further = planOf(planPatrols(problem, {}, stopped))
    checkPlan(problem, further)
    expect(further.longestS).toBeLessThanOrEqual(stopped.longestS)
  })

  it('leave people at home where there is nothing for them', () => {
    const problem = ladder(1, [{}, {}, { startNode: 1, endNode: 0 }])
    const plan = planOf(planPatrols(problem))
    checkPlan(problem, plan)
    expect(plan.longestS).toBe(200)
    expect(plan.routes.map(({ segment }) => segment.length)).toEqual([1, 0, 0])
    // All at home is no time at all, and the bound says no more, wherever they would have gone.
    const idle = planOf(planPatrols({ ...problem, passes: new Uint8Array(1) }))
    expect([idle.totalS, idle.longestS, idle.boundS, idle.gap]).toEqual([0, 0, 0, 0])
  })
})

describe('patrols that cannot be', () => {
  it('name what cannot be reached', () => {
    const network = networkOf(4, [[0, 1, 50], [2, 3, 40]])
    expect(planPatrols(problemOf(network, [1, 1], [{}]))).toEqual({ kind: 'refused', refusals: [{ reason: 'unreachable', segments: [1], checkpoints: [] }] })
    const zone = Uint8Array.of(0, 1)
    expect(planPatrols(problemOf(networkOf(2, [[0, 1, 50], [0, 1, 40]]), [1, 1], [{ zone }]))).toEqual(
      { kind: 'refused', refusals: [{ reason: 'unreachable', segments: [0], checkpoints: [] }] })
  })

  // 100 m to segment 1 of 200 m: 100 + 400 + 300 back = 800 s, 100 more than there are; and 1000 s of work in all.
  it('tell what lies too far for anybody, and by how much', () => {
    const network = networkOf(3, [[0, 1, 100], [1, 2, 200]])
    expect(planPatrols(problemOf(network, [1, 1], [{ limitS: 700 }, { limitS: 600 }]))).toEqual(
      { kind: 'refused', refusals: [{ reason: 'out_of_reach', segments: [1], checkpoints: [], shortfallS: [100] }] })
  })

  // A ring of 4 × 100 m: 800 s of work.
  it('tell what all limits together lack', () => {
    const ring = problemOf(networkOf(4, [[0, 1, 100], [1, 2, 100], [2, 3, 100], [3, 0, 100]]), [1, 1, 1, 1], [{ limitS: 700 }])
    expect(planPatrols(ring)).toEqual({ kind: 'refused', refusals: [{ reason: 'sum_exceeds_limits', shortfallS: 100 }] })
    // Two of 550 s: each half of the ring takes 400 + 200 back; whoever goes on takes more.
    const two = { ...ring, patrollers: [0, 1].map(() => ({ ...ring.patrollers[0], limitS: 550 })) }
    const outcome = planPatrols(two)
    expect(outcome.kind).toBe('refused')
    if (outcome.kind === 'refused') expect(outcome.refusals[0].reason).toBe('none_found')
    const enough = { ...ring, patrollers: [0, 1].map(() => ({ ...ring.patrollers[0], limitS: 600 })) }
    checkPlan(enough, planOf(planPatrols(enough)))
  })

  it('have nobody to walk them', () => {
    expect(planPatrols(ladder(2, []))).toEqual({ kind: 'refused', refusals: [{ reason: 'nobody' }] })
  })
})
