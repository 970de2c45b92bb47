import fc from 'fast-check'
import loadHighs, { type Highs } from 'highs'
import { beforeAll, describe, expect, it } from 'vitest'
import { nearPairs } from '@/algorithms/assignment/near-pairs'
import { solveTransport } from '@/algorithms/assignment/solve-transport'
import { CLOSED, type TransportProblem } from '@/algorithms/assignment/transport-problem'
import { DECIMETRES, readAssignmentInstances } from '../../../helpers/assignment-instances'
import { countPlan, drawTransportProblem } from '../../../helpers/transport-problems'

const SHARED = '../shared/data/assignment'

let highs: Highs
beforeAll(async () => {
  highs = await loadHighs()
})

/** Least unserved, then short, then cost, by trying every arc for every unit. */
function bruteForce(problem: TransportProblem): [number, number, number] {
  const { supply, max, arcs } = problem
  const flow = new Int32Array(arcs.cost.length)
  const load = new Int32Array(max.length)
  let best: [number, number, number] | null = null
  const place = (part: number, left: number, from: number): void => {
    if (part === supply.length) {
      const found = countPlan({ problem, flow })
      if (best === null || isLess(found, best)) best = found
      return
    }
    place(part + 1, supply[part + 1], 0)
    if (left === 0) return
    // Units of a part are alike: arcs are taken in order.
    for (let arc = from; arc < flow.length; arc++) {
      const member = arcs.member[arc]
      if (arcs.part[arc] !== part || arcs.cost[arc] === CLOSED || load[member] === max[member]) continue
      flow[arc]++
      load[member]++
      place(part, left - 1, arc)
      flow[arc]--
      load[member]--
    }
  }
  place(0, supply[0] ?? 0, 0)
  return best!
}

function isLess(a: readonly number[], b: readonly number[]): boolean {
  const at = a.findIndex((value, index) => value !== b[index])
  return at >= 0 && a[at] < b[at]
}

/** The same by HiGHS: columns are arcs, then units unserved by part, then units short by member. */
function byHighs({ supply, min, max, arcs }: TransportProblem): [number, number, number] {
  const open = [...arcs.cost.keys()].filter((arc) => arcs.cost[arc] !== CLOSED)
  const [parts, members] = [supply.length, min.length]
  const columns = open.length + parts + members
  const starts = [0]
  const indices: number[] = []
  const row = (entries: readonly number[]) => {
    indices.push(...entries)
    starts.push(indices.length)
  }
  const across = (of: Int32Array, index: number) => [...open.keys()].filter((at) => of[open[at]] === index)
  for (let part = 0; part < parts; part++) row([...across(arcs.part, part), open.length + part])
  for (let member = 0; member < members; member++) row(across(arcs.member, member))
  for (let member = 0; member < members; member++) row([...across(arcs.member, member), open.length + parts + member])
  const model = highs.createModel({
    numCols: columns,
    numRows: parts + 2 * members,
    colCost: [...open.map((arc) => arcs.cost[arc]), ...Array(parts).fill(1e6), ...Array(members).fill(1e4)],
    colLower: new Float64Array(columns),
    colUpper: new Float64Array(columns).fill(highs.infinity),
    rowLower: [...supply, ...Array(members).fill(0), ...min],
    rowUpper: [...supply, ...max, ...Array(members).fill(highs.infinity)],
    matrix: { format: 'csr', numRows: parts + 2 * members, numCols: columns, starts, indices, values: new Float64Array(indices.length).fill(1) },
  })
  try {
    model.run()
    expect(model.getModelStatus()).toBe(highs.constants.modelStatus.optimal)
    const { colValue } = model.getSolution()
    const sum = (from: number, to: number, worth: (at: number) => number) =>
      Array.from({ length: to - from }, (_, at) => colValue[from + at] * worth(at)).reduce((all, value) => all + value, 0)
    return [
      Math.round(sum(open.length, open.length + parts, () => 1)),
      Math.round(sum(open.length + parts, columns, () => 1)),
      Math.round(sum(0, open.length, (at) => arcs.cost[open[at]])),
    ]
  } finally {
    model.dispose()
  }
}

