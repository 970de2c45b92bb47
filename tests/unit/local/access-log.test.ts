import { createHmac } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { accountCode, AccessLog, routeOf, type AccessEntry } from '../../../supabase/local/http/access-log'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gewu-log-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const entry: Omit<AccessEntry, 'time'> = {
  id: 'abc', method: 'POST', route: '/rest/v1/rpc/whoami', status: 200, ms: 3, bytes: 120, account: null,
}

function logAt(date: string, keptDays = 190, maxFileBytes?: number) {
  const clock = { date }
  const said: string[] = []
  const log = new AccessLog(join(folder, 'logs'), keptDays, (line) => said.push(line), () => new Date(clock.date), maxFileBytes)
  return { clock, log, said, files: () => readdirSync(join(folder, 'logs')).sort() }
}

describe('access log', () => {
  it('writes a line of JSON for each request, into a file a day', async () => {
    const { clock, log, files } = logAt('2026-11-21T23:59:59Z')
    log.write(entry)
    log.write({ ...entry, status: 404 })
    clock.date = '2026-11-22T00:00:01Z'
    log.write(entry)
    await log.close()
    expect(files()).toEqual(['access-2026-11-21.jsonl', 'access-2026-11-22.jsonl'])
    const lines = readFileSync(join(folder, 'logs', 'access-2026-11-21.jsonl'), 'utf8').trim().split('\n')
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
      { time: '2026-11-21T23:59:59.000Z', ...entry },
      { time: '2026-11-21T23:59:59.000Z', ...entry, status: 404 },
    ])
  })

  it('goes on in the file of the day after a restart, and begins another when that is full', async () => {
    for (let round = 0; round < 3; round += 1) {
      const { log } = logAt('2026-11-21T08:00:00Z', 190, 400)
      log.write(entry)
      log.write(entry)
      await log.close()
    }
    const { files } = logAt('2026-11-21T08:00:00Z')
    expect(files()).toEqual(['access-2026-11-21.1.jsonl', 'access-2026-11-21.2.jsonl', 'access-2026-11-21.jsonl'])
    const lines = files().flatMap((name) => readFileSync(join(folder, 'logs', name), 'utf8').trim().split('\n'))
    expect(lines).toHaveLength(6)
  })

  it('keeps its days, removes older files of its own, and touches no other', async () => {
    const { clock, log, files } = logAt('2026-05-01T08:00:00Z', 180)
    for (const date of ['2026-05-01', '2026-05-25', '2026-05-26', '2026-11-21']) {
      clock.date = `${date}T08:00:00Z`
      log.write(entry)
      await log.close()
      if (date === '2026-05-01') writeFileSync(join(folder, 'logs', 'notes-2020-01-01.txt'), '')
    }
    expect(files()).toEqual(['access-2026-05-25.jsonl', 'access-2026-05-26.jsonl', 'access-2026-11-21.jsonl', 'notes-2020-01-01.txt'])
  })

  it('writes nothing when it is switched off, and does not stop the server when it cannot write', async () => {
    const off = logAt('2026-11-21T08:00:00Z', 0)
    off.log.write(entry)
    expect(existsSync(join(folder, 'logs'))).toBe(false)
    writeFileSync(join(folder, 'logs'), 'a file where the folder should be')
    const broken = logAt('2026-11-21T08:00:00Z')
    for (let round = 0; round < 3; round += 1) broken.log.write(entry)
    await broken.log.close()
    expect(broken.said).toHaveLength(1)
  })
})

describe('what is logged', () => {
  it.each([
    ['/rest/v1/plans', '/rest/v1/plans'],
    ['/rest/v1/rpc/whoami', '/rest/v1/rpc/whoami'],
    ['/auth/v1/token', '/auth/v1/token'],
    ['/rest/v1/张三13800000001', '(not listed)'],
    ['/rest/v1/constructor', '(not listed)'],
    ['/auth/v1/admin/users/13800000001', '(not listed)'],
    ['/assets/index-1234.js', '/assets/*'],
    ['/households/13800000001', '(page)'],
  ])('names %s as %s', (pathname, route) => expect(routeOf(pathname)).toBe(route))

  const secret = 's'.repeat(40)
  const token = (claims: object, key = secret) => {
    const text = ['{"alg":"HS256"}', JSON.stringify(claims)].map((part) => Buffer.from(part).toString('base64url')).join('.')
    return `Bearer ${text}.${createHmac('sha256', key).update(text).digest('base64url')}`
  }

  it('tells accounts apart without naming them, and believes only tokens it signed', () => {
    const first = accountCode(token({ sub: 'user-1', exp: 1 }), secret)
    expect(first).toMatch(/^[0-9a-f]{16}$/)
    expect(accountCode(token({ sub: 'user-1', exp: 2 }), secret)).toBe(first)
    expect(accountCode(token({ sub: 'user-2' }), secret)).not.toBe(first)
    expect(accountCode(token({ sub: 'user-1' }, 'another key'), secret)).toBe(null)
    for (const bad of [undefined, '', 'Bearer', 'Bearer a.b', 'Bearer a.b.c', 'Basic abc', token({ role: 'anon' })]) {
      expect(accountCode(bad, secret), String(bad)).toBe(null)
    }
  })
})
