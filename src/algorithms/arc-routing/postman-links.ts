import { DisjointSets } from '../shared/disjoint-sets'
import { seededRandom } from '../shared/seeded-random'
import type { SolverControl } from '../shared/solver-control'
import { componentsOf, type PostmanGround, type PostmanLinks } from './postman-ground'

/** Nearest places, of all and of other components, that a link is tried with. */
const NEAR = 8
/** Temperatures as shares of the mean cost of a link. */
const HOT = 0.35
const COLD = 0.03
/** Trials between two looks at the signal. */
const STRIDE = 1 << 14

/**
 * Cheaper links by annealing. Links have no order: any two may exchange ends, a link may go over a further place, two that meet may
 * become one, and a component may be come by from elsewhere; an even number meets at each place throughout, and what would part the
 * walk is refused. So a change costs what it touches and no tour need be turned around.
 *
 * @param start links that do; the answer costs no more
 * @param trials of a change
 * Complexity: O(trials), and O(components + links) for each that is taken. Deterministic for a seed.
 */
export function improveLinks(
  ground: PostmanGround, start: PostmanLinks, { seed, trials }: { readonly seed: number; readonly trials: number }, control: SolverControl = {},
): PostmanLinks {
  const { count, cost, openEnd } = ground
  const { component, components } = componentsOf(ground)
  if (components < 2 || start.a.length === 0 || trials <= 0) return start
  const random = seededRandom(seed)
  const below = (limit: number): number => Math.floor(random() * limit)
  const near = nearPlaces(ground, component)
  const members: number[][] = Array.from({ length: components }, () => [])
  component.forEach((one, place) => place !== openEnd && members[one].push(place))

  const a: number[] = [...start.a]
  const b: number[] = [...start.b]
  /** Ends of links by place: 2 · link, and one more for `b`. */
  const endsAt: number[][] = Array.from({ length: count }, () => [])
  const enter = (link: number): void => {
    endsAt[a[link]].push(2 * link)
    endsAt[b[link]].push(2 * link + 1)
  }
  const leave = (link: number): void => {
    for (const [list, end] of [[endsAt[a[link]], 2 * link], [endsAt[b[link]], 2 * link + 1]] as const) {
      list[list.indexOf(end)] = list[list.length - 1]
      list.pop()
    }
  }
  const drop = (link: number): void => {
    leave(link)
    const last = a.length - 1
    if (link !== last) {
      leave(last)
      a[link] = a[last]
      b[link] = b[last]
      enter(link)
    }
    a.pop()
    b.pop()
  }
  const add = (x: number, y: number): void => {
    if (x === y) return
    a.push(x)
    b.push(y)
    enter(a.length - 1)
  }
  for (let link = 0; link < a.length; link++) enter(link)
  const d = (x: number, y: number): number => cost[x * count + y]
  const otherEnd = (end: number): number => ((end & 1) === 0 ? b[end >> 1] : a[end >> 1])

  const sets = new DisjointSets(components)
  const hangsTogether = (): boolean => {
    for (let one = 0; one < components; one++) sets.parent[one] = one
    let left = components
    for (let link = 0; link < a.length; link++) {
      const [x, y] = [sets.find(component[a[link]]), sets.find(component[b[link]])]
      if (x === y) continue
      sets.union(x, y)
      if (--left === 1) return true
    }
    return left === 1
  }

  let now = start.cost
  let least = start.cost
  let bestA = start.a
  let bestB = start.b
  const mean = start.cost / start.a.length
  let heat = HOT * mean
  const cooling = (COLD / HOT) ** (1 / trials)
  /** Links that go, as pairs of places, and that come; at most three each. */
  const gone: number[] = []
  const come: number[] = []

  /** Draws a change into `gone` and `come`; its cost, or Infinity where there is none. */
  function draw(): number {
    gone.length = 0
    come.length = 0
    const end = below(2 * a.length)
    const link = end >> 1
    const x = (end & 1) === 0 ? a[link] : b[link]
    const y = otherEnd(end)
    const kind = random()
    if (kind < 0.7) {
      const c = x === openEnd ? below(count) : near[x * 2 * NEAR + below(2 * NEAR)]
      if (c < 0 || c === x || c === openEnd) return Infinity
      const ends = endsAt[c]
      if (kind < 0.5 && ends.length > 0) {
        const met = ends[below(ends.length)]
        if (met >> 1 === link) return Infinity
        const z = otherEnd(met)
        gone.push(link, met >> 1)
        come.push(x, c, y, z)
        return d(x, c) + (y === z ? 0 : d(y, z)) - d(x, y) - d(c, z)
      }
      if (c === y || x === openEnd || y === openEnd) return Infinity
      gone.push(link)
      come.push(x, c, c, y)
      return d(x, c) + d(c, y) - d(x, y)
    }
    if (x === openEnd || endsAt[x].length < 2) return Infinity
    const met = endsAt[x][below(endsAt[x].length)]
    if (met >> 1 === link) return Infinity
    const z = otherEnd(met)
    gone.push(link, met >> 1)
    come.push(y, z)
    const saved = (y === z ? 0 : d(y, z)) - d(x, y) - d(x, z)
    if (kind < 0.8) return saved
    const own = members[component[x]]
    const v = own[below(own.length)]
    const u = near[v * 2 * NEAR + below(2 * NEAR)]
    if (u < 0 || u === openEnd || endsAt[u].length === 0) return Infinity
    const third = endsAt[u][below(endsAt[u].length)]
    if (third >> 1 === link || third >> 1 === met >> 1) return Infinity
    const w = otherEnd(third)
    if (w === v || w === openEnd) return Infinity
    gone.push(third >> 1)
    come.push(u, v, v, w)
    return saved + d(u, v) + d(v, w) - d(u, w)
  }

  /** Takes the change; what was there before, to undo it with. */
  function take(): [number, number][] {
    const before = gone.map((link): [number, number] => [a[link], b[link]])
    // The highest first, as a drop puts the last link in the place of the dropped.
    for (const link of gone.sort((one, other) => other - one)) drop(link)
    for (let k = 0; k < come.length; k += 2) add(come[k], come[k + 1])
    return before
  }

  function undo(before: readonly [number, number][]): void {
    let added = 0
    for (let k = 0; k < come.length; k += 2) if (come[k] !== come[k + 1]) added++
    while (added-- > 0) drop(a.length - 1)
    for (const [x, y] of before) add(x, y)
  }

  for (let trial = 0; trial < trials; trial++) {
    if (trial % STRIDE === 0) {
      if (control.signal?.aborted) break
      control.onProgress?.(trial / trials, 'links')
    }
    heat *= cooling
    if (a.length === 0) break
    const delta = draw()
    if (delta === Infinity || (delta > 0 && random() >= Math.exp(-delta / heat))) continue
    const before = take()
    if (!hangsTogether()) {
      undo(before)
      continue
    }
    now += delta
    if (now < least - 1e-7) {
      least = now
      bestA = Int32Array.from(a)
      bestB = Int32Array.from(b)
    }
  }
  return { a: bestA, b: bestB, cost: bestA.reduce((sum, x, link) => sum + d(x, bestB[link]), 0) }
}

/** Nearest places by place, then nearest of other components; −1 where there are fewer. The place of no position is none. */
function nearPlaces({ count, cost, openEnd }: PostmanGround, component: Int32Array): Int32Array {
  const near = new Int32Array(2 * NEAR * count).fill(-1)
  for (let place = 0; place < count; place++) {
    const others = Array.from({ length: count }, (_, other) => other).filter((other) => other !== place && other !== openEnd)
    others.sort((x, y) => cost[place * count + x] - cost[place * count + y] || x - y)
    near.set(others.slice(0, NEAR), 2 * NEAR * place)
    near.set(others.filter((other) => component[other] !== component[place]).slice(0, NEAR), 2 * NEAR * place + NEAR)
  }
  return near
}
