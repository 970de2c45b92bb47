import { defineRoom } from '@/core/room'
import { unsavedWalks } from './phone/walk-store'

/** The door of the patrol room: routes, walks, and what was covered. */
export default defineRoom({
  id: 'patrol',
  titleKey: 'patrol.title',
  purposeKey: 'patrol.purpose',
  icon: 'patrol',
  path: '/patrol',
  roles: ['district_admin', 'street_officer', 'community_secretary', 'grid_leader', 'grid_worker', 'auditor'],
  order: 60,
  panel: () => import('./components/PatrolPanel.vue'),
  drawer: () => import('./components/PatrolDrawer.vue'),
  overlay: () => import('./components/PatrolOverlay.vue'),
  legend: () => import('./components/PatrolLegend.vue'),
  messages: async () => {
    const [{ zh }, { en }] = await Promise.all([import('./messages/zh'), import('./messages/en')])
    return { zh, en }
  },
  acts: async () => {
    const [{ COMMANDS }, { MAP_COMMANDS, MAP_GESTURE_KEYS }] = await Promise.all([import('./commands'), import('./map-commands')])
    return { commands: [...COMMANDS, ...MAP_COMMANDS], gestureKeys: MAP_GESTURE_KEYS }
  },
  unsaved: unsavedWalks,
})
