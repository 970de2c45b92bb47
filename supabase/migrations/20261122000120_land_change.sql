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

-- ── the land as it will be ────────────────────────────────────────────────────────────────────────────────────────────
create function private.change_land_errors(p_land int) returns table (kind text, "row" int, code text, "values" jsonb)
language plpgsql stable set search_path = '' as $$
#variable_conflict use_column
begin
  return query
  select e.kind, i.idx, e.code, e.values || pg_catalog.jsonb_strip_nulls(pg_catalog.jsonb_build_object('id', e.thing_id))
  from private.land_errors(p_land) e
  left join pg_temp.change_ids i on i.kind = e.kind and i.id = e.thing_id
  -- An area that was stored otherwise before is not this change's affair.
  where e.code <> 'area_differs' or exists (
    select from pg_temp.staged_rows s where s.kind = 'cells' and s.idx = i.idx and s.item ->> 'change' <> 'kept')
  union all
  select 'arcs', null, 'arc_of_gone_cell', pg_catalog.jsonb_build_object('id', a.id)
  from public.land_arcs a
  join public.cells c on c.id in (a.left_cell, a.right_cell) and c.to_edition is not null
  where a.land_id = p_land and a.to_edition is null
  union all
  select 'buildings', i.idx, 'building_on_gone_cell', pg_catalog.jsonb_build_object('id', b.id, 'name', b.name)
  from public.buildings b
  join public.cells c on c.id = b.cell_id and c.to_edition is not null
  left join pg_temp.change_ids i on i.kind = 'buildings' and i.id = b.id
  where b.land_id = p_land
  union all
  select 'communities', i.idx, 'community_area_changed', pg_catalog.jsonb_build_object('code', u.code, 'beforeM2', f.area_m2, 'afterM2', t.area_m2)
  from pg_temp.former_areas f
  join public.org_units u on u.id = f.community_id
  left join (
    select c.community_id, sum(c.area_m2) as area_m2 from public.cells c where c.land_id = p_land and c.to_edition is null group by c.community_id
  ) t on t.community_id = f.community_id
  left join pg_temp.staged_rows s on s.kind = 'communities' and s.item ->> 'code' = u.code
  left join pg_temp.change_ids i on i.kind = s.kind and i.idx = s.idx
  -- Borders bend by centimetres where a new node lies on them; the land of a community stays what it was.
  where t.area_m2 is null or abs(t.area_m2 - f.area_m2) > 10 + 0.001 * f.area_m2;
end
$$;
comment on function private.change_land_errors(int) is 'What is wrong with the land after a change: see land_errors; and that no community gains or loses land.';

-- ── grids and drafts follow ───────────────────────────────────────────────────────────────────────────────────────────
create function private.inherit_column() returns table (cell_id int, grid_id uuid, share double precision, next_grid_id uuid, next_share double precision)
language plpgsql stable set search_path = '' as $$
#variable_conflict use_column
begin
  return query
  with piece as (
    select o.cell_id, f.grid_id, sum(o.area_m2) as area_m2
    from pg_temp.change_overlaps o
    left join pg_temp.former_column f on f.cell_id = o.former_id and f.community_id = o.community_id
    group by o.cell_id, f.grid_id
  ), ranked as (
    select p.cell_id, p.grid_id, p.area_m2 / sum(p.area_m2) over (partition by p.cell_id) as share,
      row_number() over (partition by p.cell_id order by p.area_m2 desc, p.grid_id) as rank
    from piece p where p.area_m2 > 0
  )
  select a.cell_id, a.grid_id, a.share, b.grid_id, coalesce(b.share, 0)
  from ranked a left join ranked b on b.cell_id = a.cell_id and b.rank = 2
  where a.rank = 1;
end
$$;
comment on function private.inherit_column() is
  'Grid of each changed cell: that of the most of its land by change_overlaps (cell_id, community_id, former_id, area_m2) and '
  'former_column (cell_id, community_id, grid_id), with the runner-up. Nothing at all counts as a grid of its own.';

