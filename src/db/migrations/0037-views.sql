-- Finding conversations: search by words, views that are kept, many handled at once, and conversations put together or apart.

-- ── Search ─────────────────────────────────────────────────────────────────────────────────────────────────────────

-- The words of a conversation: of its messages, its subject, and of whom it is with. Apart from the conversation itself, so that
-- handling one does not sort its words in again.
create table conversation_words (
  org_id uuid not null,
  conversation_id uuid not null,
  -- Hashes, mixed with the organisation.
  words integer[] not null,
  -- The day of its newest message, counted from 1970 in UTC: one number, as an array, so that the index of words holds it too.
  days integer[] not null,
  -- Since when they are known not to be those of the conversation any more. null: they are.
  stale_at timestamptz,
  primary key (org_id, conversation_id),
  foreign key (org_id, conversation_id) references conversations (org_id, id) on delete cascade
) partition by hash (org_id);

-- Behind walls an index serves only operators that PostgreSQL knows to reveal nothing (0025-search.sql). So the rows lie in a part that
-- only the function below opens, behind the walls of its parent.
create schema if not exists words;
revoke all on schema words from public;
create table words.conversation_words_all partition of conversation_words for values with (modulus 1, remainder 0);
create index conversation_words_by_words on conversation_words using gin (words, days) with (gin_pending_list_limit = 4096);
create index conversation_words_stale on conversation_words (stale_at) where stale_at is not null;
select protect(t::regclass) from unnest(array['conversation_words']) t;

-- Conversations with all words of `sought` and none of `without`, last spoken in on one of `spoken`, at most so many. null: on any day,
-- all of them. The organisation is the one for which the transaction speaks; who may see what is found is asked of the conversations themselves.
create function found_conversations(sought integer[], without integer[], spoken integer[], most integer) returns table (conversation_id uuid)
language plpgsql stable security definer set search_path = public, pg_temp set enable_seqscan = off rows 2000 as $$
begin
  return query execute format($query$
    select w.conversation_id from words.conversation_words_all w
      where w.org_id = (select current_org()) and w.words @> $1 and not w.words && $2 %s limit $4 $query$,
      case when spoken is null then '' else 'and w.days && $3' end)
    using sought, without, spoken, most;
end $$;

-- What was there before is read by a job.
do $$ begin
  perform set_config('longrun.scope', 'system', true);
  insert into conversation_words (org_id, conversation_id, words, days, stale_at)
    select org_id, id, '{}', '{}', now() from conversations;
end $$;

-- ── Lists ──────────────────────────────────────────────────────────────────────────────────────────────────────────

-- Search goes over all states together, the newest first.
create index conversations_newest on conversations (org_id, last_at desc, id desc) where contact_id is not null;
create index conversations_nobodys on conversations (org_id, state, last_at desc, id desc) where owner_id is null;

-- Filters with a name.
create table conversation_views (
  org_id uuid not null references organisations on delete cascade,
  id uuid not null,
  name text not null,
  filter jsonb not null,
  owner_id uuid not null,
  -- null: for its owner alone.
  shared_at timestamptz,
  position integer not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (org_id, id),
  foreign key (org_id, owner_id) references members (org_id, id)
);
create index conversation_views_by_owner on conversation_views (org_id, owner_id);

-- ── Many at once ───────────────────────────────────────────────────────────────────────────────────────────────────

create table conversation_bulks (
  org_id uuid not null references organisations on delete cascade,
  id uuid not null,
  -- What is done to each.
  change jsonb not null,
  created_at timestamptz not null,
  created_by uuid not null,
  actor jsonb not null,
  total integer not null,
  -- Nothing of it waits any more.
  ended_at timestamptz,
  undo_at timestamptz,
  undo_by uuid,
  undo_ended_at timestamptz,
  primary key (org_id, id),
  foreign key (org_id, created_by) references members (org_id, id)
);
create index conversation_bulks_by_time on conversation_bulks (created_at);

create table conversation_bulk_items (
  org_id uuid not null,
  bulk_id uuid not null,
  conversation_id uuid not null,
  position integer not null,
  -- changed: as wanted. refused: by a rule. stopped: undone before its turn came. undone: as before. left: somebody changed it since.
  state text not null check (state in ('waiting', 'changed', 'refused', 'stopped', 'undone', 'left')),
  -- Why it was refused.
  code text,
  -- How it stood, and how it stood when it was changed.
  before jsonb,
  after jsonb,
  primary key (org_id, bulk_id, conversation_id),
  foreign key (org_id, bulk_id) references conversation_bulks (org_id, id) on delete cascade,
  foreign key (org_id, conversation_id) references conversations (org_id, id) on delete cascade
);
create index conversation_bulk_items_by_conversation on conversation_bulk_items (org_id, conversation_id);
create index conversation_bulk_items_in_turn on conversation_bulk_items (org_id, bulk_id, state, position);

-- ── Put together and apart ─────────────────────────────────────────────────────────────────────────────────────────

-- Where what comes to this place of its network goes on; null: here.
alter table conversations add column goes_on_in uuid;
create index conversations_go_on on conversations (org_id, goes_on_in) where goes_on_in is not null;

create table conversation_joins (
  org_id uuid not null,
  id uuid not null,
  kind text not null check (kind in ('merged', 'split')),
  from_id uuid not null,
  into_id uuid not null,
  -- What moved, so that it can go back.
  message_ids uuid[] not null,
  entry_ids uuid[] not null,
  answer_ids uuid[] not null,
  -- How the first stood.
  before jsonb not null,
  at timestamptz not null,
  by uuid not null,
  undone_at timestamptz,
  undone_by uuid,
  primary key (org_id, id),
  foreign key (org_id, from_id) references conversations (org_id, id) on delete cascade,
  foreign key (org_id, into_id) references conversations (org_id, id) on delete cascade
);
create index conversation_joins_from on conversation_joins (org_id, from_id);
create index conversation_joins_into on conversation_joins (org_id, into_id);

select protect(t::regclass) from unnest(array['conversation_views', 'conversation_bulks', 'conversation_bulk_items', 'conversation_joins']) t;
