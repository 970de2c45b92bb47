import type { AssignmentContext } from '@/core/assignment/assignment-context'
import { composeAssignmentDeltas, isEmptyAssignmentDelta } from '@/core/assignment/assignment-delta'
import type { AssignmentDelta } from '@/core/assignment/assignment-plan'
import { communityLimits, modeOf, settingsOf, termsOf, type AssignmentRules } from '@/core/assignment/member-rules'
import type { MemberTerms } from '@/core/assignment/assignment-scope'
import type { AssignmentChange, AssignmentSession } from '@/core/assignment/assignment-session'
import { createWalkLookup, type CommunityWalks, type WalkLookup } from '@/core/assignment/walks'
import type { EditNote } from '@/core/plan'
import { JobError } from '@/jobs/job'
import { computed, ref, shallowRef, type Ref } from 'vue'
import { NO_TERMS, withLimits } from './acts'
import { runMeasureWalks } from './jobs/measure-walks/run-measure-walks'
import type { CommunitySolution, CommunityTask, Relaxation } from './jobs/solve-assignment/community-task'
import { runSolveAssignment } from './jobs/solve-assignment/run-solve-assignment'
import type { SolvedAssignment } from './jobs/solve-assignment/solve-assignment-job'
import { encodeCommunity } from './operations/encode-community'
import { encodeWalks } from './operations/encode-walks'
import { solutionDelta } from './operations/solution-delta'
import { previewOf, type Ground } from './views'

/** A change worked out and shown, which nobody took yet. */
export interface Proposal {
  readonly kind: 'solve' | 'what_if'
  /** Changes of rules that were asked for, with the ties that follow. Null: what was asked is not so, it can only be looked at. */
  readonly delta: AssignmentDelta | null
  readonly note: EditNote
  readonly solved: SolvedAssignment
}

export interface SolvingHost {
  /** Counts the changes of sessions. */
  tick: Ref<number>
  ground(): Ground | null
  /** The draft where it may be changed. */
  draftSession(): AssignmentSession | null
  /** Show the draft as a delta would leave it; null: as it is. */
  showPreview(delta: AssignmentDelta | null): boolean
  take(delta: AssignmentDelta, note: EditNote): boolean
  /** Words below `refusal`. */
  refuse(code: string): void
  setWalks(walks: WalkLookup): void
  fail(thrown: unknown): void
}

/**
 * Solving communities in a worker: first how far it is on foot, once for each community, then who carries whom. The result
 * is shown on map and lists and changes nothing before a person takes it.
 */
