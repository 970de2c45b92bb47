import type { SupabaseClient } from '@supabase/supabase-js'
import { callWrite } from '@/data/call-write'
import * as connection from '@/data/client'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

/** What the server answers in turn, and the keys it was given. */
const server = { answers: [] as (() => Promise<unknown>)[], keys: [] as string[], person: null as object | null }
const asked = {
  rpc: (name: string, parameters: { p_request_key: string }) => {
    // Asked after a refusal: whether there is still a person who may be refused.
    if (name === 'whoami') return Promise.resolve({ data: server.person, error: null, status: 200 })
    server.keys.push(parameters.p_request_key)
    return server.answers.shift()!()
  },
} as unknown as SupabaseClient
const done = (data: unknown) => async () => ({ data, error: null, status: 200 })
const refusal = (message: string) => async () => ({ data: null, error: { code: 'P0001', message }, status: 400 })
const lost = async () => ({ data: null, error: { message: 'TypeError: Failed to fetch' }, status: 0 })

beforeEach(() => {
  vi.spyOn(connection, 'client').mockReturnValue(asked)
  vi.useFakeTimers()
  server.keys = []
  server.person = { name: '周' }
})
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

async function write(title: string): Promise<unknown> {
  const writing = callWrite('open_plan_draft', { p_land: 1, p_title: title }).catch((error: { code: string }) => error.code)
  await vi.runAllTimersAsync()
  return writing
}

describe('a write whose answer is lost', () => {
  it('is sent again with the same key until it is answered', async () => {
    server.answers = [lost, lost, done({ planId: 'a' })]
    expect(await write('甲')).toEqual({ planId: 'a' })
    expect(server.keys).toHaveLength(3)
    expect(new Set(server.keys).size).toBe(1)
    expect(server.keys[0]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  })

  it('keeps its key for the next attempt of the person, and loses it with the answer', async () => {
    server.answers = [lost, lost, lost]
    expect(await write('乙')).toBe('server_down')
    server.answers = [done({ planId: 'b' })]
    await write('乙')
    server.answers = [done({ planId: 'c' })]
    await write('乙')
    expect(new Set(server.keys.slice(0, 4)).size).toBe(1)
    expect(server.keys[4]).not.toBe(server.keys[3])
  })

  it('is not sent again when it was refused, nor shares its key with another write', async () => {
    server.answers = [refusal('not_allowed')]
    expect(await write('丙')).toBe('not_allowed')
    server.answers = [done(1)]
    await write('丁')
    expect(server.keys).toHaveLength(2)
    expect(server.keys[1]).not.toBe(server.keys[0])
  })

  it('asks to sign in again when it was refused to nobody', async () => {
    server.person = null
    server.answers = [refusal('not_allowed')]
    expect(await write('戊')).toBe('session_expired')
  })
})
