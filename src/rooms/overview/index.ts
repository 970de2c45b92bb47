import { defineRoom } from '@/core/room'

/** The door of the overview: the figures that the leadership asks for, each opening its rows. */
export default defineRoom({
  id: 'overview',
  titleKey: 'overview.title',
  purposeKey: 'overview.purpose',
  icon: 'overview',
  path: '/overview',
  roles: ['district_admin', 'street_officer', 'community_secretary', 'auditor'],
  order: 10,
  page: () => import('./components/OverviewPage.vue'),
  panel: () => import('./components/OverviewPanel.vue'),
  drawer: () => import('./components/OverviewDrawer.vue'),
  messages: async () => ({ zh: (await import('./messages/zh')).default, en: (await import('./messages/en')).default }),
})
