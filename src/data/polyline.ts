import type { LngLat } from '@/core/units'

/**
 * Decode a Google encoded polyline of `ST_AsEncodedPolyline`, appending second coordinate then first of each pair
 * (that is x, y, for the encoding writes y first) to `out`, divided by `scale` (10^precision) and moved by `origin`.
 * Lines in degrees come relative to the land's origin, since the encoder of PostGIS holds 32 bits. Linear in the text.
 * Source: Encoded Polyline Algorithm Format, Google Maps Platform documentation.
 */
export function decodePolyline(text: string, scale: number, out: number[], origin: LngLat = [0, 0]): void {
  let at = 0
  let x = 0
  let y = 0
  const next = (): number => {
    // Multiplication, not shifts: lattice numbers times two may pass 31 bits.
    let value = 0
    let factor = 1
    let chunk: number
    do {
      chunk = text.charCodeAt(at++) - 63
      value += (chunk & 31) * factor
      factor *= 32
    } while (chunk >= 32)
    return value % 2 === 1 ? -(value + 1) / 2 : value / 2
  }
  while (at < text.length) {
    y += next()
    x += next()
    out.push(origin[0] + x / scale, origin[1] + y / scale)
  }
}
