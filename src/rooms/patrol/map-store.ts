import type { LngLat, LngLatBounds } from '@/core/units'
import type { MapEngine, ScreenPoint } from '@/map/contracts'
import { giveWay } from '@/map/give-way'
import { checkpointIcon, GATE_ICON } from '@/map/patrol-icons'
import { defineStore } from 'pinia'
import { computed, markRaw, reactive, ref, shallowRef, watch } from 'vue'
import { createChoosing, type PlacedThing } from './choosing'
import { streetLines } from './hover-words'
import { addPatrolLayers, draw, PATROL_SOURCE, ROUTE_LAYERS, SIGN_LAYER } from './layers'
import type { CoveredStretch, StreetTheme } from './map-data'
import { checkpointStands } from './operations/checkpoint-stands'
import { findBreaks } from './operations/find-breaks'
import { routeFeatures } from './operations/route-features'
import { coverageFeatures, dutyFeatures, lineFeature, recencyFeatures, stretchFeatures, type DrawGround } from './operations/street-features'
import { matchedFeatures, traceFeatures } from './operations/walk-features'
import type { PanelTab } from './panes'
import { usePatrolStore } from './store'
import { createStreetWork } from './street-work'

/** Islands shorter than this are not told of: bits of line that maps are full of. */
const LEAST_ISLAND_M = 20

