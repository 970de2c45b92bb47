import type { StreetGraph } from '../routing/street-graph'
import { WalkSearch } from '../routing/walk-search'
import type { MatchSettings } from './match-settings'
import type { StreetCandidates } from './street-candidates'

/** A way whose length differs from the straight one by more mean differences than so many is none. */
const MOST_DETOURS = 12
/** A way longer than the straight one by this factor and the difference above is not looked for. */
const MOST_STRETCH = 1.5

/** A way from one state to another. */
export interface StepWay {
  /** Negative where a fix lies behind the one before on the same edge: noise of somebody who hardly moved. */
  readonly lengthM: number
  /** Node by which the first edge is left, −1 where the way stays on it. */
  readonly exit: number
  /** How often one turns round on it other than at a dead end. */
  readonly turns: number
}

/**
 * Ways between the candidates of one fix and those of the next. A state is a candidate with a heading: 2c along its edge, 2c + 1
 * against it. Headings are what Newson and Krumm lack: without them noise near a crossing walks into side streets and back free.
 */
export class StepRoutes {
  private readonly search: WalkSearch
  /** Ways found in this step: by exit node, metres by wanted node. */
  private readonly found = new Map<number, Map<number, number>>()
  private boundM = 0

  constructor(private readonly graph: StreetGraph, private readonly settings: MatchSettings) {
    this.search = new WalkSearch(graph)
  }

  /** Search once from each end of each edge of the first fix, so that all pairs of candidates share the searches. */
  prepare(from: Iterable<number>, to: Iterable<number>, straightM: number): void {
    const { edgeFrom, edgeTo } = this.graph
    this.boundM = MOST_STRETCH * straightM + MOST_DETOURS * this.settings.detourM
    const wanted = new Set<number>()
    for (const edge of to) wanted.add(edgeFrom[edge]).add(edgeTo[edge])
    const targets = Int32Array.from(wanted)
    this.found.clear()
    if (targets.length === 0) return
    for (const edge of from) {
      for (const exit of [edgeFrom[edge], edgeTo[edge]]) {
        if (this.found.has(exit)) continue
        this.search.clear()
        this.search.begin(exit, 0, 0)
        this.search.run(targets, this.boundM)
        const ways = new Map<number, number>()
        for (const node of targets) if (this.search.walkM[node] <= this.boundM) ways.set(node, this.search.walkM[node])
        this.found.set(exit, ways)
      }
    }
  }

  /** The way from one state to another that costs least, of going on and turning round; null where there is none. */
  way(candidates: StreetCandidates, from: number, to: number, straightM: number): StepWay | null {
    const onward = this.wayBy(candidates, from, to, false)
    const back = this.wayBy(candidates, from, to, true)
    if (!onward || !back) return onward ?? back
    return this.cost(back, straightM) < this.cost(onward, straightM) ? back : onward
  }

  /** Of a way, in natural logarithms of probability; Infinity where it is out of the question. */
  cost({ lengthM, turns }: StepWay, straightM: number): number {
    const detours = Math.abs(lengthM - straightM) / this.settings.detourM
    return detours > MOST_DETOURS ? Infinity : detours + turns * this.settings.turnCost
  }

  /** Nodes of the shortest way from one node to another, both included; what `prepare` found holds no ways, only lengths. */
  nodesBetween(exit: number, entry: number): number[] {
    const { arcStart, arcNode, arcLengthM } = this.graph
    const { walkM } = this.search
    this.search.clear()
    this.search.begin(exit, 0, 0)
    this.search.run(Int32Array.of(entry), Infinity)
    const nodes = [entry]
    for (let node = entry; node !== exit; nodes.push(node)) {
      let arc = arcStart[node]
      while (walkM[arcNode[arc]] + arcLengthM[arc] !== walkM[node]) arc++
      node = arcNode[arc]
    }
    return nodes.reverse()
  }

  private wayBy({ edge, alongM }: StreetCandidates, from: number, to: number, isBack: boolean): StepWay | null {
    const { edgeFrom, edgeTo, edgeLengthM } = this.graph
    const [a, b] = [from >> 1, to >> 1]
    const [edgeA, edgeB] = [edge[a], edge[b]]
    const isAlong = ((from & 1) === 0) !== isBack
    const entersAlong = (to & 1) === 0
    let turns = isBack ? 1 : 0
    if (edgeA === edgeB && isAlong === entersAlong) {
      const aheadM = isAlong ? alongM[b] - alongM[a] : alongM[a] - alongM[b]
      if (aheadM >= 0 || !isBack) return { lengthM: aheadM, exit: -1, turns }
    }
    const [exit, otherA] = isAlong ? [edgeTo[edgeA], edgeFrom[edgeA]] : [edgeFrom[edgeA], edgeTo[edgeA]]
    const [entry, otherB] = entersAlong ? [edgeFrom[edgeB], edgeTo[edgeB]] : [edgeTo[edgeB], edgeFrom[edgeB]]
    const betweenM = this.found.get(exit)?.get(entry)
    if (betweenM === undefined) return null
    const restM = isAlong ? edgeLengthM[edgeA] - alongM[a] : alongM[a]
    const intoM = entersAlong ? alongM[b] : edgeLengthM[edgeB] - alongM[b]
    // The shortest way may begin or end by going back over the edge itself: that is a turn too.
    const isSameEdge = edgeA === edgeB
    if ((isSameEdge && exit === entry) || this.leadsOver(betweenM, edgeLengthM[edgeA], otherA, entry)) turns += this.turnAt(exit)
    if (!(isSameEdge && exit === entry) && this.endsOver(betweenM, edgeLengthM[edgeB], exit, otherB)) turns += this.turnAt(entry)
    return { lengthM: restM + betweenM + intoM, exit, turns }
  }

  private leadsOver(betweenM: number, lengthM: number, other: number, entry: number): boolean {
    const restM = this.found.get(other)?.get(entry)
    return restM !== undefined && Math.abs(lengthM + restM - betweenM) < SAME_M
  }

  private endsOver(betweenM: number, lengthM: number, exit: number, other: number): boolean {
    const restM = this.found.get(exit)?.get(other)
    return restM !== undefined && Math.abs(restM + lengthM - betweenM) < SAME_M
  }

  private turnAt(node: number): number {
    return this.graph.arcStart[node + 1] - this.graph.arcStart[node] === 1 ? 0 : 1
  }
}

/** Ways whose lengths differ by less are one, metres. */
const SAME_M = 1e-6
