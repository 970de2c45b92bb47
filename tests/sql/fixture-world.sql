-- A small world for tests: one district, two streets, three communities, one person for each role.
--
--   land 1 (street 2): 8 × 4 cells of 100 m          land 2 (street 3): 4 × 2 cells
--   +----+----+----+----+----+----+----+----+        +----+----+----+----+
--   | community 4, urban | community 5, rural|        | community 6        |
--   | grid a1  | grid a2 | grid a3 | grid a4 |        | grid b1 | grid b2  |
--   +----+----+----+----+----+----+----+----+        +----+----+----+----+
--
-- Cell of column c, row r: id 1 + c + 8 r on land 1, 101 + c + 4 r on land 2. Each cell has one building (same id) with
-- three households; each building one member. Compound 1 lies on column 1 of land 1, within grid a1; compound 2 on land 2.

insert into public.org_units (id, parent_id, level, code, name, initials, kind) values
  (1, null, 'district', '370100000000', '测试区', 'csq', null),
  (2, 1, 'street', '370101001000', '甲街道', 'jjd', null),
  (3, 1, 'street', '370101002000', '乙街道', 'yjd', null),
  (4, 2, 'community', '370101001001', '甲一社区', 'jysq', 'urban'),
  (5, 2, 'community', '370101001201', '甲二村', 'jec', 'rural'),
  (6, 3, 'community', '370101002001', '乙一社区', 'yysq', 'urban'),
  (7, 4, 'party_group', '37010100100101', '甲一第一党小组', 'jydydxz', null),
  (8, 6, 'party_group', '37010100200101', '乙一第一党小组', 'yydydxz', null);

insert into public.settings (org_unit_id, key, value) values
  (2, 'grid_limits', '{"urban":{"lower":18,"upper":30,"target":24},"rural":{"lower":18,"upper":30,"target":24},"minMembers":3}'),
  (3, 'grid_limits', '{"urban":{"lower":6,"upper":18,"target":12},"rural":{"lower":6,"upper":18,"target":12},"minMembers":3}');

insert into public.lands (id, org_unit_id, lng0, lat0, m_per_deg_lng, m_per_deg_lat, source) values
  (1, 2, 117.6, 36.2, 89983.5, 110964.25, '{"kind":"fixture"}'),
  (2, 3, 117.7, 36.2, 89983.5, 110964.25, '{"kind":"fixture"}');

create temporary table fixture_size (land int, cols int, rows int, cell0 int, node0 int);
insert into fixture_size values (1, 8, 4, 1, 1), (2, 4, 2, 101, 1001);

insert into public.land_nodes (id, land_id, x, y)
select f.node0 + r * (f.cols + 1) + c, f.land, c * 20000, r * 20000
from fixture_size f, generate_series(0, f.cols) c, generate_series(0, f.rows) r;

insert into public.cells (id, land_id, community_id, area_m2, label_x, label_y)
select f.cell0 + c + f.cols * r, f.land, case when f.land = 2 then 6 when c < 4 then 4 else 5 end, 10000,
  c * 20000 + 10000, r * 20000 + 10000
from fixture_size f, generate_series(0, f.cols - 1) c, generate_series(0, f.rows - 1) r;

-- Eastward arcs: the cell above is on the left. Northward arcs: the cell to the west is on the left.
insert into public.land_arcs (land_id, start_node, end_node, line, kind, left_cell, right_cell)
select f.land, f.node0 + r * (f.cols + 1) + c, f.node0 + r * (f.cols + 1) + c + 1,
  extensions.st_makeline(extensions.st_makepoint(c * 20000, r * 20000), extensions.st_makepoint((c + 1) * 20000, r * 20000)),
  case when r in (0, f.rows) then 6 else 1 end,
  case when r < f.rows then f.cell0 + c + f.cols * r end, case when r > 0 then f.cell0 + c + f.cols * (r - 1) end
from fixture_size f, generate_series(0, f.cols - 1) c, generate_series(0, f.rows) r
union all
select f.land, f.node0 + r * (f.cols + 1) + c, f.node0 + (r + 1) * (f.cols + 1) + c,
  extensions.st_makeline(extensions.st_makepoint(c * 20000, r * 20000), extensions.st_makepoint(c * 20000, (r + 1) * 20000)),
  case when c in (0, f.cols) then 6 else 0 end,
  case when c > 0 then f.cell0 + c - 1 + f.cols * r end, case when c < f.cols then f.cell0 + c + f.cols * r end
