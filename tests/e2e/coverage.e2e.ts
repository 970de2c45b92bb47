import type { SupabaseClient } from '@supabase/supabase-js'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { CoverageScope } from '@/core/coverage/coverage-scope'
import { mainReason, reasonBit } from '@/core/coverage/gap'
import { middleOf } from '@/core/places-in-metres'
import type { Scope } from '@/core/scope'
import { decodeCoverageScope, type CoverageScopeJson } from '@/rooms/coverage/decode-coverage-scope'
import { axeFindings } from './axe-findings'
import { callerAs, lookAt, readScope, screenOf } from './ground'
import { sharedChromium, signIn, startProduct, visit, type Product, type Visit } from './harness'
import { byTest } from './paint-acts'

let product: Product
let desk: Visit
let secretary: SupabaseClient
let scope: Scope

beforeAll(async () => {
  product = await startProduct()
  secretary = await callerAs(product, 'community_secretary')
  scope = await readScope(secretary)
  desk = await visit(await sharedChromium(), product, { paints: false })
})

afterAll(async () => {
  await desk?.close()
  await product?.stop()
})

const [UNMANAGED, LATE, UNPASSED] = [reasonBit('compound_unmanaged'), reasonBit('visit_overdue'), reasonBit('not_patrolled')]
const number = async (name: string): Promise<number> => Number((await byTest(desk.page, name).innerText()).replaceAll(',', ''))

async function judgedBy(client: SupabaseClient, land: Scope): Promise<CoverageScope> {
  const { data, error } = await client.rpc('coverage_scope', { p_land: land.landId })
  expect(error).toBeNull()
  return decodeCoverageScope(data as CoverageScopeJson, land)
}
const judged = (): Promise<CoverageScope> => judgedBy(secretary, scope)
const inGap = ({ households }: CoverageScope): number[] => [...households.ids.keys()].filter((h) => households.reasons[h] !== 0)

/** The building with most households whose compound nobody manages: its sign stands on the map whatever lies around. */
function findUnmanaged(coverage: CoverageScope): { readonly building: number; readonly inBuilding: number } {
  const counts = new Map<number, number>()
  for (const h of inGap(coverage)) {
    if (mainReason(coverage.households.reasons[h]) === 'compound_unmanaged') counts.set(coverage.households.building[h], (counts.get(coverage.households.building[h]) ?? 0) + 1)
  }
  const [[building, inBuilding]] = [...counts].sort(([a, n], [b, m]) => m - n || (`building:${a}` < `building:${b}` ? -1 : 1))
  return { building, inBuilding }
}

/** From the figure on the overview to its rows: how many it told, and how many the room it leads to has. */
async function followGaps(page: Page): Promise<{ readonly told: number; readonly here: number }> {
  await page.goto('/#/overview')
  const told = parseInt((await byTest(page, 'tile-gap').locator('.tiles__value').innerText()).replaceAll(',', ''))
  await byTest(page, 'rows-gap').click()
  await byTest(page, 'gaps').waitFor()
  return { told, here: await numberIn(page, 'gaps-count') }
}

