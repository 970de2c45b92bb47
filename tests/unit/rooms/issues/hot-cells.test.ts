import { expect, it, vi } from 'vitest'
import type { MapEngine } from '@/map/contracts'
import type { HotspotCells, Hotspots } from '@/rooms/issues/jobs/hotspots/hotspots-model'
import type { useIssuesStore } from '@/rooms/issues/store'
import { createHotspots, LEAST_SLIPS } from '@/rooms/issues/hotspots'
import * as runs from '@/rooms/issues/jobs/hotspots/run-hotspots'
import { makeHeatCells } from '@/rooms/issues/operations/heat-cells'
import { makeFakeMapEngine } from '../../../helpers/fake-map-engine'
import { makeIssueScope } from './make-issue-scope'

/* Three hexagons in a row: neighbours high; neighbours low about a cell whose Gi* is above 0; neither. */
const cells = {
  column: Int32Array.of(0, 1, 2), row: Int32Array.of(0, 0, 0), counts: Int32Array.of(9, 60, 3),
  z: Float64Array.of(4, 2, 0.5), q: Float64Array.of(0.005, 0.005, 0.9), side: Int8Array.of(1, -1, 1), hot: Int8Array.of(1, -1, 0), trend: new Uint8Array(3),
} as unknown as HotspotCells

it('a cell is hot or cold by its neighbours among the draws, whatever the sign of its Gi*', async () => {
  vi.spyOn(runs, 'runHotspots').mockResolvedValue({ cells } as unknown as Hotspots)
  const frame = { lng0: 117, lat0: 36, mPerDegLng: 90_000, mPerDegLat: 111_000 }
  const lngLat = Float64Array.from([0, 173.2, 346.4].flatMap((x) => [frame.lng0 + x / frame.mPerDegLng, frame.lat0]))
  const buildings = { count: 0, outlineStart: Uint32Array.of(0), outline: new Float64Array(0), households: new Int32Array(0) }
  const scope = { buildings, land: { frame }, streets: [] }
  const here = makeHeatCells(scope as never, { lngLat }, 100)
  const room = { scope, issueScope: makeIssueScope([{}, {}, {}]), period: { fromS: 0, toS: 1 } }
  const hotspots = createHotspots(room as unknown as ReturnType<typeof useIssuesStore>)
  const basis = new Int32Array(LEAST_SLIPS)
  const map = makeFakeMapEngine(frame as never) as unknown as MapEngine
  const end = hotspots.attach(map, { cells: () => here, basis: () => basis, measure: () => 'hotspots', isCovered: () => false })
  await vi.waitFor(() => expect(hotspots.found.value).not.toBeNull())
  expect([0, 1, 2].map((column) => hotspots.found.value!.spot(here.find(column, 0)))).toEqual(['hot3', 'cold', 'none'])
  end()
})
