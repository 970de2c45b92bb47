import type { Sheet } from '@/formats/write-sheet'
import type { RouteRow } from './route-rows'

/** One route as it goes into a workbook: words are said already. */
export interface SheetRoute {
  readonly number: number
  readonly person: string
  readonly seconds: number
  readonly servedM: number
  readonly metres: number
  readonly grids: string
  readonly rows: readonly (RouteRow & { readonly street: string; readonly at: string })[]
}

const minutes = (seconds: number): number => Math.round(seconds / 6) / 10

/** A plan as a workbook: its routes with their sum, then the steps of all routes. `say` gives words below `sheet`. */
export function planSheets(routes: readonly SheetRoute[], say: (key: string) => string): Sheet[] {
  const sum = (of: (route: SheetRoute) => number): number => routes.reduce((total, route) => total + of(route), 0)
  return [
    {
      name: say('routes'),
      heads: ['route', 'person', 'minutes', 'served', 'metres', 'grids'].map(say),
      rows: [
        ...routes.map(({ number, person, seconds, servedM, metres, grids }) => [number, person, minutes(seconds), Math.round(servedM), Math.round(metres), grids]),
        [say('total'), null, minutes(sum(({ seconds }) => seconds)), Math.round(sum(({ servedM }) => servedM)), Math.round(sum(({ metres }) => metres)), null],
      ],
      widths: [8, 14, 12, 14, 14, 40],
    },
    {
      name: say('steps'),
      heads: ['route', 'order', 'at', 'street', 'what', 'metres', 'minutes', 'checkpoints'].map(say),
      rows: routes.flatMap(({ number, rows }) =>
        rows.map((row, k) => [number, k + 1, row.at, row.street, say(row.served ? 'served' : 'passed'), Math.round(row.metres), minutes(row.seconds), row.checkpoints.map(({ name }) => name).join(' ') || null]),
      ),
      widths: [8, 8, 10, 28, 10, 12, 12, 30],
    },
  ]
}
