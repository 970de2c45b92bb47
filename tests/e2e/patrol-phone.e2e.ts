import type { SupabaseClient } from '@supabase/supabase-js'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { metresPerDegree } from '@/core/land-frame'
import type { LngLat } from '@/core/units'
import { axeFindings } from './axe-findings'
import { callerAs, readScope } from './ground'
import { sharedChromium, signIn, startProduct, visit, type Product, type Visit } from './harness'
import { byTest } from './paint-acts'

/** A grid worker with a telephone: the route of the day is walked, recorded through a hole in the network, matched. */
const DAY_MS = 86_400_000
const TEN_O_CLOCK_MS = 2 * 3_600_000
const STEP_S = 6
const STEP_M = 8
const FIXES = 16
/** Farther apart from the page's time the stamp of a position is not believed; all in all below the two minutes that clocks may differ by. */
const AHEAD_MS = 11_000
const TITLE = '消防通道专项巡查'

let product: Product
let phone: Visit
let secretary: SupabaseClient
let worker: SupabaseClient
/** The street walked, from its first point to its last. */
let line: readonly LngLat[]

const lengthM = (street: readonly LngLat[]): number => street.slice(1).reduce((sum, to, k) => sum + wayM(street[k], to), 0)
function wayM([ax, ay]: LngLat, [bx, by]: LngLat): number {
  const { mPerDegLng, mPerDegLat } = metresPerDegree(ay)
  return Math.hypot((bx - ax) * mPerDegLng, (by - ay) * mPerDegLat)
}
/** Place so many metres along the street. */
function placeAt(metres: number): LngLat {
  let left = metres
  for (let k = 1; k < line.length; k++) {
    const stepM = wayM(line[k - 1], line[k])
    if (left <= stepM) return [line[k - 1][0] + (left / stepM) * (line[k][0] - line[k - 1][0]), line[k - 1][1] + (left / stepM) * (line[k][1] - line[k - 1][1])]
    left -= stepM
  }
  return line[line.length - 1]
}
async function ask<T>(client: SupabaseClient, name: string, parameters: object): Promise<T> {
  const { data, error } = await client.rpc(name, parameters)
  expect(error, name).toBeNull()
  return data as T
}

beforeAll(async () => {
  product = await startProduct()
  // Ten in the morning of the coming day in Shanghai, whenever this runs: within the hours.
  const nowMs = Date.now()
  const tenMs = Math.ceil((nowMs - TEN_O_CLOCK_MS) / DAY_MS) * DAY_MS + TEN_O_CLOCK_MS
  await product.restart(Math.round((tenMs - nowMs) / 1000))
  secretary = await callerAs(product, 'community_secretary')
  worker = await callerAs(product, 'grid_worker')
  const { posts: [{ orgUnitId: communityId }], personId } = await ask<{ personId: string; posts: { orgUnitId: number }[] }>(worker, 'whoami', {})
  const scope = await readScope(worker)
  const communities = new Set(scope.communities.flatMap(({ id }, community) => (id === communityId ? [community] : [])))
  const inside = scope.buildings.cell.findIndex((_, building) => communities.has(scope.buildings.community[building]))
  const near: LngLat = [scope.buildings.outline[2 * scope.buildings.outlineStart[inside]], scope.buildings.outline[2 * scope.buildings.outlineStart[inside] + 1]]
  const streets = scope.streets.filter(({ class: kind, line: street }) => kind === 'residential' && lengthM(street) > FIXES * STEP_M + 10 && lengthM(street) < 400)
  const street = streets.sort((a, b) => wayM(a.line[0], near) - wayM(b.line[0], near))[0]
  line = street.line
  const endCm = Math.floor(lengthM(line) * 100) - 20
  const checkpoint = await ask<{ id: number }>(secretary, 'save_checkpoint', {
    p_checkpoint: { landId: scope.landId, name: '消火栓', note: '', lngLat: placeAt(60), radiusM: 20, dwellS: 60, everyDays: 1 }, p_request_key: crypto.randomUUID(),
  })
  const day = new Date(tenMs + 8 * 3_600_000).toISOString().slice(0, 10)
  const plan = await ask<{ id: string; revision: number }>(secretary, 'save_patrol_plan', {
    p_plan: {
      landId: scope.landId, communityId, title: TITLE, kind: 'special', occasion: 'chosen', aim: 'min_max', weekdays: Array<boolean>(7).fill(false), validFrom: day, validTo: day, startMinute: 600, shiftS: 3600, serveMPerS: 0.7,
      walkMPerS: 1.2, boundS: 0,
      routes: [{
        number: 1, personId, start: line[0], end: null, gridIds: [], seconds: 600, metres: endCm / 100, servedM: endCm / 100, checkpoints: [checkpoint.id],
        steps: { streetId: [street.id], fromCm: [0], toCm: [endCm], flags: [2] },
      }],
    },
    p_revision: 0, p_request_key: crypto.randomUUID(),
  })
  await ask(worker, 'withdraw_patrol_consent', { p_request_key: crypto.randomUUID() })
  await ask(secretary, 'publish_patrol_plan', { p_plan: plan.id, p_revision: plan.revision, p_request_key: crypto.randomUUID() })
  phone = await visit(await sharedChromium(), product, { width: 390, height: 844, paints: false })
  await phone.context.grantPermissions(['geolocation'])
  // The time of the page is moved on by hand between two positions.
  await phone.page.clock.install()
})

