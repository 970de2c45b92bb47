import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { PostmanTour } from '@/algorithms/arc-routing/solve-postman'
import type { EdgeGraph } from '@/algorithms/arc-routing/vertex-distances'

export interface PostmanInstance {
  readonly name: string
  /** Proved by others; null where none is known. */
  readonly optimum: number | null
  readonly graph: EdgeGraph
  readonly required: Int32Array
}

/**
 * Undirected rural postman instances of Corberán, Plana and Sanchis in `arc-routing/rural-postman` of a folder, in `rural-postman`
 * or in itself: files that `optima.csv` beside them names. Empty where it is not there.
 */
export function readPostmanInstances(given: string): PostmanInstance[] {
  const folder = ['arc-routing/rural-postman', 'rural-postman', '.'].map((name) => join(given, name)).find((name) => existsSync(join(name, 'optima.csv')))
  if (!folder) return []
  const [, ...lines] = readFileSync(join(folder, 'optima.csv'), 'utf8').trim().split(/\r?\n/)
  return lines.map((line) => {
    const [name, optimum] = line.split(',')
    const text = readFileSync(join(folder, name), 'latin1')
    const [, vertices] = /VERTICES\s*:\s*(\d+)/.exec(text) ?? []
    const parts = text.split(/LISTA_ARISTAS_\w+\s*:/).slice(1)
    const edges = parts.map((part) => [...part.matchAll(/\(\s*(\d+)\s*,\s*(\d+)\s*\)\s*coste\s+(\d+)\s+(\d+)/g)].map(([, ...numbers]) => numbers.map(Number)))
    if (!vertices || edges.length !== 2) throw new Error(`${name}: expected VERTICES and two lists of edges`)
    const all = edges.flat()
    const windy = all.find(([, , there, back]) => there !== back)
    if (windy) throw new Error(`${name}: expected edges of one cost both ways, got ${windy}`)
    return {
      name,
      optimum: optimum ? Number(optimum) : null,
      graph: {
        vertexCount: Number(vertices),
        from: Int32Array.from(all, ([from]) => from - 1),
        to: Int32Array.from(all, ([, to]) => to - 1),
        cost: Float64Array.from(all, ([, , cost]) => cost),
      },
      required: Int32Array.from(edges[0].keys()),
    }
  })
}

/** Cost of a tour, walked edge by edge. @throws where it is no closed walk, or does not serve every required edge once */
export function judgePostmanTour({ name, graph, required }: PostmanInstance, { edge, reversed, served }: PostmanTour): number {
  const open = new Set(required)
  const ends = (step: number): number[] => {
    const pair = [graph.from[edge[step]], graph.to[edge[step]]]
    return reversed[step] === 1 ? pair.reverse() : pair
  }
  let cost = 0
  let at = ends(edge.length - 1)[1]
  edge.forEach((one, step) => {
    const [from, to] = ends(step)
    if (from !== at) throw new Error(`${name}: step ${step} begins at ${from}, the one before ends at ${at}`)
    at = to
    cost += graph.cost[one]
    if (served[step] === 1 && !open.delete(one)) throw new Error(`${name}: edge ${one} is served twice or is not required`)
  })
  if (open.size > 0) throw new Error(`${name}: ${open.size} required edges are not served`)
  return cost
}
