-- Many conversations: lists by intent, priority and tag, what each person has not read yet, and answers of which no words are lost.

-- ── Lists ──────────────────────────────────────────────────────────────────────────────────────────────────────────

create index conversations_by_intent on conversations (org_id, intent, state, last_at desc, id desc) where intent is not null;
-- What is usual is nearly all of them.
create index conversations_by_priority on conversations (org_id, priority, state, last_at desc, id desc) where priority <> 'normal';

-- The tags of conversations once more, one by one: behind walls an index of arrays serves nobody (0037-views.sql). Kept by the trigger below.
create table conversation_tags (
  org_id uuid not null,
  tag text collate "C" not null,
  conversation_id uuid not null,
  primary key (org_id, tag, conversation_id),
  foreign key (org_id, conversation_id) references conversations (org_id, id) on delete cascade
);
create index conversation_tags_by_conversation on conversation_tags (org_id, conversation_id);
select protect(t::regclass) from unnest(array['conversation_tags']) t;
select wall_by_conversation('conversation_tags');

create function keep_conversation_tags() returns trigger language plpgsql as $$
declare
  eyes text := current_setting('longrun.eyes', true);
begin
  perform set_config('longrun.eyes', 'all', true);
  delete from conversation_tags t where t.org_id = new.org_id and t.conversation_id = new.id and not t.tag = any(new.tags);
  insert into conversation_tags (org_id, tag, conversation_id) select new.org_id, tag, new.id from unnest(new.tags) tag on conflict do nothing;
  perform set_config('longrun.eyes', coalesce(eyes, ''), true);
  return null;
end $$;
create trigger keep_tags_of_new after insert on conversations for each row when (new.tags <> '{}') execute function keep_conversation_tags();
create trigger keep_tags after update of tags on conversations for each row when (old.tags is distinct from new.tags)
  execute function keep_conversation_tags();

-- ── Unread ─────────────────────────────────────────────────────────────────────────────────────────────────────────

-- From when on it is kept what people have not read; null: since the organisation began. Everybody has read what was heard before.
alter table organisations add column unread_since timestamptz;
-- When we heard the newest thing that somebody outside said; null: nothing since then.
alter table conversations add column heard_at timestamptz;

-- How far each person has read each conversation that they opened.
create table conversation_seen (
  org_id uuid not null,
  member_id uuid not null,
  conversation_id uuid not null,
  -- `heard_at` of the conversation at that moment; null: they put it back to what they have not read; -infinity: another that they had not
  -- read was put together with it.
  heard_at timestamptz,
  primary key (org_id, member_id, conversation_id),
  foreign key (org_id, member_id) references members (org_id, id),
  foreign key (org_id, conversation_id) references conversations (org_id, id) on delete cascade
);
create index conversation_seen_by_conversation on conversation_seen (org_id, conversation_id);
select protect(t::regclass) from unnest(array['conversation_seen']) t;
select wall_by_conversation('conversation_seen');

-- ── Answers ────────────────────────────────────────────────────────────────────────────────────────────────────────

-- Of the words with which it was asked for, so that others are not taken for a second try; null: from before.
alter table answers add column asked_hash text;

-- Another one with each change: who writes over a draft names the one that they have seen.
alter table answer_drafts add column revision uuid not null default gen_random_uuid();

do $$ begin
  perform set_config('longrun.scope', 'system', true);
  insert into conversation_tags (org_id, tag, conversation_id) select distinct c.org_id, tag, c.id from conversations c, unnest(c.tags) tag;
  update organisations set unread_since = now();
end $$;
