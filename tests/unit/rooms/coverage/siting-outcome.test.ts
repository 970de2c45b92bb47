import { needByCommunity } from '@/rooms/coverage/operations/siting-outcome'
import { publishWalks } from '@/rooms/coverage/operations/publish-walks'
import { scenarioSheets } from '@/rooms/coverage/operations/scenario-sheets'
import { gapOf, isSameQuestion, valueOfChoice } from '@/rooms/coverage/operations/siting-value'
import type { SitingScenario } from '@/core/coverage/siting'
import { describe, expect, it } from 'vitest'
import { accessLimitM, makeSitingWorld, outcomeOf, siteAt, TASK } from './make-siting'

const sum = (column: Iterable<number>): number => [...column].reduce((all, value) => all + value, 0)
const partsOf = ({ served, full, far, refused }: { served: number; full: number; far: number; refused: number }): number => served + full + far + refused

describe('whom a choice of sites serves', () => {
  it('serves nobody without stations: 0 %, all too far', () => {
    const world = makeSitingWorld()
    const { figures } = outcomeOf(world, TASK, [])
    expect(figures).toEqual({ households: sum(world.scope.buildings.households), served: 0, full: 0, far: figures.households, refused: 0, servedBefore: 0, meanM: 0, worstM: 0 })
  })

  it('counts the limit in, to the centimetre, and not one more', () => {
    const world = makeSitingWorld([[600, 400, 'community_station', 0]])
    const all = outcomeOf(world, TASK, [])
    const building = all.nearestCm.findIndex((cm) => cm > 20_000)
    const limitM = all.nearestCm[building] / 100
    expect(outcomeOf(world, { ...TASK, limitM }, []).far[building]).toBe(0)
    expect(outcomeOf(world, { ...TASK, limitM: limitM - 0.01 }, []).far[building]).toBeGreaterThan(0)
  })

  it('adds up: served, full, far and refused are the households, by community too, whatever is full', () => {
    // A station in the west has room for 100; one far building stands on no street.
    const plain = makeSitingWorld([[300, 400, 'community_station', 100], [900, 400, 'grid_home', 0], [100, 100, 'stairwell_contact', 0]])
    const { buildings } = plain.scope
    const outline = buildings.outline.slice()
    for (let k = buildings.outlineStart[7]; k < buildings.outlineStart[8]; k++) outline.set([outline[2 * k], outline[2 * k + 1] + 0.1], 2 * k)
    const world = makeSitingWorld([[300, 400, 'community_station', 100], [900, 400, 'grid_home', 0], [100, 100, 'stairwell_contact', 0]], { buildings: { ...buildings, outline } })
    const site = siteAt(world, 100, 100, 50)
    const outcome = outcomeOf(world, TASK, [site])
    const { figures } = outcome
    expect(figures.refused).toBe(buildings.households[7])
    expect(figures.full).toBeGreaterThan(0)
    expect(figures.far).toBeGreaterThan(0)
    expect(partsOf(figures)).toBe(figures.households)
    expect(figures.households).toBe(sum(buildings.households))
    // The new station took 50 of those whom the old one had no room for; the level that does not count serves nobody.
    expect(outcome.load[outcome.kept.length]).toBe(50)
    expect(outcome.kept).toEqual([0, 1])
    expect(figures.served - figures.servedBefore).toBe(50)
    const need = needByCommunity(outcome, TASK, world.scope, [1, 2, 3, 4, 7])
    for (const row of need) expect(partsOf(row)).toBe(row.households)
    for (const key of ['households', 'served', 'full', 'far', 'refused'] as const) expect(sum(need.map((row) => row[key]))).toBe(figures[key])
    // One community alone: its own households, no others.
    const west = outcomeOf(world, { ...TASK, communities: [0] }, [site])
    expect(west.figures.households).toBe(need[0].households)
    expect(needByCommunity(west, { communities: [0] }, world.scope, []).map(({ community }) => community)).toEqual([0])
  })

  it('does not serve on where a station is full, nor count one without limit as full', () => {
    const world = makeSitingWorld([[600, 400, 'community_station', 40]])
    const kept = outcomeOf(world, TASK, [])
    expect(kept.figures.served).toBe(40)
    expect(outcomeOf(world, { ...TASK, keepsCapacity: false }, []).figures).toMatchObject({ full: 0, served: kept.figures.served + kept.figures.full })
  })

  it('does not count a published scenario twice: its stations are not those that stay', () => {
    const world = makeSitingWorld([[300, 400, 'community_station', 0]])
    const site = siteAt(world, 900, 400)
    const before = outcomeOf(world, TASK, [site]).figures
    const published = makeSitingWorld([[300, 400, 'community_station', 0], [900, 400, 'grid_home', 0]])
    const named = { ...published, scope: { ...published.scope, stations: published.scope.stations.map((station, k) => (k === 1 ? { ...station, name: site.name } : station)) } }
    expect(outcomeOf(named, TASK, [site], true).figures).toEqual(before)
    expect(outcomeOf(named, TASK, [site]).figures.servedBefore).toBeGreaterThan(before.servedBefore)
  })

  it('tells what a choice by hand comes to, weighted, and how far it is from the bound', () => {
    const world = makeSitingWorld([[600, 400, 'community_station', 0]])
    const outcome = outcomeOf(world, TASK, [])
    expect(valueOfChoice(TASK, outcome, 0)).toBe(outcome.figures.served)
    const weighed = { ...TASK, weights: [1, 3, 1, 1, 1, 1, 1, 1] }
    const heavy = valueOfChoice(weighed, outcomeOf(world, weighed, []), 0)
    const reached = [...outcome.served].filter((count) => count > 0).length
    expect(heavy).toBe(outcome.figures.served + 2 * reached)
    const walked = valueOfChoice({ ...TASK, aim: 'least_total_walk', keepsCapacity: false }, outcome, 0)!
    expect(valueOfChoice({ ...TASK, aim: 'least_total_walk' }, outcome, 0)).toBeNull()
    expect(walked / outcome.figures.households).toBeCloseTo(outcome.figures.meanM, 9)
    expect(gapOf({ task: TASK, value: 90, bound: 100 })).toBeCloseTo(0.1)
    expect(gapOf({ task: { ...TASK, aim: 'least_total_walk' }, value: 100, bound: 80 })).toBeCloseTo(0.2)
    expect(gapOf({ task: TASK, value: 120, bound: 100 })).toBe(0)
  })
})

