import { buildCellAdjacency } from '@/algorithms/topology/build-cell-adjacency'
import { COVERAGE_SETTINGS, type CoverageSettings } from '@/core/coverage/coverage-scope'
import { decodeSnapshot, type SnapshotJson } from '@/data/scope-snapshot'
import { measureAccessOfLand } from '@/rooms/coverage/operations/measure-access-of-land'
import { tellActivities } from './coverage/tell-activities'
import { tellGapDays } from './coverage/tell-gap-days'
import { tellUnits } from './coverage/tell-units'
import type { ToldVisits } from './coverage/tell-visits'
import { insertRows, rowsOf, type SeedDatabase } from './database'
import { dayOf } from './issues/work-calendar'
import { Random } from './random'
import type { StationData, StreetData } from './street-data'
import { TIED_SINCE } from './write-contacts'
import { DegreeText } from './write-land'

/** Ids by position; of the households the first. */
export interface CoverageIds {
  readonly land: number
  readonly district: number
  readonly communities: readonly number[]
  readonly compounds: readonly number[]
  readonly stations: readonly number[]
  readonly household: number
  readonly member: number
}

/** Visits that are written, days, so that the end of last month is told whole: older ones only where a household has no later one that counts. */
const KEPT_DAYS = 46
/** Days of the past that are told: each of four weeks, and one a week before. */
const DAILY = 28
const WEEKLY = 8
const DAY_MS = 86_400_000
/** The product's, but for a street whose town is as dense as this one's: 800 m would reach every door. */
const RULES: CoverageSettings = { ...COVERAGE_SETTINGS, stationLimitM: 500 }

const isoDay = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10)
const dayNumber = (iso: string): number => Date.parse(iso) / DAY_MS
const counts = (outcome: string): boolean => outcome === 'met' || outcome === 'follow_up'

export interface CoverageOptions {
  readonly seed: string
  /** Communities with patrols, the first so many: only there a household can lack them. */
  readonly patrolled: number
  /** First day of the patrols, days since 1970. */
  readonly patrolledSince: number
}

/** Write who is visited, what stations offer, units of work, the walks to stations, and what the days came to. */
export async function writeCoverage(
  db: SeedDatabase, street: StreetData, stations: readonly StationData[], told: ToldVisits, ids: CoverageIds, options: CoverageOptions,
): Promise<void> {
  const { seed, patrolled } = options
  await writeSettings(db, ids, patrolled)
  await writeVisits(db, street, told, ids, seed)
  await writeUnits(db, street, ids, seed)
  await insertRows(
    db,
    `insert into public.station_activities (station_id, title, weekdays, from_minute, to_minute, place, seats)
     select r.station, r.title, r.weekdays, r."fromMinute", r."toMinute", r.place, r.seats`,
    'station int, title text, weekdays boolean[], "fromMinute" int, "toMinute" int, place text, seats int',
    tellActivities(stations, seed).map((activity) => ({ ...activity, station: ids.stations[activity.station] })),
  )
  await writeAccess(db, ids)
  await writeGapDays(db, street, told, ids, options)
}

/** Patrols have begun in some communities only: elsewhere nobody is told that none came by. */
async function writeSettings(db: SeedDatabase, ids: CoverageIds, patrolled: number): Promise<void> {
  const elsewhere: CoverageSettings = { ...RULES, reasons: RULES.reasons.filter((reason) => reason !== 'not_patrolled') }
  await insertRows(db, "insert into public.settings (org_unit_id, key, value) select r.unit, 'coverage', r.value", 'unit int, value jsonb', [
    { unit: ids.district, value: elsewhere },
    ...ids.communities.slice(0, patrolled).map((unit) => ({ unit, value: RULES })),
  ])
}

async function writeVisits(db: SeedDatabase, street: StreetData, { visits, today }: ToldVisits, ids: CoverageIds, seed: string): Promise<void> {
  const random = new Random(`${seed}/${street.settings.code}/visit ids`)
  const lastCounted = new Map(visits.flatMap((visit, k) => (counts(visit.outcome) ? [[visit.household, k]] : [])))
  const kept = visits.filter((visit, k) => visit.day > today - KEPT_DAYS || lastCounted.get(visit.household) === k)
  await insertRows(
    db,
    `insert into public.visits (id, household_id, community_id, member_id, kind, purpose, outcome, satisfaction, visited_on, logged_at)
     select r.i, r.h, r.c, r.m, r.k::public.visit_kind, r.p::public.visit_purpose, r.o::public.visit_outcome, r.s, r.d, r.d::timestamp at time zone 'Asia/Shanghai' + interval '20 hours'`,
    'i uuid, h int, c int, m int, k text, p text, o text, s smallint, d date',
    kept.map(({ household, member, kind, purpose, outcome, satisfaction, day }) => ({
      i: random.uuid(), h: ids.household + household, c: ids.communities[street.buildings[street.households[household].building].community], m: ids.member + member,
      k: kind, p: purpose, o: outcome, s: satisfaction, d: isoDay(day),
    })),
  )
}

