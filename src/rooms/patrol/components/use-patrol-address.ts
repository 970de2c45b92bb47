import { PATROL_OCCASIONS } from '@/core/patrol/patrol'
import { onScopeDispose, watch } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { usePatrolCoverageStore } from '../coverage-store'
import { PERIOD_DAYS, USUAL_DAYS, type PatrolPeriod } from '../model'
import { PANEL_TABS } from '../panes'
import { usePatrolStore } from '../store'

/** `plan` is the shell's: an edition of the grids. */
const KEYS = ['tab', 'patrol', 'route', 'days'] as const
type Key = (typeof KEYS)[number]
/** A link from elsewhere asks for the form of a plan: for what, and for buildings nobody passed for so many days. Done once. */
const ONCE = ['occasion', 'idle'] as const
const DAYS = /^(\d{4}-\d\d-\d\d)~(\d{4}-\d\d-\d\d)$/

/** The last days by their number, other days by both ends; null: those one begins with. */
const daysText = (choice: number | PatrolPeriod): string | null => (typeof choice === 'object' ? `${choice.fromDay}~${choice.toDay}` : choice === USUAL_DAYS ? null : String(choice))

/**
 * Keep the tab, the plan, its route and the period in the address, so that a link restores them and back goes back. A way into
 * the room that says nothing of them keeps what was there.
 */
export function usePatrolAddress(): void {
  const store = usePatrolStore()
  const coverage = usePatrolCoverageStore()
  const route = useRoute()
  const router = useRouter()
  const { name: room } = route
  const text = (key: Key | (typeof ONCE)[number]): string | null => {
    const value = route.query[key]
    return (Array.isArray(value) ? value[0] : value) ?? null
  }
  const now = (): Record<Key, string | null> => ({
    tab: store.panelTab === PANEL_TABS[0] ? null : store.panelTab,
    patrol: store.planId,
    route: store.route === null ? null : String(store.route),
    days: daysText(coverage.choice),
  })
  let written = false

  function read(): void {
    store.panelTab = PANEL_TABS.find((tab) => tab === text('tab')) ?? PANEL_TABS[0]
    const days = DAYS.exec(text('days') ?? '')
    const asked = days && days[1] <= days[2] ? { fromDay: days[1], toDay: days[2] } : (PERIOD_DAYS.find((one) => String(one) === text('days')) ?? USUAL_DAYS)
    if (daysText(asked) !== daysText(coverage.choice)) void coverage.choose(asked)
    readPlan()
  }
  /** The plan named is taken in hand once the plans are there; one that is not saved is not let go for it. */
  function readPlan(): void {
    const id = text('patrol')
    const number = Number(text('route'))
    if (!store.patrolScope || (id === store.planId && (store.page === 'plan' || id === null)) || store.planning.unsaved) return
    store.openPlan(id)
    if (store.shownPlan?.routes.some((one) => one.number === number)) store.route = number
  }
  function openAsked(): void {
    const occasion = PATROL_OCCASIONS.find((one) => one === text('occasion'))
    if (!store.patrolScope || !occasion) return
    if (store.mayPlan) store.openForm(occasion, [], Number(text('idle')) || undefined)
    write(true)
  }
  function write(replace: boolean): void {
    if (route.name !== room) return
    const next = now()
    const isDone = store.patrolScope !== null && ONCE.some((key) => text(key) !== null)
    if (!isDone && KEYS.every((key) => next[key] === text(key))) return
    written = true
    const query = { ...route.query, ...Object.fromEntries(KEYS.map((key) => [key, next[key] ?? undefined])), ...(isDone ? Object.fromEntries(ONCE.map((key) => [key, undefined])) : {}) }
    void router[replace ? 'replace' : 'push']({ path: route.path, query }).finally(() => (written = false))
  }

  if (KEYS.some((key) => text(key) !== null)) read()
  else write(true)
  openAsked()
  watch(() => store.patrolScope !== null, (isRead) => {
    if (isRead && text('patrol') !== null) readPlan()
    openAsked()
  })
  watch([() => store.panelTab, () => store.planId, () => coverage.choice], () => write(false))
  watch(() => store.route, () => write(true))
  // An address that was not written here is obeyed: back, forward, a link. The bare way into the room is none.
  const end = router.afterEach((to, from, failure) => {
    if (failure || written || to.name !== room || from.name !== room) return
    if (KEYS.every((key) => to.query[key] === from.query[key])) return
    if (Object.keys(to.query).length === 0) write(true)
    else read()
  })
  onScopeDispose(end)
}
