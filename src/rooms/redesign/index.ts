import { defineRoom } from '@/core/room'
import { unsavedOf } from './unsaved-edits'

/** The door of the redesign room: grids of a street, drawn anew. */
export default defineRoom({
  id: 'redesign',
  titleKey: 'redesign.title',
  purposeKey: 'redesign.purpose',
  icon: 'grids',
  path: '/redesign',
  roles: ['district_admin', 'street_officer', 'community_secretary', 'grid_leader', 'auditor'],
  order: 30,
  panel: () => import('./components/RedesignPanel.vue'),
  drawer: () => import('./components/RedesignDrawer.vue'),
  inspector: () => import('./components/RedesignInspector.vue'),
  overlay: () => import('./components/RedesignOverlay.vue'),
  messages: async () => {
    const [{ zh }, { en }] = await Promise.all([import('./messages/zh'), import('./messages/en')])
    return { zh, en }
  },
  acts: async () => {
    const { COMMANDS, GESTURE_KEYS } = await import('./commands')
    return { commands: COMMANDS, gestureKeys: GESTURE_KEYS }
  },
  unsaved: unsavedOf,
})
