import type { Persona } from './engines/with-databases'

/**
 * Who may do what with every relation and function: the one table. It is compared with the catalogue, so a new relation
 * or function without a row here fails, and every answer is tried on both databases with the fixture world.
 */

/** Who holds a valid post in the fixture world; everyone else must see and do nothing. */
export const ACTIVE = ['admin', 'officer', 'secretary', 'leader', 'member', 'auditor', 'otherStreet'] as const
export type Active = (typeof ACTIVE)[number]

/** Signed in, but nobody: inactive, or no post valid today. */
export const NOBODY: readonly Persona[] = ['inactive', 'ended', 'notYet']

/**
 * Rows a persona sees, as a condition on the table `t`, evaluated by the owner: what is seen must be exactly these.
 * `all` and `none` for short.
 */
type Rows = 'all' | 'none' | string
type RowsBy = Readonly<Record<Active, Rows>>

/** Street 2 with land 1 is the officer's; community 4 the secretary's, the leader's and the member's; grid a1 the leader's. */
const byCommunity = (column: string): RowsBy => ({
  admin: 'all', auditor: 'all', officer: `${column} in (4, 5)`, otherStreet: `${column} = 6`,
  secretary: `${column} = 4`, leader: `${column} = 4`, member: `${column} = 4`,
})
const byLand = (column: string): RowsBy => ({
  admin: 'all', auditor: 'all', officer: `${column} = 1`, otherStreet: `${column} = 2`,
  secretary: `${column} = 1`, leader: `${column} = 1`, member: `${column} = 1`,
})
/** Seen by those who see a land whole: its plans. */
const byWholeLand = (column: string): RowsBy => ({ ...byLand(column), secretary: 'none', leader: 'none', member: 'none' })
/** People and what they live in: one's community, or the buildings of one's own grid (columns 0 and 1). */
const byHouseholds = (community: string, building: string): RowsBy => ({
  ...byCommunity(community), leader: `${building} < 100 and (${building} - 1) % 8 < 2`, member: 'none',
})
const byPlan: RowsBy = {
  admin: 'all', auditor: 'all', officer: `plan_id::text like '%1'`, otherStreet: `plan_id::text like '%2'`,
  secretary: 'none', leader: 'none', member: 'none',
}
const nobody: RowsBy = { admin: 'none', auditor: 'none', officer: 'none', otherStreet: 'none', secretary: 'none', leader: 'none', member: 'none' }

/** Member 1 carries households 10, 11 and 20, of buildings 1 and 2, and cares for member 9; `own` says what of it a relation shows. */
const withOwn = (rows: RowsBy, own: string): RowsBy => ({ ...rows, member: own })
/** Rows about members, who have the numbers of the buildings they live in, and about households, ten for each of these. */
const byContact = (building: string): RowsBy => ({
  admin: 'all', auditor: 'all', officer: `${building} < 100`, otherStreet: `${building} > 100`, member: 'none',
  secretary: `${building} < 100 and (${building} - 1) % 8 < 4`, leader: `${building} < 100 and (${building} - 1) % 8 < 2`,
})

/** Plans of assignment: one of community 4, one of street 2 with communities 4 and 5, one of street 3. */
const byAssignment = (column: string): RowsBy => ({
  admin: 'all', auditor: 'all', officer: `right(${column}::text, 1) in ('1', '2')`, otherStreet: `right(${column}::text, 1) = '3'`,
  secretary: `right(${column}::text, 1) = '1'`, leader: 'none', member: 'none',
})

/** Person n of the fixture world. */
const person = (column: string, ...numbers: number[]) => `right(${column}::text, 2)::int in (${numbers.join(', ')})`

/** Slips: of one's communities; of the own grid; what one reported or handles. Rows about slips go by the slip. */
const bySlip = (column: string): RowsBy => {
  const slips = (condition: string) => `${column} in (select i.id from public.issues i where ${condition})`
  return {
    admin: 'all', auditor: 'all', officer: slips('i.land_id = 1'), otherStreet: slips('i.land_id = 2'), secretary: slips('i.community_id = 4'),
    leader: slips(`i.grid_id::text like '%a1' or ${person('i.handler_id', 4)} or ${person('i.reported_by', 4)}`),
    member: slips(`${person('i.handler_id', 5)} or ${person('i.reported_by', 5)}`),
  }
}

/** Patrols: staff of the land or of the community, members none. */
const byPatrolLand = (column: string): RowsBy => ({ ...byLand(column), member: 'none' })
const byPatrolCommunity = (column: string): RowsBy => ({ ...byCommunity(column), member: 'none' })

