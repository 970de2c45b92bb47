import { afterAll, beforeAll, expect, it } from 'vitest'
import { ACTIVE, FUNCTIONS, NOBODY, POLICY_FUNCTIONS, RELATIONS, type Active } from './access-matrix'
import { ACCOUNTS, onEachDatabase, PERSONA, sessionId, userId, type Persona } from './engines/with-databases'
import type { DatabaseError } from './engines/test-database'

const PERSONAS = Object.keys(PERSONA) as Persona[]
const isActive = (persona: Persona): persona is Active => (ACTIVE as readonly string[]).includes(persona)
const NO_PRIVILEGE = '42501'
/** One of the settings that hold where nobody set any. */
const DEFAULTS: Readonly<Record<string, object>> = {
  grid_settings: { minMembers: 3 }, assignment_settings: { minBuildings: 6 }, issue_settings: { maskBelow: 3 }, patrol_settings: { rawDays: 30 },
  coverage_settings: { visitDays: 14 },
}

/** Every way to write to a relation directly. */
const WRITES: readonly ((relation: string, column: string) => string)[] = [
  (relation) => `insert into ${relation} overriding system value select * from ${relation} where false`,
  (relation) => `insert into ${relation} default values`,
  (relation, column) => `update ${relation} set ${column} = ${column}`,
  (relation) => `delete from ${relation}`,
  (relation) => `truncate ${relation}`,
]

/** Plans with land of their own, links and notes, and links of the lands: none of them in the fixture world, where all is plain. */
const DRAWN = `
  insert into public.plans (id, land_id, number, title, status) values
    ('00000000-0000-4000-a000-000000000011', 1, 99, '有地', 'discarded'), ('00000000-0000-4000-a000-000000000012', 2, 99, '有地', 'discarded');
  insert into public.plan_land_nodes (plan_id, node_id, x, y) select id, -1, 0, 0 from public.plans where number = 99;
  insert into public.plan_land_cells (plan_id, cell_id, gone) select id, 3, true from public.plans where number = 99;
  insert into public.plan_land_arcs (plan_id, arc_id, gone) select id, 3, true from public.plans where number = 99;
  insert into public.plan_land_buildings (plan_id, building_id, cell_id) select id, 3, 4 from public.plans where number = 99;
  insert into public.plan_links (plan_id, cell_a, cell_b, kind) select id, 3, 4, 'wall' from public.plans where number = 99;
  insert into public.plan_notes (plan_id, note_id, x, y, text) select id, 'n', 0, 0, '' from public.plans where number = 99;
  insert into public.land_links (land_id, cell_a, cell_b, kind, from_edition)
    values (1, 1, 2, 'wall', 1), (1, 5, 6, 'wall', 1), (1, 4, 5, 'bridge', 1), (2, 101, 102, 'wall', 1);`
const UNDRAWN = ['plan_land_nodes', 'plan_land_cells', 'plan_land_arcs', 'plan_land_buildings', 'plan_links', 'plan_notes', 'land_links']

