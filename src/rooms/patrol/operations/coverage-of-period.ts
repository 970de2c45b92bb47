import { classifyStretch, coverStretch, firstBeyond, uniteParts, type CoveredParts } from '@/algorithms/tracks/covered-length'
import { STREET_COVERAGES, type StreetCoverage } from '@/core/patrol/patrol'
import type { PatrolScope, PatrolSettings } from '@/core/patrol/patrol-scope'
import { joinSpans, type Span } from '@/core/patrol/spans'
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
  /** By street of the scope, what was walked, each part once. */
  readonly parts: CoveredParts
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

/** What coverage of any period is reckoned from. Made once of a land and of the walks that were read. */
export interface CoverageBasis {
  readonly settings: Pick<PatrolSettings, 'coveredShare' | 'partialShare'>
  readonly ground: StreetGround
  /** Streets, communities and grids of the scope. */
  readonly counts: { readonly streets: number; readonly communities: number; readonly grids: number }
  /** By street: its first atom; one more than there are streets. */
  readonly atomStart: Uint32Array
  /** By segment of the network: its street, −1 where nothing is to be walked, and the part of it that is. */
  readonly segments: { readonly line: Int32Array; readonly fromCm: Int32Array; readonly toCm: Int32Array }
  /** Stretches walked, in the order of the end of the walk. Columns of one length. */
  readonly walked: { readonly track: Int32Array; readonly line: Int32Array; readonly fromM: Float64Array; readonly toM: Float64Array; readonly at: Uint32Array }
}

/**
 * Put walks and streets in order for coverage of periods.
 *
 * @param ground of `streetGround`, of the network that segments are counted in
 * O(walks log walks + atoms).
 */
export function coverageBasis(
  { streets, communities, current }: Pick<Scope, 'streets' | 'communities' | 'current'>,
  { walked, settings }: Pick<PatrolScope, 'walked' | 'settings'>,
  ground: StreetGround,
  segmentCount: number,
): CoverageBasis {
  const lineOf = new Map(streets.map(({ id }, line) => [id, line]))
  const order = Array.from({ length: walked.count }, (_, k) => k).filter((k) => lineOf.has(walked.streetId[k])).sort((a, b) => walked.toS[a] - walked.toS[b])
  const segments = { line: new Int32Array(segmentCount).fill(-1), fromCm: new Int32Array(segmentCount), toCm: new Int32Array(segmentCount) }
  const atomStart = new Uint32Array(streets.length + 1)
  for (let atom = 0; atom < ground.count; atom++) {
    atomStart[ground.line[atom] + 1] = atom + 1
    if (!isRequired(ground, atom)) continue
    const segment = ground.segment[atom]
    if (segments.line[segment] < 0) segments.fromCm[segment] = ground.fromCm[atom]
    segments.line[segment] = ground.line[atom]
    segments.toCm[segment] = ground.toCm[atom]
  }
  for (let line = 0; line < streets.length; line++) atomStart[line + 1] = Math.max(atomStart[line + 1], atomStart[line])
  return {
    settings,
    ground,
    counts: { streets: streets.length, communities: communities.length, grids: current.grids.length },
    atomStart,
    segments,
    walked: {
      track: Int32Array.from(order, (k) => walked.track[k]),
      line: Int32Array.from(order, (k) => lineOf.get(walked.streetId[k])!),
      fromM: Float64Array.from(order, (k) => walked.fromCm[k] / 100),
      toM: Float64Array.from(order, (k) => walked.toCm[k] / 100),
      at: Uint32Array.from(order, (k) => walked.toS[k]),
    },
  }
}

/** What the counted walks of a period walked, each part once. O(walks of the period · log). */
function walkedWithin({ counts, walked }: CoverageBasis, { fromS, toS }: SecondSpan, counted: CountedTracks): CoveredParts {
  const [begin, end] = [firstAt(walked.at, fromS), firstAt(walked.at, toS)]
  const { track, line, fromM, toM, at } = walked
  if (counted === null) return uniteParts(counts.streets, { line: line.subarray(begin, end), fromM: fromM.subarray(begin, end), toM: toM.subarray(begin, end), at: at.subarray(begin, end) })
  const own: number[] = []
  for (let k = begin; k < end; k++) if (counted(track[k])) own.push(k)
  const of = (column: ArrayLike<number>): number[] => own.map((k) => column[k])
  return uniteParts(counts.streets, { line: of(line), fromM: of(fromM), toM: of(toM), at: of(at) })
}

/** Position of the first of rising moments that is not before one. */
function firstAt(at: Uint32Array, moment: number): number {
  let [low, high] = [0, at.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (at[middle] < moment) low = middle + 1
    else high = middle
  }
  return low
}

/**
 * What became of the streets in a period: by segment for the map, by community and grid as sums that add up exactly.
 *
 * @param endS end of the day that "days since" count from, seconds since 1970
 * O(walks of the period · log + atoms).
 */