/** Rows seen with select; `refused` where there is no privilege. Insert, update and delete are refused to everyone, everywhere. */
export const RELATIONS: Readonly<Record<string, RowsBy | 'refused'>> = {
  'public.org_units': {
    admin: 'all', auditor: 'all', officer: 'id in (1, 2, 4, 5, 7)', otherStreet: 'id in (1, 3, 6, 8)',
    secretary: 'id in (1, 2, 4, 7)', leader: 'id in (1, 2, 4, 7)', member: 'id in (1, 2, 4, 7)',
  },
  'public.settings': {
    admin: 'all', auditor: 'all', officer: 'org_unit_id = 2', otherStreet: 'org_unit_id = 3',
    secretary: 'org_unit_id = 2', leader: 'org_unit_id = 2', member: 'org_unit_id = 2',
  },
  'public.audit_log': { ...nobody, auditor: 'all' },
  'public.people': {
    admin: 'all', auditor: 'all', officer: person('id', 2, 3, 4, 5), otherStreet: person('id', 9),
    secretary: person('id', 3, 4, 5), leader: person('id', 4), member: person('id', 5),
  },
  'public.posts': {
    admin: 'all', auditor: 'all', officer: person('person_id', 2, 3, 4, 5), otherStreet: person('person_id', 9),
    secretary: person('person_id', 3, 4, 5), leader: person('person_id', 4), member: person('person_id', 5),
  },
  'public.lands': byLand('id'),
  'public.land_nodes': byLand('land_id'),
  'public.land_arcs': {
    ...byLand('land_id'),
    // Columns 0 to 3 and the border they share with column 4.
    secretary: 'land_id = 1 and ((left_cell - 1) % 8 < 4 or (right_cell - 1) % 8 < 4)',
    leader: 'land_id = 1 and ((left_cell - 1) % 8 < 4 or (right_cell - 1) % 8 < 4)',
    member: 'land_id = 1 and ((left_cell - 1) % 8 < 4 or (right_cell - 1) % 8 < 4)',
  },
  'public.cells': byCommunity('community_id'),
  'public.streets': byLand('land_id'),
  'public.land_features': byLand('land_id'),
  'public.stations': {
    ...byLand('land_id'),
    secretary: 'land_id = 1 and coalesce(community_id, 4) = 4', leader: 'land_id = 1 and coalesce(community_id, 4) = 4',
    member: 'land_id = 1 and coalesce(community_id, 4) = 4',
  },
  'public.grid_editions': byLand('land_id'),
  'public.grids': byCommunity('community_id'),
  'public.grid_cells': byCommunity('community_id'),
  'public.plans': byWholeLand('land_id'),
  'public.plan_grids': byPlan,
  'public.plan_cells': byPlan,
  'public.plan_edits': byPlan,
  'public.plan_waivers': byPlan,
  'public.plan_comments': byPlan,
  'public.plan_snapshots': byPlan,
  'public.plan_land_nodes': byPlan,
  'public.plan_land_cells': byPlan,
  'public.plan_land_arcs': byPlan,
  'public.plan_land_buildings': byPlan,
  'public.plan_links': byPlan,
  'public.plan_notes': byPlan,
  'public.land_links': {
    ...byLand('land_id'),
    // A link is seen from either side.
    secretary: 'land_id = 1 and ((cell_a - 1) % 8 < 4 or (cell_b - 1) % 8 < 4)',
    leader: 'land_id = 1 and ((cell_a - 1) % 8 < 4 or (cell_b - 1) % 8 < 4)',
    member: 'land_id = 1 and ((cell_a - 1) % 8 < 4 or (cell_b - 1) % 8 < 4)',
  },
  'public.compounds': byCommunity('community_id'),
  'public.buildings': withOwn(byHouseholds('community_id', 'id'), 'id in (1, 2)'),
  'public.stairwells': withOwn(byContact('building_id'), 'building_id in (1, 2)'),
  'public.households': withOwn(byHouseholds('community_id', 'building_id'), 'id in (10, 11, 20)'),
  'public.residents': byHouseholds('community_id', 'building_id'),
  'public.members': withOwn(byHouseholds('community_id', 'building_id'), 'id in (1, 9)'),
  'public.contact_links': withOwn({
    ...byCommunity('community_id'),
    leader: '(coalesce(household_id / 10, building_id, frail_member_id, led_member_id) - 1) % 8 < 2 and community_id = 4',
  }, 'member_id = 1 and valid_to is null'),
  'public.assignment_editions': { ...byCommunity('community_id'), leader: 'none', member: 'none' },
  'public.member_terms': withOwn(byContact('member_id'), 'member_id = 1'),
  'public.member_interests': withOwn(byContact('member_id'), 'member_id = 1'),
  'public.household_interests': withOwn(byContact('household_id / 10'), 'household_id = 10'),
  'public.kinships': byContact('household_id / 10'),
  'public.assignment_plans': byAssignment('id'),
  'public.assignment_ties': byAssignment('plan_id'),
  'public.assignment_care': byAssignment('plan_id'),
  'public.assignment_exclusions': byAssignment('plan_id'),
  'public.assignment_terms': byAssignment('plan_id'),
  'public.assignment_modes': byAssignment('plan_id'),
  'public.assignment_edits': byAssignment('plan_id'),
  'public.assignment_waivers': byAssignment('plan_id'),
  'public.issues': bySlip('id'),
  'public.issue_events': bySlip('issue_id'),
  // No link of the fixture world joins slips of different communities.
  'public.issue_links': bySlip('issue_id'),
  'public.issue_photos': 'refused',
  'public.patrol_duties': byPatrolLand('land_id'),
  'public.patrol_gates': byPatrolLand('land_id'),
  'public.patrol_checkpoints': byPatrolCommunity('community_id'),
  'public.patrol_plans': byPatrolCommunity('community_id'),
  'public.patrol_routes': {
    admin: 'all', auditor: 'all', officer: `right(plan_id::text, 1) in ('1', '2')`, otherStreet: `right(plan_id::text, 1) = '3'`, member: 'none',
    secretary: `right(plan_id::text, 1) in ('1', '2')`, leader: `right(plan_id::text, 1) in ('1', '2')`,
  },
  // Who may know of a walk, and who of the walker, differs: functions tell.
  'public.patrol_consents': 'refused',
  'public.patrol_marks': 'refused',
  'public.patrol_passes': 'refused',
  'public.patrol_tracks': 'refused',
  'public.patrol_walked': 'refused',
  'public.patrol_yards': 'refused',
  // Who went where and what for is not for everybody who counts visits; what stations offer and units are told with the street.
  'public.visits': 'refused',
  'public.visit_tasks': 'refused',
  'public.station_activities': 'refused',
  'public.work_units': 'refused',
  // Walks, days and scenarios are read through functions, each in the own territory.
  'public.building_access': 'refused',
  'public.community_access': 'refused',
  'public.gap_days': 'refused',
  'public.siting_scenarios': 'refused',
  'public.work_days': { admin: 'all', auditor: 'all', officer: 'all', otherStreet: 'all', secretary: 'all', leader: 'all', member: 'all' },
  'public.imports': { ...nobody, admin: person('created_by', 1), otherStreet: person('created_by', 9) },
  'public.import_chunks': 'refused',
  'public.data_register': { ...nobody, admin: 'all', auditor: 'all' },
  'private.people_identities': 'refused',
  'private.resident_identities': 'refused',
  'private.resident_tags': 'refused',
  'private.closed_stations': 'refused',
  'private.former_land_things': 'refused',
  'private.member_identities': 'refused',
  'private.accounts': 'refused',
  'private.audit_head': 'refused',
  'private.idempotency_keys': 'refused',
  'private.password_history': 'refused',
  'private.recovery_codes': 'refused',
  'private.second_factors': 'refused',
  'private.session_activity': 'refused',
  'private.issue_act_rules': 'refused',
  'private.issue_board': 'refused',
  'private.issue_numbers': 'refused',
  'private.issue_reporters': 'refused',
  'private.patrol_fixes': 'refused',
  'private.plan_snapshot_documents': 'refused',
}

