import type { DivisionGround, DivisionWishes } from '@/algorithms/partition/division-ground'
import type { UnitGraph } from '@/algorithms/partition/unit-graph'

export const WISHES: DivisionWishes = { wholeCompounds: false, minMembers: 0, weights: { residents: 0, members: 0, special: 0 }, seed: 1 }

/** Ground of one community on a graph whose borders are metres; what is left out is plain. */
export function divisionGround(graph: UnitGraph, grid: readonly number[], own: Partial<Omit<DivisionGround, 'graph' | 'grid'>> = {}): DivisionGround {
  const size = graph.weight.length
  const grids = Math.max(0, ...grid.map((number) => number + 1))
  return {
    graph,
    savedM: new Float64Array(graph.neighbour.length),
    streetM: new Float64Array(graph.neighbour.length),
    compound: new Int32Array(size).fill(-1),
    residents: graph.weight.map((weight) => 3 * weight),
    members: new Float64Array(size).fill(1),
    special: new Float64Array(size),
    grid: Int32Array.from(grid),
    fixed: new Uint8Array(grids),
    counted: new Uint8Array(grids).fill(1),
    limits: { lower: 20, upper: 60, target: 40 },
    ...own,
  }
}
