import FlatQueue from 'flatqueue'
import { CONTACT_M } from './group-lots'
import type { LandOptions } from './land-input'
import { BARRIERS, Barrier } from './lot-graph'
import type { LotGraph } from './lot-graph'

/**
 * Cells that one other cell encloses get a way out: lots of the cell around them, as few households as can be, that lead
 * to a third cell or to the edge of the land. Only where the cell stays within its limit and the one around it in one
 * piece. Changes `group`; returns how many were opened.
 */
export function openEnclosed(graph: LotGraph, group: Int32Array, options: LandOptions): number {
  const lotsOf = new Map<number, number[]>()
  for (let lot = 0; lot < graph.lotCount; lot++) {
    if (group[lot] < 0) continue
    const lots = lotsOf.get(group[lot])
    if (lots) lots.push(lot)
    else lotsOf.set(group[lot], [lot])
  }
  let opened = 0
  for (const [cell, lots] of lotsOf) {
    const around = onlyNeighbour(graph, group, cell, lots)
    if (around < 0 || graph.community[around] !== graph.community[cell] || graph.water[around] !== graph.water[cell]) continue
    const own = lots.reduce((sum, lot) => sum + graph.households[lot], 0)
    const way = wayOut(graph, group, lots, around, options.maxHouseholds - own)
    const rest = (lotsOf.get(around) as number[]).filter((lot) => !way.includes(lot))
    if (way.length === 0 || !isConnected(graph, rest)) continue
    for (const lot of way) group[lot] = cell
    lotsOf.set(around, rest)
    opened++
  }
  return opened
}

/** Visit the lots beside a lot, with the metres of border that follow no hard line and of all of it. */
function eachNeighbour(graph: LotGraph, lot: number, visit: (other: number, contactM: number, lengthM: number) => void): void {
  for (let k = graph.rowStart[lot]; k < graph.rowStart[lot + 1]; k++) {
    const pair = graph.rowPair[k]
    const at = pair * BARRIERS
    const contactM = graph.borderM[at + Barrier.free] + graph.borderM[at + Barrier.soft]
    const lengthM = contactM + graph.borderM[at + Barrier.hard] + graph.borderM[at + Barrier.strong]
    visit(graph.pairA[pair] === lot ? graph.pairB[pair] : graph.pairA[pair], contactM, lengthM)
  }
}

/** Whether a lot touches a third cell, or the edge of the land. */
function leadsOut(graph: LotGraph, group: Int32Array, lot: number, cell: number, around: number): boolean {
  let outM = graph.perimeterM[lot]
  eachNeighbour(graph, lot, (other, _, lengthM) => {
    if (group[other] === cell || group[other] === around) outM -= lengthM
  })
  return outM > CONTACT_M
}

/** The one cell that touches a cell, −1 where there are several or it lies at the edge of the land. */
function onlyNeighbour(graph: LotGraph, group: Int32Array, cell: number, lots: readonly number[]): number {
  let only = -1
  let outsideM = 0
  for (const lot of lots) {
    let several = false
    outsideM += graph.perimeterM[lot]
    eachNeighbour(graph, lot, (other, _, lengthM) => {
      outsideM -= lengthM
      if (group[other] === cell || group[other] < 0) return
      several ||= only >= 0 && group[other] !== only
      only = group[other]
    })
    if (several) return -1
  }
  return outsideM < 1 ? only : -1
}

/** Lots of the cell around that lead out, by the fewest households (Dijkstra); none where they hold more than `room`. */
function wayOut(graph: LotGraph, group: Int32Array, lots: readonly number[], around: number, room: number): number[] {
  const queue = new FlatQueue<number>()
  const from = new Map<number, number>()
  const reach = (lot: number, households: number) => {
    eachNeighbour(graph, lot, (other, contactM) => {
      if (group[other] !== around || from.has(other) || contactM < CONTACT_M) return
      const far = households + graph.households[other]
      if (far > room) return
      from.set(other, lot)
      // Of equals the smaller lot.
      queue.push(other, far + Math.min(0.5, graph.areaM2[other] * 1e-6))
    })
  }
  for (const lot of lots) reach(lot, 0)
  const cell = group[lots[0]]
  while (queue.length > 0) {
    const households = Math.floor(queue.peekValue() as number)
    const lot = queue.pop() as number
    if (!leadsOut(graph, group, lot, cell, around)) {
      reach(lot, households)
      continue
    }
    const way: number[] = []
    for (let at = lot; group[at] === around; at = from.get(at) as number) way.push(at)
    return way
  }
  return []
}

/** Whether lots hang together. */
function isConnected(graph: LotGraph, lots: readonly number[]): boolean {
  if (lots.length === 0) return false
  const left = new Set(lots)
  const stack = [lots[0]]
  left.delete(lots[0])
  while (stack.length > 0) {
    eachNeighbour(graph, stack.pop() as number, (other, _, lengthM) => {
      if (lengthM >= CONTACT_M && left.delete(other)) stack.push(other)
    })
  }
  return left.size === 0
}
