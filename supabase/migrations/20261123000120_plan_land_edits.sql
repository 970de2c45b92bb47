-- Edits of a plan that redraw land: read, checked against what there is, applied, and proved to be a subdivision.

-- ── reading a patch ───────────────────────────────────────────────────────────────────────────────────────────────
create function private.json_id(p_row jsonb, p_key text) returns int language plpgsql immutable parallel safe set search_path = '' as $$
declare
  v_text text := (p_row -> p_key)::text;
begin
  if v_text is null or v_text !~ '^-?[1-9][0-9]{0,9}$' or not v_text::bigint between -2147483648 and 2147483647 then
    return null;
  end if;
  return v_text::int;
end
$$;
comment on function private.json_id(jsonb, text) is 'An id of 32 bits, below 0 too, or null where there is none.';

create function private.patch_is_whole(p_patch jsonb) returns boolean language sql immutable set search_path = '' as $$
  select case when pg_catalog.jsonb_typeof(p_patch -> 'nodes') = 'array' and pg_catalog.jsonb_typeof(p_patch -> 'cells') = 'array'
    and pg_catalog.jsonb_typeof(p_patch -> 'arcs') = 'array' and pg_catalog.jsonb_typeof(p_patch -> 'buildings') = 'array'
  then not exists (
    select from pg_catalog.jsonb_array_elements(p_patch -> 'nodes') n
    where private.json_id(n, 'id') is null or private.json_int(n, 'x') is null or private.json_int(n, 'y') is null
    union all
    select from pg_catalog.jsonb_array_elements(p_patch -> 'cells') c
    where private.json_id(c, 'id') is null or private.json_int(c, 'communityId') is null
      or private.json_int(c, 'labelX') is null or private.json_int(c, 'labelY') is null
    union all
    select from pg_catalog.jsonb_array_elements(p_patch -> 'buildings') b
    where private.json_id(b, 'id') is null or private.json_id(b, 'cell') is null
    union all
    select from pg_catalog.jsonb_array_elements(p_patch -> 'arcs') a
    where private.json_id(a, 'id') is null or private.json_id(a, 'start') is null or private.json_id(a, 'end') is null
      or (private.json_id(a, 'left') is null and coalesce(a -> 'left', 'null') <> 'null')
      or (private.json_id(a, 'right') is null and coalesce(a -> 'right', 'null') <> 'null')
      or (private.json_id(a, 'left') is null and private.json_id(a, 'right') is null)
      or not coalesce(private.json_int(a, 'kind') between 0 and 6, false)
      or not coalesce(case when pg_catalog.jsonb_typeof(a -> 'xy') = 'array' then pg_catalog.jsonb_array_length(a -> 'xy') >= 4
        and pg_catalog.jsonb_array_length(a -> 'xy') % 2 = 0 and (a ->> 'xy') ~ '^\[-?[0-9]{1,9}(?:, -?[0-9]{1,9})*\]$' end, false)
  ) else false end
$$;
comment on function private.patch_is_whole(jsonb) is 'Whether one side of a land edit is made as it must be; says nothing of whether it fits.';

create function private.patch_size(p_patch jsonb) returns int language sql immutable set search_path = '' as $$
  select pg_catalog.jsonb_array_length(p_patch -> 'nodes') + pg_catalog.jsonb_array_length(p_patch -> 'cells')
    + pg_catalog.jsonb_array_length(p_patch -> 'buildings')
    + coalesce((select sum(1 + pg_catalog.jsonb_array_length(a -> 'xy') / 2)::int from pg_catalog.jsonb_array_elements(p_patch -> 'arcs') a), 0)
$$;
comment on function private.patch_size(jsonb) is 'Things and points of one side of a land edit.';

create function private.patch_arcs(p_patch jsonb)
returns table (id int, start_node int, end_node int, left_cell int, right_cell int, kind smallint, xy int[], line extensions.geometry)
language sql immutable set search_path = '' as $$
  select (a ->> 'id')::int, (a ->> 'start')::int, (a ->> 'end')::int, (a ->> 'left')::int, (a ->> 'right')::int, (a ->> 'kind')::smallint,
    pg_catalog.translate(a ->> 'xy', '[] ', '{}')::int[], private.lattice_line(a ->> 'xy')
  from pg_catalog.jsonb_array_elements(p_patch -> 'arcs') a
