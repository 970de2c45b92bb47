import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { idOfGpxWalk, readGpxWalks, type GpxGround } from '@/rooms/patrol/operations/read-gpx-walks'

const GROUND: GpxGround = {
  nowMs: Date.parse('2026-11-20T12:00:00+08:00'),
  hours: { fromMinute: 420, toMinute: 1260, onDaysOff: true, day: '2026-11-20', isRecorded: true },
  bounds: [117, 36, 117.1, 36.1],
}
const point = (time: string | null, lng = 117.05, lat = 36.05): string => `<trkpt lat="${lat}" lon="${lng}">${time ? `<time>${time}</time>` : ''}</trkpt>`
const gpx = (...points: string[]): string => `<?xml version="1.0"?><gpx version="1.1"><trk><name>上午</name><trkseg>${points.join('')}</trkseg></trk></gpx>`
const read = (text: string, ground = GROUND) => readGpxWalks('a.gpx', new TextEncoder().encode(text), ground)

it('reads a walk with its times, its length, and whole numbers to be stored', () => {
  const { fault, walks } = read(gpx(point('2026-11-20T01:00:00Z'), point('2026-11-20T01:00:10.5Z', 117.0501)))
  expect(fault).toBeNull()
  expect(walks).toHaveLength(1)
  expect(walks[0]).toMatchObject({ name: '上午', fault: null, dropped: {}, fromMs: Date.parse('2026-11-20T01:00:00Z') })
  expect(walks[0].lengthM).toBeCloseTo(9, 0)
  expect(walks[0].fixes).toEqual({ fromMs: Date.parse('2026-11-20T01:00:00Z'), atMs: [0, 10_500], lngE7: [1170500000, 1170501000], latE7: [360500000, 360500000], accuracyDm: [-1, -1] })
})

it('parts a track by days in Shanghai, and counts what will be left out, by reason', () => {
  const { walks } = read(gpx(point('2026-11-19T12:59:50Z'), point('2026-11-19T13:00:10Z'), point('2026-11-19T16:30:00Z'), point('2026-11-20T01:00:00Z'), point(null)))
  expect(walks.map(({ fixes, dropped, fault }) => [fixes.atMs.length, dropped, fault])).toEqual([
    [2, { hours: 1, no_time: 1 }, null],
    [2, { hours: 1 }, null],
  ])
})

it.each([
  ['no time at all', gpx(point(null), point(null)), 'gpx_no_time'],
  ['longer ago than a week', gpx(point('2026-11-01T02:00:00Z')), 'gpx_all_too_old'],
  ['in the future', gpx(point('2026-12-01T02:00:00Z')), 'gpx_all_future'],
  ['at night', gpx(point('2026-11-19T20:00:00Z')), 'gpx_all_hours'],
  ['in another town', gpx(point('2026-11-20T01:00:00Z', 1.5, 42.5)), 'gpx_elsewhere'],
])('says why a walk cannot be stored: %s', (_, text, code) => {
  expect(read(text).walks.map(({ fault }) => fault?.code)).toEqual([code])
})

it.each([
  ['a table', 'a;b;c', 'xml_invalid'],
  ['another XML', '<kml/>', 'gpx_missing'],
  ['cut off', '<gpx><trk><trkseg>', 'file_truncated'],
  ['an entity bomb', '<!DOCTYPE lolz [<!ENTITY a "b">]><gpx/>', 'xml_doctype'],
])('says what is wrong with a file that is none: %s', (_, text, code) => {
  expect(read(text)).toMatchObject({ walks: [], fault: { code } })
})

it('one walk of one person has one id, another has another', () => {
  const [{ fixes }] = read(gpx(point('2026-11-20T01:00:00Z'))).walks
  expect(idOfGpxWalk('p1', fixes)).toBe(idOfGpxWalk('p1', structuredClone(fixes)))
  expect(idOfGpxWalk('p1', fixes)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/)
  expect(idOfGpxWalk('p2', fixes)).not.toBe(idOfGpxWalk('p1', fixes))
  expect(idOfGpxWalk('p1', { ...fixes, atMs: [1] })).not.toBe(idOfGpxWalk('p1', fixes))
})

const TRACKS = '../shared/data/tracks'
describe.runIf(existsSync(TRACKS))('files of others, where they lie beside the project', () => {
  const files = existsSync(TRACKS) ? readdirSync(TRACKS).filter((name) => name.endsWith('.gpx')) : []
  it.each(files)('%s is read or refused with its reason, never thrown', (name) => {
    const outcome = readGpxWalks(name, readFileSync(`${TRACKS}/${name}`), GROUND)
    expect(outcome.fault !== null || outcome.walks.length > 0).toBe(true)
    // None was walked here this week: each walk says why it cannot be stored.
    for (const walk of outcome.walks) expect(walk.fault?.code).toMatch(/^gpx_(elsewhere|no_time|all_\w+)$/)
  })
})
