import type { SitingScenario } from '@/core/coverage/siting'
import { computed, markRaw, shallowRef } from 'vue'
import type { ScenarioShelf } from './siting-repository'

/** Whose scenario is in hand, and of which street. */
export interface DocumentHost {
  /** Asked when a scenario is taken in hand: it stays of that street. Null: nobody is in, or no street is open: then nothing is kept. */
  place(): { readonly personId: string; readonly landId: number } | null
  /** The browser keeps nothing: what is not saved is in the page alone. */
  keepingFailed(): void
}

/**
 * The scenario in hand: whole at any time, each edit one step that can be undone, and what the server has not confirmed kept in this
 * browser, so that neither a reload nor another street loses it.
 */
export function createScenarioDocument(host: DocumentHost, shelf: ScenarioShelf) {
  const scenario = shallowRef<SitingScenario | null>(null)
  /** As the server has it; null: it has none. */
  const saved = shallowRef<SitingScenario | null>(null)
  const past = shallowRef<readonly SitingScenario[]>([])
  const future = shallowRef<readonly SitingScenario[]>([])
  const unsaved = computed(() => scenario.value !== null && scenario.value !== saved.value)
  /** Grows with each scenario taken in hand: edits, undone ones too, are of the same one. */
  let begun = 0
  let hasFailed = false
  let place: ReturnType<DocumentHost['place']> = null

  /** What is kept is what is in hand; one write after the other, of which the last stands. */
  let writing: Promise<void> = Promise.resolve()
  function keep(): void {
    if (!place) return
    const { personId, landId } = place
    const kept = unsaved.value && scenario.value ? { scenario: scenario.value, saved: saved.value } : null
    writing = writing.then(() => shelf.put(personId, landId, kept)).catch(() => {
      if (!hasFailed) host.keepingFailed()
      hasFailed = true
    })
  }

  /** Take a scenario in hand: one just made, or one that the server has; null: none. */
  function begin(next: SitingScenario | null, asSaved: SitingScenario | null): void {
    begun++
    place = host.place()
    scenario.value = next && markRaw(next)
    saved.value = asSaved && scenario.value
    past.value = []
    future.value = []
    keep()
  }

  /** The street goes: nothing is in hand, and what is not saved stays kept. */
  function putDown(): void {
    begun++
    place = null
    scenario.value = saved.value = null
    past.value = future.value = []
  }

  /** Another street comes: what this browser kept of it is taken in hand. Answers whether there was something. */
  async function takeUp(): Promise<boolean> {
    putDown()
    const own = begun
    place = host.place()
    if (!place) return false
    const { personId, landId } = place
    await writing
    const kept = await shelf.get(personId, landId).catch(() => null)
    if (!kept || begun !== own) return false
    scenario.value = markRaw(kept.scenario)
    saved.value = kept.saved && markRaw(kept.saved)
    return true
  }

  function edit(next: SitingScenario): void {
    if (!scenario.value) return
    past.value = [...past.value, scenario.value]
    future.value = []
    scenario.value = markRaw(next)
    keep()
  }

  /** What is drawn up goes on: no step of history, as nobody did anything. */
  function better(next: SitingScenario): void {
    if (!scenario.value) return
    scenario.value = markRaw(next)
    keep()
  }

  function undo(): void {
    const before = past.value.at(-1)
    if (!before || !scenario.value) return
    future.value = [scenario.value, ...future.value]
    past.value = past.value.slice(0, -1)
    scenario.value = before
    keep()
  }

  function redo(): void {
    const [next] = future.value
    if (!next || !scenario.value) return
    past.value = [...past.value, scenario.value]
    future.value = future.value.slice(1)
    scenario.value = next
    keep()
  }

  /** The server has what was `sent` and calls it `kept`; what was edited since stays, and is not saved. */
  function confirm(sent: SitingScenario, kept: SitingScenario): void {
    const { id, number, revision } = kept
    const rename = (one: SitingScenario): SitingScenario => markRaw(one === sent ? kept : { ...one, id, number, revision })
    scenario.value = scenario.value && rename(scenario.value)
    past.value = past.value.map(rename)
    future.value = future.value.map(rename)
    saved.value = kept
    keep()
  }

  return {
    scenario, saved, past, future, unsaved, begin, takeUp, putDown, edit, better, undo, redo, confirm,
    begun: () => begun,
    /** When all that was to be kept is. */
    settled: () => writing,
  }
}
