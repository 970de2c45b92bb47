import { describe, expect, it } from 'vitest'
import type { CoverageScope, WorkUnit } from '@/core/coverage/coverage-scope'
import type { Scope, Station } from '@/core/scope'
import { findBlindSpots } from '@/rooms/coverage/operations/blind-spots'
import { completeChain, sumChain } from '@/rooms/coverage/operations/complete-chain'
import { placeStations } from '@/rooms/coverage/operations/place-stations'

/** Two communities of a grid each, 0.001° squares side by side; a building of 0.0001° in the middle of each, that of the first in a compound. */
const LNG = [117, 117.001]
const square = (lng: number, lat: number, half: number) => [[lng - half, lat - half], [lng + half, lat - half], [lng + half, lat + half], [lng - half, lat + half], [lng - half, lat - half]] as const
const street = (stations: readonly Station[], status: Scope['compounds'][number]['status'] = 'managed') => ({
  stations,
  communities: [{ id: 11 }, { id: 12 }],
  compounds: [{ id: 1, name: '甲', initials: 'j', status, note: null, community: 0, ring: square(LNG[0], 36, 0.0003).slice(0, 4) }],
  buildings: {
    count: 2, cell: Int32Array.of(0, 1), community: Int32Array.of(0, 1), compound: Int32Array.of(0, -1), households: Int32Array.of(30, 4),
    outlineStart: Uint32Array.of(0, 5, 10), outline: Float64Array.from(LNG.flatMap((lng) => square(lng, 36, 0.00005).flat())),
  },
  current: { cellGrid: Int32Array.of(0, 1), grids: [{ id: 'a', community: 0 }, { id: 'b', community: 1 }] },
}) as unknown as Scope
const station = (level: Station['level'], lng: number, lat = 36, community = LNG.indexOf(lng)): Station => ({ id: 1, name: level, level, capacity: 0, community, at: [lng, lat] })
const stairwells = { count: 3, ids: Int32Array.of(1, 2, 3), building: Int32Array.of(0, 0, 1), names: ['1单元', '2单元', ''] }
const sumsOf = (stations: readonly Station[], community: number | null = null) => {
  const scope = street(stations)
  return sumChain(completeChain(scope, placeStations(scope), stairwells), community).map(({ level, had, wanted }) => [level, had, wanted])
}

describe('where stations stand', () => {
  it('is the building they are in, with its compound, grid and community', () => {
    expect(placeStations(street([station('grid_home', LNG[0])]))).toEqual([{ building: 0, compound: 0, grid: 0, community: 0 }])
  })

  it('beside a street is the compound around them, and the grid of the nearest building of their community', () => {
    expect(placeStations(street([station('grid_home', LNG[0], 36.0002, 0)]))).toEqual([{ building: -1, compound: 0, grid: 0, community: 0 }])
    expect(placeStations(street([station('grid_home', LNG[0] + 0.0005, 36, 1)]))).toEqual([{ building: -1, compound: -1, grid: 1, community: 1 }])
  })
})

describe('the chain of stations', () => {
  it('lacks everything where there is no station', () => {
    expect(sumsOf([])).toEqual([['street_centre', 0, 1], ['community_station', 0, 2], ['grid_home', 0, 2], ['compound_point', 0, 1], ['stairwell_contact', 0, 2]])
  })

  it('counts a place with more than it wants as complete and no more', () => {
    const homes = [station('grid_home', LNG[0]), station('grid_home', LNG[0])]
    expect(sumsOf(homes)[2]).toEqual(['grid_home', 1, 2])
  })

  it('wants a contact for each stairwell that has a name, of its own building', () => {
    expect(sumsOf([station('stairwell_contact', LNG[0]), station('stairwell_contact', LNG[1])])[4]).toEqual(['stairwell_contact', 1, 2])
  })

  it('adds up over communities, the centre of the street apart', () => {
    const stations = [station('street_centre', LNG[0], 36, -1), station('community_station', LNG[1]), station('compound_point', LNG[0]), station('stairwell_contact', LNG[0])]
    const parts = [sumsOf(stations, 0), sumsOf(stations, 1)].flat()
    for (const [level, had, wanted] of sumsOf(stations).slice(1)) {
      const own = parts.filter(([one]) => one === level)
      expect([had, wanted]).toEqual([own.reduce((sum, [, one]) => sum + Number(one), 0), own.reduce((sum, [, , one]) => sum + Number(one), 0)])
    }
    expect(parts.some(([level]) => level === 'street_centre')).toBe(false)
  })
})

describe('blind spots', () => {
  const unit = (own: Partial<WorkUnit>): WorkUnit => ({ id: 1, name: '厂', kind: 'enterprise', status: 'active', community: 0, compound: -1, branch: null, note: null, at: null, revision: 0, ...own })
  const spotsOf = (units: readonly WorkUnit[], stations: readonly Station[], community: number | null = null) => {
    const scope = street(stations, 'unmanaged')
    return findBlindSpots(scope, { workUnits: units } as Pick<CoverageScope, 'workUnits'>, completeChain(scope, placeStations(scope), stairwells), community)
  }

  it('are compounds nobody manages, with their households, contact point and units without a branch', () => {
    const units = [unit({ compound: 0, status: 'bankrupt' }), unit({ compound: 0, branch: 'joint' })]
    expect(spotsOf(units, []).compounds).toEqual([{ compound: 0, households: 30, hasPoint: false, units: [0] }])
    expect(spotsOf(units, [station('compound_point', LNG[0])]).compounds[0].hasPoint).toBe(true)
  })

  it('are units without a branch, those that work first, of the community asked', () => {
    const units = [unit({ status: 'bankrupt' }), unit({}), unit({ branch: 'direct' }), unit({ community: 1 })]
    expect(spotsOf(units, []).units).toEqual([1, 3, 0])
    expect(spotsOf(units, [], 1)).toEqual({ compounds: [], units: [3] })
  })
})
