import type { Land } from '@/core/land'
import { CellChange } from '../land-change'
import type { LandDiff } from '../land-change'

/**
 * Compare a land with the land it was recut from. An arc is the same where its points and the cells on its sides are; a cell is kept
 * where the recut left it alone or gave it back arc for arc. Cells and arcs are told apart by their database ids (0 is new); an arc
 * that came back without its id gets it again. O(arc points).
 *
 * @param changedCells cells whose outline the recut made anew
 */
export function diffLand(before: Land, after: Land, changedCells: ArrayLike<number>): { land: Land; diff: LandDiff } {
  const known = new Map<string, number>()
  for (let arc = 0; arc < before.arcLeft.length; arc++) known.set(arcKey(before, arc, false), arc)
  const nodeByPlace = new Map<string, number>()
  before.nodeIds.forEach((id, node) => nodeByPlace.set(`${before.nodeXY[2 * node]},${before.nodeXY[2 * node + 1]}`, id))
  const arcIds = after.arcIds.slice()
  const stays = new Uint8Array(before.arcLeft.length)
  const newArcs: number[] = []
  const touched = new Uint8Array(after.cellIds.length)
  for (let arc = 0; arc < arcIds.length; arc++) {
    const same = known.get(arcKey(after, arc, false)) ?? known.get(arcKey(after, arc, true))
    if (same !== undefined && before.arcKind[same] === after.arcKind[arc]) {
      arcIds[arc] = before.arcIds[same]
      stays[same] = 1
      continue
    }
    arcIds[arc] = 0
    newArcs.push(arc)
    if (after.arcLeft[arc] >= 0) touched[after.arcLeft[arc]] = 1
    if (after.arcRight[arc] >= 0) touched[after.arcRight[arc]] = 1
  }
  const goneArcs = [...before.arcIds].filter((_, arc) => !stays[arc])
  const cellChange = Uint8Array.from(after.cellIds, (id) => (id === 0 ? CellChange.new : CellChange.kept))
  for (let k = 0; k < changedCells.length; k++) {
    const cell = changedCells[k]
    if (after.cellIds[cell] !== 0 && touched[cell]) cellChange[cell] = CellChange.recut
  }
  const present = new Set(after.cellIds)
  return {
    land: { ...after, arcIds, nodeIds: after.nodeIds.map((_, node) => nodeByPlace.get(`${after.nodeXY[2 * node]},${after.nodeXY[2 * node + 1]}`) ?? 0) },
    diff: { cellChange, goneCells: [...before.cellIds].filter((id) => !present.has(id)), goneArcs, newArcs },
  }
}

/** Points of an arc with the ids of the cells beside it, as walked from one end or the other. New cells have no id and match nothing. */
function arcKey(land: Land, arc: number, backwards: boolean): string {
  const [left, right] = backwards ? [land.arcRight[arc], land.arcLeft[arc]] : [land.arcLeft[arc], land.arcRight[arc]]
  const id = (cell: number) => (cell < 0 ? -1 : land.cellIds[cell])
  const xy = land.arcXY.subarray(2 * land.arcStart[arc], 2 * land.arcStart[arc + 1])
  if (!backwards) return `${id(left)}/${id(right)}/${xy.join()}`
  const reversed: number[] = []
  for (let k = xy.length - 2; k >= 0; k -= 2) reversed.push(xy[k], xy[k + 1])
  return `${id(left)}/${id(right)}/${reversed.join()}`
}
