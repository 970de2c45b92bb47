import { expect, it } from 'vitest'
import { GAP_REASONS } from '@/core/coverage/gap'
import { seededRandom } from '@/algorithms/shared/seeded-random'
import { rowsOf, sumFigures, type AreaFigures, type Overview, type Period } from '@/rooms/overview/operations/figures'
import { expectRefusal, onEachDatabase } from '../sql/engines/with-databases'

/** The fixture world with ties, visits, slips, grids and days of gaps at random, counted here from the plain rows and by the database. */
const COUNTED = [
  'households', 'tied', 'due', 'late', 'visits', 'met', 'rated', 'satisfactionSum', 'grids', 'above', 'below', 'vacant', 'received', 'collected', 'settled', 'overdue',
  'openOverdue', 'collectedSoFar', 'settledSoFar', 'byState', 'byLevel', 'gap',
] as const satisfies readonly (keyof AreaFigures)[]
const RHYTHM = { days: 14, specialDays: 7, special: [1, 2, 3, 7] }
/** Of this community the rules do not judge whether visits are overdue. */
const UNJUDGED = 6
const STATES = ['reported', 'claimed', 'supervised', 'published']
const LEVELS = ['grid', 'community', 'street', 'district']
const LIMITS: Readonly<Record<number, readonly [number, number]>> = { 1: [18, 30], 2: [6, 18] }

interface World {
  readonly nowS: number
  readonly today: number
  readonly homes: { id: number; community: number; street: number; land: number; building: number; category: number; grid: string | null }[]
  readonly links: { household: number | null; building: number | null; from_s: number; to_s: number | null }[]
  readonly visits: { household: number; day: number; outcome: string; satisfaction: number | null }[]
  readonly slips: { community: number; street: number; grid: string | null; state: string; top: string; outcome: string | null; reported_s: number; closed_s: number | null; finished_s: number | null; due_s: number }[]
  readonly grids: { id: string; community: number; street: number; land: number; kind: string; households: number; from_s: number; to_s: number | null }[]
  readonly posts: { grid: string; from_day: number; to_day: number | null }[]
  readonly kept: { day: number; community: number; street: number; gap: number }[]
}

