import type { PartBands } from './bound-moves'
import type { PartFloor } from './move-state'
import { labelComponents, type UnitGraph } from './unit-graph'

/** Units that go from one part to another. */
export interface StepMove {
  readonly units: readonly number[]
  readonly from: number
  readonly to: number
}

/** One step of a repair that makes sense by itself: nearly always a single move, several where they must go together. */
export interface RepairStep {
  readonly moves: readonly StepMove[]
  readonly households: number
  /** Households out of band in all parts before and after. */
  readonly breachBefore: number
  readonly breachAfter: number
}

export interface StepInput {
  readonly graph: UnitGraph
  /** Part by unit, before and after. */
  readonly from: Int32Array
  readonly to: Int32Array
  readonly bands: PartBands
  readonly floor: PartFloor
  readonly isLocked: (part: number) => boolean
}

/**
 * The way from one division to another in steps, ordered so that after each step every part hangs together that did before,
 * and each step lessens what is out of band or opens the way for one that does. Moves that turn out not to be needed are left
 * out. Steps that only make sense together (a swap) are one.
 *
 * Complexity O(steps² × units of a part).
 */
export function orderSteps(input: StepInput): RepairStep[] {
  const walk = createStepWalk(input, input.from)
  let left = dropNeedless(input, singleMoves(input))
  const steps: RepairStep[] = []
  const last = new Set<number>()
  while (left.length > 0) {
    const chosen = choose(left)
    const before = walk.breach()
    chosen.forEach(walk.apply)
    left = left.filter((move) => !chosen.includes(move))
    last.clear()
    for (const { from, to } of chosen) last.add(from).add(to)
    steps.push({
      moves: chosen,
      households: chosen.reduce((sum, { units }) => sum + units.reduce((all, unit) => all + input.graph.weight[unit], 0), 0),
      breachBefore: before,
      breachAfter: walk.breach(),
    })
  }
  return steps

  /** The move that mends most now, going on where the last one was; else the fewest moves that can be made together. */
  function choose(moves: readonly StepMove[]): readonly StepMove[] {
    let best: StepMove | null = null
    let least = Infinity
    for (const move of moves) {
      if (!walk.holds([move])) continue
      const change = walk.changeBy([move])
      // A chain is told in one go: its next move comes before a move elsewhere that mends as much.
      const score = change * 2 - (last.has(move.from) || last.has(move.to) ? 1 : 0) - (change < 0 ? 1e6 : 0)
      if (score >= least) continue
      least = score
      best = move
    }
    if (best) return [best]
    for (const first of moves) {
      for (const second of moves) if (first !== second && walk.holds([first, second])) return [first, second]
    }
    return moves
  }
}

/** Moves by giver, taker and connected set of units, in the order of units. */
function singleMoves({ graph, from, to }: StepInput): StepMove[] {
  const moves: StepMove[] = []
  const pairs = new Map<string, [number, number]>()
  from.forEach((part, unit) => part !== to[unit] && pairs.set(`${part},${to[unit]}`, [part, to[unit]]))
  for (const [giver, taker] of pairs.values()) {
    const { label, count } = labelComponents(graph, (unit) => from[unit] === giver && to[unit] === taker)
    const units: number[][] = Array.from({ length: count }, () => [])
    label.forEach((piece, unit) => piece >= 0 && units[piece].push(unit))
    for (const list of units) moves.push({ units: list, from: giver, to: taker })
  }
  return moves.sort((a, b) => a.units[0] - b.units[0])
}

/** Leave out moves without which the end is as good: lightest first, as what is light is most often in vain. */
function dropNeedless(input: StepInput, moves: StepMove[]): StepMove[] {
  const weightOf = (move: StepMove) => move.units.reduce((sum, unit) => sum + input.graph.weight[unit], 0)
  const walk = createStepWalk(input, input.to)
  const kept = new Set(moves)
  for (const move of [...moves].sort((a, b) => weightOf(a) - weightOf(b) || a.units[0] - b.units[0])) {
    const back = { units: move.units, from: move.to, to: move.from }
    if (!walk.holds([back]) || walk.changeBy([back]) > 0) continue
    // What mends a part that hung apart is needed though no household is out of band.
    if (walk.piecesWith([back]) > walk.pieces()) continue
    walk.apply(back)
    kept.delete(move)
  }
  return moves.filter((move) => kept.has(move))
}

