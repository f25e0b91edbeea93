-- Money: a budget a year in versions that somebody else approves, what was spent, and what an hour of whom costs.

create table budgets (
  org_id uuid not null references organisations on delete cascade,
  id uuid not null,
  year integer not null check (year between 2000 and 2200),
  -- One for all of it; amounts are in its smallest unit.
  currency text not null,
  made_at timestamptz not null,
  made_by uuid not null,
  primary key (org_id, id),
  unique (org_id, year)
);

-- What was written stays as it was: a decision is about exactly these lines. The newest that was approved is in force.
create table budget_versions (
  org_id uuid not null,
  budget_id uuid not null,
  number integer not null,
  -- Name, kind, channel, campaign, and an amount for each month.
  lines jsonb not null,
  reason text not null,
  made_at timestamptz not null,
  made_by uuid not null,
  asked_at timestamptz,
  asked_by uuid,
  decision text check (decision in ('approved', 'declined')),
  decision_reason text,
  decided_at timestamptz,
  decided_by uuid,
  primary key (org_id, budget_id, number),
  foreign key (org_id, budget_id) references budgets (org_id, id) on delete cascade
);

-- Files of spending, each taken back as a whole.
create table spend_imports (
  org_id uuid not null references organisations on delete cascade,
  id uuid not null,
  file_name text not null,
  rows integer not null,
  stored integer not null,
  known integer not null,
  refused integer not null,
  imported_at timestamptz not null,
  imported_by uuid not null,
  undone_at timestamptz,
  primary key (org_id, id)
);
create index spend_imports_newest on spend_imports (org_id, imported_at desc, id desc);

create table spend_entries (
  org_id uuid not null references organisations on delete cascade,
  id uuid not null,
  on_day date not null,
  -- In the smallest unit of the currency; below 0: money that came back.
  amount bigint not null,
  currency text not null,
  kind text not null,
  channel text,
  campaign_id uuid,
  what text not null,
  -- The number of an invoice: the same one is not counted twice.
  reference text,
  source text not null check (source in ('typed', 'file', 'api')),
  import_id uuid,
  noted_at timestamptz not null,
  noted_by uuid not null,
  removed_at timestamptz,
  primary key (org_id, id),
  foreign key (org_id, campaign_id) references campaigns (org_id, id) on delete set null (campaign_id),
  foreign key (org_id, import_id) references spend_imports (org_id, id)
);
create unique index spend_entries_once on spend_entries (org_id, reference) where reference is not null and removed_at is null;
create index spend_entries_by_day on spend_entries (org_id, on_day desc, id desc);
create index spend_entries_of_import on spend_entries (org_id, import_id) where import_id is not null;

-- What an hour costs, of a role or of one person, from a day on. Seen by those who run the organisation alone.
create table hour_rates (
  org_id uuid not null references organisations on delete cascade,
  id uuid not null,
  role text,
  member_id uuid,
  -- In the smallest unit of the currency; null: from this day on nobody says.
  per_hour bigint,
  currency text not null,
  from_day date not null,
  set_at timestamptz not null,
  set_by uuid not null,
  primary key (org_id, id),
  check (num_nonnulls(role, member_id) = 1),
  foreign key (org_id, member_id) references members (org_id, id) on delete cascade
);
create unique index hour_rates_of_role on hour_rates (org_id, role, from_day) where role is not null;
create unique index hour_rates_of_member on hour_rates (org_id, member_id, from_day) where member_id is not null;

select protect(t::regclass) from unnest(array['budgets', 'budget_versions', 'spend_imports', 'spend_entries', 'hour_rates']) t;
