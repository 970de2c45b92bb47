import { expect, it } from 'vitest'
import { seededRandom } from '@/algorithms/shared/seeded-random'
import { applyAssignmentDelta } from '@/core/assignment/apply-assignment-delta'
import { createAssignmentContext } from '@/core/assignment/assignment-context'
import { createAssignmentIndex, type AssignmentState } from '@/core/assignment/assignment-index'
import { ASSIGNMENT_FINDING_CODES, type AssignmentDelta, type AssignmentFinding } from '@/core/assignment/assignment-plan'
import { ASSIGNMENT_DEFAULTS, EXEMPT_REASONS, type AssignmentSettings, type MemberTerms } from '@/core/assignment/assignment-scope'
import { checkAssignmentDelta } from '@/core/assignment/check-assignment-delta'
import { findAssignmentFindings, type AssignmentWaiver } from '@/core/assignment/find-assignment-findings'
import type { SnapshotJson } from '@/data/scope-snapshot'
import { decodeAssignmentRecord, type AssignmentPlanJson } from '@/rooms/assignment/decode-assignment-record'
import { decodeAssignmentScope, type AssignmentScopeJson } from '@/rooms/assignment/decode-assignment-scope'
import { scopeOf } from '../helpers/town-import'
import { onEachDatabase } from '../sql/engines/with-databases'

const STREET = 2
const PLANS = 8
const ROUNDS = 3
const EDITS_PER_ROUND = 6
/** Tight limits, so that members of the small world come to stand below, within and above them. */
const SETTINGS: AssignmentSettings = {
  ...ASSIGNMENT_DEFAULTS, urban: { min: 2, max: 3 }, rural: { min: 1, max: 4 }, minBuildings: 2, care: { min: 1, max: 1 },
  communityLimits: [{ communityId: 5, min: 2, max: 5 }],
}

