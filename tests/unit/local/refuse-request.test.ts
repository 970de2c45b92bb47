import { describe, expect, it } from 'vitest'
import { FUNCTIONS, RELATIONS } from '../../../supabase/local/allow-list'
import { isTooDeep, MAX_BODY_VALUES, MAX_JSON_DEPTH, MAX_LIST_VALUES, refuseBody, refuseRequest } from '../../../supabase/local/http/refuse-request'

const statusOf = (method: string, address: string, headers: Record<string, string> = {}) => {
  const [pathname = '', search] = address.split('?')
  return refuseRequest({ method, pathname, search: search === undefined ? '' : `?${search}`, headers })?.status ?? 200
}

describe('the allow-list', () => {
  it('lets through what is listed, with its methods', () => {
    for (const name of Object.keys(RELATIONS)) expect(statusOf('GET', `/rest/v1/${name}?select=*`)).toBe(200)
    for (const name of FUNCTIONS) expect(statusOf('POST', `/rest/v1/rpc/${name}`)).toBe(200)
    expect(statusOf('POST', '/auth/v1/token?grant_type=password')).toBe(200)
    expect(statusOf('POST', '/auth/v1/logout?scope=local')).toBe(200)
    expect(statusOf('GET', '/auth/v1/user')).toBe(200)
  })

  it.each([
    '/_system/info', '/_system/config', '/_system/introspect', '/rest/v1/', '/rest/v1', '/rest/v1/spatial_ref_sys',
    '/rest/v1/users', '/rest/v1/auth.users', '/rest/v1/people_identities', '/rest/v1/private.people_identities',
    '/rest/v1/lands/', '/rest/v1//lands', '/rest/v1/lands/../people_identities', '/rest/v1/Lands', '/rest/v1/%6cands',
    '/rest/v1/constructor', '/rest/v1/__proto__', '/rest/v1/rpc/constructor', '/rest/v1/rpc/st_generatepoints',
    '/rest/v1/rpc/pg_sleep', '/rest/v1/rpc/', '/rest/v1/rpc/whoami/', '/auth/v1/signup', '/auth/v1/otp',
    '/auth/v1/magiclink', '/auth/v1/recover', '/auth/v1/verify', '/auth/v1/resend', '/auth/v1/authorize',
    '/auth/v1/callback', '/auth/v1/admin/users', '/auth/v1/settings', '/auth/v1/health', '/auth/v1/.well-known/jwks.json',
    '/auth/v1/token/', '/auth/v1/reauthenticate', '/storage/v1/bucket', '/realtime/v1/websocket', '/functions/v1/x',
    '/graphql/v1', '/pg/meta',
  ])('answers 404 to %s', (address) => {
    for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']) expect(statusOf(method, address)).toBe(404)
  })

  it('offers no method beyond the verbs', () => {
    for (const [name, verbs] of Object.entries(RELATIONS)) {
      if (!verbs.includes('delete')) expect(statusOf('DELETE', `/rest/v1/${name}`)).toBe(405)
      if (!verbs.includes('insert')) expect(statusOf('POST', `/rest/v1/${name}`)).toBe(405)
      expect(statusOf('PUT', `/rest/v1/${name}`)).toBe(405)
    }
    expect(statusOf('GET', '/rest/v1/rpc/whoami')).toBe(405)
    expect(statusOf('PUT', '/auth/v1/user')).toBe(405)
    expect(statusOf('GET', '/auth/v1/token')).toBe(405)
  })

  it('holds for relations named inside a select', () => {
    expect(statusOf('GET', '/rest/v1/lands?select=id,org_units(name)')).toBe(200)
    expect(statusOf('GET', '/rest/v1/lands?select=id,unit:org_units!fk(name,count())')).toBe(200)
    expect(statusOf('GET', '/rest/v1/lands?select=id,people_identities(*)')).toBe(404)
    expect(statusOf('GET', '/rest/v1/lands?select=id,...secrets!x!inner (*)')).toBe(404)
  })
})

