import type { ReadLimits } from './read-limits'
import { ReadRefusal } from './read-refusal'
import { scanXml } from './scan-xml'
import { storedText } from './stored-text'

/** Positions recorded without a break, in the order of the file. */
export interface GpxSegment {
  /** Longitude, latitude by point, degrees WGS84; 2p. */
  readonly lngLat: Float64Array
  /** Milliseconds since 1970 by point; NaN where the file names no time; p. */
  readonly atMs: Float64Array
}

export interface GpxTrack {
  /** As in the file; empty where it has none. */
  readonly name: string
  /** Line on which it begins. */
  readonly line: number
  /** Those with points. */
  readonly segments: readonly GpxSegment[]
}

export interface GpxFile {
  /** Those with points; at least one. */
  readonly tracks: readonly GpxTrack[]
  readonly points: number
  /** Points without a time, and the line of the first; null where each has one. */
  readonly timeMissing: { readonly points: number; readonly line: number } | null
}

/** Line of the first track and segment, how many routes and waypoints, and the line of the first of those; 0: none. */
interface Found {
  track: number
  segment: number
  routes: number
  waypoints: number
  line: number
}

/** `2015-02-06T07:36:46`, with or without parts of a second and with a zone; without one it is UTC, as GPX has it. */
const TIME = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)([.,]\d+)?(Z|[+-]\d\d:?\d\d)?$/i

/**
 * Tracks of a GPX text (1.0 and 1.1). Routes and waypoints, which say where to go and not where one was, are left off.
 *
 * Throws `ReadRefusal`, each with the line: `gpx_missing` (no GPX at all), `gpx_no_track`, `gpx_only_waypoints` (waypoints and
 * routes, counted), `gpx_no_segment`, `gpx_no_point` where there is nothing to read; `gpx_position_invalid`, `gpx_time_invalid`;
 * caps, and what `scanXml` throws.
 */
export function readGpx(text: string, limits: ReadLimits): GpxFile {
  const found: Found = { track: 0, segment: 0, routes: 0, waypoints: 0, line: 0 }
  const tracks: { name: string; line: number; segments: GpxSegment[] }[] = []
  const path: string[] = []
  let segment: { lngLat: number[]; atMs: number[] } | null = null
  let [points, missing, missingLine, pointLine, words] = [0, 0, 0, 0, '']
  for (const part of scanXml(text)) {
    if (part.kind === 'text') words += part.text
    else if (part.kind === 'open') {
      words = ''
      if (path.length === 0 && part.name !== 'gpx') throw new ReadRefusal('gpx_missing', { root: storedText(part.name, limits.textLength) }, part.line)
      path.push(part.name)
      if (part.name === 'wpt' || part.name === 'rte') {
        found[part.name === 'wpt' ? 'waypoints' : 'routes']++
        found.line ||= part.line
      } else if (part.name === 'trk') {
        found.track ||= part.line
        if (tracks.length >= limits.rows) throw new ReadRefusal('too_many_rows', { limit: limits.rows }, part.line)
        tracks.push({ name: '', line: part.line, segments: [] })
      } else if (part.name === 'trkseg' && isIn(path, 'trk')) {
        found.segment ||= part.line
        segment = { lngLat: [], atMs: [] }
      } else if (part.name === 'trkpt' && segment) {
        if (++points > limits.vertices) throw new ReadRefusal('too_many_vertices', { limit: limits.vertices }, part.line)
        segment.lngLat.push(...readPosition(part.attributes, part.line))
        segment.atMs.push(NaN)
        pointLine = part.line
      }
    } else {
      path.pop()
      if (part.name === 'time' && path.at(-1) === 'trkpt' && segment) segment.atMs[segment.atMs.length - 1] = readTime(words, pointLine)
      else if (part.name === 'name' && path.at(-1) === 'trk') tracks[tracks.length - 1].name = storedText(words.trim(), limits.textLength)
      else if (part.name === 'trkpt' && segment && Number.isNaN(segment.atMs.at(-1))) {
        missing++
        missingLine ||= pointLine
      } else if (part.name === 'trkseg' && segment) {
        if (segment.atMs.length > 0) {
          tracks[tracks.length - 1].segments.push({ lngLat: Float64Array.from(segment.lngLat), atMs: Float64Array.from(segment.atMs) })
        }
        segment = null
      }
    }
  }
  if (points === 0) throw nothingToRead(found)
  return {
    tracks: tracks.filter(({ segments }) => segments.length > 0),
    points,
    timeMissing: missing > 0 ? { points: missing, line: missingLine } : null,
  }
}

const isIn = (path: readonly string[], parent: string): boolean => path[path.length - 2] === parent

/** What is missing first: the track, its segment, its points; and what there is in place of tracks. */
function nothingToRead({ track, segment, routes, waypoints, line }: Found): ReadRefusal {
  if (segment > 0) return new ReadRefusal('gpx_no_point', { line: segment }, segment)
  if (track > 0) return new ReadRefusal('gpx_no_segment', { line: track }, track)
  if (line > 0) return new ReadRefusal('gpx_only_waypoints', { routes, waypoints, line }, line)
  return new ReadRefusal('gpx_no_track', { line: 1 }, 1)
}

function readPosition({ lat, lon }: Readonly<Record<string, string>>, line: number): [number, number] {
  const read = (words: string | undefined, most: number): number => {
    const value = words === undefined || words.trim() === '' ? NaN : Number(words)
    if (!(Math.abs(value) <= most)) throw new ReadRefusal('gpx_position_invalid', { line }, line)
    return value
  }
  return [read(lon, 180), read(lat, 90)]
}

function readTime(words: string, line: number): number {
  const parts = TIME.exec(words.trim())
  const [, moment, fraction, zone] = parts ?? []
  const atMs = parts ? Date.parse(`${moment}${(zone ?? 'Z').replace(/^([+-]\d\d)(\d\d)$/, '$1:$2').toUpperCase()}`) : NaN
  if (Number.isNaN(atMs)) throw new ReadRefusal('gpx_time_invalid', { line }, line)
  return atMs + (fraction ? Math.round(1000 * Number(`0.${fraction.slice(1)}`)) : 0)
}
