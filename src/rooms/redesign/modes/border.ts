import type { GestureEvent, MapEngine, ScreenPoint } from '@/map/contracts'
import { clearMarks, drawMarks, markArcs, markCells, markLine, type Mark } from '../marks'
import type { Hand, RefusalCode, ToolMode } from '../model'
import { dragBorder, holdBorder, type BorderHold, type BorderMove } from '../operations/drag-border'
import { borderRun, findBorder, type BorderHit } from '../operations/find-border'
import { cellAt, type LatticePoint } from '../operations/pick-cells'

/** Within this distance of the pointer a border is meant; a finger is broader than a pointer but begins on it. */
const REACH_PX = 12
/** Pressed and moved this far it is a drag that ends with the release; else the border hangs on the pointer. */
const DRAG_PX = 6
const SLACK_PX = 4

interface Held extends BorderHold {
  /** The border as it was. */
  readonly run: readonly number[]
  readonly pressedAt: ScreenPoint
  /** The button is down and the pointer has left the place. */
  isDrag: boolean
  /** The button is down again: its release lets go. */
  isLast: boolean
  move: BorderMove | null
}

export interface BorderModeHost {
  /** The border under the pointer, or none. */
  meet(hit: BorderHit | null): void
  /** A border hangs on the pointer, or no more. */
  underway(is: boolean): void
}

/**
 * Drag the border between two grids. A click takes hold of it and the next one lets go; or press, drag, release, as a finger
 * does. Cells follow the pointer there and back. With Alt only those that it crosses.
 */
export function borderMode(hand: Hand, host: BorderModeHost): ToolMode {
  let map: MapEngine | null = null
  let held: Held | null = null
  let met: { hit: BorderHit; run: number[]; stateId: number } | null = null
  let last: GestureEvent | null = null

  const find = (event: GestureEvent): BorderHit | null =>
    findBorder(hand.index, hand.session, hand.toLattice(event.at), REACH_PX * hand.latticePerPx(map!, event.screen))

  function look(event: GestureEvent): void {
    const hit = find(event)
    hand.point(hit ? -1 : cellAt(hand.index, hand.toLattice(event.at)))
    const { stateId } = hand.session
    const isSame = hit && met && hit.arc === met.hit.arc && stateId === met.stateId
    if (!hit && !met) return
    if (!hit) met = null
    else if (!isSame) met = { hit, run: borderRun(hand.index, hand.session, hit), stateId }
    if (isSame) return
    host.meet(hit)
    map!.setCursor(!hit ? 'crosshair' : hit.refusal === null ? 'grab' : 'not-allowed')
    drawMarks(map!, met ? [markArcs(met.hit.refusal === null ? 'run' : 'stuck', hand.index.land, met.run)] : [])
  }

  function grip(event: GestureEvent): void {
    const hit = find(event)
    if (!hit) return hand.refuse('border_missing')
    if (hit.refusal !== null) return hand.refuse(hit.refusal)
    if (!hand.begin()) return
    const run = borderRun(hand.index, hand.session, hit)
    held = { ...holdBorder(hand.session, hand.index, hit), run, pressedAt: event.screen, isDrag: false, isLast: false, move: null }
    host.meet(null)
    host.underway(true)
    met = null
    map!.setCursor('grabbing')
    pull(event)
  }

  function pull(event: GestureEvent): void {
    const hold = held!
    last = event
    const perPx = hand.latticePerPx(map!, event.screen)
    const to = hand.toLattice(event.at)
    const halfWidth = event.alt ? 0 : hand.brushPx() * perPx
    const move = dragBorder(hand.index, hand.session.context.adjacency, hold, { to, halfWidth, slack: SLACK_PX * perPx })
    const { document, context } = hand.session
    const isSame = hold.move && hold.move.giver === move.giver && hold.move.held?.count === move.held?.count && sameCells(hold.move.cells, move.cells)
    hold.move = move
    if (!isSame) {
      const [from, grid] = [move.giver, move.taker].map((slot) => (slot < 0 ? null : document.grids[slot]!.id))
      const cells = move.cells.map((cell) => ({ cell: context.land.cellIds[cell], from, to: grid }))
      const refused = new Map<RefusalCode, number>(move.held ? [[move.held.code, move.held.count]] : [])
      hand.put({ cells, grids: [] }, refused)
    }
    draw(hold, to, halfWidth)
  }

  function draw(hold: Held, to: LatticePoint, halfWidth: number): void {
    const { index } = hand
    const marks: Mark[] = [markArcs('former', index.land, hold.run)]
    if (hold.move!.cells.length > 0) marks.unshift(markCells('flip', index, hold.move!.cells))
    const [dx, dy] = [to.x - hold.hit.at.x, to.y - hold.hit.at.y]
    const length = Math.hypot(dx, dy)
    if (length > 0 && halfWidth > 0) {
      const [ax, ay] = [(-dy / length) * halfWidth, (dx / length) * halfWidth]
      marks.push(markLine('drawn', index.land, [{ x: to.x - ax, y: to.y - ay }, { x: to.x + ax, y: to.y + ay }]))
    }
    drawMarks(map!, marks)
  }

  /** Let go: what is in the air is kept as one entry. */
  function letGo(): void {
    const { move } = held!
    release()
    if (!move || move.cells.length === 0) {
      hand.drop()
      if (move?.held) hand.refuse(move.held.code, move.held.count)
      return
    }
    const { document, context } = hand.session
    const name = (slot: number): string => document.grids[slot]?.name ?? ''
    const households = move.cells.reduce((sum, cell) => sum + context.cellStats.households[cell], 0)
    const key = move.taker < 0 ? 'redesign.note.erase' : 'redesign.note.border'
    hand.keep('border', { key, values: { cells: move.cells.length, households, grid: name(move.taker), from: name(move.giver) } })
  }

  function release(): void {
    if (held) host.underway(false)
    held = null
    last = null
    if (map) {
      clearMarks(map)
      map.setCursor('crosshair')
    }
  }

  /** Undone or saved from elsewhere while it hung on the pointer: nothing is held any more. */
  function isHeld(): boolean {
    if (held && !hand.isOpen) release()
    return held !== null
  }

  return {
    id: 'redesign:border',
    cursor: 'crosshair',
    enter(entered) {
      map = entered
    },
    leave(left) {
      hand.drop()
      release()
      host.meet(null)
      clearMarks(left)
      met = null
    },
    down(event) {
      if (!isHeld()) return grip(event)
      held!.isLast = true
      pull(event)
    },
    move(event) {
      if (!isHeld()) return look(event)
      const { pressedAt } = held!
      if (event.pressed && Math.hypot(event.screen.x - pressedAt.x, event.screen.y - pressedAt.y) > DRAG_PX) held!.isDrag = true
      pull(event)
    },
    up() {
      if (isHeld() && (held!.isDrag || held!.isLast)) letGo()
    },
    cancel() {
      if (!isHeld()) return false
      release()
      return hand.drop()
    },
    key(event) {
      if (event.key === 'Enter' && isHeld()) letGo()
    },
    finish() {
      if (isHeld()) letGo()
    },
    redraw() {
      if (isHeld() && last) pull(last)
    },
  }
}

const sameCells = (a: readonly number[], b: readonly number[]): boolean => a.length === b.length && a.every((cell, k) => cell === b[k])
