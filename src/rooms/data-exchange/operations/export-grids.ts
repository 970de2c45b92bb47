import { deriveGridOutline } from '@/algorithms/topology/derive-grid-outline'
import { toLngLat } from '@/core/land-frame'
import type { Scope } from '@/core/scope'
import type { ShownGrids } from '@/core/workspace'
import type { Pair } from '../model'

/** A grid with its sums, for a row of a table or the properties of a polygon. */
export interface GridRow {
  readonly code: string
  readonly name: string
  readonly communityCode: string
  readonly community: string
  readonly kind: 'basic' | 'dedicated'
  readonly households: number
  readonly residents: number
  readonly members: number
  readonly special: number
  readonly buildings: number
  readonly areaM2: number
}

/** Sums of the grids shown, in order of their codes. A removed grid leaves no row. */
export function gridRows(scope: Scope, shown: ShownGrids): GridRow[] {
  const { cellStats } = scope
  const sums = shown.grids.map(() => ({ households: 0, residents: 0, members: 0, special: 0, buildings: 0, areaM2: 0 }))
  shown.cellGrid.forEach((grid, cell) => {
    if (grid < 0) return
    const sum = sums[grid]
    sum.households += cellStats.households[cell]
    sum.residents += cellStats.residents[cell]
    sum.members += cellStats.members[cell]
    sum.special += cellStats.special[cell]
    sum.buildings += cellStats.buildings[cell]
    sum.areaM2 += cellStats.areaM2[cell]
  })
  return shown.grids
    .flatMap((grid, index) => {
      if (grid === null) return []
      const community = scope.communities[grid.community]
      const { areaM2, ...counts } = sums[index]
      return [{
        code: grid.code,
        name: grid.name,
        communityCode: community?.code ?? '',
        community: community?.name ?? '',
        kind: grid.kind,
        ...counts,
        areaM2: Math.round(areaM2),
      }]
    })
    .sort((a, b) => a.code.localeCompare(b.code))
}

/** Polygons of the grids shown (WGS84, shared borders point for point alike) with their sums as properties. */
export function gridCollection(scope: Scope, shown: ShownGrids): GeoJSON.FeatureCollection {
  const rows = new Map(gridRows(scope, shown).map((row) => [row.code, row]))
  const features = shown.grids.flatMap((grid, index): GeoJSON.Feature[] => {
    if (grid === null) return []
    const { polygons } = deriveGridOutline(scope.land, shown.cellGrid, index)
    const coordinates = polygons.map((rings) => rings.map((ring) => degreesOf(scope, ring)))
    if (coordinates.length === 0) return []
    return [{
      type: 'Feature',
      id: grid.id,
      properties: { ...rows.get(grid.code) },
      geometry: { type: 'MultiPolygon', coordinates },
    }]
  })
  return { type: 'FeatureCollection', features: features.sort((a, b) => codeOf(a).localeCompare(codeOf(b))) }
}

const codeOf = (feature: GeoJSON.Feature): string => String(feature.properties?.['code'])

function degreesOf(scope: Scope, ring: Int32Array): Pair[] {
  const out: Pair[] = []
  for (let k = 0; k < ring.length; k += 2) out.push(toLngLat(scope.land.frame, ring[k], ring[k + 1]))
  return out
}
