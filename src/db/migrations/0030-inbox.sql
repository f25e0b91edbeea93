-- The inbox: what people say to connected accounts, as conversations with their messages, and what became of them.

-- How far each account's conversations are read. One worker holds it at a time; what it stores counts only while it does.
create table inbox_readings (
  org_id uuid not null,
  account_id uuid not null,
  -- Opaque: the network's own place. null: not read yet.
  cursor jsonb,
  due_at timestamptz not null,
  lease_number bigint not null default 0,
  lease_until timestamptz,
  read_at timestamptz,
  failures integer not null default 0,
  failure_kind text,
  failure_code text,
  failed_at timestamptz,
  unreadable bigint not null default 0,
  primary key (org_id, account_id),
  foreign key (org_id, account_id) references accounts (org_id, id) on delete cascade
);
create index inbox_readings_due on inbox_readings (due_at);

-- What a network could not give back, stated rather than passed over.
create table inbox_gaps (
  org_id uuid not null,
  account_id uuid not null,
  id uuid not null,
  from_at timestamptz,
  to_at timestamptz,
  reason text not null,
  found_at timestamptz not null,
  primary key (org_id, account_id, id),
  foreign key (org_id, account_id) references inbox_readings (org_id, account_id) on delete cascade
);

-- A person who speaks to us, across networks. People put identities together and apart, never a machine.
create table contacts (
  org_id uuid not null references organisations on delete cascade,
  id uuid not null,
  name text not null,
  note text not null default '',
  created_at timestamptz not null,
  primary key (org_id, id)
);

create table contact_identities (
  org_id uuid not null,
  network text not null,
  -- Of the author on that network.
  remote_id text not null,
  contact_id uuid not null,
  handle text,
  name text,
  url text,
  followers integer,
  seen_at timestamptz not null,
  primary key (org_id, network, remote_id),
  foreign key (org_id, contact_id) references contacts (org_id, id) on delete cascade
);
create index contact_identities_by_contact on contact_identities (org_id, contact_id);

create table conversations (
  org_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  -- The network's own thread, and in a public one the message with which somebody joined it; empty in a private one.
  thread text not null,
  branch text not null,
  kind text not null,
  is_private boolean not null,
  subject text,
  -- Our post or page under which it was said.
  about jsonb,
  -- Who began it; null: only we have spoken so far.
  contact_id uuid,
  department_id uuid,
  owner_id uuid,
  state text not null default 'open' check (state in ('open', 'snoozed', 'closed')),
  -- Why it was closed; null while it is not.
  reason text check (reason in ('answered', 'no-answer-needed', 'spam')),
  snoozed_until timestamptz,
  began_at timestamptz not null,
  -- Of its newest message, whoever wrote it.
  last_at timestamptz not null,
  -- Since when somebody waits: the oldest message after our last answer. null: nobody does.
  waiting_since timestamptz,
  message_count integer not null default 0,
  -- Of what was said last: for lists.
  preview text not null default '',
  last_is_ours boolean not null default false,
  language text,
  sentiment smallint,
  intent text,
  reopened integer not null default 0,
  closed_at timestamptz,
  closed_by uuid,
  primary key (org_id, id),
  unique (org_id, account_id, thread, branch),
  foreign key (org_id, account_id) references accounts (org_id, id) on delete cascade,
  foreign key (org_id, contact_id) references contacts (org_id, id) on delete set null (contact_id),
  foreign key (org_id, department_id) references departments (org_id, id) on delete set null (department_id),
  foreign key (org_id, owner_id) references members (org_id, id)
);
create index conversations_by_time on conversations (org_id, state, last_at desc, id desc);
create index conversations_by_waiting on conversations (org_id, waiting_since, id) where waiting_since is not null and state <> 'closed';
create index conversations_by_owner on conversations (org_id, owner_id, state, last_at desc, id desc) where owner_id is not null;
create index conversations_by_department on conversations (org_id, department_id, state, last_at desc, id desc) where department_id is not null;
create index conversations_by_account on conversations (org_id, account_id, state, last_at desc, id desc);
create index conversations_by_contact on conversations (org_id, contact_id, last_at desc) where contact_id is not null;
create index conversations_snoozed on conversations (snoozed_until) where state = 'snoozed';

create table messages (
  org_id uuid not null,
  id uuid not null,
  conversation_id uuid not null,
  account_id uuid not null,
  remote_id text not null,
  -- What answering and moderating it need.
  ref jsonb not null,
  root jsonb,
  at timestamptz not null,
  heard_at timestamptz not null,
  kind text not null,
  is_ours boolean not null,
  author_id text,
  subject text,
  body text not null,
  quoted text,
  media jsonb not null default '[]',
  reply_to text,
  rating real,
  marks text[] not null default '{}',
  -- Of what can change of it at its network; empty: it is gone.
  hash text not null,
  language text,
  sentiment smallint,
  intent text,
  edited_at timestamptz,
  -- Gone at the network: its words are gone here too, its place in the thread stays.
  removed_at timestamptz,
  primary key (org_id, id),
  unique (org_id, account_id, remote_id),
  foreign key (org_id, conversation_id) references conversations (org_id, id) on delete cascade
);
create index messages_by_conversation on messages (org_id, conversation_id, at, id);

-- What was done with a conversation, one row each, never changed.
create table conversation_entries (
  org_id uuid not null,
  conversation_id uuid not null,
  id uuid not null,
  kind text not null check (kind in ('state', 'owner', 'department', 'note', 'reopened', 'joined')),
  at timestamptz not null,
  -- null: Longrun itself.
  by uuid,
  note text not null default '',
  facts jsonb not null default '{}',
  primary key (org_id, conversation_id, id),
  foreign key (org_id, conversation_id) references conversations (org_id, id) on delete cascade
);
create index conversation_entries_by_time on conversation_entries (org_id, conversation_id, at desc, id desc);

select protect(t::regclass) from unnest(array['inbox_readings', 'inbox_gaps', 'contacts', 'contact_identities', 'conversations', 'messages',
  'conversation_entries']) t;
