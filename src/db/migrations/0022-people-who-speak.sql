-- What people capture by hand, alone or as a file; who speaks, and what is known and agreed of them; how long what was heard is kept.

-- ── Captured by hand ───────────────────────────────────────────────────────────────────────────────────────────────

create table capture_imports (
  org_id uuid not null references organisations on delete cascade,
  id uuid not null,
  file_name text not null,
  source_id uuid not null,
  row_count integer not null,
  stored integer not null,
  -- Rows that were there already.
  known integer not null,
  -- The first of them, by line and column.
  problems jsonb not null default '[]',
  created_at timestamptz not null,
  created_by uuid not null,
  undone_at timestamptz,
  undone_by uuid,
  removed integer not null default 0,
  primary key (org_id, id),
  foreign key (org_id, source_id) references sources (org_id, id)
);
create index capture_imports_by_time on capture_imports (org_id, created_at desc, id desc);

-- What a person knows of a mention that they brought. It goes with its mention.
create table captures (
  org_id uuid not null references organisations on delete cascade,
  mention_id uuid not null,
  -- When it was said, as its mention has it.
  at timestamptz not null,
  source_id uuid not null,
  import_id uuid,
  note text not null default '',
  captured_at timestamptz not null,
  captured_by uuid not null,
  primary key (org_id, mention_id),
  foreign key (org_id, source_id) references sources (org_id, id),
  foreign key (org_id, import_id) references capture_imports (org_id, id)
);
create index captures_by_time on captures (org_id, captured_at desc, mention_id desc);
create index captures_by_import on captures (org_id, import_id) where import_id is not null;

-- ── Who speaks ─────────────────────────────────────────────────────────────────────────────────────────────────────

-- What a network says of people whom a stream names by an id alone. Belongs to the installation, as readers do.
create table heard_authors (
  -- As mentions have it.
  id uuid primary key,
  network text not null,
  remote_id text not null,
  handle text,
  name text,
  url text,
  followers integer,
  heard_at timestamptz not null,
  looked_at timestamptz,
  -- When to ask (again).
  due_at timestamptz not null,
  tries integer not null default 0
);
create index heard_authors_due on heard_authors (network, due_at);
create index heard_authors_by_time on heard_authors (heard_at);
alter table heard_authors enable row level security;
alter table heard_authors force row level security;
create policy walls on heard_authors using ((select is_system())) with check ((select is_system()));

alter table reader_samples add column author_id uuid;
create index reader_samples_by_author on reader_samples (author_id) where author_id is not null;

-- One-way: by it somebody who objected is recognised and left alone, and nobody can be found.
create function objection_key(org uuid, author uuid) returns uuid language sql immutable as
  $$ select overlay(overlay(substr(encode(sha256(convert_to(org::text || E'\n' || author::text, 'UTF8')), 'hex'), 1, 32)
    placing '8' from 13) placing '8' from 17)::uuid $$;

create table authors (
  org_id uuid not null references organisations on delete cascade,
  -- As mentions have it; after an objection its key.
  id uuid not null,
  network text not null,
  handle text,
  name text,
  url text,
  followers integer,
  state text not null check (state in ('spotted', 'checked', 'approach-decided', 'in-contact', 'advocate', 'critic-followed', 'do-not-contact')),
  purpose text not null check (purpose in ('answering', 'advocacy', 'research')),
  note text not null default '',
  channel text,
  approacher_id uuid,
  spotted_at timestamptz not null,
  changed_at timestamptz not null,
  last_spoke_at timestamptz not null,
  last_contact_at timestamptz,
  -- null: on the list of those not to contact, with nothing else.
  expires_at timestamptz,
  objected_at timestamptz,
  -- Mentions that the score rests on, and its parts, as figures.
  mentions integer not null default 0,
  score jsonb,
  -- The cautious end, by which people are ranked.
  score_low real,
  side text check (side in ('advocate', 'critic', 'none')),
  scored_at timestamptz,
  primary key (org_id, id),
  foreign key (org_id, approacher_id) references members (org_id, id)
);
create index authors_by_score on authors (org_id, score_low desc nulls last, id);
create index authors_by_end on authors (expires_at) where expires_at is not null;

create table author_moves (
  org_id uuid not null,
  author_id uuid not null,
  id uuid not null,
  from_state text not null,
  to_state text not null,
  -- What was stated with it.
  facts jsonb not null,
  note text not null default '',
  at timestamptz not null,
  by uuid not null,
  primary key (org_id, author_id, id),
  foreign key (org_id, author_id) references authors (org_id, id) on delete cascade
);

-- What the figures of people rest on; one row once they were worked out.
create table author_scorings (
  org_id uuid primary key references organisations on delete cascade,
  at timestamptz not null,
  since timestamptz not null,
  looked_at integer not null,
  spoke integer not null,
  scored integer not null
);

-- ── How long what was heard is kept ────────────────────────────────────────────────────────────────────────────────

-- One row where somebody changed it; without one, as long as the class allows.
create table retention_rules (
  org_id uuid not null references organisations on delete cascade,
  class text not null check (class in ('public', 'private', 'by-hand')),
  days integer not null check (days between 1 and 730),
  changed_at timestamptz not null,
  changed_by uuid not null,
  primary key (org_id, class)
);

create trigger listening_changed after insert or update or delete on retention_rules for each statement execute function listening_changed();

select protect(t::regclass) from unnest(array['capture_imports', 'captures', 'authors', 'author_moves', 'author_scorings', 'retention_rules']) t;
