import { readFileSync } from 'node:fs'
import type { SupabaseClient } from '@supabase/supabase-js'
import type { Browser, Page, Route } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { callerAs, mapDrawn } from './ground'
import { sharedChromium, signIn, startProduct, visit, type Product } from './harness'

/**
 * Names and notes as somebody who means harm would give them, in every text field that the server answers with: nothing
 * in them runs, nothing breaks the layout, no mark of direction reaches past its own text, and exports carry no formula.
 */
const HOSTILE = [
  '<img src=x onerror="window.ran=1">',
  '"><script>window.ran=1</script>',
  "{{constructor.constructor('window.ran=1')()}}",
  'javascript:window.ran=1',
  '\u202Egpj.exe\u2066',
  'شارع الحرية',
  '=HYPERLINK("http://x.example","A")',
  '+1+1',
  '-1',
  '@SUM(A1:A9)',
  '\t=1',
  '\r=1',
  '＝1+1',
  'W'.repeat(400),
  '长'.repeat(800),
  '👨‍👩‍👧‍👦🏴‍☠️ 𠮷田',
  '{name} @:act.retry %s | a',
  'Z̸̢̛͔̬͎̗̻͓͖̑̅̈́a̶l̵g̷o',
]
/** Fields of rows and columns of the snapshot that hold text somebody typed. */
const FIELDS = new Set(['name', 'address', 'note', 'title', 'label', 'detail', 'reason', 'room', 'relation', 'orgName', 'by', 'exempt_reason', 'head_name_masked',
  'name_masked', 'planTitle', 'publishedBy', 'hours', 'head', 'group', 'community', 'handler'])
const TURNING = '[\\u0590-\\u08ff\\u202a-\\u202e\\u2066-\\u2069]'

let product: Product
let browser: Browser

beforeAll(async () => {
  product = await startProduct()
  browser = await sharedChromium()
})
afterAll(async () => {
  await product?.stop()
})

/** Texts in turn for each field of an answer, so that the same answer is poisoned alike whenever it comes; lists see them all. */
function poisoner(url: string): (field: string) => string {
  const given = new Map<string, number>()
  const first = [...new URL(url).pathname].reduce((sum, letter) => sum + letter.charCodeAt(0), 0)
  return (field) => {
    const turn = given.get(field) ?? first
    given.set(field, turn + 1)
    return HOSTILE[turn % HOSTILE.length]!
  }
}

/** The same answer with every text somebody typed replaced. */
function poison(value: unknown, hostile: (field: string) => string, field = ''): unknown {
  if (Array.isArray(value)) return value.map((one) => poison(one, hostile, field))
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, poison(one, hostile, key)]))
  }
  return typeof value === 'string' && FIELDS.has(field) ? hostile(field) : value
}

/** A refusal tells its particulars as text within JSON. */
function poisonDetails(refusal: unknown, hostile: (field: string) => string): unknown {
  const { details } = refusal as { details?: unknown }
  return typeof details === 'string' ? { ...(refusal as object), details: JSON.stringify(poison(JSON.parse(details), hostile)) } : refusal
}

async function poisoned(route: Route): Promise<void> {
  const answer = await route.fetch()
  const isJson = answer.headers()['content-type']?.includes('json')
  if (!isJson) return route.fulfill({ response: answer })
  if (!answer.ok()) return route.fulfill({ response: answer, json: poisonDetails(await answer.json(), poisoner(answer.url())) })
  await route.fulfill({ response: answer, json: poison(await answer.json(), poisoner(answer.url())) })
}

