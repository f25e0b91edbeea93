-- Records of potential issues with what happened to them; what was heard behind an alert, in three steps of severity; plans of our own.

create table issues (
  org_id uuid not null references organisations on delete cascade,
  id uuid not null,
  topic integer not null,
  title text not null,
  state text not null check (state in ('open', 'handled', 'closed')),
  -- Why it was closed; null while it is not.
  reason text check (reason in ('real', 'false', 'planned', 'over')),
  owner_id uuid,
  -- The gravest of its alerts; one that people opened waits to be looked at.
  severity text not null check (severity in ('watch', 'act', 'act-now')),
  opened_at timestamptz not null,
  -- null: an alert opened it.
  opened_by uuid,
  changed_at timestamptz not null,
  closed_at timestamptz,
  closed_by uuid,
  primary key (org_id, id),
  foreign key (org_id, topic) references topics (org_id, number) on delete cascade,
  foreign key (org_id, owner_id) references members (org_id, id)
);
create index issues_by_change on issues (org_id, changed_at desc, id desc);
-- One at a time for each topic: what else is seen there joins it.
create unique index issues_one_open on issues (org_id, topic) where state <> 'closed';

alter table alerts
  add column issue_id uuid,
  -- Reach of the authors and new words behind it, as figures; empty where nothing was looked at.
  add column heard jsonb not null default '{}',
  -- What of our own it came with, where nobody announced it.
  add column planned_campaign_id uuid,
  add column planned_post_id uuid,
  add foreign key (org_id, issue_id) references issues (org_id, id) on delete set null (issue_id),
  add foreign key (org_id, planned_campaign_id) references campaigns (org_id, id) on delete set null (planned_campaign_id),
  add foreign key (org_id, planned_post_id) references posts (org_id, id) on delete set null (planned_post_id),
  drop constraint alerts_severity_check;
create index alerts_by_issue on alerts (org_id, issue_id) where issue_id is not null;
create index alerts_by_planned_campaign on alerts (org_id, planned_campaign_id) where planned_campaign_id is not null;
create index alerts_by_planned_post on alerts (org_id, planned_post_id) where planned_post_id is not null;

update alerts set severity = case severity when 'critical' then 'act-now' when 'high' then 'act' else 'watch' end;
-- Slow rises had no end until now: those that still stand are over.
update alerts set ended_at = greatest(raised_at, now()) where trigger = 'slow-rise' and ended_at is null;
alter table alerts add constraint alerts_severity_check check (severity in ('watch', 'act', 'act-now'));

-- What happened to an issue, one row each, never changed.
create table issue_entries (
  org_id uuid not null,
  issue_id uuid not null,
  id uuid not null,
  kind text not null check (kind in ('opened', 'alert', 'evidence', 'note', 'state', 'owner', 'title')),
  at timestamptz not null,
  -- null: Longrun itself.
  by uuid,
  alert_id uuid,
  -- Of evidence. The mention may expire before the issue does.
  mention_id uuid,
  note text not null default '',
  facts jsonb not null default '{}',
  primary key (org_id, issue_id, id),
  foreign key (org_id, issue_id) references issues (org_id, id) on delete cascade,
  foreign key (org_id, alert_id) references alerts (org_id, id) on delete set null (alert_id)
);
create index issue_entries_by_time on issue_entries (org_id, issue_id, at desc, id desc);
create index issue_entries_by_alert on issue_entries (org_id, alert_id) where alert_id is not null;
-- A mention is evidence of an issue once.
create unique index issue_evidence_once on issue_entries (org_id, issue_id, mention_id) where mention_id is not null;

select protect(t::regclass) from unnest(array['issues', 'issue_entries']) t;
