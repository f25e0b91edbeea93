-- Guards: what was found to harm people or the long run, told once for each cause until it ends, and what people answered.

create table guard_alarms (
  org_id uuid not null references organisations on delete cascade,
  id uuid not null,
  cause text not null,
  -- A member, a department or an account by its id; empty: the organisation as a whole.
  subject text not null,
  -- Whose figures are in it: theirs alone, and of those who run the organisation. null: everybody may read it.
  about_member uuid,
  level text not null check (level in ('watch', 'act')),
  facts jsonb not null,
  raised_at timestamptz not null,
  -- It became worse since.
  grew_at timestamptz,
  -- The cause is gone.
  ended_at timestamptz,
  answer text check (answer in ('done', 'no-problem', 'later')),
  answer_reason text,
  answered_at timestamptz,
  answered_by uuid,
  -- Asked again from then on, where the cause is still there; null: not as long as it does not grow.
  ask_again_at timestamptz,
  primary key (org_id, id),
  foreign key (org_id, about_member) references members (org_id, id) on delete cascade
);
-- Once for each cause, whoever looks and however often.
create unique index guard_alarms_open on guard_alarms (org_id, cause, subject) where ended_at is null;
create index guard_alarms_newest on guard_alarms (org_id, raised_at desc, id desc);

-- Since when an account is there, where it was opened before it was connected: moving in is no sprint.
create table outlet_openings (
  org_id uuid not null,
  account_id uuid not null,
  opened_on date not null,
  said_at timestamptz not null,
  said_by uuid not null,
  primary key (org_id, account_id),
  foreign key (org_id, account_id) references accounts (org_id, id) on delete cascade
);

select protect(t::regclass) from unnest(array['guard_alarms', 'outlet_openings']) t;