create function private.change_grids(p_land int, p_person uuid, p_note text) returns jsonb language plpgsql set search_path = '' as $$
declare
  v_former public.grid_editions;
  v_edition int;
  v_number int;
  v_empty record;
  v_cell int;
  v_review jsonb;
  v_errors jsonb := '[]';
  v_changed int;
  v_moved int;
  v_now timestamptz := pg_catalog.clock_timestamp();
begin
  select * into v_former from public.grid_editions e where e.land_id = p_land and e.valid_to is null;
  drop table if exists pg_temp.former_column;
  create temporary table former_column on commit drop as
    select g.cell_id, g.community_id, g.grid_id from public.grid_cells g where g.edition_id = v_former.id;
  drop table if exists pg_temp.inherited;
  create temporary table inherited on commit drop as select * from private.inherit_column();

  drop table if exists pg_temp.new_grids;
  drop table if exists pg_temp.new_grid_cells;
  create temporary table new_grid_cells on commit drop as
    select c.id as cell_id, case when i.cell_id is not null then i.grid_id else f.grid_id end as grid_id
    from public.cells c
    left join pg_temp.inherited i on i.cell_id = c.id
    left join pg_temp.former_column f on f.cell_id = c.id
    where c.land_id = p_land and c.to_edition is null;
  delete from pg_temp.new_grid_cells n where n.grid_id is null;

  -- A grid may not vanish because its land fell to larger neighbours: it keeps the cell of which it holds the most.
  for v_empty in
    select g.id, g.code, g.name from public.grids g
    where g.edition_id = v_former.id and g.id not in (select n.grid_id from pg_temp.new_grid_cells n)
    order by g.code
  loop
    select o.cell_id into v_cell
    from pg_temp.change_overlaps o
    join pg_temp.former_column f on f.cell_id = o.former_id and f.grid_id = v_empty.id and f.community_id = o.community_id
    left join pg_temp.new_grid_cells n on n.cell_id = o.cell_id
    where n.grid_id is null or (select count(*) from pg_temp.new_grid_cells m where m.grid_id = n.grid_id) > 1
    group by o.cell_id order by sum(o.area_m2) desc, o.cell_id limit 1;
    if v_cell is null then
      v_errors := v_errors || pg_catalog.jsonb_build_object('kind', 'grids', 'row', null, 'code', 'grid_without_land',
        'values', pg_catalog.jsonb_build_object('gridId', v_empty.id, 'code', v_empty.code, 'name', v_empty.name));
      continue;
    end if;
    delete from pg_temp.new_grid_cells n where n.cell_id = v_cell;
    insert into pg_temp.new_grid_cells (cell_id, grid_id) values (v_cell, v_empty.id);
    -- Whoever held the most is the runner-up now: it stands in the list to be looked at.
    update pg_temp.inherited i set next_grid_id = i.grid_id, next_share = i.share, grid_id = v_empty.id, share = 0 where i.cell_id = v_cell;
  end loop;
  if v_errors <> '[]' then
    return pg_catalog.jsonb_build_object('errors', v_errors);
  end if;

  create temporary table new_grids on commit drop as
    select g.id as grid_id, g.code, g.name, g.community_id, g.kind from public.grids g where g.edition_id = v_former.id;

  select count(*) into v_changed
  from public.cells c
  left join pg_temp.new_grid_cells n on n.cell_id = c.id
  left join pg_temp.former_column f on f.cell_id = c.id
  where c.land_id = p_land and c.to_edition is null and n.grid_id is distinct from f.grid_id;
  select count(*) into v_moved
  from public.households h
  join public.buildings b on b.id = h.building_id and b.land_id = p_land
  left join pg_temp.new_grid_cells n on n.cell_id = b.cell_id
  join pg_temp.former_homes p on p.household_id = h.id
  left join pg_temp.former_column f on f.cell_id = p.cell_id
  where n.grid_id is distinct from f.grid_id;

  update public.grid_editions e set valid_to = v_now where e.id = v_former.id;
  insert into public.grid_editions (land_id, number, valid_from, published_by, note, changed_cells, moved_households)
  values (p_land, coalesce(v_former.number, 0) + 1, v_now, p_person, p_note, v_changed, v_moved)
  returning id, number into v_edition, v_number;
  perform private.write_grids(v_edition);

  select coalesce(pg_catalog.jsonb_agg(r.item order by r.item ->> 'code', (r.item ->> 'cellId')::int), '[]') into v_review
  from (
    select pg_catalog.jsonb_build_object('code', case when i.share - i.next_share < 0.02 then 'cell_tied' else 'cell_of_several_grids' end,
      'cellId', i.cell_id, 'gridId', i.grid_id, 'grid', g.name, 'sharePercent', pg_catalog.round((i.share * 100)::numeric),
      'otherGridId', i.next_grid_id, 'otherGrid', o.name, 'otherSharePercent', pg_catalog.round((i.next_share * 100)::numeric),
      'lng', extensions.st_x(p.at), 'lat', extensions.st_y(p.at)) as item
    from pg_temp.inherited i
    join public.cells c on c.id = i.cell_id
    left join pg_temp.new_grids g on g.grid_id = i.grid_id
    left join pg_temp.new_grids o on o.grid_id = i.next_grid_id
    cross join lateral private.to_degrees(p_land, extensions.st_makepoint(c.label_x, c.label_y)) as p(at)
    -- Slivers of a neighbour are rounding, not a question.
    where i.next_share * c.area_m2 > 5 and i.next_share > 0.01
    union all
    select pg_catalog.jsonb_build_object('code', 'cell_without_grid', 'cellId', c.id, 'lng', extensions.st_x(p.at), 'lat', extensions.st_y(p.at))
    from public.cells c
    cross join lateral private.to_degrees(p_land, extensions.st_makepoint(c.label_x, c.label_y)) as p(at)
    where c.land_id = p_land and c.to_edition is null and c.id not in (select n.cell_id from pg_temp.new_grid_cells n)
      and c.id in (select i.id from pg_temp.change_ids i join pg_temp.staged_rows s on s.kind = i.kind and s.idx = i.idx
        where i.kind = 'cells' and s.item ->> 'change' <> 'kept')
    union all
    select pg_catalog.jsonb_build_object('code', 'grid_in_pieces', 'gridId', n.id, 'grid', n.name, 'pieces', extensions.st_numgeometries(n.geom),
      'lng', extensions.st_x(extensions.st_pointonsurface(n.geom)), 'lat', extensions.st_y(extensions.st_pointonsurface(n.geom)))
    from public.grids n
    join public.grids f on f.edition_id = v_former.id and f.id = n.id
    where n.edition_id = v_edition and extensions.st_numgeometries(n.geom) > extensions.st_numgeometries(f.geom)
  ) r;
  return pg_catalog.jsonb_build_object('errors', '[]'::jsonb, 'formerEditionId', v_former.id, 'editionId', v_edition, 'number', v_number,
    'changedCells', v_changed, 'movedHouseholds', v_moved, 'review', v_review);
