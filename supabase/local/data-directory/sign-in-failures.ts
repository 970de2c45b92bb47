import { createHmac } from 'node:crypto'
import { appendFileSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { MAX_REMEMBERED, MEMORY_MS, type FailureKeeper, type KeptFailures } from '../http/sign-in-throttle'

/** Lines after which the file is written anew with one line a subject. */
const MAX_LINES = 2 * MAX_REMEMBERED

/**
 * Keeps failures of signing in as lines of a file in the data folder, so that neither a restart nor a kill gives a
 * guesser new guesses. Accounts and addresses stand in it as keyed hashes: it tells nobody who tried.
 */
export class SignInFailures implements FailureKeeper {
  readonly #file: string
  #lines = 0
  #isSilent = false

  /** @param secret key of the hashes; with another one all is forgotten */
  constructor(
    dataDir: string,
    readonly secret: string,
    readonly say: (line: string) => void,
    readonly now: () => number = Date.now,
  ) {
    this.#file = join(dataDir, 'sign-in-failures.jsonl')
  }

  nameOf(subject: string): string {
    return createHmac('sha256', this.secret).update(`sign-in ${subject}`).digest('base64url').slice(0, 22)
  }

  load(): Map<string, KeptFailures> {
    const kept = this.#read()
    this.#write(() => this.#compact(kept))
    return kept
  }

  keep(name: string, { failures, lastFailureAt }: KeptFailures): void {
    this.#write(() => {
      appendFileSync(this.#file, lineOf(name, { failures, lastFailureAt }), { mode: 0o600 })
      this.#lines += 1
      if (this.#lines > MAX_LINES) this.#compact(this.#read())
    })
  }

  /** The last word on each subject that still counts, the longest quiet first. */
  #read(): Map<string, KeptFailures> {
    const kept = new Map<string, KeptFailures>()
    if (!existsSync(this.#file)) return kept
    for (const line of readFileSync(this.#file, 'utf8').split('\n')) {
      const entry = parse(line)
      if (!entry) continue
      const [name, failures, lastFailureAt] = entry
      kept.delete(name)
      if (failures > 0 && this.now() - lastFailureAt < MEMORY_MS) kept.set(name, { failures, lastFailureAt })
    }
    return new Map([...kept].slice(-MAX_REMEMBERED))
  }

  #compact(kept: ReadonlyMap<string, KeptFailures>): void {
    const making = `${this.#file}.making`
    writeFileSync(making, [...kept].map(([name, one]) => lineOf(name, one)).join(''), { mode: 0o600 })
    renameSync(making, this.#file)
    this.#lines = kept.size
  }

  /** A full disk keeps nobody from signing in; until the next restart failures count all the same. */
  #write(work: () => void): void {
    try {
      work()
    } catch (error) {
      if (!this.#isSilent) this.say(`failures of signing in are not kept over a restart: ${(error as Error).message}`)
      this.#isSilent = true
    }
  }
}

type Entry = [name: string, failures: number, lastFailureAt: number]

const lineOf = (name: string, { failures, lastFailureAt }: KeptFailures): string =>
  `${JSON.stringify([name, failures, lastFailureAt] satisfies Entry)}\n`

/** A line cut short by a kill says nothing. */
function parse(line: string): Entry | null {
  try {
    const [name, failures, at] = JSON.parse(line) as unknown[]
    return typeof name === 'string' && typeof failures === 'number' && typeof at === 'number' ? [name, failures, at] : null
  } catch {
    return null
  }
}