from fixture_size f, generate_series(0, f.cols) c, generate_series(0, f.rows - 1) r;

insert into public.compounds (id, land_id, community_id, name, initials, status, geom) values
  (1, 1, 4, '幸福小区', 'xfxq', 'managed', extensions.st_makeenvelope(117.6012, 36.2001, 117.6021, 36.2035, 4326)),
  (2, 2, 6, '光明小区', 'gmxq', 'unmanaged', extensions.st_makeenvelope(117.7001, 36.2001, 117.7009, 36.2015, 4326));

insert into public.buildings (id, land_id, community_id, compound_id, cell_id, name, address, initials, floors, geom, point)
select c.id, c.land_id, c.community_id, case when c.land_id = 1 and (c.id - 1) % 8 = 1 then 1 when c.id in (101, 105) then 2 end, c.id,
  c.id || '号楼', u.name || c.id || '号楼', u.initials, 6,
  extensions.st_multi(extensions.st_makeenvelope(p.lng - 0.0002, p.lat - 0.0002, p.lng + 0.0002, p.lat + 0.0002, 4326)),
  extensions.st_setsrid(extensions.st_makepoint(p.lng, p.lat), 4326)
from public.cells c
join public.org_units u on u.id = c.community_id
join public.lands l on l.id = c.land_id
cross join lateral (select l.lng0 + c.label_x * 0.005 / l.m_per_deg_lng as lng, l.lat0 + c.label_y * 0.005 / l.m_per_deg_lat as lat) p;

insert into public.stairwells (id, building_id, name, sort) select b.id, b.id, '1单元', 1 from public.buildings b;

insert into public.households (id, community_id, building_id, stairwell_id, room, address, sort_key, head_name_masked, initials, category, resident_count)
select b.id * 10 + h, b.community_id, b.id, b.id, h || '01', b.address, private.natural_key(b.address || ' ' || h || '01'), '张*', 'z', h, 2
from public.buildings b, generate_series(0, 2) h;

insert into public.residents (id, household_id, community_id, building_id, name_masked, relation, birth_year, sex)
select h.id, h.id, h.community_id, h.building_id, '某*', '户主', 1970, 'f' from public.households h;
insert into private.resident_identities (resident_id, name, phone, id_number)
select r.id, '张三' || r.id, '1380000' || lpad(r.id::text, 4, '0'), '11010119700101' || lpad(r.id::text, 4, '0') from public.residents r;
insert into private.resident_tags (resident_id, tag) select r.id, 'chronic_illness' from public.residents r where r.id % 10 = 1;

-- ── people: user_id and person id end in the same number ──────────────────────────────────────────────────────────
create temporary table fixture_person (n int, role public.post_role, org_unit_id int, grid_id uuid, active boolean, valid_from date, valid_to date);
insert into fixture_person values
  (1, 'district_admin', 1, null, true, '2020-01-01', null),
  (2, 'street_officer', 2, null, true, '2020-01-01', null),
  (3, 'community_secretary', 4, null, true, '2020-01-01', null),
  (4, 'grid_leader', 4, '00000000-0000-4000-8000-0000000000a1', true, '2020-01-01', null),
  (5, 'member', 7, null, true, '2020-01-01', null),
  (6, 'auditor', 1, null, true, '2020-01-01', null),
  -- Nobody any more: inactive, and a post that ended yesterday; and one whose post begins tomorrow.
  (7, 'district_admin', 1, null, false, '2020-01-01', null),
  (8, 'district_admin', 1, null, true, '2020-01-01', current_date - 1),
  (9, 'street_officer', 3, null, true, '2020-01-01', null),
  (10, 'district_admin', 1, null, true, current_date + 1, null);
insert into public.people (id, user_id, name_masked, initials, active)
select ('00000000-0000-4000-9000-0000000000' || lpad(n::text, 2, '0'))::uuid, ('00000000-0000-4000-8000-0000000000' || lpad(n::text, 2, '0'))::uuid, '某*', 'm', active
from fixture_person;
insert into private.people_identities (person_id, name, phone)
select ('00000000-0000-4000-9000-0000000000' || lpad(n::text, 2, '0'))::uuid, '李四' || n, '139000000' || lpad(n::text, 2, '0') from fixture_person;
insert into public.posts (id, person_id, org_unit_id, grid_id, role, valid_from, valid_to)
select n, ('00000000-0000-4000-9000-0000000000' || lpad(n::text, 2, '0'))::uuid, org_unit_id, grid_id, role, valid_from, valid_to from fixture_person;

