import { expect, it } from 'vitest'
import { VISIT_KINDS, VISIT_OUTCOMES, VISIT_PURPOSES, VISIT_PURPOSES_OF, VISIT_TASK_STATES } from '@/core/coverage/visit'
import { expectRefusal, onEachDatabase, personId, type Persona } from './engines/with-databases'

const VISIT = (n: number) => `00000000-0000-4000-a4ff-0000000000${String(n).padStart(2, '0')}`
const KEY = `'00000000-0000-4000-b400-000000000001'`
const DAY_MS = 86_400_000
/** Day in Shanghai, so many days from today. */
const day = (ahead: number) => new Date(Date.now() + 8 * 3_600_000 + ahead * DAY_MS).toISOString().slice(0, 10)
const NEW = { id: VISIT(1), householdId: 10, memberId: null, kind: 'routine', purpose: 'opinion', outcome: 'met', satisfaction: 4, visitedOn: day(-1) }

interface VisitJson { id: string; householdId: number; purpose: string | null; by: string | null; member: string | null; isUndoable: boolean }
interface Workbook { today: string; households: { householdId: number; lastVisitOn: string | null; dueOn: string | null; isOverdue: boolean; taskId: number | null; taskDueOn: string | null }[]; visits: VisitJson[] }

// Member 1 (persona member) carries households 10, 11 and 20, in grid a1 of community 4; household 30 lies in grid a2, 50 in community 5, 1010 on land 2.
onEachDatabase('visits', ({ db, rolledBack, become, as }) => {
  const call = async <T = Record<string, unknown>>(sql: string, ...values: unknown[]): Promise<T> => (await db().query<{ answer: T }>(`select ${sql} as answer`, values))[0].answer
  async function refused(code: string, sql: string, ...values: unknown[]): Promise<Record<string, unknown>> {
    await db().query('savepoint before_call')
    const detail = await expectRefusal(call(sql, ...values), code)
    await db().query('rollback to before_call')
    return detail
  }
  const LOG = 'public.log_visits($1::jsonb)'
  const log = (change: object = {}) => call<{ ids: string[]; tasks: number[] }>(LOG, JSON.stringify([{ ...NEW, ...change }]))
  const logRefused = (code: string, change: object) => refused(code, LOG, JSON.stringify([{ ...NEW, ...change }]))
  const owner = async <T>(sql: string): Promise<T[]> => {
    const persona = await call<string>(`current_setting('request.jwt.claims', true)`)
    await db().query('reset role')
    const rows = await db().query<T>(sql)
    if (persona.includes('authenticated')) await db().query('set local role authenticated')
    return rows
  }
  const task = async (id: number) => (await owner<{ state: string; member_id: number }>(`select state, member_id from public.visit_tasks where id = ${id}`))[0]

  it('speak the words of the console', async () => {
    const words = (type: string) => call<string[]>(`enum_range(null::public.${type})::text[]`)
    expect(await words('visit_kind')).toEqual(VISIT_KINDS)
    expect(await words('visit_purpose')).toEqual(VISIT_PURPOSES)
    expect(await words('visit_outcome')).toEqual(VISIT_OUTCOMES)
    expect(await words('visit_task_state')).toEqual(VISIT_TASK_STATES)
  })

  it('have the purposes of their kind', () =>
    rolledBack(async () => {
      await become('member')
      for (const kind of VISIT_KINDS) {
        for (const [k, purpose] of VISIT_PURPOSES.entries()) {
          const change = { id: VISIT(VISIT_KINDS.indexOf(kind) * 20 + k), kind, purpose }
          if (VISIT_PURPOSES_OF[kind].includes(purpose)) await log(change)
          else expect(await logRefused('visit_invalid', change)).toEqual({ field: 'purpose' })
        }
      }
    }))

  it.each<[Persona, readonly number[]]>([
    ['admin', [10, 30, 50, 1010]], ['officer', [10, 30, 50]], ['secretary', [10, 30]], ['leader', [10]], ['member', [10, 11, 20]], ['otherStreet', [1010]],
    ['auditor', []], ['inactive', []], ['ended', []], ['notYet', []],
  ])('are logged by %s for the own territory alone', (persona, households) =>
    rolledBack(async () => {
      await become(persona)
      for (const householdId of [10, 11, 20, 30, 50, 1010]) {
        const isOwn = households.includes(householdId) || (persona !== 'member' && [11, 20].includes(householdId) && households.includes(10))
        if (isOwn) expect((await log({ id: VISIT(householdId % 97), householdId })).ids).toEqual([VISIT(householdId % 97)])
        else await logRefused('not_allowed', { householdId })
      }
      await logRefused('not_allowed', { householdId: 999_999 })
    }))

  it('of the last sixty days, met where somebody is satisfied, and never of tomorrow', () =>
    rolledBack(async () => {
      await become('member')
      expect(await logRefused('visit_invalid', { visitedOn: day(1) })).toMatchObject({ field: 'visitedOn', most: day(0) })
      expect(await logRefused('visit_invalid', { visitedOn: day(-61) })).toMatchObject({ field: 'visitedOn' })
      expect(await logRefused('visit_invalid', { outcome: 'not_home' })).toEqual({ field: 'satisfaction' })
      expect(await logRefused('visit_invalid', { satisfaction: 6 })).toEqual({ field: 'satisfaction', least: 1, most: 5 })
      await log({ visitedOn: day(-60) })
      await log({ id: VISIT(2), visitedOn: day(0), outcome: 'not_home', satisfaction: null })
    }))

  it('name the member who went, whoever logs them', () =>
    rolledBack(async () => {
      const memberOf = async (id: string) => (await owner<{ member_id: number | null; person_id: string }>(`select member_id, person_id from public.visits where id = '${id}'`))[0]
      await become('member')
      await log({ memberId: 2 })
      expect(await memberOf(VISIT(1))).toEqual({ member_id: 1, person_id: personId(5) })
      await become('secretary')
      await log({ id: VISIT(2) })
      expect(await memberOf(VISIT(2))).toEqual({ member_id: null, person_id: personId(3) })
      await log({ id: VISIT(3), memberId: 2 })
      expect(await memberOf(VISIT(3))).toEqual({ member_id: 2, person_id: personId(3) })
      // A member of the community next door.
      expect(await logRefused('visit_invalid', { id: VISIT(4), memberId: 5 })).toEqual({ field: 'memberId' })
    }))

  it('stand once, however often they are sent, and all or none', () =>
    rolledBack(async () => {
      await become('member')
      const both = JSON.stringify([NEW, { ...NEW, id: VISIT(2), householdId: 11 }])
      const first = await call(`public.log_visits($1::jsonb, ${KEY})`, both)
      expect(await call(`public.log_visits($1::jsonb, ${KEY})`, both)).toEqual(first)
      await refused('request_key_reused', `public.log_visits($1::jsonb, ${KEY})`, JSON.stringify([{ ...NEW, id: VISIT(3) }]))
      expect(await call('public.log_visits($1::jsonb)', both)).toEqual({ ids: [VISIT(1), VISIT(2)], tasks: [] })
      await logRefused('not_allowed', { householdId: 11 })
      await refused('not_allowed', LOG, JSON.stringify([{ ...NEW, id: VISIT(4) }, { ...NEW, id: VISIT(5), householdId: 30 }]))
      expect(await owner(`select id from public.visits where id::text like '%a4ff%' order by id`)).toEqual([{ id: VISIT(1) }, { id: VISIT(2) }])
      await become('secretary')
      await logRefused('not_allowed', {})
    }))

  it('do the planned one of the household where somebody was met, and undo it again', () =>
    rolledBack(async () => {
      await become('member')
      expect(await log({ householdId: 20, outcome: 'not_home', satisfaction: null })).toEqual({ ids: [VISIT(1)], tasks: [] })
      expect(await log({ id: VISIT(2), householdId: 20, outcome: 'follow_up' })).toEqual({ ids: [VISIT(2)], tasks: [1] })
      expect(await task(1)).toMatchObject({ state: 'done' })
      // Another visit since did it too: it stays done when the first is taken back.
      expect(await log({ id: VISIT(3), householdId: 20 })).toEqual({ ids: [VISIT(3)], tasks: [] })
      expect(await call('public.undo_visit($1)', VISIT(2))).toEqual({ id: VISIT(2), taskId: null })
      expect(await task(1)).toMatchObject({ state: 'done' })
      expect(await owner(`select task_id from public.visits where id = '${VISIT(3)}'`)).toEqual([{ task_id: 1 }])
      expect(await call('public.undo_visit($1)', VISIT(3))).toEqual({ id: VISIT(3), taskId: 1 })
      expect(await task(1)).toMatchObject({ state: 'open', member_id: 1 })
      await refused('not_allowed', 'public.undo_visit($1)', VISIT(2))
      // What was logged days ago stands; what somebody else logged is not one's own.
      await refused('visit_settled', 'public.undo_visit($1)', '00000000-0000-4000-a400-000000000001')
      await become('officer')
      await refused('not_allowed', 'public.undo_visit($1)', VISIT(1))
    }))

  it('are planned for households somebody keeps contact with, once each', () =>
    rolledBack(async () => {
      await become('officer')
      const plan = (households: readonly number[], due: string, key = 'null') => call(`public.plan_visits(1, $1, $2, ${key}::uuid)`, households, due)
      const planned = await plan([10, 11, 20, 12], day(7), KEY)
      expect(planned).toEqual({ tasks: [expect.any(Number), expect.any(Number)], withoutMember: [12], planned: [20] })
      expect(await plan([10, 11, 20, 12], day(7), KEY)).toEqual(planned)
      expect(await call('public.drop_visit_tasks($1)', (planned as { tasks: number[] }).tasks)).toEqual({ tasks: (planned as { tasks: number[] }).tasks })
      for (const due of [day(-1), day(367), null]) await refused('visit_invalid', 'public.plan_visits(1, $1, $2)', [10], due)
      await refused('not_allowed', 'public.plan_visits(1, $1, $2)', [10, 1010], day(7))
      await refused('not_allowed', 'public.plan_visits(1, $1, $2)', [], day(7))
      await refused('not_allowed', 'public.drop_visit_tasks($1)', [1, 3])
      await become('member')
      await log({ householdId: 20 })
      await become('officer')
      // One that is done stays done.
      expect(await call('public.drop_visit_tasks($1)', [1])).toEqual({ tasks: [] })
    }))

  it.each<Persona>(['leader', 'member', 'auditor', 'otherStreet', 'inactive', 'ended', 'notYet'])('are neither planned nor dropped by %s', (persona) =>
    rolledBack(async () => {
      await become(persona)
      await refused('not_allowed', 'public.plan_visits(1, $1, $2)', [10], day(7))
      await refused('not_allowed', 'public.drop_visit_tasks($1)', [1])
    }))

  it('are asked of whoever keeps contact by now', () =>
    rolledBack(async () => {
      await db().query(`update public.contact_links set valid_to = now() where household_id = 20 and kind = 'household' and valid_to is null`)
      await db().query(`insert into public.contact_links (kind, community_id, member_id, household_id) values ('household', 4, 3, 20)`)
      expect(await task(1)).toEqual({ state: 'open', member_id: 3 })
      await db().query('update public.households set community_id = 5 where id = 20')
      expect(await db().query('select community_id from public.visit_tasks where id = 1')).toEqual([{ community_id: 5 }])
    }))

  it('are asked of nobody once nobody carries the household', () =>
    rolledBack(async () => {
      const endOfTransaction = () => db().query('set constraints all immediate')
      await endOfTransaction()
      await db().query('set constraints all deferred')
      await db().query(`update public.contact_links set valid_to = now() where household_id = 20 and kind = 'household' and valid_to is null`)
      await db().query(`insert into public.contact_links (kind, community_id, member_id, household_id) values ('household', 4, 3, 20)`)
      await endOfTransaction()
      expect(await task(1)).toEqual({ state: 'open', member_id: 3 })
      await db().query(`update public.contact_links set valid_to = now() + interval '1 second' where household_id = 20 and kind = 'household' and valid_to is null`)
      expect(await task(1)).toEqual({ state: 'dropped', member_id: 3 })
    }))

  it('are planned for nobody where a member keeps contact with the whole building: no household is his', () =>
    rolledBack(async () => {
      await db().query(`update public.assignment_editions set mode = 'building' where community_id = 4 and valid_to is null`)
      expect(await db().query('select member_id from private.household_gaps(1) where household_id = 12')).toEqual([{ member_id: expect.any(Number) }])
      await become('officer')
      expect(await call('public.plan_visits(1, $1, $2)', [12], day(7))).toEqual({ tasks: [], withoutMember: [12], planned: [] })
    }))

  it('are due by the rhythm of the community, in the workbook of a member', () =>
    rolledBack(async () => {
      await become('member')
      const before = await call<Workbook>('public.my_visits()')
      expect(before.today).toBe(day(0))
      // Household 10 is of no special category and was visited 9 days ago; 20 is planned.
      expect(before.households.map(({ householdId }) => householdId)).toEqual([10, 11, 20])
      expect(before.households[0]).toEqual({ householdId: 10, lastVisitOn: day(-9), dueOn: day(5), isOverdue: false, taskId: null, taskDueOn: null })
      expect(before.households[2]).toMatchObject({ taskId: 1 })
      expect(before.visits).toMatchObject([{ householdId: 10, purpose: 'policy', isUndoable: false }])
      // Household 11 is in hardship: every week.
      await log({ householdId: 11, visitedOn: day(-8) })
      const after = await call<Workbook>('public.my_visits()')
      expect(after.households[1]).toMatchObject({ lastVisitOn: day(-8), dueOn: day(-1), isOverdue: true })
      expect(after.visits.map(({ householdId, isUndoable }) => [householdId, isUndoable])).toEqual([[11, true], [10, false]])
      await become('secretary')
      expect(await call('public.my_visits()')).toBeNull()
    }))

  it('are told to who sees the household, without names and purposes to an auditor', async () => {
    const of = async (persona: Persona, household: number) => (await as<{ answer: { visits: VisitJson[] } }>(persona, `select public.visits_of(${household}) as answer`))[0].answer.visits
    const told = { purpose: 'policy', by: '李*', member: '王*' }
    for (const persona of ['admin', 'officer', 'secretary', 'leader', 'member'] as const) expect(await of(persona, 10)).toMatchObject([told])
    expect(await of('auditor', 10)).toMatchObject([{ kind: 'routine', outcome: 'met', purpose: null, by: null, member: null }])
    expect(await of('secretary', 30)).toMatchObject([{ purpose: 'illness', outcome: 'not_home', member: null }])
    for (const [persona, household] of [['leader', 30], ['member', 30], ['secretary', 50], ['otherStreet', 10], ['officer', 1010], ['ended', 10], ['admin', 999_999]] as const) {
      await expectRefusal(of(persona, household), 'not_allowed')
    }
  })

  it('forget who went and what for: in time, and when the head is erased', () =>
    rolledBack(async () => {
      const known = () => db().query<{ n: number; purpose: string; person: boolean; member: boolean; outcome: string }>(
        `select right(id::text, 1)::int as n, purpose, person_id is not null as person, member_id is not null as member, outcome from public.visits order by id`)
      await db().query(`update public.visits set visited_on = private.today() - 401 where household_id = 30`)
      await db().query(`update public.visits set visited_on = private.today() - 399 where household_id = 1010`)
      expect((await call<{ visits: number }>('private.run_retention()')).visits).toBe(1)
      expect(await known()).toEqual([
        { n: 1, purpose: 'policy', person: true, member: true, outcome: 'met' }, { n: 2, purpose: 'other', person: false, member: false, outcome: 'not_home' },
        { n: 3, purpose: 'hardship', person: true, member: false, outcome: 'follow_up' },
      ])
      await become('officer')
      // Resident 10 is the head of household 10.
      expect(await call('public.preview_erasure(10)')).toMatchObject({ isHead: true, visits: 1 })
      await call(`public.erase_resident(10, '本人申请删除')`)
      await become('owner')
      expect((await known())[0]).toEqual({ n: 1, purpose: 'other', person: false, member: false, outcome: 'met' })
      expect(await db().query(`select visited_on::text as day from public.visits where household_id = 10`)).toEqual([{ day: day(-9) }])
    }))

  it('forget a member who is erased as a resident', () =>
    rolledBack(async () => {
      await db().query(`update private.resident_identities r set name = m.name from private.member_identities m where r.resident_id = 11 and m.member_id = 1`)
      await db().query(`update public.members set household_id = 11 where id = 1`)
      await become('officer')
      expect(await call('public.preview_erasure(11)')).toMatchObject({ memberships: 1, visits: 1 })
      await call(`public.erase_resident(11, '本人申请删除')`)
      await become('owner')
      expect(await db().query(`select member_id, person_id from public.visits where household_id = 10`)).toEqual([{ member_id: null, person_id: null }])
    }))
})
