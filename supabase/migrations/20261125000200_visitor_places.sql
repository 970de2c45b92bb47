-- What anybody may see without signing in: open streets, a map to pick a place on, and words with people taken out of them.

create function private.open_land(p_land int) returns public.lands language plpgsql stable set search_path = '' as $$
declare
  v_land public.lands;
begin
  select * into v_land from public.lands l
  where l.id = p_land and coalesce((private.setting_at(l.org_unit_id, 'issues') ->> 'isPublic')::boolean, true);
  -- One answer for shut and for absent.
  if not found then
    perform private.fail('land_unknown');
  end if;
  return v_land;
end
$$;
comment on function private.open_land(int) is 'A land whose page for residents is open. Errors: land_unknown.';

create function private.visitor_place(p_land public.lands) returns jsonb language sql stable set search_path = '' as $$
  select pg_catalog.jsonb_build_object('landId', p_land.id, 'code', u.code, 'street', u.name, 'district', coalesce(d.name, ''))
  from public.org_units u left join public.org_units d on d.id = u.parent_id
  where u.id = p_land.org_unit_id
$$;
comment on function private.visitor_place(public.lands) is 'A street as visitors are told of it → {landId, code, street, district}.';

create function public.visitor_places(p_code text default null) returns jsonb language sql stable security definer set search_path = '' as $$
  select coalesce(pg_catalog.jsonb_agg(private.visitor_place(l) order by u.code), '[]')
  from public.lands l join public.org_units u on u.id = l.org_unit_id
  where (p_code is null or u.code = p_code) and coalesce((private.setting_at(l.org_unit_id, 'issues') ->> 'isPublic')::boolean, true)
$$;
comment on function public.visitor_places(text) is
  'Streets whose page for residents is open, all or that of one division code → [{landId, code, street, district}]. For anybody.';

create function private.to_the_metre(p_point extensions.geometry) returns extensions.geometry language sql immutable set search_path = '' as $$
  select extensions.st_setsrid(extensions.st_makepoint(
    pg_catalog.round(extensions.st_x(p_point)::numeric, 5)::float8, pg_catalog.round(extensions.st_y(p_point)::numeric, 5)::float8), 4326)
$$;
comment on function private.to_the_metre(extensions.geometry) is 'A point in degrees with five digits.';

create function private.place_centre(p_land public.lands, p_community int) returns extensions.geometry language sql stable set search_path = '' as $$
  -- The label of the cell nearest to the middle: a point inside, whatever the shape.
  select private.to_the_metre(extensions.st_setsrid(extensions.st_makepoint(
    p_land.lng0 + c.label_x * 0.005 / p_land.m_per_deg_lng, p_land.lat0 + c.label_y * 0.005 / p_land.m_per_deg_lat), 4326))
  from public.cells c
  cross join (
    select sum(o.label_x * o.area_m2) / sum(o.area_m2) as x, sum(o.label_y * o.area_m2) / sum(o.area_m2) as y
    from public.cells o where o.community_id = p_community and o.land_id = p_land.id and o.to_edition is null
  ) m
  where c.community_id = p_community and c.land_id = p_land.id and c.to_edition is null
  order by (c.label_x - m.x) ^ 2 + (c.label_y - m.y) ^ 2, c.id
  limit 1
$$;
comment on function private.place_centre(public.lands, int) is 'A point inside a community near its middle, to the metre.';

create function private.line_from(p_land public.lands, p_line extensions.geometry) returns text language sql immutable set search_path = '' as $$
  select extensions.st_asencodedpolyline(extensions.st_translate(p_line, -p_land.lng0, -p_land.lat0), 7)
$$;
comment on function private.line_from(public.lands, extensions.geometry) is 'A line in degrees as an encoded polyline relative to the origin of its land.';

create function public.visitor_map(p_land int) returns json language plpgsql stable security definer set search_path = '' set jit = off as $$
declare
  v_land public.lands := private.open_land(p_land);
  v_map json;
