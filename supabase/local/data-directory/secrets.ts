import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export interface Secrets {
  /** Signs the tokens of the sessions. */
  jwtSecret: string
  /** Sent by the browser with every request; public, it opens nothing by itself. */
  anonKey: string
  /** Opens everything in the API layer; the front handler never lets it through. */
  serviceKey: string
  /** Seals the secrets of second factors in the database; with another one only recovery codes still open. */
  factorKey: string
}

const makeFactorKey = () => randomBytes(32).toString('base64url')

/** Secrets printed in documentation of the API layer and of Supabase: whoever reads it can sign with them. */
const PUBLISHED = new Set([
  'unsafe-secret-change-me',
  'super-secret-jwt-token-with-at-least-32-characters-long',
  'your-super-secret-jwt-token-with-at-least-32-characters-long',
])

const MIN_SECRET_CHARACTERS = 32

/**
 * Returns the secrets of a data folder, made at random at its first start and kept, so that sessions outlive a restart.
 * @throws when the file is readable by others, incomplete, or holds a published or short secret
 */
export function loadSecrets(dataDir: string): Secrets {
  const file = join(dataDir, 'secrets.json')
  if (!existsSync(file)) {
    const made: Secrets = {
      jwtSecret: randomBytes(48).toString('base64url'),
      anonKey: `sb_publishable_${randomBytes(24).toString('base64url')}`,
      serviceKey: `sb_secret_${randomBytes(32).toString('base64url')}`,
      factorKey: makeFactorKey(),
    }
    write(file, made)
    return made
  }
  if (process.platform !== 'win32' && (statSync(file).mode & 0o077) !== 0) {
    throw new Error(`${file} can be read by other users of this machine; run: chmod 600 "${file}"`)
  }
  let read: Partial<Secrets>
  try {
    // Copied, so that null, a word or a number is an object without secrets.
    read = { ...(JSON.parse(readFileSync(file, 'utf8')) as Partial<Secrets>) }
  } catch {
    throw new Error(`${file} is not valid JSON; restore it, or delete it (everybody must then sign in again, and second factors be set up anew)`)
  }
  if ('factorKey' in read) return checkSecrets(read, file)
  // A file of before there was this key: it gets one, the others stay.
  const whole = checkSecrets({ ...read, factorKey: makeFactorKey() }, file)
  write(file, whole)
  return whole
}

/** Whole or not at all: without these nobody signs in. */
function write(file: string, secrets: Secrets): void {
  const making = `${file}.making`
  writeFileSync(making, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600, flush: true })
  renameSync(making, file)
}

/** Returns `secrets` if each is long enough and none is a published default; otherwise throws, naming `origin`. */
export function checkSecrets(secrets: Partial<Secrets>, origin: string): Secrets {
  for (const name of ['jwtSecret', 'anonKey', 'serviceKey', 'factorKey'] as const) {
    const value = secrets[name]
    if (typeof value !== 'string' || value.length < MIN_SECRET_CHARACTERS || PUBLISHED.has(value)) {
      const found = typeof value !== 'string' ? 'none' : PUBLISHED.has(value) ? 'a published default' : `${value.length}`
      throw new Error(
        `${origin}: ${name} expected at least ${MIN_SECRET_CHARACTERS} random characters, got ${found}. ` +
          'Delete the file to have new ones made (everybody must then sign in again, and second factors be set up anew).',
      )
    }
  }
  if (new Set(Object.values(secrets)).size < 4) throw new Error(`${origin}: the four secrets must differ`)
  return secrets as Secrets
}
