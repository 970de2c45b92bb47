-- Who keeps contact with whom: links with validity, editions by community, plans of assignment, terms, kinships and interests.

create type public.contact_kind as enum ('household', 'frail_care', 'group_leader', 'committee', 'building');
comment on type public.contact_kind is
  'Links of the chain that a member holds: to a household, to a frail member, to a member of the own party group, to a party group, to a building.';
create type public.assignment_mode as enum ('household', 'building');
comment on type public.assignment_mode is 'How households of a community are shared out: one by one, or whole buildings where members are few.';

-- ── settings ──────────────────────────────────────────────────────────────────────────────────────────────────────
alter table public.settings drop constraint settings_key_check;
alter table public.settings add constraint settings_key_check
  check (key in ('grid_limits', 'idle_minutes', 'reveals_per_day', 'plan_rule', 'assignment', 'notice_masking'));
comment on column public.settings.key is
  'grid_limits, idle_minutes, reveals_per_day, plan_rule; assignment: limits and weights of assigning households; notice_masking: how names stand on notices.';

-- ── what members are ──────────────────────────────────────────────────────────────────────────────────────────────
alter table public.members
  add column committee boolean not null default false,
  add column group_leader boolean not null default false;
comment on column public.members.committee is 'Whether the member answers for a party group as one of the committee; kept by the links of that kind.';
comment on column public.members.group_leader is 'Whether the member leads members of the own party group; kept by the links of that kind.';

create table public.member_terms (
  member_id int primary key references public.members (id) on delete cascade,
  exempt_reason text check (exempt_reason in ('aged_70', 'seriously_ill', 'long_away', 'other')),
  note text not null default '' check (length(note) <= 200),
  min_households int check (min_households between 0 and 10000),
  max_households int check (max_households between 0 and 10000),
  reach_m int check (reach_m >= 0),
  updated_at timestamptz not null default clock_timestamp(),
  updated_by uuid references public.people (id),
  check (min_households <= max_households)
);
comment on table public.member_terms is 'What a member can carry, where it differs from what the settings say; who has no row goes by the settings.';
comment on column public.member_terms.member_id is 'Whose.';
comment on column public.member_terms.exempt_reason is 'Why the member carries no households: aged_70, seriously_ill, long_away or other; null where he or she does.';
comment on column public.member_terms.note is 'What the reason is in words; of other reasons.';
comment on column public.member_terms.min_households is 'Fewest households; null as the settings say.';
comment on column public.member_terms.max_households is 'Most households; null as the settings say.';
comment on column public.member_terms.reach_m is 'Farthest walk to a household, metres; 0 the own building only; null any.';
comment on column public.member_terms.updated_at is 'When it was last changed.';
comment on column public.member_terms.updated_by is 'Who last changed it; null for the system.';

create table public.kinships (
  member_id int not null references public.members (id) on delete cascade,
  household_id int not null references public.households (id) on delete cascade,
  relation text not null default '' check (length(relation) <= 20),
  primary key (member_id, household_id)
);
comment on table public.kinships is 'Kin of members who live in another household: a tie to be kept where it can be.';
comment on column public.kinships.member_id is 'Member.';
comment on column public.kinships.household_id is 'Household of the kin.';
comment on column public.kinships.relation is 'What they are to each other; empty where not told.';
create index kinships_household on public.kinships (household_id);

create table public.household_interests (
  household_id int not null references public.households (id) on delete cascade,
  interest smallint not null check (interest between 0 and 31),
  primary key (household_id, interest)
);
comment on table public.household_interests is 'Interests of households, to bring them together with members who share them.';
comment on column public.household_interests.household_id is 'Household.';
comment on column public.household_interests.interest is 'Position in the list of interests of the setting assignment, from 0.';

create table public.member_interests (
  member_id int not null references public.members (id) on delete cascade,
  interest smallint not null check (interest between 0 and 31),
  primary key (member_id, interest)
);
comment on table public.member_interests is 'Interests of members.';
comment on column public.member_interests.member_id is 'Member.';
comment on column public.member_interests.interest is 'Position in the list of interests of the setting assignment, from 0.';

