import { describe, expect, it } from 'vitest'
import { buildPatrolNetwork } from '@/algorithms/arc-routing/build-patrol-network'
import type { PatrolNetwork } from '@/algorithms/arc-routing/patrol-problem'
import { buildStreetGraph } from '@/algorithms/routing/build-street-graph'
import type { LineColumns } from '@/algorithms/routing/street-graph'
import { seededRandom } from '@/algorithms/shared/seeded-random'
import { points, randomNetwork, streetColumns } from '../../../helpers/street-drawings'

const networkOf = (...lines: readonly (readonly (readonly [number, number])[])[]): PatrolNetwork => {
  const streets = streetColumns(lines)
  return buildPatrolNetwork(buildStreetGraph(streets), streets)
}
const stretches = ({ segmentLine, segmentFromCm, segmentToCm }: PatrolNetwork) =>
  [...segmentLine].map((line, k) => [line, segmentFromCm[k], segmentToCm[k]])

/** x, y at metres along a line. */
function placeAt({ xyM, start }: LineColumns, line: number, atM: number): [number, number] {
  let leftM = atM
  let p = start[line]
  const stepM = () => Math.hypot(xyM[2 * p + 2] - xyM[2 * p], xyM[2 * p + 3] - xyM[2 * p + 1])
  while (p + 2 < start[line + 1] && leftM > stepM()) {
    leftM -= stepM()
    p++
  }
  const share = leftM / stepM()
  return [xyM[2 * p] + share * (xyM[2 * p + 2] - xyM[2 * p]), xyM[2 * p + 1] + share * (xyM[2 * p + 3] - xyM[2 * p + 1])]
}

/** Eight lines of six corners each, thrown on a square: most cross others and themselves; no corner is so sharp that both its sides are one. */
function zigzags(seed: number): [number, number][][] {
  const random = seededRandom(seed)
  const place = (): [number, number] => [Math.round(random() * 2e5) / 1000, Math.round(random() * 2e5) / 1000]
  return Array.from({ length: 8 }, () => {
    const line = [place(), place()]
    while (line.length < 6) {
      const [[ax, ay], [bx, by], [cx, cy]] = [...line.slice(-2), place()]
      const back = ((ax - bx) * (cx - bx) + (ay - by) * (cy - by)) / (Math.hypot(ax - bx, ay - by) * Math.hypot(cx - bx, cy - by))
      if (back < 0.8) line.push([cx, cy])
    }
    return line
  })
}

describe('the network of patrols', () => {
  //        (50,40)
  //           |            line 0: 0 → 100 with a bend at 70, line 1 meets it at 50
  // (0,0)–––––+––––.       (70,0)
  //                 \
  //                  (70,30)
  it('joins straights up to the next junction and tells where each lies along its line', () => {
    const network = networkOf([[0, 0], [70, 0], [70, 30]], [[50, 40], [50, 0]])
    expect(stretches(network)).toEqual([[0, 0, 5000], [0, 5000, 10_000], [1, 0, 4000]])
    expect([...network.segmentLengthM]).toEqual([50, 50, 40])
    expect([...network.pathXYM.slice(2 * network.pathStart[1], 2 * network.pathStart[2])]).toEqual([50, 0, 70, 0, 70, 30])
    expect(network.nodeXYM.length / 2).toBe(4)
  })

  it('keeps loops, dead ends and islands, longest first, and paths over gaps last', () => {
    const network = networkOf([[0, 0], [100, 0], [100, 100], [0, 0]], [[500, 0], [520, 0]], [[500, 30], [520, 30]])
    expect(stretches(network)).toEqual([[0, 0, 34_142], [1, 0, 2000], [2, 0, 2000], [-1, 0, 3000], [-1, 0, 3000]])
    expect(network.segmentFrom[0]).toBe(network.segmentTo[0])
    expect(network.componentLengthM.length).toBe(2)
    expect(network.componentLengthM[0]).toBeCloseTo(341.42, 2)
    expect(network.componentLengthM[1]).toBeCloseTo(100, 6)
  })

  it('ends segments where a duty begins, at a place of their own', () => {
    const streets = streetColumns([[[0, 0], [30, 0], [30, 70]]])
    const network = buildPatrolNetwork(buildStreetGraph(streets), streets, { line: [0, 0, 0, 0, 5], atCm: [6000, 2000, 10_000, 2000, 100] })
    expect(stretches(network)).toEqual([[0, 0, 2000], [0, 2000, 6000], [0, 6000, 10_000]])
    expect([...network.nodeXYM]).toEqual([0, 0, 30, 70, 20, 0, 30, 30])
    expect([...network.segmentLengthM]).toEqual([20, 40, 40])
  })

  it('shares what a closed gate took between the segments beside it', () => {
    const streets = streetColumns([[[0, 0], [50, 0], [50.5, 0], [100, 0]]])
    const network = buildPatrolNetwork(buildStreetGraph(streets, { closedXYM: points([[50.25, 0]]) }), streets)
    expect(stretches(network)).toEqual([[0, 0, 5025], [0, 5025, 10_000]])
    expect(network.componentLengthM.length).toBe(2)
  })

  it('covers each line without gap or overlap, wherever lines cross, meet and cross themselves', () => {
    for (let seed = 1; seed <= 40; seed++) {
      const { streets } = seed % 2 === 0 ? randomNetwork(seed, 14, 0, 300) : { streets: streetColumns(zigzags(seed)) }
      const graph = buildStreetGraph(streets)
      const network = buildPatrolNetwork(graph, streets)
      for (let line = 0; line + 1 < streets.start.length; line++) {
        const own = [...network.segmentLine.keys()].filter((k) => network.segmentLine[k] === line)
        let atCm = 0
        for (const k of own) {
          expect(network.segmentFromCm[k], `seed ${seed} line ${line}`).toBe(atCm)
          atCm = network.segmentToCm[k]
          expect(Math.abs(network.segmentLengthM[k] - (atCm - network.segmentFromCm[k]) / 100)).toBeLessThan(0.1)
          for (const [node, cm] of [[network.segmentFrom[k], network.segmentFromCm[k]], [network.segmentTo[k], atCm]]) {
            const [x, y] = placeAt(streets, line, cm / 100)
            expect(Math.hypot(network.nodeXYM[2 * node] - x, network.nodeXYM[2 * node + 1] - y)).toBeLessThan(0.1)
          }
        }
        let lengthM = 0
        for (let p = streets.start[line]; p + 1 < streets.start[line + 1]; p++) {
          lengthM += Math.hypot(streets.xyM[2 * p + 2] - streets.xyM[2 * p], streets.xyM[2 * p + 3] - streets.xyM[2 * p + 1])
        }
        expect(atCm).toBe(Math.round(100 * lengthM))
      }
    }
  })
})
