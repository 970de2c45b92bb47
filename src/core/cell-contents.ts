import type { Land } from './land'
import { LATTICE_M, toLattice } from './land-frame'
import type { PlanContext } from './plan-context'

/** Things by cell, in compressed rows. */
export interface CellRows {
  readonly start: Uint32Array
  readonly item: Int32Array
}

const arcRows = new WeakMap<Int32Array, CellRows>()
const buildingRows = new WeakMap<Int32Array, CellRows>()
const buildingPlaces = new WeakMap<Float64Array, Float64Array>()

/** Arcs around each cell; an arc with the cell on both sides is there twice. Made once a land: O(arcs). */
export function arcsByCell(land: Land): CellRows {
  let rows = arcRows.get(land.arcLeft)
  if (!rows) arcRows.set(land.arcLeft, (rows = rowsOf([land.arcLeft, land.arcRight], land.cellIds.length)))
  return rows
}

/** Buildings on each cell. Made once for each placing of the buildings: O(buildings + cells). */
export function buildingsByCell({ buildings, land }: PlanContext): CellRows {
  let rows = buildingRows.get(buildings.cell)
  if (!rows) buildingRows.set(buildings.cell, (rows = rowsOf([buildings.cell], land.cellIds.length)))
  return rows
}

/**
 * Where buildings stand, metres east and north of the frame's origin, x and y side by side: the middle of the box around
 * the outline; NaN without one. O(outline points) once.
 */
export function buildingCentresM({ buildings, land }: PlanContext): Float64Array {
  let places = buildingPlaces.get(buildings.outline)
  if (places) return places
  places = new Float64Array(buildings.count * 2)
  for (let b = 0; b < buildings.count; b++) {
    let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
    for (let p = buildings.outlineStart[b]; p < buildings.outlineStart[b + 1]; p++) {
      west = Math.min(west, buildings.outline[2 * p])
      east = Math.max(east, buildings.outline[2 * p])
      south = Math.min(south, buildings.outline[2 * p + 1])
      north = Math.max(north, buildings.outline[2 * p + 1])
    }
    const [x, y] = west > east ? [NaN, NaN] : toLattice(land.frame, (west + east) / 2, (south + north) / 2)
    places.set([x * LATTICE_M, y * LATTICE_M], 2 * b)
  }
  buildingPlaces.set(buildings.outline, places)
  return places
}

function rowsOf(owners: readonly ArrayLike<number>[], cellCount: number): CellRows {
  const start = new Uint32Array(cellCount + 1)
  for (const owner of owners) for (let k = 0; k < owner.length; k++) if (owner[k] >= 0) start[owner[k] + 1]++
  for (let cell = 0; cell < cellCount; cell++) start[cell + 1] += start[cell]
  const next = start.slice()
  const item = new Int32Array(start[cellCount])
  for (const owner of owners) for (let k = 0; k < owner.length; k++) if (owner[k] >= 0) item[next[owner[k]]++] = k
  return { start, item }
}
