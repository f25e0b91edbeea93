-- Listening: what is read where, and the topics that it is read for.

-- ── Topics ─────────────────────────────────────────────────────────────────────────────────────────────────────────

create table topics (
  org_id uuid not null references organisations on delete cascade,
  id uuid not null,
  -- Counts from 1 in its organisation and is never given again: what the tables of mentions carry.
  number integer not null,
  name text not null,
  kind text not null check (kind in ('brand', 'product', 'competitor', 'industry', 'campaign', 'person')),
  -- The version that is in force.
  version integer not null,
  query text not null,
  -- What was filled in, where the query was made by the form; null: written by hand.
  form jsonb,
  owner_id uuid,
  campaign_id uuid,
  created_at timestamptz not null,
  created_by uuid not null,
  paused_at timestamptz,
  paused_by uuid,
  -- Nothing new is taken; what was heard stays until it expires.
  removed_at timestamptz,
  removed_by uuid,
  primary key (org_id, id),
  unique (org_id, number),
  foreign key (org_id, owner_id) references members (org_id, id),
  foreign key (org_id, campaign_id) references campaigns (org_id, id) on delete set null (campaign_id)
);
create unique index topics_by_name on topics (org_id, lower(name)) where removed_at is null;

create table topic_versions (
  org_id uuid not null,
  topic_id uuid not null,
  version integer not null,
  query text not null,
  form jsonb,
  -- Why it was changed.
  note text not null default '',
  at timestamptz not null,
  by uuid not null,
  primary key (org_id, topic_id, version),
  foreign key (org_id, topic_id) references topics (org_id, id) on delete cascade
);

-- ── Sources ────────────────────────────────────────────────────────────────────────────────────────────────────────

-- One for each thing that is read, whichever organisations want it. What is read with somebody's account serves that organisation alone.
create table readers (
  id uuid primary key,
  connector text not null,
  kind text not null,
  settings jsonb not null,
  -- The only organisation that it serves; null: all that want the same.
  only_org_id uuid references organisations on delete cascade,
  account_id uuid,
  -- Where the next reading goes on, as the connector wrote it.
  cursor jsonb,
  -- The network's own time of the last that was read.
  reached_at timestamptz,
  -- Whoever holds the lease reads; its number fences off whoever lost it.
  lease_number bigint not null default 0,
  lease_until timestamptz,
  -- When a poll is due, or when a stream that broke is tried again. null: held open, or nobody wants it.
  due_at timestamptz,
  failures integer not null default 0,
  -- Of the nine kinds of connector errors.
  failure_kind text,
  failure_code text,
  failed_at timestamptz,
  -- The last sign of life, with or without something said.
  answered_at timestamptz,
  heard_at timestamptz,
  created_at timestamptz not null,
  foreign key (only_org_id, account_id) references accounts (org_id, id) on delete cascade
);
create unique index readers_by_settings on readers (connector, kind, settings, only_org_id, account_id) nulls not distinct;
create index readers_due on readers (due_at) where due_at is not null;

create table sources (
  org_id uuid not null references organisations on delete cascade,
  id uuid not null,
  connector text not null,
  kind text not null,
  name text not null,
  settings jsonb not null,
  account_id uuid,
  -- null: nothing reads it; people bring what it has (capture by hand, files).
  reader_id uuid references readers,
  -- Everything that it brings is kept, whether or not a topic matches.
  keeps_all boolean not null default false,
  -- For paid sources: what a thousand items cost, in the smallest unit of the currency. null: nothing.
  cost_per_thousand integer,
  currency text,
  created_at timestamptz not null,
  created_by uuid not null,
  paused_at timestamptz,
  paused_by uuid,
  removed_at timestamptz,
  removed_by uuid,
  primary key (org_id, id),
  foreign key (org_id, account_id) references accounts (org_id, id) on delete cascade
);
create index sources_by_reader on sources (reader_id);

-- Readers hold topics and sources in memory; this tells them that something changed. One row, once anything did.
create table listening_changes (
  one boolean primary key default true check (one),
  revision bigint not null
);
create function listening_changed() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into listening_changes as c (revision) values (1) on conflict (one) do update set revision = c.revision + 1;
  return null;
end $$;
create trigger listening_changed after insert or update or delete on topics for each statement execute function listening_changed();
create trigger listening_changed after insert or update or delete on sources for each statement execute function listening_changed();

-- How much of what a source brought was kept, each day in UTC.
create table source_days (
  org_id uuid not null,
  source_id uuid not null,
  day date not null,
  kept integer not null,
  primary key (org_id, source_id, day),
  foreign key (org_id, source_id) references sources (org_id, id) on delete cascade
);

-- What a reader brought in each minute in which it brought something.
create table reader_minutes (
  reader_id uuid not null references readers on delete cascade,
  minute timestamptz not null,
  heard integer not null,
  unreadable integer not null,
  bytes bigint not null,
  -- Greatest distance between the network's time and ours.
  lag_ms integer,
  primary key (reader_id, minute)
);

-- What is known to be missing.
create table reader_gaps (
  reader_id uuid not null references readers on delete cascade,
  id uuid not null,
  from_at timestamptz,
  to_at timestamptz,
  reason text not null,
  stated_at timestamptz not null,
  -- Read afterwards by another way.
  filled_at timestamptz,
  primary key (reader_id, id)
);
create index reader_gaps_by_time on reader_gaps (reader_id, stated_at desc);

-- A part of what was brought, matched or not, kept for a week: what a new query is tried on.
create table reader_samples (
  reader_id uuid not null references readers on delete cascade,
  -- As a mention of it would have.
  id uuid not null,
  heard_at timestamptz not null,
  heard jsonb not null,
  primary key (reader_id, id)
);
create index reader_samples_by_time on reader_samples (reader_id, heard_at desc);
create index reader_samples_by_id on reader_samples (id);

-- An organisation sees the readers that serve it; only Longrun itself writes.
do $$
declare target text;
begin
  foreach target in array array['readers', 'reader_minutes', 'reader_gaps', 'reader_samples'] loop
    execute format('alter table %I enable row level security', target);
    execute format('alter table %I force row level security', target);
    execute format('create policy walls on %I using ((select is_system())) with check ((select is_system()))', target);
    execute format(
      'create policy served on %I for select using (%s in (select reader_id from sources where org_id = (select current_org())))',
      target, case target when 'readers' then 'id' else 'reader_id' end);
  end loop;
end $$;

select protect(t::regclass) from unnest(array['topics', 'topic_versions', 'sources', 'source_days']) t;
