import { expect, it } from 'vitest'
import { ACCOUNTS, expectRefusal, onEachDatabase, personId, sessionId, userId } from './engines/with-databases'

interface Chain {
  rows: number
  firstBroken: number | null
  head: string
}

onEachDatabase('personal data', ({ db, rolledBack, become }) => {
  const call = async <T = Record<string, unknown>>(sql: string, ...values: unknown[]): Promise<T> =>
    (await db().query<{ answer: T }>(`select ${sql} as answer`, values))[0].answer
  const refused = async (code: string, sql: string, ...values: unknown[]) => {
    await db().query('savepoint before')
    const detail = await expectRefusal(call(sql, ...values), code)
    await db().query('rollback to before')
    return detail
  }
  const REVEAL = `public.reveal_resident(11, 'visit', '上门核实情况')`
  const verify = () => call<Chain>('private.verify_audit_chain()')
  const ERASE = `public.erase_resident(11, '本人申请删除')`
  /** Resident 11 lives in building 2 of community 4; here as head of the household and as a member of the party group. */
  const makeHead = () =>
    db().script(`
      update public.residents set relation = '户主', birth_year = 1970, sex = 'm' where id = 11;
      update public.households h set head_name_masked = '张*', phone_masked = '138****0011', initials = 'zyhl' where id = (select household_id from public.residents where id = 11);
      insert into public.members (id, community_id, building_id, household_id, name_masked, initials, exempt_reason, phone_masked)
      select 901, r.community_id, r.building_id, r.household_id, '张*', 'z', '住院', '138****0011' from public.residents r where r.id = 11;
      insert into public.members (id, community_id, building_id, name_masked)
      select 902, r.community_id, r.building_id, '张*' from public.residents r where r.id = 11;
      insert into private.member_identities (member_id, name, phone) values (901, '张三11', null), (902, '张三11', '13899999999')`)
  /** Every text of the database that still holds what was resident 11's own. */
  const traces = async (): Promise<string[]> => {
    const tables = await db().query<{ name: string }>(`select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname in ('public', 'private') and c.relkind = 'r' order by 1`)
    const found: string[] = []
    for (const { name } of tables) {
      const rows = await db().query<{ n: number }>(`select count(*)::int as n from ${name} t where t::text ~ '张三11([^0-9]|$)|13800000011|110101197001010011'`)
      if (rows[0].n > 0) found.push(name)
    }
    return found
  }

  it('counts what one sees in clear, and shows no more than the limit of the day', () =>
    rolledBack(async () => {
      await become('admin')
      await call(`public.save_setting(4, 'reveals_per_day', '{"limit": 2}', 0)`)
      await become('leader')
      expect(await call(REVEAL)).toMatchObject({ revealsLeft: 1 })
      expect(await call(REVEAL)).toMatchObject({ revealsLeft: 0 })
      const detail = await refused('reveal_limit_reached', REVEAL)
      expect(detail).toMatchObject({ limit: 2, used: 2 })
      const wait = Date.parse(String(detail.resetsAt)) - Date.now()
      expect(wait > 0 && wait <= 86_400_000).toBe(true)
      // The officer belongs to another unit, the limit of which nobody changed.
      await become('officer')
      expect(await call(REVEAL)).toMatchObject({ revealsLeft: 49 })
      await become('owner')
      await db().script(`alter table public.audit_log disable trigger append_only; update public.audit_log set at = at - interval '1 day'`)
      await become('leader')
      expect(await call(REVEAL)).toMatchObject({ revealsLeft: 1 })
    }))

  it('reports who saw a resident, to administrators and auditors', () =>
    rolledBack(async () => {
      await become('leader')
      await call(`public.reveal_resident(10, E'visit\\u202e', E' 核实\\n住址 \\u0007')`)
      await become('auditor')
      const report = await call<Record<string, unknown>[]>('public.access_report(10)')
      expect(report).toEqual([
        { at: expect.any(String), by: '李*', personId: personId(4), action: 'resident_revealed', purpose: 'visit', reason: '核实住址' },
        { at: expect.any(String), by: '李*', personId: personId(3), action: 'resident_revealed', purpose: 'visit', reason: '核实住址' },
      ])
      await refused('not_allowed', 'public.access_report(999999)')
    }))

  it('puts an export on record before it is handed out, with a watermark that names it', () =>
    rolledBack(async () => {
      await become('secretary')
      const { exportId, watermark, at } = await call<Record<string, string>>(`public.record_export('households', '上级检查需要', 12, '{"category": 2}')`)
      expect(watermark).toMatch(new RegExp(`^李\\* 甲一社区 \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d ${exportId.slice(0, 8).toUpperCase()}$`))
      expect(Date.parse(at)).toBeLessThanOrEqual(Date.now() + 1000)
      await refused('reason_required', `public.record_export('households', ' 查 ', 12, '{}')`)
      for (const bad of [`'House; drop', '上级检查需要', 12, '{}'`, `'households', '上级检查需要', -1, '{}'`, `'households', '上级检查需要', null, '{}'`,
        `'households', '上级检查需要', 1, to_jsonb(repeat('x', 5000))`]) await refused('export_invalid', `public.record_export(${bad})`)
      await become('auditor')
      expect(await db().query('select action, object_id, org_unit_id, detail from public.audit_log order by id desc limit 1')).toEqual([{
        action: 'export_recorded', object_id: exportId, org_unit_id: 4,
        detail: { kind: 'households', reason: '上级检查需要', rows: 12, filter: { category: 2 }, watermark },
      }])
    }))

  it('deletes what the register says is kept no longer, and nothing else', () =>
    rolledBack(async () => {
      const days = async (table: string, column: string) =>
        call<number>('(select retention_days from public.data_register where table_name = $1 and column_name = $2)', table, column)
      const [tag, name, rows] = [await days('resident_tags', 'tag'), await days('people_identities', 'name'), await days('import_chunks', 'rows')]
      await db().script(`
        update private.resident_tags set noted_on = current_date - ${tag + 1} where resident_id in (11, 21);
        update private.resident_tags set noted_on = current_date - ${tag - 1} where resident_id = 31;
        update public.people set active = false, retired_at = now() - interval '${name + 1} days' where id in ('${personId(2)}');
        update public.people set active = false, retired_at = now() - interval '${name - 1} days' where id in ('${personId(3)}');
        update public.imports set created_at = now() - interval '${rows + 1} days' where id::text like '%1';
        insert into private.idempotency_keys (person_id, key, function, arguments, at)
        select '${personId(1)}', gen_random_uuid(), 'f', '', now() - make_interval(hours => h) from unnest(array[23, 25]) h;
        insert into private.second_factors (person_id, secret, begun_at, confirmed_at) values
          ('${personId(4)}', 'x', now() - interval '2 days', null), ('${personId(5)}', 'x', now() - interval '2 days', now());
        insert into private.session_activity (session_id, person_id, last_seen_at, idle_at) values
          ('${sessionId(9)}', '${personId(9)}', now(), now() - interval '25 hours'), ('${sessionId(6)}', '${personId(6)}', now(), now() - interval '23 hours')`)
      const tags = await call<number>('(select count(*)::int from private.resident_tags)')
      await become('admin')
      const counts = await call('public.run_retention()')
      expect(counts).toEqual({ requestKeys: 1, importChunks: 1, sessions: 1, secondFactors: 1, tags: 2, identities: 1, reporters: 0, visits: 0 })
      expect(await call('public.run_retention()')).toEqual({ requestKeys: 0, importChunks: 0, sessions: 0, secondFactors: 0, tags: 0, identities: 0, reporters: 0, visits: 0 })
      await become('owner')
      expect(await call('(select count(*)::int from private.resident_tags)')).toBe(tags - 2)
      expect(await db().query(`select p.phone_masked, i.name from public.people p left join private.people_identities i on i.person_id = p.id
        where p.id in ('${personId(2)}', '${personId(3)}') order by p.id`)).toEqual([{ phone_masked: null, name: null }, { phone_masked: '139****0003', name: '李四3' }])
      expect(await db().query(`select status from public.imports order by id`)).toEqual([{ status: 'cancelled' }, { status: 'open' }])
      expect(await db().query(`select id from auth.sessions where user_id in ('${userId(9)}', '${userId(6)}')`)).toEqual([{ id: sessionId(6) }])
      expect(await db().query(`select detail from public.audit_log where action = 'retention_run' order by id limit 1`)).toEqual([{ detail: counts }])
    }))

  it('shows first what would go, without a letter of it, and changes nothing', () =>
    rolledBack(async () => {
      await makeHead()
      expect(await traces()).toEqual(['private.member_identities', 'private.resident_identities'])
      await become('officer')
      const look = {
        residentId: 11, name: '张*', relation: '户主', erasedAt: null, phone: true, idNumber: true, birth: true, tags: 1, isHead: true, memberships: 1, walks: 0, visits: 0, reveals: 0,
      }
      expect(await call('public.preview_erasure(11)')).toEqual(look)
      expect(await call('public.preview_erasure(11)')).toEqual(look)
      expect(await call('public.preview_erasure(10)')).toMatchObject({ tags: 0, memberships: 0, reveals: 1 })
      await refused('not_allowed', 'public.preview_erasure(999999)')
    }))

  it('takes what tells who it is from resident, household and member, and keeps every figure', () =>
    rolledBack(async () => {
      await makeHead()
      const figures = () =>
        db().query(`select count(*)::int as residents, (select sum(resident_count)::int from public.households) as counted,
          (select jsonb_agg(category order by id) from public.households) as categories, (select count(*)::int from public.members) as members,
          (select count(*)::int from public.members where exempt_reason is not null) as exempt from public.residents`)
      const before = await figures()
      await become('officer')
      await refused('reason_required', `public.erase_resident(11, ' 删 ')`)
      expect(await call(ERASE)).toEqual({ residentId: 11, erasedAt: expect.any(String) })
      await become('owner')
      // The other member of that name, with another telephone, is somebody else.
      expect(await traces()).toEqual(['private.member_identities'])
      expect(await db().query(`select name_masked, relation, birth_year, sex, phone_masked, id_number_masked, erased_at is not null as erased,
        (select count(*)::int from private.resident_tags where resident_id = 11) as tags from public.residents where id = 11`)).toEqual([
        { name_masked: '某*', relation: '', birth_year: null, sex: null, phone_masked: null, id_number_masked: null, erased: true, tags: 0 },
      ])
      expect(await db().query(`select h.head_name_masked, h.phone_masked, h.initials = b.initials as initials
        from public.households h join public.residents r on r.household_id = h.id join public.buildings b on b.id = h.building_id where r.id = 11`))
        .toEqual([{ head_name_masked: null, phone_masked: null, initials: true }])
      expect(await db().query(`select id, name_masked, initials, phone_masked, exempt_reason from public.members where id in (901, 902) order by id`)).toEqual([
        { id: 901, name_masked: '某*', initials: '', phone_masked: null, exempt_reason: 'other' },
        { id: 902, name_masked: '张*', initials: '', phone_masked: '138****9999', exempt_reason: null },
      ])
      expect(await figures()).toEqual(before)
    }))

  it('leaves the household its head where somebody else is erased', () =>
    rolledBack(async () => {
      await makeHead()
      await db().script(`insert into public.residents (id, household_id, community_id, building_id, name_masked, relation)
        select 911, household_id, community_id, building_id, '张*', '子女' from public.residents where id = 11;
        insert into private.resident_identities (resident_id, name) values (911, '张小')`)
      await become('admin')
      expect(await call('public.preview_erasure(911)')).toMatchObject({ isHead: false, phone: false })
      await call(`public.erase_resident(911, '本人申请删除')`)
      await become('owner')
      expect(await db().query(`select h.head_name_masked from public.households h join public.residents r on r.household_id = h.id where r.id = 11`))
        .toEqual([{ head_name_masked: '张*' }])
    }))

  it('is done once, is on record with its reason, and keeps of those who saw the resident who and when, not what for', () =>
    rolledBack(async () => {
      await become('officer')
      await call(`public.reveal_resident(11, 'visit', '核实张三11的电话13800000011')`)
      const key = `'00000000-0000-4000-d000-000000000011'`
      const first = await call(`public.erase_resident(11, '张三11 110101197001010011 本人申请', ${key})`)
      expect(await call(`public.erase_resident(11, '张三11 110101197001010011 本人申请', ${key})`)).toEqual(first)
      expect(Object.keys(await refused('resident_erased', ERASE))).toEqual(['at'])
      await refused('resident_erased', `public.reveal_resident(11, 'visit', '上门核实情况')`)
      await become('owner')
      expect(await traces()).toEqual([])
      await become('auditor')
      expect(await call('public.access_report(11)')).toEqual([
        { at: expect.any(String), by: '李*', personId: personId(2), action: 'resident_erased', purpose: null, reason: '张* 110101********0011 本人申请' },
        { at: expect.any(String), by: '李*', personId: personId(2), action: 'resident_revealed', purpose: null, reason: null },
      ])
      expect(await db().query(`select org_unit_id, detail from public.audit_log order by id desc limit 1`)).toEqual([{
        org_unit_id: 4,
        detail: {
          reason: '张* 110101********0011 本人申请',
          gone: { phone: true, idNumber: true, birth: true, tags: 1, isHead: true, memberships: 0, walks: 0, visits: 0 },
        },
      }])
      expect(await call('public.verify_audit_chain()')).toMatchObject({ firstBroken: null })
      await become('admin')
      expect(await call('public.run_retention()')).toMatchObject({ tags: 0 })
    }))

  it('chains the log, and gives every row its own time and place', () =>
    rolledBack(async () => {
      await db().query(`insert into public.audit_log (at, action, object_type, object_id) values ('2001-01-01', 'test', 'test', '1')`)
      const [row] = await db().query<{ id: string; recent: boolean }>(`select id::text, at > now() - interval '1 minute' as recent from public.audit_log order by id desc limit 1`)
      expect(row.recent).toBe(true)
      const chain = await verify()
      expect(chain).toEqual({ rows: Number(row.id), firstBroken: null, head: expect.stringMatching(/^[0-9a-f]{64}$/) })
      await become('auditor')
      expect(await call('public.verify_audit_chain()')).toEqual(chain)
      await db().query(`select set_config('timezone', 'Pacific/Auckland', true), set_config('datestyle', 'German', true)`)
      expect(await call('public.verify_audit_chain()')).toEqual(chain)
    }))

  it.each([
    ['changed', `update public.audit_log set detail = '{"reason": "another"}' where id = 3`, 3],
    ['backdated', `update public.audit_log set at = at - interval '1 microsecond' where id = 2`, 2],
    ['removed', 'delete from public.audit_log where id = 2', 3],
    ['removed at the end', 'delete from public.audit_log where id = 6', 6],
    ['removed altogether', 'delete from public.audit_log', 6],
    ['slipped in', `insert into public.audit_log (id, action, object_type, object_id, hash) overriding system value values (7, 'x', 'x', 'x', sha256('x'))`, 7],
    ['given the hash of another', 'update public.audit_log set hash = (select hash from public.audit_log where id = 4) where id = 5', 5],
  ])('finds a row of the log that was %s behind the triggers', (_, change, place) =>
    rolledBack(async () => {
      await db().query(`insert into public.audit_log (action, object_type, object_id) select 'test', 'test', n::text from generate_series(1, 3) n`)
      expect(await verify()).toMatchObject({ rows: 6, firstBroken: null })
      await db().script(`alter table public.audit_log disable trigger all; ${change}`)
      expect(await verify()).toMatchObject({ firstBroken: place })
    }))
}, ACCOUNTS)
