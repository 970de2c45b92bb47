import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Secrets } from '../data-directory/secrets'
import type { DemoAccount } from '../database/load-seed'
import type { ApiAnswer, ApiRequest } from '../worker/messages'
import { bodyLimitBytes, isTooDeep, refuseRequest, type Refusal } from './refuse-request'
import type { SignInThrottle } from './sign-in-throttle'
import { encode, pickEncoding, type StaticFiles } from './static-files'
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
  isHealthy: () => boolean
  /** `null` in development, where Vite serves the pages. */
  pages: StaticFiles | null
  appConfig: AppConfig
  secrets: Secrets
  throttle: SignInThrottle
  headers: Readonly<Record<string, string>>
}

/** Headers of a request the API layer gets to see; forwarded hosts and methods are none of its business. */
const PASSED_IN = ['authorization', 'apikey', 'accept', 'content-type', 'prefer', 'range', 'range-unit', 'x-client-info',
  'x-supabase-api-version', 'accept-profile', 'content-profile']

const PASSED_OUT = ['content-type', 'content-range', 'preference-applied', 'x-supabase-api-version']

const MIN_COMPRESSED_BYTES = 1024

/** Makes the handler of every request; what it does not answer (only in development) goes to `next`. */
export function createFrontHandler(parts: FrontHandlerParts) {
  return async (request: IncomingMessage, response: ServerResponse, next?: () => void): Promise<void> => {
    for (const [name, value] of Object.entries(parts.headers)) response.setHeader(name, value)
    try {
      await route(parts, request, response, next)
    } catch (error) {
      if (error instanceof BodyRefused) return sendRefusal(response, error.refusal)
      // The page reads 503 as "server down" and tries again; the text of the failure stays in this process.
      sendRefusal(response, { status: 503, code: 'unavailable', message: 'the database is away for a moment' })
    }
  }
}

async function route(
  parts: FrontHandlerParts,
  request: IncomingMessage,
  response: ServerResponse,
  next?: () => void,
): Promise<void> {
  const refusedHost = refuseHost(request)
  if (refusedHost) return sendRefusal(response, refusedHost)
  const [pathname = '/', ...rest] = (request.url ?? '/').split('?')
  const search = rest.length > 0 ? `?${rest.join('?')}` : ''

  if (pathname === '/healthz') {
    const isHealthy = parts.isHealthy()
    return sendJson(request, response, isHealthy ? 200 : 503, { status: isHealthy ? 'ok' : 'starting' })
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

const NOT_FOUND: Refusal = { status: 404, code: 'not_found', message: 'not found' }

/**
 * A page of another site may have its own name point to 127.0.0.1 and then read answers as its own: only the names of
 * this machine are answered, and nothing is accepted that says it comes from elsewhere.
 */
function refuseHost({ headers }: IncomingMessage): Refusal | null {
  const isOwn = (host: string) => /^(127\.0\.0\.1|localhost|\[::1\])(:\d{1,5})?$/i.test(host)
  if (!isOwn(headers.host ?? '')) return { status: 421, code: 'wrong_host', message: 'use the address the server printed' }
  const { origin } = headers
  if (origin !== undefined && origin !== `http://${headers.host}`) {
    return { status: 403, code: 'foreign_origin', message: 'requests of other sites are not answered' }
  }
  return null
}

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
    return sendRefusal(response, { status: 401, code: 'wrong_key', message: 'reload the page' })
  }
  const body = method === 'GET' || method === 'HEAD' ? null : await readBody(request, bodyLimitBytes(pathname))
  if (body && isTooDeep(body)) return sendRefusal(response, { status: 400, code: 'too_deep', message: 'nested too deep' })

  const headers: Record<string, string> = {}
  for (const name of PASSED_IN) {
    const value = request.headers[name]
    if (typeof value === 'string') headers[name] = value
  }
  // An estimate would count rows the caller may not see.
  if (headers.prefer) headers.prefer = headers.prefer.replace(/count=(planned|estimated)/g, 'count=exact')
  const apiRequest: ApiRequest = { method, path: pathname + search, headers, body }
  const isSignIn = pathname === '/auth/v1/token' && new URLSearchParams(search).get('grant_type') === 'password'
  if (!isSignIn) return sendAnswer(request, response, pathname, await parts.askApi(apiRequest))

  const attempt = parts.throttle.begin(accountOf(body), request.socket.remoteAddress ?? '')
  if (attempt.retryAfterS > 0) {
    response.setHeader('retry-after', String(attempt.retryAfterS))
    const code = 'over_request_rate_limit'
    return sendJson(request, response, 429, { code: 429, error_code: code, msg: `wait ${attempt.retryAfterS} s` })
  }
  try {
    const answer = await parts.askApi(apiRequest)
    if (answer.status === 200) attempt.succeed()
    else if (answer.status < 500) attempt.fail()
    return await sendAnswer(request, response, pathname, answer)
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
  const tooLarge = new BodyRefused({ status: 413, code: 'too_large', message: `expected at most ${limitBytes} bytes` })
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

function sendJson(request: IncomingMessage, response: ServerResponse, status: number, value: unknown): Promise<void> {
  response.setHeader('content-type', 'application/json; charset=utf-8')
  return send(request, response, status, Buffer.from(JSON.stringify(value)))
}

async function send(request: IncomingMessage, response: ServerResponse, status: number, body: Uint8Array): Promise<void> {
  response.setHeader('cache-control', 'no-store')
  response.setHeader('vary', 'accept-encoding')
  let sent = body
  const encoding = pickEncoding(String(request.headers['accept-encoding'] ?? ''))
  if (encoding && body.length >= MIN_COMPRESSED_BYTES) {
    sent = await encode(body, encoding, 4)
    response.setHeader('content-encoding', encoding)
  }
  if (status !== 204 && status !== 304) response.setHeader('content-length', sent.length)
  response.writeHead(status)
  response.end(request.method === 'HEAD' || status === 204 ? undefined : sent)
}

/** A refusal closes the connection where a body may still be on its way. */
function sendRefusal(response: ServerResponse, { status, code, message }: Refusal): void {
  if (response.headersSent) {
    response.destroy()
    return
  }
  const { method } = response.req
  const mayHaveBody = method !== 'GET' && method !== 'HEAD'
  const body = Buffer.from(JSON.stringify({ code, message, details: null, hint: null }))
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': body.length,
    'cache-control': 'no-store',
    ...(mayHaveBody && !response.req.complete ? { connection: 'close' } : {}),
  })
  response.end(body)
}
