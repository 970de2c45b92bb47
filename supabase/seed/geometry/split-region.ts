import type { XY } from '@/core/units'
import type { Random } from '../random'
import { between, centroid, cross, distanceM, insideRing, pointToCm, signedAreaM2, type Ring } from './plane'

/** A cut right through a region, from border to border. */
export interface Chord {
  readonly from: XY
  readonly to: XY
  /** 0 for the first cut of the region; the later, the smaller the lane. */
  readonly depth: number
}

export interface SplitRules {
  /** Whether this piece should be cut further. */
  readonly wanted: (ring: Ring, areaM2: number) => boolean
  /** Whether a cut may run here. */
  readonly allowed: (from: XY, to: XY) => boolean
  /** Least length of both new pieces across the cut over their length along it. */
  readonly slimmest: number
  /** How far from the middle a cut may lie, as share of the length. */
  readonly jitter: number
  /** Cuts to try before all others: a point and a direction. */
  readonly preferred?: (ring: Ring) => readonly { readonly through: XY; readonly direction: XY }[]
}

/**
 * Cut a region again and again across its longer side, as parcels and street blocks are made
 * (Vanegas et al., "Procedural Generation of Parcels in Urban Modeling", 2012, oriented bounding box subdivision).
 * Returns the pieces and the cuts; a piece for which no allowed cut is found stays whole.
 */
export function splitRegion(ring: Ring, rules: SplitRules, random: Random): { pieces: Ring[]; chords: Chord[] } {
  const pieces: Ring[] = []
  const chords: Chord[] = []
  const queue: { ring: Ring; depth: number }[] = [{ ring, depth: 0 }]
  while (queue.length > 0) {
    const { ring: piece, depth } = queue.pop()!
    const areaM2 = signedAreaM2(piece)
    const cut = rules.wanted(piece, areaM2) ? findCut(piece, rules, random) : null
    if (!cut) {
      pieces.push(piece)
      continue
    }
    chords.push({ from: cut.from, to: cut.to, depth })
    queue.push({ ring: cut.left, depth: depth + 1 }, { ring: cut.right, depth: depth + 1 })
  }
  return { pieces, chords }
}

interface Cut {
  readonly from: XY
  readonly to: XY
  readonly left: Ring
  readonly right: Ring
}

function findCut(ring: Ring, rules: SplitRules, random: Random): Cut | null {
  for (const { through, direction } of rules.preferred?.(ring) ?? []) {
    const cut = cutThrough(ring, through, direction)
    if (cut && rules.allowed(cut.from, cut.to)) return cut
  }
  const box = longBox(ring)
  const fractions = [0, 0.12, -0.12, 0.2, -0.2].map((offset) => 0.5 + offset + random.between(-rules.jitter, rules.jitter))
  for (const turned of [false, true]) {
    for (const fraction of fractions) {
      const along: XY = turned ? box.across : box.along
      const across: XY = turned ? [-box.along[0], -box.along[1]] : box.across
      const [low, high] = turned ? box.acrossRange : box.alongRange
      const s = low + (high - low) * fraction
      const skew = random.between(-0.06, 0.06)
      const middle = turned ? (box.alongRange[0] + box.alongRange[1]) / 2 : (box.acrossRange[0] + box.acrossRange[1]) / 2
      const inPlane: XY = [
        box.centre[0] + along[0] * s + across[0] * (turned ? -middle : middle),
        box.centre[1] + along[1] * s + across[1] * (turned ? -middle : middle),
      ]
      const direction: XY = [across[0] + along[0] * skew, across[1] + along[1] * skew]
      const cut = cutThrough(ring, inPlane, direction)
      if (!cut || !rules.allowed(cut.from, cut.to)) continue
      if (slimness(cut.left) < rules.slimmest || slimness(cut.right) < rules.slimmest) continue
      return cut
    }
  }
  return null
}

/** Oriented box by the longest edges' direction: the one of least area among the directions of the longer edges. */
function longBox(ring: Ring): {
  centre: XY
  along: XY
  across: XY
  alongRange: [number, number]
  acrossRange: [number, number]
} {
  const centre = centroid(ring)
  let best: ReturnType<typeof longBox> | null = null
  let bestArea = Infinity
  for (let k = 0; k < 18; k++) {
    const angle = (k * Math.PI) / 36
    const c = Math.cos(angle)
    const s = Math.sin(angle)
    const u: [number, number] = [Infinity, -Infinity]
    const v: [number, number] = [Infinity, -Infinity]
    for (const p of ring) {
      const x = (p[0] - centre[0]) * c + (p[1] - centre[1]) * s
      const y = -(p[0] - centre[0]) * s + (p[1] - centre[1]) * c
      u[0] = Math.min(u[0], x)
      u[1] = Math.max(u[1], x)
      v[0] = Math.min(v[0], y)
      v[1] = Math.max(v[1], y)
    }
    const area = (u[1] - u[0]) * (v[1] - v[0])
    if (area >= bestArea) continue
    bestArea = area
    best =
      u[1] - u[0] >= v[1] - v[0]
        ? { centre, along: [c, s], across: [-s, c], alongRange: u, acrossRange: v }
        : { centre, along: [-s, c], across: [-c, -s], alongRange: v, acrossRange: [-u[1], -u[0]] }
  }
  return best!
}

/** Breadth over length of the region's box. */
function slimness(ring: Ring): number {
  const box = longBox(ring)
  return (box.acrossRange[1] - box.acrossRange[0]) / (box.alongRange[1] - box.alongRange[0])
}

/** Cut by the line through a point; where the line leaves the region more than once, by the piece nearest the point. */
function cutThrough(ring: Ring, through: XY, direction: XY): Cut | null {
  const second: XY = [through[0] + direction[0], through[1] + direction[1]]
  const hits: { t: number; edge: number; p: XY }[] = []
  for (let i = 0; i < ring.length; i++) {
    const a = ring[i]
    const b = ring[(i + 1) % ring.length]
    const da = cross(through, second, a)
    const db = cross(through, second, b)
    if (da > 0 === db > 0) continue
    const p = between(a, b, da / (da - db))
    hits.push({ t: (p[0] - through[0]) * direction[0] + (p[1] - through[1]) * direction[1], edge: i, p: pointToCm(p) })
  }
  hits.sort((m, n) => m.t - n.t)
  let best: Cut | null = null
  let bestOff = Infinity
  for (let k = 1; k < hits.length; k++) {
    const m = hits[k - 1]
    const n = hits[k]
    const off = m.t <= 0 && n.t >= 0 ? 0 : Math.min(Math.abs(m.t), Math.abs(n.t))
    if (off >= bestOff || distanceM(m.p, n.p) < 20 || !insideRing(between(m.p, n.p, 0.5), ring)) continue
    const left = chain(ring, n, m)
    const right = chain(ring, m, n)
    if (left.length < 3 || right.length < 3) continue
    bestOff = off
    best = { from: m.p, to: n.p, left, right }
  }
  return best
}

/** The ring from hit `start` forward to hit `end`, closed by the chord. */
function chain(ring: Ring, start: { edge: number; p: XY }, end: { edge: number; p: XY }): XY[] {
  const out: XY[] = [start.p]
  for (let i = (start.edge + 1) % ring.length; ; i = (i + 1) % ring.length) {
    if (distanceM(ring[i], out[out.length - 1]) > 0.05 && distanceM(ring[i], end.p) > 0.05) out.push(ring[i])
    if (i === end.edge) break
  }
  out.push(end.p)
  return out
}