$$;
comment on function private.patch_arcs(jsonb) is 'Borders of one side of a land edit that is whole.';

-- ── does it fit what there is ─────────────────────────────────────────────────────────────────────────────────────
create function private.check_land_before(p_plan uuid, p_land int, p_index int, p_edit jsonb) returns void
language plpgsql set search_path = '' as $$
declare
  v_before jsonb := p_edit -> 'before';
  v_after jsonb := p_edit -> 'after';
  v_wrong record;
begin
  -- A thing that was and is named on one side, or on both; never twice on one.
  select t.* into v_wrong
  from (
    select t.key, (i ->> 'id')::int as id, count(*) over (partition by s.side, t.kind, i -> 'id') as times
    from (values (v_before, 'before'), (v_after, 'after')) s(patch, side)
    cross join (values ('nodes', 'nodeId'), ('cells', 'cellId'), ('arcs', 'arcId'), ('buildings', 'buildingId')) t(kind, key)
    cross join lateral pg_catalog.jsonb_array_elements(s.patch -> t.kind) i
  ) t
  where t.times > 1
  limit 1;
  if found then
    perform private.refuse_delta(p_index, 'land_id_taken', pg_catalog.jsonb_build_object(v_wrong.key, v_wrong.id));
  end if;

  -- Before must be what there is.
  select w.* into v_wrong
  from (
    select 'nodeId' as key, (i ->> 'id')::int as id
    from pg_catalog.jsonb_array_elements(v_before -> 'nodes') i
    left join public.plan_land_nodes o on o.plan_id = p_plan and o.node_id = (i ->> 'id')::int
    left join public.land_nodes n on n.id = (i ->> 'id')::int and n.land_id = p_land and n.to_edition is null and o.node_id is null
    where ((i ->> 'x')::int, (i ->> 'y')::int) is distinct from (coalesce(o.x, n.x), coalesce(o.y, n.y))
    union all
    select 'cellId', (i ->> 'id')::int
    from pg_catalog.jsonb_array_elements(v_before -> 'cells') i
    left join public.plan_land_cells o on o.plan_id = p_plan and o.cell_id = (i ->> 'id')::int
    left join public.cells c on c.id = (i ->> 'id')::int and c.land_id = p_land and c.to_edition is null and o.cell_id is null
    where ((i ->> 'communityId')::int, (i ->> 'labelX')::int, (i ->> 'labelY')::int)
      is distinct from (coalesce(o.community_id, c.community_id), coalesce(o.label_x, c.label_x), coalesce(o.label_y, c.label_y))
    union all
    select 'arcId', b.id
    from private.patch_arcs(v_before) b
    left join public.plan_land_arcs o on o.plan_id = p_plan and o.arc_id = b.id
    left join public.land_arcs a on a.id = b.id and a.land_id = p_land and a.to_edition is null and o.arc_id is null
    where (b.start_node, b.end_node, b.kind, extensions.st_asbinary(b.line))
        is distinct from (coalesce(o.start_node, a.start_node), coalesce(o.end_node, a.end_node), coalesce(o.kind, a.kind),
          extensions.st_asbinary(coalesce(o.line, a.line)))
      or (b.left_cell, b.right_cell) is distinct from (case when o.arc_id is null then a.left_cell else o.left_cell end,
        case when o.arc_id is null then a.right_cell else o.right_cell end)
    union all
    select 'buildingId', (i ->> 'id')::int
    from pg_catalog.jsonb_array_elements(v_before -> 'buildings') i
    left join public.buildings b on b.id = (i ->> 'id')::int and b.land_id = p_land
    left join public.plan_land_buildings o on o.plan_id = p_plan and o.building_id = b.id
    where (i ->> 'cell')::int is distinct from coalesce(o.cell_id, b.cell_id)
    union all
    select 'buildingId', (coalesce(a, b) ->> 'id')::int
    from pg_catalog.jsonb_array_elements(v_before -> 'buildings') b
    full join pg_catalog.jsonb_array_elements(v_after -> 'buildings') a on a -> 'id' = b -> 'id'
    where a is null or b is null
  ) w
  limit 1;
  if found then
    perform private.refuse_delta(p_index, 'land_before_mismatch', pg_catalog.jsonb_build_object(v_wrong.key, v_wrong.id));
  end if;

  -- What comes has an id below 0 that is free, or is a thing of the land that had gone.
  select w.* into v_wrong
  from (
    select t.key, i.id,
      case t.kind
        when 'nodes' then case when i.id < 0 then not exists (select from public.plan_land_nodes o where o.plan_id = p_plan and o.node_id = i.id)
          else exists (select from public.plan_land_nodes o where o.plan_id = p_plan and o.node_id = i.id and o.gone) end
        when 'cells' then case when i.id < 0 then not exists (select from public.plan_land_cells o where o.plan_id = p_plan and o.cell_id = i.id)
          else exists (select from public.plan_land_cells o where o.plan_id = p_plan and o.cell_id = i.id and o.gone) end
        else case when i.id < 0 then not exists (select from public.plan_land_arcs o where o.plan_id = p_plan and o.arc_id = i.id)
          else exists (select from public.plan_land_arcs o where o.plan_id = p_plan and o.arc_id = i.id and o.gone) end
      end as free
    from (values ('nodes', 'nodeId'), ('cells', 'cellId'), ('arcs', 'arcId')) t(kind, key)
    cross join lateral (
      select (a ->> 'id')::int as id from pg_catalog.jsonb_array_elements(v_after -> t.kind) a
      where not exists (select from pg_catalog.jsonb_array_elements(v_before -> t.kind) b where b -> 'id' = a -> 'id')
    ) i
  ) w
  where not w.free
  limit 1;
  if found then
    perform private.refuse_delta(p_index, 'land_id_taken', pg_catalog.jsonb_build_object(v_wrong.key, v_wrong.id));
  end if;
