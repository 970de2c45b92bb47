import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'

const FILE = 'boston311_2015.csv.gz'

export interface ServiceRequests {
  /** x, y by request, metres east and north of the middle of the city; by time of report. */
  readonly xyM: Float64Array
  /** When it was opened: seconds since 1970, as the clock of the city showed. */
  readonly openedS: Float64Array
}

export const hasServiceRequests = (folder: string): boolean => existsSync(join(folder, FILE))

/** Requests to the city of Boston in 2015: those of `boston311_2015.csv.gz` with a place and a time. */
export function readServiceRequests(folder: string): ServiceRequests {
  const [head, ...lines] = gunzipSync(readFileSync(join(folder, FILE))).toString('utf8').trim().split(/\r?\n/)
  const names = head.split(',')
  const [opened, lat, lng] = ['open_dt', 'lat', 'lon'].map((name) => names.indexOf(name))
  const rows = lines.map((line) => {
    const cells = line.split(',')
    const [, month, day, year, hour, minute, second, half] = /^(\d+)\/(\d+)\/(\d+) (\d+):(\d+):(\d+) ([AP])M$/.exec(cells[opened]) ?? fail(line)
    const s = Date.UTC(+year, +month - 1, +day, (+hour % 12) + (half === 'P' ? 12 : 0), +minute, +second) / 1000
    return { s, x: (Number(cells[lng]) + 71.08) * 82_434, y: (Number(cells[lat]) - 42.32) * 111_080 }
  })
  rows.sort((a, b) => a.s - b.s)
  return { xyM: Float64Array.from(rows.flatMap(({ x, y }) => [x, y])), openedS: Float64Array.from(rows, ({ s }) => s) }
}

function fail(line: string): never {
  throw new Error(`expected a request with the time it was opened, got ${line}`)
}
