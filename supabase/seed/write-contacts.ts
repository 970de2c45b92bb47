import { insertRows, reserveIds, type SeedDatabase } from './database'
import type { Contacts } from './people/contacts'
import { ASSIGNMENT, CROWDED_MAX } from './settings'
import type { StreetData } from './street-data'

/** Ids by position; of buildings, households and members the first. */
export interface ContactIds {
  readonly communities: readonly number[]
  readonly groups: readonly number[]
  readonly building: number
  readonly household: number
  readonly member: number
}

/** First day of the ties of today. */
export const TIED_SINCE = '2026-03-01 00:00:00+08'

/** Write who answers for whom, what people have in common, terms, and the settings of crowded communities. */
export async function writeContacts(db: SeedDatabase, street: StreetData, contacts: Contacts, ids: ContactIds): Promise<void> {
  const communityOf = (household: number): number => street.buildings[street.households[household].building].community
  const edition = await writeEditions(db, street, contacts, ids.communities)
  const of = (kind: string, community: number, member: number, target: object): object => ({
    kind, community: ids.communities[community], member: ids.member + member, ...target,
  })
  await insertRows(
    db,
    `insert into public.contact_links (kind, community_id, member_id, household_id, frail_member_id, party_group_id, building_id, led_member_id,
       edition_id, valid_from)
     select r.kind::public.contact_kind, r.community, r.member, r.household, r.frail, r.party, r.building, r.led, r.edition, '${TIED_SINCE}'`,
    'kind text, community int, member int, household int, frail int, party int, building int, led int, edition int',
    [
      ...contacts.ties.map(({ household, member }) => {
        const community = communityOf(household)
        return of('household', community, member, { household: ids.household + household, edition: edition + community })
      }),
      ...contacts.care.map(({ frail, carer }) => {
        const { community } = street.members[frail]
        return of('frail_care', community, carer, { frail: ids.member + frail, edition: edition + community })
      }),
      ...contacts.committee.map((member, group) => of('committee', street.partyGroups[group].community, member, { party: ids.groups[group] })),
      ...street.members.map(({ group, community }, led) => of('group_leader', community, contacts.leaders[group], { led: ids.member + led })),
      ...contacts.buildingLeaders.map(({ building, member }) =>
        of('building', street.buildings[building].community, member, { building: ids.building + building }),
      ),
    ],
  )
  await insertRows(
    db,
    'insert into public.kinships (member_id, household_id, relation) select r.member, r.household, r.relation',
    'member int, household int, relation text',
    contacts.kinships.map(({ member, household, relation }) => ({ member: ids.member + member, household: ids.household + household, relation })),
  )
  await insertRows(
    db,
    'insert into public.household_interests (household_id, interest) select r.household, r.interest',
    'household int, interest smallint',
    contacts.householdInterests.map(({ household, interest }) => ({ household: ids.household + household, interest })),
  )
  await insertRows(
    db,
    'insert into public.member_interests (member_id, interest) select r.member, r.interest',
    'member int, interest smallint',
    contacts.memberInterests.map(({ member, interest }) => ({ member: ids.member + member, interest })),
  )
  await insertRows(
    db,
    'insert into public.member_terms (member_id, note, min_households, max_households, reach_m) select r.member, r.note, r.min, r.max, r.reach',
    'member int, note text, min int, max int, reach int',
    contacts.terms.map(({ member, note, min, max, reachM }) => ({ member: ids.member + member, note, min, max, reach: reachM })),
  )
  await insertRows(
    db,
    "insert into public.settings (org_unit_id, key, value) select r.unit, 'assignment', r.value",
    'unit int, value jsonb',
    contacts.crowded.map((community) => ({
      unit: ids.communities[community], value: { ...ASSIGNMENT, urban: { ...ASSIGNMENT.urban, max: CROWDED_MAX } },
    })),
  )
}

/** The first edition of each community. Returns the id of that of community 0. */
async function writeEditions(db: SeedDatabase, street: StreetData, { ties, care }: Contacts, communities: readonly number[]): Promise<number> {
  const edition = await reserveIds(db, 'public.assignment_editions', communities.length)
  const rows = communities.map((community, k) => ({ id: edition + k, community, households: 0, served: 0, care: 0 }))
  const row = (household: number): (typeof rows)[number] => rows[street.buildings[street.households[household].building].community]
  street.households.forEach((_, household) => row(household).households++)
  for (const { household } of ties) row(household).served++
  for (const { frail } of care) rows[street.members[frail].community].care++
  await insertRows(
    db,
    `insert into public.assignment_editions (id, community_id, number, valid_from, note, households, served_households, changed_households, changed_care)
     select r.id, r.community, 1, '${TIED_SINCE}', '纸质台账登记', r.households, r.served, r.served, r.care`,
    'id int, community int, households int, served int, care int',
    rows,
  )
  return edition
}
