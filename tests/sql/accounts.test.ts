import { expect, it } from 'vitest'
import { ACCOUNTS, expectRefusal, onEachDatabase, personId, sessionId, userId } from './engines/with-databases'

const PASSWORD = 'a long test password'
const FIRST = 'First-Pass-77'
const KEY = '00000000-0000-4000-d000-000000000001'

/** A refusal that is kept: answered as an error would be, without one. */
const kept = (code: string, detail: Record<string, unknown>) => ({ code: 'P0001', message: code, details: expect.stringMatching(''), ...detail })

onEachDatabase('accounts', ({ db, rolledBack, become }) => {
  const call = async <T = Record<string, unknown>>(sql: string, ...values: unknown[]): Promise<T> =>
    (await db().query<{ answer: T }>(`select ${sql} as answer`, values))[0].answer
  /** Refused, and the transaction goes on. */
  const refused = async (code: string, sql: string, ...values: unknown[]) => {
    await db().query('savepoint before')
    const detail = await expectRefusal(call(sql, ...values), code)
    await db().query('rollback to before')
    return detail
  }
  const newest = async () => (await db().query<{ action: string; detail: Record<string, unknown> }>(
    'select action, detail from public.audit_log order by id desc limit 1'))[0]
  const asOwner = async (sql: string) => {
    await become('owner')
    return db().query(sql)
  }
  /** Go on as an account made in the test, in a session of its own. */
  const signInAs = async (user: string) => {
    await asOwner(`insert into auth.sessions (id, user_id, created_at) values ('${user}', '${user}', now()) on conflict do nothing`)
    await db().query(`select set_config('request.jwt.claim.sub', $1, true), set_config('request.jwt.claims', $2, true)`,
      [user, JSON.stringify({ sub: user, session_id: user })])
    await db().query('set local role authenticated')
  }
  const CREATE = `public.create_account('赵六', ' Zhao@Test.Example ', '137 0000 0000', 4, 'community_secretary', '${FIRST}')`

  it('makes an account as the sign-in service keeps them, that sees nothing before its password is changed', () =>
    rolledBack(async () => {
      await become('admin')
      const { personId: id, email } = await call<{ personId: string; email: string }>(CREATE)
      expect(email).toBe('zhao@test.example')
      await become('owner')
      expect(await db().query(`select u.instance_id, u.aud, u.role, u.email_confirmed_at is not null as confirmed, u.confirmation_token, u.recovery_token,
          u.email_change, u.email_change_token_new, u.encrypted_password = extensions.crypt($2, u.encrypted_password) as opens,
          i.provider, i.provider_id, i.email, p.name_masked, p.phone_masked
        from auth.users u join auth.identities i on i.user_id = u.id join public.people p on p.user_id = u.id where u.id = $1`, [id, FIRST])).toEqual([{
        instance_id: '00000000-0000-0000-0000-000000000000', aud: 'authenticated', role: 'authenticated', confirmed: true, confirmation_token: '',
        recovery_token: '', email_change: '', email_change_token_new: '', opens: true, provider: 'email', provider_id: id, email: 'zhao@test.example',
        name_masked: '赵*', phone_masked: '137****0000',
      }])
      expect(await newest()).toEqual({ action: 'account_created', detail: { role: 'community_secretary', postId: expect.any(Number) } })

      await signInAs(id)
      expect(await call('public.whoami()')).toMatchObject({ name: '赵*', posts: [], mustChangePassword: true })
      expect(await db().query('select id from public.org_units')).toEqual([])
      await refused('password_change_required', `public.reveal_resident(10, 'visit', '上门核实情况')`)
      await refused('password_change_required', 'public.open_plan_draft(1, $1)', '方案')
      await call('public.touch_session()')
      expect(await call('public.change_password($1, $2)', FIRST, 'Chosen-Pass-88')).toEqual({ changed: true, endedSessions: 0 })
      expect(await call('public.whoami()')).toMatchObject({ mustChangePassword: false, posts: [{ role: 'community_secretary', orgUnitId: 4 }] })
      expect((await db().query('select id from public.households')).length).toBeGreaterThan(0)
    }))

  it.each([
    ['name_invalid', `public.create_account(' \u200b ', 'a@test.example', null, 4, 'cadre', '${FIRST}')`, {}],
    ['email_invalid', `public.create_account('赵六', 'a b@test.example', null, 4, 'cadre', '${FIRST}')`, {}],
    ['email_taken', `public.create_account('赵六', 'PERSON3@test.example', null, 4, 'cadre', '${FIRST}')`, {}],
    ['phone_invalid', `public.create_account('赵六', 'a@test.example', '12x', 4, 'cadre', '${FIRST}')`, {}],
    ['password_weak', `public.create_account('赵六', 'a@test.example', null, 4, 'cadre', 'Short-1')`, { reason: 'too_short' }],
    ['password_weak', `public.create_account('赵六', 'zhaoliu@test.example', null, 4, 'cadre', 'Zhaoliu-2026')`, { reason: 'personal' }],
    ['account_present', `public.give_account('${personId(3)}', 'a@test.example', '${FIRST}')`, {}],
    ['account_missing', `public.reset_password('${personId(11)}', '${FIRST}')`, {}],
    ['not_allowed', `public.reset_password('${personId(1)}', '${FIRST}')`, {}],
    ['not_allowed', `public.retire_person('${personId(1)}', 1)`, {}],
    ['not_allowed', `public.set_person_active('${personId(1)}', false, 1)`, {}],
  ])('refuses the administrator with %s: %s', (code, sql, detail) =>
    rolledBack(async () => {
      await become('admin')
      expect(await refused(code, sql)).toMatchObject(detail)
    }))

  it.each([
    ['Tr0ub4dor&3x', null], ['gewu-street-2026', null], ['只用汉字也行的一句口令', 'few_kinds'], ['short1A!', 'too_short'], ['好'.repeat(25), 'too_long'],
    ['Password2026!', 'common'], ['p@ssw0rd#123', 'common'], ['xY-qwerty-77', 'run'], ['xY-76543-abc', 'run'], ['Aaaa-bbbb-11', 'repeated'],
    ['abababababab', 'repeated'], ['onlylowerxy', 'few_kinds'], ['lower-and-sign', 'few_kinds'], ['Person7-xy-99', 'personal'], ['X-13900000003-y', 'personal'],
  ])('holds the password %s to be %s', async (password, weakness) => {
    expect(await call('private.password_weakness($1, $2, $3)', password, personId(3), 'person7@test.example')).toBe(weakness)
  })

  it('changes a password: the old one is asked, the last five do not come back, other sessions end', () =>
    rolledBack(async () => {
      await asOwner(`insert into auth.sessions (id, user_id, created_at) values ('${personId(77)}', '${userId(3)}', now())`)
      await become('secretary')
      expect(await call('public.change_password($1, $2)', 'not this one', 'Chosen-Pass-10')).toEqual(kept('password_wrong', { details: '{"attemptsLeft": 4}', hint: null }))
      await refused('password_weak', 'public.change_password($1, $2)', PASSWORD, 'short')
      await refused('password_used', 'public.change_password($1, $1)', PASSWORD)
      expect(await call('public.change_password($1, $2)', PASSWORD, 'Chosen-Pass-10')).toEqual({ changed: true, endedSessions: 1 })
      for (let n = 1; n < 5; n++) await call('public.change_password($1, $2)', `Chosen-Pass-1${n - 1}`, `Chosen-Pass-1${n}`)
      for (let n = 0; n < 5; n++) await refused('password_used', 'public.change_password($1, $2)', 'Chosen-Pass-14', `Chosen-Pass-1${n}`)
      await call('public.change_password($1, $2)', 'Chosen-Pass-14', 'Chosen-Pass-15')
      expect(await call('public.change_password($1, $2)', 'Chosen-Pass-15', 'Chosen-Pass-10')).toMatchObject({ changed: true })
      expect((await asOwner(`select id from auth.sessions where user_id = '${userId(3)}'`))).toEqual([{ id: sessionId(3) }])
      expect(await newest()).toEqual({ action: 'password_changed', detail: { endedSessions: 0 } })
    }))

  it('hears no more old passwords after five wrong ones, for a quarter of an hour', () =>
    rolledBack(async () => {
      await become('member')
      for (let left = 4; left >= 0; left--) {
        expect(await call('public.change_password($1, $2)', 'wrong', 'Chosen-Pass-10')).toMatchObject({ message: 'password_wrong', details: `{"attemptsLeft": ${left}}` })
      }
      expect(Date.parse(String((await refused('password_locked', 'public.change_password($1, $2)', PASSWORD, 'Chosen-Pass-10')).until))).toBeGreaterThan(Date.now() + 14 * 60_000)
      await asOwner(`update private.accounts set password_locked_until = now() - interval '1 second'`)
      await become('member')
      expect(await call('public.change_password($1, $2)', PASSWORD, 'Chosen-Pass-10')).toMatchObject({ changed: true })
    }))

  it('resets a password: sessions end at once, and the new one must be changed', () =>
    rolledBack(async () => {
      await become('admin')
      expect(await call('public.reset_password($1, $2)', personId(3), FIRST)).toEqual({ personId: personId(3), endedSessions: 1 })
      await become('secretary')
      expect(await call('public.whoami()')).toBeNull()
      await signInAs(userId(3))
      expect(await call('public.whoami()')).toMatchObject({ mustChangePassword: true })
    }))

  it('suspends and readmits: sessions, sign-in and territory go and come', () =>
    rolledBack(async () => {
      await become('admin')
      expect(await call('public.set_person_active($1, false, 1)', personId(3))).toEqual({ personId: personId(3), active: false, revision: 2 })
      await become('secretary')
      expect(await call('public.whoami()')).toBeNull()
      expect(await asOwner(`select banned_until > now() as banned, (select count(*)::int from auth.sessions where user_id = '${userId(3)}') as sessions
        from auth.users where id = '${userId(3)}'`)).toEqual([{ banned: true, sessions: 0 }])
      await become('admin')
      await call('public.set_person_active($1, true, 2)', personId(3))
      await signInAs(userId(3))
      expect(await call('public.whoami()')).toMatchObject({ posts: [{ role: 'community_secretary' }] })
    }))

  it('retires a person for good: posts and sessions end, the past stays', () =>
    rolledBack(async () => {
      await asOwner(`insert into public.posts (person_id, org_unit_id, role, valid_from) values ('${personId(3)}', 5, 'cadre', current_date + 3)`)
      await become('admin')
      expect(await call('public.retire_person($1, 1)', personId(3))).toEqual({ personId: personId(3), endedPosts: 2, endedSessions: 1, revision: 2 })
      for (const sql of [`public.set_person_active($1, true, 2)`, `public.appoint($1, 4, 'cadre', null, null)`, `public.reset_password($1, '${FIRST}')`, 'public.retire_person($1, 2)']) {
        await refused('person_retired', sql, personId(3))
      }
      expect(await call('public.account_list(4)')).toContainEqual(expect.objectContaining({ personId: personId(3), active: false, retired: true }))
      await become('secretary')
      expect(await call('public.whoami()')).toBeNull()
      expect(await asOwner(`select count(*)::int as n from public.posts where person_id = '${personId(3)}' and valid_to is null`)).toEqual([{ n: 0 }])
      expect(await db().query(`select name from private.people_identities where person_id = '${personId(3)}'`)).toEqual([{ name: '李四3' }])
    }))

  it('keeps administrator and auditor apart, whoever writes the post', () =>
    rolledBack(async () => {
      await become('admin')
      await refused('roles_conflict', `public.appoint($1, 1, 'district_admin', null, null)`, personId(6))
      await refused('roles_conflict', `public.appoint($1, 1, 'auditor', null, null)`, personId(1))
      // After the one has ended, the other may begin.
      await call('public.end_post(6, current_date, 0)')
      await refused('roles_conflict', `public.appoint($1, 1, 'district_admin', null, current_date)`, personId(6))
      await call(`public.appoint($1, 1, 'district_admin', null, current_date + 1)`, personId(6))
      await become('owner')
      await expectRefusal(db().query(`update public.posts set valid_to = null where id = 6`), 'roles_conflict')
    }))

  it('keeps the last administrator of a district', () =>
    rolledBack(async () => {
      await asOwner(`insert into public.posts (person_id, org_unit_id, role, valid_from, valid_to) values ('${personId(2)}', 1, 'district_admin', '2020-01-01', current_date + 5)`)
      // Person 2 administers for some days more, and may not leave the district without anybody.
      await become('officer')
      for (const sql of [`public.set_person_active('${personId(1)}', false, 1)`, `public.retire_person('${personId(1)}', 1)`, 'public.end_post(1, current_date, 0)',
        'public.end_post(1, current_date + 100, 0)']) {
        expect(await refused('last_administrator', sql), sql).toEqual({ orgUnitId: 1 })
      }
      await asOwner(`update public.posts set valid_to = null where person_id = '${personId(2)}' and role = 'district_admin'`)
      await become('officer')
      expect(await call(`public.set_person_active('${personId(1)}', false, 1)`)).toMatchObject({ active: false })
    }))

  it('refuses what was built on another revision, and says whose and when', () =>
    rolledBack(async () => {
      await become('admin')
      await call(`public.save_setting(1, 'idle_minutes', '{"minutes": 60}', 0)`)
      expect(await refused('stale', `public.save_setting(1, 'idle_minutes', '{"minutes": 20}', 0)`)).toEqual({ revision: 1, by: '李*', at: expect.any(String) })
      expect(await call(`public.save_setting(1, 'idle_minutes', '{"minutes": 20}', 1)`)).toEqual({ value: { minutes: 20 }, revision: 2 })
      expect(await refused('stale', `public.set_person_active('${personId(5)}', false, 0)`)).toMatchObject({ revision: 1 })
      expect(await refused('stale', `public.retire_person('${personId(5)}', null)`)).toMatchObject({ revision: 1 })
      await call('public.end_post(5, current_date, 0)')
      expect(await refused('stale', 'public.end_post(5, current_date + 9, 0)')).toMatchObject({ revision: 1, by: '李*' })
      expect(await db().query('select revision from public.posts where id = 5')).toEqual([{ revision: 1 }])
      for (const value of ['{"minutes": 4}', '{"minutes": 481}', '{}', '30']) await refused('setting_invalid', `public.save_setting(1, 'idle_minutes', $1::jsonb, 2)`, value)
      await become('officer')
      await refused('not_allowed', `public.save_setting(2, 'idle_minutes', '{"minutes": 60}', 0)`)
    }))

  it('answers a call that is sent again as it answered the first time', () =>
    rolledBack(async () => {
      const create = (name: string) => call<{ personId: string }>(`public.create_account($1, 'zhao@test.example', null, 4, 'cadre', '${FIRST}', null, $2)`, name, KEY)
      await become('admin')
      const first = await create('赵六')
      expect(await create('赵六')).toEqual(first)
      expect(await refused('request_key_reused', `public.create_account('钱七', 'zhao@test.example', null, 4, 'cadre', '${FIRST}', null, $1)`, KEY)).toEqual({ function: 'create_account' })
      expect(await refused('request_key_reused', `public.appoint('${personId(5)}', 4, 'cadre', null, null, $1)`, KEY)).toEqual({ function: 'create_account' })
      // Another's key of the same name is another key; a key of yesterday is forgotten.
      await become('officer')
      const draft = await call<{ planId: string }>('public.open_plan_draft(1, $1, $2)', '方案', KEY)
      expect(await call('public.open_plan_draft(1, $1, $2)', '方案', KEY)).toEqual(draft)
      await asOwner(`update private.idempotency_keys set at = now() - interval '25 hours'`)
      await become('officer')
      expect(await call('public.open_plan_draft(1, $1, $2)', '方案', KEY)).not.toEqual(draft)
    }))

  it('keeps no password among the arguments of a key', () =>
    rolledBack(async () => {
      await become('admin')
      await call(`public.reset_password('${personId(3)}', '${FIRST}', $1)`, KEY)
      await call(`public.reset_password('${personId(3)}', 'Other-Pass-88', $1)`, KEY)
      expect(await asOwner(`select encrypted_password = extensions.crypt('${FIRST}', encrypted_password) as first from auth.users where id = '${userId(3)}'`)).toEqual([{ first: true }])
    }))

  it('lists and ends sessions; idle ones are over and stay over', () =>
    rolledBack(async () => {
      await asOwner(`insert into auth.sessions (id, user_id, created_at) values ('${personId(77)}', '${userId(3)}', now() - interval '10 minutes')`)
      await become('secretary')
      await db().query(`select set_config('request.headers', '{"user-agent": "Browser 1"}', true)`)
      expect(await call('public.touch_session()')).toEqual({ idleAt: expect.any(String), idleMinutes: 30 })
      expect(await call('public.my_sessions()')).toEqual([
        { id: sessionId(3), createdAt: expect.any(String), lastSeenAt: expect.any(String), userAgent: 'Browser 1', current: true },
        { id: personId(77), createdAt: expect.any(String), lastSeenAt: expect.any(String), userAgent: null, current: false },
      ])
      expect(await call('public.end_session($1)', sessionId(2))).toEqual({ ended: 0 })
      expect(await call('public.end_session($1)', personId(77))).toEqual({ ended: 1 })
      expect(await call('public.end_other_sessions()')).toEqual({ ended: 0 })

      // Touched within the minute: nothing is written. Later: the end moves.
      const seen = async () => (await asOwner(`select last_seen_at, xmin::text as version from private.session_activity where session_id = '${sessionId(3)}'`))[0]
      const before = await seen()
      await become('secretary')
      await call('public.touch_session()')
      expect(await seen()).toEqual(before)
      await asOwner(`update private.session_activity set last_seen_at = now() - interval '2 minutes', idle_at = now() + interval '1 minute'`)
      await become('secretary')
      const { idleAt } = await call<{ idleAt: string }>('public.touch_session()')
      expect(Date.parse(idleAt)).toBeGreaterThan(Date.now() + 28 * 60_000)

      await asOwner(`update private.session_activity set idle_at = now() - interval '1 second'`)
      await become('secretary')
      expect(await call('public.whoami()')).toBeNull()
      await refused('session_ended', 'public.touch_session()')
      expect(await call('public.whoami()')).toBeNull()
    }))

  it('takes the limit of idleness from the nearest unit that sets one', () =>
    rolledBack(async () => {
      await become('admin')
      await call(`public.save_setting(1, 'idle_minutes', '{"minutes": 60}', 0)`)
      await call(`public.save_setting(4, 'idle_minutes', '{"minutes": 5}', 0)`)
      expect(await call('public.whoami()')).toMatchObject({ idleMinutes: 60 })
      await become('secretary')
      expect(await call('public.touch_session()')).toMatchObject({ idleMinutes: 5 })
    }))
}, ACCOUNTS)
