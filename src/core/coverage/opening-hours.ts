/** Part of a day in which a station is open, minutes after midnight; `toMinute` ≤ 1440 is no longer in it. */
export interface OpenSpan {
  readonly fromMinute: number
  readonly toMinute: number
}

/** Spans by day of the week, Monday first; in order, apart from one another. What goes on past midnight begins anew the next day. */
export type WeekHours = readonly (readonly OpenSpan[])[]

export const DAY_MINUTES = 1440
const MONDAY_TO_SUNDAY = [0, 1, 2, 3, 4, 5, 6]

/** Open at all hours. */
export const ALWAYS_OPEN: WeekHours = MONDAY_TO_SUNDAY.map(() => [{ fromMinute: 0, toMinute: DAY_MINUTES }])

const DAY_SIGNS = '一二三四五六日'
const ENGLISH_DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']

/** Days that are named by what they are. */
const NAMED_DAYS: readonly (readonly [RegExp, readonly number[]])[] = [
  [/^(?:每[日天]|天天|全周|daily|everyday)$/, MONDAY_TO_SUNDAY],
  [/^(?:工作日|weekdays?)$/, [0, 1, 2, 3, 4]],
  [/^(?:周末|双休日|weekends?)$/, [5, 6]],
]
const ALL_HOURS = /^(?:全天候?|24小时|全日|24h(?:ours)?|24\/7|随时(?:联系)?|allhours|always)$/
const TIMES = /(\d{1,2}):(\d{2})-(次日)?(\d{1,2}):(\d{2})/g

/**
 * Opening hours as people write them: 周一至周五 8:30–12:00，13:30–17:30；周六 9:00–12:00, 每日 8:00–20:00, 随时联系, Mon–Fri 9:00–17:00.
 * Days that are not named are closed; hours without days are those of every day; an end before its beginning lies on the next day.
 *
 * @returns null where something in it is not understood: then it is not known when the place is open, and nothing is guessed
 */
export function parseOpeningHours(text: string): WeekHours | null {
  const spans = MONDAY_TO_SUNDAY.map((): OpenSpan[] => [])
  let days: readonly number[] | null = null
  let isAnyKnown = false
  for (const part of partsOf(text)) {
    const { dayWords, times } = part
    if (dayWords !== '') {
      days = daysOf(dayWords)
      if (!days) return null
    }
    if (!times) return null
    for (const day of days ?? MONDAY_TO_SUNDAY) for (const span of times) addSpan(spans, day, span)
    isAnyKnown = true
  }
  return isAnyKnown ? spans.map(inOrder) : null
}

interface Part {
  /** What stands before the hours; empty: the same days as before. */
  readonly dayWords: string
  /** Spans; the end of one that passes midnight is above 1440. Null: not understood. */
  readonly times: readonly OpenSpan[] | null
}

/** One part for each span: days, when they are named, and hours. */
function partsOf(text: string): Part[] {
  const plain = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[–—−~～至到]|\bto\b/g, '-')
    .replace(/(\d)[点时]半/g, '$1:30')
    .replace(/(\d)[点时](?!\d)/g, '$1:00')
    .replace(/(\d)[点时](?=\d)/g, '$1:')
    .replace(/(\d)分/g, '$1')
    .replace(/星期|礼拜/g, '周')
    .replace(/周天/g, '周日')
    .replace(/\s*-\s*/g, '-')
  const parts: Part[] = []
  let last = 0
  const push = (words: string, times: Part['times']): void => {
    const dayWords = words.replace(/[\s，,；;。、:()&]+/g, (signs) => (/[、，,&]/.test(signs) ? ',' : '')).replace(/^,+|,+$/g, '')
    if (dayWords !== '' || times) parts.push({ dayWords, times })
  }
  for (const match of plain.matchAll(TIMES)) {
    push(plain.slice(last, match.index), spanOf(match))
    last = match.index + match[0].length
  }
  for (const rest of plain.slice(last).split(/[；;。]/)) {
    const [days, hours] = splitAllHours(rest.replace(/[\s，,、:()]+/g, ''))
    if (hours) push(days, [{ fromMinute: 0, toMinute: DAY_MINUTES }])
    else push(rest, null)
  }
  return parts
}

/** Days and whether 全天 or the like follows them. */
function splitAllHours(words: string): [days: string, isAll: boolean] {
  for (let cut = 0; cut < words.length; cut++) if (ALL_HOURS.test(words.slice(cut))) return [words.slice(0, cut), true]
  return [words, false]
}

function spanOf([, fromHour, fromMinute, nextDay, toHour, toMinute]: RegExpMatchArray): OpenSpan[] | null {
  const from = 60 * Number(fromHour) + Number(fromMinute)
  const end = 60 * Number(toHour) + Number(toMinute)
  if (Number(fromMinute) > 59 || Number(toMinute) > 59 || from >= DAY_MINUTES || end > DAY_MINUTES || from === end) return null
  if (nextDay && end > from) return null
  return [{ fromMinute: from, toMinute: end > from ? end : end + DAY_MINUTES }]
}

