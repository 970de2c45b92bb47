import { describe, expect, it } from 'vitest'
import { buildStreetGraph } from '@/algorithms/routing/build-street-graph'
import type { StreetGraph } from '@/algorithms/routing/street-graph'
import { lineColumns, points, randomNetwork, streetColumns } from '../../../helpers/street-drawings'

/** Edges as text: both ends, the lower first, and the line; sorted. */
function drawn({ nodeXYM, edgeFrom, edgeTo, edgeLine }: StreetGraph): string[] {
  const at = (node: number) => `${nodeXYM[2 * node]},${nodeXYM[2 * node + 1]}`
  return Array.from(edgeFrom, (from, k) => `${[at(from), at(edgeTo[k])].sort().join(' – ')} (${edgeLine[k]})`).sort()
}
const total = ({ edgeLengthM }: StreetGraph): number => edgeLengthM.reduce((sum, metres) => sum + metres, 0)

describe('streets into a graph', () => {
  //        (50,50)
  //           |
  // (0,0)-----+-----(100,0)     two lines without a common corner
  //           |
  //        (50,−50)
  it('meet where they cross', () => {
    const graph = buildStreetGraph(streetColumns([[[0, 0], [100, 0]], [[50, -50], [50, 50]]]))
    expect(drawn(graph)).toEqual(['0,0 – 50,0 (0)', '100,0 – 50,0 (0)', '50,-50 – 50,0 (1)', '50,0 – 50,50 (1)'])
    expect(graph.componentLengthM).toEqual(Float64Array.of(200))
  })

  // The same, the second a bridge: nobody turns off it. Its end meets a ramp of the ground.
  it('do not meet at different levels, but at a common corner they do', () => {
    const graph = buildStreetGraph(streetColumns([[[0, 0], [100, 0]], [[50, -80], [50, 80]], [[50, 80], [90, 80]]], undefined, [0, 1, 0]))
    expect(drawn(graph)).toEqual(['0,0 – 100,0 (0)', '50,-80 – 50,80 (1)', '50,80 – 90,80 (2)'])
    expect(graph.component[graph.edgeFrom[1]]).toBe(graph.component[graph.edgeFrom[2]])
    expect(graph.componentLengthM).toHaveLength(2)
  })

  // (0,0)-----------(100,0)
  //           |  1 cm short: rounding of what is stored
  //        (50,50)
  it('meet where an end lies on another', () => {
    const graph = buildStreetGraph(streetColumns([[[0, 0], [100, 0]], [[50, 50], [50, 0.01]]]))
    expect(drawn(graph)).toEqual(['0,0 – 50,0.01 (0)', '100,0 – 50,0.01 (0)', '50,0.01 – 50,50 (1)'])
  })

  // As above, 0.8 m short: reached by a short edge of its own, so that no street bends.
  it('are joined where an end just misses another', () => {
    const graph = buildStreetGraph(streetColumns([[[0, 0], [100, 0]], [[50, 50], [50, 0.8]]]))
    expect(drawn(graph)).toEqual(['0,0 – 50,0 (0)', '100,0 – 50,0 (0)', '50,0 – 50,0.8 (-1)', '50,0.8 – 50,50 (1)'])
  })

  // All three pass (50,0), where the first has a corner.
  it('have one node where three meet, corner or not', () => {
    const graph = buildStreetGraph(streetColumns([[[0, 0], [50, 0], [100, 0]], [[50, -50], [50, 50]], [[0, -50], [100, 50]]]))
    expect(graph.component).toHaveLength(7)
    expect(graph.edgeFrom).toHaveLength(6)
  })

  it('count once where they lie twice, whole, turned round or in part', () => {
    const graph = buildStreetGraph(streetColumns([[[0, 0], [100, 0]], [[100, 0], [0, 0]], [[20, 0], [60, 0]], [[0, 0], [100, 0]]]))
    expect(drawn(graph)).toEqual(['0,0 – 20,0 (0)', '100,0 – 60,0 (0)', '20,0 – 60,0 (0)'])
  })

  it('lose points said twice, single points and ways of no length', () => {
    const graph = buildStreetGraph(streetColumns([[[0, 0], [0, 0], [10, 0], [10, 0]], [[5, 0], [5, 0]], [[7, 7]], []]))
    expect(total(graph)).toBe(10)
    expect(graph.componentLengthM).toEqual(Float64Array.of(10))
  })

  it('are those people walk on', () => {
    const lines = [[[0, 0], [10, 0]], [[0, 5], [10, 5]], [[0, 9], [10, 9]]] as const
    const graph = buildStreetGraph(streetColumns(lines, ['motorway', 'steps', 'construction']))
    expect(drawn(graph)).toEqual(['0,5 – 10,5 (1)'])
  })

  it('may be none at all', () => {
    const graph = buildStreetGraph(streetColumns([]))
    expect(graph.arcStart).toEqual(Uint32Array.of(0))
    expect(graph.componentLengthM).toHaveLength(0)
  })

  // Drives between rows of slabs, which their map forgot to join: ====== 30 m apart, a street, and one lane far away.
  //
  //   (10,60)======(90,60)
  //   (10,30)======(90,30)
  // (0,0)----------------(100,0)          (400,0)–(400,20)
  it('are joined from both ends over open ground where a part hangs together with nothing, and islands stay islands', () => {
    const graph = buildStreetGraph(streetColumns([[[0, 0], [100, 0]], [[10, 30], [90, 30]], [[10, 60], [90, 60]], [[400, 0], [400, 20]]]))
    expect(drawn(graph).filter((edge) => edge.endsWith('(-1)'))).toEqual([
      '10,0 – 10,30 (-1)', '10,30 – 10,60 (-1)', '90,0 – 90,30 (-1)', '90,30 – 90,60 (-1)',
    ])
    expect(graph.componentLengthM).toEqual(Float64Array.of(380, 20))
    expect(graph.component[graph.edgeFrom[graph.edgeLine.indexOf(3)]]).toBe(1)
  })

  // A ring has no end: it is joined from its nearest corner.
  it('are joined though they have no end', () => {
    const graph = buildStreetGraph(streetColumns([[[0, 0], [300, 0]], [[100, 20], [140, 40], [100, 60], [60, 40], [100, 20]]]))
    expect(drawn(graph).filter((edge) => edge.endsWith('(-1)'))).toEqual(['100,0 – 100,20 (-1)'])
  })

  // (0,0)–––––(100,0)
  // ================= wall
  // (0,−20)–––(100,−20)
  it('are not joined through a wall, but a street that crosses one goes on', () => {
    const wall = lineColumns([[[-10, -10], [110, -10]]])
    const rows = [[[0, 0], [100, 0]], [[0, -20], [100, -20]]] as const
    expect(buildStreetGraph(streetColumns(rows), { lines: wall }).componentLengthM).toHaveLength(2)
    expect(buildStreetGraph(streetColumns([...rows, [[50, 0], [50, -20]]]), { lines: wall }).componentLengthM).toHaveLength(1)
  })

  // (0,0)–––––x–––––(100,0)–––––(200,0): a closed gate at x, and one at the corner
  it('end at a closed gate, in the middle or at a corner, and nothing leads around it', () => {
    const line = streetColumns([[[0, 0], [100, 0], [200, 0]], [[100, 0], [100, 80]]])
    const middle = buildStreetGraph(line, { closedXYM: points([[50, 0.4]]) })
    expect(middle.componentLengthM).toEqual(Float64Array.of(230, 50))
    const corner = buildStreetGraph(line, { closedXYM: points([[100, 0]]) })
    expect([...corner.componentLengthM]).toEqual([100, 100, 80])
    expect(total(corner)).toBe(280)
  })

  it('keep what they are: arcs tell the edges from both sides, and the same streets give the same graph', () => {
    const { streets } = randomNetwork(7, 40, 0, 500)
    const graph = buildStreetGraph(streets)
    expect(buildStreetGraph(streets)).toEqual(graph)
    const seen = new Uint8Array(graph.edgeFrom.length)
    for (let node = 0; node < graph.component.length; node++) {
      for (let arc = graph.arcStart[node]; arc < graph.arcStart[node + 1]; arc++) {
        const edge = graph.arcEdge[arc]
        seen[edge]++
        expect([graph.edgeFrom[edge], graph.edgeTo[edge]].sort()).toEqual([node, graph.arcNode[arc]].sort())
        expect(graph.arcLengthM[arc]).toBe(graph.edgeLengthM[edge])
        expect(graph.component[graph.arcNode[arc]]).toBe(graph.component[node])
      }
    }
    expect([...new Set(seen)]).toEqual([2])
    // Nothing is longer or shorter than it was drawn, but for assumed paths.
    const ofStreets = graph.edgeLengthM.reduce((sum, metres, edge) => sum + (graph.edgeLine[edge] < 0 ? 0 : metres), 0)
    let drawnM = 0
    for (let k = 0; k < 40; k++) drawnM += Math.hypot(streets.xyM[4 * k + 2] - streets.xyM[4 * k], streets.xyM[4 * k + 3] - streets.xyM[4 * k + 1])
    expect(ofStreets).toBeCloseTo(drawnM, 1)
  })

  it('refuse columns that do not fit and places that are none', () => {
    const good = streetColumns([[[0, 0], [1, 0]]])
    expect(() => buildStreetGraph({ ...good, start: Uint32Array.of(0, 3) })).toThrow('expected starts of 1 lines over 2 points')
    expect(() => buildStreetGraph({ ...good, classes: [] })).toThrow('expected starts')
    expect(() => buildStreetGraph({ ...good, levels: new Int8Array(2) })).toThrow('expected a level for each of 1 lines, got 2')
    expect(() => buildStreetGraph(streetColumns([[[0, 0], [NaN, 0]]]))).toThrow('expected finite metres, got NaN at point 1')
  })
})
