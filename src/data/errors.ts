/**
 * A refusal or failure of the server, reduced to a stable code. `i18nKey` is `error.<code>`; codes without words of
 * their own read as `error.unknown` with the server's text.
 */
export class DataError extends Error {
  constructor(
    readonly code: DataErrorCode,
    message: string,
    readonly detail: Readonly<Record<string, unknown>> = {},
  ) {
    super(message)
    this.name = 'DataError'
  }

  get i18nKey(): string {
    return `error.${this.code}`
  }
}

export type DataErrorCode =
  | 'server_down'
  | 'session_expired'
  | 'forbidden'
  | 'not_found'
  | 'duplicate'
  | 'reference_broken'
  | 'value_invalid'
  | 'too_slow'
  | 'too_large'
  | 'too_many_requests'
  | 'wrong_credentials'
  | (string & Record<never, never>)

/** SQLSTATE and PostgREST codes with a meaning of their own; P0001 carries our code as its message. */
const BY_STATE: Readonly<Record<string, DataErrorCode>> = {
  '42501': 'forbidden',
  '23505': 'duplicate',
  '23503': 'reference_broken',
  '23514': 'value_invalid',
  '22P02': 'value_invalid',
  '22023': 'value_invalid',
  '57014': 'too_slow',
  '53300': 'too_many_requests',
  PGRST116: 'not_found',
  PGRST202: 'not_found',
  PGRST301: 'session_expired',
  PGRST303: 'session_expired',
  refresh_token_not_found: 'session_expired',
  refresh_token_already_used: 'session_expired',
  session_not_found: 'session_expired',
  bad_jwt: 'session_expired',
}

interface RawError {
  readonly code?: string | null
  readonly message?: string
  readonly details?: string | null
  readonly status?: number
  readonly name?: string
}

/** Turn whatever the client library reports into a `DataError`. `status` is the HTTP status, 0 without an answer. */
export function toDataError(raw: unknown, status = 0): DataError {
  if (raw instanceof DataError) return raw
  const error = (raw ?? {}) as RawError
  const message = error.message ?? String(raw)
  const httpStatus = status || error.status || 0
  if (error.code === 'P0001' && message === 'session_ended') return new DataError('session_expired', message)
  if (error.code === 'P0001' && /^[a-z][a-z0-9_]+$/.test(message)) return new DataError(message, message, parseDetail(error.details))
  if (error.code === 'invalid_credentials' || /invalid login credentials/i.test(message)) {
    return new DataError('wrong_credentials', message)
  }
  // Refused without a person: the request went out after the session had ended.
  if (httpStatus === 401 && error.code === '42501') return new DataError('session_expired', message)
  if (error.code && BY_STATE[error.code]) return new DataError(BY_STATE[error.code], message, parseDetail(error.details))
  if (httpStatus === 401 || /jwt expired|invalid jwt|session.*(missing|not found)|refresh token/i.test(message)) {
    return new DataError('session_expired', message)
  }
  if (httpStatus === 403) return new DataError('forbidden', message)
  if (httpStatus === 413) return new DataError('too_large', message)
  if (httpStatus === 429) return new DataError('too_many_requests', message, waitIn(message))
  if (httpStatus >= 502 || isNetworkFailure(message, error.name)) return new DataError('server_down', message)
  return new DataError('unknown', message, { message, state: error.code ?? null })
}

/** Seconds to wait: the one number in what the sign-in service says, be it ours or Supabase's. */
function waitIn(message: string): { retryAfterS?: number } {
  const seconds = /\d+/.exec(message)
  return seconds ? { retryAfterS: Number(seconds[0]) } : {}
}

const isNetworkFailure = (message: string, name = ''): boolean =>
  /failed to fetch|fetch failed|networkerror|load failed|network request failed|econnrefused/i.test(message) ||
  name === 'AuthRetryableFetchError'

function parseDetail(details: string | null | undefined): Readonly<Record<string, unknown>> {
  if (!details) return {}
  try {
    const parsed: unknown = JSON.parse(details)
    return parsed && typeof parsed === 'object' ? (parsed as Record<string, unknown>) : { detail: details }
  } catch {
    return { detail: details }
  }
}
