import type { IssueScope } from '@/core/issues/issue-scope'
import type { Scope } from '@/core/scope'
import type { Role, Selection, Session, Workspace } from '@/core/workspace'
import { toDataError, type DataError } from '@/data/errors'
import type { MapEngine } from '@/map/contracts'
import { defineStore } from 'pinia'
import { computed, markRaw, ref, shallowRef, watch } from 'vue'
import { NO_FILTER, type IssueFilter } from './model'
import { boundsOfPeriod, clipPeriod, filterIssues, isOverdue, type FilterGround } from './operations/filter-issues'
import { patchIssue } from './operations/patch-issue'
import { makeWaitsForMe } from './operations/waits-for-me'
import type { DrawerTab, PanelTab } from './panes'
import { createPlacing } from './placing'
import { loadIssueScope, runIssueRules } from './repository'
import { createWorking } from './working'

const MINUTE_MS = 60_000
/** Roles that look only. */
const LOOKERS: readonly Role[] = ['auditor']
/** Roles that enter the slips of a reception day. */
const RECEIVERS: readonly Role[] = ['district_admin', 'street_officer', 'community_secretary', 'grid_leader']
const SETTERS: readonly Role[] = ['district_admin', 'street_officer']

export type Translate = (key: string, values: Record<string, string | number>) => string

