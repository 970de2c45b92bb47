import type { SupabaseClient } from '@supabase/supabase-js'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { axeFindings } from './axe-findings'
import { callerAs } from './ground'
import { sharedChromium, signIn, startProduct, visit, type Product, type Visit } from './harness'
import { byTest } from './paint-acts'

/** Households of the demo street, and its communities. */
const HOUSEHOLDS = 22_542
const COMMUNITIES = 90

let product: Product
let browser: Browser
let officer: SupabaseClient
let opened: Visit

beforeAll(async () => {
  product = await startProduct()
  browser = await sharedChromium()
  officer = await callerAs(product, 'street_officer')
})

afterAll(async () => {
  await opened?.close()
  await product?.stop()
})

const words = (page: Page, name: string) => byTest(page, name).first().innerText()

/** Runs the solver by a button and waits for what it found. */
async function propose(page: Page, button: string): Promise<string> {
  await byTest(page, button).click()
  await byTest(page, 'proposal').waitFor()
  return (await words(page, 'proposal')).replace(/\s+/g, ' ')
}

async function takeProposal(page: Page): Promise<void> {
  await byTest(page, 'proposal-take').click()
  await byTest(page, 'proposal').waitFor({ state: 'detached' })
}

async function countOf(table: string, narrow: (query: ReturnType<ReturnType<SupabaseClient['from']>['select']>) => PromiseLike<{ count: number | null }>): Promise<number> {
  return (await narrow(officer.from(table).select('*', { count: 'exact', head: true }))).count ?? -1
}

it('assigns the demo street: solved, whole buildings where members are few, a member pinned, solved again, published and seen after a reload', async () => {
  opened = await visit(browser, product, { paints: false })
  const { page } = opened
  await signIn(page, product, 'street_officer')
  await page.goto('/#/assignment')
  await byTest(page, 'open-draft').click()
  await byTest(page, 'create-draft').click()

  // Nine villages have more households than their members can carry: they are named, with what would do.
  expect(await propose(page, 'solve')).toContain('无人包联 2,248 户 224 户')
  await takeProposal(page)
  expect(await words(page, 'shortages')).toContain('9 个社区')
  expect(await propose(page, 'relax-all-building_mode')).toContain('无人包联 224 户 0 户')
  await takeProposal(page)
  expect((await words(page, 'solve-figures')).replace(/\s+/g, ' ')).toMatch(/已有党员的户 100\.0% .*差距 0\.\d%/)
  expect(await words(page, 'finding-household_unserved')).toContain('0 户')
  expect(await words(page, 'finding-member_exempt_carries')).toContain('0 名')

  // Nobody carries more than the rules allow, nobody less.
  await page.locator('#assignment-drawer-tab-histogram').click()
  expect((await words(page, 'load-above')).replace(/\D/g, '')).toBe('0')

  // What is pinned stays when its community is solved again.
  await page.locator('#assignment-drawer-tab-members').click()
  await page.locator('[data-test=member-table] tbody tr[role=button], [data-test=member-table] tbody tr:not([aria-hidden])').first().click()
  await byTest(page, 'act-pin-all').click()
  await byTest(page, 'act-reason').fill('多年联系，群众认可')
  await byTest(page, 'act-done').click()
  expect(await byTest(page, 'undo').getAttribute('title')).toContain('多年联系，群众认可')
  expect(await axeFindings(page)).toEqual([])
  await byTest(page, 'solve-which').selectOption({ index: 1 })
  expect(await propose(page, 'solve')).toMatch(/户均步行 (\d+) m \1 m/)
  await takeProposal(page)

  await byTest(page, 'publish').click()
  const dialog = byTest(page, 'publish-dialog')
  await dialog.getByText('检查通过').waitFor()
  expect(await dialog.innerText()).toMatch(/11,\d{3} 户换人或新落实/)
  await byTest(page, 'publish-go').click()
  await dialog.waitFor({ state: 'hidden' })
  await byTest(page, 'open-draft').waitFor()

  await page.reload()
  await byTest(page, 'open-draft').waitFor()
  expect(await words(page, 'finding-household_unserved')).toContain('0 户')
  await page.locator('#assignment-drawer-tab-history').click()
  await byTest(page, 'history').getByText('发布').first().waitFor()
  expect(opened.complaints).toEqual([])

  expect(await countOf('contact_links', (query) => query.eq('kind', 'household').is('valid_to', null))).toBe(HOUSEHOLDS)
  expect(await countOf('assignment_editions', (query) => query.is('valid_to', null).eq('number', 2))).toBe(COMMUNITIES)
  const { data: plan } = await officer.from('assignment_plans').select('id, status').single()
  expect(plan).toMatchObject({ status: 'published' })
  const { data: pinned } = await officer.from('assignment_ties').select('member_id').eq('plan_id', plan!.id).eq('pinned', true)
  expect(pinned).toHaveLength(20)
  expect(new Set(pinned!.map((tie) => tie.member_id)).size).toBe(1)
}, 120_000)
