import { connect } from 'node:net'
import { Agent, request } from 'node:http'
import { seededRandom } from '@/algorithms/shared/seeded-random'
import { NO_DOCUMENTS } from '../../helpers/malformed/server-rows'
import { rpc, type Caller, type Office } from './open-office'

/** Words of the engine, of the API layer and of the machine, that no refusal may carry. */
const INSIDE = /\b(postgres|pg_\w+|pglite|kysely|sqlstate|relation|column|syntax error|constraint|node_modules|at .*\.(ts|js):\d+|ENOENT|EPIPE|secret|supabase_\w+)\b/i
const SEED = 20261122
/** Requests on the way at once, by as many connections. */
const HANDS = 24

interface Attempt {
  readonly what: string
  readonly method: string
  readonly path: string
  readonly headers?: Record<string, string>
  readonly body?: string
}

export interface Siege {
  /** Refusals by status. */
  readonly refused: Readonly<Record<number, number>>
  /** What was answered that should not have been, or said too much. */
  readonly faults: readonly string[]
  /** Answers to the honest user meanwhile, and the longest wait, ms. */
  readonly honest: { readonly asked: number; readonly right: number; readonly slowestMs: number }
  /** Sockets left half-way, and how many of them were closed by the server or answered 400. */
  readonly broken: { readonly left: number; readonly ended: number }
}

/** Sends so many requests that deserve nothing, of mixed kinds drawn by lot, while `honest` goes on working. */
export async function besiege(office: Office, honest: Caller, count: number): Promise<Siege> {
  const random = seededRandom(SEED)
  const agent = new Agent({ keepAlive: true, maxSockets: HANDS })
  const kinds = attemptsOf(office, honest)
  const refused: Record<number, number> = {}
  const faults: string[] = []
  let sent = 0
  let left = 0
  let ended = 0
  const hand = async () => {
    while (sent < count) {
      sent += 1
      if (sent % 25 === 0) {
        left += 1
        if (await halfRequest(office, sent % 50 === 0)) ended += 1
        continue
      }
      const attempt = kinds[Math.floor(random() * kinds.length)]!
      const { status, text } = await send(office, agent, attempt)
      refused[status] = (refused[status] ?? 0) + 1
      const said = INSIDE.exec(text)?.[0]
      if (status < 400 || status >= 500) faults.push(`${attempt.what}: ${status} ${text.slice(0, 120)}`)
      else if (said) faults.push(`${attempt.what}: ${status} says "${said}"`)
    }
  }
  let isOver = false
  const work = async () => {
    const tally = { asked: 0, right: 0, slowestMs: 0 }
    while (!isOver) {
      const begunAt = performance.now()
      const answer = await rpc(office, honest, 'whoami')
      tally.asked += 1
      if (answer.status === 200 && (answer.body as { posts?: unknown[] } | null)?.posts?.length) tally.right += 1
      tally.slowestMs = Math.max(tally.slowestMs, performance.now() - begunAt)
    }
    return tally
  }
  const working = work()
  await Promise.all(Array.from({ length: HANDS }, hand)).finally(() => (isOver = true))
  agent.destroy()
  return { refused, faults: [...new Set(faults)], honest: await working, broken: { left, ended } }
}

