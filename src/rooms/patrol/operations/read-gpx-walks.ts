import { shanghaiDay } from '@/core/issues/shanghai-time'
import { straightM } from '@/core/places-in-metres'
import type { LngLatBounds } from '@/core/units'
import { decodeText } from '@/formats/decode-text'
import { readGpx, type GpxTrack } from '@/formats/read-gpx'
import { READ_LIMITS, type ReadLimits } from '@/formats/read-limits'
import { ReadRefusal } from '@/formats/read-refusal'
import { endOfHours, type WorkingHours } from '../phone/working-hours'
import type { FixColumns } from '../repository'

/** A walk of a file, one day of one track of it. */
export interface GpxWalk {
  /** As the file names the track; empty where it does not. */
  readonly name: string
  /** Line of the file on which it begins. */
  readonly line: number
  readonly fixes: FixColumns
  readonly fromMs: number
  readonly toMs: number
  /** Between its points, before it is matched. */
  readonly lengthM: number
  /** Points that will not be stored, by reason. */
  readonly dropped: Readonly<Record<string, number>>
  /** Why nothing of it can be stored. */
  readonly fault: { readonly code: string; readonly values: Readonly<Record<string, string | number>> } | null
}

/** What became of one file. */
export interface GpxOutcome {
  readonly file: string
  readonly walks: readonly GpxWalk[]
  /** Why it could not be read; with its values, the line among them. */
  readonly fault: { readonly code: string; readonly values: Readonly<Record<string, string | number>> } | null
}

/** What walks of files are held against. */
export interface GpxGround {
  readonly nowMs: number
  readonly hours: WorkingHours
  readonly bounds: LngLatBounds
}

/** Walks of the same day by the server's own limits. */
export const GPX_LIMITS: ReadLimits = { ...READ_LIMITS, fileBytes: 20 * 2 ** 20, rows: 200, vertices: 40_000 }
const OLDEST_MS = 7 * 86_400_000
/** Clocks may differ by so much. */
const AHEAD_MS = 120_000
const DEGREE_SCALE = 1e7
const UNKNOWN_DM = -1

/** Read a file as walks without storing anything: what would come in, what would be left out, and what is wrong with it, by file and line. O(points). */
export function readGpxWalks(file: string, bytes: Uint8Array, ground: GpxGround): GpxOutcome {
  if (bytes.length > GPX_LIMITS.fileBytes) return { file, walks: [], fault: { code: 'file_too_large', values: { limit: GPX_LIMITS.fileBytes / 2 ** 20 } } }
  try {
    const { tracks } = readGpx(decodeText(bytes).text, GPX_LIMITS)
    return { file, walks: tracks.flatMap((track) => walksOf(track, ground)), fault: null }
  } catch (thrown) {
    if (!(thrown instanceof ReadRefusal)) throw thrown
    return { file, walks: [], fault: { code: thrown.code, values: { ...thrown.values, line: thrown.row ?? Number(thrown.values.line ?? 1) } } }
  }
}

/** A track day by day; one without times is one walk that cannot be stored. */
function walksOf({ name, line, segments }: GpxTrack, ground: GpxGround): GpxWalk[] {
  const points = segments.flatMap(({ atMs, lngLat }) => Array.from(atMs, (at, k) => ({ atMs: at, lng: lngLat[2 * k], lat: lngLat[2 * k + 1] })))
  const timed = points.filter(({ atMs }) => !Number.isNaN(atMs))
  if (timed.length === 0) return [{ ...walkOf(name, line, [], ground), fault: { code: 'gpx_no_time', values: { n: points.length, line } } }]
  const byDay = new Map<string, typeof timed>()
  for (const point of timed) {
    const day = shanghaiDay(Math.floor(point.atMs / 1000))
    byDay.set(day, [...(byDay.get(day) ?? []), point])
  }
  return [...byDay.values()].map((day, k) => {
    const walk = walkOf(name, line, day, ground)
    const untimed = k === 0 ? points.length - timed.length : 0
    return untimed > 0 ? { ...walk, dropped: { ...walk.dropped, no_time: untimed } } : walk
  })
}

function walkOf(name: string, line: number, points: readonly { readonly atMs: number; readonly lng: number; readonly lat: number }[], { nowMs, hours, bounds }: GpxGround): GpxWalk {
  const fromMs = points.reduce((least, { atMs }) => Math.min(least, atMs), points[0]?.atMs ?? 0)
  const toMs = points.reduce((most, { atMs }) => Math.max(most, atMs), fromMs)
  const dropped: Record<string, number> = {}
  let near = 0
  for (const { atMs, lng, lat } of points) {
    const [west, south, east, north] = bounds
    if (lng >= west && lng <= east && lat >= south && lat <= north) near++
    const why = atMs > nowMs + AHEAD_MS ? 'future' : atMs < nowMs - OLDEST_MS ? 'too_old' : endOfHours(hours, atMs) === null ? 'hours' : null
    if (why) dropped[why] = (dropped[why] ?? 0) + 1
  }
  const left = points.length - Object.values(dropped).reduce((sum, n) => sum + n, 0)
  const [why] = Object.keys(dropped)
  const fault: GpxWalk['fault'] =
    points.length === 0 ? null
    : near === 0 ? { code: 'gpx_elsewhere', values: { line } }
    : left === 0 ? { code: `gpx_all_${why}`, values: { line, day: shanghaiDay(Math.floor(fromMs / 1000)) } }
    : null
  return {
    name, line, fromMs, toMs, dropped, fault,
    lengthM: points.reduce((sum, point, k) => sum + (k > 0 ? straightM(points[k - 1], point) : 0), 0),
    fixes: {
      fromMs,
      atMs: points.map(({ atMs }) => atMs - fromMs),
      lngE7: points.map(({ lng }) => Math.round(lng * DEGREE_SCALE)),
      latE7: points.map(({ lat }) => Math.round(lat * DEGREE_SCALE)),
      accuracyDm: points.map(() => UNKNOWN_DM),
    },
  }
}

/** The id of a walk from a file: the same walk of the same person has the same one, so that a file taken in twice is stored once. */
export function idOfGpxWalk(personId: string, fixes: FixColumns): string {
  const words = `${personId}/${JSON.stringify(fixes)}`
  const hex = [0x811c9dc5, 0x01000193, 0x9e3779b9, 0x85ebca6b].map((seed) => {
    // FNV-1a with a last mixing, four times from other beginnings: 128 bits.
    let hash = seed
    for (let k = 0; k < words.length; k++) hash = Math.imul(hash ^ words.charCodeAt(k), 0x01000193)
    hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d)
    return ((hash ^ (hash >>> 13)) >>> 0).toString(16).padStart(8, '0')
  }).join('')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`
}
