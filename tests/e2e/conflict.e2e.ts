import type { SupabaseClient } from '@supabase/supabase-js'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Scope } from '@/core/scope'
import { callerAs, cellAt, findPaintSite, lookAt, mapDrawn, readScope, type PaintSite } from './ground'
import { sharedChromium, signIn, startProduct, visit, type Product, type Visit } from './harness'
import { byTest, chooseTarget, openDraft, paintCell } from './paint-acts'

/** Two sessions paint on one draft: who saves second is told, chooses by name, and no edit of either is lost. */
let product: Product
let browser: Browser
let caller: SupabaseClient
let scope: Scope
let site: PaintSite
let first: Visit
let second: Visit

const TITLE = '两人同改'

beforeAll(async () => {
  product = await startProduct()
  browser = await sharedChromium()
  caller = await callerAs(product, 'street_officer')
  scope = await readScope(caller)
  site = findPaintSite(scope)
  first = await visit(browser, product, { paints: false })
  second = await visit(browser, product, { paints: false })
})

afterAll(async () => {
  await first?.close()
  await second?.close()
  await product?.stop()
})

/** Opens the shared draft, as it stands at a revision, from the list of drafts, its second grid as the target. */
async function openShared(page: Page, revision: number): Promise<void> {
  await lookAt(page, 'redesign', cellAt(scope, site.cells[0]), 16.5)
  await page.locator('.draft-bar .card').click()
  await byTest(page, 'draft-row').filter({ has: page.getByText(TITLE, { exact: true }) }).click()
  // Another draft may be open until this one has come, and a target chosen there goes with it.
  await stands(page, 1, revision)
  await chooseTarget(page, site.to)
}

const save = (page: Page) => byTest(page, 'save').click()
const conflict = (page: Page) => byTest(page, 'conflict')
/** Waits until the draft bar names this draft and revision. */
const stands = (page: Page, draft: number, revision: number) => page.getByText(`草案 ${draft} · 修订 ${revision}`).first().waitFor()

/** Saves what the other has overtaken, and waits until the choice stands with what both changed. */
async function collide(page: Page): Promise<void> {
  await save(page)
  await conflict(page).getByText('对方改了').waitFor()
}

/** Drafts as the server keeps them, by number: title, and which of the cells of the site lie in the target. */
async function drafts(): Promise<{ title: string; painted: number[] }[]> {
  const { data: plans } = await caller.from('plans').select('id, title').eq('land_id', scope.landId).eq('status', 'draft').order('number')
  return Promise.all(
    (plans ?? []).map(async ({ id, title }) => {
      const { data } = await caller.rpc('plan_document', { p_plan: id as string })
      const document = data as { cellIds: number[]; cellGrid: number[]; grids: { name: string }[] }
      const gridOf = (cell: number) => document.grids[document.cellGrid[document.cellIds.indexOf(scope.land.cellIds[cell])]]?.name
      return { title: title as string, painted: site.cells.flatMap((cell, k) => (gridOf(cell) === site.to ? [k] : [])) }
    }),
  )
}

describe('two sessions on one draft', () => {
  it('the second to save hears who saved what, and puts the own edits on top', async () => {
    await signIn(first.page, product, 'street_officer')
    await openDraft(first.page, scope, site, TITLE)
    await signIn(second.page, product, 'street_officer')
    await openShared(second.page, 0)

    await paintCell(second.page, scope, site.cells[0])
    await save(second.page)
    await stands(second.page, 1, 1)
    await paintCell(first.page, scope, site.cells[1])
    await collide(first.page)
    const words = await conflict(first.page).innerText()
    expect(words).toMatch(/李\* 于 .+ 把草案 1 保存为修订 1；您的 1 笔编辑基于修订 0。/)
    expect(words).toContain('对方改了 1 个地块；双方改的不是同一批地块，可以合在一起。')

    await byTest(first.page, 'rebase').click()
    await conflict(first.page).waitFor({ state: 'hidden' })
    await stands(first.page, 1, 2)
    expect(await drafts()).toEqual([{ title: TITLE, painted: [0, 1] }])
  })

  it('keeps the own edits as a copy, opens it, and leaves the draft to the other', async () => {
    const { page } = second
    await paintCell(page, scope, site.cells[2])
    await collide(page)
    await byTest(page, 'keep-copy').click()
    await conflict(page).waitFor({ state: 'hidden' })
    await stands(page, 2, 1)
    expect(await drafts()).toEqual([
      { title: TITLE, painted: [0, 1] },
      { title: `${TITLE}（李*的副本）`, painted: [0, 2] },
    ])
  })

  it('takes theirs, and the own edits are a copy that nobody lost', async () => {
    await openShared(second.page, 2)
    await paintCell(second.page, scope, site.cells[3])
    await save(second.page)
    await stands(second.page, 1, 3)
    const { page } = first
    await paintCell(page, scope, site.cells[4])
    await collide(page)
    await byTest(page, 'take-theirs').click()
    await conflict(page).waitFor({ state: 'hidden' })
    await stands(page, 1, 3)
    await mapDrawn(page)
    expect(await drafts()).toEqual([
      { title: TITLE, painted: [0, 1, 3] },
      { title: `${TITLE}（李*的副本）`, painted: [0, 2] },
      { title: `${TITLE}（李*的副本）`, painted: [0, 1, 4] },
    ])
    expect([...first.complaints, ...second.complaints]).toEqual([])
  })
})
