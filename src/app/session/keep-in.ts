import { createCell, type ReadableCell } from '@/core/observable'
import { touchSession } from '@/data/account'
import { signOut } from '@/data/session'
import { ROOMS } from '../rooms'
import { forgetAccount } from './forget-account'
import { watchIdle, type IdleWatch } from './idle-watch'
import { joinTabs } from './other-tabs'

/** Keeping the person in while somebody works, and letting him or her out. */
export interface KeepIn {
  /** Seconds until an unused session ends, in its last minute. */
  readonly secondsLeft: ReadableCell<number | null>
  /** On the way out: what ends now ends by the person's will. */
  readonly leaving: boolean
  /** Count the idle time from now on. */
  start(idleMinutes: number): void
  stir(): void
  /** Leave; where this browser keeps edits that the server has not confirmed, ask first. */
  leave(): Promise<void>
  /** Leave with the edits given up, or kept here for the next time. */
  leaveWith(unsaved: 'kept' | 'dropped'): Promise<void>
  /** Edits kept here for the person, over all rooms. */
  countUnsaved(): Promise<number>
  /** Another tab signed out, or another person in. */
  giveWay(): void
}

export interface KeepInHost {
  /** Edits in the open document that the server has not confirmed. */
  unsaved(): number
  personId(): string | null
  isTroubled(): boolean
  trouble(kind: 'idle' | 'session_expired'): void
  ask(): void
}

/** Watches for work and for what other tabs do; leaving starts a new page. */
export function createKeepIn(host: KeepInHost): KeepIn {
  const secondsLeft = createCell<number | null>(null)
  let watch: IdleWatch | null = null
  let leaving = false

  const tabs = joinTabs(() => {
    if (host.personId() !== null && !leaving) giveWay()
  })

  /** The session is over by a will shown elsewhere: what is open here and not saved stays, nothing else of the person does. */
  function giveWay(): void {
    if (host.unsaved() > 0) host.trouble('session_expired')
    else goOut()
  }

  /** A new page: nothing of one person may stay in memory for the next. */
  function goOut(): void {
    leaving = true
    location.replace(location.pathname)
  }

  function touch(): void {
    // A refusal is told by the watcher of failures.
    if (!host.isTroubled()) void touchSession().catch(() => undefined)
  }

  async function countUnsaved(): Promise<number> {
    const personId = host.personId()
    if (personId === null) return 0
    const counts = await Promise.all(ROOMS.map((room) => room.unsaved?.count(personId).catch(() => 0) ?? 0))
    return Math.max(host.unsaved(), counts.reduce((sum, count) => sum + count, 0))
  }

  async function leaveWith(unsaved: 'kept' | 'dropped'): Promise<void> {
    leaving = true
    watch?.stop()
    const personId = host.personId()
    if (unsaved === 'dropped' && personId !== null) {
      await Promise.all(ROOMS.map((room) => room.unsaved?.drop(personId).catch(() => undefined)))
    }
    tabs.left()
    await signOut()
    forgetAccount()
    goOut()
  }

  return {
    secondsLeft,
    get leaving() {
      return leaving
    },
    start(idleMinutes) {
      watch?.stop()
      // The first tells the server which browser this is, for the list of one's sign-ins.
      touch()
      watch = watchIdle(idleMinutes, {
        touch,
        end() {
          host.trouble('idle')
          void signOut()
        },
      })
      watch.secondsLeft.subscribe((seconds) => secondsLeft.set(seconds))
    },
    stir: () => watch?.stir(),
    async leave() {
      if ((await countUnsaved()) > 0) host.ask()
      else await leaveWith('kept')
    },
    leaveWith,
    countUnsaved,
    giveWay,
  }
}