insert into public.members (id, person_id, party_group_id, community_id, building_id, name_masked, initials)
select b.id, case when b.id = 1 then '00000000-0000-4000-9000-000000000005'::uuid end, case b.community_id when 4 then 7 when 6 then 8 end,
  b.community_id, b.id, '某*', 'w' from public.buildings b;
insert into private.member_identities (member_id, name, phone) select m.id, '王五' || m.id, '1370000' || lpad(m.id::text, 4, '0') from public.members m;

-- ── contact: who carries, leads and cares for whom; links that ended are seen by whoever sees the place ─────────────────
-- Member 1 (the one who signs in) carries households of buildings 1 and 2, cares for member 9 and leads party group 7.
update public.members set condition = 'frail' where id in (9, 13, 105);
insert into public.assignment_editions (id, community_id, number, valid_from, note, households, served_households) values
  (1, 4, 1, '2026-01-01', '登记', 48, 5), (2, 5, 1, '2026-01-01', '登记', 48, 2), (3, 6, 1, '2026-01-01', '登记', 24, 2);
insert into public.contact_links (kind, community_id, member_id, household_id, edition_id, valid_from, valid_to) values
  ('household', 4, 1, 10, 1, '2026-01-01', null), ('household', 4, 1, 11, 1, '2026-01-01', null), ('household', 4, 1, 20, 1, '2026-01-01', null),
  ('household', 4, 3, 30, 1, '2026-01-01', null), ('household', 4, 3, 31, 1, '2026-01-01', null),
  ('household', 4, 1, 32, null, '2025-01-01', '2026-01-01'),
  ('household', 5, 5, 50, 2, '2026-01-01', null), ('household', 5, 5, 51, 2, '2026-01-01', null),
  ('household', 6, 101, 1010, 3, '2026-01-01', null), ('household', 6, 101, 1011, 3, '2026-01-01', null);
insert into public.contact_links (kind, community_id, member_id, frail_member_id, edition_id, valid_from) values
  ('frail_care', 4, 1, 9, 1, '2026-01-01'), ('frail_care', 6, 101, 105, 3, '2026-01-01');
insert into public.contact_links (kind, community_id, member_id, party_group_id, valid_from) values
  ('committee', 4, 2, 7, '2026-01-01'), ('committee', 6, 102, 8, '2026-01-01');
insert into public.contact_links (kind, community_id, member_id, led_member_id, valid_from)
select 'group_leader', m.community_id, case m.party_group_id when 7 then 1 else 101 end, m.id, '2026-01-01'
from public.members m where m.party_group_id is not null;
insert into public.contact_links (kind, community_id, member_id, building_id, valid_from) values
  ('building', 4, 1, 1, '2026-01-01'), ('building', 4, 3, 3, '2026-01-01'), ('building', 6, 101, 101, '2026-01-01');
insert into public.member_terms (member_id, note, max_households) values (1, '', 12), (3, '少联系几户', 10), (5, '', 8), (101, '', 9);
insert into public.kinships (member_id, household_id, relation) values (1, 21, '叔伯'), (3, 41, '姻亲'), (5, 61, '兄弟姐妹'), (101, 1021, '父母');
insert into public.household_interests (household_id, interest) values (10, 0), (30, 1), (50, 0), (1010, 0);
insert into public.member_interests (member_id, interest) values (1, 0), (3, 1), (5, 0), (101, 0);

-- Plans of assignment: of community 4, of street 2, of street 3.
insert into public.assignment_plans (id, land_id, org_unit_id, number, title, status, community_ids, base_numbers, revision) values
  ('00000000-0000-4000-a100-000000000001', 1, 4, 1, '甲一分派', 'draft', '{4}', '{1}', 1),
  ('00000000-0000-4000-a100-000000000002', 1, 2, 2, '甲分派', 'discarded', '{4,5}', '{1,1}', 1),
  ('00000000-0000-4000-a100-000000000003', 2, 3, 1, '乙分派', 'draft', '{6}', '{1}', 1);
