import { deriveGridOutline, type Ring } from '@/algorithms/topology/derive-grid-outline'
import { LATTICE_M } from '@/core/land-frame'
import type { PlanSession } from '@/core/plan-session'
import { scaleBar, type ScaleBar } from '@/ui/scale-bar'

/** A map on paper: paths in millimetres, y downwards. */
export interface ReportMap {
  readonly width: number
  readonly height: number
  readonly grids: readonly { readonly slot: number; readonly path: string }[]
  readonly gridBorders: string
  readonly communityBorders: string
  /** Outline of the cells that change grid. */
  readonly changed: string
  readonly labels: readonly { readonly slot: number; readonly x: number; readonly y: number }[]
  /** Metres on the ground of one millimetre. */
  readonly metresPerMm: number
  readonly bar: ScaleBar
}

interface Frame {
  readonly width: number
  readonly height: number
}

/** Points closer than this are one on paper, mm. */
const FINEST = 0.05

/**
 * Draw a plan, or one community of it, from the borders of the land. Every border is one arc; neighbours share it to the point.
 * O(arcs).
 */
export function makeReportMap(session: PlanSession, community: number | null, changedCells: readonly number[], { width, height }: Frame): ReportMap {
  const { context, document, index } = session
  const { land } = context
  const isShown = (cell: number) => cell >= 0 && land.cellIds[cell] !== 0 && (community === null || land.cellCommunity[cell] === community)
  const box = { west: Infinity, south: Infinity, east: -Infinity, north: -Infinity }
  for (let arc = 0; arc < land.arcLeft.length; arc++) {
    if (!isShown(land.arcLeft[arc]) && !isShown(land.arcRight[arc])) continue
    for (let k = land.arcStart[arc]; k < land.arcStart[arc + 1]; k++) {
      box.west = Math.min(box.west, land.arcXY[2 * k])
      box.east = Math.max(box.east, land.arcXY[2 * k])
      box.south = Math.min(box.south, land.arcXY[2 * k + 1])
      box.north = Math.max(box.north, land.arcXY[2 * k + 1])
    }
  }
  const scale = Math.min(width / Math.max(1, box.east - box.west), height / Math.max(1, box.north - box.south))
  const left = (width - (box.east - box.west) * scale) / 2
  const top = (height - (box.north - box.south) * scale) / 2
  const x = (lattice: number) => left + (lattice - box.west) * scale
  const y = (lattice: number) => top + (box.north - lattice) * scale
  const pathOf = (xy: ArrayLike<number>, from: number, to: number, isClosed: boolean): string => {
    const points: string[] = []
    let [lastX, lastY] = [Infinity, Infinity]
    for (let k = from; k < to; k++) {
      const [px, py] = [x(xy[2 * k]), y(xy[2 * k + 1])]
      if (k > from && k < to - 1 && Math.abs(px - lastX) < FINEST && Math.abs(py - lastY) < FINEST) continue
      points.push(`${px.toFixed(2)} ${py.toFixed(2)}`)
      ;[lastX, lastY] = [px, py]
    }
    return `M${points.join('L')}${isClosed ? 'Z' : ''}`
  }
  const outline = (polygons: readonly (readonly Ring[])[]) =>
    polygons.flatMap((rings) => rings.map((ring) => pathOf(ring, 0, ring.length / 2, true))).join('')

  let gridBorders = ''
  let communityBorders = ''
  for (let arc = 0; arc < land.arcLeft.length; arc++) {
    const [a, b] = [land.arcLeft[arc], land.arcRight[arc]]
    if (!isShown(a) && !isShown(b)) continue
    const isEdge = a < 0 || b < 0 || land.cellCommunity[a] !== land.cellCommunity[b]
    if (!isEdge && document.cellGrid[a] === document.cellGrid[b]) continue
    const path = pathOf(land.arcXY, land.arcStart[arc], land.arcStart[arc + 1], false)
    if (isEdge) communityBorders += path
    else gridBorders += path
  }

  const slots = document.grids.flatMap((grid, slot) => (grid && (community === null || grid.community === community) && index.cellCount(slot) > 0 ? [slot] : []))
  const changed = new Int32Array(land.cellIds.length)
  const shownChanges = changedCells.filter(isShown)
  for (const cell of shownChanges) changed[cell] = 1
  return {
    width,
    height,
    grids: slots.map((slot) => ({ slot, path: outline(deriveGridOutline(land, document.cellGrid, slot, index.cellsOf(slot).slice()).polygons) })),
    gridBorders,
    communityBorders,
    changed: shownChanges.length === 0 ? '' : outline(deriveGridOutline(land, changed, 1, shownChanges).polygons),
    labels: slots.map((slot) => {
      const cell = middleCell(session, slot)
      return { slot, x: x(land.cellLabelXY[2 * cell]), y: y(land.cellLabelXY[2 * cell + 1]) }
    }),
    metresPerMm: LATTICE_M / scale,
    bar: scaleBar(LATTICE_M / scale, width),
  }
}

/** The cell of a grid whose label point lies nearest to the middle of all, by area. */
function middleCell({ context: { land }, index }: PlanSession, slot: number): number {
  const cells = index.cellsOf(slot)
  let [sumX, sumY, area] = [0, 0, 0]
  for (const cell of cells) {
    sumX += land.cellLabelXY[2 * cell] * land.cellAreaM2[cell]
    sumY += land.cellLabelXY[2 * cell + 1] * land.cellAreaM2[cell]
    area += land.cellAreaM2[cell]
  }
  const away = (cell: number) => Math.hypot(land.cellLabelXY[2 * cell] - sumX / area, land.cellLabelXY[2 * cell + 1] - sumY / area)
  return cells.reduce((best, cell) => (away(cell) < away(best) ? cell : best), cells[0])
}
