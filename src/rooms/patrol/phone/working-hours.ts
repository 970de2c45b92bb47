import { SHANGHAI_AHEAD_S, shanghaiDay } from '@/core/issues/shanghai-time'
import type { PatrolSettings } from '@/core/patrol/patrol-scope'

/** When walks are recorded; see `PatrolSettings`. */
export interface WorkingHours extends Pick<PatrolSettings, 'fromMinute' | 'toMinute' | 'onDaysOff'> {
  /** Whether walks are recorded on `day` at all, as the server tells; other days are judged by the week alone. */
  readonly day: string
  readonly isRecorded: boolean
}

const DAY_MS = 86_400_000
const MINUTE_MS = 60_000
const AHEAD_MS = SHANGHAI_AHEAD_S * 1000
const SATURDAY = 6

/** Day and minute by the clock of the street. */
const dayStartMs = (atMs: number): number => Math.floor((atMs + AHEAD_MS) / DAY_MS) * DAY_MS - AHEAD_MS

function isRecorded(hours: WorkingHours, atMs: number): boolean {
  const day = shanghaiDay(Math.floor(atMs / 1000))
  if (day === hours.day) return hours.isRecorded
  if (hours.onDaysOff) return true
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay()
  return weekday !== 0 && weekday !== SATURDAY
}

/** When recording that goes on at `atMs` must end, ms since 1970; null: nothing is recorded at that moment. The end is excluded. */
export function endOfHours(hours: WorkingHours, atMs: number): number | null {
  if (!isRecorded(hours, atMs)) return null
  const start = dayStartMs(atMs)
  const [from, to] = [start + hours.fromMinute * MINUTE_MS, start + hours.toMinute * MINUTE_MS]
  return atMs >= from && atMs < to ? to : null
}