onEachDatabase('access matrix', ({ db, rolledBack, become, as }) => {
  let checks = 0
  beforeAll(() => db().script(DRAWN))
  afterAll(() => db().script([...UNDRAWN.map((table) => `delete from public.${table};`), 'delete from public.plans where number = 99'].join('')))
  afterAll(() => {
    const [relations, functions] = [RELATIONS, FUNCTIONS].map((list) => Object.keys(list).length)
    console.log(`access matrix on ${db().engine}: ${relations} relations × ${PERSONAS.length} callers × read and ${WRITES.length} ways to write, ` +
      `${functions} functions × ${PERSONAS.length} callers; ${checks} checks`)
  })

  /** Outcome of a statement as a persona: its rows, or the code of its refusal. */
  async function attempt(persona: Persona, sql: string): Promise<{ rows: Record<string, unknown>[] } | { refused: string }> {
    checks++
    try {
      return { rows: await as(persona, sql) }
    } catch (error) {
      const { code, message } = error as DatabaseError
      return { refused: code === 'P0001' ? message : (code ?? message) }
    }
  }

  it('names every relation and function of the catalogue, and nothing else', async () => {
    const relations = await db().query<{ name: string }>(`select n.nspname || '.' || c.relname as name from pg_class c
      join pg_namespace n on n.oid = c.relnamespace where n.nspname in ('public', 'private') and c.relkind in ('r', 'p', 'v', 'm', 'f')`)
    expect(relations.map((row) => row.name).sort()).toEqual(Object.keys(RELATIONS).sort())
    const functions = await db().query<{ name: string }>(`select distinct p.proname as name from pg_proc p where p.pronamespace = 'public'::regnamespace`)
    expect(functions.map((row) => row.name).sort()).toEqual(Object.keys(FUNCTIONS).sort())
  })

  it.each(Object.entries(RELATIONS))('%s: each persona reads exactly its rows', async (relation, expected) => {
    for (const persona of PERSONAS) {
      const outcome = await attempt(persona, `select t.ctid::text as row from ${relation} t order by 1`)
      if (expected === 'refused' || persona === 'anonymous') {
        expect(outcome, persona).toEqual({ refused: NO_PRIVILEGE })
        continue
      }
      const rows = isActive(persona) ? expected[persona] : 'none'
      const condition = rows === 'all' ? 'true' : rows === 'none' ? 'false' : rows
      const seen = await db().query(`select t.ctid::text as row from ${relation} t where ${condition} order by 1`)
      if (rows !== 'none') expect(seen.length, `the fixture has rows for ${persona}`).toBeGreaterThan(0)
      expect(outcome, persona).toEqual({ rows: seen })
    }
  })

  it.each(Object.keys(RELATIONS))('%s: nobody inserts, updates or deletes directly', async (relation) => {
    const [{ column }] = await db().query<{ column: string }>(
      `select a.attname as column from pg_attribute a where a.attrelid = $1::regclass and a.attnum > 0 order by a.attnum desc limit 1`, [relation])
    for (const persona of PERSONAS) {
      for (const write of WRITES) {
        const statement = write(relation, column)
        expect(await attempt(persona, statement), `${persona}: ${statement}`).toEqual({ refused: NO_PRIVILEGE })
      }
    }
  })

  it.each(Object.entries(FUNCTIONS))('%s: does its work for those it is for', async (name, { call, allowed, others }) => {
    for (const persona of PERSONAS) {
      const outcome = await attempt(persona, `select to_jsonb(${call}) as answer`)
      if (others === 'everybody') {
        expect('rows' in outcome ? 'answered' : outcome, persona).toBe('answered')
      } else if (persona === 'anonymous' && others !== 'code_unknown') {
        expect(outcome, persona).toEqual({ refused: NO_PRIVILEGE })
      } else if (isActive(persona) && allowed.includes(persona)) {
        expect('rows' in outcome ? 'answered' : outcome, persona).toBe('answered')
        const answer = (outcome as { rows: { answer: unknown }[] }).rows[0].answer
        expect(answer, `${name} answers ${persona}`).not.toBeNull()
        if (Array.isArray(answer)) expect(answer.length, persona).toBeGreaterThan(['check_plan', 'check_assignment'].includes(name) ? -1 : 0)
      } else if (others === 'empty' || others === 'defaults') {
        const answer = 'rows' in outcome ? outcome.rows[0].answer : outcome
        const nothing = ['whoami', 'my_households', 'my_visits'].includes(name) ? [null] : others === 'empty' ? [[]] : [expect.objectContaining(DEFAULTS[name])]
        expect([answer], persona).toEqual(nothing)
      } else {
        expect(others.split('|'), persona).toContain('refused' in outcome ? outcome.refused : 'answered')
      }
    }
  })

  it('opens of the private functions only those that policies call, and those cannot be named', async () => {
    const open = await db().query<{ name: string }>(`select distinct p.proname as name from pg_proc p
      where p.pronamespace = 'private'::regnamespace and has_function_privilege('authenticated', p.oid, 'execute') order by 1`)
    expect(open.map((row) => row.name)).toEqual(POLICY_FUNCTIONS)
    for (const persona of PERSONAS) {
      expect(await attempt(persona, 'select private.my_person()'), persona).toEqual({ refused: NO_PRIVILEGE })
    }
  })

  it('tells the planner how few rows the functions behind the policies give', async () => {
    const unsaid = await db().query(`select p.proname as name from pg_proc p where p.pronamespace = 'private'::regnamespace
      and p.proretset and p.prorows = 1000 and p.proname = any ($1)`, [[...POLICY_FUNCTIONS, 'my_session']])
    expect(unsaid).toEqual([])
  })

  it('gives nobodies nothing by any function that reads', async () => {
    for (const persona of NOBODY) {
      for (const [name, { call, others }] of Object.entries(FUNCTIONS)) {
        if (others === 'everybody') continue
        const outcome = await attempt(persona, `select to_jsonb(${call}) as answer`)
        if (name.endsWith('_settings') || !('rows' in outcome)) continue
        const answer = outcome.rows[0].answer
        expect(answer === null || (Array.isArray(answer) && answer.length === 0), `${persona}: ${name} → ${JSON.stringify(answer)}`).toBe(true)
      }
    }
  })

  it('shows masks only, wherever it looks', async () => {
    const clear = await db().query<{ text: string }>(`select name as text from private.resident_identities union all select phone from private.resident_identities
      union all select id_number from private.resident_identities union all select name from private.member_identities
      union all select name from private.people_identities`)
    const secrets = new Set(clear.map((row) => row.text))
    for (const relation of ['public.residents', 'public.households', 'public.members', 'public.people']) {
      for (const persona of ACTIVE) {
        const rows = await as(persona, `select * from ${relation}`)
        checks++
        expect(rows.some((row) => Object.values(row).some((value) => secrets.has(String(value)))), `${persona} ${relation}`).toBe(false)
      }
    }
    const snapshot = JSON.stringify(await as('admin', 'select public.scope_snapshot(1)'))
    checks++
    expect([...secrets].some((secret) => snapshot.includes(secret))).toBe(false)
  })

  it('reveals a resident with a reason, and writes it down in the same breath', () =>
    rolledBack(async () => {
      await become('leader')
      const [row] = await db().query<{ answer: unknown }>(`select public.reveal_resident(11, 'visit', '上门核实情况') as answer`)
      expect(row.answer).toEqual({ residentId: 11, name: '张三11', phone: '13800000011', idNumber: '110101197001010011', tags: ['chronic_illness'], revealsLeft: 49 })
      await become('auditor')
      const log = await db().query(`select action, object_id, detail, right(person_id::text, 2) as who from public.audit_log order by id desc limit 1`)
      expect(log).toEqual([{ action: 'resident_revealed', object_id: '11', detail: { purpose: 'visit', reason: '上门核实情况' }, who: '04' }])
      checks += 2
    }))

  it.each([
    [`public.reveal_resident(10, '', '上门核实情况')`, 'purpose_required'],
    [`public.reveal_resident(10, 'visit', ' 看 ')`, 'reason_required'],
    [`public.reveal_resident(50, 'visit', '上门核实情况')`, 'not_allowed'],
    [`public.reveal_resident(999999, 'visit', '上门核实情况')`, 'not_allowed'],
  ])('reveals nothing by %s', async (call, code) => {
    expect(await attempt('leader', `select ${call}`)).toEqual({ refused: code })
  })

  it('keeps log, edits and waivers append-only, even for their owner', async () => {
    for (const table of ['audit_log', 'plan_edits', 'plan_waivers', 'assignment_edits', 'assignment_waivers', 'issue_events']) {
      for (const statement of [`update public.${table} set at = now()`, `delete from public.${table}`, `truncate public.${table} cascade`]) {
        checks++
        await expect(rolledBack(() => db().query(statement)), statement).rejects.toThrow('append_only')
      }
    }
  })

  it('lets nobody read, filter or sort by a column that holds personal data in clear, credentials or the use of accounts', async () => {
    const columns = await db().query<{ relation: string; column: string }>(`select r.schema_name || '.' || r.table_name as relation,
      r.column_name as column from public.data_register r where r.schema_name = 'private' or r.mask = 'hidden' order by 1, 2`)
    expect(columns.length).toBeGreaterThan(40)
    for (const { relation, column } of columns) {
      for (const persona of PERSONAS) {
        for (const statement of [
          `select ${column} from ${relation}`, `select 1 from ${relation} where ${column}::text >= ''`, `select 1 from ${relation} order by ${column}`,
        ]) expect(await attempt(persona, statement), `${persona}: ${statement}`).toEqual({ refused: NO_PRIVILEGE })
      }
    }
  })

  const seenLands = async (claims: Record<string, unknown>) => {
    checks++
    await become('officer')
    await db().query(`select set_config('request.jwt.claims', $1, true)`, [JSON.stringify(claims)])
    const rows = await db().query('select id from public.lands')
    await become('owner')
    return rows.length
  }
  const OFFICER = { sub: userId(2), session_id: sessionId(2) }

  it.each([
    ['a token without a session', { sub: userId(2) }, ''],
    ['the session of another account', { ...OFFICER, session_id: sessionId(3) }, ''],
    ['a session that is no identity', { ...OFFICER, session_id: `x' or true` }, ''],
    ['an ended session', OFFICER, `delete from auth.sessions where id = '${sessionId(2)}'`],
    ['a session past its day', OFFICER, `update auth.sessions set not_after = now() - interval '1 second'`],
    ['an idle session', OFFICER, `update auth.sessions set created_at = now() - interval '31 minutes'`],
    ['a session without a beginning', OFFICER, `update auth.sessions set created_at = null`],
    ['a banned account', OFFICER, `update auth.users set banned_until = now() + interval '1 day'`],
    ['a deleted account', OFFICER, `update auth.users set deleted_at = now()`],
    ['a removed account', OFFICER, `delete from auth.users where id = '${userId(2)}'`],
    ['a suspended person', OFFICER, `update public.people set active = false`],
    ['a post that ended', OFFICER, `update public.posts set valid_to = current_date - 1 where person_id::text like '%02'`],
    ['a password to change', OFFICER, `insert into private.accounts (person_id, must_change) select id, true from public.people`],
    ['a second factor to answer', OFFICER, `insert into private.second_factors (person_id, secret, confirmed_at) select id, 'x', now() from public.people`],
  ])('shows nothing to %s, with the very next statement', (_, claims, change) =>
    rolledBack(async () => {
      expect(await seenLands(OFFICER)).toBe(1)
      if (change) await db().script(change)
      expect(await seenLands(claims)).toBe(0)
    }))
}, ACCOUNTS)
