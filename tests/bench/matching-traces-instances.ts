import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { arcsOf } from '@/algorithms/routing/build-street-graph'
import type { StreetGraph } from '@/algorithms/routing/street-graph'
import type { TrackFixes } from '@/algorithms/tracks/track-fixes'

/** A minute between fixes; the files number them. */
const STEP_MS = 60_000

export interface HandMatchedTraces {
  readonly graph: StreetGraph
  readonly traces: readonly { readonly fixes: TrackFixes; readonly edges: ReadonlySet<number> }[]
  /** Lines of the network left out or mended. */
  readonly selfLoops: number
  readonly negativeLengths: number
}

export const hasTraces = (folder: string): boolean => existsSync(join(folder, 'beijing', 'vertexMap.txt.gz'))

const rowsOf = (text: string): number[][] =>
  text.split('\n').filter((line) => line.trim() !== '').map((line) => line.trim().split(/\s+/).map(Number))

/**
 * Streets of Beijing with traces of vehicles and the edges people matched them to. Files are in kilometres. An edge is as long as
 * it is between its vertices: lengths in the file are rounded, some negative.
 */
export function readTraces(folder: string): HandMatchedTraces {
  const read = (name: string): Buffer => readFileSync(join(folder, 'beijing', name))
  const vertices = rowsOf(gunzipSync(read('vertexMap.txt.gz')).toString())
  const nodeXYM = new Float64Array(2 * vertices.length)
  for (const [id, , x, y] of vertices) nodeXYM.set([1000 * x, 1000 * y], 2 * id)
  const links = rowsOf(gunzipSync(read('adjacentList.txt.gz')).toString()).filter((row) => row.length === 3)
  const edgeOf = new Map<number, number>()
  const keyOf = (u: number, v: number): number => Math.min(u, v) * vertices.length + Math.max(u, v)
  const [from, to]: number[][] = [[], []]
  for (const [u, v] of links) {
    const isPoint = nodeXYM[2 * u] === nodeXYM[2 * v] && nodeXYM[2 * u + 1] === nodeXYM[2 * v + 1]
    if (u === v || isPoint || edgeOf.has(keyOf(u, v))) continue
    edgeOf.set(keyOf(u, v), from.length)
    from.push(u)
    to.push(v)
  }
  const traces: { atMs: number[]; xyM: number[] }[] = []
  for (const row of rowsOf(read('beijing_set60.coor.txt').toString())) {
    // A trace begins with its number, its car (0) and how many fixes it has.
    const last = traces.at(-1)
    if (row.length === 1) continue
    if (!last || last.atMs.length === expected(last)) traces.push(Object.assign({ atMs: [], xyM: [] }, { count: row[2] }))
    else {
      last.atMs.push(STEP_MS * row[0])
      last.xyM.push(1000 * row[1], 1000 * row[2])
    }
  }
  // A path of one vertex belongs to no trace.
  const paths = rowsOf(read('beijing_set60.txt').toString()).filter((path) => path.length > 1)
  if (paths.length !== traces.length) throw new Error(`expected a path for each of ${traces.length} traces, got ${paths.length}`)
  return {
    graph: graphOf(nodeXYM, Int32Array.from(from), Int32Array.from(to)),
    traces: traces.map(({ atMs, xyM }, k) => ({
      fixes: { atMs: Float64Array.from(atMs), xyM: Float64Array.from(xyM), accuracyM: new Float64Array(atMs.length).fill(NaN) },
      edges: new Set(paths[k].slice(1).flatMap((v, at) => edgeOf.get(keyOf(paths[k][at], v)) ?? [])),
    })),
    selfLoops: links.filter(([u, v]) => u === v).length,
    negativeLengths: links.filter(([, , lengthKm]) => lengthKm < 0).length,
  }
}

const expected = (trace: object): number => (trace as { count: number }).count

function graphOf(nodeXYM: Float64Array, edgeFrom: Int32Array, edgeTo: Int32Array): StreetGraph {
  const nodeCount = nodeXYM.length / 2
  const edgeLengthM = Float64Array.from(edgeFrom, (a, k) =>
    Math.hypot(nodeXYM[2 * edgeTo[k]] - nodeXYM[2 * a], nodeXYM[2 * edgeTo[k] + 1] - nodeXYM[2 * a + 1]))
  return {
    nodeXYM,
    edgeFrom,
    edgeTo,
    edgeLengthM,
    edgeLine: Int32Array.from(edgeFrom, (_, edge) => edge),
    ...arcsOf(nodeCount, edgeFrom, edgeTo, edgeLengthM),
    component: new Int32Array(nodeCount),
    componentLengthM: Float64Array.of(edgeLengthM.reduce((sum, metres) => sum + metres, 0)),
    walls: null,
  }
}
