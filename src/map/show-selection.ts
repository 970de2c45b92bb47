import type { Selection, Workspace } from '@/core/workspace'
import { boundsOfSelection } from './bounds-of-selection'
import type { MapEngine } from './contracts'

/** Select a thing and bring it into view; a community also becomes the unit in focus. */
export function showSelection(map: MapEngine, workspace: Workspace, selection: Selection): void {
  if (selection.kind === 'community') workspace.focusUnitId.set(selection.orgUnitId)
  workspace.selection.set(selection)
  const scope = workspace.scope.get()
  const bounds = scope && boundsOfSelection(scope, workspace.shownGrids.get(), selection)
  if (bounds) map.fit(bounds, { maxZoom: 18 })
}
