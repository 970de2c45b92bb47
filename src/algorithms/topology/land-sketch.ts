import { arcIndexOf, arcsByCell, arcsByNode, nodeIndexOf } from '@/core/cell-contents'
import { borderOf } from '@/core/check-land-edit'
import type { ArcKind } from '@/core/land'
import type { LandEdit } from '@/core/plan'
import type { PlanContext } from '@/core/plan-context'

/** A border being redrawn; ids of nodes and cells, null is outside the land. */
export interface SketchArc {
  id: number
  start: number
  end: number
  left: number | null
  right: number | null
  kind: ArcKind
  xy: number[]
}

export interface SketchCell {
  id: number
  communityId: number
  labelX: number
  labelY: number
}

/**
 * A few borders of a land, taken off to be redrawn: nothing of the land changes, `finish` says what would. Reading costs
 * what is read, never the size of the land.
 */
export interface LandSketch {
  /** For writing; null where there is none (any more). */
  arc(id: number): SketchArc | null
  /** For reading alone. */
  peek(id: number): Readonly<Omit<SketchArc, 'xy' | 'kind'>> & { readonly xy: ArrayLike<number> }
  arcsOf(cellId: number): number[]
  arcsAt(nodeId: number): number[]
  addArc(arc: Omit<SketchArc, 'id'>): SketchArc
  removeArc(id: number): void
  nodeXY(id: number): readonly [x: number, y: number]
  moveNode(id: number, x: number, y: number): void
  addNode(x: number, y: number): number
  removeNode(id: number): void
  cell(id: number): SketchCell | null
  addCell(communityId: number): SketchCell
  removeCell(id: number): void
  /** Make a node of a point of an arc: an inner point divides the arc, whose first part keeps its id. */
  splitArc(id: number, point: number): number
  /** Cells beside the borders changed so far, before and after. */
  touchedCells(): { readonly before: Set<number>; readonly after: Set<number> }
  /** Arcs that are there afterwards and are new or run otherwise than before. */
  redrawnArcs(): SketchArc[]
  /** Arcs as they were, of those that are gone or run otherwise. */
  formerArcs(): { readonly xy: ArrayLike<number> }[]
  house(buildingId: number, from: number, to: number): void
  /** What changes on balance; nothing on either side where all is as it was. */
  finish(): LandEdit
}

/**
 * @param random where the ids of new things come from, 0 ≤ x < 1: they are below 0, and drawn anew where taken
 */
