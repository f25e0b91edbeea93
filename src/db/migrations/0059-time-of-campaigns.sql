-- Which campaign time and sessions are for; null: none, which is most of what goes on always.

alter table time_entries add column campaign_id uuid,
  add foreign key (org_id, campaign_id) references campaigns (org_id, id) on delete set null (campaign_id);
alter table running_timers add column campaign_id uuid,
  add foreign key (org_id, campaign_id) references campaigns (org_id, id) on delete set null (campaign_id);
alter table plan_sessions add column campaign_id uuid,
  add foreign key (org_id, campaign_id) references campaigns (org_id, id) on delete set null (campaign_id);
create index time_entries_of_campaign on time_entries (org_id, campaign_id) where campaign_id is not null;
create index plan_sessions_of_campaign on plan_sessions (org_id, campaign_id) where campaign_id is not null;
