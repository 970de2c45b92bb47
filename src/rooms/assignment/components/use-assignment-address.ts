import { useRoute, useRouter } from 'vue-router'
import { CHAIN_TABS, useAssignmentChain } from '../chain-store'
import { PANEL_TABS } from '../panes'
import { useAssignmentStore } from '../store'

/**
 * A link into the room may say which tab is wanted, `tab`, and what of the chain, `chain`; what is selected is the shell's `sel`. Taken
 * once: the address does not say it any longer.
 */
export function useAssignmentAddress(): void {
  const store = useAssignmentStore()
  const chain = useAssignmentChain()
  const route = useRoute()
  const router = useRouter()
  const { tab, chain: part, ...kept } = route.query
  if (tab === undefined && part === undefined) return
  store.panelTab = PANEL_TABS.find((one) => one === tab) ?? store.panelTab
  chain.tab = CHAIN_TABS.find((one) => one === part) ?? chain.tab
  void router.replace({ path: route.path, query: kept })
}
