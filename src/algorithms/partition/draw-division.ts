import type { SolverControl } from '../shared/solver-control'
import { choosePartCount } from './choose-part-count'
import { subGround, type Aim, type DivisionGround, type DivisionWishes, type SubGround } from './division-ground'
import { freeClusters, tieUnits, type FreeCluster } from './free-clusters'
import { matchParts } from './match-parts'
import { partitionUnits } from './partition-units'
import type { Objective } from './partition-state'
import { repairDivision } from './repair-division'
import { labelComponents, type UnitGraph } from './unit-graph'

/** How borders, deviations and loads are priced by aim; discount of borders that follow something. */
const PRICES: Readonly<Record<Exclude<Aim, 'kept'>, { deviation: number; border: number; discount: number; members: number }>> = {
  balanced: { deviation: 8, border: 0.6, discount: 1, members: 0 },
  compact: { deviation: 0.4, border: 1.5, discount: 0, members: 0 },
  streets: { deviation: 0.4, border: 1.5, discount: 1.3, members: 0 },
  members: { deviation: 0.6, border: 0.8, discount: 1, members: 1.5 },
}

export interface DrawWishes extends DivisionWishes {
  readonly aim: Aim
  /** Basic grids that may change, in all; null: as many as limits and target ask. */
  readonly count: number | null
  /** Grids that are drawn anew, the rest stays; null: all that are not fixed. */
  readonly only: readonly number[] | null
}

/**
 * Draw the grids of a community anew: parts of its free land that hang together, in band where its households allow, by one
 * of several aims. Each part keeps the grid it has most in common with. With `only` some grids are drawn anew among
 * themselves, beginning with what they are.
 *
 * @returns grid by cell: numbers of the ground's grids, and beyond them for new ones
 * Deterministic for a seed.
 */
export function drawDivision(ground: DivisionGround, wishes: DrawWishes, control: SolverControl = {}): Int32Array {
  if (wishes.aim === 'kept') return repairDivision(ground, wishes, control).grid
  const isFree = (grid: number) => (wishes.only ? wishes.only.includes(grid) : grid < 0 || ground.fixed[grid] === 0)
  const free = [...ground.grid.keys()].filter((cell) => isFree(ground.grid[cell]))
  if (free.length === 0) return ground.grid
  const price = PRICES[wishes.aim]
  const clusters = freeClusters(ground, free)
  const grounds = clusters.map(({ cells }) => subGround(ground, cells, price.discount, wishes.wholeCompounds ? ground.compound : null))
  const counts = wishes.only ? ownCounts(ground, clusters, wishes.only) : shareCounts(ground, grounds, wishes.count)
  const label = new Int32Array(free.length ? ground.grid.length : 0).fill(-1)
  let parts = 0
  grounds.forEach((part, at) => {
    const linked = tieUnits(part, clusters[at])
    const count = Math.min(counts[at], linked.weight.length)
    const found = partitionUnits(linked, count, ground.limits, wishes.seed, {
      objective: objectiveOf(ground, part, wishes, price),
      first: wishes.only ? ownParts(ground, part, linked, count) : undefined,
    }, {
      signal: control.signal,
      onProgress: (share, pass) => control.onProgress?.((at + share) / grounds.length, pass),
    })
    part.cells.forEach((cell, unit) => (label[cell] = parts + found[part.unitOf[unit]]))
    parts += count
  })
  const open = wishes.only ?? [...ground.fixed.keys()].filter((grid) => ground.fixed[grid] === 0)
  const gridOf = matchParts(label, parts, ground.grid, open, ground.graph.weight, ground.fixed.length)
  return ground.grid.map((grid, cell) => (label[cell] < 0 ? grid : gridOf[label[cell]]))
}

function objectiveOf(ground: DivisionGround, part: SubGround, wishes: DrawWishes, price: (typeof PRICES)['balanced']): Objective {
  const load = (amount: Float64Array, weight: number, least: number) => ({ amount: part.sumOf(amount), weight, least })
  const { weights, minMembers } = wishes
  return {
    deviation: price.deviation,
    border: price.border,
    loads: [
      load(ground.residents, weights.residents, 0),
      load(ground.special, weights.special, 0),
      load(ground.members, weights.members + price.members, minMembers),
    ].filter(({ weight, least }) => weight > 0 || least > 0),
  }
}

/** Numbers of parts by cluster: by band and target each, or so many in all, the larger remainder first. */
function shareCounts({ limits }: DivisionGround, grounds: readonly SubGround[], count: number | null): number[] {
  const totals = grounds.map(({ graph }) => graph.weight.reduce((sum, weight) => sum + weight, 0))
  if (count === null) return grounds.map(({ graph }, at) => choosePartCount(totals[at], limits, graph.weight.length))
  const all = totals.reduce((sum, total) => sum + total, 0)
  const shares = totals.map((total) => (all > 0 ? (count * total) / all : count / totals.length))
  const counts = shares.map((share) => Math.max(1, Math.floor(share)))
  for (let left = count - counts.reduce((sum, own) => sum + own, 0); left > 0; left--) {
    const gaps = shares.map((share, at) => share - counts[at])
    counts[gaps.indexOf(Math.max(...gaps))]++
  }
  return counts
}

/** Chosen grids by the cluster in which most of their households lie. */
function ownCounts(ground: DivisionGround, clusters: readonly FreeCluster[], only: readonly number[]): number[] {
  const counts = clusters.map(() => 0)
  for (const grid of only) {
    const held = clusters.map(({ cells }) => cells.reduce((sum, cell) => sum + (ground.grid[cell] === grid ? 1 + ground.graph.weight[cell] : 0), 0))
    counts[held.indexOf(Math.max(...held))]++
  }
  return counts.map((count) => Math.max(1, count))
}

/** What the chosen grids are now, as parts; undefined where compounds kept whole or pieces do not leave them connected. */
function ownParts(ground: DivisionGround, part: SubGround, graph: UnitGraph, count: number): Int32Array | undefined {
  const numbers = new Map<number, number>()
  const label = new Int32Array(graph.weight.length).fill(-1)
  const most = new Float64Array(graph.weight.length).fill(-1)
  part.cells.forEach((cell, at) => {
    const unit = part.unitOf[at]
    if (ground.graph.weight[cell] <= most[unit]) return
    most[unit] = ground.graph.weight[cell]
    if (!numbers.has(ground.grid[cell])) numbers.set(ground.grid[cell], numbers.size)
    label[unit] = numbers.get(ground.grid[cell])!
  })
  if (numbers.size !== count) return undefined
  for (let own = 0; own < count; own++) if (labelComponents(graph, (unit) => label[unit] === own).count !== 1) return undefined
  return label
}
