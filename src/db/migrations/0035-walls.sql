-- Departments as walls: what is said to one of them (HR, investor relations) is there for its members alone, whatever their role elsewhere.

-- ── Whose eyes ──────────────────────────────────────────────────────────────────────────────────────────────────────
--
-- A transaction says for whom it looks: a member, or everybody ('all': work without a person, such as reading and delivering). Who says
-- nothing sees nothing that is walled: what forgets to say it shows too little, never too much.

create function current_eyes() returns uuid language sql stable as
  $$ select nullif(nullif(current_setting('longrun.eyes', true), ''), 'all')::uuid $$;

create function sees_all() returns boolean language sql stable as
  $$ select coalesce(current_setting('longrun.eyes', true), '') = 'all' or is_system() $$;

-- The departments of whoever looks, read anew by each statement: whoever is moved sees less, or more, from then on.
create function current_walls() returns uuid[] language sql stable as
  $$ select array(select m.department_id from members m
       where m.org_id = current_org() and m.id = current_eyes() and m.ended_at is null and m.department_id is not null) $$;

-- Rows that belong to a conversation are seen by whoever sees the conversation.
create function wall_by_conversation(target regclass) returns void language plpgsql as $$
begin
  execute format('create policy departments on %1$s as restrictive using ((select sees_all())
    or (select true from conversations c where c.org_id = %1$s.org_id and c.id = %1$s.conversation_id))', target);
end $$;

-- ── Conversations ───────────────────────────────────────────────────────────────────────────────────────────────────

alter table departments
  -- Since when it is a wall; null: it is none.
  add column walled_at timestamptz,
  add column walled_by uuid;

-- The department behind whose wall it is; null: everybody sees it. Kept by the triggers below, so that lists need no other table.
alter table conversations add column wall_id uuid;
create index conversations_walled on conversations (org_id, wall_id, owner_id) where wall_id is not null;

create function wall_conversation() returns trigger language plpgsql as $$
declare
  is_walled boolean := false;
begin
  -- Waits for whoever puts up a wall or takes one down at this moment.
  if new.department_id is not null then
    select d.walled_at is not null into is_walled from departments d where d.org_id = new.org_id and d.id = new.department_id for share;
  end if;
  new.wall_id := case when is_walled then new.department_id end;
  return new;
end $$;
create trigger walled before insert or update of department_id, wall_id on conversations for each row execute function wall_conversation();

create function wall_department() returns trigger language plpgsql as $$
declare
  eyes text := current_setting('longrun.eyes', true);
begin
  -- Whoever changes the wall need not be one of those behind it.
  perform set_config('longrun.eyes', 'all', true);
  update conversations set department_id = department_id where org_id = new.org_id and department_id = new.id;
  perform set_config('longrun.eyes', coalesce(eyes, ''), true);
  return null;
end $$;
create trigger walled after update of walled_at on departments for each row
  when ((old.walled_at is null) <> (new.walled_at is null)) execute function wall_department();

create policy departments on conversations as restrictive
  using (wall_id is null or (select sees_all()) or wall_id = any((select current_walls())::uuid[]));
select wall_by_conversation(t::regclass) from unnest(array['messages', 'conversation_entries', 'answers', 'promise_choices', 'promise_steps', 'answer_drafts',
  'conversation_readers', 'reply_locks']) t;
-- Measures go over all clocks: here the database may look up all conversations at once.
create policy departments on promise_clocks as restrictive using ((select sees_all())
  or exists (select from conversations c where c.org_id = promise_clocks.org_id and c.id = promise_clocks.conversation_id));

create policy departments on answer_origins as restrictive using ((select sees_all())
  or (select true from answers w where w.org_id = answer_origins.org_id and w.id = answer_origins.answer_id));

-- What goes out to an account counts an answer only for those who see it.
create policy departments on variants as restrictive using (answer_id is null or (select sees_all())
  or (select true from answers w where w.org_id = variants.org_id and w.id = variants.answer_id));

-- ── Who spoke where ─────────────────────────────────────────────────────────────────────────────────────────────────
--
-- Somebody is known from the conversations in which they spoke. Who sees none of these does not know them.

create table conversation_people (
  org_id uuid not null,
  conversation_id uuid not null,
  network text not null,
  remote_id text not null,
  primary key (org_id, conversation_id, network, remote_id),
  foreign key (org_id, conversation_id) references conversations (org_id, id) on delete cascade,
  foreign key (org_id, network, remote_id) references contact_identities (org_id, network, remote_id) on delete cascade
);
create index conversation_people_by_identity on conversation_people (org_id, network, remote_id);
insert into conversation_people (org_id, conversation_id, network, remote_id)
  select distinct m.org_id, m.conversation_id, i.network, i.remote_id
    from messages m join accounts a on a.org_id = m.org_id and a.id = m.account_id
      join contact_identities i on i.org_id = m.org_id and i.network = a.connector and i.remote_id = m.author_id
    where not m.is_ours;
select protect(t::regclass) from unnest(array['conversation_people']) t;
select wall_by_conversation('conversation_people');

create function keep_conversation_people() returns trigger language plpgsql as $$
declare
  eyes text := current_setting('longrun.eyes', true);
