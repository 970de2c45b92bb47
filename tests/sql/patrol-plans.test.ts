import { expect, it } from 'vitest'
import {
  CHECKPOINT_MARKS, PATROL_AIMS, PATROL_KINDS, PATROL_OCCASIONS, PATROL_STATES, STREET_DUTIES, TRACK_SOURCES, TRACK_STATES,
} from '@/core/patrol/patrol'
import { PATROL_SETTINGS, type PatrolRoute } from '@/core/patrol/patrol-scope'
import { decodePatrolScope, type PatrolScopeJson } from '@/rooms/patrol/decode-patrol-scope'
import { encodeRoute } from '@/rooms/patrol/encode-route'
import { expectRefusal, onEachDatabase, personId } from './engines/with-databases'

const PLAN = (n: number) => `00000000-0000-4000-a200-00000000000${n}`
const ROUTE: PatrolRoute = {
  number: 1, personId: personId(4), start: [117.6005, 36.201], end: null, gridIds: ['00000000-0000-4000-8000-0000000000a1'], seconds: 300.5, metres: 210, servedM: 200,
  steps: [{ streetId: 1, fromCm: 0, toCm: 20_000, reversed: true, served: true }, { streetId: 0, fromCm: 0, toCm: 1000, reversed: false, served: false }], checkpoints: [1],
}
const NEW = {
  landId: 1, communityId: 4, title: '早巡', kind: 'daily', occasion: 'duty', aim: 'min_max', weekdays: [true, true, true, true, true, false, false], validFrom: '2026-11-01',
  validTo: null, startMinute: 480, shiftS: 7200, serveMPerS: 0.7, walkMPerS: 1.2, boundS: 290, routes: [encodeRoute(ROUTE)],
}

