import type { Highs } from 'highs'
import type { SolverControl } from '../shared/solver-control'
import { certifyCompactness, EXACT_PARTS, EXACT_UNITS } from './certify-compactness'
import { subGround, type DivisionGround } from './division-ground'
import { freeClusters, tieUnits } from './free-clusters'
import { matchParts } from './match-parts'
import { labelComponents } from './unit-graph'

export interface CertifiedDivision {
  /** `unfit`: too large, or not one connected piece of land; see `certifyCompactness` for the others. */
  readonly status: 'optimal' | 'bounded' | 'infeasible' | 'unfit'
  readonly units: number
  readonly grids: number
  /** By how much the division asked about may be less compact than the best there can be, per cent; 0 where none is better. */
  readonly gapPct: number
  /** Grid by cell of a more compact division in band, null where none was found. */
  readonly better: Int32Array | null
}

export interface CertifyWishes {
  /** Compounds stay whole; only where the division asked about does so too. */
  readonly wholeCompounds: boolean
  /** Grids that were drawn anew; null: all that may change. */
  readonly only: readonly number[] | null
  readonly seconds: number
}

/** How compact the free grids of a community are beside the most compact there can be, proven. */
export function certifyDivision(highs: Highs, ground: DivisionGround, grid: Int32Array, wishes: CertifyWishes, control: SolverControl = {}): CertifiedDivision {
  const isFree = (number: number) => (wishes.only ? wishes.only.includes(number) : number < 0 || (ground.fixed[number] ?? 0) === 0)
  const free = [...grid.keys()].filter((cell) => isFree(grid[cell]))
  const numbers = [...new Set(free.map((cell) => grid[cell]))].sort((a, b) => a - b)
  const group = wishes.wholeCompounds && keepsWhole(ground, grid, free) ? ground.compound : null
  const unfit = (units: number): CertifiedDivision => ({ status: 'unfit', units, grids: numbers.length, gapPct: 0, better: null })
  const clusters = freeClusters(ground, free)
  if (clusters.length !== 1) return unfit(free.length)
  const part = subGround(ground, clusters[0].cells, 0, group)
  const graph = tieUnits(part, clusters[0])
  const units = graph.weight.length
  const label = new Int32Array(units)
  part.cells.forEach((cell, at) => (label[part.unitOf[at]] = numbers.indexOf(grid[cell])))
  const hangTogether = numbers.every((_, own) => labelComponents(graph, (unit) => label[unit] === own).count === 1)
  if (units > EXACT_UNITS || numbers.length > EXACT_PARTS || numbers.length < 2 || !hangTogether) return unfit(units)

  const found = certifyCompactness(highs, { graph, label, parts: numbers.length, limits: ground.limits, seconds: wishes.seconds }, control)
  const gapPct = found.bound > 0 ? Math.max(0, (100 * (found.moment - found.bound)) / found.bound) : 0
  const isBetter = found.bestMoment < found.moment * (1 - 1e-6) || (found.best !== label && found.bestMoment < Infinity)
  if (!isBetter) return { status: found.status, units, grids: numbers.length, gapPct, better: null }
  const parts = new Int32Array(grid.length).fill(-1)
  part.cells.forEach((cell, at) => (parts[cell] = found.best[part.unitOf[at]]))
  const open = [...ground.fixed.keys()].filter((number) => isFree(number))
  const gridOf = matchParts(parts, numbers.length, ground.grid, open, ground.graph.weight, ground.fixed.length)
  return { status: found.status, units, grids: numbers.length, gapPct, better: grid.map((own, cell) => (parts[cell] < 0 ? own : gridOf[parts[cell]])) }
}

/** No compound that is to stay together lies in two grids. */
function keepsWhole({ compound }: DivisionGround, grid: Int32Array, free: readonly number[]): boolean {
  const first = new Map<number, number>()
  return free.every((cell) => {
    if (compound[cell] < 0) return true
    if (!first.has(compound[cell])) first.set(compound[cell], grid[cell])
    return first.get(compound[cell]) === grid[cell]
  })
}
