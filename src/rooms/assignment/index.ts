import { defineRoom } from '@/core/room'
import { unsentVisits } from './phone/kept-visits'
import { unsavedOf } from './unsaved-edits'

/** The door of the assignment room: every household has its member. */
export default defineRoom({
  id: 'assignment',
  titleKey: 'assignment.title',
  purposeKey: 'assignment.purpose',
  icon: 'members',
  path: '/assignment',
  roles: ['district_admin', 'street_officer', 'community_secretary', 'grid_leader', 'auditor', 'member'],
  homeOf: ['member'],
  hasOwnPlans: true,
  order: 40,
  panel: () => import('./components/AssignmentPanel.vue'),
  drawer: () => import('./components/AssignmentDrawer.vue'),
  inspector: () => import('./components/AssignmentInspector.vue'),
  overlay: () => import('./components/AssignmentOverlay.vue'),
  legend: () => import('./components/AssignmentLegend.vue'),
  messages: async () => {
    const [{ zh }, { en }] = await Promise.all([import('./messages/zh'), import('./messages/en')])
    return { zh, en }
  },
  acts: async () => {
    const { COMMANDS, GESTURE_KEYS } = await import('./commands')
    return { commands: COMMANDS, gestureKeys: GESTURE_KEYS }
  },
  unsaved: {
    count: async (personId) => (await unsavedOf.count(personId)) + (await unsentVisits.count(personId)),
    drop: async (personId) => void (await Promise.all([unsavedOf.drop(personId), unsentVisits.drop(personId)])),
  },
})
