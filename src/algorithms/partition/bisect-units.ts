import { cutBranch } from './cut-branch'
import type { UnitGraph } from './unit-graph'

/** Directions tried for each cut, of half a turn. */
const DIRECTIONS = 8

/**
 * First division: halve again and again by straight cuts, each half getting its share of the parts to come. What a cut
 * leaves behind disconnected goes to the other side, so every part hangs together. Of eight directions the one is taken
 * whose border is cheapest for the balance it leaves.
 *
 * @param graph connected
 * @param partCount ≥ 1, at most the number of units
 * @returns part by unit, 0 … partCount−1, each part connected and not empty
 * Complexity O(directions × n log n × log parts). Deterministic.
 */
export function bisectUnits(graph: UnitGraph, partCount: number): Int32Array {
  const size = graph.weight.length
  const label = new Int32Array(size)
  /** Units with the mark of the half being cut; the mark is its first part. */
  let nextMark = 1
  const mark = new Int32Array(size)
  const side = new Uint8Array(size)
  divide(
    Array.from({ length: size }, (_, unit) => unit),
    partCount,
    0,
    0,
  )
  return label

  function divide(units: number[], parts: number, firstPart: number, ownMark: number): void {
    if (parts === 1) {
      for (const unit of units) label[unit] = firstPart
      return
    }
    const straight = chooseCut(units, parts >> 1, parts, ownMark)
    const cut = straight ?? cutBranch(graph, units, (unit) => mark[unit] === ownMark, parts)
    const first = new Set(cut.units)
    const firstParts = cut.parts
    const firstMark = nextMark++
    const secondMark = nextMark++
    for (const unit of units) mark[unit] = first.has(unit) ? firstMark : secondMark
    divide(units.filter((unit) => first.has(unit)), firstParts, firstPart, firstMark)
    divide(units.filter((unit) => !first.has(unit)), parts - firstParts, firstPart + firstParts, secondMark)
  }

  function chooseCut(units: number[], firstParts: number, parts: number, ownMark: number) {
    const total = units.reduce((sum, unit) => sum + graph.weight[unit], 0)
    const share = (total * firstParts) / parts
    let best: number[] = []
    let bestScore = Infinity
    for (let direction = 0; direction < 2 * DIRECTIONS; direction++) {
      const first = cutAlong(units, (Math.PI * direction) / DIRECTIONS, share, firstParts, parts, ownMark)
      const score = scoreCut(units, first, share, total / parts, ownMark)
      if (first.length < firstParts || units.length - first.length < parts - firstParts || score >= bestScore) continue
      bestScore = score
      best = first
    }
    return bestScore < Infinity ? { units: best, parts: firstParts } : null
  }

  function cutAlong(units: number[], angle: number, share: number, firstParts: number, parts: number, ownMark: number): number[] {
    const dx = Math.cos(angle)
    const dy = Math.sin(angle)
    const along = (unit: number) => graph.x[unit] * dx + graph.y[unit] * dy
    const sorted = [...units].sort((a, b) => along(a) - along(b) || a - b)
    let sum = 0
    let count = 0
    while (count < sorted.length - (parts - firstParts)) {
      const next = graph.weight[sorted[count]]
      if (count >= firstParts && sum + next / 2 > share) break
      sum += next
      count++
    }
    sorted.forEach((unit, order) => (side[unit] = order < count ? 1 : 0))
    // First the strays of one side, then those of the other; after that both hang together.
    keepLargest(units, 1, ownMark)
    keepLargest(units, 0, ownMark)
    return units.filter((unit) => side[unit] === 1)
  }

  function keepLargest(units: number[], which: 0 | 1, ownMark: number): void {
    const weights: number[] = []
    const component = new Map<number, number>()
    for (const seed of units) {
      if (side[seed] !== which || component.has(seed)) continue
      const id = weights.length
      weights.push(0)
      component.set(seed, id)
      const queue = [seed]
      for (let unit = queue.pop(); unit !== undefined; unit = queue.pop()) {
        // A unit without people counts a little, so that the larger of two empty pieces is kept.
        weights[id] += graph.weight[unit] + 1e-3
        for (let k = graph.start[unit]; k < graph.start[unit + 1]; k++) {
          const next = graph.neighbour[k]
          if (mark[next] !== ownMark || side[next] !== which || component.has(next)) continue
          component.set(next, id)
          queue.push(next)
        }
      }
    }
    const largest = weights.indexOf(Math.max(...weights))
    for (const [unit, id] of component) if (id !== largest) side[unit] = which === 1 ? 0 : 1
  }

  /** Cost of the cut in mean borders, and of what the share misses in parts, the first few per cent of a part for free. */
  function scoreCut(units: number[], first: number[], share: number, partWeight: number, ownMark: number): number {
    let weight = 0
    let cut = 0
    let borders = 0
    for (const unit of units) side[unit] = 0
    for (const unit of first) side[unit] = 1
    for (const unit of first) {
      weight += graph.weight[unit]
      for (let k = graph.start[unit]; k < graph.start[unit + 1]; k++) {
        if (mark[graph.neighbour[k]] !== ownMark) continue
        borders++
        if (side[graph.neighbour[k]] === 0) cut += graph.edgeCost[k]
      }
    }
    const missed = Math.abs(weight - share) / Math.max(1, partWeight)
    return cut / (1 + borders / Math.max(1, first.length)) + 40 * Math.max(0, missed - 0.05)
  }
}
