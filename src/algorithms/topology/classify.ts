import Flatbush from 'flatbush'
import { DisjointSets } from '../shared/disjoint-sets'
import { PairTable } from '../shared/pair-table'
import { flood, largestTriangles, middleX, middleY } from './flood'
import { LATTICE2_PER_M2 } from './load-land'
import type { LoadedLand } from './load-land'
import { pointInRings } from './ring-geometry'
import type { Mesh, VertexOwners } from './triangulate'

/** Structures: buildings that must stay together because they overlap. */
export interface Structures {
  readonly count: number
  /** Structure by (loaded) building. */
  readonly ofBuilding: Int32Array
  /** Structure by triangle, −1 on open land. */
  readonly ofTriangle: Int32Array
  readonly households: Float64Array
  /** Structures whose outline passes through a vertex, ascending, without repeats; compressed rows. */
  readonly vertexStart: Uint32Array
  readonly vertexStructure: Int32Array
  /** 1 where a (loaded) building overlaps another beyond the limit. */
  readonly overlapping: Uint8Array
  /** Pairs of structures that overlap but were too many to tie together, and by how much. */
  readonly untied: number
}

/** Overlaps above this share of the smaller building always tie … */
const ALWAYS_TIE_SHARE = 0.1
/** … slighter ones while the structure has no more buildings than this, or fits a cell. */
const SLIGHT_TIE_BUILDINGS = 4

/**
 * Find the buildings over each triangle: one point-in-polygon test for each part between outlines, at its largest triangle.
 *
 * Buildings that overlap by more than a limit, several slight overlaps of one building taken together, become one structure. Where a dirty import makes whole rows overlap
 * slightly, tying them all would make one structure of hundreds of households: pairs are tied from the largest overlap
 * down, and a slight one only as long as the structure is of few buildings or fits a cell. Untied overlaps are listed for
 * review; there a border runs along the smaller building.
 */
export function classify(mesh: Mesh, owners: VertexOwners, land: LoadedLand): Structures {
  const { buildings, options } = land
  const { part, count } = flood(mesh, ~0)
  const witness = largestTriangles(mesh, part, count)
  const partArea2 = new Float64Array(count)
  for (let t = 0; t < mesh.triangleCount; t++) partArea2[part[t]] += mesh.area2[t]

  const smallestHit = new Int32Array(count).fill(-1)
  const overlapPairs = new PairTable(64)
  const overlapM2: number[] = []
  if (buildings.length > 0) {
    const index = new Flatbush(buildings.length)
    for (const b of buildings) index.add(b.box[0], b.box[1], b.box[2], b.box[3])
    index.finish()
    for (let p = 0; p < count; p++) {
      const x = middleX(mesh, witness[p])
      const y = middleY(mesh, witness[p])
      const hits = index.search(x, y, x, y).filter((i) => pointInRings(buildings[i].rings, x, y))
      hits.sort((a, b) => buildings[a].areaM2 - buildings[b].areaM2 || a - b)
      if (hits.length > 0) smallestHit[p] = hits[0]
      for (let i = 0; i < hits.length; i++) {
        for (let j = i + 1; j < hits.length; j++) {
          const pair = overlapPairs.add(Math.min(hits[i], hits[j]), Math.max(hits[i], hits[j]))
          overlapM2[pair] = (overlapM2[pair] ?? 0) + partArea2[p] / 2 / LATTICE2_PER_M2
        }
      }
    }
  }

  const sets = new DisjointSets(buildings.length)
  const size = Float64Array.from(buildings, (b) => b.households)
  const members = new Int32Array(buildings.length).fill(1)
  const overlapping = new Uint8Array(buildings.length)
  let untied = 0
  /** What a building has lost to smaller ones that are not tied to it. */
  const lostM2 = new Float64Array(buildings.length)
  const byArea = overlapM2.map((_, pair) => pair).sort((p, q) => overlapM2[q] - overlapM2[p] || p - q)
  for (const pair of byArea) {
    const a = overlapPairs.a[pair]
    const b = overlapPairs.b[pair]
    const larger = buildings[a].areaM2 > buildings[b].areaM2 || (buildings[a].areaM2 === buildings[b].areaM2 && a > b) ? a : b
    lostM2[larger] += overlapM2[pair]
    if (lostM2[larger] <= options.overlapM2) continue
    lostM2[larger] -= overlapM2[pair]
    overlapping[a] = overlapping[b] = 1
    const ra = sets.find(a)
    const rb = sets.find(b)
    if (ra === rb) continue
    const deep = overlapM2[pair] > ALWAYS_TIE_SHARE * Math.min(buildings[a].areaM2, buildings[b].areaM2)
    const many = members[ra] + members[rb] > SLIGHT_TIE_BUILDINGS
    if (!deep && many && size[ra] + size[rb] > options.maxHouseholds) {
      untied++
      continue
    }
    const root = sets.union(ra, rb)
    size[root] = size[ra] + size[rb]
    members[root] = members[ra] + members[rb]
  }

  const ofBuilding = new Int32Array(buildings.length).fill(-1)
  const ofRoot = new Int32Array(buildings.length).fill(-1)
  let structureCount = 0
  for (let i = 0; i < buildings.length; i++) {
    const root = sets.find(i)
    if (ofRoot[root] < 0) ofRoot[root] = structureCount++
    ofBuilding[i] = ofRoot[root]
  }
  const households = new Float64Array(structureCount)
  buildings.forEach((b, i) => (households[ofBuilding[i]] += b.households))
  const ofTriangle = new Int32Array(mesh.triangleCount)
  for (let t = 0; t < mesh.triangleCount; t++) {
    const hit = smallestHit[part[t]]
    ofTriangle[t] = hit < 0 ? -1 : ofBuilding[hit]
  }
  const { start, list } = structuresAtVertices(mesh, owners, ofBuilding)
  return {
    count: structureCount, ofBuilding, ofTriangle, households, overlapping, untied, vertexStart: start, vertexStructure: list,
  }
}

function structuresAtVertices(mesh: Mesh, owners: VertexOwners, ofBuilding: Int32Array): { start: Uint32Array; list: Int32Array } {
  const start = new Uint32Array(mesh.vertexCount + 1)
  const list = new Int32Array(owners.owner.length)
  let n = 0
  for (let v = 0; v < mesh.vertexCount; v++) {
    const from = n
    for (let k = owners.start[v]; k < owners.start[v + 1]; k++) {
      const s = ofBuilding[owners.owner[k]]
      let known = false
      for (let m = from; m < n; m++) known ||= list[m] === s
      if (!known) list[n++] = s
    }
    list.subarray(from, n).sort()
    start[v + 1] = n
  }
  return { start, list: list.slice(0, n) }
}
