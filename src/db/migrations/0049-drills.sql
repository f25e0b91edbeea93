-- Drills: practice messages that somebody answers and others judge. Nothing of it is near what goes out: no table here names an account, a
-- conversation or an answer.

-- What is practised. An exercise that Longrun brings has a row once somebody changed or retired it, under its own id.
create table exercises (
  org_id uuid not null references organisations on delete cascade,
  id uuid not null,
  kind text not null,
  title text not null,
  -- What somebody says, as people read it.
  words text not null,
  -- What we would do with it; null: whoever judges decides.
  way text,
  -- What a good answer does.
  good text not null,
  created_at timestamptz not null,
  created_by uuid not null,
  updated_at timestamptz not null,
  updated_by uuid not null,
  retired_at timestamptz,
  retired_by uuid,
  primary key (org_id, id)
);

create table drills (
  org_id uuid not null,
  id uuid not null,
  member_id uuid not null,
  -- So many exercises, and so many of them have to pass.
  exercises integer not null,
  pass integer not null,
  begun_at timestamptz not null,
  -- From then on it is judged, and nothing of it is changed any more by whoever answered.
  handed_in_at timestamptz,
  -- When the last of it was judged.
  ended_at timestamptz,
  -- How many passed, and whether these were enough; null: not all are judged.
  passes integer,
  passed boolean,
  primary key (org_id, id),
  foreign key (org_id, member_id) references members (org_id, id)
);
-- One at a time.
create unique index drills_open on drills (org_id, member_id) where ended_at is null;
create index drills_waiting on drills (org_id, handed_in_at) where handed_in_at is not null and ended_at is null;
create index drills_by_begin on drills (org_id, begun_at, id);

create table drill_answers (
  org_id uuid not null,
  id uuid not null,
  drill_id uuid not null,
  position integer not null,
  exercise_id uuid not null,
  -- As it was when the drill began: who was judged by it is not judged by another.
  exercise jsonb not null,
  -- What to do with it, then the words.
  way text,
  words text not null default '',
  answered_at timestamptz,
  passed boolean,
  note text not null default '',
  judged_at timestamptz,
  judged_by uuid,
  primary key (org_id, id),
  unique (org_id, drill_id, position),
  foreign key (org_id, drill_id) references drills (org_id, id) on delete cascade
);
select protect(t::regclass) from unnest(array['exercises', 'drills', 'drill_answers']) t;

alter table trainings
  -- It counts only with a passed drill of so many exercises, of which so many passed; null: without one.
  add column drill_exercises integer,
  add column drill_pass integer;
