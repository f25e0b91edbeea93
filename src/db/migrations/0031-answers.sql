-- Answers to people. They go the way of posts through the same ledger, and are none: having no row in `posts`, they stand in no list, calendar, search,
-- export or figure of posts, and nobody reads the words of a conversation there.

create table answers (
  org_id uuid not null references organisations on delete cascade,
  id uuid not null,
  conversation_id uuid not null,
  -- The words as they were typed; what goes out is frozen in the variant.
  content jsonb not null,
  -- What is answered: its kind, the beginning of its thread, the message itself.
  said_kind text not null,
  root jsonb,
  previous jsonb not null,
  -- Whose holds bind it.
  department_id uuid,
  created_at timestamptz not null,
  created_by uuid not null,
  updated_at timestamptz not null,
  updated_by uuid not null,
  primary key (org_id, id),
  foreign key (org_id, conversation_id) references conversations (org_id, id) on delete cascade,
  foreign key (org_id, department_id) references departments (org_id, id) on delete set null (department_id)
);
create index answers_by_conversation on answers (org_id, conversation_id, id);
select protect(t::regclass) from unnest(array['answers']) t;

-- What goes to an account is a post or an answer.
alter table variants
  alter column post_id drop not null,
  add column answer_id uuid,
  add constraint variants_answer foreign key (org_id, answer_id) references answers (org_id, id) on delete cascade,
  add constraint variants_of_one check (num_nonnulls(post_id, answer_id) = 1);
create unique index variants_of_answer on variants (org_id, answer_id) where answer_id is not null;
-- Answers that may still go out: they keep their files.
create index variants_open_answers on variants (org_id) where answer_id is not null and state not in ('published', 'removed', 'cancelled');
