import type { PatrolNetwork } from '@/algorithms/arc-routing/patrol-problem'
import { STREET_COVERAGES, STREET_DUTIES, type StreetDuty, type StreetStretch } from '@/core/patrol/patrol'
import type { CoverageOfPeriod } from './coverage-of-period'
import type { SegmentPlaces } from './segment-places'
import { isRequired, type StreetGround } from './street-ground'

/** Neighbouring segments of one street that were due and not covered. */
export interface MissedRow {
  /** Street of the scope. */
  readonly line: number
  readonly duty: Exclude<StreetDuty, 'none'>
  /** Community and grid index its first segment counts in, so that a plan of this community can have it; −1: none. */
  readonly community: number
  readonly grid: number
  /** `partial`: some of it was walked. */
  readonly coverage: 'partial' | 'missed'
  /** Segments, one after the other. */
  readonly stretches: readonly StreetStretch[]
  /** Nodes of the network where it begins and ends. */
  readonly fromNode: number
  readonly toNode: number
  readonly lengthCm: number
  /** Of it not walked. */
  readonly leftCm: number
  /** Seconds since 1970 when all of it had been covered; 0: never in the days that were read. */
  readonly coveredS: number
}

/** What happened in the periods that duties ask about. */
export interface DutyCoverage {
  /** The day, and the seven days that end with it. */
  readonly daily: CoverageOfPeriod
  readonly weekly: CoverageOfPeriod
  /** All days that were read, up to the day. */
  readonly long: CoverageOfPeriod
}

/**
 * What was due by the end of a day and was not covered: streets of every day on that day, weekly ones in the seven days up to it. By
 * community, the longest first. `leftCm` of all rows are the segments' lengths less what was walked of them. O(atoms log atoms).
 */
export function missedOfDay(
  streetIds: readonly number[],
  { segmentFrom, segmentTo }: Pick<PatrolNetwork, 'segmentFrom' | 'segmentTo'>,
  ground: StreetGround,
  { daily, weekly, long }: DutyCoverage,
  places: Pick<SegmentPlaces, 'community' | 'grid'>,
): MissedRow[] {
  const rows: MissedRow[] = []
  let segment = -1
  for (let atom = 0; atom < ground.count; atom++) {
    if (!isRequired(ground, atom)) continue
    const duty = STREET_DUTIES[ground.duty[atom]] as MissedRow['duty']
    const of = duty === 'daily' ? daily : weekly
    const own = ground.segment[atom]
    const coverage = STREET_COVERAGES[of.state[own]]
    if (coverage !== 'partial' && coverage !== 'missed') continue
    const [line, fromCm, toCm] = [ground.line[atom], ground.fromCm[atom], ground.toCm[atom]]
    const lengthCm = toCm - fromCm
    const leftCm = lengthCm - of.atomWalkedCm[atom]
    const last = rows.at(-1)
    const lastStretch = last?.stretches.at(-1)
    const goesOn = last !== undefined && lastStretch?.toCm === fromCm && last.line === line && last.duty === duty
    if (goesOn && segment === own) {
      rows[rows.length - 1] = { ...last, stretches: [...last.stretches.slice(0, -1), { ...lastStretch, toCm }], lengthCm: last.lengthCm + lengthCm, leftCm: last.leftCm + leftCm }
    } else if (goesOn && last.coverage === coverage && last.community === places.community[own]) {
      rows[rows.length - 1] = {
        ...last, stretches: [...last.stretches, { streetId: last.stretches[0].streetId, fromCm, toCm }], toNode: segmentTo[own],
        lengthCm: last.lengthCm + lengthCm, leftCm: last.leftCm + leftCm, coveredS: Math.min(last.coveredS, long.coveredS[own]),
      }
    } else {
      rows.push({
        line, duty, community: places.community[own], grid: places.grid[own], coverage, stretches: [{ streetId: streetIds[line], fromCm, toCm }],
        fromNode: segmentFrom[own], toNode: segmentTo[own], lengthCm, leftCm, coveredS: long.coveredS[own],
      })
    }
    segment = own
  }
  return rows.sort((a, b) => a.community - b.community || b.leftCm - a.leftCm)
}

/** Names of streets that meet at each node of the network; where they are named. */
export function namesAtNodes({ segmentFrom, segmentTo, segmentLine, component }: Pick<PatrolNetwork, 'segmentFrom' | 'segmentTo' | 'segmentLine' | 'component'>, names: readonly string[]): ReadonlySet<string>[] {
  const at = Array.from(component, () => new Set<string>())
  segmentLine.forEach((line, segment) => {
    const name = names[line]
    if (name) for (const ends of [segmentFrom, segmentTo]) at[ends[segment]].add(name)
  })
  return at
}
