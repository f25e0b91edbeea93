-- Placements: where social media are pointed to outside of them, by a link, a printed code or a word that people name.

create table placements (
  org_id uuid not null references organisations on delete cascade,
  id uuid not null,
  medium text not null check (medium in ('online-advertising', 'web-site', 'e-mail', 'mobile', 'packaging', 'direct-mail', 'television', 'print',
    'out-of-home', 'other')),
  name text not null,
  -- Which page, which box, which wall.
  place text not null default '',
  campaign_id uuid,
  owner_id uuid,
  -- What is printed or shown; where it leads is the link's.
  link_id uuid not null,
  -- What people say when they are asked how they came: a word of ours. null: none.
  word text,
  -- Days as people's calendars have them; null: from the beginning on, without an end.
  begins_on date,
  ends_on date,
  -- In the smallest unit of the currency. null: not known.
  cost bigint,
  currency text,
  created_at timestamptz not null,
  created_by uuid not null,
  ended_at timestamptz,
  ended_by uuid,
  primary key (org_id, id),
  foreign key (org_id, link_id) references links (org_id, id),
  foreign key (org_id, campaign_id) references campaigns (org_id, id) on delete set null (campaign_id),
  foreign key (org_id, owner_id) references members (org_id, id)
);
create unique index placements_by_word on placements (org_id, lower(word)) where word is not null and ended_at is null;

-- Somebody said that they came by a placement: counted by the person who asked.
create table placement_references (
  org_id uuid not null,
  id uuid not null,
  placement_id uuid not null,
  at timestamptz not null,
  count integer not null check (count between 1 and 10000),
  note text not null default '',
  counted_by uuid not null,
  primary key (org_id, id),
  foreign key (org_id, placement_id) references placements (org_id, id) on delete cascade
);
create index placement_references_by_placement on placement_references (org_id, placement_id, at desc);

select protect(t::regclass) from unnest(array['placements', 'placement_references']) t;
