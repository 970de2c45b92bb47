-- Land changes: what a later edition of the cells needs to be known of the earlier ones.

-- ── what cutting again needs and was not kept ─────────────────────────────────────────────────────────────────────────
alter table public.streets add column tunnel text not null default '', add column bridge text not null default '',
  add column layer smallint not null default 0;
comment on column public.streets.tunnel is 'OSM tunnel=*; empty where it is none. A tunnel bounds no cell.';
comment on column public.streets.bridge is 'OSM bridge=*; empty where it is none.';
comment on column public.streets.layer is 'OSM layer=*; below 0 under the ground.';
alter table public.buildings add column underground boolean not null default false;
comment on column public.buildings.underground is 'Lies under the ground: no border bends around it.';
alter table public.compounds add column source_ref text;
comment on column public.compounds.source_ref is 'Id in the source.';
alter table public.grid_editions add column land_edition int not null default 1;
comment on column public.grid_editions.land_edition is 'Edition of the land whose cells it was drawn on.';

create function private.stamp_land_edition() returns trigger language plpgsql set search_path = '' as $$
begin
  new.land_edition := (select l.edition from public.lands l where l.id = new.land_id);
  return new;
end
$$;
comment on function private.stamp_land_edition() is 'Trigger: an edition of the grids stands on the edition of the land there is.';
create trigger stamp_land_edition before insert on public.grid_editions for each row execute function private.stamp_land_edition();

alter table public.imports drop constraint imports_kind_check, add constraint imports_kind_check check (kind in ('land', 'land_change'));
alter table public.import_chunks drop constraint import_chunks_kind_check, add constraint import_chunks_kind_check check (kind in (
  'communities', 'partyGroups', 'nodes', 'cells', 'arcs', 'compounds', 'buildings', 'stairwells', 'households', 'residents',
  'members', 'streets', 'features', 'stations', 'grids', 'gridCells', 'gone'));

create table private.former_land_things (
  land_id int not null references public.lands (id),
  to_edition int not null,
  kind text not null check (kind in ('building', 'street', 'compound', 'feature', 'cell')),
  thing_id int not null,
  was jsonb not null,
  at timestamptz not null default now(),
  primary key (land_id, to_edition, kind, thing_id)
);
comment on table private.former_land_things is 'Things of a land as they were before an edition removed or changed them. Never read by the console.';
comment on column private.former_land_things.land_id is 'Land.';
comment on column private.former_land_things.to_edition is 'First edition of the land in which it is gone or different.';
comment on column private.former_land_things.kind is 'What it was.';
comment on column private.former_land_things.thing_id is 'Its id in the table of its kind.';
comment on column private.former_land_things.was is 'The whole row.';
comment on column private.former_land_things.at is 'When it was put here.';
alter table private.former_land_things enable row level security;
revoke all on private.former_land_things from public, anon, authenticated, service_role;

-- ── reading what is there ─────────────────────────────────────────────────────────────────────────────────────────────
create function public.land_source(p_land int) returns json
language plpgsql stable security definer set search_path = '' set jit = off as $$
begin
  perform private.require_redesign(p_land);
  return (
    select json_build_object(
      'landId', l.id, 'orgUnitId', l.org_unit_id, 'edition', l.edition,
      'communities', (
        select coalesce(json_agg(json_build_object('id', u.id, 'code', u.code, 'name', u.name, 'kind', u.kind) order by u.code), '[]')
        from public.org_units u
        where u.level = 'community' and exists (
          select from public.cells c where c.community_id = u.id and c.land_id = p_land and c.to_edition is null)),
      'buildings', (
        select coalesce(json_agg(json_build_object('id', b.id, 'cell', b.cell_id, 'community', b.community_id, 'compound', b.compound_id,
          'sourceRef', b.source_ref, 'name', b.name, 'address', b.address, 'kind', b.kind, 'floors', b.floors,
          'underground', b.underground, 'needsReview', b.needs_review, 'households', coalesce(h.n, 0), 'members', coalesce(m.n, 0),
          'lng', extensions.st_x(b.point), 'lat', extensions.st_y(b.point),
          'polygons', extensions.st_asgeojson(b.geom, 9)::json -> 'coordinates') order by b.id), '[]')
        from public.buildings b
        left join (
          select e.building_id, count(*) as n from public.households e
          join public.buildings o on o.id = e.building_id and o.land_id = p_land group by e.building_id) h on h.building_id = b.id
        left join (
          select e.building_id, count(*) as n from public.members e
          join public.buildings o on o.id = e.building_id and o.land_id = p_land group by e.building_id) m on m.building_id = b.id
        where b.land_id = p_land),
      'compounds', (
        select coalesce(json_agg(json_build_object('id', k.id, 'community', k.community_id, 'sourceRef', k.source_ref, 'name', k.name,
          'status', k.status, 'note', k.note, 'ring', extensions.st_asgeojson(k.geom, 9)::json -> 'coordinates' -> 0) order by k.id), '[]')
        from public.compounds k where k.land_id = p_land),
      'streets', (
        select coalesce(json_agg(json_build_object('id', s.id, 'sourceRef', s.source_ref, 'name', s.name, 'class', s.class, 'hard', s.hard,
          'tunnel', s.tunnel, 'bridge', s.bridge, 'layer', s.layer,
          'line', extensions.st_asgeojson(s.geom, 9)::json -> 'coordinates') order by s.id), '[]')
        from public.streets s where s.land_id = p_land),
      'features', (
        select coalesce(json_agg(json_build_object('id', f.id, 'kind', f.kind, 'name', f.name,
          'geometry', extensions.st_asgeojson(f.geom, 9)::json) order by f.id), '[]')
        from public.land_features f where f.land_id = p_land),
      'drafts', (
        select coalesce(json_agg(json_build_object('planId', p.id, 'number', p.number, 'title', p.title) order by p.number), '[]')
        from public.plans p where p.land_id = p_land and p.status = 'draft'))
    from public.lands l where l.id = p_land);
