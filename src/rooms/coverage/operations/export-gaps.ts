import type { CoverageScope } from '@/core/coverage/coverage-scope'
import { mainReason, reasonsOf } from '@/core/coverage/gap'
import type { Scope } from '@/core/scope'
import type { Sheet } from '@/formats/write-sheet'
import { nearestStation } from './nearest-station'

const COLUMNS = ['community', 'building', 'room', 'address', 'category', 'main', 'others', 'lastVisit', 'visitDue', 'lastPass', 'station', 'walkM'] as const
const DAY_MS = 86_400_000
const dayOf = (day: number): string | null => (day === 0 ? null : new Date(day * DAY_MS).toISOString().slice(0, 10))

/** What a list of gaps is written with: words of `reason.x`, of the heads, and of categories by code. */
export interface GapExportWords {
  readonly say: (key: string) => string
  readonly categoryName: (code: number) => string
}

/** Households in gap as a sheet, in the order given, without names; the watermark and their number stand beneath. */
export function gapSheet(scope: Pick<Scope, 'buildings' | 'communities' | 'stations'>, coverage: Pick<CoverageScope, 'households' | 'access' | 'settings'>, of: readonly number[], watermark: string, { say, categoryName }: GapExportWords): Sheet {
  const { households, access, settings } = coverage
  const { buildings } = scope
  const stationName = new Map(scope.stations.map(({ id, name }) => [id, name]))
  const rows = of.map((h) => {
    const building = households.building[h]
    const walk = nearestStation(access, settings[households.community[h]], building)
    const main = mainReason(households.reasons[h])
    return [
      scope.communities[households.community[h]]?.name ?? null,
      buildings.names[building],
      households.rooms[h],
      buildings.addresses[building],
      categoryName(households.category[h]),
      main && say(`reason.${main}`),
      reasonsOf(households.reasons[h]).slice(1).map((reason) => say(`reason.${reason}`)).join(say('join')),
      dayOf(households.lastVisit[h]),
      dayOf(households.visitDue[h]),
      dayOf(households.lastPass[h]),
      typeof walk === 'string' ? say(`walk.${walk}`) : (stationName.get(walk.stationId) ?? null),
      typeof walk === 'string' ? null : Math.round(walk.walkCm / 10) / 10,
    ]
  })
  const line = (head: string, value: string | number) => [head, value, ...COLUMNS.slice(2).map(() => null)]
  return {
    name: say('export.sheet'),
    heads: COLUMNS.map((column) => say(`export.columns.${column}`)),
    rows: [...rows, line(say('export.watermark'), watermark), line(say('export.rows'), of.length)],
    widths: COLUMNS.map((column) => (column === 'address' ? 30 : column === 'others' ? 24 : column === 'building' || column === 'station' ? 18 : 13)),
  }
}
