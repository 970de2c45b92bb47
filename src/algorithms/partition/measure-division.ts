import type { DivisionGround } from './division-ground'

/** How good grids are, in sums that add up over communities. */
export interface DivisionFigures {
  /** Basic grids, and those of them in band. */
  readonly grids: number
  readonly inBand: number
  readonly inPieces: number
  /** Sum of the deviations from the target, in targets. */
  readonly deviation: number
  /** Metres of border between grids of the community, and those along streets and lanes. */
  readonly borderM: number
  readonly streetM: number
  readonly compoundsSplit: number
  readonly householdsMoved: number
  /** Grids with fewer members than asked. */
  readonly membersFew: number
}

/** Measure grids by cell against those of the ground. Complexity O(cells + borders). */
export function measureDivision(ground: DivisionGround, grid: Int32Array, minMembers: number): DivisionFigures {
  const { graph, limits } = ground
  const households = new Map<number, number>()
  const members = new Map<number, number>()
  const compoundGrids = new Map<number, { grids: Set<number>; households: number }>()
  let borderM = 0
  let streetM = 0
  let householdsMoved = 0
  grid.forEach((own, cell) => {
    households.set(own, (households.get(own) ?? 0) + graph.weight[cell])
    members.set(own, (members.get(own) ?? 0) + ground.members[cell])
    if (own !== ground.grid[cell]) householdsMoved += graph.weight[cell]
    if (ground.compound[cell] >= 0) {
      const held = compoundGrids.get(ground.compound[cell]) ?? { grids: new Set(), households: 0 }
      held.grids.add(own)
      held.households += graph.weight[cell]
      compoundGrids.set(ground.compound[cell], held)
    }
    for (let k = graph.start[cell]; k < graph.start[cell + 1]; k++) {
      if (graph.neighbour[k] < cell || grid[graph.neighbour[k]] === own) continue
      borderM += graph.edgeCost[k]
      streetM += ground.streetM[k]
    }
  })
  const isCounted = (number: number) => number >= 0 && (ground.counted[number] ?? 1) === 1
  const basic = [...households].filter(([number]) => isCounted(number))
  const isIn = (sum: number) => sum <= limits.upper && (sum >= limits.lower || basic.length === 1)
  return {
    grids: basic.length,
    inBand: basic.filter(([, sum]) => isIn(sum)).length,
    inPieces: countBroken(ground, grid),
    deviation: basic.reduce((sum, [, own]) => sum + Math.abs(own - limits.target) / limits.target, 0),
    borderM,
    streetM,
    compoundsSplit: [...compoundGrids.values()].filter((held) => held.grids.size > 1 && held.households <= limits.upper).length,
    householdsMoved,
    membersFew: basic.filter(([number]) => (members.get(number) ?? 0) < minMembers).length,
  }
}

/** Grids with more pieces than there are parts of the community's land in which they lie. */
function countBroken({ graph }: DivisionGround, grid: Int32Array): number {
  const piecesOf = (isSame: (a: number, b: number) => boolean) => {
    const label = new Int32Array(grid.length).fill(-1)
    let count = 0
    const queue: number[] = []
    for (let seed = 0; seed < grid.length; seed++) {
      if (label[seed] >= 0) continue
      label[seed] = count
      queue.push(seed)
      for (let cell = queue.pop(); cell !== undefined; cell = queue.pop()) {
        for (let k = graph.start[cell]; k < graph.start[cell + 1]; k++) {
          const next = graph.neighbour[k]
          if (label[next] >= 0 || !isSame(cell, next)) continue
          label[next] = count
          queue.push(next)
        }
      }
      count++
    }
    return label
  }
  const land = piecesOf(() => true)
  const pieces = piecesOf((a, b) => grid[a] === grid[b])
  const piecesOfGrid = new Map<number, Set<number>>()
  const partsOfGrid = new Map<number, Set<number>>()
  grid.forEach((own, cell) => {
    if (own < 0) return
    if (!piecesOfGrid.has(own)) {
      piecesOfGrid.set(own, new Set())
      partsOfGrid.set(own, new Set())
    }
    piecesOfGrid.get(own)!.add(pieces[cell])
    partsOfGrid.get(own)!.add(land[cell])
  })
  return [...piecesOfGrid].filter(([own, held]) => held.size > partsOfGrid.get(own)!.size).length
}

const NOTHING: DivisionFigures = {
  grids: 0, inBand: 0, inPieces: 0, deviation: 0, borderM: 0, streetM: 0, compoundsSplit: 0, householdsMoved: 0, membersFew: 0,
}

/** Figures of several communities together. */
export function sumFigures(list: readonly DivisionFigures[]): DivisionFigures {
  const keys = Object.keys(NOTHING) as (keyof DivisionFigures)[]
  return list.reduce<DivisionFigures>(
    (sum, next) => Object.fromEntries(keys.map((key) => [key, sum[key] + next[key]])) as unknown as DivisionFigures,
    NOTHING,
  )
}
