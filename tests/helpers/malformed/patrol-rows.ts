/** Documents as a hand-made request would send them about patrols: duties, gates, checkpoints, plans, walks and matches. */

export const NO_DOCUMENT: readonly unknown[] = [null, 5, 'x', true, [], {}]
export const NO_NUMBERS: readonly unknown[] = [null, 'x', '5', {}, [], true, 1e300, -1e300]
const NO_COLUMNS: readonly unknown[] = [null, 5, 'x', {}, ['1'], [1.5], [null], [1e300], [-2147483649], [[1]], [true]]
export const NO_PLACES: readonly unknown[] = [null, {}, 5, 'x', [], [117.6], ['117.6', '36.2'], [null, null], [1e300, -1e300], [181, 0], [0, 0]]
export const NO_IDS: readonly unknown[] = ['x', 5, {}, [], true, '00000000-0000-4000-9000']

/** The document with each of its fields in turn set to each of these values. */
export const broken = (document: Record<string, unknown>, fields: Readonly<Record<string, readonly unknown[]>>): unknown[] =>
  Object.entries(fields).flatMap(([field, values]) => values.map((value) => ({ ...document, [field]: value })))

const RULE = { streetId: 1, fromCm: 0, toCm: 5000, duty: 'daily', bothSides: false, reason: '' }
export const MALFORMED_DUTIES: readonly unknown[] = [
  ...NO_DOCUMENT, [5], [null], [[]], [{}], [RULE, 5], Array.from({ length: 5001 }, () => RULE), [{ ...RULE, duty: 'none' }],
  ...broken(RULE, {
    streetId: [...NO_NUMBERS, 1.5, -1, 2, 999_999], fromCm: [...NO_NUMBERS, 0.5, -1, 5000, 6000], toCm: [...NO_NUMBERS, 0, -5, 71_999], duty: ['x', 5, {}, [], ''],
    bothSides: ['x', 5, {}], reason: [5, {}, 'x'.repeat(201)],
  }).map((rule) => [rule]),
]

export const MALFORMED_GATES: readonly unknown[] = [
  { add: 5 }, { add: {} }, { add: [5] }, { add: [null] }, { add: Array.from({ length: 501 }, () => ({})) }, ...NO_PLACES.map((lngLat) => ({ add: [{ lngLat }] })),
  { add: [{ lngLat: [117.6003, 36.2008], reason: 5 }] }, { add: [{ lngLat: [117.6003, 36.2008], reason: 'x'.repeat(201) }] }, { remove: 5 }, { remove: {} }, { remove: ['1'] }, { remove: [1.5] },
  { remove: [1e300] }, { remove: [2] },
]

const CHECKPOINT = { name: '楼间', note: '', lngLat: [117.6006, 36.2006], radiusM: 25, dwellS: 0, everyDays: 1 }
export const MALFORMED_CHECKPOINTS: readonly unknown[] = [
  ...NO_DOCUMENT, [CHECKPOINT],
  ...broken(CHECKPOINT, {
    name: [null, 5, {}, '', '  ', 'x'.repeat(61)], note: [5, [], 'x'.repeat(401)], lngLat: NO_PLACES, radiusM: [...NO_NUMBERS, 4, 201], dwellS: [...NO_NUMBERS, -1, 3601],
    everyDays: [...NO_NUMBERS, 0, 367], id: ['x', {}, [], true, -1, 1e300, 3, 999_999],
  }),
]

const ROUTE = {
  number: 1, personId: null, start: [117.6005, 36.201], end: null, gridIds: [], seconds: 300, metres: 200, servedM: 200,
  steps: { streetId: [1], fromCm: [0], toCm: [20_000], flags: [2] }, checkpoints: [1],
}
const PLAN = {
  landId: 1, communityId: 4, title: '专项', kind: 'special', occasion: 'chosen', aim: 'min_total', weekdays: Array.from({ length: 7 }, () => true), validFrom: '2026-11-01', validTo: null,
  startMinute: 480, shiftS: 7200, serveMPerS: 0.7, walkMPerS: 1.2, boundS: 200, routes: [ROUTE],
}
export const MALFORMED_PATROL_PLANS: readonly unknown[] = [
  ...NO_DOCUMENT, [PLAN],
  ...broken(PLAN, {
    id: NO_IDS, landId: [...NO_NUMBERS, 2, 999], communityId: [...NO_NUMBERS, 6, 999], title: [null, 5, '', 'x'.repeat(61)], kind: ['x', 5, null, []], occasion: ['x', 5, null, {}],
    aim: ['x', null, 5], weekdays: [null, 5, [], [true], Array.from({ length: 7 }, () => 1), {}], validFrom: [null, 5, 'x', '2026-13-01', '2026-02-31', {}], validTo: ['x', 5, '2026-10-31', '2026-99-99', []],
    startMinute: [...NO_NUMBERS, -1, 1440], shiftS: [...NO_NUMBERS, 0, 86_401], serveMPerS: [...NO_NUMBERS, 0], walkMPerS: [...NO_NUMBERS, 0], boundS: [...NO_NUMBERS, -1],
    routes: [null, 5, {}, [], [5], [null], [[]], [{}], [ROUTE, ROUTE], Array.from({ length: 51 }, (_, k) => ({ ...ROUTE, number: k + 1 }))],
  }),
  ...broken(ROUTE, {
    number: [...NO_NUMBERS, 0, 51], personId: [...NO_IDS, '00000000-0000-4000-9000-000000000009'], start: NO_PLACES.slice(0, -1), end: [{}, 5, 'x', [], [117.6]],
    gridIds: [null, 5, 'x', {}, [5], ['x'], ['00000000-0000-4000-8000-0000000000b1']], seconds: [...NO_NUMBERS, -1, 7201], metres: [...NO_NUMBERS, -1], servedM: [...NO_NUMBERS, -1],
    steps: [...NO_DOCUMENT, ...broken(ROUTE.steps, { streetId: [...NO_COLUMNS, [], [2], [999_999], [0]], fromCm: [...NO_COLUMNS, [20_000], [1, 2]], toCm: [...NO_COLUMNS, [72_000], [0]], flags: [...NO_COLUMNS, [4]] })],
    checkpoints: [...NO_COLUMNS, [3], [999_999]],
  }).map((route) => ({ ...PLAN, routes: [route] })),
]

