import type { Workspace } from '@/core/workspace'
import type { MapEngine } from '@/map/contracts'
import type { Translate, useCoverageStore } from './store'

type Store = ReturnType<typeof useCoverageStore>

const connected = new WeakMap<Workspace, MapEngine>()

/** Let the room follow the workspace for as long as the console runs. Connecting the same workspace and map again does nothing. */
export function connectRoom(store: Store, workspace: Workspace, map: MapEngine, translate: Translate): void {
  store.translate = translate
  if (connected.get(workspace) === map) return
  connected.set(workspace, map)
  store.workspace = workspace
  store.map = map
  workspace.session.subscribe((session) => {
    store.person = session
  })
  workspace.focusUnitId.subscribe((unit) => {
    store.focusUnitId = unit
  })
  workspace.selection.subscribe((selection) => {
    store.selection = selection
  })
  workspace.scope.subscribe((scope) => store.setScope(scope))
  store.person = workspace.session.get()
  store.focusUnitId = workspace.focusUnitId.get()
  store.selection = workspace.selection.get()
  store.setScope(workspace.scope.get())
}
