import type { CarpGround } from './carp-ground'
import type { CarpPlan, CarpProblem } from './carp-problem'
import type { TaskRoutes } from './carp-routes'

/** Routes of tasks as a plan: every task walked in the direction that makes its route cheapest, all counted anew. */
export function carpPlanOf({ graph, demand }: CarpProblem, ground: CarpGround, taskRoutes: TaskRoutes): CarpPlan {
  const { edgeOf, ends, ways, placeCount } = ground
  const routes = taskRoutes.map((tasks) => {
    const isReversed = directTasks(ground, tasks)
    let load = 0
    let cost = 0
    let place = 0
    tasks.forEach((task, at) => {
      const begin = 2 * task + isReversed[at]
      load += demand[edgeOf[task]]
      cost += ways[place * placeCount + ends[begin]] + graph.cost[edgeOf[task]]
      place = ends[begin ^ 1]
    })
    return { edges: tasks.map((task) => edgeOf[task]), isReversed, load, cost: cost + ways[place] }
  })
  return { routes, cost: routes.reduce((sum, { cost }) => sum + cost, 0) }
}

/** The directions of a chain of tasks that cost least, by dynamic programming from its end; forward where both are as good. */
export function directTasks({ ends, ways, placeCount }: CarpGround, tasks: Int32Array): Uint8Array {
  const count = tasks.length
  const choice = new Uint8Array(2 * count)
  let forward = 0
  let backward = 0
  let placeA = 0
  let placeB = 0
  for (let at = count - 1; at >= 0; at--) {
    const a = ends[2 * tasks[at]]
    const b = ends[2 * tasks[at] + 1]
    const row = [b * placeCount, a * placeCount]
    const costs = row.map((from) => [ways[from + placeA] + forward, ways[from + placeB] + backward])
    choice[2 * at] = costs[0][1] < costs[0][0] ? 1 : 0
    choice[2 * at + 1] = costs[1][1] < costs[1][0] ? 1 : 0
    forward = Math.min(...costs[0])
    backward = Math.min(...costs[1])
    placeA = a
    placeB = b
  }
  const isReversed = new Uint8Array(count)
  let direction = ways[placeB] + backward < ways[placeA] + forward ? 1 : 0
  for (let at = 0; at < count; at++) {
    isReversed[at] = direction
    direction = choice[2 * at + direction]
  }
  return isReversed
}
