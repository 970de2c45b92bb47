/** Calls of visitors at work at once, from all addresses: whoever signs in waits for no more than these, each of some ms. */
export const VISITORS_AT_ONCE = 32
/** Addresses remembered; the longest quiet is forgotten first. */
const MAX_REMEMBERED = 20_000

type Purpose = 'look' | 'report' | 'code'

interface Budget {
  /** What an address may spend at once. */
  readonly most: number
  /** What comes back in a second. */
  readonly perSecond: number
}

/** A compound or an office is often one address to the outside: what is enough for a house of people, and not for a machine. */
export const BUDGETS: Readonly<Record<Purpose, Budget>> = {
  look: { most: 120, perSecond: 2 },
  report: { most: 20, perSecond: 1 / 180 },
  code: { most: 60, perSecond: 0.1 },
}

interface Price {
  readonly purpose: Purpose
  readonly cost: number
  /** What is kept of the cost when the code was right. */
  readonly costWhenRight?: number
}

/** A wrong code costs six times a right one: ten at once, then one a minute. */
const CODE: Price = { purpose: 'code', cost: 6, costWhenRight: 1 }

const PRICES: Readonly<Record<string, Price>> = {
  visitor_map: { purpose: 'look', cost: 6 },
  visitor_report: { purpose: 'report', cost: 1 },
  visitor_follow: CODE,
  visitor_rate: CODE,
  visitor_reopen: CODE,
  visitor_withdraw: CODE,
}
const LOOK: Price = { purpose: 'look', cost: 1 }

interface Purse {
  left: number
  at: number
}

export interface Visit {
  /** Seconds to wait, 0 when the call may go on; it must then be ended. */
  readonly retryAfterS: number
  /** Takes a place among those at work, once the call is there whole; 0, or the seconds to wait for one. */
  enter(): number
  /** @param wasRight false where a code was wrong */
  end(wasRight: boolean): void
}

/**
 * What people who did not sign in may ask of the server, by their address and together. Not kept over a restart: a code
 * has 80 bits, and the database bounds the slips of an hour itself.
 */
export class VisitorThrottle {
  readonly #purses = new Map<string, Purse>()
  #atOnce = 0

  constructor(readonly now: () => number = Date.now) {}

  begin(name: string, address: string): Visit {
    const { purpose, cost, costWhenRight = cost } = PRICES[name] ?? LOOK
    const purse = this.#purseOf(purpose, address)
    if (purse.left < cost) {
      const retryAfterS = Math.ceil((cost - purse.left) / BUDGETS[purpose].perSecond)
      return { retryAfterS, enter: () => retryAfterS, end: () => {} }
    }
    // Paid in full beforehand: a hundred guesses sent at once must not all be at the price of right ones.
    purse.left -= cost
    let hasEntered = false
    let isOver = false
    return {
      retryAfterS: 0,
      enter: () => {
        if (this.#atOnce >= VISITORS_AT_ONCE) {
          // Nothing was done for it.
          purse.left += cost
          isOver = true
          return 1
        }
        this.#atOnce += 1
        hasEntered = true
        return 0
      },
      end: (wasRight) => {
        if (isOver) return
        isOver = true
        if (hasEntered) this.#atOnce -= 1
        if (wasRight) purse.left += cost - costWhenRight
      },
    }
  }

  #purseOf(purpose: Purpose, address: string): Purse {
    const { most, perSecond } = BUDGETS[purpose]
    const key = `${purpose} ${householdOf(address)}`
    const now = this.now()
    const purse = this.#purses.get(key) ?? { left: most, at: now }
    purse.left = Math.min(most, purse.left + (Math.max(0, now - purse.at) / 1000) * perSecond)
    purse.at = now
    this.#purses.delete(key)
    this.#purses.set(key, purse)
    if (this.#purses.size > MAX_REMEMBERED) this.#purses.delete(this.#purses.keys().next().value!)
    return purse
  }
}

/** One customer of a network has a whole /64 of addresses in IPv6. */
function householdOf(address: string): string {
  const mapped = /^::ffff:([\d.]+)$/i.exec(address)
  if (mapped) return mapped[1]!
  if (!address.includes(':')) return address
  const [head = '', tail] = address.split('%')[0]!.split('::')
  const groups = head === '' ? [] : head.split(':')
  const after = tail ? tail.split(':') : []
  const filled = tail === undefined ? groups : [...groups, ...Array<string>(Math.max(0, 8 - groups.length - after.length)).fill('0'), ...after]
  return filled.slice(0, 4).join(':')
}