insert into public.assignment_ties (plan_id, household_id, member_id)
select p.id, l.household_id, l.member_id from public.assignment_plans p
join public.contact_links l on l.kind = 'household' and l.valid_to is null and l.community_id = any (p.community_ids);
insert into public.assignment_care (plan_id, frail_member_id, member_id)
select p.id, l.frail_member_id, l.member_id from public.assignment_plans p
join public.contact_links l on l.kind = 'frail_care' and l.valid_to is null and l.community_id = any (p.community_ids);
insert into public.assignment_exclusions (plan_id, member_id, household_id, reason)
select p.id, k.member_id, k.household_id, '亲属回避' from public.assignment_plans p
join public.households h on h.community_id = any (p.community_ids) join public.kinships k on k.household_id = h.id;
insert into public.assignment_terms (plan_id, member_id, max_households)
select p.id, t.member_id, 14 from public.assignment_plans p
join public.members m on m.community_id = any (p.community_ids) join public.member_terms t on t.member_id = m.id;
insert into public.assignment_modes (plan_id, community_id, mode) select p.id, p.community_ids[1], 'building' from public.assignment_plans p;
insert into public.assignment_edits (plan_id, revision, seq, delta) select p.id, 1, 0, '{"ties":[]}' from public.assignment_plans p;
insert into public.assignment_waivers (plan_id, code, community_id, reason)
select p.id, 'household_unserved', p.community_ids[1], '正在拆迁' from public.assignment_plans p;

insert into public.streets (land_id, name, initials, class, hard, geom) values
  (1, '一号路', 'yhl', 'residential', false, extensions.st_geomfromtext('LINESTRING(117.6 36.201, 117.608 36.201)', 4326)),
  (2, '二号路', 'ehl', 'residential', false, extensions.st_geomfromtext('LINESTRING(117.7 36.201, 117.704 36.201)', 4326));
insert into public.land_features (land_id, kind, name, geom) values
  (1, 'water', '河', extensions.st_makeenvelope(117.6, 36.2, 117.601, 36.2001, 4326)),
  (2, 'railway', '铁路', extensions.st_geomfromtext('LINESTRING(117.7 36.202, 117.704 36.202)', 4326));
insert into public.stations (land_id, community_id, name, level, point) values
  (1, null, '甲街道党群服务中心', 'street_centre', extensions.st_setsrid(extensions.st_makepoint(117.601, 36.201), 4326)),
  (1, 4, '甲一社区站', 'community_station', extensions.st_setsrid(extensions.st_makepoint(117.602, 36.201), 4326)),
  (1, 5, '甲二村站', 'community_station', extensions.st_setsrid(extensions.st_makepoint(117.606, 36.201), 4326)),
  (2, 6, '乙一社区站', 'community_station', extensions.st_setsrid(extensions.st_makepoint(117.702, 36.201), 4326));

-- ── grids in force, one former edition without end of trouble, plans, log ─────────────────────────────────────────
insert into public.grid_editions (id, land_id, number, valid_from, note) values (1, 1, 1, '2026-01-01', '导入'), (2, 2, 1, '2026-01-01', '导入');

create temporary table new_grids (grid_id uuid, code text, name text, community_id int, kind public.grid_kind);
create temporary table new_grid_cells (cell_id int, grid_id uuid);
insert into new_grids values
  ('00000000-0000-4000-8000-0000000000a1', '370101001001001', '第一网格', 4, 'basic'),
  ('00000000-0000-4000-8000-0000000000a2', '370101001001002', '第二网格', 4, 'basic'),
  ('00000000-0000-4000-8000-0000000000a3', '370101001201001', '第一网格', 5, 'basic'),
  ('00000000-0000-4000-8000-0000000000a4', '370101001201002', '第二网格', 5, 'basic');
insert into new_grid_cells
select c.id, ('00000000-0000-4000-8000-0000000000a' || (((c.id - 1) % 8) / 2 + 1))::uuid from public.cells c where c.land_id = 1;
select private.write_grids(1);
truncate new_grids, new_grid_cells;
insert into new_grids values
  ('00000000-0000-4000-8000-0000000000b1', '370101002001001', '第一网格', 6, 'basic'),
  ('00000000-0000-4000-8000-0000000000b2', '370101002001002', '第二网格', 6, 'basic');
insert into new_grid_cells
select c.id, ('00000000-0000-4000-8000-0000000000b' || (((c.id - 101) % 4) / 2 + 1))::uuid from public.cells c where c.land_id = 2;
select private.write_grids(2);
drop table new_grids, new_grid_cells, fixture_size, fixture_person;

insert into public.plans (id, land_id, number, title, base_edition_id, created_by)
values ('00000000-0000-4000-a000-000000000001', 1, 1, '甲方案', 1, '00000000-0000-4000-9000-000000000002'),
  ('00000000-0000-4000-a000-000000000002', 2, 1, '乙方案', 2, '00000000-0000-4000-9000-000000000009');
