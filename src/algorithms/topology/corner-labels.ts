import { BlockKind } from './blocks'
import type { Blocks } from './blocks'
import type { Structures } from './classify'
import { nextInTriangle, previousInTriangle } from './triangulate'
import type { Mesh } from './triangulate'

/** No label of its own: takes part in whatever its triangle's other corners say. */
export const NEUTRAL = -1
/** Not land. */
export const OUTSIDE = -2
/** Not yet labelled. */
export const UNLABELLED = -3

/**
 * Lots: the land that belongs to each structure, and open land by sub-block. Label s < `structureCount` is structure s,
 * label `structureCount` + b is open land of sub-block b; labels after these are open land cut off from all else.
 *
 * Labels sit on the corners of triangles. A triangle whose corners differ is divided through the middles of its edges:
 * labelling whole triangles instead gave 754° of turning per 100 m of border, corners 209°.
 *
 *        c                    corner a is one lot, b and c another:
 *       / \                   the border runs from the middle of ab
 *      /   \  ← middle        to the middle of ac. Three lots meet
 *     /--.  \                 at the middle of the longest edge.
 *    a----`--b
 */
export interface Lots {
  readonly structureCount: number
  /** Sub-block in which each lot lies, −1 for a structure that is not at home on this land. Its length is the number of lots. */
  readonly subOfLot: number[]
  /** Label by corner; 3t. All three are equal where the triangle is whole. One corner of a divided one may be NEUTRAL. */
  readonly label: Int32Array
}

/** Choose for each corner the structure whose outline it lies on, if that structure is at home in this sub-block. */
export function labelCorners(mesh: Mesh, structures: Structures, blocks: Blocks): Lots {
  const label = new Int32Array(mesh.triangleCount * 3)
  const { vertexStart, vertexStructure } = structures
  const { home, kind, blockOfTriangle, subOfTriangle } = blocks
  const choice = makeChoice()
  for (let t = 0; t < mesh.triangleCount; t++) {
    const s = structures.ofTriangle[t]
    const sub = subOfTriangle[t]
    const blockKind = kind[blockOfTriangle[t]]
    if (s >= 0) {
      fill(label, t, home[s] < 0 ? OUTSIDE : s)
      continue
    }
    if (blockKind === BlockKind.outside || blockKind === BlockKind.sea) {
      fill(label, t, OUTSIDE)
      continue
    }
    if (blockKind === BlockKind.water) {
      fill(label, t, structures.count + sub)
      continue
    }
    for (let j = 0; j < 3; j++) {
      const v = mesh.corner[3 * t + j]
      choice.clear(j)
      // Odd coordinates occur on kept borders only; a middle between them would leave the lattice.
      if ((mesh.x[v] | mesh.y[v]) & 1) continue
      for (let k = vertexStart[v]; k < vertexStart[v + 1]; k++) if (home[vertexStructure[k]] === sub) choice.add(j, vertexStructure[k])
    }
    choice.settle(label, t)
  }
  const subOfLot = [...home, ...Array(blocks.subCount).keys()]
  return { structureCount: structures.count, subOfLot, label }
}

export function fill(label: Int32Array, t: number, value: number): void {
  label[3 * t] = label[3 * t + 1] = label[3 * t + 2] = value
}

/** Candidates of the three corners of one triangle, and the rule that settles them: reused, so nothing is allocated. */
export function makeChoice() {
  const candidates: number[][] = [[], [], []]
  const chosen = [NEUTRAL, NEUTRAL, NEUTRAL]
  return {
    clear(j: number) {
      candidates[j].length = 0
    },
    add(j: number, value: number) {
      if (!candidates[j].includes(value)) candidates[j].push(value)
    },
    /**
     * A corner with several owners takes one that another corner has too: ownership is settled by triangle, since a
     * vertex of a party wall belongs to both houses.
     */
    settle(label: Int32Array, t: number) {
      for (let j = 0; j < 3; j++) chosen[j] = candidates[j].length === 1 ? candidates[j][0] : NEUTRAL
      for (let j = 0; j < 3; j++) {
        if (candidates[j].length < 2) continue
        const a = (j + 1) % 3
        const b = (j + 2) % 3
        const known = candidates[j].find((c) => c === chosen[a] || c === chosen[b])
        const shared = known ?? candidates[j].find((c) => candidates[a].includes(c) || candidates[b].includes(c))
        chosen[j] = shared ?? candidates[j][0]
      }
      let only = NEUTRAL
      let several = false
      for (let j = 0; j < 3; j++) {
        if (chosen[j] === NEUTRAL) continue
        if (only === NEUTRAL) only = chosen[j]
        else if (only !== chosen[j]) several = true
      }
      if (!several) fill(label, t, only === NEUTRAL ? UNLABELLED : only)
      else for (let j = 0; j < 3; j++) label[3 * t + j] = chosen[j]
    },
  }
}

