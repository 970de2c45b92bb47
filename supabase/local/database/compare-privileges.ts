import { FUNCTIONS, RELATIONS, VISITOR_FUNCTIONS } from '../allow-list'
import type { SqlSession } from './sql-session'

/** Schemas of the engine, of extensions and of the tools; the API layer serves `public` alone. */
const OWN_SCHEMAS = "('public', 'private', 'auth', 'supabase_migrations')"

const RELATIONS_SQL = `
  select r.role, n.nspname as schema, c.relname as name, v.verb
  from pg_catalog.pg_class c
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  cross join (values ('anon'), ('authenticated')) r (role)
  cross join (values ('select'), ('insert'), ('update'), ('delete'), ('truncate'), ('references'), ('trigger')) v (verb)
  where n.nspname in ${OWN_SCHEMAS} and c.relkind in ('r', 'p', 'v', 'm', 'f')
    and pg_catalog.has_table_privilege(r.role, c.oid, v.verb)`

const FUNCTIONS_SQL = `
  select r.role, n.nspname as schema, p.proname as name
  from pg_catalog.pg_proc p
  join pg_catalog.pg_namespace n on n.oid = p.pronamespace
  cross join (values ('anon'), ('authenticated')) r (role)
  where n.nspname = 'public' and p.prorettype <> 'pg_catalog.trigger'::pg_catalog.regtype
    and pg_catalog.has_function_privilege(r.role, p.oid, 'execute')`

const UNGUARDED_SQL = `
  select n.nspname || '.' || c.relname as name
  from pg_catalog.pg_class c
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  where n.nspname in ('public', 'private') and c.relkind in ('r', 'p') and not c.relrowsecurity`

/**
 * Compares what the API roles may do in the database with the committed list (`allow-list.ts`).
 * @returns one line for each difference, empty when they agree: a privilege nobody listed, a listed one that is
 * missing, a table without row-level security
 */
export async function comparePrivileges(sql: SqlSession): Promise<string[]> {
  const differences: string[] = []
  const listed = new Set([
    ...Object.entries(RELATIONS).flatMap(([name, verbs]) => verbs.map((verb) => `authenticated has ${verb} on ${name}`)),
    ...[...FUNCTIONS, ...VISITOR_FUNCTIONS].map((name) => `authenticated has execute on ${name}`),
    ...VISITOR_FUNCTIONS.map((name) => `anon has execute on ${name}`),
  ])
  const held = new Set<string>()
  const relations = await sql.query<{ role: string; schema: string; name: string; verb: string }>(RELATIONS_SQL)
  const functions = await sql.query<{ role: string; schema: string; name: string }>(FUNCTIONS_SQL)
  for (const { role, schema, name, verb } of [...relations, ...functions.map((row) => ({ ...row, verb: 'execute' }))]) {
    const privilege = `${role} has ${verb} on ${schema === 'public' ? '' : `${schema}.`}${name}`
    if (listed.has(privilege)) held.add(privilege)
    else differences.push(`${privilege}, which is not listed`)
  }
  for (const privilege of listed) {
    if (!held.has(privilege)) differences.push(`${privilege.replace(' has ', ' lacks ')}, which is listed`)
  }
  for (const { name } of await sql.query<{ name: string }>(UNGUARDED_SQL)) {
    differences.push(`${name} has no row-level security`)
  }
  return differences.sort()
}
