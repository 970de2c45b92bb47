import type { GestureEvent, MapEngine } from '@/map/contracts'
import { clearMarks, drawMarks, markPoint, type Mark } from '../marks'
import type { Hand, ToolMode } from '../model'
import { findVertices, type Leg, type NearVertices, type PlacedVertex } from '../operations/find-vertices'
import { insertVertex, moveVertex, removeVertex, type Vertex } from '../operations/move-vertex'
import type { LatticePoint } from '../operations/pick-cells'
import type { Snapper } from '../snapping'

/** A point this near is meant; a border this near shows its points, as far as the last distance. */
const HIT_PX = 11
const SHORT_PX = 14
const LONG_PX = 90

interface Held {
  readonly vertex: Vertex
  /** Where it is by now. */
  at: LatticePoint
  /** A point was added before it was moved. */
  readonly isNew: boolean
  moved: boolean
}

/** Move, add and remove points of borders. Every cell beside a point follows it; what does not go is refused as it is dragged. */
export function pointsMode(hand: Hand, snapper: Snapper): ToolMode {
  let map: MapEngine | null = null
  let near: NearVertices | null = null
  let over: PlacedVertex | null = null
  let held: Held | null = null
  let said = ''

  const perPx = (event: GestureEvent): number => hand.latticePerPx(map!, event.screen)
  const away = (a: LatticePoint, b: LatticePoint): number => Math.hypot(a.x - b.x, a.y - b.y)

  function look(event: GestureEvent): void {
    const at = hand.toLattice(event.at)
    const unit = perPx(event)
    near = findVertices(hand.index, at, { short: SHORT_PX * unit, long: LONG_PX * unit })
    over = near.vertices.find((placed) => away(placed.at, at) <= HIT_PX * unit) ?? null
    map!.setCursor(over ? 'move' : near.leg ? 'copy' : 'crosshair')
    drawMarks(map!, marksNear(near, over))
  }

  function marksNear({ vertices, leg }: NearVertices, active: PlacedVertex | null): Mark[] {
    const { land } = hand.index
    const marks = vertices.map((placed): Mark => {
      const { vertex, at } = placed
      return markPoint(placed === active ? 'active' : vertex.kind, land, at)
    })
    if (leg && !active) marks.push(markPoint('middle', land, leg.middle))
    return marks
  }

  function say(code: string): void {
    if (said === code) return
    said = code
    hand.refuse(code)
  }

  function take(event: GestureEvent): void {
    look(event)
    said = ''
    if (over) {
      if (hand.begin()) held = { ...over, isNew: false, moved: false }
      return
    }
    const leg = near?.leg
    if (!leg) return say('no_border_here')
    const at = hand.toLattice(event.at)
    const isHandle = away(leg.middle, at) <= HIT_PX * perPx(event)
    if (isHandle || event.taps === 2) add(leg, isHandle ? leg.middle : leg.at)
  }

  function add({ arcId, segment }: Leg, place: LatticePoint): void {
    const at = whole(place)
    const added = insertVertex(hand.session, { arcId, segment, at })
    if (!added.ok) return say(added.code)
    if (hand.begin() && hand.extend(added.value)) held = { vertex: { kind: 'point', arcId, point: segment + 1 }, at, isNew: true, moved: false }
    else hand.drop()
  }

  function pull(event: GestureEvent): void {
    const hold = held!
    const pointer = hand.toLattice(event.at)
    const street = snapper.snap(pointer, perPx(event), event.ctrl)
    const to = whole(street ?? pointer)
    if (away(hold.at, to) === 0) return
    const moved = moveVertex(hand.session, { vertex: hold.vertex, to })
    const goes = moved.ok && hand.extend(moved.value)
    if (goes) {
      hold.at = to
      hold.moved = true
      said = ''
      hand.refuse('')
    } else if (!moved.ok) say(moved.code)
    drawHeld(to, goes, street !== null)
  }

  function drawHeld(to: LatticePoint, goes: boolean, leans: boolean): void {
    const { land } = hand.session.context
    const marks: Mark[] = [markPoint('active', land, held!.at)]
    if (!goes) marks.push(markPoint('bad', land, to))
    else if (leans) marks.push(markPoint('snap', land, to))
    drawMarks(map!, marks)
  }

  function letGo(event: GestureEvent): void {
    const { isNew, moved } = held!
    held = null
    if (isNew || moved) hand.keep('points', { key: isNew ? 'redesign.note.pointAdded' : 'redesign.note.points' })
    else hand.drop()
    look(event)
  }

  function remove({ vertex }: PlacedVertex): void {
    const removed = removeVertex(hand.session, { vertex })
    if (!removed.ok) {
      said = ''
      return say(removed.code)
    }
    if (hand.begin() && hand.extend(removed.value)) hand.keep('points', { key: 'redesign.note.pointRemoved' })
    else hand.drop()
    over = null
    clearMarks(map!)
  }

  return {
    id: 'redesign:points',
    cursor: 'crosshair',
    enter(entered) {
      map = entered
    },
    leave(left) {
      held = null
      near = null
      over = null
      hand.drop()
      clearMarks(left)
    },
    down(event) {
      if (!held) take(event)
    },
    move(event) {
      if (held && !hand.isOpen) held = null
      if (held) pull(event)
      else if (!event.pressed) look(event)
    },
    up(event) {
      if (held) letGo(event)
    },
    secondary(event) {
      if (held) return
      look(event)
      if (over) remove(over)
    },
    key(event) {
      if ((event.key === 'Delete' || event.key === 'Backspace') && over && !held) remove(over)
    },
    cancel() {
      if (!held) return false
      held = null
      clearMarks(map!)
      return hand.drop()
    },
  }
}

const whole = ({ x, y }: LatticePoint): LatticePoint => ({ x: Math.round(x), y: Math.round(y) })
