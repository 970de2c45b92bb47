import type { SupabaseClient } from '@supabase/supabase-js'
import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { metresPerDegree } from '@/core/land-frame'
import type { Scope } from '@/core/scope'
import type { LngLat } from '@/core/units'
import { readGpx } from '@/formats/read-gpx'
import { READ_LIMITS } from '@/formats/read-limits'
import { axeFindings } from './axe-findings'
import { callerAs, readScope } from './ground'
import { sharedChromium, signIn, startProduct, visit, type Product, type Visit } from './harness'
import { byTest } from './paint-acts'
import { readPdf } from './read-pdf'

/** A community secretary at the desk, one evening: routes drawn up, published and printed; a walk comes in; what it left out makes the next route. */
const DAY_MS = 86_400_000
const FOUR_O_CLOCK_MS = 8 * 3_600_000
const STEP_S = 10
const WALK_M_PER_S = 0.9
/** Share of the first route that is walked. */
const WALKED_SHARE = 0.6
const NOISE_M = 2
/** The walk began so long ago, at half past twelve. */
const AGO_MS = 3.5 * 3_600_000

let product: Product
let desk: Visit
let secretary: SupabaseClient
let scope: Scope
let fourMs: number
/** Person of the grid worker's account, who has agreed to be recorded. */
let walker: string
/** A way counts as walked to its end this far before the walk stops: a receiver is not that exact. */
const SHY_M = 40
const TITLE = '傍晚巡查'
const PDF_MM = [210, 297]

interface Patrols {
  readonly settings: { readonly consentVersion: number }
  readonly plans: readonly { readonly title: string; readonly state: string; readonly shiftS: number; readonly boundS: number; readonly routes: readonly PlannedRoute[] }[]
}
interface PlannedRoute {
  readonly number: number
  readonly personId: string
  readonly seconds: number
  readonly metres: number
  /** Flags: 1 walked backwards, 2 served. */
  readonly steps: { readonly streetId: readonly number[]; readonly fromCm: readonly number[]; readonly toCm: readonly number[]; readonly flags: readonly number[] }
}
/** A step of a route, with what was walked of the route when it is done. */
interface Walked {
  readonly street: string
  readonly isServed: boolean
  readonly lengthM: number
  readonly doneM: number
}

async function ask<T>(client: SupabaseClient, name: string, parameters: object): Promise<T> {
  const { data, error } = await client.rpc(name, parameters)
  expect(error, name).toBeNull()
  return data as T
}
const patrols = (): Promise<Patrols> => ask(secretary, 'patrol_scope', { p_land: scope.landId })

beforeAll(async () => {
  product = await startProduct()
  // Four in the afternoon of the coming day in Shanghai, whenever this runs: within the hours.
  const nowMs = Date.now()
  fourMs = Math.ceil((nowMs - FOUR_O_CLOCK_MS) / DAY_MS) * DAY_MS + FOUR_O_CLOCK_MS
  await product.restart(Math.round((fourMs - nowMs) / 1000))
  secretary = await callerAs(product, 'community_secretary')
  const worker = await callerAs(product, 'grid_worker')
  walker = (await ask<{ personId: string }>(worker, 'whoami', {})).personId
  scope = await readScope(secretary)
  const { settings } = await patrols()
  await ask(worker, 'give_patrol_consent', { p_version: settings.consentVersion, p_request_key: crypto.randomUUID() })
  desk = await visit(await sharedChromium(), product, { paints: false })
})

afterAll(async () => {
  await desk?.close()
  await product?.stop()
})

const words = (page: Page, name: string) => byTest(page, name).first().innerText()
/** Lengths in words, such as 319 m and 5.8 km, as metres. */
const metresIn = (text: string): number[] =>
  [...text.matchAll(/([\d.,]+) (km|m)(?![a-z])/g)].map(([, number, unit]) => Number(number.replaceAll(',', '')) * (unit === 'km' ? 1000 : 1))
const missedRows = async (page: Page) => (await byTest(page, 'missed').locator('tbody tr').allInnerTexts()).map((row) => row.split('\t'))

