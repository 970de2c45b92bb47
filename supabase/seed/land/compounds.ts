import type { XY } from '@/core/units'
import type { Random } from '../random'
import { fromLocal, localRectangle, pointToCm, ringsMeet, segmentsMeet } from '../geometry/plane'
import { chordAt } from '../geometry/inset'
import { behindShops, inFrame, type Block } from './block'
import { LineKind, type PlannedBuilding, type PlannedCompound, type PlannedGround } from './land-model'

/** How an estate is built. */
export interface EstateStyle {
  readonly kind: 'slabs' | 'towers' | 'mixed' | 'works'
  readonly floorsLow: number
  readonly floorsHigh: number
}

interface Slab {
  readonly u0: number
  readonly u1: number
  readonly v0: number
  readonly v1: number
  readonly stairs: number
  readonly perFloor: number
  readonly floors: number
  readonly tower: boolean
}

const WALL_GAP_M = 7

/**
 * A walled estate on a block: rows of south-facing slabs (or towers) with drives between them, a spine from the gate,
 * the wall behind the shop fronts. Returns false where the ground is too small for one.
 */
export function layCompound(
  block: Block,
  named: Pick<PlannedCompound, 'name' | 'status' | 'note'>,
  style: EstateStyle,
  houseNumber: number,
  ground: PlannedGround,
  random: Random,
): boolean {
  const wall = behindShops(block)
  if (wall.length < 3) return false
  const local = inFrame(wall, block.frame)
  const vLow = Math.min(...local.map(([, v]) => v)) + WALL_GAP_M
  const vHigh = Math.max(...local.map(([, v]) => v)) - WALL_GAP_M
  const spineU = spineOf(local, random)
  const { slabs, drives } = rowsOf(local, vLow, vHigh, spineU, style, random)
  if (slabs.length < 2) return false
  const compound = ground.compounds.length
  ground.compounds.push({ ...named, ring: wall })
  slabs.forEach((slab, k) => {
    const address = `${block.street}${houseNumber}号${named.name}${k + 1}号楼`
    ground.buildings.push(homesIn(slab, block, `${k + 1}号楼`, address, compound))
  })
  const at = (u: number, v: number): XY => pointToCm(fromLocal(block.frame, u, v))
  for (const v of drives) {
    const span = chordAt(local, v)
    if (span) ground.lines.push({ name: '', kind: LineKind.lane, line: [at(span[0] + 5, v), at(span[1] - 5, v)] })
  }
  if (drives.length > 0) {
    // The gate opens to the nearer of the streets north and south.
    const south = random.chance(0.7)
    const inner: XY = [spineU, south ? drives[drives.length - 1] : drives[0]]
    const gate = streetward(block, inner, south)
    if (gate) {
      ground.lines.push({ name: '', kind: LineKind.lane, line: [at(...inner), gate] })
      clearWay(ground.buildings, at(...inner), gate, block)
    }
  }
  return true
}

function spineOf(local: readonly XY[], random: Random): number {
  const us = local.map(([u]) => u)
  const [low, high] = [Math.min(...us), Math.max(...us)]
  return low + (high - low) * random.between(0.42, 0.58)
}

function rowsOf(local: readonly XY[], vLow: number, vHigh: number, spineU: number, style: EstateStyle, random: Random): { slabs: Slab[]; drives: number[] } {
  const slabs: Slab[] = []
  const drives: number[] = []
  // 1.4 times the height keeps the sun on the ground floor at noon in winter; old works estates stand closer.
  const usual = style.kind === 'works' ? 14 : style.kind === 'towers' ? 40 : random.between(21, 27)
  let row = 0
  for (let v = vLow; ; row++) {
    const tower = style.kind === 'towers' || (style.kind === 'mixed' && row === 0)
    const depth = tower ? 17 : style.kind === 'works' ? 10 : random.between(11.5, 13)
    if (v + depth > vHigh) break
    // Measured a little beyond the row, so that the gap to a slanting wall holds at the corners too.
    const low = chordAt(local, v - WALL_GAP_M * 0.7)
    const high = chordAt(local, v + depth + WALL_GAP_M * 0.7)
    if (low && high) {
      const span: [number, number] = [Math.max(low[0], high[0]) + WALL_GAP_M, Math.min(low[1], high[1]) - WALL_GAP_M]
      const floors = random.integer(style.floorsLow, style.floorsHigh)
      for (const [from, to] of [[span[0], spineU - 4.5], [spineU + 4.5, span[1]]] as const) {
        slabs.push(...(tower ? towersIn(from, to, v, depth, random) : slabsIn(from, to, v, depth, floors, random)))
      }
    }
    const next = v + depth + (tower ? 40 : usual)
    if (next + depth <= vHigh) drives.push(v + depth + (next - v - depth) / 2)
    v = next
  }
  return { slabs, drives }
}