-- ── plans ─────────────────────────────────────────────────────────────────────────────────────────────────────────
create table public.assignment_plans (
  id uuid primary key default gen_random_uuid(),
  land_id int not null references public.lands (id),
  org_unit_id int not null references public.org_units (id),
  number int not null check (number > 0),
  title text not null check (title <> ''),
  status public.plan_status not null default 'draft',
  community_ids int[] not null check (cardinality(community_ids) > 0),
  base_numbers int[] not null,
  revision int not null default 0 check (revision >= 0),
  aims jsonb,
  created_by uuid references public.people (id),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  published_at timestamptz,
  unique (land_id, number),
  check (cardinality(base_numbers) = cardinality(community_ids))
);
comment on table public.assignment_plans is
  'A proposed assignment of the households of a unit (分派方案). Its edits are kept, its current state stands in assignment_ties and the tables beside it.';
comment on column public.assignment_plans.id is 'Identity.';
comment on column public.assignment_plans.land_id is 'Land of the street.';
comment on column public.assignment_plans.org_unit_id is 'Unit it is for: a community, or a street with all its communities.';
comment on column public.assignment_plans.number is 'Running number within the land, as people say it.';
comment on column public.assignment_plans.title is 'Title given by its author.';
comment on column public.assignment_plans.status is 'Where it stands.';
comment on column public.assignment_plans.community_ids is 'Communities it covers, ascending.';
comment on column public.assignment_plans.base_numbers is
  'By community: number of the edition it stands on, 0 for none; publishing asks that it still is the one in force.';
comment on column public.assignment_plans.revision is 'Grows by one with each save; a save names the revision it builds on.';
comment on column public.assignment_plans.aims is 'Limits and weights of this plan alone, as the setting assignment; null for those of the street.';
comment on column public.assignment_plans.created_by is 'Author.';
comment on column public.assignment_plans.created_at is 'When it was opened.';
comment on column public.assignment_plans.updated_at is 'When it was last saved.';
comment on column public.assignment_plans.published_at is 'When it came into force.';
create index assignment_plans_drafts on public.assignment_plans (land_id) where status = 'draft';

create table public.assignment_ties (
  plan_id uuid not null references public.assignment_plans (id),
  household_id int not null references public.households (id),
  member_id int references public.members (id),
  pinned boolean not null default false,
  primary key (plan_id, household_id),
  check (member_id is not null or pinned)
);
comment on table public.assignment_ties is 'The column household → member of a plan as of its last revision. A household without a row has nobody and is not pinned.';
comment on column public.assignment_ties.plan_id is 'Plan.';
comment on column public.assignment_ties.household_id is 'Household.';
comment on column public.assignment_ties.member_id is 'Who carries it; null for nobody.';
comment on column public.assignment_ties.pinned is 'Whether it stays so whatever a solver says.';
create index assignment_ties_household on public.assignment_ties (household_id);
create index assignment_ties_member on public.assignment_ties (member_id);

create table public.assignment_care (
  plan_id uuid not null references public.assignment_plans (id),
  frail_member_id int not null references public.members (id),
  member_id int not null references public.members (id),
  primary key (plan_id, frail_member_id)
);
comment on table public.assignment_care is 'Who cares for which frail member in a plan, as of its last revision.';
comment on column public.assignment_care.plan_id is 'Plan.';
comment on column public.assignment_care.frail_member_id is 'Who is cared for.';
comment on column public.assignment_care.member_id is 'Who cares.';
create index assignment_care_frail on public.assignment_care (frail_member_id);
create index assignment_care_member on public.assignment_care (member_id);