function attemptsOf({ server }: Office, { headers }: Caller): readonly Attempt[] {
  const open = { apikey: server.anonKey }
  const json = { ...headers, 'content-type': 'application/json' }
  const rest = '/rest/v1/residents?select=id'
  const bearer = (token: string) => ({ ...open, authorization: `Bearer ${token}` })
  const search = '/rest/v1/rpc/search_people'
  const claims = headers.authorization!.split('.')[1]!
  return [
    { what: 'no key', method: 'GET', path: rest },
    { what: 'a wrong key', method: 'GET', path: rest, headers: { apikey: 'sb_secret_wrong' } },
    ...['x', 'a.b.c', '', `${Buffer.from('{"alg":"HS256"}').toString('base64url')}.${claims}.AAAA`, 'ÿ'.repeat(300)].map((token): Attempt => (
      { what: `the token ${token.slice(0, 6)}`, method: 'POST', path: '/rest/v1/rpc/save_plan_draft', headers: { ...bearer(token), 'content-type': 'application/json' }, body: '{"p_plan":"x"}' }
    )),
    ...['users', 'pg_authid', 'resident_identities', 'spatial_ref_sys', 'constructor', '__proto__', 'residents%00', 'RESIDENTS', '../auth/users'].map((name): Attempt => (
      { what: `the relation ${name}`, method: 'GET', path: `/rest/v1/${name}?select=*`, headers }
    )),
    ...['pg_sleep', 'st_generatepoints', 'set_config', 'nothing_of_the_kind'].map((name): Attempt => (
      { what: `the function ${name}`, method: 'POST', path: `/rest/v1/rpc/${name}`, headers: json, body: '{}' }
    )),
    ...['DELETE', 'PATCH', 'PUT', 'POST'].map((method): Attempt => ({ what: `${method} of residents`, method, path: '/rest/v1/residents?id=gt.0', headers: json, body: '{"id":1}' })),
    { what: 'GET of a function', method: 'GET', path: search, headers },
    { what: 'OPTIONS', method: 'OPTIONS', path: rest, headers: { 'access-control-request-method': 'GET' } },
    { what: 'a system page', method: 'GET', path: '/_system/info', headers },
    { what: 'another site', method: 'GET', path: rest, headers: { ...headers, origin: 'http://evil.example' } },
    { what: 'another host', method: 'GET', path: rest, headers: { ...headers, host: 'evil.example' } },
    { what: 'an address of 12,000 signs', method: 'GET', path: `${rest}&id=in.(${'1,'.repeat(6_000)}1)`, headers },
    { what: '600 parameters', method: 'GET', path: `${rest}${'&id=gt.0'.repeat(600)}`, headers },
    { what: 'a filter that is none', method: 'GET', path: '/rest/v1/lands?id=no.such', headers },
    { what: 'a hidden column', method: 'GET', path: '/rest/v1/residents?select=phone', headers },
    { what: 'a head of 20 kB', method: 'GET', path: '/_system/info', headers: { ...headers, 'x-filler': 'x'.repeat(20_000) } },
    { what: 'a body 5,000 deep', method: 'POST', path: search, headers: json, body: `{"p_query":${'['.repeat(5_000)}${']'.repeat(5_000)}}` },
    { what: 'another kind of body', method: 'POST', path: search, headers: { ...headers, 'content-type': 'application/xml' }, body: '<x/>' },
    ...NO_DOCUMENTS.map((text): Attempt => ({ what: `the document ${text.slice(0, 12)}`, method: 'POST', path: '/rest/v1/rpc/save_plan_draft', headers: json,
      body: `{"p_plan":"00000000-0000-4000-a000-000000000001","p_base_revision":1,"p_edits":${text}}` })),
  ]
}

function send({ server }: Office, agent: Agent, { method, path, headers, body }: Attempt): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const asking = request(`${server.url}${path}`, { method, agent, headers: { ...headers, ...(body === undefined ? {} : { 'content-length': Buffer.byteLength(body) }) } }, (answer) => {
      let text = ''
      answer.setEncoding('utf8').on('data', (part: string) => (text += part)).on('end', () => resolve({ status: answer.statusCode!, text }))
    })
    asking.once('error', reject)
    asking.end(body)
  })
}

/** A whole request with half of another behind it, then gone; or a line that is no request. Tells whether the server let go of it. */
function halfRequest({ server }: Office, isNoRequest: boolean): Promise<boolean> {
  const { hostname, port } = new URL(server.url)
  return new Promise((resolve) => {
    const socket = connect({ host: hostname, port: Number(port) })
    let said = ''
    socket.on('error', () => undefined)
    socket.once('close', () => resolve(/^HTTP\/1\.1 4\d\d/.test(said)))
    socket.on('data', (part: Buffer) => {
      said += part.toString('latin1')
      // The first is answered; the second, which promised a thousand bytes, never comes.
      if (!isNoRequest) socket.destroy()
    })
    const host = `Host: ${hostname}:${port}\r\n`
    socket.write(isNoRequest
      ? 'GET /rest/v1/residents SMTP/9\r\n\r\n'
      : `GET /_system/info HTTP/1.1\r\n${host}\r\nPOST /rest/v1/rpc/whoami HTTP/1.1\r\n${host}Content-Length: 1000\r\n\r\n{"a":`)
  })
}
