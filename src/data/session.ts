import type { Session } from '@/core/workspace'
import { callRpc } from './call-rpc'
import { client, SESSION_STORAGE_KEY } from './client'
import { DataError, toDataError } from './errors'

/** What must be answered before anything else, the second factor first. */
export type EntryStep = 'second_factor' | 'password'

/** Who signed in, and how far he or she is in. */
export interface Entry {
  /** Without posts while a step is open. */
  readonly session: Session
  readonly step: EntryStep | null
  readonly hasSecondFactor: boolean
  /** Minutes without activity after which the server ends the session. */
  readonly idleMinutes: number
}

interface Whoami extends Session {
  readonly mustChangePassword: boolean
  readonly secondFactorRequired: boolean
  readonly hasSecondFactor: boolean
  readonly idleMinutes: number
}

/** The person behind the session, or null for nobody. Throws `DataError`. */
export async function whoAmI(): Promise<Entry | null> {
  const answer = await callRpc<Whoami | null>('whoami')
  if (!answer) return null
  const { personId, name, posts, mustChangePassword, secondFactorRequired, hasSecondFactor, idleMinutes } = answer
  return {
    session: { personId, name, posts },
    step: secondFactorRequired ? 'second_factor' : mustChangePassword ? 'password' : null,
    hasSecondFactor,
    idleMinutes,
  }
}

/** Sign in with an account of a person with a post. Throws `DataError`. */
export async function signIn(email: string, password: string): Promise<Entry> {
  const { error } = await client()
    .auth.signInWithPassword({ email, password })
    .catch((thrown: unknown) => ({ error: thrown }))
  if (error) throw toDataError(error)
  const entry = await whoAmI()
  if (!entry) {
    await signOut()
    throw new DataError('no_post', 'Expected a person with a post valid today, got none')
  }
  return entry
}

/** The session kept from before, or null. Throws `DataError` only when the server cannot be reached. */
export async function restoreSession(): Promise<Entry | null> {
  const { data } = await client().auth.getSession()
  if (!data.session) return null
  try {
    const entry = await whoAmI()
    if (!entry) await signOut()
    return entry
  } catch (thrown) {
    const error = toDataError(thrown)
    if (error.code !== 'session_expired') throw error
    await signOut()
    return null
  }
}

/** End this session; others of the same person go on. The token goes from the browser even when the server does not answer. */
export async function signOut(): Promise<void> {
  const { error } = await client().auth.signOut({ scope: 'local' })
  if (error) localStorage.removeItem(SESSION_STORAGE_KEY)
}

/** Address of the account signed in at present, so that signing in again after expiry asks for the password only. */
export async function currentEmail(): Promise<string | null> {
  const { data } = await client().auth.getSession()
  return data.session?.user.email ?? null
}

/**
 * Hear when the stored session ends without the person's doing (refused refresh, signed out in another tab), and when
 * another person signs in beside it: all tabs share one token.
 */
export function onSessionEnded(listener: (how: 'ended' | 'other_person') => void): () => void {
  let userId: string | null = null
  const { data } = client().auth.onAuthStateChange((event, session) => {
    if (event === 'SIGNED_OUT') listener('ended')
    else if (session) {
      if (userId !== null && session.user.id !== userId) listener('other_person')
      userId = session.user.id
    }
  })
  return () => data.subscription.unsubscribe()
}
