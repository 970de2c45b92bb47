import type { PatrolNetwork, PatrolRefusal } from '@/algorithms/arc-routing/patrol-problem'
import { readPatrolProgress, type PatrolProgress } from '@/algorithms/arc-routing/plan-patrols'
import type { DutyPiece } from '@/core/patrol/duty-pieces'
import { dutyPieces } from '@/core/patrol/duty-pieces'
import type { StreetStretch } from '@/core/patrol/patrol'
import type { PatrolPlan, PatrolRoute, PatrolScope } from '@/core/patrol/patrol-scope'
import type { Scope } from '@/core/scope'
import type { LngLat } from '@/core/units'
import { JobError } from '@/jobs/job'
import { computed, markRaw, ref, shallowRef, type Ref } from 'vue'
import { runPlanPatrols } from './jobs/plan-patrols/run-plan-patrols'
import type { PlanRequest } from './model'
import { decodePlan, walkOf } from './operations/decode-plan'
import { dueCheckpoints, duePasses, segmentsElsewhere, type DueGround } from './operations/due-passes'
import { encodePlan } from './operations/encode-plan'
import { dutyOfRoute, encodeRouteProblem, moveSegment, segmentIndex, type RouteDuty, type SegmentIndex } from './operations/move-stretch'
import { nearSegments, type NearSegments } from './operations/near-segments'
import { segmentPlaces, type SegmentPlaces } from './operations/segment-places'

/** What planning needs of the room. */
export interface PlanningHost {
  scope: Ref<Scope | null>
  patrolScope: Ref<PatrolScope | null>
  network: Ref<PatrolNetwork | null>
  /** The day in Shanghai, ISO. */
  today: Ref<string>
  /** Where open issues lie. */
  openIssues(): Promise<readonly LngLat[]>
  fail(thrown: unknown): void
}

/** Streets as planning sees them: made once a street. */
interface Streets {
  readonly network: PatrolNetwork
  readonly streetIds: readonly number[]
  readonly places: SegmentPlaces
  readonly near: NearSegments
  readonly index: SegmentIndex
}

/** What a request comes to before anything is solved. */
export interface PlanNeeds {
  readonly streets: number
  readonly metres: number
  readonly checkpoints: number
  /** Seconds of serving alone, without a step between. */
  readonly serviceS: number
  /** Chosen or missed in another community: not in this plan. */
  readonly elsewhere: readonly StreetStretch[]
}

/** What became of a request. */
export interface PlanAnswer {
  readonly refusals: readonly PatrolRefusal[]
  /** Stretches and checkpoints that no refusal of the solver is about: cut off from the start, left out of the plan. */
  readonly leftStretches: readonly StreetStretch[]
  readonly leftCheckpoints: readonly number[]
  /** Chosen or missed in another community: not in this plan. */
  readonly elsewhere: readonly StreetStretch[]
}

/**
 * Drawing plans up and editing them by hand: the problem goes to a worker, the answer becomes the plan in hand, and each edit is
 * one step that can be undone. The plan in hand is whole at any time; saving it is `keeping.ts`.
 */
