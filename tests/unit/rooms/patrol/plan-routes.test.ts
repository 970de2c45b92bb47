import { planPatrols } from '@/algorithms/arc-routing/plan-patrols'
import { dutyPieces } from '@/core/patrol/duty-pieces'
import { STREET_COVERAGES, type StreetStretch } from '@/core/patrol/patrol'
import type { Checkpoint, DutyRule, PatrolPlan, PatrolScope } from '@/core/patrol/patrol-scope'
import { toDegrees } from '@/core/places-in-metres'
import type { PlanRequest } from '@/rooms/patrol/model'
import type { CoverageOfPeriod } from '@/rooms/patrol/operations/coverage-of-period'
import { measureStreets } from '@/rooms/patrol/operations/cut-stretch'
import { decodePlan, planFigures, walkOf } from '@/rooms/patrol/operations/decode-plan'
import { dueCheckpoints, duePasses, notWalkedSince, segmentsElsewhere, type DueGround } from '@/rooms/patrol/operations/due-passes'
import { encodePlan } from '@/rooms/patrol/operations/encode-plan'
import { missedOfDay } from '@/rooms/patrol/operations/missed-of-day'
import { dutyOfRoute, encodeRouteProblem, moveSegment, segmentIndex } from '@/rooms/patrol/operations/move-stretch'
import { nearSegments } from '@/rooms/patrol/operations/near-segments'
import { routeLine } from '@/rooms/patrol/operations/route-line'
import { routeRows } from '@/rooms/patrol/operations/route-rows'
import { segmentPlaces } from '@/rooms/patrol/operations/segment-places'
import { shareStreets } from '@/rooms/patrol/operations/share-streets'
import { streetGround } from '@/rooms/patrol/operations/street-ground'
import { pageRows } from '@/rooms/patrol/papers/page-rows'
import { describe, expect, it } from 'vitest'
import { makeNetwork, makePatrols, makeStreet, NOW_MS } from './make-patrols'

const scope = makeStreet()
const network = makeNetwork(scope)
const streetIds = scope.streets.map(({ id }) => id)
const places = segmentPlaces(network, scope)
const near = nearSegments(network)
const at = (xM: number, yM: number) => toDegrees(scope.land.frame, xM, yM)
const DAY_S = 86_400
const TODAY_S = Date.parse('2026-11-22T00:00:00+08:00') / 1000

const groundOf = (patrolScope: PatrolScope, issues: DueGround['issues'] = []): DueGround => ({
  scope, patrolScope, network, places, near, issues, todayS: TODAY_S,
  pieces: dutyPieces(scope, patrolScope.duties, patrolScope.settings),
})
const request = (parts: Partial<PlanRequest> = {}): PlanRequest => ({
  community: 0, title: '日常', occasion: 'duty', aim: 'min_max', weekly: 'none', leastIssues: 2, unservedDays: 14, stretches: [], withCheckpoints: true,
  walkers: [{ personId: 'a', gridIds: [] }, { personId: null, gridIds: [] }],
  start: at(0, 0), returns: true, startMinute: 510, shiftMinutes: 180, serveMPerS: 0.7, walkMPerS: 1.2,
  weekdays: [true, true, true, true, true, true, true], validFrom: '2026-11-22', validTo: null, ...parts,
})
const duty = (streetId: number, what: DutyRule['duty'], fromCm = 0, toCm = 40_000, bothSides = false): DutyRule =>
  ({ id: streetId, streetId, fromCm, toCm, duty: what, bothSides, reason: 'x', by: 'y', at: '2026-11-01T00:00:00Z' })