/** A call with arguments that would do its work, and for whom it does; a refusal is `not_allowed` unless another code is named. */
interface Call {
  readonly call: string
  readonly allowed: readonly Active[]
  /** What others get: a code of ours, or `empty` where they may ask and see nothing; `everybody` where it is for visitors too. */
  readonly others: string
}

const PLAN = `'00000000-0000-4000-a000-000000000001'`
const IMPORT = `'00000000-0000-4000-b000-000000000001'`
const MEMBER = `'00000000-0000-4000-9000-000000000005'`
const REDESIGN: readonly Active[] = ['admin', 'officer']
/** The assignment of community 4. */
const ASSIGNMENT = `'00000000-0000-4000-a100-000000000001'`
const ASSIGN: readonly Active[] = ['admin', 'officer', 'secretary']
const SEES_SLIP: readonly Active[] = [...ASSIGN, 'auditor', 'leader', 'member']
const SLIP = `'{"lngLat":[117.600556,36.200451],"category":"noise","title":"夜间施工扰民"}'`
/** Those who order patrols in community 4. */
const LEAD: readonly Active[] = [...ASSIGN, 'leader']
const PATROL = (kind: 'a200' | 'a300', n: number) => `'00000000-0000-4000-${kind}-00000000000${n}'`
/** Noon of yesterday in Shanghai, when walks are recorded. */
const NOON = `((now() at time zone 'Asia/Shanghai')::date - 1 + time '12:00') at time zone 'Asia/Shanghai'`
const FIXES = `jsonb_build_object('fromMs', round(extract(epoch from ${NOON}) * 1000) + 1860000, 'atMs', '[0,5000]'::jsonb, 'lngE7', '[1176005000,1176005500]'::jsonb,
  'latE7', '[362010000,362010000]'::jsonb, 'accuracyDm', '[80,-1]'::jsonb)`
const MATCH = `'{"stretches":{"streetId":[],"fromCm":[],"toCm":[],"fromS":[],"toS":[],"confidence":[]},"yards":[],"marks":[],"passes":{"buildingId":[],"atS":[]},"dropped":{}}'`
const PATROL_PLAN = `'{"landId":1,"communityId":4,"title":"专项","kind":"special","occasion":"chosen","aim":"min_total","weekdays":[true,true,true,true,true,true,true],
  "validFrom":"2026-11-01","validTo":null,"startMinute":480,"shiftS":7200,"serveMPerS":0.7,"walkMPerS":1.2,"boundS":200,"routes":[{"number":1,"personId":null,
  "start":[117.6005,36.201],"end":null,"gridIds":[],"seconds":300,"metres":200,"servedM":200,"steps":{"streetId":[1],"fromCm":[0],"toCm":[20000],"flags":[2]},"checkpoints":[1]}]}'`