end
$$;
comment on function private.check_land_before(uuid, int, int, jsonb) is
  'delta_invalid with land_id_taken or land_before_mismatch unless a land edit that is whole speaks of the plan as it is.';

create function private.community_in_edit(p_plan uuid, p_patch jsonb) returns table (cell_id int, community_id int)
language sql stable set search_path = '' as $$
  select t.cell_id, coalesce((select (c ->> 'communityId')::int from pg_catalog.jsonb_array_elements(p_patch -> 'cells') c where (c ->> 'id')::int = t.cell_id),
    (select o.community_id from public.plan_land_cells o where o.plan_id = p_plan and o.cell_id = t.cell_id),
    (select k.community_id from public.cells k where k.id = t.cell_id))
  from (
    select distinct s.cell_id
    from private.patch_arcs(p_patch) a cross join lateral (values (a.left_cell), (a.right_cell)) s(cell_id)
    where s.cell_id is not null
  ) t
$$;
comment on function private.community_in_edit(uuid, jsonb) is 'Community of each cell on a border of one side of a land edit, asked before it is applied.';

create function private.land_outline_moves(p_plan uuid, p_edit jsonb) returns boolean language sql stable set search_path = '' as $$
  -- Borders as they were count against borders as they will be. On each straight line of the lattice a stretch adds up to a
  -- step up at its lower end and a step down at its upper end; where all steps cancel, the stretches do: exactly, however a
  -- line is parted. A community is on the left of its outline; stretches between cells of one community cancel by themselves.
  with arc as materialized (
    select 1 as times, a.xy, a.kind, l.community_id as l, r.community_id as r
    from private.patch_arcs(p_edit -> 'after') a
    left join private.community_in_edit(p_plan, p_edit -> 'after') l on l.cell_id = a.left_cell
    left join private.community_in_edit(p_plan, p_edit -> 'after') r on r.cell_id = a.right_cell
    union all
    select -1, a.xy, a.kind, l.community_id, r.community_id
    from private.patch_arcs(p_edit -> 'before') a
    left join private.community_in_edit(p_plan, p_edit -> 'before') l on l.cell_id = a.left_cell
    left join private.community_in_edit(p_plan, p_edit -> 'before') r on r.cell_id = a.right_cell
  ), stretch as (
    select a.times, a.kind, a.l, a.r, a.xy[2 * k - 1]::bigint as x0, a.xy[2 * k]::bigint as y0, a.xy[2 * k + 1]::bigint as x1, a.xy[2 * k + 2]::bigint as y1
    from arc a cross join lateral pg_catalog.generate_series(1, pg_catalog.cardinality(a.xy) / 2 - 1) k
    where a.l is distinct from a.r or a.kind = 6
  ), placed as (
    select s.times * case when s.x1 > s.x0 or (s.x1 = s.x0 and s.y1 > s.y0) then 1 else -1 end as times, s.times as either_way, s.kind, s.l, s.r,
      abs(s.x1 - s.x0) / d.step as ux, (s.y1 - s.y0) / d.step * case when s.x1 > s.x0 or (s.x1 = s.x0 and s.y1 > s.y0) then 1 else -1 end as uy,
      s.x0, s.y0, least(case when s.x0 = s.x1 then s.y0 else s.x0 end, case when s.x0 = s.x1 then s.y1 else s.x1 end) as low,
      greatest(case when s.x0 = s.x1 then s.y0 else s.x0 end, case when s.x0 = s.x1 then s.y1 else s.x1 end) as high
    from stretch s cross join lateral (select pg_catalog.gcd(abs(s.x1 - s.x0), abs(s.y1 - s.y0)) as step) d
    where d.step > 0
  ), owned as (
    -- 0 stands for official lines, which have no direction.
    select p.l as community, p.kind, p.times, p.ux, p.uy, p.ux * p.y0 - p.uy * p.x0 as line, p.low, p.high from placed p where p.l is distinct from p.r and p.l is not null
    union all
    select p.r, p.kind, -p.times, p.ux, p.uy, p.ux * p.y0 - p.uy * p.x0, p.low, p.high from placed p where p.l is distinct from p.r and p.r is not null
    union all
    select 0, p.kind, p.either_way, p.ux, p.uy, p.ux * p.y0 - p.uy * p.x0, p.low, p.high from placed p where p.kind = 6
  ), step as (
    select o.community, o.kind, o.ux, o.uy, o.line, o.low as at, o.times from owned o
    union all
    select o.community, o.kind, o.ux, o.uy, o.line, o.high, -o.times from owned o
  )
  select exists (select from step s group by s.community, s.kind, s.ux, s.uy, s.line, s.at having sum(s.times) <> 0)
