import { AUTH_PATHS, FUNCTIONS, METHODS_BY_VERB, RELATIONS, VISITOR_FUNCTIONS } from '../allow-list'

/** A refusal before anything reaches the API layer. */
export interface Refusal {
  status: number
  code: string
  message: string
}

export interface RequestLine {
  method: string
  pathname: string
  search: string
  headers: Readonly<Record<string, string | string[] | undefined>>
}

const MAX_URL_CHARACTERS = 8_000
const MAX_PARAMETERS = 60
export const MAX_JSON_DEPTH = 32
/** Values in one list of a filter: each becomes a parameter of the statement. */
export const MAX_LIST_VALUES = 1_000
/** Rows × columns of a body for a relation; above 32,767 parameters the embedded engine stops answering anybody. */
export const MAX_BODY_VALUES = 30_000

const MEGABYTE = 1024 * 1024
const DEFAULT_BODY_BYTES = MEGABYTE

/** Calls whose bodies are large by nature: chunks of an import, the edits of a long offline session, photos. */
const BODY_BYTES: Readonly<Record<string, number>> = {
  import_chunk: 16 * MEGABYTE,
  save_plan_draft: 8 * MEGABYTE,
  copy_plan_draft: 8 * MEGABYTE,
  // Four photos of 300 KB, as base64.
  visitor_report: 2 * MEGABYTE,
  report_issue: 2 * MEGABYTE,
  act_on_issue: 2 * MEGABYTE,
  // A reception day of some hundred rows.
  report_issues: 4 * MEGABYTE,
  // A plan of fifty routes, a walk of a whole day from a file, and what it was on the streets.
  save_patrol_plan: 4 * MEGABYTE,
  import_track: 4 * MEGABYTE,
  save_track_match: 4 * MEGABYTE,
}

const RELATION_SET = new Map(Object.entries(RELATIONS))
const FUNCTION_SET = new Set([...FUNCTIONS, ...VISITOR_FUNCTIONS])
const AUTH_SET = new Map(Object.entries(AUTH_PATHS))

/** Forms of answer the API is asked for; the others would explain query plans or echo geometry unasked. */
const ACCEPTED = /^(\*\/\*|application\/json|application\/vnd\.pgrst\.(object|array)(\+json)?)(;[a-z0-9=.;+ -]*)?$/i

const notFound: Refusal = { status: 404, code: 'not_found', message: '没有这个地址' }

/** Headers that choose another schema, caller or method than the address says. */
const REFUSED_HEADERS = ['accept-profile', 'content-profile', 'x-http-method-override', 'x-method-override']

/**
 * Checks a request of the API against the allow-list and the limits.
 * @returns the refusal, or `null` when it may pass
 */
export function refuseRequest(line: RequestLine): Refusal | null {
  const { method, pathname, search, headers } = line
  if (pathname.length + search.length > MAX_URL_CHARACTERS) {
    return { status: 414, code: 'url_too_long', message: `地址不得超过 ${MAX_URL_CHARACTERS} 个字符` }
  }
  const listed = refusePath(method, pathname)
  if (listed) return listed
  for (const name of REFUSED_HEADERS) {
    if (headers[name] !== undefined && headers[name] !== 'public') return notFound
  }
  const parameters = new URLSearchParams(search)
  if (parameters.has('apikey')) return { status: 400, code: 'key_in_address', message: '密钥不得写在地址中' }
  if ([...parameters].length > MAX_PARAMETERS) {
    return { status: 400, code: 'too_many_parameters', message: `参数不得超过 ${MAX_PARAMETERS} 个` }
  }
  if (pathname.startsWith('/rest/')) {
    const accept = headers.accept
    const forms = typeof accept === 'string' ? accept.split(',') : []
    if (!forms.every((form) => ACCEPTED.test(form.trim()))) {
      return { status: 406, code: 'not_acceptable', message: '不提供这种格式的结果' }
    }
    const embedded = refuseEmbedding(parameters) ?? refuseLongList(parameters)
    if (embedded) return embedded
  }
  if (method === 'POST' || method === 'PATCH') {
    const type = headers['content-type']
    if (typeof type === 'string' && !/^application\/json\b/i.test(type)) {
      return { status: 415, code: 'not_json', message: '请求内容应为 application/json' }
    }
  }
  return null
}

