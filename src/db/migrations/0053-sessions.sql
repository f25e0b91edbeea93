-- Sessions: what each person does on which day, and what became of everything that the plan asked for. Nothing is deleted: what is not done
-- says why.

create table plan_sessions (
  org_id uuid not null,
  id uuid not null,
  programme_id uuid not null,
  -- Which item of the cadence it is, and which part of it: an item that is too long for a week of anybody comes in parts.
  item text not null,
  part integer not null,
  parts integer not null,
  -- The version of the plan that asked for it last.
  version integer not null,
  activity text not null,
  channel text,
  kind text not null check (kind in ('key', 'light')),
  minutes integer not null,
  -- The days within which it belongs.
  from_day date not null,
  to_day date not null,
  state text not null check (state in ('planned', 'done', 'skipped', 'missed', 'dropped', 'taken-out')),
  -- Where it stands, or stood last; null: it never found a place.
  member_id uuid,
  on_day date,
  wall text,
  zone text,
  at timestamptz,
  until_at timestamptz,
  -- The day that it was first planned for.
  planned_day date,
  made_up boolean not null,
  -- Why it was moved, missed, dropped or taken out; of skipped ones the words of whoever skipped it.
  reason text,
  -- Somebody chose this day: plans made anew leave it there while its person is at work.
  by_hand boolean not null,
  closed_at timestamptz,
  closed_by uuid,
  -- The time that was written down for it.
  entry_id uuid,
  -- Grows with each change: calendars ask for it.
  revision integer not null,
  made_at timestamptz not null,
  changed_at timestamptz not null,
  primary key (org_id, id),
  unique (org_id, programme_id, item, part),
  foreign key (org_id, programme_id) references programmes (org_id, id) on delete cascade,
  foreign key (org_id, member_id) references members (org_id, id)
);
create index plan_sessions_by_day on plan_sessions (org_id, on_day, member_id);
create index plan_sessions_open on plan_sessions (org_id, programme_id, to_day) where state in ('planned', 'dropped');

-- What was changed in them after they were made; by whom, or by Longrun itself (null).
create table session_steps (
  org_id uuid not null,
  id uuid not null,
  session_id uuid not null,
  at timestamptz not null,
  by_id uuid,
  what text not null check (what in ('moved', 'moved-back', 're-placed', 'came-back', 'missed', 'made-up', 'gave-way', 'dropped', 'taken-out',
    'skipped', 'done', 'reopened')),
  from_member uuid,
  from_day date,
  from_wall text,
  to_member uuid,
  to_day date,
  reason text,
  primary key (org_id, id),
  foreign key (org_id, session_id) references plan_sessions (org_id, id) on delete cascade
);
create index session_steps_by_time on session_steps (org_id, at);
create index session_steps_of on session_steps (org_id, session_id, at);

-- Here something has changed that sessions hang on: they are looked at again soon. One row for each change, so that nobody who changes
-- something waits for anybody here.
create table session_marks (
  id uuid primary key default gen_random_uuid(),
  org_id uuid not null references organisations on delete cascade
);
create index session_marks_of on session_marks (org_id);

-- Until which day of the organisation what was missed is reckoned.
create table session_reckonings (
  org_id uuid primary key references organisations on delete cascade,
  on_day date not null,
  reckoned_at timestamptz not null
);

-- Longrun proposes to go on with less; a person decides.
create table plan_realignments (
  org_id uuid not null,
  id uuid not null,
  programme_id uuid not null,
  proposed_at timestamptz not null,
  because text not null check (because in ('missed', 'gap')),
  missed integer not null,
  gap_days integer,
  -- What weeks would begin with, and what this week has by the plan in force.
  minutes double precision not null,
  before double precision not null,
  answered_at timestamptz,
  answered_by uuid,
  accepted boolean,
  reason text,
  -- The version of the plan that came of it.
  version integer,
  primary key (org_id, id),
  foreign key (org_id, programme_id) references programmes (org_id, id) on delete cascade
);
create unique index plan_realignments_open on plan_realignments (org_id, programme_id) where answered_at is null;

-- The secret address of a person's sessions for calendar programs; one each.
create table session_feeds (
  org_id uuid not null,
  member_id uuid not null,
  secret_hash text not null unique,
  made_at timestamptz not null,
  last_read_at timestamptz,
  primary key (org_id, member_id),
  foreign key (org_id, member_id) references members (org_id, id) on delete cascade
);

select protect(t::regclass) from unnest(array['plan_sessions', 'session_steps', 'session_marks', 'session_reckonings', 'plan_realignments',
  'session_feeds']) t;

-- A timer that runs for a session, and the time that was written down for one.
alter table running_timers add column session_id uuid;
alter table time_entries add column session_id uuid;

create function mark_sessions() returns trigger language plpgsql as $$
begin
  insert into session_marks (org_id) select new.org_id where exists (select from programmes p where p.org_id = new.org_id);
  return null;
end $$;
create trigger mark_sessions after insert or update on absences for each row execute function mark_sessions();
create trigger mark_sessions after insert or update on load_ceilings for each row execute function mark_sessions();
create trigger mark_sessions after insert on plan_versions for each row execute function mark_sessions();
create trigger mark_sessions after insert or update on programmes for each row execute function mark_sessions();
create trigger mark_sessions_made after insert on member_work for each row when (new.hours is not null) execute function mark_sessions();
create trigger mark_sessions_changed after update on member_work for each row when (old.hours is distinct from new.hours) execute function mark_sessions();
create trigger mark_sessions after update on members for each row
  when ((old.role, old.ended_at is null) is distinct from (new.role, new.ended_at is null)) execute function mark_sessions();
