import mapshaper from 'mapshaper'
import type { Land } from '@/core/land'
import { deriveGridOutline } from '@/algorithms/topology/derive-grid-outline'

/** The same cells dissolved by grid in mapshaper, reading and writing included only once each: time and area, km². */
export async function dissolveByMapshaper(land: Land, cellGrid: Int32Array): Promise<{ ms: number; km2: number }> {
  const own = Int32Array.from(land.cellCommunity.keys())
  // Metres, so that its planar areas can be compared.
  const metres = (ring: Int32Array) => Array.from({ length: ring.length / 2 }, (_, i) => [ring[2 * i] / 200, ring[2 * i + 1] / 200])
  const features = [...own].map((c) => ({
    type: 'Feature',
    properties: { grid: cellGrid[c] },
    geometry: { type: 'MultiPolygon', coordinates: deriveGridOutline(land, own, c, [c]).polygons.map((p) => p.map(metres)) },
  }))
  const text = JSON.stringify({ type: 'FeatureCollection', features })
  const begun = performance.now()
  const out = await mapshaper.applyCommands('-i cells.geojson -dissolve grid -o out.geojson', { 'cells.geojson': text })
  const ms = performance.now() - begun
  const dissolved = JSON.parse(String(out['out.geojson'])) as { features: { geometry: { type: string; coordinates: never } }[] }
  let m2 = 0
  for (const { geometry } of dissolved.features) {
    const polygons = (geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates) as unknown as number[][][][]
    for (const polygon of polygons) {
      polygon.forEach((ring, i) => {
        let sum = 0
        for (let k = 0; k + 1 < ring.length; k++) sum += ring[k][0] * ring[k + 1][1] - ring[k + 1][0] * ring[k][1]
        m2 += (i === 0 ? 1 : -1) * Math.abs(sum / 2)
      })
    }
  }
  return { ms, km2: Math.round(m2) / 1e6 }
}
