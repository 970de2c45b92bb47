-- A change of land: houses pulled down and built, streets added, and only the cells they touch cut again. One transaction
-- makes edition n + 1 of the land and the next edition of its grids, and takes open drafts along.

-- ── rows of a change ──────────────────────────────────────────────────────────────────────────────────────────────────
-- As in a new land, but a row with an id is a thing that is there already; `gone` rows {thing, id, moveTo?} name what is
-- no more. Cells say {change: kept | recut | new}; kept ones are listed because something refers to them.
create function private.change_row_errors(p_import public.imports, p_land int)
returns table (kind text, "row" int, code text, "values" jsonb) language plpgsql stable set search_path = '' as $$
#variable_conflict use_column
begin
  return query
  with item as (
    select s.kind, s.idx, s.item, case when (s.item -> 'id')::text ~ '^[0-9]{1,9}$' then (s.item ->> 'id')::int end as id
    from pg_temp.staged_rows s where s.kind <> 'gone' and pg_catalog.jsonb_typeof(s.item) = 'object'
  ), gone as (
    select s.idx, s.item, s.item ->> 'thing' as thing, case when (s.item -> 'id')::text ~ '^[0-9]{1,9}$' then (s.item ->> 'id')::int end as id
    from pg_temp.staged_rows s where s.kind = 'gone'
  ), there as (
    select 'nodes' as kind, 'node' as thing, n.id from public.land_nodes n where n.land_id = p_land and n.to_edition is null
    union all select 'cells', 'cell', c.id from public.cells c where c.land_id = p_land and c.to_edition is null
    union all select 'arcs', 'arc', a.id from public.land_arcs a where a.land_id = p_land and a.to_edition is null
    union all select 'buildings', 'building', b.id from public.buildings b where b.land_id = p_land
    union all select 'compounds', 'compound', k.id from public.compounds k where k.land_id = p_land
    union all select 'streets', 'street', s.id from public.streets s where s.land_id = p_land
    union all select 'features', 'feature', f.id from public.land_features f where f.land_id = p_land
  )
  select i.kind, i.idx, 'value_invalid', pg_catalog.jsonb_build_object('field', 'id', 'value', pg_catalog.left((i.item -> 'id')::text, 80))
  from item i where coalesce(i.item -> 'id', 'null') <> 'null' and i.id is null
  union all
  select i.kind, i.idx, 'id_unknown', pg_catalog.jsonb_build_object('id', i.id)
  from item i where i.id is not null and not exists (select from there t where t.kind = i.kind and t.id = i.id)
  union all
  select d.kind, d.idx, 'id_repeated', pg_catalog.jsonb_build_object('id', d.id)
  from (select i.kind, i.idx, i.id, row_number() over (partition by i.kind, i.id order by i.idx) as nth from item i where i.id is not null) d
  where d.nth > 1
  union all
  select i.kind, i.idx, 'node_moved', pg_catalog.jsonb_build_object('id', i.id)
  from item i join public.land_nodes n on n.id = i.id
  where i.kind = 'nodes' and (i.item ->> 'x', i.item ->> 'y') is distinct from (n.x::text, n.y::text)
  union all
  select i.kind, i.idx, 'value_invalid', pg_catalog.jsonb_build_object('field', 'change', 'value', i.item -> 'change')
  from item i
  where i.kind = 'cells' and not coalesce(case when i.id is null then i.item ->> 'change' = 'new' else i.item ->> 'change' in ('kept', 'recut') end, false)
  union all
  select i.kind, i.idx, 'community_unknown', pg_catalog.jsonb_build_object('code', i.item -> 'code')
  from item i
  where i.kind = 'communities' and not exists (
    select from public.org_units u join public.lands l on l.id = p_land
    join public.org_units s on s.id = l.org_unit_id and u.path operator(extensions.<@) s.path
    where u.level = 'community' and u.code = i.item ->> 'code')
  union all
  select i.kind, i.idx, 'community_changed', pg_catalog.jsonb_build_object('cellId', i.id)
  from item i
  join public.cells c on c.id = i.id
  join public.org_units u on u.id = c.community_id
  left join item k on k.kind = 'communities' and k.idx = case when (i.item -> 'community')::text ~ '^[0-9]{1,9}$' then (i.item ->> 'community')::int end
  where i.kind = 'cells' and k.item ->> 'code' is distinct from u.code
  union all
  select 'gone', g.idx, 'id_unknown', pg_catalog.jsonb_build_object('thing', g.thing, 'id', g.item -> 'id')
  from gone g where g.id is null or g.thing is null or g.thing = 'node' or not exists (select from there t where t.thing = g.thing and t.id = g.id)
  union all
  select 'gone', d.idx, 'id_repeated', pg_catalog.jsonb_build_object('thing', d.thing, 'id', d.id)
  from (select g.*, row_number() over (partition by g.thing, g.id order by g.idx) as nth from gone g) d where d.nth > 1
  union all
  select 'gone', g.idx, 'gone_and_kept', pg_catalog.jsonb_build_object('thing', g.thing, 'id', g.id)
  from gone g join there t on t.thing = g.thing and t.id = g.id join item i on i.kind = t.kind and i.id = g.id
  union all
  select 'gone', g.idx, 'reference_unknown', pg_catalog.jsonb_build_object('field', 'moveTo', 'index', g.item -> 'moveTo')
  from gone g
  where coalesce(g.item -> 'moveTo', 'null') <> 'null' and (g.thing is distinct from 'building' or not coalesce(
    case when (g.item -> 'moveTo')::text ~ '^[0-9]{1,9}$' then (g.item ->> 'moveTo')::int < private.staged_count('buildings') end, false))
  union all
  -- Nobody is dropped: who lives in a house that is no more is moved by name of the house, or the house stays as a record.
  select 'gone', g.idx, 'households_left', pg_catalog.jsonb_build_object('buildingId', b.id, 'name', b.name, 'address', b.address,
    'households', h.n, 'members', m.n)
  from gone g
  join public.buildings b on b.id = g.id
  cross join lateral (select count(*) as n from public.households e where e.building_id = b.id) h
  cross join lateral (select count(*) as n from public.members e where e.building_id = b.id) m
  where g.thing = 'building' and coalesce(g.item -> 'moveTo', 'null') = 'null' and h.n + m.n > 0;
