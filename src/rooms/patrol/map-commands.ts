import type { Command, GestureKey } from '@/core/room'
import { MAP_TOOLS, type MapTool } from './choosing'
import { usePatrolMap } from './map-store'
import { usePatrolStore } from './store'

const GROUP = 'patrol.mapKeys.group'
/** Tools that set something, for who may. */
const SETTING: readonly MapTool[] = ['gate', 'checkpoint']

/** Acts on the map: the tools of its bar. */
export const MAP_COMMANDS: readonly Command[] = MAP_TOOLS.map((tool) => ({
  id: `patrol:map:${tool}`,
  labelKey: `patrol.mapKeys.${tool}`,
  groupKey: GROUP,
  available: () => usePatrolStore().active && usePatrolStore().patrolScope !== null,
  disabled: () => (SETTING.includes(tool) && !usePatrolStore().mayPlan ? 'no_permission' : null),
  run: () => usePatrolMap().setTool(tool),
}))

export const MAP_GESTURE_KEYS: readonly GestureKey[] = [
  { keys: 'Shift', labelKey: 'patrol.mapKeys.shift', groupKey: GROUP },
  { keys: 'Esc', labelKey: 'patrol.mapKeys.esc', groupKey: GROUP },
]