/** The slips of a street and the one filter that list, map, chart and address share. */
export const useIssuesStore = defineStore('issues', () => {
  const workspace = shallowRef<Workspace | null>(null)
  const map = shallowRef<MapEngine | null>(null)
  const person = shallowRef<Session | null>(null)
  /** The street. */
  const scope = shallowRef<Scope | null>(null)
  /** Its slips as columns; null before they are read. */
  const issueScope = shallowRef<IssueScope | null>(null)
  const reading = ref<'none' | 'loading' | 'ready' | 'failed'>('none')
  const translate = shallowRef<Translate>((key) => key)
  /** The room's page is open. */
  const active = ref(false)
  const panelTab = ref<PanelTab>('work')
  const drawerTab = ref<DrawerTab>('ledger')
  /** What the panel's work shows: the list, or a form in its place. */
  const page = ref<'list' | 'report' | 'reception' | 'settings'>('list')
  const filter = shallowRef<IssueFilter>(NO_FILTER)
  /** What is selected in the workspace. */
  const selection = shallowRef<Selection | null>(null)
  /** The server's clock less the browser's, ms. */
  let clockAheadMs = 0
  /** The moment all reckoning here goes by, seconds since 1970: when the slips were read, and every minute after. */
  const nowS = ref(0)

  const ground = computed<FilterGround | null>(() => {
    const here = scope.value
    const slips = issueScope.value
    if (!here || !slips) return null
    return { scope: here, issueScope: slips, nowS: nowS.value, waitsForMe: makeWaitsForMe(here, slips.issues, person.value) }
  })
  const waitsForMe = (issue: number): boolean => ground.value?.waitsForMe(issue) ?? false
  /** Positions of the slips that pass the filter, in the order of the columns, by time of report. */
  const shown = computed(() => (ground.value ? markRaw(filterIssues(ground.value, filter.value)) : new Int32Array(0)))
  /** Positions of those that pass it but for some parts: bars of a period before it is narrowed, counters by state. */
  const shownWithout = (...parts: (keyof IssueFilter)[]): Int32Array => (ground.value ? filterIssues(ground.value, filter.value, parts) : new Int32Array(0))
  /** Report of the first slip of all, seconds since 1970; columns are in the order of their report. */
  const firstS = computed(() => issueScope.value?.issues.reportedS[0] ?? nowS.value)
  /** From and to of the period in seconds since 1970, the end excluded; never beyond the slips there are. */
  const period = computed(() => clipPeriod(boundsOfPeriod(filter.value.period, nowS.value), firstS.value, nowS.value))

  const indexById = computed(() => {
    const byId = new Map<number, number>()
    issueScope.value?.issues.ids.forEach((id, issue) => byId.set(id, issue))
    return markRaw(byId)
  })
  /** Position of the slip selected on the map, in a list or by a link; −1: none, or it is not among those read. */
  const selectedIssue = computed(() => (selection.value?.kind === 'issue' ? (indexById.value.get(selection.value.issueId) ?? -1) : -1))

  const isOverdueNow = (issue: number): boolean => (issueScope.value ? isOverdue(issueScope.value.issues, issue, nowS.value) : false)

  /** Change parts of the filter; the others stay. A part of one period means nothing in another. */
  function setFilter(parts: Partial<IssueFilter>): void {
    filter.value = { ...filter.value, ...(parts.period ? { span: null } : {}), ...parts }
  }

  function select(issueId: number | null): void {
    workspace.value?.selection.set(issueId === null ? null : { kind: 'issue', issueId })
  }

  const notify = (tone: 'success' | 'info' | 'warning' | 'error', key: string, values?: Record<string, string | number>) =>
    workspace.value?.notify({ tone, key: `issues.${key}`, values })

  /** What the server's code means in this room, else in the whole console, else its own words. */
  function wordsOf({ code, message, detail }: Pick<DataError, 'code' | 'message' | 'detail'>): string {
    const values: Record<string, string | number> = { message, ...(detail as Record<string, string | number>) }
    for (const kind of ['state', 'level', 'outcome']) if (typeof values[kind] === 'string') values[kind] = translate.value(`issues.${kind}.${values[kind]}`, {})
    for (const key of [`issues.error.${code}`, `error.${code}`]) {
      const words = translate.value(key, values)
      if (words !== key) return words
    }
    return message
  }
  const fail = (thrown: unknown): void => void notify('error', 'failed', { reason: wordsOf(toDataError(thrown)) })

  const roles = computed(() => person.value?.posts.map(({ role }) => role) ?? [])
  const mayReport = computed(() => roles.value.some((role) => !LOOKERS.includes(role)))
  const mayReceive = computed(() => roles.value.some((role) => RECEIVERS.includes(role)))
  const maySet = computed(() => roles.value.some((role) => SETTERS.includes(role)))
  /** A member and nothing else: what he or she reports is a member's. */
  const isOnlyMember = computed(() => roles.value.length > 0 && roles.value.every((role) => role === 'member'))
  /** Unit of organisation of the street. */
  const streetId = computed(() => scope.value?.orgUnits.find((unit) => unit.level === 'street')?.id ?? scope.value?.communities[0]?.parentId ?? null)

  const placing = createPlacing(() => map.value)
  const working = createWorking({
    patch(slip) {
      if (issueScope.value) issueScope.value = markRaw(patchIssue(issueScope.value, slip))
    },
    wordsOf,
    notify,
    fail,
  })
  watch(selection, (now) => active.value && void working.open(now?.kind === 'issue' ? now.issueId : null))

  /** Turns of reading: the answer to one that another followed, or whose street is no longer shown, is let go. */
  let turn = 0
  /** Read the slips of the street; deadlines that have passed take effect first. */
  async function read(): Promise<void> {
    const here = scope.value
    if (!here) return
    const own = ++turn
    reading.value = 'loading'
    try {
      // Who may only look lets no rule take effect; the slips are read all the same.
      await runIssueRules(here.landId).catch(() => null)
      const found = await loadIssueScope(here)
      if (turn !== own) return
      setIssues(found)
      reading.value = 'ready'
      // A rule, or somebody, moved the slip in hand since its record was asked for.
      const seen = working.detail.value?.issue
      if (working.reading.value === 'loading' || (seen && patchIssue(found, seen) !== found)) void working.read()
    } catch (thrown) {
      if (turn !== own) return
      reading.value = 'failed'
      fail(thrown)
    }
  }

  function setIssues(next: IssueScope | null): void {
    issueScope.value = next && markRaw(next)
    if (!next) return
    clockAheadMs = next.nowMs - Date.now()
    tell()
  }

  /** Reckon by the present moment from here on. */
  function tell(): void {
    // Upwards: columns hold times to the nearest second, and what was reported just now must not lie ahead.
    nowS.value = Math.ceil((Date.now() + clockAheadMs) / 1000)
  }

  function setScope(next: Scope | null): void {
    const isSame = next?.landId === scope.value?.landId
    scope.value = next && markRaw(next)
    if (!isSame) setIssues(null)
    if (active.value && next) return void read()
    turn++
    reading.value = 'none'
  }

  let ticking: ReturnType<typeof setInterval> | undefined
  /** The page opens: the slips are read; a deadline passes while one looks on. */
  function enter(): void {
    active.value = true
    if (reading.value !== 'loading') void read()
    ticking = setInterval(tell, MINUTE_MS)
    void working.open(selection.value?.kind === 'issue' ? selection.value.issueId : null)
  }

  function leave(): void {
    active.value = false
    clearInterval(ticking)
    page.value = 'list'
    // Elsewhere a slip is nothing that can be shown.
    if (selection.value?.kind === 'issue') workspace.value?.selection.set(null)
  }

  return {
    workspace, map, person, scope, issueScope, reading, translate, active, panelTab, drawerTab, page, filter, selection, nowS,
    shown, shownWithout, waitsForMe, firstS, period, indexById, selectedIssue, isOverdue: isOverdueNow, setFilter, select, notify, fail, setIssues, setScope, read,
    mayReport, mayReceive, maySet, isOnlyMember, streetId, placing, working, wordsOf, tell, enter, leave,
  }
})
