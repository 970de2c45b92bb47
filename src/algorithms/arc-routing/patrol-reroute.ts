import type { PatrolGround } from './patrol-ground'
import type { PostmanGround, PostmanLinks } from './postman-ground'
import { improveLinks } from './postman-links'
import { orderLegs } from './postman-order'
import { startLinks } from './postman-start'

/** Where a walk begins and ends, as places. */
export interface WalkEnds {
  readonly startPlace: number
  readonly endPlace: number
}

/**
 * The tasks of one route ordered anew as a rural postman, no longer than they were; the two sides of a segment are walked one each
 * way where the route has both.
 *
 * @param codes tasks in an order to begin with, or in none in particular: then `isOrder` is false
 */
export function rerouteCodes(
  ground: PatrolGround, { startPlace, endPlace }: WalkEnds, codes: readonly number[], isOrder: boolean, effort: { readonly seed: number; readonly trials: number },
): number[] {
  if (codes.length === 0) return []
  const { places, walkS, headOf, tailOf, taskMate } = ground
  const open = places.length - 1
  const local = new Map<number, number>([[startPlace, 0]])
  const localOf = (place: number): number => {
    const known = local.get(place)
    if (known !== undefined) return known
    local.set(place, local.size)
    return local.size - 1
  }
  // The second of two sides goes from end to beginning, so that each is walked its own way.
  const first = new Set<number>()
  const both = new Set(codes.map((code) => code >> 1))
  const forth = codes.map((code) => {
    const task = code >> 1
    if (taskMate[task] < 0 || !both.has(taskMate[task])) return 2 * task
    first.add(Math.min(task, taskMate[task]))
    return first.has(task) ? 2 * task : 2 * task + 1
  })
  const from = forth.map((code) => localOf(headOf[code]))
  const to = forth.map((code) => localOf(tailOf[code]))
  const isPaired = codes.map((code) => Number(taskMate[code >> 1] >= 0 && both.has(taskMate[code >> 1])))
  // An end elsewhere is an edge from there to the start that is walked in thought only.
  const closing = endPlace === startPlace ? -1 : forth.length
  if (closing >= 0) {
    from.push(localOf(endPlace))
    to.push(0)
    isPaired.push(0)
  }
  const own = Int32Array.from(local.keys())
  const count = own.length
  const cost = new Float64Array(count * count)
  own.forEach((a, i) => own.forEach((b, j) => (cost[i * count + j] = i === j ? 0 : walkS[a * places.length + b])))
  const task: PostmanGround = { count, cost, from: Int32Array.from(from), to: Int32Array.from(to), openEnd: endPlace === open ? localOf(open) : -1 }
  const begun = isOrder ? linksBetween(codes) : null
  const start = startLinks(task)
  const begin = begun && begun.cost <= start.links.cost ? begun : start.links
  const links = start.isBest && begin === start.links ? begin : improveLinks(task, begin, effort)
  const order = orderLegs(task, links, 0, Uint8Array.from(isPaired), closing)
  return [...order.leg].flatMap((leg, k) => (leg >= 0 ? [forth[leg] ^ order.reversed[k]] : []))

  function linksBetween(sequence: readonly number[]): PostmanLinks {
    const a: number[] = []
    const b: number[] = []
    let at = startPlace
    const link = (place: number): void => {
      if (at === place) return
      a.push(local.get(at)!)
      b.push(local.get(place)!)
    }
    for (const code of sequence) {
      link(headOf[code])
      at = tailOf[code]
    }
    link(endPlace)
    return { a: Int32Array.from(a), b: Int32Array.from(b), cost: a.reduce((sum, x, k) => sum + cost[x * count + b[k]], 0) }
  }
}
