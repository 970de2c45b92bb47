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
 * Bring one part into its band by a chain of moves: it gives or takes a unit over a border, a neighbour that is out of band
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
  const chain: { unit: number; from: number; to: number }[] = []
  const inChain = new Set<number>()
  let best: readonly { unit: number; to: number }[] | null = null
  let least = Infinity
  let tried = 0
  search(0)
  for (const { unit, to } of best ?? []) state.put(unit, to)
  return best !== null

  function search(moved: number): void {
    const worst = mostBroken()
    if (worst.part < 0) {
      least = moved
      best = chain.map(({ unit, to }) => ({ unit, to }))
      return
    }
    // Each household that moves mends at most one that is too many and one that is missing.
    if (chain.length >= LONGEST || tried >= MOST_MOVES || moved + worst.breach >= least) return
    for (const { unit, to, cost } of waysFor(worst.part).slice(0, WIDTH)) {
      if (moved + cost >= least || !state.staysConnected(unit)) continue
      tried++
      const from = label[unit]
      state.put(unit, to)
      chain.push({ unit, from, to })
      inChain.add(unit)
      search(moved + cost)
      inChain.delete(unit)
      chain.pop()
      state.put(unit, from)
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
    const ways: { unit: number; to: number; cost: number; score: number }[] = []
    const seen = new Set<string>()
    const offer = (unit: number, to: number): void => {
      const key = `${unit},${to}`
      if (inChain.has(unit) || seen.has(key) || !allowed.has(to) || !state.mayGo(unit, to)) return
      seen.add(key)
      const from = label[unit]
      const mends = state.breachChange(from, unit, -1) + state.breachChange(to, unit, 1)
      if (from === broken ? state.breachChange(from, unit, -1) >= 0 : state.breachChange(to, unit, 1) >= 0) return
      const cost = to === today[unit] ? -weight[unit] : from === today[unit] ? weight[unit] : 0
      ways.push({ unit, to, cost, score: cost + BREACH_PRICE * mends })
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
    return ways.sort((a, b) => a.score - b.score || a.unit - b.unit || a.to - b.to)
  }
}