insert into public.plan_grids (plan_id, grid_id, code, name, community_id, kind)
select p.id, g.id, g.code, g.name, g.community_id, g.kind from public.plans p join public.grids g on g.edition_id = p.base_edition_id;
insert into public.plan_cells (plan_id, cell_id, grid_id)
select p.id, g.cell_id, g.grid_id from public.plans p join public.grid_cells g on g.edition_id = p.base_edition_id;
insert into public.plan_edits (plan_id, revision, seq, delta)
select p.id, 1, 0, '{"cells":[],"grids":[]}' from public.plans p;
update public.plans set revision = 1;
insert into public.plan_waivers (plan_id, code, grid_id, reason) values
  ('00000000-0000-4000-a000-000000000001', 'grid_above_upper', '00000000-0000-4000-8000-0000000000a1', '单位宿舍不宜拆分'),
  ('00000000-0000-4000-a000-000000000002', 'grid_above_upper', '00000000-0000-4000-8000-0000000000b1', '单位宿舍不宜拆分');
insert into public.plan_comments (plan_id, text, revision)
select p.id, '请核对边界', 1 from public.plans p order by p.land_id;
insert into public.plan_snapshots (plan_id, kind, name, revision) select p.id, 'named', '初稿', 1 from public.plans p order by p.land_id;
insert into private.plan_snapshot_documents (snapshot_id, document) select s.id, public.plan_document(s.plan_id) from public.plan_snapshots s;
insert into public.audit_log (person_id, action, object_type, object_id, org_unit_id) values
  ('00000000-0000-4000-9000-000000000002', 'plan_opened', 'plan', '00000000-0000-4000-a000-000000000001', 2),
  ('00000000-0000-4000-9000-000000000009', 'plan_opened', 'plan', '00000000-0000-4000-a000-000000000002', 3);
insert into public.imports (id, kind, org_unit_id, created_by) values
  ('00000000-0000-4000-b000-000000000001', 'land', 1, '00000000-0000-4000-9000-000000000001'),
  ('00000000-0000-4000-b000-000000000002', 'land', 3, '00000000-0000-4000-9000-000000000009');
insert into public.import_chunks (import_id, kind, seq, rows) values
  ('00000000-0000-4000-b000-000000000001', 'communities', 0, '[]'), ('00000000-0000-4000-b000-000000000002', 'communities', 0, '[]');

-- ── slips: 1 and 5 the member's, in grid a1; 2 in grid a2, handled by the member; 3 in grid a3, a result handed in; 4, 6 on land 2 ──
insert into public.issues (id, number, land_id, community_id, building_id, grid_id, geom, category, title, detail, state, level, top_level, outcome,
  source, reported_at, claimed_at, finished_at, closed_at, published_at, due_at, reported_by, handler_id, satisfaction, household_id)
select s.id, 'GZ-2026-' || lpad(s.id::text, 4, '0'), b.land_id, b.community_id, b.id, ('00000000-0000-4000-8000-0000000000' || s.grid)::uuid, b.point,
  s.category, s.title, '', s.state, s.level, s.level, s.outcome, s.source, s.reported, s.claimed, s.finished, s.closed, s.published,
  private.add_working_days(s.reported, 5), s.reporter, s.handler, s.satisfaction, s.household
from (values
  (1, 1, 'a1', 'sanitation'::public.issue_category, '楼前垃圾未清', 'reported'::public.issue_state, 'grid'::public.issue_level,
    null::public.issue_outcome, 'member'::public.issue_source, '2026-11-02 09:00+08'::timestamptz, null::timestamptz, null::timestamptz,
    null::timestamptz, null::timestamptz, '00000000-0000-4000-9000-000000000005'::uuid, null::uuid, null::smallint, 10),
  (2, 3, 'a2', 'facilities', '楼道灯不亮', 'claimed', 'grid', null, 'worker', '2026-11-03 09:00+08', '2026-11-03 10:00+08', null, null, null,
    '00000000-0000-4000-9000-000000000003', '00000000-0000-4000-9000-000000000005', null, null),
  (3, 5, 'a3', 'parking', '占道停车', 'supervised', 'street', null, 'reception', '2026-11-02 09:00+08', '2026-11-02 10:00+08',
    '2026-11-05 10:00+08', null, null, '00000000-0000-4000-9000-000000000002', '00000000-0000-4000-9000-000000000002', null, null),
  (4, 101, 'b1', 'noise', '夜间施工', 'published', 'street', 'solved', 'reception', '2026-10-12 09:00+08', '2026-10-12 10:00+08',
    '2026-10-13 10:00+08', '2026-10-14 10:00+08', '2026-10-15 10:00+08', '00000000-0000-4000-9000-000000000009',
    '00000000-0000-4000-9000-000000000009', 5, null),
  (5, 9, 'a1', 'sanitation', '垃圾桶满了', 'reported', 'grid', null, 'member', now() - interval '1 day', null, null, null, null,
    '00000000-0000-4000-9000-000000000005', null, null, null),
  (6, 102, 'b1', 'noise', '施工吵闹', 'reported', 'grid', null, 'reception', '2026-11-04 09:00+08', null, null, null, null,
    '00000000-0000-4000-9000-000000000009', null, null, null)
) as s(id, building, grid, category, title, state, level, outcome, source, reported, claimed, finished, closed, published, reporter, handler,
  satisfaction, household)
