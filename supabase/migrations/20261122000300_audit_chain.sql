-- The log as a chain: each row carries a hash over the row before and itself, so that a row changed, removed or slipped in
-- past the triggers shows, to whoever computes the hashes again.

-- ── the head: one row, which writers of the log take in turn ──────────────────────────────────────────────────────────
create table private.audit_head (
  is_only boolean primary key default true check (is_only),
  last_id bigint not null,
  rows bigint not null,
  hash bytea not null
);
comment on table private.audit_head is 'End of the audit log''s chain: what the next row is built on, and what shows that rows at the end are missing.';
comment on column private.audit_head.is_only is 'Always true: there is one head.';
comment on column private.audit_head.last_id is 'Identity of the last row.';
comment on column private.audit_head.rows is 'How many rows there are.';
comment on column private.audit_head.hash is 'Hash of the last row; empty before the first.';
alter table private.audit_head enable row level security;
revoke all on private.audit_head from public, anon, authenticated, service_role;
insert into private.audit_head (last_id, rows, hash) values (0, 0, '');

alter table public.audit_log add column hash bytea;
comment on column public.audit_log.hash is 'SHA-256 over the hash of the row before and all else in this row.';

create function private.audit_hash(p_before bytea, p_row public.audit_log) returns bytea language sql stable set search_path = '' as $$
  select pg_catalog.sha256(p_before || pg_catalog.convert_to(pg_catalog.jsonb_build_array(p_row.id,
    pg_catalog.to_char(p_row.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), p_row.person_id, p_row.action, p_row.object_type,
    p_row.object_id, p_row.org_unit_id, p_row.detail)::text, 'UTF8'))
$$;
comment on function private.audit_hash(bytea, public.audit_log) is
  'Hash of a row of the log: over the hash of the row before and the row as a JSON array with the time in UTC. Free of session settings.';

create function private.chain_audit() returns trigger language plpgsql security definer set search_path = '' as $$
declare
  v_head private.audit_head;
begin
  -- The lock lasts until the transaction ends, so acts write their row last. Rows that are rolled back leave no gap.
  select * into v_head from private.audit_head h for update;
  new.id := v_head.last_id + 1;
  new.at := pg_catalog.clock_timestamp();
  new.hash := private.audit_hash(v_head.hash, new);
  update private.audit_head h set last_id = new.id, rows = h.rows + 1, hash = new.hash;
  return new;
end
$$;
comment on function private.chain_audit() is 'Trigger: give a row of the log its place in the chain, its time and its hash, whatever the writer says.';

-- ── rows that are there already ───────────────────────────────────────────────────────────────────────────────────────
alter table public.audit_log disable trigger append_only;
do $chain$
declare
  v_row public.audit_log;
  v_hash bytea := '';
begin
  for v_row in select * from public.audit_log l order by l.id loop
    v_hash := private.audit_hash(v_hash, v_row);
    update public.audit_log l set hash = v_hash where l.id = v_row.id;
    update private.audit_head h set last_id = v_row.id, rows = h.rows + 1, hash = v_hash;
  end loop;
end
$chain$;
alter table public.audit_log enable trigger append_only;
alter table public.audit_log alter column hash set not null;
create trigger chain before insert on public.audit_log for each row execute function private.chain_audit();

-- ── verification ──────────────────────────────────────────────────────────────────────────────────────────────────────
create function private.verify_audit_chain() returns jsonb language sql stable set search_path = '' as $$
  with linked as (
    select l.id, l.hash, l.hash is distinct from private.audit_hash(coalesce(lag(l.hash) over (order by l.id), ''), l) as is_broken
    from public.audit_log l
  ), total as (
    select count(*) as rows, min(k.id) filter (where k.is_broken) as first_broken, (array_agg(k.hash order by k.id desc))[1] as hash
    from linked k
  )
  select pg_catalog.jsonb_build_object('rows', t.rows,
    'firstBroken', coalesce(t.first_broken, case when t.rows <> h.rows or coalesce(t.hash, '') <> h.hash then h.last_id end),
    'head', pg_catalog.encode(h.hash, 'hex'))
  from total t, private.audit_head h
$$;
comment on function private.verify_audit_chain() is
  'Compute all hashes of the log again → {rows, firstBroken: id of the first row that does not fit, or null, head: hash of the last row}. '
  'Rows cut off at the end show as a break at the last identity that was given. Who rewrites the whole chain as its owner is found by a head noted elsewhere.';

create function public.verify_audit_chain() returns jsonb language plpgsql stable security definer set search_path = '' as $$
begin
  if not exists (select from private.my_units_as('auditor')) then
    perform private.fail('not_allowed');
  end if;
  return private.verify_audit_chain();
end
$$;
comment on function public.verify_audit_chain() is
  'Verify the hash chain of the whole log, for auditors → {rows, firstBroken, head}. Errors: not_allowed.';
