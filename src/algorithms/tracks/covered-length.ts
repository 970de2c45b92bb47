/** Parts of lines, in no order; one by index. Metres along the line, from < to. */
export interface LineParts {
  readonly line: ArrayLike<number>
  readonly fromM: ArrayLike<number>
  readonly toM: ArrayLike<number>
}

/** Parts that were walked, and when each was walked last. */
export interface WalkedParts extends LineParts {
  /** End of the walk, any unit that rises with time. */
  readonly at: ArrayLike<number>
}

/** Disjoint parts by line, in the order of the line; part k of line l is start[l] … start[l+1]−1. */
export interface CoveredParts {
  readonly start: Uint32Array
  readonly fromM: Float64Array
  readonly toM: Float64Array
  /** Latest walk over the part. */
  readonly latest: Float64Array
}

/** When a stretch counts as walked. Shares of its length. */
export interface CoverageSettings {
  readonly coveredShare: number
  readonly partialShare: number
  /** Of each end of a stretch so much may be missing, metres: fixes are thinned, and nobody walks into the middle of a crossing. */
  readonly endM: number
}

export const COVERAGE_SETTINGS: CoverageSettings = { coveredShare: 0.9, partialShare: 0.1, endM: 8 }

/** What was walked with less confidence is not to be credited: likelier than not it was elsewhere. */
export const LEAST_CONFIDENCE = 0.5

export const COVERAGE_CLASSES = ['covered', 'partial', 'missed'] as const
export type CoverageClass = (typeof COVERAGE_CLASSES)[number]

/**
 * Union of what was walked: what was walked twice is there once, cut wherever the latest walk changes.
 *
 * @param lineCount lines there are; parts of other lines are an error
 * @throws where a part has no length, runs backwards or lies on no line
 * Complexity: O(n log n) in all for parts that overlap a bounded number of times.
 */
export function uniteParts(lineCount: number, parts: WalkedParts): CoveredParts {
  const byLine = new Map<number, number[]>()
  for (let k = 0; k < parts.line.length; k++) {
    if (!(parts.fromM[k] < parts.toM[k]) || !(parts.line[k] >= 0 && parts.line[k] < lineCount)) {
      throw new Error(`expected a part of lines 0 … ${lineCount - 1}, got ${parts.fromM[k]} … ${parts.toM[k]} of ${parts.line[k]}`)
    }
    const own = byLine.get(parts.line[k])
    if (own) own.push(k)
    else byLine.set(parts.line[k], [k])
  }
  const start = new Uint32Array(lineCount + 1)
  const [fromM, toM, latest]: number[][] = [[], [], []]
  for (let line = 0; line < lineCount; line++) {
    start[line + 1] = start[line]
    const on = byLine.get(line)
    if (!on) continue
    on.sort((a, b) => parts.fromM[a] - parts.fromM[b])
    const cuts = [...new Set(on.flatMap((k) => [parts.fromM[k], parts.toM[k]]))].sort((a, b) => a - b)
    let open: number[] = []
    let next = 0
    for (let c = 0; c + 1 < cuts.length; c++) {
      while (next < on.length && parts.fromM[on[next]] <= cuts[c]) open.push(on[next++])
      open = open.filter((k) => parts.toM[k] > cuts[c])
      if (open.length === 0) continue
      const at = open.reduce((most, k) => Math.max(most, parts.at[k]), -Infinity)
      const last = toM.length - 1
      if (last >= start[line] && toM[last] === cuts[c] && latest[last] === at) toM[last] = cuts[c + 1]
      else {
        fromM.push(cuts[c])
        toM.push(cuts[c + 1])
        latest.push(at)
      }
    }
    start[line + 1] = toM.length
  }
  return { start, fromM: Float64Array.from(fromM), toM: Float64Array.from(toM), latest: Float64Array.from(latest) }
}

/** Metres of a stretch that are covered, and the latest walk over any of it; −Infinity where there is none. */
export function coverStretch(covered: CoveredParts, line: number, fromM: number, toM: number): { coveredM: number; latest: number } {
  let [coveredM, latest] = [0, -Infinity]
  for (let k = firstBeyond(covered, line, fromM); k < covered.start[line + 1] && covered.fromM[k] < toM; k++) {
    coveredM += Math.min(toM, covered.toM[k]) - Math.max(fromM, covered.fromM[k])
    latest = Math.max(latest, covered.latest[k])
  }
  return { coveredM, latest }
}

/** First part of a line that ends beyond a place, or the one after its last. */
export function firstBeyond({ start, toM }: CoveredParts, line: number, placeM: number): number {
  let [low, high] = [start[line], start[line + 1]]
  while (low < high) {
    const middle = (low + high) >> 1
    if (toM[middle] > placeM) high = middle
    else low = middle + 1
  }
  return low
}

/**
 * Class of a stretch. Missing metres at its ends are forgiven, `endM` each, but never more than half of what was walked: a stretch
 * shorter than both ends is not covered by forgiveness alone.
 */
export function classifyStretch(
  covered: CoveredParts, line: number, fromM: number, toM: number, settings: CoverageSettings = COVERAGE_SETTINGS,
): CoverageClass {
  const { coveredM } = coverStretch(covered, line, fromM, toM)
  const lengthM = toM - fromM
  if (coveredM < settings.partialShare * lengthM || coveredM === 0) return 'missed'
  const first = firstBeyond(covered, line, fromM)
  let last = first
  while (last + 1 < covered.start[line + 1] && covered.fromM[last + 1] < toM) last++
  const forgivenM = Math.min(
    Math.min(settings.endM, Math.max(0, covered.fromM[first] - fromM)) + Math.min(settings.endM, Math.max(0, toM - covered.toM[last])),
    coveredM / 2,
  )
  return coveredM + forgivenM >= settings.coveredShare * lengthM - EXACT_M ? 'covered' : 'partial'
}

/** Sums of metres that should be equal differ by less. */
const EXACT_M = 1e-6

/** Lengths by area. */
export interface AreaLengths {
  readonly totalM: Float64Array
  readonly coveredM: Float64Array
}

/**
 * Lengths and covered lengths by area, each stretch cut exactly where areas meet, so that areas add up to the whole.
 *
 * @param areas which part of each line lies in which area; parts of one line must not overlap, what lies in none counts nowhere
 * @returns metres by area, 0 … areaCount−1
 */
export function sumByArea(covered: CoveredParts, areas: LineParts & { readonly area: ArrayLike<number> }, areaCount: number): AreaLengths {
  const [totalM, coveredM] = [new Float64Array(areaCount), new Float64Array(areaCount)]
  for (let k = 0; k < areas.line.length; k++) {
    totalM[areas.area[k]] += areas.toM[k] - areas.fromM[k]
    coveredM[areas.area[k]] += coverStretch(covered, areas.line[k], areas.fromM[k], areas.toM[k]).coveredM
  }
  return { totalM, coveredM }
}