create table public.assignment_exclusions (
  plan_id uuid not null references public.assignment_plans (id),
  member_id int not null references public.members (id),
  household_id int not null references public.households (id),
  reason text not null check (btrim(reason) <> '' and length(reason) <= 500),
  primary key (plan_id, member_id, household_id)
);
comment on table public.assignment_exclusions is 'Pairs that may not be in a plan, as of its last revision.';
comment on column public.assignment_exclusions.plan_id is 'Plan.';
comment on column public.assignment_exclusions.member_id is 'Member.';
comment on column public.assignment_exclusions.household_id is 'Household the member may not carry.';
comment on column public.assignment_exclusions.reason is 'Why not.';
create index assignment_exclusions_household on public.assignment_exclusions (household_id);
create index assignment_exclusions_member on public.assignment_exclusions (member_id);

create table public.assignment_terms (
  plan_id uuid not null references public.assignment_plans (id),
  member_id int not null references public.members (id),
  exempt_reason text check (exempt_reason in ('aged_70', 'seriously_ill', 'long_away', 'other')),
  min_households int check (min_households between 0 and 10000),
  max_households int check (max_households between 0 and 10000),
  reach_m int check (reach_m >= 0),
  primary key (plan_id, member_id),
  check (min_households <= max_households)
);
comment on table public.assignment_terms is 'Terms of members where a plan changes them, as of its last revision; publication registers them.';
comment on column public.assignment_terms.plan_id is 'Plan.';
comment on column public.assignment_terms.member_id is 'Member.';
comment on column public.assignment_terms.exempt_reason is 'Why the member carries no households; null where he or she does.';
comment on column public.assignment_terms.min_households is 'Fewest households; null as the settings say.';
comment on column public.assignment_terms.max_households is 'Most households; null as the settings say.';
comment on column public.assignment_terms.reach_m is 'Farthest walk to a household, metres; 0 the own building only; null any.';
create index assignment_terms_member on public.assignment_terms (member_id);

create table public.assignment_modes (
  plan_id uuid not null references public.assignment_plans (id),
  community_id int not null references public.org_units (id),
  mode public.assignment_mode not null,
  primary key (plan_id, community_id)
);
comment on table public.assignment_modes is 'How a plan shares out the households of a community; without a row one by one.';
comment on column public.assignment_modes.plan_id is 'Plan.';
comment on column public.assignment_modes.community_id is 'Community.';
comment on column public.assignment_modes.mode is 'One by one, or whole buildings.';

create table public.assignment_edits (
  plan_id uuid not null references public.assignment_plans (id),
  revision int not null check (revision > 0),
  seq int not null check (seq >= 0),
  delta jsonb not null,
  note jsonb not null default '{}',
  person_id uuid references public.people (id),
  at timestamptz not null default clock_timestamp(),
  primary key (plan_id, revision, seq)
);
comment on table public.assignment_edits is 'Every edit of every plan of assignment, as a reversible delta. Append-only.';
comment on column public.assignment_edits.plan_id is 'Plan.';
comment on column public.assignment_edits.revision is 'Revision it led to.';
comment on column public.assignment_edits.seq is 'Order within the revision, from 0.';
comment on column public.assignment_edits.delta is '{ties:[{household, from, to}], pins?, care?, exclusions?, terms?, modes?, aims?} in database ids.';
comment on column public.assignment_edits.note is 'What history calls it: {key, values}.';
comment on column public.assignment_edits.person_id is 'Who made it.';
comment on column public.assignment_edits.at is 'When it was saved.';

create table public.assignment_waivers (
  id int generated always as identity primary key,
  plan_id uuid not null references public.assignment_plans (id),
  code text not null check (code in ('household_unserved', 'member_above_max', 'frail_without_carer')),
  community_id int references public.org_units (id),
  member_id int references public.members (id),
  reason text not null check (length(btrim(reason)) >= 4),
  person_id uuid references public.people (id),
  at timestamptz not null default clock_timestamp(),
  check ((member_id is not null) = (code = 'member_above_max') and (community_id is null) = (code = 'member_above_max'))
);
comment on table public.assignment_waivers is 'Reasons given for errors of an assignment that may stand. Append-only.';
comment on column public.assignment_waivers.id is 'Identity.';
comment on column public.assignment_waivers.plan_id is 'Plan.';
comment on column public.assignment_waivers.code is 'Code of the finding that is waived.';
comment on column public.assignment_waivers.community_id is 'Community it concerns; null for a member.';
comment on column public.assignment_waivers.member_id is 'Member it concerns; null for a community.';
comment on column public.assignment_waivers.reason is 'Why it may stand, at least four characters.';
comment on column public.assignment_waivers.person_id is 'Who gave the reason.';
comment on column public.assignment_waivers.at is 'When.';
create index assignment_waivers_plan on public.assignment_waivers (plan_id);