const walked = (rows: readonly (StreetStretch & { daysAgo: number })[]): PatrolScope['walked'] => ({
  count: rows.length,
  track: new Int32Array(rows.length).fill(-1),
  streetId: Int32Array.from(rows, ({ streetId }) => streetId),
  fromCm: Int32Array.from(rows, ({ fromCm }) => fromCm),
  toCm: Int32Array.from(rows, ({ toCm }) => toCm),
  fromS: Uint32Array.from(rows, ({ daysAgo }) => TODAY_S - daysAgo * DAY_S + 3600),
  toS: Uint32Array.from(rows, ({ daysAgo }) => TODAY_S - daysAgo * DAY_S + 3700),
  confidence: new Uint8Array(rows.length).fill(90),
})
/** Streets asked for, with the sum of passes of each. */
function asked(passes: Uint8Array): Record<number, number> {
  const sums: Record<number, number> = {}
  passes.forEach((times, segment) => times > 0 && (sums[streetIds[network.segmentLine[segment]]] = (sums[streetIds[network.segmentLine[segment]]] ?? 0) + times))
  return sums
}
/** Blocks of each street that lie in the first community; that of the border belongs to one of the two. */
const OF_FIRST = asked(Uint8Array.from(places.community, (community) => Number(community === 0)))

