import { createHmac } from 'node:crypto'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sharedChromium, signIn, startProduct, visit, type Product, type Visit } from './harness'

/** Accounts from the first to the last day, through the console: what is refused is said, what ends ends at once. */
let product: Product
let browser: Browser
let admin: Visit
let person: Visit
let secretary: Visit | undefined
let recoveryCodes: string[] = []

const EMAIL = 'new-secretary@demo.gewu.example'
const OWN = 'Bamboo-rivers-9-lanterns'

beforeAll(async () => {
  product = await startProduct()
  browser = await sharedChromium()
  admin = await visit(browser, product, { paints: false })
  person = await visit(browser, product, { width: 390, height: 844, paints: false })
})

afterAll(async () => {
  await admin?.close()
  await person?.close()
  await secretary?.close()
  await product?.stop()
})

async function enter(page: Page, email: string, password: string): Promise<void> {
  await page.goto('/')
  await page.locator('input[name=email]').fill(email)
  await page.locator('input[name=password]').fill(password)
  await page.locator('form button[type=submit]').click()
}
const sessionDialog = (page: Page) => page.getByRole('dialog', { name: /登录已过期|长时间没有操作/ })
async function personMenu(page: Page, item: string): Promise<void> {
  await page.locator('.top-bar__person').click()
  await page.getByRole('menuitem', { name: item }).click()
}

/** Asks the server in the name of whoever is signed in on the page, past its own buttons. */
const askAs = <T>(page: Page, path: string, body?: unknown): Promise<T> =>
  page.evaluate(async ([to, json]) => {
    const { anonKey } = await (await fetch('/app-config.json')).json() as { anonKey: string }
    const { access_token: token } = JSON.parse(localStorage.getItem('gewu.session') ?? '{}') as { access_token: string }
    const headers = { apikey: anonKey, authorization: `Bearer ${token}`, 'content-type': 'application/json' }
    return (await fetch(`/rest/v1/${to}`, json === '' ? { headers } : { method: 'POST', headers, body: json })).json() as Promise<T>
  }, [path, body === undefined ? '' : JSON.stringify(body)] as const)

/** Code of an authenticator at this moment (RFC 6238, 30 s, six digits). */
function codeNow(base32: string, stepsAhead = 0): string {
  const bits = [...base32].map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0')).join('')
  const secret = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => parseInt(byte, 2)))
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + stepsAhead))
  const digest = createHmac('sha1', secret).update(counter).digest()
  const number = digest.readUInt32BE(digest[19] & 15) & 0x7fffffff
  return String(number % 1_000_000).padStart(6, '0')
}