/** What the room draws, and what is done by pressing the map; kept in step with the room's choice. */
export const usePatrolMap = defineStore('patrol-map', () => {
  const room = usePatrolStore()
  /** What became of the streets in the days shown, kept by the store of coverage while the colours mean it; null else. */
  const covered = shallowRef<readonly CoveredStretch[] | null>(null)
  /** Meaning of the colours by tab, where it was chosen. */
  const themes = shallowRef<Partial<Record<PanelTab, StreetTheme>>>({})
  const usual = computed<StreetTheme>(() => {
    if (room.panelTab === 'streets') return 'duty'
    if (room.panelTab === 'coverage') return 'coverage'
    return room.panelTab === 'plan' && !room.shownPlan ? 'duty' : 'none'
  })
  const theme = computed<StreetTheme>({
    get: () => themes.value[room.panelTab] ?? usual.value,
    set: (next) => (themes.value = { ...themes.value, [room.panelTab]: next }),
  })

  let takeAway: (() => void) | null = null
  const ends: (() => void)[] = []
  let pointer: ScreenPoint | null = null
  let frame = 0
  const engine = (): MapEngine | null => (takeAway ? room.map : null)

  const ground = computed<DrawGround | null>(() => (room.scope ? markRaw({ streets: room.measured, frame: room.scope.land.frame }) : null))
  /** Where the streets do not hang together. */
  const breaks = computed(() => {
    if (!room.network || !ground.value) return null
    const found = findBreaks(room.network, ground.value.frame)
    return markRaw({ ...found, islands: found.islands.filter(({ metres }) => metres >= LEAST_ISLAND_M) })
  })
  /** End of the day, ms since 1970. */
  const dayEndMs = computed(() => Date.parse(`${room.today}T24:00:00+08:00`))
  const stands = computed(() => markRaw(checkpointStands(room.patrolScope?.checkpoints ?? [], room.patrolScope?.marks ?? [], dayEndMs.value)))
  const routes = computed(() => {
    const plan = room.shownPlan
    if (!plan || !ground.value || room.panelTab !== 'plan') return null
    return markRaw(routeFeatures(room.route === null ? plan.routes : plan.routes.filter(({ number }) => number === room.route), ground.value))
  })

  const choosing = createChoosing(room, engine, (ring) => {
    const map = engine()
    if (map) draw(map, PATROL_SOURCE.ring, ring.length < 3 ? [] : [{ type: 'Feature', properties: {}, geometry: { type: 'Polygon', coordinates: [[...ring, ring[0]].map(([lng, lat]) => [lng, lat])] } }])
  })
  const work = createStreetWork(room)
  /** The checkpoint whose form is open. */
  const editing = ref<number | null>(null)
  /** Ask for a place by a press on the map. */
  function placeOnMap(kind: PlacedThing['kind']): void {
    room.workspace?.page.set('map')
    choosing.setTool(kind)
  }

  const point = ([lng, lat]: LngLat | GeoJSON.Position, properties: Record<string, unknown>): GeoJSON.Feature => ({ type: 'Feature', properties, geometry: { type: 'Point', coordinates: [lng, lat] } })

  function drawStreets(): void {
    const map = engine()
    if (!map) return
    const here = ground.value
    if (!here || theme.value === 'none') return draw(map, PATROL_SOURCE.streets, [])
    if (theme.value === 'duty') return draw(map, PATROL_SOURCE.streets, dutyFeatures(here, room.planning.pieces))
    draw(map, PATROL_SOURCE.streets, covered.value ? (theme.value === 'coverage' ? coverageFeatures : recencyFeatures)(here, covered.value) : [])
  }

  function drawBreaks(): void {
    const map = engine()
    const here = room.planning.streets
    if (!map) return
    const shown = room.panelTab === 'streets' && ground.value && here ? breaks.value : null
    draw(map, PATROL_SOURCE.breaks, !shown || !ground.value ? [] : [
      ...shown.islands.flatMap(({ segments }) => stretchFeatures(ground.value!, room.planning.stretchesOf(segments), () => ({ kind: 'island' }))),
      ...shown.gaps.map(({ line }) => lineFeature(line, { kind: 'gap' })),
    ])
  }

  function drawRoutes(): void {
    const map = engine()
    if (!map) return
    draw(map, PATROL_SOURCE.routes, routes.value?.lines ?? [])
    draw(map, PATROL_SOURCE.ways, routes.value?.ways ?? [])
    drawSigns()
  }

  function drawSigns(): void {
    const map = engine()
    if (!map) return
    const islands = room.panelTab === 'streets' ? (breaks.value?.islands ?? []) : []
    draw(map, PATROL_SOURCE.signs, [
      ...(routes.value?.numbers.map((feature) => ({ ...feature, properties: { ...feature.properties, kind: 'route' } })) ?? []),
      ...islands.map(({ bounds: [west, south, east, north] }, k) => point([(west + east) / 2, (south + north) / 2], { kind: 'number', icon: `island:${k + 1}` })),
      ...(room.patrolScope?.checkpoints ?? []).map(({ id, lngLat }) => point(lngLat, { kind: 'checkpoint', id, icon: checkpointIcon(stands.value.get(id) ?? 'idle') })),
      ...(room.patrolScope?.gates ?? []).map(({ id, lngLat }) => point(lngLat, { kind: 'gate', id, icon: GATE_ICON })),
    ])
  }

  function drawPlaced(): void {
    const map = engine()
    if (!map) return
    const chosen = room.patrolScope?.checkpoints.find(({ id }) => id === room.checkpointId)
    const { placed } = choosing
    draw(map, PATROL_SOURCE.placed, [...(chosen ? [point(chosen.lngLat, {})] : []), ...(placed.value ? [point(placed.value.lngLat, {})] : [])])
  }

  function drawWalk(): void {
    const map = engine()
    if (!map) return
    const track = room.patrolScope?.tracks.findIndex(({ id }) => id === room.trackId) ?? -1
    const more = room.trace && room.trace.trackId === room.trackId ? traceFeatures(room.trace) : []
    draw(map, PATROL_SOURCE.walk, [...(track >= 0 && ground.value && room.patrolScope ? matchedFeatures(ground.value, room.patrolScope.walked, track) : []), ...more])
  }

  function drawChosen(): void {
    const map = engine()
    if (map) draw(map, PATROL_SOURCE.chosen, ground.value ? stretchFeatures(ground.value, room.chosen, () => ({})) : [])
  }

  /** Bring a place into view, once a panel that opens beside the map has done so. */
  function locate(bounds: LngLatBounds): void {
    room.workspace?.page.set('map')
    requestAnimationFrame(() => requestAnimationFrame(() => room.map?.fit(bounds, { maxZoom: 17.5 })))
  }
  const locateAt = ([lng, lat]: LngLat): void => locate([lng, lat, lng, lat])

  /** A click: whoever asked for streets, a checkpoint, a route, a street; else what the shell makes of it. */
  function pick(at: ScreenPoint): boolean {
    const map = engine()
    if (!map) return false
    const segment = choosing.segmentAt(at)
    if (room.streetPick) {
      const [stretch] = segment < 0 ? [] : room.planning.stretchesOf([segment])
      if (stretch) room.streetPick.take(stretch)
      return true
    }
    const sign = map.query(at, [SIGN_LAYER])[0]?.properties
    if (sign?.kind === 'checkpoint') {
      room.checkpointId = Number(sign.id)
      return true
    }
    const route = room.panelTab === 'plan' ? map.query(at, ROUTE_LAYERS)[0]?.properties.route : undefined
    if (typeof route === 'number') {
      room.route = room.route === route ? null : route
      return true
    }
    if (segment < 0 || (room.panelTab !== 'streets' && room.panelTab !== 'coverage')) return false
    const before = choosing.chosenSegments()
    choosing.choose(before.size === 1 && before.has(segment) ? [] : [segment])
    return true
  }

  /** Words beside the pointer: the street under it, and what is known of it. */
  function tellHover(): void {
    const { workspace, scope, patrolScope } = room
    if (!workspace || !scope || !patrolScope) return
    const segment = pointer && (!choosing.tool.value || choosing.tool.value === 'segments') ? choosing.segmentAt(pointer) : -1
    const [stretch] = segment < 0 ? [] : room.planning.stretchesOf([segment])
    const say = (key: string, values: Record<string, string | number> = {}): string => room.translate(`patrol.${key}`, values)
    workspace.hoverLines.set(stretch ? streetLines({ say, scope, pieces: room.planning.pieces, covered: covered.value, routes: routes.value ? (room.shownPlan?.routes ?? []) : [] }, stretch) : [])
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
    takeAway = addPatrolLayers(map)
    const now = { immediate: true } as const
    ends.push(
      giveWay(map, workspace),
      map.onPick(pick),
      map.mode.subscribe((mode) => {
        if (!mode?.id.startsWith('patrol:')) choosing.tool.value = null
      }),
      watch(choosing.placed, (place) => {
        if (!place && (choosing.tool.value === 'gate' || choosing.tool.value === 'checkpoint')) choosing.setTool(null)
      }),
      watch([theme, ground, () => room.planning.pieces, covered], drawStreets, now),
      watch([breaks, () => room.panelTab, () => room.planning.streets], drawBreaks, now),
      watch(routes, drawRoutes, now),
      watch([stands, breaks, () => room.patrolScope?.gates, () => room.panelTab], drawSigns, now),
      watch([() => room.checkpointId, choosing.placed, () => room.patrolScope?.checkpoints], drawPlaced, now),
      watch([() => room.trackId, () => room.trace, () => room.patrolScope, ground], drawWalk, now),
      watch([() => room.chosen, ground], drawChosen, now),
    )
  }

  /** The page closes: the gesture ends, the map is as the shell has it. */
  function leave(): void {
    if (choosing.tool.value) choosing.setTool(null)
    choosing.placed.value = null
    editing.value = null
    ends.splice(0).forEach((end) => end())
    takeAway?.()
    takeAway = null
    cancelAnimationFrame(frame)
    pointer = null
    room.workspace?.hoverLines.set([])
  }

  return {
    theme, covered, breaks, stands, routes, ...choosing, placeOnMap, editing, work: reactive(work), locate, locateAt, hover, enter, leave,
  }
})
