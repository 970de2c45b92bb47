import type { SourceFeature } from '../model'

/** Smallest and largest x and y of all rows as they stand, [x0, y0, x1, y1]; null where no row has geometry. */
export function pairExtent(features: readonly SourceFeature[]): [number, number, number, number] | null {
  const extent: [number, number, number, number] = [Infinity, Infinity, -Infinity, -Infinity]
  const walk = (value: unknown): void => {
    const list = value as unknown[]
    if (typeof list[0] !== 'number') return list.forEach(walk)
    const [x, y] = list as [number, number]
    if (x < extent[0]) extent[0] = x
    if (y < extent[1]) extent[1] = y
    if (x > extent[2]) extent[2] = x
    if (y > extent[3]) extent[3] = y
  }
  for (const feature of features) if (feature.geometry !== null) walk(feature.geometry.coordinates)
  return extent[0] === Infinity ? null : extent
}
