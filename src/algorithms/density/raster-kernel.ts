/** A raster that lies fast in the plane: pixel (0, 0) has its centre at the origin; values by row from the south. */
export interface KernelRaster {
  readonly originXM: number
  readonly originYM: number
  readonly pixelM: number
  readonly width: number
  readonly height: number
  /** Points a hectare, by pixel. */
  readonly perHa: Float32Array
}

const M2_A_HA = 10_000

/**
 * Density of points in the plane by the quartic kernel, K(d) = 3 / (π h²) · (1 − d²/h²)² within h, 0 beyond.
 * Points are moved to the centre of their pixel, so pixels should be a tenth of the bandwidth or less. The stamp of the
 * kernel is scaled so that every point weighs exactly 1.
 *
 * @param xyM x, y by point, metres
 * @param bandwidthM h, > 0
 * @param mostPixels on the longer side, 8 or more: pixels are as small as that allows
 * @param coverXYM more places to cover, so that the raster is the same whatever points come; no place at all: no pixel
 * Complexity: O(occupied pixels · (h / pixel)² + pixels).
 * Source: Silverman, Density estimation for statistics and data analysis (1986), equation 4.5.
 */
export function rasterKernel(xyM: Float64Array, bandwidthM: number, mostPixels: number, coverXYM: Float64Array = new Float64Array(0)): KernelRaster {
  if (!(bandwidthM > 0 && mostPixels >= 8)) throw new Error(`expected a bandwidth above 0 m and 8 pixels or more, got ${bandwidthM} m, ${mostPixels}`)
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const places of [xyM, coverXYM]) {
    for (let k = 0; k < places.length; k += 2) {
      west = Math.min(west, places[k])
      east = Math.max(east, places[k])
      south = Math.min(south, places[k + 1])
      north = Math.max(north, places[k + 1])
    }
  }
  if (west > east) return { originXM: 0, originYM: 0, pixelM: bandwidthM / 10, width: 0, height: 0, perHa: new Float32Array(0) }
  // The kernel reaches over the border by its bandwidth and, for rounding, by up to a pixel and a half.
  const pixelM = (Math.max(east - west, north - south) + 2 * bandwidthM) / (mostPixels - 4)
  const reach = Math.max(1, Math.ceil(bandwidthM / pixelM))
  // Pixels lie on multiples of their size from the origin of the plane, so that other points do not shift them.
  const [firstColumn, firstRow] = [Math.round(west / pixelM) - reach, Math.round(south / pixelM) - reach]
  const width = Math.round(east / pixelM) + reach - firstColumn + 1
  const height = Math.round(north / pixelM) + reach - firstRow + 1
  const held = new Uint32Array(width * height)
  const occupied: number[] = []
  for (let k = 0; k < xyM.length; k += 2) {
    const pixel = (Math.round(xyM[k + 1] / pixelM) - firstRow) * width + Math.round(xyM[k] / pixelM) - firstColumn
    if (held[pixel]++ === 0) occupied.push(pixel)
  }
  const { stamp, half } = kernelStamp(bandwidthM / pixelM, reach)
  const scale = M2_A_HA / (pixelM * pixelM)
  const side = 2 * reach + 1
  const perHa = new Float32Array(width * height)
  for (const pixel of occupied) {
    const weight = held[pixel] * scale
    for (let down = 0; down < side; down++) {
      const at = pixel + (down - reach) * width
      const from = down * side + reach
      for (let right = -half[down]; right <= half[down]; right++) perHa[at + right] += weight * stamp[from + right]
    }
  }
  return { originXM: firstColumn * pixelM, originYM: firstRow * pixelM, pixelM, width, height, perHa }
}

/** Shares of one point by pixel around it, and by row how far from the middle the kernel goes. */
function kernelStamp(bandwidth: number, reach: number): { stamp: Float64Array; half: Int32Array } {
  const side = 2 * reach + 1
  const stamp = new Float64Array(side * side)
  const half = new Int32Array(side)
  let sum = 0
  for (let down = -reach; down <= reach; down++) {
    for (let right = -reach; right <= reach; right++) {
      const share = 1 - (down * down + right * right) / (bandwidth * bandwidth)
      if (share <= 0) continue
      stamp[(down + reach) * side + right + reach] = share * share
      half[down + reach] = Math.max(half[down + reach], right)
      sum += share * share
    }
  }
  return { stamp: stamp.map((share) => share / sum), half }
}

/** Density at places, the nearest pixel's; 0 off the raster. */
export function readKernel({ originXM, originYM, pixelM, width, height, perHa }: KernelRaster, xyM: Float64Array): Float64Array {
  return Float64Array.from({ length: xyM.length / 2 }, (_, k) => {
    const column = Math.round((xyM[2 * k] - originXM) / pixelM)
    const row = Math.round((xyM[2 * k + 1] - originYM) / pixelM)
    return column >= 0 && column < width && row >= 0 && row < height ? perHa[row * width + column] : 0
  })
}
