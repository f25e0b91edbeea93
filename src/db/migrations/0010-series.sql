-- Recurring posts, the places whose holidays an organisation keeps in sight, and secret addresses of calendar feeds.

-- What is repeated: words, accounts and belonging as a template, and when, as a rule in wall time.
create table series (
  org_id uuid not null references organisations on delete cascade,
  id uuid not null,
  content jsonb not null,
  summary text not null,
  -- [{ accountId, content }]; content null: follows the template.
  variants jsonb not null,
  -- `Belonging` without its origin.
  belonging jsonb not null,
  -- Value of an RRULE (RFC 5545), without the time of day: that is start_wall's.
  rule text not null,
  start_wall timestamp not null,
  zone text not null,
  -- Later occurrences belong to another series, which follows this one. null: as the rule says.
  ends_before timestamp,
  follows_id uuid,
  -- Whether occurrences are scheduled by themselves; else they are drafts at their time.
  scheduled boolean not null,
  -- The post it began with.
  first_post_id uuid,
  -- On whose behalf occurrences are made: who began or last changed it.
  by_member uuid not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  paused_at timestamptz,
  paused_by uuid,
  ended_at timestamptz,
  ended_by uuid,
  -- When occurrences have to be made next; null: never again.
  make_at timestamptz,
  worker_id uuid,
  lease_until timestamptz,
  primary key (org_id, id),
  foreign key (org_id, by_member) references members (org_id, id),
  foreign key (org_id, first_post_id) references posts (org_id, id) on delete set null (first_post_id)
);
create index series_to_make on series (make_at) where make_at is not null;

-- One occurrence of a series: its key is the wall time that the rule gives, so it is made once, whoever makes it.
create table occurrences (
  org_id uuid not null,
  series_id uuid not null,
  wall timestamp not null,
  -- null: left out (RFC 5545 EXDATE).
  post_id uuid,
  -- Where the clock is set forward over its time: the same time after the change. Else null.
  moved_to timestamp,
  -- The clock is set back and the time comes twice: it goes out at the first.
  twice boolean not null default false,
  made_at timestamptz not null,
  -- When it was scheduled, or left as the draft that it is meant to be; null: still to be done.
  settled_at timestamptz,
  -- Why it could not be scheduled; it is a draft then.
  trouble text,
  -- Since when it stands for itself: changes of the series leave it alone.
  detached_at timestamptz,
  left_out_at timestamptz,
  left_out_by uuid,
  primary key (org_id, series_id, wall),
  unique (org_id, post_id),
  foreign key (org_id, series_id) references series (org_id, id) on delete cascade,
  foreign key (org_id, post_id) references posts (org_id, id) on delete set null (post_id)
);

create table holiday_places (
  org_id uuid not null references organisations on delete cascade,
  id uuid not null,
  country text not null,
  state text,
  region text,
  position integer not null,
  primary key (org_id, id),
  unique nulls not distinct (org_id, country, state, region)
);

-- A secret address under which calendar programs read what one member may see. The secret itself is kept nowhere.
create table calendar_feeds (
  org_id uuid not null,
  id uuid not null,
  member_id uuid not null,
  name text not null,
  scope text not null check (scope in ('all', 'mine', 'account', 'campaign')),
  -- Of the account or campaign; null where the scope needs none.
  scope_id uuid,
  secret_hash text not null unique,
  created_at timestamptz not null,
  renewed_at timestamptz,
  revoked_at timestamptz,
  last_read_at timestamptz,
  primary key (org_id, id),
  foreign key (org_id, member_id) references members (org_id, id)
);
create index calendar_feeds_by_member on calendar_feeds (org_id, member_id);

select protect(t::regclass) from unnest(array['series', 'occurrences', 'holiday_places', 'calendar_feeds']) t;
