import type { TestDatabase } from '../sql/engines/test-database'
import { becomePost, onSeededDatabases, timed, type World } from './database-harness'
import { benchRow, type BenchContext, type Row } from './row'

const ROUNDS = 5

/**
 * The scope snapshot as the street officer gets it. `size` is households, `ms` the median at the server, `value` bytes per
 * household of the JSON. The scale district adds all of its streets.
 */
export default async function benchSnapshot({ say }: BenchContext): Promise<Row[]> {
  const rows: Row[] = []
  const measure = async (world: World, db: TestDatabase) => {
    const lands = await db.query<{ id: number; households: number }>(
      `select l.id, (select count(*)::int from public.households h join public.buildings b on b.id = h.building_id where b.land_id = l.id) as households
       from public.lands l order by l.id`)
    await db.query('begin')
    await becomePost(db, world === 'demo' ? 'street_officer' : 'district_admin')
    let ms = 0
    let bytes = 0
    let households = 0
    for (const land of lands) {
      const times: number[] = []
      let text = ''
      for (let round = 0; round < (world === 'demo' ? ROUNDS : 1); round++) {
        const answer = await timed(() => db.query<{ snapshot: string }>('select public.scope_snapshot($1)::text as snapshot', [land.id]))
        times.push(answer.ms)
        text = answer.value[0].snapshot
      }
      ms += times.sort((a, b) => a - b)[times.length >> 1]
      bytes += Buffer.byteLength(text)
      households += land.households
    }
    await db.query('rollback')
    say(`${world}, ${db.engine}: ${lands.length} lands, ${ms.toFixed(0)} ms, ${(bytes / 1e6).toFixed(2)} MB`)
    const instance = world === 'demo' ? 'demo street' : `scale district, ${lands.length} streets`
    rows.push(benchRow({ suite: 'snapshot', instance: `${instance}, ${db.engine}`, size: households, value: bytes / households, bound: world === 'demo' ? 1000 : null, ms }))
  }
  await onSeededDatabases('demo', ['native', 'embedded'], say, (db) => measure('demo', db))
  await onSeededDatabases('district', ['native'], say, (db) => measure('district', db))
  return rows
}
