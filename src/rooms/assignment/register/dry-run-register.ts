import type { AssignmentState } from '@/core/assignment/assignment-index'
import type { AssignmentDelta } from '@/core/assignment/assignment-plan'
import type { MemberTerms } from '@/core/assignment/assignment-scope'
import { isAble, memberLimits, termsOf } from '@/core/assignment/member-rules'
import { isSamePlain } from '@/core/changes'
import type { Scope } from '@/core/scope'
import { householdFinder, wholeOf } from './find-household'
import type { RegisterFile, RegisterRow } from './read-register'
import { exemptOf, type RegisterField } from './register-fields'

/** Something to be said of a row; the code has words below `papers.register.flag`. An error costs its row. */
export interface RegisterFlag {
  readonly sheet: 'ties' | 'members'
  readonly row: number
  readonly field: RegisterField | null
  readonly code: RegisterFlagCode
  readonly severity: 'error' | 'warning'
  readonly values: Readonly<Record<string, string | number>>
}

export const REGISTER_FLAG_CODES = [
  'household_missing', 'household_unknown', 'address_unknown', 'address_ambiguous', 'row_twice', 'member_unknown', 'member_frail',
  'member_exempt', 'other_community', 'outside_plan', 'household_pinned', 'tie_excluded', 'member_over_limit', 'number_invalid',
  'exempt_unknown', 'min_above_max',
] as const
export type RegisterFlagCode = (typeof REGISTER_FLAG_CODES)[number]

/** What a register would make of a draft, before anything is changed. */
export interface RegisterImport {
  /** One edit; empty where the draft says the same already. */
  readonly delta: AssignmentDelta
  readonly flags: readonly RegisterFlag[]
  readonly rows: number
  /** Rows that are left out. */
  readonly faulty: number
  /** Of the households that change hands: those nobody had, and those nobody will have. */
  readonly newly: number
  readonly dropped: number
}

const MOST_HOUSEHOLDS = 10_000
const MOST_REACH_M = 100_000
const NO_TERMS: MemberTerms = { exempt: null, minHouseholds: null, maxHouseholds: null, reachM: null }

/**
 * Try a register on a draft: terms first, then ties under those terms. Rows at fault are left out and named with row and
 * field; households and members that are not listed stay as they are. O(households + rows).
 */
export function dryRunRegister(state: AssignmentState, scope: Scope, file: RegisterFile): RegisterImport {
  const flags: RegisterFlag[] = []
  const terms = readTerms(state, file.members, flags)
  const rules = { ...state.document, terms: new Map(state.document.terms) }
  for (const { member, after } of terms) {
    if (after) rules.terms.set(member, after)
    else rules.terms.delete(member)
  }
  const ties = readTies(state, scope, rules, file.ties, flags)
  const order = { ties: 0, members: 1 }
  flags.sort((a, b) => order[a.sheet] - order[b.sheet] || a.row - b.row)
  return {
    delta: { ties, ...(terms.length > 0 && { terms }) },
    flags,
    rows: file.ties.length + file.members.length,
    faulty: new Set(flags.filter(({ severity }) => severity === 'error').map(({ sheet, row }) => `${sheet} ${row}`)).size,
    newly: ties.filter(({ from }) => from === null).length,
    dropped: ties.filter(({ to }) => to === null).length,
  }
}

type Say = (field: RegisterField | null, code: RegisterFlagCode, values?: RegisterFlag['values']) => void

function sayOf(flags: RegisterFlag[], sheet: RegisterFlag['sheet'], row: number): Say {
  return (field, code, values = {}) => void flags.push({ sheet, row, field, code, severity: 'error', values })
}

type TermChange = NonNullable<AssignmentDelta['terms']>[number]

function readTerms({ context, document }: AssignmentState, rows: readonly RegisterRow[], flags: RegisterFlag[]): TermChange[] {
  const { members } = context.scope
  const changes: TermChange[] = []
  const seen = new Map<number, number>()
  for (const row of rows) {
    const say = sayOf(flags, 'members', row.row)
    const id = wholeOf(row.text('member')) ?? -1
    const at = context.memberIndex.get(id)
    if (at === undefined) {
      say('member', 'member_unknown', { member: row.text('member') })
      continue
    }
    if (seen.has(id)) {
      say('member', 'row_twice', { first: seen.get(id)! })
      continue
    }
    seen.set(id, row.row)
    const now = termsOf(context, document, at) ?? NO_TERMS
    const wanted = termsOfRow(row, now, say)
    if (wanted === null || isSamePlain(wanted, now)) continue
    // What others have in their charge is looked at, not changed; only a wish to change it is a fault.
    if (context.covered[members.community[at]] === 0) {
      say('member', 'outside_plan', { community: context.communities[members.community[at]].name })
      continue
    }
    const registered = members.terms[at] ?? NO_TERMS
    changes.push({ member: id, before: document.terms.get(id) ?? null, after: isSamePlain(wanted, registered) ? null : wanted })
  }
  return changes
}

