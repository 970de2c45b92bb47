import { client } from './client'
import { DataError, toDataError } from './errors'

type Watcher = (error: DataError) => void

const watchers = new Set<Watcher>()

/** Hear of every failure, whoever called: the shell shows "server down" and "signed out" once, in one place. */
export function watchFailures(watcher: Watcher): () => void {
  watchers.add(watcher)
  return () => watchers.delete(watcher)
}

/** Tell the watchers and hand the error back, for `throw reportFailure(…)`. */
export function reportFailure(error: DataError): DataError {
  for (const watcher of watchers) watcher(error)
  return error
}

/**
 * Call a database function with named parameters (`p_…`) and get its JSON.
 * Throws `DataError`; see `toDataError` for its codes.
 */
export async function callRpc<T>(name: string, parameters: Record<string, unknown> = {}, signal?: AbortSignal): Promise<T> {
  let answer
  try {
    const request = client().rpc(name, parameters)
    answer = await (signal ? request.abortSignal(signal) : request)
  } catch (thrown) {
    throw reportFailure(toDataError(thrown))
  }
  if (!answer.error) return answer.data as T
  const error = toDataError(answer.error, answer.status)
  throw reportFailure(error.code === 'not_allowed' && (await isNobody()) ? new DataError('session_expired', error.message) : error)
}

/** An ended session is nobody to the database, and nobody may do nothing: what was meant is that one must sign in again. */
async function isNobody(): Promise<boolean> {
  const { data, error } = await client().rpc('whoami')
  return !error && data === null
}
