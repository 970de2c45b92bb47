-- A draft on its way to the map: drafted, submitted, approved or returned, with comments; limited to communities where a secretary
-- opened it. A submitted draft rests; an edit after approval takes the approval back.

create type public.plan_stage as enum ('drafting', 'submitted', 'approved', 'returned');
comment on type public.plan_stage is 'Where a draft stands before it is published.';

alter table public.plans
  add column stage public.plan_stage not null default 'drafting',
  add column stage_by uuid references public.people (id),
  add column stage_at timestamptz,
  add column submitted_by uuid references public.people (id),
  add column community_ids int[] check (pg_catalog.cardinality(community_ids) > 0);
comment on column public.plans.stage is 'Where a draft stands: being drawn, submitted and at rest, approved, or returned with a comment.';
comment on column public.plans.stage_by is 'Who brought it there.';
comment on column public.plans.stage_at is 'When it came there.';
comment on column public.plans.submitted_by is 'Who submitted it last; null where nobody did.';
comment on column public.plans.community_ids is 'Communities it may change; null is the whole land.';

-- ── comments and acts: append-only ────────────────────────────────────────────────────────────────────────────────
create table public.plan_comments (
  id int generated always as identity primary key,
  plan_id uuid not null references public.plans (id),
  act text not null default 'comment' check (act in ('comment', 'submitted', 'withdrawn', 'approved', 'returned', 'reopened', 'published')),
  grid_id uuid,
  text text not null default '' check (pg_catalog.length(text) <= 1000 and (act not in ('comment', 'returned') or text <> '')),
  revision int not null,
  person_id uuid references public.people (id),
  at timestamptz not null default clock_timestamp()
);
comment on table public.plan_comments is 'What was said of a plan and done with it, in order. Append-only.';
comment on column public.plan_comments.id is 'Identity.';
comment on column public.plan_comments.plan_id is 'Plan.';
comment on column public.plan_comments.act is 'comment, or the act it was said with; reopened: an edit took the approval back.';
comment on column public.plan_comments.grid_id is 'Grid it is pinned to; null for the plan.';
comment on column public.plan_comments.text is 'Words; a comment and a return have some.';
comment on column public.plan_comments.revision is 'Revision of the plan it speaks of.';
comment on column public.plan_comments.person_id is 'Who.';
comment on column public.plan_comments.at is 'When.';
create index plan_comments_plan on public.plan_comments (plan_id);
create trigger append_only before update or delete on public.plan_comments for each row execute function private.refuse_change();
create trigger append_only_truncate before truncate on public.plan_comments for each statement execute function private.refuse_change();

-- ── snapshots: a plan as it was, by name; what they hold lies apart, for not all who see the plan see all of it ───
create table public.plan_snapshots (
  id int generated always as identity primary key,
  plan_id uuid not null references public.plans (id),
  kind text not null check (kind in ('named', 'submitted', 'approved', 'published', 'rebased')),
  name text not null default '' check (pg_catalog.length(name) <= 60 and (kind <> 'named' or name <> '')),
  revision int not null,
  person_id uuid references public.people (id),
  at timestamptz not null default clock_timestamp()
);
comment on table public.plan_snapshots is 'Plans as they were at a moment, to go back to. Append-only.';
comment on column public.plan_snapshots.id is 'Identity.';
comment on column public.plan_snapshots.plan_id is 'Plan.';
comment on column public.plan_snapshots.kind is 'named by a person, or taken by the act of that name; rebased: just before the draft went to another edition.';
comment on column public.plan_snapshots.name is 'Name given by a person.';
comment on column public.plan_snapshots.revision is 'Revision it shows.';
comment on column public.plan_snapshots.person_id is 'Who took it.';
comment on column public.plan_snapshots.at is 'When.';
create index plan_snapshots_plan on public.plan_snapshots (plan_id);
create trigger append_only before update or delete on public.plan_snapshots for each row execute function private.refuse_change();
create trigger append_only_truncate before truncate on public.plan_snapshots for each statement execute function private.refuse_change();

create table private.plan_snapshot_documents (
  snapshot_id int primary key references public.plan_snapshots (id),
  document jsonb not null
);
comment on table private.plan_snapshot_documents is 'What snapshots hold: the answer of plan_document at that moment. Append-only.';
comment on column private.plan_snapshot_documents.snapshot_id is 'Snapshot.';
comment on column private.plan_snapshot_documents.document is 'The plan as plan_document gives it to who sees it whole.';
create trigger append_only before update or delete on private.plan_snapshot_documents for each row execute function private.refuse_change();
create trigger append_only_truncate before truncate on private.plan_snapshot_documents for each statement execute function private.refuse_change();
insert into public.data_register (schema_name, table_name, column_name, class, mask, retention_days, retention_basis) values
  ('private', 'plan_snapshot_documents', 'snapshot_id', 'technical', 'hidden', null, 'with the plan'),
  ('private', 'plan_snapshot_documents', 'document', 'technical', 'hidden', null, 'with the plan');

-- ── who sees and who writes ───────────────────────────────────────────────────────────────────────────────────────
create function private.my_plan_communities(p_land int) returns int[] language sql stable security definer set search_path = '' as $$
  select array_agg(u.id order by u.id)
  from public.lands l
  join public.org_units street on street.id = l.org_unit_id
  join public.org_units u on u.level = 'community' and u.path operator(extensions.<@) street.path
  where l.id = p_land and u.id in (select private.my_units_as('community_secretary'))
