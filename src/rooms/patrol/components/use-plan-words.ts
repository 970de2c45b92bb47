import type { PatrolPlan } from '@/core/patrol/patrol-scope'
import { formatDate, formatNumber } from '@/ui/format'
import { clockOfMinute } from '../operations/clock-of-minute'
import { useRoom } from './use-room'

/** Words of plans, times and people. */
export function usePlanWords() {
  const { store, t, locale } = useRoom()
  /** 1 小时 25 分; below an hour minutes alone. */
  function duration(seconds: number): string {
    const minutes = Math.round(seconds / 60)
    return minutes < 60 ? t('time.minutes', { m: minutes }) : t('time.hours', { h: Math.floor(minutes / 60), m: minutes % 60 })
  }
  /** 2.4 km from a kilometre on. */
  const length = (metres: number): string => (metres < 1000 ? `${formatNumber(metres)} m` : `${(metres / 1000).toFixed(1)} km`)
  const day = (iso: string): string => formatDate(iso, locale.value)
  /** On which days a plan is walked. */
  function days({ weekdays, validFrom, validTo }: Pick<PatrolPlan, 'weekdays' | 'validFrom' | 'validTo'>): string {
    if (!weekdays.includes(true)) return day(validFrom)
    const week = weekdays.every(Boolean) ? t('plan.everyDay') : weekdays.flatMap((is, k) => (is ? [t(`weekday.${k}`)] : [])).join(t('plan.join'))
    return validTo ? t('plan.between', { week, from: day(validFrom), to: day(validTo) }) : t('plan.since', { week, from: day(validFrom) })
  }
  const personName = (id: string | null): string => (id === null ? t('plan.unnamed') : (store.patrolScope?.patrollers.find(({ personId }) => personId === id)?.name ?? t('plan.unknownPerson')))
  return { duration, length, clock: clockOfMinute, day, days, personName }
}
