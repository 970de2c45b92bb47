import { expect, it } from 'vitest'
import { VISITOR_FUNCTIONS } from '../../supabase/local/allow-list'
import { onEachDatabase } from './engines/with-databases'

/**
 * Functions that run with their owner's rights. Each is here because it must read or write what its caller may not, and
 * asks for itself whether the caller may. A new one needs a line and a reason in its comment.
 */
const SECURITY_DEFINER = [
  // Policy helpers: read posts and people.
  'private.may_redesign', 'private.my_cells', 'private.my_communities', 'private.my_grid_buildings', 'private.my_household_communities',
  'private.my_lands', 'private.my_org_units', 'private.my_people', 'private.my_person', 'private.my_posts', 'private.my_units_as',
  'private.my_contact_buildings', 'private.my_contact_households', 'private.my_contact_members', 'private.my_contact_residents', 'private.my_memberships',
  'private.my_grids', 'private.my_own_person',
  'private.may_assign', 'private.my_grid_contacts', 'private.my_grid_links', 'private.require_assignment', 'private.sees_assignment',
  'private.may_save_setting', 'private.my_session', 'private.my_whole_lands', 'private.require_admin', 'private.require_admin_of', 'private.require_import',
  'private.require_plan', 'private.require_redesign', 'private.my_plan_communities', 'private.sees_plan',
  // The log: written in the name of callers who may not, and chained behind their back.
  'private.chain_audit', 'private.write_audit', 'private.write_session_end',
  // Writing: no table is writable but through these.
  'public.appoint', 'public.copy_plan_draft', 'public.coverage_scope', 'public.discard_plan',
  'public.discard_siting_scenario', 'public.end_post', 'public.import_begin', 'public.import_cancel',
  'public.import_check', 'public.import_chunk', 'public.import_commit', 'public.open_plan_draft', 'public.publish_plan',
  'public.publish_siting_scenario', 'public.refresh_gap_day', 'public.save_access',
  'public.save_plan_draft', 'public.save_setting', 'public.save_siting_scenario', 'public.set_person_active',
  'public.approve_plan', 'public.comment_plan', 'public.rebase_plan_draft',
  'public.return_plan', 'public.snapshot_plan', 'public.submit_plan',
  'public.copy_assignment_draft', 'public.discard_assignment', 'public.open_assignment_draft', 'public.publish_assignment',
  'public.rebase_assignment_draft', 'public.save_assignment_draft',
  'public.act_on_issue', 'public.link_issues', 'public.report_issue', 'public.report_issues', 'public.run_issue_rules',
  // Accounts: the tables of the sign-in service, passwords and second factors.
  'public.account_list', 'public.answer_second_factor',
  'public.begin_second_factor', 'public.change_password', 'public.confirm_second_factor',
  'public.create_account', 'public.drop_second_factor', 'public.end_other_sessions', 'public.end_session', 'public.give_account',
  'public.my_sessions', 'public.remove_second_factor', 'public.reset_password', 'public.retire_person', 'public.touch_session',
  // Personal data on record: who saw what, erasure, exports, retention, the chain.
  'public.access_report', 'public.erase_resident', 'public.preview_erasure',
  'public.record_export', 'public.run_retention', 'public.verify_audit_chain',
  // The chain: links set by hand, who holds what at each level above the caller's own territory, telephones on plates.
  'public.assignment_papers', 'public.chain_breaks', 'public.grid_staffing',
  'public.household_chain', 'public.my_households', 'public.set_contact_link',
  // Visitors, who may read no table: what was published, masked; their own slip by its code. Reporters leave by one door, and are erased.
  'public.erase_issue_reporter', 'public.reveal_issue_reporter',
  'public.visitor_board', 'public.visitor_board_figures', 'public.visitor_follow',
  'public.visitor_map', 'public.visitor_places', 'public.visitor_rate',
  'public.visitor_reopen', 'public.visitor_report', 'public.visitor_withdraw',
  // Figures of the leadership and the outlines they are drawn on, for those who lead a unit or audit it.
  'public.overview_figures', 'public.overview_outlines',
  // Slips: names of who handled them and what lies beside, masked.
  'public.issue_detail', 'public.issue_figures', 'public.issue_photo',
  'public.issue_scope', 'public.my_issues', 'public.near_issues',
  // Patrols: raw walks and who walked, which nobody reads directly; what is drawn up and set on the map.
  'private.my_patrol_communities', 'private.my_patrol_lands',
  'public.add_fixes', 'public.discard_patrol_plan', 'public.discard_track',
  'public.end_patrol_plan', 'public.end_track', 'public.give_patrol_consent',
  'public.import_track', 'public.mark_checkpoint', 'public.my_patrol',
  'public.open_track', 'public.patrol_figures', 'public.patrol_scope',
  'public.publish_patrol_plan', 'public.raw_track',
  'public.remove_checkpoint', 'public.restore_checkpoint', 'public.run_patrol_rules',
  'public.save_checkpoint', 'public.save_patrol_plan', 'public.save_track_match',
  'public.set_duties', 'public.set_gates', 'public.track_yards',
  'public.tracks_to_match', 'public.withdraw_patrol_consent',
  // Visits, which nobody reads directly; stations, compounds and units of work.
  'public.close_station', 'public.drop_visit_tasks', 'public.log_visits', 'public.my_visits', 'public.plan_visits', 'public.remove_station_activity',
  'public.remove_work_unit', 'public.reopen_station', 'public.save_station', 'public.save_station_activity', 'public.save_work_unit',
  'public.set_compound_status', 'public.undo_visit', 'public.visits_of', 'private.drop_unasked',
  // Reading across: names of authors, whole plans, oneself, and personal data with a reason.
  'public.assignment_history', 'public.check_assignment', 'public.check_plan', 'public.land_source',
  'public.plan_history', 'public.plan_papers', 'public.plan_snapshot', 'public.reveal_resident', 'public.whoami',
]