describe('accounts', () => {
  let firstPassword = ''

  it('an administrator makes an account; its first password is shown once', async () => {
    const { page } = admin
    await signIn(page, product, 'district_admin')
    await page.goto('/#/admin')
    await page.getByRole('button', { name: '新建账号' }).click()
    await page.locator('input[name=person-name]').fill('欧阳文静')
    await page.locator('input[name=person-email]').fill(EMAIL)
    await page.locator('form.admin-form__fields select').first().selectOption('community_secretary')
    await page.getByRole('combobox', { name: /选择组织/ }).fill('光明')
    await page.getByRole('option', { name: '光明社区' }).click()
    await page.getByRole('button', { name: '建立账号' }).click()
    firstPassword = await page.locator('.first-password code').innerText()
    expect(firstPassword).toMatch(/^[A-Za-z0-9]{4}(-[A-Za-z0-9]{4}){3}$/)
    await page.getByRole('button', { name: '已告知本人' }).click()
    await page.locator('h2', { hasText: '欧*' }).waitFor()
    expect(await page.locator('body').innerText()).toContain('待改首次密码')
    expect(await page.locator('body').innerText()).not.toContain(firstPassword)
  })

  it('the last administrator cannot leave, in words', async () => {
    const { page } = admin
    await page.getByRole('button', { name: '返回名单' }).click()
    await page.getByLabel('按姓氏、账号或组织搜索').fill('admin@')
    await page.locator('.people-list__row').click()
    await page.getByRole('button', { name: '结束岗位' }).click()
    await page.locator('.post-item__form button[type=submit]').click()
    expect(await page.locator('.post-item').getByRole('alert').innerText()).toContain('最后一位管理员')
    expect(await page.locator('.account-acts').innerText()).toContain('须由另一位管理员办理')
  })

  it('the new person chooses a password before anything else; a weak one is refused in words', async () => {
    const { page } = person
    await enter(page, EMAIL, firstPassword)
    await page.locator('input[name=after]').waitFor()
    expect(await page.locator('nav').count()).toBe(0)
    const choose = async (password: string) => {
      await page.locator('input[name=after]').fill(password)
      await page.locator('input[name=again]').fill(password)
      await page.getByRole('button', { name: '设置并进入' }).click()
    }
    await choose('Password123!')
    await page.getByRole('alert').waitFor()
    expect(await page.getByRole('alert').innerText()).toMatch(/常见密码|连续/)
    await choose(OWN)
    await page.locator('nav').first().waitFor()
  })

  it('a second factor is turned on with a code, and recovery codes are shown once', async () => {
    const { page } = person
    await personMenu(page, '账号与安全')
    await page.getByRole('tab', { name: '两步验证' }).click()
    await page.getByRole('button', { name: '开启两步验证' }).click()
    await page.locator('.qr-code').waitFor()
    const secret = (await page.locator('.second-factor code').innerText()).replaceAll(' ', '')
    await page.locator('input[name=code]').fill('000000')
    await page.getByRole('button', { name: '确认并开启' }).click()
    expect(await page.getByRole('alert').innerText()).toContain('验证码不对')
    await page.locator('input[name=code]').fill(codeNow(secret))
    await page.getByRole('button', { name: '确认并开启' }).click()
    await page.getByText('两步验证已开启').waitFor()
    recoveryCodes = (await page.locator('.second-factor code').innerText()).split(/\s+/)
    expect(recoveryCodes).toHaveLength(10)
    await page.getByRole('button', { name: '已保存好' }).click()
    await page.keyboard.press('Escape')
  })

  it('leaving clears what the browser keeps; the second factor is asked at the next sign-in', async () => {
    const { page } = person
    await personMenu(page, '退出登录')
    await page.locator('input[name=email]').waitFor()
    expect(await page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('gewu.')).sort())).toEqual(['gewu.locale'])
    await enter(page, EMAIL, OWN)
    await page.getByRole('heading', { name: '两步验证' }).waitFor()
    expect(await page.locator('nav').count()).toBe(0)
    await page.locator('input[name=code]').fill(recoveryCodes[0])
    await page.getByRole('button', { name: '继续' }).click()
    await page.locator('nav').first().waitFor()
  })

  it('sign-ins elsewhere are listed and ended', async () => {
    const elsewhere = await visit(browser, product, { paints: false })
    await enter(elsewhere.page, EMAIL, OWN)
    await elsewhere.page.locator('input[name=code]').fill(recoveryCodes[1])
    await elsewhere.page.getByRole('button', { name: '继续' }).click()
    await elsewhere.page.locator('nav').first().waitFor()
    const { page } = person
    await personMenu(page, '账号与安全')
    await page.getByRole('tab', { name: '登录设备' }).click()
    await page.locator('.own-sessions li').nth(1).waitFor()
    expect(await page.locator('.own-sessions').innerText()).toMatch(/Chrome · Linux[^]*本机/)
    await page.getByRole('button', { name: '结束其他 1 处登录' }).click()
    await expect.poll(() => page.locator('.own-sessions li').count()).toBe(1)
    await page.keyboard.press('Escape')
    await elsewhere.page.reload()
    await elsewhere.page.locator('input[name=email]').waitFor()
    await elsewhere.close()
  })

  it('an unused session is warned of, then ends, and is taken up in place', async () => {
    const { page } = admin
    const unusedFor = (minutes: number) => page.evaluate((ms) => localStorage.setItem('gewu.activity', String(Date.now() - ms)), minutes * 60_000)
    await unusedFor(29.5)
    await page.getByRole('timer').waitFor()
    await page.getByRole('button', { name: '继续使用' }).click()
    await page.getByRole('timer').waitFor({ state: 'hidden' })
    await unusedFor(30.5)
    await sessionDialog(page).waitFor()
    expect(await page.locator('.session-cover').evaluate((cover) => getComputedStyle(cover).backgroundColor)).not.toMatch(/rgba\(.*, 0/)
    await sessionDialog(page).locator('input[type=password]').fill(product.accountOf('district_admin').password)
    await sessionDialog(page).locator('button[type=submit]').click()
    await sessionDialog(page).waitFor({ state: 'hidden' })
    expect(await page.locator('.account-acts').isVisible()).toBe(true)
  })

  it('leaving in one tab leaves in the other', async () => {
    const { page, context } = person
    const other = await context.newPage()
    await other.goto('/')
    await other.locator('nav').first().waitFor()
    await personMenu(page, '退出登录')
    await other.locator('input[name=email]').waitFor()
    await other.close()
  })

  it('guessing is slowed down, with the time to wait', async () => {
    const { page } = person
    await enter(page, 'nobody@demo.gewu.example', 'wrong guess')
    await page.getByText('账号或密码不对').waitFor()
    await expect
      .poll(async () => {
        await page.locator('form button[type=submit]').click()
        return page.getByRole('alert').innerText()
      }, { timeout: 60_000 })
      .toMatch(/请 \d+ (秒|分钟)后再试/)
  })

  it('who is suspended is out at once, and may come back', async () => {
    const out = (secretary = await visit(browser, product, { paints: false }))
    await signIn(out.page, product, 'community_secretary')
    const { page } = admin
    await page.getByRole('button', { name: '返回名单' }).click()
    await page.getByLabel('按姓氏、账号或组织搜索').fill('secretary@demo')
    await page.locator('.people-list__row', { hasText: /^张\*/ }).click()
    await page.getByRole('button', { name: '停用' }).click()
    await page.getByText('已停用，各处登录已退出').waitFor()
    await out.page.reload()
    await out.page.locator('input[name=email]').waitFor()
    await page.getByRole('button', { name: '恢复使用' }).click()
    await page.getByText('已恢复使用').waitFor()
    await signIn(out.page, product, 'community_secretary')
  })

  it('a change made meanwhile is refused and read again; a lost factor, a password and a post are seen to', async () => {
    const { page } = admin
    const acts = page.locator('.account-acts')
    const sure = () => acts.getByRole('group').getByRole('button').first().click()
    await page.getByRole('button', { name: '返回名单' }).click()
    await page.getByLabel('按姓氏、账号或组织搜索').fill(EMAIL)
    await page.locator('.people-list__row').click()
    const [{ personId, revision }] = (await askAs<{ email: string; personId: string; revision: number }[]>(page, 'rpc/account_list', { p_org_unit: 1 }))
      .filter(({ email }) => email === EMAIL)
    await askAs(page, 'rpc/set_person_active', { p_person: personId, p_active: false, p_revision: revision })
    await acts.getByRole('button', { name: '停用' }).click()
    await acts.getByRole('alert').waitFor()
    expect(await acts.getByRole('alert').innerText()).toContain('别人刚刚改过')
    await acts.getByRole('button', { name: '恢复使用' }).click()
    await acts.getByRole('button', { name: '停用' }).waitFor()
    await acts.getByRole('button', { name: '取消两步验证' }).click()
    await sure()
    await acts.getByRole('button', { name: '取消两步验证' }).waitFor({ state: 'detached' })
    await acts.getByRole('button', { name: '重设密码' }).click()
    await sure()
    expect(await page.locator('.first-password code').innerText()).not.toBe(firstPassword)
    await page.getByRole('button', { name: '已告知本人' }).click()
    await page.getByRole('button', { name: '任命岗位' }).click()
    await page.locator('form.admin-form__fields select').first().selectOption('cadre')
    await page.getByRole('combobox', { name: /选择组织/ }).fill('花园')
    await page.getByRole('option', { name: '花园社区' }).click()
    await page.getByRole('button', { name: '任命岗位' }).click()
    await page.locator('.post-item', { hasText: '花园社区' }).waitFor()
  })

  it('a resident is seen in clear for a reason, and erased on request for good', async () => {
    if (!secretary) throw new Error('expected a secretary signed in')
    const { page: desk } = secretary
    const [resident] = await askAs<{ id: number; building_id: number; household_id: number; households: { address: string } }[]>(
      desk, 'residents?select=id,building_id,household_id,households(address)&id_number_masked=not.is.null&relation=eq.户主&order=id&limit=1')
    await desk.goto(`/#/territory?sel=building-${resident.building_id}`)
    await desk.locator(`#household-${resident.household_id}`).click()
    const row = desk.locator('.household-list__residents li').first()
    await row.getByRole('button', { name: '查看原文' }).click()
    await desk.getByRole('dialog').locator('.el-select').click()
    await desk.getByRole('option', { name: '上门走访' }).click()
    await desk.getByRole('dialog').locator('textarea').fill('上门核实情况')
    await desk.getByRole('button', { name: '查看并留痕' }).click()
    await row.getByRole('button', { name: '恢复掩码' }).waitFor()
    expect(await row.innerText()).toMatch(/\d{17}[\dX]/)

    const { page } = admin
    await page.getByRole('tab', { name: '个人信息' }).click()
    await page.getByLabel('按门牌或户主姓氏查找住户').fill(resident.households.address)
    await page.getByRole('button', { name: '查找' }).click()
    await page.locator('.resident-finder__row').first().click()
    await page.locator('.resident-finder__row', { hasText: '户主' }).click()
    const form = page.locator('.erasure')
    await form.getByText('谁在何时查看过原文（1 次）').waitFor()
    await form.locator('textarea').fill('本人书面申请 第12号')
    await form.getByRole('button', { name: '删除个人信息' }).click()
    await form.getByText('此操作不能撤回').waitFor()
    await form.getByRole('button', { name: '确定删除' }).click()
    await form.getByRole('status').waitFor()
    await desk.locator(`#household-${resident.household_id}`).click()
    await desk.locator(`#household-${resident.household_id}`).click()
    await expect.poll(() => row.innerText()).toContain('已应要求删除')
    expect(await row.getByRole('button').count()).toBe(0)
    expect([...admin.complaints, ...person.complaints, ...secretary.complaints]).toEqual([])
  })

  it('an auditor reads all of it in the log, and the chain holds', async () => {
    const auditor = await visit(browser, product, { paints: false })
    const { page } = auditor
    await signIn(page, product, 'auditor')
    await page.goto('/#/admin')
    await page.getByLabel('操作', { exact: true }).selectOption('account_created')
    await expect.poll(() => page.locator('.audit-list li').count()).toBe(1)
    await page.getByRole('tab', { name: '完整性' }).click()
    await page.getByRole('button', { name: '核对日志' }).click()
    await page.getByText('首尾相连，没有改动').waitFor()
    expect(auditor.complaints).toEqual([])
    await auditor.close()
  })
})
