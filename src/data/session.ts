import type { Session } from '@/core/workspace'
import { callRpc } from './call-rpc'
import { client } from './client'
import { DataError, toDataError } from './errors'

/** Sign in with an account; the session of a person with a post. Throws `DataError`. */
export async function signIn(email: string, password: string): Promise<Session> {
  const { error } = await client()
    .auth.signInWithPassword({ email, password })
    .catch((thrown: unknown) => ({ error: thrown }))
  if (error) throw toDataError(error)
  const session = await callRpc<Session | null>('whoami')
  if (!session) {
    await client().auth.signOut({ scope: 'local' })
    throw new DataError('no_post', 'Expected a person with a post valid today, got none')
  }
  return session
}

/** The session kept from before, or null. Throws `DataError` only when the server cannot be reached. */
export async function restoreSession(): Promise<Session | null> {
  const { data } = await client().auth.getSession()
  if (!data.session) return null
  try {
    return await callRpc<Session | null>('whoami')
  } catch (thrown) {
    const error = toDataError(thrown)
    if (error.code !== 'session_expired') throw error
    await client().auth.signOut({ scope: 'local' })
    return null
  }
}

/** Leave. The local session goes even when the server does not answer. */
export async function signOut(): Promise<void> {
  const { error } = await client().auth.signOut()
  if (error) await client().auth.signOut({ scope: 'local' })
}

/** Address of the account signed in at present, so that signing in again after expiry asks for the password only. */
export async function currentEmail(): Promise<string | null> {
  const { data } = await client().auth.getSession()
  return data.session?.user.email ?? null
}

/** Hear when the stored session ends without the user's doing: refused refresh, signed out in another tab. */
export function onSessionEnded(listener: () => void): () => void {
  const { data } = client().auth.onAuthStateChange((event) => {
    if (event === 'SIGNED_OUT') listener()
  })
  return () => data.subscription.unsubscribe()
}
