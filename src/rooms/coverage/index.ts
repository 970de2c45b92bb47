import { defineRoom } from '@/core/room'
import { unsavedScenarios } from './siting-repository'

/** The door of the coverage room: who is not served, why, and what closes it. */
export default defineRoom({
  id: 'coverage',
  titleKey: 'coverage.title',
  purposeKey: 'coverage.purpose',
  icon: 'coverage',
  path: '/coverage',
  roles: ['district_admin', 'street_officer', 'community_secretary', 'grid_leader', 'grid_worker', 'auditor'],
  order: 70,
  panel: () => import('./components/CoveragePanel.vue'),
  drawer: () => import('./components/CoverageDrawer.vue'),
  inspector: () => import('./components/CoverageInspector.vue'),
  inspects: ['building', 'compound', 'household', 'grid', 'community'],
  overlay: () => import('./components/CoverageOverlay.vue'),
  legend: () => import('./components/CoverageLegend.vue'),
  messages: async () => {
    const [{ zh }, { en }] = await Promise.all([import('./messages/zh'), import('./messages/en')])
    return { zh, en }
  },
  acts: async () => {
    const { COMMANDS } = await import('./commands')
    return { commands: COMMANDS, gestureKeys: [] }
  },
  unsaved: unsavedScenarios,
})
