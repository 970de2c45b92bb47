import type { PatrolPlan, PatrolScope } from '@/core/patrol/patrol-scope'
import { joinSpans, lengthCm, sharedCm, type Span } from '@/core/patrol/spans'
import type { PatrolPeriod } from '../model'

/** Streets that the routes of a plan are to serve on its days, and what was walked of them on the same day, by anybody; centimetres, each once a day. */
export interface PlanShare {
  readonly dueCm: number
  readonly walkedCm: number
}

const [DAY_S, SHANGHAI_S] = [86_400, 8 * 3600]
/** Days since 1970 of a day, ISO; and of a moment, in Shanghai. */
const dayOf = (iso: string): number => Date.parse(`${iso}T00:00:00Z`) / 1000 / DAY_S
const dayAt = (s: number): number => Math.floor((s + SHANGHAI_S) / DAY_S)
/** The day 0 was a Thursday; Monday is 0. */
const weekdayOf = (day: number): number => (day + 3) % 7

/**
 * How much of its own routes was walked, by id of the plan; drafts and plans without a day in the period have none. `period` ends no later
 * than today. O(plans · days · steps).
 */
export function planShares(plans: readonly PatrolPlan[], { count, streetId, fromCm, toCm, toS }: PatrolScope['walked'], { fromDay, toDay }: PatrolPeriod): ReadonlyMap<string, PlanShare> {
  const [first, last] = [dayOf(fromDay), dayOf(toDay)]
  const walkedOn = new Map<number, Map<number, Span[]>>()
  for (let k = 0; k < count; k++) {
    const day = dayAt(toS[k])
    if (day < first || day > last) continue
    if (!walkedOn.has(day)) walkedOn.set(day, new Map())
    push(walkedOn.get(day)!, streetId[k], { fromCm: fromCm[k], toCm: toCm[k] })
  }
  for (const ofDay of walkedOn.values()) for (const [street, spans] of ofDay) ofDay.set(street, joinSpans(spans))

  const shares = new Map<string, PlanShare>()
  for (const { id, state, routes, weekdays, validFrom, validTo } of plans) {
    if (state === 'draft') continue
    const served = new Map<number, Span[]>()
    for (const { steps } of routes) for (const step of steps) if (step.served) push(served, step.streetId, step)
    for (const [street, spans] of served) served.set(street, joinSpans(spans))
    const onceCm = [...served.values()].reduce((sum, spans) => sum + lengthCm(spans), 0)
    const isOnce = !weekdays.includes(true)
    let [dueCm, walkedCm] = [0, 0]
    for (let day = Math.max(first, dayOf(validFrom)); day <= Math.min(last, isOnce ? dayOf(validFrom) : validTo === null ? last : dayOf(validTo)); day++) {
      if (!isOnce && !weekdays[weekdayOf(day)]) continue
      dueCm += onceCm
      for (const [street, spans] of served) {
        const walked = walkedOn.get(day)?.get(street)
        if (walked) for (const span of spans) walkedCm += sharedCm(span, walked)
      }
    }
    if (dueCm > 0) shares.set(id, { dueCm, walkedCm })
  }
  return shares
}

function push(by: Map<number, Span[]>, street: number, span: Span): void {
  const own = by.get(street)
  if (own) own.push(span)
  else by.set(street, [span])
}