do $append_only$
declare
  v_table text;
begin
  foreach v_table in array array['assignment_edits', 'assignment_waivers'] loop
    execute pg_catalog.format('create trigger append_only before update or delete on public.%I for each row execute function private.refuse_change()', v_table);
    execute pg_catalog.format('create trigger append_only_truncate before truncate on public.%I for each statement execute function private.refuse_change()', v_table);
  end loop;
end
$append_only$;

-- ── editions and links ────────────────────────────────────────────────────────────────────────────────────────────
create table public.assignment_editions (
  id int generated by default as identity primary key,
  community_id int not null references public.org_units (id),
  number int not null check (number > 0),
  plan_id uuid references public.assignment_plans (id),
  mode public.assignment_mode not null default 'household',
  valid_from timestamptz not null default clock_timestamp(),
  valid_to timestamptz,
  published_by uuid references public.people (id),
  note text not null default '',
  households int not null default 0,
  served_households int not null default 0,
  changed_households int not null default 0,
  changed_care int not null default 0,
  changed_terms int not null default 0,
  unique (community_id, number),
  check (valid_to >= valid_from)
);
comment on table public.assignment_editions is 'Editions of the assignment of a community; one at most has no end.';
comment on column public.assignment_editions.id is 'Identity.';
comment on column public.assignment_editions.community_id is 'Community.';
comment on column public.assignment_editions.number is 'Running number within the community.';
comment on column public.assignment_editions.plan_id is 'Plan that was published; null for the first, which came with the land.';
comment on column public.assignment_editions.mode is 'How its households were shared out.';
comment on column public.assignment_editions.valid_from is 'In force from this moment.';
comment on column public.assignment_editions.valid_to is 'In force until just before this moment; null while in force.';
comment on column public.assignment_editions.published_by is 'Who published it.';
comment on column public.assignment_editions.note is 'Title of the plan, or where the first ties came from.';
comment on column public.assignment_editions.households is 'Households of the community when it was published.';
comment on column public.assignment_editions.served_households is 'Those of them that somebody carries.';
comment on column public.assignment_editions.changed_households is 'Households whose member differs from just before.';
comment on column public.assignment_editions.changed_care is 'Frail members whose carer differs from just before.';
comment on column public.assignment_editions.changed_terms is 'Members whose registered terms differ from just before.';
create unique index assignment_editions_in_force on public.assignment_editions (community_id) where valid_to is null;
create index assignment_editions_plan on public.assignment_editions (plan_id);

create table public.contact_links (
  id int generated by default as identity primary key,
  kind public.contact_kind not null,
  community_id int not null references public.org_units (id),
  member_id int not null references public.members (id),
  household_id int references public.households (id),
  frail_member_id int references public.members (id),
  party_group_id int references public.org_units (id),
  building_id int references public.buildings (id) on delete set null,
  led_member_id int references public.members (id),
  valid_from timestamptz not null default clock_timestamp(),
  valid_to timestamptz,
  edition_id int references public.assignment_editions (id),
  plan_id uuid references public.assignment_plans (id),
  check (valid_to >= valid_from),
  -- One target and no other, the one of its kind; a building that was pulled down is gone from links that have ended.
  check (num_nonnulls(household_id, frail_member_id, party_group_id, building_id, led_member_id) = 1
    or (kind = 'building' and valid_to is not null and num_nonnulls(household_id, frail_member_id, party_group_id, building_id, led_member_id) = 0)),
  check (case kind
    when 'household' then household_id is not null
    when 'frail_care' then frail_member_id is not null
    when 'committee' then party_group_id is not null
    when 'group_leader' then led_member_id is not null
    else building_id is not null or valid_to is not null end)
);
comment on table public.contact_links is
  'Who keeps contact with whom, from when to when: each household, frail member, party group, building and led member has at most one link in force of its '
  'kind. A link that stays from edition to edition stays the same row.';
