import {
  MALFORMED_BATCHES, MALFORMED_CHECKPOINTS, MALFORMED_DUTIES, MALFORMED_GATES, MALFORMED_MATCHES, MALFORMED_OPENINGS, MALFORMED_PATROL_PLANS, MALFORMED_WALK_FILES,
} from './patrol-rows'
import { MALFORMED_ACCESS, MALFORMED_PUBLISHED_ACCESS, MALFORMED_SCENARIOS } from './siting-rows'
import { MALFORMED_ASSIGNMENTS, MALFORMED_RECEPTIONS, MALFORMED_REPORTS, MALFORMED_RETURNS } from './slip-rows'
import { MALFORMED_ACTIVITIES, MALFORMED_STATIONS, MALFORMED_VISITS, MALFORMED_WORK_UNITS } from './visit-rows'

/**
 * Documents as a hand-made request would send them to the server's own importers: rows of an import, edits of a plan, waivers,
 * settings, filters. Each names what it must be refused with; whatever it is, no table may be another after it.
 */

/** Functions of the API that take a document. */
export const ATTACKED_FUNCTIONS = [
  'act_on_issue', 'add_fixes', 'copy_assignment_draft', 'copy_plan_draft', 'import_begin', 'import_chunk', 'import_track', 'log_visits',
  'open_track', 'publish_assignment', 'publish_plan', 'publish_siting_scenario', 'rebase_plan_draft', 'record_export', 'report_issue', 'report_issues', 'save_access', 'save_assignment_draft',
  'save_checkpoint', 'save_patrol_plan', 'save_plan_draft', 'save_setting', 'save_siting_scenario', 'save_station', 'save_station_activity', 'save_track_match',
  'save_work_unit', 'set_duties', 'set_gates',
] as const

/** One field of one kind of row, values that are none for it, and the code each of them must be met with. */
export interface MalformedField {
  readonly kind: string
  readonly field: string
  readonly values: readonly unknown[]
  readonly code: 'value_invalid' | 'reference_unknown' | 'ring_invalid' | 'line_invalid' | 'arc_shape_invalid' | 'row_invalid'
}

const TEXTS = ['', '  ', 5, null, {}, [], true]
const WHOLE = ['5', 1.5, 1e300, -1e300, 99_999_999_999, null, 'NaN', []]
const NUMBERS = ['5', 1e300, -1e300, null, {}, 'NaN', 'Infinity', true]
const CODES = ['', '12', null, '３７０１１６９０１００１', '37011690100x', '370116901001 ', ['370116901001'], -1]
const REFERENCES = ['a', 1.5, -2, 99_999, 1e300, {}, [], true, 2_147_483_648]
const WORDS = ['x', 5, {}, '', true]
const [x, y] = [117.6, 36.2]
const OUTLINES = [
  null, [], {}, 'POLYGON EMPTY', 5, [[]], [[[x, y]]], [[[x, y], [x, y], [x, y]]], [[[x, y], [x + 1, y], [x + 1, y + 1], [x, y + 1]]], [[['a', 'b'], ['c', 'd'], ['e', 'f'], ['a', 'b']]],
  [[[x, y], [1e300, y], [x, 1e300], [x, y]]], [[[181, 91], [182, 91], [182, 92], [181, 91]]], [[[x, y], [x + 1, null], [x, y + 1], [x, y]]], [[[[[x, y]]]]],
  [[[x], [x], [x], [x]]], [[[x, y], [x, y + 1], { x, y }, [x, y]]],
]
const LINES = [null, [], {}, 'LINESTRING EMPTY', [[x, y]], [x, y], [['a', 'b'], ['c', 'd']], [[x, y], [1e300, 1e300]], [[181, 91], [182, 92]], [[x, y], [x]], [[x, y], null]]

const fields = (kind: string, names: readonly string[], values: readonly unknown[], code: MalformedField['code'] = 'value_invalid') =>
  names.map((field): MalformedField => ({ kind, field, values, code }))

