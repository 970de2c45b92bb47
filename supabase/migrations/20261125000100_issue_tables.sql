-- The four slips: words, clock and working days, slips with their history, links, photos and reporters, and who sees them.

create type public.issue_state as enum ('reported', 'claimed', 'supervised', 'published');
comment on type public.issue_state is 'The four slips (四单): reported by the people, claimed by a cadre, supervised by the community, published.';
create type public.issue_level as enum ('grid', 'community', 'street', 'district');
comment on type public.issue_level is 'Who answers for a slip, from the bottom up.';
create type public.issue_outcome as enum ('solved', 'explained', 'duplicate', 'withdrawn');
comment on type public.issue_outcome is
  'How a slip ended: settled; explained, where policy forbids what was asked; the same as another; taken back by who reported it.';
create type public.issue_source as enum ('public', 'worker', 'member', 'reception');
comment on type public.issue_source is 'By which way a slip came: the public page, somebody at work in the grid, a member, the reception day.';
create type public.issue_category as enum (
  'sanitation', 'property', 'facilities', 'noise', 'safety', 'fire', 'parking', 'greening', 'dispute', 'welfare', 'policy', 'other');
comment on type public.issue_category is 'Kinds of matters; deadlines go by them.';
create type public.issue_act as enum (
  'claim', 'assign', 'progress', 'supervise', 'remind', 'finish', 'return', 'close', 'explain', 'mark_duplicate', 'escalate', 'hand_down',
  'reopen', 'rate', 'publish', 'unpublish', 'withdraw');
comment on type public.issue_act is 'What is done with a slip after it was reported; see private.issue_act_rules.';

-- ── clock and working days ────────────────────────────────────────────────────────────────────────────────────────
create function private.clock() returns timestamptz language sql stable set search_path = '' as $$
  select pg_catalog.now() + pg_catalog.make_interval(
    secs => coalesce(nullif(pg_catalog.current_setting('gewu.clock_shift_s', true), '')::float8, 0))
$$;
comment on function private.clock() is
  'The time rules of issues go by: that of the transaction, moved by the seconds in gewu.clock_shift_s, which a connection is given by the server or a '
  'test and no request can set.';

create table public.work_days (
  day date primary key,
  is_working boolean not null,
  name text not null default '' check (length(name) <= 40)
);
comment on table public.work_days is 'Days that differ from the week: public holidays, and weekend days worked instead. All others: Monday to Friday are worked.';
comment on column public.work_days.day is 'Day, in the time of Shanghai.';
comment on column public.work_days.is_working is 'Whether it is worked.';
comment on column public.work_days.name is 'Holiday it belongs to.';

create function private.add_working_days(p_from timestamptz, p_days int) returns timestamptz language sql stable set search_path = '' as $$
  -- Twice the days and a month of them hold so many working days, whatever holidays there are.
  select (d.day + time '18:00') at time zone 'Asia/Shanghai'
  from (select (p_from at time zone 'Asia/Shanghai')::date as first) f
  cross join lateral (
    select f.first + n as day from pg_catalog.generate_series(case when p_days > 0 then 1 else 0 end, 2 * p_days + 31) as n
  ) d
  left join public.work_days w on w.day = d.day
  where coalesce(w.is_working, pg_catalog.date_part('isodow', d.day) < 6)
  order by d.day offset greatest(p_days - 1, 0) limit 1
$$;
comment on function private.add_working_days(timestamptz, int) is
  'End, 18:00 in Shanghai, of the so many-th working day after the day of a moment; 0: of that day, or of the next one worked.';

-- ── the state machine ─────────────────────────────────────────────────────────────────────────────────────────────
create table private.issue_act_rules (
  act public.issue_act primary key,
  from_states public.issue_state[] not null,
  to_state public.issue_state,
  needs text not null check (needs in ('open', 'finished', 'closed')),
  actors text[] not null,
  takes_note boolean not null
);
comment on table private.issue_act_rules is 'The state machine of a slip; the console reads the same table as ISSUE_ACT_RULES to say beforehand what is not open.';
comment on column private.issue_act_rules.act is 'Act.';
comment on column private.issue_act_rules.from_states is 'States it is done in.';
comment on column private.issue_act_rules.to_state is 'State after it; null: as before.';
comment on column private.issue_act_rules.needs is 'open: no outcome yet; finished: a result handed in and no outcome; closed: an outcome.';
comment on column private.issue_act_rules.actors is
  'Who does it: roles whose territory holds the slip and whose level is not below its; handler; reporter, by the slip''s code; system, a rule.';