onEachDatabase('agreement of assignments', ({ db, rolledBack, become }) => {
  const call = async <T>(sql: string, ...values: unknown[]): Promise<T> => (await db().query<{ answer: T }>(`select ${sql} as answer`, values))[0].answer

  /** Codes of the findings both sides agreed upon. */
  const met = new Set<string>()

  /** The fixture world with people of all kinds, and a plan of the street or of one community in it. */
  async function openPlan(seed: number): Promise<{ state: AssignmentState; planId: string; random: () => number }> {
    const random = seededRandom(seed)
    const pick = (share: number) => `{${Array.from({ length: 32 }, (_, k) => k + 1).filter(() => random() < share).join(',')}}`
    await db().query(`update public.members set condition = case when id = any ($1::int[]) then 'frail' else 'able' end::public.member_condition where id < 100`, [pick(0.2)])
    await db().query(`update public.members set committee = id = any ($1::int[]) where id < 100`, [pick(0.3)])
    await db().query(`insert into public.member_terms (member_id, exempt_reason) select unnest($1::int[]), 'aged_70'
      on conflict (member_id) do update set exempt_reason = excluded.exempt_reason`, [pick(0.15)])
    await db().query(`update public.households set category = (id * $1::int) % 8`, [1 + Math.floor(random() * 7)])
    await db().query(`insert into public.settings (org_unit_id, key, value) values ($1, 'assignment', $2::jsonb)`, [STREET, JSON.stringify(SETTINGS)])
    await become('officer')
    const scope = scopeOf(await call<SnapshotJson>('public.scope_snapshot(1)'))
    const columns = decodeAssignmentScope(await call<AssignmentScopeJson>('public.assignment_scope(1)'), scope)
    const unit = seed % 3 === 0 ? 4 : STREET
    const { planId } = await call<{ planId: string }>('public.open_assignment_draft($1, $2)', unit, '比对')
    const { document } = decodeAssignmentRecord(await call<AssignmentPlanJson>('public.assignment_document($1)', planId), columns)
    const context = createAssignmentContext(scope, columns, unit)
    return { state: { context, document, index: createAssignmentIndex(context, document) }, planId, random }
  }

  it.each(Array.from({ length: PLANS }, (_, index) => 100 * index + 7))('plan of seed %i: same codes, ids, figures and columns', (seed) =>
    rolledBack(async () => {
      const { state, planId, random } = await openPlan(seed)
      const { members } = state.context.scope
      const waivers: AssignmentWaiver[] = [
        { code: 'household_unserved', communityId: 4, memberId: null, reason: '正在拆迁' },
        { code: 'member_above_max', communityId: null, memberId: members.ids[3], reason: '本人自愿' },
      ]
      for (let round = 0; round < ROUNDS; round++) {
        const edits: { delta: AssignmentDelta }[] = []
        while (edits.length < EDITS_PER_ROUND) {
          const delta = randomDelta(state, random)
          if (applyAssignmentDelta(state, delta).ok) edits.push({ delta })
        }
        await call('public.save_assignment_draft($1, $2, $3::jsonb)', planId, round, JSON.stringify(edits))
        if (round === 1) {
          await become('owner')
          for (const { code, communityId, memberId, reason } of waivers) {
            await db().query('insert into public.assignment_waivers (plan_id, code, community_id, member_id, reason) values ($1, $2, $3, $4, $5)',
              [planId, code, communityId, memberId, reason])
          }
          await become('officer')
        }
        const theirs = await call<AssignmentFinding[]>('public.check_assignment($1)', planId)
        for (const { code } of theirs) met.add(code)
        expect(theirs, `seed ${seed}, round ${round}`).toEqual(findAssignmentFindings(state, round < 1 ? [] : waivers))
      }
      const { document } = decodeAssignmentRecord(await call<AssignmentPlanJson>('public.assignment_document($1)', planId), state.context.scope)
      expect(document).toEqual({ ...state.document, revision: ROUNDS })
    }))

  it('has met findings of every code', () => {
    expect([...met].sort()).toEqual([...ASSIGNMENT_FINDING_CODES].sort())
  })

  it('refuses the same deltas for the same reasons', () =>
    rolledBack(async () => {
      const { state, planId, random } = await openPlan(300)
      const reasons = new Set<string>()
      for (let round = 0; round < 60; round++) {
        const delta = spoil(randomDelta(state, random), state, random)
        const ours = checkAssignmentDelta(state, delta)
        await db().query('savepoint attempt')
        const theirs = await call('public.save_assignment_draft($1, 0, $2::jsonb)', planId, JSON.stringify([{ delta }]))
          .then(() => 'saved', (error: unknown) => (JSON.parse((error as { detail: string }).detail) as { reason: string }).reason)
        await db().query('rollback to attempt')
        expect(theirs, JSON.stringify(delta)).toBe(ours.ok ? 'saved' : ours.details?.reason ?? ours.code)
        reasons.add(theirs)
      }
      expect([...reasons].length, [...reasons].join(', ')).toBeGreaterThan(10)
    }))
})

