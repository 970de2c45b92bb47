import type { PlanChange, PlanSession } from '@/core/plan-session'
import type { GestureMode, MapEngine } from '@/map/contracts'
import { computed, ref, type Ref } from 'vue'
import { createFinder } from './finder'
import { createGridActs } from './grid-acts'
import type { GridRow } from './grid-rows'
import type { Ground } from './ground'
import { createLinks } from './links'
import { createNotes } from './notes'
import { createProposal } from './proposal'

/** Parts of the panel that are open one at a time, below the gestures. */
export const PANES = ['find', 'grids', 'aims', 'links', 'notes'] as const
export type Pane = (typeof PANES)[number]

export interface ComfortsHost {
  map(): MapEngine | null
  ground(): Ground | null
  /** Of the plan on display. */
  session(): PlanSession | null
  draftSession(): PlanSession | null
  planId(): string | null
  editing(): boolean
  /** Grids of the draft. */
  draftRows(): readonly GridRow[]
  tick: Ref<number>
  locateCells(cells: ArrayLike<number>): void
  /** Put the gesture in hand down. */
  putDown(): void
  setTarget(slot: number): void
  recolour(): void
  /** Edits that waited may be saved. */
  onAccepted(): void
  notify(tone: 'success' | 'info' | 'warning', key: string, values?: Record<string, string | number>): void
  fail(thrown: unknown): void
}

/** What makes work on a draft easier: finding, acts on whole grids, links, notes, edits that wait for a yes. */
export function createComforts(host: ComfortsHost) {
  const pane = ref<Pane | null>(null)
  const say = (key: string, values?: Record<string, string | number>) => host.notify('warning', key, values)

  function takeMode(mode: GestureMode | null): void {
    host.putDown()
    host.map()?.setMode(mode)
  }

  const finder = createFinder(host)
  const proposal = createProposal({ session: host.draftSession, rows: host.draftRows, onAccepted: host.onAccepted })
  const pinned = { map: host.map, session: host.session, editing: host.editing, tick: host.tick, takeMode, say }
  const links = createLinks({ ...pinned, planId: host.planId, fail: host.fail })
  const notes = createNotes(pinned)
  const grids = createGridActs({
    session: host.draftSession,
    editing: host.editing,
    landId: () => host.ground()?.scope.landId ?? null,
    setTarget: host.setTarget,
    recolour: host.recolour,
    say: host.notify,
    fail: host.fail,
  })

  function setPane(next: Pane | null): void {
    pane.value = pane.value === next ? null : next
    if (pane.value !== 'links' && links.on.value) links.setOn(false)
    if (pane.value !== 'notes') {
      if (notes.on.value) notes.setOn(false)
      notes.edit(null)
    }
  }

  /** F3: open the menu, and from then on go to the next place. */
  function find(): void {
    if (pane.value === 'find') finder.next()
    else setPane('find')
  }

  /** A plan changed; `isDraft`: it is the open draft. */
  function take(change: PlanChange, isDraft: boolean): void {
    finder.take(change)
    if (isDraft) proposal.take(change)
    if (change.delta.links || change.delta.land || change.cause === 'rebase') links.draw()
    if (change.delta.notes || change.cause === 'rebase') notes.draw()
  }

  /** Another plan came on display. */
  function showPlan(): void {
    finder.showPlan()
    proposal.follow()
    links.draw()
    notes.edit(null)
  }

  function enter(): void {
    links.enter()
    notes.enter()
  }

  function leave(): void {
    links.leave()
    notes.leave()
  }

  return { pane, setPane, find, finder, proposal, links, notes, grids, take, showPlan, enter, leave, held: computed(() => proposal.pending.value) }
}
