import {
  COVERAGE_SETTINGS, STATION_LEVELS, type BuildingAccess, type ClosedStation, type CoverageScope, type CoverageSettings, type GapDay, type StationRecord, type VisitTask, type WorkUnit,
} from '@/core/coverage/coverage-scope'
import type { SitedStation, SitingScenario, SitingTask } from '@/core/coverage/siting'
import { makeIdIndex, type IdIndex } from '@/core/id-index'
import type { Scope } from '@/core/scope'
import type { LngLat } from '@/core/units'

/** With the database id of its community. */
type ById<T extends { readonly community: number }> = Omit<T, 'community'> & { readonly communityId: number }

/** A scenario as it travels: communities by id. */
export interface SitingScenarioJson extends Omit<SitingScenario, 'task' | 'sites'> {
  readonly task: Omit<SitingTask, 'communities'> & { readonly communityIds: readonly number[] }
  readonly sites: readonly ById<SitedStation>[]
}

/** The answer as it arrives, everything by id, 0 for none; see `public.coverage_scope`. */
export interface CoverageScopeJson {
  readonly version: 1
  readonly landId: number
  readonly nowMs: number
  readonly today: string
  readonly communities: readonly { readonly id: number; readonly settings: CoverageSettings; readonly revision: number; readonly isFresh: boolean }[]
  readonly households: {
    readonly [K in 'id' | 'building' | 'stairwell' | 'community' | 'category' | 'member' | 'lastVisit' | 'visitDue' | 'lastPass' | 'reasons' | 'unjudged']: readonly number[]
  } & { readonly room: readonly string[] }
  /** Five stations and walks a building. */
  readonly access: { readonly [K in 'building' | 'accessCm' | 'stationIds' | 'walkCm']: readonly number[] }
  readonly stairwells: { readonly id: readonly number[]; readonly building: readonly number[]; readonly name: readonly string[] }
  readonly closedGates: readonly LngLat[]
  readonly stations: readonly StationRecord[]
  readonly closedStations: readonly (Omit<ClosedStation, 'community'> & { readonly communityId: number | null })[]
  readonly workUnits: readonly (Omit<ById<WorkUnit>, 'compound' | 'at'> & { readonly compoundId: number | null; readonly lngLat: LngLat | null })[]
  readonly tasks: readonly (Omit<VisitTask, 'household'> & { readonly householdId: number })[]
  readonly scenarios: readonly SitingScenarioJson[]
  readonly trend: readonly ById<GapDay>[]
}

type Street = Pick<Scope, 'buildings' | 'communities' | 'compounds'>

/**
 * Ids → positions in the street of the same land. Households, stairwells and units of what the street does not show are left out;
 * a building without a measured walk has −2. Linear in the size of the answer.
 */
