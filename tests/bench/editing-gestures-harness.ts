import { createPlanSession } from '@/core/create-plan-session'
import type { PlanDelta } from '@/core/plan'
import type { PlanSession } from '@/core/plan-session'
import type { Result } from '@/core/result'
import { dragBorder, holdBorder, type BorderHold } from '@/rooms/redesign/operations/drag-border'
import { findBorder } from '@/rooms/redesign/operations/find-border'
import { cellIndexOf } from '@/rooms/redesign/operations/index-cells'
import { moveVertex, placeOfVertex, type Vertex } from '@/rooms/redesign/operations/move-vertex'
import type { LatticePoint } from '@/rooms/redesign/operations/pick-cells'
import { pickFrom, randomVertex } from '../helpers/random-reshapes'
import type { EditingInstance } from './editing-instances'

const NOTE = { key: 'bench' }
/** Frames of one drag, as far as a person drags at once. */
const FRAMES = 12
const DRAG_M = 120
const NODE_DRAG_M = 12
const LATTICE_PER_M = 200

/** One drag of many frames; each frame is what happens at a move of the pointer, the last one lets go too. */
interface Drag {
  begin(): void
  frame(k: number): void
  letGo(): void
}

/** Times of the frames of drags of one sort on one land. */
export interface Dragger {
  readonly instance: EditingInstance
  /** Milliseconds of each frame at its first go, and at the best of three: what the machine does besides left out. */
  readonly times: number[]
  readonly bestTimes: number[]
  play(isTimed: boolean): void
}

function createDragger(instance: EditingInstance, makeDrag: (session: PlanSession) => () => Drag | null): Dragger {
  const session = createPlanSession({ context: instance.context, document: instance.document() })
  const next = makeDrag(session)
  const times: number[] = []
  const bestTimes: number[] = []
  const run = (drag: Drag): number[] => {
    const depth = session.steps.length
    const took: number[] = []
    for (let k = 0; k < FRAMES; k++) {
      const started = performance.now()
      if (k === 0) drag.begin()
      drag.frame(k)
      if (k === FRAMES - 1) drag.letGo()
      took.push(performance.now() - started)
    }
    while (session.steps.length > depth) session.undo()
    return took
  }
  return {
    instance,
    times,
    bestTimes,
    play(isTimed) {
      const drag = next()
      if (!drag) return
      const first = run(drag)
      if (!isTimed) return
      const [second, third] = [run(drag), run(drag)]
      times.push(...first)
      bestTimes.push(...first.map((ms, k) => Math.min(ms, second[k], third[k])))
    },
  }
}

/** What the console reads after every frame: the findings, and the figures of the grids touched. */
function read(session: PlanSession, grids: Iterable<number>): void {
  let sum = session.findings().length
  for (const slot of grids) if (session.document.grids[slot]) sum += session.figures(slot).pieces
  if (sum < 0) throw new Error('figures are never negative')
}

/** A place on a border between two grids that may be dragged, or null. */
function randomBorder(session: PlanSession, random: () => number): BorderHold | null {
  const { land } = session.context
  const cells = cellIndexOf(land)
  for (let tries = 0; tries < 1000; tries++) {
    const arc = pickFrom(land.arcIds, random)
    const [left, right] = [land.arcLeft[arc], land.arcRight[arc]]
    if (left < 0 || right < 0 || session.document.cellGrid[left] === session.document.cellGrid[right]) continue
    const p = 2 * land.arcStart[arc]
    const at = { x: (land.arcXY[p] + land.arcXY[p + 2]) / 2, y: (land.arcXY[p + 1] + land.arcXY[p + 3]) / 2 }
    const hit = findBorder(cells, session, at, 400)
    if (hit && hit.refusal === null) return holdBorder(session, cells, hit)
  }
  return null
}

/** Drag the border between two grids: cells flip by the direction of the pointer, there and on. */
export function createBorderDragger(instance: EditingInstance, random: () => number): Dragger {
  return createDragger(instance, (session) => () => {
    const grip = randomBorder(session, random)
    if (!grip) return null
    const angle = random() * 2 * Math.PI
    const reach = (DRAG_M * LATTICE_PER_M) / FRAMES
    let hold = grip
    return {
      begin() {
        hold = holdBorder(session, cellIndexOf(session.context.land), grip.hit)
        session.beginGesture(NOTE)
      },
      frame(k) {
        const to = { x: grip.hit.at.x + Math.cos(angle) * reach * (k + 1), y: grip.hit.at.y + Math.sin(angle) * reach * (k + 1) }
        const delta = borderDelta(session, hold, to)
        session.gesture!.replace(delta)
        read(session, [grip.hit.left, grip.hit.right])
      },
      letGo: () => void session.gesture!.drop(),
    }
  })
}

function borderDelta(session: PlanSession, hold: BorderHold, to: LatticePoint): PlanDelta {
  const { context, document } = session
  const halfWidth = 20 * LATTICE_PER_M
  const move = dragBorder(cellIndexOf(context.land), context.adjacency, hold, { to, halfWidth, slack: 0 })
  const [from, grid] = [move.giver, move.taker].map((slot) => document.grids[slot]?.id ?? null)
  return { cells: move.cells.map((cell) => ({ cell: context.land.cellIds[cell], from, to: grid })), grids: [] }
}

/** Drag a corner of borders; every cell around it follows, with each frame. */
export function createNodeDragger(instance: EditingInstance, random: () => number): Dragger {
  return createDragger(instance, (session) => () => {
    const vertex = movableVertex(session, random)
    if (!vertex) return null
    const from = placeOfVertex(session, vertex)!
    const angle = random() * 2 * Math.PI
    const reach = (NODE_DRAG_M * LATTICE_PER_M) / FRAMES
    return {
      begin: () => void session.beginGesture(NOTE),
      frame(k) {
        const to = { x: from.x + Math.cos(angle) * reach * (k + 1), y: from.y + Math.sin(angle) * reach * (k + 1) }
        const delta = moveVertex(session, { vertex, to })
        const change = delta.ok ? session.gesture!.extend(delta.value) : null
        read(session, change?.ok && change.value ? change.value.changedGrids : [])
      },
      letGo: () => void session.gesture!.drop(),
    }
  })
}

/** A corner that can be moved a little. */
function movableVertex(session: PlanSession, random: () => number): Vertex | null {
  for (let tries = 0; tries < 1000; tries++) {
    const vertex = randomVertex(session, random)
    const { x, y } = placeOfVertex(session, vertex)!
    if (moveVertex(session, { vertex, to: { x: x + 20, y: y + 20 } }).ok) return vertex
  }
  return null
}

/** One border dragged some way, as a delta. */
export function randomBorderDrag(session: PlanSession, random: () => number): Result<PlanDelta> {
  const hold = randomBorder(session, random)
  if (!hold) return { ok: false, code: 'border_missing' }
  const reach = random() * DRAG_M * LATTICE_PER_M
  const angle = random() * 2 * Math.PI
  const to = { x: hold.hit.at.x + Math.cos(angle) * reach, y: hold.hit.at.y + Math.sin(angle) * reach }
  const delta = borderDelta(session, hold, to)
  return delta.cells.length > 0 ? { ok: true, value: delta } : { ok: false, code: 'nothing_to_do' }
}
