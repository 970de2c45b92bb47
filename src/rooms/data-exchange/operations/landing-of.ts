import type { LngLat, LngLatBounds } from '@/core/units'
import { toWgs84 } from '../coordinates/to-wgs84'
import { centreOf, distanceAndBearing } from '../geometry/lng-lat-bounds'
import { isMetric } from '../coordinates/coordinate-systems'
import type { CoordinateSystem, FileSummary } from '../model'
import { eastFirst } from './sample-of-file'

/** Where the sample of a file lands in the system chosen, against the other files and the land that is there. */
export type Landing =
  | { readonly kind: 'nowhere' }
  | {
      readonly kind: 'place'
      readonly at: LngLat
      /** How far the system moved it, whole metres; null where the file's numbers are no degrees. */
      readonly shiftM: number | null
      readonly fromOthersKm: number | null
      readonly fromDistrictKm: number | null
      /** Further from the other layers than a street is wide. */
      readonly far: boolean
    }

/** Beyond this from the middle of the other layers a sample is worth a question, km: districts are about so wide. */
const FAR_KM = 60

const km = (metres: number): number => (metres < 10_000 ? Math.round(metres / 100) / 10 : Math.round(metres / 1000))

/** Landing of a file's sample; null while no system is chosen or the file has no places. */
export function landingOf(
  summary: FileSummary,
  system: CoordinateSystem | null,
  around: {
    readonly others: readonly { readonly summary: FileSummary; readonly system: CoordinateSystem | null }[]
    readonly district: LngLatBounds | null
  },
): Landing | null {
  if (summary.sample === null || system === null) return null
  const pair = eastFirst(summary.sample.pair, summary.extent)
  const landed = toWgs84(system)(pair)
  if (landed === null || (isMetric(system) && Math.abs(pair[0]) <= 360 && Math.abs(pair[1]) <= 360)) return { kind: 'nowhere' }
  const centres = around.others.flatMap(({ summary: other, system: theirs }) => {
    const bounds = theirs === null ? null : boundsIn(other, theirs)
    return bounds === null ? [] : [centreOf(bounds)]
  })
  const nearestM = centres.length === 0 ? null : Math.min(...centres.map((centre) => distanceAndBearing(centre, landed).distanceM))
  const districtM = around.district === null ? null : distanceAndBearing(centreOf(around.district), landed).distanceM
  return {
    kind: 'place',
    at: landed,
    shiftM: isMetric(system) ? null : Math.round(distanceAndBearing(pair, landed).distanceM),
    fromOthersKm: nearestM === null ? null : km(nearestM),
    fromDistrictKm: districtM === null ? null : km(districtM),
    far: nearestM !== null && nearestM > FAR_KM * 1000,
  }
}

/** Bounds of a file on WGS84, by the corners of its extent; null where they are no places. */
export function boundsIn(summary: FileSummary, system: CoordinateSystem): LngLatBounds | null {
  if (summary.extent === null) return null
  const convert = toWgs84(system)
  const low = convert(eastFirst([summary.extent[0], summary.extent[1]], summary.extent))
  const high = convert(eastFirst([summary.extent[2], summary.extent[3]], summary.extent))
  return low === null || high === null ? null : [low[0], low[1], high[0], high[1]]
}
