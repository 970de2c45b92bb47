import { createHmac } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { anonymous, call, emailOf, PASSWORD, PEOPLE, rpc, signIn, type Caller, type Office } from './open-office'

type Answer = Awaited<ReturnType<typeof call>>

/** One way in that was found open in a bare API layer, or is tried by everybody. */
export interface Attack {
  name: string
  /** Only where the owner can act beside a running server: the embedded engine has one connection. */
  onlyNative?: true
  /** Resolves with what it got hold of, `null` when it got nothing. */
  run: (office: Office, people: AttackPeople) => Promise<string | null>
}

export interface AttackPeople {
  officer: Caller
  /** Of another street: what the officer's street holds is foreign. */
  stranger: Caller
}

/** What must never leave the database unmasked, and, in a refusal, words of the engine and of the schema. */
const UNMASKED = /1380000\d{4}|11010119700101|张三\d/
const ENGINE_WORDS = /\b(relation|column|syntax|constraint|violates|schema|pg_\w+|postgres|private\.\w+|auth\.\w+|stack|node_modules)\b/

function leakIn({ status, body }: Answer): string | null {
  const text = JSON.stringify(body)
  return (UNMASKED.exec(text) ?? (status >= 400 ? ENGINE_WORDS.exec(text) : null))?.[0] ?? null
}

/** Refused with nothing of the inside in the answer. */
async function refused(...answers: Promise<Answer>[]): Promise<string | null> {
  for (const answer of await Promise.all(answers)) {
    if (answer.status < 400) return `answered ${answer.status}: ${JSON.stringify(answer.body).slice(0, 100)}`
    if ((answer.body as { code?: string } | null)?.code === 'PGRST202') return 'was not understood, so nothing was tried'
    if (answer.status === 500) return `broke something: ${JSON.stringify(answer.body)}`
    const leak = leakIn(answer)
    if (leak) return `the refusal says "${leak}"`
  }
  return null
}

/** Refused, or answered without a row. */
async function nothing(...answers: Promise<Answer>[]): Promise<string | null> {
  for (const answer of await Promise.all(answers)) {
    const isEmpty = answer.body === null || (Array.isArray(answer.body) && answer.body.length === 0)
    if (answer.status < 400 && !isEmpty) return `was given ${JSON.stringify(answer.body).slice(0, 200)}`
    const leak = leakIn(answer)
    if (leak) return `the answer says "${leak}"`
  }
  return null
}

const base64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

/** The claims of the officer's token, changed and signed anew. */
function forged(office: Office, officer: Caller, change: object, options: { secret?: string; alg?: string; digest?: string } = {}): Caller {
  const secrets = JSON.parse(readFileSync(join(office.dataDir, 'secrets.json'), 'utf8')) as { jwtSecret: string }
  const claims = JSON.parse(Buffer.from(officer.headers.authorization!.split('.')[1]!, 'base64url').toString()) as object
  const text = `${base64({ alg: options.alg ?? 'HS256', typ: 'JWT' })}.${base64({ ...claims, ...change })}`
  const signature = createHmac(options.digest ?? 'sha256', options.secret ?? secrets.jwtSecret).update(text).digest('base64url')
  return { person: null, headers: { ...officer.headers, authorization: `Bearer ${text}.${signature}` } }
}

const read = (office: Office, caller: Caller, path: string, headers?: Record<string, string>) => call(office, caller, path, { headers })
const PEOPLE_PATH = '/rest/v1/residents?select=id,name_masked'

