import { expect, it } from 'vitest'
import type { AssignmentDelta, AssignmentFinding } from '@/core/assignment/assignment-plan'
import type { AssignmentScopeJson } from '@/rooms/assignment/decode-assignment-scope'
import type { AssignmentEditionJson, AssignmentPlanJson } from '@/rooms/assignment/decode-assignment-record'
import { expectRefusal, onEachDatabase } from './engines/with-databases'

/** Drafts of the fixture world: of community 4, and of the street above the caller's reach. Both at revision 1. */
const PLAN = '00000000-0000-4000-a100-000000000001'
const OTHER_STREET = '00000000-0000-4000-a100-000000000003'
const COMMUNITY = 4
const RURAL = 5
const STREET = 2

interface Publication {
  published: boolean
  editions: { communityId: number; number: number; changedHouseholds: number; changedCare: number; changedTerms: number }[]
  drafts: { number: number; title: string }[]
  findings: AssignmentFinding[]
}
type Draft = { planId: string; number: number; revision: number }

const tie = (household: number, from: number | null, to: number | null): { delta: AssignmentDelta } => ({
  delta: { ties: [{ household, from, to }] },
})
const TERMS = { exempt: null, minHouseholds: null, maxHouseholds: null, reachM: null }

onEachDatabase('plans of assignment', ({ db, rolledBack, become }) => {
  const call = async <T>(sql: string, ...values: unknown[]): Promise<T> => {
    const [row] = await db().query<{ answer: T }>(`select ${sql} as answer`, values)
    return row.answer
  }
  const open = (unit: number, title = '分派') => call<Draft>('public.open_assignment_draft($1, $2)', unit, title)
  const document = (plan: string) => call<AssignmentPlanJson>('public.assignment_document($1)', plan)
  const save = (plan: string, base: number, edits: unknown) =>
    call<{ revision: number }>('public.save_assignment_draft($1, $2, $3::jsonb)', plan, base, JSON.stringify(edits))
  const publish = (plan: string, revision: number, waivers: unknown = []) =>
    call<Publication>('public.publish_assignment($1, $2, $3::jsonb)', plan, revision, JSON.stringify(waivers))
  const as = (persona: 'officer' | 'secretary', work: () => Promise<void>) =>
    rolledBack(async () => {
      await become(persona)
      await work()
    })
  /** Go on after a refusal. */
  const refused = async (work: () => Promise<unknown>, code: string) => {
    await db().query('savepoint before_refusal')
    const detail = await expectRefusal(work(), code)
    await db().query('rollback to before_refusal')
    return detail
  }
  /** Ties of a plan by household, 0 where nobody. */
  const tiesOf = ({ ties }: Pick<AssignmentPlanJson, 'ties'>) => new Map(ties.household.map((household, k) => [household, ties.member[k]]))
  /** An edit that gives every household of the plan to whoever lives in its building, of frail ones to the first member. */
  const everybody = (plan: AssignmentPlanJson) => {
    const frail = new Set([9, 13])
    const ties = [...tiesOf(plan)].flatMap(([household, member]) => {
      const neighbour = Math.floor(household / 10)
      const to = frail.has(neighbour) ? (neighbour === 9 ? 1 : 5) : neighbour
      return to === member ? [] : [{ household, from: member || null, to }]
    })
    const care = plan.care.flatMap(([frailId, carer]) => (carer > 0 ? [] : [{ member: frailId, from: null, to: frailId === 9 ? 1 : 5 }]))
    return { delta: { ties, care } }
  }

  it('opens a draft of a community as a copy of the ties in force, and of a street with all its communities', () =>
    as('officer', async () => {
      const own = await document((await open(COMMUNITY)).planId)
      expect(own.bases).toEqual([{ communityId: 4, number: 1, inForce: 1, at: expect.any(String), by: null }])
      expect(own.ties.household).toHaveLength(48)
      expect([10, 11, 20, 30, 31, 32].map((household) => tiesOf(own).get(household))).toEqual([1, 1, 1, 3, 3, 0])
      expect(own.care).toEqual([[9, 1]])
      const street = await document((await open(STREET)).planId)
      expect(street.bases.map(({ communityId }) => communityId)).toEqual([4, 5])
      expect(street.ties.household).toHaveLength(96)
      expect([street.number, street.revision, street.status]).toEqual([4, 0, 'draft'])
      await refused(() => open(3), 'not_allowed')
      await become('admin')
      await refused(() => open(1), 'land_missing')
    }))

  it('is the business of the secretary of the community, not of the street\'s plan', () =>
    as('secretary', async () => {
      expect((await document((await open(COMMUNITY)).planId)).ties.household).toHaveLength(48)
      await refused(() => open(STREET), 'not_allowed')
      await refused(() => open(RURAL), 'not_allowed')
      await refused(() => save(OTHER_STREET, 1, [tie(1010, 101, null)]), 'not_allowed')
      await become('officer')
      const street = await open(STREET)
      await become('secretary')
      await refused(() => document(street.planId), 'plan_unknown')
      await refused(() => publish(street.planId, 0), 'not_allowed')
    }))

  it('saves edits, gives them back, and tells a second save who was first', () =>
    as('secretary', async () => {
      expect(await save(PLAN, 1, [tie(32, null, 4), tie(32, 4, 3)])).toEqual({ revision: 2 })
      expect(await refused(() => save(PLAN, 1, [tie(40, null, 4)]), 'plan_stale')).toEqual({ serverRevision: 2, by: '李*', at: expect.any(String) })
      const edits = await call<{ revision: number; seq: number; by: string; delta: AssignmentDelta }[]>('public.assignment_edits_since($1, 1)', PLAN)
      expect(edits.map(({ revision, seq, by, delta }) => [revision, seq, by, delta.ties[0].to])).toEqual([[2, 0, '李*', 4], [2, 1, '李*', 3]])
      expect(tiesOf(await document(PLAN)).get(32)).toBe(3)
    }))

  it('takes every list of a delta and gives it back to the letter', () =>
    as('secretary', async () => {
      const before = await document(PLAN)
      const aims = await call<Record<string, unknown>>('public.assignment_settings(2)')
      const there: AssignmentDelta = {
        ties: [{ household: 10, from: 1, to: null }, { household: 40, from: null, to: 4 }],
        pins: [{ household: 10, from: false, to: true }, { household: 11, from: false, to: true }],
        care: [{ member: 9, from: 1, to: null }],
        exclusions: [{ member: 4, household: 21, before: null, after: '邻里纠纷' }, { member: 1, household: 21, before: '亲属回避', after: null }],
        terms: [{ member: 4, before: null, after: { ...TERMS, exempt: 'long_away' } }, { member: 1, before: { ...TERMS, maxHouseholds: 14 }, after: null }],
        modes: [{ community: 4, before: 'building', after: 'household' }],
        aims: { before: null, after: aims as never },
      }
      await save(PLAN, 1, [{ delta: there, note: { key: 'test' } }])
      const between = await document(PLAN)
      expect([tiesOf(between).get(10), tiesOf(between).get(40), between.ties.pinned, between.care, between.modes]).toEqual([0, 4, [10, 11], [[9, 0]], []])
      expect(between.aims).toEqual(aims)
      const back: AssignmentDelta = {
        ties: [{ household: 10, from: null, to: 1 }, { household: 40, from: 4, to: null }],
        pins: [{ household: 10, from: true, to: false }, { household: 11, from: true, to: false }],
        care: [{ member: 9, from: null, to: 1 }],
        exclusions: [{ member: 4, household: 21, before: '邻里纠纷', after: null }, { member: 1, household: 21, before: null, after: '亲属回避' }],
        terms: [{ member: 4, before: { ...TERMS, exempt: 'long_away' }, after: null }, { member: 1, before: null, after: { ...TERMS, maxHouseholds: 14 } }],
        modes: [{ community: 4, before: 'household', after: 'building' }],
        aims: { before: aims as never, after: null },
      }
      await save(PLAN, 2, [{ delta: back }])
      const after = await document(PLAN)
      expect({ ...after, revision: 1, updatedAt: before.updatedAt }).toEqual(before)
      // The copy of how it was in between is what it was in between.
      const copy = await call<Draft>('public.copy_assignment_draft($1, $2, 2, $3::jsonb)', PLAN, '副本', '[]')
      const { planId, number, title, revision, updatedAt, createdBy, waivers } = between
      expect(await document(copy.planId)).toMatchObject({ ...between, planId: copy.planId, number: copy.number, title: '副本', revision: 0,
        updatedAt: expect.any(String), createdBy: '李*', waivers: [] })
      expect([planId, number, title, revision, typeof updatedAt, createdBy, waivers.length]).toEqual([PLAN, 1, '甲一分派', 2, 'string', null, 1])
    }))

  const invalid: [string, Partial<AssignmentDelta> | Record<string, unknown>, Record<string, unknown>][] = [
    ['malformed', { ties: 'x' }, {}],
    ['malformed', { ties: [{ household: 10, from: 1 }] }, {}],
    ['household_unknown', { ties: [{ household: 9999, from: null, to: 1 }] }, { householdId: 9999 }],
    ['household_unknown', { ties: [{ household: 1010, from: null, to: 1 }] }, { householdId: 1010 }],
    ['household_outside', { ties: [{ household: 50, from: 5, to: 1 }] }, { householdId: 50 }],
    ['household_repeated', { ties: [{ household: 10, from: 1, to: 2 }, { household: 10, from: 2, to: 1 }] }, { householdId: 10 }],
    ['member_unknown', { ties: [{ household: 10, from: 1, to: 101 }] }, { memberId: 101 }],
    ['tie_from_mismatch', { ties: [{ household: 10, from: 2, to: 3 }] }, { householdId: 10, expected: 1, from: 2 }],
    ['pin_from_mismatch', { pins: [{ household: 10, from: true, to: false }] }, { householdId: 10 }],
    ['household_repeated', { pins: [{ household: 10, from: false, to: true }, { household: 10, from: true, to: false }] }, { householdId: 10 }],
    ['member_outside', { care: [{ member: 13, from: null, to: 1 }] }, { memberId: 13 }],
    ['member_unknown', { care: [{ member: 9, from: 1, to: 101 }] }, { memberId: 101 }],
    ['care_from_mismatch', { care: [{ member: 9, from: 2, to: 3 }] }, { memberId: 9 }],
    ['exclusion_repeated', { exclusions: [{ member: 2, household: 10, before: null, after: '甲' }, { member: 2, household: 10, before: '甲', after: null }] }, { memberId: 2 }],
    ['exclusion_before_mismatch', { exclusions: [{ member: 1, household: 21, before: null, after: '甲' }] }, { memberId: 1, householdId: 21 }],
    ['exclusion_invalid', { exclusions: [{ member: 2, household: 10, before: null, after: ' 　' }] }, { memberId: 2 }],
    ['terms_before_mismatch', { terms: [{ member: 1, before: null, after: null }] }, { memberId: 1 }],
    ['terms_invalid', { terms: [{ member: 2, before: null, after: { ...TERMS, minHouseholds: 9, maxHouseholds: 8 } }] }, { memberId: 2 }],
    ['terms_invalid', { terms: [{ member: 2, before: null, after: { ...TERMS, exempt: 'tired' } }] }, { memberId: 2 }],
    ['terms_invalid', { terms: [{ member: 2, before: null, after: { ...TERMS, reachM: -1 } }] }, { memberId: 2 }],
    ['member_outside', { terms: [{ member: 5, before: null, after: TERMS }] }, { memberId: 5 }],
    ['community_unknown', { modes: [{ community: 6, before: 'household', after: 'building' }] }, { communityId: 6 }],
    ['community_outside', { modes: [{ community: 5, before: 'household', after: 'building' }] }, { communityId: 5 }],
    ['mode_before_mismatch', { modes: [{ community: 4, before: 'household', after: 'building' }] }, { communityId: 4 }],
    ['mode_invalid', { modes: [{ community: 4, before: 'building', after: 'street' }] }, { communityId: 4 }],
    ['aims_before_mismatch', { aims: { before: {}, after: null } }, {}],
    ['aims_invalid', { aims: { before: null, after: { urban: { min: 1, max: 2 } } } }, {}],
  ]
  it('refuses what does not fit, by reason, whole', () =>
    as('secretary', async () => {
      for (const [reason, delta, values] of invalid) {
        const detail = await refused(() => save(PLAN, 1, [tie(40, null, 4), { delta: { ties: [], ...delta } }]), 'delta_invalid')
        expect(detail, JSON.stringify(delta)).toMatchObject({ index: 1, reason, ...values })
      }
      expect([(await document(PLAN)).revision, tiesOf(await document(PLAN)).get(40)]).toEqual([1, 0])
    }))

  it('does once what is sent twice with the same key', () =>
    as('secretary', async () => {
      const key = '00000000-0000-4000-d000-0000000000a1'
      const send = () => call('public.save_assignment_draft($1, 1, $2::jsonb, $3)', PLAN, JSON.stringify([tie(40, null, 4)]), key)
      expect(await send()).toEqual({ revision: 2 })
      expect(await send()).toEqual({ revision: 2 })
      await refused(() => call('public.save_assignment_draft($1, 2, $2::jsonb, $3)', PLAN, '[]', key), 'request_key_reused')
      expect((await document(PLAN)).revision).toBe(2)
    }))

  it('refuses to publish what nobody gave a reason for, says what, and changes nothing', () =>
    as('secretary', async () => {
      const draft = await open(COMMUNITY)
      const answer = await publish(draft.planId, 0)
      expect(answer.published).toBe(false)
      expect(answer.findings[0]).toMatchObject({ code: 'household_unserved', severity: 'error', values: { communityId: 4, households: 43 } })
      await refused(() => publish(draft.planId, 0, [{ code: 'member_exempt_carries', memberId: 1, reason: '只是试试' }]), 'waiver_invalid')
      await refused(() => publish(draft.planId, 0, [{ code: 'household_unserved', communityId: 4, reason: ' 好 ' }]), 'waiver_invalid')
      await refused(() => publish(draft.planId, 3), 'plan_stale')
      await become('owner')
      expect(await db().query(`select (select count(*)::int from public.assignment_editions where community_id = 4) as editions,
        (select count(*)::int from public.assignment_waivers where plan_id = $1) as waivers`, [draft.planId])).toEqual([{ editions: 1, waivers: 0 }])
    }))

  it('publishes: ties that stay keep their beginning, the others end and begin at one moment; terms are registered, the log is written', () =>
    as('secretary', async () => {
      const draft = await open(COMMUNITY, '春季分派')
      await save(draft.planId, 0, [
        everybody(await document(draft.planId)),
        { delta: { ties: [{ household: 20, from: 2, to: 4 }], terms: [
          { member: 2, before: null, after: { ...TERMS, maxHouseholds: 20 } }, { member: 1, before: null, after: TERMS }] } },
      ])
      const answer = await publish(draft.planId, 1)
      expect([answer.published, answer.drafts.map(({ number }) => number)]).toEqual([true, [1]])
      expect(answer.editions).toEqual([{ communityId: 4, number: 2, changedHouseholds: 44, changedCare: 0, changedTerms: 2 }])
      const former = await call<AssignmentEditionJson>('public.assignment_edition(4, 1)')
      expect([10, 20, 40].map((household) => new Map(former.ties.household.map((id, k) => [id, former.ties.member[k]])).get(household))).toEqual([1, 1, 0])
      const inForce = await call<AssignmentEditionJson & { servedHouseholds: number }>('public.assignment_edition(4, 2)')
      expect(inForce.servedHouseholds).toBe(48)
      expect(inForce.ties.member).not.toContain(0)
      expect(inForce.care).toEqual([[9, 1]])
      await refused(() => publish(draft.planId, 1), 'plan_not_draft')
      await become('owner')
      const links = await db().query(`select household_id, member_id, valid_from < '2026-02-01' as old, valid_to is null as open, edition_id is not null as of_edition
        from public.contact_links where household_id in (10, 20) order by household_id, valid_from`)
      expect(links).toEqual([
        { household_id: 10, member_id: 1, old: true, open: true, of_edition: true },
        { household_id: 20, member_id: 1, old: true, open: false, of_edition: true },
        { household_id: 20, member_id: 4, old: false, open: true, of_edition: true },
      ])
      expect(await db().query(`select count(distinct t.at)::int as moments from (
        select valid_to as at from public.contact_links where community_id = 4 and valid_to > '2026-02-01' union all
        select valid_from from public.contact_links where community_id = 4 and valid_from > '2026-02-01' union all
        select valid_to from public.assignment_editions where community_id = 4 and number = 1 union all
        select valid_from from public.assignment_editions where community_id = 4 and number = 2) t`)).toEqual([{ moments: 1 }])
      expect(await db().query(`select member_id, max_households from public.member_terms where member_id in (1, 2) order by 1`))
        .toEqual([{ member_id: 1, max_households: null }, { member_id: 2, max_households: 20 }])
      expect(await db().query(`select action, org_unit_id, detail - 'title' as detail from public.audit_log order by id desc limit 1`)).toMatchObject([
        { action: 'assignment_published', org_unit_id: 4, detail: { communities: 1, changedHouseholds: 44, changedTerms: 2, revision: 1 } }])
    }))

  it('takes reasons for what may stand, and leaves who is served nobody\'s tie', () =>
    as('secretary', async () => {
      const draft = await open(COMMUNITY)
      const answer = await publish(draft.planId, 0, [{ code: 'household_unserved', communityId: 4, memberId: null, reason: '正在拆迁' }])
      expect(answer).toMatchObject({ published: true, editions: [] })
      expect(answer.findings[0]).toMatchObject({ code: 'household_unserved', waived: true })
    }))

  it('gives an edition to the communities that differ, and tells drafts that stand on what has ended', () =>
    as('officer', async () => {
      const [street, other] = [await open(STREET, '全街'), await open(STREET, '另一份')]
      await save(street.planId, 0, [everybody(await document(street.planId))])
      await save(other.planId, 0, [tie(10, 1, 2), tie(52, null, 5)])
      const own = await open(COMMUNITY, '社区的')
      await save(own.planId, 0, [everybody(await document(own.planId))])
      expect((await publish(own.planId, 1)).drafts.map(({ title }) => title)).toEqual(['甲一分派', '全街', '另一份'])
      const detail = await refused(() => publish(street.planId, 1), 'plan_base_outdated')
      expect(detail).toEqual({ communities: [{ communityId: 4, number: 2, at: expect.any(String), by: '李*' }] })
      expect((await document(street.planId)).bases).toMatchObject([{ communityId: 4, number: 1, inForce: 2 }, { communityId: 5, number: 1, inForce: 1 }])
      // Carried over as it is: there is nothing that differs in community 4.
      expect(await call('public.rebase_assignment_draft($1, 1, $2)', street.planId, '{}')).toEqual({ revision: 1 })
      expect((await publish(street.planId, 1)).editions.map(({ communityId, number }) => [communityId, number])).toEqual([[5, 2]])
      // The other takes what is in force in community 4 and keeps its own in community 5.
      expect(await call('public.rebase_assignment_draft($1, 1, $2)', other.planId, '{4}')).toEqual({ revision: 2 })
      const carried = tiesOf(await document(other.planId))
      expect([10, 20, 52, 53].map((household) => carried.get(household))).toEqual([1, 2, 5, undefined])
      expect((await call<{ note: { key: string } }[]>('public.assignment_edits_since($1, 1)', other.planId)).map(({ note }) => note.key))
        .toEqual(['assignment.note.followed'])
      await become('owner')
      expect(await db().query(`select title, status from public.assignment_plans where land_id = 1 and status <> 'draft' order by number`))
        .toEqual([{ title: '甲分派', status: 'discarded' }, { title: '全街', status: 'published' }, { title: '社区的', status: 'published' }])
    }))

  it('keeps pins and exclusions from plan to plan, and modes with the edition', () =>
    as('secretary', async () => {
      const draft = await open(COMMUNITY)
      await save(draft.planId, 0, [everybody(await document(draft.planId)), { delta: {
        ties: [], pins: [{ household: 10, from: false, to: true }], exclusions: [{ member: 2, household: 10, before: null, after: '邻里纠纷' }],
        modes: [{ community: 4, before: 'household', after: 'building' }] } }])
      expect((await publish(draft.planId, 1)).published).toBe(true)
      const next = await document((await open(COMMUNITY)).planId)
      expect([next.ties.pinned, next.exclusions, next.modes]).toEqual([[10], [{ member: 2, household: 10, reason: '邻里纠纷' }], [[4, 'building']]])
    }))

  it('gives a draft up, and reads what became of a unit', () =>
    as('secretary', async () => {
      const draft = await open(COMMUNITY, '不要的')
      await save(draft.planId, 0, [tie(40, null, 4)])
      expect(await call('public.discard_assignment($1)', draft.planId)).toEqual({ discarded: true })
      await refused(() => save(draft.planId, 1, [tie(41, null, 4)]), 'plan_not_draft')
      const history = await call<{ action: string; planTitle: string | null; households: number; editionNumber: number | null }[]>('public.assignment_history(4)')
      expect(history.map(({ action, planTitle }) => `${action} ${planTitle ?? ''}`)).toEqual(
        expect.arrayContaining(['discarded 不要的', 'saved 不要的', 'opened 不要的', 'imported ', 'opened 甲一分派']))
      // The street's plan is not the secretary's.
      expect(history.map(({ planTitle }) => planTitle)).not.toContain('甲分派')
      await refused(() => call('public.assignment_history(5)'), 'not_allowed')
    }))

  it('lets go of a household that comes to another community: its link ends, drafts hear of it', () =>
    rolledBack(async () => {
      await db().query('update public.households set community_id = 5 where id in (10, 40)')
      expect(await db().query('select count(*)::int as n from public.contact_links where household_id = 10 and valid_to is null')).toEqual([{ n: 0 }])
      await become('secretary')
      expect([...tiesOf(await document(PLAN)).keys()]).not.toContain(10)
      const [edit] = await call<{ revision: number; delta: AssignmentDelta; note: { key: string } }[]>('public.assignment_edits_since($1, 1)', PLAN)
      expect([edit.revision, edit.note.key, edit.delta.ties]).toEqual([2, 'assignment.note.landChanged', [{ household: 10, from: 1, to: null }]])
      await refused(() => save(PLAN, 1, [tie(41, null, 4)]), 'plan_stale')
    }))

  it('ends the link of a building that is pulled down, and nothing points at it any more', () =>
    rolledBack(async () => {
      await db().script(`insert into public.buildings (id, land_id, community_id, cell_id, geom, point)
        select 900, land_id, community_id, cell_id, geom, point from public.buildings where id = 1;
        insert into public.contact_links (kind, community_id, member_id, building_id) values ('building', 4, 2, 900);
        delete from public.buildings where id = 900`)
      expect(await db().query(`select building_id, valid_to is not null as ended from public.contact_links where member_id = 2 and kind = 'building'`))
        .toEqual([{ building_id: null, ended: true }])
    }))

  it('lets a member who is erased carry nobody: links end, drafts let go, kinships, interests and words go', () =>
    rolledBack(async () => {
      await db().script(`insert into private.member_identities (member_id, name) values (1, '张三11') on conflict (member_id) do update set name = excluded.name;
        update public.members set household_id = 11 where id = 1; update public.member_terms set note = '腿脚不便' where member_id = 1;`)
      await become('officer')
      await call(`public.erase_resident(11, '本人申请删除')`)
      await become('owner')
      expect(await db().query(`select
        (select count(*)::int from public.contact_links l where l.valid_to is null and 1 in (l.member_id, l.led_member_id)) as links,
        (select count(*)::int from public.assignment_ties t join public.assignment_plans p on p.id = t.plan_id and p.status = 'draft' where t.member_id = 1) as ties,
        (select count(*)::int from public.kinships where member_id = 1) + (select count(*)::int from public.member_interests where member_id = 1) as tags,
        (select exempt_reason || note || coalesce(max_households, 0) from public.member_terms where member_id = 1) as terms,
        (select exempt_reason || group_leader from public.members where id = 1) as member`))
        .toEqual([{ links: 0, ties: 0, tags: 0, terms: 'other0', member: 'otherfalse' }])
      await become('secretary')
      expect((await document(PLAN)).care).toEqual([[9, 0]])
    }))

  it('lets drafts follow care that is set by hand, where they have not decided themselves', () =>
    as('secretary', async () => {
      const [undecided, decided] = [await open(COMMUNITY), await open(COMMUNITY)]
      await save(decided.planId, 0, [{ delta: { ties: [], care: [{ member: 9, from: 1, to: 3 }] } }])
      await call(`public.set_contact_link('frail_care', 9, 2)`)
      expect([(await document(undecided.planId)).care, (await document(decided.planId)).care]).toEqual([[[9, 2]], [[9, 3]]])
      const edits = await call<{ note: { key: string } }[]>('public.assignment_edits_since($1, 0)', undecided.planId)
      expect(edits.map(({ note }) => note.key)).toEqual(['assignment.note.careSet'])
      await call(`public.set_contact_link('frail_care', 9, null)`)
      expect((await document(PLAN)).care).toEqual([[9, 0]])
    }))

  it('keeps the exemption of a member in one place, whichever way it comes in', () =>
    rolledBack(async () => {
      const both = () => db().query(`select m.exempt_reason as member, t.exempt_reason as terms, t.note from public.members m
        join public.member_terms t on t.member_id = m.id where m.id in (4, 6) order by m.id`)
      await db().script(`update public.members set exempt_reason = '长期住院' where id = 4; insert into public.member_terms (member_id, exempt_reason) values (6, 'aged_70')`)
      expect(await both()).toEqual([{ member: 'other', terms: 'other', note: '长期住院' }, { member: 'aged_70', terms: 'aged_70', note: '' }])
      await db().script(`update public.members set exempt_reason = null where id = 4; update public.member_terms set exempt_reason = 'long_away' where member_id = 6`)
      expect(await both()).toEqual([{ member: null, terms: null, note: '' }, { member: 'long_away', terms: 'long_away', note: '' }])
      await db().script('delete from public.member_terms where member_id = 6')
      expect(await db().query('select exempt_reason from public.members where id = 6')).toEqual([{ exempt_reason: null }])
    }))

  it('marks members of committees and leaders of groups while their links last', () =>
    rolledBack(async () => {
      const flags = () => db().query('select id from public.members where committee or group_leader and id < 100 order by id')
      expect(await flags()).toEqual([{ id: 1 }, { id: 2 }, { id: 102 }])
      await db().script(`update public.contact_links set valid_to = now() where kind = 'committee' and member_id = 2;
        update public.contact_links set member_id = 3 where kind = 'group_leader' and member_id = 1`)
      expect(await flags()).toEqual([{ id: 3 }, { id: 102 }])
    }))

  it('gives each the columns of what he or she sees: a street, a community, a grid, one\'s own', () =>
    rolledBack(async () => {
      const counts: Record<string, number[]> = {}
      for (const persona of ['officer', 'secretary', 'leader', 'member'] as const) {
        await become(persona)
        const { households, members, terms, kinships, editions } = await call<AssignmentScopeJson>('public.assignment_scope(1)')
        counts[persona] = [households.id.length, members.id.length, terms.length, kinships.member.length, editions.length]
        if (persona === 'secretary') {
          const at = households.id.indexOf(10)
          expect([households.building[at], households.stairwell[at], households.member[at], households.interests[at]]).toEqual([1, 1, 1, 1])
          expect([members.carer[members.id.indexOf(9)], members.committee[members.id.indexOf(2)], members.leader[members.id.indexOf(1)]]).toEqual([1, 1, 1])
          expect(terms).toContainEqual([1, null, null, 12, null])
        }
      }
      expect(counts).toEqual({ officer: [96, 32, 3, 3, 2], secretary: [48, 16, 2, 2, 1], leader: [24, 8, 1, 1, 0], member: [3, 2, 1, 0, 0] })
    }))

  it('shows a grid leader who keeps contact in the own grid, wherever the member lives', () =>
    rolledBack(async () => {
      await db().query(`insert into public.contact_links (kind, community_id, member_id, household_id) values ('household', 4, 4, 21)`)
      await become('leader')
      const { households, members } = await call<AssignmentScopeJson>('public.assignment_scope(1)')
      expect([households.member[households.id.indexOf(21)], members.id.includes(4), members.id.includes(3)]).toEqual([4, true, false])
    }))

  it('goes by the nearest setting, and by a community\'s own limits in the street\'s plans', () =>
    rolledBack(async () => {
      await become('officer')
      const defaults = await call<Record<string, unknown>>('public.assignment_settings(2)')
      expect(defaults).toMatchObject({ urban: { min: 6, max: 15 }, changeM: 50 })
      const own = { ...defaults, urban: { min: 6, max: 20 } }
      await become('secretary')
      await call('public.save_setting(4, $1, $2::jsonb, 0)', 'assignment', JSON.stringify(own))
      await refused(() => call('public.save_setting(2, $1, $2::jsonb, 0)', 'assignment', JSON.stringify(own)), 'not_allowed')
      await become('officer')
      await call('public.save_setting(2, $1, $2::jsonb, 0)', 'assignment', JSON.stringify({ ...defaults, farM: 600 }))
      expect(await call('public.assignment_settings(2)')).toEqual({ ...defaults, farM: 600, communityLimits: [{ communityId: 4, min: 6, max: 20 }] })
      expect(await call('public.assignment_settings(4)')).toEqual(own)
      expect(await call('public.assignment_settings(5)')).toEqual({ ...defaults, farM: 600 })
    }))
})
