-- The publishing ledger: posts, what goes to each account, every attempt to send it, and its numbers afterwards.

create table posts (
  org_id uuid not null references organisations on delete cascade,
  id uuid not null,
  -- The draft which variants follow until they are edited.
  content jsonb not null,
  -- First words, for lists and search.
  summary text not null,
  revision integer not null default 1,
  created_at timestamptz not null default now(),
  created_by uuid not null,
  updated_at timestamptz not null default now(),
  updated_by uuid not null,
  -- What the person chose: wall time and zone; due_at is the instant that follows from them.
  due_wall timestamp,
  due_zone text,
  due_at timestamptz,
  -- The most telling state of the variants, their accounts, and the first picture: kept here so that lists need no join.
  state text not null,
  account_ids uuid[] not null default '{}',
  picture_id uuid,
  deleted_at timestamptz,
  deleted_by uuid,
  primary key (org_id, id)
);
create index posts_by_time on posts (org_id, due_at desc, id desc) where deleted_at is null;
create index posts_by_state on posts (org_id, state, due_at desc, id desc) where deleted_at is null;
create index posts_by_change on posts (org_id, updated_at desc, id desc) where deleted_at is null;

-- The words of summaries, for search: row-level security keeps LIKE out of indexes, and lets plain comparisons in.
create table post_words (
  org_id uuid not null references organisations on delete cascade,
  -- In lower case, compared by code points.
  word text collate "C" not null,
  post_id uuid not null,
  primary key (org_id, word, post_id)
);

-- One post for one account: the calendar row. It alone says when something happens.
create table variants (
  org_id uuid not null,
  id uuid not null,
  post_id uuid not null,
  account_id uuid not null,
  -- null: follows the post.
  content jsonb,
  revision integer not null default 1,
  state text not null check (state in ('draft', 'scheduled', 'sending', 'processing', 'looking-up', 'unconfirmed', 'held',
    'parked', 'published', 'rejected', 'cancelled', 'removed')),
  -- Why, in the words of a code, where the state alone does not say it.
  reason jsonb,
  state_since timestamptz not null default now(),
  due_at timestamptz,
  -- When the sweep must look at it next; null: nothing to do until a person or the network acts.
  wake_at timestamptz,
  -- Fence of the worker that has it now.
  worker_id uuid,
  lease_until timestamptz,
  -- Whole tries so far since it was scheduled, for the back-off.
  tries integer not null default 0,
  -- Hash of exactly what was scheduled; an approval is bound to it.
  content_hash text,
  published_at timestamptz,
  remote_id text,
  remote_url text,
  -- The state that somebody was told of; null: none.
  announced text,
  numbers_due_at timestamptz,
  numbers_step integer not null default 0,
  primary key (org_id, id),
  unique (org_id, post_id, account_id),
  foreign key (org_id, post_id) references posts (org_id, id) on delete cascade,
  foreign key (org_id, account_id) references accounts (org_id, id)
);
create index variants_to_wake on variants (wake_at) where wake_at is not null;
create index variants_to_announce on variants (org_id) where state in ('rejected', 'unconfirmed', 'parked') and announced is distinct from state;
create index variants_to_count on variants (numbers_due_at) where numbers_due_at is not null;
create index variants_by_account on variants (org_id, account_id, due_at);
create index variants_waiting on variants (org_id, account_id) where state in ('scheduled', 'parked', 'held');

-- Smaller is more urgent; the same order as `postState` in publishing/rules.ts, which a test compares.
create function variant_urgency(state text) returns integer language sql immutable as
  $$ select array_position(array['unconfirmed', 'rejected', 'parked', 'held', 'looking-up', 'sending', 'processing', 'scheduled', 'draft',
    'published', 'removed', 'cancelled'], state) $$;

-- The single writes of a variant: the post, each further segment of a thread, the first comment.
create table parts (
  org_id uuid not null,
  variant_id uuid not null,
  revision integer not null,
  position integer not null,
  -- Stable for this part and revision; networks with idempotency receive it.
  key text not null,
  -- The frozen wire content, stored before anything is sent.
  prepared jsonb,
  -- Set in the same transaction that permits the write; a row with sent_at and without outcome is in doubt.
  sent_at timestamptz,
  ref text,
  remote_id text,
  remote_url text,
  proof jsonb,
  published_at timestamptz,
  primary key (org_id, variant_id, revision, position),
  foreign key (org_id, variant_id) references variants (org_id, id) on delete cascade
);
create index parts_by_remote on parts (org_id, remote_id);

-- Every time Longrun had a variant in its hands, and how that ended. Never updated after ended_at is set.
create table attempts (
  org_id uuid not null,
  id uuid not null,
  variant_id uuid not null,
  number integer not null,
  purpose text not null check (purpose in ('send', 'look-up', 'poll', 'remove')),
  worker_id uuid not null,
  claimed_at timestamptz not null,
  sent_at timestamptz,
  ended_at timestamptz,
  outcome text check (outcome in ('published', 'rejected', 'deferred', 'unknown', 'processing', 'absent', 'removed')),
  position integer,
  error_kind text,
  error_code text,
  field text,
  retry_at timestamptz,
  primary key (org_id, id),
  foreign key (org_id, variant_id) references variants (org_id, id) on delete cascade
);
create index attempts_by_variant on attempts (org_id, variant_id, number);

-- One snapshot of a published post's numbers. null: the network does not offer it.
create table snapshots (
  org_id uuid not null,
  variant_id uuid not null,
  -- Planned age in minutes; taken_at tells the true one.
  age_minutes integer not null,
  taken_at timestamptz not null,
  likes bigint,
  replies bigint,
  reposts bigint,
  quotes bigint,
  views bigint,
  primary key (org_id, variant_id, age_minutes),
  foreign key (org_id, variant_id) references variants (org_id, id) on delete cascade
);

select protect(t::regclass) from unnest(array['posts', 'post_words', 'variants', 'parts', 'attempts', 'snapshots']) t;
