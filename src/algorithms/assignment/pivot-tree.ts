import type { SolverControl } from '../shared/solver-control'
import type { TransportNetwork } from './transport-network'
import { BY_ROOT, BY_SHORTAGE, CLOSED } from './transport-problem'
import { attach, detach, type TransportTree } from './transport-tree'

const UNLIMITED = 2_147_483_647
/** Arcs looked at for each pivot: half the square root of their number, and no fewer than this. */
const FEWEST_IN_BLOCK = 64
/** Pivots between two looks at the signal. */
const PIVOTS_A_LOOK = 4096

/**
 * Primal network simplex: bring in the arc that saves most among a block of them, take out the last that blocks, until none
 * saves. Block search as in Király and Kovács (2012), "Efficient implementations of minimum-cost flow algorithms"; the leaving
 * arc as in Ahuja, Magnanti and Orlin (1993), section 11.6, so that the tree stays strongly feasible.
 *
 * @returns pivots made; the tree is best over the arcs of the network unless the signal was given
 * Complexity of a pivot O(block + circle + branch that moves).
 */
export function pivotTree(network: TransportNetwork, tree: TransportTree, signal?: SolverControl['signal']): number {
  const { parts, members, penalties, arcs } = network
  const { root, parent, arc, isUp, flow, room, isFull } = tree
  const arcCount = arcs.cost.length
  /** After the arcs come those of the nodes to the root, by node. */
  const total = arcCount + parts + members
  const block = Math.max(FEWEST_IN_BLOCK, Math.ceil(Math.sqrt(arcCount) / 2))
  let next = 0
  let saving = 0
  let pivots = 0

  for (; pivots % PIVOTS_A_LOOK !== 0 || !signal?.aborted; pivots++) {
    const entering = findEntering()
    if (entering < 0) break
    if (entering < arcCount) bringIn(arcs.part[entering], parts + arcs.member[entering], entering, UNLIMITED)
    else bringInRoot(entering - arcCount)
  }
  return pivots

  /** Index of the arc of the next block that saves most by unit, −1 where none in all saves; `saving` is below zero then. */
  function findEntering(): number {
    const { part, member, cost } = arcs
    const { potential } = tree
    let entering = -1
    let best = 0
    let at = next
    for (let seen = 0, left = block; seen < total; left = block) {
      while (left > 0 && seen < total) {
        if (at === total) at = 0
        const begun = at
        const most = at + Math.min(left, total - seen)
        for (const end = Math.min(arcCount, most); at < end; at++) {
          const reduced = cost[at] + potential[part[at]] - potential[parts + member[at]]
          if (reduced < best && cost[at] !== CLOSED) {
            best = reduced
            entering = at
          }
        }
        for (const end = Math.min(total, most); at < end; at++) {
          const reduced = reducedOfRoot(at - arcCount)
          if (reduced < best) {
            best = reduced
            entering = at
          }
        }
        seen += at - begun
        left -= at - begun
      }
      if (entering >= 0) break
    }
    next = at
    saving = best
    return entering
  }

  /** What the better of a node's arcs with the root would cost by unit: of a member to free or fill its room, or to be short. */
  function reducedOfRoot(node: number): number {
    const value = tree.potential[node]
    if (node < parts) return penalties.unserved + value
    const byRoom = room[node] === 0 ? 0 : isFull[node] ? -value : value
    return Math.min(byRoom, penalties.short - value)
  }

  function bringInRoot(node: number): void {
    const value = tree.potential[node]
    if (node < parts) bringIn(node, root, BY_ROOT, UNLIMITED)
    else if (room[node] > 0 && isFull[node] && value > 0) bringIn(root, node, BY_ROOT, room[node])
    else if (room[node] > 0 && !isFull[node] && value < 0) bringIn(node, root, BY_ROOT, room[node])
    else bringIn(root, node, BY_SHORTAGE, UNLIMITED)
  }

  /** Send what goes along an arc and back through the tree; what is emptied or filled by it leaves the tree. */
  function bringIn(source: number, target: number, code: number, limit: number): void {
    const join = meet(source, target)
    let most = limit
    let leaving = -1
    let isOfSource = false
    for (let node = source; node !== join; node = parent[node]) {
      if (isUp[node] && flow[node] < most) {
        most = flow[node]
        leaving = node
        isOfSource = true
      }
    }
    for (let node = target; node !== join; node = parent[node]) {
      const free = !isUp[node] ? flow[node] : node >= parts && arc[node] === BY_ROOT ? room[node] - flow[node] : UNLIMITED
      if (free <= most) {
        most = free
        leaving = node
        isOfSource = false
      }
    }
    if (most > 0) {
      for (let node = source; node !== join; node = parent[node]) flow[node] += isUp[node] ? -most : most
      for (let node = target; node !== join; node = parent[node]) flow[node] += isUp[node] ? most : -most
    }
    const withRoom = limit === UNLIMITED ? -1 : source === root ? target : source
    if (leaving < 0) {
      isFull[withRoom] ^= 1
      return
    }
    if (withRoom >= 0) isFull[withRoom] = 0
    if (leaving >= parts && arc[leaving] === BY_ROOT) isFull[leaving] = isOfSource ? 0 : 1
    const units = withRoom >= 0 && source === root ? limit - most : most
    if (isOfSource) turn(source, target, leaving, code, units, 1, -saving)
    else turn(target, source, leaving, code, units, withRoom >= 0 ? 1 : 0, saving)
  }

  /** Where the ways of two nodes to the root come together. */
  function meet(a: number, b: number): number {
    const { depth } = tree
    while (a !== b) {
      const below = depth[a] - depth[b]
      if (below >= 0) a = parent[a]
      if (below <= 0) b = parent[b]
    }
    return a
  }

  /** Hang the branch above which `leaving` is cut by another of its nodes on a node outside, and shift its potentials. */
  function turn(top: number, outside: number, leaving: number, code: number, units: number, up: number, shift: number): void {
    let above = outside
    for (let node = top; ; ) {
      const oldParent = parent[node]
      const oldCode = arc[node]
      const oldUnits = flow[node]
      const oldUp = isUp[node]
      detach(tree, node)
      parent[node] = above
      arc[node] = code
      flow[node] = units
      isUp[node] = up
      attach(tree, node)
      if (node === leaving) break
      above = node
      code = oldCode
      units = oldUnits
      up = 1 - oldUp
      node = oldParent
    }
    const { potential, depth, firstChild, nextSibling } = tree
    for (let node = top; ; ) {
      potential[node] += shift
      depth[node] = depth[parent[node]] + 1
      if (firstChild[node] >= 0) node = firstChild[node]
      else {
        while (node !== top && nextSibling[node] < 0) node = parent[node]
        if (node === top) break
        node = nextSibling[node]
      }
    }
  }
}
