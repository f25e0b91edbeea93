-- The programme: what an organisation wants, what it has, and the training that leads from one to the other.

create table programmes (
  org_id uuid not null references organisations on delete cascade,
  id uuid not null,
  name text not null,
  -- Being there, keeping what is there, or reaching goals: the plan asks a different load for each.
  ambition text not null check (ambition in ('presence', 'maintain', 'succeed')),
  -- A Monday.
  begins_on date not null,
  version integer not null,
  begun_at timestamptz not null,
  begun_by uuid not null,
  -- Ending is a decision of somebody, with reasons.
  ended_at timestamptz,
  ended_by uuid,
  end_reason text,
  primary key (org_id, id)
);
-- One at a time; those that ended stay to be read.
create unique index programmes_going_on on programmes (org_id) where ended_at is null;

create table programme_goals (
  org_id uuid not null,
  id uuid not null,
  programme_id uuid not null,
  title text not null,
  measure text not null,
  -- In words, where the measure is one of the organisation's own.
  unit text not null,
  -- What it was when the goal was set, and how that is known.
  baseline double precision not null,
  baseline_how text not null,
  target double precision not null,
  due_on date not null,
  owner_id uuid,
  set_at timestamptz not null,
  set_by uuid not null,
  -- Reached, missed, or given up; null: open.
  outcome text check (outcome in ('reached', 'missed', 'given-up')),
  ended_at timestamptz,
  ended_by uuid,
  end_reason text,
  primary key (org_id, id),
  foreign key (org_id, programme_id) references programmes (org_id, id) on delete cascade
);
create index programme_goals_of on programme_goals (org_id, programme_id);

-- What a goal stood at on a day; the last word of a day counts.
create table goal_readings (
  org_id uuid not null,
  goal_id uuid not null,
  on_day date not null,
  value double precision not null,
  read_at timestamptz not null,
  -- null: Longrun read it.
  read_by uuid,
  note text not null,
  primary key (org_id, goal_id, on_day),
  foreign key (org_id, goal_id) references programme_goals (org_id, id) on delete cascade
);

-- Budget, resources, processes and metrics, promised for a year at most. What held before stays.
create table programme_commitments (
  org_id uuid not null,
  id uuid not null,
  programme_id uuid not null,
  from_day date not null,
  until_day date not null,
  -- In the smallest unit of the currency.
  budget bigint not null,
  currency text not null,
  -- Of everybody together, each week.
  minutes_weekly integer not null,
  resources text not null,
  processes text not null,
  metrics text not null,
  -- What stops so that this can be done.
  stops text not null,
  promised_at timestamptz not null,
  promised_by uuid not null,
  -- Another one took its place before it began to hold.
  replaced_at timestamptz,
  -- The last day on which it held, where the next one began before its end.
  held_until date,
  primary key (org_id, id),
  foreign key (org_id, programme_id) references programmes (org_id, id) on delete cascade
);
create index programme_commitments_of on programme_commitments (org_id, programme_id, promised_at desc);

-- What was found when somebody asked where the organisation stands, beside what people thought; never changed.
create table programme_assessments (
  org_id uuid not null references organisations on delete cascade,
  id uuid not null,
  taken_at timestamptz not null,
  taken_by uuid not null,
  -- 1 (never) to 5 (always), by area.
  opinions jsonb not null,
  evidence jsonb not null,
  primary key (org_id, id)
);
create index programme_assessments_newest on programme_assessments (org_id, taken_at desc);

select protect(t::regclass) from unnest(array['programmes', 'programme_goals', 'goal_readings', 'programme_commitments', 'programme_assessments']) t;
