import type { AccessGround } from '@/algorithms/routing/access-ground'
import { SPECIAL_CATEGORY_CODES } from '@/core/categories'
import { COVERAGE_SETTINGS } from '@/core/coverage/coverage-scope'
import type { SitedStation, SitingFigures, SitingScenario, SitingTask } from '@/core/coverage/siting'
import type { Scope } from '@/core/scope'
import type { LngLat } from '@/core/units'
import { defineStore } from 'pinia'
import { computed, markRaw, ref, shallowRef, watch } from 'vue'
import { useGroundStore } from './ground-store'
import { publishWalks } from './operations/publish-walks'
import { placesAt, snapPlaces, type SitePlace } from './operations/siting-candidates'
import { sitingDemand, type SitingDemand } from './operations/siting-demand'
import { needByCommunity, sitingOutcome, type SitingNeed, type SitingOutcome } from './operations/siting-outcome'
import { isSameQuestion, valueOfChoice } from './operations/siting-value'
import { createScenarioDocument } from './siting-document'
import { createSitingKeeping } from './siting-keeping'
import { browserShelf } from './siting-repository'
import { createSolving, withAnswer } from './siting-solving'
import { useCoverageStore } from './store'

/** Scenarios compared side by side at most. */
export const MOST_COMPARED = 4
const LONGEST_NAME = 60
/** Of a street that is not measured. */
const NO_FIGURES: SitingFigures = { households: 0, served: 0, full: 0, far: 0, refused: 0, servedBefore: 0, meanM: 0, worstM: 0 }

