import { buildCellAdjacency } from '@/algorithms/topology/build-cell-adjacency'
import { GAP_REASONS } from '@/core/coverage/gap'
import { decodeSnapshot } from '@/data/scope-snapshot'
import { gapLines, reachLines } from '@/rooms/coverage/hover-words'
import { REACH } from '@/rooms/coverage/operations/compare-circle'
import { describe, expect, it } from 'vitest'
import { makeSnapshot } from '../../../fixtures/make-snapshot'

const scope = decodeSnapshot(makeSnapshot(), buildCellAdjacency)
/** The key and its values, so that a word left out is seen. */
const say = (key: string, values: Record<string, string | number> = {}): string => [key, ...Object.values(values)].join(' ')
const byMain = Int32Array.from(GAP_REASONS, (reason) => ({ visit_overdue: 7, no_member: 12 } as Partial<Record<string, number>>)[reason] ?? 0)
const snaps = (x: number) => ({ xyM: Float64Array.of(x, 0), edge: Int32Array.of(0), alongM: new Float64Array(1), accessM: new Float64Array(1), refused: new Int32Array(0) })

describe('words beside the pointer', () => {
  it('name the place of a sign, its sum, and the reasons, the most frequent first', () => {
    const [grid] = scope.current.grids
    const place = { selection: { kind: 'grid', gridId: grid.id } as const, community: 0, buildings: [0] }
    expect(gapLines({ say, scope }, { places: [place], byMain, inGap: 19 })).toEqual([
      expect.stringMatching(/^map\.inGap .+ 19$/), 'map.reasonLine reason.no_member 12', 'map.reasonLine reason.visit_overdue 7',
    ])
    const outside = { selection: null, community: 1, buildings: [5] }
    expect(gapLines({ say, scope }, { places: [outside, place], byMain, inGap: 19 })[0]).toContain(`map.outsideGrids ${scope.communities[1].name} 1`)
  })

  it('tell the walk beside the straight way, and what is not known', () => {
    const ground = { doors: snaps(0), stations: snaps(250) }
    const answer = (reach: number, station: number) => ({ comparison: { reach: Uint8Array.of(reach), circleOnly: new Int32Array(1) }, nearest: { station: Int32Array.of(station), walkCm: Int32Array.of(37_240) } })
    expect(reachLines({ say, scope }, 0, 4, answer(REACH.circle, 0), ground)).toEqual([`map.nearest 4 ${scope.stations[0].name}`, 'map.walk 372 250'])
    expect(reachLines({ say, scope }, 0, 4, answer(REACH.far, -1), ground)).toEqual(['map.noStation 4'])
    expect(reachLines({ say, scope }, 0, 4, answer(REACH.refused, -1), ground)).toEqual(['map.refused 4'])
    expect(reachLines({ say, scope }, 0, 0, answer(REACH.foot, 0), ground)).toEqual([])
  })
})
