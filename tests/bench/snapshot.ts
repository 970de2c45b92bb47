import type { Browser } from 'playwright-core'
import { launchChromium } from '../e2e/harness'
import { nativeAbsence } from '../sql/engines/native-cluster'
import { findChromium } from '../setup/find-programs.mjs'
import { timed } from './database-harness'
import { benchRow, type BenchContext, type Row } from './row'
import { visitTwice, type PageTimes } from './snapshot-browser-harness'
import { serveWorld, type Caller, type ServedWorld, type World } from './snapshot-world-harness'

const ROUNDS = 5
const VISITS = 3
/** Target of one street's snapshot at the server, ms. */
const BOUND_MS = 1000

/** Who opens a world first, and whose land the map then shows. */
const ROLE = { demo: 'street_officer', district: 'district_admin' } as const
const NAME = { demo: 'demo street', district: 'scale district' } as const

/**
 * The scope snapshot from the server as the console is served, over HTTP: `size` is households, `ms` the median, `value`
 * bytes a household of the JSON. Then a browser: from the press of the sign-in button, and from a reload, to the land on
 * the map. In the scale district one street is loaded at a time, so each of its streets is asked for, and what an officer
 * of the district sees first.
 */
export default async function benchSnapshot({ say }: BenchContext): Promise<Row[]> {
  const rows: Row[] = []
  const absence = nativeAbsence()
  if (absence !== null) say(absence)
  const browser = findChromium() === null ? null : await launchChromium()
  if (!browser) say('no Chromium here: the server alone is measured')
  try {
    for (const world of ['demo', 'district'] as const) {
      for (const engine of ['native', 'embedded'] as const) {
        if (engine === 'native' && absence !== null) continue
        const served = await serveWorld(world, engine, say)
        try {
          rows.push(...(await measureWorld(world, `${NAME[world]}, ${engine}`, served, browser, say)))
        } finally {
          await served.stop()
        }
      }
    }
  } finally {
    await browser?.close()
  }
  return rows
}

async function measureWorld(world: World, name: string, served: ServedWorld, browser: Browser | null, say: BenchContext['say']): Promise<Row[]> {
  const rows: Row[] = []
  const caller = await served.callerAs(ROLE[world])
  const streets: { householdCount: number; ms: number; bytes: number }[] = []
  for (const landId of await caller.landIds()) {
    const { ms, text } = await medianCall(caller, 'scope_snapshot', { p_land: landId })
    const { buildings } = JSON.parse(text) as { buildings: { households: number[] } }
    streets.push({ householdCount: buildings.households.reduce((sum, n) => sum + n, 0), ms, bytes: Buffer.byteLength(text) })
  }
  const add = (instance: string, known: Partial<Row> & { size: number }) => rows.push(benchRow({ suite: 'snapshot', instance: `${name}: ${instance}`, ...known }))
  const slowest = streets.reduce((a, b) => (b.ms > a.ms ? b : a))
  add(world === 'demo' ? 'snapshot' : `slowest street of ${streets.length}`, {
    size: slowest.householdCount, value: slowest.bytes / slowest.householdCount, bound: BOUND_MS, ms: slowest.ms,
  })
  if (world === 'district') {
    const total = (of: (street: (typeof streets)[number]) => number) => streets.reduce((sum, street) => sum + of(street), 0)
    const households = total((street) => street.householdCount)
    add(`all ${streets.length} streets, one after the other`, { size: households, value: total(({ bytes }) => bytes) / households, ms: total(({ ms }) => ms) })
    const units = JSON.parse(await caller.call('org_totals', { p_parent: null })) as { id: number }[]
    add('totals of the streets', { size: households, ms: (await medianCall(caller, 'org_totals', { p_parent: units[0].id })).ms })
    add('search for a name', { size: households, ms: (await medianCall(caller, 'search_people', { p_query: '王', p_limit: 20 })).ms })
    add('search for an address', { size: households, ms: (await medianCall(caller, 'search_people', { p_query: '3号楼', p_limit: 20 })).ms })
  }
  if (!browser) return rows

  const { url, accounts } = served.server
  const account = accounts.find(({ role }) => role === ROLE[world])!
  const visits: Awaited<ReturnType<typeof visitTwice>>[] = []
  for (let k = 0; k < VISITS; k++) visits.push(await visitTwice(browser, url, account))
  const steps = ({ arrivedMs, decodedMs, usableMs }: PageTimes) => [arrivedMs, decodedMs, usableMs].map((ms) => ms.toFixed(0)).join(' → ')
  say(`${name}, in the browser, snapshot here → on its way to the map → drawn, ms; first visit, then reload:`)
  for (const { first, again } of visits) say(`  ${steps(first)};  ${steps(again)}`)
  const seen = streets[0].householdCount
  add('browser, address to the form', { size: seen, ms: median(visits.map(({ first }) => first.formMs!)) })
  add('browser, sign-in to the map', { size: seen, ms: median(visits.map(({ first }) => first.usableMs)) })
  add('browser, reload to the map', { size: seen, ms: median(visits.map(({ again }) => again.usableMs)) })
  return rows
}

async function medianCall(caller: Caller, name: string, args: object): Promise<{ ms: number; text: string }> {
  const times: number[] = []
  let text = ''
  for (let round = 0; round < ROUNDS; round++) {
    const answer = await timed(() => caller.call(name, args))
    times.push(answer.ms)
    text = answer.value
  }
  return { ms: median(times), text }
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1]