join public.buildings b on b.id = s.building;
insert into private.issue_numbers (year, last_number) values (2026, 6);
insert into private.issue_reporters (issue_id, name, phone) values (1, '孙七一', '13600000001'), (4, '孙七四', '13600000004');
insert into public.issue_events (issue_id, at, person_id, actor, act, to_state, to_level)
select i.id, i.reported_at, i.reported_by, 'worker', 'report', 'reported', 'grid' from public.issues i order by i.id;
insert into private.issue_board (issue_id, title) values (4, '夜间施工');
insert into public.issue_photos (issue_id, event_id, kind, type, bytes)
select 1, e.id, 'report', 'image/jpeg', '\xffd8ffe000104a46494600010100000100010000ffda0000' from public.issue_events e where e.issue_id = 1;
insert into public.issue_links (issue_id, other_id, kind, at) values (5, 1, 'related', '2026-11-04'), (6, 4, 'related', '2026-11-04');
insert into public.work_days (day, is_working, name) values ('2026-10-01', false, '国庆节') on conflict (day) do nothing;

-- ── patrols: duties, gates, checkpoints and plans on both lands; walks of the leader yesterday on street 1 (matched, open, ended), of the
-- officer of street 3 on land 2. Street 1 runs 719.868 m eastward through the middle of row 0 and its neighbours.
insert into public.patrol_duties (land_id, street_id, from_cm, to_cm, duty, reason, set_at)
select s.land_id, s.id, 0, 10000, 'weekly', '', '2026-11-01' from public.streets s;
insert into public.patrol_gates (land_id, community_id, geom, reason, set_at) values
  (1, 4, extensions.st_setsrid(extensions.st_makepoint(117.6002, 36.2008), 4326), '夜间关闭', '2026-11-01'),
  (2, 6, extensions.st_setsrid(extensions.st_makepoint(117.7002, 36.2008), 4326), '', '2026-11-01');
insert into public.patrol_checkpoints (id, land_id, community_id, name, geom, set_at) values
  (1, 1, 4, '一号路西口', extensions.st_setsrid(extensions.st_makepoint(117.6005, 36.201), 4326), '2026-11-01'),
  (2, 1, 5, '一号路东口', extensions.st_setsrid(extensions.st_makepoint(117.6075, 36.201), 4326), '2026-11-01'),
  (3, 2, 6, '二号路西口', extensions.st_setsrid(extensions.st_makepoint(117.7005, 36.201), 4326), '2026-11-01');
insert into public.patrol_plans (id, land_id, community_id, number, title, kind, occasion, state, aim, weekdays, valid_from, start_minute, shift_s,
  serve_m_per_s, walk_m_per_s, saved_at, published_at) values
  ('00000000-0000-4000-a200-000000000001', 1, 4, 1, '早巡', 'daily', 'duty', 'draft', 'min_max', array_fill(true, '{7}'), '2026-11-01', 480, 7200, 0.7, 1.2, '2026-11-01', null),
  ('00000000-0000-4000-a200-000000000002', 1, 4, 2, '晚巡', 'daily', 'duty', 'published', 'min_max', array_fill(true, '{7}'), '2026-11-01', 1080, 7200, 0.7, 1.2, '2026-11-01', '2026-11-01'),
  ('00000000-0000-4000-a200-000000000003', 2, 6, 1, '早巡', 'daily', 'duty', 'draft', 'min_max', array_fill(true, '{7}'), '2026-11-01', 480, 7200, 0.7, 1.2, '2026-11-01', null);