$$;
comment on function private.land_outline_moves(uuid, jsonb) is
  'Whether a land edit moves the edge of the land, of a community, or a line of kind boundary, by as little as a lattice point, or calls '
  'one by another kind. '
  'Whole numbers only, so the answer is exact.';

-- ── is the outcome a subdivision ──────────────────────────────────────────────────────────────────────────────────
create function private.to_lattice(p_land int, p_geom extensions.geometry) returns extensions.geometry
language sql stable set search_path = '' as $$
  select extensions.st_setsrid(
    extensions.st_affine(
      p_geom, l.m_per_deg_lng / 0.005, 0::float8, 0::float8, 0::float8, l.m_per_deg_lat / 0.005, 0::float8,
      0::float8, 0::float8, 1::float8, -l.lng0 * l.m_per_deg_lng / 0.005, -l.lat0 * l.m_per_deg_lat / 0.005, 0::float8),
    0)
  from public.lands l where l.id = p_land
$$;
comment on function private.to_lattice(int, extensions.geometry) is 'Geometry in degrees on the lattice, unrounded.';

create function private.land_fault(p_plan uuid, p_land int, p_edit jsonb) returns jsonb language plpgsql stable set search_path = '' as $$
declare
  v_cells int[];
  v_gone int[];
  v_lines extensions.geometry[];
  v_left int[];
  v_right int[];
  v_face_groups int[];
  v_faces extensions.geometry[];
  v_fault jsonb;
