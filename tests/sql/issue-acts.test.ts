import { expect, it } from 'vitest'
import { ISSUE_ACTS, ISSUE_LEVELS, type IssueAct, type IssueLevel } from '@/core/issues/issue'
import { ISSUE_ACT_RULES, ISSUE_ROLE_LEVELS, type IssueActor } from '@/core/issues/issue-acts'
import { expectRefusal, onEachDatabase, personId, type Persona } from './engines/with-databases'

/** Slip 1 lies in grid a1 of community 4; the member of the fixture world reported it. Slip 5 is beside it. */
const SLIP = 1
const WORDS = '已到现场查看'

/** Where a slip may stand, and the columns that make it stand there. The handler is person 5, the member. */
const STANDS = {
  reported: { handler_id: 'null', claimed_at: 'null' },
  claimed: { state: `'claimed'` },
  supervised: { state: `'supervised'` },
  finished: { state: `'supervised'`, finished_at: 'now()' },
  closed: { state: `'supervised'`, finished_at: 'now()', outcome: `'solved'`, closed_at: 'now()' },
  published: { state: `'published'`, finished_at: 'now()', outcome: `'solved'`, closed_at: 'now()', published_at: 'now()' },
} as const
const UNTOUCHED = {
  state: `'reported'`, handler_id: `'${personId(5)}'`, claimed_at: 'now()', finished_at: 'null', outcome: 'null', closed_at: 'null', published_at: 'null',
}
type Stand = keyof typeof STANDS

/** Input each act needs, and more than that. */
const INPUT: Partial<Record<IssueAct, object>> = {
  assign: { personId: personId(4) }, mark_duplicate: { ofIssue: 5 }, rate: { satisfaction: 4 }, hand_down: { level: 'grid' },
}
/** Where an act is open. */
const OPEN_AT: Record<IssueAct, Stand> = {
  claim: 'reported', assign: 'reported', progress: 'claimed', supervise: 'claimed', remind: 'supervised', finish: 'supervised', return: 'finished',
  close: 'finished', explain: 'supervised', mark_duplicate: 'reported', escalate: 'claimed', hand_down: 'supervised', reopen: 'published',
  rate: 'closed', publish: 'closed', unpublish: 'published', withdraw: 'reported',
}
/** Who signs in, as what: the leader is tried as a worker too, and the member handles the slip where somebody does. */
const CALLERS: readonly { readonly persona: Persona; readonly actor: IssueActor | null; readonly before?: string }[] = [
  { persona: 'admin', actor: 'district_admin' },
  { persona: 'officer', actor: 'street_officer' },
  { persona: 'secretary', actor: 'community_secretary' },
  { persona: 'leader', actor: 'grid_leader' },
  { persona: 'leader', actor: 'grid_worker', before: `update public.posts set role = 'grid_worker' where id = 4` },
  { persona: 'member', actor: 'handler' },
  { persona: 'auditor', actor: null },
  { persona: 'otherStreet', actor: null },
  { persona: 'inactive', actor: null },
]

/** The code that stands in the way of who may do an act at a slip of grid level, by what the table of acts says; null where nothing does. */
function expectedCode(act: IssueAct, stand: Stand): string | null {
  const rule = ISSUE_ACT_RULES[act]
  const isClosed = stand === 'closed' || stand === 'published'
  const state = stand === 'finished' || stand === 'closed' ? 'supervised' : stand
  if (rule.needs !== 'closed' && isClosed) return 'issue_closed'
  if (rule.needs === 'closed' && !isClosed) return 'issue_open'
  if (act === 'claim' && state !== 'reported') return 'issue_taken'
  if (rule.needs === 'finished' && stand !== 'finished') return 'issue_unfinished'
  if (['progress', 'finish', 'remind'].includes(act) && stand === 'finished') return 'issue_finished'
  return rule.from.includes(state) ? null : 'issue_state'
}

