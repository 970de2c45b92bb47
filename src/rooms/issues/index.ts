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
  overlay: () => import('./components/IssuesOverlay.vue'),
  legend: () => import('./components/IssuesLegend.vue'),
  visitorPages: [
    { path: '/public/report', titleKey: 'issues.visitor.page.report', icon: 'issues', page: () => import('./visitor/components/ReportPage.vue') },
    { path: '/public/follow', titleKey: 'issues.visitor.page.follow', icon: 'search', page: () => import('./visitor/components/FollowPage.vue') },
    { path: '/public/board', titleKey: 'issues.visitor.page.board', icon: 'list', page: () => import('./visitor/components/BoardPage.vue') },
  ],
  messages: async () => {
    const [{ zh }, { en }] = await Promise.all([import('./messages/zh'), import('./messages/en')])
    return { zh, en }
  },
  acts: async () => {
    const [{ COMMANDS }, { MAP_COMMANDS, MAP_GESTURE_KEYS }] = await Promise.all([import('./commands'), import('./map-commands')])
    return { commands: [...COMMANDS, ...MAP_COMMANDS], gestureKeys: MAP_GESTURE_KEYS }
  },
})
