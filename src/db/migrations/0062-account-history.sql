-- What accounts published themselves, before Longrun and beside it: read once from their networks, without any words of it.

-- How far an account's past is read. One worker holds it at a time; what it stores counts only while it does.
create table history_readings (
  org_id uuid not null,
  account_id uuid not null,
  -- An account that was disconnected and connected again is read anew, and whoever still reads for the old one stores nothing.
  id uuid not null,
  -- Nothing older is asked for.
  since timestamptz not null,
  -- Opaque: the network's own place. null: at the beginning, or over.
  cursor jsonb,
  pages integer not null default 0,
  began_at timestamptz not null,
  due_at timestamptz not null,
  lease_number bigint not null default 0,
  lease_until timestamptz,
  -- null: it goes on.
  ended_at timestamptz,
  -- Everything from then on is known; later than `since` where there was more than is read of one account.
  known_from timestamptz,
  -- Whether the account may see its replies; else how many there are is not known.
  has_replies boolean not null default true,
  unreadable integer not null default 0,
  failures integer not null default 0,
  failure_kind text,
  failure_code text,
  failed_at timestamptz,
  primary key (org_id, account_id),
  foreign key (org_id, account_id) references accounts (org_id, id) on delete cascade
);
create index history_readings_due on history_readings (due_at) where ended_at is null;

create table history_items (
  org_id uuid not null,
  account_id uuid not null,
  kind text not null check (kind in ('post', 'reply')),
  remote_id text not null,
  at timestamptz not null,
  url text,
  -- Who of those that share the account, by an id of the network; null: it does not say.
  written_by text,
  primary key (org_id, account_id, kind, remote_id),
  foreign key (org_id, account_id) references history_readings (org_id, account_id) on delete cascade
);
create index history_items_by_time on history_items (org_id, at);

select protect(t::regclass) from unnest(array['history_readings', 'history_items']) t;
