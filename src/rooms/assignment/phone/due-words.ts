import { isCounted } from '@/core/coverage/visit'
import { shanghaiDay } from '@/core/issues/shanghai-time'
import type { MyVisits, VisitInput } from '@/data/visits'

const DAY_MS = 86_400_000
const startOf = (atMs: number): number => Date.parse(shanghaiDay(atMs / 1000))

/** The day in Shanghai by the server's own when it answered and the time that has gone by here since. */
export const todayBy = (today: string, readAtMs: number, nowMs: number): string =>
  new Date(Date.parse(today) + startOf(nowMs) - startOf(readAtMs)).toISOString().slice(0, 10)

/** What is asked of the member about a household; `values` go into the words `own.visit.<key>`. */
export interface DueWords {
  readonly key: 'waiting' | 'late' | 'today' | 'due' | 'none'
  readonly isLate: boolean
  /** Days late, or the day it is due. */
  readonly days: number
  readonly on: string
}

/**
 * A visit that waits to be sent stands before what the server says (`judged`); days are told against today, so that a list kept overnight
 * is right in the morning. Of a visit in rhythm and a planned one, the earlier.
 */
export function dueWords(judged: MyVisits['households'][number] | undefined, waiting: readonly Pick<VisitInput, 'outcome'>[], today: string): DueWords {
  const words = (key: DueWords['key'], on = '', days = 0): DueWords => ({ key, isLate: key === 'late', days, on })
  if (waiting.some(({ outcome }) => isCounted(outcome))) return words('waiting')
  const due = [judged?.dueOn, judged?.taskDueOn].filter((day): day is string => typeof day === 'string').sort()[0]
  if (due === undefined) return words('none')
  const late = Math.round((Date.parse(today) - Date.parse(due)) / DAY_MS)
  return late > 0 ? words('late', due, late) : words(late === 0 ? 'today' : 'due', due)
}