begin
  with community as materialized (
    select u.id, u.name, (row_number() over (order by u.code) - 1)::int as at, private.place_centre(v_land, u.id) as centre
    from public.org_units u
    where u.level = 'community' and exists (
      select from public.cells c where c.community_id = u.id and c.land_id = p_land and c.to_edition is null)
  ), compound as materialized (
    select k.id, k.name, m.at as community, (row_number() over (order by k.id) - 1)::int as at, k.geom,
      private.to_the_metre(extensions.st_pointonsurface(k.geom)) as centre
    from public.compounds k join community m on m.id = k.community_id
    where k.land_id = p_land
  ), edge as materialized (
    -- Borders between communities, and of the land.
    select extensions.st_setsrid(extensions.st_scale(a.line, 0.005 / v_land.m_per_deg_lng, 0.005 / v_land.m_per_deg_lat), 4326) as line
    from public.land_arcs a
    left join public.cells l on l.id = a.left_cell
    left join public.cells r on r.id = a.right_cell
    where a.land_id = p_land and a.to_edition is null and l.community_id is distinct from r.community_id
  ), frame as (
    select min(n.x) as x0, min(n.y) as y0, max(n.x) as x1, max(n.y) as y1
    from public.land_nodes n where n.land_id = p_land and n.to_edition is null
  )
  select json_build_object(
    'place', private.visitor_place(v_land),
    'origin', json_build_array(v_land.lng0, v_land.lat0),
    'bounds', (
      select json_build_array(v_land.lng0 + f.x0 * 0.005 / v_land.m_per_deg_lng, v_land.lat0 + f.y0 * 0.005 / v_land.m_per_deg_lat,
        v_land.lng0 + f.x1 * 0.005 / v_land.m_per_deg_lng, v_land.lat0 + f.y1 * 0.005 / v_land.m_per_deg_lat)
      from frame f),
    'communities', (
      select json_build_object(
        'id', coalesce(json_agg(m.id order by m.at), '[]'), 'name', coalesce(json_agg(m.name order by m.at), '[]'),
        'centre', coalesce(json_agg(json_build_array(extensions.st_x(m.centre), extensions.st_y(m.centre)) order by m.at), '[]'))
      from community m),
    'compounds', (
      select json_build_object(
        'id', coalesce(json_agg(k.id order by k.at), '[]'), 'name', coalesce(json_agg(k.name order by k.at), '[]'),
        'community', coalesce(json_agg(k.community order by k.at), '[]'),
        'centre', coalesce(json_agg(json_build_array(extensions.st_x(k.centre), extensions.st_y(k.centre)) order by k.at), '[]'),
        'ring', coalesce(json_agg(private.line_from(v_land, extensions.st_exteriorring(k.geom)) order by k.at), '[]'))
      from compound k),
    'buildings', (
      select json_build_object(
        'id', coalesce(json_agg(b.id order by b.id), '[]'), 'name', coalesce(json_agg(b.name order by b.id), '[]'),
        'compound', coalesce(json_agg(coalesce(k.at, -1) order by b.id), '[]'),
        'ring', coalesce(json_agg(private.line_from(v_land, extensions.st_exteriorring(extensions.st_geometryn(b.geom, 1))) order by b.id), '[]'))
      from public.buildings b
      join community m on m.id = b.community_id
      left join compound k on k.id = b.compound_id
      where b.land_id = p_land),
    'streets', (
      select json_build_object(
        'name', coalesce(json_agg(s.name order by s.id), '[]'), 'class', coalesce(json_agg(s.class order by s.id), '[]'),
        'line', coalesce(json_agg(private.line_from(v_land, s.geom) order by s.id), '[]'))
      from public.streets s where s.land_id = p_land),
    'borders', (select coalesce(json_agg(extensions.st_asencodedpolyline(e.line, 7)), '[]') from edge e))
  into v_map;
  return v_map;
end
$$;
comment on function public.visitor_map(int) is
  'What a visitor picks a place on: communities, compounds, buildings, streets and borders of an open street as columns, lines as encoded polylines '
  'relative to the origin, seven digits; no people and no counts. For anybody. Errors: land_unknown.';

-- ── words with people taken out of them ───────────────────────────────────────────────────────────────────────────
create function private.plain_words(p_text text) returns text language sql immutable set search_path = '' as $$
  -- NFKC would turn Chinese punctuation into that of ASCII: it waits elsewhere meanwhile.
  select pg_catalog.regexp_replace(pg_catalog.regexp_replace(private.clean_text(
    pg_catalog.translate(pg_catalog.normalize(pg_catalog.translate(p_text, '，：；！？（）～', U&'\E000\E001\E002\E003\E004\E005\E006\E007'), 'NFKC'),
      U&'\E000\E001\E002\E003\E004\E005\E006\E007', '，：；！？（）～')),
    '[\u0300-\u036f\u20e3\ufe00-\ufe0f]', '', 'g'),
    '([一-龥])\s+(?=[一-龥])', '\1', 'g')