comment on column private.issue_act_rules.takes_note is 'Whether a few words are required.';
insert into private.issue_act_rules (act, from_states, to_state, needs, actors, takes_note) values
  ('claim', '{reported}', 'claimed', 'open', '{grid_worker,grid_leader,community_secretary,street_officer,district_admin}', false),
  ('assign', '{reported,claimed,supervised}', 'claimed', 'open', '{community_secretary,street_officer,district_admin}', false),
  ('progress', '{claimed,supervised}', null, 'open', '{handler}', true),
  ('supervise', '{claimed}', 'supervised', 'open', '{community_secretary,street_officer,district_admin,system}', false),
  ('remind', '{supervised}', null, 'open', '{community_secretary,street_officer,district_admin}', true),
  ('finish', '{claimed,supervised}', 'supervised', 'open', '{handler}', true),
  ('return', '{supervised}', 'claimed', 'finished', '{community_secretary,street_officer,district_admin}', true),
  ('close', '{supervised}', null, 'finished', '{community_secretary,street_officer,district_admin}', false),
  ('explain', '{claimed,supervised}', 'supervised', 'open', '{community_secretary,street_officer,district_admin}', true),
  ('mark_duplicate', '{reported,claimed,supervised}', 'supervised', 'open', '{grid_leader,community_secretary,street_officer,district_admin}', false),
  ('escalate', '{reported,claimed,supervised}', 'reported', 'open', '{handler,grid_leader,community_secretary,street_officer,system}', true),
  ('hand_down', '{reported,claimed,supervised}', 'reported', 'open', '{community_secretary,street_officer,district_admin}', true),
  ('reopen', '{supervised,published}', 'claimed', 'closed', '{community_secretary,street_officer,district_admin,reporter}', true),
  ('rate', '{supervised,published}', null, 'closed', '{reporter,handler,community_secretary}', false),
  ('publish', '{supervised}', 'published', 'closed', '{community_secretary,street_officer,district_admin}', false),
  ('unpublish', '{published}', 'supervised', 'closed', '{community_secretary,street_officer,district_admin}', true),
  ('withdraw', '{reported}', 'supervised', 'open', '{reporter}', false);

