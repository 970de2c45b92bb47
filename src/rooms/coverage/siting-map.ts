import { middleOf } from '@/core/places-in-metres'
import type { LngLat } from '@/core/units'
import type { MapEngine, ScreenPoint } from '@/map/contracts'
import { placeMode } from '@/map/place-mode'
import { defineStore } from 'pinia'
import { ref, watch } from 'vue'
import { addSitingLayers, drawSiting, SITE_LAYER, SITING_SOURCE } from './siting-layers'
import { useSitingStore } from './siting-store'
import { useCoverageStore } from './store'

/** What a press on the map does: a station by hand, the chosen one elsewhere, a further candidate. */
export const SITING_TOOLS = ['add', 'move', 'candidate'] as const
export type SitingTool = (typeof SITING_TOOLS)[number]

/** Siting on the map: candidates, new stations, and the buildings that are left out; stations put and moved by hand. */
export const useSitingMap = defineStore('coverage-siting-map', () => {
  const room = useCoverageStore()
  const siting = useSitingStore()
  const tool = ref<SitingTool | null>(null)
  let takeAway: (() => void) | null = null
  const ends: (() => void)[] = []
  const engine = (): MapEngine | null => (takeAway ? room.map : null)

  const point = ([lng, lat]: LngLat, properties: Record<string, unknown>): GeoJSON.Feature => ({ type: 'Feature', properties, geometry: { type: 'Point', coordinates: [lng, lat] } })
  const isShown = (): boolean => room.panelTab === 'siting' && siting.page !== 'list'

  function drawSites(): void {
    const map = engine()
    if (!map) return
    const sites = isShown() && siting.page === 'scenario' ? (siting.scenario?.sites ?? []) : []
    drawSiting(map, SITING_SOURCE.sites, sites.map(({ at }, k) => point(at, { site: k, number: String(k + 1), chosen: siting.site === k })))
  }
  function drawCandidates(): void {
    const map = engine()
    if (!map) return
    const byRule = isShown() && siting.page === 'scenario' && siting.scenario?.state === 'draft' ? (siting.candidates?.places ?? []) : []
    const byHand = isShown() && siting.page === 'form' ? siting.addedPlaces : []
    drawSiting(map, SITING_SOURCE.candidates, [...byRule.map(({ at }) => point(at, { hand: false })), ...byHand.map((at) => point(at, { hand: true }))])
  }
  function drawNeed(): void {
    const [map, { scope }] = [engine(), room]
    if (!map) return
    const outcome = isShown() && siting.page === 'scenario' ? siting.outcome : null
    drawSiting(map, SITING_SOURCE.need, !outcome || !scope ? [] : [...outcome.demand.buildings].flatMap((building, k) => {
      const [far, full] = [outcome.far[k], outcome.full[k]]
      return far + full === 0 ? [] : [point(middleOf(scope.buildings, building), { kind: far > 0 ? 'far' : 'full', n: far + full })]
    }))
  }

  /** Take a tool in hand; the same once more, or null: put it down. */
  function setTool(next: SitingTool | null): void {
    const map = engine()
    tool.value = next === tool.value ? null : next
    if (!map) return
    const now = tool.value
    if (now === null) return map.setMode(null)
    room.workspace?.page.set('map')
    map.setMode(placeMode(`coverage:siting:${now}`, (at) => press(now, at)))
  }
  function press(now: SitingTool, at: LngLat): void {
    if (now === 'candidate') return void siting.addCandidate(at)
    const isDone = now === 'add' ? siting.addSite(at) : siting.site !== null && siting.moveSite(siting.site, at)
    // One press, one station; a place that will not do is tried again.
    if (isDone) setTool(null)
  }

  /** A new station is chosen by a press on it. */
  function pick(at: ScreenPoint): boolean {
    const hit = isShown() ? engine()?.query(at, [SITE_LAYER])[0]?.properties.site : undefined
    if (typeof hit !== 'number') return false
    siting.site = siting.site === hit ? null : hit
    return true
  }

  function enter(): void {
    attach()
    ends.push(watch(() => room.scope, attach))
  }
  function attach(): void {
    const { map } = room
    if (!map || !room.scope || takeAway) return
    takeAway = addSitingLayers(map)
    const now = { immediate: true } as const
    const where = [() => room.panelTab, () => siting.page]
    ends.push(
      map.onPick(pick),
      map.mode.subscribe((mode) => {
        if (!mode?.id.startsWith('coverage:siting:')) tool.value = null
      }),
      watch([...where, () => siting.scenario, () => siting.site], drawSites, now),
      watch([...where, () => siting.candidates, () => siting.scenario, () => siting.addedPlaces], drawCandidates, now),
      watch([...where, () => siting.outcome], drawNeed, now),
      watch([...where, () => siting.scenario?.id], () => tool.value && setTool(null)),
    )
  }
  /** The page closes: the gesture ends, the map is as the shell has it. */
  function leave(): void {
    if (tool.value) setTool(null)
    ends.splice(0).forEach((end) => end())
    takeAway?.()
    takeAway = null
  }

  return { tool, setTool, enter, leave }
})
