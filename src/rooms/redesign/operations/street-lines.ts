import Flatbush from 'flatbush'
import { toLattice, type LandFrame } from '@/core/land-frame'
import type { Scope } from '@/core/scope'
import { nearestOnLeg, type OnLeg } from './nearest-on-leg'
import type { LatticePoint } from './pick-cells'

/** Streets as a net, for snapping and for following. Made once a scope. */
export interface StreetLines {
  /** The place on a street within reach that is nearest, its corners before its legs; null where there is none. */
  snap(at: LatticePoint, reach: number): LatticePoint | null
  /** The way along streets from one place to another, both within reach of one; null where none leads there. */
  path(from: LatticePoint, to: LatticePoint, reach: number): LatticePoint[] | null
}

/** A corner within this share of the reach is meant rather than the leg beside it. */
const CORNER_SHARE = 0.6
/** A way so many times as long as the straight line is not what was meant. */
const LONGEST_DETOUR = 4

/** O(points of streets × log). */
export function makeStreetLines(streets: Scope['streets'], frame: LandFrame): StreetLines {
  const xs: number[] = []
  const ys: number[] = []
  const vertexAt = new Map<string, number>()
  const edges: { a: number; b: number; length: number }[] = []
  const atVertex: number[][] = []
  const vertexOf = ([lng, lat]: readonly [number, number]): number => {
    const [x, y] = toLattice(frame, lng, lat).map(Math.round)
    const key = `${x},${y}`
    let vertex = vertexAt.get(key)
    if (vertex === undefined) {
      vertex = xs.length
      vertexAt.set(key, vertex)
      xs.push(x)
      ys.push(y)
      atVertex.push([])
    }
    return vertex
  }
  for (const { line } of streets) {
    for (let k = 1; k < line.length; k++) {
      const [a, b] = [vertexOf(line[k - 1]), vertexOf(line[k])]
      if (a === b) continue
      atVertex[a].push(edges.length)
      atVertex[b].push(edges.length)
      edges.push({ a, b, length: Math.hypot(xs[a] - xs[b], ys[a] - ys[b]) })
    }
  }
  const boxes = new Flatbush(Math.max(1, edges.length))
  for (const { a, b } of edges) boxes.add(Math.min(xs[a], xs[b]), Math.min(ys[a], ys[b]), Math.max(xs[a], xs[b]), Math.max(ys[a], ys[b]))
  if (edges.length === 0) boxes.add(Infinity, Infinity, Infinity, Infinity)
  boxes.finish()

  function nearest({ x, y }: LatticePoint, reach: number): (OnLeg & { edge: number }) | null {
    let best: (OnLeg & { edge: number }) | null = null
    for (const edge of boxes.search(x - reach, y - reach, x + reach, y + reach)) {
      const { a, b } = edges[edge]
      const on = nearestOnLeg({ x, y }, xs[a], ys[a], xs[b], ys[b])
      if (on.away <= (best?.away ?? reach)) best = { edge, ...on }
    }
    return best
  }

  const place = (vertex: number): LatticePoint => ({ x: xs[vertex], y: ys[vertex] })
  const between = (p: LatticePoint, q: LatticePoint): number => Math.hypot(p.x - q.x, p.y - q.y)

  return {
    snap(at, reach) {
      const on = nearest(at, reach)
      if (!on) return null
      const corner = [edges[on.edge].a, edges[on.edge].b].map(place).find((end) => between(end, at) <= reach * CORNER_SHARE)
      return corner ?? on.at
    },
    path(from, to, reach) {
      const [start, goal] = [nearest(from, reach), nearest(to, reach)]
      if (!start || !goal) return null
      if (start.edge === goal.edge) return [start.at, goal.at]
      const longest = LONGEST_DETOUR * between(start.at, goal.at)
      const { a, b } = edges[start.edge]
      const best = new Map<number, number>()
      const came = new Map<number, number>()
      const open: { vertex: number; way: number; hope: number }[] = []
      const reachVertex = (vertex: number, way: number, from_: number): void => {
        const hope = way + between(place(vertex), goal.at)
        if (way >= (best.get(vertex) ?? Infinity) || hope > longest) return
        best.set(vertex, way)
        came.set(vertex, from_)
        let at = open.length
        while (at > 0 && open[at - 1].hope < hope) at--
        open.splice(at, 0, { vertex, way, hope })
      }
      for (const end of [a, b]) reachVertex(end, between(start.at, place(end)), -1)
      const ends = edges[goal.edge]
      let found: { vertex: number; way: number } | null = null
      // The list is kept with the most hopeful last.
      for (let next = open.pop(); next && next.hope < (found?.way ?? Infinity); next = open.pop()) {
        if (next.way > best.get(next.vertex)!) continue
        if (next.vertex === ends.a || next.vertex === ends.b) {
          const way = next.way + between(place(next.vertex), goal.at)
          if (way < (found?.way ?? Infinity)) found = { vertex: next.vertex, way }
        }
        for (const edge of atVertex[next.vertex]) {
          const other = edges[edge].a === next.vertex ? edges[edge].b : edges[edge].a
          reachVertex(other, next.way + edges[edge].length, next.vertex)
        }
      }
      if (!found) return null
      const back: LatticePoint[] = [goal.at]
      for (let vertex = found.vertex; vertex >= 0; vertex = came.get(vertex)!) back.push(place(vertex))
      back.push(start.at)
      return back.reverse().filter((point, k, all) => k === 0 || between(point, all[k - 1]) > 0)
    },
  }
}
