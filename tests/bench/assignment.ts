import benchMembers from './assignment-members'
import benchWalking from './assignment-walking'
import type { BenchContext, Row } from './row'

/** Members and households: who carries whom, and how far everyone walks, part after part. */
export default async function bench(context: BenchContext): Promise<Row[]> {
  return [...(await benchMembers(context)), ...(await benchWalking(context))]
}
