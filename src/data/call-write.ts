import { newUuid } from '@/core/ids'
import { callRpc } from './call-rpc'
import { toDataError, type DataError } from './errors'

/** Pauses before an unanswered write is sent again, ms; after the last the caller is told. */
const PAUSES_MS = [1000, 3000]

/** Keys of writes whose answer is still unknown, by what was to be written. */
const unanswered = new Map<string, string>()

/** Nobody knows whether the server did what it was asked: the answer was lost, or the server is away. */
export const isUnanswered = (error: DataError): boolean => error.code === 'server_down'

/**
 * Call a database function that changes something, so that it is done once however often it is sent. Every sending of
 * the same write carries the same `p_request_key` until the server has answered, be it sent again from here or by the
 * person's next attempt; the server answers a key it knows with what it answered first.
 * Throws `DataError`; of an unanswered write only after it was sent again in vain.
 */
export async function callWrite<T>(name: string, parameters: Record<string, unknown>, signal?: AbortSignal): Promise<T> {
  const write = `${name} ${JSON.stringify(parameters)}`
  const key = unanswered.get(write) ?? newUuid()
  unanswered.set(write, key)
  for (let sent = 0; ; sent++) {
    try {
      const answer = await callRpc<T>(name, { ...parameters, p_request_key: key }, signal)
      unanswered.delete(write)
      return answer
    } catch (thrown) {
      const error = toDataError(thrown)
      if (!isUnanswered(error)) {
        // A refusal is an answer; signing in again or a pause leads back to the same write.
        if (error.code !== 'session_expired' && error.code !== 'too_many_requests') unanswered.delete(write)
        throw error
      }
      if (sent === PAUSES_MS.length || signal?.aborted) throw error
      await new Promise((resolve) => setTimeout(resolve, PAUSES_MS[sent]))
    }
  }
}
