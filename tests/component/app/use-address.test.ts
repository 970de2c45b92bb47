import { mount, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { defineComponent } from 'vue'
import { createMemoryHistory, createRouter, type Router } from 'vue-router'
import { SHELL_KEY } from '@/app/shell'
import { useAddress } from '@/app/use-address'
import { createCell } from '@/core/observable'
import { WORKSPACE_KEY, type Workspace } from '@/core/workspace'
import { MAP_ENGINE_KEY } from '@/map/contracts'
import type { MapView } from '@/map/contracts'
import type { MapHost } from '@/map/engine'
import { makeWorkspace } from '../mount-room'

const HOME: MapView = { centre: [117.65, 36.2], zoom: 15 }
const AWAY: MapView = { centre: [117.66, 36.21], zoom: 16 }
const addressOf = ({ centre, zoom }: MapView) => `/territory?at=${centre[0].toFixed(5)},${centre[1].toFixed(5)},${zoom.toFixed(2)}`

let page: VueWrapper
let router: Router
let workspace: Workspace
let motion: 'still' | 'flying' | 'held'
const view = createCell(HOME)
const map = {
  view,
  motion: () => motion,
  jumpTo: vi.fn((to: MapView) => view.set(to)),
  fit: vi.fn(),
  reveal: vi.fn(),
  resize: vi.fn(),
}

/** Runs what waits for a frame, for the moment after it, or for the map to rest. */
const settle = () => vi.advanceTimersByTimeAsync(300)

beforeEach(async () => {
  vi.useFakeTimers()
  motion = 'still'
  view.set(HOME)
  workspace = makeWorkspace()
  const room = { render: () => null }
  router = createRouter({
    history: createMemoryHistory(),
    routes: ['territory', 'redesign'].map((id) => ({ path: `/${id}`, name: id, component: room })),
  })
  await router.push(addressOf(HOME))
  const Host = defineComponent({
    setup() {
      useAddress()
      return () => null
    },
  })
  const provide = {
    [WORKSPACE_KEY as symbol]: workspace,
    [MAP_ENGINE_KEY as symbol]: map as unknown as MapHost,
    [SHELL_KEY as symbol]: { lands: createCell([]) },
  }
  page = mount(Host, { global: { plugins: [router], provide } })
  await settle()
  for (const asked of [map.jumpTo, map.fit, map.reveal]) asked.mockClear()
})

afterEach(() => {
  page.unmount()
  vi.useRealTimers()
})

describe('the address and the map', () => {
  it('an address from outside ends a flight, even one that leads back to where the flight began', async () => {
    motion = 'flying'
    await router.push(`${addressOf(HOME)}&theme=band`)
    expect(map.jumpTo).toHaveBeenCalledWith(HOME)
    expect(workspace.mapTheme.get()).toBe('band')
  })

  it('an address from outside moves a map at rest, and leaves one alone that is there', async () => {
    await router.push(`${addressOf(HOME)}&theme=band`)
    expect(map.jumpTo).not.toHaveBeenCalled()
    await router.push(addressOf(AWAY))
    expect(map.jumpTo).toHaveBeenCalledWith(AWAY)
  })

  it('an address that was written here is not read back', async () => {
    view.set(AWAY)
    // The flight goes on while the address takes in where it began.
    motion = 'flying'
    workspace.mapTheme.set('special')
    await settle()
    expect(router.currentRoute.value.fullPath).toContain('theme=special')
    expect(map.jumpTo).not.toHaveBeenCalled()
  })

  it('a hand that moves the map keeps it', async () => {
    motion = 'held'
    await router.push(`${addressOf(AWAY)}&theme=band`)
    expect(map.jumpTo).not.toHaveBeenCalled()
    expect(workspace.mapTheme.get()).toBe('band')
  })

  it('going back restores the view and the choice from before', async () => {
    workspace.selection.set({ kind: 'building', index: 1 })
    await settle()
    view.set(AWAY)
    await settle()
    router.back()
    await settle()
    expect(workspace.selection.get()).toBeNull()
    expect(map.jumpTo).toHaveBeenCalledWith(HOME)
  })

  it('what a person selects comes into view by the least movement; an address with a view keeps that view', async () => {
    workspace.selection.set({ kind: 'building', index: 1 })
    await settle()
    expect(map.reveal).toHaveBeenCalledTimes(1)
    await router.push(`${addressOf(AWAY)}&sel=building-${workspace.scope.get()!.buildings.ids[2]}`)
    await settle()
    expect(workspace.selection.get()).toEqual({ kind: 'building', index: 2 })
    expect(map.reveal).toHaveBeenCalledTimes(1)
    expect(map.fit).not.toHaveBeenCalled()
  })

  it('an address that names a thing alone shows it close up, and the community it lies in', async () => {
    const { communities } = workspace.scope.get()!
    await router.push(`/territory?sel=community-${communities[1].id}&unit=${communities[1].id}`)
    await settle()
    expect(map.fit).toHaveBeenCalledTimes(1)
    expect(workspace.focusUnitId.get()).toBe(communities[1].id)
    await router.push(`/territory?sel=community-${communities[0].id}`)
    // What the selection says of the unit is the shell's to follow; the address does not overrule it.
    expect(workspace.focusUnitId.get()).toBe(communities[1].id)
  })
})