export function coverageOfPeriod(basis: CoverageBasis, span: SecondSpan, endS: number, counted: CountedTracks = null): CoverageOfPeriod {
  const { ground, counts } = basis
  const parts = walkedWithin(basis, span, counted)
  const segments = coverSegments(basis, parts)
  const [walkedCm, atomWalkedCm] = [new Int32Array(segments.state.length), new Int32Array(ground.count)]
  const sums = (count: number): OpenSum[] => Array.from({ length: count + 1 }, openSum)
  const [total, byCommunity, byGrid] = [openSum(), sums(counts.communities), sums(counts.grids)]
  for (let atom = 0; atom < ground.count; atom++) {
    const lengthCm = ground.toCm[atom] - ground.fromCm[atom]
    const segment = ground.segment[atom]
    const key = isRequired(ground, atom) ? SUM_OF[segments.state[segment]] : 'noneCm'
    const line = ground.line[atom]
    const recency = key === 'noneCm' || parts.start[line] === parts.start[line + 1] ? NO_RECENCY : recencyOf(parts, ground, atom, endS)
    for (const cm of recency) atomWalkedCm[atom] += cm
    if (recency.length > 0) walkedCm[segment] += atomWalkedCm[atom]
    for (const sum of [total, byCommunity.at(ground.community[atom])!, byGrid.at(ground.grid[atom])!]) {
      sum.totalCm += lengthCm
      sum[key] += lengthCm
      sum.walkedCm += atomWalkedCm[atom]
      for (let k = 0; k < recency.length; k++) sum.recencyCm[k] += recency[k]
    }
  }
  return { ...segments, parts, walkedCm, atomWalkedCm, total, byCommunity, byGrid }
}
const NO_RECENCY: readonly number[] = []
const SUM_OF = STREET_COVERAGES.map((word) => `${word}Cm` as const)

/**
 * Centimetres walked that were to be walked, each once, in a community or anywhere (null): `walkedCm` of `coverageOfPeriod`, of the
 * streets that were walked alone. O(walks of the period · log + their atoms).
 */
export function walkedOfPeriod(basis: CoverageBasis, span: SecondSpan, counted: CountedTracks, community: number | null): number {
  const { ground, counts, atomStart } = basis
  const parts = walkedWithin(basis, span, counted)
  let cm = 0
  for (let line = 0; line < counts.streets; line++) {
    if (parts.start[line] === parts.start[line + 1]) continue
    for (let atom = atomStart[line]; atom < atomStart[line + 1]; atom++) {
      if (isRequired(ground, atom) && (community === null || ground.community[atom] === community)) eachWalked(parts, ground, atom, (lengthCm) => (cm += lengthCm))
    }
  }
  return cm
}

/** Segments by the part of each that is to be walked. */
function coverSegments({ segments: { line, fromCm, toCm }, settings }: CoverageBasis, covered: CoveredParts) {
  const count = line.length
  const state = new Uint8Array(count).fill(STATE.none)
  const coveredS = new Uint32Array(count)
  const rule = { coveredShare: settings.coveredShare, partialShare: settings.partialShare, endM: END_M }
  for (let segment = 0; segment < count; segment++) {
    if (line[segment] < 0) continue
    const [fromM, toM] = [fromCm[segment] / 100, toCm[segment] / 100]
    const word = covered.start[line[segment]] === covered.start[line[segment] + 1] ? 'missed' : classifyStretch(covered, line[segment], fromM, toM, rule)
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
  for (let k = firstBeyond(covered, line, beginM); k < start[line + 1] && fromM[k] < endM; k++) {
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

/** The parts of a stretch of street `line` that were walked, in order and apart. */
export function walkedParts(covered: CoveredParts, line: number, fromCm: number, toCm: number): Span[] {
  const spans: Span[] = []
  const end = covered.start[line + 1]
  for (let k = firstBeyond(covered, line, fromCm / 100); k < end && covered.fromM[k] < toCm / 100; k++) {
    spans.push({ fromCm: Math.max(fromCm, Math.round(100 * covered.fromM[k])), toCm: Math.min(toCm, Math.round(100 * covered.toM[k])) })
  }
  return joinSpans(spans)
}

/** Parts of an atom that were walked: centimetres, and when last. */
function eachWalked(covered: CoveredParts, { line, fromCm, toCm }: StreetGround, atom: number, visit: (lengthCm: number, latest: number) => void): void {
  const { start, fromM, toM, latest } = covered
  const end = start[line[atom] + 1]
  for (let k = firstBeyond(covered, line[atom], fromCm[atom] / 100); k < end && fromM[k] < toCm[atom] / 100; k++) {
    const lengthCm = Math.min(toCm[atom], Math.round(100 * toM[k])) - Math.max(fromCm[atom], Math.round(100 * fromM[k]))
    if (lengthCm > 0) visit(lengthCm, latest[k])
  }
}

/** Centimetres of an atom that were walked, by class of recency. */
function recencyOf(covered: CoveredParts, ground: StreetGround, atom: number, endS: number): number[] {
  const cm = new Array<number>(RECENCY_DAYS.length + 1).fill(0)
  eachWalked(covered, ground, atom, (lengthCm, latest) => (cm[recencyClass(latest, endS)] += lengthCm))
  return cm
}

/** Class of recency of a moment; today is in the first. */
function recencyClass(atS: number, endS: number): number {
  const days = Math.floor((endS - 1 - atS) / DAY_S)
  const found = RECENCY_DAYS.findIndex((most) => days <= most)
  return found < 0 ? RECENCY_DAYS.length : found
}
