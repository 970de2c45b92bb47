import { NearEdges } from '../routing/near-edges'
import type { StreetGraph } from '../routing/street-graph'
import type { CleanTrack } from './clean-track'
import { decodeStates, type DecodedStates, type StateTrellis } from './decode-states'
import { MATCH_SETTINGS, type MatchSettings } from './match-settings'
import { readPath } from './read-path'
import { StepRoutes } from './step-routes'
import { findCandidates, type StreetCandidates } from './street-candidates'
import type { TrackMatch } from './track-match'

/** A phone in the open, until the track itself has told, metres by axis. */
const FIRST_SIGMA_M = 8
/** No phone is better, and from what is worse no street can be told. */
const [LEAST_SIGMA_M, MOST_SIGMA_M] = [3, 25]
/** Half of all errors in the plane lie within 1.18 sigmas by axis, 68 % within 1.51. */
const SIGMAS_OF_ACCURACY = 1.51
/** The spread is taken from the match so often at most, and while it changes by more than this share. */
const MOST_PASSES = 3
const SIGMA_CHANGE = 0.15
/** Fixes fewer than this say nothing of their spread. */
const LEAST_FIXES = 20

/** Brings tracks onto one street graph, one after the other; what is read of the graph is kept. */
export interface TrackMatcher {
  match(track: CleanTrack): TrackMatch
}

/**
 * Hidden-Markov map matching: the likeliest way through places on streets, given how far each fix lies from them and how far ways
 * along streets differ from straight ones (Newson and Krumm 2009). Departures: places have headings and turning round costs;
 * one state more is away from all streets; fixes near one another, whose errors are alike, count for less than one each; the
 * spread of fixes is the track's own.
 *
 * Complexity: O(fixes · candidates²) and one bounded search by end of each edge near each fix.
 */
export function createTrackMatcher(graph: StreetGraph, settings: MatchSettings = MATCH_SETTINGS): TrackMatcher {
  const near = new NearEdges(graph.nodeXYM, graph.edgeFrom, graph.edgeTo)
  const routes = new StepRoutes(graph, settings)
  return {
    match(track) {
      let sigmaM = settings.sigmaM ?? firstSigma(track)
      for (let pass = 1; ; pass++) {
        const { pieces, candidates } = matchPass(graph, near, routes, track, sigmaM, settings)
        const nextM = settings.sigmaM ?? ownSigma(pieces, candidates, track) ?? sigmaM
        if (pass === MOST_PASSES || Math.abs(nextM - sigmaM) <= SIGMA_CHANGE * sigmaM) {
          return { ...readPath(graph, routes, track, candidates, pieces), sigmaM }
        }
        sigmaM = nextM
      }
    },
  }
}

function firstSigma({ accuracyM }: CleanTrack): number {
  const known = accuracyM.filter((metres) => metres > 0).sort()
  return known.length === 0 ? FIRST_SIGMA_M : clamp(known[known.length >> 1] / SIGMAS_OF_ACCURACY)
}

const clamp = (sigmaM: number): number => Math.max(LEAST_SIGMA_M, Math.min(MOST_SIGMA_M, sigmaM))

/** Spread of fixes about the streets they came onto: 1.48 times the middle of their distances. */
function ownSigma(pieces: readonly DecodedStates[], { awayM, start }: StreetCandidates, track: CleanTrack): number | null {
  const away: number[] = []
  pieces.forEach(({ best }, piece) => {
    best.forEach((state, k) => {
      const fix = track.pieceStart[piece] + k
      if (state < 2 * (start[fix + 1] - start[fix])) away.push(awayM[start[fix] + (state >> 1)])
    })
  })
  if (away.length < LEAST_FIXES) return null
  away.sort((a, b) => a - b)
  return clamp(1.4826 * away[away.length >> 1])
}

function matchPass(
  graph: StreetGraph, near: NearEdges, routes: StepRoutes, track: CleanTrack, sigmaM: number, settings: MatchSettings,
): { pieces: DecodedStates[]; candidates: StreetCandidates } {
  const candidates = findCandidates(graph, near, track.xyM, settings.reachSigmas * sigmaM, settings.mostCandidates)
  const pieces: DecodedStates[] = []
  for (let piece = 0; piece + 1 < track.pieceStart.length; piece++) {
    const [begin, end] = [track.pieceStart[piece], track.pieceStart[piece + 1]]
    pieces.push(decodeStates(trellisOf(routes, track, candidates, begin, end, sigmaM, settings)))
  }
  return { pieces, candidates }
}

/** States of a fix: two by candidate, by heading, and the last away from all streets. */
function trellisOf(
  routes: StepRoutes, { xyM }: CleanTrack, candidates: StreetCandidates, begin: number, end: number, sigmaM: number, settings: MatchSettings,
): StateTrellis {
  const { start, edge, awayM } = candidates
  const stateCount = Int32Array.from({ length: end - begin }, (_, k) => 2 * (start[begin + k + 1] - start[begin + k]) + 1)
  const fixCost: Float64Array[] = []
  const stepCost: Float64Array[] = []
  for (let fix = begin; fix < end; fix++) {
    const straightM = fix > begin ? Math.hypot(xyM[2 * fix] - xyM[2 * fix - 2], xyM[2 * fix + 1] - xyM[2 * fix - 1]) : Infinity
    // Fixes close to one another err alike; together they tell as much as one for each stretch the error lives.
    const weight = Math.min(1, straightM / settings.noiseWayM)
    const costs = new Float64Array(stateCount[fix - begin])
    for (let c = start[fix]; c < start[fix + 1]; c++) {
      const state = 2 * (c - start[fix])
      costs[state] = costs[state + 1] = 0.5 * weight * (awayM[c] / sigmaM) ** 2
    }
    costs[costs.length - 1] = 0.5 * weight * settings.offSigmas ** 2
    fixCost.push(costs)
    if (fix === begin) continue
    const [rows, width] = [stateCount[fix - 1 - begin], costs.length]
    const steps = new Float64Array(rows * width)
    routes.prepare(edge.subarray(start[fix - 1], start[fix]), edge.subarray(start[fix], start[fix + 1]), straightM)
    for (let a = 0; a < rows; a++) {
      for (let b = 0; b < width; b++) steps[a * width + b] = stepOf(a, b)
    }
    stepCost.push(steps)
    function stepOf(a: number, b: number): number {
      const [isOffA, isOffB] = [a === rows - 1, b === width - 1]
      if (isOffA && isOffB) return settings.offStepCost
      if (isOffA || isOffB) return settings.offCost
      const way = routes.way(candidates, 2 * start[fix - 1] + a, 2 * start[fix] + b, straightM)
      return way ? routes.cost(way, straightM) : Infinity
    }
  }
  return { stateCount, fixCost, stepCost }
}
