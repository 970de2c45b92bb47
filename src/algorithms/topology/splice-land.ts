import type { Land } from '@/core/land'
import { finishLand } from './assemble-land'
import { halfArcsOf, leftOf } from './build-half-arcs'
import { LandError } from './land-input'
import type { LandCut } from './land-input'

/** Some cells of a land, and the cut that takes their place within the same outline. */
export interface RegionCut {
  readonly cells: readonly number[]
  readonly cut: LandCut
  /** Community (of the whole land) by community of the cut; of all its cells where the cut has one. */
  readonly communities: readonly number[]
  /** Building of the whole input by building of the cut. */
  readonly inputIndex: readonly number[]
}

export interface Spliced {
  readonly land: Land
  /** Cell by former cell, −1 for those cut again. */
  readonly cellOfFormer: Int32Array
  /** Cell by region and cell of its cut. */
  readonly cellOfRegion: readonly Int32Array[]
  readonly newCells: Int32Array
}

interface ArcDraft {
  readonly xy: readonly number[]
  readonly left: number
  readonly right: number
  readonly kind: number
  readonly id: number
}

/**
 * Put region cuts in the place of the cells they replace. Arcs that no region touches are taken over with their ids; an
 * outer arc of a region is replaced by the pieces the cut has divided it into. Throws `land_inconsistent` where the outer
 * border of a cut is not made of the former arcs.
 */
export function spliceLand(former: Land, regions: readonly RegionCut[]): Spliced {
  const replaced = new Int32Array(former.cellCommunity.length).fill(-1)
  regions.forEach((region, r) => region.cells.forEach((c) => (replaced[c] = r)))
  const community: number[] = []
  const cellIds: number[] = []
  const cellOfFormer = replaced.map((r, c) => {
    if (r >= 0) return -1
    cellIds.push(former.cellIds[c])
    return community.push(former.cellCommunity[c]) - 1
  })
  const newCells: number[] = []
  const cellOfRegion = regions.map(({ cut, communities }) =>
    cut.land.cellCommunity.map((c) => {
      cellIds.push(0)
      const cell = community.push(communities[communities.length === 1 ? 0 : c]) - 1
      newCells.push(cell)
      return cell
    }))

  const arcs: ArcDraft[] = []
  /** Former outer arcs of regions: by segment "x,y;x,y" in both directions. */
  const outer = new Map<string, { arc: number; left: number; right: number }>()
  for (let k = 0; k < former.arcLeft.length; k++) {
    const left = former.arcLeft[k]
    const right = former.arcRight[k]
    const leftGone = left >= 0 && replaced[left] >= 0
    const rightGone = right >= 0 && replaced[right] >= 0
    if (leftGone && rightGone && replaced[left] === replaced[right]) continue
    const xy = former.arcXY.subarray(former.arcStart[k] * 2, former.arcStart[k + 1] * 2)
    if (!leftGone && !rightGone) {
      arcs.push({
        xy: [...xy], left: left < 0 ? -1 : cellOfFormer[left], right: right < 0 ? -1 : cellOfFormer[right],
        kind: former.arcKind[k], id: former.arcIds[k],
      })
      continue
    }
    for (let i = 0; i + 3 < xy.length; i += 2) {
      outer.set(`${xy[i]},${xy[i + 1]};${xy[i + 2]},${xy[i + 3]}`, { arc: k, left, right })
      outer.set(`${xy[i + 2]},${xy[i + 3]};${xy[i]},${xy[i + 1]}`, { arc: k, left: right, right: left })
    }
  }
  regions.forEach(({ cut }, r) => addRegion(former, cut.land, cellOfRegion[r], outer, cellOfFormer, arcs))
  return {
    land: collectLand(former, arcs, Int32Array.from(community), Int32Array.from(cellIds)),
    cellOfFormer, cellOfRegion, newCells: Int32Array.from(newCells),
  }
}

function addRegion(
  former: Land, part: Land, cellOf: Int32Array, outer: Map<string, { arc: number; left: number; right: number }>,
  cellOfFormer: Int32Array, arcs: ArcDraft[],
): void {
  const { next } = halfArcsOf(part)
  const walked = new Uint8Array(part.arcLeft.length * 2)
  const pointsOf = (h: number) => {
    const xy = part.arcXY.subarray(part.arcStart[h >> 1] * 2, part.arcStart[(h >> 1) + 1] * 2)
    const out: [number, number][] = []
    for (let i = 0; i < xy.length; i += 2) out.push([xy[i], xy[i + 1]])
    return h & 1 ? out.reverse() : out
  }
  for (let k = 0; k < part.arcLeft.length; k++) {
    if (part.arcLeft[k] < 0 || part.arcRight[k] < 0) continue
    arcs.push({
      xy: pointsOf(2 * k).flat(), left: cellOf[part.arcLeft[k]], right: cellOf[part.arcRight[k]], kind: part.arcKind[k], id: 0,
    })
  }
  for (let first = 0; first < walked.length; first++) {
    if (walked[first] || leftOf(part, first) >= 0) continue
    // One ring of the outside face, which lies on the left: its segments, and the cell on the right of each.
    const ring: { x: number; y: number; cell: number; node: boolean }[] = []
    for (let h = first; !walked[h]; h = next[h]) {
      walked[h] = 1
      const cell = cellOf[leftOf(part, h ^ 1)]
      pointsOf(h).slice(0, -1).forEach(([x, y], i) => ring.push({ x, y, cell, node: i === 0 }))
    }
    addOuterRing(former, ring, outer, cellOfFormer, arcs)
  }
}

