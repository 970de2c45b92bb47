import { describe, expect, it } from 'vitest'
import { createAssignmentSession } from '@/core/assignment/create-assignment-session'
import type { AssignmentSession } from '@/core/assignment/assignment-session'
import { makeAssignmentDocument } from '@/core/assignment/make-assignment-document'
import { isAble, memberLimits, termsOf } from '@/core/assignment/member-rules'
import type { Scope } from '@/core/scope'
import { writeWorkbook, type Sheet } from '@/formats/write-sheet'
import { papersEn } from '@/rooms/assignment/messages/words-papers-en'
import { papersZh } from '@/rooms/assignment/messages/words-papers-zh'
import type { PaperRows } from '@/rooms/assignment/papers/paper-rows'
import { dryRunRegister, type RegisterFlagCode } from '@/rooms/assignment/register/dry-run-register'
import { readRegister } from '@/rooms/assignment/register/read-register'
import { registerSheets, type RegisterPlan } from '@/rooms/assignment/register/write-register'
import { assignmentBytes, communityId, makeContactWorld, STREET_ID } from '../../../helpers/contact-world'

const world = makeContactWorld({ seed: 5, communities: 2, members: 8 })
const addresses = Array.from(world.buildingCommunity, (community, k) => `长安路${community + 1}号${k + 1}号楼`)
const street = { buildings: { addresses } } as unknown as Scope
const { households, members, stairwells } = world.scope
const NOTE = { key: 'change' }

function open(orgUnitId = STREET_ID): AssignmentSession {
  const context = world.context(orgUnitId)
  return createAssignmentSession({ context, document: makeAssignmentDocument(world.scope, { planId: 'p', orgUnitId, revision: 1 }) })
}

/** The street as the server would print it. */
function paperRows(): PaperRows {
  const stairwellOf = (k: number) => (households.stairwell[k] < 0 ? '' : stairwells.names[households.stairwell[k]])
  return {
    watermark: '李* 街道 2026-11-22', at: '2026-11-22T01:00:00Z', care: [],
    communities: world.communities.map(({ id, code, name }) => ({ id, code, name, edition: 1, validFrom: null })),
    members: Array.from(members.ids, (id, k) => {
      const terms = members.terms[k]
      return {
        id, communityId: communityId(members.community[k]), name: '张*', phone: null, group: null, committee: false, leader: false, frail: members.frail[k] === 1,
        exempt: terms?.exempt ?? null, minHouseholds: terms?.minHouseholds ?? null, maxHouseholds: terms?.maxHouseholds ?? null, reachM: terms?.reachM ?? null,
      }
    }),
    households: Array.from(households.ids, (id, k) => {
      const member = world.scope.current.householdMember[k]
      return {
        id, communityId: communityId(households.community[k]), buildingId: households.building[k], memberId: member < 0 ? null : members.ids[member],
        address: addresses[households.building[k]] + stairwellOf(k) + households.rooms[k], stairwell: stairwellOf(k), room: households.rooms[k], head: '李*', category: households.category[k], residents: 2,
      }
    }),
  }
}

type Words = typeof papersZh | typeof papersEn
const wordsOf = (words: Words) => ({
  t: (key: string) => key.split('.').slice(1).reduce<unknown>((at, part) => (at as Record<string, unknown>)[part], words) as string,
  category: (code: number) => `类别${code}`,
})
const planOf = ({ context, document }: AssignmentSession): RegisterPlan => ({
  memberOf(id) {
    const member = document.householdMember[context.householdIndex.get(id)!]
    return member < 0 ? null : members.ids[member]
  },
  termsOf: (id) => document.terms.get(id),
})
const bytesOf = async (sheets: readonly Sheet[]) => new Uint8Array(await (await writeWorkbook(sheets)).arrayBuffer())
const ties = (...rows: (string | number | null)[][]): Sheet => ({ name: '包联', heads: ['户编号', '社区', '地址', '单元', '房号', '党员编号'], rows })
const terms = (...rows: (string | number | null)[][]): Sheet => ({ name: '党员', heads: ['党员编号', '免除原因', '最少户数', '最多户数', '最远步行米数'], rows })
const tryRows = async (session: AssignmentSession, ...sheets: Sheet[]) => dryRunRegister(session, street, readRegister(await bytesOf(sheets)))
const said = (found: { flags: readonly { sheet: string; row: number; field: string | null; code: string; severity: string }[] }) =>
  found.flags.map(({ sheet, row, field, code, severity }) => [sheet, row, field, code, severity])

/** Households of a community in the session's plan, and members who could take one more. */
const homesIn = (community: number) => [...households.community.keys()].filter((k) => households.community[k] === community)
const ableIn = (session: AssignmentSession, community: number) =>
  [...members.community.keys()].filter((k) => members.community[k] === community && isAble(session.context, session.document, k))

