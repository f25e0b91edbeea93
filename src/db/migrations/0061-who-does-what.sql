-- Who may do what and who does it: which activity needs which competency, days of duty, and sessions that somebody who leads gave to somebody.

-- What an organisation says itself; for everything else there is a default.
create table activity_needs (
  org_id uuid not null references organisations on delete cascade,
  activity text not null,
  -- The stable word of a competency; null: it needs none.
  competency_key text,
  said_at timestamptz not null,
  said_by uuid not null,
  -- The default holds again.
  taken_back_at timestamptz,
  primary key (org_id, activity)
);

-- A day on which somebody is on duty: the next working day is for recovery.
create table duties (
  org_id uuid not null,
  id uuid not null,
  member_id uuid not null,
  on_day date not null,
  kind text not null check (kind in ('on-call', 'event', 'drill', 'other')),
  note text not null,
  made_at timestamptz not null,
  made_by uuid,
  removed_at timestamptz,
  primary key (org_id, id),
  foreign key (org_id, member_id) references members (org_id, id) on delete cascade
);
create index duties_by_day on duties (org_id, on_day, member_id) where removed_at is null;
create unique index duties_once on duties (org_id, member_id, on_day, kind) where removed_at is null;

select protect(t::regclass) from unnest(array['activity_needs', 'duties']) t;

-- Somebody who leads gave it to whoever has it: plans made anew leave it with them.
alter table plan_sessions add column handed boolean not null default false;
-- So many items of one kind are booked together as one block.
alter table plan_sessions add column items integer not null default 1;
alter table session_steps drop constraint session_steps_what_check;
alter table session_steps add constraint session_steps_what_check check (what in ('moved', 'moved-back', 're-placed', 'came-back', 'missed',
  'made-up', 'gave-way', 'dropped', 'taken-out', 'skipped', 'done', 'reopened', 'handed-over', 'handed-back'));

create trigger mark_sessions after insert or update on activity_needs for each row execute function mark_sessions();
create trigger mark_sessions after insert or update on duties for each row execute function mark_sessions();
create trigger mark_sessions_made after insert on certificates for each row execute function mark_sessions();
create trigger mark_sessions_changed after update on certificates for each row when (old.ended_at is distinct from new.ended_at) execute function mark_sessions();
create trigger mark_sessions after insert or update on buddies for each row execute function mark_sessions();
create trigger mark_sessions after update on competencies for each row when (old.removed_at is distinct from new.removed_at) execute function mark_sessions();
