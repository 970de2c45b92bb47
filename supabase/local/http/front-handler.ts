import { randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { VISITOR_FUNCTIONS } from '../allow-list'
import type { Secrets } from '../data-directory/secrets'
import type { DemoAccount } from '../database/load-seed'
import type { ApiAnswer, ApiRequest } from '../worker/messages'
import { accountCode, routeOf, type AccessEntry } from './access-log'
import { refuseForeign } from './own-address'
import { bodyLimitBytes, refuseBody, refuseRequest, type Refusal } from './refuse-request'
import { send, sendJson, sendRefusal } from './send'
import type { SignInThrottle } from './sign-in-throttle'
import type { Visit, VisitorThrottle } from './visitor-throttle'
import type { StaticFiles } from './static-files'
import { translateAuthError, translateRestError } from './translate-error'

/** What the page is told before it signs in. */
export interface AppConfig {
  demo: boolean
  anonKey: string
  accounts: readonly DemoAccount[]
}

export interface FrontHandlerParts {
  /** Asks the API layer; rejects when the database is away. */
  askApi: (request: ApiRequest) => Promise<ApiAnswer>
  health: () => Health
  /** Refuses what would write, while there is no room to write to; `null` lets it pass. */
  refuseWrite: (method: string, pathname: string) => Refusal | null
  /** `null` in development, where Vite serves the pages. */
  pages: StaticFiles | null
  appConfig: AppConfig
  secrets: Secrets
  throttle: SignInThrottle
  visitorThrottle: VisitorThrottle
  headers: Readonly<Record<string, string>>
  scheme: 'http' | 'https'
  /** Addresses people type, beside the names of this machine. */
  origins: readonly string[]
  log: (entry: Omit<AccessEntry, 'time'>) => void
}

/** What `/healthz` tells anybody: 200 when requests are answered, 503 otherwise. */
export interface Health {
  status: 'ok' | 'starting' | 'stopping' | 'database_away' | 'disk_full'
  /** Whether the last scheduled backup is as fresh as it should be. */
  backup: 'fresh' | 'late' | 'off'
}

/** Headers of a request the API layer gets to see; forwarded hosts and methods are none of its business. */
const PASSED_IN = ['authorization', 'apikey', 'accept', 'content-type', 'prefer', 'range', 'range-unit', 'x-client-info',
  'x-supabase-api-version', 'accept-profile', 'content-profile', 'user-agent']

const PASSED_OUT = ['content-type', 'content-range', 'preference-applied', 'x-supabase-api-version']

/** Makes the handler of every request; what it does not answer (only in development) goes to `next`. */
export function createFrontHandler(parts: FrontHandlerParts) {
  return async (request: IncomingMessage, response: ServerResponse, next?: () => void): Promise<void> => {
    for (const [name, value] of Object.entries(parts.headers)) response.setHeader(name, value)
    record(parts, request, response)
    try {
      await route(parts, request, response, next)
    } catch (error) {
      if (error instanceof BodyRefused) return sendRefusal(response, error.refusal)
      // The page reads 503 as "server down" and tries again; the text of the failure stays in this process.
      sendRefusal(response, { status: 503, code: 'unavailable', message: '数据库暂时不可用，请稍后重试' })
    }
  }
}

function record({ log, secrets }: FrontHandlerParts, request: IncomingMessage, response: ServerResponse): void {
  const startedAt = performance.now()
  const id = randomBytes(9).toString('base64url')
  response.setHeader('x-request-id', id)
  response.once('close', () =>
    log({
      id,
      method: request.method ?? '',
      route: routeOf((request.url ?? '/').split('?')[0]!),
      status: response.writableFinished ? response.statusCode : 499,
      ms: Math.round(performance.now() - startedAt),
      bytes: Number(response.getHeader('content-length') ?? 0),
      account: accountCode(request.headers.authorization, secrets.jwtSecret),
    }),
  )
}

async function route(
  parts: FrontHandlerParts,
  request: IncomingMessage,
  response: ServerResponse,
  next?: () => void,
): Promise<void> {
  const foreign = refuseForeign(request.headers, parts.scheme, parts.origins)
  if (foreign) return sendRefusal(response, foreign)
  const [pathname = '/', ...rest] = (request.url ?? '/').split('?')
  const search = rest.length > 0 ? `?${rest.join('?')}` : ''

  if (pathname === '/healthz') {
    const health = parts.health()
    return sendJson(request, response, health.status === 'ok' ? 200 : 503, health)
  }
  if (parts.health().status === 'stopping') {
    response.setHeader('connection', 'close')
    return sendRefusal(response, { status: 503, code: 'stopping', message: '服务器正在关闭，请稍后重试' })
  }
  if (pathname === '/app-config.json') return sendJson(request, response, 200, parts.appConfig)
  if (/^\/(rest|auth|storage|realtime|functions|graphql|_system|pg)(\/|$)/.test(pathname)) {
    return answerApi(parts, request, response, pathname, search)
  }
  if (!parts.pages) return next ? next() : sendRefusal(response, NOT_FOUND)
  if (request.method !== 'GET' && request.method !== 'HEAD') return sendRefusal(response, NOT_FOUND)
  const file = await parts.pages.find(pathname, request.headers.accept ?? '', String(request.headers['accept-encoding'] ?? ''))
  if (!file) return sendRefusal(response, NOT_FOUND)
  if (request.headers['if-none-match'] === file.headers.etag) {
    response.writeHead(304, file.headers).end()
    return
  }
  response.writeHead(200, { ...file.headers, 'content-length': file.body.length })
  response.end(request.method === 'HEAD' ? undefined : file.body)
}

const NOT_FOUND: Refusal = { status: 404, code: 'not_found', message: '没有这个地址' }

async function answerApi(
  parts: FrontHandlerParts,
  request: IncomingMessage,
  response: ServerResponse,
  pathname: string,
  search: string,
): Promise<void> {
  const method = request.method ?? 'GET'
  const refusal = refuseRequest({ method, pathname, search, headers: request.headers })
  if (refusal) return sendRefusal(response, refusal)
  // Only the public key passes: the key that opens everything is never accepted from outside.
  if (request.headers.apikey !== parts.secrets.anonKey) {
    return sendRefusal(response, { status: 401, code: 'wrong_key', message: '请刷新页面' })
  }
  const isVisit = VISITOR_PATHS.has(pathname)
  if (pathname.startsWith('/rest/') && !isVisit && isAnonymous(request, parts.secrets)) {
    // Read and thrown away: what else waits on the same connection is still to be answered.
    if (method !== 'GET' && method !== 'HEAD') await readBody(request, bodyLimitBytes(''))
    return sendRefusal(response, { status: 401, code: '42501', message: '请先登录' })
  }
  if (!isVisit) return void (await passOn(parts, request, response, pathname, search, null))
  const visit = parts.visitorThrottle.begin(pathname.slice(RPC.length), request.socket.remoteAddress ?? '')
  if (visit.retryAfterS > 0) return sendTooMany(response, visit.retryAfterS)
  let wasRight = false
  try {
    wasRight = await passOn(parts, request, response, pathname, search, visit)
  } finally {
    visit.end(wasRight)
  }
}

const RPC = '/rest/v1/rpc/'
const VISITOR_PATHS: ReadonlySet<string> = new Set(VISITOR_FUNCTIONS.map((name) => `${RPC}${name}`))

/** Nobody signed in: no token, or the public key in its place, as the client library sends it. */
const isAnonymous = ({ headers }: IncomingMessage, { anonKey }: Secrets): boolean =>
  headers.authorization === undefined || headers.authorization === `Bearer ${anonKey}`

function sendTooMany(response: ServerResponse, retryAfterS: number): void {
  response.setHeader('retry-after', String(retryAfterS))
  sendRefusal(response, { status: 429, code: 'too_many_requests', message: `请求过多，请 ${retryAfterS} 秒后再试` })
}

/**
 * Passes a request that may be made on to the API layer, and its answer back.
 * @returns false where a visitor's code was wrong, or nothing was asked of the database
 */
async function passOn(
  parts: FrontHandlerParts,
  request: IncomingMessage,
  response: ServerResponse,
  pathname: string,
  search: string,
  visit: Visit | null,
): Promise<boolean> {
  const method = request.method ?? 'GET'
  const body = method === 'GET' || method === 'HEAD' ? null : await readBody(request, bodyLimitBytes(pathname))
  const refusedBody = (body && refuseBody(pathname, body)) ?? parts.refuseWrite(method, pathname)
  if (refusedBody) {
    sendRefusal(response, refusedBody)
    return false
  }
  const waitS = visit?.enter() ?? 0
  if (waitS > 0) {
    sendTooMany(response, waitS)
    return false
  }

  const headers: Record<string, string> = {}
  for (const name of PASSED_IN) {
    const value = request.headers[name]
    if (typeof value === 'string') headers[name] = value
  }
  // An estimate would count rows the caller may not see.
  if (headers.prefer) headers.prefer = headers.prefer.replace(/count=(planned|estimated)/g, 'count=exact')
  const apiRequest: ApiRequest = { method, path: pathname + search, headers, body }
  const isSignIn = pathname === '/auth/v1/token' && new URLSearchParams(search).get('grant_type') === 'password'
  if (!isSignIn) {
    const answer = await parts.askApi(apiRequest)
    await sendAnswer(request, response, pathname, answer)
    return !(visit && saysWrongCode(answer))
  }
  await signIn(parts, request, response, apiRequest)
  return true
}

/** Every wrong code is answered alike; what the state of a slip refuses is no guess. */
const saysWrongCode = ({ status, body }: ApiAnswer): boolean =>
  status >= 400 && new TextDecoder().decode(body).includes('"code_unknown"')

async function signIn(
  parts: FrontHandlerParts,
  request: IncomingMessage,
  response: ServerResponse,
  apiRequest: ApiRequest,
): Promise<void> {
  const { body } = apiRequest

  const attempt = parts.throttle.begin(accountOf(body), request.socket.remoteAddress ?? '')
  if (attempt.retryAfterS > 0) {
    response.setHeader('retry-after', String(attempt.retryAfterS))
    const code = 'over_request_rate_limit'
    return sendJson(request, response, 429, { code: 429, error_code: code, msg: `尝试次数过多，请 ${attempt.retryAfterS} 秒后再试` })
  }
  try {
    const answer = await parts.askApi(apiRequest)
    if (answer.status === 200) attempt.succeed()
    else if (answer.status < 500) attempt.fail()
    return await sendAnswer(request, response, '/auth/v1/token', answer)
  } finally {
    attempt.drop()
  }
}

function accountOf(body: Uint8Array | null): string {
  try {
    return String((JSON.parse(new TextDecoder().decode(body ?? new Uint8Array())) as { email?: unknown }).email ?? '')
  } catch {
    return ''
  }
}

class BodyRefused extends Error {
  constructor(readonly refusal: Refusal) {
    super(refusal.message)
  }
}

async function readBody(request: IncomingMessage, limitBytes: number): Promise<Uint8Array | null> {
  const tooLarge = new BodyRefused({ status: 413, code: 'too_large', message: `请求内容不得超过 ${limitBytes} 字节` })
  if (Number(request.headers['content-length'] ?? 0) > limitBytes) throw tooLarge
  const chunks: Buffer[] = []
  let sizeBytes = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    sizeBytes += chunk.length
    if (sizeBytes > limitBytes) throw tooLarge
    chunks.push(chunk)
  }
  // A copy of its own: the buffer is handed to the database thread, and small ones share Node's pool.
  return sizeBytes === 0 ? null : new Uint8Array(Buffer.concat(chunks))
}

async function sendAnswer(
  request: IncomingMessage,
  response: ServerResponse,
  pathname: string,
  answer: ApiAnswer,
): Promise<void> {
  if (answer.status >= 400) {
    const isAuth = pathname.startsWith('/auth/')
    const { status, body } = isAuth ? translateAuthError(answer) : translateRestError(answer)
    return sendJson(request, response, status, body)
  }
  for (const name of PASSED_OUT) {
    const value = answer.headers[name]
    if (value !== undefined) response.setHeader(name, value)
  }
  await send(request, response, answer.status, answer.body)
}
