import { nextGridCode } from '@/core/grid-codes'
import { newUuid } from '@/core/ids'
import type { GridRecord, PlanDelta } from '@/core/plan'
import { toGridRecord, type PlanState } from '@/core/plan-index'
import type { EncodedGround } from './encode-ground'

/**
 * The change that brings a plan to new grids by cell: existing grids keep id, code and name, new ones get the next free
 * code, and grids of which nothing is left are removed. O(cells of the communities).
 *
 * @param grids grid by cell of each ground, in its numbers; beyond them new grids
 */
export function divisionDelta(plan: PlanState, grounds: readonly EncodedGround[], grids: readonly Int32Array[]): PlanDelta {
  const { context, document, index } = plan
  const cells: { cell: number; from: string | null; to: string | null }[] = []
  const records: { before: GridRecord | null; after: GridRecord | null }[] = []
  const taken = new Set<string>()
  grounds.forEach(({ community, gridIds, cellIds, ground }, at) => {
    const ids = [...gridIds]
    const used = new Set(grids[at])
    for (const number of [...used].sort((a, b) => a - b)) {
      if (number < gridIds.length) continue
      const code = nextGridCode(plan, community, taken)
      taken.add(code)
      const unit = context.communities[community]
      ids[number] = newUuid()
      records.push({
        before: null,
        after: { id: ids[number], code, name: code.slice(unit.code.length), communityId: unit.id, kind: 'basic', locked: false },
      })
    }
    grids[at].forEach((number, unit) => {
      if (number === ground.grid[unit]) return
      cells.push({ cell: cellIds[unit], from: gridIds[ground.grid[unit]] ?? null, to: ids[number] ?? null })
    })
    gridIds.forEach((id, number) => {
      if (used.has(number) || ground.fixed[number] === 1) return
      records.push({ before: toGridRecord(context, document.grids[index.slotOf(id)]!), after: null })
    })
  })
  return { cells, grids: records }
}
