-- What items are worth in which unit, what people tell the planner of a line, and what it chose.

create table worth_units (
  org_id uuid not null references organisations on delete cascade,
  -- What an item is judged by: reactions, visits, views, replies.
  unit text not null,
  set_at timestamptz not null,
  set_by uuid not null,
  primary key (org_id)
);

-- What people said of an activity on a channel. The newest that was not taken away counts; the others stay to be put back.
create table told_lines (
  org_id uuid not null references organisations on delete cascade,
  id uuid not null,
  -- The id of an account, a word for a channel without one, or nothing: wherever.
  channel text not null,
  activity text not null,
  unit text not null,
  -- Of the first item in a week, by somebody's own estimate; null: as it is measured.
  value double precision,
  -- null: as it was measured or assumed.
  minutes double precision,
  -- Each further item of a week is worth so much of the one before; null: the usual.
  decay double precision,
  most_weekly integer,
  least_weekly integer,
  -- Promised, or a minimum.
  least_kind text not null check (least_kind in ('promise', 'minimum')),
  note text not null,
  told_at timestamptz not null,
  told_by uuid not null,
  removed_at timestamptz,
  primary key (org_id, id)
);
create unique index told_lines_that_count on told_lines (org_id, channel, activity) where removed_at is null;

-- One question to the planner, and its answer.
create table plan_choices (
  org_id uuid not null,
  id uuid not null,
  programme_id uuid not null,
  state text not null check (state in ('waiting', 'working', 'planned', 'conflict', 'stopped', 'failed')),
  -- What was asked, by whom the figures were read; and the question as the planner reads it.
  asked jsonb not null,
  question jsonb not null,
  -- The one whose question was changed, to see what would be; null: it is a choice of its own.
  base_id uuid,
  -- The version of the plan that was in force.
  plan_number integer,
  progress jsonb,
  answer jsonb,
  -- While somebody works on it; past it they are dead.
  lease_until timestamptz,
  asked_at timestamptz not null,
  asked_by uuid not null,
  ended_at timestamptz,
  put_at timestamptz,
  put_by uuid,
  put_number integer,
  primary key (org_id, id),
  foreign key (org_id, programme_id) references programmes (org_id, id) on delete cascade
);
create index plan_choices_newest on plan_choices (org_id, programme_id, asked_at desc);

select protect(t::regclass) from unnest(array['worth_units', 'told_lines', 'plan_choices']) t;
