-- Conversations that we begin: told apart from those in which people spoke to us, and planned by the week.

alter table conversations
  -- Who spoke to the other first. What was heard and not said to us does not count.
  add column initiator text not null default 'them' check (initiator in ('them', 'we')),
  -- When we did; null: they did, or we have not yet.
  add column begun_by_us_at timestamptz;
create index conversations_begun_by_us on conversations (org_id, begun_by_us_at) where begun_by_us_at is not null;
update conversations c set initiator = 'we', begun_by_us_at = first.at
  from (select distinct on (org_id, conversation_id) org_id, conversation_id, is_ours, at from messages order by org_id, conversation_id, at, id) first
  where first.org_id = c.org_id and first.conversation_id = c.id and first.is_ours;

-- How many conversations are to be begun in a week; what held before stays.
create table conversation_goals (
  org_id uuid not null references organisations on delete cascade,
  id uuid not null,
  -- null: the whole organisation.
  department_id uuid,
  -- The Monday from which on it holds.
  from_week date not null,
  -- 0: none any more.
  weekly integer not null check (weekly between 0 and 1000),
  set_at timestamptz not null,
  set_by uuid not null,
  primary key (org_id, id),
  unique nulls not distinct (org_id, department_id, from_week),
  foreign key (org_id, department_id) references departments (org_id, id) on delete cascade
);
select protect(t::regclass) from unnest(array['conversation_goals']) t;
