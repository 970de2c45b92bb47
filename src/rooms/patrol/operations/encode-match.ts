import { createWallTest } from '@/algorithms/routing/wall-test'
import { cleanTrack } from '@/algorithms/tracks/clean-track'
import { passedBuildings, type WalkedWays } from '@/algorithms/tracks/passed-buildings'
import type { TrackFixes } from '@/algorithms/tracks/track-fixes'
import { visitCheckpoints, type CheckpointColumns } from '@/algorithms/tracks/visit-checkpoints'
import type { Checkpoint, ClosedGate } from '@/core/patrol/patrol-scope'
import { linesInMetres, streetsInMetres, toDegrees, toMetres, wallsInMetres } from '@/core/places-in-metres'
import type { Scope } from '@/core/scope'
import type { LngLat } from '@/core/units'
import type { MatchedTrack, MatchTracksInput } from '../jobs/match-tracks/match-tracks-model'
import type { FixColumns, TrackMatch, TrackToMatch } from '../repository'
import { cutStretch, measureStreets, type MeasuredStreet } from './cut-stretch'

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
  const { streets, land } = scope
  return {
    streets: streetsInMetres(land.frame, streets),
    streetIds: Int32Array.from(streets, ({ id }) => id),
    barriers: { lines: wallsInMetres(scope), closedXYM: Float64Array.from(gates.flatMap(({ lngLat }) => toMetres(land.frame, lngLat))) },
    tracks: tracks.map(({ trackId, fixes }) => ({ trackId, ...fixesInMetres(fixes, land) })),
  }
}

/** Makes of a matched walk what the server keeps of it; streets and buildings are measured once. */
export function makeMatchEncoder(ground: MatchGround): (matched: MatchedTrack, raw: TrackToMatch) => TrackMatch {
  const { scope, passM, checkpoints } = ground
  const measured = measureStreets(scope)
  const meetsWall = createWallTest(wallsInMetres(scope))
  const { buildings, land } = scope
  const outlines = linesInMetres(land.frame, Array.from({ length: buildings.count }, (_, building) => ringOf(buildings, building)))
  const places: CheckpointColumns = {
    xyM: Float64Array.from(checkpoints.flatMap(({ lngLat }) => toMetres(land.frame, lngLat))),
    radiusM: checkpoints.map(({ radiusM }) => radiusM),
    dwellS: checkpoints.map(({ dwellS }) => dwellS),
  }
  return (matched, raw) => ({
    stretches: stretchColumns(matched),
    yards: matched.offNetwork.map(({ xyM }) => ({ line: Array.from({ length: xyM.length / 2 }, (_, k) => toDegrees(scope.land.frame, xyM[2 * k], xyM[2 * k + 1])) })),
    marks: visitCheckpoints(places, cleanTrack(fixesInMetres(raw.fixes, land))).flatMap((visit, k) =>
      visit.mark === 'none' ? [] : [{ checkpointId: checkpoints[k].id, mark: visit.mark, at: new Date(visit.atMs).toISOString() }],
    ),
    passes: passColumns(matched, measured, (ways) => passedBuildings(outlines, ways, passM, meetsWall), buildings.ids),
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

function passColumns(
  { walked, offNetwork }: MatchedTrack,
  measured: ReadonlyMap<number, MeasuredStreet>,
  passed: (ways: WalkedWays) => Float64Array,
  buildingIds: Int32Array,
): TrackMatch['passes'] {
  const ways = [
    ...walked.flatMap((stretch) => {
      const street = measured.get(stretch.streetId)
      return street ? [{ xyM: cutStretch(street, stretch), atS: secondsOf(stretch).toS }] : []
    }),
    ...offNetwork.map((yard) => ({ xyM: Array.from(yard.xyM), atS: secondsOf(yard).toS })),
  ]
  const start = new Uint32Array(ways.length + 1)
  ways.forEach(({ xyM }, k) => (start[k + 1] = start[k] + xyM.length / 2))
  const atS = passed({ xyM: Float64Array.from(ways.flatMap(({ xyM }) => xyM)), start, at: ways.map((way) => way.atS) })
  const some = [...atS.keys()].filter((building) => atS[building] > -Infinity)
  return { buildingId: some.map((building) => buildingIds[building]), atS: some.map((building) => atS[building]) }
}

function ringOf({ outlineStart, outline }: Scope['buildings'], building: number): LngLat[] {
  const ring: LngLat[] = []
  for (let k = outlineStart[building]; k < outlineStart[building + 1]; k++) ring.push([outline[2 * k], outline[2 * k + 1]])
  return ring
}
