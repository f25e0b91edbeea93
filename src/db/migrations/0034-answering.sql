-- Answering: drafts that people make their own, who was trained and whose answers others look at first, who reads and writes, macros.

-- Words that are kept ready. They are drafts: nothing sends one.
create table saved_replies (
  org_id uuid not null references organisations on delete cascade,
  id uuid not null,
  title text not null,
  body text not null,
  -- null: of no language in particular.
  language text,
  -- null: of all departments.
  department_id uuid,
  -- Typed after a slash, it brings the reply.
  shortcut text,
  created_at timestamptz not null,
  created_by uuid not null,
  updated_at timestamptz not null,
  updated_by uuid not null,
  retired_at timestamptz,
  retired_by uuid,
  primary key (org_id, id),
  foreign key (org_id, department_id) references departments (org_id, id) on delete set null (department_id)
);
create unique index saved_replies_by_shortcut on saved_replies (org_id, shortcut) where shortcut is not null and retired_at is null;
create index saved_replies_by_title on saved_replies (org_id, title, id) where retired_at is null;

-- Named sequences of steps for one conversation. None of them sends anything.
create table macros (
  org_id uuid not null references organisations on delete cascade,
  id uuid not null,
  name text not null,
  steps jsonb not null,
  created_at timestamptz not null,
  created_by uuid not null,
  updated_at timestamptz not null,
  updated_by uuid not null,
  retired_at timestamptz,
  retired_by uuid,
  primary key (org_id, id)
);

-- What an organisation asks of answers; without a row, what the code says.
create table answer_rules (
  org_id uuid not null references organisations on delete cascade,
  -- So many words of a draft have to be others before it is sent. 0: it may go out as it is.
  least_changed integer not null,
  approval text not null check (approval in ('nobody', 'untrained')),
  changed_at timestamptz not null,
  changed_by uuid not null,
  primary key (org_id)
);

-- Who learned to speak with people, by whom, and until when that counts.
create table trainings (
  org_id uuid not null,
  id uuid not null,
  member_id uuid not null,
  topic text not null,
  trainer text not null,
  note text not null,
  given_on date not null,
  -- The last day on which it counts; null: for good.
  until date,
  recorded_at timestamptz not null,
  recorded_by uuid not null,
  -- Somebody took it back.
  ended_at timestamptz,
  ended_by uuid,
  -- When its end was told.
  told_at timestamptz,
  primary key (org_id, id),
  foreign key (org_id, member_id) references members (org_id, id)
);
create index trainings_by_member on trainings (org_id, member_id) where ended_at is null;
create index trainings_by_end on trainings (until) where ended_at is null and told_at is null and until is not null;

-- An answer while it is written, of one person in one conversation.
create table answer_drafts (
  org_id uuid not null,
  conversation_id uuid not null,
  member_id uuid not null,
  text text not null,
  media jsonb not null,
  -- What saved replies and programs put in, as it was, each by itself; empty: the words are the person's own.
  given text[] not null,
  reply_ids uuid[] not null,
  -- Why it came back, where an approver sent it.
  note text not null,
  note_by uuid,
  updated_at timestamptz not null,
  primary key (org_id, conversation_id, member_id),
  foreign key (org_id, conversation_id) references conversations (org_id, id) on delete cascade
);

-- Where the words of an answer come from, and how much of them a person made; none of its own words alone.
create table answer_origins (
  org_id uuid not null,
  answer_id uuid not null,
  given text[] not null,
  reply_ids uuid[] not null,
  -- Of the draft, and how many of them are others, gone or added.
  words integer not null,
  changed integer not null,
  by uuid not null,
  at timestamptz not null,
  primary key (org_id, answer_id),
  foreign key (org_id, answer_id) references answers (org_id, id) on delete cascade
);
-- Answers that wait for somebody's consent.
create index variants_answers_in_review on variants (org_id, state_since, id) where answer_id is not null and state = 'in-review';

-- Who has a conversation before them, and who writes an answer. Both end by themselves.
create table conversation_readers (
  org_id uuid not null,
  conversation_id uuid not null,
  member_id uuid not null,
  seen_at timestamptz not null,
  primary key (org_id, conversation_id, member_id),
  foreign key (org_id, conversation_id) references conversations (org_id, id) on delete cascade
);
create index conversation_readers_by_time on conversation_readers (seen_at);
create table reply_locks (
  org_id uuid not null,
  conversation_id uuid not null,
  member_id uuid not null,
  since timestamptz not null,
  until timestamptz not null,
  primary key (org_id, conversation_id),
  foreign key (org_id, conversation_id) references conversations (org_id, id) on delete cascade
);

select protect(t::regclass) from unnest(array['saved_replies', 'macros', 'answer_rules', 'trainings', 'answer_drafts', 'answer_origins',
  'conversation_readers', 'reply_locks']) t;