begin
  select array_agg(distinct t.cell_id) into v_cells
  from (
    select (i ->> 'id')::int as cell_id
    from (values (p_edit -> 'before'), (p_edit -> 'after')) s(patch) cross join lateral pg_catalog.jsonb_array_elements(s.patch -> 'cells') i
    union all
    select c.cell_id
    from (values (p_edit -> 'before'), (p_edit -> 'after')) s(patch)
    cross join lateral private.patch_arcs(s.patch) a
    cross join lateral (values (a.left_cell), (a.right_cell)) c(cell_id)
    where c.cell_id is not null
    union all
    select (i ->> 'cell')::int
    from (values (p_edit -> 'before'), (p_edit -> 'after')) s(patch) cross join lateral pg_catalog.jsonb_array_elements(s.patch -> 'buildings') i
  ) t;
  select array_agg(t.id) into v_gone
  from unnest(v_cells) t(id)
  where not exists (select from public.plan_land_cells o where o.plan_id = p_plan and o.cell_id = t.id and not o.gone)
    and not exists (
      select from public.cells c where c.id = t.id and c.land_id = p_land and c.to_edition is null
        and not exists (select from public.plan_land_cells o where o.plan_id = p_plan and o.cell_id = c.id));
  v_gone := coalesce(v_gone, '{}');

  -- ── borders stand on nodes and cells that are there ─────────────────────────────────────────────────────────────
  with arc as materialized (
    select a.* from private.arcs_around(p_plan, v_cells) a
  ), node as materialized (
    select e.arc_id, e.node_id, e.point, coalesce(o.x, n.x) as x, coalesce(o.y, n.y) as y
    from (
      select a.arc_id, a.start_node as node_id, extensions.st_startpoint(a.line) as point from arc a
      union all
      select a.arc_id, a.end_node, extensions.st_endpoint(a.line) from arc a
    ) e
    left join public.plan_land_nodes o on o.plan_id = p_plan and o.node_id = e.node_id
    left join public.land_nodes n on n.id = e.node_id and n.land_id = p_land and n.to_edition is null and o.node_id is null
  )
  select f.fault into v_fault
  from (
    select pg_catalog.jsonb_build_object('problem', 'cell_missing', 'arcId', a.arc_id, 'cellId', g.id) as fault
    from arc a join unnest(v_gone) g(id) on g.id in (a.left_cell, a.right_cell)
    union all
    select pg_catalog.jsonb_build_object('problem', 'cell_missing', 'arcId', a.arc_id, 'cellId', a.left_cell) from arc a where a.left_cell = a.right_cell
    union all
    select pg_catalog.jsonb_build_object('problem', 'arc_ends', 'arcId', a.id)
    from private.patch_arcs(p_edit -> 'after') a
    where exists (select from pg_catalog.generate_series(1, pg_catalog.cardinality(a.xy) / 2 - 1) k
      where (a.xy[2 * k - 1], a.xy[2 * k]) = (a.xy[2 * k + 1], a.xy[2 * k + 2]))
    union all
    select pg_catalog.jsonb_build_object('problem', 'arc_ends', 'arcId', n.arc_id)
    from node n where (n.x, n.y) is distinct from (extensions.st_x(n.point)::int, extensions.st_y(n.point)::int)
    union all
    -- A node that went or moved has left no border behind; those of cells that are not looked at here included.
    select pg_catalog.jsonb_build_object('problem', 'arc_ends', 'arcId', a.id)
    from pg_catalog.jsonb_array_elements(p_edit -> 'before' -> 'nodes') i
    join public.plan_land_nodes o on o.plan_id = p_plan and o.node_id = (i ->> 'id')::int and o.node_id > 0
    join public.land_nodes n on n.id = o.node_id
    join public.land_arcs a on a.land_id = p_land and a.to_edition is null and n.id in (a.start_node, a.end_node)
    where (o.gone or (o.x, o.y) <> (n.x, n.y)) and not exists (select from public.plan_land_arcs x where x.plan_id = p_plan and x.arc_id = a.id)
    union all
    select pg_catalog.jsonb_build_object('problem', 'node_loose', 'nodeId', (i ->> 'id')::int)
    from pg_catalog.jsonb_array_elements(p_edit -> 'after' -> 'nodes') i
    where (i ->> 'id')::int not in (select n.node_id from node n)
    union all
    select pg_catalog.jsonb_build_object('problem', 'node_loose', 'nodeId', e.node_id)
    from private.patch_arcs(p_edit -> 'before') a
    cross join lateral (values (a.start_node), (a.end_node)) e(node_id)
    left join public.plan_land_nodes o on o.plan_id = p_plan and o.node_id = e.node_id
    where (o.x is not null or (o.node_id is null and e.node_id > 0)) and e.node_id not in (select n.node_id from node n)
    union all
    select pg_catalog.jsonb_build_object('problem', 'building_unknown', 'buildingId', b.id, 'cellId', g.id)
    from unnest(v_gone) g(id)
    join public.buildings b on b.cell_id = g.id
    where not exists (select from public.plan_land_buildings o where o.plan_id = p_plan and o.building_id = b.id)
    union all
    select pg_catalog.jsonb_build_object('problem', 'building_unknown', 'buildingId', o.building_id, 'cellId', g.id)
    from unnest(v_gone) g(id)
    join public.plan_land_buildings o on o.plan_id = p_plan and o.cell_id = g.id
    union all
    select pg_catalog.jsonb_build_object('problem', 'building_unknown', 'buildingId', b.id, 'cellId', (i ->> 'cell')::int)
    from pg_catalog.jsonb_array_elements(p_edit -> 'after' -> 'buildings') i
    join public.buildings b on b.id = (i ->> 'id')::int
    join private.cells_of_plan(p_plan, p_land) c on c.cell_id = (i ->> 'cell')::int
    where c.community_id <> b.community_id
  ) f
  limit 1;
  if v_fault is not null then
    return v_fault;
  end if;

  -- ── each cell is one face, with its label and its buildings; and the faces are what the borders say ─────────────
  v_cells := array(select t.id from unnest(v_cells) t(id) where t.id <> all (v_gone) order by t.id);
  with member as materialized (
    select c.id, (c.place - 1)::int as grp from unnest(v_cells) with ordinality as c(id, place)
  )
  select array_agg(a.line), array_agg(coalesce(l.grp, -1)), array_agg(coalesce(r.grp, -1)) into v_lines, v_left, v_right
  from private.arcs_around(p_plan, v_cells) a
  left join member l on l.id = a.left_cell
  left join member r on r.id = a.right_cell
  where l.grp is distinct from r.grp;
  select array_agg(f.grp), array_agg(f.face) into v_face_groups, v_faces from private.group_faces(v_lines, v_left, v_right) f;

  select pg_catalog.jsonb_build_object('problem', case when not extensions.st_issimple(extensions.st_collect(v_lines)) then 'crossing'
      when count(f.grp) = 0 then 'cell_open' else 'cell_in_pieces' end, 'cellId', c.id) into v_fault
  from unnest(v_cells) with ordinality as c(id, place)
  left join unnest(v_face_groups) as f(grp) on f.grp = c.place - 1
  group by c.id
  having count(f.grp) <> 1
  limit 1;
  if v_fault is not null then
    return v_fault;
  end if;
  if not coalesce(private.group_faces_tile(v_lines, v_left, v_right, v_face_groups, v_faces), false)
    or exists (select from unnest(v_faces) f(face) where not extensions.st_isvalid(f.face)) then
    return '{"problem": "crossing"}';
  end if;

  select f.fault into v_fault
  from (
    select pg_catalog.jsonb_build_object('problem', 'label_outside', 'cellId', v_cells[f.grp + 1]) as fault
    from unnest(v_face_groups, v_faces) as f(grp, face)
    join private.cells_of_plan(p_plan, p_land) c on c.cell_id = v_cells[f.grp + 1]
    where not extensions.st_contains(f.face, extensions.st_makepoint(c.label_x, c.label_y))
    union all
    select pg_catalog.jsonb_build_object('problem', 'building_unknown', 'buildingId', p.id, 'cellId', v_cells[f.grp + 1])
    from unnest(v_face_groups, v_faces) as f(grp, face)
    join (
      select (i ->> 'id')::int as id, (i ->> 'cell')::int as cell_id from pg_catalog.jsonb_array_elements(p_edit -> 'after' -> 'buildings') i
    ) p on p.cell_id = v_cells[f.grp + 1]
    join public.buildings b on b.id = p.id
    -- The console knows outlines and looks at the middle of the box around one; a border may pass through a house.
    where not extensions.st_intersects(f.face, private.to_lattice(p_land, extensions.st_envelope(coalesce(b.geom, b.point))))
  ) f
  limit 1;
  return v_fault;
