import bcrypt from 'bcryptjs'
import type { SqlSession } from '../database/sql-session'
import type { ApiRequest } from './messages'

/** Cost of the password hashes the console makes (`gen_salt('bf', 10)`). */
const HASH_COST = 10

const dummyHash = bcrypt.hashSync('no account has this password', HASH_COST)

/**
 * Answers a request; a sign-in to an unknown account first pays for the password check it will not get. Otherwise such
 * an answer comes in 2 ms instead of 76 and tells which accounts exist.
 */
export async function withEqualSignInTime(
  sql: SqlSession,
  request: ApiRequest,
  answer: () => Promise<Response>,
): Promise<Response> {
  if (request.path.startsWith('/auth/v1/token') && request.path.includes('grant_type=password') && request.body) {
    const { email, password } = parseCredentials(request.body)
    const known = await sql.query('select 1 from auth.users where lower(email) = lower($1) limit 1', [email])
    if (known.length === 0) await bcrypt.compare(password, dummyHash)
  }
  return answer()
}

function parseCredentials(body: Uint8Array): { email: string; password: string } {
  try {
    const { email, password } = JSON.parse(new TextDecoder().decode(body)) as Record<string, unknown>
    return { email: String(email ?? ''), password: String(password ?? '') }
  } catch {
    return { email: '', password: '' }
  }
}