export const MALFORMED_FIELDS: readonly MalformedField[] = [
  ...fields('communities', ['name'], TEXTS), ...fields('communities', ['code'], CODES), ...fields('communities', ['kind'], WORDS),
  ...fields('nodes', ['x', 'y'], WHOLE),
  ...fields('cells', ['community'], [...REFERENCES, null, -1], 'reference_unknown'), ...fields('cells', ['areaM2'], [...NUMBERS, 0, -5]), ...fields('cells', ['labelX', 'labelY'], WHOLE),
  ...fields('arcs', ['start', 'end'], [...REFERENCES, null, -1], 'reference_unknown'), ...fields('arcs', ['left', 'right'], REFERENCES, 'reference_unknown'),
  ...fields('arcs', ['kind'], [...WHOLE, 7, -1]), ...fields('arcs', ['xy'], [null, [], {}, [1, 2, 3], ['a', 'b', 'c', 'd'], [1.5, 2, 3, 4], [1, 2, 1_234_567_890, 3, 4, 5], [[1, 2], [3, 4]]], 'arc_shape_invalid'),
  ...fields('compounds', ['name'], TEXTS), ...fields('compounds', ['status'], [...WORDS, null]), ...fields('compounds', ['ring'], [null, [], {}, 5, [[x, y]], [[x, y], [x, y], [x, y]], [[x, y], [1e300, y], [x, y + 1], [x, y]]], 'ring_invalid'),
  ...fields('buildings', ['community'], [...REFERENCES, null, -1], 'reference_unknown'), ...fields('buildings', ['compound', 'cell'], REFERENCES, 'reference_unknown'),
  ...fields('buildings', ['lng', 'lat'], [...NUMBERS, 181, -181]), ...fields('buildings', ['rings'], OUTLINES, 'ring_invalid'),
  ...fields('households', ['building'], [...REFERENCES, null, -1], 'reference_unknown'), ...fields('households', ['category', 'residentCount'], [...WHOLE, -1, 1_001]),
  ...fields('residents', ['household'], [...REFERENCES, null, -1], 'reference_unknown'), ...fields('residents', ['name'], TEXTS), ...fields('residents', ['sex'], WORDS),
  ...fields('members', ['community'], [...REFERENCES, null, -1], 'reference_unknown'), ...fields('members', ['building'], REFERENCES, 'reference_unknown'),
  ...fields('members', ['name'], TEXTS), ...fields('members', ['condition'], WORDS),
  ...fields('streets', ['class'], TEXTS), ...fields('streets', ['line'], LINES, 'line_invalid'),
  ...fields('features', ['kind'], [...WORDS, null]), ...fields('features', ['line'], LINES, 'line_invalid'),
  ...fields('stations', ['name'], TEXTS), ...fields('stations', ['level'], [...WORDS, null]), ...fields('stations', ['lng', 'lat'], NUMBERS),
  ...fields('partyGroups', ['name'], TEXTS), ...fields('partyGroups', ['code'], CODES), ...fields('stairwells', ['name'], TEXTS),
  ...fields('grids', ['community'], [...REFERENCES, null, -1], 'reference_unknown'), ...fields('grids', ['code', 'name'], TEXTS), ...fields('grids', ['kind'], WORDS),
  ...fields('gridCells', ['cell', 'grid'], [...REFERENCES, null, -1], 'reference_unknown'),
]

/** Rows of kinds that the small land of the tests has none of. */
export const SOUND_ROWS: Readonly<Record<string, Record<string, unknown>>> = {
  residents: { household: 0, name: '张三', sex: 'm' },
  streets: { class: 'residential', name: '泰山路', line: [[x, y], [x + 1e-3, y]] },
  features: { kind: 'water', line: [[x, y], [x + 1e-3, y]] },
  stations: { name: '服务站', level: 'community_station', community: 0, lng: x, lat: y },
  partyGroups: { name: '党小组', code: '37010100900101', community: 0 },
  stairwells: { name: '一单元', building: 0 },
}

