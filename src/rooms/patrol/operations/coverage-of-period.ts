import { classifyStretch, coverStretch, uniteParts, type CoveredParts } from '@/algorithms/tracks/covered-length'
import { STREET_COVERAGES, type StreetCoverage } from '@/core/patrol/patrol'
import type { PatrolScope, PatrolSettings } from '@/core/patrol/patrol-scope'
import type { Scope } from '@/core/scope'
import { isRequired, type StreetGround } from './street-ground'

/** Moments that walks are counted between, seconds since 1970, the end excluded. */
export interface SecondSpan {
  readonly fromS: number
  readonly toS: number
}

/** Whose walks are counted: tracks by position in `tracks`, and whether those of nobody one may know; null: all. */
export type CountedTracks = ((track: number) => boolean) | null

/** Lengths of streets in whole centimetres. Sums of parts are the sum of the whole. */
export interface CoverageSum {
  readonly totalCm: number
  /** Cannot or need not be patrolled; counts as done. */
  readonly noneCm: number
  /** The rest of the total by what became of its segment. */
  readonly coveredCm: number
  readonly partialCm: number
  readonly missedCm: number
  /** Of the rest, what was walked, each part once. */
  readonly walkedCm: number
  /** What was walked, by the days since; `RECENCY_DAYS` classes, then older. */
  readonly recencyCm: readonly number[]
}

export interface CoverageOfPeriod {
  /** By segment of the network: position in `STREET_COVERAGES`; paths over gaps are `none`. */
  readonly state: Uint8Array
  /** By segment, centimetres walked, each once. */
  readonly walkedCm: Int32Array
  /** By segment, when the walks since had covered it, seconds since 1970; 0: not in this period. */
  readonly coveredS: Uint32Array
  /** By atom of the ground, centimetres walked, each once. */
  readonly atomWalkedCm: Int32Array
  readonly total: CoverageSum
  /** By index of the scope, and last what lies in none. */
  readonly byCommunity: readonly CoverageSum[]
  readonly byGrid: readonly CoverageSum[]
}

/** Days since a walk, 0 today, by class of recency: up to so many; more are older. */
export const RECENCY_DAYS = [0, 3, 7, 14] as const

const DAY_S = 86_400
const STATE = Object.fromEntries(STREET_COVERAGES.map((word, k) => [word, k])) as Record<StreetCoverage, number>

/**
 * What became of the streets in a period: by segment for the map, by community and grid as sums that add up exactly.
 *
 * @param ground of `streetGround`, of the network that segments are counted in
 * @param endS end of the day that "days since" count from, seconds since 1970
 * O(walks log walks + atoms).
 */
export function coverageOfPeriod(
  { streets, communities, current }: Pick<Scope, 'streets' | 'communities' | 'current'>,
  { walked, settings }: Pick<PatrolScope, 'walked' | 'settings'>,
  ground: StreetGround,
  segmentCount: number,
  { fromS, toS }: SecondSpan,
  endS: number,
  counted: CountedTracks = null,
): CoverageOfPeriod {
  const lineOf = new Map(streets.map(({ id }, line) => [id, line]))
  const [line, fromM, toM, at]: number[][] = [[], [], [], []]
  for (let k = 0; k < walked.count; k++) {
    const on = lineOf.get(walked.streetId[k])
    if (on === undefined || walked.toS[k] < fromS || walked.toS[k] >= toS || (counted && !counted(walked.track[k]))) continue
    line.push(on)
    fromM.push(walked.fromCm[k] / 100)
    toM.push(walked.toCm[k] / 100)
    at.push(walked.toS[k])
  }
  const covered = uniteParts(streets.length, { line, fromM, toM, at })
  const segments = coverSegments(ground, segmentCount, covered, settings)
  const [walkedCm, atomWalkedCm] = [new Int32Array(segmentCount), new Int32Array(ground.count)]
  const slots = { total: [openSum()], community: [...communities, null].map(openSum), grid: [...current.grids, null].map(openSum) }
  for (let atom = 0; atom < ground.count; atom++) {
    const lengthCm = ground.toCm[atom] - ground.fromCm[atom]
    const state = isRequired(ground, atom) ? STREET_COVERAGES[segments.state[ground.segment[atom]]] : 'none'
    const recency = state === 'none' ? [] : recencyOf(covered, ground, atom, endS)
    atomWalkedCm[atom] = recency.reduce((sum, cm) => sum + cm, 0)
    if (state !== 'none') walkedCm[ground.segment[atom]] += atomWalkedCm[atom]
    for (const sum of [slots.total[0], slots.community.at(ground.community[atom])!, slots.grid.at(ground.grid[atom])!]) {
      sum.totalCm += lengthCm
      sum[`${state}Cm`] += lengthCm
      sum.walkedCm += atomWalkedCm[atom]
      recency.forEach((cm, k) => (sum.recencyCm[k] += cm))
    }
  }
  return { ...segments, walkedCm, atomWalkedCm, total: slots.total[0], byCommunity: slots.community, byGrid: slots.grid }
}

