import { App } from '@supabase/lite'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openEmbedded, type OpenedDatabase } from '../../../supabase/local/database/api-connection'
import { prepareDatabase } from '../../../supabase/local/database/prepare-database'
import { SnapshotCache, snapshotKey } from '../../../supabase/local/database/snapshot-cache'
import { CACHE_DIR } from '../../../supabase/local/serve'
import { PROJECT_DIR, SUPABASE_DIR } from '../../../supabase/local/settings'
import { reasonsOf } from '@/core/coverage/gap'
import { demoAccounts, seedDemoStreet } from '../../../supabase/seed/index'
import { PHONE_PREFIX } from '../../../supabase/seed/people/identities'
import { judgeHouseholds, readCoverageTables } from '../../helpers/judge-households'

let folder: string
let database: OpenedDatabase
let app: App

/** The database as a first start makes it: made and kept as it does, or taken from what such sources made before. */
beforeAll(async () => {
  const cache = new SnapshotCache(CACHE_DIR, snapshotKey(PROJECT_DIR, true))
  const copy = cache.find()
  folder = mkdtempSync(join(tmpdir(), 'gewu-seed-'))
  const databaseDir = join(folder, 'database')
  if (copy) cpSync(copy, databaseDir, { recursive: true })
  database = await openEmbedded(databaseDir)
  app = new App({
    connection: database.connection,
    auth: { enabled: true, jwt_secret: 'a secret of thirty-two characters', publishable_key: 'anon-key', secret_key: 'service-key' },
  })
  await prepareDatabase(database.sql, { supabaseDir: SUPABASE_DIR, ensureSystemSchema: () => app.ensureSystemSchema(), say: () => {} })
  if (copy) return
  await seedDemoStreet(database.sql, () => {})
  await database.sql.exec('checkpoint')
  await cache.store(async (kept) => cpSync(databaseDir, kept, { recursive: true }))
}, 400_000)

afterAll(async () => {
  await database.close()
  rmSync(folder, { recursive: true, force: true })
})

const count = async (from: string): Promise<number> => {
  const [row] = await database.sql.query<{ n: number }>(`select count(*)::int as n from ${from}`)
  return row.n
}

