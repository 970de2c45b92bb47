-- The public board: what was published, masked, its place blurred to the compound, with figures in which nobody can be counted.

create index buildings_compound on public.buildings (compound_id) where compound_id is not null;

create function private.board_compound(p_issue public.issues, p_least int) returns public.compounds language sql stable set search_path = '' as $$
  -- The one compound first: how many buildings it has is not to be counted for every compound of the street.
  with lying as materialized (
    select k.*
    from public.compounds k
    left join public.buildings b on b.id = p_issue.building_id
    where k.land_id = p_issue.land_id and (k.id = b.compound_id or b.compound_id is null and extensions.st_intersects(k.geom, p_issue.geom))
    order by k.id limit 1
  )
  select l.* from lying l where (select count(*) from public.buildings o where o.compound_id = l.id) >= p_least
$$;
comment on function private.board_compound(public.issues, int) is
  'Compound a slip lies in, null where there is none or it has fewer buildings than told: the place would be that of a house.';

create function private.board_answer(p_issue int) returns text language sql stable set search_path = '' as $$
  select coalesce(
    (select nullif(e.note, '') from public.issue_events e where e.issue_id = p_issue and e.act = 'publish' order by e.id desc limit 1),
    (select nullif(e.note, '') from public.issue_events e where e.issue_id = p_issue and e.act in ('finish', 'explain') order by e.id desc limit 1))
$$;
comment on function private.board_answer(int) is 'What the office says of a slip on the board: the words of publishing it, else those of the result.';

create table private.issue_board (
  issue_id int primary key references public.issues (id) on delete cascade,
  title text not null,
  answer text
);
comment on table private.issue_board is
  'What the board says of a slip, masked when it was published: who is erased later stays masked, though nothing knows the name any more.';
comment on column private.issue_board.issue_id is 'Published slip.';
comment on column private.issue_board.title is 'Its line, masked.';
comment on column private.issue_board.answer is 'What the office says of it, masked; null where nothing was said.';
alter table private.issue_board enable row level security;
revoke all on private.issue_board from public, anon, authenticated, service_role;
insert into public.data_register (schema_name, table_name, column_name, class, mask, retention_days, retention_basis) values
  ('private', 'issue_board', 'issue_id', 'technical', 'hidden', null, 'while it is published'),
  ('private', 'issue_board', 'title', 'relation', 'in words', null, 'while it is published'),
  ('private', 'issue_board', 'answer', 'relation', 'in words', null, 'while it is published');

create function private.put_on_board(p_issue public.issues) returns void language sql set search_path = '' as $$
  with said as (
    select private.board_answer(p_issue.id) as answer,
      array(select r.name from private.issue_reporters r where r.issue_id = p_issue.id and r.name is not null) as reporter
  ), known as (
    select s.answer, s.reporter || private.names_in(pg_catalog.concat_ws(' ', p_issue.title, s.answer), p_issue.community_id) as names from said s
  )
  insert into private.issue_board (issue_id, title, answer)
  select p_issue.id, coalesce(private.mask_words(p_issue.title, k.names), '****'), private.mask_words(k.answer, k.names) from known k
  on conflict (issue_id) do update set title = excluded.title, answer = excluded.answer
$$;
comment on function private.put_on_board(public.issues) is 'Mask the words of a slip, with all names known today, and keep them for the board.';

create function public.visitor_board(p_land int, p_before text default null, p_filter jsonb default '{}') returns jsonb
language plpgsql stable security definer set search_path = '' set jit = off as $$
declare
  v_land public.lands := private.open_land(p_land);
  v_least int := greatest(3, (public.issue_settings(v_land.org_unit_id) ->> 'maskBelow')::int);
  v_category text := p_filter ->> 'category';
  v_outcome text := p_filter ->> 'outcome';
  v_community text := p_filter ->> 'communityId';
  v_rows jsonb;
begin
  if not coalesce(p_before ~ '^[0-9]{1,17}\.[0-9]{1,9}$', true) then
    perform private.fail('issue_invalid', '{"field": "before"}');
  elsif not coalesce(v_category = any (pg_catalog.enum_range(null::public.issue_category)::text[]), true) then
    perform private.fail('issue_invalid', '{"field": "category"}');
  elsif not coalesce(v_outcome = any (pg_catalog.enum_range(null::public.issue_outcome)::text[]), true) then
    perform private.fail('issue_invalid', '{"field": "outcome"}');
  elsif not coalesce(v_community ~ '^[0-9]{1,9}$', true) then
    perform private.fail('issue_invalid', '{"field": "communityId"}');
  end if;
  with slip as materialized (
    select i as issue, (pg_catalog.date_part('epoch', i.published_at) * 1000000)::bigint as at, i.id, i.community_id, w.title as shown_title, w.answer
    from public.issues i
    join private.issue_board w on w.issue_id = i.id
    where i.land_id = p_land and i.state = 'published' and i.outcome <> 'withdrawn'
      and (v_category is null or i.category = v_category::public.issue_category)
      and (v_outcome is null or i.outcome = v_outcome::public.issue_outcome)
      and (v_community is null or i.community_id = v_community::int)
      and (p_before is null or ((pg_catalog.date_part('epoch', i.published_at) * 1000000)::bigint, i.id)
        < (pg_catalog.split_part(p_before, '.', 1)::bigint, pg_catalog.split_part(p_before, '.', 2)::int))
    order by i.published_at desc, i.id desc
    limit 21
  ), shown as (
    select s.at, (s.issue).*, s.shown_title, s.answer, u.name as community, k.name as compound,
      coalesce(private.to_the_metre(extensions.st_pointonsurface(k.geom)), private.place_centre(v_land, s.community_id)) as centre
    from slip s
    join public.org_units u on u.id = s.community_id
    left join lateral private.board_compound(s.issue, v_least) k on true
  )
  select coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object(
    'cursor', w.at || '.' || w.id, 'number', w.number, 'category', w.category, 'title', w.shown_title,
    'reportedOn', (w.reported_at at time zone 'Asia/Shanghai')::date, 'publishedOn', (w.published_at at time zone 'Asia/Shanghai')::date,
    'community', w.community, 'compound', w.compound, 'centre', pg_catalog.jsonb_build_array(extensions.st_x(w.centre), extensions.st_y(w.centre)),
    'state', w.state, 'outcome', w.outcome, 'satisfaction', w.satisfaction, 'answer', w.answer)
    order by w.at desc, w.id desc), '[]')
  into v_rows
  from shown w;
  -- The row after the page only tells that there is one.
  return pg_catalog.jsonb_build_object(
    'slips', (
      select coalesce(pg_catalog.jsonb_agg(r.value - 'cursor' order by r.place), '[]')
      from pg_catalog.jsonb_array_elements(v_rows) with ordinality as r(value, place) where r.place <= 20),
    'next', case when pg_catalog.jsonb_array_length(v_rows) > 20 then v_rows -> 19 -> 'cursor' end);
