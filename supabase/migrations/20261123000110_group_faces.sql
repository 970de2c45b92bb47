-- Polygons from borders, whoever's borders they are: of a land, or of a land as a plan has it. The bodies are those of
-- land_faces and faces_tile, asked of lists instead of a table.

-- Lists tell the planner nothing of their length: guessed short, they are joined row against row.
create function private.group_faces(p_lines extensions.geometry[], p_left int[], p_right int[])
returns table (grp int, face extensions.geometry) language sql stable set search_path = '' set enable_nestloop = off as $$
  with border as materialized (
    select b.line, b.l, b.r from unnest(p_lines, p_left, p_right) as b(line, l, r)
  ), face as materialized (
    select extensions.st_forcepolygonccw(d.geom) as geom, row_number() over () as id
    from extensions.st_dump((select extensions.st_polygonize(b.line) from border b)) as d
  ), ring as materialized (
    select f.id, extensions.st_exteriorring(f.geom) as line from face f
  ), walk as materialized (
    -- An arc walked from either end: its first step, and the group on the left of that step.
    select extensions.st_x(extensions.st_pointn(b.line, 1)) as x0, extensions.st_y(extensions.st_pointn(b.line, 1)) as y0,
      extensions.st_x(extensions.st_pointn(b.line, 2)) as x1, extensions.st_y(extensions.st_pointn(b.line, 2)) as y1, b.l as grp
    from border b
    union all
    select extensions.st_x(extensions.st_pointn(b.line, -1)), extensions.st_y(extensions.st_pointn(b.line, -1)),
      extensions.st_x(extensions.st_pointn(b.line, -2)), extensions.st_y(extensions.st_pointn(b.line, -2)), b.r
    from border b
  ), known as materialized (
    -- A ring begins where an arc begins, so its first step names the arc, and the arc names the group inside.
    select r.id, w.grp
    from ring r
    join walk w
      on w.x0 = extensions.st_x(extensions.st_pointn(r.line, 1)) and w.y0 = extensions.st_y(extensions.st_pointn(r.line, 1))
      and w.x1 = extensions.st_x(extensions.st_pointn(r.line, 2)) and w.y1 = extensions.st_y(extensions.st_pointn(r.line, 2))
  ), searched as (
    -- Should a ring begin elsewhere, all of its steps are asked.
    select distinct on (r.id) r.id, w.grp
    from ring r
    cross join lateral extensions.st_dumpsegments(r.line) as s
    join walk w
      on w.x0 = extensions.st_x(extensions.st_pointn(s.geom, 1)) and w.y0 = extensions.st_y(extensions.st_pointn(s.geom, 1))
      and w.x1 = extensions.st_x(extensions.st_pointn(s.geom, 2)) and w.y1 = extensions.st_y(extensions.st_pointn(s.geom, 2))
    where r.id not in (select k.id from known k)
    order by r.id, w.grp
  )
  select k.grp, f.geom
  from face f
  join (select * from known union all select * from searched) k on k.id = f.id
  where k.grp >= 0
$$;
comment on function private.group_faces(extensions.geometry[], int[], int[]) is
  'Polygons on the lattice of groups, from their borders with the group on either side: a group in pieces gives one face for each '
  'piece. Groups are numbers from 0; what is no group carries -1 and gives no face. O(points of the borders).';

