import type { WalkedColumns } from '@/core/patrol/patrol-scope'
import type { WalkTrace } from '../map-data'
import { lineFeature, stretchFeatures, type DrawGround } from './street-features'

/** What was matched of a walk: kind `matched`, `confidence` 0 … 100. @param track position in the tracks of the patrols */
export function matchedFeatures(ground: DrawGround, walked: WalkedColumns, track: number): GeoJSON.Feature[] {
  const own = Array.from({ length: walked.count }, (_, k) => k).filter((k) => walked.track[k] === track)
  const stretches = own.map((k) => ({ streetId: walked.streetId[k], fromCm: walked.fromCm[k], toCm: walked.toCm[k], confidence: walked.confidence[k] }))
  return stretchFeatures(ground, stretches, ({ confidence }) => ({ kind: 'matched', confidence }))
}

/** Yards (`yard`), the raw line through the fixes that count (`raw`), and each fix (`fix`, `dropped`). */
export function traceFeatures({ raw, yards }: WalkTrace): GeoJSON.Feature[] {
  const position = ([lng, lat]: readonly [number, number]): GeoJSON.Position => [lng, lat]
  const kept = raw.filter(({ isDropped }) => !isDropped).map(({ lngLat }) => position(lngLat))
  return [
    ...yards.filter((yard) => yard.length > 1).map((yard) => lineFeature(yard.map(position), { kind: 'yard' })),
    ...(kept.length > 1 ? [lineFeature(kept, { kind: 'raw' })] : []),
    ...raw.map(({ lngLat, isDropped }): GeoJSON.Feature => ({ type: 'Feature', properties: { kind: isDropped ? 'dropped' : 'fix' }, geometry: { type: 'Point', coordinates: position(lngLat) } })),
  ]
}
