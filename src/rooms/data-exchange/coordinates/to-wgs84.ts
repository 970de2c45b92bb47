import gcoord from 'gcoord'
import proj4 from 'proj4'
import type { CoordinateSystem, Pair } from '../model'
import { epsgOf, gaussDefinition, gaussZone } from './coordinate-systems'

/** Turns a pair of a system into degrees, longitude first; null where the result is no place on Earth. */
export type ToWgs84 = (pair: Readonly<Pair>) => Pair | null

const WGS84 = 'WGS84'

/**
 * The way from a system to WGS84. CGCS2000 counts as WGS84: they agree to centimetres. GCJ-02 and BD-09 are undone by iteration,
 * far below a metre; outside China both equal WGS84. Throws `RangeError` for a code that is not a zone.
 */
export function toWgs84(system: CoordinateSystem): ToWgs84 {
  const convert = converter(system)
  return (pair) => {
    const place = convert([pair[0], pair[1]])
    return isPlace(place) ? place : null
  }
}

function converter(system: CoordinateSystem): (pair: Pair) => Pair {
  switch (system) {
    case 'wgs84':
      return (pair) => pair
    case 'gcj02':
      return (pair) => gcoord.transform(pair, gcoord.GCJ02, gcoord.WGS84)
    case 'bd09':
      return (pair) => gcoord.transform(pair, gcoord.BD09, gcoord.WGS84)
    case 'web_mercator':
      return (pair) => proj4('EPSG:3857', WGS84, pair)
    default: {
      const zone = gaussZone(epsgOf(system) ?? 0)
      if (zone === null) throw new RangeError(`expected epsg 4513–4554, got ${system}`)
      const projection = proj4(gaussDefinition(zone), WGS84)
      return (pair) => projection.forward(pair)
    }
  }
}

const isPlace = ([lng, lat]: Pair): boolean => Math.abs(lng) <= 180 && Math.abs(lat) <= 85.06 && !(lng === 0 && lat === 0)
