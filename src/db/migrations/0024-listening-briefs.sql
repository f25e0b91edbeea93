-- Weekly listening briefs with who read them, and mentions that are kept or handed on.

create table listening_briefs (
  org_id uuid not null references organisations on delete cascade,
  id uuid not null,
  -- The Monday with which its week begins, in the organisation's zone.
  week date not null,
  state text not null check (state in ('draft', 'published', 'withdrawn')),
  -- Counts every change of the words.
  revision integer not null,
  -- What people write.
  heard text not null default '',
  learnt text not null default '',
  next text not null default '',
  -- Mentions by their ids alone: what is taken back at its network is not kept alive here.
  figures jsonb not null,
  figures_at timestamptz not null,
  -- Whom it goes to.
  reader_ids uuid[] not null default '{}',
  department_ids uuid[] not null default '{}',
  created_at timestamptz not null,
  -- null: made by the clock.
  created_by uuid,
  edited_at timestamptz,
  edited_by uuid,
  published_at timestamptz,
  published_by uuid,
  withdrawn_at timestamptz,
  withdrawn_by uuid,
  withdraw_reason text,
  primary key (org_id, id),
  -- Two workers at once make one.
  unique (org_id, week)
);

-- Those to whom it was published, and when they said that they have read it.
create table listening_brief_readers (
  org_id uuid not null,
  brief_id uuid not null,
  member_id uuid not null,
  read_at timestamptz,
  read_by text check (read_by in ('app', 'link')),
  reminded_at timestamptz,
  primary key (org_id, brief_id, member_id),
  foreign key (org_id, brief_id) references listening_briefs (org_id, id) on delete cascade,
  foreign key (org_id, member_id) references members (org_id, id)
);

-- One mail each, on record before the mail server is asked: what is in doubt is not sent again.
create table listening_brief_mails (
  org_id uuid not null,
  brief_id uuid not null,
  member_id uuid not null,
  kind text not null check (kind in ('brief', 'reminder')),
  state text not null check (state in ('waiting', 'sending', 'sent', 'refused', 'unknown', 'left-out')),
  due_at timestamptz,
  claimed_at timestamptz,
  tries integer not null default 0,
  settled_at timestamptz,
  error text,
  primary key (org_id, brief_id, member_id, kind),
  foreign key (org_id, brief_id, member_id) references listening_brief_readers (org_id, brief_id, member_id) on delete cascade
);
create index listening_brief_mails_due on listening_brief_mails (due_at) where state = 'waiting';

-- Bookmarks. Without the words: a mention that expires or is taken back is gone here too, and the note stays.
create table saved_mentions (
  org_id uuid not null references organisations on delete cascade,
  mention_id uuid not null,
  tags text[] not null default '{}',
  note text not null default '',
  saved_at timestamptz not null,
  saved_by uuid not null,
  primary key (org_id, mention_id)
);
create index saved_mentions_by_time on saved_mentions (org_id, saved_at desc, mention_id desc);

-- Mentions that wait for what takes them over.
create table hand_ons (
  org_id uuid not null references organisations on delete cascade,
  id uuid not null,
  mention_id uuid not null,
  kind text not null check (kind in ('inbox', 'insight')),
  reason text not null,
  assignee_id uuid not null,
  created_at timestamptz not null,
  created_by uuid not null,
  taken_back_at timestamptz,
  taken_back_by uuid,
  primary key (org_id, id),
  foreign key (org_id, assignee_id) references members (org_id, id)
);
create unique index hand_ons_once on hand_ons (org_id, mention_id, kind) where taken_back_at is null;
create index hand_ons_by_time on hand_ons (org_id, created_at desc, id desc);

select protect(t::regclass) from unnest(array['listening_briefs', 'listening_brief_readers', 'listening_brief_mails',
  'saved_mentions', 'hand_ons']) t;
