import { expect, it } from 'vitest'
import type { ImportRows } from '../../sql/engines/load-land'
import type { Subject } from '../../sql/engines/with-databases'
import { MALFORMED_CALLS, MALFORMED_FIELDS, SOUND_ROWS } from './server-rows'

interface Report {
  readonly errors: readonly { kind: string; row: number; code: string; values: { field?: string } }[]
}

/** What the import itself keeps of what it was sent, and what its numbers are drawn from. */
const OWN_TABLES = ['public.imports', 'public.import_chunks']

/** Registers the tests that send malformed documents to every importer of the server, with `rows` as the sound land. */
export function attackImporters({ db, rolledBack, become }: Subject, meta: unknown, rows: ImportRows): void {
  const call = async <T>(sql: string, ...values: unknown[]): Promise<T> => (await db().query<{ answer: T }>(`select ${sql} as answer`, values))[0].answer

  /** Rows of every table with the sum of their hashes. */
  async function state(): Promise<Record<string, string>> {
    await become('owner')
    const named = await db().query<{ name: string }>(`select format('%I.%I', n.nspname, c.relname) as name from pg_class c
      join pg_namespace n on n.oid = c.relnamespace where n.nspname in ('public', 'private', 'auth') and c.relkind = 'r' order by 1`)
    const names = named.map(({ name }) => name).filter((name) => !OWN_TABLES.includes(name))
    const sums = await db().query<{ name: string; sum: string }>(names.map((name) =>
      `select '${name}' as name, count(*) || ' ' || coalesce(sum(hashtextextended(t::text, 0)), 0) as sum from ${name} t`).join(' union all '))
    return Object.fromEntries(sums.map(({ name, sum }) => [name, sum]))
  }

  /** Refusal of a call, and nothing of it stays. */
  async function refusalOf(work: () => Promise<unknown>): Promise<string> {
    await db().query('savepoint attack')
    const told = await work().then((answer) => `answered ${JSON.stringify(answer)}`, (error: Error) => error.message)
    await db().query('rollback to attack')
    return told
  }

  const bad = MALFORMED_FIELDS.flatMap(({ kind, field, values, code }) => values.map((value) => ({ kind, field, value, code })))

  it(`refuses ${bad.length} malformed fields of rows, each by its row, and every table stays as it was`, () =>
    rolledBack(async () => {
      const before = await state()
      await become('admin')
      const faults: string[] = []
      // A kind at a time: the report names the first faults only.
      for (const kind of new Set(bad.map((one) => one.kind))) {
        await db().query('savepoint kind')
        const { importId } = await call<{ importId: string }>('public.import_begin($1, 1, $2::jsonb)', 'land', JSON.stringify(meta))
        const sound = rows[kind] ?? []
        const wrong = bad.filter((one) => one.kind === kind)
        const sent = wrong.map(({ field, value }) => ({ ...(sound[0] ?? SOUND_ROWS[kind]), [field]: value }))
        for (const [name, list] of Object.entries({ ...rows, [kind]: [...sound, ...sent] })) {
          await call('public.import_chunk($1, $2, 0, $3::jsonb)', importId, name, JSON.stringify(list))
        }
        const { errors } = await call<Report>('public.import_check($1)', importId)
        const told = new Set(errors.map((one) => `${one.kind} ${one.row} ${one.code}`))
        wrong.forEach(({ field, value, code }, k) => {
          if (!told.has(`${kind} ${sound.length + k} ${code}`)) faults.push(`${kind}, ${field} = ${JSON.stringify(value)}: expected ${code}`)
        })
        if ((await refusalOf(() => call('public.import_commit($1)', importId))) !== 'import_invalid') faults.push(`${kind}: committed`)
        await db().query('rollback to kind')
      }
      expect(faults).toEqual([])
      expect(await state()).toEqual(before)
    }))

  const documents = MALFORMED_CALLS.flatMap(({ sql, documents: each, ...one }) => each.map((document) => ({ ...one, sql, document })))

  it(`refuses ${documents.length} malformed documents with codes of its own, and every table stays as it was`, () =>
    rolledBack(async () => {
      const before = await state()
      const faults: string[] = []
      for (const { function: name, sql, document, as = 'officer' } of documents) {
        await become(as)
        const told = await refusalOf(() => call(sql, JSON.stringify(document)))
        if (!/^[a-z][a-z0-9_]+$/.test(told)) faults.push(`${name} ${JSON.stringify(document).slice(0, 100)}: ${told}`)
      }
      expect(faults).toEqual([])
      expect(await state()).toEqual(before)
    }))
}
