import type { AccessGround } from './access-ground'
import type { DoorSnaps } from './door-snaps'
import { findNearest } from './find-nearest'

/** The nearest of some stations by door. */
export interface StationWalks {
  /** Index of the station; −1 where none can be reached. */
  readonly station: Int32Array
  /** Centimetres with both access legs; −1 where none can be reached. */
  readonly walkCm: Int32Array
}

/** The nearest station of each level by door; door-major, `levels` a door. */
export interface LevelWalks extends StationWalks {
  readonly levels: number
  /** Centimetres from the door to the street by door; −1: not brought onto the streets. */
  readonly accessCm: Int32Array
}

/**
 * The nearest of the stations named, on foot, for every door: of all, of those of a level, of those that are open at an hour.
 * Without any of them nobody reaches one. O(e + d) expected.
 */
export function nearestStations({ graph, doors, stations }: AccessGround, chosen: readonly number[]): StationWalks {
  const { place: station, walkM } = findNearest(graph, pickSnaps(stations, chosen), doors, Infinity)
  const walkCm = new Int32Array(station.length).fill(-1)
  for (let door = 0; door < station.length; door++) {
    if (station[door] < 0) continue
    station[door] = chosen[station[door]]
    walkCm[door] = Math.round(100 * walkM[door])
  }
  return { station, walkCm }
}

/** The nearest station of each level for every door. O(levels · (e + d)) expected. */
export function measureAccess(ground: AccessGround, stationLevel: Uint8Array, levels: number): LevelWalks {
  const doorCount = ground.doors.edge.length
  const station = new Int32Array(levels * doorCount)
  const walkCm = new Int32Array(levels * doorCount)
  for (let level = 0; level < levels; level++) {
    const nearest = nearestStations(ground, [...stationLevel.keys()].filter((k) => stationLevel[k] === level))
    for (let door = 0; door < doorCount; door++) {
      station[levels * door + level] = nearest.station[door]
      walkCm[levels * door + level] = nearest.walkCm[door]
    }
  }
  const { edge, accessM } = ground.doors
  return { levels, station, walkCm, accessCm: Int32Array.from(edge, (at, door) => (at < 0 ? -1 : Math.round(100 * accessM[door]))) }
}

function pickSnaps({ xyM, edge, alongM, accessM }: DoorSnaps, chosen: readonly number[]): DoorSnaps {
  return {
    xyM: Float64Array.from(chosen.flatMap((k) => [xyM[2 * k], xyM[2 * k + 1]])),
    edge: Int32Array.from(chosen, (k) => edge[k]),
    alongM: Float64Array.from(chosen, (k) => alongM[k]),
    accessM: Float64Array.from(chosen, (k) => accessM[k]),
    refused: Int32Array.from(chosen.flatMap((k, at) => (edge[k] < 0 ? [at] : []))),
  }
}
