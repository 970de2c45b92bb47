import { shanghaiTime } from '@/core/issues/shanghai-time'
import { useOwnPatrol } from '../phone/own-store'
import type { StartRefusal } from '../phone/recorder'
import { useRoom } from './use-room'

const MINUTES_AN_HOUR = 60

/** The words of one's own day: times of the street, lengths, refusals. */
export function useOwnWords() {
  const own = useOwnPatrol()
  const { t: translate, ...room } = useRoom()
  const t = (key: string, values: Record<string, string | number> = {}): string => translate(`own.${key}`, values)
  /** 14:24 */
  const clock = (atMs: number): string => shanghaiTime(atMs / 1000).slice(11)
  const minuteWords = (minute: number): string => `${String(Math.floor(minute / MINUTES_AN_HOUR)).padStart(2, '0')}:${String(minute % MINUTES_AN_HOUR).padStart(2, '0')}`
  /** Hours of the settings, for a sentence. */
  function hoursWords(): { from: string; to: string; days: string } {
    const settings = own.mine?.settings
    if (!settings) return { from: '', to: '', days: '' }
    return { from: minuteWords(settings.fromMinute), to: minuteWords(settings.toMinute), days: settings.onDaysOff ? '' : t('workDays') }
  }
  const refusalWords = (refusal: StartRefusal): string => t(`refusal.${refusal}`, { ...hoursWords() })
  /** Left out, by reason: 3 outside patrol hours, 1 leap. */
  const droppedWords = (dropped: Readonly<Record<string, number>>): string =>
    Object.entries(dropped).filter(([, n]) => n > 0).map(([reason, n]) => `${room.te(`patrol.own.dropped.${reason}`) ? t(`dropped.${reason}`) : reason} ${n}`).join(' · ')
  return { own, ...room, translate, t, clock, hoursWords, refusalWords, droppedWords }
}