onEachDatabase('agreement of the figures of the overview', ({ db, rolledBack, become }) => {
  const call = async <T>(sql: string, ...values: unknown[]): Promise<T> => (await db().query<{ answer: T }>(`select ${sql} as answer`, values))[0].answer

  async function fill(seed: number): Promise<void> {
    const random = seededRandom(seed)
    const below = (n: number): number => Math.floor(random() * n)
    const insert = (sql: string, rows: readonly unknown[]): Promise<unknown> => db().query(sql, [JSON.stringify(rows)])
    const households = (await db().query<{ id: number }>('select id from public.households order by id')).map(({ id }) => id)
    await db().query(`update public.households set category = (id * $1::int) % 8`, [1 + below(7)])
    await db().query(`delete from public.contact_links where kind in ('household', 'building')`)
    await insert(
      `insert into public.contact_links (kind, community_id, member_id, household_id, valid_from, valid_to)
       select 'household', h.community_id, m.id, h.id, now() - r.from_days * interval '1 day', now() - r.to_days * interval '1 day'
       from jsonb_to_recordset($1::jsonb) as r(household int, from_days float8, to_days float8)
       join public.households h on h.id = r.household join public.members m on m.building_id = h.building_id`,
      households.flatMap((household) => (random() < 0.7 ? [
        ...(random() < 0.3 ? [{ household, from_days: 90 + 100 * random(), to_days: 50 + 30 * random() }] : []),
        { household, from_days: 40 * random(), to_days: random() < 0.2 ? -1e-9 : null },
      ] : [])).map((row) => (row.to_days !== null && row.to_days < 0 ? { ...row, from_days: row.from_days + 5, to_days: 5 * random() } : row)),
    )
    await db().query(
      `insert into public.contact_links (kind, community_id, member_id, building_id, valid_from)
       select 'building', b.community_id, b.id, b.id, now() - (b.id % 60) * interval '1 day' from public.buildings b where b.id % 3 = 0`)
    await db().query(`update public.assignment_editions set mode = 'building', valid_from = now() - interval '45 days' where community_id = 5`)
    await insert(
      `insert into public.visits (id, household_id, community_id, kind, purpose, outcome, satisfaction, visited_on, logged_at)
       select gen_random_uuid(), h.id, h.community_id, 'routine', 'other', r.outcome::public.visit_outcome, r.satisfaction, private.today() - r.days, now()
       from jsonb_to_recordset($1::jsonb) as r(household int, outcome text, satisfaction int, days int) join public.households h on h.id = r.household`,
      households.flatMap((household) => Array.from({ length: below(5) }, () => ({
        household, outcome: ['met', 'met', 'follow_up', 'not_home', 'refused'][below(5)], satisfaction: random() < 0.4 ? 1 + below(5) : null, days: below(70),
      }))),
    )
    await insert(
      `insert into public.issues (number, land_id, community_id, building_id, grid_id, geom, category, title, state, top_level, outcome, source, reported_at, finished_at,
         closed_at, published_at, due_at, handler_id, duplicate_of)
       select r.number, b.land_id, b.community_id, b.id, case when r.is_placed then gc.grid_id end, b.point, 'noise', '噪声', r.state::public.issue_state,
         r.top::public.issue_level, r.outcome::public.issue_outcome, 'worker', now() - r.reported * interval '1 hour',
         case when r.outcome = 'solved' then now() - r.closed * interval '1 hour' end, case when r.outcome is not null then now() - r.closed * interval '1 hour' end,
         case when r.state = 'published' then now() end, now() - r.due * interval '1 hour',
         case when r.state = 'claimed' then '00000000-0000-4000-9000-000000000003'::uuid end, case when r.outcome = 'duplicate' then 1 end
       from jsonb_to_recordset($1::jsonb) as r(number text, building int, is_placed boolean, state text, top text, outcome text, reported float8, closed float8, due float8)
       join public.buildings b on b.id = r.building left join public.grid_cells gc on gc.cell_id = b.cell_id`,
      Array.from({ length: 160 }, (_, k) => {
        const outcome = [null, null, 'solved', 'solved', 'explained', 'duplicate', 'withdrawn'][below(7)]
        const reported = 24 * 80 * random()
        return {
          number: `GZ-2026-${6000 + k}`, building: random() < 0.8 ? 1 + below(32) : 101 + below(8), is_placed: random() < 0.8, outcome,
          state: outcome ? STATES[2 + below(2)] : STATES[below(3)], top: LEVELS[below(4)], reported, closed: reported * random(), due: reported - 72 * random(),
        }
      }),
    )
    await db().query(
      `insert into public.settings (org_unit_id, key, value) select $1::int, 'coverage', public.coverage_settings($1::int)::jsonb || '{"reasons": ["no_grid", "no_member"]}'`, [UNJUDGED])
    // A cell without a grid, a former edition with other grids, a worker who came and one who went.
    await db().query(`delete from public.grid_cells where cell_id = 1`)
    await db().query(`update public.grid_editions set valid_from = now() - interval '20 days', number = 2 where id = 1`)
    await db().query(`insert into public.grid_editions (id, land_id, number, valid_from, valid_to) values (90, 1, 1, now() - interval '400 days', now() - interval '20 days')`)
    await db().query(
      `insert into public.grids (edition_id, id, code, name, community_id, kind, geom, area_m2, households, residents, members)
       select 90, g.id, g.code, g.name, g.community_id, g.kind, g.geom, g.area_m2, r.households, 0, 0
       from public.grids g join (values ('a1', 31), ('a2', 12), ('a3', 17)) as r(n, households) on right(g.id::text, 2) = r.n where g.edition_id = 1
       union all
       select 90, '00000000-0000-4000-8000-0000000000ff', '370101001201009', '旧网格', 5, 'dedicated', g.geom, g.area_m2, 40, 0, 0
       from public.grids g where g.edition_id = 1 and right(g.id::text, 2) = 'a4'`)
    await db().query(
      `insert into public.posts (person_id, org_unit_id, grid_id, role, valid_from, valid_to)
       select '00000000-0000-4000-9000-000000000004', 4, ('00000000-0000-4000-8000-0000000000' || r.n)::uuid, 'grid_worker', private.today() - r.came, private.today() - r.went
       from (values ('a1', 10, null), ('a2', 60, 3), ('b1', 40, 0)) as r(n, came, went)`)
    await db().query(
      `insert into public.gap_days (day, community_id, households, by_main, by_any)
       select private.today() - r.days, u.id, 48, array[u.id, r.days, 0, 0, 0, 1, 0, 0], array[u.id, r.days, 0, 0, 0, 2, 0, 0]
       from public.org_units u, (values (8), (9), (16), (33), (64)) as r(days) where u.level = 'community' and (u.id + r.days) % 9 <> 5
       on conflict do nothing`)
  }

  async function readWorld(): Promise<World> {
    const rows = <T>(sql: string): Promise<T[]> => db().query<T>(sql)
    const second = (column: string): string => `extract(epoch from ${column})::float8`
    const day = (column: string): string => `(${column} - date '1970-01-01')`
    const [{ now, today }] = await rows<{ now: number; today: number }>(`select ${second('private.clock()')} as now, ${day('private.today()')} as today`)
    return {
      nowS: now, today,
      homes: await rows(`select h.id, h.community_id as community, b.land_id + 1 as street, b.land_id as land, b.id as building, h.category, gc.grid_id::text as grid
        from public.households h join public.buildings b on b.id = h.building_id
        left join public.grid_cells gc on gc.cell_id = b.cell_id and gc.edition_id in (select e.id from public.grid_editions e where e.valid_to is null)`),
      links: await rows(`select household_id as household, building_id as building, ${second('valid_from')} as from_s, ${second('valid_to')} as to_s
        from public.contact_links where kind in ('household', 'building')`),
      visits: await rows(`select household_id as household, ${day('visited_on')} as day, outcome::text, satisfaction from public.visits`),
      slips: await rows(`select community_id as community, land_id + 1 as street, grid_id::text as grid, state::text, top_level::text as top, outcome::text,
        ${second('reported_at')} as reported_s, ${second('closed_at')} as closed_s, ${second('finished_at')} as finished_s, ${second('due_at')} as due_s from public.issues`),
      grids: await rows(`select g.id::text, g.community_id as community, e.land_id + 1 as street, e.land_id as land, g.kind::text, g.households,
        ${second('e.valid_from')} as from_s, ${second('e.valid_to')} as to_s from public.grids g join public.grid_editions e on e.id = g.edition_id`),
      posts: await rows(`select grid_id::text as grid, ${day('valid_from')} as from_day, ${day('valid_to')} as to_day from public.posts where role = 'grid_worker'`),
      kept: await rows(`select ${day('g.day')} as day, g.community_id as community, u.parent_id as street,
        (select sum(m) from unnest(g.by_main) as m)::int as gap from public.gap_days g join public.org_units u on u.id = g.community_id`),
    }
  }

  const dayOf = (iso: string): number => Date.parse(iso) / 86_400_000
  const startS = (day: number): number => day * 86_400 - 8 * 3600
  const dayAt = (s: number): number => Math.floor((s + 8 * 3600) / 86_400)

  /** Figures of one area in one period, counted one by one; `is` tells what lies in the area. */
  function count(
    world: World, from: number, to: number, isLast: boolean, is: (thing: { community: number; street: number; grid: string | null }) => boolean, gapNow: (ids: Set<number>) => number,
    hasKept: boolean, goneS: number, visitsSince: number | null,
  ): Record<(typeof COUNTED)[number], unknown> {
    const untilS = isLast ? world.nowS : startS(to + 1)
    const inForce = ({ from_s, to_s }: { from_s: number; to_s: number | null }): boolean => from_s <= untilS && (to_s === null || to_s > untilS)
    const homes = world.homes.filter(is)
    const ids = new Set(homes.map(({ id }) => id))
    const sharedByBuilding = startS(0) <= untilS && untilS >= world.nowS - 45 * 86_400
    let [tied, due, late] = [0, 0, 0]
    for (const home of homes) {
      const own = world.links.filter((link) => link.household === home.id && inForce(link))
      const whole = home.community === 5 && sharedByBuilding ? world.links.filter((link) => link.building === home.building && inForce(link)) : []
      const tie = own[0] ?? whole[0]
      const visits = world.visits.filter(({ household, day, outcome }) => household === home.id && day <= to && (outcome === 'met' || outcome === 'follow_up'))
      const base = visits.length > 0 ? Math.max(...visits.map(({ day }) => day)) : tie ? dayAt(tie.from_s) : null
      if (tie) tied++
      if (base === null || home.community === UNJUDGED) continue
      due++
      if (to > base + (RHYTHM.special.includes(home.category) ? RHYTHM.specialDays : RHYTHM.days)) late++
    }
    const visits = world.visits.filter(({ household, day }) => ids.has(household) && day >= from && day <= to)
    const grids = world.grids.filter((grid) => is({ ...grid, grid: grid.id }) && inForce(grid))
    const lived = (grid: World['grids'][number]): number => (grid.to_s === null ? world.homes.filter((home) => home.grid === grid.id).length : grid.households)
    const siblings = (grid: World['grids'][number]): number => world.grids.filter((other) => other.community === grid.community && other.kind === 'basic' && inForce(other)).length
    const slips = world.slips.filter((slip) => is(slip) && slip.reported_s >= startS(from) && slip.reported_s < untilS).map((slip) => ({
      ...slip, outcome: slip.closed_s !== null && slip.closed_s <= untilS ? slip.outcome : null,
    }))
    const markS = Math.min(untilS, startS(from) + goneS)
    const soFar = world.slips.filter((slip) => is(slip) && slip.reported_s >= startS(from) && slip.reported_s < markS)
      .map((slip) => (slip.closed_s !== null && slip.closed_s <= markS ? slip.outcome : null))
    const open = world.slips.filter((slip) => is(slip) && slip.reported_s < untilS && (slip.closed_s === null || slip.closed_s > untilS))
    const collected = slips.filter(({ outcome }) => outcome !== 'duplicate' && outcome !== 'withdrawn')
    const settled = collected.filter(({ outcome }) => outcome !== null)
    return {
      households: homes.length, tied, due, late: isLast || (visitsSince !== null && to >= visitsSince + RHYTHM.days) ? late : null, visits: visits.length, met: visits.filter(({ outcome }) => ['met', 'follow_up'].includes(outcome)).length,
      rated: visits.filter(({ satisfaction }) => satisfaction !== null).length, satisfactionSum: visits.reduce((sum, { satisfaction }) => sum + (satisfaction ?? 0), 0),
      grids: grids.length, above: grids.filter((grid) => lived(grid) > LIMITS[grid.land][1]).length,
      below: grids.filter((grid) => lived(grid) < LIMITS[grid.land][0] && siblings(grid) !== 1).length,
      vacant: grids.filter((grid) => !world.posts.some(({ grid: id, from_day, to_day }) => id === grid.id && from_day <= to && (to_day === null || to_day >= to))).length,
      received: slips.length, collected: collected.length, settled: settled.length,
      overdue: slips.filter(({ outcome, due_s }) => outcome === null && due_s < untilS).length,
      openOverdue: open.filter(({ due_s }) => due_s < untilS).length,
      collectedSoFar: soFar.filter((outcome) => outcome !== 'duplicate' && outcome !== 'withdrawn').length,
      settledSoFar: soFar.filter((outcome) => outcome === 'solved' || outcome === 'explained').length,
      byState: STATES.map((_, k) => collected.filter(({ state }) => STATES.indexOf(state) >= k).length),
      byLevel: LEVELS.map((level) => settled.filter(({ top }) => top === level).length),
      gap: isLast ? gapNow(ids) : hasKept ? keptGap(world, from, to, is) : null,
    }
  }

  /** Of each community the last day kept; null where one has none. */
  function keptGap(world: World, from: number, to: number, is: (thing: { community: number; street: number; grid: string | null }) => boolean): number | null {
    const communities = new Set(world.homes.filter((home) => is(home)).map(({ community }) => community))
    const last = [...communities].map((community) => world.kept.filter((one) => one.community === community && one.day >= from && one.day <= to).sort((p, q) => q.day - p.day)[0])
    return last.length === 0 || last.some((one) => one === undefined) ? null : last.reduce((sum, { gap }) => sum + gap, 0)
  }

  it.each<[number, 'street' | 'community' | 'grid', Period]>([
    [1, 'street', 'week'], [2, 'community', 'week'], [2, 'community', 'month'], [4, 'grid', 'week'], [6, 'grid', 'year'], [5, 'grid', 'quarter'],
  ])('of unit %i by %s in each %s: every number, and rows that add up', (unit, level, period) =>
    rolledBack(async () => {
      await fill(100 * unit + period.length)
      const world = await readWorld()
      const gaps = new Map((await db().query<{ id: number; reasons: number }>(
        `select g.household_id as id, g.reasons from public.lands l cross join lateral private.household_gaps(l.id) g`)).map(({ id, reasons }) => [id, reasons]))
      const gapNow = (ids: Set<number>): number => [...ids].filter((id) => gaps.get(id) !== 0).length
      await become('admin')
      const overview = await call<Overview>('public.overview_figures($1, $2)', unit, period)
      expect(overview.areaLevel).toBe(level)
      const own = new Set(world.homes.filter(({ community, street }) => unit === 1 || unit === street || unit === community).map(({ id }) => id))
      const since = world.visits.filter(({ household, outcome }) => own.has(household) && (outcome === 'met' || outcome === 'follow_up'))
        .reduce<number | null>((first, { day }) => (first === null ? day : Math.min(first, day)), null)
      expect(overview.visitsSince && dayOf(overview.visitsSince)).toBe(since)
      expect(overview.areas.length).toBeGreaterThan(0)
      overview.periods.forEach(({ from, to }, k) => {
        const isLast = k === overview.periods.length - 1
        if (isLast) expect(dayOf(to)).toBe(world.today)
        else expect(dayOf(overview.periods[k + 1].from)).toBe(dayOf(to) + 1)
        const within = ({ community, street }: { community: number; street: number }): boolean => unit === 1 || unit === street || unit === community
        const rows = rowsOf(overview, k)
        const gone = world.nowS - startS(dayOf(overview.periods.at(-1)!.from))
        const known = new Set(overview.areas.map(({ id }) => id))
        const areaOf = (thing: { community: number; street: number; grid: string | null }): string | null =>
          level === 'street' ? String(thing.street) : level === 'community' ? String(thing.community) : thing.grid !== null && known.has(thing.grid) ? thing.grid : null
        for (const { id } of overview.areas) {
          const row = rows.find(({ area }) => area === id)!
          expect(pick(row), `${from} ${id}`).toEqual(count(world, dayOf(from), dayOf(to), isLast, (thing) => within(thing) && areaOf(thing) === id, gapNow, level !== 'grid', gone, since))
        }
        const total = sumFigures(rows)
        // Of streets and communities the whole is known where every part is; of grids only as a whole.
        expect(pick(total), `${from} in all`).toEqual(count(world, dayOf(from), dayOf(to), isLast, within, gapNow, true, gone, since))
      })
    }))

  const pick = (figures: AreaFigures): Record<string, unknown> => Object.fromEntries(COUNTED.map((key) => [key, figures[key]]))

  it('counts slips of the period in progress as issue_figures does, and visits in time as the judgement of gaps does', () =>
    rolledBack(async () => {
      await fill(7)
      const [judged] = await db().query<{ due: number; late: number }>(
        `select count(g.visit_due)::int as due, (count(*) filter (where private.today() > g.visit_due))::int as late from private.household_gaps(1) g
         where g.community_id <> ${UNJUDGED}`)
      await become('officer')
      const overview = await call<Overview>(`public.overview_figures(2, 'quarter')`)
      const { collected, settled, overdue, received, byLevel, due, late, byAny } = sumFigures(rowsOf(overview, overview.periods.length - 1))
      const slips = await call<Record<string, number>[]>(`public.issue_figures(2, $1::date::timestamp at time zone 'Asia/Shanghai', now())`, overview.periods.at(-1)!.from)
      const sum = (key: string): number => slips.reduce((total, row) => total + row[key], 0)
      expect({ collected, settled, overdue, received, stayed: byLevel[0] }).toEqual({
        collected: sum('collected'), settled: sum('settled'), overdue: sum('overdue'), received: sum('received'), stayed: sum('stayed'),
      })
      expect(received).toBeGreaterThan(0)
      expect({ due, late }).toEqual(judged)
      // The list of late visits is that of the judgement.
      expect(byAny?.[GAP_REASONS.indexOf('visit_overdue')]).toBe(late)
    }))

  it.each<['secretary' | 'officer' | 'otherStreet', number]>([['secretary', 5], ['secretary', 2], ['officer', 1], ['officer', 3], ['otherStreet', 2]])('are refused to %s of unit %i', async (persona, unit) => {
    for (const name of ['overview_figures', 'overview_outlines']) {
      await rolledBack(async () => {
        await become(persona)
        await expectRefusal(call(`public.${name}($1)`, unit), 'not_allowed')
      })
    }
  })

  it('are told a secretary of the own community alone, and nobody of a period that is none', () =>
    rolledBack(async () => {
      await become('secretary')
      const { areaLevel, trail, period } = await call<Overview>('public.overview_figures(4)')
      expect([areaLevel, trail.map(({ id }) => id), period]).toEqual(['grid', [4], 'month'])
      await expectRefusal(call(`public.overview_figures(4, 'decade')`), 'overview_invalid')
    }))
})
