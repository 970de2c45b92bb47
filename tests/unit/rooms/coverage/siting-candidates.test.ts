import loadHighs from 'highs'
import type { SitingTask } from '@/core/coverage/siting'
import { measureSitesJob } from '@/rooms/coverage/jobs/measure-sites/measure-sites-job'
import { solveSiting } from '@/rooms/coverage/jobs/solve-siting/solve-siting'
import { encodeSiting, keptStations, sitingMeasure } from '@/rooms/coverage/operations/encode-siting'
import { MOST_CANDIDATES, placesAt, sitingCandidates } from '@/rooms/coverage/operations/siting-candidates'
import { sitingDemand } from '@/rooms/coverage/operations/siting-demand'
import { sitingOutcome } from '@/rooms/coverage/operations/siting-outcome'
import { valueOfChoice } from '@/rooms/coverage/operations/siting-value'
import { pickSnaps } from '@/rooms/coverage/operations/site-rows'
import { SITING_AIMS } from '@/core/coverage/siting'
import { describe, expect, it } from 'vitest'
import { accessLimitM, makeSitingWorld, TASK, type SitingWorld } from './make-siting'

const find = ({ scope, ground }: SitingWorld, changes: Partial<SitingTask>, most = MOST_CANDIDATES) => sitingCandidates({ ...TASK, ...changes }, scope, ground, accessLimitM, most)

describe('candidates of a task', () => {
  const world = makeSitingWorld()

  it('are doors of buildings, of those nobody lives in, or junctions, of the communities asked for', () => {
    expect(find(world, {}, 1000)).toMatchObject({ found: 384, forced: 0, refused: [] })
    expect(find(world, { communities: [1] }, 1000).places.every(({ community }) => community === 1)).toBe(true)
    // 11 × 7 crossings inside, and of the rim those in which three ways meet.
    expect(find(world, { candidates: 'junctions' }, 1000).found).toBe(11 * 7 + 2 * 11 + 2 * 7)
    const households = world.scope.buildings.households.map((count, k) => (k === 5 ? 0 : count))
    const empty = makeSitingWorld([], { buildings: { ...world.scope.buildings, households } })
    expect(find(empty, { candidates: 'public_buildings' }).places.map(({ building }) => building)).toEqual([5])
    expect(find(world, { candidates: 'by_hand' }).places).toEqual([])
  })

  it('are thinned evenly: each place has one near by, and where a place stands in the list decides nothing', () => {
    const { places, found } = find(world, {}, 40)
    expect([places.length, found]).toEqual([40, 384])
    const { mPerDegLng, mPerDegLat } = world.scope.land.frame
    const all = find(world, {}, 1000).places
    const away = (a: (typeof all)[number], b: (typeof all)[number]): number => Math.hypot((a.at[0] - b.at[0]) * mPerDegLng, (a.at[1] - b.at[1]) * mPerDegLat)
    const farthestM = Math.max(...all.map((one) => Math.min(...places.map((other) => away(one, other)))))
    // 40 discs that cover 1,200 × 800 m have at least 87 m; the choice is within twice the best.
    expect(farthestM).toBeLessThan(2 * 100)
    // The first forty of the list would leave the north without any.
    expect(places.some(({ building }) => building >= 340)).toBe(true)
  })

  it('keeps those by hand, forced ones first; leaves out barred ones; names what no street reaches', () => {
    const { at } = world
    const [forced, added, barred] = [at(200, 200), at(500, 500), all(0)]
    const found = find(world, { candidates: 'buildings', forced: [forced], added: [added, at(650, 250), at(900, 5000)], barred: [barred] }, 10)
    expect(found.forced).toBe(1)
    expect(found.places.length).toBe(10)
    expect(found.places[0].at).toEqual(forced)
    expect(found.places[1].at).toEqual(added)
    expect(found.refused.map((place) => place.at)).toEqual([at(900, 5000)])
    expect(find(world, { barred: [barred] }, 1000).found).toBe(383)
  })
  const all = (k: number) => find(world, {}, 1000).places[k].at

  it('lie where the building is that was pressed, else on the ground of its community, else nowhere', () => {
    const building = 4 * 13
    const middle = all(building)
    expect(placesAt(world.scope, [[middle[0] + 0.00005, middle[1]], world.at(650, 50), world.at(5000, 0)])).toEqual([
      { at: middle, building, community: 0 },
      { at: world.at(650, 50), building: -1, community: 1 },
      { at: world.at(5000, 0), building: -1, community: -1 },
    ])
  })
})

describe('a task as the solver has it', () => {
  const stations = [[200, 300, 'community_station', 120], [850, 600, 'grid_home', 90], [850, 200, 'compound_point', 10]] as const

  it.each([...SITING_AIMS.map((aim) => ({ aim, capacity: 0 })), { aim: 'most_served', capacity: 500 }, { aim: 'fewest_stations', capacity: 500 }] as const)(
    'comes to the same as the figures of its answer: $aim, new stations for $capacity',
    async ({ aim, capacity }) => {
      const { scope, ground } = makeSitingWorld(stations)
      const task: SitingTask = { ...TASK, aim, keepsCapacity: capacity > 0, capacity, limitM: 350, count: 2, weights: [1, 4, 1, 1, 1, 1, 1, 1], candidates: 'junctions' }
      const demand = sitingDemand(task, scope.buildings, ground.doors)
      const candidates = sitingCandidates(task, scope, ground, accessLimitM, 6)
      const kept = keptStations(task, scope.stations, ground)
      const measure = sitingMeasure(task, { kept, candidates }, demand, ground, scope.stations)
      const walks = measureSitesJob({ graph: ground.graph, sites: measure.sites, doors: demand.doors, limitM: measure.limitM }, { onProgress: () => undefined })
      const solved = await solveSiting(encodeSiting(task, { kept, candidates }, demand, measure, walks, scope.stations), loadHighs, { onProgress: () => undefined })
      const chosen = [...solved.open.subarray(kept.length).keys()].filter((k) => solved.open[kept.length + k] === 1)
      const outcome = sitingOutcome(task, chosen.map((k) => ({ at: candidates.places[k].at, name: String(k), capacity })), pickSnaps(candidates.snaps, chosen), demand, ground, scope)
      expect(valueOfChoice(task, outcome, chosen.length)).toBeCloseTo(solved.value, 6)
      expect(outcome.figures.served + outcome.figures.full + outcome.figures.far).toBe(outcome.figures.households)
    },
  )
})
