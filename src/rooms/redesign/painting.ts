import { screenCells } from '@/core/operations/assign-cells'
import type { EditNote, Finding, PlanDelta } from '@/core/plan'
import type { GridFigures } from '@/core/grid-figures'
import type { PlanGesture, PlanSession } from '@/core/plan-session'
import { placing } from './hand'
import type { Painter, PaintRule, PaintTool, RefusalCode, Stroke } from './model'
import { compoundCells } from './operations/compound-cells'
import { fillCells } from './operations/fill-cells'

/** What the painter needs of the room. */
export interface PaintingHost {
  session(): PlanSession | null
  /** Why painting is not possible now, or null. */
  blocked(): RefusalCode | null
  rule(): PaintRule
  brushPx(): number
  setBrushPx(px: number): void
  /** The stroke changed; null when it was dropped or changed nothing. */
  onStroke(stroke: Stroke | null): void
  onRefused(code: string, count: number): void
  onPick(slot: number): void
  onPickSource(slot: number): void
  onPoint(cell: number): void
}

/**
 * The hand that paints: turns cells of gestures into one provisional change of the plan, grows it, or takes parts back,
 * and keeps or drops it as a whole. Costs what is added or taken back, never what the plan holds.
 */
export function createPainter(host: PaintingHost): Painter {
  let gesture: PlanGesture | null = null
  let session: PlanSession | null = null
  let rule: PaintRule = { target: null, onlyFrom: null, stay: true }
  /** State of the plan after the stroke kept last. */
  let keptState = -1
  /** Grid that each painted cell had before the stroke, by cell index. */
  const origin = new Map<number, number>()
  const seen = new Set<number>()
  const refused = new Map<RefusalCode, number>()
  const before = new Map<string, GridFigures>()
  let findingsBefore: readonly Finding[] = []
  let households = 0

  const idOf = (slot: number): string | null => (slot < 0 ? null : session!.document.grids[slot]!.id)

  /** Cells that may go to the target; the others are counted by reason. */
  function screen(cells: readonly number[]): readonly number[] {
    const onlyFrom = rule.onlyFrom === null ? undefined : idOf(rule.onlyFrom)
    const screened = screenCells(session!, { cells, gridId: idOf(rule.target!), onlyFrom })
    for (const [code, stay] of screened.refused) refused.set(code, (refused.get(code) ?? 0) + stay.length)
    return screened.cells
  }

  function remember(slot: number): void {
    const id = idOf(slot)
    if (id !== null && !before.has(id)) before.set(id, session!.figures(slot))
  }

  /** Put cells into the target and give others back, in one delta. */
  function change(put: readonly number[], giveBack: readonly number[]): void {
    if (put.length === 0 && giveBack.length === 0) return
    const { document, context } = session!
    const ids = context.land.cellIds
    const target = idOf(rule.target!)
    if (put.length > 0) remember(rule.target!)
    for (const cell of put) remember(document.cellGrid[cell])
    const from = put.map((cell) => document.cellGrid[cell])
    const delta: PlanDelta = {
      cells: [
        ...put.map((cell, k) => ({ cell: ids[cell], from: idOf(from[k]), to: target })),
        ...giveBack.map((cell) => ({ cell: ids[cell], from: target, to: idOf(origin.get(cell)!) })),
      ],
      grids: [],
    }
    const extended = gesture!.extend(delta)
    if (!extended.ok) return host.onRefused(extended.code, delta.cells.length)
    put.forEach((cell, k) => origin.set(cell, from[k]))
    for (const cell of giveBack) origin.delete(cell)
    const count = (cells: readonly number[]) => cells.reduce((sum, cell) => sum + context.cellStats.households[cell], 0)
    households += count(put) - count(giveBack)
  }

  function strokeOf(tool: Stroke['tool'], provisional: boolean): Stroke {
    const given = new Map<string, number>()
    for (const [cell, slot] of origin) {
      const id = idOf(slot)
      if (id !== null) given.set(id, (given.get(id) ?? 0) + session!.context.cellStats.households[cell])
    }
    const target = idOf(rule.target!)
    const givers = [...given].sort((a, b) => b[1] - a[1]).map(([id]) => id)
    return {
      tool,
      provisional,
      gridIds: target === null ? givers : [target, ...givers],
      before: new Map(before),
      findingsBefore,
      cells: [...origin.keys()],
      households,
      refused: shownRefusals(),
    }
  }

  /** Staying in the community is what was asked for: what lies beyond is not spoken of, unless nothing else was touched. */
  function shownRefusals(): ReadonlyMap<RefusalCode, number> {
    const shown = new Map(refused)
    if (rule.stay && origin.size > 0) shown.delete('other_community')
    return shown
  }

  function tell(): void {
    host.onStroke(strokeOf('click', true))
  }

  function end(): void {
    gesture = null
    origin.clear()
    seen.clear()
    refused.clear()
    before.clear()
    households = 0
  }

  function noteOf(tool: PaintTool | 'assign'): EditNote {
    const grid = rule.target! >= 0 ? session!.document.grids[rule.target!] : null
    const values = { cells: origin.size, households, ...(grid ? { grid: grid.name } : {}) }
    return { key: `redesign.note.${grid ? tool : 'erase'}`, values }
  }

  const place = placing(() => host.session()!)
  const slotOf = (cell: number): number => (cell < 0 ? -1 : (host.session()?.document.cellGrid[cell] ?? -1))
  return {
    get index() {
      return place.index
    },
    toLattice: place.toLattice,
    latticePerPx: place.latticePerPx,
    brushPx: host.brushPx,
    setBrushPx: host.setBrushPx,
    begin() {
      const blocked = host.blocked()
      if (blocked) {
        host.onRefused(blocked, 1)
        return false
      }
      end()
      session = host.session()!
      rule = host.rule()
      findingsBefore = session.findings()
      gesture = session.beginGesture({ key: 'redesign.note.brush' })
      return true
    },
    add(cells) {
      if (!gesture) return
      const fresh = cells.filter((cell) => !seen.has(cell))
      if (fresh.length === 0) return
      for (const cell of fresh) seen.add(cell)
      change(screen(fresh), [])
      tell()
    },
    replace(cells) {
      if (!gesture) return
      const wanted = new Set(cells)
      const giveBack = [...origin.keys()].filter((cell) => !wanted.has(cell))
      const fresh = cells.filter((cell) => !origin.has(cell))
      refused.clear()
      change(screen(fresh), giveBack)
      tell()
    },
    keep(tool) {
      if (!gesture) return
      const stroke = strokeOf(tool, false)
      const entry = gesture.drop(noteOf(tool))
      if (entry) keptState = session!.stateId
      if (!entry && stroke.refused.size > 0) {
        const [code, count] = [...stroke.refused].sort((a, b) => b[1] - a[1])[0]
        host.onRefused(code, count)
      } else if (!entry) host.onRefused('nothing_to_do', 1)
      host.onStroke(entry ? stroke : null)
      end()
    },
    drop() {
      if (!gesture) return false
      gesture.cancel()
      end()
      host.onStroke(null)
      return true
    },
    fillFrom(cell) {
      const { document, context } = host.session()!
      return fillCells(cell, document.cellGrid, context.land.cellCommunity, context.adjacency)
    },
    compoundOf: (cell) => compoundCells(host.session()!.context, cell),
    takeBack() {
      if (session && session === host.session() && session.stateId === keptState) session.undo()
    },
    pick(cell) {
      const slot = slotOf(cell)
      if (slot >= 0) host.onPick(slot)
    },
    pickSource: (cell) => host.onPickSource(slotOf(cell)),
    point: host.onPoint,
  }
}
