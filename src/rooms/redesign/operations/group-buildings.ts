import type { Buildings } from '@/core/scope'

/** Buildings by cell, in compressed rows made once per scope; returns a look-up without copying. O(buildings + cells). */
export function groupBuildings(buildings: Buildings, cellCount: number): (cell: number) => readonly number[] {
  const start = new Uint32Array(cellCount + 1)
  for (let b = 0; b < buildings.count; b++) if (buildings.cell[b]! >= 0) start[buildings.cell[b]! + 1]!++
  for (let cell = 0; cell < cellCount; cell++) start[cell + 1]! += start[cell]!
  const next = start.slice()
  const row = new Int32Array(start[cellCount]!)
  for (let b = 0; b < buildings.count; b++) {
    const cell = buildings.cell[b]!
    if (cell >= 0) row[next[cell]!++] = b
  }
  return (cell) => Array.from(row.subarray(start[cell]!, start[cell + 1]!))
}