describe('streets that are due', () => {
  it('are the daily ones of the community; both sides count twice, and what need not be patrolled is left out', () => {
    expect(asked(duePasses(request(), groundOf(makePatrols())))).toEqual(OF_FIRST)
    const rules = [duty(11, 'none'), duty(12, 'weekly'), duty(13, 'daily', 0, 40_000, true)]
    const found = asked(duePasses(request(), groundOf(makePatrols({ duties: rules }))))
    expect(found[11]).toBeUndefined()
    expect(found[12]).toBeUndefined()
    expect(found[13]).toBe(2 * OF_FIRST[13])
  })

  it('are weekly ones only where they were not walked for a week, and a part that was not makes the block due', () => {
    const duties = [...streetIds.map((id) => duty(id, 'none' as const)), { ...duty(12, 'weekly'), at: '2026-11-02T00:00:00Z' }]
    const patrols = makePatrols({ duties, walked: walked([{ streetId: 12, fromCm: 0, toCm: 15_000, daysAgo: 6 }, { streetId: 12, fromCm: 0, toCm: 40_000, daysAgo: 7 }]) })
    expect(asked(duePasses(request({ weekly: 'due' }), groundOf(patrols)))).toEqual({ 12: 1 })
    expect(asked(duePasses(request({ weekly: 'all' }), groundOf(patrols)))).toEqual({ 12: 2 })
    expect(asked(duePasses(request({ weekly: 'none' }), groundOf(patrols)))).toEqual({})
  })

  it('are overdue after their days: daily ones walked neither yesterday nor today', () => {
    const patrols = makePatrols({ walked: walked([...streetIds.filter((id) => id !== 11 && id !== 21).map((streetId) => ({ streetId, fromCm: 0, toCm: 40_000, daysAgo: 1 })), { streetId: 11, fromCm: 0, toCm: 40_000, daysAgo: 2 }]) })
    expect(asked(duePasses(request({ occasion: 'overdue_streets' }), groundOf(patrols)))).toEqual({ 11: OF_FIRST[11], 21: OF_FIRST[21] })
  })

  it('are those chosen by hand whatever their duty, and no street of the next community', () => {
    const stretches = [{ streetId: 11, fromCm: 0, toCm: 40_000 }]
    const patrols = makePatrols({ duties: [duty(11, 'none')] })
    expect(asked(duePasses(request({ occasion: 'chosen', stretches }), groundOf(patrols)))).toEqual({ 11: OF_FIRST[11] })
    expect(asked(duePasses(request({ occasion: 'missed', stretches }), groundOf(patrols)))).toEqual({})
    // The rounding of a border is no street.
    expect(asked(duePasses(request({ occasion: 'chosen', stretches: [{ streetId: 12, fromCm: 9990, toCm: 10_000 }] }), groundOf(makePatrols())))).toEqual({})
  })

  it('have what was chosen or missed of the other community named, so that a plan of each has all of it', () => {
    const stretches = [...streetIds.map((streetId) => ({ streetId, fromCm: 0, toCm: 40_000 }))]
    for (const occasion of ['chosen', 'missed'] as const) {
      const own = groundOf(makePatrols({ duties: [duty(11, 'none')] }))
      const passes = [0, 1].map((community) => duePasses(request({ occasion, stretches, community }), own))
      const elsewhere = [0, 1].map((community) => segmentsElsewhere(request({ occasion, stretches, community }), own))
      const servedBy = (community: number) => [...passes[community].keys()].filter((segment) => passes[community][segment] > 0)
      expect(elsewhere).toEqual([servedBy(1), servedBy(0)])
      expect(elsewhere[0].length).toBeGreaterThan(0)
    }
    expect(segmentsElsewhere(request({ stretches }), groundOf(makePatrols()))).toEqual([])
  })

  it('are what is told as missed, community by community: each row goes into the plan of its community, whole', () => {
    const patrols = makePatrols()
    const pieces = dutyPieces(scope, patrols.duties, patrols.settings)
    const ground = streetGround(scope, shareStreets(scope), pieces, network)
    const count = network.segmentFrom.length
    const nothing = { state: new Uint8Array(count).fill(STREET_COVERAGES.indexOf('missed')), atomWalkedCm: new Int32Array(ground.count), coveredS: new Uint32Array(count) } as unknown as CoverageOfPeriod
    // Coverage counts a part of some blocks in the community of which they are not the plan's.
    const across = { ...ground, community: ground.community.map((community, atom) => (atom % 3 === 0 ? 1 - community : community)) }
    const rows = missedOfDay(streetIds, network, across, { daily: nothing, weekly: nothing, long: nothing }, places)
    expect(rows.flatMap((row) => row.stretches)).toHaveLength(count)
    for (const community of [0, 1]) {
      const stretches = rows.filter((row) => row.community === community).flatMap((row) => row.stretches)
      const asking = request({ occasion: 'missed', stretches, community })
      expect(segmentsElsewhere(asking, groundOf(patrols))).toEqual([])
      expect(duePasses(asking, groundOf(patrols)).filter((times) => times > 0)).toHaveLength(stretches.length)
    }
  })

  it('are hot where enough open issues lie at them', () => {
    const issues = [at(50, 100), at(60, 110), at(150, 200)]
    expect(asked(duePasses(request({ occasion: 'hot_spots', leastIssues: 2 }), groundOf(makePatrols(), issues)))).toEqual({ 12: 1 })
  })

  it('pass the houses nobody passed for days', () => {
    const all = Array.from({ length: scope.buildings.count }, (_, k) => k)
    const passes = (building: readonly number[], daysAgo: number) => ({ building: Int32Array.from(building), atS: new Uint32Array(building.length).fill(TODAY_S - daysAgo * DAY_S) })
    const of = (served: PatrolScope['passes']) => Object.keys(asked(duePasses(request({ occasion: 'unserved_households' }), groundOf(makePatrols({ passes: served }))))).length
    expect(of(passes(all, 13))).toBe(0)
    expect(of(passes(all, 15))).toBeGreaterThan(0)
  })

  it('is told of parts that were not walked since', () => {
    const left = notWalkedSince([{ streetId: 11, fromCm: 0, toCm: 30_000 }], walked([{ streetId: 11, fromCm: 5000, toCm: 9000, daysAgo: 0 }, { streetId: 11, fromCm: 20_000, toCm: 40_000, daysAgo: 3 }]), TODAY_S)
    expect(left).toEqual([{ streetId: 11, fromCm: 0, toCm: 5000 }, { streetId: 11, fromCm: 9000, toCm: 30_000 }])
  })
})

const checkpoint = (id: number, xM: number, yM: number, parts: Partial<Checkpoint> = {}): Checkpoint =>
  ({ id, name: `${id}`, note: '', lngLat: at(xM, yM), community: 0, radiusM: 20, dwellS: 60, everyDays: 1, lastAt: null, ...parts })

