import { isSameGridRecord } from './delta'
import type { EditNote, GridRecord, PlanDelta } from './plan'
import type { PlanEdit } from './pending-edits'
import { toGridRecord, type PlanState } from './plan-index'
import type { Result } from './result'

/** What of an edit did not go through as it was made. */
export interface RebaseConflict {
  /** Position in the list of my edits. */
  readonly edit: number
  readonly note: EditNote
  /**
   * `cell_taken`: both moved the cell, `kept` says whose move stands. `grid_gone`: they removed the grid. `grid_changed`:
   * both changed its attributes. `grid_not_empty`: I removed a grid that they put cells into, so it stays.
   * `refused`: the rest did not fit.
   */
  readonly reason: 'cell_taken' | 'grid_gone' | 'grid_changed' | 'grid_not_empty' | 'refused'
  readonly kept: 'mine' | 'theirs'
  readonly cellIds: readonly number[]
  readonly gridIds: readonly string[]
}

type Conflict = Omit<RebaseConflict, 'edit' | 'note'>

/**
 * Replay edits on a plan that changed beneath them: each is fitted to the plan as it is and handed to `run`.
 * Complexity O(entries of the edits).
 */
export function replayEdits(
  plan: PlanState,
  edits: readonly PlanEdit[],
  prefer: 'mine' | 'theirs',
  run: (delta: PlanDelta, note: EditNote) => Result<unknown>,
): RebaseConflict[] {
  const conflicts: RebaseConflict[] = []
  edits.forEach(({ delta, note }, edit) => {
    const fitted = fitDelta(plan, delta, prefer)
    const done = run(fitted.delta, note)
    const found = done.ok ? fitted.conflicts : [refusedConflict(delta)]
    for (const conflict of found) conflicts.push({ edit, note, ...conflict })
  })
  return conflicts
}

function refusedConflict(delta: PlanDelta): Conflict {
  return {
    reason: 'refused',
    kept: 'theirs',
    cellIds: delta.cells.map(({ cell }) => cell),
    gridIds: delta.grids.map((grid) => (grid.after ?? grid.before)!.id),
  }
}

/** The delta with its `from` and `before` as the plan has them, less what cannot be done any more. */
function fitDelta(plan: PlanState, delta: PlanDelta, prefer: 'mine' | 'theirs') {
  const { context, document, index } = plan
  const conflicts: Conflict[] = []
  const grids: { before: GridRecord | null; after: GridRecord | null }[] = []
  const made = new Set<string>()
  const taken: number[] = []
  const gone = new Map<string, number[]>()

  const currentOf = (id: string) => {
    const grid = document.grids[index.slotOf(id)]
    return grid ? toGridRecord(context, grid) : null
  }
  const removals: GridRecord[] = []
  for (const { before, after } of delta.grids) {
    const id = (after ?? before)!.id
    const current = currentOf(id)
    const clash = !isSameGridRecord(before, current) && !isSameGridRecord(after, current)
    if (!after) {
      if (current) removals.push(current)
      continue
    }
    if (before && !current) {
      conflicts.push({ reason: 'grid_gone', kept: 'theirs', cellIds: [], gridIds: [id] })
      continue
    }
    if (clash) conflicts.push({ reason: 'grid_changed', kept: prefer, cellIds: [], gridIds: [id] })
    made.add(id)
    if (isSameGridRecord(after, current) || (clash && prefer === 'theirs')) continue
    grids.push({ before: current, after })
  }

  const cells: { cell: number; from: string | null; to: string | null }[] = []
  for (const { cell, from, to } of delta.cells) {
    const cellIndex = context.cellIndex.get(cell)
    if (cellIndex === undefined) continue
    const current = document.grids[document.cellGrid[cellIndex]]?.id ?? null
    if (current === to) continue
    if (to !== null && !made.has(to) && index.slotOf(to) < 0) {
      gone.set(to, [...(gone.get(to) ?? []), cell])
      continue
    }
    if (current !== from) {
      taken.push(cell)
      if (prefer === 'theirs') continue
    }
    cells.push({ cell, from: current, to })
  }
  if (taken.length > 0) conflicts.push({ reason: 'cell_taken', kept: prefer, cellIds: taken, gridIds: [] })
  for (const [id, cellIds] of gone) conflicts.push({ reason: 'grid_gone', kept: 'theirs', cellIds, gridIds: [id] })

  for (const record of removals) {
    const leaving = cells.filter(({ from }) => from === record.id).length
    const arriving = cells.some(({ to }) => to === record.id)
    if (leaving === index.cellCount(index.slotOf(record.id)) && !arriving) grids.push({ before: record, after: null })
    else conflicts.push({ reason: 'grid_not_empty', kept: 'theirs', cellIds: [], gridIds: [record.id] })
  }
  return { delta: { cells, grids }, conflicts }
}
