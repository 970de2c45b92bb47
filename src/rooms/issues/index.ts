import { defineRoom } from '@/core/room'

/** The door of the issues room: four slips from door to board. */
export default defineRoom({
  id: 'issues',
  titleKey: 'issues.title',
  purposeKey: 'issues.purpose',
  icon: 'issues',
  path: '/issues',
  roles: ['district_admin', 'street_officer', 'community_secretary', 'grid_leader', 'grid_worker', 'member', 'auditor'],
  homeOf: ['grid_worker'],
  order: 50,
  panel: () => import('./components/IssuesPanel.vue'),
  drawer: () => import('./components/IssuesDrawer.vue'),
  inspector: () => import('./components/IssueInspector.vue'),
  inspects: ['issue'],
  messages: async () => {
    const [{ zh }, { en }] = await Promise.all([import('./messages/zh'), import('./messages/en')])
    return { zh, en }
  },
  acts: async () => {
    const { COMMANDS } = await import('./commands')
    return { commands: COMMANDS, gestureKeys: [] }
  },
})