/** What is wrong with the page as it stands. */
async function faultsOf(page: Page): Promise<string[]> {
  return page.evaluate((turning) => {
    const faults: string[] = []
    if ('ran' in window) faults.push('a text ran')
    const wide = (what: string, element: Element | null) => {
      if (element && element.scrollWidth > element.clientWidth + 1) faults.push(`${what} is ${element.scrollWidth} wide in ${element.clientWidth}`)
    }
    wide('the page', document.documentElement)
    for (const part of ['.frame__panel', '.frame__inspector', '.palette', '.notice', '.hover-tip']) wide(part, document.querySelector(part))
    for (const dialog of document.querySelectorAll('.el-dialog')) {
      const { left, right } = dialog.getBoundingClientRect()
      if (left < 0 || right > innerWidth) faults.push(`the dialog reaches from ${Math.round(left)} to ${Math.round(right)} of ${innerWidth}`)
      wide('the dialog', dialog)
      wide('what the dialog says', dialog.querySelector('.el-dialog__body'))
    }
    const bar = document.querySelector('.frame__top')
    if (bar && bar.clientHeight > 56) faults.push(`the top bar is ${bar.clientHeight} high`)
    const tall = [...(bar?.querySelectorAll('*') ?? [])].find((part) => part.getClientRects().length > 0 && part.getBoundingClientRect().bottom > bar!.clientHeight + 1)
    if (tall) faults.push(`<${tall.tagName.toLowerCase()} class="${tall.className}"> reaches out of the top bar`)
    // A text with marks of direction stands alone in an element that isolates it, or is isolated within its line.
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    while (texts.nextNode()) {
      const text = texts.currentNode.textContent ?? ''
      const parent = texts.currentNode.parentElement
      if (!parent || !new RegExp(turning).test(text)) continue
      const { unicodeBidi, display } = getComputedStyle(parent)
      const bare = text.replace(/\u2068[^\u2069]*\u2069/g, '').trim()
      const isIsolated = /isolate|plaintext/.test(unicodeBidi) || !display.startsWith('inline') || parent.closest('option, title') !== null
      if (!isIsolated && new RegExp(turning).test(bare)) faults.push(`<${parent.tagName.toLowerCase()} class="${parent.className}"> lets its direction out: ${bare.slice(0, 40)}`)
    }
    return [...new Set(faults)]
  }, TURNING)
}

const SIZES = [
  ['at a desk', 1440, 900],
  ['on a phone', 390, 844],
] as const

/** What a draft shows besides its panel: findings before publication, a grid, that somebody saved first. Each at both sizes. */
async function lookAtDialogs(page: Page, caller: SupabaseClient, look: (where: string) => Promise<unknown>): Promise<void> {
  const lookTwice = async (what: string) => {
    for (const [where, width, height] of [...SIZES].reverse()) {
      await page.setViewportSize({ width, height })
      await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))
      await look(`${what} ${where}`)
    }
  }
  const { data: lands } = await caller.from('lands').select('id').limit(1)
  const { data: opened } = await caller.rpc('open_plan_draft', { p_land: lands![0]!.id, p_title: 'x' })
  const { planId } = opened as { planId: string }
  const { data } = await caller.rpc('plan_document', { p_plan: planId })
  const { grids, cellIds, cellGrid } = data as { grids: { id: string; communityId: number }[]; cellIds: number[]; cellGrid: number[] }
  const there = grids[cellGrid[0]!]!
  const other = grids.find(({ id, communityId }) => communityId === there.communityId && id !== there.id)!
  const saveMove = (revision: number, from: string, to: string) =>
    caller.rpc('save_plan_draft', { p_plan: planId, p_base_revision: revision, p_edits: [{ delta: { cells: [{ cell: cellIds[0], from, to }], grids: [] }, note: {} }] })
  await saveMove(0, there.id, other.id)
  await page.goto('/#/redesign')
  await page.locator('.draft-bar .card').click()
  await page.locator('[data-test=draft-row]').first().click()
  await page.locator('[data-test=publish]').click()
  await page.locator('[data-test=publish-dialog] :is(.confirm, [data-test=must-fix], [data-test=must-waive])').first().waitFor()
  await lookTwice('before publication')
  await page.locator('[data-test=publish-cancel]').click()

  await saveMove(1, other.id, there.id)
  await page.locator('[data-test=target]').focus()
  await page.locator('#redesign-target-list li').first().click()
  await lookTwice('a grid')
  // On a phone the inspector stands where the panel with its dialogs would.
  await page.locator('.inspector .close').click()
  await page.getByRole('button', { name: '锁定' }).first().click()
  await page.locator('[data-test=save]').click()
  await page.locator('[data-test=conflict] .choices').waitFor()
  await lookTwice('somebody saved first')
}

