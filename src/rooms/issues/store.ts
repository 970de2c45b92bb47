import type { IssueScope } from '@/core/issues/issue-scope'
import type { Scope } from '@/core/scope'
import type { Selection, Session, Workspace } from '@/core/workspace'
import { toDataError } from '@/data/errors'
import type { MapEngine } from '@/map/contracts'
import { defineStore } from 'pinia'
import { computed, markRaw, ref, shallowRef } from 'vue'
import { NO_FILTER, type IssueFilter } from './model'
import { boundsOfPeriod, filterIssues, isOverdue, type FilterGround } from './operations/filter-issues'
import { makeWaitsForMe } from './operations/waits-for-me'
import type { DrawerTab, PanelTab } from './panes'

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
    return { scope: here, issueScope: slips, nowS: nowS.value, waitsForMe: makeWaitsForMe(here, slips.issues, slips.issues.handlers, person.value) }
  })
  /** Positions of the slips that pass the filter, in the order of the columns, by time of report. */
  const shown = computed(() => (ground.value ? markRaw(filterIssues(ground.value, filter.value)) : new Int32Array(0)))
  /** Positions of those that pass it but for some parts: bars of a period before it is narrowed, counters by state. */
  const shownWithout = (...parts: (keyof IssueFilter)[]): Int32Array => (ground.value ? filterIssues(ground.value, filter.value, parts) : new Int32Array(0))
  /** From and to of the period in seconds since 1970, the end excluded. */
  const period = computed(() => boundsOfPeriod(filter.value.period, nowS.value))

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

  function fail(thrown: unknown): void {
    const error = toDataError(thrown)
    const key = `issues.error.${error.code}`
    const words = translate.value(key, { message: error.message })
    notify('error', 'failed', { reason: words === key ? error.message : words })
  }

  function setIssues(next: IssueScope | null): void {
    issueScope.value = next && markRaw(next)
    if (!next) return
    clockAheadMs = next.nowMs - Date.now()
    tell()
  }

  /** Reckon by the present moment from here on. */
  function tell(): void {
    nowS.value = Math.floor((Date.now() + clockAheadMs) / 1000)
  }

  function setScope(next: Scope | null): void {
    const isSame = next?.landId === scope.value?.landId
    scope.value = next && markRaw(next)
    if (!isSame) setIssues(null)
  }

  function enter(): void {
    active.value = true
  }

  function leave(): void {
    active.value = false
    // Elsewhere a slip is nothing that can be shown.
    if (selection.value?.kind === 'issue') workspace.value?.selection.set(null)
  }

  return {
    workspace, map, person, scope, issueScope, reading, translate, active, panelTab, drawerTab, filter, selection, nowS,
    shown, shownWithout, period, indexById, selectedIssue, isOverdue: isOverdueNow, setFilter, select, notify, fail, setIssues, setScope, tell, enter, leave,
  }
})
