-- Approval before publishing: lanes, where they apply, guardrails that raise the tier, requests with their votes, and people outside.

-- Somebody without a user here who is asked for consent. Name and address are all that is kept.
create table outsiders (
  org_id uuid not null references organisations on delete cascade,
  id uuid not null,
  name text not null,
  email text not null,
  created_at timestamptz not null,
  created_by uuid not null,
  removed_at timestamptz,
  removed_by uuid,
  primary key (org_id, id)
);

create unique index outsiders_known on outsiders (org_id, email) where removed_at is null;

alter table events
  drop constraint events_actor_kind_check,
  add constraint events_actor_kind_check check (actor_kind in ('member', 'token', 'system', 'network', 'outsider'));

-- A named way of approval: its steps in order, who has to agree at each, and when it climbs.
create table lanes (
  org_id uuid not null references organisations on delete cascade,
  id uuid not null,
  name text not null,
  kind text not null check (kind in ('ordinary', 'fast', 'investor')),
  steps jsonb not null,
  -- Of a fast lane: its time box, who may use it, and what happens when nobody answers.
  fast jsonb,
  created_at timestamptz not null,
  created_by uuid not null,
  updated_at timestamptz not null,
  retired_at timestamptz,
  retired_by uuid,
  primary key (org_id, id)
);
create index lanes_in_use on lanes (org_id) where retired_at is null;

create table lane_assignments (
  org_id uuid not null,
  id uuid not null,
  lane_id uuid not null,
  scope text not null check (scope in ('organisation', 'account', 'campaign', 'department')),
  -- null: the whole organisation.
  scope_id uuid,
  created_at timestamptz not null,
  created_by uuid not null,
  -- What a lane is for cannot go away from under it: nobody would be asked any more, without anybody having decided so.
  account_id uuid generated always as (case when scope = 'account' then scope_id end) stored,
  campaign_id uuid generated always as (case when scope = 'campaign' then scope_id end) stored,
  department_id uuid generated always as (case when scope = 'department' then scope_id end) stored,
  primary key (org_id, id),
  unique nulls not distinct (org_id, lane_id, scope, scope_id),
  foreign key (org_id, lane_id) references lanes (org_id, id) on delete cascade,
  foreign key (org_id, account_id) references accounts (org_id, id),
  foreign key (org_id, campaign_id) references campaigns (org_id, id),
  foreign key (org_id, department_id) references departments (org_id, id)
);
create index lane_assignments_of_department on lane_assignments (org_id, department_id) where department_id is not null;

-- A rule that looks at the words, the time or the accounts of a post; where it matches, a lane is added and says why.
create table guardrails (
  org_id uuid not null,
  id uuid not null,
  name text not null,
  kind text not null check (kind in ('domain-not-listed', 'domain-listed', 'money', 'competitors', 'words', 'quiet-period', 'first-post',
    'many-accounts')),
  settings jsonb not null,
  -- Empty: all accounts.
  account_ids uuid[] not null default '{}',
  lane_id uuid not null,
  created_at timestamptz not null,
  created_by uuid not null,
  removed_at timestamptz,
  removed_by uuid,
  primary key (org_id, id),
  foreign key (org_id, lane_id) references lanes (org_id, id)
);

-- One question about exact renditions of one post. What was asked never changes; other words are another request.
create table approval_requests (
  org_id uuid not null,
  id uuid not null,
  post_id uuid not null,
  asked_by uuid not null,
  asked_at timestamptz not null,
  note text not null default '',
  -- Who wrote the words, as far as steps ask for somebody else.
  authors uuid[] not null,
  due_at timestamptz not null,
  -- To go out as soon as it is approved; due_at is then when it was asked for.
  at_once boolean not null default false,
  findings jsonb not null default '[]',
  -- Of the fast lane: when its time box ends, what happens then if nobody answered, and when that was noticed.
  box_ends_at timestamptz,
  when_silent text check (when_silent in ('hold', 'go')),
  box_over_at timestamptz,
  state text not null check (state in ('open', 'granted', 'rejected', 'voided', 'withdrawn')),
  -- When it was granted, whatever became of it later.
  granted_at timestamptz,
  ended_at timestamptz,
  -- A member or a person outside; null: Longrun itself.
  ended_by uuid,
  reason text,
  -- When people were told that its time had come without consent, and how it ended.
  late_told_at timestamptz,
  end_told_at timestamptz,
  -- When the minute job has to look at it next; null: never.
  look_at timestamptz,
  primary key (org_id, id),
  foreign key (org_id, post_id) references posts (org_id, id) on delete cascade
);
create index approval_requests_by_post on approval_requests (org_id, post_id, asked_at desc);
create index approval_requests_by_time on approval_requests (org_id, asked_at desc, id desc);
create unique index approval_requests_one_open on approval_requests (org_id, post_id) where state = 'open';
create index approval_requests_to_look_at on approval_requests (look_at) where look_at is not null;

