import type { XY } from '@/core/units'
import { distanceM, pointToCm, signedAreaM2, toLocal, type LocalFrame } from '../geometry/plane'
import { insetConvex, type LabelledRing } from '../geometry/inset'
import { CLEAR_M, LineKind } from './land-model'

/** A town block between street centre lines, before anything stands on it. */
export interface Block {
  readonly ring: readonly XY[]
  /** Kind of line under each edge. */
  readonly labels: readonly number[]
  /** Aligned with the town's rows: u runs about west–east. */
  readonly frame: LocalFrame
  /** Ground behind the pavements, convex. */
  readonly ground: LabelledRing
  readonly areaM2: number
  /** Name of the street along the block's longest frontage, for addresses. */
  readonly street: string
}

export const isFrontage = (label: number): boolean => label === LineKind.arterial || label === LineKind.main

/** Extra room behind shop fronts, metres. */
export const SHOP_DEPTH_M = 12

export function makeBlock(ring: readonly XY[], labels: readonly number[], townAngleRad: number, street: string): Block {
  const ground = insetConvex(ring, labels, (label) => CLEAR_M[label])
  return { ring, labels, frame: { origin: ring[0], angleRad: rowAngle(ring, townAngleRad) }, ground, areaM2: signedAreaM2(ring), street }
}

/** The ground left when shops stand along the frontages, as the wall of a compound runs. */
export function behindShops(block: Block): XY[] {
  const { ring } = insetConvex(block.ring, block.labels, (label) => CLEAR_M[label] + (isFrontage(label) ? SHOP_DEPTH_M + 2 : 0.5))
  return ring.map(pointToCm)
}

export const inFrame = (ring: readonly XY[], frame: LocalFrame): XY[] => ring.map((p) => toLocal(frame, p))

/** Rows of houses follow the longest edge that runs within 20° of the town's west–east. */
function rowAngle(ring: readonly XY[], townAngleRad: number): number {
  let best = townAngleRad
  let longestM = 0
  ring.forEach((a, i) => {
    const b = ring[(i + 1) % ring.length]
    const turned = Math.atan2(b[1] - a[1], b[0] - a[0]) - townAngleRad
    const off = turned - Math.PI * Math.round(turned / Math.PI)
    if (Math.abs(off) < 0.35 && distanceM(a, b) > longestM) {
      longestM = distanceM(a, b)
      best = townAngleRad + off
    }
  })
  return best
}
