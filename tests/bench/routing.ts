import benchCarp from './routing-carp'
import benchPatrols from './routing-patrols'
import benchPostman from './routing-postman'
import type { BenchContext, Row } from './row'

/** Routes over required streets: one walker, several, and vehicles of a capacity, on published, generated and real instances. */
export default async function bench(context: BenchContext): Promise<Row[]> {
  return [...(await benchPostman(context)), ...(await benchPatrols(context)), ...(await benchCarp(context))]
}