onEachDatabase('acts on slips', ({ db, rolledBack, become }) => {
  const call = async <T>(sql: string, ...values: unknown[]): Promise<T> => (await db().query<{ answer: T }>(`select ${sql} as answer`, values))[0].answer
  const stand = (at: Stand, level: IssueLevel = 'grid') => {
    const columns = { ...UNTOUCHED, ...STANDS[at], level: `'${level}'`, top_level: `'${level}'` }
    return db().query(`update public.issues set ${Object.entries(columns).map(([column, value]) => `${column} = ${value}`).join()} where id = ${SLIP}`)
  }
  const act = (which: IssueAct, input: object = {}, revision = 0) =>
    call<Record<string, unknown>>('public.act_on_issue($1, $2, $3::jsonb, $4)', SLIP, which, JSON.stringify({ note: WORDS, ...INPUT[which], ...input }), revision)
  /** `done`, or the code of the refusal; the transaction goes on as it was before. */
  async function outcome(work: () => Promise<unknown>): Promise<string> {
    await db().query('savepoint before_act')
    const code = await work().then(() => 'done', (error: Error) => error.message)
    await db().query('rollback to before_act')
    return code
  }

  it.each(CALLERS)('by $persona as $actor: what the table of acts allows, nothing else', ({ persona, actor, before }) =>
    rolledBack(async () => {
      if (before) await db().query(before)
      const found: Partial<Record<IssueAct, string>> = {}
      const expected: Partial<Record<IssueAct, string>> = {}
      for (const which of ISSUE_ACTS) {
        await become('owner')
        // Handing down starts above; the member handles the slip at any stand but the first.
        const level = which === 'hand_down' ? 'community' : 'grid'
        await stand(OPEN_AT[which], level)
        const { by } = ISSUE_ACT_RULES[which]
        const isLevelEnough = actor === null || actor === 'handler' || ISSUE_LEVELS.indexOf(ISSUE_ROLE_LEVELS[actor as keyof typeof ISSUE_ROLE_LEVELS]) >= ISSUE_LEVELS.indexOf(level)
        const isActor = actor !== null && by.includes(actor) && (actor !== 'handler' || OPEN_AT[which] !== 'reported')
        expected[which] = !isActor ? 'not_allowed' : isLevelEnough ? 'done' : 'issue_level'
        await become(persona)
        found[which] = await outcome(() => act(which))
      }
      expect(found).toEqual(expected)
    }))

  it.each(ISSUE_ACTS)('%s: at each stand of a slip, done or refused as the table of acts says', (which) =>
    rolledBack(async () => {
      const { by } = ISSUE_ACT_RULES[which]
      // The administrator, the handler or, for what is a reporter's alone, the door within.
      const persona: Persona | null = by.includes('district_admin') ? 'admin' : by.includes('street_officer') ? 'officer' : by.includes('handler') ? 'member' : null
      const level = which === 'hand_down' ? 'community' : 'grid'
      const found: Partial<Record<Stand, string>> = {}
      const expected: Partial<Record<Stand, string>> = {}
      for (const at of Object.keys(STANDS) as Stand[]) {
        // Nobody handles it there: then nobody is its handler.
        if (persona === 'member' && at === 'reported') continue
        await become('owner')
        await stand(at, level)
        expected[at] = expectedCode(which, at) ?? 'done'
        if (persona) await become(persona)
        found[at] = await outcome(() => persona ? act(which) : db().query(
          `select private.apply_issue_act(i, $2, '{}', '{reporter}', null) from public.issues i where i.id = $1`, [SLIP, which]))
      }
      expect(found).toEqual(expected)
    }))

  it('lets a level be dealt with by roles of that level and above', () =>
    rolledBack(async () => {
      for (const level of ISSUE_LEVELS) {
        const able: string[] = []
        for (const { persona, actor } of CALLERS.slice(0, 4)) {
          await become('owner')
          await stand('reported', level)
          await become(persona)
          const code = await outcome(() => act('claim'))
          expect(['done', 'issue_level']).toContain(code)
          if (code === 'done') able.push(actor as string)
        }
        expect(able).toEqual((Object.keys(ISSUE_ROLE_LEVELS) as (keyof typeof ISSUE_ROLE_LEVELS)[])
          .filter((role) => role !== 'grid_worker' && ISSUE_LEVELS.indexOf(ISSUE_ROLE_LEVELS[role]) >= ISSUE_LEVELS.indexOf(level)))
      }
    }))

  it('says beforehand what stands in the way, in the words of the refusal', () =>
    rolledBack(async () => {
      await stand('finished', 'street')
      for (const persona of ['officer', 'secretary', 'member', 'leader'] as const) {
        await become(persona)
        const { acts } = await call<{ acts: { act: IssueAct; code: string | null }[] }>('public.issue_detail($1)', SLIP)
        expect(acts.map((one) => one.act)).toEqual([...ISSUE_ACTS])
        for (const { act: which, code } of acts) expect(await outcome(() => act(which)), `${persona} ${which}`).toBe(code ?? 'done')
      }
    }))

  it('goes from the door to the board, and each step is in the history', () =>
    rolledBack(async () => {
      const step = async (persona: Persona, which: IssueAct, input: object = {}) => {
        await become(persona)
        const { revision } = (await db().query<{ revision: number }>('select revision from public.issues where id = $1', [SLIP]))[0]
        return act(which, input, revision)
      }
      await step('leader', 'claim')
      await step('leader', 'progress')
      await step('secretary', 'supervise')
      await step('secretary', 'remind', { note: '请抓紧' })
      await step('leader', 'finish', { note: '已清运' })
      await step('secretary', 'return', { note: '仍有残留' })
      await step('leader', 'finish', { note: '已复清' })
      await step('secretary', 'close', { satisfaction: 5 })
      expect(await step('secretary', 'publish')).toMatchObject({ state: 'published', outcome: 'solved', satisfaction: 5, reminders: 1, revision: 9, handler: '李*' })
      const { events } = await call<{ events: Record<string, unknown>[] }>('public.issue_detail($1)', SLIP)
      expect(events.map((event) => [event.act, event.actor, event.fromState, event.toState])).toEqual([
        ['report', 'worker', null, 'reported'], ['claim', 'grid_leader', 'reported', 'claimed'], ['progress', 'handler', 'claimed', 'claimed'],
        ['supervise', 'community_secretary', 'claimed', 'supervised'], ['remind', 'community_secretary', 'supervised', 'supervised'],
        ['finish', 'handler', 'supervised', 'supervised'], ['return', 'community_secretary', 'supervised', 'claimed'],
        ['finish', 'handler', 'claimed', 'supervised'], ['close', 'community_secretary', 'supervised', 'supervised'],
        ['publish', 'community_secretary', 'supervised', 'published'],
      ])
      await become('auditor')
      expect(await db().query(`select action from public.audit_log where object_type = 'issue' and object_id = '${SLIP}' order by id`)).toHaveLength(9)
    }))

  it.each<[string, IssueAct, Stand, object, string]>([
    ['words that are missing', 'finish', 'claimed', { note: ' ' }, 'note_missing'],
    ['words that are a list', 'finish', 'claimed', { note: [] }, 'issue_invalid'],
    ['words without end', 'finish', 'claimed', { note: '长'.repeat(1001) }, 'issue_invalid'],
    ['a photo that is a page', 'finish', 'claimed', { photos: [Buffer.from('<svg onload=alert(1)>').toString('base64')] }, 'photo_invalid'],
    ['five photos', 'finish', 'claimed', { photos: Array.from({ length: 5 }, () => 'AAAA') }, 'photo_invalid'],
    ['photos that are no list', 'finish', 'claimed', { photos: 'AAAA' }, 'photo_invalid'],
  ])('refuses of the handler %s', (_, which, at, input, code) =>
    rolledBack(async () => {
      await stand(at)
      await become('member')
      expect(await outcome(() => act(which, input))).toBe(code)
    }))

  it.each<[string, IssueAct, Stand, object, string]>([
    ['a person of another street', 'assign', 'reported', { personId: personId(9) }, 'person_invalid'],
    ['an auditor', 'assign', 'reported', { personId: personId(6) }, 'person_invalid'],
    ['a person who is not active', 'assign', 'reported', { personId: personId(7) }, 'person_invalid'],
    ['nobody', 'assign', 'reported', { personId: null }, 'person_invalid'],
    ['no identity', 'assign', 'reported', { personId: `' or true` }, 'person_invalid'],
    ['itself as its original', 'mark_duplicate', 'reported', { ofIssue: 1 }, 'duplicate_invalid'],
    ['an original on another land', 'mark_duplicate', 'reported', { ofIssue: 4 }, 'duplicate_invalid'],
    ['an original that is not there', 'mark_duplicate', 'reported', { ofIssue: 999999 }, 'duplicate_invalid'],
    ['an original in words', 'mark_duplicate', 'reported', { ofIssue: '5' }, 'duplicate_invalid'],
    ['a level below for going up', 'escalate', 'claimed', { level: 'grid' }, 'level_invalid'],
    ['a level that is none', 'escalate', 'claimed', { level: 'province' }, 'level_invalid'],
    ['satisfaction beyond five', 'close', 'finished', { satisfaction: 6 }, 'satisfaction_invalid'],
    ['satisfaction in halves', 'close', 'finished', { satisfaction: 2.5 }, 'satisfaction_invalid'],
  ])('refuses of an officer %s', (_, which, at, input, code) =>
    rolledBack(async () => {
      await stand(at)
      await become('officer')
      expect(await outcome(() => act(which, input))).toBe(code)
    }))

  it('goes up with nobody and a new deadline, to the top and no further, and down again', () =>
    rolledBack(async () => {
      await stand('claimed')
      await become('secretary')
      const up = await act('escalate')
      expect(up).toMatchObject({ state: 'reported', level: 'community', topLevel: 'community', handlerId: null, claimedAt: null, revision: 1 })
      await become('officer')
      expect(await act('escalate', { level: 'district' }, 1)).toMatchObject({ level: 'district', topLevel: 'district' })
      expect(await outcome(() => act('escalate', {}, 2))).toBe('issue_level')
      await become('admin')
      expect(await outcome(() => act('escalate', {}, 2))).toBe('not_allowed')
      expect(await act('hand_down', { level: null }, 2)).toMatchObject({ level: 'street', topLevel: 'district', state: 'reported' })
    }))

  it('takes a duplicate for one with its original, once, and parts them on reopening', () =>
    rolledBack(async () => {
      await become('officer')
      expect(await act('mark_duplicate')).toMatchObject({ outcome: 'duplicate', duplicateOf: 5, state: 'supervised' })
      const other = await call<{ links: object[] }>('public.issue_detail(5)')
      // Slip 5 was linked with it as related before.
      expect(other.links).toEqual([expect.objectContaining({ id: 1, kind: 'duplicate', isOriginal: false })])
      expect(await outcome(() => call(`public.act_on_issue(5, 'mark_duplicate', '{"ofIssue": 1}', 0)`))).toBe('duplicate_invalid')
      expect(await outcome(() => act('publish', {}, 1))).toBe('issue_not_publishable')
      // Nobody handled it, so it goes back to where anybody may claim it.
      expect(await act('reopen', {}, 1)).toMatchObject({ outcome: null, duplicateOf: null, state: 'reported', closedAt: null })
      expect((await call<{ links: object[] }>('public.issue_detail(1)')).links).toEqual([expect.objectContaining({ id: 5, kind: 'related' })])
    }))

  it('links slips both ways and tells both histories', () =>
    rolledBack(async () => {
      await become('leader')
      expect(await call(`public.link_issues(1, 5, 'related')`)).toEqual({ changed: false })
      expect(await call(`public.link_issues(1, 5, 'none')`)).toEqual({ changed: true })
      expect(await call(`public.link_issues(1, 5, 'related')`)).toEqual({ changed: true })
      for (const slip of [1, 5]) {
        const { events, links } = await call<{ events: { act: string }[]; links: object[] }>('public.issue_detail($1)', slip)
        expect(events.slice(-2).map((event) => event.act)).toEqual(['unlink', 'link'])
        expect(links).toHaveLength(1)
      }
      expect(await outcome(() => call(`public.link_issues(1, 2, 'related')`))).toBe('not_allowed')
      expect(await outcome(() => call(`public.link_issues(1, 5, 'duplicate')`))).toBe('link_invalid')
    }))

  it('tells who acted first to who saw the slip before, and who has it to who claims it too', () =>
    rolledBack(async () => {
      await become('secretary')
      await act('assign')
      const late = async (which: IssueAct) => {
        await db().query('savepoint before_act')
        const detail = await expectRefusal(act(which), which === 'claim' ? 'issue_taken' : 'issue_stale')
        await db().query('rollback to before_act')
        return detail
      }
      await become('officer')
      expect(await late('supervise')).toMatchObject({ serverRevision: 1, by: '李*', act: 'assign' })
      expect(await late('claim')).toMatchObject({ by: '李*' })
      expect(await act('supervise', {}, 1)).toMatchObject({ state: 'supervised', revision: 2 })
    }))

  it('answers a request that is sent again, and does it once', () =>
    rolledBack(async () => {
      await become('leader')
      const key = '00000000-0000-4000-b000-0000000000aa'
      const send = () => call<{ revision: number }>(`public.act_on_issue(1, 'claim', '{}', 0, $1)`, key)
      expect(await send()).toEqual(await send())
      expect(await db().query(`select 1 from public.issue_events where issue_id = 1 and act = 'claim'`)).toHaveLength(1)
    }))
})
