import { toDataError } from '@/data/errors'
import { JobError } from '@/jobs/job'
import type { MapEngine } from '@/map/contracts'
import { computed, markRaw, ref, shallowRef, watch } from 'vue'
import type { FoundClasses } from './heat'
import { spotClass, TREND_SIGNS, type HeatMeasure } from './heat-classes'
import { TRENDS, type Hotspots } from './jobs/hotspots/hotspots-model'
import { runHotspots } from './jobs/hotspots/run-hotspots'
import { createHeatPicture } from './heat-picture'
import { draw, ISSUES_SOURCE, pointFeature } from './layers'
import { encodeHotspots } from './operations/encode-hotspots'
import { joinCells, outlineOf, type HeatCells } from './operations/heat-cells'
import type { useIssuesStore } from './store'

/** Fewest slips that hot spots are sought among. */
export const LEAST_SLIPS = 30
/** A change of the filter is waited for so long before reckoning begins. */
const PAUSE_MS = 250

/** Hot cells that hang together. */
export interface HotPart {
  readonly cells: readonly number[]
  readonly issues: number
  readonly mostZ: number
  /** The cell with the most. */
  readonly middle: number
}

interface Sources {
  readonly cells: () => HeatCells | null
  readonly basis: () => Int32Array
  readonly measure: () => HeatMeasure
  /** Something else is shown in place of the measure: no outlines then. */
  readonly isCovered: () => boolean
}

/** Hot spots, trends, density and forecasts of the period: reckoned in a worker, and drawn. */
export function createHotspots(room: ReturnType<typeof useIssuesStore>) {
  const result = shallowRef<Hotspots | null>(null)
  /** Position in the result by cell of the room; −1: not in it. */
  const place = shallowRef<Int32Array>(new Int32Array(0))
  const cells = shallowRef<HeatCells | null>(null)
  const state = ref<'idle' | 'running' | 'few' | 'cancelled' | 'failed'>('idle')
  const progress = ref<{ readonly share: number; readonly pass: string }>({ share: 0, pass: '' })
  const failure = ref('')
  /** Outlines of hot spots over the other measures too. */
  const outlines = ref(true)
  let abort: AbortController | null = null
  let timer: ReturnType<typeof setTimeout> | null = null
  let rerun: () => void = () => undefined

  const found = computed<FoundClasses | null>(() => {
    const made = result.value
    if (!made) return null
    const { z, q, side, trend } = made.cells
    const at = place.value
    return markRaw({
      z: (cell: number) => (at[cell] < 0 ? 0 : z[at[cell]]),
      spot: (cell: number) => (at[cell] < 0 ? 'none' : spotClass(q[at[cell]], side[at[cell]])),
      trend: (cell: number) => (at[cell] < 0 ? 'none' : TRENDS[trend[at[cell]]]),
    })
  })
  const cellsWhere = (keep: (k: number) => boolean): ReadonlySet<number> => {
    const chosen = new Set<number>()
    place.value.forEach((k, cell) => {
      if (k >= 0 && keep(k)) chosen.add(cell)
    })
    return chosen
  }
  const hot = computed(() => markRaw(cellsWhere((k) => result.value?.cells.hot[k] === 1)))
  const cold = computed(() => markRaw(cellsWhere((k) => result.value?.cells.hot[k] === -1)))
  const parts = computed<readonly HotPart[]>(() => {
    const made = result.value
    if (!made || !cells.value) return []
    const { z, counts } = made.cells
    const of = (list: Float64Array | Int32Array, cell: number): number => list[place.value[cell]]
    return markRaw(
      joinCells(cells.value, hot.value)
        .map((part) => ({
          cells: part,
          issues: part.reduce((sum, cell) => sum + of(counts, cell), 0),
          mostZ: Math.max(...part.map((cell) => of(z, cell))),
          middle: part.reduce((best, cell) => (of(z, cell) > of(z, best) ? cell : best)),
        }))
        .sort((a, b) => b.issues - a.issues),
    )
  })

  function cancel(): void {
    if (timer !== null) clearTimeout(timer)
    timer = null
    abort?.abort()
    abort = null
    if (state.value === 'running') state.value = 'cancelled'
  }

  async function run(sources: Sources): Promise<void> {
    cancel()
    const { scope, issueScope } = room
    const here = sources.cells()
    const basis = sources.basis()
    if (!scope || !issueScope || !here) return
    if (basis.length < LEAST_SLIPS) {
      result.value = null
      state.value = 'few'
      return
    }
    const own = new AbortController()
    abort = own
    state.value = 'running'
    progress.value = { share: 0, pass: '' }
    try {
      const value = sources.measure() === 'rates' ? 'rates' : 'counts'
      const made = await runHotspots(encodeHotspots(scope, issueScope, here, basis, { ...room.period, value }), {
        signal: own.signal,
        onProgress: (share, pass) => (progress.value = { share, pass }),
      })
      if (abort !== own) return
      const at = new Int32Array(here.count).fill(-1)
      made.cells.row.forEach((row, k) => {
        const cell = here.find(made.cells.column[k], row)
        if (cell >= 0) at[cell] = k
      })
      cells.value = here
      place.value = at
      result.value = markRaw(made)
      state.value = 'idle'
    } catch (thrown) {
      if (thrown instanceof JobError && thrown.code === 'aborted') return
      failure.value = toDataError(thrown).message
      state.value = 'failed'
    } finally {
      if (abort === own) abort = null
    }
  }

  function drawMarks(map: MapEngine, measure: HeatMeasure, isCovered: boolean): void {
    const here = cells.value
    const features: GeoJSON.Feature[] = []
    if (here && result.value && !isCovered && (outlines.value || measure === 'hotspots') && measure !== 'none') {
      for (const [kind, among] of [['hot', hot.value], ['cold', measure === 'hotspots' ? cold.value : new Set<number>()]] as const) {
        const lines = outlineOf(here, among)
        if (lines.length > 0) features.push({ type: 'Feature', properties: { kind }, geometry: { type: 'MultiLineString', coordinates: lines.map((line) => line.map(([lng, lat]) => [lng, lat])) } })
      }
    }
    if (here && found.value && !isCovered && measure === 'trend') {
      for (let cell = 0; cell < here.count; cell++) {
        const sign = TREND_SIGNS[found.value.trend(cell)]
        if (sign) features.push(pointFeature(...here.centre(cell), { kind: 'sign', sign }))
      }
    }
    draw(map, ISSUES_SOURCE.marks, features)
  }

  /** Keep the map in step for as long as the room is open; returns its end. */
  function attach(map: MapEngine, sources: Sources): () => void {
    const picture = createHeatPicture(map)
    rerun = () => void run(sources)
    const ends = [
      watch([sources.cells, sources.basis, () => sources.measure() === 'rates'], ([now], [before]) => {
        // Cells of another side have other places; those of another period stay until the new ones are there.
        if (now !== before) result.value = null
        if (timer !== null) clearTimeout(timer)
        timer = setTimeout(() => void run(sources), PAUSE_MS)
      }, { immediate: true }),
      watch([result, outlines, sources.measure, sources.isCovered], () => {
        drawMarks(map, sources.measure(), sources.isCovered())
        if (room.scope) picture.show(room.scope.land.frame, sources.isCovered() ? null : result.value, sources.measure())
      }, { immediate: true }),
    ]
    return () => {
      ends.forEach((end) => end())
      picture.end()
    }
  }

  return { result, found, state, progress, failure, outlines, hot, cold, parts, cancel, attach, again: () => rerun() }
}
