import { compareDirections, ringArea2, ringInRing } from '@/core/rings'
import type { LandSketch, SketchArc } from './land-sketch'

interface Half {
  readonly arc: SketchArc
  readonly forward: boolean
}

interface Walk {
  readonly halves: readonly Half[]
  readonly ring: readonly number[]
  readonly area2: number
}

/**
 * Divide a cell along arcs that were laid through it, whose left and right name the cell: every face gets a cell of its own;
 * the largest keeps the id. Arcs that part nothing, as one that leads to a hole alone, are taken out again.
 * @returns ids of the faces, the cell's own first; one where nothing was divided
 */
export function divideCell(sketch: LandSketch, cellId: number, laid: readonly number[]): number[] {
  let through = [...laid]
  for (;;) {
    const faces = facesOf(sketch, cellId)
    const faceOf = new Map<string, number>()
    faces.forEach((face, k) => face.forEach(({ arc, forward }) => faceOf.set(`${arc.id} ${forward}`, k)))
    const idle = through.filter((id) => faceOf.get(`${id} true`) === faceOf.get(`${id} false`))
    if (idle.length > 0) {
      for (const id of idle) sketch.removeArc(id)
      through = through.filter((id) => !idle.includes(id))
      continue
    }
    const { communityId } = sketch.cell(cellId)!
    return faces.map((face, k) => {
      const id = k === 0 ? cellId : sketch.addCell(communityId).id
      for (const { arc, forward } of face) {
        if (forward) arc.left = id
        else arc.right = id
      }
      return id
    })
  }
}

/** Faces within a cell, the largest first, each with the halves around it and around its holes. */
function facesOf(sketch: LandSketch, cellId: number): Half[][] {
  const walks = walkAround(sketch.arcsOf(cellId).map((id) => sketch.arc(id)!), cellId)
  const outers = walks.filter(({ area2 }) => area2 > 0).sort((a, b) => b.area2 - a.area2)
  const faces = outers.map(({ halves }) => [...halves])
  for (const walk of walks) {
    if (walk.area2 > 0) continue
    // Of the rings around a hole the last is the smallest.
    const around = outers.reduce((found, outer, k) => (ringInRing(walk.ring, outer.ring) ? k : found), 0)
    faces[around]?.push(...walk.halves)
  }
  return faces
}

/** Every walk with the cell on its left. */
function walkAround(arcs: readonly SketchArc[], cellId: number): Walk[] {
  const leaving = new Map<number, Half[]>()
  const rest = new Set<Half>()
  for (const arc of arcs) {
    for (const forward of [true, false]) {
      if ((forward ? arc.left : arc.right) !== cellId) continue
      const half = { arc, forward }
      const from = forward ? arc.start : arc.end
      leaving.set(from, [...(leaving.get(from) ?? []), half])
      rest.add(half)
    }
  }
  for (const fan of leaving.values()) fan.sort((a, b) => compareDirections(...directionOf(a), ...directionOf(b)))
  const walks: Walk[] = []
  for (const first of rest) {
    const halves: Half[] = []
    const ring: number[] = []
    for (let half = first; rest.delete(half); half = onwards(leaving, half)) {
      halves.push(half)
      const { xy } = half.arc
      if (half.forward) for (let p = 0; p + 2 < xy.length; p += 2) ring.push(xy[p], xy[p + 1])
      else for (let p = xy.length - 2; p > 0; p -= 2) ring.push(xy[p], xy[p + 1])
    }
    ring.push(ring[0], ring[1])
    walks.push({ halves, ring, area2: ringArea2(ring) })
  }
  return walks
}

/** The first half clockwise from the way back, of those that leave where a half arrives. */
function onwards(leaving: ReadonlyMap<number, readonly Half[]>, half: Half): Half {
  const fan = leaving.get(half.forward ? half.arc.end : half.arc.start) ?? []
  const back = directionOf({ arc: half.arc, forward: !half.forward })
  let next = fan[fan.length - 1]
  for (const option of fan) if (compareDirections(...directionOf(option), ...back) < 0) next = option
  return next
}

function directionOf({ arc: { xy }, forward }: Half): [x: number, y: number] {
  const n = xy.length
  return forward ? [xy[2] - xy[0], xy[3] - xy[1]] : [xy[n - 4] - xy[n - 2], xy[n - 3] - xy[n - 1]]
}