onEachDatabase('plans of patrols', ({ db, rolledBack, become }) => {
  const call = async <T = Record<string, unknown>>(sql: string, ...values: unknown[]): Promise<T> => (await db().query<{ answer: T }>(`select ${sql} as answer`, values))[0].answer
  async function refused(code: string, sql: string, ...values: unknown[]): Promise<Record<string, unknown>> {
    await db().query('savepoint before_call')
    const detail = await expectRefusal(call(sql, ...values), code)
    await db().query('rollback to before_call')
    return detail
  }
  const save = (change: object = {}, revision = 0) => call<{ id: string; number: number; revision: number }>('public.save_patrol_plan($1::jsonb, $2)', JSON.stringify({ ...NEW, ...change }), revision)
  const saveRefused = (code: string, change: object, revision = 0) => refused(code, 'public.save_patrol_plan($1::jsonb, $2)', JSON.stringify({ ...NEW, ...change }), revision)
  const scopeOf = async () => {
    const json = await call<PatrolScopeJson>('public.patrol_scope(1)')
    const buildings = { ids: Int32Array.from(Array.from({ length: 32 }, (_, k) => k + 1)) }
    return decodePatrolScope(json, { buildings, communities: [{ id: 4 }, { id: 5 }] } as unknown as Parameters<typeof decodePatrolScope>[1])
  }

  it('speak the words of the console, and go by the same defaults', async () => {
    const words = (type: string) => call<string[]>(`enum_range(null::public.${type})::text[]`)
    expect(await words('street_duty')).toEqual(STREET_DUTIES)
    expect(await words('patrol_kind')).toEqual(PATROL_KINDS)
    expect(await words('patrol_occasion')).toEqual(PATROL_OCCASIONS)
    expect(await words('patrol_state')).toEqual(PATROL_STATES)
    expect(await words('patrol_aim')).toEqual(PATROL_AIMS)
    expect(await words('track_source')).toEqual(TRACK_SOURCES)
    expect(await words('track_state')).toEqual(TRACK_STATES)
    expect(await words('checkpoint_mark')).toEqual(CHECKPOINT_MARKS)
    expect(await call('public.patrol_settings(2)')).toEqual(PATROL_SETTINGS)
  })

  it.each<[string, object]>([
    ['hours that end before they begin', { fromMinute: 600, toMinute: 600 }], ['a day past midnight', { toMinute: 1441 }], ['names forgotten before raw fixes', { rawDays: 31, nameDays: 30 }],
    ['a share above one', { coveredShare: 1.5 }], ['a duty that is none', { dutyByClass: { footway: 'sometimes' } }], ['no speed', { walkMPerS: 0 }], ['half a day', { rawDays: 0.5 }],
    ['words for a number', { passM: '25' }], ['no rule of days off', { onDaysOff: null }],
  ])('take no settings with %s', (_, change) =>
    rolledBack(async () => {
      await become('officer')
      await refused('setting_invalid', `public.save_setting(2, 'patrol', $1::jsonb, 0)`, JSON.stringify({ ...PATROL_SETTINGS, ...change }))
      await db().query(`select public.save_setting(2, 'patrol', $1::jsonb, 0)`, [JSON.stringify({ ...PATROL_SETTINGS, rawDays: 14 })])
      expect(await call('public.patrol_settings(5)')).toMatchObject({ rawDays: 14 })
      await become('secretary')
      await refused('not_allowed', `public.save_setting(4, 'patrol', $1::jsonb, 0)`, JSON.stringify(PATROL_SETTINGS))
    }))

  it('are kept whole, number by number, and read as they were saved', () =>
    rolledBack(async () => {
      await become('leader')
      const saved = await save()
      expect(saved).toMatchObject({ number: 3, revision: 1 })
      const scope = await scopeOf()
      const { landId, communityId, ...written } = NEW
      expect([landId, scope.landId, communityId]).toEqual([1, 1, 4])
      expect(scope.plans[2]).toEqual({ ...written, id: saved.id, number: 3, state: 'draft', community: 0, revision: 1, routes: [ROUTE] })
      expect(await save({ id: saved.id, title: '晚巡', routes: [{ ...encodeRoute(ROUTE), number: 2 }] }, 1)).toEqual({ ...saved, revision: 2 })
      const again = await scopeOf()
      expect(again.plans[2]).toMatchObject({ title: '晚巡', routes: [{ number: 2 }] })
      expect(await saveRefused('stale', { id: saved.id }, 1)).toMatchObject({ revision: 2, by: '李*' })
      await become('officer')
      const key = `'00000000-0000-4000-b300-000000000001'`
      const once = await call('public.save_patrol_plan($1::jsonb, 0, ' + key + ')', JSON.stringify(NEW))
      expect(await call('public.save_patrol_plan($1::jsonb, 0, ' + key + ')', JSON.stringify(NEW))).toEqual(once)
    }))

  it('keep the shift, and name people of the community', () =>
    rolledBack(async () => {
      await become('leader')
      const route = (change: object) => ({ routes: [{ ...encodeRoute(ROUTE), ...change }] })
      expect(await saveRefused('route_over_shift', route({ seconds: 7201 }))).toEqual({ route: 1, minutes: 1 })
      expect(await saveRefused('route_over_shift', route({ seconds: 7801 }))).toEqual({ route: 1, minutes: 11 })
      await save(route({ seconds: 7200 }))
      expect(await saveRefused('patrol_invalid', route({ personId: personId(3) }))).toEqual({ field: 'personId', route: 1 })
      expect(await saveRefused('patrol_invalid', route({ steps: { streetId: [2], fromCm: [0], toCm: [10], flags: [2] } }))).toEqual({ field: 'steps', route: 1, index: 0 })
      // The street is 719.87 m long.
      await save(route({ steps: { streetId: [1], fromCm: [0], toCm: [71_987], flags: [2] } }))
      expect(await saveRefused('patrol_invalid', route({ steps: { streetId: [1, 1], fromCm: [0, 5], toCm: [10, 72_000], flags: [2, 0] } }))).toMatchObject({ index: 1 })
      expect(await saveRefused('patrol_invalid', route({ gridIds: ['00000000-0000-4000-8000-0000000000a3'] }))).toEqual({ field: 'gridIds', route: 1 })
      // A checkpoint of the community next door.
      expect(await saveRefused('patrol_invalid', route({ checkpoints: [1, 2] }))).toEqual({ field: 'checkpoints', route: 1 })
      await saveRefused('not_allowed', { communityId: 5 })
      await saveRefused('not_allowed', { landId: 2 })
    }))

  it('come into force with a person on each route, hold on their days, and end', () =>
    rolledBack(async () => {
      await become('leader')
      const { id } = await save({ validFrom: '2026-11-02', validTo: '2099-11-08', routes: [encodeRoute({ ...ROUTE, personId: null }), { ...encodeRoute(ROUTE), number: 2 }] })
      const publish = 'public.publish_patrol_plan($1, $2)'
      expect(await refused('route_unnamed', publish, id, 1)).toEqual({ routes: [1] })
      await save({ id, validFrom: '2026-11-02', validTo: '2099-11-08' }, 1)
      await refused('stale', publish, id, 1)
      expect(await call(publish, id, 2)).toEqual({ id, revision: 3 })
      expect(await saveRefused('patrol_plan_state', { id }, 3)).toEqual({ state: 'published' })
      await refused('patrol_plan_state', 'public.discard_patrol_plan($1)', id)
      const routesOn = async (day: string, plan = id) => (await call<{ routes: { planId: string }[] }>('public.my_patrol($1)', day)).routes.filter(({ planId }) => planId === plan).length
      // Monday to Friday, of these days only.
      expect(await Promise.all(['2026-11-01', '2026-11-02', '2026-11-06', '2026-11-07', '2099-11-09'].map((day) => routesOn(day)))).toEqual([0, 1, 1, 0, 0])
      expect(await call('public.end_patrol_plan($1)', id)).toEqual({ id, revision: 4 })
      expect(await routesOn('2026-11-06')).toBe(1)
      expect(await routesOn('2098-11-06')).toBe(0)
      const single = await save({ kind: 'special', weekdays: Array.from({ length: 7 }, () => false), validFrom: '2099-01-03' })
      await call(publish, single.id, 1)
      // Beside the daily one of the fixture world.
      expect(await call('public.my_patrol($1)', '2099-01-03')).toMatchObject({ day: '2099-01-03', routes: [{ planId: single.id, route: { number: 1 }, checkpoints: [{ id: 1, mark: null }] }, { planId: PLAN(2) }] })
      expect(await call('public.my_patrol($1)', '2099-01-04')).toMatchObject({ routes: [{ planId: PLAN(2) }] })
      // One that is ended before its first day was never in force.
      const dropped = await save({ weekdays: Array.from({ length: 7 }, () => false), validFrom: '2099-01-05' })
      await call(publish, dropped.id, 1)
      expect(await routesOn('2099-01-05', dropped.id)).toBe(1)
      await call('public.end_patrol_plan($1)', dropped.id)
      expect(await routesOn('2099-01-05', dropped.id)).toBe(0)
      const past = await save({ weekdays: Array.from({ length: 7 }, () => false), validFrom: '2026-01-01' })
      expect(await refused('patrol_invalid', publish, past.id, 1)).toEqual({ field: 'validTo' })
      expect(await call('public.discard_patrol_plan($1)', past.id)).toEqual({ id: past.id })
      await become('member')
      await refused('not_allowed', publish, PLAN(1), 1)
    }))

  it('rest on duties set street by street, the latest over what was, never twice over a place', () =>
    rolledBack(async () => {
      const set = async (...rules: object[]) => {
        const { duties } = await call<{ duties: { streetId: number; fromCm: number; toCm: number; duty: string; reason: string; by: string }[] }>('public.set_duties(1, $1::jsonb)', JSON.stringify(rules))
        return duties.map(({ fromCm, toCm, duty }) => [fromCm, toCm, duty])
      }
      await become('leader')
      expect(await set({ streetId: 1, fromCm: 2000, toCm: 4000, duty: 'none', reason: '施工围挡' })).toEqual([[0, 2000, 'weekly'], [2000, 4000, 'none'], [4000, 10_000, 'weekly']])
      expect(await set({ streetId: 1, fromCm: 3000, toCm: 5000, duty: 'daily', bothSides: true }, { streetId: 1, fromCm: 15_000, toCm: 17_000, duty: 'daily' }))
        .toEqual([[0, 2000, 'weekly'], [2000, 3000, 'none'], [3000, 5000, 'daily'], [5000, 10_000, 'weekly'], [15_000, 17_000, 'daily']])
      expect(await set({ streetId: 1, fromCm: 1000, toCm: 15_500, duty: null })).toEqual([[0, 1000, 'weekly'], [15_500, 17_000, 'daily']])
      await refused('reason_required', 'public.set_duties(1, $1::jsonb)', JSON.stringify([{ streetId: 1, fromCm: 0, toCm: 5, duty: 'none', reason: ' ' }]))
      await refused('patrol_invalid', 'public.set_duties(1, $1::jsonb)', JSON.stringify([{ streetId: 2, fromCm: 0, toCm: 5, duty: 'daily' }]))
      await become('owner')
      // A street within the village alone is not the leader's, nor is the part of a street that lies there.
      await db().script(`insert into public.streets (id, land_id, class, geom) values (77, 1, 'service', extensions.st_geomfromtext('LINESTRING(117.606 36.201, 117.607 36.201)', 4326))`)
      await become('leader')
      await refused('not_allowed', 'public.set_duties(1, $1::jsonb)', JSON.stringify([{ streetId: 77, fromCm: 0, toCm: 5, duty: 'daily' }]))
      await refused('not_allowed', 'public.set_duties(1, $1::jsonb)', JSON.stringify([{ streetId: 1, fromCm: 65_000, toCm: 71_987, duty: 'daily' }]))
      await become('officer')
      expect(await set({ streetId: 77, fromCm: 0, toCm: 5, duty: 'daily' })).toHaveLength(3)
    }))

  it('know of shut gates and checkpoints, entered within the own community, taken away and put back', () =>
    rolledBack(async () => {
      await become('leader')
      const gates = await call<{ gates: { id: number; reason: string }[] }>(`public.set_gates(1, '{"add": [{"lngLat": [117.6004, 36.2009], "reason": "装修"}]}')`)
      expect(gates.gates.map(({ reason }) => reason)).toEqual(['夜间关闭', '装修'])
      expect((await call<{ gates: unknown[] }>('public.set_gates(1, $1::jsonb)', JSON.stringify({ remove: gates.gates.map(({ id }) => id) }))).gates).toEqual([])
      await refused('not_allowed', `public.set_gates(1, '{"add": [{"lngLat": [117.6064, 36.2009]}]}')`)
      await refused('place_outside', `public.set_gates(1, '{"add": [{"lngLat": [117.65, 36.25]}]}')`)
      const point = { name: '配电房', note: '看门锁', lngLat: [117.6006, 36.2006], radiusM: 20, dwellS: 60, everyDays: 7 }
      const saved = await call<{ id: number }>('public.save_checkpoint($1::jsonb)', JSON.stringify(point))
      expect(saved).toEqual({ ...point, id: expect.any(Number), communityId: 4, lastAt: null })
      expect(await call('public.save_checkpoint($1::jsonb)', JSON.stringify({ ...point, id: saved.id, name: '变电房' }))).toMatchObject({ id: saved.id, name: '变电房' })
      await refused('not_allowed', 'public.save_checkpoint($1::jsonb)', JSON.stringify({ ...point, id: 2 }))
      const ids = async () => (await scopeOf()).checkpoints.map(({ id }) => id)
      expect(await ids()).toEqual([1, saved.id])
      await call('public.remove_checkpoint($1)', saved.id)
      expect(await ids()).toEqual([1])
      await call('public.restore_checkpoint($1)', saved.id)
      expect(await ids()).toEqual([1, saved.id])
      await refused('not_allowed', 'public.remove_checkpoint(2)')
      // The walk of yesterday came by the first.
      expect((await scopeOf()).checkpoints[0].lastAt).not.toBeNull()
    }))
})
