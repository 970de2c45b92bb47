import { createEntryFlow } from '@/app/session/entry-flow'
import { forgetAccount } from '@/app/session/forget-account'
import type { Session } from '@/core/workspace'
import type { Entry, EntryStep } from '@/data/session'
import { beforeEach, describe, expect, it, vi } from 'vitest'

/** What the server asks of whoever signs in, in turn. */
const server = vi.hoisted(() => ({ steps: [] as (string | null)[], personId: 'p1', signOut: vi.fn(), change: vi.fn(), answer: vi.fn() }))
const entry = (): Entry => ({
  session: { personId: server.personId, name: '李*', posts: [] },
  step: (server.steps.shift() ?? null) as EntryStep | null,
  hasSecondFactor: false,
  idleMinutes: 20,
})
vi.mock('@/data/session', () => ({
  signIn: async () => entry(),
  whoAmI: async () => entry(),
  restoreSession: async () => entry(),
  signOut: server.signOut,
}))
vi.mock('@/data/account', () => ({ changePassword: server.change, answerSecondFactor: server.answer, touchSession: async () => undefined }))

let present: Session | null
const onIn = vi.fn()
const open = () => createEntryFlow({ present: () => present, onIn })

beforeEach(() => {
  vi.clearAllMocks()
  present = null
  server.personId = 'p1'
  server.steps = []
})

describe('the way in', () => {
  it('leads through every step the server asks for, and in only after the last', async () => {
    server.steps = ['second_factor', 'password', null]
    const flow = open()
    await flow.enter('a@x.cn', 'First-password-1')
    expect(flow.step.get()).toBe('second_factor')
    await flow.answer('123456')
    expect(flow.step.get()).toBe('password')
    expect(onIn).not.toHaveBeenCalled()
    expect(flow.knowsPassword).toBe(true)
    await flow.choosePassword(null, 'Second-password-2')
    expect(server.change).toHaveBeenCalledWith('First-password-1', 'Second-password-2')
    expect(flow.step.get()).toBeNull()
    expect(flow.knowsPassword).toBe(false)
    expect(onIn).toHaveBeenCalledOnce()
    expect(flow.standing.get().idleMinutes).toBe(20)
  })

  it('asks for the password again after a reload, which forgot it', async () => {
    server.steps = ['password']
    const flow = open()
    expect(await flow.restore()).toBe(true)
    expect(flow.knowsPassword).toBe(false)
  })

  it('lets nobody else into the page that one person left open, and keeps no session of theirs', async () => {
    present = { personId: 'p1', name: '李*', posts: [] }
    server.personId = 'p2'
    const flow = open()
    await expect(flow.enter('b@x.cn', 'x')).rejects.toMatchObject({ code: 'other_person' })
    expect(server.signOut).toHaveBeenCalledOnce()
    expect(onIn).not.toHaveBeenCalled()
  })
})

describe('leaving', () => {
  it('clears what is of the account, and leaves what is of the machine', () => {
    localStorage.clear()
    for (const key of ['gewu.session', 'gewu.redesign.draft', 'gewu.activity', 'gewu.locale', 'gewu.panel', 'other']) localStorage.setItem(key, '1')
    forgetAccount()
    expect(Object.keys(localStorage).sort()).toEqual(['gewu.locale', 'gewu.panel', 'other'])
  })
})