$$;
comment on function private.plain_words(text) is
  'Text of one line, in which what is typed to look like a letter or a number is one, and no space parts Chinese characters; null where nothing is left.';

create function private.mask_words(p_text text, p_names text[]) returns text language plpgsql immutable set search_path = '' as $$
declare
  v_text text := private.plain_words(p_text);
  v_digit constant text := '[0-9零〇○一二三四五六七八九幺两壹贰叁肆伍陆柒捌玖]';
  v_surname constant text :=
    '[王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文]';
  v_name text;
begin
  foreach v_name in array p_names loop
    v_text := pg_catalog.replace(v_text, v_name, private.mask_name(v_name));
  end loop;
  -- Addresses of the net and of post, accounts, plates.
  v_text := pg_catalog.regexp_replace(v_text, '(https?://|www\.)\S+|[[:alnum:]._%+-]+@[[:alnum:].-]+', '****', 'gi');
  v_text := pg_catalog.regexp_replace(v_text, '(微信号?|wechat|weixin|vx|v信|qq)[号是为:：\s]*[a-z0-9_-]{5,}', '\1****', 'gi');
  v_text := pg_catalog.regexp_replace(v_text, '([京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-Z])[·\s]?[A-Z0-9]{5,6}', '\1*****', 'g');
  -- Telephone and identity numbers, however they are parted.
  v_text := pg_catalog.regexp_replace(v_text, v_digit || '([-\s.,，、·_—–()（）/+~～*:：]*' || v_digit || '){6,}X?', '****', 'gi');
  -- Rooms and stairs, then houses and what follows them, then 3-2-501.
  v_text := pg_catalog.regexp_replace(v_text, '([0-9A-Z]|' || v_digit || '|[十百]){1,6}\s*(室|户|单元|层|弄)', '某\2', 'gi');
  v_text := pg_catalog.regexp_replace(v_text, '([0-9A-Z甲乙丙丁]|' || v_digit || '|[十百]){1,6}\s*(号楼|号院|号门|号|栋|幢|座|楼)\s*([0-9]{3,4})?', '某\2', 'gi');
  v_text := pg_catalog.regexp_replace(v_text, '(?<![0-9])[0-9]{1,3}(-[0-9]{1,2}-[0-9]{1,4}|-[0-9]{3,4}|#[0-9]{1,4})', '某处', 'g');
  -- A surname with a form of address, or after words that introduce one.
  v_text := pg_catalog.regexp_replace(v_text,
    '(' || v_surname || ')[一-龥]{0,2}?(先生|女士|小姐|阿姨|大爷|大妈|大娘|大姐|大哥|大叔|师傅|老师|主任|书记|医生|经理|老板|奶奶|爷爷|叔叔|婶|嫂|同志|某某|某)',
    '\1*\2', 'g');
  return pg_catalog.regexp_replace(v_text, '(我叫|名叫|姓名是?|联系人是?|业主是?|户主是?)([\s:：]*' || v_surname || ')[一-龥]{1,2}', '\1\2*', 'g');
end
$$;
comment on function private.mask_words(text, text[]) is
  'Words for the board: the names given, telephone and identity numbers, accounts, plates, houses and rooms, and surnames with a form of address are '
  'masked by rule; null where there are none. It cannot know every name: whoever publishes reads the words once more.';

create function private.names_in(p_text text, p_community int) returns text[] language sql stable set search_path = '' set jit = off as $$
  with said as materialized (
    select pg_catalog.regexp_replace(coalesce(private.plain_words(p_text), ''), '\s', '', 'g') as text
  ), found as (
    select i.name from said s, public.residents r join private.resident_identities i on i.resident_id = r.id
    where r.community_id = p_community and pg_catalog.strpos(s.text, i.name) > 0
    union
    select i.name from said s, public.members m join private.member_identities i on i.member_id = m.id
    where m.community_id = p_community and pg_catalog.strpos(s.text, i.name) > 0
    union
    select i.name from said s, private.people_identities i where pg_catalog.strpos(s.text, i.name) > 0
  )
  select coalesce(array_agg(f.name order by pg_catalog.length(f.name) desc), '{}') from found f where pg_catalog.length(f.name) >= 2
$$;
comment on function private.names_in(text, int) is 'Names of residents and members of a community, and of people at work, that stand in a text, the longest first.';
