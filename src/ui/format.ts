const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 })
const oneDecimal = new Intl.NumberFormat('en-US', { minimumFractionDigits: 1, maximumFractionDigits: 1 })

/** Whole number with thousands separated: 22,542. */
export const formatNumber = (value: number): string => whole.format(value)

/** Share between 0 and 1 as a percentage with one decimal: 93.4%. */
export const formatShare = (share: number): string => `${oneDecimal.format(share * 100)}%`

/** Area with a unit that fits: m² below a hectare, hectares below 10 km², else km². */
export function formatArea(areaM2: number): string {
  if (areaM2 < 10_000) return `${whole.format(areaM2)} m²`
  if (areaM2 < 10_000_000) return `${oneDecimal.format(areaM2 / 10_000)} ha`
  return `${oneDecimal.format(areaM2 / 1_000_000)} km²`
}

/** Length on the way as it is said: to 10 m below a kilometre, then to 100 m. */
export const roundLength = (lengthM: number): { readonly m: number } | { readonly km: string } =>
  lengthM < 995 ? { m: Math.round(lengthM / 10) * 10 } : { km: (lengthM / 1000).toFixed(1) }

/** 2026年11月21日 or Nov 21, 2026; with `time`, hours and minutes too. */
export function formatDate(iso: string, locale: string, time = false): string {
  const date = new Date(iso)
  if (Number.isNaN(date.getTime())) return iso
  const day = new Intl.DateTimeFormat(locale === 'zh' ? 'zh-CN' : 'en-US', {
    year: 'numeric',
    month: locale === 'zh' ? 'long' : 'short',
    day: 'numeric',
  }).format(date)
  if (!time) return day
  return `${day} ${String(date.getHours()).padStart(2, '0')}:${String(date.getMinutes()).padStart(2, '0')}`
}

/** Age in words: 12 天前, 3 hours ago. */
export function formatAge(iso: string, locale: string, now = Date.now()): string {
  const seconds = (new Date(iso).getTime() - now) / 1000
  const format = new Intl.RelativeTimeFormat(locale === 'zh' ? 'zh-CN' : 'en', { numeric: 'auto' })
  const steps: [Intl.RelativeTimeFormatUnit, number][] = [
    ['year', 31_557_600],
    ['month', 2_629_800],
    ['day', 86_400],
    ['hour', 3600],
    ['minute', 60],
  ]
  for (const [unit, length] of steps) if (Math.abs(seconds) >= length) return format.format(Math.trunc(seconds / length), unit)
  return format.format(0, 'minute')
}
