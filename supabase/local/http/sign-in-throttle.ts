/** Failures in a row after which an account, or an address, is shut for `LOCK_MS`. */
export const ACCOUNT_FAILURES = 10
export const ADDRESS_FAILURES = 60

/** Failures in a row that cost nothing: people mistype. */
const FREE_FAILURES = 3
const LOCK_MS = 15 * 60_000
const MAX_DELAY_MS = 30_000
/** Failures older than this no longer count. */
export const MEMORY_MS = 60 * 60_000
/** Accounts and addresses remembered; the longest quiet is forgotten first. */
export const MAX_REMEMBERED = 20_000

/** What outlives a restart of an account's or address's failures. */
export interface KeptFailures {
  failures: number
  lastFailureAt: number
}

/** Where failures are kept over a restart. */
export interface FailureKeeper {
  /** The name an account or address is remembered by, which does not tell it. */
  nameOf(subject: string): string
  load(): Iterable<[name: string, kept: KeptFailures]>
  keep(name: string, kept: KeptFailures): void
}

interface Record extends KeptFailures {
  /** Attempts whose answer is still out; they count, or a hundred at once would all be free. */
  pending: number
}

export interface Attempt {
  /** Seconds to wait, 0 when the attempt may go on; it must then be ended by `succeed`, `fail` or `drop`. */
  retryAfterS: number
  succeed: () => void
  fail: () => void
  /** Neither right nor wrong: the server did not get as far. */
  drop: () => void
}

/**
 * Slows down the guessing of passwords per account and per address: after three failures each further one doubles the
 * wait, after ten the account is shut for 15 minutes. Whether an account exists makes no difference, and a restart of
 * the server none either.
 */
export class SignInThrottle {
  readonly #records = new Map<string, Record>()

  constructor(
    readonly keeper: FailureKeeper,
    readonly now: () => number = Date.now,
  ) {
    for (const [key, { failures, lastFailureAt }] of keeper.load()) {
      // A clock that was set back meanwhile must not lengthen a wait.
      this.#records.set(key, { failures, lastFailureAt: Math.min(lastFailureAt, now()), pending: 0 })
    }
  }

  begin(account: string, address: string): Attempt {
    const subjects = [
      { key: this.keeper.nameOf(`account ${account.trim().toLowerCase()}`), limit: ACCOUNT_FAILURES },
      { key: this.keeper.nameOf(`address ${address}`), limit: ADDRESS_FAILURES },
    ]
    const waitMs = Math.max(...subjects.map(({ key, limit }) => this.#waitMs(key, limit)))
    if (waitMs > 0) {
      const nothing = () => {}
      return { retryAfterS: Math.ceil(waitMs / 1000), succeed: nothing, fail: nothing, drop: nothing }
    }
    const records = subjects.map(({ key }) => this.#remember(key))
    for (const record of records) record.pending += 1
    let isOpen = true
    const end = (change: (record: Record, index: number) => boolean) => () => {
      if (!isOpen) return
      isOpen = false
      records.forEach((record, index) => {
        record.pending -= 1
        if (change(record, index)) this.keeper.keep(subjects[index]!.key, record)
      })
    }
    return {
      retryAfterS: 0,
      // Only the account is forgiven: one right password must not buy an address more guesses at other accounts.
      succeed: end((record, index) => {
        const isForgiven = index === 0 && record.failures > 0
        if (isForgiven) record.failures = 0
        return isForgiven
      }),
      fail: end((record) => {
        record.failures += 1
        record.lastFailureAt = this.now()
        return true
      }),
      drop: end(() => false),
    }
  }

  #waitMs(key: string, limit: number): number {
    const record = this.#records.get(key)
    if (!record) return 0
    const sinceMs = this.now() - record.lastFailureAt
    if (record.failures > 0 && sinceMs > MEMORY_MS) record.failures = 0
    if (record.failures >= limit) {
      if (sinceMs < LOCK_MS) return LOCK_MS - sinceMs
      record.failures = 0
    }
    if (record.failures + record.pending >= limit) return 1000
    const isAccount = limit === ACCOUNT_FAILURES
    if (!isAccount || record.failures < FREE_FAILURES) return 0
    return Math.min(2 ** (record.failures - FREE_FAILURES) * 1000, MAX_DELAY_MS) - sinceMs
  }

  #remember(key: string): Record {
    const record = this.#records.get(key) ?? { failures: 0, pending: 0, lastFailureAt: 0 }
    this.#records.delete(key)
    this.#records.set(key, record)
    if (this.#records.size > MAX_REMEMBERED) {
      for (const [oldest, { pending }] of this.#records) {
        if (pending > 0) continue
        this.#records.delete(oldest)
        break
      }
    }
    return record
  }
}
