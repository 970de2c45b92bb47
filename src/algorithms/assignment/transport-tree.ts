import type { TransportNetwork } from './transport-network'
import { BY_ROOT, BY_SHORTAGE, CLOSED, type TransportBasis } from './transport-problem'

/** What a tree is planted from. */
export type TreeBasis = Omit<TransportBasis, 'costRange'>

/** Codes beside `BY_ROOT` and `BY_SHORTAGE`: a part that gives more than it has, a member above the maximum. At `never` a unit. */
export const BY_EXCESS = -3
export const BY_OVERLOAD = -4

/**
 * A spanning tree of the network with its flow and potentials. Nodes are the parts, then the members, then the root. Strongly
 * feasible: from every node a unit more could flow to the root along the tree, so pivots never cycle (Cunningham 1976).
 * A unit of cost `c` on an arc from s to t costs `c + potential[s] − potential[t]` beside the tree; 0 in it.
 */
export interface TransportTree {
  readonly parts: number
  readonly root: number
  readonly parent: Int32Array
  /** Arc between a node and its parent, or a code. */
  readonly arc: Int32Array
  /** 1 where that arc leads from the node to its parent. */
  readonly isUp: Uint8Array
  /** Units on that arc. Arcs beside the tree are empty, but for those of full members to the root. */
  readonly flow: Int32Array
  readonly depth: Int32Array
  readonly potential: Float64Array
  /** By node, of members: `max − min`; parts have 0. */
  readonly room: Int32Array
  /** By node, of members beside the tree's arc: 1 where all of `room` flows to the root. */
  readonly isFull: Uint8Array
  readonly firstChild: Int32Array
  readonly nextSibling: Int32Array
  readonly previousSibling: Int32Array
}

/**
 * Tree of a basis for a network. Where the flow it asks for is not possible, as after a change of supplies or limits, the
 * branch is hung on the root by a code whose penalty makes it go away.
 *
 * @throws Error where the basis holds a circle
 * Complexity O(nodes).
 */
export function plantTree(network: TransportNetwork, basis: TreeBasis): TransportTree {
  const { parts, members, supply, min, max } = network
  const root = parts + members
  const size = root + 1
  const ints = () => new Int32Array(size)
  const tree: TransportTree = {
    parts,
    root,
    parent: ints().fill(root),
    arc: ints().fill(BY_ROOT),
    isUp: new Uint8Array(size),
    flow: ints(),
    depth: ints(),
    potential: new Float64Array(size),
    room: ints(),
    isFull: new Uint8Array(size),
    firstChild: ints().fill(-1),
    nextSibling: ints().fill(-1),
    previousSibling: ints().fill(-1),
  }
  const { parent, arc, isFull, room } = tree
  const balance = ints()
  parent[root] = -1
  for (let part = 0; part < parts; part++) {
    balance[part] = supply[part]
    arc[part] = basis.partArc[part]
    if (arc[part] >= 0) parent[part] = parts + network.arcs.member[arc[part]]
  }
  for (let member = 0; member < members; member++) {
    const node = parts + member
    balance[node] = -min[member]
    room[node] = max[member] - min[member]
    arc[node] = basis.memberArc[member]
    isFull[node] = basis.isFull[member]
    if (arc[node] >= 0) parent[node] = network.arcs.part[arc[node]]
  }
  for (let node = 0; node < root; node++) attach(tree, node)
  const order = walkDown(tree)
  if (order.length < size) throw new Error(`a basis without circles expected, got ${size - order.length} nodes apart from the root`)
  for (let at = size - 1; at > 0; at--) settle(tree, balance, order[at])
  for (const node of walkDown(tree)) if (node !== root) setPotential(network, tree, node)
  return tree
}

/** Flow on the arc above a node whose branch is settled; hangs the node on the root where that arc cannot carry it. */
function settle(tree: TransportTree, balance: Int32Array, node: number): void {
  const { arc, flow, isUp, isFull, room, parent, root } = tree
  const isPart = node < tree.parts
  const isOnRoot = arc[node] < 0
  if (!isOnRoot && isFull[node]) balance[node] -= room[node]
  const excess = balance[node]
  if (!isOnRoot && (isPart ? excess >= 0 : excess < 0)) {
    isUp[node] = isPart ? 1 : 0
    flow[node] = Math.abs(excess)
    balance[parent[node]] += excess
    return
  }
  if (!isOnRoot) {
    detach(tree, node)
    parent[node] = root
    attach(tree, node)
  }
  // A full member keeps its room full where the branch was cut; the rest is what flows above it.
  const above = !isOnRoot && isFull[node] ? excess + room[node] : excess
  if (isPart) {
    arc[node] = excess < 0 ? BY_EXCESS : BY_ROOT
    isUp[node] = excess < 0 ? 0 : 1
    flow[node] = Math.abs(excess)
  } else if (above < 0) {
    arc[node] = BY_SHORTAGE
    isUp[node] = isFull[node] = 0
    flow[node] = -above
  } else {
    isFull[node] = above >= room[node] ? 1 : 0
    arc[node] = isFull[node] ? BY_OVERLOAD : BY_ROOT
    isUp[node] = 1
    flow[node] = isFull[node] ? above - room[node] : above
  }
}

/** Nodes from the root on, each after its parent. */
function walkDown({ root, firstChild, nextSibling }: TransportTree): Int32Array {
  const order = new Int32Array(root + 1)
  let count = 1
  order[0] = root
  for (let at = 0; at < count; at++) {
    for (let child = firstChild[order[at]]; child >= 0; child = nextSibling[child]) order[count++] = child
  }
  return order.subarray(0, count)
}

function setPotential({ arcs, penalties }: TransportNetwork, tree: TransportTree, node: number): void {
  const { arc, potential, depth, parent, parts } = tree
  const code = arc[node]
  depth[node] = depth[parent[node]] + 1
  if (code >= 0) {
    const cost = arcs.cost[code] === CLOSED ? penalties.never : arcs.cost[code]
    potential[node] = potential[parent[node]] + (node < parts ? -cost : cost)
  } else if (node < parts) potential[node] = code === BY_EXCESS ? penalties.never : -penalties.unserved
  else potential[node] = code === BY_SHORTAGE ? penalties.short : code === BY_OVERLOAD ? -penalties.never : 0
}

/** Make a node the first child of its parent. */
export function attach({ parent, firstChild, nextSibling, previousSibling }: TransportTree, node: number): void {
  const above = parent[node]
  const next = firstChild[above]
  nextSibling[node] = next
  previousSibling[node] = -1
  if (next >= 0) previousSibling[next] = node
  firstChild[above] = node
}

/** Take a node off its parent. */
export function detach({ parent, firstChild, nextSibling, previousSibling }: TransportTree, node: number): void {
  const next = nextSibling[node]
  const previous = previousSibling[node]
  if (previous >= 0) nextSibling[previous] = next
  else firstChild[parent[node]] = next
  if (next >= 0) previousSibling[next] = previous
}

/** The basis a tree stands on. */
export function basisOf({ parts, root, arc, isFull }: TransportTree): TreeBasis {
  const atRoot = (code: number) => (code === BY_EXCESS || code === BY_OVERLOAD ? BY_ROOT : code)
  return {
    partArc: arc.slice(0, parts).map(atRoot),
    memberArc: arc.slice(parts, root).map(atRoot),
    isFull: isFull.slice(parts, root),
  }
}