async function writeUnits(db: SeedDatabase, street: StreetData, ids: CoverageIds, seed: string): Promise<void> {
  const text = new DegreeText(street.frame)
  await insertRows(
    db,
    `insert into public.work_units (land_id, community_id, compound_id, name, kind, status, branch, note, geom)
     select ${ids.land}, r.community, r.compound, r.name, r.kind::public.work_unit_kind, r.status::public.work_unit_status, r.branch::public.branch_kind, r.note,
       extensions.st_geomfromtext(r.point, 4326)`,
    'community int, compound int, name text, kind text, status text, branch text, note text, point text',
    tellUnits(street, seed).map(({ community, compound, building, ...unit }) => ({
      ...unit, community: ids.communities[community], compound: ids.compounds[compound] ?? null, point: building < 0 ? null : text.point(street.buildings[building].point),
    })),
  )
}

/** Walks to stations, measured as the console measures them, on the street as it reads it. */
async function writeAccess(db: SeedDatabase, { land, communities }: CoverageIds): Promise<void> {
  const [{ snapshot }] = await rowsOf<{ snapshot: SnapshotJson }>(db, 'select public.scope_snapshot($1) as snapshot', [land])
  const scope = decodeSnapshot(snapshot, buildCellAdjacency)
  const { measured } = measureAccessOfLand(scope, [], communities.map(() => RULES))
  const { ids, community } = scope.buildings
  await insertRows(
    db,
    `insert into public.building_access (building_id, land_id, community_id, access_cm, station_ids, walk_cm) select r.b, ${land}, r.c, r.a, r.s, r.w`,
    'b int, c int, a int, s int[], w int[]',
    Array.from(ids, (b, k) => ({
      b, c: scope.communities[community[k]].id, a: measured.accessCm[k],
      s: [...measured.stationIds.subarray(5 * k, 5 * k + 5)], w: [...measured.walkCm.subarray(5 * k, 5 * k + 5)],
    })),
  )
  await db.query('update public.community_access set measured_revision = revision, measured_at = now() where community_id = any ($1)', [communities])
}

async function writeGapDays(
  db: SeedDatabase, street: StreetData, { visits, today }: ToldVisits, ids: CoverageIds, { patrolled, patrolledSince }: CoverageOptions,
): Promise<void> {
  // Who is not served is asked of tables that nobody has counted yet.
  await db.query('analyze public.households, public.buildings, public.contact_links, public.visits, public.patrol_passes, public.building_access, public.grid_cells')
  const judged = await rowsOf<{ id: number; community: number; building: number; category: number; member: number | null; reasons: number }>(
    db, 'select household_id as id, community_id as community, building_id as building, category, member_id as member, reasons from private.household_gaps($1)', [ids.land],
  )
  const passes = await rowsOf<{ building: number; days: string[] }>(
    db,
    `select p.building_id as building, array_agg(distinct (p.at at time zone 'Asia/Shanghai')::date::text order by (p.at at time zone 'Asia/Shanghai')::date::text) as days
     from public.patrol_passes p group by p.building_id`,
  )
  const passed = new Map(passes.map(({ building, days }) => [building, days.map(dayNumber)]))
  const visited = street.households.map((): number[] => [])
  for (const { household, day, outcome } of visits) if (counts(outcome)) visited[household].push(day)
  const communityIndex = new Map(ids.communities.map((id, k) => [id, k]))
  const { visitDays, visitSpecialDays, specialCategories } = RULES
  const tiedOn = dayOf(Date.parse(TIED_SINCE) / 1000)
  const past = judged.map(({ id, community, building, category, member, reasons }) => {
    const index = communityIndex.get(community)!
    return {
      community: index, reasons, tiedOn, visited: visited[id - ids.household],
      visitEvery: member === null ? 0 : specialCategories.includes(category) ? visitSpecialDays : visitDays,
      passed: index < patrolled ? (passed.get(building) ?? []) : null,
    }
  })
  const days = [...Array.from({ length: WEEKLY }, (_, k) => today - DAILY - 7 * (WEEKLY - k)), ...Array.from({ length: DAILY }, (_, k) => today - DAILY + k)]
  await insertRows(
    db,
    'insert into public.gap_days (day, community_id, households, by_main, by_any) select r.day, r.community, r.households, r."byMain", r."byAny"',
    'day date, community int, households int, "byMain" int[], "byAny" int[]',
    tellGapDays(past, ids.communities.length, days, patrolledSince).map(({ dayNumber: day, community, ...count }) => ({ ...count, day: isoDay(day), community: ids.communities[community] })),
  )
  // Today is what the database says.
  await db.query('select private.refresh_gap_day($1)', [ids.land])
}
