import { gaussZone } from './coordinate-systems'
import type { CoordinateSystem, Pair } from '../model'

/** What the numbers of a file say of their system, with a reason code; null where they say nothing. */
export interface SystemHint {
  readonly system: CoordinateSystem
  readonly because:
    | 'osm'
    | 'datav'
    | 'projection_file'
    | 'metres_with_zone'
    | 'metres_without_zone'
    | 'metres_mercator'
    | 'outside_china'
    | 'degrees'
}

/**
 * Judge by form, never by name alone: metres show in the size of numbers, the zone in the digits before the easting, map portals in the
 * attributes they write. Degrees in China cannot be told apart by numbers, which is why the person is asked.
 */
export function suggestSystem(
  extent: readonly [number, number, number, number],
  traits: { readonly osm: boolean; readonly datav: boolean; readonly projection: string | null },
): SystemHint | null {
  const [x0, y0, x1, y1] = extent
  const named = traits.projection === null ? null : systemOfProjection(traits.projection)
  if (named !== null) return { system: named, because: 'projection_file' }
  if (Math.abs(x0) <= 180 && Math.abs(x1) <= 180 && Math.abs(y0) <= 90 && Math.abs(y1) <= 90) {
    if (traits.osm) return { system: 'wgs84', because: 'osm' }
    if (traits.datav) return { system: 'gcj02', because: 'datav' }
    if (!touchesChina(extent)) return { system: 'wgs84', because: 'outside_china' }
    return { system: 'wgs84', because: 'degrees' }
  }
  return metricHint([(x0 + x1) / 2, (y0 + y1) / 2])
}

/** China in the sense of GCJ-02: outside it the offset is nil. */
const touchesChina = ([x0, y0, x1, y1]: readonly [number, number, number, number]): boolean =>
  x1 > 72.004 && x0 < 137.8347 && y1 > 0.8293 && y0 < 55.8271

function metricHint([x, y]: Pair): SystemHint | null {
  const zoneNumber = Math.floor(x / 1e6)
  const northing = y > 400_000 && y < 6_200_000
  if (northing && zoneNumber >= 25 && zoneNumber <= 45) return { system: `epsg:${4513 + zoneNumber - 25}`, because: 'metres_with_zone' }
  // 117° E, the zone of Jinan, stands for the zone that the numbers do not tell.
  if (northing && x > 300_000 && x < 700_000) return { system: 'epsg:4548', because: 'metres_without_zone' }
  if (Math.abs(x) <= 20_037_509 && Math.abs(y) <= 20_048_967) return { system: 'web_mercator', because: 'metres_mercator' }
  return null
}

/** Whether pairs look like northing first: what Chinese surveyors call X is the northing. */
export function axesSeemSwapped(extent: readonly [number, number, number, number]): boolean {
  const [x0, y0, x1, y1] = extent
  const x = (x0 + x1) / 2
  const y = (y0 + y1) / 2
  const degrees = Math.abs(x) <= 90 && Math.abs(y) <= 180
  if (degrees) return x > 15 && x < 55 && y > 72 && y < 138
  const zone = Math.floor(y / 1e6)
  return x > 1_500_000 && x < 6_200_000 && ((zone >= 25 && zone <= 45) || (y > 300_000 && y < 700_000))
}

/** System named by the text of a .prj file, where it is one that we read. */
export function systemOfProjection(text: string): CoordinateSystem | null {
  const epsg = /AUTHORITY\["EPSG","?(\d+)"?\]\s*\]\s*$/.exec(text)
  if (epsg && gaussZone(Number(epsg[1])) !== null) return `epsg:${Number(epsg[1])}`
  if (/Mercator_Auxiliary_Sphere|Pseudo.?Mercator|EPSG","?3857/i.test(text)) return 'web_mercator'
  const meridian = /Central_Meridian",\s*([\d.]+)/i.exec(text)
  const easting = /False_Easting",\s*([\d.]+)/i.exec(text)
  if (/Gauss|Transverse_Mercator/i.test(text) && meridian && easting && /CGCS_?2000|China_2000|CGCS/i.test(text)) {
    for (let code = 4513; code <= 4554; code++) {
      const zone = gaussZone(code)!
      if (zone.centralMeridianDeg === Number(meridian[1]) && zone.falseEastingM === Number(easting[1])) return `epsg:${code}`
    }
    return null
  }
  if (/^\s*GEOGCS\[/i.test(text) && /WGS_?1984|WGS 84|CGCS_?2000|China_2000/i.test(text)) return 'wgs84'
  return null
}
