import { solveTransport } from '../assignment/solve-transport'
import type { WalkRows } from '../routing/walks-within'
import type { SolverControl } from '../shared/solver-control'

/** Who is served where stations take no more than they can. Households throughout. */
export interface ServedByCapacity {
  /** By entry of the rows: how many of the door go to that station. */
  readonly flow: Int32Array
  /** By door: all of its households where a station is within the limit, else 0. */
  readonly reached: Int32Array
  /** By door: those a station has room for; reached − served: within the limit, but every station there is full. */
  readonly served: Int32Array
  /** By station: who goes there. */
  readonly load: Int32Array
  /** By station: households of all doors that reach it, whether they go there or not. */
  readonly within: Int32Array
}

/**
 * Who is served when stations are full: as many households as can be, and of all ways to serve so many one with the least
 * walking in all. So a household may go farther than to its nearest station, where that leaves room for one that has no other;
 * nobody goes beyond the limit of the rows, and a full station serves no further. Households of one door may go apart. Exact
 * (transportation problem, see `solveTransport`).
 *
 * @param walks stations within the limit by door
 * @param households by door
 * @param capacity by station; 0: as many as come
 */
export function serveByCapacity(walks: WalkRows, households: Int32Array, capacity: Int32Array, control: SolverControl = {}): ServedByCapacity {
  const { start, place, walkCm } = walks
  const doors = households.length
  const reached = households.map((count, door) => (start[door + 1] > start[door] ? count : 0))
  const within = new Int32Array(capacity.length)
  const nearest = new Int32Array(place.length)
  const nearestLoad = new Int32Array(capacity.length)
  for (let door = 0; door < doors; door++) {
    for (let k = start[door]; k < start[door + 1]; k++) within[place[k]] += households[door]
    if (reached[door] === 0) continue
    nearest[start[door]] = households[door]
    nearestLoad[place[start[door]]] += households[door]
  }
  // Where everybody fits in at the nearest there is nothing to weigh.
  if (nearestLoad.every((load, station) => capacity[station] === 0 || load <= capacity[station])) {
    return { flow: nearest, reached, served: reached.slice(), load: nearestLoad, within }
  }
  const part = new Int32Array(place.length)
  for (let door = 0; door < doors; door++) part.fill(door, start[door], start[door + 1])
  const { flow, load, unserved } = solveTransport({
    supply: reached,
    min: new Int32Array(capacity.length),
    max: capacity.map((most, station) => (most === 0 ? within[station] : most)),
    arcs: { part, member: place, cost: walkCm },
  }, control)
  return { flow, reached, served: reached.map((count, door) => count - unserved[door]), load, within }
}
