import { onScopeDispose, watch } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import type { IssueFilter } from '../model'
import { readFilterAddress, writeFilterAddress } from '../operations/filter-address'
import { PANEL_TABS } from '../panes'
import { useIssuesStore } from '../store'

const FILTER = 'slips'
const TAB = 'tab'
/** A link from another room that opens the form of a report. */
const REPORT = 'report'

/**
 * Keep the filter and the tab of the room in the address, so that a link restores them and back goes back. A way into
 * the room that says nothing of them keeps what was there.
 */
export function useFilterAddress(): void {
  const store = useIssuesStore()
  const route = useRoute()
  const router = useRouter()
  const { name: room } = route
  const text = (key: string): string | null => {
    const value = route.query[key]
    return (Array.isArray(value) ? value[0] : value) ?? null
  }
  const tabNow = (): string | null => (store.panelTab === PANEL_TABS[0] ? null : store.panelTab)
  const beyondSmallSteps = (filter: IssueFilter): string | null => writeFilterAddress({ ...filter, span: null, text: '' })
  let written = false

  function read(): void {
    const filter = readFilterAddress(text(FILTER))
    if (writeFilterAddress(filter) !== writeFilterAddress(store.filter)) store.filter = filter
    store.panelTab = PANEL_TABS.find((tab) => tab === text(TAB)) ?? PANEL_TABS[0]
  }
  function write(replace: boolean): void {
    if (route.name !== room) return
    const filter = writeFilterAddress(store.filter)
    if (filter === text(FILTER) && tabNow() === text(TAB)) return
    written = true
    const query = { ...route.query, [FILTER]: filter ?? undefined, [TAB]: tabNow() ?? undefined }
    void router[replace ? 'replace' : 'push']({ path: route.path, query }).finally(() => (written = false))
  }

  if (text(FILTER) !== null || text(TAB) !== null) read()
  else write(true)
  if (text(REPORT) !== null) {
    if (store.mayReport) store.page = 'report'
    // Obeyed once: a reload is no wish to report again.
    void router.replace({ path: route.path, query: { ...route.query, [REPORT]: undefined } })
  }
  // The time slider moves on by itself and by small steps, words come letter by letter: such a step replaces the entry of history.
  watch([() => store.filter, () => store.panelTab], ([now, tab], [before, tabBefore]) =>
    write(tab === tabBefore && beyondSmallSteps(now) === beyondSmallSteps(before)),
  )
  // An address that was not written here is obeyed: back, forward, a link. The bare way into the room is none.
  const end = router.afterEach((to, from, failure) => {
    if (failure || written || to.name !== room || from.name !== room) return
    if (to.query[FILTER] === from.query[FILTER] && to.query[TAB] === from.query[TAB]) return
    if (Object.keys(to.query).length === 0) write(true)
    else read()
  })
  onScopeDispose(end)
}
