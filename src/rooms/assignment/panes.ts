import { defineAsyncComponent, type Component } from 'vue'

/** Tabs of the panel and of the drawer, in their order. */
export const PANEL_TABS = ['assign', 'chain', 'papers'] as const
export type PanelTab = (typeof PANEL_TABS)[number]
export const DRAWER_TABS = ['members', 'exceptions', 'histogram', 'matrix', 'compare', 'history'] as const
export type DrawerTab = (typeof DRAWER_TABS)[number]

/** What each tab shows; a tab without a component is not listed. */
export const PANEL_PANES: Partial<Record<PanelTab, Component>> = {
  assign: defineAsyncComponent(() => import('./components/AssignPane.vue')),
  chain: defineAsyncComponent(() => import('./components/ChainPane.vue')),
  papers: defineAsyncComponent(() => import('./components/PapersPane.vue')),
}

export const DRAWER_PANES: Partial<Record<DrawerTab, Component>> = {
  members: defineAsyncComponent(() => import('./components/MembersPane.vue')),
  exceptions: defineAsyncComponent(() => import('./components/ExceptionsPane.vue')),
  histogram: defineAsyncComponent(() => import('./components/LoadPane.vue')),
  matrix: defineAsyncComponent(() => import('./components/MatrixPane.vue')),
  compare: defineAsyncComponent(() => import('./components/ComparePane.vue')),
  history: defineAsyncComponent(() => import('./components/HistoryPane.vue')),
}

/** The panel of a person who is a member and nothing else: own households only. */
export const OWN_PANE: Component = defineAsyncComponent(() => import('./components/MyHouseholdsPane.vue'))
