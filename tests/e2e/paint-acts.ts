import type { SupabaseClient } from '@supabase/supabase-js'
import type { Page } from 'playwright-core'
import type { Scope } from '@/core/scope'
import { cellAt, lookAt, mapDrawn, screenOf, type PaintSite } from './ground'

export const byTest = (page: Page, name: string) => page.locator(`[data-test=${name}]`)

/** Opens the grids in force as a draft, the map on the site, with its second grid as the target. */
export async function openDraft(page: Page, scope: Scope, site: PaintSite, title: string): Promise<void> {
  await lookAt(page, 'redesign', cellAt(scope, site.cells[0]), 16.5)
  await byTest(page, 'open-draft').click()
  await byTest(page, 'draft-title').fill(title)
  await byTest(page, 'create-draft').click()
  await chooseTarget(page, site.to)
}

export async function chooseTarget(page: Page, grid: string): Promise<void> {
  await byTest(page, 'target').fill(grid)
  await page.locator('#redesign-target-list li', { hasText: grid }).first().click()
  await mapDrawn(page)
}

/** Clicks a cell with the click tool in hand and waits until the draft has one more edit. */
export async function paintCell(page: Page, scope: Scope, cell: number): Promise<void> {
  const tool = byTest(page, 'tool-click')
  // Choosing the tool in hand again would put it down.
  if ((await tool.getAttribute('aria-pressed')) !== 'true') await tool.click()
  const before = (await byTest(page, 'moved').allInnerTexts()).join()
  const at = await screenOf(page, cellAt(scope, cell))
  await page.mouse.click(at.x, at.y)
  await page.waitForFunction(
    (was) => (document.querySelector<HTMLElement>('[data-test=moved]')?.innerText ?? '') !== was,
    before,
  )
}

/** Name of the grid that each of these cells has in the one draft of the land, as the server keeps it. */
export async function gridsInDraft(client: SupabaseClient, scope: Scope, cells: readonly number[]): Promise<string[]> {
  const { data: plan } = await client.from('plans').select('id').eq('land_id', scope.landId).eq('status', 'draft').single()
  const { data } = await client.rpc('plan_document', { p_plan: plan!.id })
  const document = data as { cellIds: number[]; cellGrid: number[]; grids: { name: string }[] }
  return cells.map((cell) => document.grids[document.cellGrid[document.cellIds.indexOf(scope.land.cellIds[cell])]]?.name)
}