describe('hostile text', () => {
  it.each(SIZES)('stays text %s: lists, tables, labels, tips, cards, dialogs, search, paper, exports', async (_where, width, height) => {
    const caller = await callerAs(product, 'street_officer')
    const { data } = await caller.from('households').select('building_id').order('id').limit(1)
    const [{ building_id: buildingId }] = data as [{ building_id: number }]
    const { page, complaints, close } = await visit(browser, product, { width, height, paints: false })
    await page.route(/\/rest\/v1\//, poisoned)
    const faults: string[] = []
    const look = async (where: string) => faults.push(...(await faultsOf(page)).map((fault) => `${where}: ${fault}`))
    await signIn(page, product, 'street_officer')
    await page.locator('nav').first().waitFor()
    const isDesk = width > 767

    for (const room of ['overview', 'territory', 'redesign', 'assignment', 'issues', 'patrol', 'coverage', 'data', 'admin']) {
      await page.goto(`/#/${room}`)
      await page.locator('.frame__panel h1').waitFor()
      if (isDesk) await mapDrawn(page)
      await look(room)
    }
    await page.getByRole('tab', { name: '人员岗位' }).click()
    // The longest word of all: a title beside a chip must break it.
    await page.locator('.people-list__name', { hasText: 'WWWW' }).first().click()
    await page.locator('.post-item').first().waitFor()
    await look('a person')

    await page.goto(`/#/territory?sel=building-${buildingId}`)
    const row = page.locator('.household-list__row').first()
    await row.click()
    await page.locator('.household-list__who').first().waitFor()
    await look('a building')
    await page.locator('.household-list__residents .link-button').first().click()
    await page.getByRole('dialog').waitFor()
    await look('the question before a reveal')
    await page.keyboard.press('Escape')

    await page.goto(`/#/assignment?sel=building-${buildingId}`)
    await page.locator('.inspector h2').waitFor()
    await look('who carries a building')
    if (!isDesk) await page.locator('.inspector .close').click()
    for (const tab of ['chain', 'papers']) {
      await page.locator(`#assignment-panel-tab-${tab}`).click()
      await page.locator('#assignment-panel-tabpanel').waitFor()
      await look(`the room of assignment, ${tab}`)
    }

    await page.goto('/#/issues')
    await page.locator('[data-test=slip]').nth(3).waitFor()
    await look('slips')
    await page.locator('[data-test=slip]').first().click()
    await page.locator('[data-test=event]').first().waitFor()
    await look('a slip')
    if (!isDesk) await page.locator('.frame__panel .close').first().click()

    // An address that names no thing: the plans of all communities, not of that of the slip.
    await page.goto('/#/patrol?tab=plan')
    await page.locator('[data-test=plan-3]').click()
    await page.locator('[data-test=route-1]').waitFor()
    await look('a plan of patrols')
    await page.locator('[data-test=page-back]').click()
    await page.locator('[data-test=plan-new]').click()
    await page.locator('[data-test=plan-needs]').waitFor()
    await look('a new plan of patrols')

    await page.keyboard.press('Control+k')
    await page.locator('.palette__field input').fill('w')
    await page.locator('#palette-list').getByRole('option').nth(2).waitFor()
    await look('the search')
    await page.keyboard.press('Escape')

    await page.goto('/#/data')
    await page.getByRole('tab', { name: '导出' }).click()
    await page.locator('input[name=export-reason]').fill('=1+1 上级检查需要')
    const [download] = await Promise.all([page.waitForEvent('download'), page.locator('[data-test=export-csv]').click()])
    const cells = readFileSync(await download.path(), 'utf8').replace(/^\uFEFF/, '')
    const runs = cells.split(/\r\n/).flatMap((line) => line.match(/(?:^|,)"?[=+\-@\t\r＝＋－＠](?!\d+(?:,|$))/g) ?? [])
    expect(runs, 'cells a spreadsheet would run').toEqual([])
    expect(cells).toContain("'=HYPERLINK")
    const [shapes] = await Promise.all([page.waitForEvent('download'), page.locator('[data-test=export-geojson]').click()])
    const { features } = JSON.parse(readFileSync(await shapes.path(), 'utf8')) as { features: { properties: Record<string, unknown> }[] }
    const told = features.map(({ properties }) => String(properties['name']))
    expect(told.filter((text) => !HOSTILE.includes(text)), 'names that the file of shapes changed').toEqual([])
    expect(told.length).toBeGreaterThan(HOSTILE.length)

    if (isDesk) {
      await page.goto('/#/territory')
      await mapDrawn(page)
      const map = (await page.locator('canvas').first().boundingBox())!
      for (let k = 0; k < 12 && (await page.locator('.hover-tip').count()) === 0; k++) {
        await page.mouse.move(map.x + map.width * (0.4 + k * 0.02), map.y + map.height * 0.5)
        await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))
      }
      await page.locator('.hover-tip').waitFor()
      await look('the words beside the pointer')
      await lookAtDialogs(page, caller, look)
    }
    await page.emulateMedia({ media: 'print' })
    await look('on paper')

    expect(faults).toEqual([])
    expect(complaints).toEqual([])
    await close()
  })
})