describe('whether a bound still holds after a change by hand', () => {
  const world = makeSitingWorld()
  const [west, east, middle] = [siteAt(world, 100, 400), siteAt(world, 1100, 400), siteAt(world, 600, 400)]
  const holds = (task: Partial<typeof TASK>, before: readonly ReturnType<typeof siteAt>[], after: readonly ReturnType<typeof siteAt>[]): boolean => {
    const asked = { ...TASK, ...task }
    return isSameQuestion(asked, after, outcomeOf(world, asked, before), outcomeOf(world, asked, after))
  }

  it('does not for more sites than were asked for, or could be paid', () => {
    expect(holds({ count: 2 }, [west, east], [west])).toBe(true)
    expect(holds({ count: 2 }, [west, east], [west, middle])).toBe(true)
    expect(holds({ count: 2 }, [west, east], [west, east, middle])).toBe(false)
    expect(holds({ count: 3, budget: 50, costEach: 20 }, [west, east], [west, east, middle])).toBe(false)
    expect(holds({ count: 2, forced: [west.at, east.at, middle.at] }, [west, east], [west, east, middle])).toBe(true)
  })

  it('does not where one site has another capacity than was asked for', () => {
    expect(holds({ capacity: 50 }, [siteAt(world, 100, 400, 50)], [siteAt(world, 600, 400, 50)])).toBe(true)
    expect(holds({ capacity: 50 }, [siteAt(world, 100, 400, 50)], [siteAt(world, 100, 400, 400)])).toBe(false)
    expect(holds({ capacity: 50 }, [siteAt(world, 100, 400, 50)], [siteAt(world, 100, 400)])).toBe(false)
  })

  it('does not where fewest stations serve fewer households', () => {
    expect(holds({ aim: 'fewest_stations', count: 1 }, [west, east], [west, east, middle])).toBe(true)
    expect(holds({ aim: 'fewest_stations' }, [west, east], [west])).toBe(false)
  })

  it.each(['least_total_walk', 'least_worst_walk'] as const)('does not where walks are missing that were counted: %s', (aim) => {
    expect(holds({ aim }, [west, east], [west, middle])).toBe(true)
    // No station at all: nobody walks, which is no short walk.
    expect(holds({ aim }, [west], [])).toBe(false)
  })
})

describe('what is published and handed out', () => {
  it('names the sites in the walks by their turn, and no walk is longer than before', () => {
    const world = makeSitingWorld([[300, 400, 'grid_home', 0]])
    const access = publishWalks([siteAt(world, 900, 400), { ...siteAt(world, 100, 100), level: 'community_station' }], world.ground, world.scope, { revisions: Int32Array.of(4, 7) }, accessLimitM)
    expect(access.communities).toEqual([3, 4])
    expect(access.revisions).toEqual([4, 7])
    const ids = (level: number) => new Set([...access.stationIds].filter((_, k) => k % 5 === level))
    expect(ids(2)).toEqual(new Set([901, -1]))
    expect(ids(1)).toEqual(new Set([-2]))
    expect(ids(0)).toEqual(new Set([0]))
    expect([access.accessCm.length, access.walkCm.length, access.building.length]).toEqual([384, 5 * 384, 384])
  })

  it('is a workbook whose columns add up to the figures', () => {
    const world = makeSitingWorld([[300, 400, 'community_station', 60]])
    const sites = [siteAt(world, 900, 400, 80, '滨湖站')]
    const outcome = outcomeOf(world, TASK, sites)
    const scenario: SitingScenario = { id: '', number: 0, title: '甲', state: 'draft', task: TASK, sites, figures: outcome.figures, value: 140, bound: 150, revision: 0, savedAt: '', savedBy: '' }
    const need = needByCommunity(outcome, TASK, world.scope, [1])
    const [summary, stations, rest] = scenarioSheets(scenario, outcome, need, { head: (key) => key, aim: 'a', where: 'w', level: (level) => level, community: (k) => `c${k}`, saved: '' })
    expect(summary.rows.find(([key]) => key === 'served')).toEqual(['served', outcome.figures.served])
    expect(stations.rows[0].slice(1, 4)).toEqual(['滨湖站', 'grid_home', 'c1'])
    expect(stations.rows[0][7]).toBe(80)
    const total = rest.rows.at(-1)!
    rest.heads.slice(1).forEach((_, k) => expect(total[k + 1]).toBe(sum(rest.rows.slice(0, -1).map((row) => Number(row[k + 1])))))
    expect(total.slice(1, 6)).toEqual([outcome.figures.households, outcome.figures.served, outcome.figures.full, outcome.figures.far, outcome.figures.refused])
  })
})