it('a gap is found on the map, its reasons are read, the act closes it, and it is gone from map, list and counts', async () => {
  const { page } = desk
  await signIn(page, product, 'community_secretary')
  const before = await judged()
  expect(await followGaps(page)).toEqual({ told: inGap(before).length, here: inGap(before).length })
  const { building, inBuilding } = findUnmanaged(before)
  const compound = scope.buildings.compound[building]
  const own = inGap(before).filter((h) => scope.buildings.compound[before.households.building[h]] === compound)

  await lookAt(page, 'coverage', middleOf(scope.buildings, building), 17.5)
  await byTest(page, 'gaps').waitFor()
  expect(await number('gaps-count')).toBe(inGap(before).length)
  expect((await number('gaps-served')) + (await number('gaps-count'))).toBe(await number('gaps-households'))
  await byTest(page, 'reason-compound_unmanaged').click()
  const shown = inGap(before).filter((h) => mainReason(before.households.reasons[h]) === 'compound_unmanaged').length
  await page.getByText(`${shown.toLocaleString('en-US')} 户。`).waitFor()

  const at = await screenOf(page, middleOf(scope.buildings, building))
  await page.mouse.click(at.x, at.y)
  await byTest(page, 'inspect-reasons').getByText('小区失管').waitFor()
  const here = before.households.building.reduce((sum, one, h) => sum + Number(one === building && before.households.reasons[h] !== 0), 0)
  expect(here).toBeGreaterThanOrEqual(inBuilding)
  expect(await byTest(page, 'inspect-count').innerText()).toContain(`盲区 ${here} /`)
  expect(await axeFindings(page)).toEqual([])

  await byTest(page, 'act-compound_unmanaged').click()
  await byTest(page, 'compound-status').selectOption('self_managed')
  await byTest(page, 'compound-note').fill('居民自管，社区代收')
  await byTest(page, 'compound-save').click()
  const left = own.filter((h) => before.households.reasons[h] === UNMANAGED).length
  expect(left).toBeGreaterThan(0)
  await expect.poll(() => number('gaps-count')).toBe(inGap(before).length - left)
  const leftShown = shown - own.length
  await page.getByText(`${leftShown.toLocaleString('en-US')} 户。`).waitFor()
  await page.locator('#coverage-drawer-tab-list').click()
  expect(await byTest(page, 'list-sum').innerText()).toContain(`${leftShown} 户`)
  expect(inGap(await judged())).toHaveLength(inGap(before).length - left)
})

it('a visit that was made closes the gap of its household, and one not patrolled leads to the form of a patrol', async () => {
  const { page } = desk
  const before = await judged()
  const { households } = before
  const late = inGap(before).find((h) => households.reasons[h] === LATE)!
  await page.goto(`/#/coverage?reason=visit_overdue&sel=household-${households.ids[late]}-${scope.buildings.ids[households.building[late]]}`)
  await byTest(page, 'visit-open').click()
  await byTest(page, 'visit-save').click()
  await byTest(page, 'inspect-served').waitFor()
  await expect.poll(() => number('gaps-count')).toBe(inGap(before).length - 1)
  await byTest(page, 'visit-undo').first().waitFor()

  const unpassed = inGap(before).find((h) => (households.reasons[h] & UNPASSED) !== 0)!
  await page.goto(`/#/coverage?sel=household-${households.ids[unpassed]}-${scope.buildings.ids[households.building[unpassed]]}`)
  await byTest(page, 'act-not_patrolled').click()
  await byTest(page, 'plan-form').waitFor()
  expect(await byTest(page, 'plan-occasion').inputValue()).toBe('unserved_households')
  await expect.poll(() => page.url()).not.toContain('occasion')
  expect(desk.complaints).toEqual([])
})

// A street office looks for places of three grid homes.
const [THREE, ONE] = ['三处网格家园', '一处网格家园']
const tooFar = ({ households }: CoverageScope): number => households.reasons.filter((mask) => (mask & reasonBit('station_too_far')) !== 0).length
const numberIn = async (page: Page, name: string): Promise<number> => Number((await byTest(page, name).innerText()).replaceAll(',', ''))
const figures = async (page: Page) => {
  const [served, full, far, refused] = await Promise.all(['served', 'full', 'far', 'refused'].map((key) => numberIn(page, `siting-${key}`)))
  return { served, full, far, refused }
}
/** Until the words of a thing are others than they were. */
const changed = (page: Page, name: string, before: string) =>
  page.waitForFunction(([key, was]) => document.querySelector(`[data-test=${key}]`)?.textContent !== was, [name, before] as const)

async function solve(page: Page, title: string, count: number): Promise<void> {
  await byTest(page, 'siting-new').click()
  await byTest(page, 'siting-count').fill(String(count))
  await byTest(page, 'siting-title').fill(title)
  await byTest(page, 'siting-solve').click()
  await byTest(page, 'siting-proof').getByText('已证明最优').waitFor()
}
async function save(page: Page, number: number): Promise<void> {
  await byTest(page, 'siting-save').click()
  await page.getByRole('heading', { name: `${number} 号 · 草案` }).waitFor()
  await page.locator('[data-test=siting-save]:disabled').waitFor()
}

