import { createHmac } from 'node:crypto'
import { expect, it } from 'vitest'
import { ACCOUNTS, expectRefusal, onEachDatabase, personId, sessionId, userId, type Subject } from './engines/with-databases'

const PASSWORD = 'a long test password'
const STEP_NOW = `floor(extract(epoch from clock_timestamp()) / 30)::bigint`

/** An authenticator of another make: RFC 6238 from the specification, fed with the secret as it is shown. */
function authenticator(secret: string, step = Math.floor(Date.now() / 30_000)): string {
  const bits = Array.from(secret, (letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0')).join('')
  const key = Buffer.from(bits.match(/.{8}/g)!.map((byte) => parseInt(byte, 2)))
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(step))
  const mac = createHmac('sha1', key).update(counter).digest()
  return String((mac.readUInt32BE(mac[19] & 15) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}

function suite({ db, rolledBack, become }: Subject): void {
  const call = async <T = Record<string, unknown>>(sql: string, ...values: unknown[]): Promise<T> =>
    (await db().query<{ answer: T }>(`select ${sql} as answer`, values))[0].answer
  const refused = async (code: string, sql: string, ...values: unknown[]) => {
    await db().query('savepoint before')
    const detail = await expectRefusal(call(sql, ...values), code)
    await db().query('rollback to before')
    return detail
  }
  /** The code of a person's secret, so many steps from now. */
  const codeOf = async (person: number, shift: number): Promise<string> => {
    await become('owner')
    return call<string>(`(select private.totp_code(private.open_secret(person_id, secret), ${STEP_NOW} + $2) from private.second_factors where person_id = $1)`, personId(person), shift)
  }
  const enrol = async (): Promise<string[]> => {
    await become('secretary')
    const { secret } = await call<{ secret: string }>('public.begin_second_factor()')
    return (await call<{ recoveryCodes: string[] }>('public.confirm_second_factor($1)', authenticator(secret))).recoveryCodes
  }
  /** As the secretary in a session that began after the factor. */
  const inAnotherSession = async () => {
    await become('owner')
    await db().query(`insert into auth.sessions (id, user_id, created_at) values ('${personId(77)}', '${userId(3)}', now()) on conflict do nothing`)
    await become('secretary')
    await db().query(`select set_config('request.jwt.claims', $1, true)`, [JSON.stringify({ sub: userId(3), session_id: personId(77) })])
  }

  it.each([[59, '287082'], [1111111109, '081804'], [1111111111, '050471'], [1234567890, '005924'], [2000000000, '279037'], [20000000000, '353130']])(
    'computes the code of RFC 6238, appendix B, at %d s', async (seconds, code) => {
      expect(await call(`private.totp_code('12345678901234567890'::bytea, $1::bigint / 30)`, seconds)).toBe(code)
    })

  it('writes secrets as RFC 4648 does', async () => {
    expect(await call(`private.base32('12345678901234567890'::bytea)`)).toBe('GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ')
  })

  it('takes the code of the step before, of now and of the next, and none that is not later than the last', async () => {
    const matches = (shift: number, after: string) =>
      call<boolean>(`private.matching_step('secret', private.totp_code('secret', ${STEP_NOW} + ${shift}), ${after}) is not null`)
    for (const [shift, expected] of [[-3, false], [-1, true], [0, true], [1, true], [3, false]] as const) expect(await matches(shift, '0'), String(shift)).toBe(expected)
    expect(await matches(0, STEP_NOW)).toBe(false)
  })

  it('asks every session once it is confirmed; the one that confirmed has answered', () =>
    rolledBack(async () => {
      await become('secretary')
      await call('public.begin_second_factor()')
      const { secret, uri } = await call<{ secret: string; uri: string }>('public.begin_second_factor()')
      expect(uri).toBe(`otpauth://totp/Gewu:person3@test.example?secret=${secret}&issuer=Gewu&algorithm=SHA1&digits=6&period=30`)
      expect(await call('public.whoami()')).toMatchObject({ hasSecondFactor: false, secondFactorRequired: false })
      await refused('second_factor_wrong', `public.confirm_second_factor('12345')`)
      const { recoveryCodes } = await call<{ recoveryCodes: string[] }>('public.confirm_second_factor($1)', authenticator(secret))
      expect(new Set(recoveryCodes).size).toBe(10)
      for (const code of recoveryCodes) expect(code).toMatch(/^[a-z2-7]{5}-[a-z2-7]{5}$/)
      await refused('second_factor_present', 'public.begin_second_factor()')
      expect(await call('public.whoami()')).toMatchObject({ hasSecondFactor: true, secondFactorRequired: false, posts: [{ orgUnitId: 4 }] })

      await inAnotherSession()
      expect(await call('public.whoami()')).toMatchObject({ secondFactorRequired: true, posts: [] })
      expect(await db().query('select id from public.households')).toEqual([])
      expect(await call('public.my_sessions()')).toEqual([])
      for (const sql of [`public.reveal_resident(10, 'visit', '上门核实情况')`, `public.change_password('${PASSWORD}', 'Chosen-Pass-10')`, 'public.end_other_sessions()',
        'public.begin_second_factor()', `public.remove_second_factor('${PASSWORD}', '000000')`]) {
        await refused('second_factor_required', sql)
      }
      // The code that confirmed is used up.
      const used = await codeOf(3, 0)
      const next = await codeOf(3, 1)
      await inAnotherSession()
      expect(await call('public.answer_second_factor($1)', used)).toMatchObject({ message: 'second_factor_wrong', details: '{"attemptsLeft": 4}' })
      expect(await call('public.answer_second_factor($1)', next)).toEqual({ answered: true, recoveryCodesLeft: 10 })
      expect(await call('public.whoami()')).toMatchObject({ secondFactorRequired: false, posts: [{ orgUnitId: 4 }] })
      expect((await db().query('select id from public.households')).length).toBeGreaterThan(0)
    }))

  it('takes each recovery code once, however it is typed', () =>
    rolledBack(async () => {
      const [code] = await enrol()
      await inAnotherSession()
      expect(await call('public.answer_second_factor($1)', ` ${code.replace('-', '').toUpperCase()} `)).toEqual({ answered: true, recoveryCodesLeft: 9 })
      expect(await call('public.answer_second_factor($1)', code)).toMatchObject({ message: 'second_factor_wrong' })
    }))

  it('hears no more codes after five wrong ones, right ones neither, for a quarter of an hour', () =>
    rolledBack(async () => {
      const [code] = await enrol()
      await inAnotherSession()
      for (let left = 4; left >= 0; left--) {
        expect(await call(`public.answer_second_factor('abcde-fghij')`)).toMatchObject({ message: 'second_factor_wrong', details: `{"attemptsLeft": ${left}}` })
      }
      expect(Date.parse(String((await refused('second_factor_locked', 'public.answer_second_factor($1)', code)).until))).toBeGreaterThan(Date.now() + 14 * 60_000)
      await become('owner')
      expect(await call(`(select count(*)::int from public.audit_log where action = 'second_factor_failed')`)).toBe(5)
      await db().query(`update private.second_factors set locked_until = now() - interval '1 second'`)
      await inAnotherSession()
      expect(await call('public.answer_second_factor($1)', code)).toMatchObject({ answered: true })
    }))

  it('goes with password and code, or by the hand of an administrator, who ends the sessions with it', () =>
    rolledBack(async () => {
      const [first, second] = await enrol()
      expect(await call('public.remove_second_factor($1, $2)', 'wrong', first)).toMatchObject({ message: 'password_wrong' })
      expect(await call('public.remove_second_factor($1, $2)', PASSWORD, 'abcde-fghij')).toMatchObject({ message: 'second_factor_wrong' })
      expect(await call('public.remove_second_factor($1, $2)', PASSWORD, second)).toEqual({ removed: true })
      await inAnotherSession()
      expect(await call('public.whoami()')).toMatchObject({ hasSecondFactor: false, secondFactorRequired: false })
      await enrol()
      await become('admin')
      expect(await call('public.drop_second_factor($1)', personId(3))).toEqual({ personId: personId(3) })
      await become('secretary')
      expect(await call('public.whoami()')).toBeNull()
      await become('owner')
      expect(await call(`(select count(*)::int from auth.sessions where id = '${sessionId(3)}')`)).toBe(0)
    }))

  it('is kept sealed for its person with a key that is not in the database; without it recovery codes alone open', () =>
    rolledBack(async () => {
      await become('secretary')
      const { secret } = await call<{ secret: string }>('public.begin_second_factor()')
      const [recovery] = (await call<{ recoveryCodes: string[] }>('public.confirm_second_factor($1)', authenticator(secret))).recoveryCodes
      await become('owner')
      const [row] = await db().query<{ stored: string; open: string }>(
        'select upper(secret::text) as stored, private.base32(private.open_secret(person_id, secret)) as open from private.second_factors')
      expect(row.open).toBe(secret)
      expect(row.stored).not.toContain((await call<string>(`upper(encode(private.open_secret('${personId(3)}', (select secret from private.second_factors)), 'hex'))`)))
      expect(await call(`private.opened('${personId(4)}', (select secret from private.second_factors)) is null`)).toBe(true)

      for (const key of ['', 'another key']) {
        await become('owner')
        await db().query(`select set_config('gewu.factor_key', $1, true)`, [key])
        expect(await call('private.seal_second_factors()')).toEqual({ sealed: 0, closed: 1 })
        await inAnotherSession()
        await refused('second_factor_unavailable', 'public.answer_second_factor($1)', authenticator(secret, Math.floor(Date.now() / 30_000) + 1))
      }
      expect(await call('public.answer_second_factor($1)', recovery)).toMatchObject({ answered: true })
      await become('owner')
      await db().query(`select set_config('gewu.factor_key', '', true)`)
      await become('officer')
      await refused('second_factor_unavailable', 'public.begin_second_factor()')
    }))

  it('of before there was a key goes on, and is sealed when the server brings one', () =>
    rolledBack(async () => {
      await db().query(`insert into private.second_factors (person_id, secret, confirmed_at) values ('${personId(3)}', '12345678901234567890', now())`)
      const answer = async (shift: number) => {
        const code = await call<string>(`private.totp_code('12345678901234567890'::bytea, ${STEP_NOW} + $1)`, shift)
        await inAnotherSession()
        const answered = await call('public.answer_second_factor($1)', code)
        await become('owner')
        return answered
      }
      expect(await answer(0)).toMatchObject({ answered: true })
      expect(await call(`private.seal_second_factors('the key a server brings')`)).toEqual({ sealed: 1, closed: 0 })
      expect(await call('(select octet_length(secret) > 36 from private.second_factors)')).toBe(true)
      expect(await answer(1)).toMatchObject({ answered: true })
      expect(await call(`private.seal_second_factors('the key a server brings')`)).toEqual({ sealed: 0, closed: 0 })
    }))

  it('takes the key from the vault of a hosted project', () =>
    rolledBack(async () => {
      await db().script(`select set_config('gewu.factor_key', '', true); create schema vault;
        create view vault.decrypted_secrets as select 'gewu_factor_key' as name, 'the key in the vault' as decrypted_secret`)
      await become('secretary')
      const { secret } = await call<{ secret: string }>('public.begin_second_factor()')
      expect(await call('public.confirm_second_factor($1)', authenticator(secret))).toMatchObject({ recoveryCodes: expect.any(Array) })
      await become('owner')
      expect(await call(`private.seal_second_factors('another key')`)).toEqual({ sealed: 0, closed: 1 })
    }))

  it('counts as a touch that tells the browser; a touch within the minute tells it where the answer did not', () =>
    rolledBack(async () => {
      const [first, second] = await enrol()
      const browserAfter = async (headers: string, sql: string, ...values: unknown[]) => {
        await db().query(`select set_config('request.headers', $1, true)`, [headers])
        await call(sql, ...values)
        return call('(select jsonb_path_query_first(public.my_sessions(), \'$[*] ? (@.current == true).userAgent\') #>> \'{}\')')
      }
      await inAnotherSession()
      expect(await browserAfter('{"user-agent": "Browser 7"}', 'public.answer_second_factor($1)', first)).toBe('Browser 7')
      await become('owner')
      await db().query(`update private.session_activity set user_agent = null`)
      await inAnotherSession()
      expect(await browserAfter('', 'public.answer_second_factor($1)', second)).toBeNull()
      expect(await browserAfter('{"user-agent": "Browser 8"}', 'public.touch_session()')).toBe('Browser 8')
      expect(await browserAfter('{"user-agent": "Browser 9"}', 'public.touch_session()')).toBe('Browser 8')
    }))

  it('comes before a password that must be changed', () =>
    rolledBack(async () => {
      await enrol()
      await become('owner')
      await db().query(`update private.accounts set must_change = true`)
      await db().query(`insert into private.accounts (person_id, must_change) values ('${personId(3)}', true) on conflict (person_id) do update set must_change = true`)
      await inAnotherSession()
      await refused('second_factor_required', `public.change_password('${PASSWORD}', 'Chosen-Pass-10')`)
    }))
}

onEachDatabase('second factor', suite, ACCOUNTS)
