import { arcsByCell } from '@/core/cell-contents'
import { toLngLat } from '@/core/land-frame'
import type { PlanLink } from '@/core/plan'
import type { PlanContext } from '@/core/plan-context'

/** Links as lines in degrees: a bridge from label to label, a wall along the shared border; and a dot on a cell chosen first. */
export function linkLines(context: PlanContext, links: readonly PlanLink[], chosen: number): GeoJSON.Feature[] {
  const { land, cellIndex } = context
  const labelOf = (cell: number) => toLngLat(land.frame, land.cellLabelXY[2 * cell], land.cellLabelXY[2 * cell + 1])
  const features = links.flatMap(({ cells, kind }): GeoJSON.Feature[] => {
    const [a, b] = cells.map((id) => cellIndex.get(id))
    if (a === undefined || b === undefined) return []
    const geometry: GeoJSON.Geometry =
      kind === 'bridge' ? { type: 'LineString', coordinates: [labelOf(a), labelOf(b)] } : { type: 'MultiLineString', coordinates: sharedBorder(context, a, b) }
    return [{ type: 'Feature', properties: { kind }, geometry }]
  })
  return chosen < 0 ? features : [...features, { type: 'Feature', properties: { kind: 'first' }, geometry: { type: 'Point', coordinates: labelOf(chosen) } }]
}

/** The arcs between two cells. */
function sharedBorder({ land }: PlanContext, a: number, b: number): [number, number][][] {
  const { start, item } = arcsByCell(land)
  const lines: [number, number][][] = []
  for (let k = start[a]; k < start[a + 1]; k++) {
    const arc = item[k]
    if (land.arcLeft[arc] !== b && land.arcRight[arc] !== b) continue
    const line: [number, number][] = []
    for (let p = land.arcStart[arc]; p < land.arcStart[arc + 1]; p++) line.push(toLngLat(land.frame, land.arcXY[2 * p], land.arcXY[2 * p + 1]))
    lines.push(line)
  }
  return lines
}