it('stations are sited, changed by hand, compared with another scenario and published: they serve from then on', async () => {
  const officer = await callerAs(product, 'street_officer')
  const land = await readScope(officer)
  const office = await visit(await sharedChromium(), product, { paints: false })
  const { page } = office
  page.on('dialog', (dialog) => void dialog.accept())
  const before = await judgedBy(officer, land)
  await signIn(page, product, 'street_officer')
  expect(await followGaps(page)).toEqual({ told: inGap(before).length, here: inGap(before).length })
  await page.goto('/#/coverage?tab=siting')
  await solve(page, THREE, 3)
  const chosen = await figures(page)
  expect(chosen.served + chosen.full + chosen.far + chosen.refused).toBe(before.households.count)
  expect(await page.locator('[data-test=siting-sites] > li').count()).toBe(3)
  expect(await axeFindings(page)).toEqual([])

  // A station less, and back; another one by a press on the map, and back.
  const served = await byTest(page, 'siting-served').innerText()
  await byTest(page, 'site-1').click()
  await byTest(page, 'site-remove').click()
  await changed(page, 'siting-served', served)
  expect((await figures(page)).served).toBeLessThan(chosen.served)
  await byTest(page, 'siting-undo').click()
  expect(await figures(page)).toEqual(chosen)
  await save(page, 1)
  const [{ sites }] = (await judgedBy(officer, land)).scenarios
  const view = await page.locator('[data-drawn]').getAttribute('data-at')
  await byTest(page, 'site-2').click()
  // The map goes there once the panels have their room.
  await page.waitForFunction((was) => document.querySelector<HTMLElement>('[data-drawn=yes]')?.dataset.at !== was, view)
  const place = await screenOf(page, sites[1].at)
  await byTest(page, 'tool-add').click()
  await page.mouse.click(place.x, place.y)
  await byTest(page, 'site-4').waitFor()
  expect(await figures(page)).toEqual(chosen)

  // What is not saved outlives a reload.
  await page.reload()
  await byTest(page, 'site-4').waitFor()
  await byTest(page, 'site-4').click()
  await byTest(page, 'site-remove').click()
  await save(page, 1)

  // Another one with a single station beside it: the figures side by side, what is better marked.
  await page.getByRole('button', { name: '返回' }).click()
  await solve(page, ONE, 1)
  await save(page, 2)
  const single = await figures(page)
  await page.getByRole('button', { name: '返回' }).click()
  await byTest(page, 'compare-1').check()
  await byTest(page, 'compare-2').check()
  const row = byTest(page, 'compare-table').locator('tr', { hasText: '已服务' }).locator('td')
  const cells = await row.allInnerTexts()
  const titles = await byTest(page, 'compare-table').locator('thead th').allInnerTexts()
  const column = (title: string): number => titles.findIndex((words) => words.includes(title)) - 1
  expect(cells[column(THREE)]).toBe(`最好 ${chosen.served.toLocaleString('en-US')}`)
  expect(cells[column(ONE)]).toBe(single.served.toLocaleString('en-US'))

  // Published, the sites are stations, walks are those to them, and so many households less are too far.
  await byTest(page, 'scenario-1').click()
  await byTest(page, 'siting-publish').click()
  await page.getByText('选址方案 1 号已发布').waitFor()
  await page.getByRole('heading', { name: '已发布' }).waitFor()
  const after = await judgedBy(officer, land)
  expect(after.scenarios.map(({ number, state }) => [number, state])).toEqual([[1, 'published'], [2, 'draft']])
  expect(after.stations.length).toBe(before.stations.length + 3)
  expect(after.access.fresh.every(Boolean)).toBe(true)
  expect(tooFar(after)).toBe(chosen.far)
  expect(tooFar(before) - tooFar(after)).toBeGreaterThan(0)
  expect(office.complaints).toEqual([])
  await office.close()
})
