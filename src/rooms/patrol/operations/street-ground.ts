import type { PatrolNetwork } from '@/algorithms/arc-routing/patrol-problem'
import type { DutyPiece } from '@/core/patrol/duty-pieces'
import { STREET_DUTIES, type StreetDuty } from '@/core/patrol/patrol'
import type { Scope } from '@/core/scope'
import type { StreetShare } from './share-streets'

/** A part of a street that is in one segment, has one duty and lies in one grid: what lengths are summed from. Columns of one length. */
export interface StreetGround {
  readonly count: number
  /** Streets of the scope: an atom lies on street `line`. */
  readonly line: Int32Array
  readonly fromCm: Int32Array
  readonly toCm: Int32Array
  /** Segment of the network; −1: in none, so nobody can walk there. */
  readonly segment: Int32Array
  /** Position in `STREET_DUTIES`; `none` as well where nobody can walk, and outside the land. */
  readonly duty: Uint8Array
  /** Indices of the scope; −1: none. */
  readonly grid: Int32Array
  readonly community: Int32Array
}

const NONE = STREET_DUTIES.indexOf('none')

/**
 * Streets cut into atoms, by line and along it, without gap or overlap. Made once of a land, its network and duties.
 *
 * @param shares of `shareStreets`
 * @param pieces of `dutyPieces`
 * O(shares + pieces + segments, sorted by line).
 */
export function streetGround(
  { streets }: Pick<Scope, 'streets'>,
  shares: readonly StreetShare[],
  pieces: ReadonlyMap<number, readonly DutyPiece[]>,
  network: Pick<PatrolNetwork, 'segmentLine' | 'segmentFromCm' | 'segmentToCm'>,
): StreetGround {
  const sharesOf = new Map<number, StreetShare[]>()
  for (const share of shares) {
    const own = sharesOf.get(share.streetId)
    if (own) own.push(share)
    else sharesOf.set(share.streetId, [share])
  }
  const segmentsOf = new Map<number, number[]>()
  network.segmentLine.forEach((line, segment) => {
    const own = segmentsOf.get(line)
    if (own) own.push(segment)
    else segmentsOf.set(line, [segment])
  })
  const rows: { line: number; fromCm: number; toCm: number; segment: number; duty: StreetDuty; share: StreetShare }[] = []
  streets.forEach(({ id }, line) => {
    const own = sharesOf.get(id) ?? []
    const duties = pieces.get(id) ?? []
    const segments = segmentsOf.get(line) ?? []
    const endCm = own.at(-1)?.toCm ?? 0
    const cuts = [...new Set([
      ...own.map(({ toCm }) => toCm), ...duties.map(({ toCm }) => toCm),
      ...segments.flatMap((segment) => [network.segmentFromCm[segment], network.segmentToCm[segment]]),
    ])].filter((cm) => cm > 0 && cm <= endCm).sort((a, b) => a - b)
    let fromCm = 0
    for (const toCm of cuts) {
      const segment = segments.find((one) => network.segmentFromCm[one] <= fromCm && network.segmentToCm[one] >= toCm) ?? -1
      const duty = duties.find((one) => one.fromCm <= fromCm && one.toCm >= toCm)?.duty ?? 'none'
      const share = own.find((one) => one.fromCm <= fromCm && one.toCm >= toCm)!
      rows.push({ line, fromCm, toCm, segment, duty: segment < 0 || share.community < 0 ? 'none' : duty, share })
      fromCm = toCm
    }
  })
  return {
    count: rows.length,
    line: Int32Array.from(rows, ({ line }) => line),
    fromCm: Int32Array.from(rows, ({ fromCm }) => fromCm),
    toCm: Int32Array.from(rows, ({ toCm }) => toCm),
    segment: Int32Array.from(rows, ({ segment }) => segment),
    duty: Uint8Array.from(rows, ({ duty }) => STREET_DUTIES.indexOf(duty)),
    grid: Int32Array.from(rows, ({ share }) => share.grid),
    community: Int32Array.from(rows, ({ share }) => share.community),
  }
}

/** Whether an atom is to be walked at all. */
export const isRequired = ({ duty }: StreetGround, atom: number): boolean => duty[atom] !== NONE