end
$$;
comment on function private.change_row_errors(public.imports, int) is
  'What is wrong with the staged rows of a change beyond what is asked of any import: ids that are not there, cells of another '
  'community, people in houses that would be gone.';

create function private.archive_things(p_land int, p_edition int) returns void language plpgsql set search_path = '' as $$
begin
  with named as (
    select case s.kind when 'gone' then s.item ->> 'thing' when 'cells' then 'cell' else pg_catalog.rtrim(s.kind, 's') end as thing, (s.item ->> 'id')::int as id
    from pg_temp.staged_rows s
    where s.item ->> 'id' is not null and (s.kind in ('gone', 'buildings', 'streets', 'compounds', 'features')
      or (s.kind = 'cells' and s.item ->> 'change' = 'recut'))
  ), thing as (
    select 'building' as kind, b.id, pg_catalog.to_jsonb(b) || pg_catalog.jsonb_build_object('geom', extensions.st_asgeojson(b.geom, 9)::jsonb,
      'point', extensions.st_asgeojson(b.point, 9)::jsonb) as was
    from public.buildings b join named n on n.thing = 'building' and n.id = b.id
    union all
    select 'street', s.id, pg_catalog.to_jsonb(s) || pg_catalog.jsonb_build_object('geom', extensions.st_asgeojson(s.geom, 9)::jsonb)
    from public.streets s join named n on n.thing = 'street' and n.id = s.id
    union all
    select 'compound', k.id, pg_catalog.to_jsonb(k) || pg_catalog.jsonb_build_object('geom', extensions.st_asgeojson(k.geom, 9)::jsonb)
    from public.compounds k join named n on n.thing = 'compound' and n.id = k.id
    union all
    select 'feature', f.id, pg_catalog.to_jsonb(f) || pg_catalog.jsonb_build_object('geom', extensions.st_asgeojson(f.geom, 9)::jsonb)
    from public.land_features f join named n on n.thing = 'feature' and n.id = f.id
    union all
    select 'cell', c.id, pg_catalog.to_jsonb(c) from public.cells c join named n on n.thing = 'cell' and n.id = c.id
  )
  insert into private.former_land_things (land_id, to_edition, kind, thing_id, was)
  select distinct on (t.kind, t.id) p_land, p_edition, t.kind, t.id, t.was from thing t;
end
$$;
comment on function private.archive_things(int, int) is 'Keep the rows that a change removes or alters, as they were.';

create function private.number_rows(p_kind text, p_table text) returns void language plpgsql set search_path = '' as $$
declare
  v_first int;
