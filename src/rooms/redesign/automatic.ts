import { AIMS, type Aim, type DivisionWishes } from '@/algorithms/partition/division-ground'
import { measureDivision, sumFigures, type DivisionFigures } from '@/algorithms/partition/measure-division'
import { nameImpossible, type Impossible } from '@/algorithms/partition/name-impossible'
import { aimsOf } from '@/core/band'
import type { PlanDelta } from '@/core/plan'
import type { PlanChange, PlanGesture, PlanSession } from '@/core/plan-session'
import { JobError } from '@/jobs/job'
import { computed, reactive, ref, shallowRef, type Ref } from 'vue'
import type { CertifiedGrids } from './jobs/certify-grids/certify-grids-job'
import { runCertifyGrids } from './jobs/certify-grids/run-certify-grids'
import { runDrawGrids } from './jobs/draw-grids/run-draw-grids'
import { runRepairGrids } from './jobs/repair-grids/run-repair-grids'
import { divisionDelta } from './operations/division-delta'
import { BARRIERS, encodeGrounds, type Barrier, type EncodedGround } from './operations/encode-ground'
import { createRepairSteps } from './repair-steps'

/** What can be asked for. */
export const MODES = ['repair', 'fresh', 'improve'] as const
export type Mode = (typeof MODES)[number]

/** Grids drawn by one aim, to be looked at and adopted. */
export interface Candidate {
  /** `proven`: the most compact one that an exact answer brought. */
  readonly aim: Aim | 'proven'
  readonly figures: DivisionFigures
  readonly delta: PlanDelta
  /** Grid by cell of each ground. */
  readonly grids: readonly Int32Array[]
}

/** Time an exact answer may take. */
const PROOF_S = 20

/** A setting that cannot be kept, with the community it is of. */
export interface Obstacle {
  readonly encoded: EncodedGround
  readonly problem: Impossible
}

export interface AutomaticHost {
  /** Counts the changes of sessions. */
  tick: Ref<number>
  session(): PlanSession | null
  /** The draft may be changed now. */
  editing(): boolean
  /** Tell of what went wrong. */
  fail(thrown: unknown): void
  /** Bring cells into view. */
  look(cells: readonly number[]): void
}

/** What a person sets; shared by all modes. */
function initialSettings() {
  return {
    /** Community index; null is the whole street. */
    community: null as number | null,
    /** Number of grids: by band and target, as there are now, or so many in the community chosen. */
    count: 'target' as 'target' | 'today' | number,
    wholeCompounds: true,
    /** Null: as the plan aims. */
    minMembers: null as number | null,
    weights: { residents: 0, members: 0, special: 0 },
    barriers: [] as Barrier[],
    seed: 1,
    improveAim: 'balanced' as Aim,
  }
}

/**
 * Grids drawn by the machine for a person to choose from: candidates shown side by side and on the map, and repairs in steps.
 * Nothing changes before a person adopts or accepts; each act is one step of history.
 */
