import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openOffice, PEOPLE, rpc, signIn, type Engine, type Office } from './open-office'
import { GOOD_PHOTO, tried, VISITOR_ATTACKS } from './visitor-attacks'
import { handIn, makeVisitorWorld, SECRETS, slipOf, slipsOf, visit, work, type Handed, type VisitorWorld } from './visitor-world'

const engines: Engine[] = ['embedded', 'native']

describe.each(engines)('visitors on the %s database', (engine) => {
  let office: Office
  let world: VisitorWorld
  let withstood = 0

  beforeAll(async () => {
    office = await openOffice(engine)
    world = await makeVisitorWorld(office)
  })
  afterAll(() => office?.close())

  it('follow their own slip through all four states, rate it and see it on the board', async () => {
    const { officer, secretary, leader } = world
    const { number, followCode } = await handIn(office, '楼道灯坏了', { category: 'facilities', photos: [GOOD_PHOTO], reporter: { name: '钱一', phone: '13500000009' } }, 100)
    expect(followCode).toMatch(/^[0-9A-HJKMNP-TV-Z]{16}$/)
    const follow = async () => (await visit(office, 'visitor_follow', { p_code: followCode.toLowerCase().replace(/(.{4})/g, '$1-') }, 100)).body as Record<string, unknown>
    expect(await follow()).toMatchObject({ number, state: 'reported', level: 'grid', outcome: null, photos: 1, mayWithdraw: true, mayRate: false, place: '幸福小区', street: '甲街道' })
    await work(office, officer, number, [{ by: leader, act: 'claim' }])
    expect(await follow()).toMatchObject({ state: 'claimed', mayWithdraw: false })
    await work(office, officer, number, [{ by: leader, act: 'finish', input: { note: '灯已换好' } }, { by: secretary, act: 'close' }])
    expect(await follow()).toMatchObject({ state: 'supervised', outcome: 'solved', mayRate: true, mayReopen: true, dueAt: null })
    const again = await visit(office, 'visitor_reopen', { p_code: followCode, p_note: '又灭了' }, 100)
    expect(again.body).toMatchObject({ state: 'claimed', outcome: null })
    await work(office, officer, number, [{ by: leader, act: 'finish', input: { note: '换了线路' } }, { by: secretary, act: 'close' }])
    expect((await visit(office, 'visitor_rate', { p_code: followCode, p_satisfaction: 5, p_note: '谢谢' }, 100)).body).toMatchObject({ satisfaction: 5 })
    const { id, revision } = (await slipsOf(office, officer)).find((one) => one.number === number)!
    const overwritten = await rpc(office, leader, 'act_on_issue', { p_issue: id, p_act: 'rate', p_input: { satisfaction: 1 }, p_revision: revision })
    expect(overwritten.body).toMatchObject({ message: 'issue_rated' })
    await work(office, officer, number, [{ by: secretary, act: 'publish' }])
    const followed = await follow()
    expect(followed).toMatchObject({ state: 'published', satisfaction: 5 })
    expect((followed.events as { act: string }[]).map(({ act }) => act)).toEqual(
      ['report', 'claim', 'finish', 'close', 'reopen', 'finish', 'close', 'rate', 'publish'])
    const { slips } = (await visit(office, 'visitor_board', { p_land: 1, p_filter: { category: 'facilities' } }, 100)).body as { slips: object[] }
    expect(slips).toEqual([expect.objectContaining({ number, title: '楼道灯坏了', community: '甲一社区', compound: '幸福小区', outcome: 'solved', satisfaction: 5, answer: '换了线路' })])
  })

  it('cannot take back a slip that others were sent to, and send the same slip again when it is late and busy', async () => {
    const { officer, secretary } = world
    const first = await handIn(office, '水管爆了', {}, 102)
    const second = await handIn(office, '水管漏了', {}, 102)
    const id = (await slipsOf(office, officer)).find(({ number }) => number === first.number)!.id
    await work(office, officer, second.number, [{ by: secretary, act: 'mark_duplicate', input: { ofIssue: id } }])
    expect((await visit(office, 'visitor_withdraw', { p_code: first.followCode }, 102)).body).toMatchObject({ message: 'issue_has_duplicates' })
    const slip = { ...slipOf('路灯坏了'), p_request_key: '7d3d1c8e-3f5b-4a51-9a54-0d6c2f0f7a11' }
    const sent = (await visit(office, 'visitor_report', slip, 102)).body as Handed
    const again = (await visit(office, 'visitor_report', slip, 102)).body as Handed
    expect([again.number, again.followCode === sent.followCode]).toEqual([sent.number, false])
  })

  it('are called back by who handles the slip, which is logged, counted and can be erased', async () => {
    const { officer, secretary, leader, published } = world
    const { id } = (await slipsOf(office, officer)).find(({ number }) => number === published.number)!
    const reveal = (by: typeof officer, reason = `给${SECRETS.reporter}回电 ${SECRETS.phone}`) => rpc(office, by, 'reveal_issue_reporter', { p_issue: id, p_reason: reason })
    expect((await reveal(leader)).body).toMatchObject({ name: SECRETS.reporter, phone: SECRETS.phone, revealsLeft: 49 })
    expect((await reveal(leader)).body).toMatchObject({ revealsLeft: 48 })
    expect((await reveal(secretary, '短')).body).toMatchObject({ message: 'reason_required' })
    await work(office, officer, published.number, [{ by: secretary, act: 'unpublish', input: { note: '内容需要核对' } },
      { by: secretary, act: 'publish', input: { note: `已调解，${SECRETS.reporter}表示满意` } }])
    const erased = await rpc(office, officer, 'erase_issue_reporter', { p_issue: id, p_reason: '本人申请删除' })
    expect(erased.status).toBe(200)
    expect((await reveal(officer)).body).toMatchObject({ message: 'reporter_absent' })
    expect((await visit(office, 'visitor_follow', { p_code: published.followCode }, 101)).body).toMatchObject({ message: 'code_unknown' })
    const slip = (await slipsOf(office, officer)).find((one) => one.id === id)!
    expect(`${String(slip.title)} ${String(slip.detail)}`).not.toMatch(new RegExp(`${SECRETS.reporter}|${SECRETS.phone}`))
    // Nothing knows the name any more; the board still does not tell it.
    const board = (await visit(office, 'visitor_board', { p_land: 1 }, 101)).text
    expect(board).toContain('已调解')
    expect(board).not.toContain(SECRETS.reporter)
    // For the attacks below: a reporter to look for.
    world.published = (await makeVisitorWorld(office)).published
  })

  it.each(VISITOR_ATTACKS)('withstand: $name', async ({ name, run }) => {
    const got = await run(office, world)
    if (got === null) withstood += 1
    expect(got, name).toBe(null)
  })

  it('withstand all of them', () => {
    console.log(`${engine}: ${withstood} of ${VISITOR_ATTACKS.length} kinds of attack on the public page withstood, ${tried.calls} calls:\n  ` +
      VISITOR_ATTACKS.map(({ name }) => name).join('\n  '))
    tried.calls = 0
    expect(withstood).toBe(VISITOR_ATTACKS.length)
  })

  it('see their slip go up a level when its deadline passed, by the clock of the server', async () => {
    const { unpublished } = world
    const level = async () => ((await visit(office, 'visitor_follow', { p_code: unpublished.followCode }, 102)).body as { level: string }).level
    await office.server.database.thread.call('runIssueRules')
    expect(await level()).toBe('grid')
    await office.server.stop()
    await office.reopen({ clockShiftS: 30 * 86_400 })
    await office.server.database.thread.call('runIssueRules')
    expect(await level()).toBe('community')
    // Its deadline there is counted from that day on.
    await office.server.database.thread.call('runIssueRules')
    expect(await level()).toBe('community')
  })

  it('would find no raw fix of a walk that is older than it may be, by the same clock', async () => {
    const officer = await signIn(office, PEOPLE.officer)
    const day = (shift: number) => new Date(Date.now() + shift * 86_400_000).toISOString().slice(0, 10)
    const kept = async () => {
      const { body } = await rpc(office, officer, 'patrol_scope', { p_land: 1, p_from: day(-3), p_to: day(1) })
      // The leader's walk of yesterday.
      return (body as { tracks: { id: string; hasRaw: boolean }[] }).tracks.filter(({ id }) => id.endsWith('a300-000000000001')).map(({ hasRaw }) => hasRaw)
    }
    expect(await kept()).toEqual([true])
    await office.server.database.thread.call('runPatrolRules')
    expect(await kept()).toEqual([false])
  })
})
