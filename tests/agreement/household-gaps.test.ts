import { expect, it } from 'vitest'
import { seededRandom } from '@/algorithms/shared/seeded-random'
import { ASSIGNMENT_DEFAULTS } from '@/core/assignment/assignment-scope'
import { COVERAGE_SETTINGS, STATION_LEVELS, type CoverageSettings } from '@/core/coverage/coverage-scope'
import { GAP_REASONS, mainReason, reasonBit, reasonsOf, type GapReason } from '@/core/coverage/gap'
import type { SnapshotJson } from '@/data/scope-snapshot'
import { decodeCoverageScope, type CoverageScopeJson } from '@/rooms/coverage/decode-coverage-scope'
import { judgeHouseholds, readCoverageTables, type JudgedHousehold } from '../helpers/judge-households'
import { scopeOf } from '../helpers/town-import'
import { onEachDatabase, type Persona } from '../sql/engines/with-databases'

const WORLDS = { embedded: 200, native: 20 }
const LANDS = [1, 2]
const COMMUNITIES = [4, 5, 6]

interface Figures {
  readonly orgUnitId: number
  readonly households: number
  readonly byMain: number[]
  readonly byAny: number[]
  readonly unjudged: number
}

onEachDatabase('agreement of who is not served', ({ db, rolledBack, become }) => {
  const call = async <T>(sql: string, ...values: unknown[]): Promise<T> => (await db().query<{ answer: T }>(`select ${sql} as answer`, values))[0].answer
  const query = <T>(sql: string, values?: readonly unknown[]) => db().query<T>(sql, values)

  /** Everything the rule asks of, at random and near its limits: on the day itself, at the limit to the centimetre, one household too many. */
  async function fill(seed: number): Promise<void> {
    const random = seededRandom(seed)
    const below = (n: number): number => Math.floor(random() * n)
    const some = <T>(list: readonly T[], share: number): T[] => list.filter(() => random() < share)
    const one = <T>(list: readonly T[]): T => list[below(list.length)]
    const insert = (sql: string, rows: readonly unknown[]): Promise<unknown> => db().query(sql, [JSON.stringify(rows)])
    const rules = (): CoverageSettings => ({
      reasons: random() < 0.6 ? GAP_REASONS : some(GAP_REASONS, 0.7), visitDays: 1 + below(30), visitSpecialDays: 1 + below(12),
      specialCategories: some([0, 1, 2, 3, 4, 5, 6, 7], 0.4), stationLimitM: 100 * (1 + below(8)), stationLevels: some(STATION_LEVELS, 0.6),
      patrolDays: 1 + below(30), accessLimitM: 150,
    })
    const units = [1, 2, 3, ...COMMUNITIES].filter(() => random() < 0.3)
    const inForce = units.map((unit) => ({ unit, key: 'coverage', value: rules() }))
    const max = () => ({ min: 1, max: 1 + below(6) })
    await insert(
      `insert into public.settings (org_unit_id, key, value) select r.unit, r.key, r.value from jsonb_to_recordset($1::jsonb) as r(unit int, key text, value jsonb)`,
      [...inForce, ...[2, 3, ...COMMUNITIES].filter(() => random() < 0.4).map((unit) => ({
        unit, key: 'assignment', value: {
          ...ASSIGNMENT_DEFAULTS, urban: max(), rural: max(), communityLimits: some(COMMUNITIES, 0.3).map((communityId) => ({ communityId, ...max() })),
        },
      }))],
    )
    const limits = [800, ...inForce.map(({ value }) => value.stationLimitM)]
    const dayLimits = [7, 14, ...inForce.flatMap(({ value }) => [value.visitDays, value.visitSpecialDays, value.patrolDays])]
    const daysAgo = (): number => (random() < 0.5 ? one(dayLimits) + below(3) - 1 : below(60))

    await db().query(`update public.compounds set status = (array['managed', 'self_managed', 'unmanaged'])[1 + (id + $1) % 3]::public.compound_status`, [below(3)])
    await db().query('delete from public.grid_cells where cell_id = any ($1)', [some([1, 2, 3, 9, 17, 5, 101, 102], 0.3)])
    await db().query(`update public.buildings set cell_id = null, needs_review = 'outside' where id = any ($1)`, [some([4, 12, 20, 103], 0.3)])
    await db().query(`update public.households set category = (id * $1::int) % 8`, [1 + below(7)])
    await insert(
      `insert into public.posts (person_id, org_unit_id, grid_id, role, valid_from, valid_to)
       select '00000000-0000-4000-9000-000000000004', 4, ('00000000-0000-4000-8000-0000000000' || r.grid)::uuid, r.role::public.post_role,
         private.today() - r.since, private.today() + r.until
       from jsonb_to_recordset($1::jsonb) as r(grid text, role text, since int, until int)`,
      some(['a1', 'a2', 'a3', 'a4', 'b1', 'b2'], 0.7).map((grid) => ({
        grid, role: random() < 0.8 ? 'grid_worker' : 'grid_leader', since: one([-1, 0, 1, 30]), until: one([null, null, 0, 5]),
      })).map((post) => (post.since < 0 ? { ...post, until: null } : post)),
    )
    await db().query(
      'update public.posts set valid_to = private.today() - 1 where valid_to is null and grid_id is not null and valid_from < private.today() and $1', [random() < 0.2])

    await db().query(
      `update public.assignment_editions set mode = case when community_id = any ($1) then 'building' else 'household' end::public.assignment_mode`, [some(COMMUNITIES, 0.3)])
    await db().query(`delete from public.contact_links where kind in ('household', 'building')`)
    await insert(
      `insert into public.contact_links (kind, community_id, member_id, household_id, building_id, valid_from, valid_to)
       select case when r.household is null then 'building' else 'household' end::public.contact_kind, b.community_id, r.member, r.household,
         case when r.household is null then b.id end, now() - r.days * interval '1 day' - interval '1 hour', case when r.is_over then now() end
       from jsonb_to_recordset($1::jsonb) as r(household int, building int, member int, days int, is_over boolean) join public.buildings b on b.id = r.building`,
      (await query<{ building: number; community: number; households: number[] }>(
        `select b.id as building, b.community_id as community, array_agg(h.id) as households
         from public.buildings b join public.households h on h.building_id = b.id group by b.id order by b.id`,
      )).flatMap(({ building, households }) => {
        const member = (): number => (building > 100 ? 101 + below(3) : 1 + below(16))
        return [
          ...(random() < 0.4 ? [{ household: null, building, member: member(), days: daysAgo(), is_over: random() < 0.2 }] : []),
          ...some(households, 0.6).map((household) => ({ household, building, member: member(), days: daysAgo(), is_over: random() < 0.15 })),
        ]
      }),
    )
    await insert(
      `insert into public.member_terms (member_id, max_households) select r.member, r.most from jsonb_to_recordset($1::jsonb) as r(member int, most int)
       on conflict (member_id) do update set max_households = excluded.max_households`,
      some([1, 2, 3, 4, 5, 6, 101, 102], 0.5).map((member) => ({ member, most: random() < 0.3 ? null : below(6) })),
    )
    await db().query('delete from public.visits')
    await insert(
      `insert into public.visits (id, household_id, community_id, kind, purpose, outcome, visited_on, logged_at)
       select gen_random_uuid(), h.id, h.community_id, 'routine', 'policy', r.outcome::public.visit_outcome, private.today() - r.days, now()
       from jsonb_to_recordset($1::jsonb) as r(household int, outcome text, days int) join public.households h on h.id = r.household`,
      (await query<{ id: number }>('select id from public.households order by id')).flatMap(({ id }) => Array.from({ length: below(4) }, () => ({
        household: id, outcome: one(['met', 'follow_up', 'not_home', 'refused']), days: daysAgo(),
      }))),
    )
    await db().query('delete from public.patrol_passes')
    await insert(
      `insert into public.patrol_passes (track_id, building_id, at)
       select ('00000000-0000-4000-a300-00000000000' || r.walk)::uuid, r.building, private.midnight(now()) - r.days * interval '1 day' + r.minutes * interval '1 minute'
       from jsonb_to_recordset($1::jsonb) as r(walk int, building int, days int, minutes int)`,
      [1, 2].flatMap((walk) => some([...Array.from({ length: 32 }, (_, k) => k + 1), 101, 102, 103, 104], 0.5)
        .map((building) => ({ walk, building, days: daysAgo(), minutes: one([0, 1, 719, 1439]) }))),
    )

    // Walks first, then a station closes and another becomes one of another level.
    await insert(
      `insert into public.stations (id, land_id, community_id, name, level, point)
       select r.id, 1, 4, '站', r.level::public.station_level, extensions.st_setsrid(extensions.st_makepoint(117.601, 36.201), 4326)
       from jsonb_to_recordset($1::jsonb) as r(id int, level text)`,
      STATION_LEVELS.map((level, k) => ({ id: 900 + k, level })),
    )
    await db().query('delete from public.building_access')
    await insert(
      `insert into public.building_access (building_id, land_id, community_id, access_cm, station_ids, walk_cm)
       select b.id, b.land_id, b.community_id, r.access, array(select jsonb_array_elements_text(r.stations)::int), array(select jsonb_array_elements_text(r.walks)::int)
       from jsonb_to_recordset($1::jsonb) as r(building int, access int, stations jsonb, walks jsonb) join public.buildings b on b.id = r.building`,
      some([...Array.from({ length: 32 }, (_, k) => k + 1), 101, 102, 103, 104], 0.9).map((building) => {
        const isOnStreet = random() < 0.9
        const reached = STATION_LEVELS.map(() => isOnStreet && random() < 0.6)
        return {
          building, access: isOnStreet ? below(15_000) : -1, stations: reached.map((is, k) => (is ? 900 + k : 0)),
          walks: reached.map((is) => (is ? one([one(limits) * 100 + below(3) - 1, below(120_000)]) : -1)),
        }
      }),
    )
    if (random() < 0.4) await db().query('delete from public.stations where id = $1', [900 + below(5)])
    if (random() < 0.4) await db().query(`update public.stations set level = 'stairwell_contact' where id = $1`, [900 + below(4)])
  }

  const judgeByDatabase = (land: number): Promise<JudgedHousehold[]> =>
    query<{ row: Omit<JudgedHousehold, 'reasons' | 'unjudged'> & { reasons: number; unjudged: number } }>(
      `select json_build_object('id', household_id, 'community', community_id, 'member', member_id, 'lastVisit', last_visit - date '1970-01-01',
         'visitDue', visit_due - date '1970-01-01', 'lastPass', last_pass - date '1970-01-01', 'reasons', reasons, 'unjudged', unjudged) as row
       from private.household_gaps($1) order by household_id`, [land])
      .then((rows) => rows.map(({ row }) => ({ ...row, reasons: reasonsOf(row.reasons), unjudged: reasonsOf(row.unjudged) })))
  const judgeByHand = async (land: number): Promise<JudgedHousehold[]> => judgeHouseholds(await readCoverageTables(query, land)).sort((a, b) => a.id - b.id)

  it('judges every household of random worlds as told from the plain rows', async () => {
    const met = new Set<string>()
    for (let seed = 1; seed <= WORLDS[db().engine]; seed++) {
      await rolledBack(async () => {
        await fill(seed)
        for (const land of LANDS) {
          const expected = await judgeByHand(land)
          expect(await judgeByDatabase(land), `world ${seed}, land ${land}`).toEqual(expected)
          for (const { reasons, unjudged } of expected) {
            for (const word of [...reasons, ...unjudged.map((reason) => `unjudged ${reason}`), reasons.length === 0 ? 'served' : 'gap']) met.add(word)
          }
        }
      })
    }
    expect([...met].sort()).toEqual([...GAP_REASONS, 'unjudged station_too_far', 'served', 'gap'].sort())
  })

  it('counts parts that add up, by community, by main reason and by any, and keeps the same for the day', async () => {
    for (const seed of [5, 17, 23]) {
      await rolledBack(async () => {
        await fill(seed)
        const judged = (await Promise.all(LANDS.map(judgeByHand))).flat()
        const count = (rows: readonly JudgedHousehold[]): Omit<Figures, 'orgUnitId'> => ({
          households: rows.length,
          byMain: GAP_REASONS.map((reason) => rows.filter(({ reasons }) => reasons[0] === reason).length),
          byAny: GAP_REASONS.map((reason) => rows.filter(({ reasons }) => reasons.includes(reason)).length),
          unjudged: rows.filter(({ unjudged }) => unjudged.length > 0).length,
        })
        const byCommunity = COMMUNITIES.map((orgUnitId) => ({ orgUnitId, ...count(judged.filter(({ community }) => community === orgUnitId)) }))
        expect((await Promise.all(LANDS.map((land) => query<{ row: Figures }>(
          `select json_build_object('orgUnitId', community_id, 'households', households, 'byMain', by_main, 'byAny', by_any, 'unjudged', unjudged) as row
           from private.count_gaps($1) order by community_id`, [land])))).flat().map(({ row }) => row)).toEqual(byCommunity)
        await become('admin')
        for (const { households, byMain, byAny } of byCommunity) {
          expect(byMain.reduce((sum, n) => sum + n, 0)).toBeLessThanOrEqual(households)
          byAny.forEach((n, k) => expect(n).toBeGreaterThanOrEqual(byMain[k]))
        }

        await call('public.refresh_gap_day(1)')
        const { trend } = decodeCoverageScope(await call<CoverageScopeJson>('public.coverage_scope(1)'), scopeOf(await call<SnapshotJson>('public.scope_snapshot(1)')))
        const today = await call<string>(`(now() at time zone 'Asia/Shanghai')::date::text`)
        expect(trend.filter(({ day }) => day === today).map(({ community, households, byMain, byAny }) => ({ community, households, byMain, byAny })).sort((a, b) => a.community - b.community))
          .toEqual([0, 1].map((community) => { const { households, byMain, byAny } = byCommunity[community]; return { community, households, byMain, byAny } }))
        // A second time on the same day nothing has changed.
        expect(await call<{ communities: number }>('public.refresh_gap_day(1)')).toMatchObject({ communities: 0 })
      })
    }
  })

  it.each<[Persona, (row: JudgedHousehold, ofGrid: ReadonlySet<number>) => boolean]>([
    ['admin', () => true], ['officer', () => true], ['auditor', () => true], ['secretary', ({ community }) => community === 4], ['leader', ({ id }, ofGrid) => ofGrid.has(id)],
  ])('shows %s the households of the own territory, each as it is judged', (persona, isShown) =>
    rolledBack(async () => {
      await fill(31)
      const ofGrid = new Set((await query<{ id: number }>(
        `select h.id from public.households h join public.buildings b on b.id = h.building_id join public.grid_cells c on c.cell_id = b.cell_id
         where c.grid_id = '00000000-0000-4000-8000-0000000000a1'`)).map(({ id }) => id))
      const expected = (await judgeByHand(1)).filter((row) => isShown(row, ofGrid))
      const stored = new Map((await query<{ id: number; walks: number[] }>('select building_id as id, walk_cm as walks from public.building_access')).map((row) => [row.id, row.walks]))
      await become(persona)
      const scope = scopeOf(await call<SnapshotJson>('public.scope_snapshot(1)'))
      const { households, access, scenarios, trend } = decodeCoverageScope(await call<CoverageScopeJson>('public.coverage_scope(1)'), scope)
      const rows = [...households.ids.keys()].map((k) => ({
        id: households.ids[k], community: scope.communities[households.community[k]].id, member: households.member[k] || null, lastVisit: households.lastVisit[k] || null,
        visitDue: households.visitDue[k] || null, lastPass: households.lastPass[k] || null, reasons: reasonsOf(households.reasons[k]), unjudged: reasonsOf(households.unjudged[k]),
      }))
      expect(rows.sort((a, b) => a.id - b.id)).toEqual(expected)
      expect(households.count).toBeGreaterThan(0)
      for (const [k, building] of scope.buildings.ids.entries()) {
        expect([...access.walkCm.subarray(5 * k, 5 * k + 5)], `building ${building}`).toEqual(stored.get(building) ?? [-1, -1, -1, -1, -1])
        expect(access.accessCm[k] === -2).toBe(!stored.has(building))
      }
      // Scenarios are of the whole land; days are not told by grid.
      expect(scenarios.length).toBe(['secretary', 'leader'].includes(persona) ? 0 : 1)
      expect(trend.length > 0).toBe(persona !== 'leader')
    }))

  const hold = async (sql: string): Promise<Record<number, GapReason | null>> => {
    await db().script(sql)
    return Object.fromEntries((await judgeByDatabase(1)).map(({ id, reasons }) => [id, mainReason(reasons.reduce((mask, reason) => mask | reasonBit(reason), 0))]))
  }
  const ONLY = (reasons: string) => `insert into public.settings (org_unit_id, key, value) values (1, 'coverage', '${JSON.stringify(COVERAGE_SETTINGS)}'::jsonb || '{"reasons": [${reasons}]}');`

  it('nobody is near a station where there is none, and exactly at the limit one is', () =>
    rolledBack(async () => {
      const none = await hold(`${ONLY('"station_too_far"')} update public.building_access set station_ids = '{0,0,0,0,0}', walk_cm = '{-1,-1,-1,-1,-1}'`)
      expect(Object.values(none).every((reason) => reason === 'station_too_far')).toBe(true)
      const limit = await hold(`update public.building_access set station_ids = '{1,0,0,0,0}', walk_cm = array[case when building_id = 1 then 80000 else 80001 end, -1, -1, -1, -1]`)
      expect([limit[10], limit[20]]).toEqual([null, 'station_too_far'])
    }))

  it('what was closed since tells nothing, and what was not brought onto the streets is not judged', () =>
    rolledBack(async () => {
      await db().script(`${ONLY('"station_too_far"')} update public.building_access set station_ids = '{1,0,0,0,0}', walk_cm = '{5000,-1,-1,-1,-1}';
        update public.building_access set access_cm = -1, station_ids = '{0,0,0,0,0}', walk_cm = '{-1,-1,-1,-1,-1}' where building_id = 2`)
      expect((await judgeByDatabase(1)).filter(({ unjudged }) => unjudged.length > 0).map(({ id }) => id)).toEqual([20, 21, 22])
      await db().query('delete from public.stations where id = 1')
      const rows = await judgeByDatabase(1)
      expect(rows.every(({ reasons, unjudged }) => reasons.length === 0 && unjudged.length === 1)).toBe(true)
    }))
})
