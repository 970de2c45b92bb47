-- A change of land, second part: proof of the land as it will be, and what follows it: grids in force and open drafts.

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
    where i.next_share * c.area_m2 > 5 and i.next_share > 0.02
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
