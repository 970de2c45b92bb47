import { DEMO_ACCOUNTS } from './demo-accounts'
import { insertRows, reserveIds, rowsOf, type SeedDatabase } from './database'
import type { GridPlan } from './draw-grids'
import { quickInitials } from './people/initials'
import { maskIdNumber, maskName, maskPhone } from './people/identities'
import type { Staff } from './people/posts'
import type { StreetData } from './street-data'

const masked = (phone: string | null): string | null => (phone ? maskPhone(phone) : null)

/** As the database sorts: each run of digits padded to eight. */
const naturalKey = (text: string): string => text.replace(/[0-9]+/g, (digits) => digits.padStart(8, '0'))

/** Write stairwells, households and residents: masks to public, names and numbers to private. Returns the id of household 0. */
export async function writeHouseholds(db: SeedDatabase, street: StreetData, communities: readonly number[], building: number): Promise<number> {
  const stairwell = await reserveIds(db, 'public.stairwells', street.stairwells.length)
  const household = await reserveIds(db, 'public.households', street.households.length)
  const resident = await reserveIds(db, 'public.residents', street.residents.length)
  const communityOf = (index: number): number => communities[street.buildings[street.households[index].building].community]
  await insertRows(
    db,
    'insert into public.stairwells (id, building_id, name, sort) select r.id, r.building, r.name, r.sort',
    'id int, building int, name text, sort int',
    street.stairwells.map((s, k) => ({ id: stairwell + k, building: building + s.building, name: s.name, sort: s.sort })),
  )
  await insertRows(
    db,
    `insert into public.households (id, community_id, building_id, stairwell_id, room, address, sort_key, head_name_masked, initials, category,
       resident_count, phone_masked)
     select r.id, r.community, r.building, r.stairwell, r.room, r.address, r.sort, r.head, r.initials, r.category, r.residents, r.phone`,
    `id int, community int, building int, stairwell int, room text, address text, sort text, head text, initials text, category smallint,
     residents smallint, phone text`,
    street.households.map((h, k) => ({
      id: household + k, community: communityOf(k), building: building + h.building, stairwell: h.stairwell < 0 ? null : stairwell + h.stairwell,
      room: h.room, address: h.address, sort: naturalKey(`${h.address} ${h.room}`), head: maskName(h.headName), initials: h.initials,
      category: h.category, residents: h.residentCount, phone: masked(h.phone),
    })),
  )
  await insertRows(
    db,
    `insert into public.residents (id, household_id, community_id, building_id, name_masked, relation, birth_year, sex, phone_masked, id_number_masked)
     select r.id, r.household, r.community, r.building, r.name, r.relation, r.birth, r.sex, r.phone, r.number`,
    'id int, household int, community int, building int, name text, relation text, birth smallint, sex text, phone text, number text',
    street.residents.map((r, k) => ({
      id: resident + k, household: household + r.household, community: communityOf(r.household), building: building + street.households[r.household].building,
      name: maskName(r.name), relation: r.relation, birth: r.birthYear, sex: r.sex, phone: masked(r.phone), number: maskIdNumber(r.idNumber),
    })),
  )
  await insertRows(
    db,
    'insert into private.resident_identities (resident_id, name, phone, id_number) select r.id, r.name, r.phone, r.number',
    'id int, name text, phone text, number text',
    street.residents.map((r, k) => ({ id: resident + k, name: r.name, phone: r.phone, number: r.idNumber })),
  )
  await insertRows(
    db,
    'insert into private.resident_tags (resident_id, tag) select r.id, r.tag',
    'id int, tag text',
    street.residents.flatMap((r, k) => r.tags.map((tag) => ({ id: resident + k, tag }))),
  )
  return household
}

/** Write party groups and members. Returns the id of member 0. */
export async function writeMembers(
  db: SeedDatabase,
  street: StreetData,
  communities: readonly number[],
  groups: readonly number[],
  building: number,
  household: number,
): Promise<number> {
  const member = await reserveIds(db, 'public.members', street.members.length)
  await insertRows(
    db,
    `insert into public.members (id, party_group_id, community_id, building_id, household_id, name_masked, initials, condition, exempt_reason, phone_masked)
     select r.id, r.party, r.community, r.building, r.household, r.name, r.initials, r.condition::public.member_condition, r.exempt, r.phone`,
    'id int, party int, community int, building int, household int, name text, initials text, condition text, exempt text, phone text',
    street.members.map((m, k) => ({
      id: member + k, party: groups[m.group], community: communities[m.community], building: building + street.households[m.household].building,
      household: household + m.household, name: maskName(m.name), initials: quickInitials(m.name[0]), condition: m.frail ? 'frail' : 'able',
      exempt: m.exemptReason, phone: masked(m.phone),
    })),
  )
  await insertRows(
    db,
    'insert into private.member_identities (member_id, name, phone) select r.id, r.name, r.phone',
    'id int, name text, phone text',
    street.members.map((m, k) => ({ id: member + k, name: m.name, phone: m.phone })),
  )
  return member
}

