import { expect, it } from 'vitest'
import { dayStops, isDone } from '@/rooms/patrol/phone/day-stops'
import type { KeptMark, KeptWalk } from '@/rooms/patrol/phone/kept-walk'
import { todayWalks } from '@/rooms/patrol/phone/today-walks'
import type { DayCheckpoint, OwnTrack } from '@/rooms/patrol/repository'

const checkpoint = (parts: Partial<DayCheckpoint> = {}): DayCheckpoint => ({
  id: 1, name: '', note: '', lngLat: [117, 36], radiusM: 20, dwellS: 0, everyDays: 1, lastAt: null, mark: null, markedAt: null, ...parts,
})
const mark = (parts: Partial<KeptMark> = {}): KeptMark => ({ checkpointId: 1, atMs: 5000, lng: 117, lat: 36, accuracyM: 5, state: 'waiting', ...parts })

it('a checkpoint is what was confirmed by hand, else what was matched, else what the walk in hand shows', () => {
  const state = (parts: Partial<DayCheckpoint>, marks: KeptMark[], visit: 'visited' | 'probable' | 'none' = 'none') =>
    dayStops([checkpoint(parts)], marks, [visit === 'none' ? { mark: 'none' } : { mark: visit, atMs: 7000 }])[0]
  expect(state({}, [])).toMatchObject({ state: 'none', atMs: null, refusal: null })
  expect(state({}, [mark()])).toMatchObject({ state: 'waiting', atMs: 5000 })
  expect(state({}, [mark({ state: 'sent' })], 'probable')).toMatchObject({ state: 'confirmed' })
  expect(state({ mark: 'visited', markedAt: '1970-01-01T00:00:09Z' }, [], 'probable')).toMatchObject({ state: 'visited', atMs: 9000 })
  expect(state({ mark: 'probable', markedAt: '1970-01-01T00:00:09Z' }, [], 'visited')).toMatchObject({ state: 'visited', atMs: 7000 })
  const refused = state({}, [mark({ state: 'refused', refusal: { code: 'too_far', detail: { metres: 40 } } })])
  expect(refused).toMatchObject({ state: 'none', refusal: { code: 'too_far' } })
  expect(isDone(refused)).toBe(false)
  // Confirmed once more: the refusal before is over.
  expect(state({}, [mark({ state: 'refused', refusal: { code: 'too_far', detail: {} } }), mark({ state: 'sent' })])).toMatchObject({ state: 'confirmed', refusal: null })
})

it('lists each walk once, wherever it is on its way', () => {
  const kept = (trackId: string, startedMs: number, parts: Partial<KeptWalk> = {}): KeptWalk => ({
    trackId, personId: 'p1', landId: 1, planId: null, route: null, startedMs, endedMs: null, isPaused: false, isOpened: true, isGivenUp: false, dropped: {}, marks: [], refusal: null, ...parts,
  })
  const track = (id: string, startedAt: string, state: OwnTrack['state']): OwnTrack => ({
    id, personId: 'p1', planId: null, route: null, gridId: null, day: '1970-01-01', startedAt, endedAt: null, source: 'recorded', state, fixes: 0, dropped: {}, streetM: 900, yardM: 0, hasRaw: true, landId: 1, communityId: 1, batches: [0, 1],
  })
  const rows = todayWalks(
    [kept('a', 4000), kept('b', 2000, { endedMs: 3000 }), kept('c', 1000, { refusal: { code: 'track_full', detail: {} } })],
    [track('a', '1970-01-01T00:00:04Z', 'open'), track('d', '1970-01-01T00:00:03Z', 'open'), track('e', '1970-01-01T00:00:00Z', 'matched')],
    'a',
  )
  expect(rows.map(({ trackId, state, isHere }) => [trackId, state, isHere])).toEqual([
    ['e', 'matched', false], ['c', 'refused', true], ['b', 'here', true], ['d', 'otherPhone', false], ['a', 'open', true],
  ])
})
