import type { Workspace } from '@/core/workspace'
import { LAYER, type MapEngine } from './contracts'

const FILLS = [LAYER.cellsFill, LAYER.redrawnFill] as const
const HOUSEHOLDS = [LAYER.households, LAYER.householdGroups] as const

/**
 * Hide the fills of grids and the signs of households while a room draws its own in the same place. The returned
 * function shows them again as far as they are switched on.
 */
export function giveWay(map: MapEngine, workspace: Pick<Workspace, 'layers' | 'shownGrids'>): () => void {
  const hide = (): void => {
    for (const id of [...FILLS, ...HOUSEHOLDS]) map.setVisible(id, false)
  }
  hide()
  // The shell switches its layers first: it heard of the change before.
  const ends = [workspace.layers.subscribe(hide), workspace.shownGrids.subscribe(hide)]
  return () => {
    ends.forEach((end) => end())
    const on = workspace.layers.get()
    for (const id of FILLS) map.setVisible(id, on.includes('grids'))
    for (const id of HOUSEHOLDS) map.setVisible(id, on.includes('households'))
  }
}