begin
  v_first := private.reserve_ids(p_table,
    (select count(*)::int from pg_temp.staged_rows s where s.kind = p_kind and s.item ->> 'id' is null));
  insert into pg_temp.change_ids (kind, idx, id, fresh)
  select p_kind, s.idx, coalesce((s.item ->> 'id')::int,
      v_first + (row_number() over (partition by s.item ->> 'id' is null order by s.idx))::int - 1), s.item ->> 'id' is null
  from pg_temp.staged_rows s where s.kind = p_kind;
end
$$;
comment on function private.number_rows(text, text) is 'Ids of the rows of a kind: their own where they have one, new ones else; into change_ids.';

create function private.change_topology(p_land int, p_edition int) returns void language plpgsql set search_path = '' as $$
begin
  update public.land_arcs a set to_edition = p_edition
  from pg_temp.staged_rows s where s.kind = 'gone' and s.item ->> 'thing' = 'arc' and a.id = (s.item ->> 'id')::int;
  update public.cells c set to_edition = p_edition
  from pg_temp.staged_rows s where s.kind = 'gone' and s.item ->> 'thing' = 'cell' and c.id = (s.item ->> 'id')::int;
  update public.cells c
  set area_m2 = (s.item ->> 'areaM2')::float8, label_x = (s.item ->> 'labelX')::int, label_y = (s.item ->> 'labelY')::int,
    needs_review = nullif(s.item ->> 'needsReview', '')
  from pg_temp.staged_rows s where s.kind = 'cells' and s.item ->> 'change' = 'recut' and c.id = (s.item ->> 'id')::int;
  insert into public.land_nodes (id, land_id, x, y, from_edition)
  select i.id, p_land, (s.item ->> 'x')::int, (s.item ->> 'y')::int, p_edition
  from pg_temp.staged_rows s join pg_temp.change_ids i on i.kind = s.kind and i.idx = s.idx
  where s.kind = 'nodes' and i.fresh order by s.idx;
  insert into public.cells (id, land_id, community_id, area_m2, label_x, label_y, needs_review, from_edition)
  select i.id, p_land, u.id, (s.item ->> 'areaM2')::float8, (s.item ->> 'labelX')::int, (s.item ->> 'labelY')::int,
    nullif(s.item ->> 'needsReview', ''), p_edition
  from pg_temp.staged_rows s
  join pg_temp.change_ids i on i.kind = s.kind and i.idx = s.idx
  join pg_temp.staged_rows k on k.kind = 'communities' and k.idx = (s.item ->> 'community')::int
  join public.org_units u on u.code = k.item ->> 'code'
  where s.kind = 'cells' and i.fresh order by s.idx;
  insert into public.land_arcs (land_id, start_node, end_node, line, kind, left_cell, right_cell, from_edition)
  select p_land, a.id, b.id, private.lattice_line(s.item ->> 'xy'), (s.item ->> 'kind')::smallint, l.id, r.id, p_edition
  from pg_temp.staged_rows s
  join pg_temp.change_ids a on a.kind = 'nodes' and a.idx = (s.item ->> 'start')::int
  join pg_temp.change_ids b on b.kind = 'nodes' and b.idx = (s.item ->> 'end')::int
  left join pg_temp.change_ids l on l.kind = 'cells' and l.idx = (s.item ->> 'left')::int
  left join pg_temp.change_ids r on r.kind = 'cells' and r.idx = (s.item ->> 'right')::int
  where s.kind = 'arcs' order by s.idx;
  update public.land_nodes n set to_edition = p_edition
  where n.land_id = p_land and n.to_edition is null and n.from_edition < p_edition and n.id not in (
    select a.start_node from public.land_arcs a where a.land_id = p_land and a.to_edition is null
    union all select a.end_node from public.land_arcs a where a.land_id = p_land and a.to_edition is null);
end
$$;
comment on function private.change_topology(int, int) is 'Nodes, arcs and cells of the new edition: what is gone ends, what is new begins, what is recut keeps its id.';