/** Fill a stretch of a row with slabs of two to four stairwells, spread evenly. */
function slabsIn(from: number, to: number, v: number, depth: number, floors: number, random: Random): Slab[] {
  const widthM = random.between(13, 15)
  const lengths: number[] = []
  let left = to - from
  while (left >= 2 * widthM) {
    const most = Math.min(4, Math.floor(left / widthM))
    const stairs = most <= 4 && left < 5.2 * widthM ? most : random.integer(2, most)
    lengths.push(stairs)
    left -= stairs * widthM + 9
  }
  const used = lengths.reduce((sum, stairs) => sum + stairs * widthM, 0)
  const gap = lengths.length > 1 ? Math.min(22, (to - from - used) / (lengths.length - 1)) : 0
  const slack = to - from - used - gap * (lengths.length - 1)
  let u = from + Math.max(0, slack / 2)
  return lengths.map((stairs): Slab => {
    const shift = random.between(-0.8, 0.8)
    const slab = { u0: u, u1: u + stairs * widthM, v0: v + shift, v1: v + depth + shift, stairs, perFloor: 2, floors, tower: false }
    u += stairs * widthM + gap
    return slab
  })
}

function towersIn(from: number, to: number, v: number, depth: number, random: Random): Slab[] {
  const out: Slab[] = []
  const count = Math.floor((to - from + 16) / (28 + 16))
  const gap = count > 1 ? (to - from - count * 28) / (count - 1) : 0
  for (let k = 0; k < count; k++) {
    const u = count === 1 ? (from + to) / 2 - 14 : from + k * (28 + gap)
    out.push({ u0: u, u1: u + 28, v0: v, v1: v + depth, stairs: 1, perFloor: 4, floors: random.pick([11, 11, 15, 17, 18]), tower: true })
  }
  return out
}

function homesIn(slab: Slab, block: Block, name: string, address: string, compound: number): PlannedBuilding {
  const ring = slab.tower ? towerRing(slab, block) : localRectangle(block.frame, slab.u0, slab.v0, slab.u1, slab.v1)
  const rooms = Array.from({ length: slab.floors }, (_, floor) =>
    Array.from({ length: slab.perFloor }, (__, door) => `${floor + 1}${String(door + 1).padStart(2, '0')}`),
  ).flat()
  return {
    kind: slab.tower ? 'tower' : 'apartments',
    name,
    ring,
    floors: slab.floors,
    stairwells: Array.from({ length: slab.stairs }, (_, k) => ({ name: `${k + 1}单元`, rooms })),
    compound,
    address,
  }
}

/** A tower's plan: two wings beside a deeper middle. */
function towerRing({ u0, u1, v0, v1 }: Slab, block: Block): XY[] {
  const a = u0 + (u1 - u0) * 0.3
  const b = u1 - (u1 - u0) * 0.3
  const plan: XY[] = [[u0, v0 + 2.2], [a, v0 + 2.2], [a, v0], [b, v0], [b, v0 + 2.2], [u1, v0 + 2.2], [u1, v1 - 2.2], [b, v1 - 2.2], [b, v1], [a, v1], [a, v1 - 2.2], [u0, v1 - 2.2]]
  return plan.map(([u, v]) => pointToCm(fromLocal(block.frame, u, v)))
}

/** Where a line north or south from a point meets the middle of the street. */
function streetward(block: Block, from: XY, south: boolean): XY | null {
  const local = inFrame(block.ring, block.frame)
  let best: number | null = null
  for (let i = 0, j = local.length - 1; i < local.length; j = i++) {
    const [u0, v0] = local[j]
    const [u1, v1] = local[i]
    if (u0 > from[0] === u1 > from[0]) continue
    const v = v0 + ((v1 - v0) * (from[0] - u0)) / (u1 - u0)
    if (south ? v < from[1] && (best === null || v > best) : v > from[1] && (best === null || v < best)) best = v
  }
  return best === null ? null : pointToCm(fromLocal(block.frame, from[0], best))
}

/** Remove what stands in the way of a gate's drive (shop fronts; slabs keep clear of the spine by design). */
function clearWay(buildings: PlannedBuilding[], a: XY, b: XY, block: Block): void {
  const side: XY = [Math.cos(block.frame.angleRad) * 3.5, Math.sin(block.frame.angleRad) * 3.5]
  const way: XY[] = [[a[0] - side[0], a[1] - side[1]], [b[0] - side[0], b[1] - side[1]], [b[0] + side[0], b[1] + side[1]], [a[0] + side[0], a[1] + side[1]]]
  for (let k = buildings.length - 1; k >= 0; k--) {
    const { ring } = buildings[k]
    if (ringsMeet(ring, way) || ring.some((p, i) => segmentsMeet(p, ring[(i + 1) % ring.length], a, b))) buildings.splice(k, 1)
  }
}
