import { describe, expect, it } from 'vitest'
import { metresPerDegree } from '@/core/land-frame'
import { toDegrees } from '@/core/places-in-metres'
import type { LngLat, XY } from '@/core/units'
import { measureAccessJob } from '@/rooms/coverage/jobs/measure-access/measure-access-job'
import { encodeAccess, type AccessLand } from '@/rooms/coverage/operations/encode-access'
import { measureAccessOfLand, withIds } from '@/rooms/coverage/operations/measure-access-of-land'

const frame = { lng0: 117.6, lat0: 36.2, ...metresPerDegree(36.2) }
const at = ([x, y]: XY): LngLat => toDegrees(frame, x, y)
const line = (...points: XY[]): LngLat[] => points.map(at)
const square = (x: number, y: number, half: number): LngLat[] => line([x - half, y - half], [x + half, y - half], [x + half, y + half], [x - half, y + half], [x - half, y - half])

//            y 300 ── footpath to the shop ── station 21 (grid home)
//   river ≈≈≈≈≈≈≈≈≈≈≈ (y 100 … 160), a bridge at x 400
//   x 0 ─────────────── street y 0 ──────────────── 1000, station 11 (community station) at 1000
//   compound around (200, −40), its lane leaves by (200, 0)… a motorway south at y −200
const LAND: AccessLand = {
  land: { frame },
  streets: [
    { class: 'residential', line: line([0, 0], [200, 0], [400, 0], [1000, 0]) },
    { class: 'service', line: line([200, 0], [200, -60]) },
    { class: 'residential', line: line([400, 0], [400, 300], [700, 300]) },
    { class: 'motorway', line: line([0, -200], [1000, -200]) },
  ],
  compounds: [{ ring: square(200, -50, 40) }],
  features: [{ kind: 'water', line: line([0, 100], [1000, 100], [1000, 160], [0, 160], [0, 100]) }, { kind: 'green', line: square(800, 0, 80) }],
  stations: [
    { id: 11, level: 'community_station', community: 0, at: at([1000, 0]) },
    { id: 21, level: 'grid_home', community: 1, at: at([700, 300]) },
    { id: 31, level: 'street_centre', community: -1, at: at([500, 600]) },
  ],
  buildings: {
    count: 6,
    // On the street, in the compound, on the far bank beside the bridge, in the water beside the bridge, by the motorway, far from all.
    community: Int32Array.of(0, 0, 1, 1, 0, 0),
    outlineStart: Uint32Array.from([0, 5, 10, 15, 20, 25, 30]),
    outline: Float64Array.from([square(100, 10, 5), square(220, -40, 5), square(430, 170, 5), square(420, 130, 5), square(600, -190, 5), square(600, -600, 5)].flat(2)),
  },
}
const SETTINGS = [{ accessLimitM: 150 }, { accessLimitM: 60 }]

describe('walks of a land', () => {
  it('are the nearest station of each level by building, over streets, gates and bridges', () => {
    const { measured } = measureAccessOfLand(LAND, [], SETTINGS)
    expect([...measured.accessCm]).toEqual([1000, 2000, 3000, -1, -1, -1])
    const level = (k: number) => [...measured.walkCm].filter((_, entry) => entry % 5 === k)
    expect(level(1)).toEqual([1000 + 90_000, 2000 + 4000 + 80_000, 3000 + 17_000 + 60_000, -1, -1, -1])
    expect(level(2)).toEqual([1000 + 90_000, 2000 + 4000 + 20_000 + 60_000, 3000 + 43_000, -1, -1, -1])
    // 300 m from the footpath: more than anybody there goes to a street.
    expect(level(0)).toEqual([-1, -1, -1, -1, -1, -1])
    expect([...measured.stationIds.subarray(0, 5)]).toEqual([0, 11, 21, 0, 0])
    expect([...measured.stationIds.subarray(15, 20)]).toEqual([0, 0, 0, 0, 0])
  })

  it('are cut where a gate is shut', () => {
    const { measured } = measureAccessOfLand(LAND, [at([200, -10])], SETTINGS)
    expect([...measured.walkCm].slice(5, 10)).toEqual([-1, -1, -1, -1, -1])
    expect(measured.accessCm[1]).toBe(2000)
    expect(measured.walkCm[1]).toBe(91_000)
  })

  it('go by the limit of access legs of their own community, a station of none by the longest', () => {
    expect([...measureAccessOfLand(LAND, [], [{ accessLimitM: 10 }, { accessLimitM: 29.99 }]).measured.accessCm]).toEqual([1000, -1, -1, -1, -1, -1])
    expect(measureAccessOfLand(LAND, [], [{ accessLimitM: 300 }, { accessLimitM: 30 }]).measured.stationIds[0]).toBe(31)
  })

  it('reach nobody without stations', () => {
    const { measured } = measureAccessOfLand({ ...LAND, stations: [] }, [], SETTINGS)
    expect([...measured.stationIds].every((id) => id === 0) && [...measured.walkCm].every((cm) => cm === -1)).toBe(true)
    expect(measured.accessCm[0]).toBe(1000)
  })

  it('are the same by the job, which tells how far it is and ends when told to', () => {
    const passes: string[] = []
    const { walks } = measureAccessJob(encodeAccess(LAND, [], SETTINGS), { onProgress: (_, pass) => passes.push(pass) })
    expect(withIds(walks, LAND.stations)).toEqual(measureAccessOfLand(LAND, [], SETTINGS).measured)
    expect(passes).toEqual(['streets', 'walks'])
    expect(() => measureAccessJob(encodeAccess(LAND, [], SETTINGS), { onProgress: () => {}, signal: { aborted: true } })).toThrow('aborted')
  })
})
