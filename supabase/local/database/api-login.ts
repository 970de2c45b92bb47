import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto'
import type { SqlSession } from './sql-session'

/** Roles a request may run as; the login of the API layer may become these and no other. */
export const API_ROLES = ['anon', 'authenticated'] as const

const MAX_NAME_CHARACTERS = 63

/**
 * Makes, or finds, the login of the API layer in a native database: without any power of its own but over the schema of
 * the sign-in service.
 * @param owner session of the login that owns the database
 * @param url connection string of the owner
 * @param secret the password is derived from it, so that nothing more has to be kept
 * @returns connection string of the login
 * @throws with the statements an administrator must run, where the owner may not make roles
 */
export async function makeApiLogin(owner: SqlSession, url: string, secret: string): Promise<string> {
  const [{ database }] = (await owner.query<{ database: string }>('select current_database() as database')) as [{ database: string }]
  const name = `gewu_api_${database}`.slice(0, MAX_NAME_CHARACTERS)
  const password = createHmac('sha256', secret).update(`login ${name}`).digest('base64url')
  const login = new URL(url)
  login.username = encodeURIComponent(name)
  login.password = password
  try {
    await owner.exec(grantsFor(name, scramVerifier(password)))
  } catch (error) {
    throw new Error(
      `the login of DATABASE_URL may not make the role ${name} (${(error as Error).message}). Have an administrator run\n` +
        `${grantsFor('gewu_api', null)}\nwith a password for it, and set GEWU_API_DATABASE_URL to that login.`,
      { cause: error },
    )
  }
  return login.href
}

/** The role and what it needs; the schema of the sign-in service is asked under the login's own name. */
function grantsFor(name: string, verifier: string | null): string {
  const role = `"${name.replaceAll('"', '""')}"`
  const powers = 'login inherit nosuperuser nocreatedb nocreaterole noreplication nobypassrls'
  return `do $make$ begin
  if not exists (select from pg_catalog.pg_roles where rolname = '${name.replaceAll("'", "''")}') then
    create role ${role};
  end if;
end $make$;
alter role ${role} ${powers}${verifier ? ` password '${verifier}'` : ''};
grant ${API_ROLES.join(', ')} to ${role};
grant usage on schema auth to ${role};
grant select, insert, update, delete on all tables in schema auth to ${role};
grant usage on all sequences in schema auth to ${role};`
}

/**
 * What PostgreSQL keeps of a password (RFC 5803): sent in its place, so that the password itself appears in no log of
 * statements.
 */
function scramVerifier(password: string): string {
  const salt = randomBytes(16)
  const rounds = 4096
  const salted = pbkdf2Sync(password, salt, rounds, 32, 'sha256')
  const key = (label: string) => createHmac('sha256', salted).update(label).digest()
  const stored = createHash('sha256').update(key('Client Key')).digest('base64')
  return `SCRAM-SHA-256$${rounds}:${salt.toString('base64')}$${stored}:${key('Server Key').toString('base64')}`
}

/**
 * Looks at what the login of a session may do.
 * @returns one line for each power it should not have, empty when it may become the API roles and nothing else
 */
export async function powersBeyondApi(login: SqlSession): Promise<string[]> {
  const [powers] = await login.query<Record<string, boolean>>(
    `select rolsuper as "is a superuser", rolcreaterole as "may make roles", rolcreatedb as "may make databases",
       rolbypassrls as "bypasses row-level security", rolreplication as "may replicate",
       exists (select from pg_catalog.pg_class c where c.relowner = r.oid) as "owns relations"
     from pg_catalog.pg_roles r where r.rolname = session_user`,
  )
  const held = Object.entries(powers ?? {}).flatMap(([power, isHeld]) => (isHeld ? [power] : []))
  const others = await login.query<{ name: string }>(
    `select r.rolname as name from pg_catalog.pg_roles r
     where r.rolname <> session_user and not r.rolname = any ($1::text[])
       and pg_catalog.pg_has_role(session_user, r.oid, 'member') order by 1`,
    [[...API_ROLES]],
  )
  // A superuser may become everybody; saying it once is enough.
  return powers?.['is a superuser'] ? held : [...held, ...others.map(({ name }) => `may become ${name}`)]
}
