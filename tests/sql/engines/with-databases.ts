import { afterAll, beforeAll, expect } from 'vitest'
import { leaveWorld, openWorld } from './fixture-worlds'
import { describeOnEach } from './on-engines'
import type { TestDatabase } from './test-database'

/** Person of the fixture world behind a request; null is a request without a token. */
export const PERSONA = {
  anonymous: null,
  admin: 1,
  officer: 2,
  secretary: 3,
  leader: 4,
  member: 5,
  auditor: 6,
  inactive: 7,
  ended: 8,
  otherStreet: 9,
  notYet: 10,
} as const
export type Persona = keyof typeof PERSONA

export interface Subject {
  /** The database under test, as its owner. */
  db(): TestDatabase
  /** Run `work` in a transaction that is rolled back. */
  rolledBack<T>(work: () => Promise<T>): Promise<T>
  /** Go on as a persona, within a transaction; `owner` comes back. */
  become(persona: Persona | 'owner'): Promise<void>
  /** One statement as a persona in a transaction that is rolled back. */
  as<T = Record<string, unknown>>(persona: Persona, sql: string, values?: readonly unknown[]): Promise<T[]>
}

/** Tables of the sign-in service, an account and a session for each person of the fixture world. */
export const ACCOUNTS = 'fixture-accounts.sql'

/** Run the same suite on the embedded and on a native database, each with the fixture world and what is added to it. */
export function onEachDatabase(title: string, suite: (subject: Subject) => void, ...added: readonly string[]): void {
  const world = ['fixture-world.sql', ...added]
  describeOnEach(title, (engine) => {
    let database: TestDatabase | undefined
    beforeAll(async () => {
      database = await openWorld(engine, world)
    })
    afterAll(async () => {
      if (database) await leaveWorld(database, world)
    })
    suite(makeSubject(() => {
      if (!database) throw new Error('expected an open database, got none')
      return database
    }))
  })
}

export function makeSubject(db: () => TestDatabase): Subject {
  const rolledBack = async <T>(work: () => Promise<T>): Promise<T> => {
    await db().query('begin')
    try {
      return await work()
    } finally {
      await db().query('rollback')
    }
  }
  const become = async (persona: Persona | 'owner'): Promise<void> => {
    if (persona === 'owner') {
      await db().query('reset role')
      return
    }
    const number = PERSONA[persona]
    const sub = number === null ? '' : userId(number)
    const claims = number === null ? { role: 'anon' } : { sub, role: 'authenticated', session_id: sessionId(number) }
    await db().query('reset role')
    await db().query(
      `select set_config('request.jwt.claim.sub', $1, true), set_config('request.jwt.claims', $2, true)`,
      [sub, JSON.stringify(claims)],
    )
    await db().query(`set local role ${number === null ? 'anon' : 'authenticated'}`)
  }
  return {
    db,
    rolledBack,
    become,
    as: (persona, sql, values) =>
      rolledBack(async () => {
        await become(persona)
        return db().query(sql, values)
      }),
  }
}

const twoDigits = (number: number): string => String(number).padStart(2, '0')
export const userId = (number: number): string => `00000000-0000-4000-8000-0000000000${twoDigits(number)}`
export const personId = (number: number): string => `00000000-0000-4000-9000-0000000000${twoDigits(number)}`
export const sessionId = (number: number): string => `00000000-0000-4000-c000-0000000000${twoDigits(number)}`

/** Expect a refusal with a code of ours, and give its detail. */
export async function expectRefusal(work: Promise<unknown>, code: string): Promise<Record<string, unknown>> {
  const error = await work.then(
    () => null,
    (reason: unknown) => reason as Error & { detail?: string },
  )
  expect(error?.message).toBe(code)
  return JSON.parse(error?.detail ?? '{}') as Record<string, unknown>
}
