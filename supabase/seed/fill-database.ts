import { tellVisits } from './coverage/tell-visits'
import { cutCells } from './cut-cells'
import { insertRows, reserveIds, rowsOf, type SeedDatabase } from './database'
import { drawTodaysGrids, type GridPlan } from './draw-grids'
import { generateStreet } from './generate-street'
import { tellIssues } from './issues/tell-issues'
import { tieContacts } from './people/contacts'
import { initialsOf, quickInitials } from './people/initials'
import { fillPosts, type Staff } from './people/posts'
import { placeGridHomes } from './people/stations'
import { PATROLLED, tellPatrols } from './patrols/tell-patrols'
import { Random } from './random'
import { ASSIGNMENT, DEMO_SEED, DEMO_STREET, DISTRICT, GRID_LIMITS, SCALE_STREETS, type StreetSettings } from './settings'
import type { StreetData } from './street-data'
import { writeContacts } from './write-contacts'
import { writeCoverage } from './write-coverage'
import { readCalendar, writeIssues } from './write-issues'
import { DegreeText, writeGrids, writeLand } from './write-land'
import { writePatrols } from './write-patrols'
import { writeAccounts, writeHouseholds, writeMembers, writeStaff } from './write-people'

export interface SeedOptions {
  readonly seed?: string
  /** Hears what is being done. */
  readonly say?: (line: string) => void
}

/**
 * Fill an empty, migrated database with the demo street: land, people, posts, two years of slips up to now and, where there is
 * an `auth` schema, the demo accounts. Whole or not at all when called inside a transaction.
 */
export async function seedDemo(db: SeedDatabase, options: SeedOptions = {}): Promise<void> {
  const district = await makeDistrict(db)
  await seedStreet(db, district, options.seed ?? DEMO_SEED, DEMO_STREET, true, options.say ?? (() => {}))
  await db.query('analyze')
}

/**
 * Fill an empty, migrated database with the scale district: 15 streets; residents as counts, those of the first by name.
 * @param streets other streets than those of the district: the first is that of the demo's posts and accounts
 */
export async function seedDistrict(db: SeedDatabase, options: SeedOptions & { readonly streets?: readonly StreetSettings[] } = {}): Promise<void> {
  const district = await makeDistrict(db)
  for (const [k, settings] of (options.streets ?? SCALE_STREETS).entries()) {
    await seedStreet(db, district, options.seed ?? DEMO_SEED, settings, k === 0, options.say ?? (() => {}))
  }
  await db.query('analyze')
}

async function makeDistrict(db: SeedDatabase): Promise<number> {
  const [{ id }] = await rowsOf<{ id: number }>(
    db,
    "insert into public.org_units (level, code, name, initials, valid_from) values ('district', $1, $2, $3, '2020-01-01') returning id",
    [DISTRICT.code, DISTRICT.name, initialsOf(DISTRICT.name)],
  )
  await db.query("insert into public.settings (org_unit_id, key, value) values ($1, 'grid_limits', $2::jsonb), ($1, 'assignment', $3::jsonb)", [
    id, JSON.stringify(GRID_LIMITS), JSON.stringify(ASSIGNMENT),
  ])
  return id
}