end
$$;
comment on function private.land_fault(uuid, int, jsonb) is
  'What is wrong with the land of a plan around a land edit that was just applied → {problem, …ids} in the words of the client, or null. Borders stand on nodes and '
  'cells that are there; each cell touched is one valid face with its label point inside; the faces have exactly the borders on record, '
  'so they neither gap nor overlap; buildings touch the cell they were moved to. O(borders of the cells touched).';

-- ── applying ──────────────────────────────────────────────────────────────────────────────────────────────────────
create function private.write_land(p_plan uuid, p_land int, p_edit jsonb) returns void language plpgsql set search_path = '' as $$
declare
  v_before jsonb := p_edit -> 'before';
  v_after jsonb := p_edit -> 'after';
begin
  -- ── what is on the side before only goes ────────────────────────────────────────────────────────────────────────
  insert into public.plan_land_nodes (plan_id, node_id, gone)
  select p_plan, (i ->> 'id')::int, true from pg_catalog.jsonb_array_elements(v_before -> 'nodes') i where (i ->> 'id')::int > 0
  on conflict (plan_id, node_id) do update set gone = true, x = null, y = null;
  insert into public.plan_land_cells (plan_id, cell_id, gone)
  select p_plan, (i ->> 'id')::int, true from pg_catalog.jsonb_array_elements(v_before -> 'cells') i where (i ->> 'id')::int > 0
  on conflict (plan_id, cell_id) do update set gone = true, community_id = null, label_x = null, label_y = null;
  insert into public.plan_land_arcs (plan_id, arc_id, gone)
  select p_plan, (i ->> 'id')::int, true from pg_catalog.jsonb_array_elements(v_before -> 'arcs') i where (i ->> 'id')::int > 0
  on conflict (plan_id, arc_id) do update
  set gone = true, start_node = null, end_node = null, line = null, kind = null, left_cell = null, right_cell = null;
  delete from public.plan_land_nodes o using pg_catalog.jsonb_array_elements(v_before -> 'nodes') i
  where o.plan_id = p_plan and o.node_id = (i ->> 'id')::int and o.node_id < 0;
  delete from public.plan_land_cells o using pg_catalog.jsonb_array_elements(v_before -> 'cells') i
  where o.plan_id = p_plan and o.cell_id = (i ->> 'id')::int and o.cell_id < 0;
  delete from public.plan_land_arcs o using pg_catalog.jsonb_array_elements(v_before -> 'arcs') i
  where o.plan_id = p_plan and o.arc_id = (i ->> 'id')::int and o.arc_id < 0;

  -- ── what is on the side after comes, or comes back changed ──────────────────────────────────────────────────────
  insert into public.plan_land_nodes (plan_id, node_id, x, y)
  select p_plan, (i ->> 'id')::int, (i ->> 'x')::int, (i ->> 'y')::int from pg_catalog.jsonb_array_elements(v_after -> 'nodes') i
  on conflict (plan_id, node_id) do update set gone = false, x = excluded.x, y = excluded.y;
  insert into public.plan_land_cells (plan_id, cell_id, community_id, label_x, label_y)
  select p_plan, (i ->> 'id')::int, (i ->> 'communityId')::int, (i ->> 'labelX')::int, (i ->> 'labelY')::int
  from pg_catalog.jsonb_array_elements(v_after -> 'cells') i
  on conflict (plan_id, cell_id) do update
  set gone = false, community_id = excluded.community_id, label_x = excluded.label_x, label_y = excluded.label_y;
  insert into public.plan_land_arcs (plan_id, arc_id, start_node, end_node, line, kind, left_cell, right_cell)
  select p_plan, a.id, a.start_node, a.end_node, a.line, a.kind, a.left_cell, a.right_cell from private.patch_arcs(v_after) a
  on conflict (plan_id, arc_id) do update
  set gone = false, start_node = excluded.start_node, end_node = excluded.end_node, line = excluded.line, kind = excluded.kind,
    left_cell = excluded.left_cell, right_cell = excluded.right_cell;
  insert into public.plan_land_buildings (plan_id, building_id, cell_id)
  select p_plan, (i ->> 'id')::int, (i ->> 'cell')::int from pg_catalog.jsonb_array_elements(v_after -> 'buildings') i
  on conflict (plan_id, building_id) do update set cell_id = excluded.cell_id;

  -- ── what is as the land has it is no difference ─────────────────────────────────────────────────────────────────
  delete from public.plan_land_nodes o using public.land_nodes n
  where o.plan_id = p_plan and n.id = o.node_id and (o.x, o.y) = (n.x, n.y);
  delete from public.plan_land_cells o using public.cells c
  where o.plan_id = p_plan and c.id = o.cell_id and (o.community_id, o.label_x, o.label_y) = (c.community_id, c.label_x, c.label_y);
  delete from public.plan_land_arcs o using public.land_arcs a
  where o.plan_id = p_plan and a.id = o.arc_id and not o.gone and (o.start_node, o.end_node, o.kind) = (a.start_node, a.end_node, a.kind)
    and o.left_cell is not distinct from a.left_cell and o.right_cell is not distinct from a.right_cell
    and extensions.st_asbinary(o.line) = extensions.st_asbinary(a.line);
  delete from public.plan_land_buildings o using public.buildings b
  where o.plan_id = p_plan and b.id = o.building_id and o.cell_id = b.cell_id;
