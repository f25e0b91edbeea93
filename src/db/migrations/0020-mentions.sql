-- Mentions: what was said, under which topics, and how often.

-- One row for each organisation that hears it. Months are partitions, so that what expires leaves at once.
create table mentions (
  org_id uuid not null,
  -- When it was said.
  at timestamptz not null,
  -- The same wherever it is heard: made of network and remote id.
  id uuid not null,
  heard_at timestamptz not null,
  source_id uuid not null,
  network text not null,
  remote_id text not null,
  kind text not null,
  title text,
  body text not null,
  url text,
  -- Made of network and the author's id there. null: nobody is named.
  author_id uuid,
  author_handle text,
  author_name text,
  author_url text,
  author_followers integer,
  language text not null,
  media text[] not null default '{}',
  links text[] not null default '{}',
  reply_to text,
  root text,
  quote_of text,
  repost_of text,
  place text,
  initiator text not null check (initiator in ('customer', 'industry', 'brand')),
  -- -1, 0, 1; null: not judged (language without a model, no words).
  sentiment smallint,
  -- Percent, as calibrated.
  sentiment_certainty smallint,
  emotion text,
  intent text,
  -- Percent.
  offensive smallint,
  crisis smallint,
  -- Somebody set labels by hand.
  labelled_at timestamptz,
  topics integer[] not null default '{}',
  -- Hashes of its words, mixed with the organisation, for search.
  words integer[] not null,
  expires_at timestamptz not null,
  primary key (org_id, at, id)
) partition by range (at);
-- Networks tell what was taken back by its id alone.
create unique index mentions_by_id on mentions (id, org_id, at);
create index mentions_by_author on mentions (author_id, org_id, at) where author_id is not null;
create index mentions_by_end on mentions (expires_at);
-- New words wait in a list before they are sorted in: writing stays quick, and searching reads the list as well.
create index mentions_by_words on mentions using gin (words) with (gin_pending_list_limit = 16384);

-- A mention under each topic that it matched, with what lists and counts ask for.
create table topic_mentions (
  org_id uuid not null,
  topic integer not null,
  at timestamptz not null,
  mention_id uuid not null,
  network text not null,
  language text not null,
  sentiment smallint,
  emotion text,
  intent text,
  kind text not null,
  initiator text not null,
  -- All of it in the index: lists and counts of a topic never touch the table.
  primary key (org_id, topic, at, mention_id) include (network, language, sentiment, emotion, intent, kind, initiator)
) partition by range (at);

create table mentions_rest partition of mentions default;
create table topic_mentions_rest partition of topic_mentions default;

create schema if not exists months;
revoke all on schema months from public;

-- Makes the month of `moment` ready. Rows that came before their month did (restored ones) move into it.
create function prepare_month(moment timestamptz) returns void language plpgsql security definer set search_path = public, pg_temp as $$
declare
  begins timestamptz := date_trunc('month', moment at time zone 'UTC') at time zone 'UTC';
  ends timestamptz := (date_trunc('month', moment at time zone 'UTC') + interval '1 month') at time zone 'UTC';
  target text;
  part text;
begin
  perform set_config('longrun.scope', 'system', true);
  foreach target in array array['mentions', 'topic_mentions'] loop
    part := target || to_char(begins at time zone 'UTC', '_YYYY_MM');
    continue when to_regclass('months.' || part) is not null;
    perform pg_advisory_xact_lock(hashtext('longrun.months'));
    continue when to_regclass('months.' || part) is not null;
    execute format('create table months.%I (like public.%I including defaults including constraints)', part, target);
    execute format(
      'with moved as (delete from public.%I where at >= %L and at < %L returning *) insert into months.%I select * from moved',
      target || '_rest', begins, ends, part);
    execute format('alter table public.%I attach partition months.%I for values from (%L) to (%L)', target, part, begins, ends);
  end loop;
end $$;

-- ── Counts, kept as mentions arrive ────────────────────────────────────────────────────────────────────────────────

create table topic_minutes (
  org_id uuid not null,
  topic integer not null,
  network text not null,
  at timestamptz not null,
  total integer not null,
  negative integer not null,
  positive integer not null,
  -- Those whose sentiment was judged.
  judged integer not null,
  primary key (org_id, topic, network, at)
);

create table topic_hours (like topic_minutes including all);
create table topic_days (like topic_minutes including all);

-- Days of the organisation's calendar are made of hours; these are days in UTC, for shares.
create table topic_day_facets (
  org_id uuid not null,
  topic integer not null,
  day date not null,
  facet text not null check (facet in ('language', 'emotion', 'intent', 'kind', 'initiator')),
  value text not null,
  total integer not null,
  primary key (org_id, topic, day, facet, value)
);

select protect(t::regclass) from unnest(array['mentions', 'topic_mentions', 'topic_minutes',
  'topic_hours', 'topic_days', 'topic_day_facets']) t;
alter table mentions_rest enable row level security;
alter table mentions_rest force row level security;
alter table topic_mentions_rest enable row level security;
alter table topic_mentions_rest force row level security;
