import { expect, it } from 'vitest'
import { expectRefusal, onEachDatabase, personId, type Persona } from './engines/with-databases'

/** Walk n of the fixture world: 1 matched, 3 open, 4 ended, all of the leader in grid a1; 2 on the other land. */
const walk = (n: number) => `00000000-0000-4000-a300-00000000000${n}`
const NEW = walk(9)
const METRES_PER_DEGREE = 89_983.5
const EMPTY = { stretches: { streetId: [], fromCm: [], toCm: [], fromS: [], toS: [], confidence: [] }, yards: [], marks: [], passes: { buildingId: [], atS: [] }, dropped: {} }

onEachDatabase('walks of patrols', ({ db, rolledBack, become }) => {
  const call = async <T = Record<string, unknown>>(sql: string, ...values: unknown[]): Promise<T> => (await db().query<{ answer: T }>(`select ${sql} as answer`, values))[0].answer
  const count = (from: string) => call<number>(`(select count(*)::int from ${from})`)
  async function refused(code: string, sql: string, ...values: unknown[]): Promise<Record<string, unknown>> {
    await db().query('savepoint before_call')
    const detail = await expectRefusal(call(sql, ...values), code)
    await db().query('rollback to before_call')
    return detail
  }
  /** A moment of yesterday in Shanghai, ms. */
  const yesterday = async (time: string) =>
    Number(await call(`extract(epoch from ((now() at time zone 'Asia/Shanghai')::date - 1 + $1::time) at time zone 'Asia/Shanghai') * 1000`, time))
  /** Fixes eastward along street 1, 9 m in 10 s. */
  const fixesFrom = (fromMs: number, n = 4, step = 10_000) => ({
    fromMs, atMs: Array.from({ length: n }, (_, k) => k * step), lngE7: Array.from({ length: n }, (_, k) => Math.round((117.6 + (k * 9) / METRES_PER_DEGREE) * 1e7)),
    latE7: Array.from({ length: n }, () => 362_010_000), accuracyDm: Array.from({ length: n }, () => 60),
  })
  const open = (id: string, startMs: number, more: object = {}) => call('public.open_track($1, $2::jsonb)', id, JSON.stringify({ landId: 1, startedAt: new Date(startMs).toISOString(), ...more }))
  const add = (id: string, seq: number, fixes: object) => call('public.add_fixes($1, $2, $3::jsonb)', id, seq, JSON.stringify(fixes))
  const end = (id: string, atMs: number, lastSeq: number) => call('public.end_track($1, $2, $3)', id, new Date(atMs).toISOString(), lastSeq)
  /** The person whose post begins tomorrow becomes a worker in grid a2 today. */
  const employ = () => db().script(`update public.posts set role = 'grid_worker', org_unit_id = 4, grid_id = '00000000-0000-4000-8000-0000000000a2', valid_from = '2020-01-01' where id = 10`)
  const worker: Persona = 'notYet'
  interface ScopeJson {
    tracks: { id: string; personId: string | null; route: number | null; hasRaw: boolean; startedAt: string; day: string; state: string; dropped: object }[]
    walked: Record<string, number[]>
    marks: { track: number; at: string }[]
    passes: { building: number[]; atS: number[] }
  }
  const scopeOf = (land = 1) => call<ScopeJson>('public.patrol_scope($1)', land)

  it('store a batch once however often it is sent, refuse another under its number, and end only when all are there', () =>
    rolledBack(async () => {
      const start = await yesterday('09:00')
      await become('leader')
      expect(await open(NEW, start)).toMatchObject({ id: NEW, state: 'open' })
      expect(await open(NEW, start)).toMatchObject({ id: NEW, state: 'open' })
      const first = fixesFrom(start)
      expect(await add(NEW, 0, first)).toEqual({ stored: 4, dropped: {} })
      expect(await add(NEW, 0, { ...first })).toEqual({ stored: 4, dropped: {} })
      expect(await refused('batch_differs', 'public.add_fixes($1, 0, $2::jsonb)', NEW, JSON.stringify(fixesFrom(start + 1)))).toEqual({ seq: 0 })
      expect(await add(NEW, 2, fixesFrom(start + 80_000))).toEqual({ stored: 4, dropped: {} })
      expect(await end(NEW, start + 120_000, 3)).toEqual({ state: 'open', missing: [1, 3] })
      await add(NEW, 1, fixesFrom(start + 40_000))
      expect(await end(NEW, start + 120_000, 2)).toEqual({ state: 'ended', missing: [] })
      expect(await end(NEW, start + 999_000, 2)).toEqual({ state: 'ended', missing: [] })
      // A batch whose answer was lost may still come; a new one may not.
      expect(await add(NEW, 2, fixesFrom(start + 80_000))).toEqual({ stored: 4, dropped: {} })
      await refused('track_closed', 'public.add_fixes($1, 3, $2::jsonb)', NEW, JSON.stringify(fixesFrom(start + 120_000)))
      const raw = await call<{ atMs: number[]; fromMs: number; revealsLeft: number | null }>('public.raw_track($1, null)', NEW)
      expect(raw).toMatchObject({ fromMs: start, atMs: Array.from({ length: 12 }, (_, k) => k * 10_000), revealsLeft: null })
      await become('owner')
      expect(await call('(select fixes from public.patrol_tracks where id = $1)', NEW)).toBe(12)
      await become('officer')
      await refused('not_allowed', 'public.add_fixes($1, 0, $2::jsonb)', NEW, JSON.stringify(first))
      await refused('not_allowed', 'public.end_track($1, now(), 2)', NEW)
    }))

  it('keep nothing from outside the hours, of another day, too old or yet to come, and count it', () =>
    rolledBack(async () => {
      const start = await yesterday('06:59:50')
      const opened = await yesterday('07:00')
      await become('leader')
      expect(await refused('outside_hours', 'public.open_track($1, $2::jsonb)', NEW, JSON.stringify({ landId: 1, startedAt: new Date(start).toISOString() })))
        .toEqual({ fromMinute: 420, toMinute: 1260 })
      await open(NEW, opened)
      expect(await add(NEW, 0, fixesFrom(start))).toEqual({ stored: 3, dropped: { hours: 1 } })
      expect(await add(NEW, 1, fixesFrom(await yesterday('20:59:45')))).toEqual({ stored: 2, dropped: { hours: 2 } })
      expect(await add(NEW, 2, fixesFrom(opened - 86_400_000))).toEqual({ stored: 0, dropped: { other_day: 4 } })
      expect(await add(NEW, 3, fixesFrom(opened - 9 * 86_400_000))).toEqual({ stored: 0, dropped: { too_old: 4 } })
      expect(await add(NEW, 4, fixesFrom(opened + 9 * 86_400_000))).toEqual({ stored: 0, dropped: { future: 4 } })
      // What was not stored is known all the same: the batches count as sent, and the walk ends when the hours do.
      expect(await end(NEW, await yesterday('23:00'), 4)).toEqual({ state: 'ended', missing: [] })
      await become('owner')
      expect(await db().query(`select fixes, refused, ended_at = to_timestamp($1) as is_close from public.patrol_tracks where id = $2`, [(await yesterday('21:00')) / 1000, NEW]))
        .toEqual([{ fixes: 5, refused: { hours: 3, other_day: 4, too_old: 4, future: 4 }, is_close: true }])
      await db().query(`insert into public.settings (org_unit_id, key, value) select 4, 'patrol', public.patrol_settings(4) || '{"onDaysOff": false}'`)
      await db().query(`insert into public.work_days (day, is_working) values ((now() at time zone 'Asia/Shanghai')::date - 1, false) on conflict (day) do update set is_working = false`)
      await become('leader')
      expect(await add(walk(3), 0, fixesFrom(await yesterday('12:31')))).toEqual({ stored: 0, dropped: { day_off: 4 } })
      await refused('outside_hours', 'public.open_track($1, $2::jsonb)', walk(8), JSON.stringify({ landId: 1, startedAt: new Date(opened).toISOString() }))
    }))

  it('need a consent to the words in force, and end with it', () =>
    rolledBack(async () => {
      const start = await yesterday('09:00')
      await employ()
      await become(worker)
      expect(await refused('consent_required', 'public.open_track($1, $2::jsonb)', NEW, JSON.stringify({ landId: 1, startedAt: new Date(start).toISOString() }))).toEqual({ version: 1 })
      expect(await refused('consent_outdated', 'public.give_patrol_consent(2)')).toEqual({ version: 1 })
      const given = await call('public.give_patrol_consent(1)')
      expect(await call('public.give_patrol_consent(1)')).toEqual(given)
      expect(await call('public.my_patrol()')).toMatchObject({ consent: given })
      await open(NEW, start)
      await become('leader')
      await add(walk(3), 0, fixesFrom(await yesterday('12:31')))
      expect(await call('public.withdraw_patrol_consent()')).toEqual({ tracks: 3 })
      expect(await call('public.withdraw_patrol_consent()')).toEqual({ tracks: 0 })
      await refused('consent_required', 'public.open_track($1, $2::jsonb)', walk(8), JSON.stringify({ landId: 1, startedAt: new Date(start).toISOString() }))
      await refused('not_allowed', 'public.add_fixes($1, 1, $2::jsonb)', walk(3), JSON.stringify(fixesFrom(await yesterday('12:33'))))
      // What was matched stays, without its raw fixes; what never was is gone, and so are ways off the streets.
      expect((await scopeOf()).tracks.filter(({ personId: who }) => who === personId(4)).map(({ id, hasRaw, state }) => ({ id, hasRaw, state })))
        .toEqual([{ id: walk(1), hasRaw: false, state: 'matched' }])
      await refused('raw_gone', 'public.raw_track($1, null)', walk(1))
      await become('owner')
      expect(await count(`private.patrol_fixes f join public.patrol_tracks t on t.id = f.track_id where t.land_id = 1`)).toBe(0)
      expect(await count('public.patrol_yards')).toBe(0)
      expect(await count(`public.patrol_consents where person_id = '${personId(4)}' and withdrawn_at is null`)).toBe(0)
      // New words ask everybody anew.
      await db().query(`insert into public.settings (org_unit_id, key, value) select 2, 'patrol', public.patrol_settings(2) || '{"consentVersion": 2}'`)
      await become(worker)
      expect(await call('public.my_patrol()')).toMatchObject({ consent: { version: 2, givenAt: null } })
      expect(await refused('consent_required', 'public.add_fixes($1, 0, $2::jsonb)', NEW, JSON.stringify(fixesFrom(start)))).toEqual({ version: 2 })
    }))

  it('leave nothing of a walk of which nothing could be kept: not when its days are over, not when the consent is taken back', () =>
    rolledBack(async () => {
      const batches = () => count(`private.patrol_fixes where track_id = '${walk(3)}'`)
      await become('leader')
      await add(walk(3), 0, fixesFrom(await yesterday('22:00')))
      expect(await end(walk(3), await yesterday('22:10'), 0)).toEqual({ state: 'matched', missing: [] })
      await become('owner')
      expect(await batches()).toBe(1)
      await db().query('savepoint ended')
      await db().query(`select set_config('gewu.clock_shift_s', '${31 * 86_400}', true)`)
      await call('private.run_patrol_rules()')
      expect(await batches()).toBe(0)
      await db().query('rollback to ended')
      await become('leader')
      await call('public.withdraw_patrol_consent()')
      await become('owner')
      expect(await batches()).toBe(0)
    }))

  it('come from files too, of oneself or of whom one leads, and keep no more than a phone may', () =>
    rolledBack(async () => {
      const start = await yesterday('09:00')
      const file = (id: string, input: object) => call('public.import_track($1, $2::jsonb)', id, JSON.stringify({ landId: 1, ...input }))
      await employ()
      await become('leader')
      // Half an hour a second each: two batches and a bit.
      const fixes = fixesFrom(start, 4100, 1000)
      expect(await file(NEW, { fixes })).toEqual({ id: NEW, stored: 4100, dropped: {} })
      expect(await file(NEW, { fixes })).toEqual({ id: NEW, stored: 4100, dropped: {} })
      expect((await call<{ atMs: number[] }>('public.raw_track($1, null)', NEW)).atMs).toEqual(fixes.atMs)
      expect(await refused('track_empty', 'public.import_track($1, $2::jsonb)', walk(8), JSON.stringify({ landId: 1, fixes: fixesFrom(start - 30 * 86_400_000) }))).toEqual({ dropped: { too_old: 4 } })
      await refused('consent_required', 'public.import_track($1, $2::jsonb)', walk(8), JSON.stringify({ landId: 1, personId: personId(10), fixes: fixesFrom(start) }))
      await become(worker)
      await call('public.give_patrol_consent(1)')
      await refused('not_allowed', 'public.import_track($1, $2::jsonb)', walk(8), JSON.stringify({ landId: 1, personId: personId(4), fixes: fixesFrom(start) }))
      await become('leader')
      expect(await file(walk(8), { personId: personId(10), fixes: fixesFrom(start) })).toMatchObject({ stored: 4 })
      await become('owner')
      expect(await db().query(`select person_id::text, source, state, right(grid_id::text, 2) as grid from public.patrol_tracks where id = $1`, [walk(8)]))
        .toEqual([{ person_id: personId(10), source: 'gpx', state: 'ended', grid: 'a2' }])
      // One's own walk goes with its fixes as long as it is not matched; nobody else's does.
      await become('leader')
      await call('public.discard_track($1)', NEW)
      await call('public.discard_track($1)', walk(8))
      await refused('track_matched', 'public.discard_track($1)', walk(1))
      await become('owner')
      expect(await count(`private.patrol_fixes where track_id = '${NEW}'`)).toBe(0)
      expect(await count(`public.patrol_tracks where id = '${walk(8)}'`)).toBe(1)
    }))

  it('become what was walked only as their raw fixes prove', () =>
    rolledBack(async () => {
      const from = Math.floor((await yesterday('12:40')) / 1000)
      const stretch = (fromCm: number, toCm: number, fromS = from, toS = from + 100) => ({ streetId: [1], fromCm: [fromCm], toCm: [toCm], fromS: [fromS], toS: [toS], confidence: [80] })
      const save = (match: object) => call('public.save_track_match($1, $2::jsonb)', walk(4), JSON.stringify({ ...EMPTY, ...match }))
      const wrong = (match: object) => refused('match_invalid', 'public.save_track_match($1, $2::jsonb)', walk(4), JSON.stringify({ ...EMPTY, ...match }))
      await become('leader')
      await refused('track_open', 'public.save_track_match($1, $2::jsonb)', walk(3), JSON.stringify(EMPTY))
      expect(await wrong({ stretches: stretch(0, 72_000) })).toMatchObject({ reason: 'stretch', index: 0 })
      expect(await wrong({ stretches: stretch(0, 20_000, from - 3600) })).toMatchObject({ reason: 'time' })
      // The walk ends 180 m along the street: 265 m is 85 m off, 270 m is not walked.
      expect(await wrong({ stretches: stretch(15_000, 27_000) })).toMatchObject({ reason: 'far' })
      // Begin, middle and end by the way, and far off between them.
      await become('owner')
      await db().script(`insert into public.streets (id, land_id, class, geom) values (78, 1, 'service',
        extensions.st_geomfromtext('LINESTRING(117.6 36.201, 117.6004 36.204, 117.6008 36.201, 117.6012 36.204, 117.6016 36.201)', 4326))`)
      const zigzagCm = await call<number>(`(select floor(extensions.st_length(private.in_frame(s.geom, l)) * 100)::int from public.streets s join public.lands l on l.id = s.land_id where s.id = 78)`)
      await become('leader')
      expect(await wrong({ stretches: { ...stretch(0, zigzagCm), streetId: [78] } })).toMatchObject({ reason: 'far', index: 0 })
      expect(await wrong({ yards: [{ line: [[117.601, 36.201], [117.601, 36.203]] }] })).toMatchObject({ reason: 'yard', index: 0 })
      expect(await wrong({ marks: [{ checkpointId: 2, mark: 'visited', at: new Date(from * 1000).toISOString() }] })).toMatchObject({ reason: 'mark' })
      expect(await wrong({ passes: { buildingId: [8], atS: [from] } })).toMatchObject({ reason: 'building', index: 0 })
      // Some 180 m off: passed where the street says that counts as passed.
      expect(await wrong({ passes: { buildingId: [5], atS: [from] } })).toMatchObject({ reason: 'building', index: 0 })
      await become('owner')
      await db().query('savepoint pass_m')
      await db().query(`insert into public.settings (org_unit_id, key, value) select 2, 'patrol', public.patrol_settings(2) || '{"passM": 200}'`)
      await become('leader')
      await save({ passes: { buildingId: [5], atS: [from] } })
      await db().query('rollback to pass_m')
      await become('leader')
      await call('public.mark_checkpoint($1, 1, $2, 5, 117.6005, 36.201)', walk(4), new Date((from + 60) * 1000).toISOString())
      const match = {
        stretches: { streetId: [1, 1], fromCm: [0, 5000], toCm: [18_000, 18_000], fromS: [from, from + 180], toS: [from + 170, from + 280], confidence: [90, 70] },
        yards: [{ line: [[117.601, 36.201], [117.601, 36.20118]] }],
        marks: [{ checkpointId: 1, mark: 'probable', at: new Date((from + 50) * 1000).toISOString() }], passes: { buildingId: [1, 2], atS: [from + 40, from + 90] }, dropped: { inaccurate: 2 },
      }
      expect(await save(match)).toEqual({ streetM: 310, yardM: expect.closeTo(0.00018 * 110_964.25, 3) })
      const scope = await scopeOf()
      expect(scope.tracks.map(({ id, state, dropped }) => ({ id, state, dropped }))).toContainEqual({ id: walk(4), state: 'matched', dropped: { inaccurate: 2 } })
      expect(scope.walked).toMatchObject({ track: [1, 3, 3], fromCm: [0, 0, 5000], toCm: [18_000, 18_000, 18_000], confidence: [90, 90, 70] })
      expect(scope.marks.filter(({ track }) => track === 3)).toEqual([expect.objectContaining({ mark: 'confirmed' })])
      expect(scope.passes).toEqual({ building: [1, 2], atS: [from + 40, from + 90] })
      expect(await call('public.track_yards(1, current_date - 3, current_date + 1)')).toHaveLength(2)
      // A second match takes the place of the first; what was confirmed by hand stays, and the raw fixes are what they were.
      await save({ stretches: stretch(0, 10_000) })
      const again = await scopeOf()
      expect(again.walked.toCm).toEqual([18_000, 10_000])
      expect(again.passes.building).toEqual([1])
      expect(again.marks).toHaveLength(2)
      expect((await call<{ atMs: number[] }>('public.raw_track($1, null)', walk(4))).atMs).toHaveLength(11)
    }))

  it('confirm a checkpoint by hand from its place only', () =>
    rolledBack(async () => {
      const at = new Date(await yesterday('12:31')).toISOString()
      await become('leader')
      const mark = 'public.mark_checkpoint($1, 1, $2, $3, 117.601, 36.201)'
      // 45 m off, within 25 m and what the phone is not sure of.
      expect(await refused('too_far', mark, walk(3), at, 10)).toEqual({ metres: 45, withinM: 35 })
      expect(await refused('too_far', 'public.mark_checkpoint($1, 1, $2, 9000, 117.603, 36.201)', walk(3), at)).toMatchObject({ withinM: 125 })
      const first = await call(mark, walk(3), at, 25)
      expect(await call(mark, walk(3), new Date(await yesterday('12:33')).toISOString(), 25)).toEqual(first)
      await refused('patrol_invalid', mark, walk(3), new Date(await yesterday('11:00')).toISOString(), 25)
      await refused('not_allowed', 'public.mark_checkpoint($1, 3, $2, 5, 117.7005, 36.201)', walk(3), at)
      // The rules of fixes hold for moments of marks.
      expect(await refused('outside_hours', mark, walk(3), new Date(await yesterday('21:00')).toISOString(), 25)).toEqual({ fromMinute: 420, toMinute: 1260 })
      expect(await refused('patrol_invalid', mark, walk(3), new Date((await yesterday('12:31')) + 86_400_000).toISOString(), 25)).toMatchObject({ field: 'at' })
      // A walk that has ended must itself have come by, whatever place is claimed.
      const after = new Date(await yesterday('12:41')).toISOString()
      await call(mark, walk(4), after, 25)
      await become('owner')
      await db().query(`update public.patrol_checkpoints set geom = extensions.st_setsrid(extensions.st_makepoint(117.605, 36.201), 4326) where id = 1`)
      await become('leader')
      const there = 'public.mark_checkpoint($1, 1, $2, 5, 117.605, 36.201)'
      expect(await refused('too_far', there, walk(4), after)).toMatchObject({ withinM: 110 })
      await become('owner')
      await db().query(`update public.patrol_tracks set has_raw = false where id = '${walk(4)}'`)
      await become('leader')
      await refused('track_closed', there, walk(4), after)
    }))
})