/** Whether a triangle is divided. */
export const isDivided = (label: Int32Array, t: number): boolean =>
  label[3 * t] !== label[3 * t + 1] || label[3 * t] !== label[3 * t + 2]

/** Label on the inner side of half-edge h near its origin. */
export function labelAtStart(label: Int32Array, h: number): number {
  return label[h] === NEUTRAL ? label[nextInTriangle(h)] : label[h]
}

/** Label on the inner side of half-edge h near its end. */
export function labelAtEnd(label: Int32Array, h: number): number {
  const n = nextInTriangle(h)
  return label[n] === NEUTRAL ? label[h] : label[n]
}

/**
 * Piece of a divided triangle that lies at the start (or end) of half-edge h: the first corner of the triangle with that
 * label. Whole triangles have one piece, their first corner.
 */
export function pieceAt(label: Int32Array, h: number, atEnd: boolean): number {
  const first = h - (h % 3)
  if (label[first] === label[first + 1] && label[first] === label[first + 2]) return first
  const value = atEnd ? labelAtEnd(label, h) : labelAtStart(label, h)
  return label[first] === value ? first : label[first + 1] === value ? first + 1 : first + 2
}

/** Visit the pieces of a triangle with their share of its area. */
export function eachPiece(label: Int32Array, t: number, mesh: Mesh, visit: (piece: number, share: number) => void): void {
  const i = 3 * t
  const a = label[i], b = label[i + 1], c = label[i + 2]
  if (a === b && a === c) {
    visit(i, 1)
  } else if (a === NEUTRAL || b === NEUTRAL || c === NEUTRAL) {
    for (let j = i; j < i + 3; j++) if (label[j] !== NEUTRAL) visit(j, 0.5)
  } else if (b === c) {
    visit(i, 0.25)
    visit(i + 1, 0.75)
  } else if (a === c) {
    visit(i + 1, 0.25)
    visit(i, 0.75)
  } else if (a === b) {
    visit(i + 2, 0.25)
    visit(i, 0.75)
  } else {
    const far = previousInTriangle(longestEdge(mesh, t))
    for (let j = i; j < i + 3; j++) visit(j, j === far ? 0.5 : 0.25)
  }
}

/** Half-edge of the longest edge of a triangle; the first of equals. */
export function longestEdge(mesh: Mesh, t: number): number {
  let best = 3 * t
  let bestLength = -1
  for (let h = 3 * t; h < 3 * t + 3; h++) {
    const a = mesh.corner[h]
    const b = mesh.corner[nextInTriangle(h)]
    const length = (mesh.x[a] - mesh.x[b]) ** 2 + (mesh.y[a] - mesh.y[b]) ** 2
    if (length > bestLength) {
      best = h
      bestLength = length
    }
  }
  return best
}

/**
 * Visit the borders inside a divided triangle: from (x, y) to (x, y), with the labels left and right of them. Middles of
 * edges between even vertices are whole lattice points.
 */
export function eachInnerBorder(
  label: Int32Array,
  t: number,
  mesh: Mesh,
  visit: (ax: number, ay: number, bx: number, by: number, left: number, right: number) => void,
): void {
  const i = 3 * t
  for (let o = i; o < i + 3; o++) {
    if (label[o] !== NEUTRAL) continue
    const p = nextInTriangle(o)
    const q = previousInTriangle(o)
    visit(mesh.x[mesh.corner[o]], mesh.y[mesh.corner[o]], middleX(mesh, p, q), middleY(mesh, p, q), label[q], label[p])
    return
  }
  for (let o = i; o < i + 3; o++) {
    const p = nextInTriangle(o)
    const q = previousInTriangle(o)
    if (label[p] !== label[q]) continue
    // The border cuts corner o off the other two.
    visit(middleX(mesh, o, p), middleY(mesh, o, p), middleX(mesh, o, q), middleY(mesh, o, q), label[o], label[p])
    return
  }
  const a = longestEdge(mesh, t)
  const b = nextInTriangle(a)
  const c = previousInTriangle(a)
  const x = middleX(mesh, a, b)
  const y = middleY(mesh, a, b)
  visit(middleX(mesh, b, c), middleY(mesh, b, c), x, y, label[b], label[c])
  visit(x, y, middleX(mesh, a, c), middleY(mesh, a, c), label[a], label[c])
}

/** Middle of the edge between two corners of a triangle. */
function middleX(mesh: Mesh, p: number, q: number): number {
  return (mesh.x[mesh.corner[p]] + mesh.x[mesh.corner[q]]) / 2
}

function middleY(mesh: Mesh, p: number, q: number): number {
  return (mesh.y[mesh.corner[p]] + mesh.y[mesh.corner[q]]) / 2
}
