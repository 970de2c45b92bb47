import type { AccessGround } from '@/algorithms/routing/access-ground'
import type { SitedStation, SitingScenario, SitingTask } from '@/core/coverage/siting'
import type { Scope } from '@/core/scope'
import { JobError } from '@/jobs/job'
import { markRaw, ref, shallowRef } from 'vue'
import { runMeasureSites } from './jobs/measure-sites/run-measure-sites'
import { runSolveSiting } from './jobs/solve-siting/run-solve-siting'
import type { SolvedSiting } from './jobs/solve-siting/solve-siting-model'
import { encodeSiting, keptStations, sitingMeasure } from './operations/encode-siting'
import { sitingCandidates, type SitePlace, type SitingCandidates } from './operations/siting-candidates'
import { sitingDemand } from './operations/siting-demand'

export interface SolvingHost {
  scope(): Scope | null
  /** The street as people walk it; null where it cannot be measured. */
  ground(): Promise<AccessGround | null>
  accessLimitM(community: number): number
  /** Words for a station that is not named yet. */
  nameOf(place: SitePlace, level: SitedStation['level'], index: number): string
  /** An answer: the first is taken in hand, later ones are better. */
  take(task: SitingTask, sites: readonly SitedStation[], solved: SolvedSiting, isFirst: boolean): void
  fail(thrown: unknown): void
}

/** How far the solver is. */
export interface SitingProgress {
  readonly share: number
  readonly pass: 'measuring' | 'first' | 'proving'
}

/** Choosing sites: candidates found, walks measured and the task solved in workers; the first answer comes at once, better ones and the proof follow. */
export function createSolving(host: SolvingHost) {
  const progress = shallowRef<SitingProgress | null>(null)
  const candidates = shallowRef<SitingCandidates | null>(null)
  /** Why nothing was chosen: a key of words; '' where something was. */
  const refusal = ref<'' | 'no_ground' | 'no_candidates' | 'nobody'>('')
  let running: AbortController | null = null

  /** Solve a task; answers whether there is a choice. Stopped, the best so far stays. */
  async function solve(task: SitingTask): Promise<boolean> {
    stop()
    const own = new AbortController()
    running = own
    const isOwn = (): boolean => running === own
    progress.value = { share: 0, pass: 'measuring' }
    let hasAnswer = false
    try {
      const [scope, ground] = [host.scope(), await host.ground()]
      if (!isOwn()) return false
      if (!scope || !ground) return refuse('no_ground')
      const demand = sitingDemand(task, scope.buildings, ground.doors)
      if (demand.buildings.length === 0) return refuse('nobody')
      const sites = { kept: keptStations(task, scope.stations, ground), candidates: markRaw(sitingCandidates(task, scope, ground, host.accessLimitM)) }
      candidates.value = sites.candidates
      if (sites.candidates.places.length === 0) return refuse('no_candidates')
      const measure = sitingMeasure(task, sites, demand, ground, scope.stations)
      const walks = await runMeasureSites({ graph: ground.graph, sites: measure.sites, doors: demand.doors, limitM: measure.limitM }, { signal: own.signal })
      if (!isOwn()) return false
      progress.value = { share: 0, pass: 'first' }
      const takeAnswer = (solved: SolvedSiting): void => {
        // Of a street that is no longer shown it is nobody's; stopped, what was best is still answered.
        if (!isOwn() || host.scope()?.landId !== scope.landId) return
        host.take(task, sitesOf(task, sites.candidates, solved.open.subarray(sites.kept.length), scope, host.nameOf), solved, !hasAnswer)
        hasAnswer = true
        progress.value = { share: progress.value?.share ?? 0, pass: 'proving' }
      }
      takeAnswer(await runSolveSiting(encodeSiting(task, sites, demand, measure, walks, scope.stations), {
        signal: own.signal,
        onAnswer: takeAnswer,
        onProgress: (share) => {
          if (isOwn()) progress.value = { share, pass: hasAnswer ? 'proving' : 'first' }
        },
      }))
    } catch (thrown) {
      if (!(thrown instanceof JobError && thrown.code === 'aborted')) host.fail(thrown)
    } finally {
      if (isOwn()) {
        running = null
        progress.value = null
      }
    }
    return hasAnswer
  }

  function refuse(why: Exclude<typeof refusal.value, ''>): false {
    refusal.value = why
    return false
  }

  /** End what is being drawn up; what was answered so far stays. */
  function stop(): void {
    refusal.value = ''
    running?.abort()
  }

  return { progress, candidates, refusal, solve, stop }
}

/** Sites that the solver opened, as stations to be. */
function sitesOf(task: SitingTask, { places, forced }: SitingCandidates, open: Uint8Array, { buildings }: Scope, nameOf: SolvingHost['nameOf']): SitedStation[] {
  return places.flatMap((place, k) => (open[k] === 1 ? [{ place, byHand: k < forced }] : [])).map(({ place, byHand }, index) => ({
    at: place.at, name: nameOf(place, task.level, index), level: task.level, capacity: task.capacity, community: place.community,
    buildingId: place.building < 0 ? null : buildings.ids[place.building], byHand,
  }))
}

/** What is in hand with a solver's answer in place of its sites. */
export const withAnswer = (scenario: SitingScenario, sites: readonly SitedStation[], { value, bound }: Pick<SolvedSiting, 'value' | 'bound'>): SitingScenario => ({ ...scenario, sites, value, bound })
