import FlatQueue from 'flatqueue'
import { BARRIERS, Barrier } from './lot-graph'
import type { LotGraph } from './lot-graph'
import type { LandOptions } from './land-input'

/** Lots that touch along less than this are not neighbours: joining them would make a neck, metres. */
export const CONTACT_M = 2

/** A group of lots under way to a cell. `near` holds the border lengths to other groups by barrier. */
interface Group {
  areaM2: number
  perimeterM: number
  households: number
  near: Map<number, Float64Array>
}

/**
 * Lots joined to groups, bottom up: the group with the fewest households joins the neighbour with which it makes the best
 * shape, until it holds enough. Never over a hard line; a block that fits a cell becomes one. `group[lot]` is the number of
 * some lot of the group, −1 for lots without land.
 *
 * With `seed` (a group by lot, −1 where unknown) former cells are put together first and stay: greedy grouping is
 * chaotic, and without it five buildings less changed 249 of 1,501 cells.
 */
export function groupLots(graph: LotGraph, options: LandOptions, seed?: Int32Array): Int32Array {
  const { lotCount } = graph
  const parent = new Int32Array(lotCount)
  const groups: (Group | null)[] = new Array(lotCount).fill(null)
  const blockHouseholds = new Map<number, number>()
  for (let lot = 0; lot < lotCount; lot++) {
    parent[lot] = lot
    if (!(graph.areaM2[lot] > 0)) continue
    groups[lot] = {
      areaM2: graph.areaM2[lot], perimeterM: graph.perimeterM[lot], households: graph.households[lot], near: new Map(),
    }
    blockHouseholds.set(graph.block[lot], (blockHouseholds.get(graph.block[lot]) ?? 0) + graph.households[lot])
  }
  for (let p = 0; p < graph.pairA.length; p++) {
    const a = groups[graph.pairA[p]]
    const b = groups[graph.pairB[p]]
    if (!a || !b) continue
    const lengths = graph.borderM.slice(p * BARRIERS, p * BARRIERS + BARRIERS)
    a.near.set(graph.pairB[p], lengths)
    b.near.set(graph.pairA[p], lengths.slice())
  }
  const find = (i: number) => {
    while (parent[i] !== i) {
      parent[i] = parent[parent[i]]
      i = parent[i]
    }
    return i
  }
  const merge = (into: number, from: number) => mergeGroups(groups, parent, into, from)

  const seeded = new Uint8Array(lotCount)
  if (seed) {
    for (let lot = 0; lot < lotCount; lot++) if (seed[lot] >= 0) seeded[lot] = 1
    for (let p = 0; p < graph.pairA.length; p++) {
      const a = graph.pairA[p]
      const b = graph.pairB[p]
      if (seed[a] < 0 || seed[a] !== seed[b] || !groups[find(a)] || !groups[find(b)]) continue
      if (find(a) !== find(b) && graph.community[a] === graph.community[b]) merge(find(a), find(b))
    }
  }

  const queue = new FlatQueue<number>()
  const push = (i: number) => queue.push(i, (groups[i] as Group).households + (groups[i] as Group).areaM2 * 1e-9)
  for (let i = 0; i < lotCount; i++) if (groups[i]) push(i)
  while (queue.length > 0) {
    const key = queue.peekValue() as number
    const i = queue.pop() as number
    const group = groups[i]
    if (!group || group.households + group.areaM2 * 1e-9 !== key || graph.water[i]) continue
    const fits = (blockHouseholds.get(graph.block[i]) ?? 0) <= options.maxHouseholds
    if (group.households >= options.minHouseholds && !fits) continue
    if (seeded[i]) continue
    let best = -1
    let bestScore = -Infinity
    for (const [j, lengths] of group.near) {
      if (graph.block[j] !== graph.block[i] || graph.water[j]) continue
      const contactM = lengths[Barrier.free] + lengths[Barrier.soft]
      if (contactM <= 0.5) continue
      const other = groups[j] as Group
      const households = group.households + other.households
      const over = households > options.maxHouseholds
      if (!fits && over && group.households >= 8 && other.households > 0) continue
      const score = shapeScore(group, other, lengths) - (contactM < CONTACT_M ? 2 : 0) - (over && !fits && group.households > 0 ? 1.5 : 0)
      if (score > bestScore) {
        best = j
        bestScore = score
      }
    }
    if (best < 0) continue
    merge(best, i)
    push(best)
  }
  const group = new Int32Array(lotCount)
  for (let lot = 0; lot < lotCount; lot++) group[lot] = groups[find(lot)] ? find(lot) : -1
  return group
}

