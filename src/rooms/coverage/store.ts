import type { CoverageScope } from '@/core/coverage/coverage-scope'
import { mainReason, reasonBit, type GapReason } from '@/core/coverage/gap'
import { shanghaiDay } from '@/core/issues/shanghai-time'
import type { Scope } from '@/core/scope'
import type { Role, Selection, Session, Workspace } from '@/core/workspace'
import { toDataError, type DataError } from '@/data/errors'
import type { MapEngine } from '@/map/contracts'
import { defineStore } from 'pinia'
import { computed, markRaw, ref, shallowRef, watch } from 'vue'
import { refreshGapDay } from './acts-repository'
import { countGaps } from './operations/count-gaps'
import type { DrawerTab, PanelTab } from './panes'
import { loadCoverageScope } from './repository'

const MINUTE_MS = 60_000
/** Who writes stations, compounds, units and tasks, each in the own territory. */
const KEEPERS: readonly Role[] = ['district_admin', 'street_officer', 'community_secretary']
/** Who sets the rules of the street. */
const SETTERS: readonly Role[] = ['district_admin', 'street_officer']
/** Who draws up grids, assignments and patrols, in the rooms where that is done. */
const PLANNERS: readonly Role[] = [...KEEPERS, 'grid_leader']
/** Who logs visits of others than the own households. */
const VISIT_LOGGERS: readonly Role[] = [...KEEPERS, 'grid_leader', 'grid_worker']

export type Translate = (key: string, values: Record<string, string | number>) => string

