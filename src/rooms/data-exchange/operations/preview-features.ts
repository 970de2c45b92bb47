import { colourGrids } from '@/algorithms/partition/colour-grids'
import { buildCellAdjacency } from '@/algorithms/topology/build-cell-adjacency'
import { deriveGridOutline } from '@/algorithms/topology/derive-grid-outline'
import type { Land } from '@/core/land'
import { toLngLat } from '@/core/land-frame'
import type { ImportFinding, Pair } from '../model'
import type { PreparedLand } from '../prepared-import'

export const PREVIEW_PARTS = ['communities', 'grids', 'streets', 'water', 'cells', 'buildings'] as const
/** What the map shows of a dry run, in the order in which it is drawn: what one looks for first comes first. */
export type PreviewPart = (typeof PREVIEW_PARTS)[number]

const collection = (features: GeoJSON.Feature[]): GeoJSON.FeatureCollection => ({ type: 'FeatureCollection', features })

/** Features of one part of a prepared land, on WGS84. Part by part, so that the page can breathe between them. */
export function previewFeatures(prepared: PreparedLand, part: PreviewPart): GeoJSON.FeatureCollection {
  const { land, cellGrid, grids, communities } = prepared
  switch (part) {
    case 'communities':
      return outlines(land, land.cellCommunity, communities.length, (k) => ({ name: communities[k].name }))
    case 'grids': {
      const colour = colourGrids(buildCellAdjacency(land), cellGrid, grids.length)
      const households = new Float64Array(grids.length)
      for (const building of prepared.buildings) households[cellGrid[building.cell]] += building.households
      return outlines(land, cellGrid, grids.length, (k) => ({ colour: colour[k], label: `${grids[k].name}\n${Math.round(households[k])}` }))
    }
    case 'cells':
      return collection(Array.from({ length: land.arcLeft.length }, (_, arc): GeoJSON.Feature => ({
        type: 'Feature',
        properties: {},
        geometry: { type: 'LineString', coordinates: degrees(land, land.arcXY.subarray(2 * land.arcStart[arc], 2 * land.arcStart[arc + 1])) },
      })))
    case 'streets':
      return collection(prepared.streets.map(({ line, highway }): GeoJSON.Feature => ({
        type: 'Feature', properties: { class: highway }, geometry: { type: 'LineString', coordinates: line as Pair[] },
      })))
    case 'water':
      return collection(prepared.water.filter((item) => item.kind === 'area').map(({ polygons }) => areaOf(polygons)))
    case 'buildings':
      return collection(prepared.buildings.map(({ polygons }) => areaOf(polygons)))
  }
}

const areaOf = (polygons: readonly Pair[][][]): GeoJSON.Feature => ({
  type: 'Feature', properties: {}, geometry: { type: 'MultiPolygon', coordinates: polygons as Pair[][][] },
})

const outlines = (land: Land, column: ArrayLike<number>, count: number, properties: (k: number) => GeoJSON.GeoJsonProperties) =>
  collection(Array.from({ length: count }, (_, k): GeoJSON.Feature => ({
    type: 'Feature',
    properties: properties(k),
    geometry: {
      type: 'MultiPolygon',
      coordinates: deriveGridOutline(land, column, k).polygons.map((rings) => rings.map((ring) => degrees(land, ring))),
    },
  })))

/** Places of findings, worst last so that they lie on top. */
export function findingFeatures(findings: readonly ImportFinding[]): GeoJSON.FeatureCollection {
  const rank = { info: 0, warning: 1, error: 2, blocker: 3 }
  return collection(
    findings
      .filter((finding) => finding.at !== undefined && finding.severity !== 'info')
      .sort((a, b) => rank[a.severity] - rank[b.severity])
      .map((finding): GeoJSON.Feature => ({
        type: 'Feature',
        properties: { severity: finding.severity, code: finding.code },
        geometry: { type: 'Point', coordinates: [...finding.at!] },
      })),
  )
}

function degrees(land: Land, line: Int32Array): Pair[] {
  const out: Pair[] = []
  for (let k = 0; k < line.length; k += 2) out.push(toLngLat(land.frame, line[k], line[k + 1]))
  return out
}
