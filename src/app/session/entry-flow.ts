import { createCell, type Cell } from '@/core/observable'
import type { Session } from '@/core/workspace'
import { answerSecondFactor, changePassword } from '@/data/account'
import { DataError } from '@/data/errors'
import { restoreSession, signIn, signOut, whoAmI, type Entry, type EntryStep } from '@/data/session'

/** What the server says of the session beside who it is. */
export interface Standing {
  readonly hasSecondFactor: boolean
  readonly idleMinutes: number
}

export interface EntryFlow {
  /** What must be answered before one is in; null: the account, or nothing more. */
  readonly step: Cell<EntryStep | null>
  readonly standing: Cell<Standing>
  enter(email: string, password: string): Promise<void>
  /** The session kept from before; false when there is none. */
  restore(): Promise<boolean>
  answer(code: string): Promise<void>
  /** Choose a password of one's own; the one just used to sign in need not be typed again. */
  choosePassword(before: string | null, after: string): Promise<void>
  readonly knowsPassword: boolean
  /** Ask the server again how far one is in, after something of the account changed. */
  refresh(): Promise<void>
}

export interface EntryHost {
  /** Whoever was in before the session ended; nobody else may take his or her place in this page. */
  present(): Session | null
  onIn(session: Session): void
}

/** The way in: account, second factor, first password; each step once, in the order the server asks. */
export function createEntryFlow(host: EntryHost): EntryFlow {
  const step = createCell<EntryStep | null>(null)
  const standing = createCell<Standing>({ hasSecondFactor: false, idleMinutes: 30 })
  /** The password just typed, until its step is over. */
  let typed: string | null = null

  async function take(entry: Entry): Promise<void> {
    const before = host.present()
    if (before && before.personId !== entry.session.personId) {
      await signOut()
      step.set(null)
      throw new DataError('other_person', 'Expected the same person')
    }
    standing.set({ hasSecondFactor: entry.hasSecondFactor, idleMinutes: entry.idleMinutes })
    step.set(entry.step)
    if (entry.step !== null) return
    typed = null
    host.onIn(entry.session)
  }

  async function refresh(): Promise<void> {
    const entry = await whoAmI()
    if (!entry) {
      await signOut()
      step.set(null)
      throw new DataError('session_expired', 'Expected a session, got none')
    }
    await take(entry)
  }

  return {
    step,
    standing,
    get knowsPassword() {
      return typed !== null
    },
    async enter(email, password) {
      const entry = await signIn(email, password)
      typed = password
      await take(entry)
    },
    async restore() {
      const entry = await restoreSession()
      if (entry) await take(entry)
      return entry !== null
    },
    async answer(code) {
      await answerSecondFactor(code)
      await refresh()
    },
    async choosePassword(before, after) {
      await changePassword(before ?? typed ?? '', after)
      typed = null
      await refresh()
    },
    refresh,
  }
}
