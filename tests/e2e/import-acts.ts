import type { Page } from 'playwright-core'
import { byTest } from './paint-acts'

/** An import may take as long as the land is large: longer than a page may take to answer a click. */
const LONG = { timeout: 900_000 }

export interface Upload {
  name: string
  mimeType: string
  buffer: Buffer
}

export const upload = (name: string, text: string | Buffer): Upload => ({
  name,
  mimeType: 'application/geo+json',
  buffer: Buffer.from(text),
})

/** Puts files into the first step and waits until each has been looked into. */
export async function choose(page: Page, files: readonly Upload[]): Promise<void> {
  await page.goto('/#/data')
  await page.locator('.exchange input[type=file]').setInputFiles([...files])
  await page.waitForFunction(
    (count) => document.querySelectorAll('.exchange .file').length === count && !document.querySelector('.exchange .file .reading'),
    files.length,
    LONG,
  )
}

/** Says that all files are WGS84, names the street, tries the import dry; the figures it gives, by their words. */
export async function tryDry(page: Page, street: string): Promise<Record<string, number>> {
  const forward = byTest(page, 'forward')
  const ready = (yes: boolean) => page.locator(`[data-test=forward][aria-disabled=${!yes}]`).waitFor()
  await forward.click()
  const systems = byTest(page, 'system')
  await systems.first().waitFor()
  await ready(false)
  for (const system of await systems.all()) await system.selectOption('wgs84')
  await byTest(page, 'street-name').fill(street)
  await ready(true)
  await forward.click()
  await byTest(page, 'verdict').waitFor(LONG)
  const rows = await byTest(page, 'figures')
    .locator('dt')
    .evaluateAll((terms) => terms.map((term) => [term.textContent!.trim(), term.nextElementSibling!.textContent!]))
  return Object.fromEntries(rows.map(([word, figure]) => [word, Number(figure.replace(/[^\d.]/g, ''))]))
}

/** Stores what was tried dry, and waits for the answer. */
export async function store(page: Page): Promise<void> {
  await byTest(page, 'forward').click()
  await page.getByText('全部通过才写入').waitFor()
  await byTest(page, 'forward').click()
  await page.locator('[data-test=stored], [data-test=store-fault]').waitFor(LONG)
  const fault = byTest(page, 'store-fault')
  if (await fault.count()) throw new Error(`expected the land to be stored, got: ${await fault.innerText()}`)
}