const wayM = ([ax, ay]: LngLat, [bx, by]: LngLat): number => {
  const { mPerDegLng, mPerDegLat } = metresPerDegree(ay)
  return Math.hypot((bx - ax) * mPerDegLng, (by - ay) * mPerDegLat)
}
/** A file as a receiver writes it: a fix each so many seconds along a line, none quite where one stood. */
function recordGpx(line: readonly LngLat[], lengthM: number, fromMs: number): string {
  let seed = 7
  const noiseM = (): number => (((seed = (seed * 48_271) % 0x7fffffff) / 0x7fffffff) * 2 - 1) * NOISE_M
  const points: string[] = []
  let [beforeM, k] = [0, 1]
  for (let atM = 0; atM <= lengthM; atM += STEP_S * WALK_M_PER_S) {
    while (k < line.length - 1 && beforeM + wayM(line[k - 1], line[k]) < atM) beforeM += wayM(line[k - 1], line[k++])
    const [from, to] = [line[k - 1], line[k]]
    const share = Math.min(1, (atM - beforeM) / Math.max(0.01, wayM(from, to)))
    const { mPerDegLng, mPerDegLat } = metresPerDegree(from[1])
    const [lng, lat] = [from[0] + share * (to[0] - from[0]) + noiseM() / mPerDegLng, from[1] + share * (to[1] - from[1]) + noiseM() / mPerDegLat]
    points.push(`<trkpt lat="${lat.toFixed(7)}" lon="${lng.toFixed(7)}"><time>${new Date(fromMs + (atM / WALK_M_PER_S) * 1000).toISOString()}</time></trkpt>`)
  }
  return `<?xml version="1.0" encoding="UTF-8"?>\n<gpx xmlns="http://www.topografix.com/GPX/1/1" version="1.1" creator="receiver"><trk><name>下午</name><trkseg>${points.join('\n')}</trkseg></trk></gpx>\n`
}
function stepsOf({ steps }: PlannedRoute): Walked[] {
  let doneM = 0
  return steps.streetId.map((id, k) => {
    const lengthM = (steps.toCm[k] - steps.fromCm[k]) / 100
    doneM += lengthM
    return { street: scope.streets.find((street) => street.id === id)?.name ?? '', isServed: (steps.flags[k] & 2) > 0, lengthM, doneM }
  })
}
const sumM = (rows: readonly { readonly lengthM: number }[]): number => rows.reduce((sum, { lengthM }) => sum + lengthM, 0)

/** Two people walk what is due; drawn up, saved, published. */
async function publishPlan(page: Page): Promise<readonly PlannedRoute[]> {
  await byTest(page, 'plan-new').click()
  await byTest(page, 'plan-occasion').selectOption('duty')
  const people = page.locator('[data-test^=walker-]')
  await people.nth(1).waitFor()
  for (const box of await people.all()) await box.setChecked(false)
  await byTest(page, `walker-${walker}`).check()
  await people.first().check()
  await byTest(page, 'plan-unnamed').fill('0')
  await byTest(page, 'plan-title').fill(TITLE)
  await byTest(page, 'plan-needs').getByText('段路').waitFor()
  await byTest(page, 'plan-solve').click()
  await byTest(page, 'plan-figures').waitFor()
  expect(await words(page, 'plan-gap')).toMatch(/^\d+(\.\d)?%$/)
  await byTest(page, 'plan-save').click()
  await page.getByRole('heading', { name: /^方案 \d+ · 草案$/ }).waitFor()
  await byTest(page, 'plan-publish').click()
  await byTest(page, 'plan-end').waitFor()
  const plan = (await patrols()).plans.find(({ title }) => title === TITLE)!
  expect(plan.state).toBe('published')
  expect(plan.routes.map(({ number }) => number)).toEqual([1, 2])
  const longestS = Math.max(...plan.routes.map(({ seconds }) => seconds))
  expect(longestS).toBeLessThanOrEqual(plan.shiftS)
  expect(longestS).toBeGreaterThanOrEqual(plan.boundS)
  return plan.routes
}

/** What comes out of the printer: of each route the map and every street, in the order of time. */
async function expectSheets(page: Page, routes: readonly PlannedRoute[]): Promise<void> {
  await byTest(page, 'plan-paper').click()
  await byTest(page, 'route-map').nth(routes.length - 1).waitFor()
  const shown = await page.locator('.paper-page').count()
  const pdf = readPdf(await page.pdf({ preferCSSPageSize: true, printBackground: true }))
  expect(pdf.length).toBe(shown)
  for (const { widthMm, heightMm } of pdf) expect([Math.round(widthMm), Math.round(heightMm)]).toEqual(PDF_MM)
  for (const route of routes) {
    const pages = pdf.filter(({ text }) => text.includes(`光明社区巡查路线单 · 路线 ${route.number} `))
    for (const [k, { text }] of pages.entries()) expect(text).toContain(`第 ${k + 1} 页,共 ${pages.length} 页`)
    expect(pages[0].text).toMatch(/起点 北 \d+ 米 1:\d+ 时间 道路/)
    const list = pages.map(({ text }) => text.slice(text.indexOf('时间 道路'))).join(' ')
    expect([...new Set(stepsOf(route).filter(({ street }) => street !== '').map(({ street }) => street))].filter((street) => !list.includes(` ${street} `))).toEqual([])
    const times = [...list.matchAll(/(\d\d:\d\d) \S+ (?:巡查|经过)/g)].map(([, time]) => time)
    expect(times.length).toBeGreaterThan(10)
    expect(times).toEqual([...times].sort())
  }
  await byTest(page, 'paper-close').click()
}

