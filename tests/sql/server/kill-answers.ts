import type { Caller, rpc } from './open-office'

/** Asks the server by name of a function, and counts the answers. */
export type Ask = (caller: Caller, name: string, body: unknown) => ReturnType<typeof rpc>

/** An answer that refuses is a fault of the test; only silence, and 503, come of a kill. */
export class Refused extends Error {}

/** The answer's body, or the end of the work. */
export function answered<T>({ status, body }: Awaited<ReturnType<typeof rpc>>): T {
  if (status === 200) return body as T
  const text = `expected an answer, got ${status} ${JSON.stringify(body)}`
  throw status >= 500 ? new Error(text) : new Refused(text)
}
