import { afterAll, beforeAll, expect, it } from 'vitest'
import { cutCells } from '../../supabase/seed/cut-cells'
import { seedDistrict } from '../../supabase/seed/fill-database'
import { generateStreet } from '../../supabase/seed/generate-street'
import { DEMO_SEED, DEMO_STREET, SCALE_STREETS, type StreetSettings } from '../../supabase/seed/settings'
import { describeOnEach } from './engines/on-engines'
import { openDatabase } from './engines/open-database'
import type { TestDatabase } from './engines/test-database'
import { makeSubject } from './engines/with-databases'

/** Two streets side by side, a tenth of their size: the first holds its residents by name, as in the scale district. */
const STREETS: readonly StreetSettings[] = [DEMO_STREET, SCALE_STREETS.find(({ column, row }) => column === 1 && row === 0)!].map((street) => ({
  ...street, urbanCommunities: 2, villages: 6, partyGroups: 20, households: 2600, residents: 8700, members: 230, cadres: 12, assistants: 2,
}))
const byCode = <T extends { code: string }>(rows: readonly T[]) => [...rows].sort((a, b) => (a.code < b.code ? -1 : 1))

/** What the generator says of each community, by its own lists. */
const EXPECTED = STREETS.map((settings) => {
  const street = generateStreet(DEMO_SEED, settings, { residents: false })
  const cut = cutCells(street)
  const communities = street.communities.map(({ code }) => ({ code, households: 0, residents: 0, members: 0, buildings: 0, areaM2: 0 }))
  for (const { building, residentCount } of street.households) {
    const community = communities[street.buildings[building].community]
    community.households++
    community.residents += residentCount
  }
  for (const { community } of street.members) communities[community].members++
  for (const { community } of street.buildings) communities[community].buildings++
  cut.land.cellAreaM2.forEach((areaM2, cell) => (communities[cut.land.cellCommunity[cell]].areaM2 += areaM2))
  return { settings, communities: byCode(communities), cells: cut.land.cellAreaM2.length }
})

