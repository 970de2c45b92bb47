-- Reading the fields of documents that come from outside, each with the code its refusal carries.

create function private.document_text(p_document jsonb, p_field text, p_least int, p_most int, p_code text) returns text
language plpgsql immutable set search_path = '' as $$
declare
  v_text text := coalesce(private.clean_text(p_document ->> p_field), '');
begin
  if coalesce(pg_catalog.jsonb_typeof(p_document -> p_field), 'null') not in ('string', 'null') or pg_catalog.length(v_text) not between p_least and p_most then
    perform private.fail(p_code, pg_catalog.jsonb_build_object('field', p_field, 'least', p_least, 'most', p_most));
  end if;
  return v_text;
end
$$;
comment on function private.document_text(jsonb, text, int, int, text) is
  'A line of a document without blanks around it, empty for none; the code with {field, least, most} where it is no text, or too short or too long.';

create function private.document_integer(p_document jsonb, p_field text, p_least int, p_most int, p_code text) returns int
language plpgsql immutable set search_path = '' as $$
begin
  if not (private.json_ints(pg_catalog.jsonb_build_array(p_document -> p_field), p_least, p_most)) [1] is not null then
    perform private.fail(p_code, pg_catalog.jsonb_build_object('field', p_field, 'least', p_least, 'most', p_most));
  end if;
  return (p_document ->> p_field)::int;
end
$$;
comment on function private.document_integer(jsonb, text, int, int, text) is
  'A whole number of a document within bounds, which count; the code with {field, least, most} else.';

create function private.document_id(p_document jsonb, p_field text, p_code text) returns int language plpgsql immutable set search_path = '' as $$
begin
  if coalesce(pg_catalog.jsonb_typeof(p_document -> p_field), 'null') = 'null' then
    return null;
  end if;
  return private.document_integer(p_document, p_field, 1, 2147483647, p_code);
end
$$;
comment on function private.document_id(jsonb, text, text) is 'A number of a row in a document; null where none is said. The code with {field, …} else.';

create function private.document_word(p_document jsonb, p_field text, p_words anyenum, p_code text) returns anyenum
language plpgsql immutable set search_path = '' as $$
begin
  if pg_catalog.jsonb_typeof(p_document -> p_field) is distinct from 'string'
    or not p_document ->> p_field = any (pg_catalog.enum_range(p_words)::text[]) then
    perform private.fail(p_code, pg_catalog.jsonb_build_object('field', p_field));
  end if;
  return p_document ->> p_field;
end
$$;
comment on function private.document_word(jsonb, text, anyenum, text) is
  'One of the words of a type, given by a null of it; the code with {field} where it is none.';

create function private.document_day(p_document jsonb, p_field text, p_least date, p_most date, p_code text) returns date
language plpgsql stable set search_path = '' as $$
declare
  v_day date;
begin
  if p_document ->> p_field ~ '^20[0-9]{2}-[01][0-9]-[0-3][0-9]$' then
    v_day := (p_document ->> p_field)::date;
  end if;
  if v_day is null or v_day not between p_least and p_most then
    perform private.fail(p_code, pg_catalog.jsonb_build_object('field', p_field, 'least', p_least, 'most', p_most));
  end if;
  return v_day;
exception when datetime_field_overflow or invalid_datetime_format then
  perform private.fail(p_code, pg_catalog.jsonb_build_object('field', p_field, 'least', p_least, 'most', p_most));
end
$$;
comment on function private.document_day(jsonb, text, date, date, text) is 'A day of a document, ISO, within bounds, which count; the code with {field, least, most} else.';

create function private.is_lng_lat(p_value jsonb) returns boolean language sql immutable set search_path = '' as $$
  select case when pg_catalog.jsonb_typeof(p_value) = 'array' then pg_catalog.jsonb_array_length(p_value) = 2
    and private.is_number_between(p_value -> 0, -180, 180) and private.is_number_between(p_value -> 1, -85, 85) else false end
$$;
comment on function private.is_lng_lat(jsonb) is 'Whether a value is a place [lng, lat].';

create function private.document_place(p_document jsonb, p_field text, p_code text) returns extensions.geometry language plpgsql immutable set search_path = '' as $$
begin
  if coalesce(pg_catalog.jsonb_typeof(p_document -> p_field), 'null') = 'null' then
    return null;
  elsif not private.is_lng_lat(p_document -> p_field) then
    perform private.fail(p_code, pg_catalog.jsonb_build_object('field', p_field));
  end if;
  return extensions.st_setsrid(extensions.st_makepoint((p_document -> p_field ->> 0)::float8, (p_document -> p_field ->> 1)::float8), 4326);
end
$$;
comment on function private.document_place(jsonb, text, text) is 'A place [lng, lat] of a document, WGS84; null where none is said. The code with {field} else.';

-- Those of patrols are the same.
create or replace function private.patrol_text(p_document jsonb, p_field text, p_least int, p_most int) returns text language plpgsql immutable set search_path = '' as $$
begin
  return private.document_text(p_document, p_field, p_least, p_most, 'patrol_invalid');
end
$$;
