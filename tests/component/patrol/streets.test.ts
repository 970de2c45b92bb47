import type { VueWrapper } from '@vue/test-utils'
import { flushPromises } from '@vue/test-utils'
import { beforeEach, expect, it, vi } from 'vitest'
import { defineComponent, h } from 'vue'
import { toDegrees } from '@/core/places-in-metres'
import type { Workspace } from '@/core/workspace'
import type { GestureMode, MapEngine, ScreenPoint } from '@/map/contracts'
import { makePatrols, makeStreet } from '../../unit/rooms/patrol/make-patrols'
import { makeWorkspace, mountRoom } from '../mount-room'

const server = vi.hoisted(() => ({ calls: {} as Record<string, (...values: never[]) => unknown> }))
vi.mock('@/rooms/patrol/repository', () =>
  Object.fromEntries(
    ['loadPatrolScope', 'setDuties', 'setGates', 'saveCheckpoint', 'removeCheckpoint', 'restoreCheckpoint', 'loadYards', 'runPatrolRules', 'loadTracksToMatch', 'saveTrackMatch'].map((name) => [
      name, (...values: never[]) => server.calls[name]?.(...values),
    ]),
  ),
)
const { default: StreetsPane } = await import('@/rooms/patrol/components/StreetsPane.vue')
const { default: PatrolOverlay } = await import('@/rooms/patrol/components/PatrolOverlay.vue')
const { usePatrolStore } = await import('@/rooms/patrol/store')
const { usePatrolMap } = await import('@/rooms/patrol/map-store')

const street = makeStreet()
const at = (x: number, y: number) => toDegrees(street.land.frame, x, y)
let page: VueWrapper
let workspace: Workspace
let mode: GestureMode | null
let pick: (at: ScreenPoint) => boolean
let drawn: Map<string, GeoJSON.FeatureCollection>
let asked: unknown[][]

/** A map of one metre a pixel, its corner the corner of the made-up street. */
const makeMap = (): MapEngine => {
  const modes = new Set<(mode: GestureMode | null) => void>()
  return {
    ready: Promise.resolve(),
    fit: () => {},
    setPadding: () => {},
    setVisible: () => {},
    putSource: () => {},
    addLayers: () => () => {},
    setData: (id: string, data: GeoJSON.FeatureCollection) => drawn.set(id, data),
    query: () => [],
    unproject: ({ x, y }: ScreenPoint) => at(x, y),
    onPick(listener: typeof pick) {
      pick = listener
      return () => {}
    },
    setMode(next: GestureMode | null) {
      if (mode === next) return
      mode = next
      modes.forEach((tell) => tell(next))
    },
    mode: {
      get: () => mode,
      subscribe(listener: (mode: GestureMode | null) => void) {
        modes.add(listener)
        return () => modes.delete(listener)
      },
    },
  } as unknown as MapEngine
}
const byTest = (name: string) => page.find(`[data-test=${name}]`)
const press = (x: number, y: number) => {
  const event = { screen: { x, y }, at: at(x, y), pressed: true, shift: false, alt: false, ctrl: false, taps: 1 }
  mode?.down?.(event)
  mode?.up?.(event)
  return flushPromises()
}
const looks = () => new Set(drawn.get('patrol:streets')?.features.map(({ properties }) => properties!.look as string))

async function open(role: 'street_officer' | 'grid_leader'): Promise<void> {
  workspace = makeWorkspace()
  workspace.scope.set(street)
  workspace.session.set({ personId: 'p1', name: '李*', posts: [{ role, orgUnitId: role === 'grid_leader' ? street.communities[0].id : 2, orgName: '', level: role === 'grid_leader' ? 'community' : 'street', landId: 1 }] })
  const Room = defineComponent({ render: () => [h(StreetsPane), h(PatrolOverlay)] })
  ;({ page } = await mountRoom(Room, { workspace, map: makeMap() }))
  const store = usePatrolStore()
  store.panelTab = 'streets'
  store.enter()
  await vi.waitFor(() => expect(byTest('duty-table').exists()).toBe(true))
}