/** Of yesterday, whatever the time in Shanghai. */
const VISIT = `jsonb_build_array(jsonb_build_object('id', gen_random_uuid(), 'householdId', 10, 'kind', 'routine', 'purpose', 'policy', 'outcome', 'met', 'satisfaction', null,
  'visitedOn', current_date - 1))`
const STATION = `'{"landId":1,"communityId":4,"name":"驿站","level":"grid_home","capacity":0,"hours":"","lngLat":[117.6015,36.2015]}'`
const ACTIVITY = `'{"stationId":2,"title":"书法班","weekdays":[false,true,false,false,false,false,false],"fromMinute":870,"toMinute":960,"place":"","seats":0}'`
const WORK_UNIT = `'{"communityId":4,"compoundId":1,"name":"药房","kind":"enterprise","status":"active","branch":null,"note":null,"lngLat":null}'`
/** Nothing within reach of any building of community 4, which is on no street. */
const WALKS = `jsonb_build_object('communities', '[4]'::jsonb, 'revisions', '[1]'::jsonb, 'building', '[1,2,3,4,9,10,11,12,17,18,19,20,25,26,27,28]'::jsonb,
  'accessCm', to_jsonb(array_fill(-1, '{16}')), 'stationIds', to_jsonb(array_fill(0, '{80}')), 'walkCm', to_jsonb(array_fill(-1, '{80}')))`
const SCENARIO = `'00000000-0000-4000-a500-000000000001'`
const SITING = `'{"landId":1,"title":"少而近","task":{"aim":"fewest_stations","communityIds":[4],"limitM":500,"keptLevels":[],"level":"grid_home","count":0,
  "capacity":0,"keepsCapacity":false,"budget":0,"costEach":0,"weights":[1,2,2,2,1,1,1,2],"candidates":"by_hand","added":[[117.6005,36.201]],"forced":[],"barred":[]},
  "sites":[{"at":[117.6005,36.201],"name":"驿站","level":"grid_home","capacity":0,"communityId":4,"buildingId":1,"byHand":true}],
  "figures":{"households":48,"served":40,"full":0,"far":8,"refused":0,"servedBefore":0,"meanM":210,"worstM":480},"value":1,"bound":1}'`
const FRAME = `'{"frame":{"lng0":117,"lat0":36,"mPerDegLng":89000,"mPerDegLat":111000},"street":{"code":"370101009000","name":"新街道"}}'`

