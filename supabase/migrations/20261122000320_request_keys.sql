-- Calls that are sent again after a lost answer: with the same key they get the first answer, and are not done twice.

create table private.idempotency_keys (
  person_id uuid not null references public.people (id) on delete cascade,
  key uuid not null,
  function text not null,
  arguments bytea not null,
  answer jsonb,
  at timestamptz not null default now(),
  primary key (person_id, key)
);
comment on table private.idempotency_keys is 'Answers of calls that carried a key, for 24 hours.';
comment on column private.idempotency_keys.person_id is 'Who called.';
comment on column private.idempotency_keys.key is 'Key the caller made up for this one act.';
comment on column private.idempotency_keys.function is 'Function that was called.';
comment on column private.idempotency_keys.arguments is 'SHA-256 over the arguments, passwords left out: a key stands for one act.';
comment on column private.idempotency_keys.answer is 'What was answered; null only while the first call is under way.';
comment on column private.idempotency_keys.at is 'When the first call came.';
create index idempotency_keys_at on private.idempotency_keys (at);
alter table private.idempotency_keys enable row level security;
revoke all on private.idempotency_keys from public, anon, authenticated, service_role;

create function private.first_answer(p_function text, p_key uuid, p_arguments jsonb) returns jsonb
language plpgsql set search_path = '' as $$
declare
  v_person uuid;
  v_hash bytea;
  v_found private.idempotency_keys;
begin
  if p_key is null then
    return null;
  end if;
  v_person := private.my_person();
  if v_person is null then
    perform private.fail('not_allowed');
  end if;
  v_hash := pg_catalog.sha256(pg_catalog.convert_to(p_arguments::text, 'UTF8'));
  delete from private.idempotency_keys k where k.person_id = v_person and k.at < pg_catalog.now() - interval '24 hours';
  -- A second call with the key waits here until the first has ended: it is answered, or, if the first failed, does the work.
  insert into private.idempotency_keys (person_id, key, function, arguments) values (v_person, p_key, p_function, v_hash)
  on conflict (person_id, key) do nothing;
  if found then
    return null;
  end if;
  select * into v_found from private.idempotency_keys k where k.person_id = v_person and k.key = p_key;
  if v_found.function is distinct from p_function or v_found.arguments is distinct from v_hash then
    perform private.fail('request_key_reused', pg_catalog.jsonb_build_object('function', v_found.function));
  end if;
  return v_found.answer;
end
$$;
comment on function private.first_answer(text, uuid, jsonb) is
  'What was answered to this key before, or null where the work is to be done. Called first, keep_answer last. Errors: request_key_reused, not_allowed.';

create function private.keep_answer(p_key uuid, p_answer jsonb) returns jsonb language plpgsql set search_path = '' as $$
begin
  if p_key is not null then
    update private.idempotency_keys k set answer = p_answer where k.person_id = private.my_person() and k.key = p_key;
  end if;
  return p_answer;
end
$$;
comment on function private.keep_answer(uuid, jsonb) is 'Keep the answer to a key, and give it back.';

-- ── plans and imports: the work moves to private as it is, the function in public asks for the key first ──────────────
alter function public.open_plan_draft(int, text) set schema private;
alter function public.save_plan_draft(uuid, int, jsonb) set schema private;
alter function public.copy_plan_draft(uuid, text, int, jsonb) set schema private;
alter function public.publish_plan(uuid, int, jsonb) set schema private;
alter function public.import_commit(uuid) set schema private;
alter function private.open_plan_draft(int, text) security invoker;
alter function private.save_plan_draft(uuid, int, jsonb) security invoker;
alter function private.copy_plan_draft(uuid, text, int, jsonb) security invoker;
alter function private.publish_plan(uuid, int, jsonb) security invoker;
alter function private.import_commit(uuid) security invoker;
revoke all on function private.open_plan_draft(int, text), private.save_plan_draft(uuid, int, jsonb),
  private.copy_plan_draft(uuid, text, int, jsonb), private.publish_plan(uuid, int, jsonb), private.import_commit(uuid)
from public, anon, authenticated, service_role;

create function public.open_plan_draft(p_land int, p_title text, p_request_key uuid default null) returns jsonb
language plpgsql security definer set search_path = '' as $$
begin
  return coalesce(private.first_answer('open_plan_draft', p_request_key, pg_catalog.jsonb_build_array(p_land, p_title)),
    private.keep_answer(p_request_key, private.open_plan_draft(p_land, p_title)));
end
$$;
comment on function public.open_plan_draft(int, text, uuid) is
  'A new draft, copied from the grids in force → {planId, number, revision}. Errors: not_allowed, request_key_reused.';

create function public.save_plan_draft(p_plan uuid, p_base_revision int, p_edits jsonb, p_request_key uuid default null) returns jsonb
language plpgsql security definer set search_path = '' as $$
begin
  return coalesce(private.first_answer('save_plan_draft', p_request_key, pg_catalog.jsonb_build_array(p_plan, p_base_revision, p_edits)),
    private.keep_answer(p_request_key, private.save_plan_draft(p_plan, p_base_revision, p_edits)));
