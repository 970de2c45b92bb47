import { spawn } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { dataLayout, hasDatabase, markFinished, markUnfinished, readDataState } from '../../../supabase/local/data-directory/layout'
import { lockDataDirectory } from '../../../supabase/local/data-directory/lock'
import { RoomGuard } from '../../../supabase/local/data-directory/room-guard'
import { checkSecrets, loadSecrets } from '../../../supabase/local/data-directory/secrets'

let folder: string
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'gewu-data-'))))
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('lock of the data folder', () => {
  it('refuses a second holder, naming the first, and is free after it', () => {
    const unlock = lockDataDirectory(folder, 'first')
    expect(() => lockDataDirectory(folder, 'second')).toThrow(`process ${process.pid} (first)`)
    unlock()
    lockDataDirectory(folder, 'third')()
    expect(existsSync(join(folder, 'lock'))).toBe(false)
  })

  it('takes over from a process that was killed', async () => {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
    writeFileSync(join(folder, 'lock'), JSON.stringify({ pid: child.pid, started: null, token: 'x', command: 'killed' }))
    expect(() => lockDataDirectory(folder, 'early')).toThrow('killed')
    const gone = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGKILL')
    await gone
    lockDataDirectory(folder, 'late')()
  })

  it('does not take a later process with the same id for the holder', () => {
    if (!existsSync('/proc/self/stat')) return expect(process.platform).not.toBe('linux')
    writeFileSync(join(folder, 'lock'), JSON.stringify({ pid: process.pid, started: '1', token: 'x', command: 'before' }))
    lockDataDirectory(folder, 'now')()
  })

  it('replaces a lock file that was cut short', () => {
    writeFileSync(join(folder, 'lock'), '{"pid":')
    lockDataDirectory(folder, 'now')()
  })
})

describe('secrets', () => {
  it('are random, kept, and readable by their owner alone', () => {
    const first = loadSecrets(folder)
    expect(loadSecrets(folder)).toEqual(first)
    expect(statSync(join(folder, 'secrets.json')).mode & 0o777).toBe(0o600)
    rmSync(join(folder, 'secrets.json'))
    expect(loadSecrets(folder).jwtSecret).not.toBe(first.jwtSecret)
  })

  it.each([
    ['published', { jwtSecret: 'super-secret-jwt-token-with-at-least-32-characters-long' }],
    ['published', { jwtSecret: 'unsafe-secret-change-me' }],
    ['got 5', { jwtSecret: 'short' }],
    ['got none', { serviceKey: undefined }],
    ['got 3', { factorKey: 'key' }],
    ['must differ', { serviceKey: 'sb_publishable_0123456789012345678901234567890' }],
  ])('are refused when %s', (words, change) => {
    const good = {
      jwtSecret: 'j'.repeat(40),
      anonKey: 'sb_publishable_0123456789012345678901234567890',
      serviceKey: 'sb_secret_0123456789012345678901234567890',
      factorKey: 'f'.repeat(43),
    }
    expect(checkSecrets(good, 'test')).toEqual(good)
    expect(() => checkSecrets({ ...good, ...change }, 'test')).toThrow(words)
  })

  it('get the key of second factors where a version before had none, and keep the rest', () => {
    const { factorKey: taken, ...before } = loadSecrets(folder)
    const file = join(folder, 'secrets.json')
    writeFileSync(file, JSON.stringify(before), { mode: 0o600 })
    const after = loadSecrets(folder)
    expect(after).toEqual({ ...before, factorKey: expect.stringMatching(/^[\w-]{43}$/) })
    expect(after.factorKey).not.toBe(taken)
    expect(loadSecrets(folder)).toEqual(after)
    expect(statSync(file).mode & 0o777).toBe(0o600)
  })

  it('are refused when others can read the file, or it is broken', () => {
    loadSecrets(folder)
    const file = join(folder, 'secrets.json')
    chmodSync(file, 0o644)
    expect(() => loadSecrets(folder)).toThrow('chmod 600')
    chmodSync(file, 0o600)
    writeFileSync(file, readFileSync(file, 'utf8').slice(0, 40))
    expect(() => loadSecrets(folder)).toThrow('not valid JSON')
  })
})

describe('the folder of the database', () => {
  it('makes an interrupted first start anew, and never removes a finished database', () => {
    const { databaseDir } = dataLayout(folder)
    markUnfinished(folder)
    mkdirSync(databaseDir)
    writeFileSync(join(databaseDir, 'PG_VERSION'), '18\n')
    expect(hasDatabase(folder)).toBe(false)
    expect(existsSync(databaseDir)).toBe(false)

    markUnfinished(folder)
    mkdirSync(databaseDir)
    writeFileSync(join(databaseDir, 'PG_VERSION'), '18\n')
    markFinished(folder, { demo: true })
    expect(hasDatabase(folder)).toBe(true)
    expect(readDataState(folder)).toEqual({ demo: true })
  })

  it('brings the old database back when a restore was killed half-way', () => {
    const { databaseDir, replacedDir } = dataLayout(folder)
    mkdirSync(replacedDir)
    writeFileSync(join(replacedDir, 'PG_VERSION'), '18\n')
    expect(hasDatabase(folder)).toBe(true)
    expect(existsSync(databaseDir)).toBe(true)
  })

  it('refuses what is not a database of this engine', () => {
    const { databaseDir } = dataLayout(folder)
    mkdirSync(databaseDir)
    writeFileSync(join(databaseDir, 'something'), '')
    expect(() => hasDatabase(folder)).toThrow('PG_VERSION is missing')
    writeFileSync(join(databaseDir, 'PG_VERSION'), '17\n')
    expect(() => hasDatabase(folder)).toThrow('PostgreSQL 17')
  })
})

describe('room on the disk', () => {
  it('is looked at once a second', () => {
    const disk = { freeBytes: 1e9, nowMs: 0, looks: 0 }
    const guard = new RoomGuard(folder, () => (disk.looks += 1, disk.freeBytes), () => disk.nowMs)
    expect(guard.isFull).toBe(false)
    disk.freeBytes = 1e6
    disk.nowMs = 900
    expect(guard.isFull).toBe(false)
    disk.nowMs = 1900
    expect(guard.isFull).toBe(true)
    disk.freeBytes = 1e9
    disk.nowMs = 2900
    expect([guard.isFull, guard.isFull]).toEqual([false, false])
    expect(disk.looks).toBe(3)
    expect(typeof new RoomGuard(folder).isFull).toBe('boolean')
  })
})