const PLAN = '00000000-0000-4000-a000-000000000001'
const GRID = '00000000-0000-4000-8000-0000000000a1'
const delta = (part: unknown) => [{ delta: part, note: {} }]
const cells = (...list: unknown[]) => delta({ cells: list, grids: [] })
const grids = (...list: unknown[]) => delta({ cells: [], grids: list })
const after = (change: Record<string, unknown>) => ({ before: null, after: { id: '00000000-0000-4000-8000-0000000000ee', code: '1', name: 'a', communityId: 4, kind: 'basic', locked: false, ...change } })
const EDITS: readonly unknown[] = [
  {}, 'x', 5, true, [5], [null], [[]], [{}], delta(null), delta(5), delta([]), delta({}), delta({ cells: [] }), delta({ grids: [] }), delta({ cells: {}, grids: {} }), delta({ cells: 'x', grids: [] }),
  cells(5), cells(null), cells([]), cells({}), cells({ cell: 'a' }), cells({ cell: 1.5, from: GRID, to: null }), cells({ cell: 1e300, from: null, to: null }), cells({ cell: -1 }), cells({ cell: 999_999 }),
  cells({ cell: 1, from: 'nobody', to: null }), cells({ cell: 1, from: GRID, to: 'nobody' }), cells({ cell: 1, from: GRID, to: 5 }), cells({ cell: 1, from: GRID, to: {} }),
  cells({ cell: 1, from: GRID, to: null }, { cell: 1, from: null, to: GRID }),
  grids(5), grids(null), grids({}), grids({ before: null, after: null }), grids({ before: {}, after: {} }), grids({ after: { id: 'x' } }), grids({ before: { id: GRID }, after: null }),
  grids(after({ code: '' })), grids(after({ code: null })), grids(after({ code: '1'.repeat(25) })), grids(after({ name: 'x'.repeat(81) })), grids(after({ kind: 'x' })), grids(after({ kind: null })),
  grids(after({ locked: 'x' })), grids(after({ locked: null })), grids(after({ communityId: 999 })), grids(after({ communityId: 'x' })), grids(after({ communityId: 1e300 })), grids(after({ communityId: null })),
  grids(after({ id: '../../etc' })), grids(after({}), after({})),
]

const ASSIGNMENT = '00000000-0000-4000-a100-000000000001'
const ties = (...list: unknown[]) => delta({ ties: list })
const also = (part: Record<string, unknown>) => delta({ ties: [], ...part })
const terms = (change: Record<string, unknown>) => also({ terms: [{ member: 1, before: null, after: { exempt: null, minHouseholds: null, maxHouseholds: null, reachM: null, ...change } }] })
const ASSIGNMENT_EDITS: readonly unknown[] = [
  {}, 'x', 5, true, [5], [null], [[]], [{}], delta(null), delta(5), delta([]), delta({}), delta({ ties: {} }), delta({ ties: 'x' }), delta({ ties: null }),
  ties(5), ties(null), ties([]), ties({}), ties({ household: 'a' }), ties({ household: 1.5, from: null, to: 1 }), ties({ household: 1e300, from: null, to: 1 }), ties({ household: -1, from: null, to: 1 }),
  ties({ household: 999_999, from: null, to: 1 }), ties({ household: 10, from: 999_999, to: 1 }), ties({ household: 10, from: null, to: 'x' }), ties({ household: 10, from: null, to: {} }), ties({ household: 10, from: null, to: 999_999 }),
  ties({ household: 10, from: null, to: 1e300 }), also({ pins: 5 }), also({ pins: [5] }), also({ pins: [{ household: 10, from: 'x', to: true }] }), also({ pins: [{ household: 999_999, from: false, to: true }] }),
  also({ care: {} }), also({ care: [{ member: 'x', from: null, to: 1 }] }), also({ care: [{ member: 1, from: null, to: 1.5 }] }), also({ exclusions: [{ member: 1, household: 10, before: null, after: '' }] }),
  also({ exclusions: [{ member: 1, household: 10, before: null, after: 5 }] }), also({ exclusions: [{ member: 999_999, household: 10, before: null, after: '亲属回避' }] }), also({ exclusions: 'x' }),
  terms({ exempt: 'x' }), terms({ exempt: 5 }), terms({ minHouseholds: -1 }), terms({ minHouseholds: 1.5 }), terms({ maxHouseholds: 1e300 }), terms({ maxHouseholds: 'x' }), terms({ minHouseholds: 9, maxHouseholds: 3 }), terms({ reachM: -5 }), terms({ reachM: {} }),
  also({ terms: [{ member: 1, before: null, after: [] }] }), also({ terms: [{ member: 999_999, before: null, after: null }] }), also({ modes: [{ community: 4, before: 'household', after: 'x' }] }), also({ modes: [{ community: 999, before: 'household', after: 'building' }] }),
  also({ modes: 5 }), also({ aims: 5 }), also({ aims: { before: null, after: 5 } }), also({ aims: { before: null, after: {} } }), also({ aims: { before: null, after: { urban: { min: 9, max: 1 } } } }),
]
const WALK = '00000000-0000-4000-a300-00000000000'
const FRAME = { lng0: 117, lat0: 36, mPerDegLng: 9e4, mPerDegLat: 1.1e5 }

