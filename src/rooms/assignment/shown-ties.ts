import type { AssignmentDelta, AssignmentDocument } from '@/core/assignment/assignment-plan'
import type { AssignmentChange, AssignmentSession } from '@/core/assignment/assignment-session'
import type { WalkLookup } from '@/core/assignment/walks'
import { computed, markRaw, shallowRef } from 'vue'
import { createSessionWatch, openSession, previewOf, type Ground } from './views'

/** What is on display: ties in force, the draft, a former edition of one community. */
export type Display =
  | { readonly kind: 'today' }
  | { readonly kind: 'draft' }
  | { readonly kind: 'edition'; readonly communityId: number; readonly number: number }

export interface ShownTiesHost {
  ground(): Ground | null
  onChange(of: AssignmentSession, change: AssignmentChange): void
  /** Another session is on display, or none. */
  onShown(): void
}

/** Which session is on display: today's, the draft's, a former edition's, or the draft as a proposal would leave it. */
export function createShownTies(host: ShownTiesHost) {
  const display = shallowRef<Display>({ kind: 'today' })
  const draftSession = shallowRef<AssignmentSession | null>(null)
  const editionSession = shallowRef<AssignmentSession | null>(null)
  /** The draft with a proposal that nobody took yet. */
  const preview = shallowRef<AssignmentSession | null>(null)
  const today = shallowRef<AssignmentSession | null>(null)
  const watch = createSessionWatch(host.onChange)
  let walks: WalkLookup | null = null

  const session = computed<AssignmentSession | null>(() => {
    if (display.value.kind === 'edition') return editionSession.value
    if (display.value.kind === 'draft') return preview.value ?? draftSession.value
    return today.value
  })

  function open(document: AssignmentDocument): AssignmentSession | null {
    const ground = host.ground()
    if (!ground) return null
    const made = markRaw(openSession(ground, document))
    if (walks) made.setWalks(walks)
    watch.watch(made)
    return made
  }

  return {
    display, session, draftSession, preview,
    /** The street is another one, or none: nothing of the former one stays. */
    setGround(ground: Ground | null): void {
      for (const one of [today.value, draftSession.value, editionSession.value]) watch.leave(one)
      today.value = ground && markRaw(ground.today)
      if (ground) watch.watch(ground.today)
      draftSession.value = null
      editionSession.value = null
      preview.value = null
      walks = null
      display.value = { kind: 'today' }
      host.onShown()
    },
    setDraft(document: AssignmentDocument | null): void {
      watch.leave(draftSession.value)
      preview.value = null
      draftSession.value = document && open(document)
      if (!document && display.value.kind === 'draft') display.value = { kind: 'today' }
      host.onShown()
    },
    show(next: Exclude<Display, { kind: 'edition' }>): void {
      display.value = next
      watch.leave(editionSession.value)
      editionSession.value = null
      host.onShown()
    },
    showEdition(communityId: number, number: number, document: AssignmentDocument): void {
      watch.leave(editionSession.value)
      editionSession.value = open(document)
      display.value = { kind: 'edition', communityId, number }
      host.onShown()
    },
    /** Show the draft as a delta would leave it; null: as it is. False where the delta does not fit. */
    showPreview(delta: AssignmentDelta | null): boolean {
      const draft = draftSession.value
      const made = delta && draft ? previewOf(draft, delta) : null
      preview.value = made && markRaw(made)
      if (delta !== null || made === null) host.onShown()
      return delta === null || made !== null
    },
    /** Walks became known: whatever is on display counts them. */
    setWalks(next: WalkLookup): void {
      walks = next
      watch.setWalks(next)
      preview.value?.setWalks(next)
    },
  }
}
