import type { IssueColumns } from '@/core/issues/issue-scope'
import { SHANGHAI_AHEAD_S } from '@/core/issues/shanghai-time'

/** A day or a week of a period, cut off where the period ends. Seconds since 1970, the end excluded. */
export interface TimeStep {
  readonly fromS: number
  readonly toS: number
}

export interface TimeSteps {
  readonly unit: 'day' | 'week'
  readonly steps: readonly TimeStep[]
}

const DAY_S = 86_400
/** Up to so many days a bar is a day. */
const MOST_DAYS = 35

/** Days of a short period, weeks from Monday on of a longer one. */
export function timeSteps({ fromS, toS }: { readonly fromS: number; readonly toS: number }): TimeSteps {
  const unit = toS - fromS <= MOST_DAYS * DAY_S ? 'day' : 'week'
  const lengthS = unit === 'day' ? DAY_S : 7 * DAY_S
  // 1 January 1970 was a Thursday.
  const mondayS = unit === 'day' ? 0 : -3 * DAY_S
  const firstS = Math.floor((fromS + SHANGHAI_AHEAD_S - mondayS) / lengthS) * lengthS - SHANGHAI_AHEAD_S + mondayS
  const steps: TimeStep[] = []
  for (let at = firstS; at < toS; at += lengthS) steps.push({ fromS: Math.max(at, fromS), toS: Math.min(at + lengthS, toS) })
  return { unit, steps }
}

/** Slips reported before a moment; columns are in the order of their report. O(log slips). */
export function countBefore(reportedS: ArrayLike<number>, atS: number, among?: ArrayLike<number>): number {
  let low = 0
  let high = among?.length ?? reportedS.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (reportedS[among ? among[middle] : middle] < atS) low = middle + 1
    else high = middle
  }
  return low
}

export interface StepBar extends TimeStep {
  readonly open: number
  readonly published: number
}

const PUBLISHED = 3

/** Slips by step: on the board, and not yet. `among` in the order of the columns. O(slips). */
export function stepBars(columns: Pick<IssueColumns, 'reportedS' | 'state'>, among: ArrayLike<number>, { steps }: TimeSteps): StepBar[] {
  return steps.map((step) => {
    let [open, published] = [0, 0]
    const to = countBefore(columns.reportedS, step.toS, among)
    for (let k = countBefore(columns.reportedS, step.fromS, among); k < to; k++) {
      if (columns.state[among[k]] === PUBLISHED) published++
      else open++
    }
    return { ...step, open, published }
  })
}
