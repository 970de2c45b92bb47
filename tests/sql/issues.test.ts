import { expect, it } from 'vitest'
import {
  ISSUE_ACTS, ISSUE_CATEGORIES, ISSUE_LEVELS, ISSUE_OUTCOMES, ISSUE_SOURCES, ISSUE_STATES, type IssueAct,
} from '@/core/issues/issue'
import { ISSUE_ACT_RULES, ISSUE_ROLE_LEVELS } from '@/core/issues/issue-acts'
import { ISSUE_SETTINGS } from '@/core/issues/issue-scope'
import { decodeIssueScope, type IssueScopeJson } from '@/rooms/issues/decode-issue-scope'
import { expectRefusal, onEachDatabase, personId, type Persona } from './engines/with-databases'

/** Cell 1 of the fixture world: grid a1, community 4, with building 1 around its middle. */
const AT: readonly [number, number] = [117.600556, 36.200451]
const SLIP = { lngLat: AT, category: 'noise', title: '夜间施工扰民' }
// Heads of images of 16 pixels a side.
const JPEG = Buffer.from('ffd8ffe000104a46494600010100000100010000ffc0000b080010001001011100ffda0000', 'hex')
const PNG = Buffer.from('89504e470d0a1a0a0000000d4948445200000010000000100806000000', 'hex')
const WEBP = Buffer.concat([Buffer.from('RIFF'), Buffer.alloc(4), Buffer.from('WEBPVP8X'), Buffer.alloc(8), Buffer.from('0f00000f0000', 'hex')])