end
$$;
comment on function private.change_grids(int, uuid, text) is
  'The next edition of the grids over the changed cells: each inherits the grid of most of its land → {errors, formerEditionId, editionId, '
  'number, changedCells, movedHouseholds, review}. Cells of several grids, ties, cells without a grid and grids that fell apart are listed.';

create function private.change_drafts(p_land int, p_edition int, p_grids jsonb, p_person uuid) returns jsonb language plpgsql set search_path = '' as $$
declare
  v_plan public.plans;
  v_carried jsonb;
  v_done jsonb := '[]';
  v_touched boolean := exists (select from pg_temp.change_overlaps) or exists (select from pg_temp.former_faces);
begin
  for v_plan in select * from public.plans p where p.land_id = p_land and p.status = 'draft' order by p.id for update loop
    drop table if exists pg_temp.former_column;
    create temporary table former_column on commit drop as
      select p.cell_id, g.community_id, p.grid_id
      from public.plan_cells p join public.plan_grids g on g.plan_id = p.plan_id and g.grid_id = p.grid_id
      where p.plan_id = v_plan.id;
    drop table if exists pg_temp.inherited;
    create temporary table inherited on commit drop as select * from private.inherit_column();
    -- What the draft said of cells that are gone or recut stands in the log with what became of it.
    select pg_catalog.jsonb_build_object(
      'gone', coalesce((select pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('cell', p.cell_id, 'from', p.grid_id) order by p.cell_id)
        from public.plan_cells p join public.cells c on c.id = p.cell_id and c.to_edition = p_edition where p.plan_id = v_plan.id), '[]'),
      'inherited', coalesce((select pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('cell', i.cell_id, 'from', p.grid_id, 'to', i.grid_id) order by i.cell_id)
        from pg_temp.inherited i left join public.plan_cells p on p.plan_id = v_plan.id and p.cell_id = i.cell_id), '[]'))
    into v_carried;
    delete from public.plan_cells p using public.cells c where p.plan_id = v_plan.id and c.id = p.cell_id and c.to_edition = p_edition;
    insert into public.plan_cells (plan_id, cell_id, grid_id)
    select v_plan.id, i.cell_id, i.grid_id from pg_temp.inherited i
    on conflict (plan_id, cell_id) do update set grid_id = excluded.grid_id;
    insert into public.plan_cells (plan_id, cell_id)
    select v_plan.id, c.id from public.cells c where c.land_id = p_land and c.to_edition is null
    on conflict (plan_id, cell_id) do nothing;
    if v_touched then
      -- The delta itself is empty: whoever replays it has old cells or new ones, never both.
      insert into public.plan_edits (plan_id, revision, seq, delta, note, person_id)
      values (v_plan.id, v_plan.revision + 1, 0, pg_catalog.jsonb_build_object('cells', '[]'::jsonb, 'grids', '[]'::jsonb, 'carried', v_carried),
        pg_catalog.jsonb_build_object('key', 'redesign.note.landChanged', 'values', pg_catalog.jsonb_build_object('edition', p_edition,
          'cells', pg_catalog.jsonb_array_length(v_carried -> 'inherited'))), p_person);
    end if;
    -- The new grids are the old ones over new cells: a draft that was up to date still is; one that was not stays so.
    update public.plans p
    set revision = p.revision + v_touched::int, updated_at = pg_catalog.clock_timestamp(),
      base_edition_id = case when p.base_edition_id = (p_grids ->> 'formerEditionId')::int then (p_grids ->> 'editionId')::int else p.base_edition_id end
    where p.id = v_plan.id;
    v_done := v_done || pg_catalog.jsonb_build_object('planId', v_plan.id, 'number', v_plan.number, 'title', v_plan.title,
      'cells', pg_catalog.jsonb_array_length(v_carried -> 'inherited'),
      'outdated', v_plan.base_edition_id is distinct from (p_grids ->> 'formerEditionId')::int);
  end loop;
  return v_done;
