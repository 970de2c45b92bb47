/** A GPX file that somebody broke: nothing of it may come in, and why must be said by a code. */
export interface MalformedGpx {
  readonly what: string
  readonly bytes: Uint8Array
}

const text = (what: string, content: string): MalformedGpx => ({ what, bytes: new TextEncoder().encode(content) })
const POINT = '<trkpt lat="36.05" lon="117.05"><time>2026-11-20T01:00:00Z</time></trkpt>'
const inTrack = (inner: string): string => `<?xml version="1.0"?><gpx version="1.1"><trk><trkseg>${inner}</trkseg></trk></gpx>`

export const GPX_FILES: readonly MalformedGpx[] = [
  text('nothing', ''),
  text('words', '今天走了三条街'),
  text('another XML', '<?xml version="1.0"?><kml><Document/></kml>'),
  text('a table', 'lat,lon,time\n36.05,117.05,2026-11-20T01:00:00Z\n'),
  text('waypoints only', '<?xml version="1.0"?><gpx version="1.1"><wpt lat="36.05" lon="117.05"/></gpx>'),
  text('a track without segments', '<?xml version="1.0"?><gpx version="1.1"><trk><name>a</name></trk></gpx>'),
  text('a segment without points', inTrack('')),
  text('cut off in a point', `<?xml version="1.0"?><gpx version="1.1"><trk><trkseg>${POINT}<trkpt lat="36.0`),
  text('closed in the wrong order', `<?xml version="1.0"?><gpx version="1.1"><trk><trkseg>${POINT}</trk></trkseg></gpx>`),
  text('a latitude beyond the pole', inTrack(POINT.replace('36.05', '96.05'))),
  text('a longitude that is no number', inTrack(POINT.replace('117.05', 'NaN'))),
  text('a point without a longitude', inTrack(POINT.replace(' lon="117.05"', ''))),
  text('a time that is none', inTrack(POINT.replace('2026-11-20T01:00:00Z', 'yesterday'))),
  text('entities that grow', `<?xml version="1.0"?><!DOCTYPE gpx [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><gpx version="1.1"><trk><name>&b;</name><trkseg>${POINT}</trkseg></trk></gpx>`),
  text('a file of this machine', `<?xml version="1.0"?><!DOCTYPE gpx [<!ENTITY a SYSTEM "file:///etc/passwd">]><gpx version="1.1"><trk><name>&a;</name><trkseg>${POINT}</trkseg></trk></gpx>`),
  { what: 'bytes of an archive', bytes: Uint8Array.of(0x50, 0x4b, 3, 4, 20, 0, 0, 0, 8, 0) },
  { what: 'zeros', bytes: new Uint8Array(4096) },
]
