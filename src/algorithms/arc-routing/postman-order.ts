import { eulerCircuit } from './euler-circuit'
import type { PostmanGround, PostmanLinks } from './postman-ground'

/** Required edges and links in the order they are walked. */
export interface PostmanOrder {
  /** Required edge, or −1 − link. */
  readonly leg: Int32Array
  /** 1 where walked from `to` to `from`, or from `b` to `a`. */
  readonly reversed: Uint8Array
}

/**
 * One walk over required edges and links, from a place and back to it.
 *
 * @param isPaired 1 for required edges that lie twice and are walked once each way, the second given from end to beginning; at no
 * cost, as an even number meets at every place whichever way they are walked
 * @param closing required edge that only stands for the walk being open, so that it begins at `start`, where that edge ends; −1: none.
 * The order leaves it out
 */
export function orderLegs(
  { count, from, to }: PostmanGround, links: PostmanLinks, start: number, isPaired: Uint8Array, closing: number,
): PostmanOrder {
  const required = from.length
  const joined = (ends: Int32Array, others: Int32Array): Int32Array => {
    const all = new Int32Array(required + others.length)
    all.set(ends)
    all.set(others, required)
    return all
  }
  const isOneWay = new Uint8Array(required + links.a.length)
  isOneWay.set(isPaired)
  const circuit = eulerCircuit({ vertexCount: count, from: joined(from, links.a), to: joined(to, links.b), isOneWay }, start)
  const legs = Array.from(circuit.edge, (edge, k) => ({ leg: edge < required ? edge : required - 1 - edge, isReversed: circuit.reversed[k] === 1 }))
  if (closing >= 0) {
    // The walk is turned so that the closing edge comes last, towards the start.
    const at = legs.findIndex(({ leg }) => leg === closing)
    const { isReversed } = legs[at]
    legs.push(...legs.splice(0, at + 1))
    legs.pop()
    if (isReversed) {
      legs.reverse()
      for (const leg of legs) leg.isReversed = !leg.isReversed
    }
  }
  return { leg: Int32Array.from(legs, ({ leg }) => leg), reversed: Uint8Array.from(legs, ({ isReversed }) => Number(isReversed)) }
}
