import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { buildStreetGraph } from '@/algorithms/routing/build-street-graph'
import type { DoorSnaps } from '@/algorithms/routing/door-snaps'
import { findNearest } from '@/algorithms/routing/find-nearest'
import { measureWalks } from '@/algorithms/routing/measure-walks'
import { searchNearest } from '@/algorithms/routing/nearest-search'
import { snapDoors } from '@/algorithms/routing/snap-doors'
import type { StreetGraph } from '@/algorithms/routing/street-graph'
import { WalkSearch } from '@/algorithms/routing/walk-search'
import { WALK, type WalkGroups } from '@/algorithms/routing/walk-table'
import { lineColumns, points, randomNetwork, streetColumns } from '../../../helpers/street-drawings'

const groupsOf = (...groups: readonly (readonly [from: readonly number[], to: readonly number[]])[]): WalkGroups => {
  const sums = (sizes: readonly number[]) => Uint32Array.from([0, ...sizes.map((_, k) => sizes.slice(0, k + 1).reduce((a, b) => a + b, 0))])
  return {
    fromStart: sums(groups.map(([from]) => from.length)),
    from: Int32Array.from(groups.flatMap(([from]) => from)),
    toStart: sums(groups.map(([, to]) => to.length)),
    to: Int32Array.from(groups.flatMap(([, to]) => to)),
  }
}
const everyone = (doors: DoorSnaps): WalkGroups => {
  const all = [...doors.edge.keys()]
  return groupsOf([all, all])
}

/** Metres from door to door over nodes and doors alike, Infinity where no way leads: all pairs at once, as Floyd does it. */
function allWays(graph: StreetGraph, doors: DoorSnaps): number[][] {
  const nodeCount = graph.component.length
  const count = nodeCount + doors.edge.length
  const way = Array.from({ length: count }, (_, a) => Array.from({ length: count }, (__, b) => (a === b ? 0 : Infinity)))
  const link = (a: number, b: number, metres: number) => (way[a][b] = way[b][a] = Math.min(way[a][b], metres))
  graph.edgeFrom.forEach((from, edge) => link(from, graph.edgeTo[edge], graph.edgeLengthM[edge]))
  doors.edge.forEach((edge, door) => {
    if (edge < 0) return
    link(nodeCount + door, graph.edgeFrom[edge], doors.accessM[door] + doors.alongM[door])
    link(nodeCount + door, graph.edgeTo[edge], doors.accessM[door] + graph.edgeLengthM[edge] - doors.alongM[door])
    doors.edge.forEach((otherEdge, other) => {
      if (otherEdge !== edge || other === door) return
      link(nodeCount + door, nodeCount + other, doors.accessM[door] + doors.accessM[other] + Math.abs(doors.alongM[door] - doors.alongM[other]))
    })
  })
  for (let via = 0; via < nodeCount; via++) {
    for (let a = 0; a < count; a++) {
      for (let b = 0; b < count; b++) way[a][b] = Math.min(way[a][b], way[a][via] + way[via][b])
    }
  }
  return way.slice(nodeCount).map((row) => row.slice(nodeCount))
}
const straightM = ({ xyM }: DoorSnaps, a: number, b: number) => Math.hypot(xyM[2 * a] - xyM[2 * b], xyM[2 * a + 1] - xyM[2 * b + 1])

describe('doors on streets', () => {
  // (0,0)––––––––(100,0)   doors at (30,8), on the street at (60,0), beyond its end at (104,3), too far at (50,51)
  it('come in at the nearest place, ends included; too far is refused and listed', () => {
    const graph = buildStreetGraph(streetColumns([[[0, 0], [100, 0]]]))
    const doors = snapDoors(graph, points([[30, 8], [60, 0], [104, 3], [50, 51], [50, 50]]), 50)
    expect([...doors.edge]).toEqual([0, 0, 0, -1, 0])
    expect([...doors.alongM]).toEqual([30, 60, 100, 0, 50])
    expect([...doors.accessM]).toEqual([8, 0, 5, 0, 50])
    expect([...doors.refused]).toEqual([3])
  })

  // (0,0)–––––(100,0)
  //     ======         wall from (20,5) to (60,5); the door at (40,9) sees the lane at (40,40) only
  //       o
  // (0,40)––––(100,40)
  it('do not come in through a wall', () => {
    const streets = streetColumns([[[0, 0], [100, 0]], [[0, 40], [100, 40]]])
    const wall = lineColumns([[[-5, 5], [105, 5]]])
    const graph = buildStreetGraph(streets, { lines: wall })
    const doors = snapDoors(graph, points([[40, 9], [40, 1]]), 50)
    expect([...doors.edge].map((edge) => graph.edgeLine[edge])).toEqual([1, 0])
    expect([...doors.accessM]).toEqual([31, 1])
    // All around: nowhere to come in.
    const around = buildStreetGraph(streets, { lines: lineColumns([[[30, 5], [50, 5], [50, 15], [30, 15], [30, 5]]]) })
    expect([...snapDoors(around, points([[40, 9]]), 50).refused]).toEqual([0])
  })

  it('are never put on what nobody walks', () => {
    const graph = buildStreetGraph(streetColumns([[[0, 0], [100, 0]], [[0, 40], [100, 40]]], ['motorway', 'service']))
    const doors = snapDoors(graph, points([[40, 1]]), 50)
    expect(graph.edgeLine[doors.edge[0]]).toBe(1)
  })

  it('must be somewhere', () => {
    const graph = buildStreetGraph(streetColumns([[[0, 0], [1, 0]]]))
    expect(() => snapDoors(graph, points([[0, 0], [0, NaN]]), 50)).toThrow('expected finite metres, got NaN at door 1')
  })
})