function refusePath(method: string, pathname: string): Refusal | null {
  const auth = AUTH_SET.get(pathname)
  if (auth) return auth.includes(method) ? null : methodRefused
  const call = /^\/rest\/v1\/rpc\/([a-z_][a-z0-9_]*)$/.exec(pathname)
  if (call) return !FUNCTION_SET.has(call[1]!) ? notFound : method === 'POST' ? null : methodRefused
  const relation = /^\/rest\/v1\/([a-z_][a-z0-9_]*)$/.exec(pathname)
  const verbs = relation && RELATION_SET.get(relation[1]!)
  if (!verbs || verbs.length === 0) return notFound
  return verbs.some((verb) => METHODS_BY_VERB[verb].includes(method)) ? null : methodRefused
}

const methodRefused: Refusal = { status: 405, code: 'method_not_allowed', message: '此地址不支持这种操作' }

/** Relations named inside a `select` (`grids(*)`, `...lands!fk(id)`) stand under the same list as the path. */
function refuseEmbedding(parameters: URLSearchParams): Refusal | null {
  for (const [name, value] of parameters) {
    if (name !== 'select' && !name.endsWith('.select')) continue
    for (const [, embedded] of value.matchAll(/([A-Za-z_][A-Za-z0-9_]*)(?:![A-Za-z0-9_]+)*\s*\(/g)) {
      const isAggregate = /^(count|sum|avg|min|max)$/.test(embedded!)
      if (!isAggregate && !RELATION_SET.has(embedded!)) return notFound
    }
  }
  return null
}

function refuseLongList(parameters: URLSearchParams): Refusal | null {
  for (const value of parameters.values()) {
    if (value.split(',').length > MAX_LIST_VALUES) {
      return { status: 400, code: 'list_too_long', message: `列表不得超过 ${MAX_LIST_VALUES} 项` }
    }
  }
  return null
}

/** Checks the text of a body before anything parses it for good; `null` when it may pass. */
export function refuseBody(pathname: string, body: Uint8Array): Refusal | null {
  if (isTooDeep(body)) return { status: 400, code: 'too_deep', message: `嵌套不得超过 ${MAX_JSON_DEPTH} 层` }
  const first = body.find((byte) => byte > 0x20)
  const isRelation = pathname.startsWith('/rest/') && !pathname.startsWith('/rest/v1/rpc/')
  if (!isRelation) {
    return first === OPENING_BRACE ? null : { status: 400, code: 'not_an_object', message: '请求内容应为一个 JSON 对象' }
  }
  return countValues(body) > MAX_BODY_VALUES
    ? { status: 413, code: 'too_many_values', message: `一次不得超过 ${MAX_BODY_VALUES} 个值` }
    : null
}

const OPENING_BRACE = 0x7b

/** Rows × columns of a body; malformed text counts nothing, the API layer refuses it itself. */
function countValues(body: Uint8Array): number {
  try {
    const parsed: unknown = JSON.parse(new TextDecoder().decode(body))
    const rows: unknown[] = Array.isArray(parsed) ? parsed : [parsed]
    const columns = new Set(rows.flatMap((row) => (typeof row === 'object' && row !== null ? Object.keys(row) : [])))
    return rows.length * columns.size
  } catch {
    return 0
  }
}

/** Bytes the body of a request to `pathname` may have. */
export function bodyLimitBytes(pathname: string): number {
  return BODY_BYTES[pathname.slice('/rest/v1/rpc/'.length)] ?? DEFAULT_BODY_BYTES
}

/**
 * Tells whether JSON text nests deeper than `MAX_JSON_DEPTH`, without parsing it: a parser that recurses would be
 * overrun by the very text this looks for. O(bytes).
 */
export function isTooDeep(body: Uint8Array): boolean {
  let depth = 0
  let isInText = false
  for (let index = 0; index < body.length; index += 1) {
    const byte = body[index]
    if (isInText) {
      if (byte === 0x5c) index += 1
      else if (byte === 0x22) isInText = false
    } else if (byte === 0x22) isInText = true
    else if (byte === 0x5b || byte === 0x7b) {
      depth += 1
      if (depth > MAX_JSON_DEPTH) return true
    } else if (byte === 0x5d || byte === 0x7d) depth -= 1
  }
  return false
}