describe('shares of units among members', () => {
  it('are the best there are, tried one by one', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 }), (seed, parts, members) => {
        const problem = drawTransportProblem(seed, { parts, members, mostUnits: 3, mostPlaces: 2, density: 0.8, mostCost: 12 })
        const solution = solveTransport(problem)
        expect([solution.unservedUnits, solution.shortUnits, solution.objective]).toEqual(bruteForce(problem))
        expect(solution).toMatchObject({ isOptimal: true, bound: solution.objective })
      }),
      { numRuns: 300, seed: 1 },
    )
  })

  it('are those of HiGHS, named part by part and member by member', () => {
    fc.assert(
      fc.property(fc.integer(), fc.constantFrom(0.15, 0.5, 1), fc.integer({ min: 2, max: 8 }), (seed, density, mostPlaces) => {
        const problem = drawTransportProblem(seed, { parts: 9, members: 11, mostUnits: 9, mostPlaces, density, mostCost: 50 })
        const solution = solveTransport(problem)
        const counted = countPlan(solution)
        expect(counted).toEqual(byHighs(problem))
        expect([solution.unservedUnits, solution.shortUnits, solution.objective]).toEqual(counted)
        expect(solution).toMatchObject({ isOptimal: true, bound: solution.objective })
        const carried = (of: Int32Array, index: number) => solution.flow.reduce((sum, units, arc) => sum + (of[arc] === index ? units : 0), 0)
        problem.supply.forEach((units, part) => expect(solution.unserved[part]).toBe(units - carried(problem.arcs.part, part)))
        problem.min.forEach((least, member) => {
          expect(solution.load[member]).toBe(carried(problem.arcs.member, member))
          expect(solution.short[member]).toBe(Math.max(0, least - solution.load[member]))
        })
      }),
      { numRuns: 120, seed: 2 },
    )
  })

  it('come with prices that allow nothing cheaper', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const problem = drawTransportProblem(seed, { parts: 12, members: 9, mostUnits: 7, mostPlaces: 6, density: 0.6, mostCost: 90 })
        const { prices, flow, load, unserved, short } = solveTransport(problem)
        problem.arcs.cost.forEach((cost, arc) => {
          if (cost === CLOSED) return
          const saved = prices.part[problem.arcs.part[arc]] - prices.member[problem.arcs.member[arc]] - cost
          expect(saved).toBeLessThanOrEqual(0)
          if (flow[arc] > 0) expect(saved).toBe(0)
        })
        prices.part.forEach((price, part) => {
          expect(price).toBeLessThanOrEqual(prices.unservedPenalty)
          if (unserved[part] > 0) expect(price).toBe(prices.unservedPenalty)
        })
        prices.member.forEach((price, member) => {
          if (price > 0) expect(load[member]).toBe(problem.max[member])
          if (price < 0) expect(load[member]).toBeLessThanOrEqual(problem.min[member])
          expect(price).toBeGreaterThanOrEqual(-prices.shortPenalty)
          if (short[member] > 0) expect(price).toBe(-prices.shortPenalty)
        })
      }),
      { numRuns: 60, seed: 3 },
    )
  })

  // Building 0 (5 households) reaches member 0 only, who takes 3; building 1 (2) reaches member 1 and member 2, who both need 2.
  it('name exactly who is left over and who has too few', () => {
    const columns = (...values: number[]) => Int32Array.from(values)
    const { unserved, short, load, flow, objective } = solveTransport({
      supply: columns(5, 2, 1),
      min: columns(2, 2, 2),
      max: columns(3, 4, 4),
      arcs: { part: columns(0, 1, 1), member: columns(0, 1, 2), cost: columns(7, 3, 4) },
    })
    expect([...unserved]).toEqual([2, 0, 1])
    expect([...load]).toEqual([3, 2, 0])
    expect([...short]).toEqual([0, 0, 2])
    expect([...flow]).toEqual([3, 2, 0])
    expect(objective).toBe(3 * 7 + 2 * 3)
  })

  it('know the simplest cases', () => {
    const none = new Int32Array(0)
    const arcs = { part: none, member: none, cost: none }
    expect(solveTransport({ supply: none, min: none, max: none, arcs })).toMatchObject({ objective: 0, isOptimal: true })
    const alone = solveTransport({ supply: Int32Array.of(4), min: Int32Array.of(3), max: Int32Array.of(9), arcs })
    expect(alone).toMatchObject({ unservedUnits: 4, shortUnits: 3, objective: 0, bound: 0, isOptimal: true })
  })

  it('are the same every time', () => {
    const problem = drawTransportProblem(5, { parts: 60, members: 70, mostUnits: 20, mostPlaces: 12, density: 0.4, mostCost: 500 })
    expect(solveTransport(problem)).toEqual(solveTransport(problem))
  })

  it('come back possible, with a bound that holds, when stopped', () => {
    const problem = drawTransportProblem(6, { parts: 60, members: 70, mostUnits: 20, mostPlaces: 12, density: 0.4, mostCost: 500 })
    const stopped = solveTransport(problem, { signal: { aborted: true } })
    const whole = solveTransport(problem)
    expect(countPlan(stopped)).toEqual([stopped.unservedUnits, stopped.shortUnits, stopped.objective])
    expect(stopped.isOptimal).toBe(false)
    expect(stopped.bound).toBeLessThanOrEqual(stopped.objective)
    expect(whole.isOptimal).toBe(true)
  })

  it('of the shared instances cost what the references do', () => {
    const instances = readAssignmentInstances(SHARED).filter(({ memberIds }) => memberIds.length < 5000)
    if (instances.length === 0) console.warn(`${SHARED} is absent: references are not checked`)
    for (const { parts, members, supply, min, max, neighbours, referenceM } of instances) {
      const { part, member, lengthM } = nearPairs(parts, members, neighbours)
      const cost = Int32Array.from(lengthM, (metres) => Math.round(metres * DECIMETRES))
      const solution = solveTransport({ supply, min, max, arcs: { part, member, cost } })
      expect(countPlan(solution)).toEqual([0, 0, Math.round(referenceM! * DECIMETRES)])
      expect(solution.isOptimal).toBe(true)
    }
  })

  it.each([
    [{ supply: Int32Array.of(-1) }, 'supply ≥ 0 expected, got -1 at part 0'],
    [{ max: Int32Array.of(1) }, '0 ≤ min ≤ max expected, got 2, 1 at member 0'],
    [{ min: Int32Array.of(1, 1) }, 'as many maxima as minima expected (2), got 1'],
    [{ arcs: { part: Int32Array.of(1), member: Int32Array.of(0), cost: Int32Array.of(1) } }, 'got 1, 0 at arc 0'],
    [{ arcs: { part: Int32Array.of(0), member: Int32Array.of(-1), cost: Int32Array.of(1) } }, 'got 0, -1 at arc 0'],
    [{ arcs: { part: Int32Array.of(0), member: Int32Array.of(0), cost: Int32Array.of(2e9) } }, 'got 2000000000 at arc 0'],
    [{ arcs: { part: Int32Array.of(0), member: Int32Array.of(0), cost: new Int32Array(0) } }, 'arc columns of one length expected, got 1, 1, 0'],
  ])('refuse %o', (part, words) => {
    const none = new Int32Array(0)
    const problem = { supply: Int32Array.of(3), min: Int32Array.of(2), max: Int32Array.of(4), arcs: { part: none, member: none, cost: none } }
    expect(() => solveTransport({ ...problem, ...part })).toThrow(words)
  })
})
