import { callRpc } from './call-rpc'

/** A household or member found by masked name, pinyin initials or address. */
export interface PersonHit {
  readonly kind: 'household' | 'member'
  readonly id: number
  /** Database id. */
  readonly buildingId: number | null
  readonly label: string
  readonly detail: string
  readonly category: number | null
}

/** Search households and members the caller may see. */
export const searchPeople = (query: string, limit: number, signal?: AbortSignal): Promise<PersonHit[]> =>
  callRpc<PersonHit[]>('search_people', { p_query: query, p_limit: limit }, signal)
