-- Files of conversations stand behind the walls of these, and open pages are told when a wall goes up or comes down.

-- For which conversation a file was brought; null: for the library, and so for everybody. It is seen by whoever sees the conversation, so that
-- it follows when that goes behind a wall or comes out. No reference: a conversation that goes takes its files along (below), and must never
-- leave them to everybody.
alter table media add column conversation_id uuid;
create index media_by_conversation on media (org_id, conversation_id) where conversation_id is not null;

-- What was sent to somebody behind a wall so far, and is used nowhere else.
update media m set conversation_id = n.conversation_id
  from (select w.org_id, named as media_id, (array_agg(w.conversation_id order by w.id))[1] as conversation_id
      from (select org_id, id, conversation_id, content from answers
          union all select org_id, member_id, conversation_id, jsonb_build_object('segments', jsonb_build_array(jsonb_build_object('media', media)))
            from answer_drafts) w
        join conversations c on c.org_id = w.org_id and c.id = w.conversation_id and c.wall_id is not null, media_named(w.content) named
      group by w.org_id, named) n
  where m.org_id = n.org_id and m.id = n.media_id
    and not exists (select from post_media u where u.org_id = m.org_id and u.media_id = m.id)
    and not exists (select from campaigns c where c.org_id = m.org_id and m.id = any(c.asset_ids))
    and not exists (select from briefs b where b.org_id = m.org_id and m.id = any(b.media_ids))
    and not exists (select from series s where s.org_id = m.org_id and (m.id in (select media_named(s.content))
      or exists (select from jsonb_array_elements(s.variants) v where m.id in (select media_named(v -> 'content')))))
    and not exists (select from answers w join conversations c on c.org_id = w.org_id and c.id = w.conversation_id
      where w.org_id = m.org_id and c.wall_id is null and m.id in (select media_named(w.content)));

create policy departments on media as restrictive using (conversation_id is null or (select sees_all())
  or (select true from conversations c where c.org_id = media.org_id and c.id = media.conversation_id));
create policy departments on renditions as restrictive using ((select sees_all())
  or (select true from media m where m.org_id = renditions.org_id and m.id = renditions.media_id));

create function remove_files_of_conversation() returns trigger language plpgsql as $$
declare
  eyes text := current_setting('longrun.eyes', true);
begin
  perform set_config('longrun.eyes', 'all', true);
  update media set removed_at = now(), removed_by = null where org_id = old.org_id and conversation_id = old.id and removed_at is null;
  perform set_config('longrun.eyes', coalesce(eyes, ''), true);
  return null;
end $$;
create trigger remove_files after delete on conversations for each row execute function remove_files_of_conversation();

-- Behind which wall a file stands, whoever asks: what is told of it asks this of those who do not see it.
-- Set in its body: to set it with the function takes a superuser, and an installation may have none.
create function wall_of_file(org uuid, file uuid) returns uuid language plpgsql stable as $$
declare
  eyes text := current_setting('longrun.eyes', true);
  wall uuid;
begin
  perform set_config('longrun.eyes', 'all', true);
  select c.wall_id into wall from media m join conversations c on c.org_id = m.org_id and c.id = m.conversation_id where m.org_id = org and m.id = file;
  perform set_config('longrun.eyes', coalesce(eyes, ''), true);
  return wall;
end $$;

create or replace function wall_of(org uuid, kind text, id uuid) returns uuid language sql stable as $$
  select case kind
    when 'conversation' then (select c.wall_id from conversations c where c.org_id = org and c.id = wall_of.id)
    when 'media' then wall_of_file(org, wall_of.id)
    -- Known from outside of any wall: nothing about them is secret by itself.
    when 'contact' then (select case when bool_or(c.wall_id is null) then null else (min(c.wall_id::text))::uuid end
      from contact_identities i
        join conversation_people p on p.org_id = i.org_id and p.network = i.network and p.remote_id = i.remote_id
        join conversations c on c.org_id = p.org_id and c.id = p.conversation_id
      where i.org_id = org and i.contact_id = wall_of.id)
    end $$;