export function createPlanning(host: PlanningHost) {
  const progress = ref<number | null>(null)
  /** The plan as it stands while it is being drawn up. */
  const soFar = shallowRef<PatrolProgress | null>(null)
  const answer = shallowRef<PlanAnswer | null>(null)
  const plan = shallowRef<PatrolPlan | null>(null)
  const past = shallowRef<readonly PatrolPlan[]>([])
  const future = shallowRef<readonly PatrolPlan[]>([])
  /** The plan as the server has it. */
  const saved = shallowRef<PatrolPlan | null>(null)
  /** Plans not saved of the streets one has left, with their steps. */
  const aside = new Map<number, Readonly<Record<'plan' | 'saved', PatrolPlan | null> & Record<'past' | 'future', readonly PatrolPlan[]>>>()
  /** Grows with each plan taken in hand: edits, undone ones too, are of the same one. */
  let begun = 0
  let running: AbortController | null = null
  /** Whether what is being drawn up is still asked for. */
  let isWanted = false

  const streets = computed<Streets | null>(() => {
    const [network, scope] = [host.network.value, host.scope.value]
    if (!network || !scope) return null
    const streetIds = scope.streets.map(({ id }) => id)
    return markRaw({ network, streetIds, places: segmentPlaces(network, scope), near: nearSegments(network), index: segmentIndex(network, streetIds) })
  })
  /** What is asked of every street. */
  const pieces = computed<ReadonlyMap<number, readonly DutyPiece[]>>(() => {
    const [scope, patrols] = [host.scope.value, host.patrolScope.value]
    return markRaw(scope && patrols ? dutyPieces(scope, patrols.duties, patrols.settings) : new Map())
  })
  const unsaved = computed(() => plan.value !== null && plan.value !== saved.value)

  function groundOf(issues: readonly LngLat[]): DueGround | null {
    const [scope, patrolScope] = [host.scope.value, host.patrolScope.value]
    if (!scope || !patrolScope || !streets.value) return null
    return { scope, patrolScope, ...streets.value, pieces: pieces.value, todayS: Date.parse(`${host.today.value}T00:00:00+08:00`) / 1000, issues }
  }

  /** What a request asks for, at once; of hot spots only once the issues are read. */
  function needsOf(request: PlanRequest, issues: readonly LngLat[]): PlanNeeds | null {
    const ground = groundOf(issues)
    if (!ground) return null
    const passes = duePasses(request, ground)
    const { segmentLengthM } = ground.network
    const metres = passes.reduce((sum, times, segment) => sum + times * segmentLengthM[segment], 0)
    return {
      streets: passes.filter((times) => times > 0).length, metres, checkpoints: dueCheckpoints(request, ground).length, serviceS: metres / request.serveMPerS,
      elsewhere: segmentsElsewhere(request, ground).map((segment) => stretchOf(streets.value!, segment)),
    }
  }

  /** Long work, one at a time, that can be cancelled. */
  async function during<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T | null> {
    if (running) return null
    const own = new AbortController()
    running = own
    progress.value = 0
    soFar.value = null
    try {
      return await work(own.signal)
    } catch (thrown) {
      if (!(thrown instanceof JobError && thrown.code === 'aborted')) host.fail(thrown)
      return null
    } finally {
      if (running === own) {
        running = null
        progress.value = null
      }
    }
  }

  function tell(share: number, pass: string): void {
    progress.value = share
    soFar.value = readPatrolProgress(pass)
  }

  /** Draw a plan up; true where it stands in hand now, else `answer` says why not. */
  const solve = (request: PlanRequest): Promise<boolean> =>
    during(async (signal) => {
      answer.value = null
      isWanted = true
      const ground = groundOf(request.occasion === 'hot_spots' ? await host.openIssues() : [])
      const here = streets.value
      if (!ground || !here) return false
      const ids = new Set(dueCheckpoints(request, ground))
      const encoded = encodePlan(request, duePasses(request, ground), ground.patrolScope.checkpoints.filter(({ id }) => ids.has(id)), ground)
      const outcome = await runPlanPatrols(encoded.problem, { signal, onProgress: tell })
      if (streets.value !== here || !isWanted) return false
      answer.value = {
        refusals: outcome.kind === 'refused' ? outcome.refusals : [],
        leftStretches: encoded.leftSegments.map((segment) => stretchOf(here, segment)),
        leftCheckpoints: encoded.leftCheckpoints,
        elsewhere: segmentsElsewhere(request, ground).map((segment) => stretchOf(here, segment)),
      }
      if (outcome.kind === 'refused') return false
      begin(decodePlan(outcome.plan, { request, start: request.start }, here.network, here.streetIds, encoded.checkpointIds), null)
      return true
    }).then((done) => done === true)

  /** Take a plan in hand: one just drawn up, or one that the server has. */
  function begin(next: PatrolPlan | null, asSaved: PatrolPlan | null): void {
    begun++
    plan.value = next && markRaw(next)
    saved.value = asSaved && plan.value
    past.value = []
    future.value = []
  }

  /** Another street comes: what is not saved of the plan in hand waits for its own. */
  function putAside(landId: number): void {
    if (unsaved.value) aside.set(landId, { plan: plan.value, saved: saved.value, past: past.value, future: future.value })
    begin(null, null)
  }

  /** Take the plan in hand again that waits for a street; false: none does. */
  function takeUp(landId: number): boolean {
    const waiting = aside.get(landId)
    if (!waiting) return false
    aside.delete(landId)
    begun++
    plan.value = waiting.plan
    saved.value = waiting.saved
    past.value = waiting.past
    future.value = waiting.future
    return true
  }

  function edit(next: PatrolPlan): void {
    if (!plan.value) return
    past.value = [...past.value, plan.value]
    future.value = []
    plan.value = markRaw(next)
  }

  function undo(): void {
    const before = past.value.at(-1)
    if (!before || !plan.value) return
    future.value = [plan.value, ...future.value]
    past.value = past.value.slice(0, -1)
    plan.value = before
  }

  function redo(): void {
    const [next] = future.value
    if (!next || !plan.value) return
    past.value = [...past.value, plan.value]
    future.value = future.value.slice(1)
    plan.value = next
  }

  /** Number of the route that serves a stretch; null: none does. */
  function routeOf(stretch: StreetStretch): number | null {
    return plan.value?.routes.find(({ steps }) => steps.some((step) => step.served && isSame(step, stretch)))?.number ?? null
  }

  /**
   * Move stretches of one route, that of the first, to another; both are drawn up anew, one step of history. Answers with why not: `busy`,
   * `streets_changed`, `not_served`, `unreachable`, or null.
   */
  async function move(stretches: readonly StreetStretch[], toNumber: number): Promise<string | null> {
    const now = plan.value
    const here = streets.value
    const ground = groundOf([])
    if (!now || !here || !ground || running) return 'busy'
    const fromNumber = stretches.length > 0 ? routeOf(stretches[0]) : null
    if (fromNumber === null) return 'not_served'
    if (fromNumber === toNumber) return null
    const [from, to] = [fromNumber, toNumber].map((number) => now.routes.find((route) => route.number === number))
    const duties = [from, to].map((route) => route && dutyOfRoute(route, here.index))
    const segments = stretches.map((stretch) => here.index.at(stretch))
    if (!from || !to || !duties[0] || !duties[1] || segments.some((segment) => segment < 0)) return 'streets_changed'
    const { checkpoints } = ground.patrolScope
    const placed = encodeRouteProblem(now, from, duties[0], checkpoints, ground)
    const onSegment = new Map(placed.checkpointIds.map((id, k) => [id, placed.problem.checkpoints.segment[k]]))
    const moved = segments.reduce((both, segment) => moveSegment(both.from, both.to, segment, onSegment), { from: duties[0], to: duties[1] })
    const walks = await during((signal) => Promise.all([redraw(now, from, moved.from, here, ground, signal), redraw(now, to, moved.to, here, ground, signal)]))
    if (!walks || plan.value !== now) return 'busy'
    if (walks.includes(null)) return 'unreachable'
    edit({ ...now, routes: now.routes.map((route) => walks.find((walk) => walk?.number === route.number) ?? route) })
    return null
  }

  /** A route drawn up anew for what it serves; null: its start does not lead there. */
  async function redraw(now: PatrolPlan, route: PatrolRoute, duty: RouteDuty, here: Streets, ground: DueGround, signal: AbortSignal): Promise<PatrolRoute | null> {
    if (duty.passes.size === 0 && duty.checkpoints.length === 0) return { ...route, seconds: 0, metres: 0, servedM: 0, steps: [], checkpoints: [] }
    const { problem, checkpointIds } = encodeRouteProblem(now, route, duty, ground.patrolScope.checkpoints, ground)
    const outcome = await runPlanPatrols(problem, { signal })
    return outcome.kind === 'refused' ? null : { ...route, ...walkOf(outcome.plan.routes[0], here.network, here.streetIds, checkpointIds) }
  }

  /** End what is being drawn up: the best so far is taken in hand, if there is one. */
  function cancel(): void {
    running?.abort()
  }

  /** End it and want none of it. */
  function abandon(): void {
    isWanted = false
    cancel()
  }

  return {
    progress, soFar, answer, plan, saved, past, future, streets, pieces, unsaved,
    /** Addresses of segments of the network. */
    stretchesOf: (segments: readonly number[]): StreetStretch[] => (streets.value ? segments.map((segment) => stretchOf(streets.value!, segment)).filter(({ streetId }) => streetId > 0) : []),
    /** Whether anything of any street is not saved. */
    holdsUnsaved: () => unsaved.value || aside.size > 0,
    needsOf, solve, begin, putAside, takeUp, edit, undo, redo, routeOf, move, cancel, abandon,
    /** Which plan is in hand. */
    begun: () => begun,
    /**
     * The server has the plan in hand as it was when it was `sent`, and calls it `kept`. What was edited since stays, and is not saved;
     * steps before and after are of the plan that is kept, so that saving one of them saves no other.
     */
    confirm(sent: PatrolPlan, kept: PatrolPlan): void {
      const { id, number, revision } = kept
      const rename = (one: PatrolPlan): PatrolPlan => markRaw(one === sent ? kept : { ...one, id, number, revision })
      plan.value = plan.value && rename(plan.value)
      past.value = past.value.map(rename)
      future.value = future.value.map(rename)
      saved.value = kept
    },
  }
}

const isSame = (a: StreetStretch, b: StreetStretch): boolean => a.streetId === b.streetId && a.fromCm === b.fromCm && a.toCm === b.toCm

const stretchOf = ({ network, streetIds }: Streets, segment: number): StreetStretch => ({
  streetId: network.segmentLine[segment] < 0 ? 0 : streetIds[network.segmentLine[segment]],
  fromCm: network.segmentFromCm[segment],
  toCm: network.segmentToCm[segment],
})