export function decodeCoverageScope(json: CoverageScopeJson, { buildings, communities, compounds }: Street): CoverageScope {
  const buildingAt = makeIdIndex(buildings.ids)
  const communityAt = makeIdIndex(Int32Array.from(communities, ({ id }) => id))
  const compoundAt = makeIdIndex(Int32Array.from(compounds, ({ id }) => id))
  const communityOf = new Map(json.communities.map((community) => [community.id, community]))

  const wells = shown(json.stairwells.building, buildingAt)
  const stairwells = {
    count: wells.length,
    ids: pick(json.stairwells.id, wells),
    building: pick(json.stairwells.building, wells, buildingAt),
    names: wells.map((k) => json.stairwells.name[k]),
  }
  const columns = json.households
  const rows = shown(columns.building, buildingAt).filter((k) => communityAt.get(columns.community[k]) !== undefined)
  const households = {
    count: rows.length,
    ids: pick(columns.id, rows),
    building: pick(columns.building, rows, buildingAt),
    stairwell: pick(columns.stairwell, rows, makeIdIndex(stairwells.ids)),
    community: pick(columns.community, rows, communityAt),
    category: Uint8Array.from(rows, (k) => columns.category[k]),
    rooms: rows.map((k) => columns.room[k]),
    member: pick(columns.member, rows),
    lastVisit: pick(columns.lastVisit, rows),
    visitDue: pick(columns.visitDue, rows),
    lastPass: pick(columns.lastPass, rows),
    reasons: Uint8Array.from(rows, (k) => columns.reasons[k]),
    unjudged: Uint8Array.from(rows, (k) => columns.unjudged[k]),
  }
  const householdAt = makeIdIndex(households.ids)

  return {
    landId: json.landId,
    nowMs: json.nowMs,
    today: json.today,
    // A community that the answer leaves out, as one where the caller is a member only, shows no household.
    settings: communities.map(({ id }) => communityOf.get(id)?.settings ?? COVERAGE_SETTINGS),
    households,
    access: decodeAccess(json.access, buildings.count, buildingAt, communities.map(({ id }) => communityOf.get(id))),
    closedGates: json.closedGates,
    stations: json.stations,
    closedStations: json.closedStations.map(({ communityId, ...station }) => ({ ...station, community: (communityId === null ? undefined : communityAt.get(communityId)) ?? -1 })),
    stairwells,
    workUnits: json.workUnits.flatMap(({ communityId, compoundId, lngLat, ...unit }) => {
      const community = communityAt.get(communityId)
      return community === undefined ? [] : [{ ...unit, at: lngLat, community, compound: (compoundId === null ? undefined : compoundAt.get(compoundId)) ?? -1 }]
    }),
    tasks: json.tasks.flatMap(({ householdId, ...task }) => {
      const household = householdAt.get(householdId)
      return household === undefined ? [] : [{ ...task, household }]
    }),
    scenarios: json.scenarios.map((scenario) => decodeScenario(scenario, communityAt)),
    trend: json.trend.flatMap(({ communityId, ...day }) => {
      const community = communityAt.get(communityId)
      return community === undefined ? [] : [{ ...day, community }]
    }),
  }
}

/** A site of a community that is no more has −1. */
function decodeScenario({ task: { communityIds, ...task }, sites, ...scenario }: SitingScenarioJson, communityAt: IdIndex): SitingScenario {
  return {
    ...scenario,
    task: { ...task, communities: communityIds.flatMap((id) => communityAt.get(id) ?? []) },
    sites: sites.map(({ communityId, ...site }) => ({ ...site, community: communityAt.get(communityId) ?? -1 })),
  }
}

function decodeAccess(
  { building, accessCm, stationIds, walkCm }: CoverageScopeJson['access'], count: number, buildingAt: IdIndex,
  states: readonly ({ readonly revision: number; readonly isFresh: boolean } | undefined)[],
): BuildingAccess {
  const levels = STATION_LEVELS.length
  const access = {
    fresh: states.map((state) => state?.isFresh ?? true),
    revisions: Int32Array.from(states, (state) => state?.revision ?? 0),
    accessCm: new Int32Array(count).fill(-2),
    stationIds: new Int32Array(levels * count),
    walkCm: new Int32Array(levels * count).fill(-1),
  }
  building.forEach((id, k) => {
    const at = buildingAt.get(id)
    if (at === undefined) return
    access.accessCm[at] = accessCm[k]
    for (let level = 0; level < levels; level++) {
      access.stationIds[levels * at + level] = stationIds[levels * k + level]
      access.walkCm[levels * at + level] = walkCm[levels * k + level]
    }
  })
  return access
}

/** Rows of which the street shows the building. */
const shown = (building: readonly number[], buildingAt: IdIndex): number[] => [...building.keys()].filter((k) => buildingAt.get(building[k]) !== undefined)

/** A column of some rows; with an index as positions, −1 where it has none. */
const pick = (column: readonly number[], rows: readonly number[], index?: IdIndex): Int32Array =>
  Int32Array.from(rows, (k) => (index ? (index.get(column[k]) ?? -1) : column[k]))
