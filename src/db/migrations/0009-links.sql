-- Links in posts: the rules by which they are decorated, short links, and how often people and bots followed them.

-- No row: the defaults of publishing/links/types.ts.
create table link_rules (
  org_id uuid not null references organisations on delete cascade,
  -- Whether links get UTM parameters, and the template of each; an empty one leaves its parameter out.
  utm boolean not null,
  source text not null,
  medium text not null,
  campaign text not null,
  content text not null,
  term text not null,
  -- Every link except those to these domains, or only those to them.
  reach text not null check (reach in ('except', 'only')),
  domains text[] not null,
  -- Whether links that the rules reach become short links of our own.
  short boolean not null,
  updated_at timestamptz not null,
  updated_by uuid not null,
  primary key (org_id)
);

-- A short link. Where it leads never changes; it can only be removed, and brought back.
create table links (
  org_id uuid not null references organisations on delete cascade,
  id uuid not null,
  -- What follows the base address. Unique over all organisations: a visitor brings nothing else.
  code text collate "C" not null unique,
  -- In whose words it stands; null: made by hand, under a name.
  variant_id uuid,
  name text not null default '',
  target text not null,
  -- An address can be longer than what an index takes.
  target_hash text not null,
  created_at timestamptz not null,
  -- null: Longrun, when it froze the words.
  created_by uuid,
  removed_at timestamptz,
  removed_by uuid,
  -- Which removal of all it was: batches of clicks that were committed when there were fewer were answered before.
  removal bigint,
  primary key (org_id, id),
  foreign key (org_id, variant_id) references variants (org_id, id) on delete cascade
);
create unique index links_of_words on links (org_id, variant_id, target_hash) where variant_id is not null and removed_at is null;
-- The one above leaves removed ones out, which go with their variant all the same.
create index links_by_variant on links (org_id, variant_id) where variant_id is not null;
create index links_by_time on links (org_id, created_at desc, id desc);

-- Clicks by hour, bots apart. No address, no cookie, nothing about a person is kept.
create table link_clicks (
  org_id uuid not null,
  link_id uuid not null,
  hour timestamptz not null,
  bot boolean not null,
  clicks bigint not null,
  primary key (org_id, link_id, hour, bot),
  foreign key (org_id, link_id) references links (org_id, id) on delete cascade
) with (fillfactor = 70);
create index link_clicks_by_hour on link_clicks (org_id, hour);

-- The same, summed up, so that lists need not add up hours.
create table link_totals (
  org_id uuid not null,
  link_id uuid not null,
  people bigint not null,
  bots bigint not null,
  last_at timestamptz not null,
  primary key (org_id, link_id),
  foreign key (org_id, link_id) references links (org_id, id) on delete cascade
) with (fillfactor = 70);

-- Clicks as they were committed, one row a batch of a process: adding each to its link at once would write the same rows a hundred
-- times a second. Every second they are added up, and their rows go in the same transaction.
create table click_batches (
  org_id uuid not null references organisations on delete cascade,
  counter uuid not null,
  number bigint not null,
  hour timestamptz not null,
  bot boolean not null,
  -- When the last of them came.
  at timestamptz not null,
  -- How many links were removed when it was committed.
  removals bigint not null,
  link_ids uuid[] not null,
  clicks integer[] not null,
  primary key (org_id, counter, number, hour, bot)
) with (toast_tuple_target = 8160);

-- One row a counting process: the number of its last batch that was committed. By it a batch whose commit was left without an
-- answer is counted once when it is sent again.
create table click_counters (
  id uuid primary key,
  batch bigint not null,
  at timestamptz not null
) with (fillfactor = 50);

-- How many short links were ever removed, in one row. Processes that keep in mind where links lead look at it with every batch.
create table link_removals (
  id integer primary key check (id = 1),
  removals bigint not null
);

select protect(t::regclass) from unnest(array['link_rules', 'links', 'link_clicks', 'link_totals', 'click_batches']) t;