/** An edit of one of the seven kinds that fits the plan as it is; of households and members all over the land. */
function randomDelta({ context, document }: AssignmentState, random: () => number): AssignmentDelta {
  const { households, members } = context.scope
  const any = (count: number) => Math.floor(random() * count)
  const idOf = (member: number) => (member < 0 ? null : members.ids[member])
  const somebody = () => (random() < 0.1 ? null : members.ids[any(members.count)])
  const kind = any(11)
  if (kind < 5) {
    const chosen = [...new Set(Array.from({ length: 8 }, () => any(households.count)))]
    return { ties: chosen.map((household) => ({ household: households.ids[household], from: idOf(document.householdMember[household]), to: somebody() })) }
  }
  const household = any(households.count)
  const member = any(members.count)
  const [householdId, memberId] = [households.ids[household], members.ids[member]]
  switch (kind) {
    case 5: {
      const from = document.pinned[household] === 1
      return { ties: [], pins: [{ household: householdId, from, to: !from }] }
    }
    case 6: {
      // Several at once to the same carer, or each to another.
      const one = somebody()
      const chosen = [...new Set(Array.from({ length: 6 }, () => any(members.count)))]
        .filter((frail) => context.covered[members.community[frail]] === 1)
      return { ties: [], care: chosen.map((frail) => ({ member: members.ids[frail], from: idOf(document.carer[frail]), to: random() < 0.6 ? one : somebody() })) }
    }
    case 7: {
      const before = document.exclusions.get(householdId)?.get(memberId) ?? null
      const carrier = idOf(document.householdMember[household])
      if (carrier !== null && random() < 0.7) {
        return { ties: [], exclusions: [{ member: carrier, household: householdId, before: document.exclusions.get(householdId)?.get(carrier) ?? null, after: '邻里纠纷' }] }
      }
      return { ties: [], exclusions: [{ member: memberId, household: householdId, before, after: before === null ? '亲属' : null }] }
    }
    case 8: {
      const after: MemberTerms = {
        exempt: random() < 0.3 ? EXEMPT_REASONS[any(4)] : null, minHouseholds: random() < 0.5 ? any(4) : null,
        maxHouseholds: random() < 0.5 ? 3 + any(4) : null, reachM: random() < 0.3 ? any(900) : null,
      }
      return { ties: [], terms: [{ member: memberId, before: document.terms.get(memberId) ?? null, after: random() < 0.2 ? null : after }] }
    }
    case 9: {
      const community = context.communities[any(context.communities.length)].id
      const before = document.modes.get(community) ?? 'household'
      return { ties: [], modes: [{ community, before, after: before === 'household' ? 'building' : 'household' }] }
    }
    default:
      return { ties: [], aims: { before: document.aims, after: document.aims ? null : { ...SETTINGS, urban: { min: 1, max: 2 } } } }
  }
}

/** Make a delta unfit in one of many ways, or leave it. */
function spoil(delta: AssignmentDelta, { context }: AssignmentState, random: () => number): AssignmentDelta {
  const { households, members } = context.scope
  const [household, member] = [households.ids[0], members.ids[0]]
  const terms: MemberTerms = { exempt: null, minHouseholds: null, maxHouseholds: null, reachM: null }
  const ways: (() => AssignmentDelta)[] = [
    () => delta,
    () => ({ ...delta, ties: [...delta.ties, ...delta.ties] }),
    () => ({ ...delta, ties: [...delta.ties, { household: 1, from: null, to: null }] }),
    () => ({ ...delta, ties: [{ household, from: 999999, to: null }] }),
    () => ({ ...delta, ties: [{ household, from: null, to: 999999 }] }),
    () => ({ ...delta, pins: [{ household, from: true, to: false }] }),
    () => ({ ...delta, care: [{ member: 999999, from: null, to: member }] }),
    () => ({ ...delta, care: [{ member, from: null, to: 999999 }] }),
    () => ({ ...delta, care: [{ member: members.ids[members.count - 1], from: member, to: member }] }),
    () => ({ ...delta, exclusions: [{ member, household, before: '不是这样', after: null }] }),
    () => ({ ...delta, exclusions: [{ member, household, before: null, after: '  ' }] }),
    () => ({ ...delta, exclusions: [0, 1].map(() => ({ member, household, before: null, after: '重复' })) }),
    () => ({ ...delta, terms: [{ member, before: terms, after: null }] }),
    () => ({ ...delta, terms: [{ member: members.ids[4], before: null, after: { ...terms, maxHouseholds: 1.5 } }] }),
    () => ({ ...delta, terms: [{ member: members.ids[4], before: null, after: { ...terms, minHouseholds: 10_001 } }] }),
    () => ({ ...delta, modes: [{ community: 6, before: 'household', after: 'building' }] }),
    () => ({ ...delta, modes: [{ community: 4, before: 'building', after: 'household' }] }),
    () => ({ ...delta, aims: { before: SETTINGS, after: null } }),
    () => ({ ...delta, aims: { before: null, after: { ...SETTINGS, farM: -1 } } }),
  ]
  return ways[Math.floor(random() * ways.length)]()
}
