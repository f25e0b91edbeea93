-- Alerts: what detectors remember of each topic in each network, what began to be unusual, and what people said of it.

-- One row where somebody changed something; without one, eight alerts a day.
create table alert_rules (
  org_id uuid primary key references organisations on delete cascade,
  daily_budget integer not null check (daily_budget between 1 and 100),
  changed_at timestamptz not null,
  changed_by uuid not null
);

create table topic_alert_settings (
  org_id uuid not null,
  topic_id uuid not null,
  profile text not null check (profile in ('off', 'quiet', 'standard', 'watchful')),
  changed_at timestamptz not null,
  changed_by uuid not null,
  primary key (org_id, topic_id),
  foreign key (org_id, topic_id) references topics (org_id, id) on delete cascade
);

create table detectors (
  org_id uuid not null,
  topic integer not null,
  network text not null,
  -- The end of the newest minute that it knows.
  seen_to timestamptz not null,
  state jsonb not null,
  -- Derived from the state, for lists.
  watch text not null check (watch in ('learning', 'suspended', 'watching')),
  -- Nobody listens since; null: somebody does.
  silent_since timestamptz,
  primary key (org_id, topic, network),
  foreign key (org_id, topic) references topics (org_id, number) on delete cascade
);

create table alerts (
  org_id uuid not null,
  id uuid not null,
  topic integer not null,
  network text not null,
  trigger text not null check (trigger in ('volume', 'negative-share', 'slow-rise')),
  kind text not null check (kind in ('opportunity', 'potential-issue', 'unclear')),
  severity text not null check (severity in ('low', 'moderate', 'high', 'critical')),
  -- How the severity came about, each part 0 to 1.
  parts jsonb not null,
  surprise real not null,
  -- The reason as figures.
  why jsonb not null,
  sentiment jsonb not null,
  -- End of the window that showed it.
  at timestamptz not null,
  raised_at timestamptz not null,
  -- Shown by counts that came afterwards.
  late boolean not null,
  planned_event_id uuid,
  -- When people were told; null: held back by the budget, or planned.
  told_at timestamptz,
  told_to uuid[] not null default '{}',
  grew_at timestamptz,
  ended_at timestamptz,
  answer text check (answer in ('real', 'false', 'planned')),
  answered_at timestamptz,
  answered_by uuid,
  note text not null default '',
  primary key (org_id, id),
  foreign key (org_id, topic) references topics (org_id, number) on delete cascade
);
create index alerts_by_time on alerts (org_id, raised_at desc, id desc);
-- A detector tells what it sees at a moment once, whoever runs it.
create unique index alerts_once on alerts (org_id, topic, network, trigger, at);

-- Announced launches and whatever else is known to be coming.
create table planned_events (
  org_id uuid not null references organisations on delete cascade,
  id uuid not null,
  name text not null,
  -- null: every topic.
  topic_id uuid,
  from_at timestamptz not null,
  to_at timestamptz not null,
  -- So many times the usual is expected; null: nobody knows.
  factor real check (factor between 1 and 1000),
  created_at timestamptz not null,
  created_by uuid not null,
  removed_at timestamptz,
  removed_by uuid,
  primary key (org_id, id),
  foreign key (org_id, topic_id) references topics (org_id, id) on delete cascade
);
create index planned_events_by_end on planned_events (org_id, to_at);

select protect(t::regclass) from unnest(array['alert_rules', 'topic_alert_settings', 'detectors', 'alerts', 'planned_events']) t;
