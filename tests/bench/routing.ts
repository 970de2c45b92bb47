import benchCarp from './routing-carp'
import type { BenchContext, Row } from './row'

/** Routes over required streets on published and real instances. */
export default async function bench(context: BenchContext): Promise<Row[]> {
  return [...(await benchCarp(context))]
}
