-- Abilities that are built one at a time: the ladder, what opens its gates, who has what and since when, what is read, and processes.

create table competencies (
  org_id uuid not null,
  id uuid not null,
  programme_id uuid not null,
  -- A stable word: by it plans know who can do what.
  key text not null,
  name text not null,
  means text not null,
  -- From 1, the lowest rung.
  place integer not null,
  -- What must be shown, each with the number that it asks for.
  gates jsonb not null,
  added_at timestamptz not null,
  added_by uuid not null,
  removed_at timestamptz,
  primary key (org_id, id),
  foreign key (org_id, programme_id) references programmes (org_id, id) on delete cascade
);
create unique index competencies_key on competencies (org_id, programme_id, key) where removed_at is null;

-- A team on a rung. No department: the whole organisation.
create table competency_steps (
  org_id uuid not null,
  id uuid not null,
  programme_id uuid not null,
  competency_id uuid not null,
  department_id uuid,
  begun_at timestamptz not null,
  begun_by uuid not null,
  mastered_at timestamptz,
  mastered_by uuid,
  set_aside_at timestamptz,
  set_aside_by uuid,
  set_aside_reason text,
  primary key (org_id, id),
  foreign key (org_id, programme_id) references programmes (org_id, id) on delete cascade,
  foreign key (org_id, competency_id) references competencies (org_id, id) on delete cascade,
  foreign key (org_id, department_id) references departments (org_id, id) on delete cascade
);
-- One new competency at a time for each team, whoever begins it and however many at once.
create unique index competency_steps_going_on on competency_steps (org_id, programme_id, coalesce(department_id, '00000000-0000-0000-0000-000000000000'))
  where mastered_at is null and set_aside_at is null;
create unique index competency_steps_once on competency_steps (org_id, competency_id, coalesce(department_id, '00000000-0000-0000-0000-000000000000'));

-- What opened a gate, as it was read then; never changed afterwards.
create table gate_openings (
  org_id uuid not null,
  step_id uuid not null,
  gate text not null,
  opened_at timestamptz not null,
  evidence jsonb not null,
  primary key (org_id, step_id, gate),
  foreign key (org_id, step_id) references competency_steps (org_id, id) on delete cascade
);

-- Somebody watched somebody else at work, and wrote down what they saw.
create table competency_observations (
  org_id uuid not null,
  id uuid not null,
  competency_id uuid not null,
  member_id uuid not null,
  said text not null,
  outcome text not null check (outcome in ('holds', 'not-yet')),
  made_at timestamptz not null,
  made_by uuid not null,
  taken_back_at timestamptz,
  primary key (org_id, id),
  foreign key (org_id, competency_id) references competencies (org_id, id) on delete cascade,
  foreign key (org_id, member_id) references members (org_id, id) on delete cascade
);
create index competency_observations_of on competency_observations (org_id, competency_id, member_id);

-- What happened to a competency, oldest first: added, changed, begun, a gate opened, mastered.
create table competency_entries (
  org_id uuid not null,
  id uuid not null,
  competency_id uuid not null,
  department_id uuid,
  kind text not null,
  facts jsonb not null,
  at timestamptz not null,
  -- null: Longrun itself.
  by uuid,
  primary key (org_id, id),
  foreign key (org_id, competency_id) references competencies (org_id, id) on delete cascade
);
create index competency_entries_of on competency_entries (org_id, competency_id, at);

-- Who can do it, since when and until when, by which evidence.
create table certificates (
  org_id uuid not null,
  id uuid not null,
  competency_id uuid not null,
  member_id uuid not null,
  since date not null,
  -- The last day on which it counts; null: for good.
  until date,
  -- A training that counts, or what somebody else saw.
  how text not null check (how in ('training', 'observation')),
  evidence jsonb not null,
  given_at timestamptz not null,
  given_by uuid not null,
  ended_at timestamptz,
  ended_by uuid,
  told_at timestamptz,
  primary key (org_id, id),
  foreign key (org_id, competency_id) references competencies (org_id, id) on delete cascade,
  foreign key (org_id, member_id) references members (org_id, id) on delete cascade
);
create index certificates_of on certificates (org_id, member_id);
create index certificates_ending on certificates (until) where until is not null and ended_at is null and told_at is null;

