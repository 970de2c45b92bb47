import type { Page } from 'playwright-core'
import type { Scope } from '@/core/scope'
import { collection, feature, polygon, town } from '../fixtures/import/make-files'
import { cellAt, lookAt } from './ground'

/** A view of the console worth looking at, and how one comes to it. */
export interface Stop {
  name: string
  reach: (page: Page) => Promise<void>
}

const test = (page: Page, name: string) => page.locator(`[data-test=${name}]`)

/** Waits until nothing is on its way: no work announced in the panels, the map drawn. */
export async function settle(page: Page): Promise<void> {
  await page.waitForFunction(() => !document.querySelector('.frame__panel .progress-line, .frame__inspector .progress-line, .frame__drawer .progress-line'))
  // On a phone the list may lie over the map, which is drawn all the same.
  await page.locator('[data-drawn=yes]').waitFor({ state: 'attached' })
}

/** Opens a room by its address; what was selected or open before is gone. */
export async function openRoom(page: Page, path: string): Promise<void> {
  const close = page.locator('.identify__close')
  if (await close.count()) await close.first().click()
  await page.goto(path)
  const room = path.replace(/^\/#|\?.*$/g, '')
  await page.locator(`nav a[aria-current=page][href^="#${room}"]`).waitFor()
  await page.locator('#room-panel h1').first().waitFor()
  await settle(page)
}

async function openTab(page: Page, index: number): Promise<void> {
  await page.locator('#room-panel [role=tab]').nth(index).click()
  await settle(page)
}

const select = (room: string, selection: string): Stop['reach'] => async (page) => {
  await openRoom(page, `/#/${room}`)
  await page.goto(`/#/${room}?sel=${selection}`)
  await page.locator('.identify h1').waitFor()
  await settle(page)
}

/** Things of each kind on the land, one of each, as an address names them. */
export function thingsOf(scope: Scope): Record<string, string> {
  const lived = scope.buildings.households.indexOf(Math.max(...scope.buildings.households))
  return {
    community: `community-${scope.communities[0].id}`,
    grid: `grid-${scope.current.grids[0].id}`,
    cell: `cell-${scope.land.cellIds[0]}`,
    compound: `compound-${scope.compounds[0].id}`,
    building: `building-${scope.buildings.ids[lived]}`,
    street: `street-${scope.streets[0].id}`,
    station: `station-${scope.stations[0].id}`,
  }
}

export const signIn: Stop = {
  name: 'sign-in',
  async reach(page) {
    await page.goto('/')
    await page.locator('[data-role]').first().waitFor()
  },
}

/** Signs in with the demo account of a role. */
export const enter = (role: string): Stop => ({
  name: 'first view',
  async reach(page) {
    await page.locator(`[data-role=${role}]`).click()
    await page.locator('#room-panel h1').first().waitFor()
    await settle(page)
  },
})

export const overview: Stop = { name: 'overview', reach: (page) => openRoom(page, '/#/overview') }
export const territory: Stop = { name: 'territory', reach: (page) => openRoom(page, '/#/territory') }
export const totals: Stop = {
  name: 'totals of the territory',
  async reach(page) {
    await openRoom(page, '/#/territory')
    await openTab(page, 1)
  },
}
export const selected = (kind: string, thing: string): Stop => ({ name: `${kind} selected`, reach: select('territory', thing) })

/** A building with the residents of its first household unfolded. */
export const household = (building: string): Stop => ({
  name: 'household unfolded',
  async reach(page) {
    await select('territory', building)(page)
    await page.locator('.household-list__row').first().click()
    await page.locator('.household-list__residents li').first().waitFor()
  },
})

export const reveal: Stop = {
  name: 'asking for personal data',
  async reach(page) {
    await page.locator('.household-list__residents li button').first().click()
    await page.getByRole('dialog').locator('textarea, input').first().waitFor()
  },
}

export const redesign: Stop = { name: 'redesign without a draft', reach: (page) => openRoom(page, '/#/redesign') }

/** A draft open, a grid chosen, one building put over to it from the list, so that every part of the panel has words. */
export const draft = (scope: Scope): Stop => ({
  name: 'redesign with a draft',
  async reach(page) {
    const site = paintableBuilding(scope)
    await openRoom(page, '/#/redesign')
    await lookAt(page, 'redesign', cellAt(scope, scope.buildings.cell[site.building]), 16)
    await test(page, 'open-draft').click()
    await test(page, 'draft-title').fill('Draft')
    await test(page, 'create-draft').click()
    await test(page, 'target').fill(site.to)
    await page.locator('#redesign-target-list li', { hasText: site.to }).first().click()
    await page.locator('details:has([data-test=twin-search]) summary').click()
    await test(page, 'twin-search').fill(scope.buildings.addresses[site.building])
    await page.locator('li', { hasText: scope.buildings.addresses[site.building] }).locator('button').last().click()
    await test(page, 'live-numbers').waitFor()
    await settle(page)
  },
})

export const changes: Stop = {
  name: 'changes of the draft',
  async reach(page) {
    await page.locator('#redesign-tab-changes').click()
    await test(page, 'changes').waitFor()
  },
}

export const publication: Stop = {
  name: 'before publication',
  async reach(page) {
    await test(page, 'publish').click()
    await test(page, 'must-waive').waitFor()
  },
}

export const history: Stop = {
  name: 'history of the plans',
  async reach(page) {
    await test(page, 'publish-cancel').click()
    await page.locator('#redesign-tab-history').click()
    await test(page, 'history').locator('tbody tr').first().waitFor()
  },
}

export const assignment: Stop = { name: 'assignment', reach: (page) => openRoom(page, '/#/assignment') }

/** Another tab of the room of assignment. */
export const assignmentTab = (index: number): Stop => ({ name: `assignment, tab ${index + 1}`, reach: (page) => openTab(page, index) })

/** A list of the drawer of the room of assignment. */
export const assignmentList = (list: string): Stop => ({
  name: `assignment, ${list}`,
  async reach(page) {
    await page.locator(`#assignment-drawer-tab-${list}`).click()
    await settle(page)
  },
})

/** A building in the room of assignment, with who carries its households. */
export const assigned = (building: string): Stop => ({
  name: 'assignment of a building',
  async reach(page) {
    await page.goto(`/#/assignment?sel=${building}`)
    await page.locator('.frame__inspector h2').first().waitFor()
    await settle(page)
  },
})

/** The room of issues, once its slips are listed. */
export const issues: Stop = {
  name: 'issues',
  async reach(page) {
    await openRoom(page, '/#/issues')
    await test(page, 'slip').first().waitFor()
  },
}

/** Another tab of the room of issues. */
export const issuesTab = (index: number): Stop => ({ name: `issues, tab ${index + 1}`, reach: (page) => openTab(page, index) })

/** A list of the drawer of the room of issues. */
export const issuesList = (list: string): Stop => ({
  name: `issues, ${list}`,
  async reach(page) {
    await page.locator(`#issues-drawer-tab-${list}`).click()
    await settle(page)
  },
})

/** A form of the room of issues, which takes the place of the list until it is left. */
export const issuesForm = (form: 'report' | 'reception' | 'settings'): Stop => ({
  name: `issues, ${form}`,
  async reach(page) {
    const back = test(page, 'page-back')
    if (await back.count()) await back.click()
    await test(page, `open-${form}`).click()
    await back.waitFor()
  },
})

/** The first slip of the list, with its history and the acts that are open. */
export const slip: Stop = {
  name: 'a slip',
  async reach(page) {
    await test(page, 'slip').first().click()
    await test(page, 'event').first().waitFor()
  },
}

/** The room of patrols, once its plans are listed. */
export const patrol: Stop = {
  name: 'patrol',
  async reach(page) {
    await openRoom(page, '/#/patrol')
    await test(page, 'plan-new').waitFor()
  },
}

/** The plan in force that was drawn up last, its first route chosen; an address that names no thing shows the plans of all communities. */
export const patrolPlan: Stop = {
  name: 'patrol, a plan',
  async reach(page) {
    await openRoom(page, '/#/patrol?tab=plan')
    await test(page, 'plan-3').click()
    await test(page, 'route-1').locator('button').first().click()
    await settle(page)
  },
}

/** The form of a new plan, once it tells what streets are due. */
export const patrolForm: Stop = {
  name: 'patrol, a new plan',
  async reach(page) {
    const back = test(page, 'page-back')
    if (await back.count()) await back.click()
    await test(page, 'plan-new').click()
    await page.locator('[data-test=plan-solve]:not([aria-disabled])').waitFor()
  },
}

export const data: Stop = { name: 'import', reach: (page) => openRoom(page, '/#/data') }

/** A small town chosen for import, with one building whose outline crosses itself, so that there is something to say. */
export const files: Stop = {
  name: 'files of an import',
  async reach(page) {
    await openRoom(page, '/#/data')
    const { buildings, streets } = town(117.12, 36.16, 2)
    const [lng, lat] = [117.1202, 36.1602]
    const crossing = feature(polygon([[lng, lat], [lng + 0.001, lat + 0.001], [lng + 0.001, lat], [lng, lat + 0.001], [lng, lat]]), { building: 'yes' })
    const texts = { 'buildings.geojson': buildings, 'streets.geojson': streets, 'crossing.geojson': collection([crossing]) }
    const mimeType = 'application/geo+json'
    await page.locator('.exchange input[type=file]').setInputFiles(
      Object.entries(texts).map(([name, text]) => ({ name, mimeType, buffer: Buffer.from(text) })),
    )
    await page.waitForFunction(() => document.querySelectorAll('.exchange .file').length === 3)
    await settle(page)
  },
}

export const systems: Stop = {
  name: 'coordinate systems of an import',
  async reach(page) {
    await test(page, 'forward').click()
    await test(page, 'system').first().waitFor()
  },
}

export const dryRun: Stop = {
  name: 'dry run of an import',
  async reach(page) {
    for (const system of await test(page, 'system').all()) await system.selectOption('wgs84')
    await test(page, 'street-name').fill('East Street')
    await test(page, 'forward').click()
    await test(page, 'verdict').waitFor()
    await test(page, 'findings-table').waitFor()
  },
}

export const exported: Stop = {
  name: 'export',
  async reach(page) {
    await openRoom(page, '/#/data')
    await openTab(page, 1)
  },
}

export const admin = (tab: number): Stop => ({
  name: `administration, tab ${tab + 1}`,
  async reach(page) {
    await openRoom(page, '/#/admin')
    await openTab(page, tab)
  },
})

export const palette: Stop = {
  name: 'search and commands',
  async reach(page) {
    await page.keyboard.press('Control+k')
    await page.locator('#palette-list [role=option]').first().waitFor()
  },
}

export const keys: Stop = {
  name: 'the sheet of keys',
  async reach(page) {
    await page.locator('#room-panel').focus()
    await page.keyboard.press('?')
    await page.locator('.shortcuts').waitFor()
  },
}

/** Back to what lay under a dialog. */
export const closeDialog: Stop = {
  name: 'dialog closed',
  async reach(page) {
    await page.keyboard.press('Escape')
    await page.waitForFunction(() => [...document.querySelectorAll<HTMLElement>('.el-overlay')].every((one) => one.style.display === 'none'))
  },
}

/** A building that lies in one grid of a community with at least two, and the name of another of them. */
function paintableBuilding(scope: Scope): { building: number; to: string } {
  const { cellGrid, grids } = scope.current
  const { cell, households, addresses } = scope.buildings
  for (let building = 0; building < scope.buildings.count; building++) {
    const own = grids[cellGrid[cell[building]]]
    const other = own && grids.find((grid) => grid.community === own.community && grid.id !== own.id)
    if (other && households[building] > 0 && addresses[building]) return { building, to: other.name }
  }
  throw new Error('expected a community with two grids')
}