create function private.change_things(p_land int) returns void language plpgsql set search_path = '' as $$
begin
  -- ── compounds first: buildings refer to them ────────────────────────────────────────────────────────────────────────
  insert into public.compounds (id, land_id, community_id, name, initials, status, note, geom, source_ref)
  select i.id, p_land, u.id, s.item ->> 'name', coalesce(s.item ->> 'initials', ''), (s.item ->> 'status')::public.compound_status,
    s.item ->> 'note', extensions.st_geometryn(h.shape, 1), s.item ->> 'sourceRef'
  from pg_temp.staged_rows s
  join pg_temp.change_ids i on i.kind = s.kind and i.idx = s.idx
  join pg_temp.staged_shapes h on h.kind = s.kind and h.idx = s.idx
  join pg_temp.staged_rows k on k.kind = 'communities' and k.idx = (s.item ->> 'community')::int
  join public.org_units u on u.code = k.item ->> 'code'
  where s.kind = 'compounds'
  order by s.idx
  on conflict (id) do update
  set community_id = excluded.community_id, name = excluded.name, geom = excluded.geom, source_ref = excluded.source_ref;
  update public.buildings b set compound_id = null
  from pg_temp.staged_rows s where s.kind = 'gone' and s.item ->> 'thing' = 'compound' and b.compound_id = (s.item ->> 'id')::int;

  -- ── buildings ───────────────────────────────────────────────────────────────────────────────────────────────────────
  update public.buildings b
  set community_id = u.id, cell_id = c.id, compound_id = k.id, name = coalesce(s.item ->> 'name', b.name),
    address = coalesce(s.item ->> 'address', b.address), initials = coalesce(s.item ->> 'initials', b.initials),
    kind = coalesce(s.item ->> 'kind', b.kind),
    floors = case when s.item ? 'floors' then private.floors_of(s.item -> 'floors') else b.floors end,
    geom = coalesce(h.shape, b.geom), source_ref = coalesce(s.item ->> 'sourceRef', b.source_ref),
    point = extensions.st_setsrid(extensions.st_makepoint((s.item ->> 'lng')::float8, (s.item ->> 'lat')::float8), 4326),
    needs_review = nullif(s.item ->> 'needsReview', ''),
    underground = case when s.item ? 'underground' then s.item -> 'underground' = 'true' else b.underground end
  from pg_temp.staged_rows s
  join pg_temp.change_ids i on i.kind = s.kind and i.idx = s.idx and not i.fresh
  join pg_temp.staged_rows m on m.kind = 'communities' and m.idx = (s.item ->> 'community')::int
  join public.org_units u on u.code = m.item ->> 'code'
  left join pg_temp.staged_shapes h on h.kind = s.kind and h.idx = s.idx
  left join pg_temp.change_ids c on c.kind = 'cells' and c.idx = (s.item ->> 'cell')::int
  left join pg_temp.change_ids k on k.kind = 'compounds' and k.idx = (s.item ->> 'compound')::int
  where s.kind = 'buildings' and b.id = i.id;
  insert into public.buildings (
    id, land_id, community_id, compound_id, cell_id, name, address, initials, kind, floors, geom, point, source_ref, needs_review, underground)
  select i.id, p_land, u.id, k.id, c.id, coalesce(s.item ->> 'name', ''), coalesce(s.item ->> 'address', ''),
    coalesce(s.item ->> 'initials', ''), coalesce(s.item ->> 'kind', 'residential'), private.floors_of(s.item -> 'floors'), h.shape,
    extensions.st_setsrid(extensions.st_makepoint((s.item ->> 'lng')::float8, (s.item ->> 'lat')::float8), 4326),
    s.item ->> 'sourceRef', nullif(s.item ->> 'needsReview', ''), coalesce(s.item -> 'underground' = 'true', false)
  from pg_temp.staged_rows s
  join pg_temp.change_ids i on i.kind = s.kind and i.idx = s.idx and i.fresh
  join pg_temp.staged_shapes h on h.kind = s.kind and h.idx = s.idx
  join pg_temp.staged_rows m on m.kind = 'communities' and m.idx = (s.item ->> 'community')::int
  join public.org_units u on u.code = m.item ->> 'code'
  left join pg_temp.change_ids c on c.kind = 'cells' and c.idx = (s.item ->> 'cell')::int
  left join pg_temp.change_ids k on k.kind = 'compounds' and k.idx = (s.item ->> 'compound')::int
  where s.kind = 'buildings'
  order by s.idx;
  insert into public.households (community_id, building_id, room, address, sort_key, category, resident_count)
  select b.community_id, b.id, coalesce(s.item ->> 'room', ''), coalesce(s.item ->> 'address', ''),
    coalesce(private.natural_key(coalesce(s.item ->> 'address', '') || ' ' || coalesce(s.item ->> 'room', '')), ''),
    (s.item ->> 'category')::smallint, (s.item ->> 'residentCount')::smallint
  from pg_temp.staged_rows s
  join pg_temp.change_ids i on i.kind = 'buildings' and i.idx = (s.item ->> 'building')::int
  join public.buildings b on b.id = i.id
  where s.kind = 'households'
  order by s.idx;

  -- ── people of houses that are no more move with their stairwells ────────────────────────────────────────────────────
  drop table if exists pg_temp.change_moves;
  create temporary table change_moves on commit drop as
    select (s.item ->> 'id')::int as gone_id, i.id as to_id
    from pg_temp.staged_rows s
    join pg_temp.change_ids i on i.kind = 'buildings' and i.idx = (s.item ->> 'moveTo')::int
    where s.kind = 'gone' and s.item ->> 'thing' = 'building';
  update public.stairwells t set building_id = m.to_id from pg_temp.change_moves m where t.building_id = m.gone_id;
  update public.households t set building_id = m.to_id from pg_temp.change_moves m where t.building_id = m.gone_id;
  update public.residents t set building_id = m.to_id from pg_temp.change_moves m where t.building_id = m.gone_id;
  update public.members t set building_id = m.to_id from pg_temp.change_moves m where t.building_id = m.gone_id;
  update public.households h set community_id = b.community_id
  from public.buildings b where b.land_id = p_land and b.id = h.building_id and h.community_id <> b.community_id;
  update public.residents r set community_id = b.community_id
  from public.buildings b where b.land_id = p_land and b.id = r.building_id and r.community_id <> b.community_id;
  delete from public.stairwells t
  using pg_temp.staged_rows s where s.kind = 'gone' and s.item ->> 'thing' = 'building' and t.building_id = (s.item ->> 'id')::int;
  delete from public.buildings b
  using pg_temp.staged_rows s where s.kind = 'gone' and s.item ->> 'thing' = 'building' and b.id = (s.item ->> 'id')::int;
  delete from public.compounds k
  using pg_temp.staged_rows s where s.kind = 'gone' and s.item ->> 'thing' = 'compound' and k.id = (s.item ->> 'id')::int;

  -- ── streets and features ────────────────────────────────────────────────────────────────────────────────────────────
  delete from public.streets t
  using pg_temp.staged_rows s where s.kind = 'gone' and s.item ->> 'thing' = 'street' and t.id = (s.item ->> 'id')::int;
  delete from public.land_features t
  using pg_temp.staged_rows s where s.kind = 'gone' and s.item ->> 'thing' = 'feature' and t.id = (s.item ->> 'id')::int;
  insert into public.streets (id, land_id, name, initials, class, hard, geom, source_ref, tunnel, bridge, layer)
  select i.id, p_land, coalesce(s.item ->> 'name', ''), coalesce(s.item ->> 'initials', ''), s.item ->> 'class',
    coalesce(s.item -> 'hard' = 'true', false), h.shape, s.item ->> 'sourceRef', coalesce(s.item ->> 'tunnel', ''),
    coalesce(s.item ->> 'bridge', ''), coalesce(private.json_int(s.item, 'layer'), 0)
  from pg_temp.staged_rows s
  join pg_temp.change_ids i on i.kind = s.kind and i.idx = s.idx
  join pg_temp.staged_shapes h on h.kind = s.kind and h.idx = s.idx
  where s.kind = 'streets'
  order by s.idx
  on conflict (id) do update
  set name = excluded.name, initials = excluded.initials, class = excluded.class, hard = excluded.hard, geom = excluded.geom,
    source_ref = excluded.source_ref, tunnel = excluded.tunnel, bridge = excluded.bridge, layer = excluded.layer;
  insert into public.land_features (id, land_id, kind, name, geom)
  select i.id, p_land, s.item ->> 'kind', coalesce(s.item ->> 'name', ''), h.shape
  from pg_temp.staged_rows s
  join pg_temp.change_ids i on i.kind = s.kind and i.idx = s.idx
  join pg_temp.staged_shapes h on h.kind = s.kind and h.idx = s.idx
  where s.kind = 'features'
  order by s.idx
  on conflict (id) do update set kind = excluded.kind, name = excluded.name, geom = excluded.geom;
end
$$;
comment on function private.change_things(int) is
  'Compounds, buildings, streets and features of a change. People of a house that is gone move to the house named; a house with '
  'people and without such a name was refused before.';