/** How well two groups fit: the share of the smaller one's border that vanishes, and how round they are together. */
function shapeScore(a: Group, b: Group, lengths: Float64Array): number {
  const shared = lengths[0] + lengths[1] + lengths[2] + lengths[3]
  const perimeter = Math.max(1e-9, a.perimeterM + b.perimeterM - 2 * shared)
  const roundness = (4 * Math.PI * (a.areaM2 + b.areaM2)) / (perimeter * perimeter)
  const absorbed = (lengths[Barrier.free] + lengths[Barrier.soft] * 0.6) / Math.max(1, Math.min(a.perimeterM, b.perimeterM))
  return 2 * absorbed + 2 * roundness
}

function mergeGroups(groups: (Group | null)[], parent: Int32Array, into: number, from: number): void {
  const a = groups[into] as Group
  const b = groups[from] as Group
  parent[from] = into
  a.areaM2 += b.areaM2
  a.households += b.households
  const shared = a.near.get(from)
  a.perimeterM += b.perimeterM - 2 * (shared ? shared[0] + shared[1] + shared[2] + shared[3] : 0)
  a.near.delete(from)
  for (const [c, lengths] of b.near) {
    if (c === into) continue
    const other = groups[c] as Group
    other.near.delete(from)
    const known = a.near.get(c)
    if (known) {
      for (let k = 0; k < BARRIERS; k++) known[k] += lengths[k]
      other.near.set(into, known.slice())
    } else {
      a.near.set(c, lengths)
      other.near.set(into, lengths.slice())
    }
  }
  groups[from] = null
}

/** Below this a cell without weight of its own is a sliver: m², metres of mean thickness, households. */
const SLIVER = { tinyM2: 150, thinM: 3, thinHouseholds: 8, emptyM2: 400 }

/**
 * Join slivers to a neighbour of the same community over the weakest barrier, and cells enclosed by one other where the
 * two fit together. Changes `group`; returns the number of merges.
 */
export function mergeSlivers(graph: LotGraph, group: Int32Array, options: LandOptions): number {
  const parent = Int32Array.from({ length: graph.lotCount }, (_, i) => i)
  const groups: (Group | null)[] = new Array(graph.lotCount).fill(null)
  for (let lot = 0; lot < graph.lotCount; lot++) {
    const g = group[lot]
    if (g < 0) continue
    const known = (groups[g] ??= { areaM2: 0, perimeterM: 0, households: 0, near: new Map() })
    known.areaM2 += graph.areaM2[lot]
    known.households += graph.households[lot]
    known.perimeterM += graph.perimeterM[lot]
  }
  for (let p = 0; p < graph.pairA.length; p++) {
    const a = group[graph.pairA[p]]
    const b = group[graph.pairB[p]]
    if (a < 0 || b < 0) continue
    for (const [from, to] of [[a, b], [b, a]]) {
      const known = groups[from] as Group
      if (a === b) {
        for (let k = 0; k < BARRIERS; k++) known.perimeterM -= graph.borderM[p * BARRIERS + k]
        continue
      }
      let lengths = known.near.get(to)
      if (!lengths) known.near.set(to, (lengths = new Float64Array(BARRIERS)))
      for (let k = 0; k < BARRIERS; k++) lengths[k] += graph.borderM[p * BARRIERS + k]
    }
  }
  const outsideM = (g: Group) => {
    let inner = 0
    for (const l of g.near.values()) inner += l[0] + l[1] + l[2] + l[3]
    return g.perimeterM - inner
  }
  let merges = 0
  for (let again = true; again; ) {
    again = false
    for (let i = 0; i < graph.lotCount; i++) {
      const g = groups[i]
      if (!g) continue
      const thickM = (2 * g.areaM2) / Math.max(1e-9, g.perimeterM)
      const sliver =
        g.areaM2 < SLIVER.tinyM2 || (thickM < SLIVER.thinM && g.households < SLIVER.thinHouseholds) ||
        (g.households === 0 && g.areaM2 < SLIVER.emptyM2)
      const enclosed = !sliver && g.near.size === 1 && outsideM(g) < 1 && !graph.water[i]
      if (!sliver && !enclosed) continue
      let best = -1
      let bestScore = 0
      for (const [j, l] of g.near) {
        if (graph.community[j] !== graph.community[i]) continue
        const other = groups[j] as Group
        if (enclosed && (other.households + g.households > options.maxHouseholds || graph.water[j])) continue
        const full = g.households > 0 && other.households + g.households > options.maxHouseholds ? 0.3 : 1
        const score = (l[0] * 4 + l[1] * 3 + l[2] + l[3] * 0.1) * full * (graph.water[i] === graph.water[j] ? 1 : 0.05)
        if (score > bestScore) {
          best = j
          bestScore = score
        }
      }
      if (best < 0) continue
      mergeGroups(groups, parent, best, i)
      merges++
      again = true
    }
  }
  for (let lot = 0; lot < graph.lotCount; lot++) {
    let g = group[lot]
    if (g < 0) continue
    while (parent[g] !== g) g = parent[g]
    group[lot] = g
  }
  return merges
}