describe('checkpoints of a plan', () => {
  it('are those due on its first day', () => {
    const at1800 = new Date(NOW_MS - DAY_S * 1000).toISOString()
    const checkpoints = [checkpoint(1, 0, 0), checkpoint(2, 0, 0, { lastAt: at1800 }), checkpoint(3, 0, 0, { lastAt: at1800, everyDays: 3 }), checkpoint(4, 0, 0, { community: 1 })]
    const of = (parts: Partial<PlanRequest>) => dueCheckpoints(request(parts), { patrolScope: makePatrols({ checkpoints }) })
    expect(of({})).toEqual([1, 2])
    // Seen on the 21st, every three days: on the 24th, not before.
    expect(of({ validFrom: '2026-11-23' })).toEqual([1, 2])
    expect(of({ validFrom: '2026-11-24' })).toEqual([1, 2, 3])
    // Seen today: again tomorrow, so in a plan that is walked again, and not in one of today alone.
    const seen = makePatrols({ checkpoints: [checkpoint(1, 0, 0, { lastAt: new Date(NOW_MS).toISOString() })] })
    expect(dueCheckpoints(request(), { patrolScope: seen })).toEqual([1])
    expect(dueCheckpoints(request({ weekdays: request().weekdays.map(() => false) }), { patrolScope: seen })).toEqual([])
    expect(of({ withCheckpoints: false })).toEqual([])
    expect(of({ withCheckpoints: false, occasion: 'checkpoints' })).toEqual([1, 2])
  })
})

/** A plan of two for the first community, as the solver draws it up. */
function drawn(parts: Partial<PlanRequest> = {}, checkpoints: readonly Checkpoint[] = [checkpoint(7, 150, 105)]): { plan: PatrolPlan; ground: DueGround; passes: Uint8Array } {
  const ground = groundOf(makePatrols({ checkpoints }))
  const asking = request(parts)
  const passes = duePasses(asking, ground)
  const encoded = encodePlan(asking, passes, checkpoints, ground)
  const outcome = planPatrols({ ...encoded.problem, effort: 2 })
  if (outcome.kind === 'refused') throw new Error(JSON.stringify(outcome.refusals))
  return { plan: decodePlan(outcome.plan, { request: asking, start: asking.start }, network, streetIds, encoded.checkpointIds), ground, passes }
}
const servedOf = (plan: PatrolPlan): string[] => plan.routes.flatMap(({ steps }) => steps.filter(({ served }) => served).map(({ streetId, fromCm, toCm }) => `${streetId} ${fromCm} ${toCm}`)).sort()