-- ── slips ─────────────────────────────────────────────────────────────────────────────────────────────────────────
create table public.issues (
  id int generated by default as identity primary key,
  number text not null unique check (number ~ '^GZ-[0-9]{4}-[0-9]{4,7}$'),
  land_id int not null references public.lands (id),
  community_id int not null references public.org_units (id),
  building_id int references public.buildings (id) on delete set null,
  grid_id uuid,
  geom extensions.geometry(Point, 4326) not null,
  category public.issue_category not null,
  title text not null check (length(title) between 1 and 80),
  detail text not null default '' check (length(detail) <= 2000),
  state public.issue_state not null default 'reported',
  level public.issue_level not null default 'grid',
  top_level public.issue_level not null default 'grid',
  outcome public.issue_outcome,
  source public.issue_source not null,
  reported_at timestamptz not null,
  claimed_at timestamptz,
  finished_at timestamptz,
  closed_at timestamptz,
  published_at timestamptz,
  due_at timestamptz not null,
  reported_by uuid references public.people (id),
  handler_id uuid references public.people (id),
  satisfaction smallint check (satisfaction between 1 and 5),
  reminders smallint not null default 0 check (reminders between 0 and 255),
  duplicate_of int references public.issues (id),
  household_id int references public.households (id) on delete set null,
  revision int not null default 0 check (revision >= 0),
  check (top_level >= level),
  check ((outcome is null) = (closed_at is null)),
  check ((state = 'published') = (published_at is not null)),
  check (state <> 'published' or outcome is not null),
  check (outcome is null or state in ('supervised', 'published')),
  check (finished_at is null or state in ('supervised', 'published')),
  check (state <> 'claimed' or handler_id is not null),
  check ((outcome is not distinct from 'duplicate') = (duplicate_of is not null)),
  check (duplicate_of <> id)
);
comment on table public.issues is 'Slips of the people (诉求): what, where, who answers, how far it is. Who reported it lives in private.';
comment on column public.issues.id is 'Identity.';
comment on column public.issues.number is 'As people say it: GZ-2026-1187, running within the year.';
comment on column public.issues.land_id is 'Land of the street.';
comment on column public.issues.community_id is 'Community the place lies in.';
comment on column public.issues.building_id is 'Building the place lies in; null outside.';
comment on column public.issues.grid_id is 'Grid in force that holds the place, kept so when an edition is published; null where none does.';
comment on column public.issues.geom is 'Place, WGS84.';
comment on column public.issues.category is 'Kind of the matter.';
comment on column public.issues.title is 'One line, as it was typed.';
comment on column public.issues.detail is 'More words, as they were typed.';
comment on column public.issues.state is 'Which of the four slips it is.';
comment on column public.issues.level is 'Who answers for it now.';
comment on column public.issues.top_level is 'Highest level it ever reached.';
comment on column public.issues.outcome is 'How it ended; null while open.';
comment on column public.issues.source is 'By which way it came.';
comment on column public.issues.reported_at is 'When it was reported.';
comment on column public.issues.claimed_at is 'When it was claimed by, or given to, who handles it now; null while nobody does.';
comment on column public.issues.finished_at is 'When the result was handed in; null while there is none.';
comment on column public.issues.closed_at is 'When it ended; null while open.';
comment on column public.issues.published_at is 'When it was put on the board; null where it is not there.';
comment on column public.issues.due_at is 'End of the last working day it must be settled by at its level.';
comment on column public.issues.reported_by is 'Person who entered it; null for the public page.';
comment on column public.issues.handler_id is 'Person who handles it, or did at its end; null for nobody.';
comment on column public.issues.satisfaction is 'What the reporter gives it, 1 to 5; null where nobody said.';
comment on column public.issues.reminders is 'Reminders so far.';
comment on column public.issues.duplicate_of is 'Slip it is one and the same as.';
comment on column public.issues.household_id is 'Household of who reported it, where told and known.';
comment on column public.issues.revision is 'Grows by one with each act; an act names the revision it saw.';
create index issues_land on public.issues (land_id, reported_at);
create index issues_community on public.issues (community_id, reported_at);
create index issues_grid on public.issues (grid_id);
create index issues_geom on public.issues using gist (geom);
create index issues_building on public.issues (building_id);
create index issues_household on public.issues (household_id) where household_id is not null;
create index issues_open on public.issues (due_at) where outcome is null;
create index issues_handler on public.issues (handler_id) where handler_id is not null;
create index issues_reported_by on public.issues (reported_by) where reported_by is not null;
create index issues_duplicates on public.issues (duplicate_of) where duplicate_of is not null;
create index issues_board on public.issues (land_id, published_at) where state = 'published';

create table private.issue_numbers (
  year int primary key check (year between 2000 and 9999),
  last_number int not null check (last_number >= 0)
);
comment on table private.issue_numbers is 'Last number given to a slip, by year; the row makes two at once take one after the other.';
comment on column private.issue_numbers.year is 'Year, in the time of Shanghai.';
comment on column private.issue_numbers.last_number is 'Last number given.';

