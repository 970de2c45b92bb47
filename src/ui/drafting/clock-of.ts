import { formatDate } from '../format'

/** Time of day, with the date before it where that is not today. */
export function clockOf(iso: string, locale: string): string {
  const at = new Date(iso)
  const time = `${String(at.getHours()).padStart(2, '0')}:${String(at.getMinutes()).padStart(2, '0')}`
  return at.toDateString() === new Date().toDateString() ? time : `${formatDate(iso, locale)} ${time}`
}