export const FUNCTIONS: Readonly<Record<string, Call>> = {
  whoami: { call: 'public.whoami()', allowed: ACTIVE, others: 'empty' },
  scope_snapshot: { call: 'public.scope_snapshot(1)', allowed: ['admin', 'auditor', 'officer', 'secretary', 'leader', 'member'], others: 'land_unknown' },
  grid_settings: { call: 'public.grid_settings(2)', allowed: ACTIVE, others: 'defaults' },
  org_totals: { call: 'public.org_totals(2)', allowed: ['admin', 'auditor', 'officer', 'secretary', 'leader', 'member'], others: 'empty' },
  // A member finds the own contact households.
  search_people: { call: `public.search_people('甲', 5)`, allowed: ['admin', 'auditor', 'officer', 'secretary', 'leader', 'member'], others: 'empty' },
  open_plan_draft: { call: `public.open_plan_draft(1, '方案')`, allowed: [...REDESIGN, 'secretary'], others: 'not_allowed' },
  plan_document: { call: `public.plan_document(${PLAN})`, allowed: ['admin', 'auditor', 'officer'], others: 'plan_unknown' },
  grid_edition: { call: 'public.grid_edition(1, 1)', allowed: ['admin', 'auditor', 'officer', 'secretary', 'leader', 'member'], others: 'edition_unknown' },
  save_plan_draft: { call: `public.save_plan_draft(${PLAN}, 1, '[{"delta":{"cells":[],"grids":[]}}]')`, allowed: REDESIGN, others: 'not_allowed' },
  copy_plan_draft: { call: `public.copy_plan_draft(${PLAN}, '副本', 1, '[]')`, allowed: REDESIGN, others: 'not_allowed' },
  plan_edits_since: { call: `public.plan_edits_since(${PLAN}, 0)`, allowed: ['admin', 'auditor', 'officer'], others: 'empty' },
  check_plan: { call: `public.check_plan(${PLAN})`, allowed: ['admin', 'auditor', 'officer'], others: 'not_allowed' },
  publish_plan: { call: `public.publish_plan(${PLAN}, 1, '[]')`, allowed: REDESIGN, others: 'not_allowed' },
  discard_plan: { call: `public.discard_plan(${PLAN})`, allowed: REDESIGN, others: 'not_allowed' },
  // The draft of the fixture world is one of the whole land; what a secretary may do with an own one is tried in workflow.test.ts.
  submit_plan: { call: `public.submit_plan(${PLAN}, 1, '')`, allowed: REDESIGN, others: 'not_allowed' },
  // Nobody has submitted it, so there is nothing to approve or to return.
  approve_plan: { call: `public.approve_plan(${PLAN}, 1, '')`, allowed: [], others: 'not_allowed|plan_stage_other' },
  return_plan: { call: `public.return_plan(${PLAN}, '请修改')`, allowed: [], others: 'not_allowed|plan_stage_other' },
  comment_plan: { call: `public.comment_plan(${PLAN}, null, '请看')`, allowed: REDESIGN, others: 'not_allowed' },
  snapshot_plan: { call: `public.snapshot_plan(${PLAN}, 1, '存档')`, allowed: REDESIGN, others: 'not_allowed' },
  rebase_plan_draft: { call: `public.rebase_plan_draft(${PLAN}, 1, 1, '[]')`, allowed: REDESIGN, others: 'not_allowed' },
  plan_papers: { call: `public.plan_papers(${PLAN})`, allowed: ['admin', 'auditor', 'officer'], others: 'plan_unknown' },
  plan_snapshot: { call: 'public.plan_snapshot(1)', allowed: ['admin', 'auditor', 'officer'], others: 'snapshot_unknown' },
  plan_history: { call: 'public.plan_history(1)', allowed: ['admin', 'auditor', 'officer', 'secretary', 'leader', 'member'], others: 'not_allowed' },
  // Resident 10 is the head of household 10, grid a1, carried by member 1. Administrators and auditors see masks like everyone.
  reveal_resident: { call: `public.reveal_resident(10, 'visit', '上门核实情况')`, allowed: ['officer', 'secretary', 'leader', 'member'], others: 'not_allowed' },
  my_households: { call: 'public.my_households()', allowed: ['member'], others: 'empty' },
  household_chain: {
    call: 'public.household_chain(10)', allowed: ['admin', 'auditor', 'officer', 'secretary', 'leader', 'member'], others: 'not_allowed',
  },
  chain_breaks: { call: 'public.chain_breaks(4)', allowed: ['admin', 'auditor', 'officer', 'secretary'], others: 'not_allowed' },
  grid_staffing: { call: 'public.grid_staffing(1)', allowed: ['admin', 'auditor', 'officer', 'secretary', 'leader'], others: 'not_allowed' },
  set_contact_link: { call: `public.set_contact_link('building', 2, 2)`, allowed: [...REDESIGN, 'secretary'], others: 'not_allowed' },
  assignment_papers: { call: `public.assignment_papers(4, 'plates', '上墙公示')`, allowed: [...REDESIGN, 'secretary'], others: 'not_allowed' },
  assignment_settings: { call: 'public.assignment_settings(2)', allowed: ACTIVE, others: 'defaults' },
  assignment_scope: { call: 'public.assignment_scope(1)', allowed: ['admin', 'auditor', 'officer', 'secretary', 'leader', 'member'], others: 'land_unknown' },
  open_assignment_draft: { call: `public.open_assignment_draft(4, '分派')`, allowed: ASSIGN, others: 'not_allowed' },
  assignment_document: { call: `public.assignment_document(${ASSIGNMENT})`, allowed: [...ASSIGN, 'auditor'], others: 'plan_unknown' },
  assignment_edits_since: { call: `public.assignment_edits_since(${ASSIGNMENT}, 0)`, allowed: [...ASSIGN, 'auditor'], others: 'empty' },
  save_assignment_draft: { call: `public.save_assignment_draft(${ASSIGNMENT}, 1, '[{"delta":{"ties":[]}}]')`, allowed: ASSIGN, others: 'not_allowed' },
  copy_assignment_draft: { call: `public.copy_assignment_draft(${ASSIGNMENT}, '副本', 1, '[]')`, allowed: ASSIGN, others: 'not_allowed' },
  rebase_assignment_draft: { call: `public.rebase_assignment_draft(${ASSIGNMENT}, 1, '{4}')`, allowed: ASSIGN, others: 'not_allowed' },
  check_assignment: { call: `public.check_assignment(${ASSIGNMENT})`, allowed: [...ASSIGN, 'auditor'], others: 'not_allowed' },
  publish_assignment: { call: `public.publish_assignment(${ASSIGNMENT}, 1, '[]')`, allowed: ASSIGN, others: 'not_allowed' },
  discard_assignment: { call: `public.discard_assignment(${ASSIGNMENT})`, allowed: ASSIGN, others: 'not_allowed' },
  assignment_history: { call: 'public.assignment_history(4)', allowed: [...ASSIGN, 'auditor'], others: 'not_allowed' },
  assignment_edition: { call: 'public.assignment_edition(4, 1)', allowed: [...ASSIGN, 'auditor'], others: 'edition_unknown' },
  issue_settings: { call: 'public.issue_settings(2)', allowed: ACTIVE, others: 'defaults' },
  issue_scope: { call: 'public.issue_scope(1)', allowed: SEES_SLIP, others: 'land_unknown' },
  report_issue: { call: `public.report_issue(${SLIP})`, allowed: [...ASSIGN, 'leader', 'member'], others: 'not_allowed' },
  report_issues: { call: `public.report_issues(1, jsonb_build_array(${SLIP}::jsonb))`, allowed: [...ASSIGN, 'leader'], others: 'not_allowed' },
  // Slips 1 and 5 lie in the leader's grid; the member reported them.
  act_on_issue: { call: `public.act_on_issue(1, 'claim', '{}', 0)`, allowed: [...ASSIGN, 'leader'], others: 'not_allowed' },
  link_issues: { call: `public.link_issues(1, 5, 'none')`, allowed: [...ASSIGN, 'leader'], others: 'not_allowed' },
  issue_detail: { call: 'public.issue_detail(1)', allowed: SEES_SLIP, others: 'not_allowed' },
  issue_figures: { call: `public.issue_figures(2, '2026-01-01', '2027-01-01')`, allowed: SEES_SLIP, others: 'not_allowed' },
  issue_photo: { call: 'public.issue_photo(1)', allowed: SEES_SLIP, others: 'not_allowed' },
  my_issues: { call: 'public.my_issues()', allowed: ['officer', 'secretary', 'leader', 'member', 'otherStreet'], others: 'empty' },
  near_issues: { call: `public.near_issues(1, 117.600556, 36.201352, 'sanitation')`, allowed: SEES_SLIP, others: 'not_allowed' },
  run_issue_rules: { call: 'public.run_issue_rules(1)', allowed: SEES_SLIP, others: 'not_allowed' },
  patrol_settings: { call: 'public.patrol_settings(2)', allowed: ACTIVE, others: 'defaults' },
  patrol_scope: { call: 'public.patrol_scope(1)', allowed: [...LEAD, 'auditor'], others: 'land_unknown' },
  // Nothing off the streets for an auditor.
  track_yards: { call: `public.track_yards(1, current_date - 3, current_date + 1)`, allowed: LEAD, others: 'not_allowed|answered' },
  my_patrol: { call: 'public.my_patrol()', allowed: [...LEAD, 'otherStreet'], others: 'not_allowed' },
  set_duties: { call: `public.set_duties(1, '[{"streetId":1,"fromCm":0,"toCm":5000,"duty":"daily"}]')`, allowed: LEAD, others: 'not_allowed' },
  set_gates: { call: `public.set_gates(1, '{"add":[{"lngLat":[117.6003,36.2008]}],"remove":[1]}')`, allowed: LEAD, others: 'not_allowed' },
  save_checkpoint: {
    call: `public.save_checkpoint('{"name":"楼间","note":"","lngLat":[117.6006,36.2006],"radiusM":25,"dwellS":0,"everyDays":1}')`, allowed: LEAD, others: 'not_allowed',
  },
  remove_checkpoint: { call: 'public.remove_checkpoint(1)', allowed: LEAD, others: 'not_allowed' },
  restore_checkpoint: { call: 'public.restore_checkpoint(1)', allowed: LEAD, others: 'not_allowed' },
  save_patrol_plan: { call: `public.save_patrol_plan(${PATROL_PLAN}, 0)`, allowed: LEAD, others: 'not_allowed' },
  publish_patrol_plan: { call: `public.publish_patrol_plan(${PATROL('a200', 1)}, 1)`, allowed: LEAD, others: 'not_allowed' },
  end_patrol_plan: { call: `public.end_patrol_plan(${PATROL('a200', 2)})`, allowed: LEAD, others: 'not_allowed' },
  discard_patrol_plan: { call: `public.discard_patrol_plan(${PATROL('a200', 1)})`, allowed: LEAD, others: 'not_allowed' },
  give_patrol_consent: { call: 'public.give_patrol_consent(1)', allowed: [...LEAD, 'otherStreet'], others: 'not_allowed' },
  withdraw_patrol_consent: { call: 'public.withdraw_patrol_consent()', allowed: ACTIVE, others: 'not_allowed' },
  // Of those who may walk there only the leader has agreed that it is recorded.
  open_track: {
    call: `public.open_track(${PATROL('a300', 9)}, jsonb_build_object('landId', 1, 'startedAt', to_char(${NOON} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')))`,
    allowed: ['leader'], others: 'not_allowed|consent_required',
  },
  import_track: {
    call: `public.import_track(${PATROL('a300', 9)}, jsonb_build_object('landId', 1, 'fixes', ${FIXES}))`, allowed: ['leader'], others: 'not_allowed|consent_required',
  },
  add_fixes: { call: `public.add_fixes(${PATROL('a300', 3)}, 0, ${FIXES})`, allowed: ['leader'], others: 'not_allowed' },
  end_track: { call: `public.end_track(${PATROL('a300', 3)}, now(), -1)`, allowed: ['leader'], others: 'not_allowed' },
  mark_checkpoint: {
    call: `public.mark_checkpoint(${PATROL('a300', 3)}, 1, ${NOON} + interval '31 minutes', 8, 117.6005, 36.201)`, allowed: ['leader'], others: 'not_allowed',
  },
  // A walk of somebody else is not there for the caller, which is no error; it stays.
  discard_track: { call: `public.discard_track(${PATROL('a300', 3)})`, allowed: [...LEAD, 'otherStreet'], others: 'not_allowed' },
  raw_track: { call: `public.raw_track(${PATROL('a300', 1)}, '核对走访轨迹')`, allowed: LEAD, others: 'not_allowed' },
  tracks_to_match: { call: 'public.tracks_to_match(1)', allowed: LEAD, others: 'not_allowed|answered' },
  save_track_match: { call: `public.save_track_match(${PATROL('a300', 4)}, ${MATCH})`, allowed: LEAD, others: 'not_allowed' },
  log_visits: { call: `public.log_visits(${VISIT})`, allowed: [...LEAD, 'member'], others: 'not_allowed' },
  // Logged by the member, days ago.
  undo_visit: { call: `public.undo_visit('00000000-0000-4000-a400-000000000001')`, allowed: [], others: 'not_allowed|visit_settled' },
  plan_visits: { call: `public.plan_visits(1, '{10}', current_date + 7)`, allowed: ASSIGN, others: 'not_allowed' },
  drop_visit_tasks: { call: `public.drop_visit_tasks('{1}')`, allowed: ASSIGN, others: 'not_allowed' },
  my_visits: { call: 'public.my_visits()', allowed: ['member'], others: 'empty' },
  visits_of: { call: 'public.visits_of(10)', allowed: [...LEAD, 'auditor', 'member'], others: 'not_allowed' },
  save_station: { call: `public.save_station(${STATION}, 0)`, allowed: ASSIGN, others: 'not_allowed' },
  close_station: { call: `public.close_station(2, 0, '搬迁到新址')`, allowed: ASSIGN, others: 'not_allowed' },
  // None is closed.
  reopen_station: { call: 'public.reopen_station(2)', allowed: [], others: 'not_allowed' },
  save_station_activity: { call: `public.save_station_activity(${ACTIVITY}, 0)`, allowed: ASSIGN, others: 'not_allowed' },
  remove_station_activity: { call: 'public.remove_station_activity(2, 0)', allowed: ASSIGN, others: 'not_allowed' },
  set_compound_status: { call: `public.set_compound_status(1, 'managed', 'unmanaged', '')`, allowed: ASSIGN, others: 'not_allowed' },
  save_work_unit: { call: `public.save_work_unit(${WORK_UNIT}, 0)`, allowed: ASSIGN, others: 'not_allowed' },
  remove_work_unit: { call: 'public.remove_work_unit(1)', allowed: ASSIGN, others: 'not_allowed' },
  coverage_settings: { call: 'public.coverage_settings(2)', allowed: ACTIVE, others: 'defaults' },
  coverage_scope: { call: 'public.coverage_scope(1)', allowed: [...LEAD, 'auditor'], others: 'land_unknown' },
  overview_figures: { call: `public.overview_figures(4, 'month')`, allowed: [...ASSIGN, 'auditor'], others: 'not_allowed' },
  overview_outlines: { call: 'public.overview_outlines(4)', allowed: [...ASSIGN, 'auditor'], others: 'not_allowed' },
  refresh_gap_day: { call: 'public.refresh_gap_day(1)', allowed: [...LEAD, 'auditor'], others: 'not_allowed' },
  // A secretary sees the walls and stations of the own community alone, so does not measure.
  save_access: { call: `public.save_access(1, '{4}', '{1}', ${WALKS})`, allowed: REDESIGN, others: 'not_allowed' },
  save_siting_scenario: { call: `public.save_siting_scenario(${SITING}, 0)`, allowed: REDESIGN, others: 'not_allowed' },
  publish_siting_scenario: { call: `public.publish_siting_scenario(${SCENARIO}, 1, ${WALKS})`, allowed: REDESIGN, others: 'not_allowed' },
  discard_siting_scenario: { call: `public.discard_siting_scenario(${SCENARIO})`, allowed: REDESIGN, others: 'not_allowed' },
  run_patrol_rules: { call: 'public.run_patrol_rules(1)', allowed: [...LEAD, 'auditor'], others: 'not_allowed' },
  patrol_figures: { call: 'public.patrol_figures(2, current_date - 3, current_date + 1)', allowed: [...LEAD, 'auditor'], others: 'not_allowed' },
  reveal_issue_reporter: { call: `public.reveal_issue_reporter(1, '回访核实情况')`, allowed: ['officer', 'secretary'], others: 'not_allowed' },
  erase_issue_reporter: { call: `public.erase_issue_reporter(1, '本人申请删除')`, allowed: REDESIGN, others: 'not_allowed' },
  visitor_places: { call: 'public.visitor_places()', allowed: ACTIVE, others: 'everybody' },
  visitor_map: { call: 'public.visitor_map(1)', allowed: ACTIVE, others: 'everybody' },
  visitor_board: { call: 'public.visitor_board(1)', allowed: ACTIVE, others: 'everybody' },
  visitor_board_figures: { call: 'public.visitor_board_figures(1)', allowed: ACTIVE, others: 'everybody' },
  visitor_report: {
    call: `public.visitor_report('{"landId": 1, "lngLat": [117.600556, 36.201352], "category": "noise", "title": "夜间施工", "consent": true}')`,
    allowed: ACTIVE, others: 'everybody',
  },
  // Nobody has a code in the fixture world; what a right one opens is tried in visitors.test.ts.
  visitor_follow: { call: `public.visitor_follow('0123456789ABCDEF')`, allowed: [], others: 'code_unknown' },
  visitor_rate: { call: `public.visitor_rate('0123456789ABCDEF', 5)`, allowed: [], others: 'code_unknown' },
  visitor_withdraw: { call: `public.visitor_withdraw('0123456789ABCDEF')`, allowed: [], others: 'code_unknown' },
  visitor_reopen: { call: `public.visitor_reopen('0123456789ABCDEF', '仍未解决')`, allowed: [], others: 'code_unknown' },
  import_begin: { call: `public.import_begin('land', 1, ${FRAME})`, allowed: ['admin'], others: 'not_allowed' },
  import_chunk: { call: `public.import_chunk(${IMPORT}, 'nodes', 0, '[]')`, allowed: ['admin'], others: 'import_unknown' },
  import_check: { call: `public.import_check(${IMPORT})`, allowed: ['admin'], others: 'import_unknown' },
  // Allowed, and refused for what the import lacks: the administrator's import is empty.
  import_commit: { call: `public.import_commit(${IMPORT})`, allowed: [], others: 'import_unknown|import_invalid' },
  land_source: { call: 'public.land_source(1)', allowed: REDESIGN, others: 'not_allowed' },
  import_cancel: { call: `public.import_cancel(${IMPORT})`, allowed: ['admin'], others: 'import_unknown' },
  save_setting: {
    call: `public.save_setting(2, 'grid_limits', '{"urban":{"lower":1,"upper":3,"target":2},"rural":{"lower":1,"upper":3,"target":2},"minMembers":1}', 0)`,
    allowed: REDESIGN, others: 'not_allowed',
  },
  set_person_active: { call: `public.set_person_active(${MEMBER}, false, 1)`, allowed: ['admin'], others: 'not_allowed' },
  retire_person: { call: `public.retire_person(${MEMBER}, 1)`, allowed: ['admin'], others: 'not_allowed' },
  appoint: { call: `public.appoint(${MEMBER}, 4, 'grid_worker', null, null)`, allowed: ['admin'], others: 'not_allowed' },
  end_post: { call: 'public.end_post(5, current_date, 0)', allowed: ['admin'], others: 'not_allowed' },
  create_account: {
    call: `public.create_account('赵六', 'zhao@test.example', '13700000000', 4, 'grid_worker', 'First-Pass-77')`,
    allowed: ['admin'], others: 'not_allowed',
  },
  give_account: {
    call: `public.give_account('00000000-0000-4000-9000-000000000011', 'new@test.example', 'First-Pass-77')`, allowed: ['admin'], others: 'not_allowed',
  },
  reset_password: { call: `public.reset_password(${MEMBER}, 'First-Pass-77')`, allowed: ['admin'], others: 'not_allowed' },
  // Nobody in the fixture world has a second factor to take away or to answer.
  drop_second_factor: { call: `public.drop_second_factor(${MEMBER})`, allowed: [], others: 'not_allowed|second_factor_absent' },
  account_list: { call: 'public.account_list(2)', allowed: ['admin'], others: 'not_allowed' },
  touch_session: { call: 'public.touch_session()', allowed: ACTIVE, others: 'session_ended' },
  my_sessions: { call: 'public.my_sessions()', allowed: ACTIVE, others: 'empty' },
  end_session: { call: `public.end_session('00000000-0000-4000-c000-000000000002')`, allowed: ACTIVE, others: 'not_allowed' },
  end_other_sessions: { call: 'public.end_other_sessions()', allowed: ACTIVE, others: 'not_allowed' },
  change_password: { call: `public.change_password('a long test password', 'Another-Pass-77')`, allowed: ACTIVE, others: 'not_allowed' },
  begin_second_factor: { call: 'public.begin_second_factor()', allowed: ACTIVE, others: 'not_allowed' },
  confirm_second_factor: { call: `public.confirm_second_factor('000000')`, allowed: [], others: 'not_allowed|second_factor_absent' },
  answer_second_factor: { call: `public.answer_second_factor('000000')`, allowed: [], others: 'not_allowed|second_factor_absent' },
  remove_second_factor: {
    call: `public.remove_second_factor('a long test password', '000000')`, allowed: [], others: 'not_allowed|second_factor_absent',
  },
  access_report: { call: 'public.access_report(10)', allowed: ['admin', 'auditor'], others: 'not_allowed' },
  preview_erasure: { call: 'public.preview_erasure(10)', allowed: ['admin', 'officer'], others: 'not_allowed' },
  erase_resident: { call: `public.erase_resident(10, '本人申请删除')`, allowed: ['admin', 'officer'], others: 'not_allowed' },
  record_export: { call: `public.record_export('households', '上级检查需要', 12, '{}')`, allowed: ACTIVE, others: 'not_allowed' },
  run_retention: { call: 'public.run_retention()', allowed: ['admin'], others: 'not_allowed' },
  verify_audit_chain: { call: 'public.verify_audit_chain()', allowed: ['auditor'], others: 'not_allowed' },
}

/** Private functions that policies call in the caller's name. All other private functions are closed. */
export const POLICY_FUNCTIONS = [
  'my_cells', 'my_communities', 'my_contact_buildings', 'my_contact_households', 'my_contact_members', 'my_grid_buildings',
  'my_grid_contacts', 'my_grid_links', 'my_grids', 'my_household_communities', 'my_lands', 'my_memberships', 'my_org_units', 'my_own_person',
  'my_patrol_communities', 'my_patrol_lands', 'my_people', 'my_person', 'my_posts', 'my_units_as', 'my_whole_lands',
]