describe('a plan drawn up', () => {
  const { plan, ground, passes } = drawn()

  it('serves every block that is due once and comes by its checkpoint, within the shift and above its bound', () => {
    expect(servedOf(plan)).toHaveLength(passes.filter((times) => times > 0).length)
    expect(new Set(servedOf(plan)).size).toBe(servedOf(plan).length)
    expect(plan.routes.flatMap(({ checkpoints }) => checkpoints)).toEqual([7])
    const { longestS, gap, totalS } = planFigures(plan)
    expect(longestS).toBeLessThanOrEqual(plan.shiftS)
    expect(longestS).toBeGreaterThanOrEqual(plan.boundS)
    expect(gap).toBeCloseTo(longestS / plan.boundS - 1)
    expect(totalS).toBe(plan.routes.reduce((sum, { seconds }) => sum + seconds, 0))
    expect(planFigures({ ...plan, aim: 'min_total' }).gap).toBeCloseTo(totalS / plan.boundS - 1)
  })

  it('is listed street by street with times that come to the time of the route, its checkpoint where it lies', () => {
    for (const route of plan.routes) {
      const rows = routeRows(route, plan, ground.patrolScope.checkpoints, measureStreets(scope), scope.land.frame)
      expect(rows.reduce((sum, { seconds }) => sum + seconds, 0)).toBeCloseTo(route.seconds, -1)
      expect(rows.reduce((sum, { metres }) => sum + metres, 0)).toBeCloseTo(route.metres, 0)
      for (const { checkpoints, streetId } of rows) if (checkpoints.length > 0) expect([12, 22, 23]).toContain(streetId)
      const { xyM, alongM } = routeLine(route, measureStreets(scope))
      expect(Math.hypot(xyM[0], xyM[1])).toBeLessThan(1)
      // One way without a leap: each point is a block away at most.
      alongM.slice(1).forEach((metres, k) => expect(metres - alongM[k]).toBeLessThan(100.1))
    }
    expect(plan.routes.flatMap((route) => routeRows(route, plan, ground.patrolScope.checkpoints, measureStreets(scope), scope.land.frame)).flatMap((row) => row.checkpoints)).toHaveLength(1)
  })

  it('keeps all its streets when one goes to another route, which both are drawn up anew for', () => {
    const index = segmentIndex(network, streetIds)
    const [from, to] = plan.routes
    const step = from.steps.find(({ served }) => served)!
    const duties = [from, to].map((route) => dutyOfRoute(route, index)!)
    const moved = moveSegment(duties[0], duties[1], index.at(step), new Map([[7, index.at(step)]]))
    const walks = ([[from, moved.from], [to, moved.to]] as const).map(([route, own]) => {
      const { problem, checkpointIds } = encodeRouteProblem(plan, route, own, ground.patrolScope.checkpoints, ground)
      const outcome = planPatrols({ ...problem, effort: 1 })
      if (outcome.kind === 'refused') throw new Error('refused')
      return { ...route, ...walkOf(outcome.plan.routes[0], network, streetIds, checkpointIds) }
    })
    expect(servedOf({ ...plan, routes: walks })).toEqual(servedOf(plan))
    expect(walks[1].steps.some((one) => one.served && one.streetId === step.streetId && one.fromCm === step.fromCm)).toBe(true)
    expect(walks[0].steps.some((one) => one.served && one.streetId === step.streetId && one.fromCm === step.fromCm)).toBe(false)
    // A checkpoint goes with its street.
    expect(walks[1].checkpoints.length).toBeGreaterThanOrEqual(from.checkpoints.length)
  })

  it('says that its streets were changed where a step lies on none of today', () => {
    const index = segmentIndex(network, streetIds)
    expect(dutyOfRoute({ ...plan.routes[0], steps: [{ ...plan.routes[0].steps[0], streetId: 99, served: true }] }, index)).toBeNull()
  })

  it('is refused with what is missing where the shifts are too short', () => {
    const asking = request({ shiftMinutes: 15, walkers: [{ personId: null, gridIds: [] }] })
    const own = groundOf(makePatrols())
    const outcome = planPatrols({ ...encodePlan(asking, duePasses(asking, own), [], own).problem, effort: 1 })
    expect(outcome.kind === 'refused' && outcome.refusals.map(({ reason }) => reason)).toContain('sum_exceeds_limits')
  })

  it('leaves out and names what hangs together with no street of the start', () => {
    const nodes = network.component.map((_, node) => (node === 0 ? 0 : 1))
    const cut = { ...network, component: nodes, segmentFrom: network.segmentFrom.map((node) => (node === 0 ? 1 : node)) }
    const own = { ...groundOf(makePatrols()), network: { ...cut, segmentFrom: Int32Array.from(network.segmentFrom, (node, segment) => (segment === 0 ? 0 : Math.max(1, node))) } }
    const { leftSegments, problem } = encodePlan(request(), duePasses(request(), own), [], own)
    expect(leftSegments).toEqual([0])
    expect(problem.passes[0]).toBe(0)
  })

  it('keeps each to the grids that are theirs, a border street to either', () => {
    const grids = scope.current.grids.filter(({ community }) => community === 0)
    const { problem } = encodePlan(request({ walkers: [{ personId: null, gridIds: [grids[0].id] }] }), duePasses(request(), groundOf(makePatrols())), [], groundOf(makePatrols()))
    const zone = problem.patrollers[0].zone!
    const own = scope.current.grids.indexOf(grids[0])
    zone.forEach((is, segment) => expect(is === 1).toBe([places.grid[segment], places.gridLeft[segment], places.gridRight[segment]].includes(own)))
  })
})

describe('a list on paper', () => {
  it('fills the first page under the map, then whole pages, and is one page where it is empty', () => {
    const rows = Array.from({ length: 60 }, (_, k) => k)
    expect(pageRows(rows, { first: 15, further: 38 }).map((page) => page.length)).toEqual([15, 38, 7])
    expect(pageRows([])).toEqual([[]])
  })
})
