import { seedDemo } from '../../supabase/seed/fill-database'
import { openDatabase } from '../sql/engines/open-database'
import type { TestDatabase } from '../sql/engines/test-database'
import { onEngines } from './on-engines'

/** Each kind of database that is here, filled with the demo street by the product's own generator, then closed. */
export async function onDemoDatabases(
  engines: readonly ('native' | 'embedded')[],
  say: (line: string) => void,
  work: (db: TestDatabase) => Promise<void>,
): Promise<void> {
  await onEngines(engines, say, async (engine) => {
    const db = await openDatabase(engine)
    try {
      const start = performance.now()
      const seed = { query: (sql: string, values?: readonly unknown[]) => db.query(sql, values) }
      await db.query('begin')
      await seedDemo(seed)
      await db.query('commit')
      say(`${engine}: demo written in ${((performance.now() - start) / 1000).toFixed(1)} s`)
      await work(db)
    } finally {
      await db.close()
    }
  })
}

/** Go on within the transaction as the first person with this post. */
export async function becomePost(db: TestDatabase, role: string): Promise<void> {
  const [person] = await db.query<{ user_id: string }>(
    `select p.user_id::text from public.people p join public.posts o on o.person_id = p.id
     where o.role::text = $1 and p.user_id is not null and p.active and o.valid_to is null order by o.id limit 1`, [role])
  if (!person) throw new Error(`expected a person with an account and the post ${role}, got none`)
  await db.query(`select set_config('request.jwt.claim.sub', $1, true), set_config('request.jwt.claims', $2, true)`,
    [person.user_id, JSON.stringify({ sub: person.user_id, role: 'authenticated' })])
  await db.query('set local role authenticated')
}

export async function timed<T>(work: () => Promise<T>): Promise<{ ms: number; value: T }> {
  const start = performance.now()
  const value = await work()
  return { ms: performance.now() - start, value }
}
