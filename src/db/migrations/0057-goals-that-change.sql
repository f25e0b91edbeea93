-- Goals that were changed with a reason, and readings that were taken away.

-- Grows with each change: whoever changes a goal names the one they saw.
alter table programme_goals add column version integer not null default 1;

-- What a goal was before it was changed; nothing is forgotten.
create table goal_changes (
  org_id uuid not null,
  goal_id uuid not null,
  number integer not null,
  -- Name, baseline, target, day and owner as they were until then.
  was jsonb not null,
  -- How its line goes on: as it was, from this day and where it stood then, or told anew from its beginning.
  way text not null check (way in ('same', 'from-here', 'anew')),
  on_day date not null,
  stood double precision not null,
  reason text not null,
  made_at timestamptz not null,
  made_by uuid not null,
  taken_back_at timestamptz,
  taken_back_by uuid,
  primary key (org_id, goal_id, number),
  foreign key (org_id, goal_id) references programme_goals (org_id, id) on delete cascade
);
select protect(t::regclass) from unnest(array['goal_changes']) t;

alter table goal_readings add column removed_at timestamptz, add column removed_by uuid;
