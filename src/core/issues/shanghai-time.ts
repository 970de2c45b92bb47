/** China has one time zone, so many seconds ahead, without daylight saving. */
export const SHANGHAI_AHEAD_S = 8 * 3600

/** 2026-11-16T18:00, by the clock of the street; seconds since 1970. */
export const shanghaiTime = (atS: number): string => new Date((atS + SHANGHAI_AHEAD_S) * 1000).toISOString().slice(0, 16)

/** 2026-11-16, by the clock of the street; seconds since 1970. */
export const shanghaiDay = (atS: number): string => shanghaiTime(atS).slice(0, 10)
