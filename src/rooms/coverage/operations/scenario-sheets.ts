import type { SitingScenario } from '@/core/coverage/siting'
import type { Sheet } from '@/formats/write-sheet'
import type { SitingNeed, SitingOutcome } from './siting-outcome'

/** What the sheets of a scenario say in words. */
export interface ScenarioWords {
  head(key: string): string
  readonly aim: string
  readonly where: string
  readonly level: (level: SitingScenario['sites'][number]['level']) => string
  readonly community: (community: number) => string
  readonly saved: string
}

const WHOLE = ['households', 'served', 'full', 'far', 'refused', 'servedBefore'] as const

/** A scenario as a workbook: what it comes to, its stations, and what is left by community, whose columns add up to the figures. */
export function scenarioSheets(scenario: SitingScenario, outcome: Pick<SitingOutcome, 'kept' | 'load' | 'within' | 'figures'>, need: readonly SitingNeed[], words: ScenarioWords): Sheet[] {
  const { head } = words
  const { task, sites, value, bound } = scenario
  const { figures } = outcome
  const total = (key: Exclude<keyof SitingNeed, 'community'>): number => need.reduce((sum, row) => sum + row[key], 0)
  const columns = ['households', 'served', 'full', 'far', 'refused', 'farSpecial'] as const
  return [
    {
      name: head('scenario'), heads: [head('item'), head('figure')], widths: [28, 40],
      rows: [
        [head('title'), scenario.title], [head('aim'), words.aim], [head('where'), words.where], [head('limit'), task.limitM],
        ...WHOLE.map((key) => [head(key), figures[key]]),
        [head('mean'), Math.round(10 * figures.meanM) / 10], [head('worst'), Math.round(10 * figures.worstM) / 10],
        [head('value'), Math.round(10 * value) / 10], [head('bound'), Math.round(10 * bound) / 10],
        [head('cost'), task.costEach * sites.length], [head('saved'), words.saved],
      ],
    },
    {
      name: head('sites'), heads: ['', 'name', 'level', 'community', 'lng', 'lat', 'capacity', 'load', 'within'].map((key) => (key === '' ? '' : head(key))), widths: [5, 36, 18, 18],
      rows: sites.map(({ name, level, community, at, capacity }, k) => [
        k + 1, name, words.level(level), words.community(community), at[0], at[1], capacity, outcome.load[outcome.kept.length + k] ?? 0, outcome.within[outcome.kept.length + k] ?? 0,
      ]),
    },
    {
      name: head('need'), heads: [head('community'), ...columns.map((key) => head(key))], widths: [22],
      rows: [...need.map((row) => [words.community(row.community), ...columns.map((key) => row[key])]), [head('total'), ...columns.map(total)]],
    },
  ]
}