describeOnEach('the scale district in the database', (engine) => {
  let database: TestDatabase
  const said: string[] = []
  const subject = makeSubject(() => database)
  const rows = <T>(sql: string, values: readonly unknown[] = []) => database.query<T>(sql, values)

  beforeAll(async () => {
    database = await openDatabase(engine)
    await database.query('begin')
    await seedDistrict({ query: (sql, values) => database.query(sql, values) }, { streets: STREETS, say: (line) => said.push(line) })
    await database.query('commit')
  })
  afterAll(() => database?.close())

  /** As the administrator of the district, as row-level security lets him see. */
  const asAdmin = <T>(work: () => Promise<T>) =>
    subject.rolledBack(async () => {
      const [{ id }] = await rows<{ id: string }>("select p.user_id::text as id from public.people p join public.posts o on o.person_id = p.id where o.role = 'district_admin'")
      await rows("select set_config('request.jwt.claim.sub', $1, true), set_config('request.jwt.claims', $2, true)", [id, JSON.stringify({ sub: id, role: 'authenticated' })])
      await rows('set local role authenticated')
      return work()
    })
  type Totals = (typeof EXPECTED)[number]['communities'][number] & { id: number }
  const totals = async (parent: number | null) => {
    const [{ list }] = await rows<{ list: Totals[] }>('select public.org_totals($1) as list', [parent])
    return byCode(list)
  }

  it('holds what each street was to have, as the district sees it', async () => {
    await asAdmin(async () => {
      const [district] = await totals(null)
      const streets = await totals(district.id)
      const figures = ({ code, households, residents, members }: Pick<Totals, 'code' | 'households' | 'residents' | 'members'>) => ({ code, households, residents, members })
      expect(streets.map(figures)).toEqual(byCode(STREETS).map(figures))
      expect(district).toMatchObject({ households: 5200, residents: 17400, members: 460 })
    })
  })

  it('was told of as it was made', () => {
    for (const { name } of STREETS) expect(said.filter((line) => line.startsWith(`${name}: `)).length).toBeGreaterThanOrEqual(4)
  })

  it('holds in each community what the generator gave it', async () => {
    const sums = await rows<{ code: string } & Record<string, number>>(
      `select u.code, s.code as street,
         (select count(*)::int from public.households h where h.community_id = u.id) as households,
         (select sum(h.resident_count)::int from public.households h where h.community_id = u.id) as residents,
         (select count(*)::int from public.members m where m.community_id = u.id) as members,
         (select count(*)::int from public.buildings b where b.community_id = u.id) as buildings,
         (select sum(c.area_m2) from public.cells c where c.community_id = u.id) as area
       from public.org_units u join public.org_units s on s.level = 'street' and u.path operator(extensions.<@) s.path
       where u.level = 'community' order by u.code`)
    const expected = EXPECTED.flatMap(({ communities }) => communities)
    expect(sums.map(({ code, households, residents, members, buildings }) => ({ code, households, residents, members, buildings })))
      .toEqual(byCode(expected).map(({ code, households, residents, members, buildings }) => ({ code, households, residents, members, buildings })))
    byCode(expected).forEach(({ areaM2 }, k) => expect(sums[k].area).toBeCloseTo(areaM2, 3))
  })

  it('has on each land the cells of the cut, in grids that hold every household', async () => {
    const lands = await rows(
      `select s.code, (select count(*)::int from public.cells c where c.land_id = l.id) as cells,
         (select count(*)::int from public.grid_cells g where g.edition_id = e.id) as "inGrids",
         (select sum(g.households)::int from public.grids g where g.edition_id = e.id) as households,
         (select sum(g.members)::int from public.grids g where g.edition_id = e.id) as members
       from public.lands l join public.org_units s on s.id = l.org_unit_id
       join public.grid_editions e on e.land_id = l.id and e.valid_to is null order by s.code`)
    expect(lands).toEqual(EXPECTED.map(({ settings: { code, households, members }, cells }) => ({ code, cells, inGrids: cells, households, members })))
  })

  it('has the chain of each street: a committee member and a leader for each group, most households with a member of the place', async () => {
    const chain = await rows<{ code: string; committee: number; led: number; served: number; astray: number }>(
      `select s.code, count(*) filter (where l.kind = 'committee')::int as committee, count(*) filter (where l.kind = 'group_leader')::int as led,
         count(*) filter (where l.kind = 'household')::int as served, count(*) filter (where m.community_id <> l.community_id)::int as astray
       from public.org_units s join public.org_units u on u.path operator(extensions.<@) s.path
       join public.contact_links l on l.community_id = u.id join public.members m on m.id = l.member_id
       where s.level = 'street' group by s.code order by s.code`)
    expect(chain.map(({ code, committee, led, astray }) => ({ code, committee, led, astray })))
      .toEqual(byCode(STREETS).map(({ code, partyGroups, members }) => ({ code, committee: partyGroups, led: members, astray: 0 })))
    chain.forEach(({ served }, k) => expect(served / byCode(STREETS)[k].households).toBeGreaterThan(0.85))
  })

  it('names residents in the first street alone', async () => {
    const named = await rows(
      `select s.code, count(r.id)::int as residents from public.org_units s
       left join public.org_units u on u.path operator(extensions.<@) s.path
       left join public.residents r on r.community_id = u.id where s.level = 'street' group by s.code order by s.code`)
    expect(named).toEqual(STREETS.map(({ code, residents }, k) => ({ code, residents: k === 0 ? residents : 0 })))
  })

  it('puts the streets side by side: they share a border and no land', async () => {
    const [{ shared, border }] = await rows<{ shared: number; border: number }>(
      `select extensions.st_area(extensions.st_intersection(a.geom, b.geom)) as shared,
         extensions.st_length(extensions.st_intersection(extensions.st_boundary(a.geom), extensions.st_boundary(b.geom))) as border
       from public.org_units a join public.org_units b on a.code < b.code where a.level = 'street' and b.level = 'street'`)
    expect(shared).toBe(0)
    // A twentieth of a degree is some 5 km.
    expect(border).toBeGreaterThan(0.02)
  })
})
