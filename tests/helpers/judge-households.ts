import { ASSIGNMENT_DEFAULTS, type AssignmentSettings } from '@/core/assignment/assignment-scope'
import { COVERAGE_SETTINGS, STATION_LEVELS, type CoverageSettings } from '@/core/coverage/coverage-scope'
import type { GapReason } from '@/core/coverage/gap'

type Query = <T>(sql: string, values?: readonly unknown[]) => Promise<T[]>

/** Rows of the tables as they stand there, those of one land alone where they are of a land. */
interface Tables {
  readonly today: string
  readonly street: number
  readonly org_units: readonly { id: number; parent_id: number | null; level: string; kind: 'urban' | 'rural' | null }[]
  readonly settings: readonly { org_unit_id: number; key: string; value: unknown }[]
  readonly households: readonly { id: number; community_id: number; building_id: number; category: number }[]
  readonly buildings: readonly { id: number; compound_id: number | null; cell_id: number | null }[]
  readonly compounds: readonly { id: number; status: string }[]
  readonly grid_cells: readonly { cell_id: number; grid_id: string }[]
  readonly posts: readonly { grid_id: string | null; role: string; valid_from: string; valid_to: string | null }[]
  readonly contact_links: readonly { kind: string; member_id: number; household_id: number | null; building_id: number | null; valid_from: string }[]
  readonly assignment_editions: readonly { community_id: number; mode: string }[]
  readonly members: readonly { id: number; community_id: number }[]
  readonly member_terms: readonly { member_id: number; max_households: number | null }[]
  readonly visits: readonly { household_id: number; outcome: string; visited_on: string }[]
  readonly building_access: readonly { building_id: number; access_cm: number; station_ids: number[]; walk_cm: number[] }[]
  readonly patrol_passes: readonly { building_id: number; at: string }[]
}

/** What is known of a household and what follows from it; days since 1970 in Shanghai, null for none. */
export interface JudgedHousehold {
  readonly id: number
  readonly community: number
  readonly member: number | null
  readonly lastVisit: number | null
  readonly visitDue: number | null
  readonly lastPass: number | null
  readonly reasons: readonly GapReason[]
  readonly unjudged: readonly GapReason[]
}

const TABLES: Readonly<Record<Exclude<keyof Tables, 'today' | 'street'>, string>> = {
  org_units: 'select id, parent_id, level, kind from public.org_units',
  settings: 'select org_unit_id, key, value from public.settings',
  households: 'select h.id, h.community_id, h.building_id, h.category from public.households h join public.buildings b on b.id = h.building_id where b.land_id = $1',
  buildings: 'select id, compound_id, cell_id from public.buildings where land_id = $1',
  compounds: 'select id, status from public.compounds where land_id = $1',
  grid_cells: 'select c.cell_id, c.grid_id from public.grid_cells c join public.grid_editions e on e.id = c.edition_id where e.land_id = $1 and e.valid_to is null',
  posts: 'select grid_id, role, valid_from, valid_to from public.posts',
  contact_links: 'select kind, member_id, household_id, building_id, valid_from from public.contact_links where valid_to is null',
  assignment_editions: 'select community_id, mode from public.assignment_editions where valid_to is null',
  members: 'select id, community_id from public.members',
  member_terms: 'select member_id, max_households from public.member_terms',
  visits: 'select household_id, outcome, visited_on from public.visits',
  building_access: 'select building_id, access_cm, station_ids, walk_cm from public.building_access where land_id = $1',
  patrol_passes: 'select building_id, at from public.patrol_passes',
}

/** Read every table the rule speaks of, row by row, as the owner. */
export async function readCoverageTables(query: Query, landId: number): Promise<Tables> {
  const columns = Object.entries(TABLES).map(([name, sql]) => `'${name}', (select coalesce(json_agg(t), '[]') from (${sql}) t)`)
  const [{ tables }] = await query<{ tables: Tables }>(
    `select json_build_object('today', private.today(), 'street', (select org_unit_id from public.lands where id = $1), ${columns.join(', ')}) as tables`, [landId])
  return tables
}

const DAY_MS = 86_400_000
const dayOf = (iso: string): number => Date.parse(`${iso.slice(0, 10)}T00:00:00Z`) / DAY_MS
const dayInShanghai = (iso: string): number => Math.floor((Date.parse(iso) + 8 * 3_600_000) / DAY_MS)

