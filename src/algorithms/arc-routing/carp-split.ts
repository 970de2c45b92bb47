import type { CarpGround } from './carp-ground'

/** A route may be so much above its capacity, times it, where overload has its price. */
const MOST_LOAD = 1.5

/**
 * Cuts a tour of all tasks into routes at the least cost of ways and overload, the directions of all tasks open (Prins, Lacomme and
 * Ramdane-Chérif 2004, "Competitive memetic algorithms for arc routing problems"; directions as Vidal 2017). Bellman's shortest
 * path over where routes begin; two costs are carried along a route, one for each direction of its last task.
 * Complexity O(tasks × tasks of a route).
 */
export class TourSplit {
  private readonly ground: CarpGround
  private readonly least: Float64Array
  private readonly begin: Int32Array

  constructor(ground: CarpGround) {
    this.ground = ground
    this.least = new Float64Array(ground.taskCount + 1)
    this.begin = new Int32Array(ground.taskCount + 1)
  }

  /** @param price of a unit above capacity */
  cut(tour: Int32Array, price: number): Int32Array[] {
    const { ends, ways, placeCount, demand, room, taskCount } = this.ground
    const { least, begin } = this
    const most = room * MOST_LOAD
    least.fill(Infinity)
    least[0] = 0
    for (let from = 0; from < taskCount; from++) {
      const base = least[from]
      let load = 0
      let costA = base
      let costB = base
      let placeA = 0
      let placeB = 0
      for (let at = from; at < taskCount; at++) {
        const task = tour[at]
        load += demand[task]
        if (load > most && at > from) break
        const a = ends[2 * task]
        const b = ends[2 * task + 1]
        const rowA = placeA * placeCount
        const rowB = placeB * placeCount
        const forward = Math.min(costA + ways[rowA + a], costB + ways[rowB + a])
        const backward = Math.min(costA + ways[rowA + b], costB + ways[rowB + b])
        costA = forward
        costB = backward
        placeA = b
        placeB = a
        const over = load > room ? (load - room) * price : 0
        const whole = Math.min(forward + ways[b], backward + ways[a]) + over
        if (whole < least[at + 1]) {
          least[at + 1] = whole
          begin[at + 1] = from
        }
      }
    }
    const routes: Int32Array[] = []
    for (let end = taskCount; end > 0; end = begin[end]) routes.push(tour.slice(begin[end], end))
    return routes.reverse()
  }
}
