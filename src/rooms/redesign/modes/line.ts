import type { EditNote, PlanDelta } from '@/core/plan'
import type { Result } from '@/core/result'
import type { GestureEvent, MapEngine } from '@/map/contracts'
import { clearMarks, drawMarks, markLine, markPoint, type Mark } from '../marks'
import type { Hand, Tool, ToolMode } from '../model'
import { nearestOnBorder } from '../operations/find-vertices'
import type { LatticePoint } from '../operations/pick-cells'
import type { Snapper } from '../snapping'

const BORDER_PX = 12
/** Least way between points of a line drawn with the button held. */
const FREE_PX = 10

/** What is done with a line. */
export interface LineAct {
  readonly tool: Tool
  /** Along streets from border to border, ended by the click on the second; else from point to point, ended by a double click or Enter. */
  readonly follows: boolean
  /** What the line would do, or why not. */
  plan(line: readonly LatticePoint[]): Result<{ readonly delta: PlanDelta; readonly note: EditNote }>
  /** A line is being drawn, or no more. */
  underway(is: boolean): void
}

/** Draw a line over the land: to cut cells, to part a grid, or to give a border another way. It shows at every move whether it goes. */
export function lineMode(hand: Hand, act: LineAct, snapper: Snapper): ToolMode {
  let map: MapEngine | null = null
  let points: LatticePoint[] = []
  /** Where clicks were: the last one is taken back with Backspace, the way to it included. */
  let clicks: number[] = []
  let isFree = false
  let said = ''

  const perPx = (event: GestureEvent): number => hand.latticePerPx(map!, event.screen)

  /** Where the pointer means, and whether that is on a border. */
  function place(event: GestureEvent): { at: LatticePoint; onBorder: boolean } {
    const unit = perPx(event)
    const at = hand.toLattice(event.at)
    const border = event.ctrl ? null : nearestOnBorder(hand.index, at, BORDER_PX * unit)
    if (border) return { at: border, onBorder: true }
    return { at: snapper.snap(at, unit, event.ctrl) ?? at, onBorder: false }
  }

  /** From the last point to this one: along streets where both lie on one, else straight. */
  function wayTo(to: LatticePoint, unit: number, straight: boolean): LatticePoint[] {
    const last = points.at(-1)
    if (!last || !act.follows || straight) return [to]
    const path = snapper.streets.path(last, to, BORDER_PX * unit)
    return path ? [...path, to].filter((point, k, all) => !isSame(point, k > 0 ? all[k - 1] : last)) : [to]
  }

  function say(code: string): void {
    if (code === said) return
    said = code
    hand.refuse(code)
  }

  function draw(line: readonly LatticePoint[], end: LatticePoint, goes: boolean): void {
    const { land } = hand.session.context
    const marks: Mark[] = line.length > 1 ? [markLine(goes ? 'drawn' : 'stuck', land, line)] : []
    for (const click of clicks) marks.push(markPoint('point', land, points[click]))
    marks.push(markPoint(goes || line.length < 2 ? 'active' : 'bad', land, end))
    drawMarks(map!, marks)
  }

  function show(event: GestureEvent): void {
    const { at, onBorder } = place(event)
    const line = [...points, ...wayTo(at, perPx(event), event.shift)]
    // A line that follows streets is whole only when it is back on a border; until then it may end anywhere.
    const isWhole = line.length > 1 && (!act.follows || onBorder)
    const planned = isWhole ? act.plan(line) : null
    say(planned && !planned.ok ? planned.code : '')
    draw(line, at, planned?.ok ?? true)
  }

  function finish(): void {
    if (points.length < 2) return say('line_short')
    const planned = act.plan(points)
    if (!planned.ok) {
      said = ''
      return say(planned.code)
    }
    if (hand.begin() && hand.put(planned.value.delta)) hand.keep(act.tool, planned.value.note)
    else hand.drop()
    clear()
  }

  function clear(): void {
    points = []
    clicks = []
    isFree = false
    act.underway(false)
    if (map) clearMarks(map)
  }

  function addPoint(event: GestureEvent): void {
    const { at, onBorder } = place(event)
    if (act.follows && points.length === 0 && !onBorder) return say('trace_begin')
    const ends = act.follows && points.length > 0 && onBorder
    for (const point of wayTo(at, perPx(event), event.shift)) if (!isSame(point, points.at(-1))) points.push(point)
    clicks.push(points.length - 1)
    act.underway(true)
    if (ends) finish()
    else show(event)
  }

  return {
    id: `redesign:${act.tool}`,
    cursor: 'crosshair',
    enter(entered) {
      map = entered
    },
    leave(left) {
      hand.drop()
      clear()
      clearMarks(left)
    },
    down(event) {
      said = ''
      if (event.taps === 2 && points.length > 1) finish()
      else addPoint(event)
    },
    move(event) {
      const last = points.at(-1)
      const at = hand.toLattice(event.at)
      if (event.pressed && last && !act.follows && Math.hypot(at.x - last.x, at.y - last.y) > FREE_PX * perPx(event)) {
        points.push(at)
        isFree = true
      }
      show(event)
    },
    up() {
      if (isFree) finish()
    },
    finish,
    key(event) {
      if (event.key === 'Enter') finish()
      if (event.key !== 'Backspace' || clicks.length === 0) return
      clicks.pop()
      points = points.slice(0, (clicks.at(-1) ?? -1) + 1)
      if (points.length === 0) clear()
    },
    cancel() {
      if (points.length === 0) return false
      clear()
      return true
    },
  }
}

const isSame = (a: LatticePoint, b: LatticePoint | undefined): boolean => b !== undefined && Math.hypot(a.x - b.x, a.y - b.y) < 1