/** Days of 周一-周五, 周一,三,五, 周六日, mon-fri; null where not understood. */
function daysOf(words: string): readonly number[] | null {
  const named = NAMED_DAYS.find(([pattern]) => pattern.test(words))
  if (named) return named[1]
  const days = new Set<number>()
  for (const piece of words.split(',')) {
    const found = NAMED_DAYS.find(([pattern]) => pattern.test(piece))?.[1] ?? pieceDays(piece)
    if (!found) return null
    for (const day of found) days.add(day)
  }
  return [...days].sort()
}

function pieceDays(piece: string): number[] | null {
  const ends = piece.split('-').map(dayList)
  if (ends.length > 2 || ends.some((list) => list.length === 0)) return null
  if (ends.length === 1) return ends[0]
  const [from, to] = [ends[0].at(-1)!, ends[1][0]]
  if (ends[0].length > 1 || ends[1].length > 1) return null
  return Array.from({ length: ((to - from + 7) % 7) + 1 }, (_, k) => (from + k) % 7)
}

/** 周一 is one day, 周六日 are two, 三 after a comma is one; empty where it is none. */
function dayList(words: string): number[] {
  const english = ENGLISH_DAYS.findIndex((day) => words.startsWith(day) && /^[a-z]+$/.test(words) && words.length <= 9)
  if (english >= 0) return [english]
  const signs = [...words.replace(/周/g, '')]
  const days = signs.map((sign) => DAY_SIGNS.indexOf(sign))
  return days.includes(-1) ? [] : days
}

function addSpan(spans: OpenSpan[][], day: number, { fromMinute, toMinute }: OpenSpan): void {
  spans[day].push({ fromMinute, toMinute: Math.min(toMinute, DAY_MINUTES) })
  if (toMinute > DAY_MINUTES) spans[(day + 1) % 7].push({ fromMinute: 0, toMinute: toMinute - DAY_MINUTES })
}

/** In order, with what touches or overlaps made one. */
function inOrder(spans: readonly OpenSpan[]): OpenSpan[] {
  const merged: OpenSpan[] = []
  for (const span of [...spans].sort((a, b) => a.fromMinute - b.fromMinute)) {
    const before = merged.at(-1)
    if (before && span.fromMinute <= before.toMinute) merged[merged.length - 1] = { ...before, toMinute: Math.max(before.toMinute, span.toMinute) }
    else merged.push(span)
  }
  return merged
}

/** @param weekday 0 Monday … 6 Sunday */
export const isOpenAt = (hours: WeekHours, weekday: number, minute: number): boolean =>
  hours[weekday].some(({ fromMinute, toMinute }) => minute >= fromMinute && minute < toMinute)

const WORDS = {
  zh: { day: (day: number) => `周${DAY_SIGNS[day]}`, daily: '每日', always: '随时联系', closed: '', through: '至', between: '，', and: '、', then: '；' },
  en: {
    day: (day: number) => ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'][day],
    daily: 'Daily', always: 'At all hours', closed: '', through: '–', between: ', ', and: ', ', then: '; ',
  },
} as const

/** As it is kept (Chinese) or shown; days of the same hours together. Reads back as the same hours; empty where never open. */
export function formatOpeningHours(hours: WeekHours, language: 'zh' | 'en' = 'zh'): string {
  const words = WORDS[language]
  const clock = (minute: number): string => `${Math.floor(minute / 60)}:${String(minute % 60).padStart(2, '0')}`
  const spoken = hours.map((spans) => spans.map(({ fromMinute, toMinute }) => `${clock(fromMinute)}–${clock(toMinute)}`).join(words.between))
  if (spoken.every((day) => day === '0:00–24:00')) return words.always
  if (spoken.every((day) => day === spoken[0])) return spoken[0] === '' ? words.closed : `${words.daily} ${spoken[0]}`
  const groups = [...new Set(spoken)].filter((day) => day !== '').map((day) => [MONDAY_TO_SUNDAY.filter((k) => spoken[k] === day), day] as const)
  return groups.map(([days, day]) => `${formatDays(days, words)} ${day}`).join(words.then)
}

function formatDays(days: readonly number[], { day, through, and }: (typeof WORDS)['zh' | 'en']): string {
  const runs: number[][] = []
  for (const one of days) {
    const run = runs.at(-1)
    if (run && run.at(-1) === one - 1) run.push(one)
    else runs.push([one])
  }
  return runs.map((run) => (run.length > 2 ? `${day(run[0])}${through}${day(run.at(-1)!)}` : run.map(day).join(and))).join(and)
}
