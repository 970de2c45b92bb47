import type { LngLat } from './units'

/**
 * The local frame of one land: an affine map between degrees and an integer lattice of 5 mm.
 *
 * Affine, so a straight border on the lattice is the same straight line in degrees and neighbours stay exact after
 * conversion (decision 0001). Extent at most 300 km, so that orientation products of lattice integers stay below 2^53.
 */
export interface LandFrame {
  /** Origin, degrees. */
  readonly lng0: number
  readonly lat0: number
  /** Metres of one degree at the origin. */
  readonly mPerDegLng: number
  readonly mPerDegLat: number
}

/** Lattice step in metres. Even multiples hold input (1 cm), so the midpoint of any input edge is a lattice point. */
export const LATTICE_M = 0.005

/** WGS84 ellipsoid: semi-major axis (m) and first eccentricity squared. */
const A_M = 6378137
const E2 = 0.00669437999014

/** Metres of one degree of longitude and of latitude at a latitude (degrees), on the WGS84 ellipsoid. */
export function metresPerDegree(latDeg: number): { mPerDegLng: number; mPerDegLat: number } {
  const phi = (latDeg * Math.PI) / 180
  const w2 = 1 - E2 * Math.sin(phi) ** 2
  const n = A_M / Math.sqrt(w2)
  const m = (A_M * (1 - E2)) / (w2 * Math.sqrt(w2))
  return { mPerDegLng: (Math.cos(phi) * n * Math.PI) / 180, mPerDegLat: (m * Math.PI) / 180 }
}

/** Frame with its origin at a position (degrees); the origin is rounded to 1e-6 degrees so that it prints exactly. */
export function makeLandFrame(origin: LngLat): LandFrame {
  const lng0 = Math.round(origin[0] * 1e6) / 1e6
  const lat0 = Math.round(origin[1] * 1e6) / 1e6
  const { mPerDegLng, mPerDegLat } = metresPerDegree(lat0)
  // Six decimals are kept in the database; both sides must compute with the very same numbers.
  return { lng0, lat0, mPerDegLng: Math.round(mPerDegLng * 1e6) / 1e6, mPerDegLat: Math.round(mPerDegLat * 1e6) / 1e6 }
}

/** Nearest lattice point of a position. `cm: true` rounds to whole centimetres (even lattice numbers), as input is stored. */
export function toLattice(frame: LandFrame, lng: number, lat: number, cm = false): [x: number, y: number] {
  const xM = (lng - frame.lng0) * frame.mPerDegLng
  const yM = (lat - frame.lat0) * frame.mPerDegLat
  return cm
    ? [Math.round(xM * 100) * 2, Math.round(yM * 100) * 2]
    : [Math.round(xM / LATTICE_M), Math.round(yM / LATTICE_M)]
}

/** Position of a lattice point, degrees. */
export function toLngLat(frame: LandFrame, x: number, y: number): [lng: number, lat: number] {
  return [frame.lng0 + (x * LATTICE_M) / frame.mPerDegLng, frame.lat0 + (y * LATTICE_M) / frame.mPerDegLat]
}

/**
 * Factor from lattice area (m² in the frame) to ground area at a lattice ordinate: the frame's scale is exact at its
 * origin only and errs by about 0.1 % at 10 km north or south of it.
 */
export function areaFactor(frame: LandFrame, y: number): number {
  const here = metresPerDegree(frame.lat0 + (y * LATTICE_M) / frame.mPerDegLat)
  return (here.mPerDegLng * here.mPerDegLat) / (frame.mPerDegLng * frame.mPerDegLat)
}
