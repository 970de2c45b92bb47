import { defineRoom } from '@/core/room'

/** The door of administration: posts, the log of audited acts, and former editions. */
export default defineRoom({
  id: 'admin',
  titleKey: 'admin.title',
  purposeKey: 'admin.purpose',
  icon: 'admin',
  path: '/admin',
  roles: ['district_admin', 'street_officer', 'auditor', 'community_secretary'],
  order: 90,
  foot: true,
  panel: () => import('./components/AdminPanel.vue'),
  messages: async () => ({ zh: (await import('./messages/zh')).default, en: (await import('./messages/en')).default }),
})
