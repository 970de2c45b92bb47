import { afterAll, beforeAll, expect, it } from 'vitest'
import { FUNCTIONS as SERVED_FUNCTIONS, RELATIONS as SERVED_RELATIONS, VISITOR_FUNCTIONS } from '../../supabase/local/allow-list'
import { FUNCTIONS, RELATIONS } from './access-matrix'
import { describeOnEach } from './engines/on-engines'
import { anonymous, call, openOffice, PEOPLE, rpc, signIn, type Caller, type Office } from './server/open-office'

const FIRST = 'First-Pass-77'

/** Accounts through the served interface, with the sign-in service that is shipped. */
describeOnEach('accounts, served', (engine) => {
  let office: Office
  let admin: Caller
  let checks = 0
  beforeAll(async () => {
    office = await openOffice(engine)
    admin = await signIn(office, PEOPLE.admin)
  })
  afterAll(async () => {
    console.log(`served access on ${engine}: ${checks} checks`)
    await office.close()
  })

  const token = async (email: string, password: string): Promise<Caller | number> => {
    const { status, body } = await call(office, anonymous(office), '/auth/v1/token?grant_type=password', { body: { email, password } })
    if (status !== 200) return status
    return { person: null, headers: { apikey: office.server.anonKey, authorization: `Bearer ${(body as { access_token: string }).access_token}` } }
  }
  const signedIn = async (email: string, password: string): Promise<Caller> => {
    const caller = await token(email, password)
    if (typeof caller === 'number') throw new Error(`sign-in of ${email}: ${caller}`)
    return caller
  }
  const who = async (caller: Caller) => (await rpc(office, caller, 'whoami')).body as Record<string, unknown> | null
  const newAccount = async (email: string) =>
    (await rpc(office, admin, 'create_account', {
      p_name: '赵六', p_email: email, p_phone: null, p_org_unit: 4, p_role: 'community_secretary', p_first_password: FIRST,
    })).body as { personId: string }
  const revisionOf = async (id: string) =>
    ((await call(office, admin, `/rest/v1/people?id=eq.${id}&select=revision`)).body as { revision: number }[])[0].revision

  it('takes a new account from its first password to its territory', async () => {
    await newAccount('zhao@test.example')
    const first = await signedIn('zhao@test.example', FIRST)
    expect(await who(first)).toMatchObject({ mustChangePassword: true, posts: [] })
    expect((await call(office, first, '/rest/v1/households?select=id')).body).toEqual([])
    expect(await rpc(office, first, 'reveal_resident', { p_resident: 10, p_purpose: 'visit', p_reason: '上门核实情况' }))
      .toMatchObject({ status: 400, body: { code: 'P0001', message: 'password_change_required' } })
    const wrong = () => rpc(office, first, 'change_password', { p_old: 'wrong', p_new: 'Chosen-Pass-88' })
    for (const left of [4, 3]) {
      expect(await wrong()).toMatchObject({ status: 400, body: { code: 'P0001', message: 'password_wrong', details: `{"attemptsLeft": ${left}}` } })
    }
    const other = await signedIn('zhao@test.example', FIRST)
    expect(await rpc(office, first, 'change_password', { p_old: FIRST, p_new: 'Chosen-Pass-88' })).toMatchObject({ status: 200, body: { endedSessions: 1 } })
    expect(await who(other)).toBeNull()
    expect(await who(first)).toMatchObject({ posts: [{ orgUnitId: 4 }] })
    expect(await token('zhao@test.example', FIRST)).toBe(400)
    expect(await who(await signedIn('zhao@test.example', 'Chosen-Pass-88'))).toMatchObject({ mustChangePassword: false })
  })

  it('lists, touches and ends sessions', async () => {
    const one = await signIn(office, PEOPLE.member)
    const other = await signIn(office, PEOPLE.member)
    expect((await call(office, one, '/rest/v1/rpc/touch_session', { body: {}, headers: { 'user-agent': 'Browser 1' } })).body).toMatchObject({ idleMinutes: 30 })
    const sessions = (await rpc(office, one, 'my_sessions')).body as { id: string; current: boolean; userAgent: string | null }[]
    expect(sessions.map(({ current, userAgent }) => [current, userAgent])).toEqual([[true, 'Browser 1'], [false, null]])
    expect((await rpc(office, one, 'end_session', { p_id: sessions[1].id })).body).toEqual({ ended: 1 })
    expect(await who(other)).toBeNull()
    expect((await call(office, other, '/auth/v1/token?grant_type=refresh_token', { body: { refresh_token: other.refreshToken } })).status).toBe(400)
    expect((await call(office, one, '/auth/v1/logout', { method: 'POST' })).status).toBe(204)
    expect(await who(one)).toBeNull()
  })

  it('shuts out the suspended, the retired and those whose password was reset, with the very next request', async () => {
    for (const [email, shutOut] of [
      ['suspended', (id: string, revision: number) => rpc(office, admin, 'set_person_active', { p_person: id, p_active: false, p_revision: revision })],
      ['retired', (id: string, revision: number) => rpc(office, admin, 'retire_person', { p_person: id, p_revision: revision })],
      ['reset', (id: string) => rpc(office, admin, 'reset_password', { p_person: id, p_first_password: 'Second-Pass-99' })],
    ] as const) {
      const { personId: id } = await newAccount(`${email}@test.example`)
      const caller = await signedIn(`${email}@test.example`, FIRST)
      await rpc(office, caller, 'change_password', { p_old: FIRST, p_new: 'Chosen-Pass-88' })
      expect(await who(caller)).toMatchObject({ posts: [{ orgUnitId: 4 }] })
      expect((await shutOut(id, await revisionOf(id))).status, email).toBe(200)
      expect(await who(caller), email).toBeNull()
      expect((await call(office, caller, '/rest/v1/households?select=id')).body, email).toEqual([])
      // The embedded sign-in service knows no ban: whoever signs in there is nobody.
      const again = await token(`${email}@test.example`, 'Chosen-Pass-88')
      if (typeof again === 'number') expect(again, email).toBe(400)
      else expect(await who(again), email).toBeNull()
    }
  })

  it('answers a request that is sent again with the first answer, one account made', async () => {
    const body = {
      p_name: '钱七', p_email: 'twice@test.example', p_phone: '13700000001', p_org_unit: 4, p_role: 'cadre', p_first_password: FIRST,
      p_request_key: '00000000-0000-4000-d000-000000000001',
    }
    const first = await rpc(office, admin, 'create_account', body)
    expect(first.status).toBe(200)
    expect((await rpc(office, admin, 'create_account', body)).body).toEqual(first.body)
    expect(await rpc(office, admin, 'create_account', { ...body, p_request_key: null })).toMatchObject({ status: 400, body: { message: 'email_taken' } })
  })

  it('runs retention for the server once a day', async () => {
    expect(await office.server.database.thread.call('runRetention')).toBe(true)
    expect(await office.server.database.thread.call('runRetention')).toBe(false)
    const auditor = await signIn(office, PEOPLE.auditor)
    expect((await call(office, auditor, '/rest/v1/audit_log?action=eq.retention_run&select=org_unit_id,person_id')).body)
      .toEqual([{ org_unit_id: 1, person_id: null }])
  })

  it('verifies the chain of all that was written here', async () => {
    const auditor = await signIn(office, PEOPLE.auditor)
    const chain = (await rpc(office, auditor, 'verify_audit_chain')).body as { rows: number; firstBroken: number | null }
    expect(chain.firstBroken).toBeNull()
    expect(chain.rows).toBeGreaterThan(5)
  })

  it('lets nobody without a key, without a session or without a post at any relation or function', async () => {
    const nobody = await signIn(office, PEOPLE.inactive)
    const keyless: Caller = { person: null, headers: {} }
    const paths = [
      ...Object.keys(RELATIONS).map((name) => `/rest/v1/${name.split('.')[1]}?select=*`),
      ...Object.keys(FUNCTIONS).map((name) => `/rest/v1/rpc/${name}`),
    ]
    for (const path of paths) {
      const name = path.replace(/^\/rest\/v1\/(rpc\/)?|\?.*$/g, '')
      const isForVisitors = path.includes('/rpc/') && VISITOR_FUNCTIONS.includes(name)
      const isServed = path.includes('/rpc/') ? isForVisitors || SERVED_FUNCTIONS.includes(name) : name in SERVED_RELATIONS
      const options = path.includes('/rpc/') ? { body: {} } : {}
      expect([401, 404], `${path} without a key`).toContain((await call(office, keyless, path, options)).status)
      const unknown = await call(office, anonymous(office), path, options)
      // The pages for residents ask for no account; what they are told is looked at where they are attacked.
      if (!isForVisitors) expect([401, 403, 404], `${path} anonymous: ${unknown.status}`).toContain(unknown.status)
      const seen = await call(office, nobody, path, options)
      if (!isServed) expect(seen.status, path).toBe(404)
      else if (!path.includes('/rpc/')) expect(seen.body, path).toEqual([])
      checks += 3
    }
  })

  it('serves no hidden column to any role, to read, to filter or to sort by', async () => {
    const hidden = ['people_identities?select=name', 'resident_identities?select=id_number', 'resident_tags?select=tag', 'member_identities?select=phone',
      'accounts?select=must_change', 'password_history?select=hash', 'second_factors?select=secret', 'recovery_codes?select=hash', 'session_activity?select=user_agent',
      'idempotency_keys?select=answer', 'issue_reporters?select=name', 'issue_reporters?select=follow_hash', 'audit_head?select=hash', 'import_chunks?select=rows']
    const clear = ['residents?select=name', 'residents?id_number=like.1*', 'residents?order=id_number', 'people?select=id,private.people_identities(name)',
      'people?phone=like.139*', 'people?order=name', 'members?select=name', 'members?phone=gt.1', 'members?order=phone', 'residents?select=id,resident_identities(name)']
    for (const person of Object.values(PEOPLE)) {
      const caller = await signIn(office, person)
      for (const path of [...hidden, ...clear]) {
        const { status, body } = await call(office, caller, `/rest/v1/${path}`)
        expect(status, `${person}: ${path} ${JSON.stringify(body)}`).toBeGreaterThanOrEqual(400)
        expect(JSON.stringify(body)).not.toMatch(/李四|张三|1[0-9]{10}|\$2a\$/)
        checks++
      }
    }
  })
})
