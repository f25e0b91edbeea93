-- How each conversation stood from when until when, told from what was said and done in it: backlogs are sums of these, however large the inbox is.

create table conversation_spans (
  org_id uuid not null,
  conversation_id uuid not null,
  account_id uuid not null,
  -- As the conversation has it; kept by a trigger, so that sums need no other table.
  wall_id uuid,
  began_at timestamptz not null,
  -- When it was closed; infinity: it goes on.
  ended_at timestamptz not null,
  -- Of the last change.
  last_at timestamptz not null,
  -- Four columns of one list: each stands from its time until the next one's. Numbers are sums of 1 (not closed), 2 (somebody waits), 4 (put off).
  since timestamptz[] not null,
  stands integer[] not null,
  owner_ids uuid[] not null,
  department_ids uuid[] not null,
  primary key (org_id, conversation_id),
  foreign key (org_id, conversation_id) references conversations (org_id, id) on delete cascade
);
create index conversation_spans_by_end on conversation_spans (org_id, ended_at);
create index conversation_spans_by_change on conversation_spans (org_id, last_at);

-- In these something has changed since: they are told anew soon, and counted as they are until then. One row for each change, so that
-- nobody who changes something waits for anybody here.
create table conversation_span_marks (
  id uuid primary key default gen_random_uuid(),
  org_id uuid not null,
  conversation_id uuid not null,
  foreign key (org_id, conversation_id) references conversations (org_id, id) on delete cascade
);
create index conversation_span_marks_of on conversation_span_marks (org_id, conversation_id);
insert into conversation_span_marks (org_id, conversation_id) select org_id, id from conversations;

select protect(t::regclass) from unnest(array['conversation_spans', 'conversation_span_marks']) t;
create policy departments on conversation_spans as restrictive
  using (wall_id is null or (select sees_all()) or wall_id = any((select current_walls())::uuid[]));
-- Whoever hands a conversation behind a wall leaves a mark there too.
create policy departments on conversation_span_marks as restrictive using ((select sees_all())
  or (select true from conversations c where c.org_id = conversation_span_marks.org_id and c.id = conversation_span_marks.conversation_id)) with check (true);

create function mark_spans_of_conversation() returns trigger language plpgsql as $$
begin
  insert into conversation_span_marks (org_id, conversation_id) values (new.org_id, new.id);
  return null;
end $$;
create trigger mark_spans_made after insert on conversations for each row execute function mark_spans_of_conversation();
create trigger mark_spans_changed after update on conversations for each row
  when ((old.state, old.owner_id, old.department_id, old.account_id, old.began_at, old.contact_id is null, old.emptied_at is null, old.message_count > 0)
    is distinct from (new.state, new.owner_id, new.department_id, new.account_id, new.began_at, new.contact_id is null, new.emptied_at is null, new.message_count > 0))
  execute function mark_spans_of_conversation();

-- What stands by a conversation goes behind its wall with it, at once.
create function wall_spans() returns trigger language plpgsql as $$
declare
  eyes text := current_setting('longrun.eyes', true);
begin
  perform set_config('longrun.eyes', 'all', true);
  update conversation_spans set wall_id = new.wall_id where org_id = new.org_id and conversation_id = new.id;
  perform set_config('longrun.eyes', coalesce(eyes, ''), true);
  return null;
end $$;
create trigger wall_spans after update on conversations for each row when (old.wall_id is distinct from new.wall_id) execute function wall_spans();

create function mark_spans_told() returns trigger language plpgsql as $$
begin
  insert into conversation_span_marks (org_id, conversation_id) select distinct org_id, conversation_id from told;
  return null;
end $$;
create trigger mark_spans_told after insert on messages referencing new table as told for each statement execute function mark_spans_told();

create function mark_spans_of_both() returns trigger language plpgsql as $$
begin
  insert into conversation_span_marks (org_id, conversation_id) select distinct new.org_id, id from unnest(array[old.conversation_id, new.conversation_id]) id;
  return null;
end $$;
create trigger mark_spans_changed after update on messages for each row
  when ((old.conversation_id, old.at, old.is_ours, old.removed_at is null, old.marks) is distinct from (new.conversation_id, new.at, new.is_ours, new.removed_at is null, new.marks))
  execute function mark_spans_of_both();

create function mark_spans_done() returns trigger language plpgsql as $$
begin
  insert into conversation_span_marks (org_id, conversation_id) values (new.org_id, new.conversation_id);
  return null;
end $$;
create trigger mark_spans_done after insert on conversation_entries for each row
  when (new.kind in ('state', 'reopened', 'owner', 'department')) execute function mark_spans_done();
create trigger mark_spans_changed after update on conversation_entries for each row
  when (new.kind in ('state', 'reopened', 'owner', 'department')
    and (old.conversation_id, old.at, old.facts) is distinct from (new.conversation_id, new.at, new.facts))
  execute function mark_spans_of_both();
