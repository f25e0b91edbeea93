-- Connected accounts on networks and blogs, and what they bring in.

create table accounts (
  org_id uuid not null references organisations on delete cascade,
  id uuid not null,
  connector text not null,
  remote_id text not null,
  handle text not null,
  display_name text not null,
  avatar_url text,
  url text not null,
  server text not null,
  -- What the server said about itself; the connector reads it.
  instance jsonb not null,
  -- The organisation's own name for it.
  name text not null,
  time_zone text not null,
  -- Weekly queue slots: [{"day": 1..7 (Monday = 1), "time": "09:30"}], wall time in time_zone.
  slots jsonb not null default '[]',
  owner_id uuid,
  deputy_id uuid,
  auth_method text not null,
  credentials_sealed bytea,
  -- null: they do not expire by themselves.
  credentials_expire_at timestamptz,
  -- While one worker renews the credentials, the others wait for it.
  renewing_until timestamptz,
  scopes text[] not null default '{}',
  state text not null check (state in ('connected', 'needs-reconnect', 'disconnected')),
  state_reason text,
  state_since timestamptz not null default now(),
  checked_at timestamptz,
  last_success_at timestamptz,
  last_failure_at timestamptz,
  last_failure text,
  -- Set while the network asked us to slow down.
  rest_until timestamptz,
  -- What the owner was last told: expiring or lost. null: nothing.
  announced text check (announced in ('expiring', 'lost')),
  -- When to read from it next, and from where on; null: nothing to read.
  listen_due_at timestamptz,
  listen_cursor jsonb,
  created_at timestamptz not null default now(),
  created_by uuid not null,
  primary key (org_id, id),
  unique (org_id, connector, remote_id),
  foreign key (org_id, owner_id) references members (org_id, id),
  foreign key (org_id, deputy_id) references members (org_id, id)
);
create index accounts_listen_due on accounts (listen_due_at) where listen_due_at is not null;
create index accounts_expiring on accounts (credentials_expire_at) where credentials_expire_at is not null;

-- Sent to a network to grant access and not yet back.
create table connection_attempts (
  org_id uuid not null references organisations on delete cascade,
  id uuid not null,
  state_hash text not null unique,
  connector text not null,
  auth_method text not null,
  pending_sealed bytea not null,
  -- The account to reconnect, if it is one that we know.
  account_id uuid,
  member_id uuid not null,
  created_at timestamptz not null default now(),
  primary key (org_id, id)
);

-- What a feed or another source brought: things to share or to learn from.
create table source_items (
  org_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  remote_id text not null,
  url text,
  title text,
  html text,
  body text not null,
  author text,
  image_url text,
  language text,
  published_at timestamptz,
  fetched_at timestamptz not null default now(),
  dismissed_at timestamptz,
  dismissed_by uuid,
  primary key (org_id, id),
  unique (org_id, account_id, remote_id),
  foreign key (org_id, account_id) references accounts (org_id, id) on delete cascade
);
create index source_items_by_age on source_items (org_id, fetched_at desc);

create table media (
  org_id uuid not null references organisations on delete cascade,
  id uuid not null,
  sha256 text not null,
  file_name text not null,
  kind text not null check (kind in ('image', 'video')),
  type text not null,
  bytes bigint not null,
  width integer,
  height integer,
  seconds double precision,
  alt text not null default '',
  created_at timestamptz not null default now(),
  created_by uuid not null,
  removed_at timestamptz,
  removed_by uuid,
  primary key (org_id, id)
);
create index media_by_content on media (org_id, sha256);

-- What a network receives instead of the original, made once per plan.
create table renditions (
  org_id uuid not null,
  media_id uuid not null,
  plan_hash text not null,
  sha256 text not null,
  type text not null,
  bytes bigint not null,
  width integer,
  height integer,
  created_at timestamptz not null default now(),
  primary key (org_id, media_id, plan_hash),
  foreign key (org_id, media_id) references media (org_id, id) on delete cascade
);

select protect(t::regclass) from unnest(array['accounts', 'connection_attempts', 'source_items', 'media', 'renditions']) t;