begin
  perform set_config('longrun.eyes', 'all', true);
  insert into conversation_people (org_id, conversation_id, network, remote_id)
    select distinct t.org_id, t.conversation_id, i.network, i.remote_id
      from told t join accounts a on a.org_id = t.org_id and a.id = t.account_id
        join contact_identities i on i.org_id = t.org_id and i.network = a.connector and i.remote_id = t.author_id
      where not t.is_ours
    on conflict do nothing;
  perform set_config('longrun.eyes', coalesce(eyes, ''), true);
  return null;
end $$;
create trigger keep_conversation_people after insert on messages referencing new table as told
  for each statement execute function keep_conversation_people();

-- A message that goes to another conversation takes its author along.
create function move_conversation_people() returns trigger language plpgsql as $$
declare
  eyes text := current_setting('longrun.eyes', true);
begin
  perform set_config('longrun.eyes', 'all', true);
  insert into conversation_people (org_id, conversation_id, network, remote_id)
    select i.org_id, new.conversation_id, i.network, i.remote_id
      from accounts a join contact_identities i on i.org_id = a.org_id and i.network = a.connector and i.remote_id = new.author_id
      where a.org_id = new.org_id and a.id = new.account_id
    on conflict do nothing;
  delete from conversation_people p using accounts a
    where a.org_id = old.org_id and a.id = old.account_id and p.org_id = old.org_id and p.conversation_id = old.conversation_id
      and p.network = a.connector and p.remote_id = old.author_id
      and not exists (select from messages m where m.org_id = old.org_id and m.conversation_id = old.conversation_id
        and m.author_id = old.author_id and not m.is_ours);
  perform set_config('longrun.eyes', coalesce(eyes, ''), true);
  return null;
end $$;
create trigger move_conversation_people after update of conversation_id on messages for each row
  when (old.conversation_id is distinct from new.conversation_id and not new.is_ours and new.author_id is not null)
  execute function move_conversation_people();

create policy departments on contact_identities as restrictive using ((select sees_all())
  or (select true from conversation_people p where p.org_id = contact_identities.org_id and p.network = contact_identities.network
    and p.remote_id = contact_identities.remote_id limit 1)) with check (true);
create policy departments on contacts as restrictive using ((select sees_all())
  or (select true from contact_identities i where i.org_id = contacts.org_id and i.contact_id = contacts.id limit 1)) with check (true);

-- ── What is told of them ────────────────────────────────────────────────────────────────────────────────────────────
--
-- What happens behind a wall is told in a log of its own, with numbers and hashes of its own: a gap in the others' numbers would say how
-- much happens there. What was told before a conversation went behind the wall is seen with the conversation.

alter table events add column wall_id uuid;
alter table events drop constraint events_pkey;
create unique index events_in_order on events (org_id, seq) where wall_id is null;
create unique index events_in_order_behind_walls on events (org_id, wall_id, seq) where wall_id is not null;
alter table event_heads add column wall_id uuid;
alter table event_heads drop constraint event_heads_pkey;
create unique index event_heads_one on event_heads (org_id) where wall_id is null;
create unique index event_heads_one_behind_walls on event_heads (org_id, wall_id) where wall_id is not null;

create policy departments on events as restrictive using ((select sees_all()) or case
  when wall_id is not null then wall_id = any((select current_walls())::uuid[])
  when subject_kind = 'conversation' then (select true from conversations c where c.org_id = events.org_id and c.id = events.subject_id)
  when subject_kind = 'contact' then (select true from contacts c where c.org_id = events.org_id and c.id = events.subject_id)
  else true end);
create policy departments on notifications as restrictive using ((select sees_all()) or case
  when subject_kind = 'conversation' then (select true from conversations c where c.org_id = notifications.org_id and c.id = notifications.subject_id)
  when subject_kind = 'contact' then (select true from contacts c where c.org_id = notifications.org_id and c.id = notifications.subject_id)
  else true end);
create policy departments on webhook_deliveries as restrictive using ((select sees_all()) or case
  when body -> 'subject' ->> 'kind' = 'conversation' then (select true from conversations c
    where c.org_id = webhook_deliveries.org_id and c.id = (webhook_deliveries.body -> 'subject' ->> 'id')::uuid)
  when body -> 'subject' ->> 'kind' = 'contact' then (select true from contacts c
    where c.org_id = webhook_deliveries.org_id and c.id = (webhook_deliveries.body -> 'subject' ->> 'id')::uuid)
  else true end);

-- Behind which wall what is told of it belongs; null: behind none. As whoever asks sees it.
create function wall_of(org uuid, kind text, id uuid) returns uuid language sql stable as $$
  select case kind
    when 'conversation' then (select c.wall_id from conversations c where c.org_id = org and c.id = wall_of.id)
    -- Known from outside of any wall: nothing about them is secret by itself.
    when 'contact' then (select case when bool_or(c.wall_id is null) then null else (min(c.wall_id::text))::uuid end
      from contact_identities i
        join conversation_people p on p.org_id = i.org_id and p.network = i.network and p.remote_id = i.remote_id
        join conversations c on c.org_id = p.org_id and c.id = p.conversation_id
      where i.org_id = org and i.contact_id = wall_of.id)
    end $$;