insert into public.patrol_routes (plan_id, number, person_id, start_geom, seconds, metres, served_m, step_street, step_from_cm, step_to_cm, step_flags, checkpoints)
select p.id, 1, case when p.land_id = 1 then '00000000-0000-4000-9000-000000000004'::uuid end, extensions.st_startpoint(s.geom), 300, 200, 200,
  array[s.id], '{0}', '{20000}', '{2}', case when p.land_id = 1 then '{1}'::int[] else '{3}' end
from public.patrol_plans p join public.streets s on s.land_id = p.land_id;
insert into public.patrol_consents (person_id, version, given_at) values
  ('00000000-0000-4000-9000-000000000004', 1, '2026-11-01'), ('00000000-0000-4000-9000-000000000009', 1, '2026-11-01');
insert into public.patrol_tracks (id, land_id, community_id, grid_id, person_id, plan_id, route, day, started_at, ended_at, source, state, consent_version, fixes,
  has_raw, street_m, yard_m)
select ('00000000-0000-4000-a300-00000000000' || t.n)::uuid, t.land, t.community, ('00000000-0000-4000-8000-0000000000' || t.grid)::uuid,
  ('00000000-0000-4000-9000-00000000000' || t.person)::uuid, case t.n when 1 then '00000000-0000-4000-a200-000000000002'::uuid end, case t.n when 1 then 1 end,
  y.day, noon + t.n * interval '10 minutes', case when t.state <> 'open' then noon + t.n * interval '10 minutes' + interval '5 minutes' end,
  'recorded', t.state::public.track_state, 1, case when t.state <> 'open' then 11 else 0 end, t.state <> 'open', case t.state when 'matched' then 180 else 0 end, case t.n when 1 then 20 else 0 end
from (values (1, 1, 4, 'a1', 4, 'matched'), (2, 2, 6, 'b1', 9, 'matched'), (3, 1, 4, 'a1', 4, 'open'), (4, 1, 4, 'a1', 4, 'ended')) as t(n, land, community, grid, person, state)
cross join lateral (select (now() at time zone 'Asia/Shanghai')::date - 1 as day) y
cross join lateral (select (y.day + time '12:00') at time zone 'Asia/Shanghai' as noon) d;
-- Eastward from the beginning of the street, 18 m in 30 s.
insert into private.patrol_fixes (track_id, seq, from_at, at_ms, lng_e7, lat_e7, accuracy_dm)
select t.id, 0, t.started_at, array_agg(k * 30000 order by k), array_agg(round((l.lng0 + k * 18 / l.m_per_deg_lng) * 1e7)::int order by k),
  array_agg(362010000), array_agg(80)
from public.patrol_tracks t join public.lands l on l.id = t.land_id cross join generate_series(0, 10) k where t.has_raw group by t.id, t.started_at;
insert into public.patrol_walked (track_id, place, street_id, from_cm, to_cm, from_at, to_at, confidence)
select t.id, 1, s.id, 0, 18000, t.started_at, t.ended_at, 90 from public.patrol_tracks t join public.streets s on s.land_id = t.land_id where t.state = 'matched';
insert into public.patrol_yards (track_id, place, geom, metres)
select t.id, 1, extensions.st_geomfromtext('LINESTRING(117.601 36.201, 117.601 36.20118)', 4326), 20 from public.patrol_tracks t where t.id::text like '%a300%1';
insert into public.patrol_marks (track_id, checkpoint_id, mark, at)
select t.id, case t.land_id when 1 then 1 else 3 end, 'visited', t.started_at + interval '1 minute' from public.patrol_tracks t where t.state = 'matched';
insert into public.patrol_passes (track_id, building_id, at)
select t.id, case t.land_id when 1 then 1 else 101 end, t.started_at + interval '1 minute' from public.patrol_tracks t where t.state = 'matched';

-- ── visits: the member's to household 10, of the week before last; one of the secretary in grid a2; one on land 2. Planned ones in three
-- communities; activities of stations 2 (community 4), 3 (community 5) and 4 (land 2); units of work with and without a branch ──
insert into public.visit_tasks (id, household_id, community_id, member_id, due_on, set_at) values
  (1, 20, 4, 1, current_date + 7, '2026-11-01'), (2, 50, 5, 5, current_date + 7, '2026-11-01'), (3, 1010, 6, 101, current_date + 7, '2026-11-01');
