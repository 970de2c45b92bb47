import { inject } from 'vue'
import { MAP_ENGINE_KEY, type MapEngine } from './contracts'

/** The map engine the shell provides. Throws where a component is mounted outside the shell. */
export function useMap(): MapEngine {
  const map = inject<MapEngine>(MAP_ENGINE_KEY)
  if (!map) throw new Error('Expected a map engine to be provided by the shell, got none')
  return map
}
