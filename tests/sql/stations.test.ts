import { expect, it } from 'vitest'
import { BRANCH_KINDS, WORK_UNIT_KINDS, WORK_UNIT_STATUSES } from '@/core/coverage/coverage-scope'
import { expectRefusal, onEachDatabase, type Persona } from './engines/with-databases'

const KEY = `'00000000-0000-4000-b500-000000000001'`
const STATION = { landId: 1, communityId: 4, name: '幸福驿站', level: 'grid_home', capacity: 80, hours: '周一至周五 8:30–17:30', lngLat: [117.6015, 36.2015] }
const ACTIVITY = { stationId: 2, title: '书法班', weekdays: [false, true, false, true, false, false, false], fromMinute: 870, toMinute: 960, place: '书画室', seats: 20 }
const UNIT = { communityId: 4, compoundId: 1, name: '幸福药房', kind: 'enterprise', status: 'active', branch: null, note: null, lngLat: [117.6015, 36.2015] }
/** Nobody of these is in charge of community 4. */
const NOT_IN_CHARGE: readonly Persona[] = ['leader', 'member', 'auditor', 'otherStreet', 'inactive', 'ended', 'notYet']

// Stations of the fixture world: 1 the street centre of land 1, 2 of community 4, 3 of community 5, 4 of land 2; each but 1 has an activity of its number.
onEachDatabase('stations, compounds and units of work', ({ db, rolledBack, become }) => {
  const call = async <T = Record<string, unknown>>(sql: string, ...values: unknown[]): Promise<T> => (await db().query<{ answer: T }>(`select ${sql} as answer`, values))[0].answer
  async function refused(code: string, sql: string, ...values: unknown[]): Promise<Record<string, unknown>> {
    await db().query('savepoint before_call')
    const detail = await expectRefusal(call(sql, ...values), code)
    await db().query('rollback to before_call')
    return detail
  }
  const SAVE = 'public.save_station($1::jsonb, $2)'
  const save = (change: object = {}, revision = 0) => call<{ id: number; revision: number }>(SAVE, JSON.stringify({ ...STATION, ...change }), revision)
  const saveRefused = (code: string, change: object, revision = 0) => refused(code, SAVE, JSON.stringify({ ...STATION, ...change }), revision)
  const rows = async (table: string, where: string) => {
    await become('owner')
    return db().query(`select to_jsonb(t) as row from public.${table} t where ${where} order by t.id`)
  }

  const closedStations = () => call<{ id: number }[]>(`(public.coverage_scope(1) -> 'closedStations')`)

  it('speak the words of the console', async () => {
    const words = (type: string) => call<string[]>(`enum_range(null::public.${type})::text[]`)
    expect(await words('work_unit_kind')).toEqual(WORK_UNIT_KINDS)
    expect(await words('work_unit_status')).toEqual(WORK_UNIT_STATUSES)
    expect(await words('branch_kind')).toEqual(BRANCH_KINDS)
  })

  it.each<Persona>(NOT_IN_CHARGE)('are not changed by %s', (persona) =>
    rolledBack(async () => {
      await become(persona)
      await saveRefused('not_allowed', {})
      await saveRefused('not_allowed', { id: 2 })
      await refused('not_allowed', `public.close_station(2, 0, '搬迁到新址')`)
      await refused('not_allowed', 'public.save_station_activity($1::jsonb, 0)', JSON.stringify(ACTIVITY))
      await refused('not_allowed', 'public.remove_station_activity(2, 0)')
      await refused('not_allowed', `public.set_compound_status(1, 'managed', 'unmanaged', null)`)
      await refused('not_allowed', 'public.save_work_unit($1::jsonb, 0)', JSON.stringify(UNIT))
      await refused('not_allowed', 'public.remove_work_unit(1)')
      await become('owner')
      await become('officer')
      await call(`public.close_station(2, 0, '搬迁到新址')`)
      await become(persona)
      await refused('not_allowed', 'public.reopen_station(2)')
    }))

  it('are opened and changed on the own land, by whoever saw them as they are', () =>
    rolledBack(async () => {
      await become('secretary')
      const opened = await save()
      expect(opened).toEqual({ id: expect.any(Number), revision: 0 })
      expect(await save({ id: opened.id, name: '幸福网格驿站', capacity: 90 })).toEqual({ id: opened.id, revision: 1 })
      expect(await saveRefused('stale', { id: opened.id })).toMatchObject({ revision: 1, by: '李*' })
      // The community next door, and the street centre.
      await saveRefused('not_allowed', { communityId: 5 })
      await saveRefused('not_allowed', { id: 3 })
      await saveRefused('not_allowed', { level: 'street_centre', communityId: null })
      await become('officer')
      expect(await save({ id: 1, level: 'street_centre', communityId: null })).toEqual({ id: 1, revision: 1 })
      expect(await saveRefused('station_invalid', { level: 'street_centre' })).toEqual({ field: 'communityId' })
      expect(await saveRefused('station_invalid', { communityId: null })).toEqual({ field: 'communityId' })
      await saveRefused('place_outside', { lngLat: [117.7015, 36.2015] })
      await saveRefused('place_outside', { lngLat: [10, 10] })
      await saveRefused('not_allowed', { landId: 2, communityId: 6 })
      await saveRefused('not_allowed', { id: 4 })
      await become('admin')
      await saveRefused('not_allowed', { id: 4 })
      await saveRefused('not_allowed', { communityId: 6 })
      const key = await call(`public.save_station($1::jsonb, 0, ${KEY})`, JSON.stringify(STATION))
      expect(await call(`public.save_station($1::jsonb, 0, ${KEY})`, JSON.stringify(STATION))).toEqual(key)
    }))

  it('close with what they offer, and come back as they were under their number', () =>
    rolledBack(async () => {
      const before = [await rows('stations', 't.id = 2'), await rows('station_activities', 't.station_id = 2')]
      await become('secretary')
      await refused('reason_required', `public.close_station(2, 0, '  搬 ')`)
      await refused('stale', `public.close_station(2, 5, '搬迁到新址')`)
      expect(await call(`public.close_station(2, 0, '搬迁到新址', ${KEY})`)).toEqual({ id: 2 })
      expect(await call(`public.close_station(2, 0, '搬迁到新址', ${KEY})`)).toEqual({ id: 2 })
      await refused('not_allowed', `public.close_station(2, 0, '搬迁到新址')`)
      expect([await rows('stations', 't.id = 2'), await rows('station_activities', 't.station_id = 2')]).toEqual([[], []])
      for (const [persona, closed] of [['officer', [2]], ['leader', []], ['auditor', []], ['secretary', [2]]] as const) {
        await become(persona)
        expect((await closedStations()).map(({ id }) => id), persona).toEqual(closed)
      }
      expect(await closedStations()).toEqual([{ id: 2, name: expect.any(String), level: 'community_station', communityId: 4, reason: '搬迁到新址', closedAt: expect.any(String) }])
      expect(await call('public.reopen_station(2)')).toEqual({ id: 2, revision: 1 })
      expect(await closedStations()).toEqual([])
      await refused('not_allowed', 'public.reopen_station(2)')
      const same = { row: expect.objectContaining({ ...(before[0][0] as { row: object }).row, revision: 1, updated_at: expect.any(String), updated_by: expect.any(String) }) }
      expect([await rows('stations', 't.id = 2'), await rows('station_activities', 't.station_id = 2')]).toEqual([[same], before[1]])
      // The street centre is the street's to open.
      await become('officer')
      await call(`public.close_station(1, 0, '搬迁到新址')`)
      expect(await closedStations()).toMatchObject([{ id: 1, communityId: null }])
      await become('secretary')
      expect(await closedStations()).toEqual([])
      // The next new one does not get the number of one that was brought back.
      await become('secretary')
      expect((await save()).id).toBeGreaterThan(4)
    }))

  it('offer activities, which can be taken away and put back', () =>
    rolledBack(async () => {
      await become('secretary')
      const enter = (change: object, revision: number) => call('public.save_station_activity($1::jsonb, $2)', JSON.stringify({ ...ACTIVITY, ...change }), revision)
      const enterRefused = (code: string, change: object, revision = 4) =>
        refused(code, 'public.save_station_activity($1::jsonb, $2)', JSON.stringify({ ...ACTIVITY, ...change }), revision)
      const entered = await enter({}, 0)
      expect(entered).toEqual({ ...ACTIVITY, id: expect.any(Number), revision: 1 })
      expect(await enter({ id: entered.id, title: '国画班' }, 1)).toEqual({ ...entered, title: '国画班', revision: 2 })
      // Whoever saw the station as it was overwrites, and takes away, nothing.
      expect(await enterRefused('stale', { id: entered.id, title: '剪纸班' }, 1)).toMatchObject({ revision: 2, by: '李*' })
      await refused('stale', 'public.remove_station_activity($1, 1)', entered.id)
      await saveRefused('stale', { id: 2 }, 0)
      const removed = await call('public.remove_station_activity($1, 2)', entered.id)
      expect(removed).toEqual({ ...entered, title: '国画班', revision: 3 })
      expect(await enter({ ...removed, id: null }, 3)).toMatchObject({ title: '国画班', revision: 4 })
      expect(await enterRefused('station_invalid', { toMinute: 870 })).toMatchObject({ field: 'toMinute', least: 871 })
      expect(await enterRefused('station_invalid', { weekdays: Array.from({ length: 7 }, () => false) })).toEqual({ field: 'weekdays' })
      await enterRefused('not_allowed', { stationId: 3 })
      // One of another station.
      await enterRefused('not_allowed', { id: 3 })
      await refused('not_allowed', 'public.remove_station_activity(3, 0)')
      await refused('not_allowed', 'public.remove_station_activity(999999, 0)')
    }))

  it('know who manages a compound, and what was before', () =>
    rolledBack(async () => {
      await become('secretary')
      const set = (expected: string, status: string, note: string | null) => call(`public.set_compound_status(1, $1, $2, $3)`, expected, status, note)
      expect(await set('managed', 'unmanaged', '物业撤离')).toEqual({ compoundId: 1, status: 'unmanaged', note: '物业撤离', former: { status: 'managed', note: null } })
      // Who saw what stood before puts nothing over it.
      expect(await refused('stale', `public.set_compound_status(1, 'managed', 'self_managed', null)`)).toEqual({ status: 'unmanaged' })
      expect(await set('unmanaged', 'managed', null)).toMatchObject({ former: { status: 'unmanaged', note: '物业撤离' } })
      await refused('not_allowed', `public.set_compound_status(2, 'managed', 'managed', null)`)
      await refused('not_allowed', `public.set_compound_status(1, 'managed', null, null)`)
      expect(await rows('compounds', 't.id = 1')).toMatchObject([{ row: { status: 'managed', note: null } }])
    }))

  it('list units of work with their branch, until they are removed, and again after', () =>
    rolledBack(async () => {
      await become('secretary')
      const enter = (change: object = {}, revision = 0) => call<{ id: number; revision: number }>('public.save_work_unit($1::jsonb, $2)', JSON.stringify({ ...UNIT, ...change }), revision)
      const enterRefused = (code: string, change: object, revision = 0) => refused(code, 'public.save_work_unit($1::jsonb, $2)', JSON.stringify({ ...UNIT, ...change }), revision)
      const { id } = await enter()
      expect(await enter({ id, branch: 'joint' })).toEqual({ id, revision: 1 })
      await enterRefused('stale', { id })
      await enterRefused('not_allowed', { communityId: 5, compoundId: null })
      await enterRefused('not_allowed', { id: 2 })
      expect(await enterRefused('work_unit_invalid', { compoundId: 2 })).toEqual({ field: 'compoundId' })
      await enterRefused('place_outside', { lngLat: [117.7015, 36.2015] })
      const told = async () => (await call<{ workUnits: { id: number }[] }>('public.coverage_scope(1)')).workUnits.find((unit) => unit.id === id)
      // The street tells it as it is told when it is removed.
      expect(await told()).toEqual({ ...UNIT, id, branch: 'joint', revision: 1 })
      const removed = await call('public.remove_work_unit($1)', id)
      expect(removed).toEqual({ ...UNIT, id, branch: 'joint', revision: 1 })
      expect(await enter({ ...removed, id: null })).toEqual({ id: expect.any(Number), revision: 0 })
      await refused('not_allowed', 'public.remove_work_unit(2)')
      // A compound that is pulled down, or comes to another community.
      await become('owner')
      await db().query('update public.compounds set community_id = 5 where id = 1')
      expect(await rows('work_units', 't.id = 1')).toMatchObject([{ row: { community_id: 5, compound_id: 1 } }])
      await db().query('update public.buildings set compound_id = null where compound_id = 1')
      await db().query('delete from public.compounds where id = 1')
      expect(await rows('work_units', 't.id = 1')).toMatchObject([{ row: { compound_id: null } }])
    }))
})