beforeEach(() => {
  mode = null
  drawn = new Map()
  asked = []
  server.calls = {
    loadPatrolScope: () => Promise.resolve(makePatrols()),
    setDuties: (_: never, rules: never) => {
      asked.push(['setDuties', ...(rules as unknown[])])
      return Promise.resolve({ duties: (rules as object[]).filter((rule) => 'duty' in rule && rule.duty !== null).map((rule, k) => ({ id: k, by: '李*', at: '2026-11-22T08:00:00Z', ...rule })) })
    },
    setGates: (_: never, add: never) => {
      asked.push(['setGates', ...(add as unknown[])])
      return Promise.resolve({ gates: (add as object[]).map((gate, k) => ({ id: k + 1, ...gate })) })
    },
    saveCheckpoint: (input: never) => {
      asked.push(['saveCheckpoint', input])
      return Promise.resolve({ id: 7, lastAt: null, communityId: street.communities[0].id, ...(input as object) })
    },
  }
})

it('sets what is asked of a street pressed on the map, with a reason, and takes it back', async () => {
  await open('street_officer')
  expect(looks()).toEqual(new Set(['daily']))
  expect(pick({ x: 50, y: 3 })).toBe(true)
  await flushPromises()
  await byTest('duty-none').setValue(true)
  await byTest('duty-save').trigger('submit')
  expect(asked).toEqual([])
  await byTest('duty-reason').setValue('施工围挡')
  await byTest('duty-save').trigger('submit')
  await flushPromises()
  const stretch = { streetId: 11, fromCm: 0, toCm: 10_000 }
  expect(asked).toEqual([['setDuties', { ...stretch, duty: 'none', bothSides: false, reason: '施工围挡' }]])
  expect(looks()).toEqual(new Set(['daily', 'off']))
  // What the pointer is over is told with the reason.
  usePatrolMap().hover({ x: 50, y: 3 })
  await vi.waitFor(() => expect(workspace.hoverLines.get()).toEqual(['11路，100 m', '不需巡（施工围挡）']))
  workspace.notices.get().at(-1)!.act!.run()
  await flushPromises()
  expect(asked[1]).toEqual(['setDuties', { ...stretch, duty: null, bothSides: false, reason: '' }])
  expect(looks()).toEqual(new Set(['daily']))
})

it('chooses the whole street, and sets only what lies in the own community', async () => {
  await open('grid_leader')
  await byTest('tool-street').trigger('click')
  await press(50, 2)
  expect(byTest('streets-chosen').text()).toContain('4')
  // Way 11 lies in both communities, half in each.
  expect(byTest('duty-form').text()).toContain('2 段不在您的社区')
  await byTest('duty-weekly').setValue(true)
  await byTest('duty-save').trigger('submit')
  await flushPromises()
  expect(asked[0]).toHaveLength(3)
})

it('puts a checkpoint where the map was pressed, moved by another press, and no gate far from a street', async () => {
  await open('street_officer')
  await byTest('tool-gate').trigger('click')
  await press(50, 50)
  expect(byTest('patrol-tools').text()).toContain('30 米内没有道路')
  await byTest('tool-checkpoint').trigger('click')
  await press(50, 50)
  await press(60, 50)
  expect(mode).not.toBeNull()
  await byTest('checkpoint-name').setValue('东门岗亭')
  await byTest('checkpoint-form').trigger('submit')
  await flushPromises()
  expect(asked[0]).toMatchObject(['saveCheckpoint', { name: '东门岗亭', lngLat: at(60, 50), everyDays: 1 }])
  expect(mode).toBeNull()
  expect(byTest('checkpoints').text()).toContain('东门岗亭')
  expect(drawn.get('patrol:signs')!.features.map(({ properties }) => properties!.icon as string)).toEqual(['checkpoint:due'])
})

it('shuts a gate on the street beside the press', async () => {
  await open('street_officer')
  await byTest('tool-gate').trigger('click')
  await press(50, 20)
  await byTest('gate-reason').setValue('小区夜间关门')
  await byTest('gate-form').trigger('submit')
  await flushPromises()
  const [, gate] = asked[0] as [string, { lngLat: [number, number]; reason: string }]
  expect(gate.reason).toBe('小区夜间关门')
  expect(gate.lngLat[1]).toBeCloseTo(at(50, 0)[1], 9)
  expect(byTest('gates').text()).toContain('小区夜间关门')
})
