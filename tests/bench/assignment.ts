import benchMembers from './assignment-members'
import type { BenchContext, Row } from './row'

/** Members and households: who carries whom, part after part. */
export default async function bench(context: BenchContext): Promise<Row[]> {
  return [...(await benchMembers(context))]
}
