import type { CarpGround } from './carp-ground'
import type { TaskRoutes } from './carp-routes'

/** Close to its capacity, a route takes on only what lies about its way home: from so many mean demands left on. */
const ELLIPSE_DEMANDS = 1.5

/**
 * First routes by path scanning: from where a route has come to, it goes on to the nearest task that fits, chance deciding between
 * equals; once little room is left, only to tasks about the way home (Golden, DeArmon and Baker 1983; the ellipse rule of Santos,
 * Coutinho-Rodrigues and Current 2009). Complexity O(tasks²).
 */
export function scanPaths(ground: CarpGround, random: () => number): TaskRoutes {
  const { taskCount, ends, ways, placeCount, demand, room, serviceCost } = ground
  const waiting = Int32Array.from({ length: taskCount }, (_, task) => task)
  const meanDemand = demand.reduce((sum, amount) => sum + amount, 0) / taskCount
  const meanCost = serviceCost / taskCount
  const routes: Int32Array[] = []
  let left = taskCount
  while (left > 0) {
    const tasks: number[] = []
    let fits = room
    let place = 0
    for (;;) {
      const detour = fits < ELLIPSE_DEMANDS * meanDemand && tasks.length > 0 ? ways[place] + meanCost : Infinity
      let bestWay = Infinity
      let bestRank = -1
      let bestEnd = 0
      let equals = 0
      for (let rank = 0; rank < left; rank++) {
        const task = waiting[rank]
        if (demand[task] > fits) continue
        for (let end = 2 * task; end < 2 * task + 2; end++) {
          const way = ways[place * placeCount + ends[end]]
          if (way > bestWay || way + ways[ends[end ^ 1]] > detour) continue
          if (way < bestWay) equals = 0
          if (random() * ++equals >= 1) continue
          bestWay = way
          bestRank = rank
          bestEnd = end
        }
      }
      if (bestRank < 0) break
      const task = waiting[bestRank]
      tasks.push(task)
      fits -= demand[task]
      place = ends[bestEnd ^ 1]
      waiting[bestRank] = waiting[--left]
      if (left === 0) break
    }
    routes.push(Int32Array.from(tasks))
  }
  return routes
}
