import { classOf, naturalBounds } from '@/algorithms/density/class-bounds'
import { MovingCounts } from '@/algorithms/density/moving-counts'
import { computed, markRaw, ref } from 'vue'
import type { Ref } from 'vue'
import { AMOUNT_COLOURS, DIFFERENCE_COLOURS, MASKED_COLOUR, SPOT_COLOURS, TREND_COLOURS, type HeatMeasure, type SpotClass, type TrendClass } from './heat-classes'
import { makeHeatCells, type CELL_SIDES_M, type HeatCells } from './operations/heat-cells'
import { countBefore } from './operations/time-steps'
import type { useIssuesStore } from './store'

/** Differences of counts: far fewer, fewer, the same, more, far more. */
const FAR = 3
/** Parts of the filter that heat leaves out of account: it is of the whole street, whatever became of the slips. */
export const NOT_HEAT = ['span', 'states', 'levels', 'outcomes', 'due', 'communityIds', 'gridIds', 'mine', 'text', 'ids'] as const

/** Two selections of slips, cell by cell. */
export interface CellDifference {
  readonly a: Int32Array
  readonly b: Int32Array
}

/** Classes of cells that a computation found; null while there is none. */
export interface FoundClasses {
  readonly spot: (cell: number) => SpotClass
  /** Gi*, standard deviations. */
  readonly z: (cell: number) => number
  readonly trend: (cell: number) => TrendClass
}

/**
 * Hexagons, what counts in them, and their colours. Counts follow the window of time; classes stay those of the whole period.
 * `difference`: two periods or categories against each other, shown in place of the measure.
 */
export function createHeat(room: ReturnType<typeof useIssuesStore>, found: Readonly<Ref<FoundClasses | null>>, difference: () => CellDifference | null) {
  const measure = ref<HeatMeasure>('counts')
  const sideM = ref<(typeof CELL_SIDES_M)[number]>(100)
  // No act moves a slip: hexagons, and what was found of them, outlast it.
  const lngLat = computed(() => room.issueScope?.issues.lngLat ?? null)
  const cells = computed<HeatCells | null>(() => (room.scope && lngLat.value ? markRaw(makeHeatCells(room.scope, { lngLat: lngLat.value }, sideM.value)) : null))
  let lastBasis: Int32Array = new Int32Array(0)
  /** Slips of the period and categories, duplicates once, in the order of their report; the same list while a minute changes nothing of it. */
  const basis = computed(() => {
    const columns = room.issueScope?.issues
    const next = columns ? room.shownWithout(...NOT_HEAT).filter((slip) => columns.duplicateOf[slip] === 0) : new Int32Array(0)
    const isSame = next.length === lastBasis.length && next.every((slip, k) => slip === lastBasis[k])
    if (!isSame) lastBasis = markRaw(next)
    return lastBasis
  })
  /** Counts of the window of time, which costs what comes in and goes out. */
  const counting = computed(() => {
    const columns = room.issueScope?.issues
    const here = cells.value
    if (!here || !columns) return null
    return markRaw(new MovingCounts(here.count, basis.value.map((slip) => here.slipCell[slip]), Float64Array.from(basis.value, (slip) => columns.reportedS[slip])))
  })
  /** Count of the whole period by cell. */
  const totals = computed(() => {
    const all = new Int32Array(cells.value?.count ?? 0)
    for (const slip of basis.value) if (cells.value) all[cells.value.slipCell[slip]]++
    return markRaw(all)
  })
  /** Issues per 1,000 households; NaN where few issues would tell of single households, or nobody lives. */
  const rateOf = (count: number, households: number): number => (households === 0 || count < (room.issueScope?.settings.maskBelow ?? 1) ? NaN : (1000 * count) / households)
  /** Lower edges of the classes, of the whole street and period. */
  const edges = computed<readonly number[]>(() => {
    const here = cells.value
    if (!here || (measure.value !== 'counts' && measure.value !== 'rates')) return []
    return markRaw(naturalBounds(measure.value === 'counts' ? totals.value : Float64Array.from(totals.value, (count, cell) => rateOf(count, here.households[cell]))))
  })

  /** Colour of a cell, null where nothing is drawn; `count` is that of the window. */
  function colourOf(cell: number, count: number): string | null {
    const here = cells.value
    if (!here) return null
    const compared = difference()
    if (compared) {
      const { a, b } = compared
      const more = b[cell] - a[cell]
      if (a[cell] + b[cell] === 0) return null
      return DIFFERENCE_COLOURS[more <= -FAR ? 0 : more < 0 ? 1 : more === 0 ? 2 : more < FAR ? 3 : 4]
    }
    if (measure.value === 'hotspots') {
      const spot = found.value?.spot(cell) ?? 'none'
      return spot === 'none' && totals.value[cell] === 0 ? null : found.value ? SPOT_COLOURS[spot] : null
    }
    if (measure.value === 'trend') {
      const trend = found.value?.trend(cell) ?? 'none'
      return trend === 'none' && totals.value[cell] === 0 ? null : found.value ? TREND_COLOURS[trend] : null
    }
    if (count === 0 || (measure.value !== 'counts' && measure.value !== 'rates')) return null
    if (measure.value === 'counts') return AMOUNT_COLOURS[Math.max(0, classOf(edges.value, count))]
    const rate = rateOf(count, here.households[cell])
    // A part of the period may lie below the least of the whole: the lightest class then.
    return Number.isNaN(rate) ? MASKED_COLOUR : AMOUNT_COLOURS[Math.max(0, classOf(edges.value, rate))]
  }

  /** Slips of the basis that lie in cells, within the window of time. */
  function slipsIn(chosen: ReadonlySet<number>): number[] {
    const columns = room.issueScope?.issues
    const here = cells.value
    if (!columns || !here) return []
    const { fromS, toS } = room.filter.span ?? room.period
    const to = countBefore(columns.reportedS, toS, basis.value)
    const slips: number[] = []
    for (let k = countBefore(columns.reportedS, fromS, basis.value); k < to; k++) if (chosen.has(here.slipCell[basis.value[k]])) slips.push(basis.value[k])
    return slips
  }

  return { measure, sideM, cells, basis, counting, edges, rateOf, colourOf, slipsIn }
}