/** Segments by the part of each that is to be walked. */
function coverSegments(ground: StreetGround, count: number, covered: CoveredParts, settings: PatrolSettings) {
  const state = new Uint8Array(count).fill(STATE.none)
  const coveredS = new Uint32Array(count)
  const [line, fromCm, toCm] = [new Int32Array(count).fill(-1), new Int32Array(count), new Int32Array(count)]
  for (let atom = 0; atom < ground.count; atom++) {
    if (!isRequired(ground, atom)) continue
    const segment = ground.segment[atom]
    if (line[segment] < 0) fromCm[segment] = ground.fromCm[atom]
    line[segment] = ground.line[atom]
    toCm[segment] = ground.toCm[atom]
  }
  const rule = { coveredShare: settings.coveredShare, partialShare: settings.partialShare, endM: END_M }
  for (let segment = 0; segment < count; segment++) {
    if (line[segment] < 0) continue
    const [fromM, toM] = [fromCm[segment] / 100, toCm[segment] / 100]
    const word = classifyStretch(covered, line[segment], fromM, toM, rule)
    state[segment] = STATE[word]
    if (word === 'covered') coveredS[segment] = coveredAt(covered, line[segment], fromM, toM, settings.coveredShare)
  }
  return { state, coveredS }
}

/** Of each end of a segment so much may be missing, metres: nobody walks into the middle of a crossing. */
const END_M = 8

/** The latest moment from which on walks cover a share of what of a stretch was walked at all. */
function coveredAt(covered: CoveredParts, line: number, beginM: number, endM: number, share: number): number {
  const { start, fromM, toM, latest } = covered
  const parts: { lengthM: number; atS: number }[] = []
  for (let k = start[line]; k < start[line + 1]; k++) {
    const lengthM = Math.min(endM, toM[k]) - Math.max(beginM, fromM[k])
    if (lengthM > 0) parts.push({ lengthM, atS: latest[k] })
  }
  let leftM = share * coverStretch(covered, line, beginM, endM).coveredM
  for (const { lengthM, atS } of parts.sort((a, b) => b.atS - a.atS)) {
    leftM -= lengthM
    if (leftM <= 1e-6) return atS
  }
  return 0
}

type OpenSum = { -readonly [key in keyof CoverageSum]: key extends 'recencyCm' ? number[] : number }
const openSum = (): OpenSum => ({
  totalCm: 0, noneCm: 0, coveredCm: 0, partialCm: 0, missedCm: 0, walkedCm: 0, recencyCm: new Array<number>(RECENCY_DAYS.length + 1).fill(0),
})

/** Centimetres of an atom that were walked, by class of recency. */
function recencyOf({ start, fromM, toM, latest }: CoveredParts, ground: StreetGround, atom: number, endS: number): number[] {
  const cm = new Array<number>(RECENCY_DAYS.length + 1).fill(0)
  const line = ground.line[atom]
  for (let k = start[line]; k < start[line + 1]; k++) {
    const lengthCm = Math.min(ground.toCm[atom], Math.round(100 * toM[k])) - Math.max(ground.fromCm[atom], Math.round(100 * fromM[k]))
    if (lengthCm > 0) cm[recencyClass(latest[k], endS)] += lengthCm
  }
  return cm
}

/** Class of recency of a moment; today is in the first. */
export function recencyClass(atS: number, endS: number): number {
  const days = Math.floor((endS - 1 - atS) / DAY_S)
  const found = RECENCY_DAYS.findIndex((most) => days <= most)
  return found < 0 ? RECENCY_DAYS.length : found
}
