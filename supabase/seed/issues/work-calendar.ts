const DAY_S = 86_400
/** Shanghai is so far ahead of Greenwich, all year. */
const AHEAD_S = 8 * 3600
const OFFICE_OPENS_S = 8.5 * 3600
const OFFICE_CLOSES_S = 18 * 3600

/** Days since 1970 by the clock of Shanghai. */
export const dayOf = (atS: number): number => Math.floor((atS + AHEAD_S) / DAY_S)
/** A moment of such a day, seconds since 1970. */
export const momentOf = (day: number, secondOfDay: number): number => day * DAY_S - AHEAD_S + secondOfDay

/** Which days are worked: Monday to Friday but for the days that differ. Reckons as `private.add_working_days` does. */
export class WorkCalendar {
  private readonly differing: ReadonlyMap<number, boolean>

  /** @param differing whether a day is worked, by ISO date, of the days that differ from the week */
  constructor(differing: ReadonlyMap<string, boolean>) {
    this.differing = new Map([...differing].map(([date, works]) => [Date.parse(date) / (DAY_S * 1000), works]))
  }

  isWorking(day: number): boolean {
    // 1 January 1970 was a Thursday.
    return this.differing.get(day) ?? (day + 3) % 7 < 5
  }

  /** Whether it is a public holiday, not a mere weekend. */
  isHoliday(day: number): boolean {
    return this.differing.get(day) === false
  }

  /** End, 18:00, of the so many-th working day after the day of a moment. Seconds since 1970. */
  addWorkingDays(fromS: number, days: number): number {
    let day = dayOf(fromS)
    for (let left = days; left > 0; ) if (this.isWorking(++day)) left--
    return momentOf(day, OFFICE_CLOSES_S)
  }

  /** The moment itself within office hours, else some time after the office opens next. `share` 0 … 1 of the morning. */
  inOffice(atS: number, share: number): number {
    let day = dayOf(atS)
    const second = atS - momentOf(day, 0)
    if (this.isWorking(day) && second >= OFFICE_OPENS_S && second < OFFICE_CLOSES_S) return atS
    if (second >= OFFICE_OPENS_S) day++
    while (!this.isWorking(day)) day++
    return momentOf(day, Math.round(OFFICE_OPENS_S + share * 3 * 3600))
  }
}