/** Who of a street is not served and why, and what of it is chosen: list, map, table and address share it. */
export const useCoverageStore = defineStore('coverage', () => {
  const workspace = shallowRef<Workspace | null>(null)
  const map = shallowRef<MapEngine | null>(null)
  const person = shallowRef<Session | null>(null)
  const focusUnitId = ref<number | null>(null)
  const selection = shallowRef<Selection | null>(null)
  /** The street. */
  const scope = shallowRef<Scope | null>(null)
  /** How its households are served; null before it is read. While it is read anew, what was read before stays. */
  const coverageScope = shallowRef<CoverageScope | null>(null)
  const reading = ref<'none' | 'loading' | 'ready' | 'failed'>('none')
  /** Why it could not be read, in words; '' where it could. */
  const readFailure = ref('')
  const translate = shallowRef<Translate>((key) => key)
  /** The room's page is open. */
  const active = ref(false)
  const panelTab = ref<PanelTab>('gaps')
  const drawerTab = ref<DrawerTab>('table')
  /** What the tab of gaps shows: the gaps, or the rules they are judged by. */
  const page = ref<'gaps' | 'settings'>('gaps')
  const chosen = shallowRef<{ readonly reason: GapReason; readonly isAny: boolean } | null>(null)
  /** Main reason that map, table and list show alone; null: all. */
  const reason = computed<GapReason | null>({
    get: () => chosen.value?.reason ?? null,
    set: (next) => (chosen.value = next && { reason: next, isAny: false }),
  })
  /** The reason shown alone where it is shown with households that another main reason counts; null else. */
  const anyReason = computed<GapReason | null>({
    get: () => (chosen.value?.isAny ? chosen.value.reason : null),
    set: (next) => (chosen.value = next && { reason: next, isAny: true }),
  })
  /** Scenario of siting in hand, by its id. */
  const scenarioId = ref<string | null>(null)

  /** The server's clock less the browser's, ms. */
  let clockAheadMs = 0
  /** The moment all reckoning here goes by, ms since 1970: when the scope was read, and every minute after. */
  const nowMs = ref(0)
  /** The day in Shanghai, ISO. */
  const today = computed(() => shanghaiDay(nowMs.value / 1000))
  /** The same as days since 1970, as the columns of households count them. */
  const todayNumber = computed(() => Date.parse(today.value) / 86_400_000)

  /** Index of the community in focus; null: the whole street. */
  const community = computed<number | null>(() => {
    const index = scope.value?.communities.findIndex(({ id }) => id === focusUnitId.value) ?? -1
    return index < 0 ? null : index
  })
  const counts = computed(() => (scope.value && coverageScope.value ? markRaw(countGaps(coverageScope.value.households, scope.value.communities.length)) : null))
  /** Those of the community in focus, else of the street. */
  const shownCounts = computed(() => counts.value && (community.value === null ? counts.value.total : counts.value.byCommunity[community.value]))
  /** Indices of the households in gap that are shown: of the community in focus, for the reason chosen. */
  const shownHouseholds = computed<readonly number[]>(() => {
    const households = coverageScope.value?.households
    if (!households) return []
    const shown: number[] = []
    for (let h = 0; h < households.count; h++) {
      if (households.reasons[h] === 0 || (community.value !== null && households.community[h] !== community.value)) continue
      if (anyReason.value ? (households.reasons[h] & reasonBit(anyReason.value)) !== 0 : reason.value === null || mainReason(households.reasons[h]) === reason.value) shown.push(h)
    }
    return markRaw(shown)
  })

  const roles = computed(() => person.value?.posts.map(({ role }) => role) ?? [])
  const hasRole = (some: readonly Role[]): boolean => roles.value.some((role) => some.includes(role))
  const maySet = computed(() => hasRole(SETTERS))
  const mayKeep = computed(() => hasRole(KEEPERS))
  const mayPlan = computed(() => hasRole(PLANNERS))
  const mayLogVisits = computed(() => hasRole(VISIT_LOGGERS))
  /** Whether stations, compounds, units and tasks of a community (index) are the person's to keep. */
  const mayKeepIn = (index: number): boolean => {
    const id = scope.value?.communities[index]?.id
    return person.value?.posts.some(({ role, level, orgUnitId }) => KEEPERS.includes(role) && (level === 'district' || level === 'street' || orgUnitId === id)) ?? false
  }
  /** Unit of organisation of the street. */
  const streetUnitId = computed(() => scope.value?.orgUnits.find((unit) => unit.level === 'street')?.id ?? scope.value?.communities[0]?.parentId ?? null)

  const notify = (tone: 'success' | 'info' | 'warning' | 'error', key: string, values?: Record<string, string | number>, act?: { key: string; run(): void }) =>
    workspace.value?.notify({ tone, key: `coverage.${key}`, values, act })

  /** What the server's code means in this room, else in the whole console, else its own words. */
  function wordsOf({ code, message, detail }: Pick<DataError, 'code' | 'message' | 'detail'>): string {
    const values: Record<string, string | number> = { message, ...(detail as Record<string, string | number>) }
    for (const key of [`coverage.error.${code}`, `error.${code}`]) {
      const words = translate.value(key, values)
      if (words !== key) return words
    }
    return message
  }
  const fail = (thrown: unknown): void => void notify('error', 'failed', { reason: wordsOf(toDataError(thrown)) })

  /** Turns of reading: the answer to one that another followed, or whose street is no longer shown, is let go. */
  let turn = 0
  /** Read how the street is served; answers whether it is there. What was read before stays until then. */
  async function read(): Promise<boolean> {
    const here = scope.value
    if (!here) return false
    const own = ++turn
    reading.value = 'loading'
    try {
      const found = await loadCoverageScope(here)
      if (turn !== own) return false
      setCoverage(found)
      reading.value = 'ready'
      readFailure.value = ''
      // What today comes to is kept for the days to come; what is shown of today is counted here.
      if (mayLogVisits.value) void refreshGapDay(here.landId).catch(() => {})
      return true
    } catch (thrown) {
      if (turn !== own) return false
      reading.value = 'failed'
      readFailure.value = wordsOf(toDataError(thrown))
      return false
    }
  }

  function setCoverage(next: CoverageScope | null): void {
    coverageScope.value = next && markRaw(next)
    if (!next) return
    clockAheadMs = next.nowMs - Date.now()
    nowMs.value = next.nowMs
  }

  /** Reckon by the present moment from here on; on a new day all is judged anew. */
  function tell(): void {
    const before = today.value
    nowMs.value = Date.now() + clockAheadMs
    if (coverageScope.value && today.value !== before) void read()
  }

  /**
   * Do what changes who is served, then read anew. Answers whether it was done; why not is said.
   * @param withLand also the street has changed, as by a station: it is loaded anew, and the coverage with it
   */
  async function act(run: () => Promise<unknown>, withLand = false): Promise<boolean> {
    let isDone = true
    try {
      await run()
    } catch (thrown) {
      fail(thrown)
      isDone = false
      // Somebody was first: what stands now is read.
      if (toDataError(thrown).code !== 'stale') return false
    }
    if (withLand) await workspace.value?.reloadScope()
    else await read()
    return isDone
  }

  /**
   * Load the street anew, and how it is served with it; answers whether both are there, of the same land as before. Who measures takes
   * the revisions he or she saves on before: the street is as new as they are then, and what changes from here on is refused as stale.
   */
  async function readStreet(): Promise<boolean> {
    const before = scope.value
    await workspace.value?.reloadScope()
    // How a street is served is read as soon as it is loaded: its gates and limits go by its communities.
    if (reading.value === 'loading') await new Promise<void>((resolve) => watch(reading, () => resolve(), { once: true }))
    return reading.value === 'ready' && scope.value !== before && scope.value?.landId === before?.landId
  }

  function setScope(next: Scope | null): void {
    const before = scope.value?.landId
    scope.value = next && markRaw(next)
    if (next?.landId !== before) {
      setCoverage(null)
      page.value = 'gaps'
      // What a link asked for stays when the street it is of comes.
      if (before !== undefined) scenarioId.value = null
    }
    if (active.value && next) return void read()
    turn++
    reading.value = 'none'
  }

  let ticking: ReturnType<typeof setInterval> | undefined
  /** The page opens: the street is judged; a day may end while one looks on. */
  function enter(): void {
    active.value = true
    if (reading.value !== 'loading') void read()
    ticking = setInterval(tell, MINUTE_MS)
  }

  function leave(): void {
    active.value = false
    clearInterval(ticking)
  }

  return {
    workspace, map, person, focusUnitId, selection, scope, coverageScope, reading, readFailure, translate, active, panelTab, drawerTab, page, reason, anyReason, scenarioId,
    nowMs, today, todayNumber, community, counts, shownCounts, shownHouseholds, roles, maySet, mayKeep, mayPlan, mayKeepIn, mayLogVisits, streetUnitId,
    notify, wordsOf, fail, read, readStreet, setCoverage, act, setScope, enter, leave,
  }
})
