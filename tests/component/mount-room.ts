import { WORKSPACE_KEY, type Session, type Workspace } from '@/core/workspace'
import { buildCellAdjacency } from '@/algorithms/topology/build-cell-adjacency'
import { createWorkspace } from '@/app/create-workspace'
import { i18n, loadRoomMessages, setLocale, type Locale } from '@/app/i18n'
import { decodeSnapshot, type SnapshotJson } from '@/data/scope-snapshot'
import { MAP_ENGINE_KEY, type MapEngine } from '@/map/contracts'
import { mount, type VueWrapper } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { vi } from 'vitest'
import type { Component } from 'vue'
import { makeSnapshot } from '../fixtures/make-snapshot'

/** A workspace with the made-up street loaded, as after signing in. */
export function makeWorkspace(snapshot: SnapshotJson = makeSnapshot()): Workspace {
  const workspace = createWorkspace({ reloadScope: async () => {}, openLand: async () => {} })
  const scope = decodeSnapshot(snapshot, buildCellAdjacency)
  workspace.scope.set(scope)
  workspace.scopeState.set({ status: 'ready' })
  workspace.shownGrids.set({ grids: scope.current.grids, cellGrid: scope.current.cellGrid, changedCells: null })
  workspace.focusUnitId.set(2)
  const session: Session = {
    personId: 'p1',
    name: '李*',
    posts: [{ role: 'street_officer', orgUnitId: 2, orgName: '高庄街道', level: 'street', landId: 1 }],
  }
  workspace.session.set(session)
  return workspace
}

/** A map that remembers what it was asked. */
export const makeMap = (): MapEngine & { fit: ReturnType<typeof vi.fn> } =>
  ({
    ready: Promise.resolve(),
    fit: vi.fn(),
    setPadding: vi.fn(),
    query: () => [],
    mode: { get: () => null, subscribe: () => () => {} },
  }) as unknown as MapEngine & { fit: ReturnType<typeof vi.fn> }

/** Mount a component of a room as the shell would. */
export async function mountRoom(
  component: Component,
  options: { workspace?: Workspace; map?: MapEngine; locale?: Locale; props?: Record<string, unknown> } = {},
): Promise<{ page: VueWrapper; workspace: Workspace; map: ReturnType<typeof makeMap> }> {
  await loadRoomMessages()
  setLocale(options.locale ?? 'zh')
  const workspace = options.workspace ?? makeWorkspace()
  const map = (options.map ?? makeMap()) as ReturnType<typeof makeMap>
  const page = mount(component, {
    attachTo: document.body,
    props: options.props,
    global: { plugins: [i18n, createPinia()], provide: { [WORKSPACE_KEY as symbol]: workspace, [MAP_ENGINE_KEY as symbol]: map } },
  })
  return { page, workspace, map }
}
