-- Each month what to keep, stop or shift: what the figures said, what somebody decided, what became of it.

create table line_reviews (
  org_id uuid not null,
  id uuid not null,
  programme_id uuid not null,
  -- Like 2027-02.
  month text not null,
  unit text not null,
  -- Of the draws, so that the same figures say the same again.
  seed integer not null,
  made_at timestamptz not null,
  -- null: Longrun made it.
  made_by uuid,
  primary key (org_id, id),
  foreign key (org_id, programme_id) references programmes (org_id, id) on delete cascade
);
create index line_reviews_newest on line_reviews (org_id, programme_id, made_at desc);
-- Of two processes at once one makes it.
create unique index line_reviews_monthly on line_reviews (org_id, programme_id, month) where made_by is null;

create table line_verdicts (
  org_id uuid not null,
  review_id uuid not null,
  id uuid not null,
  -- The id of an account, a word, or nothing; and as it was called then.
  channel text not null,
  channel_name text not null,
  activity text not null,
  evidence jsonb not null,
  is_weak boolean not null,
  proposal text not null check (proposal in ('keep', 'watch', 'shift', 'stop')),
  words text not null,
  decision text check (decision in ('keep', 'shift', 'stop')),
  reason text,
  decided_at timestamptz,
  decided_by uuid,
  -- Where its minutes go; null: nowhere, or nothing was decided.
  moved jsonb,
  -- The version of the plan that the decision made; null: the plan did not have it.
  plan_number integer,
  primary key (org_id, id),
  foreign key (org_id, review_id) references line_reviews (org_id, id) on delete cascade
);
create index line_verdicts_of on line_verdicts (org_id, review_id);

-- What was stopped, until it is tried again or the decision is undone; and whether it was right.
create table line_stops (
  org_id uuid not null,
  id uuid not null,
  verdict_id uuid not null,
  channel text not null,
  channel_name text not null,
  activity text not null,
  -- What an hour of it brought then, in which unit, and where its minutes went.
  evidence jsonb not null,
  stopped_at timestamptz not null,
  stopped_by uuid not null,
  retest_on date not null,
  checked_at timestamptz,
  finding text check (finding in ('right', 'wrong', 'unclear')),
  finding_words text,
  ended_at timestamptz,
  ended_by uuid,
  ended_how text check (ended_how in ('undone', 'tried-again')),
  primary key (org_id, id),
  foreign key (org_id, verdict_id) references line_verdicts (org_id, id) on delete cascade
);
create unique index line_stops_in_force on line_stops (org_id, channel, activity) where ended_at is null;

select protect(t::regclass) from unnest(array['line_reviews', 'line_verdicts', 'line_stops']) t;
