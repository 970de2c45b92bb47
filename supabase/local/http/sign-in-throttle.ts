/** Failures in a row after which an account, or an address, is shut for `LOCK_MS`. */
export const ACCOUNT_FAILURES = 10
export const ADDRESS_FAILURES = 60

/** Failures in a row that cost nothing: people mistype. */
const FREE_FAILURES = 3
const LOCK_MS = 15 * 60_000
const MAX_DELAY_MS = 30_000
/** Failures older than this no longer count. */
const MEMORY_MS = 60 * 60_000
/** Accounts and addresses remembered; the longest quiet is forgotten first. */
const MAX_REMEMBERED = 20_000

interface Record {
  failures: number
  /** Attempts whose answer is still out; they count, or a hundred at once would all be free. */
  pending: number
  lastFailureAt: number
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
 * wait, after ten the account is shut for 15 minutes. Whether an account exists makes no difference.
 */
export class SignInThrottle {
  readonly #records = new Map<string, Record>()

  constructor(readonly now: () => number = Date.now) {}

  begin(account: string, address: string): Attempt {
    const subjects = [
      { key: `account ${account.trim().toLowerCase()}`, limit: ACCOUNT_FAILURES },
      { key: `address ${address}`, limit: ADDRESS_FAILURES },
    ]
    const waitMs = Math.max(...subjects.map(({ key, limit }) => this.#waitMs(key, limit)))
    if (waitMs > 0) {
      const nothing = () => {}
      return { retryAfterS: Math.ceil(waitMs / 1000), succeed: nothing, fail: nothing, drop: nothing }
    }
    const records = subjects.map(({ key }) => this.#remember(key))
    for (const record of records) record.pending += 1
    let isOpen = true
    const end = (change: (record: Record, index: number) => void) => () => {
      if (!isOpen) return
      isOpen = false
      records.forEach((record, index) => {
        record.pending -= 1
        change(record, index)
      })
    }
    return {
      retryAfterS: 0,
      // Only the account is forgiven: one right password must not buy an address more guesses at other accounts.
      succeed: end((record, index) => {
        if (index === 0) record.failures = 0
      }),
      fail: end((record) => {
        record.failures += 1
        record.lastFailureAt = this.now()
      }),
      drop: end(() => {}),
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
