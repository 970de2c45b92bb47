import { spawn } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs'
import { setPriority } from 'node:os'
import { join } from 'node:path'
import { dataLayout } from '../data-directory/layout'
import { lockDataDirectory } from '../data-directory/lock'
import { SUPABASE_DIR, type BackupSettings } from '../settings'

const HOUR_MS = 3_600_000
/** How often it is asked whether a backup is due; the clock of a sleeping machine makes longer timers useless. */
const LOOK_EVERY_MS = 60_000
/** A backup that failed is tried again after this long. */
const RETRY_MS = HOUR_MS
const NAME = /^gewu-\d{4}-\d{2}-\d{2}T\d{6}Z\.backup$/

/**
 * Makes verified backups of the embedded database while it serves. The files are copied between two statements (0.4 s
 * for the demo street); packing, reading again and comparing is done by another process, with less right to the
 * processors, so that nobody waits for it.
 */
export class BackupSchedule {
  #timer: NodeJS.Timeout | null = null
  #running: Promise<string> | null = null
  #failedAt = 0

  /**
   * @param dataDir data folder of the server, for what is known of the data
   * @param copyTo copies the files of the database, at rest, to a new folder
   */
  constructor(
    readonly settings: BackupSettings,
    readonly dataDir: string,
    readonly copyTo: (folder: string) => Promise<void>,
    readonly say: (line: string) => void,
    readonly now: () => Date = () => new Date(),
  ) {}

  start(): void {
    if (this.settings.everyHours === 0) return
    this.#timer = setInterval(() => void this.#look(), LOOK_EVERY_MS)
    this.#timer.unref()
  }

  /** Ends the schedule after the copy under way. */
  async stop(): Promise<void> {
    if (this.#timer) clearInterval(this.#timer)
    await this.#running?.catch(() => {})
  }

  /** Late means: twice the period has gone by without a good backup, counted from the start of the server. */
  get state(): 'fresh' | 'late' | 'off' {
    if (this.settings.everyHours === 0) return 'off'
    return this.#failedAt > 0 && this.#newestMs() < this.now().getTime() - 2 * this.settings.everyHours * HOUR_MS ? 'late' : 'fresh'
  }

  /** Makes a backup now and removes the oldest beyond the number kept. Resolves with its path. */
  makeNow(): Promise<string> {
    this.#running ??= this.#make().finally(() => (this.#running = null))
    return this.#running
  }

  async #look(): Promise<void> {
    const { everyHours } = this.settings
    const nowMs = this.now().getTime()
    if (this.#running || nowMs - this.#newestMs() < everyHours * HOUR_MS || nowMs - this.#failedAt < RETRY_MS) return
    try {
      this.say(`backup made: ${await this.makeNow()}`)
      this.#failedAt = 0
    } catch (error) {
      this.#failedAt = nowMs
      this.say(`no backup could be made, the next try is in an hour: ${(error as Error).message}`)
    }
  }

  async #make(): Promise<string> {
    const { folder, kept } = this.settings
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    const file = join(folder, `gewu-${this.now().toISOString().slice(0, 19).replaceAll(':', '')}Z.backup`)
    const making = join(folder, '.making')
    // Left behind by a server that was killed over it; its other process ends a moment later.
    if (existsSync(making)) lockDataDirectory(making, 'backup')()
    rmSync(making, { recursive: true, force: true })
    for (const name of readdirSync(folder)) if (name.endsWith('.backup.part')) rmSync(join(folder, name))
    try {
      const copy = dataLayout(making)
      mkdirSync(making, { mode: 0o700 })
      await this.copyTo(copy.databaseDir)
      const { stateFile } = dataLayout(this.dataDir)
      if (existsSync(stateFile)) copyFileSync(stateFile, copy.stateFile)
      await packInOtherProcess(making, file)
    } finally {
      rmSync(making, { recursive: true, force: true })
    }
    for (const old of this.#files().slice(kept)) rmSync(join(folder, old))
    return file
  }

  /** Names of the backups, newest first. */
  #files(): string[] {
    const { folder } = this.settings
    if (!existsSync(folder)) return []
    return readdirSync(folder).filter((name) => NAME.test(name)).sort().reverse()
  }

  #newestMs(): number {
    const [newest] = this.#files()
    return newest ? statSync(join(this.settings.folder, newest)).mtimeMs : 0
  }
}

/** Runs `npm run db -- backup` on a copy. */
function packInOtherProcess(copyDir: string, file: string): Promise<void> {
  const env: NodeJS.ProcessEnv = { ...process.env, GEWU_DATA: copyDir }
  delete env.DATABASE_URL
  const child = spawn(process.execPath, [join(SUPABASE_DIR, 'local', 'db.mjs'), 'backup', file], {
    env,
    // Over the channel it notices that this process ended, however that came.
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  })
  try {
    setPriority(child.pid!, 10)
  } catch {
    // It ended already; its exit tells the story.
  }
  let complaints = ''
  child.stderr!.on('data', (chunk: Buffer) => (complaints += chunk.toString()))
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(complaints.trim() || `exit code ${code}`))))
  })
}
