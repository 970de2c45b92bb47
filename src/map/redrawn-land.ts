import { arcsByCell } from '@/core/cell-contents'
import type { Land } from '@/core/land'
import { ringsOfCell } from './cell-rings'
import { SOURCE, type MapEngine } from './contracts'
import { arcLine } from './land-features'

/**
 * Draws what a draft redrew of its land: the sources of the land stay as they are, its redrawn cells and arcs are hidden by
 * state, and these and the new ones come from two small sources of their own, under the same indices.
 */
export interface RedrawnLand {
  /** Show a land, the scope's own or one that a draft redrew; returns the cells that are drawn from elsewhere than before. */
  show(land: Land): readonly number[]
  /** Source that a cell, an arc, is drawn from now. */
  cellSource(cell: number): string
  arcSource(arc: number): string
}

/** By index; null: gone. */
type Features = Map<number, GeoJSON.Feature | null>

/** So long the drawing as it was stands below the new one: hidden at once it would leave a hole until the new one is there. */
const HIDE_AFTER_MS = 120

/** O(what was redrawn since the last call); O(arcs) where another land is shown. */
export function createRedrawnLand(map: Pick<MapEngine, 'setState' | 'setData'>, base: Land): RedrawnLand {
  let shown: Land['redrawn']
  let stepsSeen = 0
  const cells: Features = new Map()
  const arcs: Features = new Map()

  const waiting = new Set<() => void>()
  let timer: ReturnType<typeof setTimeout> | undefined
  function hideLater(hide: () => void): void {
    waiting.add(hide)
    timer ??= setTimeout(() => {
      timer = undefined
      for (const act of waiting) act()
      waiting.clear()
    }, HIDE_AFTER_MS)
  }

  /** Back to the land as it is; returns the cells that were drawn from elsewhere. */
  function clear(): number[] {
    const were = [...cells.keys()]
    for (const cell of were) if (cell < base.cellIds.length) map.setState(SOURCE.cells, cell, { redrawn: false })
    for (const arc of arcs.keys()) if (arc < base.arcIds.length) map.setState(SOURCE.arcs, arc, { redrawn: false })
    cells.clear()
    arcs.clear()
    return were
  }

  function draw(land: Land, redrawn: { readonly cells: Iterable<number>; readonly arcs: Iterable<number> }, moved: Set<number>): void {
    const rows = arcsByCell(land)
    for (const cell of redrawn.cells) {
      if (!cells.has(cell)) {
        moved.add(cell)
        if (cell < base.cellIds.length) hideLater(() => map.setState(SOURCE.cells, cell, { redrawn: cells.has(cell) }))
      }
      const around = rows.item.subarray(rows.start[cell], rows.start[cell + 1])
      cells.set(cell, around.length > 0 ? cellFeature(land, cell, around) : null)
    }
    for (const arc of redrawn.arcs) {
      if (!arcs.has(arc) && arc < base.arcIds.length) hideLater(() => map.setState(SOURCE.arcs, arc, { redrawn: arcs.has(arc) }))
      const isThere = land.arcLeft[arc] >= 0 || land.arcRight[arc] >= 0
      arcs.set(arc, isThere ? arcFeature(land, arc) : null)
    }
  }

  return {
    show(land) {
      const { redrawn } = land
      const isOther = redrawn !== shown
      const count = redrawn?.steps.length ?? 0
      if (!isOther && stepsSeen === count) return []
      const moved = new Set(isOther ? clear() : [])
      if (redrawn && isOther) draw(land, compareLands(base, land), moved)
      else for (const step of redrawn?.steps.slice(stepsSeen) ?? []) draw(land, step, moved)
      shown = redrawn
      stepsSeen = count
      map.setData(SOURCE.redrawnCells, collect(cells))
      map.setData(SOURCE.redrawnArcs, collect(arcs))
      return [...moved].filter((cell) => cell < land.cellIds.length)
    },
    cellSource: (cell) => (cells.has(cell) ? SOURCE.redrawnCells : SOURCE.cells),
    arcSource: (arc) => (arcs.has(arc) ? SOURCE.redrawnArcs : SOURCE.arcs),
  }
}

/** Arcs that are not what they were, and the cells beside them. O(arc points). */
function compareLands(base: Land, land: Land): { cells: Set<number>; arcs: number[] } {
  const arcs: number[] = []
  const cells = new Set<number>()
  for (let arc = 0; arc < land.arcIds.length; arc++) {
    if (isSameArc(base, land, arc)) continue
    arcs.push(arc)
    for (const side of [land, base]) for (const cell of [side.arcLeft[arc], side.arcRight[arc]]) if (cell >= 0) cells.add(cell)
  }
  return { cells, arcs }
}

function isSameArc(base: Land, land: Land, arc: number): boolean {
  if (base.arcIds[arc] !== land.arcIds[arc] || base.arcLeft[arc] !== land.arcLeft[arc] || base.arcRight[arc] !== land.arcRight[arc]) return false
  const [was, is] = [2 * base.arcStart[arc], 2 * land.arcStart[arc]]
  const length = 2 * land.arcStart[arc + 1] - is
  if (2 * base.arcStart[arc + 1] - was !== length) return false
  for (let k = 0; k < length; k++) if (base.arcXY[was + k] !== land.arcXY[is + k]) return false
  return true
}

const collect = (features: Features): GeoJSON.FeatureCollection => ({
  type: 'FeatureCollection',
  features: [...features.values()].filter((feature) => feature !== null),
})

const cellFeature = (land: Land, cell: number, arcs: Int32Array): GeoJSON.Feature => ({
  type: 'Feature',
  id: cell,
  properties: {},
  geometry: { type: 'Polygon', coordinates: ringsOfCell(land, cell, arcs) },
})

const arcFeature = (land: Land, arc: number): GeoJSON.Feature => ({
  type: 'Feature',
  id: arc,
  properties: { kind: land.arcKind[arc] },
  geometry: { type: 'LineString', coordinates: arcLine(land, arc) },
})
