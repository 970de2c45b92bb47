import type { Scope } from '@/core/scope'
import type { ShownGrids } from '@/core/workspace'

/** Colour index by grid slot; `changed` when a grid that existed before has another colour now. */
export type ShownColours = Int32Array & { changed?: boolean }

const COLOURS = 6

/** True when a changed cell brought a grid beside another of the same colour, or into one without a colour. */
function clashes(scope: Scope, shown: ShownGrids, colours: Int32Array): boolean {
  const { start, neighbour } = scope.adjacency
  for (const cell of shown.changedCells ?? []) {
    const grid = shown.cellGrid[cell]
    if (grid < 0) continue
    if (colours[grid] < 0) return true
    for (let k = start[cell]; k < start[cell + 1]; k++) {
      const other = shown.cellGrid[neighbour[k]]
      if (other >= 0 && other !== grid && colours[other] === colours[grid]) return true
    }
  }
  return false
}
let kept: { scope: Scope; colours: Int32Array } | null = null

/**
 * Colours in which neighbouring grids differ. Kept from paint to paint: a grid keeps its colour unless an edit made it
 * the neighbour of one that shares it, so that painting does not make the map flicker.
 */
export function colourGridsOf(scope: Scope, shown: ShownGrids, partial: boolean): ShownColours {
  const before = partial && kept?.scope === scope ? kept.colours : null
  const count = shown.grids.length
  if (before && before.length === count && !clashes(scope, shown, before)) return before
  const neighbours: Set<number>[] = Array.from({ length: count }, () => new Set<number>())
  const { start, neighbour } = scope.adjacency
  for (let cell = 0; cell < shown.cellGrid.length; cell++) {
    const grid = shown.cellGrid[cell]
    if (grid < 0) continue
    for (let k = start[cell]; k < start[cell + 1]; k++) {
      const other = shown.cellGrid[neighbour[k]]
      if (other >= 0 && other !== grid) neighbours[grid].add(other)
    }
  }
  const colours: ShownColours = new Int32Array(count).fill(-1)
  if (before) colours.set(before.subarray(0, Math.min(before.length, count)))
  const order = [...neighbours.keys()].sort((p, q) => neighbours[q].size - neighbours[p].size || p - q)
  for (const grid of order) {
    const taken = new Set([...neighbours[grid]].map((other) => colours[other]))
    if (colours[grid] >= 0 && !taken.has(colours[grid])) continue
    // Begin at a colour of its own, so that all six are used, not the first three only.
    let colour = grid % COLOURS
    for (let tries = 0; tries < COLOURS && taken.has(colour); tries++) colour = (colour + 1) % COLOURS
    colours[grid] = colour
  }
  const changed = before !== null && before.some((colour, grid) => grid < count && colour >= 0 && colour !== colours[grid])
  kept = { scope, colours: new Int32Array(colours) }
  colours.changed = changed
  return colours
}