afterAll(async () => {
  await phone?.close()
  await product?.stop()
})

async function stand(metres: number): Promise<void> {
  const [longitude, latitude] = placeAt(metres)
  await phone.context.setGeolocation({ longitude, latitude, accuracy: 6 })
}
const waiting = async (page: Page): Promise<number> => Number((await byTest(page, 'own-waiting').getAttribute('data-waiting', { timeout: 1000 }).catch(() => '0')) ?? 0)
const taken = async (page: Page): Promise<number> => Number(await byTest(page, 'own-phase').getAttribute('data-fixes'))
/** Walks on; each position is kept before the next. */
async function walk(page: Page, from: number, to: number): Promise<void> {
  for (let k = from; k < to; k++) {
    await page.clock.fastForward(STEP_S * 1000)
    await stand(k * STEP_M)
    await expect.poll(() => taken(page), { timeout: 10_000 }).toBe(k + 1)
  }
}

it('records a walk with consent through a hole in the network and a reload; all arrives once, and shows what was covered', async () => {
  const { page, context } = phone
  await stand(0)
  await signIn(page, product, 'grid_worker')
  await page.goto('/#/patrol')
  await byTest(page, 'own-start').waitFor()
  const chip = page.getByRole('button', { name: TITLE })
  if (await chip.count()) await chip.click()
  await expect.poll(() => byTest(page, 'own-figures').innerText()).toContain(TITLE)
  expect(await axeFindings(page)).toEqual([])

  // Nothing is recorded before the consent.
  await byTest(page, 'own-start').click()
  await byTest(page, 'consent').waitFor()
  expect(await axeFindings(page)).toEqual([])
  const before = await ask<{ tracks: { id: string }[] }>(worker, 'my_patrol', { p_day: null })
  await byTest(page, 'consent-agree').click()
  await byTest(page, 'own-mark').waitFor()
  // Where one was before the walk began may be no part of it.
  await stand(1)
  await expect.poll(() => taken(page), { timeout: 10_000 }).toBe(1)
  // From here on the page's time is ahead of that of the browser, which stamps positions, until the server is asked the time again.
  await page.clock.fastForward(AHEAD_MS)

  await context.setOffline(true)
  await walk(page, 1, 8)
  // Eight positions on, one stands at the hydrant, sixty metres along.
  await expect.poll(() => byTest(page, 'own-mark').innerText()).toBe('到点打卡')
  await byTest(page, 'own-mark').click()
  await expect.poll(() => byTest(page, 'own-waiting').innerText()).toContain('轨迹 9 点待上传，信号恢复后发送')
  expect(await byTest(page, 'own-stop').getAttribute('data-state')).toBe('waiting')
  await walk(page, 8, FIXES)

  // The page is opened anew where only what is recorded does not come through: nothing of it is lost.
  await context.route('**/rpc/add_fixes', (route) => route.abort())
  await context.setOffline(false)
  await page.reload()
  await byTest(page, 'own-mark').waitFor()
  await expect.poll(() => waiting(page)).toBe(FIXES + 1)
  // The first answer is lost on its way back: the same batch goes again and is stored once.
  await context.unroute('**/rpc/add_fixes')
  let lost = 0
  await context.route('**/rpc/add_fixes', async (route) => {
    if (lost++ > 0) return route.continue()
    await route.fetch()
    return route.abort()
  })
  await byTest(page, 'own-end').click()
  await byTest(page, 'own-start').waitFor()
  await expect.poll(async () => (await byTest(page, 'own-send').count()) > 0 || lost > 1).toBe(true)
  if (await byTest(page, 'own-send').count()) await byTest(page, 'own-send').click()
  await page.locator('[data-test=own-walk][data-state=matched]').waitFor()
  expect(await byTest(page, 'own-waiting').count()).toBe(0)
  expect(lost).toBeGreaterThan(1)

  const { tracks } = await ask<{ tracks: { id: string; state: string; fixes: number; streetM: number; dropped: object }[] }>(worker, 'my_patrol', { p_day: null })
  const walked = tracks.filter(({ id }) => !before.tracks.some((one) => one.id === id))
  expect(walked).toHaveLength(1)
  expect(walked[0]).toMatchObject({ state: 'matched' })
  const raw = await ask<{ atMs: number[] }>(worker, 'raw_track', { p_track: walked[0].id, p_reason: '' })
  expect(new Set(raw.atMs).size).toBe(raw.atMs.length)
  expect(raw.atMs.length).toBe(walked[0].fixes)
  expect(Math.abs(walked[0].streetM - (FIXES - 1) * STEP_M)).toBeLessThan(25)
  expect(await byTest(page, 'own-stop').getAttribute('data-state')).toBe('confirmed')
  expect(await axeFindings(page)).toEqual([])

  // Consent taken back: raw positions are gone, the walk stays without them.
  await byTest(page, 'consent-link').click()
  await byTest(page, 'consent-withdraw').click()
  await byTest(page, 'consent-withdraw-now').click()
  await byTest(page, 'consent').waitFor({ state: 'detached' })
  const { error } = await worker.rpc('raw_track', { p_track: walked[0].id, p_reason: '' })
  expect(error?.message).toBe('raw_gone')
  expect(phone.complaints).toEqual([])
})
