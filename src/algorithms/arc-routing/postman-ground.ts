import { DisjointSets } from '../shared/disjoint-sets'

/** What must be joined into one walk: required edges between places, and what a way from place to place costs. */
export interface PostmanGround {
  /** Places, 0 … count−1; each is to be come by. */
  readonly count: number
  /** Row after row, symmetric, ≥ 0 and with no way longer than one over a third place; but for `openEnd`. */
  readonly cost: Float64Array
  /** Places at the ends of required edges. */
  readonly from: Int32Array
  readonly to: Int32Array
  /** A place of no position, at no cost from all others: the walk ends beside it, wherever that is. −1: none. */
  readonly openEnd: number
}

/** Ways that are walked between places beside the required edges; with them an even number meets everywhere and all hang together. */
export interface PostmanLinks {
  readonly a: Int32Array
  readonly b: Int32Array
  readonly cost: number
}

/** Component by place of what the required edges join, numbered from 0, and how many there are. */
export function componentsOf({ count, from, to }: PostmanGround): { component: Int32Array; components: number } {
  const sets = new DisjointSets(count)
  from.forEach((a, k) => sets.union(a, to[k]))
  const number = new Int32Array(count).fill(-1)
  let components = 0
  const component = Int32Array.from({ length: count }, (_, place) => {
    const root = sets.find(place)
    if (number[root] < 0) number[root] = components++
    return number[root]
  })
  return { component, components }
}

/** Places where an odd number of edges meets, ascending. */
export function oddPlaces(count: number, ...ends: readonly ArrayLike<number>[]): number[] {
  const isOdd = new Uint8Array(count)
  for (const list of ends) for (let k = 0; k < list.length; k++) isOdd[list[k]] ^= 1
  return [...isOdd.keys()].filter((place) => isOdd[place] === 1)
}