const OURS = `n.nspname in ('public', 'private')`

onEachDatabase('catalogue', ({ db }) => {
  const names = async (sql: string) => (await db().query<{ name: string }>(sql)).map((row) => row.name)

  it('has row-level security on every table', async () => {
    expect(await names(`select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where ${OURS} and c.relkind in ('r', 'p') and not c.relrowsecurity`)).toEqual([])
  })

  it('has no views, which would read as their owner', async () => {
    expect(await names(`select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where ${OURS} and c.relkind in ('v', 'm')`)).toEqual([])
  })

  it('has a comment on every table, column and function', async () => {
    expect(await names(`select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where ${OURS} and c.relkind = 'r' and obj_description(c.oid, 'pg_class') is null
      union all
      select n.nspname || '.' || c.relname || '.' || a.attname from pg_attribute a join pg_class c on c.oid = a.attrelid
        join pg_namespace n on n.oid = c.relnamespace
      where ${OURS} and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped and col_description(c.oid, a.attnum) is null
      union all
      select n.nspname || '.' || p.proname from pg_proc p join pg_namespace n on n.oid = p.pronamespace
      where ${OURS} and obj_description(p.oid, 'pg_proc') is null`)).toEqual([])
  })

  it('registers every column of schema private, and nothing that is not there', async () => {
    const registered = await names(`select r.schema_name || '.' || r.table_name || '.' || r.column_name as name from public.data_register r order by 1`)
    const columns = (schemas: string) => names(`select n.nspname || '.' || c.relname || '.' || a.attname as name
      from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
      where n.nspname in (${schemas}) and c.relkind in ('r', 'p') and a.attnum > 0 and not a.attisdropped`)
    expect((await columns(`'private'`)).filter((name) => !registered.includes(name))).toEqual([])
    const present = await columns(`'private', 'public'`)
    expect(registered.filter((name) => !present.includes(name))).toEqual([])
  })

  it('registers every column of schema public that is called masked', async () => {
    expect(await names(`select c.relname || '.' || a.attname as name from pg_attribute a join pg_class c on c.oid = a.attrelid
      where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attname like '%\\_masked' and not exists (
        select from public.data_register r where r.schema_name = 'public' and r.table_name = c.relname and r.column_name = a.attname)`)).toEqual([])
  })

  it('fixes the search path of every function', async () => {
    expect(await names(`select n.nspname || '.' || p.proname as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace
      where ${OURS} and not coalesce(p.proconfig @> array['search_path=""'], false)`)).toEqual([])
  })

  it('runs with owner rights only what is named here', async () => {
    expect(await names(`select distinct n.nspname || '.' || p.proname as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace
      where ${OURS} and p.prosecdef order by 1`)).toEqual([...SECURITY_DEFINER].sort())
  })

  it('grants nothing to anonymous and to everybody but the functions of visitors to anonymous', async () => {
    expect(await names(`
      select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
        cross join lateral aclexplode(c.relacl) a
      where ${OURS} and (a.grantee = 0 or a.grantee = 'anon'::regrole or a.grantee = 'service_role'::regrole)
      union all
      select n.nspname || '.' || p.proname from pg_proc p join pg_namespace n on n.oid = p.pronamespace
        cross join lateral aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
      where ${OURS} and (a.grantee = 0 or a.grantee = 'anon'::regrole or a.grantee = 'service_role'::regrole)
      union all
      select n.nspname from pg_namespace n cross join lateral aclexplode(n.nspacl) a
      where ${OURS} and (a.grantee = 0 or a.grantee = 'anon'::regrole) and not (n.nspname = 'public' and a.privilege_type = 'USAGE')
      order by 1`)).toEqual(VISITOR_FUNCTIONS.map((name) => `public.${name}`))
  })

  it('keeps the private schema closed: its name cannot be said, and no column of it is readable', async () => {
    const [row] = await db().query<{ usage: boolean; columns: number }>(`
      select has_schema_privilege('authenticated', 'private', 'usage') as usage,
        (select count(*)::int from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
         where n.nspname = 'private' and c.relkind = 'r' and a.attnum > 0
           and (has_column_privilege('authenticated', c.oid, a.attnum, 'select') or has_column_privilege('anon', c.oid, a.attnum, 'select'))) as columns`)
    expect(row).toEqual({ usage: false, columns: 0 })
  })

  it('has an index on every foreign key of a large table', async () => {
    expect(await names(`
      select c.conrelid::regclass || '(' || string_agg(a.attname, ',') || ')' as name
      from pg_constraint c
      join pg_attribute a on a.attrelid = c.conrelid and a.attnum = any (c.conkey)
      where c.contype = 'f' and c.conrelid::regclass::text in ('households', 'residents', 'buildings', 'members')
        and a.attname in ('building_id', 'household_id', 'cell_id', 'community_id')
        and not exists (select from pg_index i where i.indrelid = c.conrelid and i.indkey[0] = c.conkey[1])
      group by c.conrelid, c.oid`)).toEqual([])
  })
})
