import type { XY } from '@/core/units'
import type { Random } from '../random'
import { distanceM, fromLocal, localRectangle, pointToCm, ringsMeet, toLocal } from '../geometry/plane'
import { chordAt, insetConvex } from '../geometry/inset'
import { inFrame, isFrontage, SHOP_DEPTH_M, type Block } from './block'
import { CLEAR_M, LineKind, type BuildingKind, type PlannedBuilding, type PlannedGround } from './land-model'

const building = (kind: BuildingKind, name: string, ring: readonly XY[], floors: number, address: string): PlannedBuilding => ({
  kind, name, ring, floors, stairwells: [], compound: -1, address,
})

/** Shops in a row along the arterial and main streets of a block; some have a home upstairs. Returns the next number. */
export function layShops(block: Block, firstNumber: number, ground: PlannedGround, random: Random): number {
  let number = firstNumber
  const { ring, labels } = block.ground
  ring.forEach((a, i) => {
    const b = ring[(i + 1) % ring.length]
    const lengthM = distanceM(a, b)
    if (!isFrontage(labels[i]) || lengthM < 34) return
    const frame = { origin: a, angleRad: Math.atan2(b[1] - a[1], b[0] - a[0]) }
    let u = 7
    while (u < lengthM - 16) {
      const widthM = random.between(8, 19)
      if (u + widthM > lengthM - 5) break
      // A gap now and then: a lane, a gate, a closed-down shop.
      if (random.chance(0.13)) {
        u += random.between(8, 22)
        continue
      }
      const shop = localRectangle(frame, u, 0.4, u + widthM, SHOP_DEPTH_M - random.between(0.5, 2.5))
      if (!ground.buildings.some((other) => ringsMeet(other.ring, shop)) && insideAll(block, shop)) {
        const floors = random.integer(2, 3)
        const home = random.chance(0.22)
        const named: PlannedBuilding = building('shop', `${number}号`, shop, floors, `${block.street}${number}号`)
        ground.buildings.push(home ? { ...named, stairwells: [{ name: '', rooms: ['201'] }] } : named)
        number += 2
      }
      u += widthM + (random.chance(0.75) ? 0.3 : random.between(2, 5))
    }
  })
  return number
}

/** Whether a ring keeps its distance from all streets of the block. */
function insideAll(block: Block, ring: readonly XY[]): boolean {
  const local = inFrame(block.ground.ring, block.frame)
  return ring.every((p) => {
    const [u, v] = toLocal(block.frame, p)
    const span = chordAt(local, v)
    return span !== null && u >= span[0] - 0.01 && u <= span[1] + 0.01
  })
}

/** Old lanes: courtyards of one to three households along east–west lanes. */
export function layOldLanes(block: Block, laneName: string, ground: PlannedGround, random: Random): void {
  // The lanes begin behind the shops of the frontages.
  const inner = insetConvex(block.ring, block.labels, (label) => CLEAR_M[label] + (isFrontage(label) ? SHOP_DEPTH_M + 1 : 1))
  if (inner.ring.length < 3) return
  const local = inFrame(inner.ring, block.frame)
  const vHigh = Math.max(...local.map(([, v]) => v))
  let v = Math.min(...local.map(([, at]) => at))
  let number = 1
  const alley = { from: Infinity, to: -Infinity }
  const us = local.map(([u]) => u)
  const crossU = (Math.min(...us) + Math.max(...us)) / 2 + random.between(-20, 20)
  for (let row = 0; v + 15 < vHigh; row++) {
    const depth = random.between(14, 17)
    const spans = [chordAt(local, v), chordAt(local, Math.min(v + depth, vHigh - 0.1))]
    if (spans[0] && spans[1]) {
      const from = Math.max(spans[0][0], spans[1][0])
      const to = Math.min(spans[0][1], spans[1][1])
      for (let u = from; u + 11 < to; ) {
        const widthM = random.between(11.5, 16.5)
        if (u + widthM > to) break
        if (u < crossU + 2.5 && u + widthM > crossU - 2.5) {
          u = crossU + 2.5
          continue
        }
        if (!random.chance(0.05)) {
          ground.buildings.push(courtyard(block, u, v, widthM, depth, `${number}号`, `${block.street}${laneName}${number}号`, random))
          number++
        }
        u += widthM + (random.chance(0.8) ? 0.25 : 2.2)
      }
      const laneV = v + depth + 2
      const span = row % 2 === 0 ? chordAt(local, laneV) : null
      if (span) {
        const at = (u: number): XY => pointToCm(fromLocal(block.frame, u, laneV))
        ground.lines.push({ name: laneName, kind: LineKind.lane, line: [at(span[0]), at(span[1])] })
        alley.from = Math.min(alley.from, laneV)
        alley.to = Math.max(alley.to, laneV)
      }
    }
    v += depth + (row % 2 === 0 ? 4 : 0.4)
  }
  if (alley.from < alley.to) {
    const at = (w: number): XY => pointToCm(fromLocal(block.frame, crossU, w))
    ground.lines.push({ name: laneName, kind: LineKind.lane, line: [at(alley.from), at(alley.to)] })
  }
}

function courtyard(block: Block, u: number, v: number, widthM: number, depth: number, name: string, address: string, random: Random): PlannedBuilding {
  const v1 = v + depth - 0.3
  const v0 = v1 - random.between(5.2, 6.6)
  const foot = v + random.between(0.3, 2.5)
  const wing = random.between(3, 3.8)
  const [a, b] = [u + 0.15, u + widthM - 0.15]
  const plan: XY[] = random.chance(0.5)
    ? [[a, foot], [a + wing, foot], [a + wing, v0], [b - wing, v0], [b - wing, foot], [b, foot], [b, v1], [a, v1]]
    : [[a, v0], [b - wing, v0], [b - wing, foot], [b, foot], [b, v1], [a, v1]]
  const homes = random.pick([1, 1, 1, 2, 2, 3])
  const rooms = homes === 1 ? [''] : Array.from({ length: homes }, (_, k) => ['北屋', '东屋', '西屋'][k])
  return {
    ...building('courtyard', name, plan.map(([pu, pv]) => pointToCm(fromLocal(block.frame, pu, pv))), 1, address),
    stairwells: [{ name: '', rooms }],
  }
}

