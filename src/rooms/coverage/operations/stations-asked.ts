import type { StationRecord } from '@/core/coverage/coverage-scope'
import { isOpenAt, parseOpeningHours } from '@/core/coverage/opening-hours'
import type { Station } from '@/core/scope'

/** Which stations a question is about. */
export interface StationQuestion {
  readonly levels: readonly Station['level'][]
  /** Only those open then; null: all. 0 Monday … 6 Sunday, minutes after midnight. */
  readonly at: { readonly weekday: number; readonly minute: number } | null
}

export interface AskedStations {
  /** Indices of the stations that count. */
  readonly open: readonly number[]
  /** Of the levels asked for, but shut at that hour. */
  readonly shut: readonly number[]
  /** Of the levels asked for, with hours that are not known: not counted on. */
  readonly unknown: readonly number[]
}

/** Stations of the levels asked for, by whether they are open then. O(stations). */
export function stationsAsked(stations: readonly Station[], records: readonly Pick<StationRecord, 'id' | 'hours'>[], { levels, at }: StationQuestion): AskedStations {
  const found = { open: [] as number[], shut: [] as number[], unknown: [] as number[] }
  const hoursOf = new Map(records.map(({ id, hours }) => [id, hours]))
  stations.forEach((station, k) => {
    if (!levels.includes(station.level)) return
    if (!at) return void found.open.push(k)
    const hours = parseOpeningHours(hoursOf.get(station.id) ?? '')
    found[hours === null ? 'unknown' : isOpenAt(hours, at.weekday, at.minute) ? 'open' : 'shut'].push(k)
  })
  return found
}
