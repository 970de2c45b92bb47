import type { AccessGround } from '@/algorithms/routing/access-ground'
import type { StationWalks } from '@/algorithms/routing/measure-access'

/** How a building stands to a limit: a station lies within it on foot; within it on the map only; not even that; its door is on no street. */
export const REACHES = ['foot', 'circle', 'beyond', 'unknown'] as const
export type Reach = (typeof REACHES)[number]

/** Households by building and by station for one question; foot + circle + beyond + unknown = households. */
export interface AccessAnswer {
  readonly households: number
  /** By `REACHES`. */
  readonly by: Readonly<Record<Reach, number>>
  /** Position in `REACHES` by building. */
  readonly reach: Uint8Array
  /** Straight way to the nearest station asked for by building, centimetres; −1: there is none. */
  readonly straightCm: Int32Array
  /** The stations asked for, in their order. */
  readonly stations: readonly StationReach[]
}

export interface StationReach {
  /** Index of the station. */
  readonly station: number
  /** Households that have it nearest on foot, within the limit; over all stations they are those reached on foot. */
  readonly nearest: number
  /** Households within its circle, as the nearest in a straight line, that reach no station on foot; over all stations those of the circle alone. */
  readonly circleOnly: number
}

/**
 * Who has a station within a limit, on foot and by circle. The limit is inclusive to the centimetre, for both alike. Without stations nobody
 * is reached. A walk is never shorter than the straight line, so who is reached on foot lies in a circle too.
 *
 * @param walks nearest of the stations asked for by building
 * @param households by building; buildings that are not asked about have none
 * Complexity: O(buildings × stations asked for).
 */
export function answerAccess({ doors, stations }: Pick<AccessGround, 'doors' | 'stations'>, asked: readonly number[], walks: StationWalks, households: Int32Array, limitM: number): AccessAnswer {
  const limitCm = Math.round(100 * limitM)
  const reach = new Uint8Array(households.length)
  const straightCm = new Int32Array(households.length).fill(-1)
  const by = { foot: 0, circle: 0, beyond: 0, unknown: 0 }
  const [nearest, circleOnly] = [new Map<number, number>(), new Map<number, number>()]
  const add = (counts: Map<number, number>, station: number, n: number): void => void counts.set(station, (counts.get(station) ?? 0) + n)
  for (let building = 0; building < households.length; building++) {
    const [x, y] = [doors.xyM[2 * building], doors.xyM[2 * building + 1]]
    let [straightest, bestM] = [-1, Infinity]
    for (const station of asked) {
      const metres = Math.hypot(stations.xyM[2 * station] - x, stations.xyM[2 * station + 1] - y)
      if (metres < bestM) [straightest, bestM] = [station, metres]
    }
    if (straightest >= 0) straightCm[building] = Math.round(100 * bestM)
    const here = reachOf(building)
    reach[building] = REACHES.indexOf(here)
    by[here] += households[building]
    if (here === 'foot') add(nearest, walks.station[building], households[building])
    else if (here === 'circle') add(circleOnly, straightest, households[building])
  }
  return {
    households: by.foot + by.circle + by.beyond + by.unknown,
    by,
    reach,
    straightCm,
    stations: asked.map((station) => ({ station, nearest: nearest.get(station) ?? 0, circleOnly: circleOnly.get(station) ?? 0 })),
  }

  function reachOf(building: number): Reach {
    if (doors.edge[building] < 0) return 'unknown'
    if (walks.walkCm[building] >= 0 && walks.walkCm[building] <= limitCm) return 'foot'
    return straightCm[building] >= 0 && straightCm[building] <= limitCm ? 'circle' : 'beyond'
  }
}