/** Public grounds: a few large buildings on open land, by a plan in shares of the ground's box. */
export function layPublic(block: Block, kind: 'school' | 'hospital' | 'office' | 'market' | 'factory', name: string, ground: PlannedGround): void {
  const plans: Record<typeof kind, readonly (readonly [number, number, number, number, number, string, BuildingKind])[]> = {
    school: [[0.08, 0.62, 0.52, 0.74, 5, '教学楼', 'school'], [0.08, 0.84, 0.52, 0.95, 4, '实验楼', 'school'], [0.62, 0.66, 0.92, 0.92, 2, '食堂', 'school']],
    hospital: [[0.1, 0.12, 0.55, 0.34, 5, '门诊楼', 'hospital'], [0.2, 0.5, 0.85, 0.66, 9, '住院楼', 'hospital'], [0.65, 0.14, 0.9, 0.32, 3, '医技楼', 'hospital'], [0.2, 0.8, 0.6, 0.92, 3, '后勤楼', 'hospital']],
    office: [[0.2, 0.55, 0.8, 0.72, 6, '办公楼', 'public'], [0.1, 0.15, 0.28, 0.45, 3, '党群服务中心', 'public'], [0.72, 0.15, 0.9, 0.45, 3, '便民服务中心', 'public']],
    market: [[0.08, 0.1, 0.46, 0.9, 1, '东大棚', 'public'], [0.54, 0.1, 0.92, 0.9, 1, '西大棚', 'public']],
    factory: [[0.08, 0.1, 0.6, 0.3, 2, '一车间', 'industrial'], [0.08, 0.4, 0.6, 0.6, 2, '二车间', 'industrial'], [0.08, 0.7, 0.6, 0.9, 1, '仓库', 'industrial'], [0.7, 0.1, 0.92, 0.42, 3, '办公楼', 'industrial'], [0.7, 0.6, 0.9, 0.85, 1, '锅炉房', 'industrial']],
  }
  const box = innerBox(block)
  if (!box) return
  const [u0, v0, u1, v1] = box
  const at = (share: number, low: number, high: number): number => low + share * (high - low)
  for (const [a, b, c, d, floors, part, use] of plans[kind]) {
    const ring = localRectangle(block.frame, at(a, u0, u1), at(b, v0, v1), at(c, u0, u1), at(d, v0, v1))
    ground.buildings.push(building(use, `${name}${part}`, ring, floors, `${block.street}${name}`))
  }
  if (kind === 'school') {
    const track = oval(block, at(0.3, u0, u1), at(0.3, v0, v1), (u1 - u0) * 0.24, (v1 - v0) * 0.2)
    ground.green.push({ name: `${name}操场`, ring: track })
  }
}

/** A park: the whole block green, with a pond. */
export function layPark(block: Block, name: string, ground: PlannedGround): void {
  const ring = block.ground.ring.map(pointToCm)
  if (ring.length < 3) return
  ground.green.push({ name, ring })
  const box = innerBox(block)
  if (!box) return
  const [u0, v0, u1, v1] = box
  const size = Math.min(u1 - u0, v1 - v0)
  ground.water.push({ name: `${name}湖`, ring: oval(block, (u0 + u1) / 2, (v0 + v1) / 2, size * 0.3, size * 0.2) })
  const pavilion = localRectangle(block.frame, u0 + size * 0.06, v0 + size * 0.06, u0 + size * 0.06 + 16, v0 + size * 0.06 + 12)
  ground.buildings.push(building('public', `${name}管理房`, pavilion, 1, `${block.street}${name}`))
}

function oval(block: Block, u: number, v: number, a: number, b: number): XY[] {
  return Array.from({ length: 24 }, (_, k) => {
    const t = (k / 24) * Math.PI * 2
    return pointToCm(fromLocal(block.frame, u + a * Math.cos(t) * (1 + 0.08 * Math.sin(3 * t)), v + b * Math.sin(t)))
  })
}

/** A box in the block's frame wholly behind the pavements: the best of boxes around the middle. */
function innerBox(block: Block): [u0: number, v0: number, u1: number, v1: number] | null {
  const local = inFrame(block.ground.ring, block.frame)
  if (local.length < 3) return null
  const vs = local.map(([, v]) => v)
  const [low, high] = [Math.min(...vs), Math.max(...vs)]
  let best: [number, number, number, number] | null = null
  let bestArea = 0
  for (let a = 0.04; a < 0.5; a += 0.06) {
    for (let b = 0.96; b > 0.5; b -= 0.06) {
      const v0 = low + a * (high - low)
      const v1 = low + b * (high - low)
      const spans = [chordAt(local, v0), chordAt(local, (v0 + v1) / 2), chordAt(local, v1)]
      if (spans.some((span) => !span)) continue
      const u0 = Math.max(...spans.map((span) => span![0]))
      const u1 = Math.min(...spans.map((span) => span![1]))
      if ((u1 - u0) * (v1 - v0) > bestArea && u1 > u0) {
        bestArea = (u1 - u0) * (v1 - v0)
        best = [u0 + 2, v0 + 2, u1 - 2, v1 - 2]
      }
    }
  }
  return best
}