export function createLandSketch(context: PlanContext, random: () => number): LandSketch {
  const { land } = context
  const arcIndex = arcIndexOf(land)
  const nodeIndex = nodeIndexOf(land)
  const cellArcs = arcsByCell(land)
  const nodeArcs = arcsByNode(land)
  const arcs = new Map<number, SketchArc | null>()
  const nodes = new Map<number, { x: number; y: number } | null>()
  const cells = new Map<number, SketchCell | null>()
  const housed = new Map<number, { readonly from: number; readonly to: number }>()

  const formerArc = (id: number): SketchArc | null => {
    const index = arcIndex.get(id)
    if (index === undefined) return null
    const border = borderOf(land, index)
    return { ...border, kind: land.arcKind[index] as ArcKind, xy: Array.from(border.xy) }
  }
  const formerNode = (id: number) => {
    const index = nodeIndex.get(id)
    return index === undefined ? null : { x: land.nodeXY[2 * index], y: land.nodeXY[2 * index + 1] }
  }
  const formerCell = (id: number): SketchCell | null => {
    const index = context.cellIndex.get(id)
    if (index === undefined) return null
    const { cellCommunity, cellLabelXY } = land
    return { id, communityId: context.communities[cellCommunity[index]].id, labelX: cellLabelXY[2 * index], labelY: cellLabelXY[2 * index + 1] }
  }
  const drawId = (isTaken: (id: number) => boolean): number => {
    for (;;) {
      const id = -1 - Math.floor(random() * 0x7fffffff)
      if (!isTaken(id)) return id
    }
  }
  const node = (id: number) => (nodes.has(id) ? nodes.get(id)! : formerNode(id))

  const sketch: LandSketch = {
    arc(id) {
      if (!arcs.has(id)) arcs.set(id, formerArc(id))
      return arcs.get(id)!
    },
    peek(id) {
      const drawn = arcs.get(id)
      if (drawn) return drawn
      const index = arcIndex.get(id)
      if (index === undefined || drawn === null) throw new Error(`expected an arc of the land, got ${id}`)
      return borderOf(land, index)
    },
    arcsOf(cellId) {
      const index = context.cellIndex.get(cellId)
      const found: number[] = []
      if (index !== undefined) {
        for (let k = cellArcs.start[index]; k < cellArcs.start[index + 1]; k++) {
          const id = land.arcIds[cellArcs.item[k]]
          if (!arcs.has(id)) found.push(id)
        }
      }
      for (const arc of arcs.values()) if (arc && (arc.left === cellId || arc.right === cellId)) found.push(arc.id)
      return found
    },
    arcsAt(nodeId) {
      const index = nodeIndex.get(nodeId)
      const found: number[] = []
      if (index !== undefined) {
        for (let k = nodeArcs.start[index]; k < nodeArcs.start[index + 1]; k++) {
          const id = land.arcIds[nodeArcs.item[k]]
          if (!arcs.has(id)) found.push(id)
        }
      }
      for (const arc of arcs.values()) if (arc && (arc.start === nodeId || arc.end === nodeId)) found.push(arc.id)
      return found
    },
    addArc(arc) {
      const id = drawId((drawn) => arcs.has(drawn) || arcIndex.get(drawn) !== undefined)
      const added = { ...arc, id }
      arcs.set(id, added)
      return added
    },
    removeArc: (id) => void arcs.set(id, null),
    nodeXY(id) {
      const { x, y } = node(id)!
      return [x, y]
    },
    moveNode: (id, x, y) => void nodes.set(id, { x, y }),
    addNode(x, y) {
      const id = drawId((drawn) => nodes.has(drawn) || nodeIndex.get(drawn) !== undefined)
      nodes.set(id, { x, y })
      return id
    },
    removeNode: (id) => void nodes.set(id, null),
    cell(id) {
      if (!cells.has(id)) cells.set(id, formerCell(id))
      return cells.get(id)!
    },
    addCell(communityId) {
      const id = drawId((drawn) => cells.has(drawn) || context.cellIndex.get(drawn) !== undefined)
      const added = { id, communityId, labelX: 0, labelY: 0 }
      cells.set(id, added)
      return added
    },
    removeCell: (id) => void cells.set(id, null),
    splitArc(id, point) {
      const arc = sketch.arc(id)!
      const last = arc.xy.length / 2 - 1
      if (point === 0) return arc.start
      if (point === last) return arc.end
      const at = sketch.addNode(arc.xy[2 * point], arc.xy[2 * point + 1])
      sketch.addArc({ ...arc, start: at, xy: arc.xy.slice(2 * point) })
      arc.end = at
      arc.xy = arc.xy.slice(0, 2 * point + 2)
      return at
    },
    touchedCells() {
      const before = new Set<number>()
      const after = new Set<number>()
      for (const [id, arc] of arcs) {
        const former = formerArc(id)
        if (isSameArc(former, arc)) continue
        for (const side of [former?.left, former?.right]) if (side !== null && side !== undefined) before.add(side)
        for (const side of [arc?.left, arc?.right]) if (side !== null && side !== undefined) after.add(side)
      }
      return { before, after }
    },
    redrawnArcs() {
      return [...arcs.values()].filter((arc): arc is SketchArc => {
        if (!arc) return false
        const former = formerArc(arc.id)
        return !former || !isSameLine(former.xy, arc.xy)
      })
    },
    formerArcs() {
      return [...arcs].flatMap(([id, arc]) => {
        const former = formerArc(id)
        return former && !(arc && isSameLine(former.xy, arc.xy)) ? [former] : []
      })
    },
    house: (buildingId, from, to) => void housed.set(buildingId, { from, to }),
    finish() {
      const before = { nodes: [], cells: [], arcs: [], buildings: [] } as Mutable<LandEdit['before']>
      const after = { nodes: [], cells: [], arcs: [], buildings: [] } as Mutable<LandEdit['before']>
      for (const [id, is] of nodes) {
        const was = formerNode(id)
        if (was?.x === is?.x && was?.y === is?.y) continue
        if (was) before.nodes.push({ id, ...was })
        if (is) after.nodes.push({ id, ...is })
      }
      for (const [id, is] of cells) {
        const was = formerCell(id)
        if (was?.labelX === is?.labelX && was?.labelY === is?.labelY) continue
        if (was) before.cells.push(was)
        if (is) after.cells.push({ ...is })
      }
      for (const [id, is] of arcs) {
        const was = formerArc(id)
        if (isSameArc(was, is)) continue
        if (was) before.arcs.push(was)
        if (is) after.arcs.push({ ...is })
      }
      for (const [id, { from, to }] of housed) {
        if (from === to) continue
        before.buildings.push({ id, cell: from })
        after.buildings.push({ id, cell: to })
      }
      return { before, after }
    },
  }
  return sketch
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] extends readonly (infer U)[] ? U[] : T[K] }

function isSameArc(a: SketchArc | null, b: SketchArc | null): boolean {
  if (a === null || b === null) return a === b
  return (
    a.start === b.start && a.end === b.end && a.left === b.left && a.right === b.right && a.kind === b.kind &&
    isSameLine(a.xy, b.xy)
  )
}

const isSameLine = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((value, k) => value === b[k])
