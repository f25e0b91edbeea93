-- Briefs and what they become, how long content counts, what was told of it, and what helps to notice words that were said before.

create table briefs (
  org_id uuid not null references organisations on delete cascade,
  id uuid not null,
  title text not null,
  kind text not null check (kind in ('idea', 'visitor-request', 'reuse', 'campaign-need')),
  -- Which way to use the product it shows: see `uses` in publishing/briefs/types.ts.
  use text not null,
  -- Source material: what the words are made from.
  material text not null default '',
  links text[] not null default '{}',
  media_ids uuid[] not null default '{}',
  asked_by text,
  contact text,
  department_id uuid,
  campaign_id uuid,
  owner_id uuid,
  -- A day as the organisation's calendar has it.
  due_on date,
  state text not null default 'open' check (state in ('open', 'in-work', 'done', 'declined')),
  revision integer not null default 1,
  created_at timestamptz not null default now(),
  -- null: a visitor asked for it.
  created_by uuid,
  updated_at timestamptz not null default now(),
  begun_at timestamptz,
  begun_by uuid,
  ended_at timestamptz,
  ended_by uuid,
  decline_reason text,
  -- When somebody was told that its material is missing; null: not since its due day was set.
  material_warned_at timestamptz,
  primary key (org_id, id),
  foreign key (org_id, department_id) references departments (org_id, id) on delete set null (department_id),
  foreign key (org_id, campaign_id) references campaigns (org_id, id) on delete set null (campaign_id),
  foreign key (org_id, owner_id) references members (org_id, id)
);
create index briefs_by_change on briefs (org_id, updated_at desc, id desc);
create index briefs_by_due on briefs (org_id, due_on) where ended_at is null and due_on is not null;

alter table posts
  add column brief_id uuid,
  add constraint posts_brief foreign key (org_id, brief_id) references briefs (org_id, id) on delete set null (brief_id);
create index posts_by_brief on posts (org_id, brief_id) where brief_id is not null;

-- What an organisation wants of its content. No row: everything as it comes.
create table content_settings (
  org_id uuid not null references organisations on delete cascade,
  -- At most so much of what goes out is recycled, in percent.
  recycled_limit integer not null default 20 check (recycled_limit between 0 and 100),
  -- Somebody is told when an account has content for fewer days.
  stock_days integer not null default 5 check (stock_days between 0 and 365),
  -- So many days before its due day a brief's material should be there.
  material_days integer not null default 7 check (material_days between 0 and 365),
  -- By which the half-lives of channels are multiplied in this sector.
  sector_factor double precision not null default 1 check (sector_factor between 0.01 and 100),
  -- Since when visitors may ask; null: they may not.
  visitors_since timestamptz,
  visitors_by uuid,
  visitors_words text not null default '',
  primary key (org_id)
);

-- Half-lives that an organisation set itself; the others come from the connectors.
create table shelf_lives (
  org_id uuid not null references organisations on delete cascade,
  connector text not null,
  kind text not null check (kind in ('post', 'video', 'article')),
  half_life_minutes integer not null check (half_life_minutes between 1 and 100000000),
  set_at timestamptz not null,
  set_by uuid not null,
  primary key (org_id, connector, kind)
);

-- Accounts whose owner was told that their stock runs dry; goes when there is stock again.
create table stock_alerts (
  org_id uuid not null,
  account_id uuid not null,
  told_at timestamptz not null,
  primary key (org_id, account_id),
  foreign key (org_id, account_id) references accounts (org_id, id) on delete cascade
);

create table usefulness_ratings (
  org_id uuid not null,
  post_id uuid not null,
  member_id uuid not null,
  rating integer not null check (rating between 1 and 5),
  rated_at timestamptz not null,
  primary key (org_id, post_id, member_id),
  foreign key (org_id, post_id) references posts (org_id, id) on delete cascade,
  foreign key (org_id, member_id) references members (org_id, id)
);

-- Who asked lately, as a keyed hash of the address; an hour later it is gone.
create table visitor_senders (
  org_id uuid not null references organisations on delete cascade,
  id uuid not null,
  sender text not null,
  at timestamptz not null,
  primary key (org_id, id)
);
create index visitor_senders_by_sender on visitor_senders (org_id, sender, at);

-- Words that stand beside each other in what was scheduled, as numbers: who looks for similar text finds candidates by them.
create table post_marks (
  org_id uuid not null references organisations on delete cascade,
  mark integer not null,
  post_id uuid not null,
  primary key (org_id, mark, post_id)
);
create index post_marks_by_post on post_marks (org_id, post_id);

-- Posts that have some of these marks, those with most of them first; of one mark its newest posts alone, `of_mark` of them. The setting: right
-- after many posts came in, PostgreSQL knows nothing of them yet, and would rather collect and sort all of a mark than walk along the index.
create function posts_with_marks(org uuid, marks integer[], except_post uuid, of_mark integer, most integer)
  returns table (post_id uuid, shared bigint) language sql stable rows 400 set enable_bitmapscan = off as $$
  select m.post_id, count(*) as shared
  from unnest(marks) sought (mark)
    cross join lateral (select p.post_id from post_marks p where p.org_id = org and p.mark = sought.mark order by p.post_id desc limit of_mark) m
  where m.post_id <> except_post
  group by m.post_id order by shared desc, m.post_id desc limit most
$$;

-- Hash of what a variant says, as it was scheduled last: text, pictures and link, without what is added to links.
alter table variants add column said_hash text;
create index variants_by_words on variants (org_id, account_id, said_hash) where said_hash is not null;
create index variants_by_publication on variants (org_id, account_id, published_at) where published_at is not null;

select protect(t::regclass) from unnest(array['briefs', 'content_settings', 'shelf_lives', 'stock_alerts', 'usefulness_ratings',
  'visitor_senders', 'post_marks']) t;