end
$$;
comment on function private.change_drafts(int, int, jsonb, uuid) is
  'Take open drafts to the changed cells: each cell inherits by the draft''s own column, the step is logged as an edit → [{planId, number, '
  'title, cells, outdated}].';

create function private.change_faces(p_land int, p_cells int[]) returns table (cell_id int, face extensions.geometry)
language sql stable set search_path = '' as $$
  select p_cells[f.grp + 1], f.face
  from private.land_faces(p_land, p_cells, array(select pg_catalog.generate_subscripts(p_cells, 1) - 1)) f
$$;
comment on function private.change_faces(int, int[]) is 'Polygons on the lattice of single cells.';

-- Rows in staging are few; guessed at without statistics they are joined row against row.
create function private.change_apply(p_import public.imports) returns jsonb
language plpgsql set search_path = '' set enable_nestloop = off as $$
declare
  v_land public.lands;
  v_edition int;
  v_person uuid := private.my_person();
  v_errors jsonb;
  v_error_count int;
  v_counts jsonb;
  v_grids jsonb;
  v_drafts jsonb;
begin
  select * into v_land from public.lands l where l.org_unit_id = p_import.org_unit_id for update;
  if not found then
    perform private.fail('land_missing', pg_catalog.jsonb_build_object('orgUnitId', p_import.org_unit_id));
  end if;
  if v_land.edition is distinct from private.json_int(p_import.meta, 'baseEdition') then
    perform private.fail('land_outdated', pg_catalog.jsonb_build_object('edition', v_land.edition));
  end if;
  v_edition := v_land.edition + 1;
  perform private.stage_import(p_import.id);
  select coalesce(pg_catalog.jsonb_object_agg(k.kind, k.n), '{}') into v_counts
  from (select s.kind, count(*) as n from pg_temp.staged_rows s group by s.kind) k;

  select count(*), coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('kind', e.kind, 'row', e.row, 'code', e.code, 'values', e.values)
      order by e.kind, e.row) filter (where e.nth <= 200), '[]')
  into v_error_count, v_errors
  from (
    select x.*, row_number() over (order by x.kind, x.row) as nth
    from (select * from private.import_row_errors(p_import.id) union all select * from private.change_row_errors(p_import, v_land.id)) x
  ) e;
  if v_error_count > 0 then
    return pg_catalog.jsonb_build_object('landId', v_land.id, 'orgUnitId', v_land.org_unit_id, 'counts', v_counts, 'errorCount', v_error_count, 'errors', v_errors);
  end if;

  -- ── as it is, before anything moves ─────────────────────────────────────────────────────────────────────────────────
  drop table if exists pg_temp.change_ids;
  drop table if exists pg_temp.former_faces;
  drop table if exists pg_temp.former_areas;
  drop table if exists pg_temp.former_homes;
  drop table if exists pg_temp.change_overlaps;
  create temporary table change_ids (kind text, idx int, id int, fresh boolean) on commit drop;
  create temporary table former_faces on commit drop as
    select f.cell_id, f.face from private.change_faces(v_land.id, array(
      select (s.item ->> 'id')::int from pg_temp.staged_rows s
      where (s.kind = 'gone' and s.item ->> 'thing' = 'cell') or (s.kind = 'cells' and s.item ->> 'change' = 'recut'))) f;
  create temporary table former_areas on commit drop as
    select c.community_id, sum(c.area_m2) as area_m2 from public.cells c where c.land_id = v_land.id and c.to_edition is null group by c.community_id;
  create temporary table former_homes on commit drop as
    select h.id as household_id, b.cell_id from public.households h join public.buildings b on b.id = h.building_id where b.land_id = v_land.id;
  perform private.archive_things(v_land.id, v_edition);

  -- ── as it will be ───────────────────────────────────────────────────────────────────────────────────────────────────
  insert into pg_temp.change_ids (kind, idx, id, fresh)
  select s.kind, s.idx, u.id, false from pg_temp.staged_rows s join public.org_units u on u.code = s.item ->> 'code' where s.kind = 'communities';
  perform private.number_rows('nodes', 'public.land_nodes');
  perform private.number_rows('cells', 'public.cells');
  perform private.number_rows('compounds', 'public.compounds');
  perform private.number_rows('buildings', 'public.buildings');
  perform private.number_rows('streets', 'public.streets');
  perform private.number_rows('features', 'public.land_features');
  analyze pg_temp.change_ids;
  update public.lands l set edition = v_edition, source = l.source || pg_catalog.jsonb_build_object('changes',
    coalesce(l.source -> 'changes', '[]') || pg_catalog.jsonb_build_object('edition', v_edition, 'importId', p_import.id))
  where l.id = v_land.id;
  perform private.change_topology(v_land.id, v_edition);
  perform private.change_things(v_land.id);

  select count(*), coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('kind', e.kind, 'row', e.row, 'code', e.code, 'values', e.values)
      order by e.kind, e.row) filter (where e.nth <= 200), '[]')
  into v_error_count, v_errors
  from (select x.*, row_number() over (order by x.kind, x.row) as nth from private.change_land_errors(v_land.id) x) e;
  if v_error_count > 0 then
    return pg_catalog.jsonb_build_object('landId', v_land.id, 'orgUnitId', v_land.org_unit_id, 'counts', v_counts, 'errorCount', v_error_count, 'errors', v_errors);
  end if;

  create temporary table change_overlaps on commit drop as
    with face as materialized (
      select f.cell_id, f.face from private.change_faces(v_land.id, array(
        select i.id from pg_temp.change_ids i join pg_temp.staged_rows s on s.kind = i.kind and s.idx = i.idx
        where i.kind = 'cells' and s.item ->> 'change' in ('recut', 'new'))) f
    )
    select n.cell_id, c.community_id, o.cell_id as former_id,
      extensions.st_area(extensions.st_intersection(n.face, o.face)) * 0.000025 as area_m2
    from face n
    join public.cells c on c.id = n.cell_id
    join pg_temp.former_faces o on o.face operator(extensions.&&) n.face;
  v_grids := private.change_grids(v_land.id, v_person, coalesce(p_import.meta ->> 'note', ''));
  if v_grids -> 'errors' <> '[]' then
    return pg_catalog.jsonb_build_object('landId', v_land.id, 'orgUnitId', v_land.org_unit_id, 'counts', v_counts,
      'errorCount', pg_catalog.jsonb_array_length(v_grids -> 'errors'), 'errors', v_grids -> 'errors');
  end if;
  v_drafts := private.change_drafts(v_land.id, v_edition, v_grids, v_person);
  return pg_catalog.jsonb_build_object('landId', v_land.id, 'orgUnitId', v_land.org_unit_id, 'counts', v_counts, 'errorCount', 0, 'errors', '[]'::jsonb,
    'landEdition', v_edition, 'gridEdition', v_grids -> 'number', 'changedCells', v_grids -> 'changedCells',
    'movedHouseholds', v_grids -> 'movedHouseholds', 'review', v_grids -> 'review', 'drafts', v_drafts);
