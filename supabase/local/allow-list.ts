/**
 * Everything a browser may ask of the API, and so everything the role `authenticated` may hold in the database: the
 * front handler answers 404 to all else, and the privileges in the database are compared with this list at every
 * start. A new relation or function becomes reachable here, in the change that makes it.
 */
export type Verb = 'select' | 'insert' | 'update' | 'delete'

/** Relations of the schema `public` and the verbs `authenticated` has on them; rows are row-level security's matter. */
export const RELATIONS: Readonly<Record<string, readonly Verb[]>> = {
  audit_log: ['select'],
  buildings: ['select'],
  cells: ['select'],
  compounds: ['select'],
  data_register: ['select'],
  grid_cells: ['select'],
  grid_editions: ['select'],
  grids: ['select'],
  households: ['select'],
  imports: ['select'],
  land_arcs: ['select'],
  land_features: ['select'],
  land_nodes: ['select'],
  lands: ['select'],
  members: ['select'],
  org_units: ['select'],
  people: ['select'],
  plan_cells: ['select'],
  plan_edits: ['select'],
  plan_grids: ['select'],
  plan_waivers: ['select'],
  plans: ['select'],
  posts: ['select'],
  residents: ['select'],
  settings: ['select'],
  stairwells: ['select'],
  stations: ['select'],
  streets: ['select'],
}

/** Functions of the schema `public` that `authenticated` may execute. */
export const FUNCTIONS: readonly string[] = [
  'access_report',
  'account_list',
  'answer_second_factor',
  'appoint',
  'begin_second_factor',
  'change_password',
  'check_plan',
  'confirm_second_factor',
  'copy_plan_draft',
  'create_account',
  'discard_plan',
  'drop_second_factor',
  'end_other_sessions',
  'end_post',
  'end_session',
  'erase_resident',
  'give_account',
  'grid_edition',
  'grid_settings',
  'import_begin',
  'import_cancel',
  'import_check',
  'import_chunk',
  'import_commit',
  'land_source',
  'my_sessions',
  'open_plan_draft',
  'org_totals',
  'plan_document',
  'plan_edits_since',
  'plan_history',
  'preview_erasure',
  'publish_plan',
  'record_export',
  'remove_second_factor',
  'reset_password',
  'retire_person',
  'reveal_resident',
  'run_retention',
  'save_plan_draft',
  'save_setting',
  'scope_snapshot',
  'search_people',
  'set_person_active',
  'touch_session',
  'verify_audit_chain',
  'whoami',
]

/** Paths of the sign-in service, with their methods. Sign-up, codes by mail and changes of an account have none. */
export const AUTH_PATHS: Readonly<Record<string, readonly string[]>> = {
  '/auth/v1/token': ['POST'],
  '/auth/v1/user': ['GET'],
  '/auth/v1/logout': ['POST'],
}

export const METHODS_BY_VERB: Readonly<Record<Verb, readonly string[]>> = {
  select: ['GET', 'HEAD'],
  insert: ['POST'],
  update: ['PATCH'],
  delete: ['DELETE'],
}