export const ATTACKS: readonly Attack[] = [
  { name: 'no key', run: (office) => refused(read(office, { person: null, headers: {} }, PEOPLE_PATH)) },
  { name: 'a token without the key', run: (office, { officer }) =>
    refused(read(office, { person: null, headers: { authorization: officer.headers.authorization! } }, PEOPLE_PATH)) },
  { name: 'the key in the address', run: (office, { officer }) => refused(read(office, officer, `${PEOPLE_PATH}&apikey=${office.server.anonKey}`)) },
  { name: 'the key that opens everything', run: (office) => {
    const { serviceKey } = JSON.parse(readFileSync(join(office.dataDir, 'secrets.json'), 'utf8')) as { serviceKey: string }
    return refused(read(office, { person: null, headers: { apikey: serviceKey } }, PEOPLE_PATH))
  } },
  { name: 'the key that opens everything as a bearer', run: (office) => {
    const { serviceKey } = JSON.parse(readFileSync(join(office.dataDir, 'secrets.json'), 'utf8')) as { serviceKey: string }
    return nothing(read(office, { person: null, headers: { ...anonymous(office).headers, authorization: `Bearer ${serviceKey}` } }, PEOPLE_PATH))
  } },
  { name: 'anonymous reads', run: (office) => nothing(...['residents', 'people', 'households', 'audit_log', 'members'].map((name) =>
    read(office, anonymous(office), `/rest/v1/${name}?select=*`))) },
  { name: 'a token without a signature', run: (office, { officer }) => {
    const claims = officer.headers.authorization!.split('.')[1]!
    const head = base64({ alg: 'none', typ: 'JWT' })
    return nothing(...[`${head}.${claims}.`, `${head}.${claims}`, `${head}.${claims}.AAAA`].map((token) =>
      read(office, { person: null, headers: { ...officer.headers, authorization: `Bearer ${token}` } }, PEOPLE_PATH)))
  } },
  { name: 'a token signed with a published secret', run: (office, { officer }) => nothing(
    ...['unsafe-secret-change-me', 'super-secret-jwt-token-with-at-least-32-characters-long', ''].map((secret) =>
      read(office, forged(office, officer, {}, { secret: secret || 'x' }), PEOPLE_PATH))) },
  { name: 'a token of another algorithm', run: (office, { officer }) => nothing(
    read(office, forged(office, officer, {}, { alg: 'HS512', digest: 'sha512' }), PEOPLE_PATH)) },
  { name: 'an expired token', run: (office, { officer }) => nothing(read(office, forged(office, officer, { exp: 1_700_000_000 }), PEOPLE_PATH)) },
  { name: 'a token of this server naming the owner', run: (office, { officer }) => nothing(
    ...['postgres', 'service_role', 'supabase_admin', 'pg_read_all_data'].map((role) =>
      read(office, forged(office, officer, { role }), PEOPLE_PATH))) },
  { name: 'a role by the headers of a request', run: (office) => nothing(read(office, anonymous(office), PEOPLE_PATH, {
    role: 'service_role', 'x-role': 'postgres', 'x-forwarded-host': 'localhost', 'x-forwarded-for': '127.0.0.1', 'x-real-ip': '127.0.0.1',
    'x-supabase-role': 'service_role', prefer: 'tx=commit, role=postgres' })) },
  { name: 'another method by a header', run: (office, { officer }) => refused(
    ...['x-http-method-override', 'x-method-override'].map((name) => read(office, officer, PEOPLE_PATH, { [name]: 'DELETE' }))) },
  { name: 'another schema by a header', run: (office, { officer }) => refused(
    ...['private', 'auth', 'pg_catalog', 'extensions'].map((schema) => read(office, officer, '/rest/v1/resident_identities', { 'accept-profile': schema }))) },
  { name: 'another schema by its name', run: (office, { officer }) => refused(...[
    'private.resident_identities', 'auth.users', 'auth_users', 'pg_catalog.pg_authid', 'resident_identities', 'pg_user', 'users', 'spatial_ref_sys',
  ].map((name) => read(office, officer, `/rest/v1/${name}?select=*`))) },
  { name: 'another schema inside a select', run: (office, { officer }) => refused(...[
    'id,resident_identities(*)', 'id,x:resident_identities!inner(phone)', '...resident_identities(phone)', 'id,auth.users(*)', 'id,private.resident_identities(*)',
  ].map((select) => read(office, officer, `/rest/v1/residents?select=${encodeURIComponent(select)}`))) },
  { name: 'system pages', run: (office, { officer }) => refused(...[
    '/_system/info', '/_system/config', '/_system/introspect', '/_system', '/auth/v1/settings', '/auth/v1/admin/users', '/auth/v1/health', '/rest/v1/',
    '/storage/v1/bucket', '/pg/tables', '/graphql/v1', '/functions/v1/x', '/realtime/v1/api', '/auth/v1/anything',
  ].flatMap((path) => [officer, anonymous(office)].map((caller) => read(office, caller, path)))) },
  { name: 'signing up', run: (office) => refused(...['signup', 'otp', 'magiclink', 'recover', 'invite', 'resend', 'sso', 'factors'].map((path) =>
    call(office, anonymous(office), `/auth/v1/${path}`, { body: { email: 'new@test.example', password: PASSWORD, create_user: true, data: { role: 'admin' } } }))) },
  { name: 'codes by mail', run: (office) => refused(...Array.from({ length: 100 }, (_, code) =>
    call(office, anonymous(office), '/auth/v1/verify', { body: { type: 'recovery', email: emailOf(PEOPLE.admin), token: String(code).padStart(6, '0') } }))) },
  { name: 'an address to be sent on to', run: (office) => refused(...['verify', 'authorize', 'callback'].map((path) =>
    read(office, anonymous(office), `/auth/v1/${path}?type=recovery&token=x&redirect_to=https://evil.example`))) },
  { name: 'changing the own account past the rules', run: (office, { officer }) => refused(
    call(office, officer, '/auth/v1/user', { method: 'PUT', body: { password: '123456' } }),
    call(office, officer, '/auth/v1/user', { method: 'PUT', body: { app_metadata: { role: 'service_role' }, data: { role: 'admin' } } })) },
  { name: 'writing to tables', run: (office, { officer }) => refused(...(['POST', 'PATCH', 'DELETE'] as const).flatMap((method) =>
    ['plans', 'people', 'posts', 'residents', 'audit_log', 'settings', 'grids'].map((name) =>
      call(office, officer, `/rest/v1/${name}?id=gt.0`, { method, body: { id: 1, title: 'x' } })))) },
  { name: 'a row of another street', run: (office, { stranger }) => nothing(
    read(office, stranger, '/rest/v1/plans?id=eq.00000000-0000-4000-a000-000000000001&select=*'),
    read(office, stranger, '/rest/v1/residents?community_id=eq.4&select=*'),
    rpc(office, stranger, 'plan_document', { p_plan: '00000000-0000-4000-a000-000000000001' }),
    rpc(office, stranger, 'scope_snapshot', { p_land: 1 })) },
  { name: 'changing what belongs to another street', run: (office, { stranger }) => refused(
    rpc(office, stranger, 'open_plan_draft', { p_land: 1, p_title: 'x' }),
    rpc(office, stranger, 'save_plan_draft', { p_plan: '00000000-0000-4000-a000-000000000001', p_base_revision: 1, p_edits: [] }),
    rpc(office, stranger, 'publish_plan', { p_plan: '00000000-0000-4000-a000-000000000001', p_revision: 1, p_waivers: [] }),
    rpc(office, stranger, 'discard_plan', { p_plan: '00000000-0000-4000-a000-000000000001' }),
    rpc(office, stranger, 'save_setting', { p_org_unit: 2, p_key: 'grid_limits', p_value: {}, p_revision: 0 }),
    rpc(office, stranger, 'set_person_active', { p_person: '00000000-0000-4000-9000-000000000002', p_active: false, p_revision: 0 })) },
  { name: 'a post one has no right to give', run: (office, { officer }) => refused(
    rpc(office, officer, 'appoint', { p_person: '00000000-0000-4000-9000-000000000002', p_org_unit: 1, p_role: 'district_admin', p_grid: null, p_valid_from: '2020-01-01' })) },
  { name: 'functions of the engine', run: (office, { officer }) => refused(...[
    'pg_sleep', 'st_generatepoints', 'pg_read_file', 'pg_ls_dir', 'lo_import', 'set_config', 'current_setting', 'dblink', 'pg_terminate_backend',
    'query_to_xml', 'crypt', 'gen_salt', 'my_person', 'my_paths',
  ].map((name) => rpc(office, officer, name, { duration: 5 }))) },
  { name: 'statements inside what is asked', run: async (office, { officer }) => {
    const before = await rpc(office, officer, 'whoami')
    const texts = [
      "1;drop table public.plans", "1' or '1'='1", "1) or (1=1", 'id;select pg_sleep(5)', "eq.1' union select phone from private.resident_identities--",
      'eq.1);delete from public.plans;--', '*,(select phone from private.resident_identities)', 'id::text,pg_sleep(1)', "id->>'x' from auth.users--", '"id" from pg_user',
    ]
    const answers = await Promise.all(texts.flatMap((text) => {
      const value = encodeURIComponent(text)
      return [
        read(office, officer, `/rest/v1/residents?select=${value}`), read(office, officer, `/rest/v1/residents?id=${value}`),
        read(office, officer, `/rest/v1/residents?id=in.(${value})`), read(office, officer, `/rest/v1/residents?order=${value}`),
        read(office, officer, `/rest/v1/residents?or=(id.eq.${value})`), read(office, officer, `/rest/v1/residents?limit=${value}`),
        read(office, officer, `/rest/v1/residents?${value}=eq.1`), rpc(office, officer, 'search_people', { p_query: text, p_limit: 5 }),
        rpc(office, officer, 'search_people', { p_query: 'x', p_limit: 5, [text]: 1 }),
      ]
    }))
    for (const answer of answers) {
      if (answer.status >= 500) return `broke something: ${answer.status} ${JSON.stringify(answer.body)}`
      const leak = leakIn(answer)
      if (leak) return `the answer says "${leak}"`
    }
    const after = await rpc(office, officer, 'whoami')
    return JSON.stringify(after.body) === JSON.stringify(before.body) ? null : 'something was executed'
  } },
  { name: 'a hidden column as filter, order or aggregate', run: (office, { officer }) => refused(...[
    'phone=like.138*', 'order=phone', 'select=phone', 'select=max(phone)', 'select=id&id_number=eq.1', 'or=(phone.like.138*,id.eq.1)', 'select=id&order=name_unmasked',
  ].map((query) => read(office, officer, `/rest/v1/residents?${query}`))) },
  { name: 'an estimate of rows one may not see', run: async (office) => {
    const inactive = await signIn(office, PEOPLE.inactive)
    const counts = await Promise.all(['planned', 'estimated', 'exact'].map(async (kind) =>
      (await read(office, inactive, '/rest/v1/residents?select=id', { prefer: `count=${kind}` })).headers.get('content-range')))
    return counts.every((range) => range === null || /\/(0|\*)$/.test(range)) ? null : `learnt ${counts.join(', ')}`
  } },
  { name: 'the plan of a query', run: (office, { officer }) => refused(
    read(office, officer, PEOPLE_PATH, { accept: 'application/vnd.pgrst.plan+json; for="application/json"; options=analyze|verbose' })) },
  { name: 'more rows than are given at once', run: async (office, { officer }) => {
    const { body } = await read(office, officer, '/rest/v1/cells?select=id&limit=100000')
    return Array.isArray(body) && body.length <= 1000 ? null : 'more than 1,000 rows'
  } },
  { name: 'more values than a statement can carry', run: async (office, { officer }) => {
    const ids = Array.from({ length: 33_000 }, (_, index) => index).join()
    const problem = await refused(
      read(office, officer, `/rest/v1/residents?id=in.(${ids})`),
      call(office, officer, '/rest/v1/plans', { body: Array.from({ length: 16_400 }, (_, index) => ({ a: index, b: 1 })) }),
      rpc(office, officer, 'whoami', Array.from({ length: 16_400 }, () => ({ a: 1, b: 2 }))))
    const after = await read(office, officer, '/rest/v1/lands?select=id')
    return problem ?? (Array.isArray(after.body) && after.body.length > 0 ? null : 'nobody is answered any more')
  } },
  { name: 'a body of 30 MB, and one 50,000 deep', run: async (office, { officer }) => {
    const large = call(office, officer, '/rest/v1/rpc/search_people', { body: { p_query: 'x'.repeat(30_000_000) } }).catch(() => null)
    const deep = fetch(`${office.server.url}/rest/v1/rpc/search_people`, {
      method: 'POST', headers: { ...officer.headers, 'content-type': 'application/json' }, body: `{"p_query":${'['.repeat(50_000)}${']'.repeat(50_000)}}`,
    })
    const statuses = [(await large)?.status ?? 413, (await deep).status]
    return statuses.join() === '413,400' ? null : `answered ${statuses.join()}`
  } },
  { name: 'a body that is no JSON', run: (office, { officer }) => refused(
    call(office, officer, '/rest/v1/rpc/whoami', { body: {}, headers: { 'content-type': 'text/csv' } }),
    call(office, officer, '/rest/v1/rpc/whoami', { body: {}, headers: { 'content-type': 'application/xml' } })) },
  { name: 'guessing a password sixty times', run: async (office) => {
    const guess = (email: string) => call(office, anonymous(office), '/auth/v1/token?grant_type=password', { body: { email, password: 'guess' } })
    const statuses: number[] = []
    for (let tries = 0; tries < 60; tries += 1) statuses.push((await guess('target@test.example')).status)
    const judged = statuses.filter((status) => status !== 429).length
    return judged <= 5 ? null : `${judged} guesses were judged`
  } },
  { name: 'a password of which only the beginning is right', run: async (office) => {
    const { status } = await call(office, anonymous(office), '/auth/v1/token?grant_type=password', { body: { email: emailOf(PEOPLE.gridLeader), password: `${PASSWORD}x` } })
    return status === 400 ? null : `answered ${status}`
  } },
  { name: 'the session of somebody suspended', run: async (office) => {
    const member = await signIn(office, PEOPLE.gridLeader)
    const admin = await signIn(office, PEOPLE.admin)
    const person = '00000000-0000-4000-9000-000000000004'
    if ((await rpc(office, member, 'whoami')).body === null) return 'the session was not there to begin with'
    const suspend = async (isActive: boolean) => {
      const { body } = await read(office, admin, `/rest/v1/people?select=revision&id=eq.${person}`)
      return rpc(office, admin, 'set_person_active', { p_person: person, p_active: isActive, p_revision: (body as { revision: number }[])[0]!.revision })
    }
    const suspended = await suspend(false)
    if (suspended.status >= 300) return `suspending answered ${suspended.status} ${JSON.stringify(suspended.body)}`
    const problem = await nothing(rpc(office, member, 'whoami'), read(office, member, '/rest/v1/households?select=id'))
    await suspend(true)
    return problem
  } },
  { name: 'the session of an account that is banned', onlyNative: true, run: async (office) => {
    const member = await signIn(office, PEOPLE.secretary)
    await office.asOwner(`update auth.users set banned_until = now() + interval '1 day' where email = '${emailOf(PEOPLE.secretary)}'`)
    const problem = await nothing(rpc(office, member, 'whoami'), read(office, member, '/rest/v1/households?select=id'))
    await office.asOwner(`update auth.users set banned_until = null where email = '${emailOf(PEOPLE.secretary)}'`)
    return problem
  } },
  { name: 'another site in the browser', run: async (office, { officer }) => {
    const preflight = await fetch(`${office.server.url}/rest/v1/residents`, { method: 'OPTIONS', headers: { 'access-control-request-method': 'GET' } })
    const { headers } = await read(office, officer, PEOPLE_PATH)
    const echoed = [preflight.headers, headers].map((each) => each.get('access-control-allow-origin')).filter((value) => value !== null)
    return echoed.length === 0 && preflight.status >= 400 ? null : `echoed ${echoed.join()} ${preflight.status}`
  } },
  { name: 'paths out of the pages', run: async (office, { officer }) => {
    const paths = ['/../package.json', '/..%2f..%2fetc/passwd', '/assets/../../.data/secrets.json', '/.data/secrets.json', '/secrets.json', '/supabase/local/serve.ts', '/.git/config']
    const answers = await Promise.all(paths.map((path) => fetch(`${office.server.url}${path}`, { headers: officer.headers })))
    const found = answers.flatMap(({ status }, index) => (status === 200 ? [paths[index]!] : []))
    return found.length === 0 ? null : `was given ${found.join()}`
  } },
]
