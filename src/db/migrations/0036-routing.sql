-- Routing: who works when and knows what, by which rules conversations go to departments and people, and what was thought of each.

-- What a member can take on. Who has no row works always, with the usual capacity.
create table member_work (
  org_id uuid not null,
  member_id uuid not null,
  -- Business hours; null: always.
  hours jsonb,
  -- Units of work at the same time.
  capacity integer not null default 10 check (capacity between 0 and 1000),
  deputy_id uuid,
  manager_id uuid,
  skills text[] not null default '{}',
  -- When routing gave them something last.
  given_at timestamptz,
  changed_at timestamptz,
  changed_by uuid,
  primary key (org_id, member_id),
  foreign key (org_id, member_id) references members (org_id, id) on delete cascade,
  foreign key (org_id, deputy_id) references members (org_id, id) on delete set null (deputy_id),
  foreign key (org_id, manager_id) references members (org_id, id) on delete set null (manager_id)
);

create table absences (
  org_id uuid not null,
  id uuid not null,
  member_id uuid not null,
  from_at timestamptz not null,
  to_at timestamptz not null,
  reason text not null default '',
  planned_at timestamptz not null,
  planned_by uuid not null,
  -- Called off before its time; what was over by then stays true. null: it holds.
  ended_at timestamptz,
  ended_by uuid,
  primary key (org_id, id),
  foreign key (org_id, member_id) references members (org_id, id) on delete cascade
);
create index absences_by_member on absences (org_id, member_id, from_at);
create index absences_by_end on absences (org_id, to_at);

-- The rules in their order, as a whole: each change is a new version, and what decided once can always be read.
create table routing_versions (
  org_id uuid not null references organisations on delete cascade,
  number integer not null,
  -- Ids with rules, in order; an id stays the same through versions.
  rules jsonb not null,
  settings jsonb not null,
  note text not null default '',
  made_at timestamptz not null,
  made_by uuid not null,
  primary key (org_id, number)
);

alter table conversations
  add column priority text not null default 'normal' check (priority in ('urgent', 'high', 'normal', 'low')),
  add column tags text[] not null default '{}',
  -- Whether it is appropriate to answer, and how; null: nobody has judged it.
  add column verdict text check (verdict in ('answer', 'do-not-answer', 'decide')),
  add column way text;

-- Of what somebody said: whether it is offensive; null: not judged.
alter table messages add column offensive boolean;

alter table conversation_entries drop constraint conversation_entries_kind_check;
alter table conversation_entries add constraint conversation_entries_kind_check
  check (kind in ('state', 'owner', 'department', 'note', 'reopened', 'joined', 'priority', 'tags', 'triage'));

-- What rules decided of a conversation and why, and whether somebody is looked for who answers it.
create table conversation_routes (
  org_id uuid not null,
  conversation_id uuid not null,
  -- Of the rules; null: there were none.
  version integer,
  decided_at timestamptz not null,
  required_skills text[] not null default '{}',
  additional_skills jsonb not null default '[]',
  -- Which rule decided what, and what of it held.
  reasons jsonb not null,
  -- Units of work that it takes.
  weight integer not null default 1,
  -- When somebody is looked for, again or for the first time; null: nobody is looked for.
  ask_at timestamptz,
  -- Why this owner, or why nobody.
  choice jsonb,
  chosen_at timestamptz,
  -- When a lead was told last that it goes back and forth.
  raised_at timestamptz,
  primary key (org_id, conversation_id),
  foreign key (org_id, conversation_id) references conversations (org_id, id) on delete cascade
);
create index conversation_routes_asking on conversation_routes (ask_at) where ask_at is not null;
create index conversation_routes_asking_in on conversation_routes (org_id, ask_at) where ask_at is not null;

-- What was thought of a conversation: by the machine of its newest words, and by people, whose answers stand above it.
create table conversation_triage (
  org_id uuid not null,
  conversation_id uuid not null,
  -- What the machine understood; null: nothing was to be understood.
  understood jsonb,
  answers jsonb not null default '{}',
  answered_at timestamptz,
  answered_by uuid,
  kind text,
  -- Whose word decided.
  by text not null check (by in ('person', 'network', 'machine')),
  reason jsonb not null,
  considerations text[] not null default '{}',
  open text[] not null default '{}',
  -- Whether whoever must know is told, and when they were.
  inform boolean not null,
  told_at timestamptz,
  assessed_at timestamptz not null,
  primary key (org_id, conversation_id),
  foreign key (org_id, conversation_id) references conversations (org_id, id) on delete cascade
);

create index conversation_triage_untold on conversation_triage (org_id) where inform and told_at is null;

-- What one department asks another inside a conversation; nobody outside sees it.
create table department_questions (
  org_id uuid not null,
  id uuid not null,
  conversation_id uuid not null,
  department_id uuid not null,
  -- Of whom it is asked in particular; null: of the department.
  asked_of uuid,
  question text not null,
  asked_at timestamptz not null,
  asked_by uuid not null,
  answer text,
  answered_at timestamptz,
  answered_by uuid,
  withdrawn_at timestamptz,
  primary key (org_id, id),
  foreign key (org_id, conversation_id) references conversations (org_id, id) on delete cascade,
  foreign key (org_id, department_id) references departments (org_id, id) on delete cascade
);
create index department_questions_by_conversation on department_questions (org_id, conversation_id, asked_at);
create index department_questions_open on department_questions (org_id, department_id, asked_at) where answered_at is null and withdrawn_at is null;

select protect(t::regclass) from unnest(array['member_work', 'absences', 'routing_versions', 'conversation_routes', 'conversation_triage',
  'department_questions']) t;