/** Terms that a row asks for; columns that are not there stay as they are. Null where the row is at fault. */
function termsOfRow(row: RegisterRow, now: MemberTerms, say: Say): MemberTerms | null {
  let isSound = true
  const fault: Say = (...said) => {
    say(...said)
    isSound = false
  }
  const number = (field: 'min' | 'max' | 'reach', most: number, before: number | null): number | null => {
    if (!row.has(field)) return before
    const text = row.text(field)
    const value = text === '' ? null : wholeOf(text)
    if (text !== '' && (value === null || value > most)) fault(field, 'number_invalid', { value: text, most })
    return value
  }
  const word = row.has('exempt') ? row.text('exempt') : (now.exempt ?? '')
  const exempt = word === '' ? null : exemptOf(word)
  if (exempt === undefined) fault('exempt', 'exempt_unknown', { value: word })
  const terms: MemberTerms = {
    exempt: exempt ?? null,
    minHouseholds: number('min', MOST_HOUSEHOLDS, now.minHouseholds),
    maxHouseholds: number('max', MOST_HOUSEHOLDS, now.maxHouseholds),
    reachM: number('reach', MOST_REACH_M, now.reachM),
  }
  if (isSound && terms.minHouseholds !== null && terms.maxHouseholds !== null && terms.minHouseholds > terms.maxHouseholds) {
    fault('min', 'min_above_max', { min: terms.minHouseholds, max: terms.maxHouseholds })
  }
  return isSound ? terms : null
}

function readTies(
  { context, document }: AssignmentState,
  scope: Scope,
  rules: AssignmentState['document'],
  rows: readonly RegisterRow[],
  flags: RegisterFlag[],
): AssignmentDelta['ties'][number][] {
  const { households, members } = context.scope
  const find = householdFinder(context, scope)
  const ties: AssignmentDelta['ties'][number][] = []
  const seen = new Map<number, number>()
  const load = new Int32Array(members.count)
  document.householdMember.forEach((member) => {
    if (member >= 0) load[member]++
  })
  /** Row that gave a member a household last. */
  const gave = new Map<number, number>()
  for (const row of rows) {
    const say = sayOf(flags, 'ties', row.row)
    const found = find(row)
    if (!('index' in found)) {
      say(found.code === 'household_unknown' ? 'household' : 'address', found.code, found.values)
      continue
    }
    const household = found.index
    if (seen.has(household)) {
      say(row.text('household') === '' ? 'address' : 'household', 'row_twice', { first: seen.get(household)! })
      continue
    }
    seen.set(household, row.row)
    const text = row.text('member')
    const to = text === '' ? -1 : context.memberIndex.get(wholeOf(text) ?? -1)
    if (to === undefined) {
      say('member', 'member_unknown', { member: text })
      continue
    }
    const from = document.householdMember[household]
    if (to === from) continue
    const fault = whyNot(household, to)
    if (fault) {
      say('member', fault.code, fault.values)
      continue
    }
    if (from >= 0) load[from]--
    if (to >= 0) {
      load[to]++
      gave.set(to, row.row)
    }
    ties.push({ household: households.ids[household], from: from < 0 ? null : members.ids[from], to: to < 0 ? null : members.ids[to] })
  }
  for (const [member, row] of gave) {
    const { max, mode } = memberLimits(context, rules, member)
    if (mode === 'household' && load[member] > max) {
      flags.push({
        sheet: 'ties', row, field: 'member', code: 'member_over_limit', severity: 'warning', values: { member: members.ids[member], households: load[member], max },
      })
    }
  }
  return ties

  function whyNot(household: number, to: number): { code: RegisterFlagCode; values: RegisterFlag['values'] } | null {
    const community = households.community[household]
    const nameOf = (k: number) => context.communities[k].name
    if (context.covered[community] === 0) return { code: 'outside_plan', values: { community: nameOf(community) } }
    if (document.pinned[household] === 1) {
      const holder = document.householdMember[household]
      return { code: 'household_pinned', values: { member: holder < 0 ? '–' : members.ids[holder] } }
    }
    if (to < 0) return null
    const member = members.ids[to]
    if (members.frail[to] === 1) return { code: 'member_frail', values: { member } }
    if (!isAble(context, rules, to)) return { code: 'member_exempt', values: { member, reason: termsOf(context, rules, to)?.exempt ?? '' } }
    if (members.community[to] !== community) return { code: 'other_community', values: { member, community: nameOf(members.community[to]) } }
    const reason = document.exclusions.get(households.ids[household])?.get(member)
    return reason === undefined ? null : { code: 'tie_excluded', values: { member, reason } }
  }
}
