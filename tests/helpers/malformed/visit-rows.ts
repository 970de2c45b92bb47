import { broken, NO_DOCUMENT, NO_IDS, NO_NUMBERS, NO_PLACES } from './patrol-rows'

/** Documents as a hand-made request would send them about visits, stations, activities and units of work. */

const WHOLE: readonly unknown[] = [...NO_NUMBERS, 1.5, -1]
const IDS: readonly unknown[] = ['x', '5', {}, [], true, 1e300, -1, 0, 1.5, 2_147_483_648]
const NO_WORDS: readonly unknown[] = [null, 5, {}, [], '', 'x', true]
const text = (most: number): unknown[] => [5, {}, [], true, 'x'.repeat(most + 1)]
const needed = (most: number): unknown[] => [...text(most), null, '', '  ', '\u200b']

const VISIT = { id: '00000000-0000-4000-a4ff-000000000001', householdId: 10, memberId: null, kind: 'routine', purpose: 'policy', outcome: 'met', satisfaction: null, visitedOn: '2026-11-20' }
export const MALFORMED_VISITS: readonly unknown[] = [
  ...NO_DOCUMENT, [5], [null], [[]], [{}], Array.from({ length: 201 }, () => VISIT),
  ...broken(VISIT, {
    id: [...NO_IDS, null], householdId: [...WHOLE, 0, 999_999], memberId: [...IDS, 999_999], kind: NO_WORDS, purpose: [...NO_WORDS, 'illness'], outcome: NO_WORDS,
    satisfaction: ['x', '5', {}, [], true, 1e300, 0, 6, 4.5], visitedOn: [null, 5, {}, [], 'x', '2026-13-01', '2026-02-31', '2020-01-01', '2099-01-01', '2026-11-20T10:00'],
  }).map((visit) => [visit]),
]

const STATION = { landId: 1, communityId: 4, name: '驿站', level: 'grid_home', capacity: 0, hours: '', lngLat: [117.6015, 36.2015] }
export const MALFORMED_STATIONS: readonly unknown[] = [
  ...NO_DOCUMENT, [STATION],
  ...broken(STATION, {
    id: [...IDS, 4, 999_999], landId: [...WHOLE, 2, 999], communityId: [...IDS, null, 6, 999_999], name: needed(60), level: [...NO_WORDS, 'street_centre'],
    capacity: [...WHOLE, 1_000_001], hours: text(200), lngLat: [...NO_PLACES, [117.6015, 36.2015, 5]],
  }),
]

const ACTIVITY = { stationId: 2, title: '书法班', weekdays: [false, true, false, false, false, false, false], fromMinute: 870, toMinute: 960, place: '', seats: 0 }
export const MALFORMED_ACTIVITIES: readonly unknown[] = [
  ...NO_DOCUMENT, [ACTIVITY],
  ...broken(ACTIVITY, {
    id: [...IDS, 3, 999_999], stationId: [...WHOLE, 4, 999_999], title: needed(60), weekdays: [null, 5, {}, 'x', [], [true], Array.from({ length: 8 }, () => true), Array.from({ length: 7 }, () => false),
      Array.from({ length: 7 }, () => 1), Array.from({ length: 7 }, () => null), Array.from({ length: 7 }, () => 'true')],
    fromMinute: [...WHOLE, 960, 1440], toMinute: [...WHOLE, 870, 1441], place: text(60), seats: [...WHOLE, 100_001],
  }),
]

const UNIT = { communityId: 4, compoundId: 1, name: '药房', kind: 'enterprise', status: 'active', branch: null, note: null, lngLat: null }
export const MALFORMED_WORK_UNITS: readonly unknown[] = [
  ...NO_DOCUMENT, [UNIT],
  ...broken(UNIT, {
    id: [...IDS, 3, 999_999], communityId: [...WHOLE, 6, 999_999], compoundId: [...IDS, 2, 999_999], name: needed(60), kind: NO_WORDS, status: NO_WORDS,
    branch: NO_WORDS.slice(1), note: text(200), lngLat: NO_PLACES.slice(1),
  }),
]
