import { seededRandom } from '@/algorithms/shared/seeded-random'
import { stateOf, type PersonRow, type PostRole, type PostRow, type UnitRow } from '@/rooms/admin/model'
import { filterPeople } from '@/rooms/admin/operations/filter-people'
import { makeFirstPassword } from '@/rooms/admin/operations/make-first-password'
import { sortPeople } from '@/rooms/admin/operations/sort-people'
import { unitsBelow } from '@/rooms/admin/operations/units-below'
import { describe, expect, it } from 'vitest'

const unit = (id: number, parentId: number | null, level: string, name: string): UnitRow => ({ id, parentId, level, code: String(id), name })
const UNITS = [unit(4, 3, 'party_group', '文昌第一党小组'), unit(1, null, 'district', '示范区'), unit(2, 1, 'street', '高庄街道'), unit(3, 2, 'community', '文昌社区'), unit(5, 2, 'community', '桃园社区')]
const nameOf = (id: number): string => UNITS.find((one) => one.id === id)?.name ?? ''
const post = (role: PostRole, orgUnitId: number): PostRow => ({ id: orgUnitId, personId: '', role, orgUnitId, gridId: null, validFrom: '2026-01-01', validTo: null, revision: 1 })
const person = (personId: string, posts: PostRow[], more: Partial<PersonRow> = {}): PersonRow => ({
  personId, name: '李*', phone: null, isActive: true, isRetired: false, revision: 1, posts, account: null, ...more,
})
const account = (email: string | null, mustChangePassword = false) => ({ personId: '', email, mustChangePassword, hasSecondFactor: false, lastSeenAt: null })
const PEOPLE = [
  person('group', [post('member', 4)]),
  person('both', [post('street_officer', 2), post('auditor', 1)], { account: account('both@x.cn') }),
  person('wen', [post('community_secretary', 3)], { account: account('wen@x.cn', true) }),
  person('tao', [post('community_secretary', 5)], { isActive: false, account: account('tao@x.cn') }),
  person('none', []),
]
const ids = (people: readonly PersonRow[]): string[] => people.map((one) => one.personId)
const ALL = { text: '', role: null, unitIds: null, state: null }

describe('people', () => {
  it('are found by unit and all below it, whatever the order of the units', () => {
    expect([...unitsBelow(UNITS, 3)].sort()).toEqual([3, 4])
    expect(unitsBelow(UNITS, 1).size).toBe(5)
    expect(ids(filterPeople(PEOPLE, { ...ALL, unitIds: unitsBelow(UNITS, 3) }, nameOf))).toEqual(['group', 'wen'])
  })

  it('are kept only where one post fits role and unit at once', () => {
    const street = new Set([2])
    expect(ids(filterPeople(PEOPLE, { ...ALL, role: 'street_officer', unitIds: street }, nameOf))).toEqual(['both'])
    expect(ids(filterPeople(PEOPLE, { ...ALL, role: 'auditor', unitIds: street }, nameOf))).toEqual([])
  })

  it('are found by name, address and unit, and by state', () => {
    expect(ids(filterPeople(PEOPLE, { ...ALL, text: ' TAO@ ' }, nameOf))).toEqual(['tao'])
    expect(ids(filterPeople(PEOPLE, { ...ALL, text: '文昌' }, nameOf))).toEqual(['group', 'wen'])
    expect(ids(filterPeople(PEOPLE, { ...ALL, state: 'suspended' }, nameOf))).toEqual(['tao'])
    expect(ids(filterPeople(PEOPLE, { ...ALL, state: 'first_password' }, nameOf))).toEqual(['wen'])
  })

  it('stand by their highest post, then by unit; without a post last', () => {
    expect(ids(sortPeople([...PEOPLE].reverse(), UNITS))).toEqual(['both', 'wen', 'tao', 'group', 'none'])
  })

  it('are in one state each: retired before suspended before the account', () => {
    expect(stateOf(person('a', [], { isRetired: true, isActive: false }))).toBe('retired')
    expect(stateOf(person('a', [], { account: account(null) }))).toBe('no_account')
    expect(stateOf(person('a', []))).toBe('active')
  })
})

describe('a first password', () => {
  it('has four groups of four, every kind, no look-alikes, no runs', () => {
    const random = seededRandom(11)
    for (let k = 0; k < 500; k++) {
      const password = makeFirstPassword((below) => Math.floor(random() * below))
      expect(password).toMatch(/^[A-Za-z0-9]{4}(-[A-Za-z0-9]{4}){3}$/)
      for (const kind of [/[a-z]/, /[A-Z]/, /\d/]) expect(password).toMatch(kind)
      expect(password).not.toMatch(/[0Oo1lI2ZS5]/)
      const letters = password.replaceAll('-', '').toLowerCase()
      for (let at = 1; at < letters.length; at++) expect(Math.abs(letters.charCodeAt(at) - letters.charCodeAt(at - 1)), password).toBeGreaterThan(1)
    }
  })

  it('differs each time', () => {
    expect(new Set(Array.from({ length: 50 }, () => makeFirstPassword())).size).toBe(50)
  })
})
