import { expect, it } from 'vitest'
import { PATROL_SETTINGS, type PatrolRoute } from '@/core/patrol/patrol-scope'
import { decodePatrolScope, type PatrolScopeJson } from '@/rooms/patrol/decode-patrol-scope'
import { decodeRoute, encodeRoute } from '@/rooms/patrol/encode-route'
import { makeStreet } from './make-patrols'

const ROUTE: PatrolRoute = {
  number: 1, personId: 'p', start: [117, 36], end: null, gridIds: [], seconds: 60, metres: 40, servedM: 30, checkpoints: [5],
  steps: [
    { streetId: 11, fromCm: 0, toCm: 3000, reversed: true, served: true }, { streetId: 0, fromCm: 0, toCm: 1000, reversed: false, served: false },
    { streetId: 12, fromCm: 5, toCm: 10, reversed: true, served: false }, { streetId: 12, fromCm: 5, toCm: 10, reversed: false, served: true },
  ],
}
const street = makeStreet()
const [here] = street.communities
const ELSEWHERE = 9999
const track = (id: string, communityId: number | null) => ({
  id, personId: 'p', planId: null, route: null, communityId, gridId: null, day: '2026-11-20', startedAt: '', endedAt: '', source: 'recorded' as const, state: 'matched' as const,
  fixes: 3, dropped: {}, streetM: 1, yardM: 0, hasRaw: false,
})
const plan = (id: string, communityId: number) => ({
  id, number: 1, title: '', communityId, kind: 'daily' as const, occasion: 'duty' as const, state: 'draft' as const, aim: 'min_max' as const, weekdays: [], validFrom: '2026-11-20',
  validTo: null, startMinute: 480, shiftS: 60, serveMPerS: 1, walkMPerS: 1, boundS: 0, revision: 1, routes: [encodeRoute(ROUTE)],
})
const JSON_SCOPE: PatrolScopeJson = {
  version: 1, landId: street.landId, nowMs: 1, fromDay: '2026-11-01', toDay: '2026-11-28', settings: PATROL_SETTINGS, duties: [], gates: [],
  checkpoints: [here.id, ELSEWHERE].map((communityId, k) => ({ id: 5 + k, name: '', note: '', lngLat: [117, 36], communityId, radiusM: 25, dwellS: 0, everyDays: 1, lastAt: null })),
  plans: [plan('a', ELSEWHERE), plan('b', here.id)], tracks: [track('t', here.id), track('u', null)],
  walked: { track: [1, 2, 0], streetId: [11, 12, 13], fromCm: [0, 1, 2], toCm: [10, 11, 12], fromS: [4_000_000_000, 2, 3], toS: [4_000_000_001, 3, 4], confidence: [100, 90, 0] },
  marks: [{ checkpointId: 5, track: 2, mark: 'visited', at: '' }, { checkpointId: 5, track: 0, mark: 'probable', at: '' }],
  passes: { building: [street.buildings.ids[1], 999_999], atS: [7, 8] },
  patrollers: [{ personId: 'p', name: '李*', role: 'grid_worker', communityId: here.id, gridIds: [] }, { personId: 'q', name: '王*', role: 'grid_worker', communityId: ELSEWHERE, gridIds: [] }],
}

it('keeps each flag of a step through its columns', () => {
  expect(encodeRoute(ROUTE).steps.flags).toEqual([3, 0, 1, 2])
  expect(decodeRoute(encodeRoute(ROUTE))).toEqual(ROUTE)
})

it('turns ids into positions, and leaves out what the street does not show', () => {
  const scope = decodePatrolScope(JSON_SCOPE, street)
  expect(scope.checkpoints.map(({ id, community }) => [id, community])).toEqual([[5, 0]])
  expect(scope.plans.map(({ id, community, routes }) => [id, community, routes])).toEqual([['b', 0, [ROUTE]]])
  expect(scope.patrollers.map(({ personId }) => personId)).toEqual(['p'])
  // Walks stay, or the columns would tell of others: one whose community is not known has none.
  expect(scope.tracks.map(({ id, community }) => [id, community])).toEqual([['t', 0], ['u', -1]])
  expect(scope.walked).toEqual({
    count: 3, track: Int32Array.of(0, 1, -1), streetId: Int32Array.of(11, 12, 13), fromCm: Int32Array.of(0, 1, 2), toCm: Int32Array.of(10, 11, 12),
    fromS: Uint32Array.of(4_000_000_000, 2, 3), toS: Uint32Array.of(4_000_000_001, 3, 4), confidence: Uint8Array.of(100, 90, 0),
  })
  expect(scope.marks.map((mark) => mark.track)).toEqual([1, -1])
  expect(scope.passes).toEqual({ building: Int32Array.of(1), atS: Uint32Array.of(7) })
})