export function createSolving(host: SolvingHost) {
  /** Community index in question; null: all that the draft covers. */
  const community = ref<number | null>(null)
  const progress = shallowRef<{ readonly share: number; readonly pass: 'streets' | 'walks' | 'community' } | null>(null)
  const proposal = shallowRef<Proposal | null>(null)
  /** The last result by community id, by the rules of the draft: what was taken and what was left alike. */
  const found = shallowRef<ReadonlyMap<number, CommunitySolution>>(new Map())
  /** Communities changed by hand since they were solved, by id. */
  const staleIds = shallowRef<ReadonlySet<number>>(new Set())
  /** What figures and tables show: where a change of rules is on display, what it leads to. */
  const results = computed(() => (proposal.value?.delta && proposal.value.kind === 'what_if' ? withResults(proposal.value.solved) : found.value))
  const withResults = ({ communities }: SolvedAssignment): ReadonlyMap<number, CommunitySolution> =>
    new Map([...found.value, ...communities.map((one) => [one.communityId, one] as const)])
  const busy = computed(() => progress.value !== null)
  let tables = new Map<number, CommunityWalks>()
  let running: AbortController | null = null
  let measuring: Promise<void> = Promise.resolve()
  let isTaking = false

  const covered = computed(() => {
    const session = host.tick.value >= 0 ? host.draftSession() : null
    return session ? [...session.context.covered].flatMap((is, index) => (is ? [index] : [])) : []
  })
  const asked = computed(() => (community.value !== null && covered.value.includes(community.value) ? [community.value] : covered.value))

  /** Walks of communities that nobody measured yet; one measurement at a time, so that none is made twice. */
  function measure(session: AssignmentSession, communities: readonly number[], signal: AbortSignal, alsoFrom: readonly number[] = []): Promise<void> {
    const mine = measuring.then(() => measureMissing(session, communities, signal, alsoFrom))
    measuring = mine.catch(() => undefined)
    return mine
  }

  /** Walks of the street while nobody waits for them: lists and exceptions count along streets as soon as they are known. */
  async function measureQuietly(session: AssignmentSession): Promise<void> {
    const { communityMemberStart } = session.context
    const lived = session.context.communities.flatMap((_, at) => (communityMemberStart[at + 1] > communityMemberStart[at] ? [at] : []))
    try {
      await measure(session, lived, new AbortController().signal)
    } catch (thrown) {
      if (!(thrown instanceof JobError && thrown.code === 'aborted')) host.fail(thrown)
    }
  }

  async function measureMissing(session: AssignmentSession, communities: readonly number[], signal: AbortSignal, alsoFrom: readonly number[]): Promise<void> {
    const ground = host.ground()
    const isKnown = (table: CommunityWalks | undefined) => table !== undefined && alsoFrom.every((building) => table.from.includes(building))
    const missing = communities.filter((one) => !isKnown(tables.get(one)))
    if (!ground || missing.length === 0) return
    const found = await runMeasureWalks(encodeWalks(ground.scope, ground.assignmentScope, missing, alsoFrom), {
      signal,
      onProgress(share, pass) {
        if (running) progress.value = { share: share / 2, pass: pass === 'streets' ? 'streets' : 'walks' }
      },
    })
    if (host.ground() !== ground) throw new JobError('aborted', {}, 'aborted')
    tables = new Map([...tables, ...found.map((table) => [table.community, table] as const)])
    host.setWalks(createWalkLookup(session.context, [...tables.values()]))
  }

  /** Long work, one at a time, that can be cancelled. */
  async function during(work: (session: AssignmentSession, signal: AbortSignal) => Promise<void>): Promise<void> {
    const session = host.draftSession()
    if (!session || running) return
    dismiss()
    const own = new AbortController()
    running = own
    progress.value = { share: 0, pass: 'streets' }
    try {
      await work(session, own.signal)
    } catch (thrown) {
      if (!(thrown instanceof JobError && thrown.code === 'aborted')) host.fail(thrown)
    } finally {
      if (running === own) {
        running = null
        progress.value = null
      }
    }
  }

  const runShares = (tasks: readonly CommunityTask[], signal: AbortSignal): Promise<SolvedAssignment> =>
    runSolveAssignment({ communities: tasks }, { signal, onProgress: (share) => (progress.value = { share: 0.5 + share / 2, pass: 'community' }) })

  const shareOut = (plan: AssignmentSession, communities: readonly number[], signal: AbortSignal): Promise<SolvedAssignment> =>
    runShares(communities.map((one) => encodeCommunity(plan, one)), signal)

  function offer(session: AssignmentSession, made: Proposal): void {
    if (host.draftSession() !== session) return
    if (made.kind === 'solve') found.value = withResults(made.solved)
    proposal.value = made
    if (made.delta) host.showPreview(made.delta)
  }

  /** Solve the communities asked for; `only` overrides them. */
  const solve = (only?: readonly number[]) =>
    during(async (session, signal) => {
      const communities = only ?? asked.value
      await measure(session, communities, signal)
      const solved = await shareOut(session, communities, signal)
      offer(session, {
        kind: 'solve',
        delta: solutionDelta(session, solved.communities),
        note: { key: 'assignment.note.solve', values: { n: communities.length } },
        solved,
      })
    })

  /** What would be with other rules: the rules and the ties that follow from them, as one change to take or to leave. */
  const solveWith = (rules: AssignmentDelta, communities: readonly number[], note: EditNote) =>
    during(async (session, signal) => {
      // Walks first: the plan with the rules begins with those that are known by then.
      await measure(session, communities, signal)
      const ruled = previewOf(session, rules)
      if (!ruled) return host.refuse('does_not_fit')
      const solved = await shareOut(ruled, communities, signal)
      offer(session, {
        kind: 'what_if',
        delta: composeAssignmentDeltas([rules, solutionDelta(ruled, solved.communities)]),
        note,
        solved,
      })
    })

  /** What would be if the community were another one: with somebody who does not exist, or less a building. Only to be looked at. */
  const solveSupposed = (at: number, alsoFrom: readonly number[], change: (task: CommunityTask, table: CommunityWalks) => CommunityTask, note: EditNote) =>
    during(async (session, signal) => {
      await measure(session, [at], signal, alsoFrom)
      const table = session.walks.table(at)!
      const solved = await runShares([change(encodeCommunity(session, at), table)], signal)
      offer(session, { kind: 'what_if', delta: null, note, solved })
    })

  /** The draft with relaxations of some communities, worked out as one change. */
  const relax = (ways: readonly { readonly solution: CommunitySolution; readonly relaxation: Relaxation }[]): Promise<void> | undefined => {
    const session = host.draftSession()
    if (!session || ways.length === 0) return
    const { context, document } = session
    const at = (solution: CommunitySolution) => context.communityIndex.get(solution.communityId)!
    const rules = ways.reduce<AssignmentDelta>(
      (delta, { solution, relaxation }) => joinRules(delta, relaxationDelta(context, { ...document, aims: delta.aims?.after ?? document.aims }, at(solution), relaxation)),
      { ties: [] },
    )
    const [{ solution, relaxation }] = ways
    const note: EditNote =
      ways.length === 1
        ? { key: `assignment.note.relax_${relaxation.kind}`, values: { community: context.communities[at(solution)].name } }
        : { key: `assignment.note.relaxAll_${relaxation.kind}`, values: { n: ways.length } }
    return solveWith(rules, ways.map((way) => at(way.solution)), note)
  }

  function dismiss(): void {
    if (proposal.value === null) return
    proposal.value = null
    host.showPreview(null)
  }

  /** Take what was worked out, as one step of history. */
  function accept(): void {
    const made = proposal.value
    if (!made?.delta) return
    dismiss()
    found.value = withResults(made.solved)
    if (isEmptyAssignmentDelta(made.delta)) return
    isTaking = true
    host.take(made.delta, made.note)
    isTaking = false
    const solved = new Set(made.solved.communities.map((one) => one.communityId))
    staleIds.value = new Set([...staleIds.value].filter((id) => !solved.has(id)))
  }

  /** The draft changed: what was worked out for those communities no longer holds. */
  function onChange(session: AssignmentSession, change: AssignmentChange): void {
    if (isTaking) return
    const { scope, communities, covered: is } = session.context
    const touched = change.rulesChanged
      ? communities.flatMap((_, index) => (is[index] ? [index] : []))
      : [...change.changedMembers].map((member) => scope.members.community[member]).concat([...change.changedHouseholds].map((one) => scope.households.community[one]))
    staleIds.value = new Set([...staleIds.value, ...touched.map((index) => communities[index].id)])
    dismiss()
  }

  function reset(): void {
    running?.abort()
    proposal.value = null
    found.value = new Map()
    staleIds.value = new Set()
    community.value = null
  }

  return {
    community, progress, proposal, results, staleIds, busy, covered, asked,
    solve, solveWith, solveSupposed, relax, measureQuietly, dismiss, accept, onChange, reset,
    cancel: () => running?.abort(),
    /** The street is another one: its walks are gone. */
    forgetWalks: () => (tables = new Map()),
  }
}

