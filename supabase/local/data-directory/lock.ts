import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

interface LockRecord {
  pid: number
  /** Start of the process as the kernel counts it, so that a later process with the same id is not taken for it. */
  started: string | null
  token: string
  command: string
}

export class LockedError extends Error {
  constructor(
    readonly dataDir: string,
    readonly pid: number,
    command: string,
  ) {
    super(
      `the data folder ${dataDir} is in use by process ${pid} (${command}). ` +
        'Two processes in one database lose rows; stop that one first.',
    )
    this.name = 'LockedError'
  }
}

/**
 * Takes the data folder for this process. A lock left behind by a process that is gone is replaced.
 * @returns the function that gives the folder back
 * @throws LockedError while another process holds it
 */
export function lockDataDirectory(dataDir: string, command: string): () => void {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const file = join(dataDir, 'lock')
  const mine: LockRecord = {
    pid: process.pid,
    started: processStart(process.pid),
    token: randomBytes(8).toString('hex'),
    command,
  }
  for (let attempt = 0; attempt < 5; attempt += 1) {
    if (tryCreate(file, mine)) {
      // Two processes may have removed the same stale lock one after the other; only the one found here has it.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 30)
      if (readLock(file)?.token !== mine.token) continue
      return () => {
        if (readLock(file)?.token === mine.token) rmSync(file, { force: true })
      }
    }
    const holder = readLock(file)
    if (holder && isAlive(holder)) throw new LockedError(dataDir, holder.pid, holder.command)
    rmSync(file, { force: true })
  }
  throw new Error(`the lock file ${file} keeps changing; another process is starting at the same time`)
}

function tryCreate(file: string, record: LockRecord): boolean {
  try {
    writeFileSync(file, `${JSON.stringify(record)}\n`, { flag: 'wx', mode: 0o600 })
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

function readLock(file: string): LockRecord | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as LockRecord
  } catch {
    return null
  }
}

function isAlive(holder: LockRecord): boolean {
  try {
    process.kill(holder.pid, 0)
  } catch (error) {
    // EPERM: it lives, and belongs to somebody else.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false
  }
  const started = processStart(holder.pid)
  if (started === 'gone') return false
  return started === null || holder.started === null || started === holder.started
}

/**
 * Start time of a process from Linux's `/proc` (field 22; fields are counted after the name in brackets), `gone` for
 * one that has ended and only waits for its parent to notice; `null` where there is no `/proc`.
 */
function processStart(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return fields[0] === 'Z' || fields[0] === 'X' ? 'gone' : (fields[19] ?? null)
  } catch {
    return null
  }
}
