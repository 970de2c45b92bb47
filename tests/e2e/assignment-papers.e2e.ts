import type { SupabaseClient } from '@supabase/supabase-js'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { callerAs } from './ground'
import { sharedChromium, signIn, startProduct, visit, type Product } from './harness'
import { byTest } from './paint-acts'
import { readPdf } from './read-pdf'

/** What an assignment leaves: the notice on paper, and on a member's phone the own households and nobody else's. */
let product: Product
let browser: Browser
let member: SupabaseClient

interface Papers {
  readonly households: readonly { readonly id: number; readonly buildingId: number; readonly memberId: number | null; readonly head: string; readonly room: string }[]
  readonly members: readonly { readonly id: number; readonly name: string }[]
}
interface Own {
  readonly memberId: number
  readonly households: readonly { readonly id: number; readonly address: string; readonly headResidentId: number | null }[]
}

beforeAll(async () => {
  product = await startProduct()
  browser = await sharedChromium()
  member = await callerAs(product, 'member')
})

afterAll(async () => {
  await product?.stop()
})

describe('the public notice', () => {
  it('of a compound comes out of the printer: a map, every household once, in Chinese, on record', async () => {
    const { page, complaints, close } = await visit(browser, product, { paints: false })
    await signIn(page, product, 'community_secretary')
    await page.goto('/#/assignment')
    await page.locator('#assignment-panel-tab-papers').click()
    const compounds = byTest(page, 'paper-compound')
    const compoundId = Number(await compounds.locator('option').nth(1).getAttribute('value'))
    const compound = await compounds.locator('option').nth(1).innerText()
    await compounds.selectOption({ index: 1 })
    await byTest(page, 'paper-reason').fill('张贴第四季度公示')
    await byTest(page, 'paper-open').click()
    await byTest(page, 'notice-map').first().waitFor()
    const shown = await page.locator('.paper-page').count()
    const pdf = readPdf(await page.pdf({ preferCSSPageSize: true, printBackground: true }))

    const secretary = await callerAs(product, 'community_secretary')
    const { data: buildings } = await secretary.from('buildings').select('id, community_id').eq('compound_id', compoundId)
    const { data } = await secretary.rpc('assignment_papers', { p_org_unit: buildings![0].community_id, p_kind: 'notice', p_reason: '核对公示内容' })
    const papers = data as Papers
    const here = papers.households.filter(({ buildingId }) => buildings!.some(({ id }) => id === buildingId))
    const served = here.filter(({ memberId }) => memberId !== null)
    const names = new Map(papers.members.map(({ id, name }) => [id, name]))

    expect(pdf.length).toBe(shown)
    for (const [k, { widthMm, heightMm, text }] of pdf.entries()) {
      expect([Math.round(widthMm), Math.round(heightMm)]).toEqual([420, 297])
      expect(text).toContain(`${compound}党员联系户公示图`)
      expect(text).toContain(`第 ${k + 1} 页,共 ${pdf.length} 页`)
    }
    expect(pdf[0].text).toContain('联系户分布图')
    const memberCount = new Set(served.map(({ memberId }) => memberId)).size
    expect(pdf[0].text).toContain(`党员 ${memberCount} 名,联系 ${served.length.toLocaleString('en-US')} 户`)
    const list = pdf.filter(({ text }) => text.includes('党员与联系户名单')).map(({ text }) => text).join(' ')
    for (const { memberId } of served) expect(list).toContain(names.get(memberId!))
    // Each household is a room and a masked head, and there are as many as on the server.
    const count = (text: string, words: string) => text.split(words).length - 1
    const rooms = new Map<string, number>()
    for (const { room, head } of here) rooms.set(`${room} ${head}`, (rooms.get(`${room} ${head}`) ?? 0) + 1)
    expect(rooms.size).toBeGreaterThan(20)
    expect([...rooms].filter(([words, times]) => count(list, words) !== times)).toEqual([])

    const { data: log } = await (await callerAs(product, 'auditor')).from('audit_log').select('detail').eq('action', 'export_recorded')
    expect(log!.map(({ detail }) => detail as { kind: string; reason: string })).toEqual(
      expect.arrayContaining([expect.objectContaining({ kind: 'assignment_notice', reason: '张贴第四季度公示' })]),
    )
    expect(complaints).toEqual([])
    await close()
  })
})

describe('a member on the phone', () => {
  it('sees the own households and can call, and none of anybody else’s, also when asked beside the page', async () => {
    const { page, complaints, close } = await visit(browser, product, { width: 390, height: 844, paints: false })
    await signIn(page, product, 'member')
    await byTest(page, 'own-row').first().waitFor()
    expect(page.url()).toContain('#/assignment')
    const own = (await member.rpc('my_households')).data as Own
    expect(own.households.length).toBeGreaterThan(0)
    expect(await byTest(page, 'own-row').locator('.address').allInnerTexts()).toEqual(own.households.map(({ address }) => address))

    const first = byTest(page, 'own-row').first()
    expect(await first.locator('a[href^="tel:"]').count()).toBe(0)
    await byTest(page, 'own-call').first().click()
    const dialog = page.locator('.reveal-dialog')
    await dialog.locator('.el-select').click()
    await page.locator('.el-select-dropdown__item:visible').first().click()
    await dialog.locator('textarea').fill('约定上门时间')
    await dialog.locator('button[type=submit]').click()
    expect(await first.locator('a[href^="tel:"]').getAttribute('href')).toMatch(/^tel:\d{11}$/)

    const ids = own.households.map(({ id }) => id).sort((a, b) => a - b)
    const seen = async (table: string, column: string) => ((await member.from(table).select(column)).data as unknown as Record<string, number>[]).map((row) => row[column]).sort((a, b) => a - b)
    expect(await seen('households', 'id')).toEqual(ids)
    expect(await seen('members', 'id')).toContain(own.memberId)
    expect(new Set((await member.from('contact_links').select('member_id')).data!.map(({ member_id: id }) => id))).toEqual(new Set([own.memberId]))
    expect((await member.from('residents').select('id')).data).toEqual([])
    const secretary = await callerAs(product, 'community_secretary')
    const foreign = (await secretary.from('residents').select('id, household_id').not('household_id', 'in', `(${ids})`).limit(1)).data![0]
    expect((await member.rpc('reveal_resident', { p_resident: foreign.id, p_purpose: 'visit', p_reason: '想看看别人' })).error?.message).toBe('not_allowed')
    expect((await member.rpc('assignment_papers', { p_org_unit: 1, p_kind: 'register', p_reason: '想看看别人' })).error?.message).toBe('not_allowed')

    // Without the server the list is that of before, and says so.
    await page.route('**/rpc/my_households', (route) => route.abort())
    await page.goto('/#/territory')
    await page.locator('nav a[aria-current=page][href^="#/territory"]').waitFor()
    await page.goto('/#/assignment')
    await page.getByText('没有网络。这是').waitFor()
    expect(await byTest(page, 'own-row').count()).toBe(own.households.length)
    expect(complaints).toEqual([])
    await close()
  })
})
