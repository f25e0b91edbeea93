-- What each hold met and how it let go of it, and mass withdrawals of published posts.

alter table holds
  -- What the person planned; ends_at is the instant that follows from them.
  add column ends_wall timestamp,
  add column ends_zone text;

create table held_variants (
  org_id uuid not null,
  hold_id uuid not null,
  variant_id uuid not null,
  -- under-way: it was being written when the hold began, which nothing can stop.
  found text not null check (found in ('stopped', 'under-way')),
  found_at timestamptz not null,
  -- Where it went when the hold ended; null: not yet, or a person took it before.
  let_go text check (let_go in ('went-on', 'missed', 'another-hold')),
  primary key (org_id, hold_id, variant_id),
  foreign key (org_id, hold_id) references holds (org_id, id) on delete cascade,
  foreign key (org_id, variant_id) references variants (org_id, id) on delete cascade
);
create index held_variants_by_variant on held_variants (org_id, variant_id);

-- One row: many published posts that are to be deleted at their networks.
create table withdrawals (
  org_id uuid not null references organisations on delete cascade,
  id uuid not null,
  reason text not null,
  -- What was asked for, as the person chose it.
  selection jsonb not null,
  begun_at timestamptz not null,
  begun_by uuid not null,
  stopped_at timestamptz,
  stopped_by uuid,
  -- When nothing of it waited any more; cleared when something is tried again.
  done_at timestamptz,
  primary key (org_id, id),
  foreign key (org_id, begun_by) references members (org_id, id),
  foreign key (org_id, stopped_by) references members (org_id, id)
);
create index withdrawals_by_time on withdrawals (org_id, begun_at desc, id desc);

create table withdrawal_items (
  org_id uuid not null,
  withdrawal_id uuid not null,
  variant_id uuid not null,
  account_id uuid not null,
  -- done: deleted by this; gone: it was away already; by-hand: only a person can do it at the network.
  state text not null check (state in ('waiting', 'done', 'gone', 'refused', 'by-hand', 'stopped')),
  reason jsonb,
  -- When it may be tried; only while it waits.
  wake_at timestamptz,
  -- Until then nobody else takes it.
  lease_until timestamptz,
  tries integer not null default 0,
  ended_at timestamptz,
  primary key (org_id, withdrawal_id, variant_id),
  foreign key (org_id, withdrawal_id) references withdrawals (org_id, id) on delete cascade,
  foreign key (org_id, variant_id) references variants (org_id, id) on delete cascade,
  foreign key (org_id, account_id) references accounts (org_id, id)
);
create index withdrawal_items_waiting on withdrawal_items (wake_at) where state = 'waiting';
create index withdrawal_items_by_variant on withdrawal_items (org_id, variant_id);
create index withdrawal_items_by_account on withdrawal_items (org_id, account_id) where state = 'waiting';

select protect(t::regclass) from unnest(array['held_variants', 'withdrawals', 'withdrawal_items']) t;