comment on column public.contact_links.id is 'Identity.';
comment on column public.contact_links.kind is 'What is held: the target follows from it.';
comment on column public.contact_links.community_id is 'Community of the target, here too so that territory is checked without a join.';
comment on column public.contact_links.member_id is 'Who is responsible.';
comment on column public.contact_links.household_id is 'Household, of kind household.';
comment on column public.contact_links.frail_member_id is 'Frail member cared for, of kind frail_care.';
comment on column public.contact_links.party_group_id is 'Party group the member answers for as one of the committee, of kind committee.';
comment on column public.contact_links.building_id is 'Building, of kind building; null where it has been pulled down since the link ended.';
comment on column public.contact_links.led_member_id is 'Member of the group who is led, of kind group_leader.';
comment on column public.contact_links.valid_from is 'In force from this moment.';
comment on column public.contact_links.valid_to is 'In force until just before this moment; null while in force.';
comment on column public.contact_links.edition_id is 'Edition it began with; null where it came about otherwise.';
comment on column public.contact_links.plan_id is 'Plan it began with; null where it came about otherwise.';
create unique index contact_links_one_household on public.contact_links (household_id) where valid_to is null and household_id is not null;
create unique index contact_links_one_carer on public.contact_links (frail_member_id) where valid_to is null and frail_member_id is not null;
create unique index contact_links_one_committee on public.contact_links (party_group_id) where valid_to is null and party_group_id is not null;
create unique index contact_links_one_building on public.contact_links (building_id) where valid_to is null and building_id is not null;
create unique index contact_links_one_leader on public.contact_links (led_member_id) where valid_to is null and led_member_id is not null;
create index contact_links_member on public.contact_links (member_id) where valid_to is null;
create index contact_links_community on public.contact_links (community_id, kind, valid_from);
create index contact_links_household on public.contact_links (household_id) where household_id is not null;
create index contact_links_frail on public.contact_links (frail_member_id) where frail_member_id is not null;
create index contact_links_led on public.contact_links (led_member_id) where led_member_id is not null;
create index contact_links_building on public.contact_links (building_id) where building_id is not null;

-- ── who sees it ───────────────────────────────────────────────────────────────────────────────────────────────────
do $rls$
declare
  v_table text;
begin
  foreach v_table in array array['member_terms', 'kinships', 'household_interests', 'member_interests', 'assignment_plans', 'assignment_ties',
    'assignment_care', 'assignment_exclusions', 'assignment_terms', 'assignment_modes', 'assignment_edits', 'assignment_waivers',
    'assignment_editions', 'contact_links'] loop
    execute pg_catalog.format('alter table public.%I enable row level security', v_table);
    execute pg_catalog.format('revoke all on public.%I from public, anon, authenticated, service_role', v_table);
    execute pg_catalog.format('grant select on public.%I to authenticated', v_table);
  end loop;
end
$rls$;

create policy "terms of the members one sees" on public.member_terms for select to authenticated
  using (member_id in (select m.id from public.members m));
create policy "kinships between members and households one sees" on public.kinships for select to authenticated
  using (household_id in (select h.id from public.households h) and member_id in (select m.id from public.members m));
create policy "interests of the households one sees" on public.household_interests for select to authenticated
  using (household_id in (select h.id from public.households h));
create policy "interests of the members one sees" on public.member_interests for select to authenticated
  using (member_id in (select m.id from public.members m));
