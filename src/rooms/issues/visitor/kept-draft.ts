import { newUuid } from '@/core/ids'
import type { IssueCategory } from '@/core/issues/issue'
import type { LngLat } from '@/core/units'
import type { SlipPhoto } from '../photos/shrink-photo'

/** A slip that is being written, as this browser keeps it until it is handed in. */
export interface KeptDraft {
  readonly landId: number | null
  readonly lngLat: LngLat | null
  readonly category: IssueCategory | ''
  readonly title: string
  readonly detail: string
  readonly name: string
  readonly phone: string
  readonly photos: readonly SlipPhoto[]
  /** Sent along, so that the same words sent again make no second slip; another once a word is changed. */
  readonly requestKey: string
  /** It was handed in and no answer has come yet: it goes by itself until one has. */
  readonly isWaiting: boolean
}

/** Cleared at sign-out with all else that begins so. */
const STORED = 'gewu.visitor-draft'

export const emptyDraft = (landId: number | null): KeptDraft => ({
  landId, lngLat: null, category: '', title: '', detail: '', name: '', phone: '', photos: [], requestKey: newUuid(), isWaiting: false,
})

export const isEmptyDraft = ({ lngLat, category, title, detail, name, phone, photos }: KeptDraft): boolean =>
  lngLat === null && category === '' && `${title}${detail}${name}${phone}`.trim() === '' && photos.length === 0

/** Keep it: `whole`, `no_photos` where the browser has no room for them, `not` where it keeps nothing. */
export function keepDraft(draft: KeptDraft): 'whole' | 'no_photos' | 'not' {
  for (const [kept, as] of [[draft, 'whole'], [{ ...draft, photos: [] }, 'no_photos']] as const) {
    try {
      localStorage.setItem(STORED, JSON.stringify(kept))
      return as
    } catch {
      // No room, or a window that keeps nothing: the next is tried.
    }
  }
  return 'not'
}

export function readDraft(): KeptDraft | null {
  try {
    const kept = JSON.parse(localStorage.getItem(STORED) ?? 'null') as KeptDraft | null
    return kept && { ...emptyDraft(null), ...kept }
  } catch {
    return null
  }
}

export function dropDraft(): void {
  try {
    localStorage.removeItem(STORED)
  } catch {
    // A window that keeps nothing has nothing to drop.
  }
}

/** Run `act` while no other window of this browser does; at once where the browser has no locks. */
export const alone = async (act: () => Promise<void>): Promise<void> =>
  'locks' in navigator ? navigator.locks.request(STORED, act) : act()
