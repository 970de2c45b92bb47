import { costOfPairs, pairOddNodes } from './pair-odd-nodes'
import type { PatrolGround } from './patrol-ground'
import { oddPlaces } from './postman-ground'
import { createWaySearch } from './vertex-distances'

/** What lies between two distances from where patrollers start and end. */
export interface Ring {
  /** Seconds from the nearest start or end to its inner side, and its width. */
  readonly innerS: number
  readonly widthS: number
  /** Seconds from the start to its outer side and, where everybody has an end, from there to it. */
  readonly outS: number
  /** Tasks that cross it, and seconds of work beyond it. */
  readonly crossing: number
  readonly beyondS: number
  /** Times a route that goes beyond crosses it at least. */
  readonly times: number
}

/**
 * Rings between the distances of all ends of tasks. Whoever does what lies beyond a ring has crossed it; of a task that crosses one,
 * what lies beyond is at least what its segment is longer than the way from its near end to the ring.
 * Complexity: O(tasks · rings).
 */
export function ringsOf({ places, walkS, taskS, taskSegment, taskServes, tasks, headOf, tailOf, startPlace, endPlace, problem }: PatrolGround): Ring[] {
  const count = places.length
  const open = count - 1
  const homes = [...new Set([...startPlace, ...endPlace])].filter((place) => place !== open)
  const times = endPlace.includes(open) ? 1 : 2
  const awayS = Float64Array.from({ length: open }, (_, place) => Math.min(...homes.map((home) => walkS[home * count + place])))
  const inner = Float64Array.from({ length: tasks }, (_, task) => Math.min(awayS[headOf[2 * task]], awayS[tailOf[2 * task]]))
  const outer = Float64Array.from({ length: tasks }, (_, task) => Math.max(awayS[headOf[2 * task]], awayS[tailOf[2 * task]]))
  const sides = [...new Set([0, ...inner, ...outer])].sort((a, b) => a - b)
  return sides.slice(1).map((side, k) => {
    let [beyondS, crossing] = [0, 0]
    for (let task = 0; task < tasks; task++) {
      if (inner[task] >= side) beyondS += taskS[task]
      else if (outer[task] >= side) {
        crossing++
        // Where on it one stays is not known, so a stay counts nowhere.
        const segment = taskSegment[task]
        const wholeS = problem.walkS[segment]
        beyondS += ((taskServes[task] === 1 ? problem.serviceS[segment] : wholeS) * (wholeS - (side - inner[task]))) / wholeS
      }
    }
    return { innerS: sides[k], widthS: side - sides[k], outS: times * side, crossing, beyondS, times }
  })
}

/**
 * Times each ring is crossed between tasks at the least where no route is longer than some: beyond it there is work for so many
 * routes, each crosses it there and back, and what tasks do not cross is walked besides. Negative where tasks cross it more often
 * than that. Null where there is work beyond a ring for more routes than there are.
 */
export function crossingsWithin(rings: readonly Ring[], longestS: number, patrollers: number): number[] | null {
  const needs: number[] = []
  for (const { outS, crossing, beyondS, times } of rings) {
    // A hair below, so that a whole number of routes stays whole.
    const routes = beyondS <= 0 ? 0 : outS >= longestS ? Infinity : Math.ceil(beyondS / (longestS - outS) - 1e-9)
    if (routes > patrollers) return null
    needs.push(times * routes - crossing)
  }
  return needs
}

/**
 * Least seconds between tasks. All routes together meet every place evenly, but for starts and ends that differ: such a start and end
 * stand for themselves and may be paired with one another at no cost, which is what staying at home comes to. Where rings must be
 * crossed, what that costs is taken first, and pairs go by what is left of each way: so nothing is counted twice.
 *
 * @param needs crossings by ring; none: pairs alone
 */
export function leastWaysS(ground: PatrolGround, rings: readonly Ring[], needs: readonly number[]): number {
  const { graph, search, places, walkS, tasks, headOf, tailOf, startPlace, endPlace } = ground
  const count = places.length
  const open = count - 1
  const all = Array.from({ length: tasks }, (_, task) => task)
  const odd = oddPlaces(count, all.map((task) => headOf[2 * task]), all.map((task) => tailOf[2 * task]))
  const whose = odd.map(() => -1)
  startPlace.forEach((place, k) => {
    if (place === endPlace[k]) return
    odd.push(place, endPlace[k])
    whose.push(k, k)
  })
  const crossed = rings.filter((_, k) => needs[k] > 0)
  const crossingS = rings.reduce((sum, { widthS }, k) => sum + widthS * Math.max(0, needs[k] ?? 0), 0)
  const betweenS = crossed.length === 0 ? (i: number, j: number) => walkS[odd[i] * count + odd[j]] : waysLeft()
  const size = odd.length
  const cost = new Float64Array(size * size)
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < i; j++) {
      const isFree = (whose[i] >= 0 && whose[i] === whose[j]) || odd[i] === odd[j] || odd[i] === open || odd[j] === open
      cost[i * size + j] = cost[j * size + i] = isFree ? 0 : betweenS(i, j)
    }
  }
  const mate = pairOddNodes(size, cost)
  // Costs are paired to the millisecond; half of one a pair keeps the bound on its side.
  return crossingS + (mate ? Math.max(0, costOfPairs(mate, cost) - 0.0005 * size) : 0)

  /** Seconds between odd places where what a way advances through crossed rings is free. */
  function waysLeft(): (i: number, j: number) => number {
    const homes = new Set([...startPlace, ...endPlace].filter((place) => place !== open))
    const awayS = new Float64Array(graph.vertexCount).fill(Infinity)
    for (const home of homes) search.waysFrom(places[home]).distance.forEach((seconds, node) => (awayS[node] = Math.min(awayS[node], seconds)))
    // Nodes nobody gets to have no part in any way.
    const advanceS = awayS.map((seconds) => (seconds === Infinity ? 0 : crossed.reduce((sum, { innerS, widthS }) => sum + Math.max(0, Math.min(widthS, seconds - innerS)), 0)))
    const cost = graph.cost.map((seconds, edge) => Math.max(0, seconds - Math.abs(advanceS[graph.from[edge]] - advanceS[graph.to[edge]])))
    const nodes = odd.filter((place) => place !== open)
    const table = createWaySearch({ ...graph, cost }).tableBetween(Int32Array.from(nodes, (place) => places[place]))
    const row = new Map(nodes.map((place, k) => [place, k]))
    return (i, j) => table[row.get(odd[i])! * nodes.length + row.get(odd[j])!]
  }
}
