import type { SupabaseClient } from '@supabase/supabase-js'
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

async function judged(): Promise<CoverageScope> {
  const { data, error } = await secretary.rpc('coverage_scope', { p_land: scope.landId })
  expect(error).toBeNull()
  return decodeCoverageScope(data as CoverageScopeJson, scope)
}
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

it('a gap is found on the map, its reasons are read, the act closes it, and it is gone from map, list and counts', async () => {
  const { page } = desk
  await signIn(page, product, 'community_secretary')
  const before = await judged()
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