end
$$;
comment on function private.change_apply(public.imports) is
  'Make the next edition of a land and of its grids and say what is wrong with it → {landId, orgUnitId, counts, errorCount, errors, '
  'landEdition, gridEdition, changedCells, movedHouseholds, review, drafts}. The caller keeps or undoes it. Errors: land_missing, land_outdated.';

-- ── the life of an import, now of two kinds ───────────────────────────────────────────────────────────────────────────
create or replace function private.import_apply(p_import public.imports) returns jsonb
language plpgsql set search_path = '' set enable_nestloop = off as $$
declare
  v_errors jsonb;
  v_error_count int;
  v_street int;
  v_land int;
  v_communities int[];
  v_cells int;
  v_buildings int;
  v_counts jsonb;
begin
  if p_import.kind = 'land_change' then
    return private.change_apply(p_import);
  end if;
  perform private.stage_import(p_import.id);
  select coalesce(pg_catalog.jsonb_object_agg(k.kind, k.n), '{}') into v_counts
  from (select s.kind, count(*) as n from pg_temp.staged_rows s group by s.kind) k;

  select count(*), coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('kind', e.kind, 'row', e.row, 'code', e.code, 'values', e.values)
      order by e.kind, e.row) filter (where e.nth <= 200), '[]')
  into v_error_count, v_errors
  from (select x.*, row_number() over (order by x.kind, x.row) as nth from private.import_row_errors(p_import.id) x) e;
  if v_error_count > 0 then
    return pg_catalog.jsonb_build_object('landId', null, 'counts', v_counts, 'errorCount', v_error_count, 'errors', v_errors);
  end if;

  v_street := private.import_organisation(p_import);
  insert into public.lands (org_unit_id, lng0, lat0, m_per_deg_lng, m_per_deg_lat, source)
  values (v_street, private.json_number(p_import.meta -> 'frame', 'lng0'), private.json_number(p_import.meta -> 'frame', 'lat0'),
    private.json_number(p_import.meta -> 'frame', 'mPerDegLng'), private.json_number(p_import.meta -> 'frame', 'mPerDegLat'),
    coalesce(p_import.meta -> 'source', '{}'))
  returning id into v_land;
  select array_agg(u.id order by s.idx) into v_communities
  from pg_temp.staged_rows s
  join public.org_units u on u.code = s.item ->> 'code'
  where s.kind = 'communities';

  v_cells := private.reserve_ids('public.cells', private.staged_count('cells'));
  v_buildings := private.reserve_ids('public.buildings', private.staged_count('buildings'));
  perform private.import_topology(p_import.id, v_land, v_communities, v_cells);
  perform private.import_buildings(p_import.id, v_land, v_communities, v_cells, v_buildings);

  select count(*), coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('kind', e.kind, 'row', e.row, 'code', e.code, 'values', e.values)
      order by e.kind, e.row) filter (where e.nth <= 200), '[]')
  into v_error_count, v_errors
  from (select x.*, row_number() over (order by x.kind, x.row) as nth from private.import_land_errors(v_land, v_cells, v_buildings) x) e;
  if v_error_count = 0 then
    perform private.import_people(p_import.id, v_communities, v_buildings);
    perform private.import_grids(p_import.id, v_land, v_communities, v_cells);
  end if;
  return pg_catalog.jsonb_build_object('landId', v_land, 'orgUnitId', v_street, 'counts', v_counts, 'errorCount', v_error_count, 'errors', v_errors);
