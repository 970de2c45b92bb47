import { defineRoom } from '@/core/room'

/** The door of the territory: who belongs where, and what a thing on the map is. */
export default defineRoom({
  id: 'territory',
  titleKey: 'territory.title',
  purposeKey: 'territory.purpose',
  icon: 'territory',
  path: '/territory',
  roles: ['district_admin', 'street_officer', 'community_secretary', 'grid_leader', 'member', 'auditor'],
  order: 20,
  panel: () => import('./components/TerritoryPanel.vue'),
  inspector: () => import('./components/IdentifyInspector.vue'),
  messages: async () => ({ zh: (await import('./messages/zh')).default, en: (await import('./messages/en')).default }),
})
