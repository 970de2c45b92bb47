import type { EditNote, PlanDelta } from '@/core/plan'
import type { PlanSession } from '@/core/plan-session'
import { ok, refused, type Result } from '@/core/result'
import type { GridAttributes } from '@/core/scope'
import type { LineAct } from './modes/line'
import type { MergeAct } from './modes/merge'
import { cutCells } from './operations/cut-cells'
import { cellIndexOf } from './operations/index-cells'
import { mergeCells } from './operations/merge-cells'
import { cellAt, type LatticePoint } from './operations/pick-cells'
import { splitGridByLine } from './operations/split-grid'
import { traceBorder } from './operations/trace-border'

type Planned = Result<{ readonly delta: PlanDelta; readonly note: EditNote }>

const noted = (planned: Result<PlanDelta>, note: (delta: PlanDelta) => EditNote): Planned =>
  planned.ok ? ok({ delta: planned.value, note: note(planned.value) }) : planned

/** Cells that are on one side of a redrawing only. */
function countOnly({ land }: PlanDelta, side: 'before' | 'after'): number {
  const other = new Set(land?.[side === 'after' ? 'before' : 'after'].cells.map(({ id }) => id))
  return land?.[side].cells.filter(({ id }) => !other.has(id)).length ?? 0
}

/** So many places along a line say which grid it runs through most. */
const SAMPLES = 24

function gridUnder({ context, document }: PlanSession, line: readonly LatticePoint[]): GridAttributes | null {
  const index = cellIndexOf(context.land)
  const met = new Map<number, number>()
  const lengths = line.slice(1).map((point, k) => Math.hypot(point.x - line[k].x, point.y - line[k].y))
  const step = lengths.reduce((sum, length) => sum + length, 0) / SAMPLES
  lengths.forEach((length, k) => {
    for (let along = step / 2; along < length; along += step) {
      const share = along / length
      const cell = cellAt(index, { x: line[k].x + share * (line[k + 1].x - line[k].x), y: line[k].y + share * (line[k + 1].y - line[k].y) })
      const slot = cell < 0 ? -1 : document.cellGrid[cell]
      if (slot >= 0) met.set(slot, (met.get(slot) ?? 0) + 1)
    }
  })
  const [most] = [...met].sort((a, b) => b[1] - a[1])
  return most ? document.grids[most[0]] : null
}

/** What the gestures that draw a line or choose cells do with the land. */
export function createReshapeActs(session: () => PlanSession, underway: (is: boolean) => void) {
  const cut: LineAct = {
    tool: 'cut',
    follows: false,
    underway,
    plan: (line) =>
      noted(cutCells(session(), { line }), (delta) => ({ key: 'redesign.note.cut', values: { cells: countOnly(delta, 'after') } })),
  }
  const merge: MergeAct = {
    underway,
    plan: (cells) =>
      noted(mergeCells(session(), { cells }), (delta) => ({ key: 'redesign.note.merge', values: { cells: countOnly(delta, 'before') + 1 } })),
  }
  const trace: LineAct = {
    tool: 'trace',
    follows: true,
    underway,
    plan(path) {
      const traced = traceBorder(session(), { path })
      // The ends are on borders, so it is not points that are missing but one border that both lie on.
      return noted(!traced.ok && traced.code === 'vertex_unknown' ? refused('trace_ends') : traced, () => ({ key: 'redesign.note.trace' }))
    },
  }
  const split: LineAct = {
    tool: 'split',
    follows: false,
    underway,
    plan(line) {
      const grid = gridUnder(session(), line)
      const parted = grid ? splitGridByLine(session(), { gridId: grid.id, line }) : refused('grid_unknown')
      return noted(parted, () => ({ key: 'redesign.note.split', values: { grid: grid?.name ?? '' } }))
    },
  }
  return { cut, merge, trace, split }
}