/** Where new stations would stand: the scenario in hand, whom it serves, and those beside it. */
export const useSitingStore = defineStore('coverage-siting', () => {
  const room = useCoverageStore()
  const streets = useGroundStore()
  /** What the tab shows: the list, the form of a new scenario, or the one in hand. */
  const page = ref<'list' | 'form' | 'scenario'>('list')
  /** What the form begins with; null: the rules in force. */
  const formTask = shallowRef<SitingTask | null>(null)
  /** Candidates put on the map by hand, for the form. */
  const addedPlaces = shallowRef<readonly LngLat[]>([])
  /** Site that is chosen in list and map, of the scenario in hand. */
  const site = ref<number | null>(null)
  /** Ids of the scenarios compared; '' the one in hand while it has none. */
  const compared = ref<readonly string[]>([])

  const ground = computed<AccessGround | null>(() => streets.measured?.ground ?? null)
  const accessLimitM = (community: number): number => (room.coverageScope?.settings[community] ?? COVERAGE_SETTINGS).accessLimitM
  const specialCategories = SPECIAL_CATEGORY_CODES

  const hand = createScenarioDocument(
    {
      place: () => (room.person && room.scope ? { personId: room.person.personId, landId: room.scope.landId } : null),
      keepingFailed: () => room.notify('warning', 'siting.notKept'),
    },
    browserShelf,
  )
  const scenarios = computed(() => room.coverageScope?.scenarios.filter(({ state }) => state !== 'dropped') ?? [])
  const scenarioOf = (id: string | null): SitingScenario | null => scenarios.value.find((one) => one.id === id) ?? null
  /** Whether what is in hand is this person's to change; and whether it can be now, as no act is under way with it. */
  const isDrafting = computed(() => room.maySet && hand.scenario.value?.state === 'draft')
  const mayEdit = computed(() => isDrafting.value && !keeping.busy.value)

  // ── whom a scenario serves ──────────────────────────────────────────────────────────────────────────────────────────
  let demands = new Map<string, SitingDemand>()
  let outcomes = new WeakMap<readonly SitedStation[], { readonly task: SitingTask; readonly outcome: SitingOutcome }>()
  watch([ground, () => room.scope], () => {
    demands = new Map()
    outcomes = new WeakMap()
  }, { flush: 'sync' })

  function demandOf(task: SitingTask, land: AccessGround, scope: Scope): SitingDemand {
    const key = [...task.communities].sort((a, b) => a - b).join()
    const known = demands.get(key)
    if (known) return known
    const demand = markRaw(sitingDemand(task, scope.buildings, land.doors))
    demands.set(key, demand)
    return demand
  }

  /** At once, by the stations, ways and households there are now; null before the street is measured. */
  function outcomeOf(task: SitingTask, sites: readonly SitedStation[], arePublished = false): SitingOutcome | null {
    const [land, { scope }] = [ground.value, room]
    if (!land || !scope || land.doors.edge.length !== scope.buildings.count || land.stations.edge.length !== scope.stations.length) return null
    const known = outcomes.get(sites)
    if (known && known.task === task) return known.outcome
    const snaps = snapPlaces(land, scope.land.frame, sites, accessLimitM)
    const outcome = markRaw(sitingOutcome(task, sites, snaps, demandOf(task, land, scope), land, scope, arePublished))
    outcomes.set(sites, { task, outcome })
    return outcome
  }
  const outcomeOfScenario = ({ task, sites, state }: SitingScenario): SitingOutcome | null => outcomeOf(task, sites, state === 'published')
  const needOf = (scenario: SitingScenario): SitingNeed[] => {
    const outcome = outcomeOfScenario(scenario)
    return outcome && room.scope ? needByCommunity(outcome, scenario.task, room.scope, specialCategories) : []
  }
  const outcome = computed(() => (hand.scenario.value && ground.value ? outcomeOfScenario(hand.scenario.value) : null))
  const need = computed(() => (hand.scenario.value && ground.value ? needOf(hand.scenario.value) : []))

  /**
   * A scenario as it stands with other sites: figures follow, and what the aim comes to, by as much as it changes. Where that is not known,
   * or the bound is that of another question, nothing is proved: both are 0.
   */
  function withSites(scenario: SitingScenario, sites: readonly SitedStation[]): SitingScenario {
    const [before, after] = [outcomeOf(scenario.task, scenario.sites), outcomeOf(scenario.task, sites)]
    if (!before || !after) return { ...scenario, sites, value: 0, bound: 0 }
    const [was, is] = [valueOfChoice(scenario.task, before, scenario.sites.length), valueOfChoice(scenario.task, after, sites.length)]
    const { figures } = after
    if (was === null || is === null || scenario.bound === 0 || !isSameQuestion(scenario.task, sites, before, after)) return { ...scenario, sites, figures, value: 0, bound: 0 }
    return { ...scenario, sites, figures, value: Math.max(0, scenario.value + is - was) }
  }

  // ── choosing sites ──────────────────────────────────────────────────────────────────────────────────────────────────
  const placeName = ({ building, community }: SitePlace): string => {
    const own = building < 0 ? '' : room.scope?.buildings.addresses[building] || room.scope?.buildings.names[building] || ''
    return own || room.scope?.communities[community]?.name || ''
  }
  const stationName = (place: SitePlace, level: SitedStation['level'], index: number): string =>
    room.translate('coverage.siting.newName', { place: placeName(place), level: room.translate(`station.${level}`, {}), n: index + 1 }).slice(0, LONGEST_NAME)

  /** What the solver gave last: where that is still in hand, a better answer takes its place. */
  let answered: readonly SitedStation[] | null = null
  /** What is being solved: a new scenario, or the one that was in hand when it was asked, as `begun` tells. */
  let asked = { title: '', isAgain: false, begun: 0 }
  const solving = createSolving({
    scope: () => room.scope,
    ground: async () => (await streets.measure())?.ground ?? null,
    accessLimitM,
    nameOf: stationName,
    take(task, sites, solved, isFirst) {
      // Another one was taken in hand since, or this one let go: the answer is to nobody's question.
      if (hand.begun() !== asked.begun) return solving.stop()
      const inHand = hand.scenario.value
      const found = outcomeOf(task, sites)
      if (isFirst) {
        const { title, isAgain } = asked
        const made: SitingScenario = {
          id: '', number: 0, title, state: 'draft', revision: 0, savedAt: '', savedBy: '', ...(isAgain ? inHand : {}), task, sites,
          figures: found?.figures ?? NO_FIGURES, value: solved.value, bound: solved.bound,
        }
        if (isAgain) hand.edit(made)
        else {
          hand.begin(made, null)
          asked = { ...asked, begun: hand.begun() }
          room.scenarioId = null
          page.value = 'scenario'
        }
        room.drawerTab = 'scenarios'
        site.value = null
        lookAt(sites.map(({ at }) => at))
      } else if (inHand && inHand.sites === answered) {
        hand.better({ ...withAnswer(inHand, sites, solved), figures: found?.figures ?? NO_FIGURES })
      } else {
        // Edited by hand meanwhile: what is proved holds all the same, where it is still an answer to this question.
        if (inHand && inHand.task === task && inHand.bound > 0) hand.better({ ...inHand, bound: solved.bound })
        return
      }
      answered = sites
    },
    fail: room.fail,
  })

  /** Whether what is in hand may be let go: it is saved, or one says so. */
  const mayLetGo = (): boolean => !hand.unsaved.value || window.confirm(room.translate('coverage.siting.leaveUnsaved', {}))

  /** Open the form of a new scenario, or that of the one in hand to be solved again. */
  function openForm(task: SitingTask | null = null): void {
    formTask.value = task
    solving.refusal.value = ''
    addedPlaces.value = task?.added ?? []
    room.panelTab = 'siting'
    page.value = 'form'
  }
  /** Solve a task: a new scenario, or the one in hand anew. */
  async function solve(task: SitingTask, title: string): Promise<boolean> {
    const isAgain = formTask.value !== null && hand.scenario.value !== null
    if (isAgain ? !mayEdit.value : !mayLetGo()) return false
    if (isAgain) page.value = 'scenario'
    else if (hand.scenario.value) hand.begin(null, null)
    asked = { title, isAgain, begun: hand.begun() }
    return solving.solve(task)
  }
  /** Take a scenario in hand; null: back to the list. What is not saved of another is let go only when one says so. */
  function open(id: string | null): void {
    if (id !== null && id === hand.scenario.value?.id) {
      page.value = 'scenario'
      return
    }
    if (id === null && hand.unsaved.value) {
      // It stays in hand, and in the list.
      page.value = 'list'
      return
    }
    if (!mayLetGo()) return
    solving.stop()
    const found = scenarioOf(id)
    hand.begin(found, found)
    room.scenarioId = found?.id ?? null
    site.value = null
    page.value = found ? 'scenario' : 'list'
    if (found) lookAt(found.sites.map(({ at }) => at))
  }
  /** Back to what is in hand and not saved. */
  const resume = (): void => void (page.value = hand.scenario.value ? 'scenario' : 'list')

  // ── by hand ─────────────────────────────────────────────────────────────────────────────────────────────────────────
  const edit = (change: (scenario: SitingScenario) => SitingScenario): void => {
    const inHand = hand.scenario.value
    if (inHand && mayEdit.value) hand.edit(change(inHand))
  }
  const rename = (title: string): void => edit((scenario) => ({ ...scenario, title }))
  /** Change a site; one that is moved is by hand from then on. */
  const changeSite = (index: number, change: Partial<SitedStation>): void =>
    edit((scenario) => {
      const sites = scenario.sites.map((one, k) => (k === index ? { ...one, ...change } : one))
      // A name or a level changes nobody's walk.
      return 'at' in change || 'capacity' in change ? withSites(scenario, sites) : { ...scenario, sites }
    })
  const removeSite = (index: number): void => {
    edit((scenario) => withSites(scenario, scenario.sites.filter((_, k) => k !== index)))
    site.value = null
  }
  /** Where a station can be at a place: why not, or what lies there. */
  function placeFor(at: LngLat): SitePlace | 'outside' | 'no_street' {
    const [land, { scope }] = [ground.value, room]
    if (!land || !scope) return 'no_street'
    const [place] = placesAt(scope, [at])
    if (place.community < 0) return 'outside'
    return snapPlaces(land, scope.land.frame, [place], accessLimitM).edge[0] < 0 ? 'no_street' : place
  }
  const asSite = (place: SitePlace) => ({ at: place.at, community: place.community, buildingId: place.building < 0 ? null : (room.scope?.buildings.ids[place.building] ?? null), byHand: true })
  /** Put a station somewhere by hand; why not is said. */
  function addSite(at: LngLat): boolean {
    const place = placeFor(at)
    const scenario = hand.scenario.value
    if (typeof place === 'string' || !scenario || !mayEdit.value) return refuse(place)
    const { level, capacity } = scenario.task
    edit((own) => withSites(own, [...own.sites, { ...asSite(place), level, capacity, name: stationName(place, level, own.sites.length) }]))
    site.value = scenario.sites.length
    return true
  }
  /** A further candidate for the form. */
  function addCandidate(at: LngLat): boolean {
    const place = placeFor(at)
    if (typeof place === 'string') return refuse(place)
    addedPlaces.value = [...addedPlaces.value, place.at]
    return true
  }
  function moveSite(index: number, at: LngLat): boolean {
    const place = placeFor(at)
    if (typeof place === 'string' || !mayEdit.value) return refuse(place)
    changeSite(index, asSite(place))
    return true
  }
  function refuse(why: unknown): false {
    if (typeof why === 'string') room.notify('warning', `siting.cannot.${why}`)
    return false
  }
  /** The task of the scenario in hand with a place forced, barred, or neither: for solving again. */
  function ruleOn(at: LngLat, rule: 'forced' | 'barred' | null): void {
    const isOther = (one: LngLat): boolean => one[0] !== at[0] || one[1] !== at[1]
    edit((scenario) => {
      const [forced, barred] = [scenario.task.forced.filter(isOther), scenario.task.barred.filter(isOther)]
      const task = { ...scenario.task, forced: rule === 'forced' ? [...forced, at] : forced, barred: rule === 'barred' ? [...barred, at] : barred }
      return { ...scenario, task }
    })
  }

  function lookAt(places: readonly LngLat[]): void {
    if (places.length === 0) return
    const [lngs, lats] = [places.map(([lng]) => lng), places.map(([, lat]) => lat)]
    requestAnimationFrame(() => requestAnimationFrame(() => room.map?.fit([Math.min(...lngs), Math.min(...lats), Math.max(...lngs), Math.max(...lats)], { maxZoom: 16.5 })))
  }

  // ── keeping and comparing ───────────────────────────────────────────────────────────────────────────────────────────
  const keeping = createSitingKeeping({
    scope: () => room.scope,
    hand,
    read: () => room.read(),
    scenarioOf,
    choose: (id) => (room.scenarioId = id),
    async walksWith({ sites }) {
      const { scope: before, coverageScope } = room
      if (!before || !coverageScope) return null
      const revisionOf = new Map(before.communities.map(({ id }, k) => [id, coverageScope.access.revisions[k]]))
      // The street shown may be older than these revisions are: walks are those of the street as it is loaded now.
      if (!(await room.readStreet())) return null
      const { scope } = room
      const found = await streets.measure()
      if (!found || !scope || room.scope !== scope) return null
      return publishWalks(sites, found.ground, scope, { revisions: Int32Array.from(scope.communities, ({ id }) => revisionOf.get(id) ?? 0) }, accessLimitM)
    },
    reloadStreet: async () => room.workspace?.reloadScope(),
    notify: room.notify,
    wordsOf: room.wordsOf,
    copyTitle: (title) => room.translate('coverage.conflict.copyTitle', { title }).slice(0, LONGEST_NAME),
  })
  /** Scenarios side by side: the one in hand stands for what is saved of it. */
  const comparable = computed<readonly SitingScenario[]>(() => {
    const inHand = hand.scenario.value
    return inHand ? [inHand, ...scenarios.value.filter(({ id }) => id !== inHand.id)] : scenarios.value
  })
  const comparison = computed(() => comparable.value.filter(({ id }) => compared.value.includes(id)))
  function toggleCompared(id: string): void {
    compared.value = compared.value.includes(id) ? compared.value.filter((one) => one !== id) : [...compared.value, id].slice(-MOST_COMPARED)
  }

  /** The tab is looked at: the street is measured, and what this browser kept of it taken up. */
  let ofLand: number | null = null
  let isEntered = false
  async function enter(): Promise<void> {
    isEntered = true
    void streets.measure()
    const landId = room.scope?.landId ?? null
    if (landId === ofLand) return
    ofLand = landId
    page.value = 'list'
    compared.value = []
    if (await hand.takeUp()) page.value = 'scenario'
    else if (scenarioOf(room.scenarioId)) open(room.scenarioId)
  }
  watch(() => [room.scope, room.coverageScope] as const, ([scope, coverageScope]) => {
    if (scope && coverageScope && isEntered) void enter()
  })
  watch(() => room.scope?.landId, () => {
    solving.stop()
    solving.candidates.value = null
    hand.putDown()
    ofLand = null
    page.value = 'list'
  }, { flush: 'sync' })

  return {
    page, formTask, addedPlaces, site, compared, ground, scenario: hand.scenario, saved: hand.saved, past: hand.past, future: hand.future, unsaved: hand.unsaved, scenarios, isDrafting, mayEdit, outcome, need,
    progress: solving.progress, candidates: solving.candidates, refusal: solving.refusal, keeping, comparable, comparison,
    outcomeOf: outcomeOfScenario, needOf, openForm, solve, stop: solving.stop, open, resume, undo: () => mayEdit.value && hand.undo(), redo: () => mayEdit.value && hand.redo(), rename, changeSite, removeSite, addSite, addCandidate, moveSite, ruleOn,
    lookAt, toggleCompared, enter,
  }
})
