import { defineRoom } from '@/core/room'

/** The door of the assignment room: every household has its member. */
export default defineRoom({
  id: 'assignment',
  titleKey: 'assignment.title',
  purposeKey: 'assignment.purpose',
  icon: 'members',
  path: '/assignment',
  roles: ['district_admin', 'street_officer', 'community_secretary', 'grid_leader', 'auditor', 'member'],
  order: 40,
  panel: () => import('./components/AssignmentPanel.vue'),
  drawer: () => import('./components/AssignmentDrawer.vue'),
  messages: async () => {
    const [{ zh }, { en }] = await Promise.all([import('./messages/zh'), import('./messages/en')])
    return { zh, en }
  },
})
