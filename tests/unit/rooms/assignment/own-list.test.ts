import { describe, expect, it } from 'vitest'
import gcoord from 'gcoord'
import type { MyHousehold } from '@/rooms/assignment/phone/my-households'
import { straightM } from '@/core/places-in-metres'
import { floorOf, listRows } from '@/rooms/assignment/phone/own-list'
import { roundLength } from '@/ui/format'
import { routeLinks } from '@/rooms/assignment/phone/route-links'

const HOME = { lng: 117.65, lat: 36.2 }
/** Households to the east of home, in the order of their addresses, `steps` of a ten-thousandth of a degree away. */
const household = (id: number, address: string, steps: number, category = 0): MyHousehold => ({
  id, buildingId: id, address, stairwell: '', room: '', head: '张*', category, residents: 3, phone: null, headResidentId: id * 10, lng: HOME.lng + steps * 1e-4, lat: HOME.lat, since: '2026-11-01T00:00:00Z',
})
const LIST = [household(1, '文昌路2号楼1-302', 9), household(2, '文昌路10号楼2-101', 2, 2), household(3, '文昌路10号楼2-102', 5, 6)]
const ids = (choice: Partial<Parameters<typeof listRows>[2]>, from: typeof HOME | null = HOME) =>
  listRows(LIST, from, { text: '', onlySpecial: false, only: null, order: 'address', ...choice }).map(({ household: { id } }) => id)

describe('the own list', () => {
  it('keeps the natural order of the addresses, or goes by distance where that is known', () => {
    expect(ids({})).toEqual([1, 2, 3])
    expect(ids({ order: 'distance' })).toEqual([2, 3, 1])
    expect(ids({ order: 'distance' }, null)).toEqual([1, 2, 3])
  })

  it('finds by address, room and head, full width or not, and special groups alone', () => {
    expect(ids({ text: '１０号楼 2-102' })).toEqual([3])
    expect(ids({ text: '张' })).toEqual([1, 2, 3])
    expect(ids({ text: '长安路' })).toEqual([])
    // Lone elderly are a special group, tenants are not.
    expect(ids({ onlySpecial: true })).toEqual([2])
    expect(ids({ only: new Set([3, 1]) })).toEqual([1, 3])
  })

  it('measures straight ways in metres', () => {
    const [row] = listRows([LIST[0]], HOME, { text: '', onlySpecial: false, only: null, order: 'address' })
    expect(row.lengthM).toBeCloseTo(9e-4 * (Math.PI / 180) * 6_378_137 * Math.cos((36.2 * Math.PI) / 180) * (1 + 0.00669437999014 * Math.sin((36.2 * Math.PI) / 180) ** 2 / 2), 1)
    expect(straightM(HOME, HOME)).toBe(0)
    expect([roundLength(84), roundLength(994), roundLength(996), roundLength(12_340)]).toEqual([{ m: 80 }, { m: 990 }, { km: '1.0' }, { km: '12.3' }])
  })

  it('tells the storey by the number of the room', () => {
    expect(['302', '1-302', '2单元1203', '３０２', '101'].map(floorOf)).toEqual([3, 3, 12, 3, 1])
    expect(['', '02', '东户', '001', '123456'].map(floorOf)).toEqual([null, null, null, null, null])
  })
})

describe('ways to a household', () => {
  it('give a map application the place and the address, in its own coordinates, and no name', () => {
    const { amap, geo } = routeLinks(HOME, '文昌路2号楼, 1-302')
    const url = new URL(amap)
    const [x, y, name] = url.searchParams.get('to')!.split(',')
    expect([url.origin + url.pathname, url.searchParams.get('mode')]).toEqual(['https://uri.amap.com/navigation', 'walk'])
    const back = gcoord.transform([Number(x), Number(y)], gcoord.GCJ02, gcoord.WGS84)
    expect(straightM(HOME, { lng: back[0], lat: back[1] })).toBeLessThan(1)
    expect(straightM(HOME, { lng: Number(x), lat: Number(y) })).toBeGreaterThan(100)
    expect(name).toBe('文昌路2号楼  1-302')
    expect(geo.startsWith('geo:36.200000,117.650000?q=36.200000%2C117.650000')).toBe(true)
  })
})