end
$$;

create or replace function public.import_begin(p_kind text, p_org_unit int, p_meta jsonb) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  v_id uuid;
  v_level public.org_level;
  v_edition int;
  v_frame jsonb := p_meta -> 'frame';
begin
  if p_org_unit is null or p_org_unit not in (select private.my_units_as('district_admin', 'street_officer')) then
    perform private.fail('not_allowed');
  end if;
  if p_kind is null or p_kind not in ('land', 'land_change') then
    perform private.fail('import_kind_unknown', pg_catalog.jsonb_build_object('kind', p_kind));
  end if;
  if p_kind = 'land_change' then
    select l.edition into v_edition from public.lands l where l.org_unit_id = p_org_unit;
    if v_edition is null then
      perform private.fail('land_missing', pg_catalog.jsonb_build_object('orgUnitId', p_org_unit));
    end if;
    if v_edition is distinct from private.json_int(p_meta, 'baseEdition') then
      perform private.fail('land_outdated', pg_catalog.jsonb_build_object('edition', v_edition));
    end if;
    -- The street is there: without this its communities would be taken for new ones whose codes are taken.
    p_meta := p_meta - 'street';
  else
    if private.json_number(v_frame, 'lng0') is null or private.json_number(v_frame, 'lat0') is null
      or private.json_number(v_frame, 'mPerDegLng') is null or private.json_number(v_frame, 'mPerDegLat') is null then
      perform private.fail('import_frame_invalid');
    end if;
    select u.level into v_level from public.org_units u where u.id = p_org_unit;
    if pg_catalog.jsonb_typeof(p_meta -> 'street') is distinct from 'object' and v_level <> 'street' then
      perform private.fail('import_street_missing');
    end if;
  end if;
  insert into public.imports (kind, org_unit_id, meta, created_by)
  values (p_kind, p_org_unit, p_meta, private.my_person())
  returning id into v_id;
  return pg_catalog.jsonb_build_object('importId', v_id);
