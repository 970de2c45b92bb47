import { createPlanSession } from '@/core/create-plan-session'
import { LATTICE_M, toLngLat } from '@/core/land-frame'
import type { PlanDelta } from '@/core/plan'
import type { Result } from '@/core/result'
import type { Scope } from '@/core/scope'
import type { LngLat } from '@/core/units'
import { makeGround } from '@/rooms/redesign/ground'
import { cutCells } from '@/rooms/redesign/operations/cut-cells'
import { editionDocument } from '@/rooms/redesign/operations/make-plan-document'
import { mergeCells } from '@/rooms/redesign/operations/merge-cells'
import { moveVertex } from '@/rooms/redesign/operations/move-vertex'
import type { LatticePoint } from '@/rooms/redesign/operations/pick-cells'
import { splitGridByLine } from '@/rooms/redesign/operations/split-grid'
import { traceBorder } from '@/rooms/redesign/operations/trace-border'

/** Where land can be reshaped, each in a place of its own, so that one gesture does not stand in the way of the next. */
export interface ReshapeSites {
  point: { from: LngLat; to: LngLat }
  /** From one end of the line to the other. */
  cut: readonly [LngLat, LngLat]
  merge: readonly [number, number]
  trace: { from: LngLat; over: LngLat; to: LngLat }
  split: readonly [LngLat, LngLat]
}

/** A move this long, and a cut this far beyond a cell, metres. */
const MOVE_M = 7
const BEYOND_M = 3
/** What a gesture touches lies no farther from the middle of the map than this, metres: it would lie behind a panel. */
const NEAR_M = 110
/** A pointer may miss by a pixel. */
const SLIP_M = 1

