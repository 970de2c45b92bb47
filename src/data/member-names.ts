import { reportFailure } from './call-rpc'
import { client } from './client'
import { toDataError } from './errors'

export interface MemberName {
  readonly id: number
  /** Masked: 王*. */
  readonly name: string
  /** Pinyin initials of the surname, lower case. */
  readonly initials: string
}

/** Rows the server gives at once. */
const PAGE = 1000

/** Masked names of the members of some communities, as far as the caller may see them. Throws `DataError`. */
export async function loadMemberNames(communityIds: readonly number[]): Promise<MemberName[]> {
  const names: MemberName[] = []
  for (let from = 0; ; from += PAGE) {
    const answer = await client().from('members').select('id, name_masked, initials').in('community_id', communityIds).order('id').range(from, from + PAGE - 1)
    if (answer.error) throw reportFailure(toDataError(answer.error, answer.status))
    const rows = (answer.data ?? []) as { id: number; name_masked: string; initials: string | null }[]
    names.push(...rows.map((row) => ({ id: row.id, name: row.name_masked, initials: (row.initials ?? '').toLowerCase() })))
    if (rows.length < PAGE) return names
  }
}