end
$$;
comment on function public.import_begin(text, int, jsonb) is
  'Begin an import → {importId}. Kind land: p_org_unit is the street, or the unit above it where p_meta.street = {code, name, initials?} '
  'makes a new one; p_meta.frame is the land''s frame. Kind land_change: p_org_unit is a street with land, p_meta.baseEdition the edition '
  'of the land the change was made on. Errors: not_allowed, import_kind_unknown, import_frame_invalid, import_street_missing, '
  'land_missing, land_outdated {edition}.';

create or replace function public.import_check(p_import uuid) returns jsonb language plpgsql security definer set search_path = '' set jit = off as $$
declare
  v_import public.imports := private.require_import(p_import);
  v_result jsonb;
begin
  begin
    v_result := private.import_apply(v_import);
    raise exception using errcode = 'GW001', message = 'undo';
  exception when sqlstate 'GW001' then
    -- Written and undone: the dry run is the real run.
    null;
  end;
  return v_result - 'landId' - 'orgUnitId';
end
$$;
comment on function public.import_check(uuid) is
  'Dry run of import_commit → what it would answer but the ids of land and street, with {errorCount, errors: [{kind, row, code, values}]}, '
  'at most 200 errors listed; nothing stays. Errors: import_unknown, not_allowed, land_missing, land_outdated.';

