import fc from 'fast-check'
import gcoord from 'gcoord'
import proj4 from 'proj4'
import { describe, expect, it } from 'vitest'
import { COORDINATE_SYSTEMS, gaussDefinition, gaussZone } from '@/rooms/data-exchange/coordinates/coordinate-systems'
import { axesSeemSwapped, suggestSystem, systemOfProjection } from '@/rooms/data-exchange/coordinates/suggest-system'
import { toWgs84 } from '@/rooms/data-exchange/coordinates/to-wgs84'
import type { CoordinateSystem, Pair } from '@/rooms/data-exchange/model'

/** Metres between two places near each other. */
const apartM = (a: Readonly<Pair>, b: Readonly<Pair>): number =>
  Math.hypot((a[0] - b[0]) * 111_320 * Math.cos((a[1] * Math.PI) / 180), (a[1] - b[1]) * 111_132)

/** Places in China, away from its borders, where GCJ-02 is defined. */
const places = fc.tuple(fc.double({ min: 80, max: 130, noNaN: true }), fc.double({ min: 20, max: 50, noNaN: true }))

describe('systems of China', () => {
  it('WGS84 → GCJ-02 → WGS84 comes back within half a metre; the offset itself is tens to hundreds', () => {
    const back = toWgs84('gcj02')
    fc.assert(
      fc.property(places, (place) => {
        const shifted = gcoord.transform([...place] as Pair, gcoord.WGS84, gcoord.GCJ02)
        expect(apartM(back(shifted)!, place)).toBeLessThan(0.5)
        expect(apartM(shifted, place)).toBeLessThan(1_500)
      }),
      { seed: 7, numRuns: 2_000 },
    )
    expect(apartM(gcoord.transform([117.68, 36.21], gcoord.WGS84, gcoord.GCJ02), [117.68, 36.21])).toBeGreaterThan(300)
  })

  it('WGS84 → BD-09 → WGS84 comes back within half a metre', () => {
    const back = toWgs84('bd09')
    fc.assert(
      fc.property(places, (place) => {
        expect(apartM(back(gcoord.transform([...place] as Pair, gcoord.WGS84, gcoord.BD09))!, place)).toBeLessThan(0.5)
      }),
      { seed: 7, numRuns: 2_000 },
    )
  })

  it('Gauss–Krüger there and back within a millimetre in each of the 42 zones', () => {
    fc.assert(
      fc.property(fc.integer({ min: 4513, max: 4554 }), fc.double({ min: -1.5, max: 1.5, noNaN: true }), fc.double({ min: 3, max: 54, noNaN: true }), (epsg, off, lat) => {
        const zone = gaussZone(epsg)!
        const place: Pair = [zone.centralMeridianDeg + off, lat]
        const pair = proj4('WGS84', gaussDefinition(zone), [...place]) as Pair
        expect(apartM(toWgs84(`epsg:${epsg}`)(pair)!, place)).toBeLessThan(0.001)
      }),
      { seed: 7, numRuns: 2_000 },
    )
  })

  it('zones are those of the EPSG registry', () => {
    // EPSG 4527: zone 39, 117° E, false easting 39,500,000 m; 4548: the same meridian without the zone number.
    expect(gaussZone(4527)).toEqual({ epsg: 4527, centralMeridianDeg: 117, falseEastingM: 39_500_000, prefix: 39 })
    expect(gaussZone(4548)).toEqual({ epsg: 4548, centralMeridianDeg: 117, falseEastingM: 500_000, prefix: null })
    expect(gaussZone(4513)?.centralMeridianDeg).toBe(75)
    expect(gaussZone(4533)?.centralMeridianDeg).toBe(135)
    expect(gaussZone(4554)?.centralMeridianDeg).toBe(135)
    expect(gaussZone(4326)).toBeNull()
    expect(COORDINATE_SYSTEMS).toHaveLength(46)
  })

  it('the northing on the central meridian is the length of the meridian', () => {
    // ∫ a (1 − e²) (1 − e² sin² φ)^−3/2 dφ on GRS80, from the equator to 36°, by the midpoint rule.
    const [a, e2, steps, end] = [6_378_137, 0.006_694_380_022_9, 100_000, Math.PI / 5]
    let lengthM = 0
    for (let k = 0; k < steps; k++) {
      lengthM += ((a * (1 - e2)) / (1 - e2 * Math.sin(((k + 0.5) * end) / steps) ** 2) ** 1.5) * (end / steps)
    }
    expect(toWgs84('epsg:4548')([500_000, lengthM])![1]).toBeCloseTo(36, 7)
  })

  it('Web Mercator', () => {
    expect(toWgs84('web_mercator')([13_058_000, 4_333_000])![0]).toBeCloseTo(117.3, 1)
  })

  it('what is no place is null, not a number', () => {
    for (const system of ['wgs84', 'gcj02', 'bd09'] as const) expect(toWgs84(system)([500, 36])).toBeNull()
    expect(toWgs84('wgs84')([0, 0])).toBeNull()
    expect(() => toWgs84('epsg:4326' as CoordinateSystem)).toThrow(RangeError)
  })
})

describe('what the numbers say', () => {
  const none = { osm: false, datav: false, projection: null }
  it('tells metres and zones', () => {
    expect(suggestSystem([39_530_000, 4_000_000, 39_540_000, 4_010_000], none)?.system).toBe('epsg:4527')
    expect(suggestSystem([530_000, 4_000_000, 540_000, 4_010_000], none)?.because).toBe('metres_without_zone')
    expect(suggestSystem([13_058_000, 7_333_000, 13_059_000, 7_334_000], none)?.system).toBe('web_mercator')
    expect(suggestSystem([117, 36, 118, 37], { ...none, datav: true })?.system).toBe('gcj02')
    expect(suggestSystem([7.4, 43.7, 7.5, 43.8], none)?.because).toBe('outside_china')
    expect(suggestSystem([117, 36, 118, 37], { ...none, osm: true })?.because).toBe('osm')
  })

  it('sees northing first', () => {
    expect(axesSeemSwapped([4_000_000, 39_530_000, 4_010_000, 39_540_000])).toBe(true)
    expect(axesSeemSwapped([4_000_000, 530_000, 4_010_000, 540_000])).toBe(true)
    expect(axesSeemSwapped([36.1, 117.1, 36.2, 117.2])).toBe(true)
    expect(axesSeemSwapped([117.1, 36.1, 117.2, 36.2])).toBe(false)
    expect(axesSeemSwapped([7.4, 43.7, 7.5, 43.8])).toBe(false)
  })

  it('reads projection files', () => {
    const gauss = (cm: number, fe: number) =>
      `PROJCS["CGCS2000_3_Degree_GK",GEOGCS["GCS_China_Geodetic_Coordinate_System_2000",DATUM["D_China_2000",SPHEROID["CGCS2000",6378137.0,298.257222101]]],PROJECTION["Gauss_Kruger"],PARAMETER["False_Easting",${fe}.0],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",${cm}.0],UNIT["Meter",1.0]]`
    expect(systemOfProjection(gauss(117, 39_500_000))).toBe('epsg:4527')
    expect(systemOfProjection(gauss(117, 500_000))).toBe('epsg:4548')
    expect(systemOfProjection(gauss(116, 500_000))).toBeNull()
    expect(systemOfProjection('GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984"]]')).toBe('wgs84')
    expect(systemOfProjection('PROJCS["WGS_1984_Web_Mercator_Auxiliary_Sphere"]')).toBe('web_mercator')
  })
})
