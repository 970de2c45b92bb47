import { defineAsyncComponent, type Component } from 'vue'

/** Tabs of the panel and of the drawer, in their order. */
export const PANEL_TABS = ['plan', 'streets', 'coverage', 'walks'] as const
export type PanelTab = (typeof PANEL_TABS)[number]
export const DRAWER_TABS = ['routes', 'missed', 'time'] as const
export type DrawerTab = (typeof DRAWER_TABS)[number]

/** What each tab shows; a tab without a component is not listed. */
export const PANEL_PANES: Partial<Record<PanelTab, Component>> = {
  plan: defineAsyncComponent(() => import('./components/PlanPane.vue')),
  streets: defineAsyncComponent(() => import('./components/StreetsPane.vue')),
  coverage: defineAsyncComponent(() => import('./components/CoveragePane.vue')),
  walks: defineAsyncComponent(() => import('./components/WalksPane.vue')),
}

export const DRAWER_PANES: Partial<Record<DrawerTab, Component>> = {
  routes: defineAsyncComponent(() => import('./components/RoutesPane.vue')),
  missed: defineAsyncComponent(() => import('./components/MissedPane.vue')),
  time: defineAsyncComponent(() => import('./components/TimePane.vue')),
}

/** The panel of a person who walks and does nothing else here, on a narrow screen; null: the panel as for everybody. */
export const OWN_PANE: Component | null = defineAsyncComponent(() => import('./components/MyPatrolPane.vue'))
