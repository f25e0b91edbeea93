-- Imports: a file of posts from elsewhere, what was understood of it, how far it came, and which posts are its own.

create table imports (
  org_id uuid not null references organisations on delete cascade,
  id uuid not null,
  file_name text not null,
  format text not null check (format in ('longrun', 'plain', 'buffer', 'hootsuite', 'postiz')),
  encoding text not null,
  -- null: the file is no table of separated cells.
  delimiter text,
  columns jsonb not null,
  -- The rows as they were read; null once the posts are made: then they are the record.
  cells jsonb,
  row_count integer not null,
  -- Which column means what, defaults, and whether posts are to be scheduled.
  settings jsonb not null,
  state text not null check (state in ('open', 'running', 'stopping', 'done', 'undoing', 'undone')),
  created_at timestamptz not null,
  created_by uuid not null,
  started_at timestamptz,
  -- For whom the rows are written: who pressed the button, with the rights of that moment.
  run_by jsonb,
  -- How often the work broke off since a person began it.
  tries integer not null default 0,
  finished_at timestamptz,
  undone_at timestamptz,
  undone_by uuid,
  -- Rows (of an undo: posts) that were dealt with so far.
  progress integer not null default 0,
  imported integer not null default 0,
  -- Rows that were not taken, or only as drafts, and why.
  problems jsonb not null default '[]',
  removed integer not null default 0,
  -- Posts that an undo left, and why.
  kept jsonb not null default '[]',
  primary key (org_id, id)
);
create index imports_by_time on imports (org_id, created_at desc, id desc);

alter table posts
  add column import_id uuid,
  add column import_row integer,
  -- What it was when the import was done with it; an undo takes away only what is still that.
  add column import_mark text,
  add constraint posts_import foreign key (org_id, import_id) references imports (org_id, id) on delete set null (import_id);
create unique index posts_of_import on posts (org_id, import_id, import_row) where import_id is not null;

select protect(t::regclass) from unnest(array['imports']) t;
