import type { TrackFixes } from '@/algorithms/tracks/track-fixes'
import type { Checkpoint, ClosedGate } from '@/core/patrol/patrol-scope'
import { linesInMetres, toDegrees, toMetres } from '@/core/places-in-metres'
import type { Scope } from '@/core/scope'
import type { MatchedTrack, MatchTracksInput } from '../jobs/match-tracks/match-tracks-model'
import type { FixColumns, TrackMatch, TrackToMatch } from '../repository'
import { cutStretch, measureStreets, type MeasuredStreet } from './cut-stretch'
import { markCheckpoints } from './mark-checkpoints'
import { passedBuildings, placeBuildings, type BuildingPlaces } from './passed-buildings'

/** What walks are matched against. */
export interface MatchGround {
  readonly scope: Pick<Scope, 'land' | 'streets' | 'compounds' | 'features' | 'buildings'>
  readonly gates: readonly Pick<ClosedGate, 'lngLat'>[]
  readonly checkpoints: readonly Pick<Checkpoint, 'id' | 'lngLat' | 'radiusM' | 'dwellS'>[]
  readonly passM: number
}

const DEGREE_SCALE = 1e7
const UNKNOWN_DM = -1

/** Fixes as kept, in metres of the frame of the land. O(n). */
export function fixesInMetres({ fromMs, atMs, lngE7, latE7, accuracyDm }: FixColumns, { frame }: Scope['land']): TrackFixes {
  return {
    atMs: Float64Array.from(atMs, (at) => fromMs + at),
    xyM: Float64Array.from(lngE7.flatMap((lng, k) => toMetres(frame, [lng / DEGREE_SCALE, latE7[k] / DEGREE_SCALE]))),
    accuracyM: Float64Array.from(accuracyDm, (dm) => (dm === UNKNOWN_DM ? NaN : dm / 10)),
  }
}

/** What the job takes: ways of the street with walls and shut gates, and the walks. */
export function encodeTracks(tracks: readonly TrackToMatch[], { scope, gates }: MatchGround): MatchTracksInput {
  const { streets, compounds, features, land } = scope
  const walls = linesInMetres(land.frame, [
    ...compounds.map(({ ring }) => [...ring, ring[0]]),
    ...features.filter(({ kind }) => kind !== 'green').map(({ line }) => line),
  ])
  return {
    streets: { ...linesInMetres(land.frame, streets.map(({ line }) => line)), classes: streets.map((street) => street.class) },
    streetIds: Int32Array.from(streets, ({ id }) => id),
    barriers: { lines: walls, closedXYM: Float64Array.from(gates.flatMap(({ lngLat }) => toMetres(land.frame, lngLat))) },
    tracks: tracks.map(({ trackId, fixes }) => ({ trackId, ...fixesInMetres(fixes, land) })),
  }
}

/** Makes of a matched walk what the server keeps of it; streets and buildings are measured once. */
export function makeMatchEncoder(ground: MatchGround): (matched: MatchedTrack, raw: TrackToMatch) => TrackMatch {
  const { scope, passM, checkpoints } = ground
  const measured = measureStreets(scope)
  const places = placeBuildings(scope, passM)
  const marked = checkpoints.map(({ id, lngLat, radiusM, dwellS }) => {
    const [x, y] = toMetres(scope.land.frame, lngLat)
    return { id, x, y, radiusM, dwellS }
  })
  return (matched, raw) => ({
    stretches: stretchColumns(matched),
    yards: matched.offNetwork.map(({ xyM }) => ({ line: Array.from({ length: xyM.length / 2 }, (_, k) => toDegrees(scope.land.frame, xyM[2 * k], xyM[2 * k + 1])) })),
    marks: markCheckpoints(fixesInMetres(raw.fixes, scope.land), marked).map(({ checkpointId, mark, atMs }) => ({ checkpointId, mark, at: new Date(atMs).toISOString() })),
    passes: passColumns(matched, measured, places, ground),
    dropped: Object.fromEntries(Object.entries(matched.cleaned.dropped).filter(([, n]) => n > 0)),
  })
}

/** Whole seconds within the walk. */
const secondsOf = ({ fromAtMs, toAtMs }: { readonly fromAtMs: number; readonly toAtMs: number }): { readonly fromS: number; readonly toS: number } => {
  const fromS = Math.ceil(fromAtMs / 1000)
  return { fromS, toS: Math.max(fromS, Math.floor(toAtMs / 1000)) }
}

function stretchColumns({ walked }: MatchedTrack): TrackMatch['stretches'] {
  const times = walked.map(secondsOf)
  return {
    streetId: walked.map(({ streetId }) => streetId),
    fromCm: walked.map(({ fromCm }) => fromCm),
    toCm: walked.map(({ toCm }) => toCm),
    fromS: times.map(({ fromS }) => fromS),
    toS: times.map(({ toS }) => toS),
    confidence: walked.map(({ confidence }) => Math.round(100 * confidence)),
  }
}

function passColumns({ walked, offNetwork }: MatchedTrack, measured: ReadonlyMap<number, MeasuredStreet>, places: BuildingPlaces, { scope, passM }: MatchGround): TrackMatch['passes'] {
  const onStreets = walked.flatMap((stretch) => {
    const street = measured.get(stretch.streetId)
    const { fromS, toS } = secondsOf(stretch)
    // Cut in the direction of the line; walked against it, time runs the other way.
    return street ? [{ xyM: cutStretch(street, stretch), ...(stretch.reversed ? { fromS: toS, toS: fromS } : { fromS, toS }) }] : []
  })
  const passed = [...passedBuildings(places, [...onStreets, ...offNetwork.map((yard) => ({ xyM: yard.xyM, ...secondsOf(yard) }))], passM)]
  return { buildingId: passed.map(([building]) => scope.buildings.ids[building]), atS: passed.map(([, atS]) => atS) }
}