/** Look for places by trying the operations on today's plan, none of them beside these cells. */
export function findReshapeSites(scope: Scope, apart: readonly number[]): ReshapeSites {
  const { context } = makeGround(scope)
  const session = createPlanSession({ context, document: editionDocument(context, scope.current) })
  const { land } = context
  const label = (cell: number): LatticePoint => ({ x: land.cellLabelXY[2 * cell], y: land.cellLabelXY[2 * cell + 1] })
  const place = ({ x, y }: LatticePoint): LngLat => toLngLat(land.frame, x, y)
  /** Cells that a gesture changes; `used` holds those around them too. */
  const changed = new Set<number>()
  const used = new Set<number>()
  /** Both ends are seen when the map looks at the middle between them. */
  const areSeen = (a: LatticePoint, b: LatticePoint): boolean => Math.max(Math.abs(a.x - b.x), Math.abs(a.y - b.y)) * LATTICE_M < 2 * NEAR_M
  function neighboursOf(cell: number): Int32Array {
    return scope.adjacency.neighbour.subarray(scope.adjacency.start[cell], scope.adjacency.start[cell + 1])
  }
  function take(touched: readonly number[]): void {
    for (const cell of touched) {
      changed.add(cell)
      for (const one of [cell, ...neighboursOf(cell)]) used.add(one)
    }
  }
  take(apart)
  /** It goes, and a little beside too. */
  const goesAround = (at: LatticePoint, goes: (at: LatticePoint) => Result<PlanDelta>): boolean =>
    [[0, 0], [1, 1], [-1, 1]].every(([dx, dy]) => goes({ x: Math.round(at.x + (dx * SLIP_M) / LATTICE_M), y: Math.round(at.y + (dy * SLIP_M) / LATTICE_M) }).ok)

  function found<T>(what: string, look: (cell: number) => { site: T; touched: readonly number[] } | null, taken = used): T {
    for (const cell of land.cellIds.keys()) {
      const hit = taken.has(cell) ? null : look(cell)
      if (!hit) continue
      take(hit.touched)
      return hit.site
    }
    throw new Error(`expected a place where land can be reshaped: ${what}`)
  }

  const arcsOf = (cell: number): number[] =>
    [...land.arcIds.keys()].filter((arc) => (land.arcLeft[arc] === cell || land.arcRight[arc] === cell) && land.arcLeft[arc] >= 0 && land.arcRight[arc] >= 0)
  const isOwn = (arc: number): boolean => land.cellCommunity[land.arcLeft[arc]] === land.cellCommunity[land.arcRight[arc]]
  const pointOf = (p: number): LatticePoint => ({ x: land.arcXY[2 * p], y: land.arcXY[2 * p + 1] })

  const point = found('a point to move', (cell) => {
    for (const arc of arcsOf(cell).filter(isOwn)) {
      const sides = [land.arcLeft[arc], land.arcRight[arc]]
      if (sides.some((side) => used.has(side))) continue
      for (let p = land.arcStart[arc] + 1; p < land.arcStart[arc + 1] - 1; p++) {
        const from = pointOf(p)
        const vertex = { kind: 'point', arcId: land.arcIds[arc], point: p - land.arcStart[arc] } as const
        for (const [dx, dy] of [[MOVE_M, 0], [-MOVE_M, 0], [0, MOVE_M], [0, -MOVE_M]]) {
          const to = { x: from.x + dx / LATTICE_M, y: from.y + dy / LATTICE_M }
          if (goesAround(to, (at) => moveVertex(session, { vertex, to: at }))) return { site: { from: place(from), to: place(to) }, touched: sides }
        }
      }
    }
    return null
  })

  const merge = found('two cells to merge', (cell) => {
    const other = [...neighboursOf(cell)].find((one) => !used.has(one) && areSeen(label(one), label(cell)) && scope.current.cellGrid[one] === scope.current.cellGrid[cell] && mergeCells(session, { cells: [cell, one] }).ok)
    return other === undefined ? null : { site: [cell, other] as const, touched: [cell, other] }
  })

  const cut = found('a cell to cut', (cell) => {
    const { x } = label(cell)
    const ys = arcsOf(cell).flatMap((arc) => Array.from({ length: land.arcStart[arc + 1] - land.arcStart[arc] }, (_, k) => pointOf(land.arcStart[arc] + k).y))
    const ends = [Math.min(...ys) - BEYOND_M / LATTICE_M, Math.max(...ys) + BEYOND_M / LATTICE_M].map((y) => ({ x, y }))
    const goes = (at: LatticePoint) => cutCells(session, { line: ends.map(({ y }) => ({ x: Math.round(at.x), y: Math.round(y) })) })
    return areSeen(ends[0], ends[1]) && goesAround(label(cell), goes) ? { site: [place(ends[0]), place(ends[1])] as const, touched: [cell] } : null
  })

  const trace = found('a border to trace', (cell) => {
    for (const arc of arcsOf(cell).filter(isOwn)) {
      const sides = [land.arcLeft[arc], land.arcRight[arc]]
      if (sides.some((side) => used.has(side))) continue
      for (let p = land.arcStart[arc]; p < land.arcStart[arc + 1] - 1; p++) {
        const [a, b] = [pointOf(p), pointOf(p + 1)]
        const length = Math.hypot(b.x - a.x, b.y - a.y)
        if (length * LATTICE_M < 36) continue
        const at = (share: number, aside: number): LatticePoint => ({
          x: Math.round(a.x + share * (b.x - a.x) - (aside / LATTICE_M / length) * (b.y - a.y)),
          y: Math.round(a.y + share * (b.y - a.y) + (aside / LATTICE_M / length) * (b.x - a.x)),
        })
        for (const aside of [16, -16]) {
          const path = [at(0.3, 0), at(0.5, aside), at(0.7, 0)]
          if (goesAround(path[1], (over) => traceBorder(session, { path: [path[0], over, path[2]], reach: 4 }))) {
            const [from, over, to] = path.map(place)
            return { site: { from, over, to }, touched: sides }
          }
        }
      }
    }
    return null
  })

  const split = found('a grid to part', (cell) => {
    const slot = scope.current.cellGrid[cell]
    const own = slot < 0 ? [] : [...session.index.cellsOf(slot)]
    if (own.length === 0 || own.some((one) => changed.has(one))) return null
    const ys = own.flatMap((one) => arcsOf(one)).flatMap((arc) => Array.from({ length: land.arcStart[arc + 1] - land.arcStart[arc] }, (_, k) => pointOf(land.arcStart[arc] + k).y))
    const ends = [Math.min(...ys) - BEYOND_M / LATTICE_M, Math.max(...ys) + BEYOND_M / LATTICE_M]
    const goes = ({ x }: LatticePoint) =>
      splitGridByLine(session, { gridId: scope.current.grids[slot].id, line: ends.map((y) => ({ x: Math.round(x), y: Math.round(y) })) })
    if ((ends[1] - ends[0]) * LATTICE_M > 2 * NEAR_M || !goesAround(label(cell), goes)) return null
    const [start, end] = ends.map((y) => place({ x: label(cell).x, y }))
    return { site: [start, end] as const, touched: own }
  }, changed)

  return { point, cut, merge, trace, split }
}
