import { DEMO_ACCOUNTS } from './demo-accounts'
import type { SeedDatabase } from './database'

/** Accounts of the demo, for the sign-in page. */
export const demoAccounts = DEMO_ACCOUNTS

/** What the server hands over: a session with transactions. */
interface SeedSession extends SeedDatabase {
  transaction?<T>(work: (db: SeedDatabase) => Promise<T>): Promise<T>
}

/** Fill an empty, migrated database with the demo street and its accounts, whole or not at all. */
export async function seedDemoStreet(db: SeedSession, say: (line: string) => void): Promise<void> {
  // The generator is loaded only now: the sign-in page's list does not need it.
  const { seedDemo } = await import('./fill-database')
  const fill = (target: SeedDatabase): Promise<void> => seedDemo(target, { say })
  await (db.transaction ? db.transaction(fill) : fill(db))
}
