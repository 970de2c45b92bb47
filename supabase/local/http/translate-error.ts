import { restoreState } from '../database/guarded-driver'
import type { ApiAnswer } from '../worker/messages'

/** Words for what the engine would say with names of tables, columns and keys in it. */
const WORDS: Readonly<Record<string, string>> = {
  '22003': '数值超出范围',
  '22P02': '值的格式不对',
  '22P05': '文字里有无法保存的字符',
  '23502': '缺少必填的值',
  '23503': '仍被其他内容引用，或引用的内容已不存在',
  '23505': '这个值已被使用',
  '23514': '值不在允许范围内',
  '25006': '此处只能读取',
  '40001': '期间有其他修改，请重试',
  '40P01': '期间有其他修改，请重试',
  '42501': '无权进行此操作',
  '53100': '服务器磁盘已满，请联系管理员',
  '53300': '数据库连接已满，请稍后重试',
  '54000': '一次提交的内容过多',
  '55P03': '期间有其他修改，请重试',
  '57014': '耗时过长，已停止',
  '57P01': '数据库暂时不可用，请稍后重试',
  PGRST116: '应恰好有一条记录',
  PGRST301: '登录状态无效，请重新登录',
  PGRST303: '登录已过期，请重新登录',
}

const BY_STATUS: Readonly<Record<number, string>> = {
  400: '请求格式不对',
  401: '请先登录',
  403: '无权进行此操作',
  404: '没有找到',
  406: '不提供这种格式的结果',
  409: '期间有其他修改',
  413: '一次提交的内容过多',
  429: '请求过多，请稍后重试',
  503: '数据库暂时不可用，请稍后重试',
}

/** Words for the codes of the sign-in service. */
const AUTH_WORDS: Readonly<Record<string, string>> = {
  invalid_credentials: '账号或密码不正确',
  user_banned: '账号已停用',
  refresh_token_not_found: '登录已失效，请重新登录',
  refresh_token_already_used: '登录已失效，请重新登录',
  session_not_found: '登录已失效，请重新登录',
  session_expired: '登录已过期，请重新登录',
  bad_jwt: '登录状态无效，请重新登录',
  no_authorization: '请先登录',
  validation_failed: '请求格式不对',
  over_request_rate_limit: '请求过多，请稍后重试',
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
      message: WORDS[state ?? ''] ?? BY_STATUS[answer.status] ?? '服务器未能完成此操作',
      details: null,
      hint: null,
    },
  }
}

/** Rewrites a refusal of the sign-in service: its code stays, its text goes unless it is the code's own. */
export function translateAuthError(answer: ApiAnswer): { status: number; body: Record<string, unknown> } {
  const { error_code: errorCode } = parseObject(answer.body)
  const code = typeof errorCode === 'string' && OWN_CODE.test(errorCode) ? errorCode : 'unexpected_failure'
  const msg = AUTH_WORDS[code] ?? BY_STATUS[answer.status] ?? '登录服务未能完成此操作'
  return { status: answer.status, body: { code: answer.status, error_code: code, msg } }
}

function parseObject(body: Uint8Array): Record<string, unknown> {
  try {
    const parsed: unknown = JSON.parse(new TextDecoder().decode(body))
    return typeof parsed === 'object' && parsed !== null ? (parsed as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}
