import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readGpx } from '@/formats/read-gpx'
import { READ_LIMITS } from '@/formats/read-limits'
import { ReadRefusal } from '@/formats/read-refusal'
import { writeGpx } from '@/formats/write-gpx'

const gpx = (inside: string) => `<?xml version="1.0"?>\n<gpx xmlns="http://www.topografix.com/GPX/1/1" version="1.1">\n${inside}\n</gpx>`
const track = (points: string) => gpx(`<trk><name>晨巡</name><trkseg>${points}</trkseg></trk>`)
const point = (time = '', attributes = 'lat="36.1" lon="117.2"') => `<trkpt ${attributes}>${time === '' ? '' : `<time>${time}</time>`}</trkpt>`

function refusal(text: string, limits = READ_LIMITS): { code: string; row: number | null; values: object } {
  try {
    readGpx(text, limits)
  } catch (cause) {
    if (cause instanceof ReadRefusal) return { code: cause.code, row: cause.row, values: cause.values }
    throw cause
  }
  throw new Error('was read')
}

describe('reading GPX', () => {
  it('reads tracks, segments, positions, and times with and without parts of a second and zones', () => {
    const text = gpx(`<metadata><time>2001-01-01T00:00:00Z</time></metadata><wpt lat="1" lon="2"><time>2001-01-01T00:00:00Z</time></wpt>
      <trk><name> 晨巡 &amp; </name><trkseg>${point('2026-11-20T08:00:00+08:00')}${point('2026-11-20T00:00:01.5Z')}</trkseg><trkseg/>
      <trkseg>${point('2026-11-20T00:00:02', 'lon="-0.5" lat="-1e1"')}</trkseg></trk><trk><trkseg></trkseg></trk>`)
    const file = readGpx(text, READ_LIMITS)
    const eight = Date.UTC(2026, 10, 20)
    expect(file.tracks.map(({ name, line }) => [name, line])).toEqual([['晨巡 &', 4]])
    expect(file.tracks[0].segments.map(({ atMs }) => [...atMs])).toEqual([[eight, eight + 1500], [eight + 2000]])
    expect([...file.tracks[0].segments[1].lngLat]).toEqual([-0.5, -10])
    expect([file.points, file.timeMissing]).toEqual([3, null])
  })

  it('says how many points have no time, and where the first is', () => {
    const file = readGpx(track(`${point('2026-11-20T00:00:00Z')}\n${point()}\n${point()}`), READ_LIMITS)
    expect(file.timeMissing).toEqual({ points: 2, line: 4 })
    expect(file.tracks[0].segments[0].atMs[1]).toBeNaN()
  })

  it.each([
    ['no GPX', '<kml/>', 'gpx_missing', 1],
    ['no track', gpx(''), 'gpx_no_track', 1],
    ['waypoints and a route only', gpx('<wpt lat="1" lon="2"/>\n<rte><rtept lat="1" lon="2"/></rte>'), 'gpx_only_waypoints', 3],
    ['no segment', gpx('<trk><name>a</name></trk>'), 'gpx_no_segment', 3],
    ['a point outside a segment', gpx('<trk><trkpt lat="1" lon="2"/></trk>'), 'gpx_no_segment', 3],
    ['no point', gpx('<trk>\n<trkseg></trkseg></trk>'), 'gpx_no_point', 4],
    ['no latitude', track(point('', 'lon="1"')), 'gpx_position_invalid', 3],
    ['an empty longitude', track(point('', 'lat="1" lon=" "')), 'gpx_position_invalid', 3],
    ['a latitude out of range', track(point('', 'lat="91" lon="1"')), 'gpx_position_invalid', 3],
    ['a time in words', track(`\n${point('yesterday')}`), 'gpx_time_invalid', 4],
    ['a day there is not', track(point('2026-13-41T00:00:00Z')), 'gpx_time_invalid', 3],
    ['a file cut short', track(point()).slice(0, -7), 'file_truncated', 3],
    ['entities', `<!DOCTYPE gpx [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>${track(point())}`, 'xml_doctype', 1],
  ])('refuses %s', (_, text, code, row) => {
    expect(refusal(text)).toMatchObject({ code, row })
  })

  it('counts what there is in place of tracks', () => {
    expect(refusal(gpx('<wpt lat="1" lon="2"/><wpt lat="1" lon="2"/><rte/>')).values).toEqual({ routes: 1, waypoints: 2, line: 3 })
  })

  it('stops at the caps', () => {
    expect(refusal(track(point() + point()), { ...READ_LIMITS, vertices: 1 }).code).toBe('too_many_vertices')
    expect(refusal(gpx('<trk/><trk/>'), { ...READ_LIMITS, rows: 1 }).code).toBe('too_many_rows')
  })

  it('reads what was written, as a route and as a track', () => {
    const text = writeGpx('周一 <1>', [{ name: '1 号 & 线', note: '先南后北', places: [{ name: '东门', lngLat: [117.2, 36.1] }], line: [[117.2, 36.1], [117.25, 36.15]] }])
    const file = readGpx(text, READ_LIMITS)
    expect(file.tracks[0].name).toBe('1 号 & 线')
    expect([...file.tracks[0].segments[0].lngLat]).toEqual([117.2, 36.1, 117.25, 36.15])
    expect(text).toContain('<rtept lat="36.1000000" lon="117.2000000"><name>东门</name></rtept>')
    expect(text.indexOf('<rte>')).toBeLessThan(text.indexOf('<trk>'))
  })
})

const SHARED = '../shared/data/tracks'

describe('GPX files of other programs', () => {
  const files = existsSync(SHARED)
  if (!files) console.info(`no ${SHARED}: files of other programs are not read, fixtures are`)
  const read = (name: string) => readFileSync(join(SHARED, name), 'utf8')

  it('reads the whole ones and names what the broken ones lack', () => {
    if (!files) return expect(readGpx(track(point()), READ_LIMITS).points).toBe(1)
    const whole = {
      'graphhopper_andorra_for_map_matching.gpx': 21, 'graphhopper_another-tour-with-loop.gpx': 14, 'graphhopper_gpxv1_0.gpx': 14,
      'graphhopper_issue-127.gpx': 2, 'graphhopper_issue-13.gpx': 29, 'graphhopper_issue-70.gpx': 17, 'graphhopper_test1.gpx': 264,
      'graphhopper_test2.gpx': 2, 'graphhopper_test2_no_millis.gpx': 3, 'graphhopper_tour-with-loop.gpx': 11,
      'graphhopper_tour2-with-loop.gpx': 12, 'graphhopper_tour3-with-long-edge.gpx': 7, 'graphhopper_tour4-with-uturn.gpx': 5,
      'leuven_route.gpx': 65, 'leuven_route2.gpx': 8,
    }
    expect(Object.keys(whole).map((name) => [name, readGpx(read(name), READ_LIMITS).points])).toEqual(Object.entries(whole))
    const broken = [
      ['graphhopper_no_trk.gpx', 'gpx_no_track', 1], ['graphhopper_no_trkpt.gpx', 'gpx_no_point', 4],
      ['graphhopper_no_trkseg.gpx', 'gpx_no_segment', 2], ['graphhopper_test-only-wpt.gpx', 'gpx_only_waypoints', 3],
    ]
    expect(broken.map(([name]) => [name, refusal(read(name as string)).code, refusal(read(name as string)).row])).toEqual(broken)
  })
})
