import type { DoorSnaps } from '@/algorithms/routing/door-snaps'
import type { WalkRows } from '@/algorithms/routing/walks-within'

/** How a building stands to stations with a limit drawn as a circle and measured along streets. */
export const REACH = {
  /** Outside all circles. */
  far: 0,
  /** In a circle, but farther on foot: what a circle would have called served. */
  circle: 1,
  foot: 2,
  /** The door could not be brought onto the streets, so nobody knows. */
  refused: 3,
} as const

/** Circle and street side by side. */
export interface CircleComparison {
  /** A value of `REACH` by building; without stations all are far. */
  readonly reach: Uint8Array
  /** By station: households in its circle that are farther from it on foot. */
  readonly circleOnly: Int32Array
}

/**
 * What a circle says and what the street says. Nothing is nearer on foot than straight, so whoever walks to a station stands in its circle.
 *
 * @param walks stations asked about within the limit by building
 * @param households by building
 * @param limitM inclusive to the centimetre, both ways
 * Complexity: O(buildings × stations asked about).
 */
export function compareWithCircle(doors: DoorSnaps, stations: DoorSnaps, walks: WalkRows, households: Int32Array, limitM: number, asked: readonly number[]): CircleComparison {
  const circleOnly = new Int32Array(stations.edge.length)
  const reach = new Uint8Array(households.length)
  const mostCm = Math.round(100 * limitM)
  for (let building = 0; building < households.length; building++) {
    if (doors.edge[building] < 0) {
      reach[building] = REACH.refused
      continue
    }
    const onFoot = walks.place.subarray(walks.start[building], walks.start[building + 1])
    if (onFoot.length > 0) reach[building] = REACH.foot
    for (const station of asked) {
      const straightM = Math.hypot(doors.xyM[2 * building] - stations.xyM[2 * station], doors.xyM[2 * building + 1] - stations.xyM[2 * station + 1])
      if (Math.round(100 * straightM) > mostCm || onFoot.includes(station)) continue
      circleOnly[station] += households[building]
      if (reach[building] === REACH.far) reach[building] = REACH.circle
    }
  }
  return { reach, circleOnly }
}