create function private.group_faces_tile(p_lines extensions.geometry[], p_left int[], p_right int[], p_face_groups int[], p_faces extensions.geometry[])
returns boolean language sql stable set search_path = '' as $$
  with drawn as materialized (
    select f.grp, s.geom
    from unnest(p_face_groups, p_faces) as f(grp, face)
    cross join lateral extensions.st_dumpsegments(f.face) as s
  ), recorded as materialized (
    select b.l, b.r, s.geom from unnest(p_lines, p_left, p_right) as b(line, l, r) cross join lateral extensions.st_dumpsegments(b.line) as s
  ), step as (
    select d.grp, extensions.st_x(extensions.st_startpoint(d.geom)) as x0, extensions.st_y(extensions.st_startpoint(d.geom)) as y0,
      extensions.st_x(extensions.st_endpoint(d.geom)) as x1, extensions.st_y(extensions.st_endpoint(d.geom)) as y1, 1 as times
    from drawn d
    union all
    select r.l, extensions.st_x(extensions.st_startpoint(r.geom)), extensions.st_y(extensions.st_startpoint(r.geom)),
      extensions.st_x(extensions.st_endpoint(r.geom)), extensions.st_y(extensions.st_endpoint(r.geom)), -1
    from recorded r where r.l >= 0
    union all
    select r.r, extensions.st_x(extensions.st_endpoint(r.geom)), extensions.st_y(extensions.st_endpoint(r.geom)),
      extensions.st_x(extensions.st_startpoint(r.geom)), extensions.st_y(extensions.st_startpoint(r.geom)), -1
    from recorded r where r.r >= 0
  )
  select not exists (
    select from step s group by s.grp, s.x0, s.y0, s.x1, s.y1 having sum(s.times) <> 0)
$$;
comment on function private.group_faces_tile(extensions.geometry[], int[], int[], int[], extensions.geometry[]) is
  'Whether polygons tile exactly what their borders say. Every directed segment of a group''s polygons must be one of the group''s '
  'arcs, walked with the group on its left, as often, and the other way round. A plane region is determined by its oriented '
  'boundary, and boundaries of neighbours cancel, so this proves: no gap, no overlap. Exact, since all coordinates are whole numbers; '
  'and independent of ST_Coverage*, which PostGIS 3.3 lacks.';

create or replace function private.land_faces(p_land int, p_cells int[], p_groups int[])
returns table (grp int, face extensions.geometry) language sql stable set search_path = '' as $$
  with member as materialized (
    select c.cell, c.grp from unnest(p_cells, p_groups) as c(cell, grp)
  ), border as materialized (
    select a.line, coalesce(l.grp, -1) as l, coalesce(r.grp, -1) as r
    from public.land_arcs a
    left join member l on l.cell = a.left_cell
    left join member r on r.cell = a.right_cell
    where a.land_id = p_land and a.to_edition is null and coalesce(l.grp, -1) <> coalesce(r.grp, -1)
  ), list as (
    select array_agg(b.line) as lines, array_agg(b.l) as lefts, array_agg(b.r) as rights from border b
  )
  select f.grp, f.face from list i cross join lateral private.group_faces(i.lines, i.lefts, i.rights) f
$$;

create or replace function private.faces_tile(p_land int, p_cells int[], p_groups int[], p_face_groups int[], p_faces extensions.geometry[])
returns boolean language sql stable set search_path = '' as $$
  with member as materialized (
    select c.cell, c.grp from unnest(p_cells, p_groups) as c(cell, grp)
  ), border as materialized (
    select a.line, coalesce(l.grp, -1) as l, coalesce(r.grp, -1) as r
    from public.land_arcs a
    left join member l on l.cell = a.left_cell
    left join member r on r.cell = a.right_cell
    where a.land_id = p_land and a.to_edition is null and coalesce(l.grp, -1) <> coalesce(r.grp, -1)
  )
  select private.group_faces_tile(array_agg(b.line), array_agg(b.l), array_agg(b.r), p_face_groups, p_faces) from border b
$$;

create function private.faces_of_plan(p_plan uuid, p_cells int[]) returns table (cell_id int, face extensions.geometry)
language sql stable set search_path = '' as $$
  with member as materialized (
    select c.cell, (c.place - 1)::int as grp from unnest(p_cells) with ordinality as c(cell, place)
  ), list as (
    select array_agg(a.line) as lines, array_agg(coalesce(l.grp, -1)) as lefts, array_agg(coalesce(r.grp, -1)) as rights
    from private.arcs_around(p_plan, p_cells) a
    left join member l on l.cell = a.left_cell
    left join member r on r.cell = a.right_cell
    where l.grp is distinct from r.grp
  )
  select p_cells[f.grp + 1], f.face from list i cross join lateral private.group_faces(i.lines, i.lefts, i.rights) f
$$;
comment on function private.faces_of_plan(uuid, int[]) is 'Polygons on the lattice of single cells as a plan has them.';
