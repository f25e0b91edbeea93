-- The library of files: folders, tags, rights with their end, what looks alike, and which posts use which file.

create table media_folders (
  org_id uuid not null references organisations on delete cascade,
  id uuid not null,
  -- null: at the top.
  parent_id uuid,
  name text not null,
  created_at timestamptz not null default now(),
  created_by uuid not null,
  primary key (org_id, id),
  foreign key (org_id, created_by) references members (org_id, id),
  foreign key (org_id, parent_id) references media_folders (org_id, id)
);
-- Two folders beside each other have different names (whatever their case: the verb sees to that).
create unique index media_folders_by_name on media_folders
  (org_id, coalesce(parent_id, '00000000-0000-0000-0000-000000000000'), name);

alter table media
  drop constraint media_kind_check,
  add constraint media_kind_check check (kind in ('image', 'video', 'document')),
  add column folder_id uuid,
  -- In lower case, each once, in their order.
  add column tags text[] not null default '{}',
  -- On what ground it may be used. null: nobody has said.
  add column rights_basis text check (rights_basis in ('own', 'licensed', 'permission', 'free')),
  -- Who gave the licence or the permission, its text or where it is kept, where the file comes from, and the line that names its maker.
  add column rights_holder text not null default '',
  add column rights_note text not null default '',
  add column source text not null default '',
  add column credit text not null default '',
  -- The last day on which it may be used, in the organisation's time zone. null: no end.
  add column rights_until date,
  -- The last day of which somebody was told that it comes.
  add column rights_told date,
  -- 64 bits as 16 hexadecimal digits that stay similar for similar pictures. null: no picture, or one that says nothing.
  add column look text,
  -- When it was looked at for that, whatever came of it. null: never, as with files from before there was a library.
  add column looked_at timestamptz,
  add constraint media_folder foreign key (org_id, folder_id) references media_folders (org_id, id) on delete set null (folder_id);
create index media_by_folder on media (org_id, folder_id) where folder_id is not null;
create index media_never_looked_at on media (created_at) where looked_at is null and kind = 'image' and removed_at is null;
create index media_ending on media (rights_until) where rights_until is not null and removed_at is null;

-- What an organisation wants of its library; no row: as it comes.
create table media_settings (
  org_id uuid not null references organisations on delete cascade,
  -- Whether the check of a post warns of files of whose rights nobody has said anything.
  warn_unknown boolean not null,
  primary key (org_id)
);

-- Which post names which file, in its own words or in those of a variant. Kept by publishing with every change of content.
create table post_media (
  org_id uuid not null,
  media_id uuid not null,
  post_id uuid not null,
  -- The last day of the rights of which the post's owner was told that it comes before the post's time.
  told_until date,
  primary key (org_id, media_id, post_id),
  foreign key (org_id, post_id) references posts (org_id, id) on delete cascade
);
create index post_media_by_post on post_media (org_id, post_id);

-- The files that a draft names.
create function media_named(content jsonb) returns setof uuid language sql immutable as $$
  select distinct (found #>> '{}')::uuid from (
    select jsonb_path_query(content, 'lax $.segments[*].media[*].id') union all
    select jsonb_path_query(content, 'lax $.segments[*].link.imageId') union all
    select jsonb_path_query(content, 'lax $.featured.id')) named(found)
  where found #>> '{}' ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' $$;

insert into post_media (org_id, media_id, post_id)
select org_id, named, id from posts, media_named(content) named
union
select v.org_id, named, v.post_id from variants v, media_named(v.content) named where v.content is not null;

select protect(t::regclass) from unnest(array['media_folders', 'media_settings', 'post_media']) t;