/**
 * Divide a ring where its cell or its former arc changes. A former segment may be broken by new nodes: points that are no
 * former corners are skipped when it is looked up.
 */
function addOuterRing(
  former: Land, ring: readonly { x: number; y: number; cell: number }[],
  outer: Map<string, { arc: number; left: number; right: number }>, cellOfFormer: Int32Array, arcs: ArcDraft[],
): void {
  const n = ring.length
  const places = cornerPlaces(former, outer)
  const isCorner = ring.map((p) => places.has(`${p.x},${p.y}`))
  const start = isCorner.indexOf(true)
  if (start < 0) throw new LandError('land_inconsistent', { pass: 'splice', reason: 'ring without a former corner' })
  const source: { arc: number; left: number; right: number }[] = new Array(n)
  for (let i = 0; i < n; ) {
    const from = (start + i) % n
    let step = 1
    while (!isCorner[(from + step) % n]) step++
    const to = (from + step) % n
    const a = `${ring[from].x},${ring[from].y}`
    const b = `${ring[to].x},${ring[to].y}`
    const known = outer.get(`${a};${b}`) ?? stretchOf(former, places.get(a) as Place[], places.get(b) as Place[])
    if (!known) throw new LandError('land_inconsistent', { pass: 'splice', x: ring[from].x, y: ring[from].y })
    for (let s = 0; s < step; s++) source[(from + s) % n] = known
    i += step
  }
  const breaks = ring.map((p, i) => p.cell !== ring[(i + n - 1) % n].cell || source[i].arc !== source[(i + n - 1) % n].arc)
  let begin = breaks.indexOf(true)
  if (begin < 0) begin = 0
  for (let i = 0; i < n; ) {
    const from = (begin + i) % n
    const xy = [ring[from].x, ring[from].y]
    let step = 0
    do {
      step++
      const p = ring[(from + step) % n]
      xy.push(p.x, p.y)
    } while (i + step < n && !breaks[(from + step) % n])
    const { arc, left } = source[from]
    arcs.push({
      xy, left: left < 0 ? -1 : cellOfFormer[left], right: ring[from].cell, kind: former.arcKind[arc], id: 0,
    })
    i += step
  }
}

interface Place {
  readonly arc: number
  /** Arc point. */
  readonly at: number
}

/** Where the corners of outer arcs lie; a node lies on several arcs. */
function cornerPlaces(former: Land, outer: ReadonlyMap<string, { arc: number }>): Map<string, Place[]> {
  const places = new Map<string, Place[]>()
  for (const arc of new Set([...outer.values()].map((segment) => segment.arc))) {
    for (let at = former.arcStart[arc]; at < former.arcStart[arc + 1]; at++) {
      const key = `${former.arcXY[2 * at]},${former.arcXY[2 * at + 1]}`
      const known = places.get(key)
      if (known) known.push({ arc, at })
      else places.set(key, [{ arc, at }])
    }
  }
  return places
}

/** Corners of a wall may be passed over: the real wall runs up to 1.5 cm beside its simplified border. */
const PASSED_OVER = 4

/** The one arc on which two corners lie a few points apart. */
function stretchOf(former: Land, from: readonly Place[], to: readonly Place[]): { arc: number; left: number; right: number } | undefined {
  for (const a of from) {
    for (const b of to) {
      if (a.arc !== b.arc || a.at === b.at || Math.abs(a.at - b.at) > PASSED_OVER) continue
      const left = former.arcLeft[a.arc]
      const right = former.arcRight[a.arc]
      return a.at < b.at ? { arc: a.arc, left, right } : { arc: a.arc, left: right, right: left }
    }
  }
  return undefined
}

/** A land of loose arcs; nodes keep their id by place. */
function collectLand(former: Land, arcs: readonly ArcDraft[], cellCommunity: Int32Array, cellIds: Int32Array): Land {
  const formerNode = new Map<string, number>()
  for (let n = 0; n < former.nodeIds.length; n++) formerNode.set(`${former.nodeXY[2 * n]},${former.nodeXY[2 * n + 1]}`, former.nodeIds[n])
  const nodes = new Map<string, number>()
  const nodeXY: number[] = []
  const nodeIds: number[] = []
  const node = (x: number, y: number) => {
    const key = `${x},${y}`
    let index = nodes.get(key)
    if (index === undefined) {
      index = nodes.size
      nodes.set(key, index)
      nodeXY.push(x, y)
      nodeIds.push(formerNode.get(key) ?? 0)
    }
    return index
  }
  const arcNodes: number[] = []
  const arcStart = [0]
  const arcXY: number[] = []
  for (const { xy } of arcs) {
    arcNodes.push(node(xy[0], xy[1]), node(xy[xy.length - 2], xy[xy.length - 1]))
    for (const v of xy) arcXY.push(v)
    arcStart.push(arcXY.length / 2)
  }
  return finishLand({
    frame: former.frame, nodeIds: Int32Array.from(nodeIds), arcIds: Int32Array.from(arcs, (a) => a.id), cellIds,
    nodeXY: Int32Array.from(nodeXY), arcNodes: Int32Array.from(arcNodes), arcStart: Uint32Array.from(arcStart),
    arcXY: Int32Array.from(arcXY), arcLeft: Int32Array.from(arcs, (a) => a.left), arcRight: Int32Array.from(arcs, (a) => a.right),
    arcKind: Uint8Array.from(arcs, (a) => a.kind), cellCommunity,
  })
}
