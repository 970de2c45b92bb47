import { DisjointSets } from '../shared/disjoint-sets'
import { pairOddNodes } from './pair-odd-nodes'
import { oddPlaces, type PostmanGround, type PostmanLinks } from './postman-ground'

/** Links to begin with, and what no links can cost less than. */
export interface PostmanStart {
  readonly links: PostmanLinks
  /** Cost of the best pairs of odd places, which any walk needs, all together or not. */
  readonly bound: number
  /** Whether the links cost what the bound says. */
  readonly isBest: boolean
}

/**
 * The better of two: odd places paired, then what still lies apart joined there and back; or first joined by a least spanning tree and
 * then paired (Frederickson 1979). Where the required edges hang together both are best: the Chinese postman.
 *
 * @throws where a place cannot be reached from another
 * Complexity: O(count²) and that of `pairOddNodes`.
 */
export function startLinks(ground: PostmanGround): PostmanStart {
  const { count, from, to } = ground
  const pairs = pairPlaces(ground, oddPlaces(count, from, to))
  const bound = costOf(ground, pairs)
  const joins = joinApart(ground, pairs)
  const pairedFirst = [...pairs, ...joins, ...joins]
  const tree = joinApart(ground, [])
  const joinedFirst = [...tree, ...pairPlaces(ground, oddPlaces(count, from, to, tree.flat()))]
  const best = costOf(ground, pairedFirst) <= costOf(ground, joinedFirst) ? pairedFirst : joinedFirst
  const links = {
    a: Int32Array.from(best, ([a]) => a),
    b: Int32Array.from(best, ([, b]) => b),
    cost: costOf(ground, best),
  }
  return { links, bound, isBest: joins.length === 0 }
}

type Pair = readonly [a: number, b: number]

const costOf = ({ count, cost }: PostmanGround, pairs: readonly Pair[]): number =>
  pairs.reduce((sum, [a, b]) => sum + cost[a * count + b], 0)

function pairPlaces({ count, cost }: PostmanGround, odd: readonly number[]): Pair[] {
  const table = new Float64Array(odd.length * odd.length)
  odd.forEach((a, i) => odd.forEach((b, j) => (table[i * odd.length + j] = cost[a * count + b])))
  const mate = pairOddNodes(odd.length, table)
  if (!mate) throw new Error('expected a way between all places, there is none')
  return [...mate].flatMap((j, i): Pair[] => (i < j ? [[odd[i], odd[j]]] : []))
}

/** Least spanning tree of what the required edges and the links leave apart (Prim 1957); the place of no position joins nothing. */
function joinApart({ count, cost, from, to, openEnd }: PostmanGround, links: readonly Pair[]): Pair[] {
  const sets = new DisjointSets(count)
  from.forEach((a, k) => sets.union(a, to[k]))
  for (const [a, b] of links) sets.union(a, b)
  const members = new Map<number, number[]>()
  for (let place = 0; place < count; place++) {
    const root = sets.find(place)
    const list = members.get(root)
    if (list) list.push(place)
    else members.set(root, [place])
  }
  const nearestIn = new Int32Array(count).fill(-1)
  const away = new Float64Array(count).fill(Infinity)
  const isIn = new Uint8Array(count)
  const tree: Pair[] = []
  const add = (root: number): void => {
    for (const place of members.get(root)!) isIn[place] = 1
    for (const place of members.get(root)!) {
      if (place === openEnd) continue
      for (let other = 0; other < count; other++) {
        if (isIn[other] === 1 || cost[place * count + other] >= away[other]) continue
        away[other] = cost[place * count + other]
        nearestIn[other] = place
      }
    }
  }
  if (count > 0) add(0)
  for (let left = members.size - 1; left > 0; left--) {
    let nearest = -1
    for (let place = 0; place < count; place++) {
      if (isIn[place] === 0 && place !== openEnd && (nearest < 0 || away[place] < away[nearest])) nearest = place
    }
    if (away[nearest] === Infinity) throw new Error('expected a way between all places, there is none')
    tree.push([nearestIn[nearest], nearest])
    add(sets.find(nearest))
  }
  return tree
}
