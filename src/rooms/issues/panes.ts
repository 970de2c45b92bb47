import { defineAsyncComponent, type Component } from 'vue'

/** Tabs of the panel and of the drawer, in their order. */
export const PANEL_TABS = ['work', 'heat', 'figures'] as const
export type PanelTab = (typeof PANEL_TABS)[number]
export const DRAWER_TABS = ['time', 'ledger', 'compare'] as const
export type DrawerTab = (typeof DRAWER_TABS)[number]

/** What each tab shows; a tab without a component is not listed. */
export const PANEL_PANES: Partial<Record<PanelTab, Component>> = {
  work: defineAsyncComponent(() => import('./components/WorkPane.vue')),
  heat: defineAsyncComponent(() => import('./components/HeatPane.vue')),
  figures: defineAsyncComponent(() => import('./components/FiguresPane.vue')),
}

export const DRAWER_PANES: Partial<Record<DrawerTab, Component>> = {
  time: defineAsyncComponent(() => import('./components/TimePane.vue')),
  ledger: defineAsyncComponent(() => import('./components/LedgerPane.vue')),
  compare: defineAsyncComponent(() => import('./components/ComparePane.vue')),
}

/** The panel of a person who only reports or handles slips, on a narrow screen; null: the panel as for everybody. */
export const OWN_PANE: Component | null = defineAsyncComponent(() => import('./components/MyIssuesPane.vue'))