end
$$;
comment on function public.land_source(int) is
  'What a land was cut from, as it stands in the database, for whoever may change it → {landId, orgUnitId, edition, communities, '
  'buildings, compounds, streets, features, drafts}; positions in degrees. Households and members are counts. Errors: not_allowed.';

-- Former editions were drawn on cells of their time: a cell that came later shows the grid its label point lay in.
create or replace function public.grid_edition(p_land int, p_number int) returns jsonb language plpgsql stable set search_path = '' set jit = off as $$
declare
  v_result jsonb;
begin
  with edition as materialized (
    select e.* from public.grid_editions e where e.land_id = p_land and e.number = p_number
  ), grid as materialized (
    select g.*, row_number() over (order by g.code, g.id) - 1 as at from public.grids g join edition e on e.id = g.edition_id
  ), listed as materialized (
    select c.cell_id, g.at
    from public.grid_cells c join edition e on e.id = c.edition_id
    left join grid g on g.id = c.grid_id
  ), later as (
    select c.id as cell_id, extensions.st_setsrid(extensions.st_makepoint(
      l.lng0 + c.label_x * 0.005 / l.m_per_deg_lng, l.lat0 + c.label_y * 0.005 / l.m_per_deg_lat), 4326) as label
    from edition e
    join public.lands l on l.id = e.land_id and l.edition > e.land_edition
    join public.cells c on c.land_id = l.id and c.to_edition is null and c.from_edition > e.land_edition
  ), cell as (
    select i.cell_id, i.at from listed i
    union all
    -- On a border both would have it: the first by code does.
    select n.cell_id, min(g.at)
    from later n join grid g on extensions.st_intersects(g.geom, n.label)
    where n.cell_id not in (select i.cell_id from listed i)
    group by n.cell_id
  )
  select pg_catalog.jsonb_build_object(
    'id', e.id, 'number', e.number, 'validFrom', e.valid_from, 'validTo', e.valid_to, 'note', e.note, 'landEdition', e.land_edition,
    'publishedBy', (select p.name_masked from public.people p where p.id = e.published_by),
    'grids', (select coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('id', g.id, 'code', g.code, 'name', g.name,
      'communityId', g.community_id, 'kind', g.kind, 'locked', false) order by g.at), '[]') from grid g),
    'cellIds', (select coalesce(pg_catalog.jsonb_agg(c.cell_id order by c.cell_id), '[]') from cell c),
    'cellGrid', (select coalesce(pg_catalog.jsonb_agg(coalesce(c.at, -1) order by c.cell_id), '[]') from cell c))
  into v_result
  from edition e;
  if v_result is null then
    raise exception using errcode = 'P0001', message = 'edition_unknown',
      detail = pg_catalog.jsonb_build_object('landId', p_land, 'number', p_number)::text;
  end if;
  return v_result;
end
$$;
comment on function public.grid_edition(int, int) is
  'An edition of the grids → {id, number, validFrom, validTo, note, landEdition, publishedBy, grids, cellIds, cellGrid}; cells '
  'without a grid are not listed. Cells that the land got later are listed with the grid they lie in. Errors: edition_unknown.';

create or replace function public.plan_history(p_land int) returns jsonb language plpgsql stable security definer set search_path = '' set jit = off as $$
declare
  v_plans boolean := p_land in (select private.my_whole_lands());
