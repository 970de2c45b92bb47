import type { CheckpointMark } from '@/core/patrol/patrol'
import type { PatrolScope } from '@/core/patrol/patrol-scope'
import type { Scope } from '@/core/scope'
import type { SecondSpan } from './coverage-of-period'

/** Buildings with households and their households, by whether somebody passed. */
export interface PassFigure {
  readonly passed: readonly number[]
  readonly left: readonly number[]
  readonly passedHouseholds: number
  readonly leftHouseholds: number
}

/**
 * Buildings of a community, or of all (null), passed within a period or not. Only the latest pass of a building is known: one that
 * came after the period counts as none in it.
 */
export function passFigure({ buildings }: Pick<Scope, 'buildings'>, { passes }: Pick<PatrolScope, 'passes'>, community: number | null, { fromS, toS }: SecondSpan): PassFigure {
  const lastS = new Map(Array.from(passes.building, (building, k) => [building, passes.atS[k]] as const))
  const [passed, left]: number[][] = [[], []]
  for (let building = 0; building < buildings.count; building++) {
    if (buildings.households[building] === 0 || (community !== null && buildings.community[building] !== community)) continue
    const atS = lastS.get(building) ?? 0
    const own = atS >= fromS && atS < toS ? passed : left
    own.push(building)
  }
  const households = (list: readonly number[]): number => list.reduce((sum, building) => sum + buildings.households[building], 0)
  return { passed, left, passedHouseholds: households(passed), leftHouseholds: households(left) }
}

/** A checkpoint in a period: the surest mark it got, and when last. */
export interface CheckpointRow {
  readonly id: number
  readonly mark: CheckpointMark | 'none'
  readonly at: string | null
  readonly times: number
}

const SURE: Readonly<Record<CheckpointRow['mark'], number>> = { none: 0, probable: 1, visited: 2, confirmed: 3 }

/** Checkpoints of a community, or of all (null), with what became of them; the least sure first. */
export function checkpointRows(
  { checkpoints, marks }: Pick<PatrolScope, 'checkpoints' | 'marks'>, community: number | null, { fromS, toS }: SecondSpan, counted: ((track: number) => boolean) | null = null,
): CheckpointRow[] {
  const rows = new Map(
    checkpoints.filter((one) => community === null || one.community === community).map(({ id }) => [id, { id, mark: 'none', at: null, times: 0 } as CheckpointRow]),
  )
  for (const { checkpointId, mark, at, track } of marks) {
    const row = rows.get(checkpointId)
    const atS = Date.parse(at) / 1000
    if (!row || atS < fromS || atS >= toS || (counted && !counted(track))) continue
    rows.set(checkpointId, { id: checkpointId, mark: SURE[mark] > SURE[row.mark] ? mark : row.mark, at: row.at === null || at > row.at ? at : row.at, times: row.times + 1 })
  }
  return [...rows.values()].sort((a, b) => SURE[a.mark] - SURE[b.mark] || a.id - b.id)
}