export function createAutomatic(host: AutomaticHost) {
  const mode = ref<Mode>('repair')
  const settings = reactive(initialSettings())
  /** Ids of the grids to be improved. */
  const chosen = ref<readonly string[]>([])
  const progress = shallowRef<{ share: number; pass: string; aim: Aim | null } | null>(null)
  const candidates = shallowRef<readonly Candidate[]>([])
  /** Figures of the plan as it is, in the communities of the candidates. */
  const before = shallowRef<DivisionFigures | null>(null)
  /** The plan changed after the candidates were drawn: they do not fit it. */
  const isStale = ref(false)
  const previewed = shallowRef<Candidate | null>(null)
  /** What was proven of a candidate, by its aim. */
  const certificate = shallowRef<(CertifiedGrids & { readonly aim: Candidate['aim'] }) | null>(null)
  /** Communities the candidates are of. */
  let drawn: readonly EncodedGround[] = []
  /** The map went to where they are. */
  let isLookedAt = false
  let gesture: PlanGesture | null = null
  let running: AbortController | null = null
  const repair = createRepairSteps({ tick: host.tick, session: host.session, editing: host.editing })

  /** The draft may be worked on, a candidate being shown or not. */
  const ready = computed(() => host.editing())
  const open = (): PlanSession | null => (host.tick.value >= 0 && host.editing() ? host.session() : null)

  const minMembers = computed(() => {
    const session = open()
    return settings.minMembers ?? (session ? aimsOf(session).minMembers : 0)
  })

  /** Communities in question: the one chosen, those of the grids to be improved, or all with grids or land. */
  function communitiesOf(session: PlanSession): number[] {
    const all = [...session.context.communities.keys()]
    if (mode.value === 'improve') {
      const own = new Set(chosen.value.map((id) => session.document.grids[session.index.slotOf(id)]?.community))
      return all.filter((community) => own.has(community))
    }
    return settings.community === null ? all : all.filter((community) => community === settings.community)
  }

  const wishes = (): DivisionWishes => ({
    wholeCompounds: settings.wholeCompounds,
    minMembers: minMembers.value,
    weights: { ...settings.weights },
    seed: settings.seed,
  })

  const encode = (session: PlanSession): EncodedGround[] =>
    encodeGrounds(session, communitiesOf(session), BARRIERS.filter((kind) => settings.barriers.includes(kind))).filter(
      ({ cells }) => cells.length > 0,
    )

  function countFor({ ground }: EncodedGround): number | null {
    if (settings.count === 'target') return null
    return settings.count === 'today' ? Math.max(1, ground.fixed.filter((fixed) => fixed === 0).length) : settings.count
  }

  function onlyOf({ gridIds, ground }: EncodedGround): number[] | null {
    if (mode.value !== 'improve') return null
    return [...gridIds.keys()].filter((number) => chosen.value.includes(gridIds[number]) && ground.fixed[number] === 0)
  }

  /** What cannot be kept of the settings, on the plan as it is. */
  const obstacles = computed<readonly Obstacle[]>(() => {
    const session = open()
    if (!session || progress.value || previewed.value) return []
    return encode(session).flatMap((encoded) => {
      const only = onlyOf(encoded)
      const ground = only ? { ...encoded.ground, fixed: encoded.ground.fixed.map((_, number) => (only.includes(number) ? 0 : 1)) } : encoded.ground
      const asked = {
        count: only ? only.length : countFor(encoded),
        minMembers: minMembers.value,
        wholeCompounds: settings.wholeCompounds,
        isRepair: mode.value === 'repair',
      }
      const locked = (problem: Impossible) => problem.code !== 'fixed_above' && problem.code !== 'fixed_below'
      return nameImpossible(ground, asked).filter((problem) => !only || locked(problem)).map((problem) => ({ encoded, problem }))
    })
  })

  async function run(): Promise<void> {
    const session = open()
    if (!session || running) return
    clear()
    const encoded = encode(session)
    if (encoded.length === 0) return
    const stateId = session.stateId
    await during(async (signal) => {
      if (mode.value === 'repair') {
        const found = await runRepairGrids(
          { grounds: encoded.map(({ ground }) => ground), wishes: wishes() },
          { signal, onProgress: (share, pass) => (progress.value = { share, pass, aim: null }) },
        )
        if (host.session() === session) repair.take(encoded, found, wishes())
      } else {
        await draw(session, encoded, signal)
      }
      isStale.value = host.session() !== session || session.stateId !== stateId
    })
  }

  /** Long work, one at a time, that can be cancelled. */
  async function during(work: (signal: AbortSignal) => Promise<void>): Promise<void> {
    const own = new AbortController()
    running = own
    progress.value = { share: 0, pass: 'start', aim: null }
    try {
      await work(own.signal)
    } catch (thrown) {
      if (!(thrown instanceof JobError && thrown.code === 'aborted')) host.fail(thrown)
    } finally {
      if (running === own) {
        running = null
        progress.value = null
      }
    }
  }

  /** The candidate that can be certified: the one on the map, or the compact one; of one community only. */
  const provable = computed(() => {
    const one = previewed.value ?? candidates.value.find(({ aim }) => aim === 'compact') ?? null
    return one?.grids.length === 1 && !isStale.value ? one : null
  })

  /** Ask how compact it is beside the most compact there can be; a better one that is found joins the candidates. */
  async function certify(): Promise<void> {
    const session = open()
    const asked = provable.value
    const [encoded] = drawn
    if (!session || !asked || !encoded || running) return
    const wanted = { wholeCompounds: settings.wholeCompounds, only: onlyOf(encoded), seconds: PROOF_S, minMembers: minMembers.value }
    await during(async (signal) => {
      const found = await runCertifyGrids(
        { ground: encoded.ground, grid: asked.grids[0], wishes: wanted },
        { signal, onProgress: (share, pass) => (progress.value = { share, pass, aim: null }) },
      )
      if (!candidates.value.includes(asked)) return
      certificate.value = { ...found, aim: asked.aim }
      if (!found.better || !found.figures) return
      // The plan may show the candidate that was asked about: what is new is counted from the plan below it.
      const shown = previewed.value
      preview(null)
      const better: Candidate = { aim: 'proven', figures: found.figures, grids: [found.better], delta: divisionDelta(session, drawn, [found.better]) }
      candidates.value = [...candidates.value.filter(({ aim }) => aim !== 'proven'), better]
      preview(shown)
    })
  }

  /** Draw by every aim that makes sense; candidates appear as they come. */
  async function draw(session: PlanSession, encoded: readonly EncodedGround[], signal: AbortSignal): Promise<void> {
    const isImprove = mode.value === 'improve'
    const own = encoded.map((one) => ({ one, only: onlyOf(one) }))
    before.value = sumFigures(encoded.map(({ ground }) => measureDivision(ground, ground.grid, minMembers.value)))
    const aims = isImprove ? [settings.improveAim] : AIMS.filter((aim) => aim !== 'kept' || encoded.every(({ ground }) => ground.grid.every((number) => number >= 0)))
    const shares = aims.map(() => 0)
    const made: readonly Candidate[] = await Promise.all(
      aims.map(async (aim, at) => {
        const found = await runDrawGrids(
          {
            aim,
            wishes: wishes(),
            communities: own.map(({ one, only }) => ({ ground: one.ground, count: only ? null : countFor(one), only })),
          },
          {
            signal,
            onProgress(share, pass) {
              shares[at] = share
              progress.value = { share: shares.reduce((sum, part) => sum + part, 0) / aims.length, pass, aim }
            },
          },
        )
        shares[at] = 1
        return { aim, figures: found.figures, grids: found.grids, delta: divisionDelta(session, encoded, found.grids) }
      }),
    )
    const seen = new Set<string>()
    drawn = encoded
    isLookedAt = false
    candidates.value = made.filter(({ delta }) => {
      const key = JSON.stringify(delta.cells)
      return !seen.has(key) && seen.add(key)
    })
    if (isImprove && candidates.value.length > 0) preview(candidates.value[0])
  }

  function cancel(): void {
    running?.abort()
  }

  /** Show a candidate on the map without keeping it; the same again or null takes it off. */
  function preview(candidate: Candidate | null): void {
    const session = open()
    gesture?.cancel()
    gesture = null
    previewed.value = null
    if (!session || !candidate || isStale.value) return
    gesture = session.beginGesture({ key: 'redesign.note.automatic.preview' })
    const shown = gesture.replace(candidate.delta)
    if (!shown.ok) return preview(null)
    previewed.value = candidate
    // Once: whoever goes from candidate to candidate keeps the place looked at.
    if (!isLookedAt) host.look(drawn.flatMap(({ cells }) => [...cells]))
    isLookedAt = true
  }

  /** Keep what is previewed as one step of history. */
  function adopt(): void {
    if (!gesture || !previewed.value) return
    const { aim, figures } = previewed.value
    const kept = gesture
    gesture = null
    previewed.value = null
    kept.drop({ key: `redesign.note.automatic.${aim}`, values: { grids: figures.grids, households: figures.householdsMoved } })
    clear()
  }

  /** Forget what was found. */
  function clear(): void {
    preview(null)
    candidates.value = []
    before.value = null
    certificate.value = null
    isStale.value = false
    repair.clear()
  }

  /** The plan changed: what was drawn on it as it was does not fit any more. Steps look for themselves. */
  function onChange(change: PlanChange): void {
    if (gesture && change.cause === 'cancel') {
      gesture = null
      previewed.value = null
    }
    if (!change.provisional && change.cause !== 'cancel' && candidates.value.length > 0) {
      gesture?.cancel()
      gesture = null
      previewed.value = null
      isStale.value = true
    }
    if (change.delta.land) repair.clear()
  }

  function reset(): void {
    cancel()
    gesture = null
    previewed.value = null
    clear()
    chosen.value = []
    settings.community = null
  }

  function setMode(next: Mode): void {
    if (next === mode.value) return
    cancel()
    clear()
    mode.value = next
  }

  /** Take a grid into those to be improved, or out of them. */
  function toggle(gridId: string): void {
    clear()
    chosen.value = chosen.value.includes(gridId) ? chosen.value.filter((id) => id !== gridId) : [...chosen.value, gridId]
  }

  return {
    ready, mode, settings, minMembers, chosen, progress, candidates, before, isStale, previewed, obstacles, repair,
    certificate, provable, certify, run, cancel, preview, adopt, clear, onChange, reset, setMode, toggle,
  }
}