end
$$;
comment on function private.write_land(uuid, int, jsonb) is 'Put a land edit that fits into the tables of a plan: only differences from the land are kept.';

create function private.apply_land(p_plan uuid, p_land int, p_index int, p_edit jsonb) returns void language plpgsql set search_path = '' as $$
declare
  -- Beyond what a hand draws in one go, and a whole street takes seconds to prove.
  v_most constant int := 60000;
  v_cell record;
  v_arc record;
  v_fault jsonb;
begin
  if not private.patch_is_whole(p_edit -> 'before') or not private.patch_is_whole(p_edit -> 'after') then
    perform private.refuse_delta(p_index, 'malformed');
  elsif private.patch_size(p_edit -> 'before') + private.patch_size(p_edit -> 'after') > v_most then
    perform private.refuse_delta(p_index, 'malformed', pg_catalog.jsonb_build_object('most', v_most));
  end if;
  perform private.check_land_before(p_plan, p_land, p_index, p_edit);

  -- A cell stays in its community; a new one lies in one the land has.
  select (a ->> 'id')::int as id,
    case when b is not null and a -> 'communityId' <> b -> 'communityId' then 'land_outline_changed'
      when not exists (select from public.cells c where c.community_id = (a ->> 'communityId')::int and c.land_id = p_land and c.to_edition is null)
        then 'community_unknown' end as reason
  into v_cell
  from pg_catalog.jsonb_array_elements(p_edit -> 'after' -> 'cells') a
  left join pg_catalog.jsonb_array_elements(p_edit -> 'before' -> 'cells') b on b -> 'id' = a -> 'id'
  order by 2 nulls last
  limit 1;
  if v_cell.reason is not null then
    perform private.refuse_delta(p_index, v_cell.reason, pg_catalog.jsonb_build_object('cellId', v_cell.id));
  end if;
  select a.id, s.cell_id into v_arc
  from private.patch_arcs(p_edit -> 'after') a
  cross join lateral (values (a.left_cell), (a.right_cell)) s(cell_id)
  where s.cell_id is not null
    and not exists (select from pg_catalog.jsonb_array_elements(p_edit -> 'after' -> 'cells') c where (c ->> 'id')::int = s.cell_id)
    and (exists (select from pg_catalog.jsonb_array_elements(p_edit -> 'before' -> 'cells') c where (c ->> 'id')::int = s.cell_id)
      or s.cell_id not in (select c.cell_id from private.cells_of_plan(p_plan, p_land) c))
  limit 1;
  if found then
    perform private.refuse_delta(p_index, 'land_invalid', pg_catalog.jsonb_build_object('problem', 'cell_missing', 'arcId', v_arc.id, 'cellId', v_arc.cell_id));
  end if;
  if private.land_outline_moves(p_plan, p_edit) then
    perform private.refuse_delta(p_index, 'land_outline_changed');
  end if;
  perform private.write_land(p_plan, p_land, p_edit);
  v_fault := private.land_fault(p_plan, p_land, p_edit);
  if v_fault is not null then
    perform private.refuse_delta(p_index, 'land_invalid', v_fault);
  end if;
end
$$;
comment on function private.apply_land(uuid, int, int, jsonb) is
  'Apply a land edit to a plan and prove that its land is still a subdivision with the same communities. Anything else raises delta_invalid.';