create table public.issue_events (
  id int generated by default as identity primary key,
  issue_id int not null references public.issues (id),
  at timestamptz not null,
  person_id uuid references public.people (id),
  actor text not null check (actor ~ '^[a-z_]{3,30}$'),
  act text not null check (act ~ '^[a-z_]{3,30}$'),
  from_state public.issue_state,
  to_state public.issue_state not null,
  from_level public.issue_level,
  to_level public.issue_level not null,
  note text not null default '' check (length(note) <= 1000),
  detail jsonb not null default '{}'
);
comment on table public.issue_events is 'Full history of slips, append-only: how each came to be as it is.';
comment on column public.issue_events.id is 'Identity, ascending in time.';
comment on column public.issue_events.issue_id is 'Slip.';
comment on column public.issue_events.at is 'When.';
comment on column public.issue_events.person_id is 'Who; null for a reporter or a rule.';
comment on column public.issue_events.actor is 'As what: a role, handler, reporter or system.';
comment on column public.issue_events.act is 'report, an act of issue_act, link or unlink.';
comment on column public.issue_events.from_state is 'State before; null of the first event.';
comment on column public.issue_events.to_state is 'State after.';
comment on column public.issue_events.from_level is 'Level before; null of the first event.';
comment on column public.issue_events.to_level is 'Level after.';
comment on column public.issue_events.note is 'Words that were said with it.';
comment on column public.issue_events.detail is 'What else belongs to it: personId it was given to, dueAt, ofIssue, satisfaction, photos (how many).';
create index issue_events_issue on public.issue_events (issue_id, id);
create trigger append_only before update or delete on public.issue_events for each row execute function private.refuse_change();
create trigger append_only_truncate before truncate on public.issue_events for each statement execute function private.refuse_change();

create table public.issue_links (
  issue_id int not null references public.issues (id),
  other_id int not null references public.issues (id),
  kind text not null check (kind in ('duplicate', 'related')),
  at timestamptz not null,
  person_id uuid references public.people (id),
  primary key (issue_id, other_id),
  check (issue_id <> other_id)
);
comment on table public.issue_links is 'Slips that belong together, read from either side; a pair is linked once.';
comment on column public.issue_links.issue_id is 'Slip; the duplicate, of that kind.';
comment on column public.issue_links.other_id is 'Slip it belongs to.';
comment on column public.issue_links.kind is 'duplicate: the same matter; related.';
comment on column public.issue_links.at is 'Since when.';
comment on column public.issue_links.person_id is 'Who linked them.';
create unique index issue_links_pair on public.issue_links (least(issue_id, other_id), greatest(issue_id, other_id));
create index issue_links_other on public.issue_links (other_id);

create table public.issue_photos (
  id int generated by default as identity primary key,
  issue_id int not null references public.issues (id),
  event_id int not null references public.issue_events (id),
  kind text not null check (kind in ('report', 'progress', 'proof')),
  type text not null check (type in ('image/jpeg', 'image/png', 'image/webp')),
  bytes bytea not null check (length(bytes) between 1 and 307200)
);
comment on table public.issue_photos is 'Photos of slips; handed out one by one by issue_photo.';
comment on column public.issue_photos.id is 'Identity.';
comment on column public.issue_photos.issue_id is 'Slip.';
comment on column public.issue_photos.event_id is 'Event it came with.';
comment on column public.issue_photos.kind is 'report: how it is; progress: on the way; proof: how it was settled.';
comment on column public.issue_photos.type is 'Media type, as its first bytes say.';
comment on column public.issue_photos.bytes is 'The image, at most 300 KB, without Exif.';
create index issue_photos_issue on public.issue_photos (issue_id);
create index issue_photos_event on public.issue_photos (event_id);
-- Images do not get smaller by the general compression; not trying saves time.
alter table public.issue_photos alter column bytes set storage external;

create table private.issue_reporters (
  issue_id int primary key references public.issues (id) on delete cascade,
  name text check (length(name) between 1 and 40),
  phone text check (length(phone) between 5 and 20),
  follow_hash bytea unique check (length(follow_hash) = 32)
);
comment on table private.issue_reporters is 'Who reported a slip, in clear; leaves the database only through reveal_issue_reporter.';
comment on column private.issue_reporters.issue_id is 'Slip.';
comment on column private.issue_reporters.name is 'Name as given; null where none was.';
comment on column private.issue_reporters.phone is 'Telephone number as given; null where none was.';
comment on column private.issue_reporters.follow_hash is 'SHA-256 of the code the reporter follows the slip by; the code itself is kept nowhere.';

-- ── who sees it ───────────────────────────────────────────────────────────────────────────────────────────────────
do $rls$
declare
  v_table text;
