import type { PatrolScope } from '@/core/patrol/patrol-scope'
import type { Scope } from '@/core/scope'
import { gridTitle } from '@/core/unit-names'
import type { Sheet } from '@/formats/write-sheet'
import type { CoverageOfPeriod, CoverageSum } from './coverage-of-period'
import type { PlanShare } from './plan-shares'
import { NO_WALKS, sumWalks, type WalkFigure } from './walk-figures'

/** Streets of an area. */
export interface AreaRow {
  /** Index of the community or grid; −1: in none. */
  readonly index: number
  readonly name: string
  readonly sum: CoverageSum
}

/** Walks of a person or for a plan. */
export interface WalkRow {
  /** Id of the person or plan; empty: not told, or none. */
  readonly id: string
  readonly name: string
  readonly figure: WalkFigure
  /** Of a plan that had a day in the period. */
  readonly share: PlanShare | null
}

/** To be patrolled at all, centimetres. */
export const requiredCm = ({ totalCm, noneCm }: CoverageSum): number => totalCm - noneCm
/** Share of what is to be patrolled that was walked; null: nothing is to be. */
export const shareOf = (sum: CoverageSum): number | null => (requiredCm(sum) === 0 ? null : sum.walkedCm / requiredCm(sum))

/**
 * Rows of all communities, or of grids: all of them, or those of the community in focus with what in it lies in none. Without streets no row.
 */
export function areaRows(scope: Scope, { byCommunity, byGrid }: CoverageOfPeriod, by: 'community' | 'grid', community: number | null, none: string): AreaRow[] {
  const names = by === 'community' ? scope.communities.map(({ name }) => name) : scope.current.grids.map((grid) => gridTitle(grid, scope))
  const sums = by === 'community' ? byCommunity : byGrid
  return sums.flatMap((sum, k): AreaRow[] => {
    const index = k < names.length ? k : -1
    const isIn = community === null || (by === 'community' ? index === community : scope.current.grids[index]?.community === community)
    return sum.totalCm > 0 && isIn ? [{ index, name: names[index] ?? none, sum }] : []
  })
}

/**
 * Rows of persons or plans, by what they walked; those of a community in focus only. A plan of `shares` that nobody walked for has a row
 * all the same.
 */
export function walkRows(
  { tracks, patrollers, plans }: Pick<PatrolScope, 'tracks' | 'patrollers' | 'plans'>,
  figures: ReadonlyMap<number, WalkFigure>, by: 'person' | 'plan', community: number | null, none: string, shares: ReadonlyMap<string, PlanShare> = new Map(),
): WalkRow[] {
  const own = new Map([...figures].filter(([track]) => community === null || tracks[track].community === community))
  const names = new Map(by === 'person' ? patrollers.map(({ personId, name }) => [personId, name]) : plans.map(({ id, title }) => [id, title]))
  const sums = new Map(sumWalks(own, (track) => (by === 'person' ? tracks[track].personId : tracks[track].planId) ?? ''))
  for (const plan of plans) if (shares.has(plan.id) && !sums.has(plan.id) && (community === null || plan.community === community)) sums.set(plan.id, NO_WALKS)
  return [...sums]
    .map(([id, figure]): WalkRow => ({ id, name: names.get(id) ?? none, figure, share: shares.get(id) ?? null }))
    .sort((a, b) => b.figure.newCm - a.figure.newCm || a.name.localeCompare(b.name, 'zh-Hans', { numeric: true }))
}

export const walkTotal = (rows: readonly WalkRow[]): WalkFigure => sumWalks(new Map(rows.map(({ figure }, k) => [k, figure])), () => '').get('') ?? NO_WALKS

/** Metres, to the centimetre that they add up in. */
const metres = (cm: number): number => cm / 100

/** Areas with their total as a sheet; `say` gives words below `coverage.sheet`. */
export function areaSheet(rows: readonly AreaRow[], total: CoverageSum, head: string, say: (key: string) => string): Sheet {
  const line = (name: string, sum: CoverageSum): (string | number | null)[] => {
    const share = shareOf(sum)
    return [name, ...[sum.totalCm, sum.noneCm, requiredCm(sum), sum.walkedCm, sum.coveredCm, sum.partialCm, sum.missedCm].map(metres), share === null ? null : Math.round(share * 1000) / 10]
  }
  return {
    name: say('areas'),
    heads: [head, ...['total', 'none', 'required', 'walked', 'covered', 'partial', 'missed', 'share'].map(say)],
    rows: [...rows.map(({ name, sum }) => line(name, sum)), line(say('sum'), total)],
    widths: [24],
  }
}