alter policy departments on events using ((select sees_all()) or case
  when wall_id is not null then wall_id = any((select current_walls())::uuid[])
  when subject_kind = 'conversation' then (select true from conversations c where c.org_id = events.org_id and c.id = events.subject_id)
  when subject_kind = 'contact' then (select true from contacts c where c.org_id = events.org_id and c.id = events.subject_id)
  when subject_kind = 'media' and subject_id is not null then 
    (select w is null or w = any((select current_walls())::uuid[]) from wall_of_file(org_id, subject_id) w)
  else true end);
alter policy departments on notifications using ((select sees_all()) or case
  when subject_kind = 'conversation' then (select true from conversations c where c.org_id = notifications.org_id and c.id = notifications.subject_id)
  when subject_kind = 'contact' then (select true from contacts c where c.org_id = notifications.org_id and c.id = notifications.subject_id)
  when subject_kind = 'media' and subject_id is not null then 
    (select w is null or w = any((select current_walls())::uuid[]) from wall_of_file(org_id, subject_id) w)
  else true end);
alter policy departments on webhook_deliveries using ((select sees_all()) or case
  when body -> 'subject' ->> 'kind' = 'conversation' then (select true from conversations c
    where c.org_id = webhook_deliveries.org_id and c.id = (webhook_deliveries.body -> 'subject' ->> 'id')::uuid)
  when body -> 'subject' ->> 'kind' = 'contact' then (select true from contacts c
    where c.org_id = webhook_deliveries.org_id and c.id = (webhook_deliveries.body -> 'subject' ->> 'id')::uuid)
  when body -> 'subject' ->> 'kind' = 'media' and body -> 'subject' ->> 'id' is not null then
    (select w is null or w = any((select current_walls())::uuid[]) from wall_of_file(org_id, (webhook_deliveries.body -> 'subject' ->> 'id')::uuid) w)
  else true end);

-- Pages that are open learn at once that conversations came or went, as they do when one is handed over: the newest of them, in as many
-- notices as a page takes in (src/inbox/conversations/live.ts).
create or replace function wall_department() returns trigger language plpgsql as $$
declare
  eyes text := current_setting('longrun.eyes', true);
  told uuid[];
begin
  -- Whoever changes the wall need not be one of those behind it.
  perform set_config('longrun.eyes', 'all', true);
  update conversations set department_id = department_id where org_id = new.org_id and department_id = new.id;
  for told in select array_agg(id) from (select id, (row_number() over (order by last_at desc, id) - 1) / 150 as lot from conversations
      where org_id = new.org_id and department_id = new.id order by last_at desc, id limit 450) newest group by lot loop
    perform pg_notify('conversations', json_build_object('org', new.org_id, 'ids', told,
      'wall', case when new.walled_at is null then new.id end)::text);
  end loop;
  perform set_config('longrun.eyes', coalesce(eyes, ''), true);
  return null;
end $$;

-- ── How long what people said to us is kept ─────────────────────────────────────────────────────────────────────────

-- Without a row it is kept for good.
create table inbox_retention (
  org_id uuid not null references organisations on delete cascade,
  class text not null check (class in ('conversations', 'contacts', 'files')),
  days integer not null,
  changed_at timestamptz not null,
  changed_by uuid not null,
  primary key (org_id, class)
);
select protect(t::regclass) from unnest(array['inbox_retention']) t;

-- When its words went. The row and its figures stay: a network that tells of it again brings nothing back, and measures of the past hold.
alter table conversations add column emptied_at timestamptz;
create index conversations_to_empty on conversations (org_id, last_at) where state = 'closed' and emptied_at is null;
-- As `conversations_newest` for the others: measures ask for both by their time.
create index conversations_emptied on conversations (org_id, last_at) where emptied_at is not null;
