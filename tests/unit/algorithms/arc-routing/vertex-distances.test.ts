import { describe, expect, it } from 'vitest'
import { seededRandom } from '@/algorithms/shared/seeded-random'
import { createWaySearch, edgesOfWay, type EdgeGraph } from '@/algorithms/arc-routing/vertex-distances'

function graphOf(vertexCount: number, edges: [number, number, number][]): EdgeGraph {
  return {
    vertexCount,
    from: Int32Array.from(edges, ([from]) => from),
    to: Int32Array.from(edges, ([, to]) => to),
    cost: Float64Array.from(edges, ([, , cost]) => cost),
  }
}

describe('least ways between vertices', () => {
  // 0 ──5── 1 ──1── 2    3 alone; a second edge 0 ──2── 1 lies beside the first, and 2 has a loop
  const graph = graphOf(4, [[0, 1, 5], [1, 2, 1], [1, 0, 2], [2, 2, 0.5]])

  it('take the cheaper of parallel edges and name the edges in order', () => {
    const ways = createWaySearch(graph).waysFrom(0)
    expect([...ways.distance]).toEqual([0, 2, 3, Infinity])
    expect(edgesOfWay(graph, ways, 2)).toEqual([2, 1])
    expect(edgesOfWay(graph, ways, 0)).toEqual([])
  })

  it('say where no way leads', () => {
    const ways = createWaySearch(graph).waysFrom(0)
    expect(() => edgesOfWay(graph, ways, 3)).toThrow('expected a way from vertex 0 to 3')
  })

  it('agree with Floyd and Warshall on random graphs', () => {
    for (let seed = 1; seed <= 20; seed++) {
      const random = seededRandom(seed)
      const count = 2 + Math.floor(random() * 12)
      const below = (limit: number) => Math.floor(random() * limit)
      const edges = Array.from({ length: below(3 * count) }, (): [number, number, number] => [below(count), below(count), below(20)])
      const expected = Array.from({ length: count }, (_, a) => Array.from({ length: count }, (_, b) => (a === b ? 0 : Infinity)))
      for (const [a, b, cost] of edges) {
        if (a !== b) expected[a][b] = expected[b][a] = Math.min(expected[a][b], cost)
      }
      for (let k = 0; k < count; k++) {
        for (let a = 0; a < count; a++) {
          for (let b = 0; b < count; b++) expected[a][b] = Math.min(expected[a][b], expected[a][k] + expected[k][b])
        }
      }
      const vertices = Int32Array.from({ length: count }, (_, index) => count - 1 - index)
      const table = createWaySearch(graphOf(count, edges)).tableBetween(vertices)
      expect([...table], `seed ${seed}`).toEqual([...vertices].flatMap((a) => [...vertices].map((b) => expected[a][b])))
    }
  })
})