/** Who is not served, told household by household from the words of the rule alone. */
export function judgeHouseholds(tables: Tables): JudgedHousehold[] {
  const today = dayOf(tables.today)
  const buildings = new Map(tables.buildings.map((row) => [row.id, row]))
  const unmanaged = new Set(tables.compounds.filter(({ status }) => status === 'unmanaged').map(({ id }) => id))
  const gridOfCell = new Map(tables.grid_cells.map((row) => [row.cell_id, row.grid_id]))
  const staffed = new Set(
    tables.posts.filter((post) => post.role === 'grid_worker' && dayOf(post.valid_from) <= today && (post.valid_to === null || dayOf(post.valid_to) >= today))
      .map(({ grid_id }) => grid_id))
  const wholeBuildings = new Set(tables.assignment_editions.filter(({ mode }) => mode === 'building').map((row) => row.community_id))
  const ofHousehold = new Map(tables.contact_links.filter(({ kind }) => kind === 'household').map((link) => [link.household_id, link]))
  const ofBuilding = new Map(tables.contact_links.filter(({ kind }) => kind === 'building').map((link) => [link.building_id, link]))
  const lastVisits = latest(tables.visits.filter(({ outcome }) => outcome === 'met' || outcome === 'follow_up'), (row) => row.household_id, (row) => dayOf(row.visited_on))
  const lastPasses = latest(tables.patrol_passes, (row) => row.building_id, (row) => dayInShanghai(row.at))
  const access = new Map(tables.building_access.map((row) => [row.building_id, row]))
  const isOverloaded = overload(tables, wholeBuildings)
  const rules = new Map(tables.org_units.map(({ id }) => [id, nearestSetting(tables, id, 'coverage', COVERAGE_SETTINGS)]))

  return tables.households.map((household) => {
    const settings = rules.get(household.community_id) ?? COVERAGE_SETTINGS
    const building = buildings.get(household.building_id)!
    const grid = building.cell_id === null ? undefined : gridOfCell.get(building.cell_id)
    const link = ofHousehold.get(household.id) ?? (wholeBuildings.has(household.community_id) ? ofBuilding.get(building.id) : undefined)
    const lastVisit = lastVisits.get(household.id) ?? null
    const lastPass = lastPasses.get(building.id) ?? null
    const since = lastVisit ?? (link ? dayInShanghai(link.valid_from) : null)
    const visitDue = since === null ? null : since + (settings.specialCategories.includes(household.category) ? settings.visitSpecialDays : settings.visitDays)
    const walk = judgeWalk(access.get(building.id), settings)
    const holds: Readonly<Record<GapReason, boolean>> = {
      no_grid: grid === undefined,
      no_worker: grid !== undefined && !staffed.has(grid),
      compound_unmanaged: building.compound_id !== null && unmanaged.has(building.compound_id),
      no_member: link === undefined,
      member_overloaded: ofHousehold.has(household.id) && isOverloaded(link!.member_id),
      visit_overdue: visitDue !== null && today > visitDue,
      station_too_far: walk === 'far',
      not_patrolled: lastPass === null || today - lastPass > settings.patrolDays,
    }
    return {
      id: household.id, community: household.community_id, member: link?.member_id ?? null, lastVisit, visitDue, lastPass,
      reasons: COVERAGE_SETTINGS.reasons.filter((reason) => holds[reason] && settings.reasons.includes(reason)),
      unjudged: walk === 'unknown' && settings.reasons.includes('station_too_far') ? ['station_too_far'] : [],
    }
  })
}

/** Whether some station of the levels that count is within the limit, the limit included; one that was closed since tells nothing. */
function judgeWalk(row: Tables['building_access'][number] | undefined, settings: CoverageSettings): 'near' | 'far' | 'unknown' {
  if (!row || row.access_cm < 0) return 'unknown'
  const columns = settings.stationLevels.map((level) => STATION_LEVELS.indexOf(level))
  if (columns.some((k) => row.station_ids[k] > 0 && row.walk_cm[k] <= settings.stationLimitM * 100)) return 'near'
  return columns.some((k) => row.station_ids[k] === -1) ? 'unknown' : 'far'
}

/** Whether a member carries more households than he or she may: own terms, else those of the community, else of its kind. */
function overload({ street, org_units, settings, members, member_terms, contact_links }: Tables, wholeBuildings: ReadonlySet<number>): (member: number) => boolean {
  const inForce = nearestSetting({ org_units, settings }, street, 'assignment', ASSIGNMENT_DEFAULTS)
  const carried = new Map<number, number>()
  for (const { kind, member_id } of contact_links) if (kind === 'household') carried.set(member_id, (carried.get(member_id) ?? 0) + 1)
  return (member) => {
    const community = members.find(({ id }) => id === member)!.community_id
    if (wholeBuildings.has(community)) return false
    const kind = org_units.find(({ id }) => id === community)!.kind ?? 'urban'
    const own = settings.find((row) => row.org_unit_id === community && row.key === 'assignment')?.value as AssignmentSettings | undefined
    const most = member_terms.find((row) => row.member_id === member)?.max_households
      ?? own?.[kind].max
      ?? inForce.communityLimits?.find(({ communityId }) => communityId === community)?.max
      ?? inForce[kind].max
    return (carried.get(member) ?? 0) > most
  }
}

/** The setting of a unit, else of the nearest unit above, else what is meant where nobody said anything. */
function nearestSetting<T extends object>({ org_units, settings }: Pick<Tables, 'org_units' | 'settings'>, unit: number, key: string, otherwise: T): T {
  for (let at: number | null = unit; at !== null; at = org_units.find(({ id }) => id === at)?.parent_id ?? null) {
    const found = settings.find((row) => row.org_unit_id === at && row.key === key)
    if (found) return { ...otherwise, ...(found.value as T) }
  }
  return otherwise
}

function latest<T>(rows: readonly T[], key: (row: T) => number, day: (row: T) => number): Map<number, number> {
  const last = new Map<number, number>()
  for (const row of rows) last.set(key(row), Math.max(day(row), last.get(key(row)) ?? -Infinity))
  return last
}
