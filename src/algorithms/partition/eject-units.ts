import { partsAround, type MoveState } from './move-state'

/** Ways tried at each step of a chain, cheapest first. */
const WIDTH = 5
/** Units in a chain at most. */
const LONGEST = 9
/** Moves tried for one part out of band. */
const MOST_MOVES = 4000
/** Price of a household out of band while ways are ordered, in households moved. */
const BREACH_PRICE = 3

/**
 * Bring one part into its band by a chain of moves: it gives or takes a unit (with what hangs on it) over a border, a neighbour that is out of band
 * thereby gives on, and so forth, until all parts around are no further out of band than before; of the chains found the one
 * that moves the fewest households is taken. Returns whether one was found; where not, nothing changed.
 *
 * Source: ejection chains (Glover 1996), searched by depth with bounds. Complexity O(moves tried × units of parts around).
 */
export function ejectUnits(state: MoveState, part: number): boolean {
  const { graph, today, label } = state
  const { start, neighbour, weight } = graph
  const scope = partsAround(state, [part], 3)
  const allowed = new Map(scope.map((near) => [near, near === part ? 0 : state.breachOf(near)]))
  const excess = (near: number): number => Math.max(0, state.breachOf(near) - (allowed.get(near) ?? 0))
  const chain: { units: readonly number[]; from: number; to: number }[] = []
  const inChain = new Set<number>()
  let best = null as readonly { units: readonly number[]; to: number }[] | null
  let least = Infinity
  let tried = 0
  search(0)
  for (const { units, to } of best ?? []) for (const unit of units) state.put(unit, to)
  return best !== null

  function search(moved: number): void {
    const worst = mostBroken()
    if (worst.part < 0) {
      least = moved
      best = chain.map(({ units, to }) => ({ units, to }))
      return
    }
    // Each household that moves mends at most one that is too many and one that is missing.
    if (chain.length >= LONGEST || tried >= MOST_MOVES || moved + worst.breach >= least) return
    for (const { units, to, cost } of waysFor(worst.part).slice(0, WIDTH)) {
      if (moved + cost >= least) continue
      tried++
      const from = label[units[0]]
      for (const unit of units) {
        state.put(unit, to)
        inChain.add(unit)
      }
      chain.push({ units, from, to })
      search(moved + cost)
      chain.pop()
      for (const unit of units) {
        inChain.delete(unit)
        state.put(unit, from)
      }
    }
  }

  function mostBroken(): { part: number; breach: number } {
    let worst = -1
    let breach = 0
    for (const near of scope) {
      const much = excess(near)
      if (much <= breach) continue
      breach = much
      worst = near
    }
    return { part: worst, breach }
  }

  /** Moves out of or into a part that lessen its breach, cheapest first; `cost` in households moved. */
  function waysFor(broken: number) {
    const ways: { units: readonly number[]; to: number; cost: number; score: number }[] = []
    const seen = new Set<string>()
    const offer = (unit: number, to: number): void => {
      const key = `${unit},${to}`
      if (seen.has(key) || !allowed.has(to)) return
      seen.add(key)
      const units = state.staysConnected(unit) ? [unit] : state.branchAt(unit)
      if (units.length === 0 || units.some((other) => inChain.has(other) || !state.mayGo(other, to))) return
      const from = label[unit]
      const leave = state.breachChangeOf(from, units, -1)
      const enter = state.breachChangeOf(to, units, 1)
      if ((from === broken ? leave : enter) >= 0) return
      const cost = units.reduce((sum, other) => sum + (to === today[other] ? -weight[other] : from === today[other] ? weight[other] : 0), 0)
      ways.push({ units, to, cost, score: cost + BREACH_PRICE * (leave + enter) })
    }
    for (const near of scope) {
      for (const unit of state.unitsOf[near]) {
        const isInside = label[unit] === broken
        for (let k = start[unit]; k < start[unit + 1]; k++) {
          const other = label[neighbour[k]]
          if (isInside && other !== broken) offer(unit, other)
          else if (!isInside && other === broken) offer(unit, broken)
        }
      }
    }
    return ways.sort((a, b) => a.score - b.score || a.units[0] - b.units[0] || a.to - b.to)
  }
}