onEachDatabase('slips', ({ db, rolledBack, become, as }) => {
  const call = async <T>(sql: string, ...values: unknown[]): Promise<T> => (await db().query<{ answer: T }>(`select ${sql} as answer`, values))[0].answer
  const report = (slip: object) => call<{ id: number; number: string; dueAt: string }>('public.report_issue($1::jsonb)', JSON.stringify(slip))
  /** Seconds from the machine's clock to a moment in Shanghai, told to the rules as a test may and a request may not. */
  const standAt = (moment: string) => db().query(`select set_config('gewu.clock_shift_s', extract(epoch from $1::timestamptz - now())::text, true)`, [moment])
  async function outcome(work: () => Promise<unknown>): Promise<string> {
    await db().query('savepoint before_call')
    const code = await work().then(() => 'done', (error: Error) => error.message)
    await db().query('rollback to before_call')
    return code
  }

  it('has the words, the table of acts and the defaults of the console', async () => {
    const words = async (type: string) => call<string[]>(`enum_range(null::public.issue_${type})::text[]`)
    expect(await words('state')).toEqual(ISSUE_STATES)
    expect(await words('level')).toEqual(ISSUE_LEVELS)
    expect(await words('outcome')).toEqual(ISSUE_OUTCOMES)
    expect(await words('source')).toEqual(ISSUE_SOURCES)
    expect(await words('category')).toEqual(ISSUE_CATEGORIES)
    expect(await words('act')).toEqual(ISSUE_ACTS)
    const rows = await db().query<{ act: IssueAct }>(`select act, from_states::text[] as "from", to_state as "to", needs, actors as by, takes_note as "takesNote"
      from private.issue_act_rules order by act`)
    expect(rows).toEqual(ISSUE_ACTS.map((act) => ({ act, ...ISSUE_ACT_RULES[act] })))
    for (const [role, level] of Object.entries(ISSUE_ROLE_LEVELS)) expect(await call('private.role_level($1)', role), role).toBe(level)
    expect(await call('public.issue_settings(2)')).toEqual(ISSUE_SETTINGS)
  })

  it.each<[string, number, string]>([
    ['2026-11-20 10:00+08', 1, '2026-11-23T10:00:00.000Z'], // Friday: the next working day is Monday.
    ['2026-11-20 23:59+08', 0, '2026-11-20T10:00:00.000Z'],
    ['2026-11-21 10:00+08', 0, '2026-11-23T10:00:00.000Z'], // Saturday: the day itself is none.
    ['2026-11-20 10:00+08', 5, '2026-11-27T10:00:00.000Z'],
    // Still Thursday in Shanghai, though Wednesday in Greenwich.
    ['2026-11-18 17:00+00', 1, '2026-11-20T10:00:00.000Z'],
    ['2026-09-29 10:00+08', 2, '2026-10-10T10:00:00.000Z'], // Over the holidays to the Saturday that is worked.
    ['2026-09-30 10:00+08', 99, '2027-03-03T10:00:00.000Z'],
  ])('counts working days: %s and %i → %s', (from, days, end) =>
    rolledBack(async () => {
      await db().query(`insert into public.work_days (day, is_working, name)
        select d::date, d::date = '2026-10-10', '国庆节' from generate_series('2026-10-01'::date, '2026-10-10'::date, '1 day') d
        where extract(isodow from d) < 6 or d::date = '2026-10-10' on conflict (day) do update set is_working = excluded.is_working`)
      await db().query(`update public.work_days set is_working = false where day in ('2026-10-08', '2026-10-09')`)
      expect(new Date(await call<string>('private.add_working_days($1, $2)', from, days)).toISOString()).toBe(end)
    }))

  it('moves its clock by what the connection was given, and no request can give it', () =>
    rolledBack(async () => {
      await standAt('2030-01-02 09:00+08')
      await become('leader')
      const { number, dueAt } = await report(SLIP)
      expect(number).toBe('GZ-2030-0001')
      expect(new Date(dueAt).toISOString()).toBe('2030-01-03T10:00:00.000Z')
      const { now } = await call<{ now: number }>('public.issue_scope(1)')
      expect(new Date(now).toISOString()).toBe('2030-01-02T01:00:00.000Z')
      // No function that a request may call sets it.
      await become('owner')
      expect(await db().query(`select p.proname from pg_proc p where p.pronamespace in ('public'::regnamespace, 'private'::regnamespace)
        and p.prosrc like '%clock_shift_s%'`)).toEqual([{ proname: 'clock' }])
    }))

  it('brings what is overdue under supervision, then to the level above, then no further', () =>
    rolledBack(async () => {
      await db().query(`update public.issues set outcome = 'withdrawn', state = 'supervised', closed_at = now() where outcome is null`)
      await standAt('2026-11-16 09:00+08')
      await become('leader')
      const { id } = await report(SLIP)
      const quiet = (await report({ ...SLIP, category: 'policy' })).id
      await call(`public.act_on_issue($1, 'claim', '{}', 0)`, id)
      const at = async (moment: string) => {
        await become('owner')
        await standAt(moment)
        await become('member')
        const did = await call<{ supervised: number; escalated: number }>('public.run_issue_rules(1)')
        await become('owner')
        const [slip] = await db().query<Record<string, unknown>>(`select state, level, handler_id is null as free from public.issues where id = $1`, [id])
        return [did.supervised, did.escalated, slip.state, slip.level, slip.free]
      }
      // Noise: one working day at the grid, two in the community, three at the street; two more before it goes up.
      expect(await at('2026-11-17 17:59+08')).toEqual([0, 0, 'claimed', 'grid', false])
      expect(await at('2026-11-17 18:01+08')).toEqual([1, 0, 'supervised', 'grid', false])
      expect(await at('2026-11-19 17:59+08')).toEqual([0, 0, 'supervised', 'grid', false])
      expect(await at('2026-11-19 18:01+08')).toEqual([0, 1, 'reported', 'community', true])
      expect(await at('2026-11-25 17:59+08')).toEqual([0, 0, 'reported', 'community', true])
      // With it the other one, which had five working days at the grid.
      expect(await at('2026-11-25 18:01+08')).toEqual([0, 2, 'reported', 'street', true])
      expect((await at('2027-03-01 09:00+08'))[3]).toBe('district')
      expect((await at('2029-03-01 09:00+08'))[3]).toBe('district')
      const events = await db().query<{ act: string }>(`select act || ' ' || actor || ' ' || to_level as act from public.issue_events where issue_id = $1 order by id`, [id])
      expect(events.map((event) => event.act)).toEqual(['report grid_leader grid', 'claim grid_leader grid', 'supervise system grid', 'escalate system community',
        'escalate system street', 'escalate system district'])
      expect(await db().query('select 1 from public.issues where id = $1 and top_level = level', [quiet])).toHaveLength(1)
    }))

  it('leaves alone a slip whose result is handed in, and one of a street where nothing goes up by rule', () =>
    rolledBack(async () => {
      await db().query(`insert into public.settings (org_unit_id, key, value) values (2, 'issues', $1::jsonb)`, [JSON.stringify({ ...ISSUE_SETTINGS, escalateAfterDays: 0 })])
      await standAt('2029-01-01 09:00+08')
      await become('officer')
      expect(await call('public.run_issue_rules(1)')).toEqual({ supervised: 1, escalated: 0 })
      await become('owner')
      expect(await db().query('select id, state, level from public.issues where land_id = 1 order by id')).toEqual([
        { id: 1, state: 'reported', level: 'grid' }, { id: 2, state: 'supervised', level: 'grid' }, { id: 3, state: 'supervised', level: 'street' },
        { id: 5, state: 'reported', level: 'grid' }])
    }))

  it('enters a slip where it lies, with its reporter out of sight and its photos without bytes beside them', () =>
    rolledBack(async () => {
      await become('secretary')
      const { id } = await report({
        ...SLIP, title: '  夜间\u202e施工 ', detail: '每晚\n\n十点以后\u0007', source: 'reception', householdId: 10, reporter: { name: '周九九', phone: '13500000099' },
        photos: [JPEG, PNG, WEBP].map((bytes) => bytes.toString('base64')),
      })
      const detail = await call<{ issue: object; reporter: object; household: object; events: { photos: number[] }[] }>('public.issue_detail($1)', id)
      expect(detail).toMatchObject({
        issue: { title: '夜间施工', detail: '每晚\n\n十点以后', communityId: 4, buildingId: 1, gridId: '00000000-0000-4000-8000-0000000000a1', source: 'reception' },
        reporter: { name: '周*', phone: '135****0099' }, household: { id: 10, room: '001' },
      })
      expect(JSON.stringify([detail, await call('public.issue_scope(1)')])).not.toMatch(/周九九|13500000099/)
      const photos = detail.events[0].photos
      expect(await Promise.all(photos.map(async (photo) => (await call<{ type: string }>('public.issue_photo($1)', photo)).type))).toEqual(['image/jpeg', 'image/png', 'image/webp'])
      expect((await call<{ base64: string }>('public.issue_photo($1)', photos[0])).base64).toBe(JPEG.toString('base64'))
      await become('leader')
      expect(await outcome(() => call('public.issue_photo($1)', photos[0]))).toBe('done')
      await become('otherStreet')
      expect(await outcome(() => call('public.issue_photo($1)', photos[0]))).toBe('not_allowed')
    }))

  const withApp1 = Buffer.concat([JPEG.subarray(0, 20), Buffer.from('ffe1000845786966ffda', 'hex')])
  it.each<[string, Persona, object | string | null, string]>([
    ['nothing', 'leader', null, 'issue_invalid'],
    ['a list', 'leader', [], 'issue_invalid'],
    ['a word', 'leader', 'slip', 'issue_invalid'],
    ['no place', 'leader', { ...SLIP, lngLat: undefined }, 'issue_invalid'],
    ['a place in words', 'leader', { ...SLIP, lngLat: ['a', 'b'] }, 'issue_invalid'],
    ['half a place', 'leader', { ...SLIP, lngLat: [117] }, 'issue_invalid'],
    ['a place off the globe', 'leader', { ...SLIP, lngLat: [1e300, 36] }, 'issue_invalid'],
    ['a place outside', 'leader', { ...SLIP, lngLat: [0, 0] }, 'place_outside'],
    ['a place in another street', 'leader', { ...SLIP, lngLat: [117.7005, 36.2005] }, 'not_allowed'],
    ['a category that is none', 'leader', { ...SLIP, category: 'ufo' }, 'issue_invalid'],
    ['no title', 'leader', { ...SLIP, title: ' \u200b ' }, 'issue_invalid'],
    ['a title of 81', 'leader', { ...SLIP, title: '长'.repeat(81) }, 'issue_invalid'],
    ['a title that is an object', 'leader', { ...SLIP, title: { a: 1 } }, 'issue_invalid'],
    ['a detail of 2,001', 'leader', { ...SLIP, detail: '长'.repeat(2001) }, 'issue_invalid'],
    ['a telephone in words', 'leader', { ...SLIP, reporter: { phone: '=cmd()' } }, 'issue_invalid'],
    ['a reporter in words', 'leader', { ...SLIP, reporter: '张三' }, 'issue_invalid'],
    ['the public page as its source', 'leader', { ...SLIP, source: 'public' }, 'issue_invalid'],
    ['a reception by a member', 'member', { ...SLIP, source: 'reception' }, 'not_allowed'],
    ['a household of another grid', 'leader', { ...SLIP, householdId: 30 }, 'issue_invalid'],
    ['a household in words', 'leader', { ...SLIP, householdId: '10' }, 'issue_invalid'],
    ['an auditor', 'auditor', SLIP, 'not_allowed'],
    ['a JPEG that tells where it was taken', 'leader', { ...SLIP, photos: [withApp1.toString('base64')] }, 'photo_invalid'],
    ['a PNG with Exif', 'leader', { ...SLIP, photos: [Buffer.concat([PNG, Buffer.from('eXIf')]).toString('base64')] }, 'photo_invalid'],
    ['a GIF', 'leader', { ...SLIP, photos: [Buffer.from('GIF89a').toString('base64')] }, 'photo_invalid'],
    ['a JPEG cut off in its head', 'leader', { ...SLIP, photos: [JPEG.subarray(0, 6).toString('base64')] }, 'photo_invalid'],
    ['a photo of more than 300 KB', 'leader', { ...SLIP, photos: [Buffer.concat([JPEG, Buffer.alloc(307_200)]).toString('base64')] }, 'photo_invalid'],
    ['base64 that is none', 'leader', { ...SLIP, photos: ['data:image/png;base64,AAAA'] }, 'photo_invalid'],
    ['photos that are numbers', 'leader', { ...SLIP, photos: [1] }, 'photo_invalid'],
  ])('refuses %s', (_, persona, slip, code) =>
    rolledBack(async () => {
      await become(persona)
      expect(await outcome(() => call('public.report_issue($1::jsonb)', JSON.stringify(slip)))).toBe(code)
    }))

  it('shows what is near and may be the same matter, of the kind and as recent as the settings say', () =>
    rolledBack(async () => {
      await become('leader')
      const { id } = await report(SLIP)
      const near = (lng: number, category = 'noise') => call<{ id: number; distanceM: number }[]>('public.near_issues(1, $1, $2, $3)', lng, AT[1], category)
      const degreesOf = (metres: number) => metres / 89983.5
      expect(await near(AT[0] + degreesOf(49))).toMatchObject([{ id }])
      expect(await near(AT[0] + degreesOf(51))).toEqual([])
      expect(await near(AT[0], 'parking')).toEqual([])
      expect((await near(AT[0] + degreesOf(30)))[0].distanceM).toBeCloseTo(30, 0)
      await become('owner')
      await db().query(`update public.issues set reported_at = now() - interval '31 days' where id = $1`, [id])
      await become('leader')
      expect(await near(AT[0])).toEqual([])
    }))

  it('enters a reception day as a whole or not at all, with its errors by row', () =>
    rolledBack(async () => {
      await become('secretary')
      const enter = (rows: unknown, isDryRun: boolean) => call<{ entered: object[]; errors: object[] }>('public.report_issues(1, $1::jsonb, $2)', JSON.stringify(rows), isDryRun)
      const count = async () => (await db().query('select 1 from public.issues')).length
      const before = await count()
      const rows = [SLIP, { ...SLIP, title: '' }, { ...SLIP, lngLat: [0, 0] }, 7, SLIP]
      expect(await enter(rows, false)).toEqual({ entered: [], errors: [
        { row: 1, code: 'issue_invalid', detail: { field: 'title', least: 2, most: 80 } }, { row: 2, code: 'place_outside', detail: {} },
        { row: 3, code: 'issue_invalid', detail: { field: 'slip' } }] })
      expect(await enter([SLIP, SLIP], true)).toEqual({ entered: [], errors: [] })
      expect(await count()).toBe(before)
      const { entered } = await enter([SLIP, { ...SLIP, source: 'worker' }], false)
      expect(entered).toMatchObject([{ number: expect.stringMatching(/^GZ-\d{4}-0007$/) }, { number: expect.stringMatching(/-0008$/) }])
      expect(await count()).toBe(before + 2)
      for (const wrong of [[], {}, null, Array.from({ length: 501 }, () => SLIP)]) expect(await outcome(() => enter(wrong, false))).toBe('issue_invalid')
    }))

  it('gives the room its columns, each persona its slips', async () => {
    const scope = { buildings: { ids: Int32Array.of(1, 3, 5, 9) }, communities: [{ id: 4 }, { id: 5 }] } as unknown as Parameters<typeof decodeIssueScope>[1]
    const of = async (persona: Persona) => decodeIssueScope((await as<{ answer: IssueScopeJson }>(persona, 'select public.issue_scope(1) as answer'))[0].answer, scope)
    const { issues, settings } = await of('officer')
    expect([...issues.ids]).toEqual([1, 3, 2, 5])
    expect(settings).toEqual(ISSUE_SETTINGS)
    const k = 1
    expect({
      number: issues.numbers[k], title: issues.titles[k], building: issues.building[k], community: issues.community[k], grid: issues.gridIds[k],
      state: ISSUE_STATES[issues.state[k]], level: ISSUE_LEVELS[issues.level[k]], category: ISSUE_CATEGORIES[issues.category[k]],
      source: ISSUE_SOURCES[issues.source[k]], outcome: issues.outcome[k], reported: issues.reportedS[k], finished: issues.finishedS[k], closed: issues.closedS[k],
      handler: issues.handlers[issues.handler[k]], lng: issues.lngLat[2 * k], lat: issues.lngLat[2 * k + 1],
    }).toEqual({
      number: 'GZ-2026-0003', title: '占道停车', building: 2, community: 1, grid: '00000000-0000-4000-8000-0000000000a3', state: 'supervised', level: 'street',
      category: 'parking', source: 'reception', outcome: 0, reported: Date.parse('2026-11-02T09:00+08:00') / 1000, finished: Date.parse('2026-11-05T10:00+08:00') / 1000,
      closed: 0, handler: { personId: personId(2), name: '李*' }, lng: 117.6050009, lat: 36.2004506,
    })
    expect([...(await of('secretary')).issues.ids]).toEqual([1, 2, 5])
    expect([...(await of('leader')).issues.ids]).toEqual([1, 5])
    expect([...(await of('member')).issues.ids]).toEqual([1, 2, 5])
    await expectRefusal(of('otherStreet'), 'land_unknown')
  })

  it('keeps slips in the grids that come into force', () =>
    rolledBack(async () => {
      await become('officer')
      const { planId } = await call<{ planId: string }>(`public.open_plan_draft(1, '调整')`)
      // Cell 3, where slip 2 lies, goes from a2 to a1.
      await call(`public.save_plan_draft($1, 0, $2::jsonb)`, planId, JSON.stringify([{ delta: {
        cells: [{ cell: 3, from: '00000000-0000-4000-8000-0000000000a2', to: '00000000-0000-4000-8000-0000000000a1' }], grids: [] } }]))
      expect(await call(`public.publish_plan($1, 1, '[]')`, planId)).toMatchObject({ published: true })
      expect(await db().query(`select id, right(grid_id::text, 2) as grid from public.issues where land_id = 1 order by id`)).toEqual([
        { id: 1, grid: 'a1' }, { id: 2, grid: 'a1' }, { id: 3, grid: 'a3' }, { id: 5, grid: 'a1' }])
      await become('leader')
      expect(await db().query('select id from public.issues order by id')).toEqual([{ id: 1 }, { id: 2 }, { id: 5 }])
    }))

  it('lists one\'s own slips with what may be done now', () =>
    rolledBack(async () => {
      await become('member')
      const mine = await call<{ id: number; why: string; acts: string[] }[]>('public.my_issues()')
      expect(mine.map(({ id, why, acts }) => [id, why, acts])).toEqual([
        [1, 'reported', []], [2, 'handled', ['progress', 'finish', 'escalate']], [5, 'reported', []]])
      await become('leader')
      expect((await call<{ id: number; why: string; acts: string[] }[]>('public.my_issues()')).map(({ id, why, acts }) => [id, why, acts])).toEqual([
        [1, 'open', ['claim', 'mark_duplicate', 'escalate']], [5, 'open', ['claim', 'mark_duplicate', 'escalate']]])
    }))

  it('saves rules of slips for the street as a whole, and refuses parts of them', () =>
    rolledBack(async () => {
      await become('officer')
      const save = (value: unknown) => call('public.save_setting(2, $1, $2::jsonb, 0)', 'issues', JSON.stringify(value))
      for (const wrong of [null, {}, [], { ...ISSUE_SETTINGS, duplicateM: -1 }, { ...ISSUE_SETTINGS, isPublic: 'yes' }, { ...ISSUE_SETTINGS, deadlines: {} },
        { ...ISSUE_SETTINGS, deadlines: { ...ISSUE_SETTINGS.deadlines, noise: [1, 2, 3] } }, { ...ISSUE_SETTINGS, deadlines: { ...ISSUE_SETTINGS.deadlines, noise: [1, 2, 3, 400] } }]) {
        expect(await outcome(() => save(wrong)), JSON.stringify(wrong)).toBe('setting_invalid')
      }
      const mine = { ...ISSUE_SETTINGS, duplicateM: 80, isPublic: false }
      await save(mine)
      expect(await call('public.issue_settings(4)')).toEqual(mine)
      await become('secretary')
      expect(await outcome(() => save(mine))).toBe('not_allowed')
    }))
})
