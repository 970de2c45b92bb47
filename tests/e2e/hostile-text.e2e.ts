import { readFileSync } from 'node:fs'
import type { Browser, Page, Route } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { callerAs, mapDrawn } from './ground'
import { launchChromium, signIn, startProduct, visit, type Product } from './harness'

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
  'name_masked', 'planTitle', 'publishedBy', 'hours'])
const TURNING = '[\\u0590-\\u08ff\\u202a-\\u202e\\u2066-\\u2069]'

let product: Product
let browser: Browser
let replaced = 0

beforeAll(async () => {
  product = await startProduct()
  browser = await launchChromium()
})
afterAll(async () => {
  await browser?.close()
  await product?.stop()
})

const hostile = (): string => HOSTILE[replaced++ % HOSTILE.length]!

/** The same answer with every text somebody typed replaced. */
function poison(value: unknown, field = ''): unknown {
  if (Array.isArray(value)) return value.map((one) => poison(one, field))
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, poison(one, key)]))
  }
  return typeof value === 'string' && FIELDS.has(field) ? hostile() : value
}

async function poisoned(route: Route): Promise<void> {
  const answer = await route.fetch()
  const isJson = answer.headers()['content-type']?.includes('json')
  if (!answer.ok() || !isJson) return route.fulfill({ response: answer })
  await route.fulfill({ response: answer, json: poison(await answer.json()) })
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
    for (const part of ['.frame__panel', '.frame__inspector', '.command-palette', '.notice']) wide(part, document.querySelector(part))
    const bar = document.querySelector('.frame__top')
    if (bar && bar.clientHeight > 56) faults.push(`the top bar is ${bar.clientHeight} high`)
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

describe('hostile text', () => {
  it.each([
    ['at a desk', 1440, 900],
    ['on a phone', 390, 844],
  ])('stays text %s: lists, tables, labels, tips, cards, search, export', async (_where, width, height) => {
    const caller = await callerAs(product, 'street_officer')
    const { data } = await caller.from('households').select('building_id').order('id').limit(1)
    const [{ building_id: buildingId }] = data as [{ building_id: number }]
    const { page, complaints, close } = await visit(browser, product, { width, height })
    await page.route(/\/rest\/v1\//, poisoned)
    const faults: string[] = []
    const look = async (where: string) => faults.push(...(await faultsOf(page)).map((fault) => `${where}: ${fault}`))
    await signIn(page, product, 'street_officer')
    await page.locator('nav').first().waitFor()
    const isDesk = width > 767

    for (const room of ['overview', 'territory', 'redesign', 'data', 'admin']) {
      await page.goto(`/#/${room}`)
      await page.locator('.frame__panel h1').waitFor()
      if (isDesk) await mapDrawn(page)
      await look(room)
    }
    await page.getByRole('tab', { name: '人员岗位' }).click()
    await page.locator('.people-list__row').nth(3).click()
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

    await page.keyboard.press('Control+k')
    await page.locator('.command-palette input, [role=dialog] input').first().fill('w')
    await page.getByRole('option').nth(2).waitFor()
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

    expect(faults).toEqual([])
    expect(complaints).toEqual([])
    await close()
  })
})