describe('the limits', () => {
  it('refuse keys in addresses, other schemas, other methods, plans and other forms', () => {
    expect(statusOf('GET', '/rest/v1/lands?apikey=x')).toBe(400)
    expect(statusOf('GET', '/rest/v1/lands', { 'accept-profile': 'private' })).toBe(404)
    expect(statusOf('GET', '/rest/v1/lands', { 'accept-profile': 'public' })).toBe(200)
    expect(statusOf('POST', '/rest/v1/rpc/whoami', { 'content-profile': 'auth' })).toBe(404)
    expect(statusOf('GET', '/rest/v1/lands', { 'x-http-method-override': 'DELETE' })).toBe(404)
    expect(statusOf('GET', '/rest/v1/lands', { accept: 'application/vnd.pgrst.plan+json; options=analyze' })).toBe(406)
    expect(statusOf('GET', '/rest/v1/lands', { accept: 'application/geo+json' })).toBe(406)
    expect(statusOf('GET', '/rest/v1/lands', { accept: 'application/vnd.pgrst.object+json' })).toBe(200)
    expect(statusOf('POST', '/rest/v1/rpc/whoami', { 'content-type': 'text/csv' })).toBe(415)
  })

  it('refuse long addresses and many parameters', () => {
    expect(statusOf('GET', `/rest/v1/lands?id=in.(${'1,'.repeat(5000)}1)`)).toBe(414)
    expect(statusOf('GET', `/rest/v1/lands?${'id=eq.1&'.repeat(61)}`)).toBe(400)
  })

  it('refuse deep JSON, and take brackets inside text for text', () => {
    const deep = (levels: number) => new TextEncoder().encode('['.repeat(levels) + ']'.repeat(levels))
    expect(isTooDeep(deep(MAX_JSON_DEPTH))).toBe(false)
    expect(isTooDeep(deep(MAX_JSON_DEPTH + 1))).toBe(true)
    expect(isTooDeep(deep(50_000))).toBe(true)
    expect(isTooDeep(new TextEncoder().encode(`{"a":"${'['.repeat(99)}\\"${'{'.repeat(99)}"}`))).toBe(false)
    expect(isTooDeep(new TextEncoder().encode('[[],[],{}],'.repeat(99)))).toBe(false)
  })

  it('refuse long lists of values', () => {
    const list = (count: number) => `/rest/v1/lands?id=in.(${Array.from({ length: count }, () => 1).join()})`
    expect(statusOf('GET', list(MAX_LIST_VALUES))).toBe(200)
    expect(statusOf('GET', list(MAX_LIST_VALUES + 1))).toBe(400)
  })

  it('refuse bodies of more values than a statement can carry, and arguments that are no object', () => {
    const statusOfBody = (pathname: string, text: string) => refuseBody(pathname, new TextEncoder().encode(text))?.status ?? 200
    const rows = (count: number) => JSON.stringify(Array.from({ length: count }, () => ({ a: 1, b: 2 })))
    expect(statusOfBody('/rest/v1/plans', rows(MAX_BODY_VALUES / 2))).toBe(200)
    expect(statusOfBody('/rest/v1/plans', rows(MAX_BODY_VALUES / 2 + 1))).toBe(413)
    expect(statusOfBody('/rest/v1/plans', '[{"a":1},{"b":')).toBe(200)
    expect(statusOfBody('/rest/v1/rpc/whoami', ' \n{}')).toBe(200)
    for (const text of ['[]', '[{}]', 'null', '1', '"{}"', '   ']) expect(statusOfBody('/rest/v1/rpc/whoami', text), text).toBe(400)
    expect(statusOfBody('/auth/v1/token', '[{}]')).toBe(400)
    expect(statusOfBody('/auth/v1/token', '['.repeat(99))).toBe(400)
  })

  it('say so in Chinese, with a code', () => {
    const refusals = [
      refuseRequest({ method: 'GET', pathname: '/rest/v1/none', search: '', headers: {} }),
      refuseRequest({ method: 'PUT', pathname: '/rest/v1/lands', search: '', headers: {} }),
      refuseRequest({ method: 'GET', pathname: '/rest/v1/lands', search: '?apikey=x', headers: {} }),
      refuseBody('/rest/v1/rpc/whoami', new TextEncoder().encode('[]')),
    ]
    for (const refusal of refusals) {
      expect(refusal?.code).toMatch(/^[a-z_]+$/)
      expect(refusal?.message).toMatch(/[\u4e00-\u9fff]{4,}/)
    }
  })
})
