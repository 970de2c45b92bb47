-- A photo is small in pixels too: a few hundred bytes can claim an image that fills the memory of whoever looks at it.

create function private.photo_side(p_bytes bytea, p_type text) returns int language plpgsql immutable set search_path = '' as $$
declare
  v_at int := 2;
  v_size int := pg_catalog.length(p_bytes);
  v_form bytea := pg_catalog.substr(p_bytes, 13, 4);
  v_marker int;
begin
  if p_type = 'image/png' and v_size >= 24 then
    -- Where the upper half of either is set it has 65,536 pixels at least.
    return greatest(pg_catalog.get_byte(p_bytes, 18) * 256 + pg_catalog.get_byte(p_bytes, 19), pg_catalog.get_byte(p_bytes, 22) * 256 + pg_catalog.get_byte(p_bytes, 23),
      65536 * (pg_catalog.get_byte(p_bytes, 16) | pg_catalog.get_byte(p_bytes, 17) | pg_catalog.get_byte(p_bytes, 20) | pg_catalog.get_byte(p_bytes, 21)));
  elsif p_type = 'image/webp' and v_size >= 30 then
    return case v_form
      when 'VP8X'::bytea then 1 + greatest(pg_catalog.get_byte(p_bytes, 24) + 256 * pg_catalog.get_byte(p_bytes, 25) + 65536 * pg_catalog.get_byte(p_bytes, 26),
        pg_catalog.get_byte(p_bytes, 27) + 256 * pg_catalog.get_byte(p_bytes, 28) + 65536 * pg_catalog.get_byte(p_bytes, 29))
      when 'VP8 '::bytea then greatest(pg_catalog.get_byte(p_bytes, 26) + 256 * (pg_catalog.get_byte(p_bytes, 27) & 63),
        pg_catalog.get_byte(p_bytes, 28) + 256 * (pg_catalog.get_byte(p_bytes, 29) & 63))
      when 'VP8L'::bytea then 1 + greatest(pg_catalog.get_byte(p_bytes, 21) + 256 * (pg_catalog.get_byte(p_bytes, 22) & 63),
        (pg_catalog.get_byte(p_bytes, 22) >> 6) + 4 * pg_catalog.get_byte(p_bytes, 23) + 1024 * (pg_catalog.get_byte(p_bytes, 24) & 15)) end;
  elsif p_type <> 'image/jpeg' then
    return null;
  end if;
  while v_at + 9 <= v_size and pg_catalog.get_byte(p_bytes, v_at) = 255 loop
    v_marker := pg_catalog.get_byte(p_bytes, v_at + 1);
    -- Fill bytes, which a decoder skips: what follows would be read otherwise here and there.
    exit when v_marker = 255;
    -- Start of frame; C4, C8 and CC are tables.
    if v_marker between 192 and 207 and v_marker not in (196, 200, 204) then
      return greatest(256 * pg_catalog.get_byte(p_bytes, v_at + 5) + pg_catalog.get_byte(p_bytes, v_at + 6),
        256 * pg_catalog.get_byte(p_bytes, v_at + 7) + pg_catalog.get_byte(p_bytes, v_at + 8));
    end if;
    v_at := v_at + 2 + 256 * pg_catalog.get_byte(p_bytes, v_at + 2) + pg_catalog.get_byte(p_bytes, v_at + 3);
  end loop;
  return null;
end
$$;
comment on function private.photo_side(bytea, text) is 'Longer side of a JPEG, PNG or WebP image in pixels, as its header says; null where it says none.';

create or replace function private.keep_photos(p_event public.issue_events, p_kind text, p_photos jsonb) returns int language plpgsql set search_path = '' as $$
declare
  v_photo record;
  v_bytes bytea;
  v_reason text;
begin
  if coalesce(pg_catalog.jsonb_typeof(p_photos), 'null') = 'null' then
    return 0;
  elsif pg_catalog.jsonb_typeof(p_photos) <> 'array' or pg_catalog.jsonb_array_length(p_photos) > 4 then
    perform private.fail('photo_invalid', '{"reason": "count", "most": 4}');
  end if;
  for v_photo in select p.value #>> '{}' as text, pg_catalog.jsonb_typeof(p.value) as type, p.place - 1 as index
    from pg_catalog.jsonb_array_elements(p_photos) with ordinality as p(value, place) loop
    v_reason := null;
    if v_photo.type <> 'string' or v_photo.text !~ '^[A-Za-z0-9+/]+={0,2}$' or pg_catalog.length(v_photo.text) % 4 <> 0 then
      v_reason := 'type';
    elsif pg_catalog.length(v_photo.text) > 409600 then
      v_reason := 'size';
    else
      v_bytes := pg_catalog.decode(v_photo.text, 'base64');
      if private.photo_type(v_bytes) is null then
        v_reason := 'type';
      elsif coalesce(private.photo_side(v_bytes, private.photo_type(v_bytes)), 65536) > 4096 then
        v_reason := 'size';
      end if;
    end if;
    if v_reason is not null then
      perform private.fail('photo_invalid', pg_catalog.jsonb_build_object('index', v_photo.index, 'reason', v_reason));
    end if;
    insert into public.issue_photos (issue_id, event_id, kind, type, bytes) values (p_event.issue_id, p_event.id, p_kind, private.photo_type(v_bytes), v_bytes);
  end loop;
  return pg_catalog.jsonb_array_length(p_photos);
end
$$;
comment on function private.keep_photos(public.issue_events, text, jsonb) is
  'Keep photos, a list of at most four of 300 KB and 4,096 pixels a side in base64, that came with an event; returns how many. Errors: photo_invalid {index, reason: type | size} or '
  '{reason: count, most}.';
