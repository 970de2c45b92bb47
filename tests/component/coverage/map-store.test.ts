import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { nextTick } from 'vue'
import { COVERAGE_SETTINGS } from '@/core/coverage/coverage-scope'
import { reasonBit } from '@/core/coverage/gap'
import type { SitingTask } from '@/core/coverage/siting'
import { createCell } from '@/core/observable'
import { toLngLat } from '@/core/land-frame'
import type { Scope, Station } from '@/core/scope'
import type { Workspace } from '@/core/workspace'
import type { MapEngine, MapHit, MapView, ScreenPoint } from '@/map/contracts'
import { useChainStore } from '@/rooms/coverage/chain-store'
import { connectRoom } from '@/rooms/coverage/connect'
import { COVERAGE_SOURCE, GAP_LAYER } from '@/rooms/coverage/layers'
import { useCoverageMap } from '@/rooms/coverage/map-store'
import type { GapLevel } from '@/rooms/coverage/operations/gap-places'
import { useSitingStore } from '@/rooms/coverage/siting-store'
import { useCoverageStore } from '@/rooms/coverage/store'
import { makeFakeMapEngine, type FakeMapEngine } from '../../helpers/fake-map-engine'
import { makeCoverage } from '../../unit/rooms/coverage/make-coverage'
import { makeWorkspace } from '../mount-room'

const LEVELS = ['street_centre', 'community_station', 'grid_home'] as const
/** Half of a sign's height, metres on this map, where a pixel is a metre. */
const WITHIN_M = 10

let workspace: Workspace
let scope: Scope
let fake: FakeMapEngine
const zoomed = createCell<MapView>({ centre: [0, 0], zoom: 18 })
const signs = () => fake.data.get(COVERAGE_SOURCE.gaps)!.features

/** The sign under a press, as the engine would find it among what is drawn. */
const query = (at: ScreenPoint, layers: readonly string[]): MapHit[] =>
  signs().filter(({ geometry }) => {
    const { x, y } = fake.project((geometry as GeoJSON.Point).coordinates as [number, number])
    return layers.includes(GAP_LAYER) && Math.hypot(x - at.x, y - at.y) < WITHIN_M
  }).map(({ properties }, featureIndex) => ({ layerId: GAP_LAYER, source: COVERAGE_SOURCE.gaps, featureIndex, properties: properties! }))

/** A street whose first cell is a compound of four buildings, a household in gap in some buildings, looked at on the map. */
function open(inGap: readonly number[]): void {
  workspace = makeWorkspace()
  const made = workspace.scope.get()!
  const corner = (x: number, y: number) => toLngLat(made.land.frame, x * 100, y * 100)
  scope = {
    ...made,
    compounds: [{ id: 77, name: '文昌路 22 号院', initials: '', status: 'unmanaged', note: null, community: 0, ring: [corner(0, 0), corner(100, 0), corner(100, 100), corner(0, 100)] }],
    buildings: { ...made.buildings, compound: made.buildings.compound.map((_, building) => (building < 4 ? 0 : -1)) },
    stations: LEVELS.map((level, k): Station => ({ id: k + 1, name: level, level, capacity: 0, community: 0, at: corner(10 * k, 10) })),
  }
  workspace.scope.set(scope)
  fake = makeFakeMapEngine(scope.land.frame)
  const map = { ...fake, view: zoomed, query } as unknown as MapEngine
  const room = useCoverageStore()
  connectRoom(room, workspace, map, (key) => key)
  room.setCoverage(makeCoverage(scope, inGap.map((building) => ({ building, reasons: reasonBit('no_member') }))))
  // Areas would be worked out; signs and stations stand without.
  useCoverageMap().areas = false
  useCoverageMap().enter()
}

/** Look from the farthest at which signs are summed by a level. */
async function lookAt(level: GapLevel): Promise<void> {
  for (let zoom = 10; zoom <= 18; zoom += 0.25) {
    zoomed.set({ ...zoomed.get(), zoom })
    await nextTick()
    if (useCoverageMap().level === level) return
  }
  throw new Error(`Expected a zoom for ${level}, got none`)
}

/** Press the k-th sign; whether the room dealt with it. */
function press(k: number): boolean {
  const { x, y } = fake.project((signs()[k].geometry as GeoJSON.Point).coordinates as [number, number])
  return fake.click(x, y)
}

beforeEach(() => setActivePinia(createPinia()))
afterEach(() => useCoverageMap().leave())

it('selects the compound whose sign is pressed', async () => {
  open([0, 1, 2])
  await lookAt('compound')
  expect(signs()).toHaveLength(1)
  expect(press(0)).toBe(true)
  expect(workspace.selection.get()).toEqual({ kind: 'compound', index: 0 })
  expect(fake.fits).toEqual([])
})

it('selects the building whose sign is pressed', async () => {
  open([9])
  await lookAt('building')
  expect(press(0)).toBe(true)
  expect(workspace.selection.get()).toEqual({ kind: 'building', index: 9 })
})

it('goes nearer to what a sign sums, as far as all its buildings are in view, and selects nothing', async () => {
  open([0, 9, 14])
  await lookAt('community')
  expect(signs()).toHaveLength(1)
  expect(press(0)).toBe(true)
  expect(workspace.selection.get()).toBeNull()
  const [[west, south, east, north]] = fake.fits
  const { outlineStart, outline } = scope.buildings
  for (const building of [0, 9, 14]) {
    const [lng, lat] = [outline[2 * outlineStart[building]], outline[2 * outlineStart[building] + 1]]
    expect([lng > west - 3e-4, lng < east + 3e-4, lat > south - 3e-4, lat < north + 3e-4]).toEqual([true, true, true, true])
  }
})

it('leaves a press beside all signs to others', async () => {
  open([0])
  await lookAt('building')
  expect(fake.click(-500, -500)).toBe(false)
})

/** Levels of the stations that are seen however far one looks from. */
async function seenFromAfar(): Promise<string[]> {
  await nextTick()
  return fake.data.get(COVERAGE_SOURCE.stations)!.features.filter(({ properties }) => properties!.fromZoom === 0).map(({ properties }) => LEVELS[properties!.station as number])
}

it('shows from afar the stations a tab is about: of the level of the chain, of the levels that stay', async () => {
  open([0])
  const room = useCoverageStore()
  expect(await seenFromAfar()).toEqual([])
  room.panelTab = 'chain'
  expect(await seenFromAfar()).toEqual(['community_station'])
  useChainStore().level = 'grid_home'
  expect(await seenFromAfar()).toEqual(['grid_home'])
  room.panelTab = 'siting'
  expect(await seenFromAfar()).toEqual(LEVELS.filter((level) => COVERAGE_SETTINGS.stationLevels.includes(level)))
  useSitingStore().openForm({ keptLevels: ['street_centre'], added: [] } as unknown as SitingTask)
  expect(await seenFromAfar()).toEqual(['street_centre'])
})
