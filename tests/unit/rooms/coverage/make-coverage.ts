import { COVERAGE_SETTINGS, STATION_LEVELS, type CoverageScope } from '@/core/coverage/coverage-scope'
import type { Scope } from '@/core/scope'

export const NOW_MS = Date.parse('2026-11-22T15:00:00+08:00')
/** 2026-11-22 in days since 1970. */
export const TODAY = Date.parse('2026-11-22') / 86_400_000

/** A household of the first building unless said otherwise, served unless reasons are given. */
export interface MadeHousehold {
  readonly building?: number
  readonly reasons?: number
  readonly unjudged?: number
  readonly category?: number
  readonly member?: number
  readonly lastVisit?: number
  readonly visitDue?: number
  readonly lastPass?: number
}

/** How a street is served, of the households given; ids count from 1, each with its number as its room. Nothing is measured. */
export function makeCoverage(scope: Pick<Scope, 'buildings' | 'communities' | 'landId'>, made: readonly MadeHousehold[], more: Partial<CoverageScope> = {}): CoverageScope {
  const ints = (of: (one: MadeHousehold) => number | undefined): Int32Array => Int32Array.from(made, (one) => of(one) ?? 0)
  const { count } = scope.buildings
  return {
    landId: scope.landId,
    nowMs: NOW_MS,
    today: '2026-11-22',
    settings: scope.communities.map(() => COVERAGE_SETTINGS),
    households: {
      count: made.length,
      ids: Int32Array.from(made, (_, k) => k + 1),
      building: ints(({ building }) => building),
      stairwell: new Int32Array(made.length).fill(-1),
      community: Int32Array.from(made, ({ building = 0 }) => scope.buildings.community[building]),
      category: Uint8Array.from(made, ({ category = 0 }) => category),
      rooms: made.map((_, k) => String(101 + k)),
      member: ints(({ member }) => member),
      lastVisit: ints(({ lastVisit }) => lastVisit),
      visitDue: ints(({ visitDue }) => visitDue),
      lastPass: ints(({ lastPass }) => lastPass),
      reasons: Uint8Array.from(made, ({ reasons = 0 }) => reasons),
      unjudged: Uint8Array.from(made, ({ unjudged = 0 }) => unjudged),
    },
    access: {
      fresh: scope.communities.map(() => true),
      revisions: new Int32Array(scope.communities.length),
      accessCm: new Int32Array(count).fill(-2),
      stationIds: new Int32Array(STATION_LEVELS.length * count),
      walkCm: new Int32Array(STATION_LEVELS.length * count).fill(-1),
    },
    stations: [],
    closedStations: [],
    stairwells: { count: 0, ids: new Int32Array(0), building: new Int32Array(0), names: [] },
    closedGates: [],
    workUnits: [],
    tasks: [],
    scenarios: [],
    trend: [],
    ...more,
  }
}
