import { describe, expect, it } from 'vitest'
import { rasterKernel, readKernel } from '@/algorithms/density/raster-kernel'
import { lixelEnds, splitKernel } from '@/algorithms/density/split-kernel'
import { buildStreetGraph } from '@/algorithms/routing/build-street-graph'
import { snapDoors } from '@/algorithms/routing/snap-doors'
import type { StreetColumns } from '@/algorithms/routing/street-graph'
import { seededRandom } from '@/algorithms/shared/seeded-random'

const lines = (...paths: number[][]): StreetColumns => ({
  xyM: Float64Array.from(paths.flat()),
  start: Uint32Array.from([0, ...paths.map((_, k) => paths.slice(0, k + 1).flat().length / 2)]),
  classes: paths.map(() => 'residential'),
})

describe('density in the plane', () => {
  const random = seededRandom(7)
  const xyM = Float64Array.from({ length: 400 }, () => 500 * random())

  it('weighs every point as 1', () => {
    const { perHa, pixelM } = rasterKernel(xyM, 80, 400)
    expect(perHa.reduce((sum, one) => sum + one, 0) * pixelM * pixelM / 10_000).toBeCloseTo(200, 2)
  })

  it('is the quartic kernel summed over points', () => {
    const raster = rasterKernel(xyM, 80, 800)
    const at = Float64Array.of(250, 250, 100, 400, 333, 20)
    const found = readKernel(raster, at)
    for (let k = 0; k < 3; k++) {
      let perHa = 0
      for (let point = 0; point < xyM.length; point += 2) {
        const share = 1 - ((xyM[point] - at[2 * k]) ** 2 + (xyM[point + 1] - at[2 * k + 1]) ** 2) / 6400
        if (share > 0) perHa += (10_000 * 3 * share * share) / (Math.PI * 6400)
      }
      // Points and places are moved by up to half a pixel of 0.8 m.
      expect(Math.abs(found[k] - perHa)).toBeLessThan(0.01 * perHa)
    }
    expect([...readKernel(raster, Float64Array.of(-9000, 0))]).toEqual([0])
  })

  it('lies where it is told to, whatever points come, and keeps to its pixels', () => {
    const ground = Float64Array.of(0, 0, 1000, 700)
    const [few, many] = [rasterKernel(xyM.subarray(0, 2), 50, 200, ground), rasterKernel(xyM, 50, 200, ground)]
    expect({ ...few, perHa: null }).toEqual({ ...many, perHa: null })
    expect(Math.max(many.width, many.height)).toBeLessThanOrEqual(200)
    expect(rasterKernel(new Float64Array(0), 50, 200)).toMatchObject({ width: 0, height: 0 })
    expect(() => rasterKernel(xyM, 0, 200)).toThrow('bandwidth above 0')
  })
})

describe('density along streets', () => {
  /**
   *            (100,100)
   *                |
   *   (0,0) ---(100,0)--- (200,0)     a point at (70, 0), bandwidth 60: 30 m to the junction, where two streets go on
   */
  const streets = lines([0, 0, 200, 0], [100, 0, 100, 100])

  it('is divided where streets meet, by the integral of the kernel', () => {
    const graph = buildStreetGraph(streets)
    const lixels = splitKernel(graph, snapDoors(graph, Float64Array.of(70, 0), 10), 60, 10)
    const ends = lixelEnds(graph, lixels)
    const massAt = (x: number, y: number) => {
      const piece = lixels.perM.findIndex((_, k) => Math.hypot((ends[4 * k] + ends[4 * k + 2]) / 2 - x, (ends[4 * k + 1] + ends[4 * k + 3]) / 2 - y) < 1)
      return lixels.perM[piece] * lixels.lengthM[piece]
    }
    const upTo = (u: number) => (15 * u - 10 * u ** 3 + 3 * u ** 5) / 16
    expect(massAt(75, 0)).toBeCloseTo(upTo(1 / 6), 12)
    expect(massAt(65, 0)).toBeCloseTo(upTo(1 / 6), 12)
    expect(massAt(15, 0)).toBeCloseTo(0.5 - upTo(5 / 6), 12)
    const beyond = (upTo(4 / 6) - upTo(3 / 6)) / 2
    expect(massAt(105, 0)).toBeCloseTo(beyond, 12)
    expect(massAt(100, 5)).toBeCloseTo(beyond, 12)
    expect(massAt(195, 0)).toBe(0)
  })

  it('weighs every point as 1, at dead ends and in a net of blocks too', () => {
    const blocks = Array.from({ length: 6 }, (_, k) => [[0, 40 * k, 200, 40 * k], [40 * k, 0, 40 * k, 230]]).flat()
    const graph = buildStreetGraph(lines(...blocks))
    const random = seededRandom(2)
    const doors = snapDoors(graph, Float64Array.from({ length: 60 }, () => 200 * random()), 30)
    const lixels = splitKernel(graph, doors, 150, 12)
    const mass = lixels.perM.reduce((sum, perM, k) => sum + perM * lixels.lengthM[k], 0)
    expect(mass).toBeCloseTo(30 - doors.refused.length, 9)
    expect(Math.min(...lixels.perM)).toBeGreaterThanOrEqual(0)
  })
})
