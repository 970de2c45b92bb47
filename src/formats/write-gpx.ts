import { escapeXml } from './escape-xml'
import type { Pair } from './source-geometry'

/** A route to be walked. */
export interface GpxRoute {
  readonly name: string
  /** What to do on it, in words. */
  readonly note: string
  /** Places to turn or look at, in order, degrees WGS84. */
  readonly places: readonly { readonly name: string; readonly lngLat: Readonly<Pair> }[]
  /** The way itself, degrees WGS84. */
  readonly line: readonly Readonly<Pair>[]
}

/**
 * A GPX 1.1 document of routes, each as a route of its places and as a track of its line: receivers follow the one or the other.
 * Routes come before tracks, as the schema asks.
 */
export function writeGpx(title: string, routes: readonly GpxRoute[]): string {
  const position = ([lng, lat]: Readonly<Pair>): string => `lat="${lat.toFixed(7)}" lon="${lng.toFixed(7)}"`
  const named = ({ name, note }: GpxRoute): string => `<name>${escapeXml(name)}</name><desc>${escapeXml(note)}</desc>`
  const asRoute = (route: GpxRoute): string =>
    `<rte>${named(route)}${route.places.map(({ name, lngLat }) => `<rtept ${position(lngLat)}><name>${escapeXml(name)}</name></rtept>`).join('')}</rte>`
  const asTrack = (route: GpxRoute): string =>
    `<trk>${named(route)}<trkseg>${route.line.map((point) => `<trkpt ${position(point)}/>`).join('')}</trkseg></trk>`
  return `<?xml version="1.0" encoding="UTF-8"?>
<gpx xmlns="http://www.topografix.com/GPX/1/1" version="1.1" creator="Gewu"><metadata><name>${escapeXml(title)}</name></metadata>
${[...routes.map(asRoute), ...routes.map(asTrack)].join('\n')}
</gpx>
`
}
