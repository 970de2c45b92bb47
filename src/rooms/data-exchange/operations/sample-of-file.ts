import { axesSeemSwapped } from '../coordinates/suggest-system'
import { toWgs84 } from '../coordinates/to-wgs84'
import type { CoordinateSystem, Pair, SourceFeature } from '../model'
import { pairExtent } from './pair-extent'

/** The first pair of a file as it stands and where it lands; kept in the import's report. */
export function sampleOfFile(
  features: readonly SourceFeature[],
  system: CoordinateSystem | null,
): { source: Pair; wgs84: Pair } | null {
  const first = features.find((feature) => feature.geometry !== null)
  if (first === undefined || system === null) return null
  let value: unknown = first.geometry!.coordinates
  while (Array.isArray(value) && typeof value[0] !== 'number') value = value[0]
  const source = value as Pair
  const wgs84 = toWgs84(system)(eastFirst(source, pairExtent(features)))
  return wgs84 === null ? null : { source, wgs84 }
}

/** The pair with east first, as the whole of the file tells its order. */
export const eastFirst = (pair: Readonly<Pair>, extent: readonly [number, number, number, number] | null): Pair =>
  extent !== null && axesSeemSwapped(extent) ? [pair[1], pair[0]] : [pair[0], pair[1]]
