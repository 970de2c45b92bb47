import { rowsOf, type AreaFigures, type Overview, type OverviewArea } from './figures'
import { comparable, lessIsBetter, shareOf, type Measure } from './measures'

export interface RankedArea {
  readonly area: OverviewArea
  readonly figures: AreaFigures
  readonly share: number | null
  /** 1 for the best; equal shares have the same; null where there is no share. */
  readonly rank: number | null
  /** Places gained since the period before, lost ones below 0; null unless the same areas had a share in both. */
  readonly gained: number | null
}

/** Areas of the last period, the best first, those without a share at the end; equal ones by code. */
export function rankAreas(overview: Overview, measure: Measure): RankedArea[] {
  const last = overview.periods.length - 1
  const now = standings(overview, last, measure)
  const ranked = (list: readonly { readonly area: OverviewArea; readonly rank: number | null }[]): string => list.flatMap(({ area, rank }) => (rank === null ? [] : [area.id])).sort().join()
  const former = last > 0 ? standings(overview, last - 1, measure, true) : null
  const before = former && ranked(former) === ranked(now) ? former : null
  return now.map(({ area, figures, share, rank }) => {
    const place = before?.find((one) => one.area.id === area.id)?.rank ?? null
    return { area, figures, share, rank, gained: rank === null || place === null ? null : place - rank }
  })
}

function standings(overview: Overview, period: number, measure: Measure, isFormer = false): Omit<RankedArea, 'gained'>[] {
  const figuresOf = new Map(rowsOf(overview, period).map((row) => [row.area, row]))
  const sign = lessIsBetter(measure) ? 1 : -1
  const listed = overview.areas.flatMap((area) => {
    const figures = figuresOf.get(area.id)
    return figures ? [{ area, figures, share: shareOf(measure, comparable(figures, isFormer)) }] : []
  })
  listed.sort((p, q) =>
    p.share === null || q.share === null
      ? Number(p.share === null) - Number(q.share === null) || compareCodes(p.area, q.area)
      : sign * (p.share - q.share) || compareCodes(p.area, q.area))
  return listed.map((one) => ({ ...one, rank: one.share === null ? null : listed.findIndex((other) => other.share === one.share) + 1 }))
}

const compareCodes = (p: OverviewArea, q: OverviewArea): number => (p.code < q.code ? -1 : p.code > q.code ? 1 : 0)
