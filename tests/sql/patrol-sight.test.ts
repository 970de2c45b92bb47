import { expect, it } from 'vitest'
import { decodePatrolScope, type PatrolScopeJson } from '@/rooms/patrol/decode-patrol-scope'
import { sumWalks, walkFigures } from '@/rooms/patrol/operations/walk-figures'
import { expectRefusal, onEachDatabase, personId, type Persona } from './engines/with-databases'

/** Walk n of the fixture world: 1 matched, 3 open, 4 ended, all of the leader in grid a1; 2 on the other land. */
const walk = (n: number) => `00000000-0000-4000-a300-00000000000${n}`
const DAY = `(now() at time zone 'Asia/Shanghai')::date`
const MIDNIGHT = `((${DAY} - 1)::timestamp at time zone 'Asia/Shanghai')`

onEachDatabase('who sees what of patrols', ({ db, rolledBack, become }) => {
  const call = async <T = Record<string, unknown>>(sql: string, ...values: unknown[]): Promise<T> => (await db().query<{ answer: T }>(`select ${sql} as answer`, values))[0].answer
  const count = (from: string) => call<number>(`(select count(*)::int from ${from})`)
  async function refused(code: string, sql: string, ...values: unknown[]): Promise<Record<string, unknown>> {
    await db().query('savepoint before_call')
    const detail = await expectRefusal(call(sql, ...values), code)
    await db().query('rollback to before_call')
    return detail
  }
  /** Let the clock of rules go ahead. */
  const later = (days: number) => db().query(`select set_config('gewu.clock_shift_s', $1, true)`, [String(days * 86_400)])
  /** The person whose post begins tomorrow holds one today. */
  const employ = (role: string, unit: number, grid: string | null = null) =>
    db().query(`update public.posts set role = $1::public.post_role, org_unit_id = $2, grid_id = $3, valid_from = '2020-01-01' where id = 10`, [role, unit, grid && `00000000-0000-4000-8000-0000000000${grid}`])
  const employed: Persona = 'notYet'
  interface ScopeJson {
    tracks: { id: string; personId: string | null; planId: string | null; route: number | null; gridId: string | null; hasRaw: boolean; startedAt: string; endedAt: string; day: string }[]
    walked: Record<string, number[]>
    marks: { track: number; mark: string; at: string }[]
    passes: { building: number[]; atS: number[] }
    plans: unknown[]
    checkpoints: { lastAt: string | null }[]
    patrollers: { personId: string; name: string; role: string }[]
  }
  const scopeOf = (land = 1, from: string | null = null, to: string | null = null) => call<ScopeJson>('public.patrol_scope($1, $2, $3)', land, from, to)
  const RAW = 'public.raw_track($1, $2)'
  const REASON = '核对巡查轨迹'

  it.each<[string, string, number, string | null]>([
    ['street officer', 'street_officer', 3, null],
    ['community secretary', 'community_secretary', 6, null],
    ['grid leader', 'grid_leader', 6, 'b1'],
    ['grid worker', 'grid_worker', 6, 'b1'],
  ])('of another street, a %s is refused every walk', (_, role, unit, grid) =>
    rolledBack(async () => {
      await employ(role, unit, grid)
      await become(employed)
      await refused('land_unknown', 'public.patrol_scope(1)')
      await refused('not_allowed', 'public.track_yards(1, current_date - 3, current_date + 1)')
      await refused('not_allowed', 'public.tracks_to_match(1)')
      await refused('not_allowed', 'public.run_patrol_rules(1)')
      await refused('not_allowed', 'public.patrol_figures(2, current_date - 3, current_date + 1)')
      for (const n of [1, 3, 4]) await refused('not_allowed', RAW, walk(n), REASON)
      await refused('not_allowed', 'public.save_track_match($1, $2::jsonb)', walk(4), '{}')
      await refused('not_allowed', 'public.end_track($1, now(), -1)', walk(3))
      const own = await scopeOf(2)
      expect(JSON.stringify(own)).not.toContain(walk(1))
      expect(own.walked.track).toHaveLength(1)
    }))

  it.each<[string, string, number]>([['member', 'member', 7], ['cadre', 'cadre', 4]])('a %s sees nothing of them', (_, role, unit) =>
    rolledBack(async () => {
      await employ(role, unit)
      await become(employed)
      await refused('land_unknown', 'public.patrol_scope(1)')
      await refused('not_allowed', 'public.my_patrol()')
      await refused('not_allowed', RAW, walk(1), REASON)
      await refused('not_allowed', 'public.patrol_figures(2, current_date - 3, current_date + 1)')
    }))

  it.each<[string, string, string | null]>([['community secretary', 'community_secretary', null], ['grid leader', 'grid_leader', 'a3'], ['grid worker', 'grid_worker', 'a3']])(
    'a %s of the community next door sees the street, and no walk of it', (_, role, grid) =>
      rolledBack(async () => {
        await employ(role, 5, grid)
        await become(employed)
        const scope = await scopeOf()
        expect(scope.tracks).toEqual([])
        expect(scope.walked.streetId).toEqual([])
        expect([scope.marks, scope.passes.building, scope.plans]).toEqual([[], [], []])
        expect(await call('public.tracks_to_match(1)')).toEqual([])
        expect(await call('public.track_yards(1, current_date - 3, current_date + 1)')).toEqual([])
        for (const n of [1, 3, 4]) await refused('not_allowed', RAW, walk(n), REASON)
        await refused('not_allowed', 'public.save_track_match($1, $2::jsonb)', walk(4), '{}')
        if (role !== 'grid_worker') expect(await call('public.patrol_figures(2, current_date - 3, current_date + 1)')).toEqual([])
      }))

  it('shows a worker the own walks, and of colleagues what was walked on which day', () =>
    rolledBack(async () => {
      await employ('grid_worker', 4, 'a2')
      await db().query(`update public.patrol_tracks set person_id = '${personId(10)}' where id = '${walk(4)}'`)
      await db().query(`insert into public.patrol_walked (track_id, place, street_id, from_cm, to_cm, from_at, to_at, confidence)
        select id, 1, 1, 0, 9000, started_at, ended_at, 80 from public.patrol_tracks where id = '${walk(4)}'`)
      const midnight = Number(await call(`extract(epoch from ${MIDNIGHT})`))
      await become(employed)
      const scope = await scopeOf()
      expect(scope.tracks.map(({ id }) => id)).toEqual([walk(4)])
      expect(scope.walked).toMatchObject({ track: [1, 0], toCm: [9000, 18_000], fromS: [midnight + 12 * 3600 + 2400, midnight], toS: [midnight + 12 * 3600 + 2700, midnight] })
      expect(scope.marks.map(({ track, at }) => [track, Date.parse(at) / 1000])).toEqual([[0, midnight]])
      expect(scope.passes).toEqual({ building: [1], atS: [midnight] })
      expect(scope.checkpoints.map(({ lastAt }) => Date.parse(lastAt!) / 1000)).toEqual([midnight])
      expect(JSON.stringify([scope.tracks, scope.walked, scope.marks])).not.toContain(personId(4))
      await refused('not_allowed', RAW, walk(1), REASON)
      await refused('not_allowed', 'public.patrol_figures(4, current_date - 3, current_date + 1)')
    }))

  it('shows an auditor walks and figures without who walked', () =>
    rolledBack(async () => {
      await become('auditor')
      const scope = await scopeOf()
      // A grid with one worker says who it was, as the route does.
      expect(scope.tracks.map(({ id, personId: who, planId, route, gridId }) => [id, who, planId, route, gridId])).toEqual([1, 3, 4].map((n) => [walk(n), null, null, null, null]))
      expect(scope.walked.track).toEqual([1])
      expect((await call<{ personId: string | null }[]>('public.patrol_figures(2, current_date - 3, current_date + 1)')).map(({ personId: who }) => who)).toEqual([null])
      await refused('not_allowed', RAW, walk(1), REASON)
      expect(await call('public.tracks_to_match(1)')).toEqual([])
      await refused('not_allowed', 'public.save_track_match($1, $2::jsonb)', walk(4), '{}')
      await become('owner')
      await employ('grid_worker', 4, 'a1')
      await become('auditor')
      expect((await scopeOf()).tracks.map(({ personId: who, gridId }) => [who, gridId?.slice(-2)])).toEqual([1, 3, 4].map(() => [null, 'a1']))
    }))

  it('tells a worker of the checkpoints of the own community alone', () =>
    rolledBack(async () => {
      await db().query(`update public.patrol_routes set checkpoints = '{2,1}' where person_id = '${personId(4)}'`)
      await become('leader')
      expect((await call<{ routes: { checkpoints: { id: number }[] }[] }>('public.my_patrol()')).routes.map(({ checkpoints }) => checkpoints.map(({ id }) => id))).toEqual([[1]])
      await refused('not_allowed', 'public.mark_checkpoint($1, 2, $2, 5, 117.6075, 36.201)', walk(3), await call(`(${MIDNIGHT} + interval '12 hours 31 minutes')`))
    }))

  it('gives walks to match to the walker first, those of others half an hour later, page by page', () =>
    rolledBack(async () => {
      const ids = async (own: boolean, after: string | null = null) => (await call<{ trackId: string }[]>('public.tracks_to_match(1, $1, $2)', own, after)).map(({ trackId }) => trackId)
      await db().script(`update public.patrol_tracks set ended_at = started_at + interval '6 minutes', state = 'ended' where id in ('${walk(1)}', '${walk(4)}');
        update public.patrol_tracks set ended_at = now() - interval '29 minutes' where id = '${walk(4)}'`)
      await become('officer')
      expect([await ids(false), await ids(true)]).toEqual([[walk(1)], []])
      await become('leader')
      expect([await ids(true), await ids(false), await ids(false, walk(1)), await ids(false, walk(4))]).toEqual([[walk(1), walk(4)], [walk(1), walk(4)], [walk(4)], []])
    }))

  it('gives raw fixes of others for a reason, on record, and so many a day with residents', () =>
    rolledBack(async () => {
      await db().query(`insert into public.settings (org_unit_id, key, value) values (2, 'reveals_per_day', '{"limit": 2}')`)
      await become('officer')
      await refused('reason_required', RAW, walk(1), ' 看 ')
      await db().query(`select public.reveal_resident(10, 'visit', '上门核实情况')`)
      expect(await call(RAW, walk(1), REASON)).toMatchObject({ trackId: walk(1), revealsLeft: 0 })
      expect(await refused('reveal_limit_reached', RAW, walk(1), REASON)).toMatchObject({ limit: 2, used: 2 })
      expect(await call<unknown[]>('public.tracks_to_match(1)')).toHaveLength(1)
      const yards = await call<object[]>('public.track_yards(1, current_date - 3, current_date + 1)')
      expect(yards.map((yard) => Object.keys(yard).sort())).toEqual([['line', 'metres']])
      await become('leader')
      expect(await call(RAW, walk(1), '')).toMatchObject({ revealsLeft: null, yards: [[[117.601, 36.201], [117.601, 36.20118]]] })
      await call('public.track_yards(1, current_date - 3, current_date + 1)')
      await become('auditor')
      expect(await db().query(`select action, object_id, detail ->> 'reason' as reason, detail ? 'personId' as names from public.audit_log where action like 'track%' order by id`)).toEqual([
        { action: 'track_revealed', object_id: walk(1), reason: REASON, names: false }, { action: 'tracks_read_to_match', object_id: walk(4), reason: null, names: false },
        { action: 'track_yards_read', object_id: '1', reason: null, names: false },
      ])
    }))

  it('loses raw fixes after so many days, and who walked, at what time, after so many more; what was walked stays', () =>
    rolledBack(async () => {
      const at = async (days: number) => {
        await become('owner')
        await later(days)
        await become('admin')
        return call('public.run_patrol_rules(1)')
      }
      const range = [await call<string>(`(${DAY} - 1)::text`), await call<string>(`(${DAY})::text`)] as const
      await become('admin')
      const fresh = await scopeOf(1, ...range)
      // Yesterday's walks: today is day 1 of 30. The walk left open ends by itself after a week.
      expect(await at(9)).toEqual({ rawDeleted: 0, namesForgotten: 0, closed: 1 })
      expect(await at(29)).toEqual({ rawDeleted: 0, namesForgotten: 0, closed: 0 })
      expect(await at(30)).toEqual({ rawDeleted: 2, namesForgotten: 0, closed: 0 })
      expect(await at(30)).toEqual({ rawDeleted: 0, namesForgotten: 0, closed: 0 })
      const thinned = await scopeOf(1, ...range)
      expect(thinned.tracks.map(({ id, hasRaw, personId: who }) => [id, hasRaw, who])).toEqual([[walk(1), false, personId(4)], [walk(3), false, personId(4)]])
      await refused('raw_gone', RAW, walk(1), REASON)
      expect(await call('public.track_yards(1, $1, $2)', ...range)).toEqual([])
      await become('owner')
      expect(await count(`private.patrol_fixes f join public.patrol_tracks t on t.id = f.track_id where t.land_id = 1`)).toBe(0)
      // The other street's are another matter, and the server's.
      expect(await count('private.patrol_fixes')).toBe(1)
      expect(await call('private.run_patrol_rules()')).toEqual({ rawDeleted: 1, namesForgotten: 0, closed: 0 })

      expect(await at(179)).toMatchObject({ namesForgotten: 0 })
      expect(await at(180)).toEqual({ rawDeleted: 0, namesForgotten: 2, closed: 0 })
      const bare = await scopeOf(1, ...range)
      const midnight = Number(await call(`extract(epoch from ${MIDNIGHT})`))
      expect(bare.tracks.map(({ personId: who, planId, route, startedAt, endedAt }) => [who, planId, route, Date.parse(startedAt) / 1000, Date.parse(endedAt) / 1000])).toEqual([
        [null, null, null, midnight, midnight + 300], [null, null, null, midnight, midnight],
      ])
      expect(bare.tracks.map(({ gridId }) => gridId)).toEqual([null, null])
      expect(bare.tracks.map(({ day }) => day)).toEqual(thinned.tracks.map(({ day }) => day))
      expect(bare.walked).toEqual({ ...fresh.walked, fromS: [midnight], toS: [midnight] })
      expect(bare.marks.map(({ at: moment }) => Date.parse(moment) / 1000)).toEqual([midnight])
      expect(bare.passes).toEqual({ building: [1], atS: [midnight] })
      expect(await call('public.patrol_figures(2, $1, $2)', ...range)).toEqual([
        expect.objectContaining({ personId: null, walks: 2, seconds: 300, streetM: 180, newCm: 18_000 }),
      ])
      await become('leader')
      expect((await call<{ tracks: unknown[] }>('public.my_patrol()')).tracks).toEqual([])
      await refused('not_allowed', 'public.mark_checkpoint($1, 1, now(), 5, 117.6005, 36.201)', walk(1))
    }))

  it('takes the limits of retention from the settings of the place', () =>
    rolledBack(async () => {
      await db().query(`insert into public.settings (org_unit_id, key, value) select 2, 'patrol', public.patrol_settings(2) || '{"rawDays": 3, "nameDays": 5}'`)
      await later(3)
      expect(await call('private.run_patrol_rules()')).toMatchObject({ rawDeleted: 2, namesForgotten: 0 })
      await later(5)
      expect(await call('private.run_patrol_rules()')).toMatchObject({ rawDeleted: 0, namesForgotten: 1 })
    }))

  it('counts a street walked twice once, and adds up', () =>
    rolledBack(async () => {
      await employ('grid_worker', 4, 'a2')
      // 100 to 250 m again by another person in another grid, then 0 to 300 m the day after.
      await db().script(`
        insert into public.patrol_tracks (id, land_id, community_id, grid_id, person_id, day, started_at, ended_at, source, state, street_m, yard_m)
        select ('00000000-0000-4000-a300-00000000000' || n)::uuid, 1, 4, '00000000-0000-4000-8000-0000000000a2', '${personId(10)}', ${DAY} - 7 + n,
          ${MIDNIGHT} + (n - 6) * interval '1 day' + interval '15 hours', ${MIDNIGHT} + (n - 6) * interval '1 day' + interval '16 hours', 'recorded', 'matched', n * 10, 1
        from generate_series(6, 7) n;
        insert into public.patrol_walked (track_id, place, street_id, from_cm, to_cm, from_at, to_at, confidence)
        select t.id, p.place, 1, p.from_cm, p.to_cm, t.started_at, t.ended_at, 80 from public.patrol_tracks t
        join (values ('6', 1, 10000, 25000), ('7', 1, 0, 12000), ('7', 2, 8000, 30000)) as p(n, place, from_cm, to_cm) on right(t.id::text, 1) = p.n`)
      await become('secretary')
      interface Row { gridId: string; personId: string; walks: number; seconds: number; streetM: number; yardM: number; newCm: number }
      const rows = await call<Row[]>(`public.patrol_figures(4, ${DAY} - 2, ${DAY})`)
      expect(rows.map(({ gridId, walks, seconds, streetM, yardM, newCm }) => [gridId.slice(-2), walks, seconds, streetM, yardM, newCm])).toEqual([
        ['a1', 1, 300, 180, 20, 18_000], ['a2', 2, 7200, 130, 2, 12_000],
      ])
      expect(rows.reduce((sum, { newCm }) => sum + newCm, 0)).toBe(30_000)
      // The console reckons the same from what it read.
      const scope = decodePatrolScope(await call<PatrolScopeJson>(`public.patrol_scope(1, ${DAY} - 2, ${DAY})`), { buildings: { ids: new Int32Array(0) }, communities: [] } as unknown as
        Parameters<typeof decodePatrolScope>[1])
      const sums = sumWalks(walkFigures(scope, () => true), (track) => scope.tracks[track].gridId ?? '')
      expect(rows.map(({ walks, seconds, streetM, yardM, newCm }) => ({ walks, seconds, streetM, yardM, newCm }))).toEqual(rows.map(({ gridId }) => sums.get(gridId)))
      // Of today alone all of it was new.
      expect((await call<Row[]>(`public.patrol_figures(4, ${DAY}, ${DAY})`)).map(({ newCm }) => newCm)).toEqual([30_000])
      await refused('patrol_invalid', `public.patrol_figures(4, ${DAY}, ${DAY} - 1)`)
    }))

  it('counts random walks as the console does, by community, grid and person', () =>
    rolledBack(async () => {
      await employ('grid_worker', 4, 'a2')
      let seed = 20_261
      const below = (n: number): number => (seed = (seed * 48_271) % 0x7fffffff) % n
      // Overlapping, again and again, in metres that end anywhere, some begun at the same moment, some that ended between two seconds.
      const walks = Array.from({ length: 60 }, (_, k) => ({
        id: `00000000-0000-4000-a301-${String(below(900) + 100)}000000${String(k).padStart(3, '0')}`, person: [personId(4), personId(10), null][below(3)],
        grid: [`'00000000-0000-4000-8000-0000000000a1'`, `'00000000-0000-4000-8000-0000000000a2'`, 'null'][below(3)], day: 2 + below(6), hour: 8 + below(4), ms: 250 * below(20_000),
        state: below(8) === 0 ? 'ended' : 'matched', streetM: below(40_000) / 8, yardM: below(800) / 8,
        parts: Array.from({ length: below(7) }, () => ({ street: 1 + below(3), fromCm: below(60_000), cm: 1 + below(9_000) })),
      }))
      await db().script(walks.map(({ id, person, grid, day, hour, ms, state, streetM, yardM, parts }) => `
        insert into public.patrol_tracks (id, land_id, community_id, grid_id, person_id, day, started_at, ended_at, source, state, street_m, yard_m)
        select '${id}', 1, 4, ${grid}, ${person === null ? 'null' : `'${person}'`}, ${DAY} - ${day}, b.at, b.at + ${ms} * interval '1 millisecond', 'recorded', '${state}', ${streetM}, ${yardM}
        from (select ${MIDNIGHT} + interval '1 day' * ${1 - day} + interval '1 hour' * ${hour}) as b(at);
        ${parts.map(({ street, fromCm, cm }, place) => `
          insert into public.patrol_walked (track_id, place, street_id, from_cm, to_cm, from_at, to_at, confidence)
          select id, ${place}, ${street}, ${fromCm}, ${fromCm + cm}, started_at, ended_at, 80 from public.patrol_tracks where id = '${id}';`).join('')}`).join(''))
      await become('secretary')
      interface Row { gridId: string | null; personId: string | null; walks: number; seconds: number; streetM: number; yardM: number; newCm: number }
      for (const [from, to] of [[7, 2], [6, 4], [5, 5]]) {
        const rows = await call<Row[]>(`public.patrol_figures(4, ${DAY} - ${from}, ${DAY} - ${to})`)
        const scope = decodePatrolScope(await call<PatrolScopeJson>(`public.patrol_scope(1, ${DAY} - ${from}, ${DAY} - ${to})`), { buildings: { ids: new Int32Array(0) }, communities: [] } as unknown as
          Parameters<typeof decodePatrolScope>[1])
        const sums = sumWalks(walkFigures(scope, () => true), (track) => `${scope.tracks[track].gridId} ${scope.tracks[track].personId}`)
        expect(new Map(rows.map(({ gridId, personId: who, walks: n, seconds, streetM, yardM, newCm }) => [`${gridId} ${who}`, { walks: n, seconds, streetM, yardM, newCm }]))).toEqual(sums)
        expect(rows.reduce((sum, { newCm }) => sum + newCm, 0)).toBeGreaterThan(0)
      }
    }))

  it('forgets who walked when the walker is erased as a resident', () =>
    rolledBack(async () => {
      // Member 1 is the person who walked, and resident 11 of household 11 by name.
      await db().script(`
        update public.members set household_id = 11, person_id = '${personId(4)}' where id = 1;
        update private.member_identities set name = (select name from private.resident_identities where resident_id = 11) where member_id = 1;`)
      await become('officer')
      expect(await call('public.preview_erasure(11)')).toMatchObject({ memberships: 1, walks: 3 })
      await call(`public.erase_resident(11, '本人书面申请')`)
      const scope = await scopeOf()
      expect(scope.tracks.map(({ id, personId: who, hasRaw }) => [id, who, hasRaw])).toEqual([[walk(1), null, false]])
      expect(scope.walked.toCm).toEqual([18_000])
    }))
})
