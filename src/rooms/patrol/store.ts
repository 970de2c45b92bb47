import type { PatrolNetwork } from '@/algorithms/arc-routing/patrol-problem'
import { shanghaiDay } from '@/core/issues/shanghai-time'
import type { PatrolOccasion, StreetStretch } from '@/core/patrol/patrol'
import type { PatrolPlan, PatrolScope } from '@/core/patrol/patrol-scope'
import type { Scope } from '@/core/scope'
import type { Role, Session, Workspace } from '@/core/workspace'
import { toDataError, type DataError } from '@/data/errors'
import type { MapEngine } from '@/map/contracts'
import { defineStore } from 'pinia'
import { computed, markRaw, ref, shallowRef, watch } from 'vue'
import { createKeeping } from './keeping'
import type { WalkTrace } from './map-data'
import type { PatrolPeriod, StreetPick } from './model'
import { loadOpenIssues } from './open-issues'
import { buildNetwork } from './operations/build-network'
import { measureStreets, placesOf, type MeasuredStreet } from './operations/cut-stretch'
import type { DrawerTab, PanelTab } from './panes'
import { createPlanning } from './planning'
import { loadPatrolScope } from './repository'

const MINUTE_MS = 60_000
/** Days without a pass after which a building is unserved, where nobody says otherwise. */
const USUAL_UNSERVED_DAYS = 14
/** Roles that set duties and draw up plans, each in its own territory. */
const PLANNERS: readonly Role[] = ['district_admin', 'street_officer', 'community_secretary', 'grid_leader']
/** Who sets the rules of the street. */
const SETTERS: readonly Role[] = ['district_admin', 'street_officer']
/** Roles that see the walks of others. */
const WALK_READERS: readonly Role[] = [...PLANNERS, 'auditor']

export type Translate = (key: string, values: Record<string, string | number>) => string

