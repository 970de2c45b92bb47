import { broken, NO_DOCUMENT, NO_IDS, NO_NUMBERS, NO_PLACES } from './patrol-rows'

/** Documents as a hand-made request would send them about walks to stations and sites for new ones. */

const NO_COLUMNS: readonly unknown[] = [null, 5, 'x', {}, ['1'], [1.5], [null], [1e300], [-2147483649], [[1]], [true], []]
const NO_LEVELS: readonly unknown[] = [null, 'x', 5, {}, ['x'], ['grid_home', 'grid_home'], [5]]
const NO_LISTS: readonly unknown[] = [null, 5, 'x', {}]
/** [0, 0] is a place, on no street; whether one stands there is not the document's to say. */
const NO_SITES = NO_PLACES.filter((place) => JSON.stringify(place) !== '[0,0]')

const TASK = {
  aim: 'most_served', communityIds: [4], limitM: 500, keptLevels: ['grid_home'], level: 'grid_home', count: 1, capacity: 0, keepsCapacity: false, budget: 0, costEach: 0,
  weights: [1, 2, 2, 2, 1, 1, 1, 2], candidates: 'by_hand', added: [[117.6005, 36.201]], forced: [], barred: [],
}
const SITE = { at: [117.6005, 36.201], name: '驿站', level: 'grid_home', capacity: 0, communityId: 4, buildingId: 1, byHand: true }
const FIGURES = { households: 48, served: 40, full: 0, far: 8, refused: 0, servedBefore: 0, meanM: 210, worstM: 480 }
const SCENARIO = { landId: 1, title: '少而近', task: TASK, sites: [SITE], figures: FIGURES, value: 1, bound: 1 }

export const MALFORMED_SCENARIOS: readonly unknown[] = [
  ...NO_DOCUMENT, [SCENARIO], { ...SCENARIO, id: '00000000-0000-4000-a500-000000000001' },
  ...broken(SCENARIO, {
    id: NO_IDS, landId: [...NO_NUMBERS, 2, 999], title: [null, '', '  ', 5, {}, 'x'.repeat(61)], task: NO_DOCUMENT, sites: [...NO_LISTS, [5], [null], [[]], [{}]],
    figures: NO_DOCUMENT, value: [...NO_NUMBERS, -1], bound: [...NO_NUMBERS, -1],
  }),
  ...broken(TASK, {
    aim: [null, 'x', 5, {}], communityIds: [null, 5, 'x', {}, ['1'], [1.5], [null], [6], [999], [1e300]], limitM: [...NO_NUMBERS, 0, 20_001], keptLevels: NO_LEVELS, level: NO_LEVELS,
    count: [...NO_NUMBERS, 1.5, -1, 201], capacity: [...NO_NUMBERS, 0.5, -1], keepsCapacity: [null, 'x', 1, {}], budget: [...NO_NUMBERS, -1], costEach: [...NO_NUMBERS, -1],
    weights: [...NO_LISTS, [], [1], [1, 1, 1, 1, 1, 1, 1, 0], [1, 1, 1, 1, 1, 1, 1, '1'], [1, 1, 1, 1, 1, 1, 1, 11], [1, 1, 1, 1, 1, 1, 1, 1, 1]], candidates: [null, 'x', 5, {}],
    added: [...NO_LISTS, ...NO_SITES.map((at) => [at])], forced: [...NO_LISTS, [5]], barred: [...NO_LISTS, [[117.6]]],
  }).map((task) => ({ ...SCENARIO, task })),
  ...broken(SITE, {
    at: NO_SITES, name: [null, '', ' ', 5, {}, 'x'.repeat(61)], level: NO_LEVELS, capacity: [...NO_NUMBERS, 0.5, -1], communityId: [...NO_NUMBERS, 6, 999],
    buildingId: ['1', {}, [], true, 1.5, -1, 101, 999_999, 1e300], byHand: [null, 'x', 1],
  }).map((site) => ({ ...SCENARIO, sites: [SITE, site] })),
  ...broken(FIGURES, { households: [...NO_NUMBERS, 49], served: [...NO_NUMBERS, -1], meanM: NO_NUMBERS }).map((figures) => ({ ...SCENARIO, figures })),
]

/** Buildings of community 4 of the small world. */
const building = [1, 2, 3, 4, 9, 10, 11, 12, 17, 18, 19, 20, 25, 26, 27, 28]
const WALKS = {
  communities: [4], revisions: [1], building, accessCm: building.map(() => -1), stationIds: building.flatMap(() => [0, 0, 0, 0, 0]), walkCm: building.flatMap(() => [-1, -1, -1, -1, -1]),
}
const instead = (column: readonly number[], at: number, value: unknown): unknown[] => column.map((number, k) => (k === at ? value : number))
const MALFORMED_WALKS: readonly unknown[] = broken(WALKS, {
  building: [...NO_COLUMNS, building.slice(1), [...building, 5], instead(building, 0, 2), instead(building, 0, 5), instead(building, 0, 101)],
  accessCm: [...NO_COLUMNS, instead(WALKS.accessCm, 0, -2), instead(WALKS.accessCm, 0, '5')],
  stationIds: [...NO_COLUMNS, instead(WALKS.stationIds, 0, 1), instead(WALKS.stationIds, 0, 999)],
  walkCm: [...NO_COLUMNS, instead(WALKS.walkCm, 0, 5000), instead(WALKS.walkCm, 0, -2)],
})

export const MALFORMED_ACCESS: readonly unknown[] = [...NO_DOCUMENT, [WALKS], ...MALFORMED_WALKS]
export const MALFORMED_PUBLISHED_ACCESS: readonly unknown[] = [
  ...MALFORMED_ACCESS, ...broken(WALKS, { communities: [...NO_COLUMNS, [4, 4], [6], [999]], revisions: [...NO_COLUMNS, [2], [1, 1]], stationIds: [instead(WALKS.stationIds, 0, -2)] }),
]
