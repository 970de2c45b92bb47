import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { PROJECT_ROOT } from './migration-files'
import { openDatabase } from './open-database'
import type { TestDatabase } from './test-database'

/**
 * To open an embedded database takes six seconds, most of it until its code runs compiled. The files of a suite run in one
 * process: a database that a file left as it was goes on to the next that wants the same world.
 */
const idle = new Map<string, TestDatabase>()
const stateWhenNew = new WeakMap<TestDatabase, string>()

/** A migrated database with these scripts of `tests/sql`, as nobody has touched it. */
export async function openWorld(engine: TestDatabase['engine'], scripts: readonly string[]): Promise<TestDatabase> {
  const left = engine === 'embedded' ? idle.get(scripts.join()) : undefined
  if (left) {
    idle.delete(scripts.join())
    // Its sessions begin anew: a limit of five idle minutes counts from here.
    await left.script(`do $$ begin if to_regclass('auth.sessions') is not null then update auth.sessions set created_at = now(); end if; end $$`)
    stateWhenNew.set(left, await stateOf(left))
    return left
  }
  const database = await openDatabase(engine)
  for (const name of scripts) await database.script(readFileSync(join(PROJECT_ROOT, 'tests/sql', name), 'utf8'))
  if (engine === 'embedded') stateWhenNew.set(database, await stateOf(database))
  return database
}

/** Ends the use of a database: one that is as it was when new is kept for the next, any other is closed. */
export async function leaveWorld(database: TestDatabase, scripts: readonly string[]): Promise<void> {
  const state = stateWhenNew.get(database)
  if (state === undefined || idle.has(scripts.join()) || state !== (await stateOf(database).catch(() => null))) return database.close()
  idle.set(scripts.join(), database)
}

/** Changes with any row of any table, with the catalogue, and with the role and the settings of the session. */
async function stateOf(database: TestDatabase): Promise<string> {
  const tables = await database.query<{ name: string }>(
    `select oid::regclass::text as name from pg_catalog.pg_class
     where relkind = 'r' and relnamespace::regnamespace::text not in ('information_schema', 'pg_toast') and oid::regclass::text not in (
       'pg_statistic', 'pg_class', 'extensions.spatial_ref_sys') order by 1`)
  const sums = tables.map(({ name }) => `(select pg_catalog.concat(count(*), ':', sum(pg_catalog.hashtextextended(t::text, 0))) from ${name} t)`)
  const [{ state }] = await database.query<{ state: string }>(
    `select pg_catalog.concat_ws(',', current_user, (select count(*) from pg_catalog.pg_class),
       (select pg_catalog.string_agg(name || setting, ',' order by name) from pg_catalog.pg_settings where source = 'session'),
       pg_catalog.array_to_string(array[${sums.join()}], ',')) as state`)
  return state
}