end
$$;
comment on function public.save_plan_draft(uuid, int, jsonb, uuid) is
  'Save edits [{delta, note}] built on a revision, all or none → {revision}. Errors: not_allowed, plan_not_draft, '
  'plan_stale {serverRevision, by, at}, delta_invalid {index, reason, …} with reason malformed, cell_unknown, cell_repeated, '
  'cell_from_mismatch, grid_unknown, grid_repeated, grid_before_mismatch, grid_community_changed, grid_not_empty, '
  'community_unknown or other_community; request_key_reused.';

create function public.copy_plan_draft(p_plan uuid, p_title text, p_at_revision int, p_edits jsonb, p_request_key uuid default null) returns jsonb
language plpgsql security definer set search_path = '' as $$
begin
  return coalesce(
    private.first_answer('copy_plan_draft', p_request_key, pg_catalog.jsonb_build_array(p_plan, p_title, p_at_revision, p_edits)),
    private.keep_answer(p_request_key, private.copy_plan_draft(p_plan, p_title, p_at_revision, p_edits)));
end
$$;
comment on function public.copy_plan_draft(uuid, text, int, jsonb, uuid) is
  'A new draft: the plan as of a revision, with edits on top → {planId, number, revision}. Based on the edition in force. '
  'Errors: not_allowed, revision_unknown, delta_invalid, request_key_reused.';

create function public.publish_plan(p_plan uuid, p_revision int, p_waivers jsonb, p_request_key uuid default null) returns jsonb
language plpgsql security definer set search_path = '' as $$
begin
  return coalesce(private.first_answer('publish_plan', p_request_key, pg_catalog.jsonb_build_array(p_plan, p_revision, p_waivers)),
    private.keep_answer(p_request_key, private.publish_plan(p_plan, p_revision, p_waivers)));
end
$$;
comment on function public.publish_plan(uuid, int, jsonb, uuid) is
  'Bring a draft into force → {published: true, editionNumber, findings}, or {published: false, findings} and nothing changed. '
  'p_waivers = [{code, gridId, compoundId, reason}]. Errors: not_allowed, plan_not_draft, plan_stale, plan_base_outdated, waiver_invalid, '
  'request_key_reused.';

create function public.import_commit(p_import uuid, p_request_key uuid default null) returns jsonb
language plpgsql security definer set search_path = '' as $$
begin
  return coalesce(private.first_answer('import_commit', p_request_key, pg_catalog.jsonb_build_array(p_import)),
    private.keep_answer(p_request_key, private.import_commit(p_import)));
end
$$;
comment on function public.import_commit(uuid, uuid) is
  'Check an import as a whole and enter it → {landId, orgUnitId, counts}; the land then has grid edition 1. '
  'Error import_invalid carries {counts, errorCount, errors}; nothing of it stays. Others: import_unknown, not_allowed, '
  'import_street_invalid, import_street_taken, land_exists, request_key_reused.';

-- ── revisions: what overwrites names what it read ─────────────────────────────────────────────────────────────────────
do $revisions$
declare
  v_table text;
begin
  foreach v_table in array array['settings', 'people', 'posts'] loop
    execute pg_catalog.format('alter table public.%I add column revision int not null default 0, '
      'add column updated_at timestamptz not null default now(), add column updated_by uuid references public.people (id)', v_table);
    execute pg_catalog.format('comment on column public.%I.revision is ''Grows by one with each change; a change names the revision it saw.''', v_table);
    execute pg_catalog.format('comment on column public.%I.updated_at is ''When it was last changed.''', v_table);
    execute pg_catalog.format('comment on column public.%I.updated_by is ''Who last changed it; null for the system.''', v_table);
  end loop;
end
$revisions$;

create function private.count_revision() returns trigger language plpgsql set search_path = '' as $$
begin
  new.revision := old.revision + 1;
  new.updated_at := pg_catalog.clock_timestamp();
  new.updated_by := private.my_person();
  return new;
end
$$;
comment on function private.count_revision() is 'Trigger: a changed row is the next revision, with who changed it and when.';
create trigger count_revision before update on public.settings for each row when (old.* is distinct from new.*)
  execute function private.count_revision();
create trigger count_revision before update on public.people for each row when (old.* is distinct from new.*)
  execute function private.count_revision();
create trigger count_revision before update on public.posts for each row when (old.* is distinct from new.*)
  execute function private.count_revision();

create function private.require_revision(p_expected int, p_found int, p_by uuid, p_at timestamptz) returns void
language plpgsql set search_path = '' as $$
begin
  if p_expected is distinct from p_found then
    perform private.fail('stale', pg_catalog.jsonb_build_object('revision', p_found, 'at', p_at,
      'by', (select p.name_masked from public.people p where p.id = p_by)));
  end if;
end
$$;
comment on function private.require_revision(int, int, uuid, timestamptz) is
  'stale {revision, by, at} unless the caller saw the row as it is. The row is locked by then.';
