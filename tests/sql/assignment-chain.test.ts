import { expect, it } from 'vitest'
import { ASSIGNMENT_DEFAULTS } from '@/core/assignment/assignment-scope'
import { ACCOUNTS, expectRefusal, onEachDatabase, personId, type Persona } from './engines/with-databases'

interface Level {
  level: string
  id: string | null
  holders: { role: string; name: string; phone: string | null; memberId: number | null }[]
  break: string | null
}
interface Chain {
  levels: Level[]
  beside: Level[]
  breaks: number
}
interface Papers {
  exportId: string
  members: Record<string, unknown>[]
  households: Record<string, unknown>[]
  care: unknown[]
}
interface Staffing {
  code: string
  leaders: { personId: string; grids: number }[]
  workers: { personId: string; grids: number; name: string }[]
  teamSize: number
  vacancies: string[]
}

const OTHERS: readonly Persona[] = ['auditor', 'leader', 'member', 'otherStreet', 'inactive', 'ended', 'notYet']

onEachDatabase('chain of contact', ({ db, rolledBack, become, as }) => {
  const call = async <T = Record<string, unknown>>(sql: string, ...values: unknown[]): Promise<T> =>
    (await db().query<{ answer: T }>(`select to_jsonb(${sql}) as answer`, values))[0].answer
  const refused = async (code: string, sql: string) => {
    await db().query('savepoint before')
    const detail = await expectRefusal(call(sql), code)
    await db().query('rollback to before')
    return detail
  }
  const breaks = async (unit: number) => {
    const rows = await call<{ code: string; total: number; count: number; ids: unknown[] }[]>(`public.chain_breaks(${unit})`)
    return Object.fromEntries(rows.map(({ code, total, count, ids: list }) => {
      expect(list).toHaveLength(count)
      return [code, [count, total]]
    }))
  }
  const breakIds = async (unit: number, code: string) =>
    (await call<{ code: string; ids: unknown[] }[]>(`public.chain_breaks(${unit})`)).find((row) => row.code === code)!.ids
  const SETTING = JSON.stringify({ ...ASSIGNMENT_DEFAULTS, urban: { min: 5, max: 20 } })

  it('shows a member the own households and the frail one cared for, masked, and of nobody else anything', () =>
    rolledBack(async () => {
      await become('member')
      const mine = await call('public.my_households()')
      expect(mine).toMatchObject({ memberId: 1, name: '王*', community: '甲一社区', group: '甲一第一党小组', minHouseholds: 6, maxHouseholds: 12 })
      expect((mine.households as { id: number }[]).map(({ id }) => id)).toEqual([10, 11, 20])
      expect((mine.households as object[])[0]).toEqual({
        id: 10, buildingId: 1, address: '甲一社区1号楼', stairwell: '1单元', room: '001', head: '张*', category: 0, residents: 2, phone: null, headResidentId: 10,
        lng: expect.closeTo(117.60056, 4), lat: expect.closeTo(36.20045, 4), since: expect.any(String),
      })
      expect(mine.frail).toEqual([expect.objectContaining({ id: 9, name: '王*', phone: '137****0009', residentId: null })])
      expect(mine.leaders).toEqual([{ role: 'committee', name: '王*', phone: '137****0002' }])
      expect(JSON.stringify(mine)).not.toMatch(/张三|王五|"13[0-9]{9}"/)
      await become('secretary')
      expect(await call('public.my_households()')).toBeNull()
    }))

  it('has for a member, whichever way it is asked for, nothing that is not the own', async () => {
    const seen = (table: string) => as<{ id: number }>('member', `select id from public.${table} order by id`).then((rows) => rows.map(({ id }) => id))
    expect(await seen('households')).toEqual([10, 11, 20])
    expect(await seen('buildings')).toEqual([1, 2])
    expect(await seen('members')).toEqual([1, 9])
    expect(await seen('residents')).toEqual([])
  })

  it('takes a household away from a member with the very next statement', () =>
    rolledBack(async () => {
      await db().query('update public.contact_links set valid_to = now() where household_id = 20 and valid_to is null')
      await become('member')
      expect(await db().query('select id from public.households order by id')).toEqual([{ id: 10 }, { id: 11 }])
      expect(await db().query('select id from public.buildings')).toEqual([{ id: 1 }])
      await refused('not_allowed', `public.reveal_resident(20, 'call', '电话联系')`)
      await refused('not_allowed', 'public.household_chain(20)')
    }))

  it('lets a member call: name and telephone of the own heads and frail members, on record, counted, and nobody else', () =>
    rolledBack(async () => {
      await db().script(`update public.members set household_id = 90 where id = 9;
        update private.member_identities set name = '张三90' where member_id = 9;
        insert into public.residents (id, household_id, community_id, building_id, name_masked, relation) values (910, 10, 4, 1, '张*', '子女');
        insert into private.resident_identities (resident_id, name) values (910, '张小')`)
      await become('admin')
      await call(`public.save_setting(4, 'reveals_per_day', '{"limit": 2}', 0)`)
      await become('member')
      expect(await call(`public.reveal_resident(11, 'call', '电话联系')`))
        .toEqual({ residentId: 11, name: '张三11', phone: '13800000011', idNumber: null, tags: [], revealsLeft: 1 })
      expect((await call<{ frail: object[] }>('public.my_households()')).frail).toEqual([expect.objectContaining({ residentId: 90 })])
      for (const resident of [12, 30, 910, 999999]) await refused('not_allowed', `public.reveal_resident(${resident}, 'call', '电话联系')`)
      await refused('purpose_required', `public.reveal_resident(11, '', '电话联系')`)
      await refused('reason_required', `public.reveal_resident(11, 'call', '看')`)
      expect(await call(`public.reveal_resident(90, 'care', '上门看望')`)).toMatchObject({ name: '张三90', revealsLeft: 0 })
      await refused('reveal_limit_reached', `public.reveal_resident(10, 'call', '电话联系')`)
      await become('auditor')
      expect(await db().query(`select object_id, right(person_id::text, 2) as who, detail from public.audit_log order by id desc limit 2`)).toEqual([
        { object_id: '90', who: '05', detail: { purpose: 'care', reason: '上门看望' } },
        { object_id: '11', who: '05', detail: { purpose: 'call', reason: '电话联系' } },
      ])
    }))

  it('reads the chain of a household from district to door, and says where it breaks', () =>
    rolledBack(async () => {
      await become('member')
      const whole = await call<Chain>('public.household_chain(10)')
      expect(whole.levels.map(({ level, id, holders, break: code }) => [level, id, holders.map(({ role }) => role), code])).toEqual([
        ['district', '1', ['district_admin', 'cadre'], null], ['street', '2', ['street_officer'], null],
        ['community', '4', ['community_secretary'], 'community_without_cadre'], ['party_group', '7', ['committee'], null],
        ['group_leader', '7', ['group_leader'], null], ['member', '1', ['household'], null], ['household', '10', [], null],
      ])
      expect(whole.beside.map(({ level, holders, break: code }) => [level, holders.map(({ role }) => role), code])).toEqual([
        ['grid', ['grid_leader'], 'grid_without_worker'], ['building', ['building'], null],
      ])
      expect(whole.breaks).toBe(2)
      expect(whole.levels[5].holders).toEqual([expect.objectContaining({ name: '王*', phone: '137****0001', memberId: 1, since: expect.any(String) })])
      expect(JSON.stringify(whole)).not.toMatch(/张三|李四|王五|"13[0-9]{9}"/)
      await become('officer')
      const codes = async (household: number) =>
        (await call<Chain>(`public.household_chain(${household})`)).levels.flatMap(({ break: code }) => code ?? [])
      // Nobody carries it: what hangs on the member is empty, and is no break of its own.
      expect(await codes(12)).toEqual(['community_without_cadre', 'household_without_member'])
      expect(await codes(50)).toEqual(['community_without_cadre', 'member_without_group'])
      await refused('not_allowed', 'public.household_chain(1010)')
      await become('leader')
      await refused('not_allowed', 'public.household_chain(30)')
      expect((await call<Chain>('public.household_chain(12)')).levels).toHaveLength(7)
    }))

  it('counts the breaks of a unit, those of its households one by one, and comes to zero', () =>
    rolledBack(async () => {
      await become('secretary')
      expect(await breaks(4)).toEqual({
        community_without_cadre: [1, 1], group_without_committee: [0, 1], group_without_leader: [0, 1], member_without_group: [0, 16],
        household_without_member: [43, 48], building_without_leader: [14, 16], grid_without_worker: [2, 2], frail_without_carer: [0, 1],
      })
      await refused('not_allowed', 'public.chain_breaks(5)')
      await become('officer')
      expect(await breaks(2)).toMatchObject({ household_without_member: [89, 96], member_without_group: [16, 32], frail_without_carer: [1, 2] })
      expect(await breakIds(2, 'frail_without_carer')).toEqual([13])
      expect(await breakIds(2, 'community_without_cadre')).toEqual([4, 5])
      const one = await call<number[]>(`(select array_agg(h.id order by h.id) from public.households h where
        jsonb_path_exists(public.household_chain(h.id), '$.levels[*] ? (@.break == "household_without_member")'))`)
      expect(await breakIds(2, 'household_without_member')).toEqual(one)
      await become('owner')
      await db().script(`
        insert into public.posts (person_id, org_unit_id, grid_id, role, valid_from)
        select '${personId(2)}'::uuid, 4, null::uuid, 'cadre'::public.post_role, '2026-01-01'::date
        union all select '${personId(2)}', 4, g.id, 'grid_worker', '2026-01-01' from public.grids g where g.community_id = 4;
        insert into public.contact_links (kind, community_id, member_id, household_id)
        select 'household', 4, h.building_id, h.id from public.households h where h.community_id = 4
          and not exists (select from public.contact_links l where l.household_id = h.id and l.valid_to is null);
        insert into public.contact_links (kind, community_id, member_id, building_id)
        select 'building', 4, b.id, b.id from public.buildings b where b.community_id = 4
          and not exists (select from public.contact_links l where l.building_id = b.id and l.valid_to is null)`)
      await become('auditor')
      expect(Object.values(await breaks(4)).map(([count]) => count)).toEqual([0, 0, 0, 0, 0, 0, 0, 0])
      expect(await call(`(select sum((public.household_chain(h.id) ->> 'breaks')::int) from public.households h where h.community_id = 4)`)).toBe(0)
      // One member that nobody leads breaks the group again.
      await become('owner')
      await db().query('update public.contact_links set valid_to = now() where led_member_id = 11')
      await become('auditor')
      expect(await breakIds(4, 'group_without_leader')).toEqual([7])
    }))

  it('sets links by hand: what was stays with its dates, a call that is sent again changes nothing', () =>
    rolledBack(async () => {
      await become('secretary')
      const key = `'00000000-0000-4000-d000-000000000021'`
      const first = await call(`public.set_contact_link('building', 1, 2, ${key})`)
      expect(first).toEqual({ kind: 'building', target: 1, memberId: 2, ended: 1, begun: 1 })
      expect(await call(`public.set_contact_link('building', 1, 2, ${key})`)).toEqual(first)
      await refused('request_key_reused', `public.set_contact_link('building', 1, 3, ${key})`)
      expect(await call(`public.set_contact_link('building', 1, 2)`)).toMatchObject({ ended: 0, begun: 0 })
      expect(await call(`public.set_contact_link('frail_care', 9, 3)`)).toMatchObject({ ended: 1, begun: 1 })
      expect(await call(`public.set_contact_link('group_leader', 7, 4)`)).toMatchObject({ ended: 16, begun: 16 })
      expect(await call(`public.set_contact_link('committee', 7, null)`)).toMatchObject({ ended: 1, begun: 0 })
      await become('owner')
      expect(await db().query(`select member_id, valid_to is null as open from public.contact_links where building_id = 1 order by id`))
        .toEqual([{ member_id: 1, open: false }, { member_id: 2, open: true }])
      expect(await db().query('select id from public.members where group_leader and party_group_id = 7')).toEqual([{ id: 4 }])
      expect(await db().query('select id from public.members where committee and party_group_id = 7')).toEqual([])
      expect(await db().query(`select object_type, object_id, org_unit_id, detail from public.audit_log where action = 'contact_link_set' order by id limit 1`))
        .toEqual([{ object_type: 'building', object_id: '1', org_unit_id: 4, detail: { memberId: 2, ended: 1, begun: 1 } }])
    }))

  it('refuses links to whom they do not suit, and hands that are not entitled', () =>
    rolledBack(async () => {
      await db().query(`insert into public.member_terms (member_id, exempt_reason) values (10, 'aged_70')`)
      await become('secretary')
      const reason = async (kind: string, target: number, member: number) =>
        (await refused('contact_invalid', `public.set_contact_link('${kind}', ${target}, ${member})`)).reason
      expect(await reason('building', 1, 5)).toBe('member_other_community')
      expect(await reason('building', 1, 999999)).toBe('member_other_community')
      expect(await reason('building', 1, 9)).toBe('member_not_able')
      expect(await reason('frail_care', 9, 10)).toBe('member_not_able')
      // Households change hands by plans, the able need no care, what is elsewhere or nowhere gets one answer.
      for (const target of [`'household', 10`, `'frail_care', 1`, `'building', 5`, `'building', 999999`, `'committee', 8`, `'group_leader', 4`]) {
        await refused('not_allowed', `public.set_contact_link(${target}, 2)`)
      }
      await become('owner')
      await db().query('update public.members set party_group_id = null where id = 3')
      await become('officer')
      expect(await reason('group_leader', 7, 3)).toBe('member_other_group')
      for (const persona of OTHERS) {
        await become(persona)
        await refused('not_allowed', `public.set_contact_link('building', 1, 2)`)
        await refused('not_allowed', `public.assignment_papers(4, 'notice', '上墙公示')`)
      }
    }))

  it('tells who works in each grid: leaders, workers, teams, people of several grids, vacancies', () =>
    rolledBack(async () => {
      await db().script(`insert into public.posts (person_id, org_unit_id, grid_id, role, valid_from, valid_to)
        select p.person::uuid, 4, ('00000000-0000-4000-8000-0000000000' || p.grid)::uuid, p.role::public.post_role, '2026-01-01', p.last::date
        from (values ('${personId(2)}', 'a1', 'grid_worker', null), ('${personId(3)}', 'a1', 'grid_worker', null), ('${personId(2)}', 'a3', 'grid_worker', null),
          ('${personId(4)}', 'a1', 'grid_worker', null), ('${personId(6)}', 'a2', 'grid_worker', '2026-02-01'), ('${personId(7)}', 'a2', 'grid_worker', null))
          as p(person, grid, role, last)`)
      await become('officer')
      const all = await call<Staffing[]>('public.grid_staffing(1)')
      expect(all.map(({ code, leaders, workers, teamSize, vacancies }) => [code.slice(-6), leaders.length, workers.length, teamSize, vacancies])).toEqual([
        // The leader works in the own grid too, and counts once. Who is shut out or whose post ended does not.
        ['001001', 1, 3, 3, []], ['001002', 0, 0, 0, ['grid_leader', 'grid_worker']],
        ['201001', 0, 1, 1, ['grid_leader']], ['201002', 0, 0, 0, ['grid_leader', 'grid_worker']],
      ])
      expect(all[2].workers).toEqual([expect.objectContaining({ personId: personId(2), grids: 2, name: '李*', phone: '139****0002' })])
      await become('secretary')
      expect(await call<Staffing[]>('public.grid_staffing(1)')).toHaveLength(2)
      await become('leader')
      expect((await call<Staffing[]>('public.grid_staffing(1)')).map(({ code }) => code)).toEqual(['370101001001001'])
    }))

  it('gives rows for paper masked, in clear only what the setting and the paper ask for, and on record', () =>
    rolledBack(async () => {
      const papers = (kind: string) => call<Papers>(`public.assignment_papers(4, '${kind}', '上墙公示')`)
      await become('secretary')
      const notice = await papers('notice')
      expect(notice.households).toHaveLength(48)
      expect(notice.households[0]).toEqual({
        id: 10, communityId: 4, buildingId: 1, memberId: 1, address: '甲一社区1号楼', stairwell: '1单元', room: '001', head: '张*', category: null, residents: 2,
      })
      expect(notice.members[4]).toEqual({
        id: 9, communityId: 4, name: '王*', phone: null, group: '甲一第一党小组', committee: false, leader: false, frail: false, exempt: null,
        minHouseholds: null, maxHouseholds: null, reachM: null,
      })
      expect(notice.care).toEqual([])
      const register = await papers('register')
      expect(register.care).toEqual([{ memberId: 1, frailId: 9 }])
      expect(register.members[4]).toMatchObject({ frail: true, phone: null })
      expect(register.members[0]).toMatchObject({ leader: true, maxHouseholds: 12 })
      expect(register.households.map(({ category }) => category).slice(0, 3)).toEqual([0, 1, 2])
      for (const masked of [notice, register, await papers('workbook')]) expect(JSON.stringify(masked)).not.toMatch(/张三|王五|"13[0-9]{9}"/)
      const plates = await papers('plates')
      expect(plates.members[0]).toMatchObject({ name: '王*', phone: '13700000001', maxHouseholds: null })
      expect(JSON.stringify(plates)).not.toMatch(/张三|王五|"138[0-9]{8}"/)
      await refused('export_invalid', `public.assignment_papers(4, 'poster', '上墙公示')`)
      await refused('export_invalid', `public.assignment_papers(7, 'notice', '上墙公示')`)
      await refused('reason_required', `public.assignment_papers(4, 'notice', '印')`)
      await refused('not_allowed', `public.assignment_papers(2, 'notice', '上墙公示')`)
      await refused('not_allowed', `public.save_setting(4, 'notice_masking', '{"heads": "full", "members": "full", "phonesOnNotice": true}', 0)`)
      await become('admin')
      await refused('export_invalid', `public.assignment_papers(1, 'notice', '上墙公示')`)
      await become('officer')
      await call(`public.save_setting(2, 'notice_masking', '{"heads": "full", "members": "full", "phonesOnNotice": true}', 0)`)
      await become('secretary')
      const clear = await papers('notice')
      expect(clear.households[0]).toMatchObject({ head: '张三10' })
      expect(clear.members[0]).toMatchObject({ name: '王五1', phone: '13700000001' })
      await become('auditor')
      expect(await db().query(`select action, object_id, detail - 'watermark' as detail from public.audit_log order by id desc limit 1`)).toEqual([{
        action: 'export_recorded', object_id: clear.exportId, detail: {
          kind: 'assignment_notice', reason: '上墙公示', rows: 48,
          filter: { orgUnitId: 4, members: 16, fullHeads: true, fullMembers: true, phones: true },
        },
      }])
    }))

  it('takes limits of assigning from street and community, and none that make no sense', () =>
    rolledBack(async () => {
      await become('secretary')
      expect(await call(`public.save_setting(4, 'assignment', '${SETTING}', 0)`)).toMatchObject({ revision: 1 })
      await refused('not_allowed', `public.save_setting(2, 'assignment', '${SETTING}', 0)`)
      await refused('not_allowed', `public.save_setting(4, 'grid_limits', '${SETTING}', 0)`)
      for (const bad of [
        { urban: { min: 7, max: 6 } }, { rural: { min: -1, max: 6 } }, { care: { min: 1 } }, { farM: 1.5 }, { changeM: '5' }, { minBuildings: null },
        { interests: Array.from({ length: 33 }, (_, k) => `兴趣${k}`) }, { interests: [''] }, { interests: '书法' }, { communityLimits: [{ min: 1, max: 2 }] },
        { communityLimits: 4 }, { urban: { min: 0, max: 10001 } },
      ]) {
        const value = JSON.stringify({ ...ASSIGNMENT_DEFAULTS, ...bad })
        expect(await refused('setting_invalid', `public.save_setting(4, 'assignment', '${value}', 1)`), value).toEqual({ key: 'assignment' })
      }
      await become('member')
      expect(await call('public.my_households()')).toMatchObject({ minHouseholds: 5, maxHouseholds: 12 })
      await become('officer')
      await call(`public.save_setting(2, 'assignment', '${JSON.stringify({ ...ASSIGNMENT_DEFAULTS, communityLimits: [{ communityId: 5, min: 2, max: 3 }] })}', 0)`)
      await refused('setting_invalid', `public.save_setting(2, 'notice_masking', '{"heads": "all", "members": "full", "phonesOnNotice": true}', 0)`)
      await refused('setting_invalid', `public.save_setting(2, 'notice_masking', '{"heads": "full", "members": "full"}', 0)`)
      await refused('setting_invalid', `public.save_setting(2, 'assignment', '[]', 1)`)
    }))
}, ACCOUNTS)
