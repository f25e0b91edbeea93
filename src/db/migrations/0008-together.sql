-- What a post belongs to (campaign, department, owner), and what keeps it from going out: consent that is not there, and holds.

create table campaigns (
  org_id uuid not null references organisations on delete cascade,
  id uuid not null,
  name text not null,
  kind text not null check (kind in ('trade-show', 'advertisement', 'promotion', 'event', 'other')),
  goal text not null default '',
  audience text not null default '',
  -- Days as people's calendars have them, in time_zone; the end is part of it.
  begins_on date not null,
  ends_on date not null,
  time_zone text not null,
  -- In the smallest unit of the currency. null: none was set.
  budget bigint,
  currency text,
  owner_id uuid not null,
  deputy_id uuid,
  department_id uuid,
  created_at timestamptz not null default now(),
  created_by uuid not null,
  updated_at timestamptz not null default now(),
  revision integer not null default 1,
  -- When its first day began, as Longrun noticed it.
  begun_at timestamptz,
  closed_at timestamptz,
  closed_by uuid,
  closing_note text,
  primary key (org_id, id),
  foreign key (org_id, owner_id) references members (org_id, id),
  foreign key (org_id, deputy_id) references members (org_id, id),
  foreign key (org_id, department_id) references departments (org_id, id) on delete set null (department_id)
);
create index campaigns_by_time on campaigns (org_id, begins_on, id);

alter table posts
  -- null: always-on.
  add column campaign_id uuid,
  add column department_id uuid,
  -- Who answers for it; null: who wrote it.
  add column owner_id uuid,
  add column initiator text not null default 'brand' check (initiator in ('brand', 'customer', 'industry')),
  add column origin text not null default 'original' check (origin in ('original', 'adapted', 'recycled')),
  -- What it was adapted or recycled from, and for whom.
  add column origin_post_id uuid,
  add column adapted_for text,
  add constraint posts_campaign foreign key (org_id, campaign_id) references campaigns (org_id, id) on delete set null (campaign_id),
  add constraint posts_department foreign key (org_id, department_id) references departments (org_id, id) on delete set null (department_id),
  add constraint posts_owner foreign key (org_id, owner_id) references members (org_id, id),
  add constraint posts_origin foreign key (org_id, origin_post_id) references posts (org_id, id) on delete set null (origin_post_id);
create index posts_by_campaign on posts (org_id, campaign_id, due_at) where campaign_id is not null;
create index posts_by_department on posts (org_id, department_id, due_at) where department_id is not null;

-- One hold stops many posts: all of a campaign, an account, a department, or everything. A single post is held by its own state.
create table holds (
  org_id uuid not null references organisations on delete cascade,
  id uuid not null,
  scope text not null check (scope in ('campaigns', 'campaign', 'account', 'department', 'everything')),
  -- Of the campaign, account or department; null where the scope needs none.
  scope_id uuid,
  reason text not null,
  begun_at timestamptz not null,
  -- A member; null: Longrun itself, by a rule.
  begun_by uuid,
  -- When it ends by itself; null: by a person.
  ends_at timestamptz,
  ended_at timestamptz,
  -- null with ended_at: its time was over.
  ended_by uuid,
  -- How many variants it stopped when it began, and how many were on their way already.
  stopped integer not null default 0,
  under_way integer not null default 0,
  primary key (org_id, id)
);
create index holds_active on holds (org_id) where ended_at is null;
create index holds_ending on holds (ends_at) where ended_at is null and ends_at is not null;

-- Whether a hold binds a post's variant now. Used by the sweep, by the permission to write, and by the pages that explain.
create function binding_hold(org uuid, campaign uuid, account uuid, department uuid, at timestamptz) returns uuid language sql stable as $$
  select h.id from holds h
  where h.org_id = org and h.ended_at is null and (h.ends_at is null or h.ends_at > at)
    and (h.scope = 'everything' or h.scope = 'campaigns' and campaign is not null
      or h.scope = 'campaign' and h.scope_id = campaign or h.scope = 'account' and h.scope_id = account
      or h.scope = 'department' and h.scope_id = department)
  order by h.begun_at, h.id limit 1 $$;

alter table variants
  -- Exactly what goes out, made when it is scheduled or shown for approval (its links are final here). null: not frozen yet.
  add column frozen jsonb,
  -- Whether somebody has to consent first, and to which content they did.
  add column needs_approval boolean not null default false,
  add column approved_hash text,
  -- The hold that stopped it; null: none, or a person held this one.
  add column hold_id uuid,
  drop constraint variants_state_check,
  add constraint variants_state_check check (state in ('draft', 'in-review', 'scheduled', 'sending', 'processing', 'looking-up',
    'unconfirmed', 'held', 'parked', 'published', 'rejected', 'cancelled', 'removed'));
create index variants_by_hold on variants (org_id, hold_id) where hold_id is not null;
create index variants_in_review on variants (org_id, due_at) where state = 'in-review';

create or replace function variant_urgency(state text) returns integer language sql immutable as
  $$ select array_position(array['unconfirmed', 'rejected', 'parked', 'held', 'in-review', 'looking-up', 'sending', 'processing', 'scheduled',
    'draft', 'published', 'removed', 'cancelled'], state) $$;

select protect(t::regclass) from unnest(array['campaigns', 'holds']) t;
