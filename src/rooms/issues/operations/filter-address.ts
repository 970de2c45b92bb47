import { ISSUE_CATEGORIES, ISSUE_LEVELS, ISSUE_OUTCOMES, ISSUE_STATES } from '@/core/issues/issue'
import { DUE_KINDS, NO_FILTER, type IssueFilter } from '../model'

/** A choice of more slips than this is not carried by an address. */
const MOST_IDS = 200
const MOST_DAYS = 3660

/** The filter as one part of the address, `days:30;cat:noise,fire`; null for the filter everybody begins with. */
export function writeFilterAddress(filter: IssueFilter): string | null {
  const { period } = filter
  const parts: [string, string | number | false][] = [
    ['days', 'days' in period && period.days !== (NO_FILTER.period as { days: number }).days && period.days],
    ['at', !('days' in period) && `${period.fromS}-${period.toS}`],
    ['span', filter.span !== null && `${filter.span.fromS}-${filter.span.toS}`],
    ['cat', filter.categories.join()],
    ['state', filter.states.join()],
    ['level', filter.levels.join()],
    ['end', filter.outcomes.join()],
    ['due', filter.due ?? ''],
    ['in', filter.communityIds.join()],
    ['grid', filter.gridIds.join()],
    ['mine', filter.mine && 1],
    ['q', encodeURIComponent(filter.text.trim())],
    ['ids', filter.ids !== null && filter.ids.size <= MOST_IDS && [...filter.ids].join()],
  ]
  return parts.flatMap(([name, value]) => (value === false || value === '' ? [] : [`${name}:${value}`])).join(';') || null
}

/** The filter an address names; what it does not understand is left out. */
export function readFilterAddress(text: string | null): IssueFilter {
  if (!text) return NO_FILTER
  const parts = new Map(text.split(';').map((part): [string, string] => [part.slice(0, part.indexOf(':')), part.slice(part.indexOf(':') + 1)]))
  const list = (name: string): string[] => (parts.get(name) ?? '').split(',').filter((one) => one !== '')
  const among = <T extends string>(name: string, all: readonly T[]): T[] => all.filter((one) => list(name).includes(one))
  const whole = (name: string): number[] => list(name).map(Number).filter(Number.isInteger)
  const days = Number(parts.get('days') ?? NaN)
  const between = (name: string): { fromS: number; toS: number } | null => {
    const [, fromS, toS] = (/^(\d{1,11})-(\d{1,11})$/.exec(parts.get(name) ?? '') ?? []).map(Number)
    return fromS < toS ? { fromS, toS } : null
  }
  return {
    period: between('at') ?? (days >= 1 && days <= MOST_DAYS ? { days: Math.round(days) } : NO_FILTER.period),
    span: between('span'),
    categories: among('cat', ISSUE_CATEGORIES),
    states: among('state', ISSUE_STATES),
    levels: among('level', ISSUE_LEVELS),
    outcomes: among('end', ISSUE_OUTCOMES),
    due: DUE_KINDS.find((kind) => kind === parts.get('due')) ?? null,
    communityIds: whole('in'),
    gridIds: list('grid'),
    mine: parts.get('mine') === '1',
    text: decoded(parts.get('q') ?? ''),
    ids: parts.has('ids') ? new Set(whole('ids').slice(0, MOST_IDS)) : null,
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text).slice(0, 80)
  } catch {
    return ''
  }
}
