import type { CellAdjacency, Land } from './land'
import type { LinkKind, PlanLink } from './plan'
import type { PlanContext } from './plan-context'

/** What a decree says of one cell: cells it is joined with beyond its borders, and neighbours it is parted from. */
export interface CellLink {
  readonly bridges: readonly number[]
  readonly walls: readonly number[]
}

export type CellLinks = ReadonlyMap<number, CellLink>

export const NO_LINKS: CellLinks = new Map()

/** Links by cell index; those of cells that are not there are left out. O(links). */
export function linksByCell(cellIndex: PlanContext['cellIndex'], links: readonly PlanLink[]): CellLinks {
  const byCell = new Map<number, { bridges: number[]; walls: number[] }>()
  const note = (cell: number, other: number, kind: LinkKind) => {
    if (!byCell.has(cell)) byCell.set(cell, { bridges: [], walls: [] })
    byCell.get(cell)![kind === 'bridge' ? 'bridges' : 'walls'].push(other)
  }
  for (const { cells, kind } of links) {
    const [a, b] = [cellIndex.get(cells[0]), cellIndex.get(cells[1])]
    if (a === undefined || b === undefined) continue
    note(a, b, kind)
    note(b, a, kind)
  }
  return byCell
}

interface Joined {
  readonly adjacency: CellAdjacency
  readonly links: CellLinks
}

/** Every cell that counts as joined to a cell: its neighbours but for walls, and where bridges lead. */
export function eachJoined({ adjacency, links }: Joined, cell: number, visit: (other: number) => void): void {
  const { start, neighbour } = adjacency
  const link = links.size > 0 ? links.get(cell) : undefined
  for (let k = start[cell]; k < start[cell + 1]; k++) if (!link?.walls.includes(neighbour[k])) visit(neighbour[k])
  if (link) for (const other of link.bridges) visit(other)
}

/** Neighbours as the decrees have them, for solvers; a bridge has no border. The adjacency itself where there are none. O(borders). */
export function joinedAdjacency({ adjacency, links }: Joined): CellAdjacency {
  if (links.size === 0) return adjacency
  const cellCount = adjacency.start.length - 1
  const start = new Uint32Array(cellCount + 1)
  const neighbour: number[] = []
  const borderM: number[] = []
  for (let cell = 0; cell < cellCount; cell++) {
    const lengthTo = new Map<number, number>()
    for (let k = adjacency.start[cell]; k < adjacency.start[cell + 1]; k++) lengthTo.set(adjacency.neighbour[k], adjacency.borderM[k])
    const others = new Set<number>()
    eachJoined({ adjacency, links }, cell, (other) => others.add(other))
    for (const other of [...others].sort((a, b) => a - b)) {
      neighbour.push(other)
      borderM.push(lengthTo.get(other) ?? 0)
    }
    start[cell + 1] = neighbour.length
  }
  return { start, neighbour: Int32Array.from(neighbour), borderM: Float64Array.from(borderM) }
}

/** Give the part of the community's land around a cell that cell's index as its name. O(cells of the part). */
export function labelPart(of: Joined & { readonly land: Pick<Land, 'cellCommunity'> }, seed: number, label: Int32Array): void {
  const { cellCommunity } = of.land
  const queue = [seed]
  label[seed] = seed
  for (let at = 0; at < queue.length; at++) {
    eachJoined(of, queue[at], (next) => {
      if (label[next] >= 0 || cellCommunity[next] !== cellCommunity[seed]) return
      label[next] = seed
      queue.push(next)
    })
  }
}

/** Name the parts of some communities anew, after links or land changed there. O(cells). */
export function relabelParts(
  of: Joined & { readonly land: Pick<Land, 'cellCommunity' | 'cellIds'> },
  communities: ReadonlySet<number>,
  label: Int32Array,
): void {
  const { cellCommunity, cellIds } = of.land
  for (let cell = 0; cell < cellIds.length; cell++) if (communities.has(cellCommunity[cell])) label[cell] = -1
  for (let cell = 0; cell < cellIds.length; cell++) {
    if (cellIds[cell] !== 0 && label[cell] < 0 && communities.has(cellCommunity[cell])) labelPart(of, cell, label)
  }
}