create policy "plans of assignment of nothing but one's communities" on public.assignment_plans for select to authenticated
  using (community_ids <@ (select array_agg(c.id) from private.my_household_communities() as c(id)));
create policy "ties of the plans one sees" on public.assignment_ties for select to authenticated
  using (plan_id in (select p.id from public.assignment_plans p));
create policy "care of the plans one sees" on public.assignment_care for select to authenticated
  using (plan_id in (select p.id from public.assignment_plans p));
create policy "exclusions of the plans one sees" on public.assignment_exclusions for select to authenticated
  using (plan_id in (select p.id from public.assignment_plans p));
create policy "terms of the plans one sees" on public.assignment_terms for select to authenticated
  using (plan_id in (select p.id from public.assignment_plans p));
create policy "modes of the plans one sees" on public.assignment_modes for select to authenticated
  using (plan_id in (select p.id from public.assignment_plans p));
create policy "edits of the plans one sees" on public.assignment_edits for select to authenticated
  using (plan_id in (select p.id from public.assignment_plans p));
create policy "waivers of the plans one sees" on public.assignment_waivers for select to authenticated
  using (plan_id in (select p.id from public.assignment_plans p));
create policy "editions of the communities whose households one sees" on public.assignment_editions for select to authenticated
  using (community_id in (select private.my_household_communities()));
create function private.my_grid_links() returns setof int language sql stable security definer rows 100 set search_path = '' as $$
  with building as materialized (select b.id from private.my_grid_buildings() as b(id))
  select l.id from building b join public.households h on h.building_id = b.id join public.contact_links l on l.household_id = h.id
  union all
  select l.id from building b join public.members m on m.building_id = b.id join public.contact_links l on l.frail_member_id = m.id
  union all
  select l.id from building b join public.members m on m.building_id = b.id join public.contact_links l on l.led_member_id = m.id
  union all
  select l.id from building b join public.contact_links l on l.building_id = b.id
$$;
comment on function private.my_grid_links() is 'Links to households, members and buildings of the caller''s own grid, for grid leaders and workers.';
revoke all on function private.my_grid_links() from public, anon, authenticated, service_role;
grant execute on function private.my_grid_links() to authenticated;
create policy "links of one's communities, or to what is in one's own grid" on public.contact_links for select to authenticated
  using (community_id in (select private.my_household_communities()) or id in (select private.my_grid_links()));

-- ── the register of personal data ─────────────────────────────────────────────────────────────────────────────────
alter table public.data_register drop constraint data_register_class_check;
alter table public.data_register add constraint data_register_class_check check (class in (
  'name', 'phone', 'id_number', 'health', 'track', 'relation', 'credential', 'account', 'import', 'technical'));
comment on column public.data_register.class is
  'name, phone, id_number; health (and vulnerability) and track (where someone went) are sensitive; relation tells who is kin, likes or looks after whom; '
  'credential opens accounts; account tells how one is used; import is what arrived and is not entered yet; technical tells nothing of anybody.';
insert into public.data_register (schema_name, table_name, column_name, class, mask, retention_days, retention_basis) values
  ('public', 'members', 'exempt_reason', 'health', 'one of four reasons', null, 'with the member, or until erased on request'),
  ('public', 'member_terms', 'exempt_reason', 'health', 'one of four reasons', null, 'with the member, or until erased on request'),
  ('public', 'member_terms', 'note', 'health', 'in words', null, 'with the member, or until erased on request'),
  ('public', 'kinships', 'relation', 'relation', 'in words', null, 'with the kinship, or until either is erased on request'),
  ('public', 'household_interests', 'interest', 'relation', 'by number', null, 'with the household, or until its head is erased on request'),
  ('public', 'member_interests', 'interest', 'relation', 'by number', null, 'with the member, or until erased on request'),
  ('public', 'contact_links', 'member_id', 'relation', 'who, by identity', null, 'for good: who was responsible'),
  ('public', 'assignment_exclusions', 'reason', 'relation', 'in words', null, 'with the plan');