const FIXES = { fromMs: 1_795_322_400_000, atMs: [0, 5000], lngE7: [1_176_005_000, 1_176_005_500], latE7: [362_010_000, 362_010_000], accuracyDm: [80, -1] }
export const MALFORMED_FIXES: readonly unknown[] = [
  ...NO_DOCUMENT, [FIXES], { ...FIXES, atMs: [], lngE7: [], latE7: [], accuracyDm: [] },
  ...broken(FIXES, {
    fromMs: [...NO_NUMBERS, 0, 1e15], atMs: [...NO_COLUMNS, [0], [0, 172_800_001]], lngE7: [...NO_COLUMNS, [1], [0, 1_800_000_001]], latE7: [...NO_COLUMNS, [1, 2, 3], [0, 850_000_001]],
    accuracyDm: [...NO_COLUMNS, [0], [0, 32_768], [0, -2]],
  }),
]
const many = Array.from({ length: 2001 }, () => 0)
/** More than one batch holds. */
export const MALFORMED_BATCHES: readonly unknown[] = [...MALFORMED_FIXES, { ...FIXES, atMs: many, lngE7: many, latE7: many, accuracyDm: many }]

const OPENING = { landId: 1, planId: null, route: null, startedAt: '2026-11-22T04:00:00Z' }
const WALK_FIELDS = { landId: [...NO_NUMBERS, 2, 999], planId: [...NO_IDS, '00000000-0000-4000-a200-000000000001', '00000000-0000-4000-a200-000000000099'], route: ['x', {}, 0, 51, 1e300] }
export const MALFORMED_OPENINGS: readonly unknown[] = [
  ...NO_DOCUMENT,
  ...broken(OPENING, { ...WALK_FIELDS, startedAt: [null, 5, 'x', {}, '2026-11-22', '2020-01-01T04:00:00Z', '2090-01-01T04:00:00Z', '2026-13-40T29:61:00Z', '2026-11-22T04:00:00+99:00'] }),
]
export const MALFORMED_WALK_FILES: readonly unknown[] = [
  ...NO_DOCUMENT, ...broken({ ...OPENING, fixes: FIXES }, { ...WALK_FIELDS, personId: [...NO_IDS, '00000000-0000-4000-9000-000000000009'] }),
  ...MALFORMED_FIXES.map((fixes) => ({ ...OPENING, fixes })),
]

const MATCH = {
  stretches: { streetId: [1], fromCm: [0], toCm: [5000], fromS: [1], toS: [2], confidence: [90] }, yards: [], marks: [], passes: { buildingId: [], atS: [] }, dropped: {},
}
const NOTHING = { ...MATCH, stretches: { streetId: [], fromCm: [], toCm: [], fromS: [], toS: [], confidence: [] } }
/** The times of `MATCH` are not those of the walk, so nothing of it can be kept. */
export const MALFORMED_MATCHES: readonly unknown[] = [
  ...NO_DOCUMENT, MATCH, { ...NOTHING, stretches: null }, { ...NOTHING, stretches: [] },
  ...broken(MATCH.stretches, {
    streetId: [...NO_COLUMNS, [2], [999_999], []], fromCm: [...NO_COLUMNS, [5000]], toCm: [...NO_COLUMNS, [72_000]], fromS: [...NO_COLUMNS, [3]], toS: NO_COLUMNS, confidence: [...NO_COLUMNS, [101], [-1]],
  }).map((stretches) => ({ ...MATCH, stretches })),
  ...broken(NOTHING, {
    yards: [null, 5, {}, [5], [null], [{}], ...[null, [], {}, 'x', [[117.6, 36.2]], [['a', 'b'], ['c', 'd']], [[117.6, 36.2], [1e300, 1e300]], [[117.6, 36.2], null], [[117.6, 36.2], [117.7, 36.2]]].map((line) => [{ line }])],
    marks: [null, 5, {}, [5], [null], [{}], [{ checkpointId: 'x', mark: 'visited', at: '2026-11-22T04:00:00Z' }], [{ checkpointId: 1, mark: 'x', at: '2026-11-22T04:00:00Z' }], [{ checkpointId: 1, mark: 'visited', at: 'x' }],
      [{ checkpointId: 1.5, mark: 'visited', at: '2026-11-22T04:00:00Z' }], [{ checkpointId: 1, mark: 'visited', at: '2026-11-01T04:00:00Z' }], [{ checkpointId: 1, mark: 'confirmed', at: '2026-11-22T04:00:00Z' }]],
    passes: [null, 5, [], {}, { buildingId: [1] }, { buildingId: [1], atS: [] }, { buildingId: ['1'], atS: [1] }, { buildingId: [101], atS: [1] }, { buildingId: [1], atS: [1] }],
    dropped: [null, 5, [], { 'a b': 1 }, { jump: 'x' }, { jump: -1 }, { jump: 1.5 }],
  }),
]
