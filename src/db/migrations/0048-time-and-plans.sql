-- The time that people spend, and the plan that is in force: what is to be done how often, and how many minutes each week may have.

create table time_entries (
  org_id uuid not null,
  id uuid not null,
  member_id uuid not null,
  activity text not null,
  -- A network or medium; null: wherever.
  channel text,
  -- The day of the organisation on which it was done.
  on_day date not null,
  minutes double precision not null,
  how text not null check (how in ('timer', 'typed', 'estimated')),
  -- How many of the activity came of it; 0: it is not done yet, and its minutes belong to the next one.
  items integer not null check (items between 0 and 1000),
  note text not null,
  noted_at timestamptz not null,
  removed_at timestamptz,
  primary key (org_id, id),
  foreign key (org_id, member_id) references members (org_id, id) on delete cascade
);
create index time_entries_by_day on time_entries (org_id, on_day, member_id) where removed_at is null;

-- One a person: nobody does two things at once.
create table running_timers (
  org_id uuid not null,
  member_id uuid not null,
  activity text not null,
  channel text,
  began_at timestamptz not null,
  primary key (org_id, member_id),
  foreign key (org_id, member_id) references members (org_id, id) on delete cascade
);

-- The most that somebody gives in a week.
create table load_ceilings (
  org_id uuid not null,
  member_id uuid not null,
  minutes_weekly integer not null check (minutes_weekly between 0 and 10080),
  set_at timestamptz not null,
  set_by uuid not null,
  primary key (org_id, member_id),
  foreign key (org_id, member_id) references members (org_id, id) on delete cascade
);

-- The newest is in force; what was planned before stays to be read.
create table plan_versions (
  org_id uuid not null,
  programme_id uuid not null,
  number integer not null,
  cadence jsonb not null,
  -- What people were used to when the first version began: where the plan stands is told from there.
  ground jsonb not null,
  -- The load curve as it was planned.
  weeks jsonb not null,
  reason text not null,
  made_at timestamptz not null,
  made_by uuid not null,
  primary key (org_id, programme_id, number),
  foreign key (org_id, programme_id) references programmes (org_id, id) on delete cascade
);

select protect(t::regclass) from unnest(array['time_entries', 'running_timers', 'load_ceilings', 'plan_versions']) t;
