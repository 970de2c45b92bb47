import type { LngLatBounds } from '@/core/units'
import type { MapEngine, ScreenPoint } from '@/map/contracts'
import { giveWay } from '@/map/give-way'
import { ringMode } from '@/map/ring-mode'
import { slipIcon } from '@/map/slip-icons'
import { defineStore } from 'pinia'
import { computed, markRaw, ref, shallowRef, watch, type ComputedRef } from 'vue'
import { createCompare } from './compare'
import { createHeat, type CellDifference } from './heat'
import { createHotspots } from './hotspots'
import { cellLines, slipLines, type HoverGround } from './hover-words'
import { addIssuesLayers, CLUSTER_LAYER, draw, ISSUES_SOURCE, pinFeatures, pointFeature } from './layers'
import type { IssueFilter } from './model'
import { cellsMode } from './modes/cells'
import { clusterSlips, type SlipCluster } from './operations/cluster-slips'
import { outlineOf } from './operations/heat-cells'
import { slipsWithin } from './operations/slips-within'
import { stepBars, timeSteps } from './operations/time-steps'
import { createPlayback } from './playback'
import { useIssuesStore } from './store'

const PUBLISHED = 3
/** From this zoom on a cluster opens as a list: its slips lie in one building. */
const LIST_ZOOM = 17.5
/** Clusters are made anew by half a step of zoom. */
const zoomStep = (zoom: number): number => Math.floor(zoom * 2) / 2

