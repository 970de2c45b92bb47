import { escapeXml } from './escape-xml'
import type { Pair } from './source-geometry'

export interface KmlPlace {
  readonly name: string
  /** Name → value, in order. */
  readonly data: readonly (readonly [name: string, value: string | number])[]
  /** Polygons, each an outer ring and its holes; rings closed, degrees. */
  readonly polygons: readonly (readonly (readonly Pair[])[])[]
}

/** A KML document (OGC 07-147r2) of polygons with their data. */
export function writeKml(title: string, note: string, places: readonly KmlPlace[]): string {
  const ring = (tag: string, points: readonly Pair[]): string =>
    `<${tag}><LinearRing><coordinates>${points.map(([lng, lat]) => `${lng},${lat}`).join(' ')}</coordinates></LinearRing></${tag}>`
  const polygon = ([outer, ...holes]: readonly (readonly Pair[])[]): string =>
    `<Polygon>${ring('outerBoundaryIs', outer)}${holes.map((hole) => ring('innerBoundaryIs', hole)).join('')}</Polygon>`
  const placemark = ({ name, data, polygons }: KmlPlace): string => `<Placemark><name>${escapeXml(name)}</name><ExtendedData>${data
    .map(([key, value]) => `<Data name="${escapeXml(key)}"><value>${escapeXml(String(value))}</value></Data>`)
    .join('')}</ExtendedData><MultiGeometry>${polygons.map(polygon).join('')}</MultiGeometry></Placemark>`
  return `<?xml version="1.0" encoding="UTF-8"?>
<kml xmlns="http://www.opengis.net/kml/2.2"><Document><name>${escapeXml(title)}</name><description>${escapeXml(note)}</description>
${places.map(placemark).join('\n')}
</Document></kml>
`
}