-- Whoever is new has somebody at their side.
create table buddies (
  org_id uuid not null references organisations on delete cascade,
  id uuid not null,
  novice_id uuid not null,
  buddy_id uuid not null,
  -- What it takes the buddy.
  minutes_weekly integer not null,
  begun_at timestamptz not null,
  begun_by uuid not null,
  ended_at timestamptz,
  ended_by uuid,
  primary key (org_id, id),
  foreign key (org_id, novice_id) references members (org_id, id) on delete cascade,
  foreign key (org_id, buddy_id) references members (org_id, id) on delete cascade
);
create unique index buddies_one on buddies (org_id, novice_id) where ended_at is null;

create table reading_items (
  org_id uuid not null references organisations on delete cascade,
  id uuid not null,
  -- null: for everybody, whatever they learn.
  competency_id uuid,
  title text not null,
  -- Where it is to be read, or the words themselves.
  url text,
  words text not null,
  minutes integer not null,
  added_at timestamptz not null,
  added_by uuid not null,
  removed_at timestamptz,
  primary key (org_id, id),
  foreign key (org_id, competency_id) references competencies (org_id, id) on delete cascade
);
create table reading_marks (
  org_id uuid not null,
  item_id uuid not null,
  member_id uuid not null,
  read_at timestamptz not null,
  primary key (org_id, item_id, member_id),
  foreign key (org_id, item_id) references reading_items (org_id, id) on delete cascade,
  foreign key (org_id, member_id) references members (org_id, id) on delete cascade
);

-- Named ways of working with steps, roles and times. Somebody answers for each.
create table processes (
  org_id uuid not null references organisations on delete cascade,
  id uuid not null,
  name text not null,
  owner_id uuid not null,
  deputy_id uuid,
  -- The day on which somebody looks whether it is still true.
  review_on date not null,
  -- The version in force.
  number integer not null,
  begun_at timestamptz not null,
  ended_at timestamptz,
  ended_by uuid,
  end_reason text,
  told_at timestamptz,
  primary key (org_id, id)
);
create table process_versions (
  org_id uuid not null,
  process_id uuid not null,
  number integer not null,
  purpose text not null,
  -- What is done, by whom, within which time.
  steps jsonb not null,
  why text not null,
  made_at timestamptz not null,
  made_by uuid not null,
  primary key (org_id, process_id, number),
  foreign key (org_id, process_id) references processes (org_id, id) on delete cascade
);
create table process_reads (
  org_id uuid not null,
  process_id uuid not null,
  number integer not null,
  member_id uuid not null,
  read_at timestamptz not null,
  primary key (org_id, process_id, number, member_id),
  foreign key (org_id, process_id, number) references process_versions (org_id, process_id, number) on delete cascade,
  foreign key (org_id, member_id) references members (org_id, id) on delete cascade
);

-- That something comes before publishing: an advice, which people may set aside for a while. The programme writes it; no row, no advice.
create table publishing_advice (
  org_id uuid not null references organisations on delete cascade,
  since timestamptz not null,
  -- Teams to which it does not apply.
  open_department_ids uuid[] not null,
  overridden_until date,
  override_reason text,
  overridden_at timestamptz,
  overridden_by uuid,
  primary key (org_id)
);

select protect(t::regclass) from unnest(array['competencies', 'competency_steps', 'gate_openings', 'competency_observations', 'competency_entries',
  'certificates', 'buddies', 'reading_items', 'reading_marks', 'processes', 'process_versions', 'process_reads', 'publishing_advice']) t;
