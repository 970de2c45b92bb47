import { makeIdIndex, type IdIndex } from './id-index'
import type { Land, Rows } from './land'
import { LATTICE_M, toLattice } from './land-frame'
import type { PlanContext } from './plan-context'

const kept = new WeakMap<object, unknown>()

/** Made once for a column that is never written. */
function once<T>(key: object, make: () => T): T {
  let made = kept.get(key) as T | undefined
  if (made === undefined) kept.set(key, (made = make()))
  return made
}

/** Arcs around each cell. Made once a land, kept up where it is redrawn: O(arcs). */
export function arcsByCell(land: Land): Rows {
  return land.redrawn?.cellArcs ?? once(land.arcLeft, () => rowsOf(land.arcLeft.length, land.cellIds.length, (arc) => sidesOf(land, arc)))
}

/** Arcs that end at each node; a closed arc is there once. */
export function arcsByNode(land: Land): Rows {
  return (
    land.redrawn?.nodeArcs ??
    once(land.arcNodes, () => rowsOf(land.arcLeft.length, land.nodeXY.length / 2, (arc) => [land.arcNodes[2 * arc], land.arcNodes[2 * arc + 1]]))
  )
}

const sidesOf = (land: Land, arc: number): readonly number[] => [land.arcLeft[arc], land.arcRight[arc]]

/** Buildings on each cell. Made once for each placing of the buildings, kept up where land is redrawn: O(buildings + cells). */
export function buildingsByCell({ buildings, land }: Pick<PlanContext, 'buildings' | 'land'>): Rows {
  return (
    land.redrawn?.cellBuildings ??
    once(buildings.cell, () => rowsOf(buildings.count, land.cellIds.length, (building) => [buildings.cell[building]]))
  )
}

export const nodeIndexOf = (land: Land): IdIndex => land.redrawn?.nodeIndex ?? once(land.nodeIds, () => makeIdIndex(land.nodeIds))
export const arcIndexOf = (land: Land): IdIndex => land.redrawn?.arcIndex ?? once(land.arcIds, () => makeIdIndex(land.arcIds))
export const buildingIndexOf = ({ buildings }: Pick<PlanContext, 'buildings'>): IdIndex => once(buildings.ids, () => makeIdIndex(buildings.ids))

/**
 * Where buildings stand, metres east and north of the frame's origin, x and y side by side: the middle of the box around
 * the outline; NaN without one. O(outline points) once.
 */
export function buildingCentresM({ buildings, land }: PlanContext): Float64Array {
  return once(buildings.outline, () => {
    const places = new Float64Array(buildings.count * 2)
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
    return places
  })
}

/** Rows of a relation: an item is once with each of its owners, −1 is none. */
function rowsOf(itemCount: number, ownerCount: number, ownersOf: (item: number) => readonly number[]): Rows {
  const start = new Uint32Array(ownerCount + 1)
  const eachOwner = (visit: (owner: number, item: number) => void) => {
    for (let item = 0; item < itemCount; item++) {
      const owners = ownersOf(item)
      for (let k = 0; k < owners.length; k++) if (owners[k] >= 0 && owners.indexOf(owners[k]) === k) visit(owners[k], item)
    }
  }
  eachOwner((owner) => start[owner + 1]++)
  for (let owner = 0; owner < ownerCount; owner++) start[owner + 1] += start[owner]
  const next = start.slice()
  const item = new Int32Array(start[ownerCount])
  eachOwner((owner, at) => (item[next[owner]++] = at))
  return { start, item }
}