/** @param demo whether this is the street of the demo: residents by name, posts of the district, accounts */
async function seedStreet(db: SeedDatabase, district: number, seed: string, settings: StreetSettings, demo: boolean, say: (line: string) => void): Promise<void> {
  say(`${settings.name}: drawing streets, villages and households`)
  const street = generateStreet(seed, settings, { residents: demo })
  say(`${settings.name}: cutting the land into cells`)
  const cut = cutCells(street)
  const plan = drawTodaysGrids(street, cut, seed)
  say(`${settings.name}: writing ${street.buildings.length} buildings and ${cut.land.cellCommunity.length} cells`)
  const units = await writeOrganisation(db, district, street)
  const stations = [...street.stations, ...placeGridHomes(street, cut, plan)]
  const ids = await writeLand(db, units.street, units.communities, street, cut, stations)
  say(`${settings.name}: writing ${street.households.length} households, ${street.residents.length} residents, ${street.members.length} members`)
  const household = await writeHouseholds(db, street, units.communities, ids.building)
  const member = await writeMembers(db, street, units.communities, units.groups, ids.building, household)
  const contacts = tieContacts(street, seed, ASSIGNMENT.interests.length)
  say(`${settings.name}: tying ${contacts.ties.length} households to members`)
  await writeContacts(db, street, contacts, { ...units, building: ids.building, household, member })
  say(`${settings.name}: drawing ${plan.grids.length} grids`)
  await writeGrids(db, ids, units.communities, plan)
  const staff = staffOf(street, plan, seed, demo)
  await writeStaff(db, staff, plan, { district, ...units }, member)
  if (!demo) return
  await writeAccounts(db, staff)
  const { calendar, nowS } = await readCalendar(db)
  const slips = tellIssues(street, cut, plan, staff, seed, calendar, nowS)
  say(`${settings.name}: writing ${slips.length} slips of two years`)
  await writeIssues(db, street, plan, staff, slips, { land: ids.land, communities: units.communities, building: ids.building, household })
  const streets = street.streets.map((_, k) => ids.way + k)
  const patrols = tellPatrols(street, cut, plan, staff, { streets, building: ids.building }, seed, nowS)
  say(`${settings.name}: writing ${patrols.walks.length} patrols of four weeks`)
  await writePatrols(db, street, plan, staff, patrols, { land: ids.land, communities: units.communities })
  const visits = tellVisits(street, contacts, seed, nowS)
  say(`${settings.name}: writing visits, walks to stations and what twelve weeks came to`)
  await writeCoverage(db, street, stations, visits, {
    land: ids.land, district, communities: units.communities, compounds: street.compounds.map((_, k) => ids.compound + k),
    stations: stations.map((_, k) => ids.station + k), household, member,
  }, { seed, patrolled: PATROLLED, patrolledSince: patrols.firstDay })
}

/** Street, work zones, communities with their official land, party groups. */
async function writeOrganisation(db: SeedDatabase, district: number, street: StreetData): Promise<{ street: number; communities: number[]; groups: number[] }> {
  const { settings, communities, workZones, partyGroups } = street
  const text = new DegreeText(street.frame)
  const streetId = await reserveIds(db, 'public.org_units', 1 + workZones.length + communities.length + partyGroups.length)
  const zone = streetId + 1
  const community = zone + workZones.length
  const group = community + communities.length
  const rows = [
    { id: streetId, parent: district, level: 'street', code: settings.code, name: settings.name, initials: street.initials, area: text.multiPolygon([street.outline]) },
    // Zones take codes 901 and on, beyond those of communities and villages.
    ...workZones.map((name, k) => ({ id: zone + k, parent: streetId, level: 'work_zone', code: `${settings.code.slice(0, 9)}${901 + k}`, name, initials: quickInitials(name) })),
    ...communities.map(({ code, name, initials, kind, rings, workZone }, k) => ({
      id: community + k, parent: zone + workZone, level: 'community', code, name, initials, kind, area: text.multiPolygon(rings),
    })),
    ...partyGroups.map(({ code, name, community: of }, k) => ({ id: group + k, parent: community + of, level: 'party_group', code, name, initials: initialsOf(name) })),
  ]
  await insertRows(
    db,
    `insert into public.org_units (id, parent_id, level, code, name, initials, kind, geom, valid_from)
     select r.id, r.parent, r.level::public.org_level, r.code, r.name, r.initials, r.kind::public.community_kind,
       extensions.st_geomfromtext(r.area, 4326), '2020-01-01'`,
    'id int, parent int, level text, code text, name text, initials text, kind text, area text',
    rows,
    // A unit finds its path through its parent, which must stand before it.
    'order by r.id',
  )
  return { street: streetId, communities: communities.map((_, k) => community + k), groups: partyGroups.map((_, k) => group + k) }
}

function staffOf(street: StreetData, plan: GridPlan, seed: string, district: boolean): Staff {
  const households = street.communities.map(() => 0)
  for (const { building } of street.households) households[street.buildings[building].community]++
  const groupLeaders = street.members.flatMap(({ leader, group, name, phone }, member) => (leader ? [{ group, member, name, phone }] : []))
  return fillPosts(
    {
      communities: street.communities.length,
      households,
      cadres: street.settings.cadres,
      assistants: street.settings.assistants,
      gridCommunity: plan.grids.map(({ community }) => community),
      groupLeaders,
      district,
    },
    street.phones,
    new Random(`${seed}/${street.settings.code}/posts`),
  )
}
