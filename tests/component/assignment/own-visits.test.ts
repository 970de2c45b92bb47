import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { DataError } from '@/data/errors'
import type { LoggedVisit, MyVisits, VisitInput } from '@/data/visits'
import { dueWords, todayBy } from '@/rooms/assignment/phone/due-words'

const server = vi.hoisted(() => ({ logVisits: vi.fn(), undoVisit: vi.fn(), loadMyVisits: vi.fn() }))
const browser = vi.hoisted(() => ({ kept: new Map<string, unknown>(), isFull: false }))
vi.mock('@/data/visits', () => server)
vi.mock('@/rooms/assignment/phone/kept-visits', () => ({
  browserKeptVisits: {
    read: (person: string) => Promise.resolve([...browser.kept].filter(([key]) => key.startsWith(`${person}/`)).map(([, visit]) => visit)),
    put: (person: string, visit: VisitInput) => (browser.isFull ? Promise.reject(new Error('full')) : Promise.resolve(browser.kept.set(`${person}/${visit.id}`, visit))),
    drop: (person: string, id: string) => Promise.resolve(browser.kept.delete(`${person}/${id}`)),
  },
}))
const { useOwnVisits } = await import('@/rooms/assignment/phone/own-visits')

const HOUSEHOLD: MyVisits['households'][number] = { householdId: 10, lastVisitOn: '2026-11-08', dueOn: '2026-11-22', isOverdue: false, taskId: null, taskDueOn: null }
const visit = (id: string, householdId = 10): VisitInput => ({ id, householdId, kind: 'routine', purpose: 'policy', outcome: 'met', satisfaction: null, visitedOn: '2026-11-22', memberId: null })
const away = () => Promise.reject(new DataError('server_down', 'away'))

describe('what is due', () => {
  it('is told by the day, the earlier of rhythm and plan, and a visit that waits stands before it', () => {
    const key = (today: string, change: Partial<typeof HOUSEHOLD> = {}) => dueWords({ ...HOUSEHOLD, ...change }, [], today)
    expect(key('2026-11-21')).toEqual({ key: 'due', isLate: false, days: 0, on: '2026-11-22' })
    expect(key('2026-11-22').key).toBe('today')
    expect(key('2026-11-25')).toMatchObject({ key: 'late', isLate: true, days: 3 })
    expect(key('2026-11-21', { taskDueOn: '2026-11-20' })).toMatchObject({ key: 'late', days: 1, on: '2026-11-20' })
    expect(key('2026-11-21', { dueOn: null })).toMatchObject({ key: 'none', isLate: false })
    expect(dueWords(HOUSEHOLD, [{ outcome: 'not_home' }], '2026-11-25').key).toBe('late')
    expect(dueWords(HOUSEHOLD, [{ outcome: 'not_home' }, { outcome: 'follow_up' }], '2026-11-25').key).toBe('waiting')
  })

  it('goes by the server’s day and the nights that have passed here since', () => {
    // 23:30 in Shanghai.
    const read = Date.parse('2030-01-01T15:30:00Z')
    expect(todayBy('2026-11-22', read, read + 29 * 60_000)).toBe('2026-11-22')
    expect(todayBy('2026-11-22', read, read + 31 * 60_000)).toBe('2026-11-23')
  })
})

describe('visits logged on a phone', () => {
  const storage = new Map<string, string>()
  let workbook: MyVisits
  beforeEach(() => {
    vi.stubGlobal('localStorage', { getItem: (key: string) => storage.get(key) ?? null, setItem: (key: string, value: string) => storage.set(key, value) })
    storage.clear()
    browser.kept.clear()
    browser.isFull = false
    setActivePinia(createPinia())
    workbook = { today: '2026-11-22', households: [HOUSEHOLD], visits: [] }
    server.logVisits.mockReset().mockResolvedValue({ ids: [], tasks: [] })
    server.undoVisit.mockReset().mockResolvedValue({})
    server.loadMyVisits.mockReset().mockImplementation(() => Promise.resolve(workbook))
  })
  afterEach(() => vi.unstubAllGlobals())

  it('wait without a network, over a reload, and are sent once in their order', async () => {
    const visits = useOwnVisits()
    await visits.load('p1')
    server.logVisits.mockImplementation(away)
    await visits.log(visit('a'))
    await visits.log(visit('b', 11))
    expect(visits.waiting.map(({ id }) => id)).toEqual(['a', 'b'])
    expect(visits.wordsOf(10).key).toBe('waiting')
    // The page is opened again, still without a network: what was read before stands.
    setActivePinia(createPinia())
    const again = useOwnVisits()
    server.loadMyVisits.mockImplementation(away)
    await again.load('p1')
    expect([again.waiting.length, again.lastOf(10)]).toEqual([2, '2026-11-08'])
    server.logVisits.mockReset().mockResolvedValue({ ids: [], tasks: [] })
    await again.load('p1')
    expect(server.logVisits.mock.calls).toEqual([[[visit('a')]], [[visit('b', 11)]]])
    expect([again.waiting, browser.kept.size]).toEqual([[], 0])
  })

  it('are nobody else’s on the same phone', async () => {
    server.logVisits.mockImplementation(away)
    const visits = useOwnVisits()
    await visits.load('p1')
    await visits.log(visit('a'))
    await visits.load('p2')
    expect(visits.waiting).toEqual([])
    await visits.load('p1')
    expect(visits.waiting).toEqual([visit('a')])
  })

  it('that the server refuses are told and let go, and hold up no other', async () => {
    const visits = useOwnVisits()
    await visits.load('p1')
    server.logVisits.mockImplementation(away)
    await visits.log(visit('a'))
    server.logVisits.mockReset().mockRejectedValueOnce(new DataError('not_allowed', 'not_allowed')).mockResolvedValue({})
    await visits.log(visit('b', 11))
    expect(visits.refused).toMatchObject({ householdId: 10, error: { code: 'not_allowed' } })
    expect(visits.waiting).toEqual([])
    expect(server.logVisits).toHaveBeenCalledTimes(2)
  })

  it('can be taken back before and after they were sent', async () => {
    const visits = useOwnVisits()
    await visits.load('p1')
    server.logVisits.mockImplementation(away)
    await visits.log(visit('a'))
    await visits.undo('a')
    expect([visits.waiting, browser.kept.size, server.undoVisit.mock.calls.length]).toEqual([[], 0, 0])
    workbook = { ...workbook, visits: [{ id: 'c', householdId: 10, isUndoable: true } as LoggedVisit] }
    await visits.read()
    expect(visits.undoableOf(10)?.id).toBe('c')
    await visits.undo('c')
    expect(server.undoVisit).toHaveBeenCalledWith('c')
  })

  it('say so where the browser keeps nothing', async () => {
    browser.isFull = true
    server.logVisits.mockImplementation(away)
    const visits = useOwnVisits()
    await visits.load('p1')
    await visits.log(visit('a'))
    expect([visits.isKept, visits.waiting.length]).toEqual([false, 1])
  })
})
