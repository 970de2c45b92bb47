import { callRpc } from './call-rpc'

/** What the audited function gives in clear. */
export interface RevealedResident {
  readonly name: string
  readonly phone: string | null
  readonly idNumber: string | null
  readonly tags?: readonly string[]
  /** How many more residents the caller may see in clear today. */
  readonly revealsLeft: number
}

/** Personal data in clear, for a purpose and a reason, which are written to the log. Throws `DataError`. */
export const revealResident = (residentId: number, purpose: string, reason: string): Promise<RevealedResident> =>
  callRpc<RevealedResident>('reveal_resident', { p_resident: residentId, p_purpose: purpose, p_reason: reason })
