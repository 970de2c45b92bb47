import type { Scope } from '@/core/scope'
import type { DataError } from '@/data/errors'
import { computed, markRaw, ref, shallowRef } from 'vue'
import { runChangeRun } from './jobs/change-run/run-change-run'
import type { ChangeMode, ChangeRun } from './land-change'
import type { HouseholdRule, ImportOptions } from './model'
import { packChange } from './operations/pack-change'
import type { PeopleDecision } from './operations/pack-change'
import type { EstimateWords } from './operations/pack-chunks'
import { checkChange, loadStanding, storeImport } from './repository'
import type { ChangeCheck, ChangeDone, StoreWatch } from './repository'
import type { StandingLand } from './standing-land'

export interface ChangeWatch {
  progress(share: number, pass: string): void
  readonly signal: AbortSignal
}

/** Share of a run in which the worker is done and the server tries the change. */
const SERVER_SHARE = 0.9

/**
 * A change of land from the question whether files replace or add, over the dry run in a worker and on the server, to the commit.
 * The land itself is loaded anew for each run: somebody may have changed it.
 */
export function createChanging() {
  const mode = ref<ChangeMode | null>(null)
  const run = shallowRef<ChangeRun | null>(null)
  const standing = shallowRef<StandingLand | null>(null)
  /** What the server said of the change, tried and undone. */
  const check = shallowRef<ChangeCheck | null>(null)
  const decisions = shallowRef<ReadonlyMap<number, PeopleDecision>>(new Map())
  const done = shallowRef<ChangeDone | null>(null)
  const inhabited = computed(() => run.value?.change?.inhabited ?? [])
  const undecided = computed(() => inhabited.value.filter(({ standing: index }) => !decisions.value.has(index)).length)

  function forget(): void {
    run.value = null
    standing.value = null
    check.value = null
    decisions.value = new Map()
    done.value = null
  }

  const metaOf = (land: StandingLand, from: ChangeRun, note: string) => ({ baseEdition: land.edition, source: from.report, note })

  async function start(
    landId: number, files: readonly File[], options: Pick<ImportOptions, 'files' | 'households'>, words: EstimateWords, watch: ChangeWatch,
  ): Promise<void> {
    forget()
    const { scope, source } = await loadStanding(landId, watch.signal)
    const result = await runChangeRun(
      { files, options, land: plainLand(scope), standing: source, mode: mode.value!, bounds: scope.bounds },
      { signal: watch.signal, onProgress: (share, pass) => watch.progress(share * SERVER_SHARE, pass) },
    )
    let answer: ChangeCheck | null = null
    if (result.change !== null) {
      watch.progress(SERVER_SHARE, 'server')
      // Tried with every household kept where it is: what a person decides of them changes nothing else.
      const kept = new Map(result.change.inhabited.map(({ standing: index }) => [index, { kind: 'keep' } as const]))
      answer = await checkChange(source.orgUnitId, metaOf(source, result, ''), packChange(result.change, source, kept, options.households, words), watch.signal)
    }
    standing.value = markRaw(source)
    run.value = markRaw(result)
    check.value = answer
  }

  async function store(rule: HouseholdRule, words: EstimateWords, note: string, watch: StoreWatch): Promise<ChangeDone> {
    const [land, from] = [standing.value!, run.value!]
    const chunks = packChange(from.change!, land, decisions.value, rule, words)
    const answer = await storeImport<ChangeDone>('land_change', land.orgUnitId, metaOf(land, from, note), chunks, watch)
    done.value = answer
    return answer
  }

  return {
    mode, run, standing, check, decisions, done, inhabited, undecided, forget, start, store,
    decide(index: number, decision: PeopleDecision | null): void {
      const next = new Map(decisions.value)
      if (decision === null) next.delete(index)
      else next.set(index, decision)
      decisions.value = next
    },
    keepAll(): void {
      decisions.value = new Map([...inhabited.value.map(({ standing: index }) => [index, { kind: 'keep' } as const] as const), ...decisions.value])
    },
  }
}

export type Changing = ReturnType<typeof createChanging>

/** The land without what hangs on it: typed arrays are copied to the worker, nothing else is needed there. */
const plainLand = ({ land }: Scope): Scope['land'] => ({ ...land })

/** Whether an error says that the land is not any more what the dry run saw. */
export const isOutdated = (error: DataError | null): boolean => error?.code === 'land_outdated'
