import { createHmac, timingSafeEqual } from 'node:crypto'
import { createWriteStream, existsSync, mkdirSync, readdirSync, rmSync, statSync, type WriteStream } from 'node:fs'
import { join } from 'node:path'
import { AUTH_PATHS, FUNCTIONS, RELATIONS, VISITOR_FUNCTIONS } from '../allow-list'

/** One request. Nothing in it names a person: no address, no query, no body. */
export interface AccessEntry {
  /** When the answer ended, ISO 8601, UTC. */
  time: string
  /** The same as in the header `x-request-id` of the answer. */
  id: string
  method: string
  route: string
  /** 499 where the caller left before the answer was out. */
  status: number
  ms: number
  bytes: number
  /** The account behind a valid token, as a code that only this server's secret makes; `null` without one. */
  account: string | null
}

const MAX_FILE_BYTES = 64 * 1024 * 1024
const DAY_MS = 86_400_000
const NAME = /^access-(\d{4}-\d{2}-\d{2})(\.\d+)?\.jsonl$/

/** Writes one line of JSON for each request into a file a day, and removes files older than `keptDays`. */
export class AccessLog {
  #stream: WriteStream | null = null
  #day = ''
  #part = 0
  #bytes = 0

  /**
   * @param keptDays 0 writes nothing
   * @param say hears, once a day, that the log cannot be written; serving goes on
   */
  constructor(
    readonly folder: string,
    readonly keptDays: number,
    readonly say: (line: string) => void,
    readonly now: () => Date = () => new Date(),
    readonly maxFileBytes = MAX_FILE_BYTES,
  ) {}

  write(entry: Omit<AccessEntry, 'time'>): void {
    if (this.keptDays === 0) return
    const time = this.now().toISOString()
    const line = `${JSON.stringify({ time, ...entry })}\n`
    const day = time.slice(0, 10)
    if (day !== this.#day) this.#turn(day, 0)
    else if (this.#bytes + line.length > this.maxFileBytes) this.#turn(day, this.#part + 1)
    this.#bytes += line.length
    this.#stream?.write(line)
  }

  close(): Promise<void> {
    const stream = this.#stream
    this.#stream = null
    this.#day = ''
    return new Promise((resolve) => (stream && !stream.destroyed ? stream.end(() => resolve()) : resolve()))
  }

  #turn(day: string, part: number): void {
    this.#stream?.end()
    this.#stream = null
    this.#day = day
    try {
      mkdirSync(this.folder, { recursive: true, mode: 0o700 })
      this.#forgetOld(day)
      const nameOf = (number: number) => join(this.folder, `access-${day}${number === 0 ? '' : `.${number}`}.jsonl`)
      // After a restart the day goes on where it was.
      while (existsSync(nameOf(part + 1))) part += 1
      const file = nameOf(part)
      this.#part = part
      this.#bytes = existsSync(file) ? statSync(file).size : 0
      const stream = createWriteStream(file, { flags: 'a', mode: 0o600 })
      stream.on('error', (error: NodeJS.ErrnoException) => this.#giveUp(stream, error))
      this.#stream = stream
    } catch (error) {
      this.say(`the access log cannot be written (${(error as NodeJS.ErrnoException).code ?? (error as Error).message})`)
    }
  }

  #giveUp(stream: WriteStream, error: NodeJS.ErrnoException): void {
    this.say(`the access log cannot be written (${error.code ?? error.message}); requests of today go unrecorded`)
    if (this.#stream === stream) this.#stream = null
  }

  #forgetOld(today: string): void {
    const oldest = Date.parse(today) - this.keptDays * DAY_MS
    for (const name of readdirSync(this.folder)) {
      const day = NAME.exec(name)?.[1]
      if (day && Date.parse(day) < oldest) rmSync(join(this.folder, name), { force: true })
    }
  }
}

/** Names what was asked for by its place in the allow-list, so that no value somebody typed reaches the log. */
export function routeOf(pathname: string): string {
  if (Object.hasOwn(AUTH_PATHS, pathname) || pathname === '/healthz' || pathname === '/app-config.json') return pathname
  const [, isCall, name = ''] = /^\/rest\/v1\/(rpc\/)?([a-z_][a-z0-9_]*)$/.exec(pathname) ?? []
  if (name !== '' && (isCall ? FUNCTIONS.includes(name) || VISITOR_FUNCTIONS.includes(name) : Object.hasOwn(RELATIONS, name))) return pathname
  if (/^\/(rest|auth|storage|realtime|functions|graphql|_system|pg)(\/|$)/.test(pathname)) return '(not listed)'
  return pathname.startsWith('/assets/') ? '/assets/*' : '(page)'
}

/**
 * Returns a code for the account of a bearer token: the same for the same account, and of no use without the secret.
 * `null` unless the token was signed with `jwtSecret` (HS256); whether it is still valid is not asked.
 */
export function accountCode(authorization: string | undefined, jwtSecret: string): string | null {
  const [, head, claims, signature] = /^Bearer ([\w-]+)\.([\w-]+)\.([\w-]+)$/i.exec(authorization ?? '') ?? []
  if (!head || !claims || !signature) return null
  const expected = createHmac('sha256', jwtSecret).update(`${head}.${claims}`).digest()
  const given = Buffer.from(signature, 'base64url')
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null
  const { sub } = JSON.parse(Buffer.from(claims, 'base64url').toString()) as { sub?: unknown }
  if (typeof sub !== 'string') return null
  return createHmac('sha256', jwtSecret).update(`access log\0${sub}`).digest('hex').slice(0, 16)
}