begin
  foreach v_table in array array['public.work_days', 'public.issues', 'public.issue_events', 'public.issue_links', 'public.issue_photos',
    'private.issue_act_rules', 'private.issue_numbers', 'private.issue_reporters'] loop
    execute pg_catalog.format('alter table %s enable row level security', v_table);
    execute pg_catalog.format('revoke all on %s from public, anon, authenticated, service_role', v_table);
  end loop;
end
$rls$;
grant select on public.work_days, public.issues, public.issue_events, public.issue_links to authenticated;

create function private.my_grids() returns setof uuid language sql stable security definer rows 2 set search_path = '' as $$
  select distinct p.grid_id from private.my_posts() p where p.role in ('grid_leader', 'grid_worker') and p.grid_id is not null
$$;
comment on function private.my_grids() is 'The caller''s own grids, for grid leaders and workers.';
create function private.my_own_person() returns setof uuid language sql stable security definer rows 1 set search_path = '' as $$
  select private.my_person() where exists (select from private.my_posts())
$$;
comment on function private.my_own_person() is 'The caller, where he or she holds a post today: what is one''s own is seen in office only.';
revoke all on function private.my_grids(), private.my_own_person() from public, anon, authenticated, service_role;
grant execute on function private.my_grids(), private.my_own_person() to authenticated;

create policy "days that differ, for who holds a post" on public.work_days for select to authenticated
  using ((select exists (select private.my_own_person())));
create policy "slips of one's communities, of one's own grid, reported or handled by oneself" on public.issues for select to authenticated
  using (community_id in (select private.my_household_communities()) or grid_id in (select private.my_grids())
    or handler_id in (select private.my_own_person()) or reported_by in (select private.my_own_person()));
create policy "history of the slips one sees" on public.issue_events for select to authenticated
  using (issue_id in (select i.id from public.issues i));
create policy "links between slips one sees" on public.issue_links for select to authenticated
  using (issue_id in (select i.id from public.issues i) and other_id in (select i.id from public.issues i));

-- ── the register of personal data ─────────────────────────────────────────────────────────────────────────────────
insert into public.data_register (schema_name, table_name, column_name, class, mask, retention_days, retention_basis) values
  ('private', 'issue_reporters', 'issue_id', 'technical', 'hidden', null, 'with the reporter'),
  ('private', 'issue_reporters', 'name', 'name', '张*', 730, 'since the slip was closed'),
  ('private', 'issue_reporters', 'phone', 'phone', '138****0001', 730, 'since the slip was closed'),
  ('private', 'issue_reporters', 'follow_hash', 'credential', 'hidden', 730, 'since the slip was closed'),
  ('private', 'issue_act_rules', 'act', 'technical', 'hidden', null, 'with the product'),
  ('private', 'issue_act_rules', 'from_states', 'technical', 'hidden', null, 'with the product'),
  ('private', 'issue_act_rules', 'to_state', 'technical', 'hidden', null, 'with the product'),
  ('private', 'issue_act_rules', 'needs', 'technical', 'hidden', null, 'with the product'),
  ('private', 'issue_act_rules', 'actors', 'technical', 'hidden', null, 'with the product'),
  ('private', 'issue_act_rules', 'takes_note', 'technical', 'hidden', null, 'with the product'),
  ('private', 'issue_numbers', 'year', 'technical', 'hidden', null, 'with the slips'),
  ('private', 'issue_numbers', 'last_number', 'technical', 'hidden', null, 'with the slips'),
  ('public', 'issues', 'title', 'relation', 'in words', null, 'with the slip'),
  ('public', 'issues', 'detail', 'relation', 'in words', null, 'with the slip'),
  ('public', 'issues', 'household_id', 'relation', 'who, by identity', null, 'with the slip, or until erased on request'),
  ('public', 'issues', 'reported_by', 'account', 'who acted, by identity', null, 'for good: who acted'),
  ('public', 'issues', 'handler_id', 'account', 'who acted, by identity', null, 'for good: who was responsible'),
  ('public', 'issue_events', 'person_id', 'account', 'who acted, by identity', null, 'for good, append-only'),
  ('public', 'issue_events', 'note', 'relation', 'in words', null, 'for good, append-only'),
  ('public', 'issue_photos', 'bytes', 'relation', 'hidden', null, 'with the slip');
