import type { Workspace } from '@/core/workspace'
import type { MapEngine } from '@/map/contracts'
import type { Translate, useAssignmentStore } from './store'

type Store = ReturnType<typeof useAssignmentStore>

const connected = new WeakMap<Workspace, MapEngine>()

/**
 * Let the room follow the workspace for as long as the console runs: a draft stays open when one looks into another
 * room. Connecting the same workspace and map again does nothing.
 */
export function connectRoom(store: Store, workspace: Workspace, map: MapEngine, translate: Translate): void {
  store.translate = translate
  if (connected.get(workspace) === map) return
  connected.set(workspace, map)
  store.workspace = workspace
  store.map = map
  workspace.session.subscribe((session) => {
    store.person = session
    // Signed in again after the session had ended while editing: what waited goes now.
    if (session && store.saving.state === 'signed_out') void store.saving.save()
  })
  workspace.focusUnitId.subscribe((unitId) => {
    store.focusUnitId = unitId
  })
  workspace.scope.subscribe((scope) => store.setScope(scope))
  workspace.selection.subscribe((selection) => {
    store.selection = selection
  })

  addEventListener('online', () => void store.saving.save())
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden' && store.unsavedCount > 0 && store.saving.state !== 'conflict') void store.saving.save()
  })

  store.person = workspace.session.get()
  store.focusUnitId = workspace.focusUnitId.get()
  store.selection = workspace.selection.get()
  store.setScope(workspace.scope.get())
}
