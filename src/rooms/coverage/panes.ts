import { defineAsyncComponent, type Component } from 'vue'

/** Tabs of the panel and of the drawer, in their order. */
export const PANEL_TABS = ['gaps', 'access', 'siting', 'chain'] as const
export type PanelTab = (typeof PANEL_TABS)[number]
export const DRAWER_TABS = ['table', 'list', 'trend', 'scenarios'] as const
export type DrawerTab = (typeof DRAWER_TABS)[number]

/** What each tab shows; a tab without a component is not listed. */
export const PANEL_PANES: Partial<Record<PanelTab, Component>> = {
  gaps: defineAsyncComponent(() => import('./components/GapsPane.vue')),
  access: defineAsyncComponent(() => import('./components/AccessPane.vue')),
  siting: defineAsyncComponent(() => import('./components/SitingPane.vue')),
  chain: defineAsyncComponent(() => import('./components/ChainPane.vue')),
}

export const DRAWER_PANES: Partial<Record<DrawerTab, Component>> = {
  table: defineAsyncComponent(() => import('./components/GapTable.vue')),
  list: defineAsyncComponent(() => import('./components/ListPane.vue')),
  trend: defineAsyncComponent(() => import('./components/TrendPane.vue')),
  scenarios: defineAsyncComponent(() => import('./components/ScenariosPane.vue')),
}
