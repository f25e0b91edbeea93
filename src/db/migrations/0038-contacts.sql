-- People who speak to us: found by name, put together and apart by people, with notes, tags and consents; and walls of what came after them.

select wall_by_conversation(t::regclass) from unnest(array['conversation_words', 'conversation_routes', 'conversation_triage',
  'department_questions']) t;
create policy departments on conversation_joins as restrictive using ((select sees_all())
  or (select true from conversations c where c.org_id = conversation_joins.org_id and c.id = conversation_joins.into_id));

-- For lists in the order of names, found by their beginnings.
alter table contacts add column sort_name text collate "C" generated always as (lower(name)) stored;
create index contacts_by_name on contacts (org_id, sort_name, id);

-- The words of names and handles. By identity, so that nobody is found by what is known behind a wall.
create table identity_words (
  org_id uuid not null,
  word text collate "C" not null,
  network text not null,
  remote_id text not null,
  primary key (org_id, word, network, remote_id),
  foreign key (org_id, network, remote_id) references contact_identities (org_id, network, remote_id) on delete cascade
);
create index identity_words_by_identity on identity_words (org_id, network, remote_id);
insert into identity_words (org_id, word, network, remote_id)
  select distinct i.org_id, left(word, 60), i.network, i.remote_id
    from contact_identities i, regexp_split_to_table(lower(concat_ws(' ', i.name, i.handle)), '[^[:alnum:]]+') word where word <> '';

-- Persons put together or apart: which identities went from whom to whom, so that it can be undone.
create table contact_moves (
  org_id uuid not null references organisations on delete cascade,
  id uuid not null,
  kind text not null check (kind in ('merged', 'split')),
  from_id uuid not null,
  to_id uuid not null,
  -- Of notes, tags and consents that went along.
  kept_ids uuid[] not null default '{}',
  at timestamptz not null,
  by uuid not null,
  undone_at timestamptz,
  undone_by uuid,
  primary key (org_id, id),
  foreign key (org_id, from_id) references contacts (org_id, id) on delete cascade,
  foreign key (org_id, to_id) references contacts (org_id, id) on delete cascade
);
create index contact_moves_by_from on contact_moves (org_id, from_id);
create index contact_moves_by_to on contact_moves (org_id, to_id);
create table moved_identities (
  org_id uuid not null,
  move_id uuid not null,
  network text not null,
  remote_id text not null,
  primary key (org_id, move_id, network, remote_id),
  foreign key (org_id, move_id) references contact_moves (org_id, id) on delete cascade,
  foreign key (org_id, network, remote_id) references contact_identities (org_id, network, remote_id) on delete cascade
);
create index moved_identities_by_identity on moved_identities (org_id, network, remote_id);

-- What colleagues keep of a person. What members of a walled department keep is theirs alone.
create table contact_notes (
  org_id uuid not null,
  id uuid not null,
  contact_id uuid not null,
  wall_id uuid,
  body text not null,
  at timestamptz not null,
  by uuid not null,
  removed_at timestamptz,
  removed_by uuid,
  primary key (org_id, id),
  foreign key (org_id, contact_id) references contacts (org_id, id) on delete cascade
);
create index contact_notes_by_contact on contact_notes (org_id, contact_id, at desc, id desc);
create table contact_tags (
  org_id uuid not null,
  id uuid not null,
  contact_id uuid not null,
  wall_id uuid,
  tag text not null,
  at timestamptz not null,
  by uuid not null,
  primary key (org_id, id),
  unique nulls not distinct (org_id, contact_id, tag, wall_id),
  foreign key (org_id, contact_id) references contacts (org_id, id) on delete cascade
);
create index contact_tags_by_tag on contact_tags (org_id, tag, contact_id);
create table contact_consents (
  org_id uuid not null,
  id uuid not null,
  contact_id uuid not null,
  wall_id uuid,
  -- What the person agreed to, in words, and where that is written down.
  purpose text not null,
  evidence text not null default '',
  given_at timestamptz not null,
  at timestamptz not null,
  by uuid not null,
  withdrawn_at timestamptz,
  withdrawn_by uuid,
  primary key (org_id, id),
  foreign key (org_id, contact_id) references contacts (org_id, id) on delete cascade
);
create index contact_consents_by_contact on contact_consents (org_id, contact_id, given_at desc, id desc);

select protect(t::regclass) from unnest(array['identity_words', 'contact_moves', 'moved_identities', 'contact_notes', 'contact_tags', 'contact_consents']) t;
create policy departments on identity_words as restrictive using ((select sees_all())
  or (select true from contact_identities i where i.org_id = identity_words.org_id and i.network = identity_words.network
    and i.remote_id = identity_words.remote_id));
create policy departments on moved_identities as restrictive using ((select sees_all())
  or (select true from contact_identities i where i.org_id = moved_identities.org_id and i.network = moved_identities.network
    and i.remote_id = moved_identities.remote_id));
-- Of a move is seen what of its identities is seen.
create policy departments on contact_moves as restrictive for select using ((select sees_all())
  or (select true from moved_identities m where m.org_id = contact_moves.org_id and m.move_id = contact_moves.id limit 1));
create function wall_by_contact(target regclass) returns void language plpgsql as $$
begin
  execute format('create policy departments on %1$s as restrictive using ((select sees_all())
    or ((wall_id is null or wall_id = any((select current_walls())::uuid[]))
      and (select true from contacts c where c.org_id = %1$s.org_id and c.id = %1$s.contact_id)))', target);
end $$;
select wall_by_contact(t::regclass) from unnest(array['contact_notes', 'contact_tags', 'contact_consents']) t;