describe('the register', () => {
  it.each([['Chinese', papersZh], ['English', papersEn]] as const)('taken out in %s and brought in again changes nothing', async (_, words) => {
    const session = open()
    const sheets = registerSheets(paperRows(), null, wordsOf(words))
    const found = dryRunRegister(session, street, readRegister(await bytesOf(sheets)))
    expect(found).toMatchObject({ delta: { ties: [] }, flags: [], rows: households.count + members.count, faulty: 0 })
    expect(found.delta.terms).toBeUndefined()
  })

  it('carries a whole draft over to another: ties, terms and all, as one step that can be taken back', async () => {
    const from = open()
    const [able] = ableIn(from, 0)
    const other = [...members.ids.keys()].find((k) => members.community[k] === 1)!
    const moved = homesIn(0).slice(0, 3)
    const idOf = (member: number) => (member < 0 ? null : members.ids[member])
    const done = from.apply({
      ties: moved.map((k) => ({ household: households.ids[k], from: idOf(from.document.householdMember[k]), to: members.ids[able] })).filter((tie) => tie.from !== tie.to),
      terms: [{ member: members.ids[other], before: null, after: { exempt: 'long_away', minHouseholds: 0, maxHouseholds: 4, reachM: 300 } }],
    }, NOTE)
    expect(done.ok).toBe(true)
    const to = open()
    const before = assignmentBytes(to.document)
    const found = dryRunRegister(to, street, readRegister(await bytesOf(registerSheets(paperRows(), planOf(from), wordsOf(papersZh)))))
    expect(found.flags.filter(({ severity }) => severity === 'error')).toEqual([])
    expect(assignmentBytes(to.document)).toBe(before)
    expect(to.apply(found.delta, NOTE).ok).toBe(true)
    expect(assignmentBytes(to.document)).toBe(assignmentBytes(from.document))
    to.undo()
    expect(assignmentBytes(to.document)).toBe(before)
    expect(to.canUndo).toBe(false)
  })

  it('finds a household by its address, however it is typed', async () => {
    const session = open()
    const [able] = ableIn(session, 0)
    const home = homesIn(0).find((k) => households.stairwell[k] >= 0 && session.document.householdMember[k] !== able)!
    const address = addresses[households.building[home]]
    const [stairwell, room] = [stairwells.names[households.stairwell[home]], households.rooms[home]]
    const expected = { household: households.ids[home], to: members.ids[able] }
    for (const row of [[null, null, address, stairwell, room], [null, 'unit 20', `${address}${stairwell}${room}`, null, null], [null, null, ` ${address.replace('1号楼', '１ 号楼')}`, stairwell, ` ${room}`]]) {
      const found = await tryRows(session, ties([...row, members.ids[able]]))
      expect(found.delta.ties).toMatchObject([expected])
      expect(found.faulty).toBe(0)
    }
  })

  it('names every fault of a household by row and field, and takes the other rows', async () => {
    const session = open(communityId(0))
    const able = ableIn(session, 0)
    const frail = members.frail.indexOf(1)
    const exempt = [...members.ids.keys()].find((k) => termsOf(session.context, session.document, k)?.exempt && members.frail[k] === 0)!
    expect([frail, exempt].every((k) => k >= 0)).toBe(true)
    const free = homesIn(0).filter((k) => !session.pending().edits.length && session.document.householdMember[k] !== able[0])
    const [pinned, shut, good, ...rest] = free
    const idOf = (member: number) => (member < 0 ? null : members.ids[member])
    const held = idOf(session.document.householdMember[pinned])
    expect(session.apply({
      ties: [], pins: [{ household: households.ids[pinned], from: false, to: true }],
      exclusions: [{ member: members.ids[able[0]], household: households.ids[shut], before: null, after: '邻里纠纷' }],
    }, NOTE).ok).toBe(true)
    const crowded = addresses[households.building[homesIn(0).find((k) => homesIn(0).filter((j) => households.building[j] === households.building[k]).length > 1)!]]
    const to = members.ids[able[0]]
    const outside = homesIn(1).find((k) => world.scope.current.householdMember[k] !== able[0])!
    const stranger = [...members.ids.keys()].find((k) => members.community[k] === 1 && isAble(session.context, session.document, k))!
    const lines: [(string | number | null)[], RegisterFlagCode | null, string?][] = [
      [[households.ids[good], null, null, null, null, to], null],
      [[9999999, null, null, null, null, to], 'household_unknown', 'household'],
      [['甲', null, null, null, null, to], 'household_unknown', 'household'],
      [[null, null, null, null, '101', to], 'household_missing', 'address'],
      [[null, null, '无此路1号', null, null, to], 'address_unknown', 'address'],
      [[null, null, crowded, null, null, to], 'address_ambiguous', 'address'],
      [[households.ids[good], null, null, null, null, to], 'row_twice', 'household'],
      [[households.ids[rest[0]], null, null, null, null, 424242], 'member_unknown', 'member'],
      [[households.ids[rest[1]], null, null, null, null, '张三'], 'member_unknown', 'member'],
      [[households.ids[rest[2]], null, null, null, null, members.ids[frail]], 'member_frail', 'member'],
      [[households.ids[rest[3]], null, null, null, null, members.ids[exempt]], 'member_exempt', 'member'],
      [[households.ids[rest[4]], null, null, null, null, members.ids[stranger]], 'other_community', 'member'],
      [[households.ids[outside], null, null, null, null, to], 'outside_plan', 'member'],
      [[households.ids[pinned], null, null, null, null, held === to ? members.ids[able[1]] : to], 'household_pinned', 'member'],
      [[households.ids[shut], null, null, null, null, to], 'tie_excluded', 'member'],
    ]
    const found = await tryRows(session, ties(...lines.map(([row]) => row)))
    const expected = lines.flatMap(([, code, field], k) => (code === null ? [] : [['ties', k + 2, field, code, 'error']]))
    expect(said(found).filter(([, , , code]) => code !== 'member_over_limit')).toEqual(expected)
    expect(found.faulty).toBe(expected.length)
    expect(found.delta.ties).toEqual([{ household: households.ids[good], from: idOf(world.scope.current.householdMember[good]), to }])
  })

  it('warns once of a member above the limit, and counts those nobody had and nobody will have', async () => {
    const session = open()
    const able = ableIn(session, 0)[0]
    const others = homesIn(0).filter((k) => session.document.householdMember[k] !== able)
    const { max } = memberLimits(session.context, session.document, able)
    const rows = others.map((k) => [households.ids[k], null, null, null, null, members.ids[able]])
    const found = await tryRows(session, ties(...rows))
    expect(said(found)).toEqual([['ties', rows.length + 1, 'member', 'member_over_limit', 'warning']])
    expect(found.flags[0].values).toEqual({ member: members.ids[able], households: homesIn(0).length, max })
    expect(found.newly).toBe(others.filter((k) => session.document.householdMember[k] < 0).length)
    const cleared = await tryRows(session, ties(...homesIn(0).map((k) => [households.ids[k], null, null, null, null, null])))
    expect(cleared.dropped).toBe(homesIn(0).filter((k) => session.document.householdMember[k] >= 0).length)
    expect(cleared.flags).toEqual([])
  })

  it('reads terms first, so that who is exempt in the file gets no household by it', async () => {
    const session = open()
    const able = ableIn(session, 0).find((k) => members.terms[k] === null)!
    const home = homesIn(0).find((k) => session.document.householdMember[k] !== able)!
    const id = members.ids[able]
    const found = await tryRows(session, ties([households.ids[home], null, null, null, null, id]), terms([id, '年满70', null, 8, 500]))
    expect(said(found)).toEqual([['ties', 2, 'member', 'member_exempt', 'error']])
    expect(found.delta).toEqual({ ties: [], terms: [{ member: id, before: null, after: { exempt: 'aged_70', minHouseholds: null, maxHouseholds: 8, reachM: 500 } }] })
  })

  it('takes terms back to the registered ones as no terms of the draft', async () => {
    const session = open()
    const member = [...members.ids.keys()].find((k) => members.terms[k] === null)!
    const id = members.ids[member]
    const changed = { exempt: null, minHouseholds: 1, maxHouseholds: 2, reachM: null }
    expect(session.apply({ ties: [], terms: [{ member: id, before: null, after: changed }] }, NOTE).ok).toBe(true)
    const found = await tryRows(session, terms([id, null, null, null, null]))
    expect(found.delta.terms).toEqual([{ member: id, before: changed, after: null }])
  })

  it('names every fault of terms by row and field, and lets a column that is not there be', async () => {
    const session = open(communityId(0))
    const [a, b, c, d, e] = [...members.ids.keys()].filter((k) => members.community[k] === 0)
    const far = [...members.ids.keys()].find((k) => members.community[k] === 1 && members.terms[k] === null)!
    const row = (k: number, ...cells: (string | number | null)[]) => [members.ids[k], ...cells]
    const found = await tryRows(session, terms(
      row(a, '太忙', null, null, null), row(b, null, '六', null, null), row(c, null, 9, 3, null), row(d, null, -1, 20_000, 1.5), [5, null, null, null, null], row(a, null, null, null, null), row(far, null, 2, null, null),
    ))
    expect(said(found)).toEqual([
      ['members', 2, 'exempt', 'exempt_unknown', 'error'], ['members', 3, 'min', 'number_invalid', 'error'], ['members', 4, 'min', 'min_above_max', 'error'],
      ['members', 5, 'min', 'number_invalid', 'error'], ['members', 5, 'max', 'number_invalid', 'error'], ['members', 5, 'reach', 'number_invalid', 'error'],
      ['members', 6, 'member', 'member_unknown', 'error'], ['members', 7, 'member', 'row_twice', 'error'], ['members', 8, 'member', 'outside_plan', 'error'],
    ])
    expect(found.delta.terms).toBeUndefined()
    const part = await tryRows(session, { name: 'x', heads: ['Member id', 'Most households'], rows: [[members.ids[e], 11]] })
    expect(part.delta.terms).toMatchObject([{ member: members.ids[e], after: { ...(members.terms[e] ?? { exempt: null, minHouseholds: null, reachM: null }), maxHouseholds: 11 } }])
  })
})