/** Rules of several communities as one change; the aims of the second go beyond those of the first. */
const joinRules = (a: AssignmentDelta, b: AssignmentDelta): AssignmentDelta => ({
  ties: [],
  ...((a.terms ?? b.terms) && { terms: [...(a.terms ?? []), ...(b.terms ?? [])] }),
  ...((a.modes ?? b.modes) && { modes: [...(a.modes ?? []), ...(b.modes ?? [])] }),
  ...((a.aims ?? b.aims) && { aims: { before: (a.aims ?? b.aims!).before, after: (b.aims ?? a.aims!).after } }),
})

/** The rules that a relaxation changes. */
function relaxationDelta(context: AssignmentContext, document: AssignmentRules, community: number, relaxation: Relaxation): AssignmentDelta {
  const { id } = context.communities[community]
  const limits = communityLimits(context, document, community)
  const withOther = (own: { min?: number; max?: number }): AssignmentDelta => ({
    ties: [],
    aims: { before: document.aims, after: withLimits(settingsOf(context, document), id, { ...limits, ...own }) },
  })
  const withTerms = (memberIds: readonly number[], own: Partial<MemberTerms>): AssignmentDelta => ({
    ties: [],
    terms: memberIds.map((member) => ({
      member,
      before: document.terms.get(member) ?? null,
      after: { ...NO_TERMS, ...termsOf(context, document, context.memberIndex.get(member) ?? -1), ...own },
    })),
  })
  switch (relaxation.kind) {
    case 'raise_max':
      return withOther({ max: relaxation.max, min: Math.min(limits.min, relaxation.max) })
    case 'lower_min':
      return withOther({ min: relaxation.min })
    case 'building_mode':
      return { ties: [], modes: [{ community: id, before: modeOf(context, document, community), after: 'building' }] }
    case 'take_exempt':
      return withTerms(relaxation.memberIds, { exempt: null })
    case 'lift_reach':
      return withTerms(relaxation.memberIds, { reachM: null })
  }
}