begin
  if p_land is null or p_land not in (select private.my_lands()) then
    perform private.fail('not_allowed');
  end if;
  return (
    with event as (
      select e.valid_from as at, e.published_by as person_id,
        case when e.plan_id is not null then 'published' when e.number = 1 then 'imported' else 'land_changed' end as action,
        p.number as plan_number, p.title as plan_title, e.number as edition_number, null::uuid as plan_id,
        pg_catalog.jsonb_build_object('text', e.note) as note, e.changed_cells as cells, e.moved_households as households
      from public.grid_editions e left join public.plans p on p.id = e.plan_id
      where e.land_id = p_land
      union all
      -- Drafts are the business of those who see plans.
      select d.at, d.person_id, 'saved', p.number, p.title, null, p.id, d.note, d.cells, d.households
      from public.plans p
      cross join lateral (
        select max(e.at) as at, (array_agg(e.person_id))[1] as person_id,
          (array_agg(e.note order by e.seq desc))[1] || pg_catalog.jsonb_build_object('edits', count(distinct e.seq)) as note,
          count(distinct c.cell)::int as cells,
          (select count(*)::int from public.households h join public.buildings b on b.id = h.building_id
           where b.cell_id = any (array_agg(c.cell))) as households
        from public.plan_edits e left join lateral private.read_cell_changes(e.delta) c on true
        where e.plan_id = p.id group by e.revision
      ) d
      where p.land_id = p_land and v_plans
      union all
      select case when a.action = 'opened' then p.created_at else p.updated_at end, p.created_by, a.action, p.number, p.title, null, p.id,
        '{}'::jsonb, 0, 0
      from public.plans p cross join (values ('opened'), ('discarded')) as a(action)
      where p.land_id = p_land and v_plans and (a.action = 'opened' or p.status = 'discarded')
    )
    select coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('at', e.at, 'by', w.name_masked, 'action', e.action,
      'planNumber', e.plan_number, 'planTitle', e.plan_title, 'planId', e.plan_id, 'editionNumber', e.edition_number, 'note', e.note,
      'cells', e.cells, 'households', e.households) order by e.at desc), '[]')
    from (select * from event order by at desc limit 500) e
    left join public.people w on w.id = e.person_id);
end
$$;
comment on function public.plan_history(int) is
  'What became of the grids of a land, newest first, at most 500 → [{at, by, action: imported | land_changed | published | opened | '
  'saved | discarded, planNumber, planTitle, planId, editionNumber, note, cells, households}]. Who does not see plans sees editions '
  'only. Errors: not_allowed.';

-- ── proof of a land as it stands ──────────────────────────────────────────────────────────────────────────────────────
create function private.land_errors(p_land int) returns table (kind text, thing_id int, code text, "values" jsonb)
language plpgsql stable set search_path = '' as $$
#variable_conflict use_column
declare
  v_cells int[];
  v_groups int[];
  v_face_groups int[];
  v_faces extensions.geometry[];
begin
  select array_agg(c.id order by c.id), array_agg(c.place - 1 order by c.id) into v_cells, v_groups
  from (
    select c.id, (row_number() over (order by c.id))::int as place from public.cells c where c.land_id = p_land and c.to_edition is null
  ) c;
  select array_agg(f.grp), array_agg(f.face) into v_face_groups, v_faces
  from private.land_faces(p_land, v_cells, v_groups) f;

  return query
  select 'cells', c.id, 'cell_in_pieces', pg_catalog.jsonb_build_object('pieces', count(f.grp))
  from unnest(v_cells, v_groups) as c(id, grp)
  left join unnest(v_face_groups) as f(grp) on f.grp = c.grp
  group by c.id
  having count(f.grp) <> 1;

  if not coalesce(private.faces_tile(p_land, v_cells, v_groups, v_face_groups, v_faces), false) then
    return query select 'arcs', null::int, 'coverage_broken', '{}'::jsonb;
  end if;

  return query
  select 'cells', c.id, 'label_outside', '{}'::jsonb
  from unnest(v_face_groups, v_faces) as f(grp, face)
  join public.cells c on c.id = v_cells[f.grp + 1]
  where not extensions.st_contains(f.face, extensions.st_makepoint(c.label_x, c.label_y));

  return query
  select 'buildings', b.id, 'building_outside_cell', pg_catalog.jsonb_build_object('cellId', b.cell_id)
  from unnest(v_face_groups, v_faces) as f(grp, face)
  join public.buildings b on b.cell_id = v_cells[f.grp + 1]
  join public.lands l on l.id = p_land
  where not extensions.st_contains(f.face, extensions.st_makepoint(
    (extensions.st_x(b.point) - l.lng0) * l.m_per_deg_lng / 0.005, (extensions.st_y(b.point) - l.lat0) * l.m_per_deg_lat / 0.005));

  return query
  select 'cells', c.id, 'area_differs', pg_catalog.jsonb_build_object('areaM2', c.area_m2, 'drawnM2',
    pg_catalog.round((extensions.st_area(f.face) * 0.000025)::numeric, 2))
  from unnest(v_face_groups, v_faces) as f(grp, face)
  join public.cells c on c.id = v_cells[f.grp + 1]
  where abs(extensions.st_area(f.face) * 0.000025 - c.area_m2) > 0.1 + 0.01 * c.area_m2;
end
$$;
comment on function private.land_errors(int) is
  'What is wrong with a land as a whole, by the ids of its cells and buildings: cells in pieces or without area, borders that '
  'cross or leave gaps, labels and buildings outside their cell, areas that are not what is drawn.';

create or replace function private.import_land_errors(p_land int, p_cell_base int, p_building_base int)
returns table (kind text, "row" int, code text, "values" jsonb) language sql stable set search_path = '' as $$
  select e.kind, case e.kind when 'cells' then e.thing_id - p_cell_base when 'buildings' then e.thing_id - p_building_base else 0 end,
    e.code, e.values
  from private.land_errors(p_land) e
$$;
comment on function private.import_land_errors(int, int, int) is 'What is wrong with a new land, by rows of its import; see land_errors.';
