import { describe, expect, it } from 'vitest'
import { seededRandom } from '@/algorithms/shared/seeded-random'
import { createPlanSession } from '@/core/create-plan-session'
import { assignCells } from '@/core/operations/assign-cells'
import { createGridColours } from '@/rooms/redesign/grid-colours'
import { brushCells } from '../../../helpers/random-edits'
import { makeSyntheticLand } from '../../../helpers/synthetic-land'

const land = makeSyntheticLand({ seed: 8, communities: [2, 2], cells: [12, 10], grids: [6, 5, 7, 4] })

function clashes(session: ReturnType<typeof createPlanSession>, list: Int32Array): number {
  const { start, neighbour } = land.context.adjacency
  const { cellGrid } = session.document
  let count = 0
  for (let cell = 0; cell < cellGrid.length; cell++) {
    for (let k = start[cell]; k < start[cell + 1]; k++) {
      const [a, b] = [cellGrid[cell], cellGrid[neighbour[k]]]
      if (a >= 0 && b >= 0 && a !== b && list[a] === list[b]) count++
    }
  }
  return count
}

describe('colours of grids', () => {
  it('never gives two neighbours one colour, at first and after 400 strokes; others keep theirs', () => {
    const session = createPlanSession({ context: land.context, document: land.document() })
    const colours = createGridColours(session)
    expect(clashes(session, colours.list)).toBe(0)
    const random = seededRandom(4)
    let recoloured = 0
    let whole = 0
    for (let k = 0; k < 400; k++) {
      // A stroke from a grid into its neighbour, as people paint.
      const cell = Math.floor(random() * session.document.cellGrid.length)
      const { start, neighbour } = land.context.adjacency
      const beside = [...neighbour.subarray(start[cell], start[cell + 1])].find(
        (other) => session.document.cellGrid[other] !== session.document.cellGrid[cell] && land.context.land.cellCommunity[other] === land.context.land.cellCommunity[cell],
      )
      if (beside === undefined) continue
      const gridId = session.document.grids[session.document.cellGrid[beside]]?.id ?? null
      const delta = assignCells(session, { cells: brushCells(session, cell, 1 + Math.floor(random() * 4)), gridId })
      if (!delta.ok) continue
      const before = colours.list
      const change = session.apply(delta.value, { key: 'test' })
      if (!change.ok) throw new Error(change.code)
      const changed = colours.onFlow(change.value.changedCells, change.value.changedGrids)
      recoloured += changed.length
      before.forEach((colour, slot) => changed.includes(slot) || expect(colours.list[slot]).toBe(colour))
      if (session.document.grids.some((grid, slot) => grid && session.contiguity.pieces(slot) > 1)) continue
      whole++
      expect(clashes(session, colours.list)).toBe(0)
    }
    expect(whole).toBeGreaterThan(10)
    expect(recoloured).toBeGreaterThan(0)
  })

  it('takes an undo back to neighbours that differ', () => {
    const session = createPlanSession({ context: land.context, document: land.document() })
    const colours = createGridColours(session)
    session.subscribe((change) => colours.onFlow(change.changedCells, change.changedGrids))
    const random = seededRandom(9)
    for (let k = 0; k < 60; k++) {
      const cell = Math.floor(random() * session.document.cellGrid.length)
      const slots = session.index.gridsOfCommunity(land.context.land.cellCommunity[cell])
      const delta = assignCells(session, { cells: [cell], gridId: session.document.grids[slots[k % slots.length]]!.id })
      if (delta.ok) session.apply(delta.value, { key: 'test' })
    }
    while (session.canUndo) session.undo()
    expect(clashes(session, colours.list)).toBe(0)
  })
})