end
$$;
comment on function public.visitor_board(int, text, jsonb) is
  'Published slips of an open street, the last published first, twenty a page → {slips: [{number, category, title, reportedOn, publishedOn, community, '
  'compound, centre, state, outcome, satisfaction, answer}], next}. Names and numbers in the words are masked; the place is the middle of the compound, or of '
  'the community. p_filter: {category, outcome, communityId}. For anybody. Errors: land_unknown, issue_invalid {field}.';

-- ── figures ───────────────────────────────────────────────────────────────────────────────────────────────────────────
create function private.board_figures(p_land int, p_by text, p_from date, p_to date, p_least int)
returns table (key text, figure jsonb) language sql stable set search_path = '' as $$
  with counted as (
    select case p_by when 'category' then i.category::text when 'community' then i.community_id::text else '' end as key,
      count(*) as collected,
      count(*) filter (where i.outcome is not null) as solved,
      count(*) filter (where coalesce(i.finished_at, i.closed_at) <= i.due_at and i.outcome is not null) as on_time,
      count(i.satisfaction) as rated, avg(i.satisfaction) as satisfaction
    from public.issues i
    where i.land_id = p_land and i.outcome is distinct from 'withdrawn' and i.outcome is distinct from 'duplicate'
      and i.reported_at >= p_from::timestamp at time zone 'Asia/Shanghai' and i.reported_at < p_to::timestamp at time zone 'Asia/Shanghai'
    group by 1
  ), ranked as (
    select c.*, c.collected < p_least as small, count(*) filter (where c.collected < p_least) over () as smalls,
      coalesce(sum(c.collected) over (order by c.collected < p_least desc, c.collected, c.key rows between unbounded preceding and 1 preceding), 0) as before
    from counted c
  )
  select r.key, pg_catalog.jsonb_build_object(
    -- The total less what is shown tells the sum of what is hidden: the next smallest are hidden too, until that says nothing of any one.
    'collected', case when not r.small and not (r.smalls > 0 and r.before < r.smalls + p_least) then r.collected end,
    'solved', case when not r.small then pg_catalog.round(r.solved::numeric / r.collected, 2) end,
    'onTime', case when r.solved >= p_least then pg_catalog.round(r.on_time::numeric / r.solved, 2) end,
    'satisfaction', case when r.rated >= p_least then pg_catalog.round(r.satisfaction, 1) end)
  from ranked r
$$;
comment on function private.board_figures(int, text, date, date, int) is
  'Figures of the slips of a land by category, by community, or of all: collected, shares solved and on time (of the solved), mean satisfaction; null where '
  'fewer than told stand behind one.';

create function public.visitor_board_figures(p_land int) returns jsonb language plpgsql stable security definer set search_path = '' as $$
declare
  v_land public.lands := private.open_land(p_land);
  v_least int := greatest(3, (public.issue_settings(v_land.org_unit_id) ->> 'maskBelow')::int);
  -- Full months only: a figure that moved by one would tell that somebody has just reported something.
  v_to date := pg_catalog.date_trunc('month', private.clock() at time zone 'Asia/Shanghai')::date;
  v_from date := (v_to - interval '12 months')::date;
begin
  return pg_catalog.jsonb_build_object(
    'from', v_from, 'to', v_to,
    'total', coalesce((select f.figure from private.board_figures(p_land, 'all', v_from, v_to, v_least) f),
      '{"collected": 0, "solved": null, "onTime": null, "satisfaction": null}'),
    'byCategory', (
      select coalesce(pg_catalog.jsonb_agg(f.figure || pg_catalog.jsonb_build_object('category', f.key) order by f.key::public.issue_category), '[]')
      from private.board_figures(p_land, 'category', v_from, v_to, v_least) f),
    'byCommunity', (
      select coalesce(pg_catalog.jsonb_agg(f.figure || pg_catalog.jsonb_build_object('communityId', u.id, 'community', u.name) order by u.code), '[]')
      from private.board_figures(p_land, 'community', v_from, v_to, v_least) f join public.org_units u on u.id = f.key::int));
end
$$;
comment on function public.visitor_board_figures(int) is
  'Figures of an open street over the last twelve full months → {from, to, total, byCategory, byCommunity: [{collected, solved, onTime, satisfaction}]}; null '
  'where fewer than maskBelow slips stand behind one. For anybody. Errors: land_unknown.';