/** Ids of units by what posts refer to. */
export interface UnitIds {
  readonly district: number
  readonly street: number
  readonly communities: readonly number[]
  readonly groups: readonly number[]
}

/** Write the people of the console and their posts; group leaders are members too. */
export async function writeStaff(db: SeedDatabase, staff: Staff, plan: GridPlan, units: UnitIds, member: number): Promise<void> {
  await insertRows(
    db,
    'insert into public.people (id, name_masked, initials, phone_masked) select r.id, r.name, r.initials, r.phone',
    'id uuid, name text, initials text, phone text',
    staff.people.map(({ id, name, phone }) => ({ id, name: maskName(name), initials: quickInitials(name[0]), phone: masked(phone) })),
  )
  await insertRows(
    db,
    'insert into private.people_identities (person_id, name, phone) select r.id, r.name, r.phone',
    'id uuid, name text, phone text',
    staff.people.map(({ id, name, phone }) => ({ id, name, phone })),
  )
  const unitOf = (unit: Staff['posts'][number]['unit']): number =>
    'index' in unit ? (unit.level === 'community' ? units.communities : units.groups)[unit.index] : units[unit.level]
  await insertRows(
    db,
    "insert into public.posts (person_id, org_unit_id, grid_id, role, valid_from) select r.person, r.unit, r.grid, r.role::public.post_role, '2024-03-01'",
    'place int, person uuid, unit int, grid uuid, role text',
    staff.posts.map((post, place) => ({
      place, person: staff.people[post.person].id, unit: unitOf(post.unit), grid: post.grid < 0 ? null : plan.grids[post.grid].id, role: post.role,
    })),
    'order by r.place',
  )
  await db.query(
    'update public.members m set person_id = r.person from jsonb_to_recordset($1::jsonb) as r(person uuid, member int) where m.id = r.member',
    [JSON.stringify(staff.people.flatMap(({ id, member: index }) => (index < 0 ? [] : [{ person: id, member: member + index }])))],
  )
}

/** Sign-in for the first holder of each role. The password is kept as bcrypt, as both GoTrue and the embedded API read it. */
export async function writeAccounts(db: SeedDatabase, staff: Staff): Promise<void> {
  const [{ present, hosted }] = await rowsOf<{ present: boolean; hosted: boolean }>(
    db,
    `select to_regclass('auth.users') is not null as present, exists (
       select from information_schema.columns where table_schema = 'auth' and table_name = 'users' and column_name = 'instance_id') as hosted`,
  )
  const taken = new Set<number>()
  for (const { role, email, password } of DEMO_ACCOUNTS) {
    // Who leads a grid and works in it has the leader's account.
    const post = staff.posts.find((held) => held.role === role && !taken.has(held.person))
    if (!post) throw new Error(`nobody holds the post of ${role}`)
    taken.add(post.person)
    // The account's id is the person's: one name for one human.
    const person = staff.people[post.person].id
    await db.query('update public.people set user_id = $1 where id = $1', [person])
    if (!present) continue
    // GoTrue reads empty tokens, not null ones.
    await db.query(
      `insert into auth.users (${hosted ? 'instance_id, ' : ''}id, aud, role, email, encrypted_password, email_confirmed_at,
         confirmation_token, recovery_token, email_change, email_change_token_new, raw_app_meta_data, raw_user_meta_data, created_at, updated_at)
       values (${hosted ? "'00000000-0000-0000-0000-000000000000', " : ''}$1, 'authenticated', 'authenticated', $2,
         extensions.crypt($3, extensions.gen_salt('bf', 10)), now(), '', '', '', '',
         '{"provider": "email", "providers": ["email"]}', '{}', now(), now())`,
      [person, email, password],
    )
    await db.query(
      `insert into auth.identities (id, provider, provider_id, user_id, identity_data, created_at, updated_at)
       values (gen_random_uuid(), 'email', $1::text, $1::uuid, $2::jsonb, now(), now())`,
      [person, JSON.stringify({ sub: person, email, email_verified: true, phone_verified: false })],
    )
  }
}