describe('walks from door to door', () => {
  //  (0,0)–––––––––(100,0)     door 0 (20,5), door 1 (70,−5): the same edge. Door 2 (100,−40) beside the lane down.
  //                   |        Door 3 at the crossing itself.
  //               (100,−80)    Door 4 far away from all; door 5 on an island.
  it('are measured along the street with both access legs', () => {
    const graph = buildStreetGraph(streetColumns([[[0, 0], [100, 0]], [[100, 0], [100, -80]], [[900, 0], [950, 0]]]))
    const doors = snapDoors(graph, points([[20, 5], [70, -5], [103, -40], [100, 0], [500, 0], [920, 0]]), 50)
    const { walkDm, how } = measureWalks(graph, doors, groupsOf([[0], [0, 1, 2, 3, 4, 5]]))
    expect([...walkDm]).toEqual([0, 600, 1280, 850, Math.round(10 * Math.hypot(480, 5)), Math.round(10 * Math.hypot(900, 5))])
    expect([...how]).toEqual([WALK.street, WALK.street, WALK.street, WALK.street, WALK.straight, WALK.straight])
    // Between doors that are both refused there is a straight line as well; between two at one place there is no walk.
    const apart = snapDoors(graph, points([[500, 0], [500, 30], [500, 0]]), 50)
    expect([...measureWalks(graph, apart, groupsOf([[0], [1, 2]])).walkDm]).toEqual([300, 0])
  })

  it('stop at the bound, which still counts', () => {
    const graph = buildStreetGraph(streetColumns([[[0, 0], [100, 0], [200, 0], [300, 0]]]))
    const doors = snapDoors(graph, points([[0, 0], [100, 0], [200, 0], [201, 0], [250, 30]]), 50)
    const { walkDm, how } = measureWalks(graph, doors, groupsOf([[0], [1, 2, 3, 4]]), 200)
    expect([...walkDm]).toEqual([1000, 2000, -1, -1])
    expect([...how]).toEqual([WALK.street, WALK.street, WALK.beyond, WALK.beyond])
  })

  it('are tables by group, the same for a door named twice', () => {
    const graph = buildStreetGraph(streetColumns([[[0, 0], [100, 0]]]))
    const doors = snapDoors(graph, points([[0, 0], [10, 0], [30, 0]]), 50)
    const table = measureWalks(graph, doors, groupsOf([[0, 1, 0], [1, 2]], [[], [1]], [[2], [0]]))
    expect([...table.offset]).toEqual([0, 6, 6, 7])
    expect([...table.walkDm]).toEqual([100, 300, 0, 200, 100, 300, 300])
  })

  it('refuse groups of doors that are not there', () => {
    const graph = buildStreetGraph(streetColumns([[[0, 0], [1, 0]]]))
    const doors = snapDoors(graph, points([[0, 0]]), 50)
    expect(() => measureWalks(graph, doors, groupsOf([[0], [1]]))).toThrow('expected a door of 0 … 0, got 1')
    expect(() => measureWalks(graph, doors, { ...groupsOf([[0], [0]]), toStart: Uint32Array.of(0, 2) })).toThrow('expected starts that end at 1 and 1')
    expect(() => measureWalks(graph, doors, { ...groupsOf([[0], [0]]), toStart: Uint32Array.of(0) })).toThrow('expected starts of the same groups')
  })

  it('are the shortest of all ways, never shorter than the straight line, in any small network', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), fc.integer({ min: 1, max: 9 }), fc.integer({ min: 60, max: 400 }), fc.boolean(), (seed, streetCount, sideM, isBounded) => {
        const { streets, doorXYM } = randomNetwork(seed, streetCount, 9, sideM)
        const graph = buildStreetGraph(streets)
        const doors = snapDoors(graph, doorXYM, 60)
        const boundM = isBounded ? sideM / 2 : Infinity
        const { walkDm, how } = measureWalks(graph, doors, everyone(doors), boundM)
        allWays(graph, doors).forEach((row, a) =>
          row.forEach((metres, b) => {
            const k = a * 9 + b
            if (a === b) expect([walkDm[k], how[k]]).toEqual([0, WALK.street])
            else if (metres === Infinity) expect([walkDm[k], how[k]]).toEqual([Math.round(10 * straightM(doors, a, b)), WALK.straight])
            else if (metres > boundM + 1e-6) expect([walkDm[k], how[k]]).toEqual([-1, WALK.beyond])
            else if (metres < boundM - 1e-6) {
              expect(Math.abs(walkDm[k] / 10 - metres)).toBeLessThan(0.0501)
              expect(how[k]).toBe(WALK.street)
              expect(metres).toBeGreaterThan(straightM(doors, a, b) - 0.05)
            }
          }),
        )
      }),
      { numRuns: 150, seed: 5 },
    )
  })
})

