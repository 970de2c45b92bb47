import { restoreState } from '../database/guarded-driver'
import type { ApiAnswer } from '../worker/messages'

/** Words for what the engine would say with names of tables, columns and keys in it. */
const WORDS: Readonly<Record<string, string>> = {
  '22P02': 'a value has the wrong form',
  '23502': 'a required value is missing',
  '23503': 'something else still refers to this, or it refers to something that is gone',
  '23505': 'this value is taken',
  '23514': 'a value is not allowed',
  '25006': 'this may only be read',
  '40001': 'another change came between; try again',
  '40P01': 'another change came between; try again',
  '42501': 'you may not do this',
  '53100': 'the disk of the server is full',
  '54000': 'too much at once',
  '57014': 'this took too long and was stopped',
  PGRST116: 'expected exactly one row',
  PGRST301: 'the session is not valid',
  PGRST303: 'JWT expired',
}

const BY_STATUS: Readonly<Record<number, string>> = {
  400: 'the request is not well formed',
  401: 'sign in first',
  403: 'you may not do this',
  404: 'not found',
  406: 'this form of answer is not offered',
  409: 'another change came between',
  413: 'too much at once',
}

/** Our own raise codes: `raise exception using errcode = 'P0001', message = 'plan_stale', detail = '{…}'`. */
const OWN_CODE = /^[a-z][a-z0-9_]{2,63}$/

/**
 * Rewrites a refusal of the API layer: own codes pass whole, of everything else the SQLSTATE stays and the engine's
 * text goes, because it names tables, columns and the values of other people's rows.
 */
export function translateRestError(answer: ApiAnswer): { status: number; body: Record<string, unknown> } {
  const { code, message, details, hint } = parseObject(answer.body)
  const state = restoreState(code, hint)
  if (state === 'P0001' && typeof message === 'string' && OWN_CODE.test(message)) {
    return { status: answer.status, body: { code: 'P0001', message, details: details ?? null, hint: null } }
  }
  const isKnownForm = state !== null && /^([0-9A-Z]{5}|PGRST\d{3})$/.test(state)
  return {
    status: answer.status,
    body: {
      code: isKnownForm ? state : answer.status >= 500 ? 'internal' : 'refused',
      message: WORDS[state ?? ''] ?? BY_STATUS[answer.status] ?? 'the server could not do this',
      details: null,
      hint: null,
    },
  }
}

/** Rewrites a refusal of the sign-in service: its code stays, its text goes unless it is the code's own. */
export function translateAuthError(answer: ApiAnswer): { status: number; body: Record<string, unknown> } {
  const { error_code: errorCode } = parseObject(answer.body)
  const code = typeof errorCode === 'string' && OWN_CODE.test(errorCode) ? errorCode : 'unexpected_failure'
  const message = code === 'invalid_credentials' ? 'Invalid login credentials' : code.replaceAll('_', ' ')
  return { status: answer.status, body: { code: answer.status, error_code: code, msg: message } }
}

function parseObject(body: Uint8Array): Record<string, unknown> {
  try {
    const parsed: unknown = JSON.parse(new TextDecoder().decode(body))
    return typeof parsed === 'object' && parsed !== null ? (parsed as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}
