import type { SupabaseClient } from '@supabase/supabase-js'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { CoverageScope } from '@/core/coverage/coverage-scope'
import { reasonBit } from '@/core/coverage/gap'
import type { Scope } from '@/core/scope'
import { decodeCoverageScope, type CoverageScopeJson } from '@/rooms/coverage/decode-coverage-scope'
import { axeFindings } from './axe-findings'
import { callerAs, readScope, screenOf } from './ground'
import { sharedChromium, signIn, startProduct, visit, type Product, type Visit } from './harness'
import { byTest } from './paint-acts'

/** A street office looks for places of three grid homes: chosen and proved, changed by hand, compared with another scenario, published. */
const [THREE, ONE] = ['三处网格家园', '一处网格家园']
let product: Product
let desk: Visit
let officer: SupabaseClient
let scope: Scope

beforeAll(async () => {
  product = await startProduct()
  officer = await callerAs(product, 'street_officer')
  scope = await readScope(officer)
  desk = await visit(await sharedChromium(), product, { paints: false })
  desk.page.on('dialog', (dialog) => void dialog.accept())
})
afterAll(async () => {
  await desk?.close()
  await product?.stop()
})

async function coverage(): Promise<CoverageScope> {
  const { data, error } = await officer.rpc('coverage_scope', { p_land: scope.landId })
  expect(error).toBeNull()
  return decodeCoverageScope(data as CoverageScopeJson, scope)
}
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

it('chooses sites, lets them be changed by hand, compares scenarios and publishes one: its stations serve from then on', async () => {
  const { page } = desk
  const before = await coverage()
  await signIn(page, product, 'street_officer')
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
  const [{ sites }] = (await coverage()).scenarios
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
  const after = await coverage()
  expect(after.scenarios.map(({ number, state }) => [number, state])).toEqual([[1, 'published'], [2, 'draft']])
  expect(after.stations.length).toBe(before.stations.length + 3)
  expect(after.access.fresh.every(Boolean)).toBe(true)
  expect(tooFar(after)).toBe(chosen.far)
  expect(tooFar(before) - tooFar(after)).toBeGreaterThan(0)
  expect(desk.complaints).toEqual([])
})
