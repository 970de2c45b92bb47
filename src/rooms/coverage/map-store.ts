import { GAP_REASONS } from '@/core/coverage/gap'
import { middleOf, toDegrees } from '@/core/places-in-metres'
import type { Station } from '@/core/scope'
import type { LngLat, LngLatBounds } from '@/core/units'
import type { Selection } from '@/core/workspace'
import { LAYER, SOURCE, type MapEngine, type ScreenPoint } from '@/map/contracts'
import { gapIcon, stationIcon, UNSNAPPED_ICON } from '@/map/gap-icons'
import { giveWay } from '@/map/give-way'
import { STATION_ZOOMS } from '@/map/map-icons'
import { defineStore } from 'pinia'
import { computed, markRaw, ref, shallowRef, watch } from 'vue'
import { useAccessStore } from './access-store'
import { useGroundStore } from './ground-store'
import { gapLines, reachLines } from './hover-words'
import { addCoverageLayers, COVERAGE_SOURCE, DOOR_LAYER, draw, GAP_LAYER, reachState, STATION_LAYER, type TintState } from './layers'
import { clusterPlaces, type GapCluster } from './operations/cluster-places'
import { gapPlaces, hasSeveralReasons, leadingReason, levelAt, levelZooms, type GapPlace } from './operations/gap-places'
import { areaFeatures, circleFeature, wayFeatures } from './operations/reach-features'
import { gapShades, tallyGaps } from './operations/tally-gaps'
import type { PanelTab } from './panes'
import { useSitingStore } from './siting-store'
import { useCoverageStore } from './store'

/** What the map tells: who is in gap, who reaches a station, or neither. */
export const MAP_THEMES = ['gaps', 'access', 'none'] as const
export type CoverageTheme = (typeof MAP_THEMES)[number]

const USUAL: Readonly<Record<PanelTab, CoverageTheme>> = { gaps: 'gaps', access: 'access', siting: 'none', chain: 'none' }
/** With so many stations at most, the circle of each is drawn; else that of the one selected. */
const MOST_CIRCLES = 12
/** Signs are gathered anew by quarters of a step of zoom. */
const zoomStep = (zoom: number): number => Math.floor(zoom * 4) / 4
/** Nearer than that, what a sign gathers is not parted by going nearer. */
const NEAREST_ZOOM = 19
const NOTHING: TintState = { gap: 0, reach: 0 }

