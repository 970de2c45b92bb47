/** Slips that share one sign on the map. */
export interface SlipCluster {
  readonly lng: number
  readonly lat: number
  /** Positions of the slips in the columns. */
  readonly slips: readonly number[]
}

/** Nearest that two signs may stand, CSS pixels. */
const APART_PX = 40
const TILE_PX = 512

/**
 * Gather slips that would lie over each other at a zoom. Each stands in exactly one cluster, and no two clusters are
 * nearer than 40 px; the same slips at the same zoom give the same clusters wherever the map looks.
 * O(slips + clusters × neighbours).
 * @param lngLat degrees by turns, by slip
 */
export function clusterSlips(lngLat: Float64Array, slips: ArrayLike<number>, zoom: number): SlipCluster[] {
  const worldPx = TILE_PX * 2 ** zoom
  const cells = new Map<string, { x: number; y: number; slips: number[] }>()
  const key = (x: number, y: number): string => `${Math.floor(x / APART_PX)},${Math.floor(y / APART_PX)}`
  for (let k = 0; k < slips.length; k++) {
    const slip = slips[k]
    const x = ((lngLat[2 * slip] + 180) / 360) * worldPx
    const y = mercatorY(lngLat[2 * slip + 1]) * worldPx
    const cell = cells.get(key(x, y))
    if (cell) {
      cell.x += x
      cell.y += y
      cell.slips.push(slip)
    } else cells.set(key(x, y), { x, y, slips: [slip] })
  }
  const gathered = [...cells.values()].map(({ x, y, slips: own }) => ({ x: x / own.length, y: y / own.length, slips: own }))
  gathered.sort((a, b) => b.slips.length - a.slips.length || a.x - b.x || a.y - b.y)
  const kept = new Map<string, (typeof gathered)[number][]>()
  const all: typeof gathered = []
  for (const one of gathered) {
    const near = nearest(kept, one.x, one.y)
    if (near) near.slips.push(...one.slips)
    else {
      all.push(one)
      const at = key(one.x, one.y)
      kept.set(at, [...(kept.get(at) ?? []), one])
    }
  }
  return all.map(({ x, y, slips: own }) => ({
    lng: own.length === 1 ? lngLat[2 * own[0]] : (x / worldPx) * 360 - 180,
    lat: own.length === 1 ? lngLat[2 * own[0] + 1] : latitudeOf(y / worldPx),
    slips: own,
  }))
}

function nearest<T extends { readonly x: number; readonly y: number }>(kept: ReadonlyMap<string, readonly T[]>, x: number, y: number): T | null {
  let best: T | null = null
  let bestPx = APART_PX
  for (let dx = -1; dx <= 1; dx++) {
    for (let dy = -1; dy <= 1; dy++) {
      for (const one of kept.get(`${Math.floor(x / APART_PX) + dx},${Math.floor(y / APART_PX) + dy}`) ?? []) {
        const px = Math.hypot(one.x - x, one.y - y)
        if (px < bestPx) [best, bestPx] = [one, px]
      }
    }
  }
  return best
}

/** Web Mercator, 0 … 1 from north to south. */
const mercatorY = (lat: number): number => 0.5 - Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360)) / (2 * Math.PI)
const latitudeOf = (y: number): number => (360 / Math.PI) * Math.atan(Math.exp((0.5 - y) * 2 * Math.PI)) - 90
