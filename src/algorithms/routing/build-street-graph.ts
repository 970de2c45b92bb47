import { bridgeGaps } from './bridge-gaps'
import { closeStreets } from './close-streets'
import { nodeStreets, type EdgeList } from './node-streets'
import { numberComponents } from './number-components'
import type { StreetColumns, StreetGraph, WalkBarriers } from './street-graph'
import { createWallTest } from './wall-test'

/**
 * The walking graph of street centre lines: lines of classes people walk on, cut at crossings and junctions, gaps closed,
 * closed gates cut out.
 *
 * @param streets metres in one plane frame; a line of fewer than two points, or of length zero, adds nothing
 * @param barriers walls and closed gates; see `WalkBarriers`
 * @returns nodes and edges in the order of the input: the same input gives the same numbers
 * @throws where columns do not fit one another or a position is not finite
 * Complexity: O(p log p) expected for p points.
 */
export function buildStreetGraph(streets: StreetColumns, barriers: WalkBarriers = {}): StreetGraph {
  const walls = barriers.lines ?? null
  const noded = nodeStreets(streets)
  const bridged = bridgeGaps(noded, (line) => streets.levels?.[line] ?? 0, createWallTest(walls))
  return assemble(closeStreets(bridged, barriers.closedXYM ?? new Float64Array(0)), walls)
}

function assemble(edges: EdgeList, walls: StreetGraph['walls']): StreetGraph {
  const edgeCount = edges.from.length
  const nodeOf = new Int32Array(edges.xyM.length / 2).fill(-1)
  for (let k = 0; k < edgeCount; k++) nodeOf[edges.from[k]] = nodeOf[edges.to[k]] = 0
  let nodeCount = 0
  for (let place = 0; place < nodeOf.length; place++) if (nodeOf[place] === 0) nodeOf[place] = nodeCount++
  const nodeXYM = new Float64Array(2 * nodeCount)
  nodeOf.forEach((node, place) => {
    if (node >= 0) nodeXYM.set([edges.xyM[2 * place], edges.xyM[2 * place + 1]], 2 * node)
  })
  const edgeFrom = Int32Array.from(edges.from, (place) => nodeOf[place])
  const edgeTo = Int32Array.from(edges.to, (place) => nodeOf[place])
  const edgeLengthM = Float64Array.from(edgeFrom, (a, k) =>
    Math.hypot(nodeXYM[2 * edgeTo[k]] - nodeXYM[2 * a], nodeXYM[2 * edgeTo[k] + 1] - nodeXYM[2 * a + 1]))
  return {
    nodeXYM,
    edgeFrom,
    edgeTo,
    edgeLengthM,
    edgeLine: Int32Array.from(edges.line),
    ...arcsOf(nodeCount, edgeFrom, edgeTo, edgeLengthM),
    ...numberComponents(nodeCount, edgeFrom, edgeTo, edgeLengthM),
    walls,
  }
}

type Arcs = Pick<StreetGraph, 'arcStart' | 'arcNode' | 'arcLengthM' | 'arcEdge'>

/** Arcs by node of edges walked both ways, in the order of the edges. */
export function arcsOf(nodeCount: number, edgeFrom: Int32Array, edgeTo: Int32Array, edgeLengthM: Float64Array): Arcs {
  const arcStart = new Uint32Array(nodeCount + 1)
  for (const ends of [edgeFrom, edgeTo]) for (const node of ends) arcStart[node + 1]++
  for (let node = 0; node < nodeCount; node++) arcStart[node + 1] += arcStart[node]
  const next = arcStart.slice()
  const arcNode = new Int32Array(2 * edgeFrom.length)
  const arcLengthM = new Float64Array(arcNode.length)
  const arcEdge = new Int32Array(arcNode.length)
  for (let edge = 0; edge < edgeFrom.length; edge++) {
    for (const [near, far] of [[edgeFrom[edge], edgeTo[edge]], [edgeTo[edge], edgeFrom[edge]]]) {
      const arc = next[near]++
      arcNode[arc] = far
      arcLengthM[arc] = edgeLengthM[edge]
      arcEdge[arc] = edge
    }
  }
  return { arcStart, arcNode, arcLengthM, arcEdge }
}