/** A call with a document that is none. `$1` is the document. */
export interface MalformedCall {
  readonly function: (typeof ATTACKED_FUNCTIONS)[number]
  readonly sql: string
  readonly documents: readonly unknown[]
  /** Who sends them; the officer unless told. */
  readonly as?: 'admin' | 'leader'
}

export const MALFORMED_CALLS: readonly MalformedCall[] = [
  { function: 'save_plan_draft', sql: `public.save_plan_draft('${PLAN}', 1, $1::jsonb)`, documents: [null, ...EDITS] },
  { function: 'copy_plan_draft', sql: `public.copy_plan_draft('${PLAN}', 'x', 1, $1::jsonb)`, documents: EDITS.filter((edits) => Array.isArray(edits)) },
  { function: 'rebase_plan_draft', sql: `public.rebase_plan_draft('${PLAN}', 1, 1, $1::jsonb)`, documents: [null, ...EDITS] },
  { function: 'publish_plan', sql: `public.publish_plan('${PLAN}', 1, $1::jsonb)`, documents: [{}, 'x', 5, [5], [null], [{}], [{ code: 5 }], [{ code: 'x', gridId: 'y', reason: 'z' }], [{ code: 'grid_empty', gridId: GRID, reason: '' }]] },
  { function: 'save_assignment_draft', sql: `public.save_assignment_draft('${ASSIGNMENT}', 1, $1::jsonb)`, documents: [null, ...ASSIGNMENT_EDITS] },
  { function: 'copy_assignment_draft', sql: `public.copy_assignment_draft('${ASSIGNMENT}', 'x', 1, $1::jsonb)`, documents: ASSIGNMENT_EDITS.filter((edits) => Array.isArray(edits)) },
  { function: 'publish_assignment', sql: `public.publish_assignment('${ASSIGNMENT}', 1, $1::jsonb)`, documents: [{}, 'x', 5, [5], [null], [{}], [{ code: 5 }], [{ code: 'x', memberId: 'y', reason: 'z' }], [{ code: 'household_unserved', communityId: 4, reason: '' }], [{ code: 'member_above_max', memberId: 1e300, reason: '暂时' }]] },
  { function: 'import_begin', as: 'admin', sql: `public.import_begin('land', 1, $1::jsonb)`, documents: [
    null, 'x', 5, [], {}, { frame: null }, { frame: {} }, { frame: [] }, ...Object.keys(FRAME).flatMap((name) => ['x', null, {}].map((value) => ({ frame: { ...FRAME, [name]: value } }))),
    { frame: FRAME }, { frame: FRAME, street: null }, { frame: FRAME, street: 'x' }, { frame: FRAME, street: [] },
  ] },
  { function: 'import_chunk', sql: `public.import_chunk((select id from public.imports limit 1), 'nodes', 0, $1::jsonb)`, documents: [null, {}, 'x', 5, true] },
  { function: 'save_setting', sql: `public.save_setting(2, 'grid_limits', $1::jsonb, 0)`, documents: [null, 'x', 5, [], {}, { urban: 5 }, { urban: { lower: 'x' } }, { urban: { lower: 5, upper: 1, target: 3 } }] },
  // Slip 3 is the officer's with a result handed in, slip 1 waits for somebody.
  { function: 'act_on_issue', sql: `public.act_on_issue(3, 'return', $1::jsonb, 0)`, documents: MALFORMED_RETURNS },
  { function: 'act_on_issue', sql: `public.act_on_issue(1, 'assign', $1::jsonb, 0)`, documents: MALFORMED_ASSIGNMENTS },
  { function: 'report_issue', sql: 'public.report_issue($1::jsonb)', documents: MALFORMED_REPORTS },
  { function: 'report_issues', sql: 'public.report_issues(1, $1::jsonb)', documents: MALFORMED_RECEPTIONS },
  { function: 'set_duties', sql: 'public.set_duties(1, $1::jsonb)', documents: MALFORMED_DUTIES },
  { function: 'set_gates', sql: 'public.set_gates(1, $1::jsonb)', documents: MALFORMED_GATES },
  { function: 'save_checkpoint', sql: 'public.save_checkpoint($1::jsonb)', documents: MALFORMED_CHECKPOINTS },
  { function: 'save_patrol_plan', sql: 'public.save_patrol_plan($1::jsonb, 0)', documents: MALFORMED_PATROL_PLANS },
  // The leader has agreed that walks are recorded; walk 3 is open, walk 4 ended.
  { function: 'open_track', as: 'leader', sql: `public.open_track('${WALK}9', $1::jsonb)`, documents: MALFORMED_OPENINGS },
  { function: 'import_track', as: 'leader', sql: `public.import_track('${WALK}9', $1::jsonb)`, documents: MALFORMED_WALK_FILES },
  { function: 'add_fixes', as: 'leader', sql: `public.add_fixes('${WALK}3', 0, $1::jsonb)`, documents: MALFORMED_BATCHES },
  { function: 'save_track_match', as: 'leader', sql: `public.save_track_match('${WALK}4', $1::jsonb)`, documents: MALFORMED_MATCHES },
  { function: 'log_visits', sql: 'public.log_visits($1::jsonb)', documents: MALFORMED_VISITS },
  { function: 'save_station', sql: 'public.save_station($1::jsonb, 0)', documents: MALFORMED_STATIONS },
  { function: 'save_station_activity', sql: 'public.save_station_activity($1::jsonb, 0)', documents: MALFORMED_ACTIVITIES },
  { function: 'save_work_unit', sql: 'public.save_work_unit($1::jsonb, 0)', documents: MALFORMED_WORK_UNITS },
  { function: 'save_access', sql: `public.save_access(1, '{4}', '{1}', $1::jsonb)`, documents: MALFORMED_ACCESS },
  { function: 'save_siting_scenario', sql: 'public.save_siting_scenario($1::jsonb, 0)', documents: MALFORMED_SCENARIOS },
  { function: 'publish_siting_scenario', sql: `public.publish_siting_scenario('00000000-0000-4000-a500-000000000001', 1, $1::jsonb)`, documents: MALFORMED_PUBLISHED_ACCESS },
  { function: 'record_export', sql: `public.record_export('grids', '', 5, $1::jsonb)`, documents: [null, 5, 'x', [], {}] },
]

/** Texts of documents that are no JSON, or hold what no database keeps. */
export const NO_DOCUMENTS: readonly string[] = [
  '', '{', '[', '[1,]', '{"a":}', 'undefined', 'NaN', '[NaN]', '[Infinity]', "['a']", '["\\u0000"]', '["\\ud800"]', '["\\udc00\\ud800"]', '["\\x41"]', '[01]', '[0x10]', '[1e]',
  '\u0001', '["a\tb"]', `${'['.repeat(20_000)}${']'.repeat(20_000)}`, '[1e999999999]', '{"a":1}{"b":2}', '[/* no */]', '\ufeff[]',
]
