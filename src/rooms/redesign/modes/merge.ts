import type { EditNote, PlanDelta } from '@/core/plan'
import type { Result } from '@/core/result'
import type { MapEngine } from '@/map/contracts'
import { clearMarks, drawMarks, markCells } from '../marks'
import type { Hand, ToolMode } from '../model'
import { cellAt } from '../operations/pick-cells'

export interface MergeAct {
  /** What merging these cells would do, or why it does not go. */
  plan(cells: readonly number[]): Result<{ readonly delta: PlanDelta; readonly note: EditNote }>
  underway(is: boolean): void
}

/** Choose cells one by one, or along a drag, and make them one. */
export function mergeMode(hand: Hand, act: MergeAct): ToolMode {
  let map: MapEngine | null = null
  const chosen = new Set<number>()
  /** Cells met since the button went down: each is turned once. */
  const met = new Set<number>()

  function turn(cell: number): void {
    if (cell < 0 || met.has(cell)) return
    met.add(cell)
    if (!chosen.delete(cell)) chosen.add(cell)
    act.underway(chosen.size > 0)
    const planned = chosen.size > 1 ? act.plan([...chosen]) : null
    hand.refuse(planned && !planned.ok ? planned.code : '')
    drawMarks(map!, [markCells('flip', hand.index, chosen)])
  }

  function finish(): void {
    if (chosen.size < 2) return hand.refuse('merge_few')
    const planned = act.plan([...chosen])
    if (!planned.ok) return hand.refuse(planned.code)
    if (hand.begin() && hand.put(planned.value.delta)) hand.keep('merge', planned.value.note)
    else hand.drop()
    clear()
  }

  function clear(): void {
    chosen.clear()
    met.clear()
    act.underway(false)
    if (map) clearMarks(map)
  }

  return {
    id: 'redesign:merge',
    cursor: 'cell',
    enter(entered) {
      map = entered
    },
    leave(left) {
      hand.drop()
      clear()
      clearMarks(left)
    },
    down(event) {
      const cell = cellAt(hand.index, hand.toLattice(event.at))
      met.clear()
      // The second of two clicks ends the choice; the first took the cell.
      if (event.taps === 2) finish()
      else turn(cell)
    },
    move(event) {
      const cell = cellAt(hand.index, hand.toLattice(event.at))
      if (event.pressed) turn(cell)
      else hand.point(cell)
    },
    up() {
      met.clear()
    },
    finish,
    key(event) {
      if (event.key === 'Enter') finish()
    },
    cancel() {
      if (chosen.size === 0) return false
      clear()
      return true
    },
  }
}