/** What the room draws: slips, heat, and what is chosen on the map; kept in step with the one filter. */
export const useIssuesMap = defineStore('issues-map', () => {
  const room = useIssuesStore()
  const pins = ref(true)
  const tool = ref<'cells' | 'lasso' | null>(null)
  const chosenCells = shallowRef<ReadonlySet<number>>(new Set())
  /** The gesture before found nothing. */
  const chosenNothing = ref(false)
  /** The choice of the filter that the chosen hexagons belong to. */
  let idsOfCells: IssueFilter['ids'] = null
  let takeAway: (() => void) | null = null
  const ends: (() => void)[] = []
  let clusters: readonly SlipCluster[] = []
  let pointer: ScreenPoint | null = null
  let frame = 0

  const hotspots = createHotspots(room)
  const heat = createHeat(room, hotspots.found, () => difference.value)
  const compare = createCompare(room, heat)
  const steps = computed(() => markRaw(timeSteps(room.period)))
  const bars = computed(() => (room.issueScope ? markRaw(stepBars(room.issueScope.issues, room.shownWithout('span'), steps.value)) : []))
  const playback = createPlayback({
    steps: () => steps.value,
    span: () => room.filter.span,
    setSpan: (span) => room.setFilter({ span }),
  })
  const difference: ComputedRef<CellDifference | null> = computed(() => (compare.onMap.value ? { a: compare.sides.value[0].counts, b: compare.sides.value[1].counts } : null))
  /** Slips with a sign of their own: not those on the board, unless they are asked for, or nothing else is drawn. */
  const pinned = computed(() => {
    const columns = room.issueScope?.issues
    if (!columns || !pins.value) return new Int32Array(0)
    const all = heat.measure.value === 'none' || room.filter.states.includes('published') || room.filter.ids !== null
    return markRaw(all ? room.shown : room.shown.filter((slip) => columns.state[slip] !== PUBLISHED))
  })

  /** Whether hexagons are on the map. */
  const byCell = computed(() => heat.cells.value !== null && !['density', 'streets', 'none'].includes(heat.measure.value))

  const engine = (): MapEngine | null => (takeAway ? room.map : null)

  function drawCells(): void {
    const map = engine()
    const here = heat.cells.value
    if (!map) return
    draw(map, ISSUES_SOURCE.cells, here ? Array.from({ length: here.count }, (_, cell): GeoJSON.Feature => ({ type: 'Feature', id: cell, properties: {}, geometry: { type: 'Polygon', coordinates: [here.ring(cell).map(([lng, lat]) => [lng, lat])] } })) : [])
    paint(null)
  }

  /** Colours of cells as the window of time has them; of all, or of those that changed. */
  function paint(only: Int32Array | null): void {
    const map = engine()
    const counting = heat.counting.value
    if (!map || !counting) return
    const one = (cell: number): void => map.setState(ISSUES_SOURCE.cells, cell, { colour: heat.colourOf(cell, counting.counts[cell]) })
    if (only) only.forEach(one)
    else counting.counts.forEach((_, cell) => one(cell))
  }

  /** Move the window of time to where the filter has it. */
  function moveWindow(): Int32Array {
    const { fromS, toS } = room.filter.span ?? room.period
    return heat.counting.value?.moveTo(fromS, toS) ?? new Int32Array(0)
  }

  function drawPins(): void {
    const map = engine()
    const columns = room.issueScope?.issues
    if (!map) return
    clusters = columns ? clusterSlips(columns.lngLat, pinned.value, zoomStep(map.view.get().zoom)) : []
    draw(map, ISSUES_SOURCE.pins, columns ? pinFeatures(clusters, columns, room.isOverdue) : [])
  }

  function drawSelected(): void {
    const map = engine()
    const columns = room.issueScope?.issues
    if (!map) return
    const slip = room.selectedIssue
    if (!columns || slip < 0) return draw(map, ISSUES_SOURCE.selected, [])
    draw(map, ISSUES_SOURCE.selected, [pointFeature(columns.lngLat[2 * slip], columns.lngLat[2 * slip + 1], { icon: slipIcon(columns.state[slip], room.isOverdue(slip)) })])
  }

  /** Chosen in a list or by a link, a slip comes into view; what is in view stays as it is. */
  function showSelected(): void {
    const map = engine()
    const columns = room.issueScope?.issues
    const slip = room.selectedIssue
    if (!map || !columns || slip < 0) return
    const [lng, lat] = [columns.lngLat[2 * slip], columns.lngLat[2 * slip + 1]]
    const [west, south, east, north] = map.seen()
    if (lng < west || lng > east || lat < south || lat > north) locate([lng, lat, lng, lat])
  }

  function drawChosen(): void {
    const map = engine()
    const here = heat.cells.value
    if (!map) return
    const lines = here ? outlineOf(here, chosenCells.value) : []
    draw(map, ISSUES_SOURCE.chosen, lines.length === 0 ? [] : [{ type: 'Feature', properties: {}, geometry: { type: 'MultiLineString', coordinates: lines.map((line) => line.map(([lng, lat]) => [lng, lat])) } }])
  }

  /** Bring a place into view, once a panel that opens beside the map has done so. */
  function locate(bounds: LngLatBounds): void {
    requestAnimationFrame(() => requestAnimationFrame(() => room.map?.fit(bounds, { maxZoom: 17 })))
  }

  function locateCells(cells: readonly number[]): void {
    const corners = cells.flatMap((cell) => heat.cells.value?.ring(cell) ?? [])
    if (corners.length === 0) return
    const [lngs, lats] = [corners.map(([lng]) => lng), corners.map(([, lat]) => lat)]
    locate([Math.min(...lngs), Math.min(...lats), Math.max(...lngs), Math.max(...lats)])
  }

  /** Make slips the choice of the filter; with `add` beside those chosen before. Only what the filter shows can be chosen. */
  function chooseSlips(slips: Iterable<number>, add: boolean): void {
    const columns = room.issueScope?.issues
    if (!columns) return
    const ids = new Set(add ? (room.filter.ids ?? []) : [])
    for (const slip of slips) ids.add(columns.ids[slip])
    chosenNothing.value = ids.size === 0
    room.setFilter({ ids: ids.size === 0 ? null : ids })
    // Beside hexagons chosen before: they stay chosen.
    if (add) idsOfCells = room.filter.ids
    else chosenCells.value = new Set()
    if (ids.size > 0) room.drawerTab = 'ledger'
  }

  function chooseCells(cells: ReadonlySet<number>): void {
    const within = new Set(heat.slipsIn(cells))
    chooseSlips(room.shownWithout('ids').filter((slip) => within.has(slip)), false)
    chosenCells.value = cells
    idsOfCells = room.filter.ids
  }

  function chooseNone(): void {
    chosenCells.value = new Set()
    chosenNothing.value = false
    room.setFilter({ ids: null })
  }

  function setTool(next: 'cells' | 'lasso' | null): void {
    const map = engine()
    chosenNothing.value = false
    tool.value = next === tool.value ? null : next
    if (!map) return
    if (tool.value === 'lasso') {
      map.setMode(
        ringMode({
          id: 'issues:lasso',
          show: (ring) => draw(map, ISSUES_SOURCE.ring, ring.length < 3 ? [] : [{ type: 'Feature', properties: {}, geometry: { type: 'Polygon', coordinates: [[...ring, ring[0]].map(([lng, lat]) => [lng, lat])] } }]),
          keep(ring, add) {
            const columns = room.issueScope?.issues
            if (columns) chooseSlips(slipsWithin(columns.lngLat, room.shownWithout('ids'), ring), add)
          },
        }),
      )
    } else if (tool.value === 'cells') {
      map.setMode(cellsMode({ at: (lng, lat) => heat.cells.value?.at(lng, lat) ?? -1, show: (cells) => (chosenCells.value = cells), keep: chooseCells, before: () => chosenCells.value }))
    } else map.setMode(null)
  }

  /** A click on a cluster: nearer, or its slips as the list where nearer does not part them. */
  function pick(at: ScreenPoint): boolean {
    const map = engine()
    const columns = room.issueScope?.issues
    const k = map?.query(at, [CLUSTER_LAYER])[0]?.properties.cluster
    const cluster = typeof k === 'number' ? clusters[k] : undefined
    if (!map || !columns || !cluster) return false
    const lngs = cluster.slips.map((slip) => columns.lngLat[2 * slip])
    const lats = cluster.slips.map((slip) => columns.lngLat[2 * slip + 1])
    const bounds: LngLatBounds = [Math.min(...lngs), Math.min(...lats), Math.max(...lngs), Math.max(...lats)]
    if (map.view.get().zoom >= LIST_ZOOM || (bounds[0] === bounds[2] && bounds[1] === bounds[3])) chooseSlips(cluster.slips, false)
    else map.fit(bounds, { maxZoom: 18 })
    return true
  }

  /** Words beside the pointer: the slip under it, or what its cell holds. */
  function tellHover(): void {
    const { workspace, map, issueScope, scope } = room
    const counting = heat.counting.value
    if (!workspace || !map || !issueScope || !scope) return
    const ground: HoverGround = { say: (key, values = {}) => room.translate(`issues.${key}`, values), columns: issueScope.issues, isOverdue: room.isOverdue }
    const under = workspace.hover.get()
    if (under?.kind === 'issue') return workspace.hoverLines.set(slipLines(ground, room.indexById.get(under.issueId) ?? -1))
    const here = heat.cells.value
    const cell = pointer && here && tool.value !== 'lasso' ? here.at(...(map.unproject(pointer) as [number, number])) : -1
    workspace.hoverLines.set(cell < 0 || !here || !counting ? [] : cellLines(ground, { cell, count: counting.counts[cell], households: here.households[cell], measure: heat.measure.value, rate: heat.rateOf(counting.counts[cell], here.households[cell]), found: hotspots.found.value, difference: difference.value }))
  }

  function point(at: ScreenPoint | null): void {
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
    takeAway = addIssuesLayers(map)
    let shownZoom = zoomStep(map.view.get().zoom)
    ends.push(
      giveWay(map, workspace),
      map.onPick(pick),
      map.mode.subscribe((mode) => {
        if (!mode?.id.startsWith('issues:')) tool.value = null
      }),
      map.view.subscribe(({ zoom }) => {
        if (zoomStep(zoom) === shownZoom) return
        shownZoom = zoomStep(zoom)
        drawPins()
      }),
      workspace.hover.subscribe(tellHover),
      hotspots.attach(map, { cells: () => heat.cells.value, basis: () => heat.basis.value, measure: () => heat.measure.value, isCovered: () => difference.value !== null }),
      watch(() => heat.cells.value, () => {
        chosenCells.value = new Set()
        drawCells()
      }, { immediate: true }),
      watch(() => heat.counting.value, () => {
        moveWindow()
        paint(null)
      }, { immediate: true }),
      watch(() => room.filter.span, () => paint(moveWindow())),
      watch([heat.measure, () => heat.edges.value, difference, hotspots.found], () => paint(null)),
      watch([pinned, () => room.nowS], drawPins, { immediate: true }),
      watch([() => room.selectedIssue, () => room.issueScope], drawSelected, { immediate: true }),
      // By its id: slips read anew may stand elsewhere in the columns, and an act leaves them where they are.
      watch(() => (room.selectedIssue < 0 ? null : room.issueScope?.issues.ids[room.selectedIssue]), showSelected, { immediate: true }),
      watch(chosenCells, drawChosen),
      watch(() => room.filter.ids, (ids) => {
        if (ids !== idsOfCells && chosenCells.value.size > 0) chosenCells.value = new Set()
      }),
    )
  }

  /** The page closes: the gesture ends, the map is as the shell has it. */
  function leave(): void {
    playback.pause()
    hotspots.cancel()
    if (tool.value) setTool(null)
    ends.splice(0).forEach((end) => end())
    takeAway?.()
    takeAway = null
    cancelAnimationFrame(frame)
    pointer = null
    room.workspace?.hoverLines.set([])
  }

  return {
    pins, tool, setTool, chosenCells, chosenNothing, chooseCells, chooseSlips, chooseNone, steps, bars, playback, compare, hotspots,
    measure: heat.measure, sideM: heat.sideM, cells: heat.cells, basis: heat.basis, edges: heat.edges,
    difference, pinned, byCell, point, enter, leave, locateCells,
  }
})
