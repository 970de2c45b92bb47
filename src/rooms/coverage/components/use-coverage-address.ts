import { GAP_REASONS } from '@/core/coverage/gap'
import { onScopeDispose, watch } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { PANEL_TABS } from '../panes'
import { useCoverageStore } from '../store'

const KEYS = ['tab', 'reason', 'any', 'scenario'] as const
type Key = (typeof KEYS)[number]

/**
 * Keep the tab, the reason chosen (`any`: also where another is the main one) and the scenario in the address, so that a link restores them and back goes back. A way into
 * the room that says nothing of them keeps what was there.
 */
export function useCoverageAddress(): void {
  const store = useCoverageStore()
  const route = useRoute()
  const router = useRouter()
  const { name: room } = route
  const text = (key: Key): string | null => {
    const value = route.query[key]
    return (Array.isArray(value) ? value[0] : value) ?? null
  }
  const now = (): Record<Key, string | null> => ({
    tab: store.panelTab === PANEL_TABS[0] ? null : store.panelTab,
    reason: store.anyReason ? null : store.reason,
    any: store.anyReason,
    scenario: store.scenarioId,
  })
  let written = false

  function read(): void {
    store.panelTab = PANEL_TABS.find((tab) => tab === text('tab')) ?? PANEL_TABS[0]
    const any = GAP_REASONS.find((reason) => reason === text('any'))
    if (any) store.anyReason = any
    else store.reason = GAP_REASONS.find((reason) => reason === text('reason')) ?? null
    store.scenarioId = text('scenario')
  }
  function write(replace: boolean): void {
    if (route.name !== room) return
    const next = now()
    if (KEYS.every((key) => next[key] === text(key))) return
    written = true
    const query = { ...route.query, ...Object.fromEntries(KEYS.map((key) => [key, next[key] ?? undefined])) }
    void router[replace ? 'replace' : 'push']({ path: route.path, query }).finally(() => (written = false))
  }

  if (KEYS.some((key) => text(key) !== null)) read()
  else write(true)
  watch([() => store.panelTab, () => store.reason, () => store.anyReason, () => store.scenarioId], () => write(false))
  // An address that was not written here is obeyed: back, forward, a link. The bare way into the room is none.
  const end = router.afterEach((to, from, failure) => {
    if (failure || written || to.name !== room || from.name !== room) return
    if (KEYS.every((key) => to.query[key] === from.query[key])) return
    if (Object.keys(to.query).length === 0) write(true)
    else read()
  })
  onScopeDispose(end)
}