describe('the nearest station', () => {
  // S0 at (0,0), S1 at (100,0), a door in the middle at (50,0), the limit 50: it counts, and the lower number serves.
  it('is the nearest along streets, the limit inclusive, of equals the first; without stations there is none', () => {
    const graph = buildStreetGraph(streetColumns([[[0, 0], [100, 0]], [[0, 0], [0, 300]]]))
    const at = (list: readonly (readonly [number, number])[]) => snapDoors(graph, points(list), 20)
    const doors = at([[50, 0], [51, 0], [0, 300], [0, 51], [400, 400]])
    const { place, walkM } = findNearest(graph, at([[0, 0], [100, 0]]), doors, 50)
    expect([...place]).toEqual([0, 1, -1, -1, -1])
    expect([...walkM]).toEqual([50, 49, Infinity, Infinity, Infinity])
    expect([...findNearest(graph, at([]), doors, 1000).place]).toEqual([-1, -1, -1, -1, -1])
    expect([...findNearest(graph, at([[500, 500]]), doors, 1000).place]).toEqual([-1, -1, -1, -1, -1])
  })

  it('is the least of all ways in any small network', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), fc.integer({ min: 1, max: 8 }), (seed, streetCount) => {
        const { streets, doorXYM } = randomNetwork(seed, streetCount, 10, 200)
        const graph = buildStreetGraph(streets)
        const all = snapDoors(graph, doorXYM, 60)
        const stations = snapDoors(graph, doorXYM.slice(0, 12), 60)
        const ways = allWays(graph, all)
        const { place, walkM } = findNearest(graph, stations, all, 150)
        for (let door = 6; door < 10; door++) {
          const least = Math.min(...ways[door].slice(0, 6))
          if (least > 150 + 1e-6) expect(place[door]).toBe(-1)
          else if (least < 150 - 1e-6) {
            expect(walkM[door]).toBeCloseTo(least, 6)
            expect(ways[door][place[door]]).toBeCloseTo(least, 6)
          }
        }
      }),
      { numRuns: 150, seed: 9 },
    )
  })

  it('is that of a search by a heap, to the last bit, ties and long ways to begin with included', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), fc.integer({ min: 1, max: 40 }), fc.boolean(), (seed, streetCount, whole) => {
        const { streets } = randomNetwork(seed, streetCount, 10, 400)
        const graph = buildStreetGraph(whole ? { ...streets, xyM: streets.xyM.map((metres) => 20 * Math.round(metres / 20)) } : streets)
        const nodes = graph.component.length
        fc.pre(nodes > 0)
        const beginnings = { node: [0, 1, 2].map((k) => (seed * (k + 1)) % nodes), walkM: [seed % 900, 40, 0], start: [2, 1, 0] }
        const byHeap = new WalkSearch(graph)
        beginnings.node.forEach((node, k) => byHeap.begin(node, beginnings.walkM[k], beginnings.start[k]))
        byHeap.run(null, Infinity)
        const { walkM, startOf } = searchNearest(graph, beginnings, Infinity)
        expect([...walkM]).toEqual([...byHeap.walkM])
        expect([...startOf]).toEqual([...byHeap.startOf])
        const within = searchNearest(graph, beginnings, 300)
        expect([...within.walkM]).toEqual([...walkM].map((metres) => (metres <= 300 ? metres : Infinity)))
      }),
      { numRuns: 200, seed: 11 },
    )
  })

  it('gives what is as near to two starts to the lower number, whichever came first, and what lies behind it too', () => {
    const lines = [0, 1, 2, 3, 4].flatMap((k): (readonly (readonly [number, number])[])[] => [[[0, 10 * k], [40, 10 * k]], [[10 * k, 0], [10 * k, 40]]])
    const graph = buildStreetGraph(streetColumns(lines))
    const nodeAt = (x: number, y: number) => graph.component.findIndex((_, node) => graph.nodeXYM[2 * node] === x && graph.nodeXYM[2 * node + 1] === y)
    const { walkM, startOf } = searchNearest(graph, { node: [nodeAt(0, 20), nodeAt(40, 20)], walkM: [0, 0], start: [1, 0] }, Infinity)
    for (const y of [0, 10, 20, 30, 40]) {
      expect(startOf[nodeAt(20, y)]).toBe(0)
      expect(startOf[nodeAt(10, y)]).toBe(1)
      expect(walkM[nodeAt(20, y)]).toBe(20 + Math.abs(y - 20))
    }
  })
})
