import type { AccessGround } from '@/algorithms/routing/access-ground'
import type { DoorSnaps } from '@/algorithms/routing/door-snaps'
import { nearestStations, type StationWalks } from '@/algorithms/routing/measure-access'
import { walksWithin, type WalkRows } from '@/algorithms/routing/walks-within'

/** Some of the doors or places of a column. */
export const pickSnaps = (snaps: DoorSnaps, chosen: ArrayLike<number> & Iterable<number>): DoorSnaps => {
  const edge = Int32Array.from(chosen, (k) => snaps.edge[k])
  return {
    xyM: Float64Array.from([...chosen].flatMap((k) => [snaps.xyM[2 * k], snaps.xyM[2 * k + 1]])),
    edge,
    alongM: Float64Array.from(chosen, (k) => snaps.alongM[k]),
    accessM: Float64Array.from(chosen, (k) => snaps.accessM[k]),
    refused: Int32Array.from([...edge.keys()].filter((k) => edge[k] < 0)),
  }
}

/** One column after the other. */
export function joinSnaps(a: DoorSnaps, b: DoorSnaps): DoorSnaps {
  const edge = Int32Array.from([...a.edge, ...b.edge])
  return {
    xyM: Float64Array.from([...a.xyM, ...b.xyM]),
    edge,
    alongM: Float64Array.from([...a.alongM, ...b.alongM]),
    accessM: Float64Array.from([...a.accessM, ...b.accessM]),
    refused: Int32Array.from([...edge.keys()].filter((k) => edge[k] < 0)),
  }
}

/** The nearest of all sites by door. */
export const nearestSites = (graph: AccessGround['graph'], sites: DoorSnaps, doors: DoorSnaps): StationWalks =>
  nearestStations({ graph, doors, stations: sites }, [...sites.edge.keys()])

/**
 * What has to be known of some sites that are all open to say who is served: of a door that reaches one with room for all, the nearest
 * alone; else all within the limit, and where there is none the nearest beyond it.
 *
 * @param isEndless by site: it takes as many as come
 */
export function rowsOfChoice(graph: AccessGround['graph'], sites: DoorSnaps, doors: DoorSnaps, limitM: number, isEndless: readonly boolean[]): WalkRows {
  const nearest = rowsOfNearest(nearestSites(graph, sites, doors))
  return isEndless.every(Boolean) ? nearest : fillRows(walksWithin(graph, sites, doors, limitM), nearest)
}

/** Rows of one entry at most. */
export function rowsOfNearest({ station, walkCm }: StationWalks): WalkRows {
  const doors = [...station.keys()]
  const start = new Uint32Array(station.length + 1)
  doors.forEach((door) => (start[door + 1] = start[door] + (station[door] < 0 ? 0 : 1)))
  const reached = doors.filter((door) => station[door] >= 0)
  return { start, place: Int32Array.from(reached, (door) => station[door]), walkCm: Int32Array.from(reached, (door) => walkCm[door]) }
}

/** Rows that are empty are those of `other`. */
const fillRows = (rows: WalkRows, other: WalkRows): WalkRows => composeRows(rows.start.length - 1, (door, add) => {
  const from = rows.start[door + 1] > rows.start[door] ? rows : other
  for (let k = from.start[door]; k < from.start[door + 1]; k++) add(from.place[k], from.walkCm[k])
})

/** Rows with the entries of both, the nearest first, of equals the lower place; those of `b` are called `offset` more. */
export const joinRows = (a: WalkRows, b: WalkRows, offset: number): WalkRows => composeRows(a.start.length - 1, (door, add) => {
  let [k, l] = [a.start[door], b.start[door]]
  while (k < a.start[door + 1] || l < b.start[door + 1]) {
    if (l >= b.start[door + 1] || (k < a.start[door + 1] && a.walkCm[k] <= b.walkCm[l])) add(a.place[k], a.walkCm[k++])
    else add(b.place[l] + offset, b.walkCm[l++])
  }
})

/** Rows up to the first site that stays and takes as many as come: nobody goes farther than there. */
export const cutRows = (rows: WalkRows, isLast: readonly boolean[]): WalkRows => composeRows(rows.start.length - 1, (door, add) => {
  for (let k = rows.start[door]; k < rows.start[door + 1]; k++) {
    add(rows.place[k], rows.walkCm[k])
    if (isLast[rows.place[k]]) return
  }
})

function composeRows(doors: number, write: (door: number, add: (place: number, walkCm: number) => void) => void): WalkRows {
  const start = new Uint32Array(doors + 1)
  const [place, walkCm]: number[][] = [[], []]
  for (let door = 0; door < doors; door++) {
    write(door, (one, cm) => {
      place.push(one)
      walkCm.push(cm)
    })
    start[door + 1] = place.length
  }
  return { start, place: Int32Array.from(place), walkCm: Int32Array.from(walkCm) }
}
