import type { MyHouseholds } from './my-households'

/** Cleared at sign-out with all else that begins so. */
const STORED = 'gewu.own-households'

/** A list as this browser keeps it, and from when it is. */
export interface KeptList {
  readonly personId: string
  readonly at: string
  readonly list: MyHouseholds
}

/** Keep the list for times without a network. A browser that has no room goes without. */
export function keepList(kept: KeptList): boolean {
  try {
    localStorage.setItem(STORED, JSON.stringify(kept))
    return true
  } catch {
    return false
  }
}

/** The list kept for a person; null where there is none, or it is another's. */
export function readKeptList(personId: string): KeptList | null {
  try {
    const kept = JSON.parse(localStorage.getItem(STORED) ?? 'null') as KeptList | null
    return kept?.personId === personId ? kept : null
  } catch {
    return null
  }
}

export const dropKeptList = (): void => localStorage.removeItem(STORED)
