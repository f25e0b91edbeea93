-- Understanding: labels that people gave, sets that two of them code, what is learnt from it, and posts that say the same.

-- ── Labels by people ───────────────────────────────────────────────────────────────────────────────────────────────

-- What somebody said of one label of one mention. It tells nothing of what was said there, and outlives the mention: how good the
-- machine is does not change when a post expires.
create table label_corrections (
  org_id uuid not null references organisations on delete cascade,
  id uuid not null,
  mention_id uuid not null,
  -- When it was said.
  mention_at timestamptz not null,
  label text not null check (label in ('sentiment', 'emotion', 'intent', 'crisis', 'offensive', 'language')),
  -- As the column of the mention holds it; null: none. The same before and after: somebody confirmed it.
  before text,
  after text,
  -- What the machine had said, before anybody touched it.
  machine text,
  machine_certainty smallint,
  -- null: given on the mention itself.
  set_id uuid,
  at timestamptz not null,
  by uuid not null,
  undone_at timestamptz,
  undone_by uuid,
  primary key (org_id, id)
);
create index label_corrections_by_mention on label_corrections (org_id, mention_id, label, at);
create index label_corrections_by_time on label_corrections (org_id, at);

-- ── Coding sets ────────────────────────────────────────────────────────────────────────────────────────────────────

create table coding_sets (
  org_id uuid not null references organisations on delete cascade,
  id uuid not null,
  name text not null,
  label text not null check (label in ('sentiment', 'emotion', 'intent')),
  topic integer not null,
  from_at timestamptz not null,
  to_at timestamptz not null,
  -- As many of each label of the machine, so that rare ones are seen; weights in the items put that right.
  stratified boolean not null,
  -- The same seed on the same mentions draws the same.
  seed integer not null,
  -- How many there were to draw from.
  population integer not null,
  created_at timestamptz not null,
  created_by uuid not null,
  -- All differences are settled and the labels are on the mentions.
  finished_at timestamptz,
  finished_by uuid,
  removed_at timestamptz,
  removed_by uuid,
  primary key (org_id, id),
  foreign key (org_id, topic) references topics (org_id, number) on delete cascade
);

create table coding_items (
  org_id uuid not null,
  set_id uuid not null,
  place integer not null,
  mention_id uuid not null,
  mention_at timestamptz not null,
  language text not null,
  -- What the machine had said when it was drawn.
  machine text,
  -- How many mentions it stands for, against the others of its set; 1 where all were drawn alike.
  weight real not null,
  -- Where the coders differ: what was settled.
  settled text,
  settled_at timestamptz,
  settled_by uuid,
  primary key (org_id, set_id, place),
  foreign key (org_id, set_id) references coding_sets (org_id, id) on delete cascade
);

create table coding_coders (
  org_id uuid not null,
  set_id uuid not null,
  member_id uuid not null,
  -- 1 or 2: whose labels are the rows and whose the columns of the table of agreement.
  seat smallint not null check (seat between 1 and 2),
  primary key (org_id, set_id, member_id),
  foreign key (org_id, set_id) references coding_sets (org_id, id) on delete cascade,
  foreign key (org_id, member_id) references members (org_id, id)
);

create table codes (
  org_id uuid not null,
  set_id uuid not null,
  place integer not null,
  member_id uuid not null,
  value text not null,
  at timestamptz not null,
  primary key (org_id, set_id, place, member_id),
  foreign key (org_id, set_id, place) references coding_items (org_id, set_id, place) on delete cascade,
  foreign key (org_id, set_id, member_id) references coding_coders (org_id, set_id, member_id) on delete cascade
);

-- ── What is learnt from it ─────────────────────────────────────────────────────────────────────────────────────────

create table label_lessons (
  org_id uuid not null references organisations on delete cascade,
  -- English has its own model of moods.
  family text not null check (family in ('english', 'elsewhere')),
  looks integer not null,
  -- Slope and shifts of the probabilities.
  adjustment jsonb not null,
  -- On looks held back in turn, without and with what was learnt from the others.
  right_before real not null,
  right_after real not null,
  loss_before real not null,
  loss_after real not null,
  -- false: it did not help there, and nothing is moved.
  used boolean not null,
  learnt_at timestamptz not null,
  primary key (org_id, family)
);

-- A row where somebody touched the switch; without one, what was learnt is used.
create table label_settings (
  org_id uuid primary key references organisations on delete cascade,
  lessons_off_at timestamptz,
  changed_at timestamptz not null,
  changed_by uuid not null
);

create trigger listening_changed after insert or update or delete on label_lessons for each statement execute function listening_changed();
create trigger listening_changed after insert or update or delete on label_settings for each statement execute function listening_changed();

-- ── Posts that say the same ────────────────────────────────────────────────────────────────────────────────────────

-- The first that said it, under at least the same topics. null: this is the first.
alter table mentions add column double_of uuid;
alter table topic_mentions add column double_of uuid;
create index mentions_by_double on mentions (org_id, double_of, at) where double_of is not null;

-- Lists of a topic are answered from its index alone, so what they fold by stands there too.
alter table topic_mentions drop constraint topic_mentions_pkey;
alter table topic_mentions add primary key (org_id, topic, at, mention_id)
  include (network, language, sentiment, emotion, intent, kind, initiator, double_of);

-- When the first goes, by whichever way, the next that said it takes its place; what stands under more topics than that stands alone.
create function free_doubles() returns trigger language plpgsql as $$
begin
  with heirs as (
      select distinct on (m.org_id, m.double_of) m.org_id, m.double_of as gone, m.id, m.topics
        from gone g join mentions m on m.org_id = g.org_id and m.double_of = g.id order by m.org_id, m.double_of, m.at, m.id),
    freed as (
      update mentions m set double_of = case when m.id <> h.id and m.topics <@ h.topics then h.id end
        from heirs h where m.org_id = h.org_id and m.double_of = h.gone returning m.org_id, m.at, m.id, m.topics, m.double_of)
  update topic_mentions t set double_of = f.double_of from freed f
    where t.org_id = f.org_id and t.topic = any(f.topics) and t.at = f.at and t.mention_id = f.id;
  return null;
end $$;
create trigger free_doubles after delete on mentions referencing old table as gone for each statement execute function free_doubles();

select protect(t::regclass) from unnest(array['label_corrections', 'coding_sets', 'coding_items', 'coding_coders', 'codes',
  'label_lessons', 'label_settings']) t;
