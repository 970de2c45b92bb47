/** A position in degrees, longitude first, WGS84. */
export type LngLat = readonly [lng: number, lat: number]

/** A position in metres in a local frame. */
export type XY = readonly [x: number, y: number]

/** West, south, east, north in degrees. */
export type LngLatBounds = readonly [west: number, south: number, east: number, north: number]