/** What the room draws, and what a press on it does; kept in step with the room's choice. */
export const useCoverageMap = defineStore('coverage-map', () => {
  const room = useCoverageStore()
  const access = useAccessStore()
  const ground = useGroundStore()
  const siting = useSitingStore()
  /** Meaning of tints and signs by tab, where it was chosen. */
  const themes = shallowRef<Partial<Record<PanelTab, CoverageTheme>>>({})
  const theme = computed<CoverageTheme>({
    get: () => themes.value[room.panelTab] ?? USUAL[room.panelTab],
    set: (next) => (themes.value = { ...themes.value, [room.panelTab]: next }),
  })
  /** Service areas are drawn. */
  const areas = ref(true)
  const zoom = ref(0)
  /** Level of the chain that is looked at. */
  const chainLevel = ref<Station['level']>('community_station')

  let takeAway: (() => void) | null = null
  const ends: (() => void)[] = []
  let pointer: ScreenPoint | null = null
  let frame = 0
  const engine = (): MapEngine | null => (takeAway ? room.map : null)

  const tally = computed(() => (room.scope && room.coverageScope ? markRaw(tallyGaps(room.coverageScope.households, room.scope.buildings.count, room.shownHouseholds)) : null))
  const zooms = computed(() => (room.scope ? levelZooms(room.scope) : null))
  /** What signs are summed by at this zoom. */
  const level = computed(() => (zooms.value ? levelAt(zooms.value, zoom.value) : 'community'))
  const places = computed<readonly GapPlace[]>(() => (room.scope && tally.value ? markRaw(gapPlaces(room.scope, tally.value, level.value)) : []))
  const clusters = computed<readonly GapCluster[]>(() => (room.scope ? markRaw(clusterPlaces(places.value, metresPerPx(zoom.value, room.scope.bounds))) : []))

  const point = ([lng, lat]: LngLat, properties: Record<string, unknown>): GeoJSON.Feature => ({ type: 'Feature', properties, geometry: { type: 'Point', coordinates: [lng, lat] } })

  /** Whether what is selected lies under a sign. */
  function holdsSelected({ places: own }: GapCluster): boolean {
    const { selection, scope } = room
    if (!selection || !scope) return false
    if (selection.kind === 'building' || selection.kind === 'household') {
      const building = selection.kind === 'building' ? selection.index : selection.buildingIndex
      return own.some(({ buildings }) => buildings.includes(building))
    }
    if (selection.kind === 'compound') return own.some(({ buildings }) => buildings.some((building) => scope.buildings.compound[building] === selection.index))
    return own.length === 1 && isSame(own[0].selection, selection)
  }

  function drawGaps(): void {
    const [map, { scope }] = [engine(), room]
    if (!map) return
    draw(map, COVERAGE_SOURCE.gaps, !scope || theme.value !== 'gaps' ? [] : clusters.value.map((cluster, k) =>
      point(toDegrees(scope.land.frame, cluster.xM, cluster.yM), {
        cluster: k, order: cluster.inGap, icon: gapIcon(leadingReason(cluster.byMain), cluster.inGap, hasSeveralReasons(cluster.byMain), holdsSelected(cluster)),
      })))
  }

  /** Tints are states of the street's own sources, so nothing is drawn twice. */
  function drawTints(): void {
    const [map, { scope }] = [engine(), room]
    if (!map || !scope) return
    const shades = theme.value === 'gaps' && tally.value ? gapShades(tally.value, scope.buildings.compound, scope.compounds.length) : null
    const reach = theme.value === 'access' ? access.answer?.comparison.reach : undefined
    const isTold = (building: number): boolean => access.households[building] > 0 && (room.community === null || scope.buildings.community[building] === room.community)
    for (let building = 0; building < scope.buildings.count; building++) {
      map.setState(SOURCE.buildings, building, { gap: shades?.buildings[building] ?? 0, reach: reach && isTold(building) ? reachState(reach[building]) : 0 } satisfies TintState)
    }
    for (let compound = 0; compound < scope.compounds.length; compound++) map.setState(SOURCE.compounds, compound, { gap: shades?.compounds[compound] ?? 0 } satisfies TintState)
  }

  /** Levels whose stations are seen from afar where the map tells of nothing else: those the tab is about. */
  const levelsTold = computed<readonly Station['level'][]>(() => {
    if (theme.value !== 'none') return []
    if (room.panelTab === 'chain') return [chainLevel.value]
    return room.panelTab === 'siting' ? ((siting.page === 'form' ? siting.formTask : siting.page === 'scenario' ? siting.scenario?.task : null)?.keptLevels ?? access.rules.stationLevels) : []
  })

  function drawStations(): void {
    const [map, { scope }] = [engine(), room]
    if (!map) return
    const full = new Set(theme.value === 'access' ? access.rows.filter(({ isFull }) => isFull).map(({ station }) => station) : [])
    const open = new Set(access.stations.open)
    const isAsked = (station: number): boolean => open.has(station) || access.stations.shut.includes(station) || access.stations.unknown.includes(station)
    draw(map, COVERAGE_SOURCE.stations, (scope?.stations ?? []).map(({ level: own, at }, station) => {
      const stand = full.has(station) ? 'full' : theme.value === 'access' && isAsked(station) && !open.has(station) ? 'shut' : 'usual'
      return point(at, { station, icon: stationIcon(own, stand), order: -STATION_ZOOMS[own], fromZoom: levelsTold.value.includes(own) || (isAsked(station) && theme.value === 'access') ? 0 : STATION_ZOOMS[own] - (isAsked(station) ? 1 : 0) })
    }))
  }

  function drawReach(): void {
    const [map, { scope }] = [engine(), room]
    const { answer } = access
    const { ground: land } = ground.measured ?? {}
    if (!map) return
    const isShown = scope && answer && land && areas.value && theme.value !== 'none'
    draw(map, COVERAGE_SOURCE.areas, isShown ? areaFeatures(scope.land.frame, answer.areas) : [])
    const selected = room.selection?.kind === 'station' ? room.selection.index : -1
    const isAccess = isShown && theme.value === 'access'
    draw(map, COVERAGE_SOURCE.ways, isAccess && selected >= 0 ? wayFeatures(scope.land.frame, answer.pieces, selected) : [])
    const round = access.stations.open.filter((station) => station === selected || (selected < 0 && access.stations.open.length <= MOST_CIRCLES))
    draw(map, COVERAGE_SOURCE.circles, isAccess ? round.map((station) => circleFeature(scope.land.frame, land.stations.xyM[2 * station], land.stations.xyM[2 * station + 1], access.limitM)) : [])
    draw(map, COVERAGE_SOURCE.doors, isAccess ? access.refusedRows.map(({ building }) => point(middleOf(scope.buildings, building), { building, icon: UNSNAPPED_ICON })) : [])
  }

  /** Bring a place into view, once a panel that opens beside the map has done so. */
  function locate(bounds: LngLatBounds, maxZoom = 17.5): void {
    room.workspace?.page.set('map')
    requestAnimationFrame(() => requestAnimationFrame(() => room.map?.fit(bounds, { maxZoom })))
  }
  /** Select a building, or a station with its circle, and bring it into view. */
  function show(selection: Extract<Selection, { kind: 'building' | 'station' }>): void {
    if (!room.scope) return
    room.workspace?.selection.set(selection)
    const { land: { frame: { mPerDegLng, mPerDegLat } }, stations, buildings } = room.scope
    const [lng, lat] = selection.kind === 'station' ? stations[selection.index].at : middleOf(buildings, selection.index)
    const aroundM = selection.kind === 'station' ? access.limitM : 0
    locate([lng - aroundM / mPerDegLng, lat - aroundM / mPerDegLat, lng + aroundM / mPerDegLng, lat + aroundM / mPerDegLat])
  }

  function boundsOf(buildings: readonly number[]): LngLatBounds {
    const corners = buildings.map((building) => middleOf(room.scope!.buildings, building))
    const [lngs, lats] = [corners.map(([lng]) => lng), corners.map(([, lat]) => lat)]
    return [Math.min(...lngs), Math.min(...lats), Math.max(...lngs), Math.max(...lats)]
  }

  /** A sign of one building or compound selects it; one that sums more is gone nearer to, until that parts nothing. */
  function pick(at: ScreenPoint): boolean {
    const map = engine()
    if (!map || !room.scope) return false
    const k = map.query(at, [GAP_LAYER])[0]?.properties.cluster
    const cluster = typeof k === 'number' ? clusters.value[k] : undefined
    if (cluster) {
      const [{ selection, buildings }] = cluster.places
      const isOne = cluster.places.length === 1 && (selection?.kind === 'building' || selection?.kind === 'compound' || buildings.length === 1)
      if (isOne || map.view.get().zoom >= NEAREST_ZOOM) room.workspace?.selection.set(selection?.kind === 'compound' ? selection : { kind: 'building', index: buildings[0] })
      else map.fit(boundsOf(cluster.places.flatMap((place) => place.buildings)), { maxZoom: Math.max(zooms.value?.[nextLevel()] ?? 0, map.view.get().zoom + 1) })
      return true
    }
    const hit = map.query(at, [STATION_LAYER, DOOR_LAYER])[0]?.properties
    if (typeof hit?.station === 'number') room.workspace?.selection.set({ kind: 'station', index: hit.station })
    else if (typeof hit?.building === 'number') room.workspace?.selection.set({ kind: 'building', index: hit.building })
    return hit !== undefined
  }
  const nextLevel = () => (level.value === 'community' ? 'grid' : level.value === 'grid' ? 'compound' : 'building')

  /** Words beside the pointer: what a sign sums, or how the building under it stands. */
  function tellHover(): void {
    const { workspace, map, scope, coverageScope } = room
    if (!workspace || !map || !scope || !coverageScope) return
    const say = (key: string, values: Record<string, string | number> = {}): string => room.translate(`coverage.${key}`, values)
    const k = pointer && engine() ? map.query(pointer, [GAP_LAYER])[0]?.properties.cluster : undefined
    const cluster = typeof k === 'number' ? clusters.value[k] : undefined
    if (cluster) return workspace.hoverLines.set(gapLines({ say, scope }, cluster))
    const under = workspace.hover.get()
    if (!pointer || under?.kind !== 'building' || theme.value === 'none') return workspace.hoverLines.set([])
    if (theme.value === 'access') return workspace.hoverLines.set(access.answer && ground.measured ? reachLines({ say, scope }, under.index, access.households[under.index], access.answer, ground.measured.ground) : [])
    const [building, here] = [under.index, tally.value]
    const own: GapPlace['selection'] = { kind: 'building', index: building }
    workspace.hoverLines.set(!here || here.inGap[building] === 0 ? [] : gapLines({ say, scope }, {
      places: [{ selection: own, community: scope.buildings.community[building], buildings: [building] }],
      byMain: here.byMain.subarray(GAP_REASONS.length * building, GAP_REASONS.length * (building + 1)),
      inGap: here.inGap[building],
    }))
  }

  function hover(at: ScreenPoint | null): void {
    pointer = at
    cancelAnimationFrame(frame)
    frame = requestAnimationFrame(tellHover)
  }

  /** The room's page opens: its layers come on the map, once the street's own are there to be drawn upon. */
  function enter(): void {
    attach()
    ends.push(watch(() => room.scope, attach))
  }

  function attach(): void {
    const { map, workspace } = room
    if (!map || !workspace || !room.scope || takeAway) return
    takeAway = addCoverageLayers(map)
    zoom.value = zoomStep(map.view.get().zoom)
    const hideStations = (): void => map.setVisible(LAYER.stations, false)
    hideStations()
    const now = { immediate: true } as const
    ends.push(
      giveWay(map, workspace),
      // The shell switches its layers first: it heard of the change before.
      workspace.layers.subscribe(hideStations),
      () => map.setVisible(LAYER.stations, workspace.layers.get().includes('stations')),
      map.onPick(pick),
      map.view.subscribe((view) => (zoom.value = zoomStep(view.zoom))),
      workspace.hover.subscribe(tellHover),
      watch([theme, areas], () => (access.wanted = theme.value === 'access' || (theme.value === 'gaps' && areas.value)), now),
      watch([clusters, theme, () => room.selection], drawGaps, now),
      watch([tally, theme, () => access.answer, () => room.community], drawTints, now),
      watch([() => room.scope, () => access.stations, () => access.rows, theme, levelsTold], drawStations, now),
      watch([() => access.answer, () => access.limitM, theme, areas, () => room.selection, () => access.refusedRows], drawReach, now),
    )
  }

  /** The page closes: the map is as the shell has it. */
  function leave(): void {
    const { map, scope } = room
    ends.splice(0).forEach((end) => end())
    takeAway?.()
    takeAway = null
    access.wanted = false
    cancelAnimationFrame(frame)
    pointer = null
    room.workspace?.hoverLines.set([])
    for (let building = 0; map && building < (scope?.buildings.count ?? 0); building++) map.setState(SOURCE.buildings, building, NOTHING)
    for (let compound = 0; map && compound < (scope?.compounds.length ?? 0); compound++) map.setState(SOURCE.compounds, compound, NOTHING)
  }

  return { theme, areas, chainLevel, tally, level, places, clusters, locate, show, hover, enter, leave }
})

const isSame = (a: Selection | null, b: Selection): boolean => a !== null && JSON.stringify(a) === JSON.stringify(b)

/** Metres of one CSS pixel; 512 px tiles. */
function metresPerPx(zoom: number, [, south, , north]: LngLatBounds): number {
  return (Math.cos((((south + north) / 2) * Math.PI) / 180) * 40075016.686) / (512 * 2 ** zoom)
}
