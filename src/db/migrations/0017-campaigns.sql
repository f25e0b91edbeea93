-- Campaigns in full, and the crossing points at which they meet always-on.

alter table campaigns
  -- [{ name, beginsOn, endsOn }], in their order; each within the campaign.
  add column phases jsonb not null default '[]',
  -- [{ label, url }]
  add column links jsonb not null default '[]',
  -- Media, in the order in which they are shown.
  add column asset_ids uuid[] not null default '{}',
  add column updated_by uuid,
  -- What of a feed it was begun from.
  add column source_item_id uuid,
  -- For how many days before its first day it has been told that it comes near.
  add column neared integer[] not null default '{}',
  -- When its owner was told that it is over and not closed.
  add column over_told_at timestamptz,
  -- When somebody was told that its owner has left and no deputy is there.
  add column orphan_told_at timestamptz;

-- What a campaign came to, written at each closing.
create table campaign_reports (
  org_id uuid not null,
  id uuid not null,
  campaign_id uuid not null,
  made_at timestamptz not null,
  report jsonb not null,
  primary key (org_id, id),
  foreign key (org_id, campaign_id) references campaigns (org_id, id) on delete cascade
);
create index campaign_reports_by_campaign on campaign_reports (org_id, campaign_id, made_at);

-- When campaign and always-on meet, what follows, and who is told.
create table crossing_points (
  org_id uuid not null references organisations on delete cascade,
  id uuid not null,
  -- Of those that every organisation has; null: one of its own.
  key text,
  name text not null,
  -- A verb of the event log.
  trigger_verb text not null,
  -- [{ fact, is, value }]: all of them hold.
  conditions jsonb not null default '[]',
  action text not null check (action in ('tell', 'hand-over', 'hold-campaign', 'hold-campaigns', 'report', 'make-brief', 'quick-campaign', 'use-listening')),
  -- { daysBefore, text }
  options jsonb not null default '{}',
  -- { owner, memberIds, roles, departmentIds }
  tell jsonb not null,
  revision integer not null default 1,
  created_at timestamptz not null,
  -- null: Longrun itself.
  created_by uuid,
  changed_at timestamptz,
  changed_by uuid,
  -- null: it is on.
  disabled_at timestamptz,
  disabled_by uuid,
  primary key (org_id, id)
);
create unique index crossing_points_by_key on crossing_points (org_id, key) where key is not null;

-- Every time a point fired: what made it, what it did, or why it failed.
create table crossing_firings (
  org_id uuid not null,
  id uuid not null,
  point_id uuid not null,
  -- The event that made it fire; null: a person did.
  event_seq bigint,
  fired_by uuid,
  -- Nothing is held or written; those who would be told are told that it is a rehearsal.
  rehearsal boolean not null default false,
  -- { verb, subject, facts } of what made it fire.
  cause jsonb not null,
  campaign_id uuid,
  post_id uuid,
  at timestamptz not null,
  state text not null check (state in ('pending', 'done', 'failed')),
  outcome jsonb,
  error text,
  tries integer not null default 0,
  ended_at timestamptz,
  -- Of a hand-over to always-on: who took it.
  taken_at timestamptz,
  taken_by uuid,
  primary key (org_id, id),
  foreign key (org_id, point_id) references crossing_points (org_id, id) on delete cascade
);
-- An event fires a point once, whatever dies in between.
create unique index crossing_firings_once on crossing_firings (org_id, point_id, event_seq) where event_seq is not null;
create index crossing_firings_by_point on crossing_firings (org_id, point_id, at desc, id desc);
create index crossing_firings_by_campaign on crossing_firings (org_id, campaign_id, at desc, id desc) where campaign_id is not null;
create index crossing_firings_pending on crossing_firings (org_id, id) where state = 'pending';

-- How far each organisation's events have been read for its crossing points. What is older than the points made none fire.
create table crossing_places (
  org_id uuid primary key references organisations on delete cascade,
  seq bigint not null
);
insert into crossing_places (org_id, seq) select org_id, seq from event_heads;

select protect(t::regclass) from unnest(array['campaign_reports', 'crossing_points', 'crossing_firings', 'crossing_places']) t;
