import { MAP_ENGINE_KEY } from '@/map/contracts'
import type { MapHost } from '@/map/engine'
import { inject } from 'vue'
import { SHELL_KEY, type Shell } from './shell'

export function useShell(): Shell {
  const shell = inject<Shell>(SHELL_KEY)
  if (!shell) throw new Error('Expected the shell to be provided at boot, got none')
  return shell
}

/** The map with what the shell alone may do. */
export function useMapHost(): MapHost {
  const map = inject<MapHost>(MAP_ENGINE_KEY)
  if (!map) throw new Error('Expected a map to be provided at boot, got none')
  return map
}
