import FlatQueue from 'flatqueue'
import type { XY } from '@/core/units'
import type { Arrangement } from '../geometry/arrangement'
import { centroid, distanceM, insideRing, signedAreaM2 } from '../geometry/plane'
import type { Random } from '../random'
import { homesOf, LineKind } from './land-model'
import type { LandPlan } from './plan-land'

/** Community by face of the arrangement: urban ones first, then the villages in their order. */
export interface CommunityAreas {
  readonly ofFace: Int32Array
  /** Rings by community: outer ring counter-clockwise, then holes clockwise. Neighbours share every vertex. */
  readonly rings: readonly (readonly (readonly XY[])[])[]
}

/** Metres that a border line adds to the way from a village to a field beyond it. */
const BARRIER_M: Readonly<Partial<Record<number, number>>> = {
  [LineKind.river]: 900, [LineKind.railway]: 600, [LineKind.arterial]: 250, [LineKind.main]: 250, [LineKind.county]: 180,
}

/** Give every face to a community, so that borders follow streets, river and field lanes. */
export function drawCommunities(plan: LandPlan, urbanCommunities: number, random: Random): CommunityAreas {
  const links = faceLinks(plan.arrangement)
  const ofFace = new Int32Array(plan.arrangement.faces.length).fill(-1)
  partUrban(plan, urbanCommunities, links, ofFace, random)
  growRural(plan, urbanCommunities, links, ofFace)
  const count = urbanCommunities + plan.villages.length
  const rings = Array.from({ length: count }, (_, community) => outlineOf(plan.arrangement, (face) => face >= 0 && ofFace[face] === community))
  return { ofFace, rings }
}

type Links = readonly (readonly { readonly face: number; readonly label: number }[])[]

function faceLinks(arrangement: Arrangement): Links {
  const out: { face: number; label: number }[][] = arrangement.faces.map(() => [])
  arrangement.edges.forEach(({ label }, k) => {
    const [left, right] = arrangement.edgeFaces[k]
    if (left < 0 || right < 0 || left === right) return
    out[left].push({ face: right, label })
    out[right].push({ face: left, label })
  })
  return out
}

/**
 * Part the town among its communities by exchange of blocks: each move keeps both sides in one piece and lowers
 * the sum of squared misses of the wanted homes plus the spread around each middle (simulated annealing).
 */
function partUrban(plan: LandPlan, count: number, links: Links, ofFace: Int32Array, random: Random): void {
  const faces = [...plan.urbanFace.keys()].filter((face) => plan.urbanFace[face])
  const homes = new Map(faces.map((face) => [face, plan.townGround.get(face)?.buildings.reduce((sum, b) => sum + homesOf(b), 0) ?? 0]))
  const at = new Map(faces.map((face) => [face, centroid(plan.arrangement.faces[face].ring)]))
  const total = [...homes.values()].reduce((a, b) => a + b, 0)
  const weights = Array.from({ length: count }, () => random.between(0.74, 1.24))
  const weightSum = weights.reduce((a, b) => a + b, 0)
  const wanted = weights.map((weight) => (total * weight) / weightSum)
  // Start: farthest-point seeds, then always the hungriest community takes its nearest free neighbour.
  const seeds = [faces[0]]
  while (seeds.length < count) {
    const gap = (face: number): number => Math.min(...seeds.map((seed) => distanceM(at.get(face)!, at.get(seed)!)))
    seeds.push(faces.reduce((a, b) => (gap(b) > gap(a) ? b : a)))
  }
  seeds.forEach((face, k) => (ofFace[face] = k))
  const load = seeds.map((face) => homes.get(face)!)
  const stuck = new Set<number>()
  while (stuck.size < count) {
    const k = [...seeds.keys()].filter((c) => !stuck.has(c)).reduce((a, b) => (load[b] / wanted[b] < load[a] / wanted[a] ? b : a))
    const open = faces.filter((face) => ofFace[face] === -1 && links[face].some((link) => ofFace[link.face] === k))
    if (open.length === 0) {
      stuck.add(k)
      continue
    }
    const next = open.reduce((a, b) => (distanceM(at.get(b)!, at.get(seeds[k])!) < distanceM(at.get(a)!, at.get(seeds[k])!) ? b : a))
    ofFace[next] = k
    load[k] += homes.get(next)!
  }
  anneal(faces, homes, at, wanted, load, links, ofFace, random)
}

