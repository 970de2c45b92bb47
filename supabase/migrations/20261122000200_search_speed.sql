-- Search over a whole district: what costs nothing by row comes first, and letters are folded only where there are letters.

create or replace function public.search_people(p_query text, p_limit int) returns jsonb language plpgsql stable set search_path = '' set jit = off as $$
declare
  v_query text := pg_catalog.lower(pg_catalog.btrim(p_query));
  v_count int := greatest(1, least(coalesce(p_limit, 20), 100));
  -- Chinese has no letter case, and folding the case of a quarter of a million addresses takes seconds: only a query with
  -- letters pays for it, and only such a query can be initials.
  v_has_letters boolean := pg_catalog.lower(p_query) <> pg_catalog.upper(p_query);
begin
  if coalesce(v_query, '') = '' then
    return '[]';
  end if;
  return (
    with household as (
      select 'household' as kind, h.id, h.building_id, pg_catalog.concat_ws(' ', h.head_name_masked, h.room) as label, h.address as detail,
        h.category::int as category, h.sort_key,
        case when case when v_has_letters then pg_catalog.lower(h.head_name_masked) else h.head_name_masked end = v_query
            or v_has_letters and pg_catalog.starts_with(pg_catalog.lower(h.initials), v_query) then 0
          when pg_catalog.starts_with(case when v_has_letters then pg_catalog.lower(h.address) else h.address end, v_query) then 1
          else 2 end as rank
      from public.households h
      where case when v_has_letters
        then pg_catalog.starts_with(pg_catalog.lower(h.initials), v_query)
          or pg_catalog.strpos(pg_catalog.lower(h.address || h.room), v_query) > 0
          or pg_catalog.starts_with(pg_catalog.lower(h.head_name_masked), v_query)
        else pg_catalog.strpos(h.address || h.room, v_query) > 0 or pg_catalog.starts_with(h.head_name_masked, v_query) end
      order by rank, h.sort_key, h.id
      limit v_count
    ), member as (
      select 'member' as kind, m.id, m.building_id, m.name_masked as label, coalesce(b.address, u.name, '') as detail, null::int as category,
        coalesce(b.address, u.name, '') as sort_key,
        case when case when v_has_letters then pg_catalog.lower(m.name_masked) else m.name_masked end = v_query
            or v_has_letters and pg_catalog.starts_with(pg_catalog.lower(m.initials), v_query) then 0 else 2 end as rank
      from public.members m
      left join public.buildings b on b.id = m.building_id
      left join public.org_units u on u.id = m.community_id
      where case when v_has_letters
        then pg_catalog.starts_with(pg_catalog.lower(m.initials), v_query)
          or pg_catalog.strpos(pg_catalog.lower(b.address), v_query) > 0
          or pg_catalog.starts_with(pg_catalog.lower(m.name_masked), v_query)
        else pg_catalog.strpos(b.address, v_query) > 0 or pg_catalog.starts_with(m.name_masked, v_query) end
      order by rank, sort_key, m.id
      limit v_count
    ), found as (
      select f.*, row_number() over (order by f.rank, f.kind, f.sort_key, f.id) as place
      from (select * from household union all select * from member) f
    )
    select coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('kind', f.kind, 'id', f.id, 'buildingId', f.building_id, 'label', f.label,
      'detail', f.detail, 'category', f.category) order by f.place), '[]')
    from found f where f.place <= v_count);
end
$$;
comment on function public.search_people(text, int) is
  'Households and members the caller sees, by masked name, pinyin initials or address, best first and then in natural order → '
  '[{kind: household | member, id, buildingId, label, detail, category}]; at most 100.';