create table approval_renditions (
  org_id uuid not null,
  request_id uuid not null,
  variant_id uuid not null,
  account_id uuid not null,
  content_hash text not null,
  -- What somebody wrote, and exactly what goes out.
  words jsonb not null,
  content jsonb not null,
  -- When it was edited or taken out: no consent holds for it from then on.
  voided_at timestamptz,
  primary key (org_id, request_id, variant_id),
  foreign key (org_id, request_id) references approval_requests (org_id, id) on delete cascade
);
create index approval_renditions_by_variant on approval_renditions (org_id, variant_id);

-- The steps that a request has to pass, as the lanes were when it was asked. Each rung is climbed once: its time is its mark.
create table approval_steps (
  org_id uuid not null,
  id uuid not null,
  request_id uuid not null,
  -- null: anybody who may schedule, or somebody invited to this request alone.
  lane_id uuid,
  lane_name text not null,
  kind text not null check (kind in ('ordinary', 'fast', 'investor', 'anybody', 'invited')),
  position integer not null,
  rule jsonb not null,
  -- Why this lane applies.
  reasons jsonb not null,
  opened_at timestamptz,
  told_at timestamptz,
  reminded_at timestamptz,
  deputy_at timestamptz,
  manager_at timestamptz,
  satisfied_at timestamptz,
  primary key (org_id, id),
  foreign key (org_id, request_id) references approval_requests (org_id, id) on delete cascade
);
create index approval_steps_by_request on approval_steps (org_id, request_id, position);

-- Append-only; of one person the newest counts.
create table approval_votes (
  org_id uuid not null,
  id uuid not null,
  request_id uuid not null,
  voter_kind text not null check (voter_kind in ('member', 'outsider')),
  voter_id uuid not null,
  vote text not null check (vote in ('approve', 'reject')),
  reason text not null default '',
  at timestamptz not null,
  primary key (org_id, id),
  foreign key (org_id, request_id) references approval_requests (org_id, id) on delete cascade
);
create index approval_votes_by_request on approval_votes (org_id, request_id, at);

create table approval_comments (
  org_id uuid not null,
  id uuid not null,
  request_id uuid not null,
  variant_id uuid not null,
  content_hash text not null,
  author_kind text not null check (author_kind in ('member', 'outsider')),
  author_id uuid not null,
  text text not null,
  -- Other words for one segment; null: a comment alone.
  segment integer,
  suggestion text,
  taken_at timestamptz,
  taken_by uuid,
  at timestamptz not null,
  primary key (org_id, id),
  foreign key (org_id, request_id) references approval_requests (org_id, id) on delete cascade
);
create index approval_comments_by_request on approval_comments (org_id, request_id, at);

-- The way of a person outside to one request. The secret itself is kept nowhere.
create table review_links (
  org_id uuid not null,
  id uuid not null,
  request_id uuid not null,
  outsider_id uuid not null,
  secret_hash text not null unique,
  created_at timestamptz not null,
  -- null: Longrun itself, when their step began.
  created_by uuid,
  mailed boolean not null default false,
  expires_at timestamptz not null,
  revoked_at timestamptz,
  revoked_by uuid,
  last_used_at timestamptz,
  uses integer not null default 0,
  primary key (org_id, id),
  foreign key (org_id, request_id) references approval_requests (org_id, id) on delete cascade,
  foreign key (org_id, outsider_id) references outsiders (org_id, id)
);
create index review_links_by_request on review_links (org_id, request_id);

select protect(t::regclass) from unnest(array['outsiders', 'lanes', 'lane_assignments', 'guardrails', 'approval_requests', 'approval_renditions',
  'approval_steps', 'approval_votes', 'approval_comments', 'review_links']) t;
