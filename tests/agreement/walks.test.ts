import { afterAll, beforeAll, expect, it } from 'vitest'
import { makeAccessGround } from '@/algorithms/routing/access-ground'
import { buildStreetGraph } from '@/algorithms/routing/build-street-graph'
import { measureAccess } from '@/algorithms/routing/measure-access'
import { measureWalks } from '@/algorithms/routing/measure-walks'
import { snapDoors } from '@/algorithms/routing/snap-doors'
import { WALK } from '@/algorithms/routing/walk-table'
import { loadPgAccess } from '../helpers/pgrouting-access'
import { loadPgRouting } from '../helpers/pgrouting-walks'
import { points, randomNetwork, streetColumns } from '../helpers/street-drawings'
import { openNativeDatabase, pgRoutingAbsence } from '../sql/engines/native-cluster'
import { describeOnNative } from '../sql/engines/on-engines'
import type { TestDatabase } from '../sql/engines/test-database'

/** Walks agree with pgRouting's to this, rounding included. */
const MOST_APART_M = 0.1

//  (0,100)––––––––(100,100)        (400,0)
//     |              |                |      an island
//   (0,0)–––+––––(100,0)           (400,60)
//           |    doors: on one edge, at a crossing, beside a dead end, on the island, far from all
//        (50,−70)
const DRAWN = {
  streets: streetColumns([[[0, 0], [100, 0]], [[0, 0], [0, 100], [100, 100]], [[100, 100], [100, 0]], [[50, 0], [50, -70]], [[400, 0], [400, 60]]]),
  doorXYM: points([[10, 4], [30, -6], [50, 0], [53, -60], [50, -75], [97, 50], [0, 0], [404, 30], [400, 70], [250, 250]]),
}

describeOnNative('walks and pgRouting', () => {
  let db: TestDatabase

  beforeAll(async () => {
    db = await openNativeDatabase()
  })
  afterAll(() => db.close())

  it.each([
    { name: 'a drawn network', ...DRAWN },
    ...[3, 14, 15, 92, 65, 35].map((seed) => ({ name: `random network ${seed}`, ...randomNetwork(seed, 8 + seed, 60, 600) })),
  ])('agree on $name', async ({ streets, doorXYM }) => {
    const graph = buildStreetGraph(streets)
    const doors = snapDoors(graph, doorXYM, 60)
    const all = Int32Array.from(doors.edge.keys())
    const ends = Uint32Array.of(0, all.length)
    const groups = { fromStart: ends, from: all, toStart: ends, to: all }
    const { walkDm, how } = measureWalks(graph, doors, groups)
    const pgRouting = await loadPgRouting(db, graph, doors, groups)
    await pgRouting.run()
    const theirsM = await pgRouting.answers()
    let walked = 0
    for (const from of all) {
      for (const to of all) {
        if (from === to) continue
        const theirs = theirsM(from, to)
        const k = from * all.length + to
        expect(how[k]).toBe(theirs === undefined ? WALK.straight : WALK.street)
        if (theirs === undefined) continue
        expect(Math.abs(walkDm[k] / 10 - theirs)).toBeLessThanOrEqual(MOST_APART_M)
        walked++
      }
    }
    expect(walked).toBeGreaterThan(all.length)
  })

  it.each([
    { name: 'a drawn network', ...DRAWN, stationCount: 4 },
    ...[27, 18, 28, 45].map((seed) => ({ name: `random network ${seed}`, ...randomNetwork(seed, 6 + (seed % 30), 120, 900), stationCount: seed % 7 })),
  ])('agree on the nearest station in $name', async ({ streets, doorXYM, stationCount }) => {
    const placed = (xyM: Float64Array) => ({ xyM, limitM: new Float64Array(xyM.length / 2).fill(60) })
    const input = {
      streets, barriers: {}, doors: placed(doorXYM.slice(2 * stationCount)), stations: placed(doorXYM.slice(0, 2 * stationCount)), stationLevel: new Uint8Array(stationCount), levels: 1,
    }
    const ground = makeAccessGround(input)
    const { walkCm } = measureAccess(ground, input.stationLevel, 1)
    const pgRouting = await loadPgAccess(db, ground)
    await pgRouting.run([...input.stationLevel.keys()])
    const theirsM = await pgRouting.answers()
    expect(theirsM.length).toBe(walkCm.length)
    theirsM.forEach((theirs, door) => {
      expect(walkCm[door] < 0).toBe(theirs === Infinity)
      if (theirs < Infinity) expect(Math.abs(walkCm[door] / 100 - theirs)).toBeLessThanOrEqual(0.0051)
    })
    if (stationCount > 0) expect(walkCm.filter((cm) => cm >= 0).length).toBeGreaterThan(walkCm.length / 4)
  })
}, pgRoutingAbsence())