function anneal(
  faces: readonly number[],
  homes: ReadonlyMap<number, number>,
  at: ReadonlyMap<number, XY>,
  wanted: readonly number[],
  load: number[],
  links: Links,
  ofFace: Int32Array,
  random: Random,
): void {
  const middle = (k: number, without: number, and: number): XY => {
    const held = faces.filter((face) => (ofFace[face] === k && face !== without) || face === and)
    return [held.reduce((s, f) => s + at.get(f)![0], 0) / held.length, held.reduce((s, f) => s + at.get(f)![1], 0) / held.length]
  }
  const spread = (k: number, without: number, and: number): number => {
    const m = middle(k, without, and)
    return faces.reduce((sum, face) => ((ofFace[face] === k && face !== without) || face === and ? sum + distanceM(at.get(face)!, m) ** 2 : sum), 0)
  }
  const miss = (k: number, of: number): number => {
    const outside = Math.max(0, 660 - of, of - 1480)
    return (of - wanted[k]) ** 2 + outside * 4000
  }
  for (let step = 0; step < 9000; step++) {
    const face = random.pick(faces)
    const from = ofFace[face]
    const near = links[face].filter((link) => ofFace[link.face] >= 0 && ofFace[link.face] !== from)
    if (near.length === 0) continue
    const { face: other, label } = random.pick(near)
    const to = ofFace[other]
    if (label === LineKind.river || !staysWhole(face, from, faces, links, ofFace)) continue
    const h = homes.get(face)!
    const before = miss(from, load[from]) + miss(to, load[to]) + 0.5 * (spread(from, -1, -1) + spread(to, -1, -1))
    const after = miss(from, load[from] - h) + miss(to, load[to] + h) + 0.5 * (spread(from, face, -1) + spread(to, -1, face))
    const heat = 60000 * Math.max(0, 1 - step / 7000)
    if (after >= before && (heat === 0 || random.unit() >= Math.exp((before - after) / heat))) continue
    ofFace[face] = to
    load[from] -= h
    load[to] += h
  }
}

function staysWhole(face: number, community: number, faces: readonly number[], links: Links, ofFace: Int32Array): boolean {
  const held = faces.filter((other) => ofFace[other] === community && other !== face)
  if (held.length === 0) return false
  const seen = new Set([held[0]])
  const stack = [held[0]]
  while (stack.length > 0) {
    for (const link of links[stack.pop()!]) {
      if (link.face === face || ofFace[link.face] !== community || seen.has(link.face)) continue
      seen.add(link.face)
      stack.push(link.face)
    }
  }
  return seen.size === held.length
}

/** Fields go to the village from which the way is shortest, roads, railway and river standing in it. */
function growRural(plan: LandPlan, first: number, links: Links, ofFace: Int32Array): void {
  const { faces } = plan.arrangement
  const at = faces.map(({ ring }) => centroid(ring))
  const queue = new FlatQueue<{ face: number; village: number; barrierM: number }>()
  plan.villages.forEach(({ site }, village) => {
    const face = faces.findIndex(({ ring }) => insideRing(site.at, ring))
    if (ofFace[face] !== -1) throw new Error(`village ${village} stands on another's ground`)
    ofFace[face] = -2 - village
    queue.push({ face, village, barrierM: 0 }, -1)
  })
  while (queue.length > 0) {
    const { face, village, barrierM } = queue.pop()!
    // Taken; or home ground of another village, which nobody else may take.
    if (ofFace[face] >= 0 || (ofFace[face] < -1 && ofFace[face] !== -2 - village)) continue
    ofFace[face] = first + village
    const { site } = plan.villages[village]
    for (const link of links[face]) {
      if (ofFace[link.face] >= 0 || plan.urbanFace[link.face]) continue
      const barriersM = barrierM + (BARRIER_M[link.label] ?? 0)
      const reach = distanceM(at[link.face], site.at) / Math.sqrt(site.households / 110)
      queue.push({ face: link.face, village, barrierM: barriersM }, reach + barriersM)
    }
  }
}

/** Rings around the faces of one community. Where rings touch in a point they are parted there. */
export function outlineOf(arrangement: Arrangement, inside: (face: number) => boolean): XY[][] {
  const { edges, edgeFaces, nodes } = arrangement
  const leaving = new Map<number, { to: number; angle: number }[]>()
  edges.forEach(({ a, b }, k) => {
    const [left, right] = edgeFaces[k].map((face) => inside(face))
    if (left === right) return
    const [from, to] = left ? [a, b] : [b, a]
    const angle = Math.atan2(nodes[to][1] - nodes[from][1], nodes[to][0] - nodes[from][0])
    leaving.set(from, [...(leaving.get(from) ?? []), { to, angle }])
  })
  const rings: XY[][] = []
  for (const start of leaving.keys()) {
    while (leaving.get(start)!.length > 0) {
      const ring: XY[] = []
      let from = start
      let step = leaving.get(start)!.pop()!
      for (;;) {
        ring.push(nodes[from])
        if (step.to === start && ring.length > 2) {
          // Back at the start: closed here, so rings that touch in this point stay apart.
          break
        }
        const back = Math.atan2(nodes[from][1] - nodes[step.to][1], nodes[from][0] - nodes[step.to][0])
        from = step.to
        const choices = leaving.get(from)!
        let pick = 0
        let least = Infinity
        choices.forEach(({ angle }, k) => {
          const turn = (angle - back + Math.PI * 4) % (Math.PI * 2) || Math.PI * 2
          if (turn < least) [least, pick] = [turn, k]
        })
        step = choices.splice(pick, 1)[0]
      }
      rings.push(ring)
    }
  }
  return rings.sort((p, q) => signedAreaM2(q) - signedAreaM2(p))
}