$$;
comment on function private.my_plan_communities(int) is 'Communities of a land for which the caller may draft as their secretary; null for none.';

create function private.sees_plan(p_plan public.plans) returns boolean language sql stable security definer set search_path = '' as $$
  select coalesce(p_plan.land_id in (select private.my_whole_lands())
    or p_plan.community_ids <@ private.my_plan_communities(p_plan.land_id), false)
$$;
comment on function private.sees_plan(public.plans) is 'Whether the caller sees a plan: its land whole, or all the communities it is limited to as their secretary.';

create or replace function private.require_plan(p_plan uuid) returns public.plans language plpgsql security definer set search_path = '' as $$
declare
  v_plan public.plans;
begin
  select * into v_plan from public.plans p where p.id = p_plan for update;
  if not found or not coalesce(private.may_redesign(v_plan.land_id)
    or v_plan.community_ids <@ private.my_plan_communities(v_plan.land_id), false) then
    perform private.fail('not_allowed');
  end if;
  return v_plan;
end
$$;
comment on function private.require_plan(uuid) is
  'The plan, locked, if the caller may write it: who may redesign the land, or the secretary of all communities it is limited to; not_allowed else, '
  'also where there is none.';

create policy "plans limited to one's communities, for their secretaries" on public.plans for select to authenticated
  using (community_ids <@ (select array_agg(u.id) from private.my_units_as('community_secretary') as u(id)));
-- Who sees a plan but not its land sees the part in his or her communities. Cells below 0 are the plan's own.
drop policy "grids of the plans one sees" on public.plan_grids;
create policy "grids of the plans one sees" on public.plan_grids for select to authenticated
  using (plan_id in (select p.id from public.plans p where p.land_id in (select private.my_whole_lands()))
    or (plan_id in (select p.id from public.plans p) and community_id in (select private.my_communities())));
drop policy "cells of the plans one sees" on public.plan_cells;
create policy "cells of the plans one sees" on public.plan_cells for select to authenticated
  using (plan_id in (select p.id from public.plans p where p.land_id in (select private.my_whole_lands()))
    or (plan_id in (select p.id from public.plans p) and (cell_id < 0 or cell_id in (select private.my_cells()))));

alter table public.plan_comments enable row level security;
alter table public.plan_snapshots enable row level security;
alter table private.plan_snapshot_documents enable row level security;
revoke all on public.plan_comments, public.plan_snapshots, private.plan_snapshot_documents from public, anon, authenticated, service_role;
create policy "comments on the plans one sees" on public.plan_comments for select to authenticated
  using (plan_id in (select p.id from public.plans p));
create policy "snapshots of the plans one sees" on public.plan_snapshots for select to authenticated
  using (plan_id in (select p.id from public.plans p));
grant select on public.plan_comments, public.plan_snapshots to authenticated;

-- ── the rule of a street: a setting ───────────────────────────────────────────────────────────────────────────────
alter table public.settings drop constraint settings_key_check;
alter table public.settings add constraint settings_key_check check (key in ('grid_limits', 'idle_minutes', 'reveals_per_day', 'plan_rule'));

create function private.plan_rule(p_land int) returns jsonb language sql stable set search_path = '' as $$
  select '{"approvalRequired": false, "officerPublishes": true}'::jsonb || coalesce((
    select s.value
    from public.lands l
    join public.org_units here on here.id = l.org_unit_id
    join public.org_units above on above.path operator(extensions.@>) here.path
    join public.settings s on s.org_unit_id = above.id and s.key = 'plan_rule'
    where l.id = p_land
    order by extensions.nlevel(above.path) desc
    limit 1), '{}')
$$;
comment on function private.plan_rule(int) is
  'How plans of a land come into force → {approvalRequired, officerPublishes}: the street''s own rule, else of the nearest unit above, else no '
  'approval, and the street officer publishes.';

alter function private.require_valid_setting(text, jsonb) rename to require_valid_measure;
create function private.require_valid_setting(p_key text, p_value jsonb) returns void language plpgsql set search_path = '' as $$
begin
  if p_key is distinct from 'plan_rule' then
    perform private.require_valid_measure(p_key, p_value);
  elsif pg_catalog.jsonb_typeof(p_value -> 'approvalRequired') is distinct from 'boolean'
    or pg_catalog.jsonb_typeof(p_value -> 'officerPublishes') is distinct from 'boolean' then
    perform private.fail('setting_invalid', pg_catalog.jsonb_build_object('key', p_key));
  end if;
end
$$;
comment on function private.require_valid_setting(text, jsonb) is 'setting_invalid unless key and value are of a setting.';
comment on function private.require_valid_measure(text, jsonb) is 'setting_invalid unless key and value are of a setting that holds numbers.';

create function private.plan_approvers(p_plan public.plans) returns jsonb language sql stable set search_path = '' as $$
  select coalesce(pg_catalog.jsonb_agg(distinct e.name_masked), '[]')
  from public.lands l
  join public.org_units street on street.id = l.org_unit_id
  join public.org_units home on home.path operator(extensions.@>) street.path
  join public.posts o on o.org_unit_id = home.id and o.role in ('street_officer', 'district_admin')
    and o.valid_from <= current_date and (o.valid_to is null or o.valid_to >= current_date)
  join public.people e on e.id = o.person_id and e.active
  where l.id = p_plan.land_id and e.id is distinct from p_plan.submitted_by
$$;
comment on function private.plan_approvers(public.plans) is 'Masked names of those who may approve a plan: officers of the street and administrators above, less who submitted it.';
