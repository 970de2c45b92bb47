import type { SolverControl } from '../shared/solver-control'
import type { TransportNetwork } from './transport-network'
import { BY_ROOT, BY_SHORTAGE } from './transport-problem'
import type { TransportTree } from './transport-tree'

const UNLIMITED = 2_147_483_647
/** Arcs looked at for each pivot: the square root of their number by this factor, at least so many. */
const BLOCK_FACTOR = 1
const FEWEST_IN_BLOCK = 64
/** Pivots between two looks at the signal. */
const PIVOTS_A_LOOK = 4096

/**
 * Primal network simplex: bring in the arc that saves most among a block of them, take out the last that blocks, until none
 * saves. Block search as in Király and Kovács (2012), "Efficient implementations of minimum-cost flow algorithms"; the leaving
 * arc as in Ahuja, Magnanti and Orlin (1993), section 11.6, so that the tree stays strongly feasible.
 *
 * @returns pivots made; the tree is optimal over the arcs of the network unless the signal was given
 * Complexity of a pivot O(block + circle + branch that moves).
 */
export function pivotTree(network: TransportNetwork, tree: TransportTree, signal?: SolverControl['signal']): number {
  const { parts, members, penalties } = network
  const { part: arcPart, member: arcMember, cost } = network.arcs
  const { root, parent, arc, isUp, flow, depth, potential, room, isFull, firstChild, nextSibling, previousSibling } = tree
  const arcCount = cost.length
  const total = arcCount + parts + members
  const block = Math.max(FEWEST_IN_BLOCK, Math.ceil(BLOCK_FACTOR * Math.sqrt(arcCount)))
  let next = 0
  let pivots = 0

  for (;;) {
    if (pivots % PIVOTS_A_LOOK === 0 && signal?.aborted) return pivots

    // Which arc comes in.
    let best = 0
    let entering = -1
    let left = block
    let seen = 0
    let at = next
    while (seen < total) {
      if (at >= total) at = 0
      if (at < arcCount) {
        const end = Math.min(arcCount, at + Math.min(left, total - seen))
        const begun = at
        for (; at < end; at++) {
          const reduced = cost[at] + potential[arcPart[at]] - potential[parts + arcMember[at]]
          if (reduced < best) {
            best = reduced
            entering = at
          }
        }
        seen += end - begun
        left -= end - begun
      } else {
        const node = at - arcCount
        const value = potential[node]
        const byRoom = room[node] === 0 ? 0 : isFull[node] ? -value : value
        const reduced = node < parts ? penalties.unserved + value : Math.min(byRoom, penalties.short - value)
        if (reduced < best) {
          best = reduced
          entering = at
        }
        at++
        seen++
        left--
      }
      if (left <= 0) {
        if (entering >= 0) break
        left = block
      }
    }
    if (entering < 0) return pivots
    next = at
    pivots++

    // Its ends, and what it can take.
    let source: number
    let target: number
    let limit = UNLIMITED
    let code = entering
    if (entering < arcCount) {
      source = arcPart[entering]
      target = parts + arcMember[entering]
    } else {
      const node = entering - arcCount
      code = BY_ROOT
      if (node < parts) {
        source = node
        target = root
      } else if (isFull[node] && room[node] > 0) {
        source = root
        target = node
        limit = room[node]
      } else if (room[node] > 0 && potential[node] < 0) {
        source = node
        target = root
        limit = room[node]
      } else {
        source = root
        target = node
        code = BY_SHORTAGE
      }
    }

    // Where the two ways to the root meet, and the arc that blocks last.
    let u = source
    let v = target
    while (u !== v) {
      if (depth[u] > depth[v]) u = parent[u]
      else if (depth[v] > depth[u]) v = parent[v]
      else {
        u = parent[u]
        v = parent[v]
      }
    }
    const join = u
    let delta = limit
    let leaving = -1
    let isSourceSide = false
    for (u = source; u !== join; u = parent[u]) {
      if (isUp[u] && flow[u] < delta) {
        delta = flow[u]
        leaving = u
        isSourceSide = true
      }
    }
    for (v = target; v !== join; v = parent[v]) {
      const free = !isUp[v] ? flow[v] : v >= parts && arc[v] === BY_ROOT ? room[v] - flow[v] : UNLIMITED
      if (free <= delta) {
        delta = free
        leaving = v
        isSourceSide = false
      }
    }
    if (delta > 0) {
      for (u = source; u !== join; u = parent[u]) flow[u] += isUp[u] ? -delta : delta
      for (v = target; v !== join; v = parent[v]) flow[v] += isUp[v] ? delta : -delta
    }
    const member = entering >= arcCount + parts && code === BY_ROOT ? entering - arcCount : -1
    if (leaving < 0) {
      isFull[member] ^= 1
      continue
    }
    let newFlow = delta
    if (member >= 0) {
      if (source === root) newFlow = limit - delta
      isFull[member] = 0
    }
    if (leaving >= parts && arc[leaving] === BY_ROOT) isFull[leaving] = isSourceSide ? 0 : 1

    // Turn the branch over and hang it on the other end.
    const moved = isSourceSide ? source : target
    const change = isSourceSide ? -best : best
    let node = moved
    let above = isSourceSide ? target : source
    let newArc = code
    let newUp = isSourceSide || member >= 0 ? 1 : 0
    for (;;) {
      const oldParent = parent[node]
      const oldArc = arc[node]
      const oldFlow = flow[node]
      const oldUp = isUp[node]
      const after = nextSibling[node]
      const before = previousSibling[node]
      if (before >= 0) nextSibling[before] = after
      else firstChild[oldParent] = after
      if (after >= 0) previousSibling[after] = before
      parent[node] = above
      arc[node] = newArc
      flow[node] = newFlow
      isUp[node] = newUp
      const first = firstChild[above]
      nextSibling[node] = first
      previousSibling[node] = -1
      if (first >= 0) previousSibling[first] = node
      firstChild[above] = node
      if (node === leaving) break
      above = node
      newArc = oldArc
      newFlow = oldFlow
      newUp = 1 - oldUp
      node = oldParent
    }
    node = moved
    for (;;) {
      potential[node] += change
      depth[node] = depth[parent[node]] + 1
      if (firstChild[node] >= 0) node = firstChild[node]
      else {
        while (node !== moved && nextSibling[node] < 0) node = parent[node]
        if (node === moved) break
        node = nextSibling[node]
      }
    }
  }
}