/** A file of positions along the beginning of a route, for its walker; matched when this is over. */
async function importWalk(page: Page, route: PlannedRoute, lengthM: number): Promise<void> {
  const [download] = await Promise.all([page.waitForEvent('download'), byTest(page, 'plan-gpx').click()])
  const { tracks } = readGpx(await readFile(await download.path(), 'utf8'), READ_LIMITS)
  const { lngLat } = tracks[route.number - 1].segments[0]
  const line = Array.from({ length: lngLat.length / 2 }, (_, k): LngLat => [lngLat[2 * k], lngLat[2 * k + 1]])
  await page.locator('#patrol-panel-tab-walks').click()
  await byTest(page, 'walks-import').click()
  await byTest(page, 'gpx-person').selectOption(route.personId)
  await byTest(page, 'gpx-files').setInputFiles({ name: '下午.gpx', mimeType: 'application/gpx+xml', buffer: Buffer.from(recordGpx(line, lengthM, fourMs - AGO_MS)) })
  await byTest(page, 'gpx-walk').waitFor()
  await byTest(page, 'gpx-run').click()
  expect(await words(page, 'gpx-result')).toMatch(/^已保存 \d+ 点$/)
  await byTest(page, 'gpx-import').getByRole('button', { name: '返回轨迹列表' }).click()
  const walk = page.locator('[data-test=walk][data-state=matched]', { hasText: '12:30' })
  const [streetM] = metresIn(await walk.innerText())
  expect(Math.abs(streetM - lengthM)).toBeLessThan(lengthM / 20)
}

it('draws up, publishes and prints routes; a walk covers what it walked, and what it left out makes the next route', async () => {
  const { page } = desk
  await signIn(page, product, 'community_secretary')
  await page.goto('/#/patrol')
  const routes = await publishPlan(page)
  await expectSheets(page, routes)

  await page.locator('#patrol-panel-tab-coverage').click()
  await byTest(page, 'period-1').click()
  expect(metresIn(await words(page, 'coverage-share'))[0]).toBe(0)
  await page.locator('#patrol-drawer-tab-missed').click()
  const before = await missedRows(page)

  const route = routes.find(({ personId }) => personId === walker)!
  const lengthM = route.metres * WALKED_SHARE
  await page.locator('#patrol-panel-tab-plan').click()
  await importWalk(page, route, lengthM)

  await page.locator('#patrol-panel-tab-coverage').click()
  await expect.poll(async () => metresIn(await words(page, 'coverage-share'))[0]).toBeGreaterThan(0)
  const walkedM = metresIn(await words(page, 'coverage-share'))[0]
  const served = routes.flatMap((one) => stepsOf(one).map((step) => ({ ...step, isWalked: one === route && step.doneM < lengthM - SHY_M, isNear: one === route && step.doneM - step.lengthM < lengthM })))
  const servedM = sumM(served.filter(({ isServed, isWalked }) => isServed && isWalked))
  expect(walkedM).toBeGreaterThan(0.9 * servedM)
  expect(walkedM).toBeLessThan(lengthM)

  // By name: streets that were due on the part that was walked alone are gone from the list, those the walk came nowhere near are all still there.
  const after = await missedRows(page)
  const nameOf = ([name]: string[]): string => name
  const leftM = (rows: string[][], name: string): number => rows.filter((row) => nameOf(row) === name).reduce((sum, row) => sum + metresIn(row[5])[0], 0)
  const names = [...new Set(before.map(nameOf))].filter((name) => scope.streets.some((street) => street.name === name))
  const ofName = (name: string) => served.filter(({ street }) => street === name)
  const covered = names.filter((name) => Math.abs(sumM(ofName(name).filter(({ isServed, isWalked }) => isServed && isWalked)) - leftM(before, name)) < 5)
  const untouched = names.filter((name) => ofName(name).every(({ isNear }) => !isNear))
  expect(covered.length).toBeGreaterThan(0)
  expect(untouched.length).toBeGreaterThan(0)
  expect(covered.filter((name) => after.some((row) => nameOf(row) === name))).toEqual([])
  expect(after.filter((row) => untouched.includes(nameOf(row)))).toEqual(before.filter((row) => untouched.includes(nameOf(row))))
  expect(await axeFindings(page)).toEqual([])

  // All that is missed goes into the next route: a segment of which a part is left is walked whole.
  const [missedM] = metresIn(await words(page, 'missed-summary'))
  await byTest(page, 'mop-up').click()
  expect(await byTest(page, 'plan-occasion').inputValue()).toBe('missed')
  const [neededM] = metresIn(await words(page, 'plan-needs'))
  expect(neededM).toBeGreaterThan(0.95 * missedM)
  expect(neededM).toBeLessThan(1.25 * missedM)
  await byTest(page, 'plan-solve').click()
  await byTest(page, 'plan-figures').waitFor()
  expect(await words(page, 'plan-in-hand')).toContain('补漏巡')
  expect(desk.complaints).toEqual([])
})
