-- Promises to people: when somebody is there, what is promised, which promise held when, how each clock stands, and how it climbed.

-- Named, so that several promises can use the same ones.
create table business_hours (
  org_id uuid not null references organisations on delete cascade,
  id uuid not null,
  name text not null,
  hours jsonb not null,
  changed_at timestamptz not null,
  changed_by uuid not null,
  primary key (org_id, id),
  unique (org_id, name)
);

create table promise_policies (
  org_id uuid not null references organisations on delete cascade,
  id uuid not null,
  created_at timestamptz not null,
  created_by uuid not null,
  primary key (org_id, id)
);

-- What a policy said, with the hours as they were: never changed, so that nothing said of the past changes.
create table promise_versions (
  org_id uuid not null,
  id uuid not null,
  policy_id uuid not null,
  number integer not null,
  policy jsonb not null,
  -- null: it counts all hours.
  hours jsonb,
  made_at timestamptz not null,
  made_by uuid not null,
  primary key (org_id, id),
  unique (org_id, policy_id, number),
  foreign key (org_id, policy_id) references promise_policies (org_id, id) on delete cascade
);

-- From when on which versions held, in order. One row for each change, never changed: whatever a clock started under can be told.
create table promises_in_force (
  org_id uuid not null references organisations on delete cascade,
  from_at timestamptz not null,
  id uuid not null,
  version_ids uuid[] not null,
  by uuid not null,
  primary key (org_id, from_at, id)
);

-- Which version holds for a conversation from when on, and by which facts.
create table promise_choices (
  org_id uuid not null,
  conversation_id uuid not null,
  -- The message's time where one brought it.
  at timestamptz not null,
  id uuid not null,
  -- null: nothing is promised.
  version_id uuid,
  -- Also for clocks that run, because the conversation became another.
  running boolean not null,
  facts jsonb not null,
  primary key (org_id, conversation_id, at, id),
  foreign key (org_id, conversation_id) references conversations (org_id, id) on delete cascade,
  foreign key (org_id, version_id) references promise_versions (org_id, id)
);

-- Each promise clock as it stood when the conversation changed last: measures are sums of these.
create table promise_clocks (
  org_id uuid not null,
  conversation_id uuid not null,
  metric text not null check (metric in ('first-reply', 'next-reply', 'periodic-update', 'requester-wait', 'resolution')),
  round integer not null,
  message_id uuid,
  version_id uuid not null,
  state text not null check (state in ('running', 'paused', 'overdue', 'met', 'broken', 'waived')),
  waived_for text,
  started_at timestamptz not null,
  ended_at timestamptz,
  due_soon_at timestamptz,
  due_at timestamptz,
  broken_at timestamptz,
  -- In the hours of the promise, without pauses; null while it goes on.
  spent_ms double precision,
  -- As it was when the clock ended.
  account_id uuid not null,
  department_id uuid,
  owner_id uuid,
  acknowledged_at timestamptz,
  acknowledged_by uuid,
  -- The highest level that had been told by then.
  acknowledged_level integer,
  primary key (org_id, conversation_id, metric, round),
  foreign key (org_id, conversation_id) references conversations (org_id, id) on delete cascade,
  foreign key (org_id, version_id) references promise_versions (org_id, id)
);
create index promise_clocks_by_start on promise_clocks (org_id, started_at);
create index promise_clocks_open on promise_clocks (org_id, started_at) where ended_at is null;

-- The ladder, one row for each level of each clock: written in the transaction that tells, so that nobody is told twice or of nothing.
create table promise_steps (
  org_id uuid not null,
  conversation_id uuid not null,
  metric text not null,
  round integer not null,
  level integer not null,
  at timestamptz not null,
  told uuid[] not null,
  -- Passed over, because they were away.
  away uuid[] not null,
  because text not null check (because in ('due-soon', 'broken', 'not-acknowledged', 'nobody-there')),
  primary key (org_id, conversation_id, metric, round, level),
  foreign key (org_id, conversation_id) references conversations (org_id, id) on delete cascade
);
-- A step in the future was written by a clock that ran ahead.
create index promise_steps_by_time on promise_steps (at);

create table promise_ladders (
  org_id uuid not null references organisations on delete cascade,
  -- Minutes to acknowledge: of owner, deputy, manager.
  minutes integer[] not null,
  -- Who is always there; empty: those who run the organisation.
  always uuid[] not null,
  changed_at timestamptz not null,
  changed_by uuid not null,
  primary key (org_id)
);

alter table conversations
  -- The promise that is due first: when, when its owner is told before, and what it is. null: nothing is due, or it stands still.
  add column due_at timestamptz,
  add column due_soon_at timestamptz,
  add column due_metric text,
  -- When the ladder is looked at next.
  add column climb_at timestamptz;
create index conversations_by_due on conversations (org_id, due_at, id) where due_at is not null;
create index conversations_to_climb on conversations (climb_at) where climb_at is not null;

select protect(t::regclass) from unnest(array['business_hours', 'promise_policies', 'promise_versions', 'promises_in_force', 'promise_choices',
  'promise_clocks', 'promise_steps', 'promise_ladders']) t;

-- Measures are read by time, whatever the conversation.
create index messages_by_time on messages (org_id, at);
create index conversation_entries_of_states on conversation_entries (org_id, at) where kind in ('state', 'reopened');
