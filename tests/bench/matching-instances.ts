import { buildStreetGraph } from '@/algorithms/routing/build-street-graph'
import type { StreetGraph } from '@/algorithms/routing/street-graph'
import { seededRandom } from '@/algorithms/shared/seeded-random'
import type { TrackFixes } from '@/algorithms/tracks/track-fixes'

/** Lanes 35 m apart, cut by cross streets every 100 m. */
export const LANE_M = 35
export const BLOCK_M = 100

export interface NoiseModel {
  /** Standard deviation by axis, metres. */
  readonly sigmaM: number
  /** Correlation of one fix's error with the next (first-order autoregressive). */
  readonly correlation: number
}

export interface Walk {
  readonly fixes: TrackFixes
  /** By edge, 1: walked from end to end; 0: not at all. */
  readonly isWalked: Uint8Array
}

/** A net of lanes: `columns` blocks along x, `rows` lanes along y. */
export function laneGrid(columns: number, rows: number): StreetGraph {
  const lines: number[][] = []
  for (let row = 0; row <= rows; row++) lines.push([0, row * LANE_M, columns * BLOCK_M, row * LANE_M])
  for (let column = 0; column <= columns; column++) lines.push([column * BLOCK_M, 0, column * BLOCK_M, rows * LANE_M])
  return buildStreetGraph({
    xyM: Float64Array.from(lines.flat()),
    start: Uint32Array.from({ length: lines.length + 1 }, (_, k) => 2 * k),
    classes: lines.map(() => 'residential'),
  })
}

/** Two numbers of the standard normal distribution (Box and Muller). */
function normals(random: () => number): [number, number] {
  const radius = Math.sqrt(-2 * Math.log(1 - random()))
  const angle = 2 * Math.PI * random()
  return [radius * Math.cos(angle), radius * Math.sin(angle)]
}

/**
 * A walk over whole edges without turning round, one fix a step: at each crossing straight on at even chances, else any of the
 * streets ahead.
 * @param count fixes at least; it ends at the next crossing
 * @param pace metres between fixes, walked in so many seconds
 */
export function randomWalk(
  graph: StreetGraph, count: number, pace: { readonly stepM: number; readonly stepS: number }, noise: NoiseModel, seed: number,
): Walk {
  const random = seededRandom(seed)
  const { arcStart, arcNode, arcEdge, component, edgeLengthM, nodeXYM } = graph
  const isWalked = new Uint8Array(edgeLengthM.length)
  let node = Math.floor(random() * component.length)
  let [came, heading] = [-1, -1]
  let leftM = 0
  const error = normals(random).map((value) => value * noise.sigmaM)
  const fresh = noise.sigmaM * Math.sqrt(1 - noise.correlation ** 2)
  const xyM: number[] = []
  const add = (x: number, y: number): void => {
    xyM.push(x + error[0], y + error[1])
    normals(random).forEach((value, axis) => (error[axis] = noise.correlation * error[axis] + fresh * value))
  }
  while (xyM.length / 2 < count) {
    const ahead: number[] = []
    for (let arc = arcStart[node]; arc < arcStart[node + 1]; arc++) if (arcEdge[arc] !== came) ahead.push(arc)
    const any = ahead[Math.floor(random() * ahead.length)]
    const onward = ahead.find((arc) => headingOf(graph, node, arcNode[arc]) === heading)
    const arc = onward !== undefined && random() < 0.5 ? onward : any
    const [edge, next] = [arcEdge[arc], arcNode[arc]]
    heading = headingOf(graph, node, next)
    for (; leftM < edgeLengthM[edge]; leftM += pace.stepM) {
      const share = leftM / edgeLengthM[edge]
      const at = (axis: number): number => nodeXYM[2 * node + axis] + share * (nodeXYM[2 * next + axis] - nodeXYM[2 * node + axis])
      add(at(0), at(1))
    }
    leftM -= edgeLengthM[edge]
    isWalked[edge] = 1
    ;[node, came] = [next, edge]
  }
  add(nodeXYM[2 * node], nodeXYM[2 * node + 1])
  const fixes = xyM.length / 2
  return {
    fixes: {
      atMs: Float64Array.from({ length: fixes }, (_, k) => 1000 * pace.stepS * k),
      xyM: Float64Array.from(xyM),
      accuracyM: new Float64Array(fixes).fill(NaN),
    },
    isWalked,
  }
}

/** 0 … 3: east, north, west, south. */
function headingOf({ nodeXYM }: StreetGraph, from: number, to: number): number {
  const angle = Math.atan2(nodeXYM[2 * to + 1] - nodeXYM[2 * from + 1], nodeXYM[2 * to] - nodeXYM[2 * from])
  return (Math.round((2 * angle) / Math.PI) + 4) % 4
}

/** Somebody who stands in one place, a fix every `everyS` seconds. */
export function standStill(x: number, y: number, count: number, everyS: number, noise: NoiseModel, seed: number): TrackFixes {
  const random = seededRandom(seed)
  const error = normals(random).map((value) => value * noise.sigmaM)
  const fresh = noise.sigmaM * Math.sqrt(1 - noise.correlation ** 2)
  const xyM = new Float64Array(2 * count)
  for (let fix = 0; fix < count; fix++) {
    xyM.set([x + error[0], y + error[1]], 2 * fix)
    normals(random).forEach((value, axis) => (error[axis] = noise.correlation * error[axis] + fresh * value))
  }
  return {
    atMs: Float64Array.from({ length: count }, (_, k) => 1000 * everyS * k),
    xyM,
    // 68 % of errors in the plane lie within 1.51 standard deviations by axis.
    accuracyM: new Float64Array(count).fill(1.51 * noise.sigmaM),
  }
}