/** The patrols of a street, and what of them is chosen: list, map and address share it. */
export const usePatrolStore = defineStore('patrol', () => {
  const workspace = shallowRef<Workspace | null>(null)
  const map = shallowRef<MapEngine | null>(null)
  const person = shallowRef<Session | null>(null)
  const focusUnitId = ref<number | null>(null)
  /** The street. */
  const scope = shallowRef<Scope | null>(null)
  /** Its patrols; null before they are read. */
  const patrolScope = shallowRef<PatrolScope | null>(null)
  /** Its ways as a network, while nobody waits, of the duties and gates there are; null before. Line k of it is street k of the scope. */
  const network = shallowRef<PatrolNetwork | null>(null)
  const reading = ref<'none' | 'loading' | 'ready' | 'failed'>('none')
  const translate = shallowRef<Translate>((key) => key)
  /** The room's page is open. */
  const active = ref(false)
  const panelTab = ref<PanelTab>('plan')
  const drawerTab = ref<DrawerTab>('routes')
  /** What the tab of plans shows: the list, the form of a new one, the plan in hand, or the rules of the street. */
  const page = ref<'list' | 'form' | 'plan' | 'settings'>('list')
  /** What the form begins with. */
  const formStart = shallowRef<{ readonly occasion: PatrolOccasion; readonly stretches: readonly StreetStretch[]; readonly unservedDays: number; readonly turn: number }>({ occasion: 'duty', stretches: [], unservedDays: USUAL_UNSERVED_DAYS, turn: 0 })
  /** Days whose walks are read; null: as many as the server gives unasked, four weeks up to today. */
  const asked = shallowRef<PatrolPeriod | null>(null)
  /** The server's clock less the browser's, ms. */
  let clockAheadMs = 0
  /** The moment all reckoning here goes by, ms since 1970: when the patrols were read, and every minute after. */
  const nowMs = ref(0)
  /** The day in Shanghai, ISO. */
  const today = computed(() => shanghaiDay(nowMs.value / 1000))
  /** Days whose walks were read. */
  const period = computed<PatrolPeriod>(() => {
    return patrolScope.value ? { fromDay: patrolScope.value.fromDay, toDay: patrolScope.value.toDay } : { fromDay: today.value, toDay: today.value }
  })

  /** Stretches chosen on the map or in a list. */
  const chosen = shallowRef<readonly StreetStretch[]>([])
  const checkpointId = ref<number | null>(null)
  const trackId = ref<string | null>(null)
  /** What may be seen of the walk that is chosen beside its matched stretches. */
  const trace = shallowRef<WalkTrace | null>(null)
  const planId = ref<string | null>(null)
  /** Number of the route in hand, of the plan shown. */
  const route = ref<number | null>(null)
  /** Who takes the next clicks on streets. */
  const streetPick = shallowRef<StreetPick | null>(null)

  const planOf = (id: string | null): PatrolPlan | null => patrolScope.value?.plans.find((plan) => plan.id === id) ?? null
  /** The plan in hand with its edits, else the one chosen in the list or by a link. */
  const shownPlan = computed<PatrolPlan | null>(() => planning.plan.value ?? planOf(planId.value))
  /** Index of the community in focus; null: the whole street. */
  const community = computed<number | null>(() => {
    const index = scope.value?.communities.findIndex(({ id }) => id === focusUnitId.value) ?? -1
    return index < 0 ? null : index
  })

  const notify = (tone: 'success' | 'info' | 'warning' | 'error', key: string, values?: Record<string, string | number>, act?: { key: string; run(): void }) =>
    workspace.value?.notify({ tone, key: `patrol.${key}`, values, act })

  /** What the server's code means in this room, else in the whole console, else its own words. */
  function wordsOf({ code, message, detail }: Pick<DataError, 'code' | 'message' | 'detail'>): string {
    const values: Record<string, string | number> = { message, ...(detail as Record<string, string | number>) }
    for (const key of [`patrol.error.${code}`, `error.${code}`]) {
      const words = translate.value(key, values)
      if (words !== key) return words
    }
    return message
  }
  const fail = (thrown: unknown): void => void notify('error', 'failed', { reason: wordsOf(toDataError(thrown)) })

  const planning = createPlanning({ scope, patrolScope, network, today, openIssues: async () => (scope.value ? loadOpenIssues(scope.value.landId) : []), fail })
  const keeping = createKeeping({
    scope,
    planning,
    read,
    planOf,
    choose: (id) => (planId.value = id),
    notify: (tone, key, values) => notify(tone, key, values),
    wordsOf,
    copyTitle: (title) => translate.value('patrol.conflict.copyTitle', { title }),
  })

  let idle: ReturnType<typeof setTimeout> | undefined
  watch([scope, () => patrolScope.value?.duties, () => patrolScope.value?.gates], ([here, duties, gates]) => {
    clearTimeout(idle)
    if (!here || !duties || !gates) network.value = null
    else idle = setTimeout(() => (network.value = markRaw(buildNetwork(here, gates, planning.pieces.value))))
  })

  const measured = computed(() => markRaw(scope.value ? measureStreets(scope.value) : new Map<number, MeasuredStreet>()))
  function show(stretches: readonly StreetStretch[]): void {
    const here = scope.value
    const places = here ? stretches.flatMap((stretch) => placesOf(stretch, measured.value, here.land.frame)) : []
    if (places.length === 0) return
    const [lngs, lats] = [places.map(([lng]) => lng), places.map(([, lat]) => lat)]
    // Once the address has taken in what was chosen, and panels their room: a new address ends a flight.
    requestAnimationFrame(() => requestAnimationFrame(() => map.value?.fit([Math.min(...lngs), Math.min(...lats), Math.max(...lngs), Math.max(...lats)], { maxZoom: 17 })))
  }
  /** Choose stretches and bring them into view. */
  function lookAt(stretches: readonly StreetStretch[]): void {
    chosen.value = stretches
    workspace.value?.page.set('map')
    show(stretches)
  }
  /** Bring the routes of a plan into view. */
  const lookAtPlan = (plan: PatrolPlan): void => show(plan.routes.flatMap(({ steps }) => steps))
  /** Put stretches over to another route of the plan in hand; why not is said. */
  async function moveStretches(stretches: readonly StreetStretch[], toNumber: number): Promise<void> {
    const why = await planning.move(stretches, toNumber)
    if (why) notify('warning', `plan.notMoved.${why}`)
  }

  /** Whether the plan in hand may be let go: it is saved, or one says so. */
  const mayLetGo = (): boolean => !planning.unsaved.value || window.confirm(translate.value('patrol.plan.leaveUnsaved', {}))

  /** Open the form of a new plan, anew where one is open; what was missed, or chosen on the map, comes along. */
  function openForm(occasion: PatrolOccasion = 'duty', stretches: readonly StreetStretch[] = [], unservedDays = USUAL_UNSERVED_DAYS): void {
    if (!mayLetGo()) return
    planning.abandon()
    if (planning.unsaved.value) planning.begin(null, null)
    formStart.value = { occasion, stretches, unservedDays, turn: formStart.value.turn + 1 }
    panelTab.value = 'plan'
    page.value = 'form'
  }
  /** Take a plan in hand; null: back to the list. What is not saved of another is let go only when one says so. */
  function openPlan(id: string | null): void {
    if (!mayLetGo()) return
    const plan = planOf(id)
    planning.begin(plan, plan)
    planId.value = plan?.id ?? null
    route.value = null
    page.value = plan ? 'plan' : 'list'
    if (plan) lookAtPlan(plan)
  }

  const roles = computed(() => person.value?.posts.map(({ role }) => role) ?? [])
  const maySet = computed(() => roles.value.some((role) => SETTERS.includes(role)))
  const mayPlan = computed(() => roles.value.some((role) => PLANNERS.includes(role)))
  /** Whether plans and duties of a community (database id) are the person's to make. */
  const mayPlanIn = (communityId: number): boolean =>
    person.value?.posts.some(({ role, level, orgUnitId }) => PLANNERS.includes(role) && (level === 'district' || level === 'street' || orgUnitId === communityId)) ?? false
  const maySeeWalks = computed(() => roles.value.some((role) => WALK_READERS.includes(role)))
  /** Unit of organisation of the street. */
  const streetUnitId = computed(() => scope.value?.orgUnits.find((unit) => unit.level === 'street')?.id ?? scope.value?.communities[0]?.parentId ?? null)

  /** Turns of reading: the answer to one that another followed, or whose street is no longer shown, is let go. */
  let turn = 0
  /** Read the patrols of the street and of the period. */
  async function read(): Promise<void> {
    const here = scope.value
    if (!here) return
    const own = ++turn
    reading.value = 'loading'
    try {
      const found = await loadPatrolScope(here, asked.value ?? undefined)
      if (turn !== own) return
      setPatrols(found)
      reading.value = 'ready'
    } catch (thrown) {
      if (turn !== own) return
      reading.value = 'failed'
      fail(thrown)
    }
  }

  function setPatrols(next: PatrolScope | null): void {
    patrolScope.value = next && markRaw(next)
    if (!next) return
    clockAheadMs = next.nowMs - Date.now()
    tell()
  }

  /** Reckon by the present moment from here on. */
  function tell(): void {
    nowMs.value = Date.now() + clockAheadMs
  }

  /** Read the walks of other days. Answers whether they are there; if not, those that were stay, and are asked for. */
  async function choosePeriod(next: PatrolPeriod): Promise<boolean> {
    const before = asked.value
    asked.value = next
    await read()
    if (reading.value !== 'failed') return true
    if (asked.value === next) asked.value = before
    return false
  }

  function setScope(next: Scope | null): void {
    const before = scope.value?.landId
    const isSame = next?.landId === before
    scope.value = next && markRaw(next)
    if (!isSame) {
      setPatrols(null)
      if (before !== undefined) {
        planning.putAside(before)
        // What a link asked for stays when the street it is of comes.
        asked.value = null
      }
      forget()
      if (next && planning.takeUp(next.landId)) {
        planId.value = planning.plan.value?.id || null
        page.value = 'plan'
      }
    }
    if (active.value && next) return void read()
    turn++
    reading.value = 'none'
  }

  /** Nothing of another street is chosen here. */
  function forget(): void {
    chosen.value = []
    checkpointId.value = null
    trackId.value = null
    trace.value = null
    planId.value = null
    route.value = null
    streetPick.value = null
    planning.abandon()
    planning.begin(null, null)
    page.value = 'list'
  }

  let ticking: ReturnType<typeof setInterval> | undefined
  /** The page opens: the patrols are read; a day may end while one looks on. */
  function enter(): void {
    active.value = true
    if (reading.value !== 'loading') void read()
    ticking = setInterval(tell, MINUTE_MS)
  }

  function leave(): void {
    active.value = false
    clearInterval(ticking)
    streetPick.value = null
  }

  return {
    workspace, map, person, focusUnitId, scope, patrolScope, network, reading, translate, active, panelTab, drawerTab, period, nowMs, today, asked,
    chosen, checkpointId, trackId, trace, planId, route, streetPick, shownPlan, community, page, formStart, planning, keeping, measured, openForm, openPlan, show, lookAt, lookAtPlan, moveStretches, notify, wordsOf, fail, roles, maySet, mayPlan, mayPlanIn, maySeeWalks, streetUnitId,
    read, setPatrols, choosePeriod, setScope, enter, leave,
  }
})