insert into public.visits (id, household_id, community_id, member_id, person_id, kind, purpose, outcome, satisfaction, visited_on, logged_at)
select ('00000000-0000-4000-a400-00000000000' || v.n)::uuid, v.household, v.community, v.member, ('00000000-0000-4000-9000-00000000000' || v.person)::uuid,
  v.kind::public.visit_kind, v.purpose::public.visit_purpose, v.outcome::public.visit_outcome, v.satisfaction, private.today() - v.days,
  private.clock() - v.days * interval '1 day'
from (values (1, 10, 4, 1, 5, 'routine', 'policy', 'met', 5, 9), (2, 30, 4, null, 3, 'event', 'illness', 'not_home', null, 2),
  (3, 1010, 6, null, 9, 'special', 'hardship', 'follow_up', 4, 20)) as v(n, household, community, member, person, kind, purpose, outcome, satisfaction, days);
insert into public.station_activities (id, station_id, title, weekdays, from_minute, to_minute, place, seats)
select s.id, s.id, '法律咨询', '{t,f,f,f,f,f,f}', 540, 660, '', 0 from public.stations s where s.community_id is not null;
insert into public.work_units (id, land_id, community_id, compound_id, name, kind, status, branch) values
  (1, 1, 4, 1, '幸福超市', 'enterprise', 'active', null), (2, 1, 5, null, '甲二小学', 'institution', 'active', 'direct'),
  (3, 2, 6, 2, '光明机械厂', 'enterprise', 'bankrupt', null);

-- ── walks to stations, one and a third of the straight line; a scenario of sites on each land ─────────────────────────
insert into public.building_access (building_id, land_id, community_id, access_cm, station_ids, walk_cm)
select b.id, b.land_id, b.community_id, 500, array[coalesce(c.id, 0), coalesce(s.id, 0), 0, 0, 0], array[coalesce(c.cm, -1), coalesce(s.cm, -1), -1, -1, -1]
from public.buildings b join public.lands l on l.id = b.land_id
left join lateral (select s.id, round(extensions.st_distance(private.in_frame(b.point, l), private.in_frame(s.point, l)) * 133)::int as cm
  from public.stations s where s.land_id = b.land_id and s.level = 'street_centre') c on true
left join lateral (select s.id, round(extensions.st_distance(private.in_frame(b.point, l), private.in_frame(s.point, l)) * 133)::int as cm
  from public.stations s where s.land_id = b.land_id and s.level = 'community_station' order by 2 limit 1) s on true;
update public.community_access set revision = 1, measured_revision = 1, measured_at = '2026-11-01';
insert into public.siting_scenarios (id, land_id, number, title, task, sites, figures, value, bound, saved_by, saved_at)
select ('00000000-0000-4000-a500-00000000000' || l.id)::uuid, l.id, 1, '加一处网格驿站', '{"aim":"most_served","communityIds":[],"limitM":800,"keptLevels":["community_station"],
  "level":"grid_home","count":1,"capacity":0,"keepsCapacity":false,"budget":0,"costEach":0,"weights":[1,1,1,1,1,1,1,1],"candidates":"buildings","added":[],
  "forced":[],"barred":[]}', jsonb_build_array(jsonb_build_object('at', jsonb_build_array(l.lng0 + 0.0005, l.lat0 + 0.001), 'name', '新驿站', 'level', 'grid_home',
    'capacity', 0, 'communityId', case l.id when 1 then 4 else 6 end, 'buildingId', null, 'byHand', false)),
  '{"households":96,"served":96,"full":0,"far":0,"refused":0,"servedBefore":80,"meanM":200,"worstM":500}', 96, 96,
  ('00000000-0000-4000-9000-00000000000' || case l.id when 1 then 2 else 9 end)::uuid, '2026-11-01'
from public.lands l;
insert into public.gap_days (day, community_id, households, by_main, by_any)
select '2026-11-01', u.id, 48, '{0,0,0,40,0,0,0,0}', '{0,0,0,40,0,0,0,48}' from public.org_units u where u.level = 'community';

-- Ids were given by hand: the next ones come after them.
do $$
declare
  v_table text;
begin
  foreach v_table in array array['org_units', 'lands', 'land_nodes', 'cells', 'compounds', 'buildings', 'stairwells', 'households',
    'residents', 'posts', 'members', 'grid_editions', 'assignment_editions', 'issues', 'patrol_checkpoints',
    'visit_tasks', 'station_activities', 'work_units']
  loop
    execute format('select setval(pg_get_serial_sequence(%L, ''id''), (select max(id) from public.%I))', 'public.' || v_table, v_table);
  end loop;
end
$$;
analyze;