describe('the demo street in the database', () => {
  it('has the figures of the document', async () => {
    expect(await count('public.households')).toBe(22542)
    expect(await count('public.residents')).toBe(74286)
    expect(await count('private.resident_identities')).toBe(74286)
    expect(await count('public.members')).toBe(2127)
    expect(await count("public.org_units where level = 'community'")).toBe(90)
    expect(await count("public.org_units where level = 'party_group'")).toBe(342)
    expect(await count("public.posts where role = 'cadre'")).toBe(141)
    expect(await count("(select distinct org_unit_id from public.posts where role = 'cadre') tied")).toBe(90)
    expect(await count("public.posts where role = 'member'")).toBe(342)
    expect(await count('public.members where person_id is not null')).toBe(342)
    expect(await count('public.stations where level = \'community_station\'')).toBe(90)
  })

  it('has the chain of the document: 342 committee members and groups, 342 leaders and 2,127 members, ties to redo', async () => {
    const links = await database.sql.query(
      `select kind, count(*)::int as links, count(distinct member_id)::int as holders from public.contact_links where valid_to is null
       and kind in ('committee', 'group_leader') group by kind order by kind::text`)
    expect(links).toEqual([{ kind: 'committee', links: 342, holders: 342 }, { kind: 'group_leader', links: 2127, holders: 342 }])
    expect(await count('public.members where committee')).toBe(342)
    expect(await count('public.members where group_leader')).toBe(342)
    const ties = await count("public.contact_links where kind = 'household' and valid_to is null")
    expect([ties > 19500, ties < 21000]).toEqual([true, true])
    expect(await count('public.contact_links l join public.members m on m.id = l.member_id where l.community_id <> m.community_id')).toBe(0)
    const [edition] = await database.sql.query(
      'select count(*)::int as editions, sum(households)::int as households, sum(served_households)::int as served from public.assignment_editions')
    expect(edition).toEqual({ editions: 90, households: 22542, served: ties })
    expect(await count("public.settings where key = 'assignment'")).toBe(5)
  })

  it('gives the member who signs in households of his own', async () => {
    expect(await count(`public.contact_links l join public.members m on m.id = l.member_id join public.people p on p.id = m.person_id
      where l.kind = 'household' and l.valid_to is null and p.user_id is not null`)).toBeGreaterThanOrEqual(6)
  })

  it('has grids whose sums are the street', async () => {
    const [sums] = await database.sql.query('select sum(households)::int as households, sum(residents)::int as residents, sum(members)::int as members from public.grids')
    expect(sums).toEqual({ households: 22542, residents: 74286, members: 2127 })
    const [areas] = await database.sql.query<{ grids: number; cells: number }>('select (select sum(area_m2) from public.grids) as grids, (select sum(area_m2) from public.cells) as cells')
    expect(areas.grids).toBeCloseTo(areas.cells, 3)
  })

  it('leaves a few grids without a worker, and none without a leader', async () => {
    const without = (role: string): string => `public.grids g where not exists (select from public.posts p where p.grid_id = g.id and p.role = '${role}')`
    expect(await count(without('grid_leader'))).toBe(0)
    expect(await count(without('grid_worker'))).toBeGreaterThan(3)
  })

  it('has teams of three to five, and workers of two grids', async () => {
    const team = "(select grid_id, count(distinct person_id) as size from public.posts where grid_id is not null group by grid_id) team"
    expect(await count(`${team} where size > 5`)).toBe(0)
    expect(await count(`${team} where size >= 3`)).toBeGreaterThan(10)
    expect(await count(`(select person_id from public.posts where role = 'grid_worker' group by person_id having count(distinct grid_id) = 2) busy`)).toBeGreaterThan(2)
  })

  it('knows the path of every unit, through a work zone', async () => {
    expect(await count("public.org_units where level = 'party_group' and extensions.nlevel(path) <> 5")).toBe(0)
    expect(await count("public.org_units where level = 'work_zone'")).toBeGreaterThanOrEqual(3)
  })

  it('keeps names and numbers out of public', async () => {
    expect(await count(`public.residents where phone_masked !~ '^${PHONE_PREFIX}[*]{4}[0-9]{4}$'`)).toBe(0)
    expect(await count('public.residents r join private.resident_identities i on i.resident_id = r.id where r.name_masked <> private.mask_name(i.name)')).toBe(0)
    expect(await count("public.households where sort_key <> private.natural_key(address || ' ' || room)")).toBe(0)
  })
})

describe('who is not served in the demo street', () => {
  it('is judged by the database as told from the plain rows, household by household', async () => {
    const query = <T>(sql: string, values?: readonly unknown[]) => database.sql.query<T>(sql, values as unknown[])
    const [{ id: land }] = await query<{ id: number }>('select id from public.lands')
    const expected = judgeHouseholds(await readCoverageTables(query, land)).map(({ id, reasons, unjudged, member, visitDue }) => [id, reasons.join(), unjudged.join(), member, visitDue].join(' '))
    const judged = await query<{ id: number; reasons: number; unjudged: number; member: number | null; due: number | null }>(
      `select household_id as id, reasons, unjudged, member_id as member, visit_due - date '1970-01-01' as due from private.household_gaps($1)`, [land])
    const found = judged.map(({ id, reasons, unjudged, member, due }) => [id, reasonsOf(reasons).join(), reasonsOf(unjudged).join(), member, due].join(' '))
    expect(found.length).toBe(22542)
    expect(found.sort()).toEqual(expected.sort())
    // Neither all nor none are in need.
    expect(judged.filter(({ reasons }) => reasons === 0).length).toBeGreaterThan(1000)
  })
})

