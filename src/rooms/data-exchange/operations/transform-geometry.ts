import type { ToWgs84 } from '../coordinates/to-wgs84'
import type { Pair, SourceGeometry } from '../model'

/** A pair that is no place on Earth in the system that was named. */
export class NoPlace extends Error {
  constructor(readonly pair: Readonly<Pair>) {
    super('no place')
  }
}

/** The geometry on WGS84. Throws `NoPlace` with the first pair that is none. */
export function transformGeometry(geometry: SourceGeometry, convert: ToWgs84, swap: boolean): SourceGeometry {
  const walk = (value: unknown): unknown => {
    const list = value as unknown[]
    if (typeof list[0] !== 'number') return list.map(walk)
    const pair = (swap ? [list[1], list[0]] : list) as Pair
    const place = convert(pair)
    if (place === null) throw new NoPlace(pair)
    return place
  }
  return { type: geometry.type, coordinates: walk(geometry.coordinates) } as SourceGeometry
}