create or replace function public.import_commit(p_import uuid) returns jsonb language plpgsql security definer set search_path = '' set jit = off as $$
declare
  v_import public.imports := private.require_import(p_import);
  v_result jsonb;
begin
  v_result := private.import_apply(v_import);
  if (v_result ->> 'errorCount')::int > 0 then
    perform private.fail('import_invalid', v_result - 'landId' - 'orgUnitId');
  end if;
  if v_import.kind = 'land' then
    -- The next thing is that the land is read. Without statistics its snapshot is joined row against row: 40 s for a city
    -- instead of 2, and the embedded engine has nobody who gathers them later. Shapes are left out, they tell no join anything.
    analyze public.cells, public.land_nodes, public.households, public.grid_cells, public.members, public.residents,
      public.land_arcs (id, land_id, start_node, end_node, left_cell, right_cell, to_edition),
      public.buildings (id, land_id, community_id, compound_id, cell_id);
  end if;
  delete from public.import_chunks c where c.import_id = p_import;
  update public.imports i set status = 'committed', report = v_result - 'errors' - 'errorCount' where i.id = p_import;
  perform private.write_audit(case v_import.kind when 'land_change' then 'land_changed' else 'land_imported' end, 'import', p_import::text,
    (v_result ->> 'orgUnitId')::int, case v_import.kind when 'land_change' then v_result - 'errors' - 'errorCount' - 'review' else v_result -> 'counts' end);
  return v_result - 'errors' - 'errorCount';
end
$$;

-- The edition is read when the land is held, not before: a draft opened while the land changes stands on the new cells.
create or replace function public.open_plan_draft(p_land int, p_title text) returns jsonb
language plpgsql security definer set search_path = '' set jit = off as $$
declare
  v_person uuid := private.require_redesign(p_land);
  v_edition int;
  v_plan public.plans;
begin
  perform 1 from public.lands l where l.id = p_land for update;
  select e.id into v_edition from public.grid_editions e where e.land_id = p_land and e.valid_to is null;
  v_plan := private.make_plan(p_land, p_title, v_edition, v_person);
  insert into public.plan_grids (plan_id, grid_id, code, name, community_id, kind)
  select v_plan.id, g.id, g.code, g.name, g.community_id, g.kind from public.grids g where g.edition_id = v_edition;
  insert into public.plan_cells (plan_id, cell_id, grid_id)
  select v_plan.id, c.id, gc.grid_id
  from public.cells c
  left join public.grid_cells gc on gc.edition_id = v_edition and gc.cell_id = c.id
  where c.land_id = p_land and c.to_edition is null;
  perform private.write_audit('plan_opened', 'plan', v_plan.id::text,
    (select l.org_unit_id from public.lands l where l.id = p_land), pg_catalog.jsonb_build_object('number', v_plan.number, 'title', v_plan.title));
  return pg_catalog.jsonb_build_object('planId', v_plan.id, 'number', v_plan.number, 'revision', v_plan.revision);
end
$$;

revoke all on all functions in schema private from public;
grant execute on function public.land_source(int) to authenticated;