describe('two years of slips in the database', () => {
  it('are about six thousand, up to now, with numbers that go on', async () => {
    const n = await count('public.issues')
    expect([n > 5500, n < 6500, n]).toEqual([true, true, n])
    expect(await count('public.issues where reported_at > now()')).toBe(0)
    expect(await count(`private.issue_numbers n where n.last_number <> (
      select max(split_part(i.number, '-', 3)::int) from public.issues i where split_part(i.number, '-', 2)::int = n.year)`)).toBe(0)
  })

  it('have histories in which every act was allowed, and are what their history made them', async () => {
    // Every act but the first: from a state its rule names, to the state it names, by whom it names, from where the last one led.
    expect(await count(`(select e.*, lag(e.to_state) over history as before_state, lag(e.to_level) over history as before_level,
        lag(e.at) over history as before_at from public.issue_events e window history as (partition by e.issue_id order by e.id)) e
      left join private.issue_act_rules r on r.act::text = e.act
      where e.act = 'report' and (e.before_at is not null or e.to_state <> 'reported' or e.to_level <> 'grid')
        or e.act <> 'report' and (r.act is null or not e.from_state = any (r.from_states) or not e.actor = any (r.actors)
          or e.to_state <> coalesce(r.to_state, e.from_state) or r.takes_note and e.note = '' and e.actor <> 'system'
          or e.from_state is distinct from e.before_state or e.from_level is distinct from e.before_level or e.at < e.before_at)`)).toBe(0)
    expect(await count(`public.issues i cross join lateral (
        select count(*) - 1 as acts, max(e.to_level) as top, (array_agg(e.to_state order by e.id desc))[1] as state,
          (array_agg(e.to_level order by e.id desc))[1] as level, count(*) filter (where e.act = 'remind') as reminders
        from public.issue_events e where e.issue_id = i.id) h
      where (i.revision, i.top_level, i.state, i.level, i.reminders) is distinct from (h.acts, h.top, h.state, h.level, h.reminders)`)).toBe(0)
  })

  it('lie where their place says, with the deadline their level asks', async () => {
    expect(await count(`public.issues i cross join lateral private.issue_place(i.geom) p
      where (p.community_id, p.grid_id, p.building_id) is distinct from (i.community_id, i.grid_id, i.building_id)`)).toBe(0)
    // Each thirteenth: reckoning all takes two seconds.
    expect(await count(`public.issues i
      cross join lateral (select * from public.issue_events e where e.issue_id = i.id and e.detail ? 'dueAt' order by e.id desc limit 1) e
      where i.id % 13 = 0 and i.due_at is distinct from private.issue_due(i.community_id, i.category, e.to_level, e.at)`)).toBe(0)
  })

  it('name people who held the post, and link each duplicate with a slip that is none', async () => {
    expect(await count(`public.issue_events e join public.issues i on i.id = e.issue_id
      where e.person_id is not null and not exists (select from private.posts_at(i.community_id, i.grid_id) p where p.person_id = e.person_id)
      and i.id % 13 = 0`)).toBe(0)
    expect(await count('public.issues i join public.issues o on o.id = i.duplicate_of where o.duplicate_of is not null or o.reported_at > i.reported_at')).toBe(0)
    expect(await count('public.issues where duplicate_of is not null')).toBe(await count("public.issue_links where kind = 'duplicate'"))
    expect(await count('private.issue_board')).toBe(await count("public.issues where state = 'published'"))
    expect(await count(`private.issue_reporters where phone !~ '^${PHONE_PREFIX}[0-9]{8}$'`)).toBe(0)
  })
})

describe('demo accounts', () => {
  it('sign in, and are who the sign-in page says', async () => {
    for (const { email, password, role, name, orgName } of demoAccounts) {
      const answer = await app.fetch(
        new Request('http://localhost/auth/v1/token?grant_type=password', {
          method: 'POST',
          headers: { 'content-type': 'application/json', apikey: 'anon-key' },
          body: JSON.stringify({ email, password }),
        }),
      )
      expect(answer.status).toBe(200)
      const { user } = (await answer.json()) as { user: { id: string } }
      const held = await database.sql.query(
        `select p.name_masked as name, o.role, u.name as org from public.people p join public.posts o on o.person_id = p.id
         join public.org_units u on u.id = o.org_unit_id where p.user_id = $1 and o.role = $2::public.post_role`,
        [user.id, role],
      )
      expect(held).toEqual([{ name, role, org: orgName }])
    }
  }, 60_000)
})