/** A division on its way, with what is out of band and what hangs together. */
export interface StepWalk {
  /** Households out of band in all parts that are not locked, and members they lack at their price. */
  breach(): number
  /** Parts that do not hang together, counted by piece beyond the first. */
  pieces(): number
  /** All of these moves are possible now, and no part touched has more pieces after them than before, or none left. */
  holds(moves: readonly StepMove[]): boolean
  changeBy(moves: readonly StepMove[]): number
  piecesWith(moves: readonly StepMove[]): number
  readonly apply: (move: StepMove) => void
}

export function createStepWalk({ graph, bands, floor, isLocked }: StepInput, begin: Int32Array): StepWalk {
  const label = begin.slice()
  const parts = bands.lower.length
  const weight = new Float64Array(parts)
  const reserve = new Float64Array(parts)
  const unitsOf: Set<number>[] = Array.from({ length: parts }, () => new Set())
  label.forEach((part, unit) => {
    unitsOf[part].add(unit)
    weight[part] += graph.weight[unit]
    reserve[part] += floor.amount[unit]
  })

  const breachOf = (part: number): number =>
    isLocked(part)
      ? 0
      : Math.max(0, weight[part] - bands.upper[part], bands.lower[part] - weight[part]) + floor.price * Math.max(0, floor.least - reserve[part])
  const touchedBy = (moves: readonly StepMove[]) => [...new Set(moves.flatMap(({ from, to }) => [from, to]))]
  const sumOf = (list: readonly number[], of: (part: number) => number) => list.reduce((sum, part) => sum + of(part), 0)

  function put(units: readonly number[], from: number, to: number): void {
    for (const unit of units) {
      label[unit] = to
      unitsOf[from].delete(unit)
      unitsOf[to].add(unit)
      weight[from] -= graph.weight[unit]
      weight[to] += graph.weight[unit]
      reserve[from] -= floor.amount[unit]
      reserve[to] += floor.amount[unit]
    }
  }

  function piecesOf(part: number): number {
    const seen = new Set<number>()
    let count = 0
    for (const seed of unitsOf[part]) {
      if (seen.has(seed)) continue
      count++
      seen.add(seed)
      const queue = [seed]
      for (let unit = queue.pop(); unit !== undefined; unit = queue.pop()) {
        for (let k = graph.start[unit]; k < graph.start[unit + 1]; k++) {
          const next = graph.neighbour[k]
          if (label[next] !== part || seen.has(next)) continue
          seen.add(next)
          queue.push(next)
        }
      }
    }
    return count
  }

  /** What something is while the moves are made; they are taken back. */
  function during<T>(moves: readonly StepMove[], look: () => T): T {
    for (const { units, from, to } of moves) put(units, from, to)
    const seen = look()
    for (const { units, from, to } of [...moves].reverse()) put(units, to, from)
    return seen
  }

  const all = [...weight.keys()]
  const surplusPieces = () => sumOf(all, (part) => Math.max(0, piecesOf(part) - 1))
  return {
    breach: () => sumOf(all, breachOf),
    pieces: surplusPieces,
    piecesWith: (moves) => during(moves, surplusPieces),
    holds(moves) {
      if (moves.some(({ units, from }) => units.some((unit) => label[unit] !== from))) return false
      const touched = touchedBy(moves)
      const before = touched.map(piecesOf)
      return during(moves, () => touched.every((part, at) => {
        const now = piecesOf(part)
        return now > 0 && now <= Math.max(1, before[at])
      }))
    },
    changeBy(moves) {
      const touched = touchedBy(moves)
      const before = sumOf(touched, breachOf)
      return during(moves, () => sumOf(touched, breachOf)) - before
    },
    apply: ({ units, from, to }) => put(units, from, to),
  }
}
