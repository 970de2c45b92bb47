import type { EditNote, PlanDelta } from '@/core/plan'
import type { PlanSession } from '@/core/plan-session'
import { ok, type Result } from '@/core/result'
import type { LineAct } from './modes/line'
import type { MergeAct } from './modes/merge'
import { cutCells } from './operations/cut-cells'
import { mergeCells } from './operations/merge-cells'
import type { LatticePoint } from './operations/pick-cells'

type Planned = Result<{ readonly delta: PlanDelta; readonly note: EditNote }>

const noted = (planned: Result<PlanDelta>, note: (delta: PlanDelta) => EditNote): Planned =>
  planned.ok ? ok({ delta: planned.value, note: note(planned.value) }) : planned

/** Cells that are on one side of a redrawing only. */
function countOnly({ land }: PlanDelta, side: 'before' | 'after'): number {
  const other = new Set(land?.[side === 'after' ? 'before' : 'after'].cells.map(({ id }) => id))
  return land?.[side].cells.filter(({ id }) => !other.has(id)).length ?? 0
}

const whole = (line: readonly LatticePoint[]): LatticePoint[] => line.map(({ x, y }) => ({ x: Math.round(x), y: Math.round(y) }))

/** What the gestures that draw a line or choose cells do with the land. */
export function createReshapeActs(session: () => PlanSession, underway: (is: boolean) => void) {
  const cut: LineAct = {
    tool: 'cut',
    follows: false,
    underway,
    plan: (line) =>
      noted(cutCells(session(), { line: whole(line) }), (delta) => ({ key: 'redesign.note.cut', values: { cells: countOnly(delta, 'after') } })),
  }
  const merge: MergeAct = {
    underway,
    plan: (cells) =>
      noted(mergeCells(session(), { cells }), (delta) => ({ key: 'redesign.note.merge', values: { cells: countOnly(delta, 'before') + 1 } })),
  }
  return { cut, merge }
}
