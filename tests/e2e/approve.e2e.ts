import type { SupabaseClient } from '@supabase/supabase-js'
import { readFileSync } from 'node:fs'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Scope } from '@/core/scope'
import { callerAs, cellAt, findPaintSite, lookAt, readScope, type PaintSite } from './ground'
import { sharedChromium, signIn, startProduct, visit, type Product, type Visit } from './harness'
import { byTest, openDraft, paintCell } from './paint-acts'

/** A secretary drafts and submits, the street approves, the district publishes; and a plan out as a file comes in again the same. */
let product: Product
let browser: Browser
let secretary: SupabaseClient
let officer: SupabaseClient
let scope: Scope
let site: PaintSite
const visits: Visit[] = []

const TITLE = '社区调整'

beforeAll(async () => {
  product = await startProduct()
  browser = await sharedChromium()
  secretary = await callerAs(product, 'community_secretary')
  officer = await callerAs(product, 'street_officer')
  scope = await readScope(secretary)
  site = findPaintSite(scope)
})

afterAll(async () => {
  for (const opened of visits) await opened.close()
  await product?.stop()
})

async function enterAs(role: string): Promise<Page> {
  const opened = await visit(browser, product, { paints: false })
  visits.push(opened)
  await signIn(opened.page, product, role)
  return opened.page
}

const openTab = (page: Page) => page.locator('#redesign-way-tab-plan').click()
const stage = (page: Page, words: string) => byTest(page, 'stage').getByText(words, { exact: true }).waitFor()

/** Opens a draft from the list, on its page of the plan. */
async function openListed(page: Page, title: string): Promise<void> {
  await lookAt(page, 'redesign', cellAt(scope, site.cells[0]), 16)
  await page.locator('.draft-bar .card').click()
  await byTest(page, 'draft-row').filter({ has: page.getByText(title, { exact: true }) }).click()
  await openTab(page)
}

/** Grid of every cell of a draft, by title, as the server keeps it. */
async function columnOf(title: string): Promise<Record<string, string | undefined>> {
  const { data: plan } = await officer.from('plans').select('id').eq('land_id', scope.landId).eq('title', title).single()
  const { data } = await officer.rpc('plan_document', { p_plan: plan!.id })
  const { cellIds, cellGrid, grids } = data as { cellIds: number[]; cellGrid: number[]; grids: { id: string }[] }
  return Object.fromEntries(cellIds.map((cell, k) => [cell, grids[cellGrid[k]]?.id]))
}

describe('the way of a plan', () => {
  it('is submitted by the secretary, approved by the street, published by the district', async () => {
    const admin = await callerAs(product, 'district_admin')
    const { data: land } = await admin.from('lands').select('org_unit_id').eq('id', scope.landId).single()
    const rule = { p_org_unit: land!.org_unit_id, p_key: 'plan_rule', p_value: { approvalRequired: true, officerPublishes: false }, p_revision: 0 }
    expect((await admin.rpc('save_setting', rule)).error).toBeNull()

    const first = await enterAs('community_secretary')
    await openDraft(first, scope, site, TITLE)
    await paintCell(first, scope, site.cells[0])
    await openTab(first)
    await byTest(first, 'stage-comment').fill('请街道审核')
    await byTest(first, 'submit-plan').click()
    await stage(first, '已提交')
    await byTest(first, 'rest').waitFor()

    const second = await enterAs('street_officer')
    await openListed(second, TITLE)
    await stage(second, '已提交')
    expect(await byTest(second, 'talk').innerText()).toContain('请街道审核')
    await byTest(second, 'approve-plan').click()
    await stage(second, '已批准')
    expect(await byTest(second, 'publish').getAttribute('title')).toContain('由区级发布')

    const third = await enterAs('district_admin')
    await openListed(third, TITLE)
    await stage(third, '已批准')
    await byTest(third, 'publish').click()
    await byTest(third, 'must-waive').waitFor()
    for (const group of await byTest(third, 'must-waive').locator('.group').all()) {
      await group.locator('[data-test=reason]').first().fill('与社区商定')
      const same = group.locator('[data-test=same-reason]')
      if ((await same.count()) > 0) await same.click()
    }
    await byTest(third, 'publish-go').click()
    await byTest(third, 'publish-dialog').waitFor({ state: 'hidden' })
    expect(visits.flatMap(({ complaints }) => complaints)).toEqual([])
    const { data: plan } = await officer.from('plans').select('status').eq('title', TITLE).single()
    expect(plan).toEqual({ status: 'published' })
  })

  it('goes out as a file and comes in again the same', async () => {
    // The secretary goes on: the published cell is in the grids in force by now.
    const { page } = visits[0]
    await page.reload()
    await openDraft(page, scope, site, '导出的方案')
    await paintCell(page, scope, site.cells[1])
    await byTest(page, 'save').click()
    await openTab(page)
    const [download] = await Promise.all([page.waitForEvent('download'), byTest(page, 'plan-geojson').click()])
    const content = readFileSync(await download.path())

    await page.locator('.draft-bar .card').click()
    await byTest(page, 'new-draft').click()
    await byTest(page, 'draft-title').fill('导入的方案')
    await byTest(page, 'create-draft').click()
    await page.getByText('导入的方案').first().waitFor()
    expect(await columnOf('导入的方案')).not.toEqual(await columnOf('导出的方案'))
    await page.locator('[data-test=plan-panel] input[type=file]').setInputFiles({ name: 'plan.geojson', mimeType: 'application/geo+json', buffer: content })
    await byTest(page, 'plan-found').getByText('1 个地块', { exact: false }).waitFor()
    await byTest(page, 'plan-take').click()
    await byTest(page, 'save').click()
    await page.getByText('修订 1').first().waitFor()
    expect(await columnOf('导入的方案')).toEqual(await columnOf('导出的方案'))
    expect(visits.flatMap(({ complaints }) => complaints)).toEqual([])
  })
})
