-- Newsletters: who wants them and how they said so, each issue, and each letter of it with what became of it.

create table subscribers (
  org_id uuid not null,
  id uuid not null,
  -- The newsletter: an account like any other outlet.
  account_id uuid not null,
  -- Lower case; one subscriber per address and newsletter.
  address text not null,
  name text not null default '',
  state text not null check (state in ('asked', 'confirmed', 'left', 'bounced', 'complained')),
  state_since timestamptz not null,
  -- How the consent came about: by the form and a confirmed address, or stated by a member who added them.
  source text not null check (source in ('form', 'member')),
  -- The words that were agreed to, or the member's statement where the consent is kept.
  consent text not null,
  added_by uuid,
  asked_at timestamptz,
  confirmed_at timestamptz,
  -- Letters in a row that could not be delivered for now.
  soft_bounces integer not null default 0,
  last_bounce text,
  created_at timestamptz not null,
  primary key (org_id, id),
  unique (org_id, account_id, address),
  foreign key (org_id, account_id) references accounts (org_id, id) on delete cascade
);
create index subscribers_by_state on subscribers (org_id, account_id, state, id);
create index subscribers_by_asking on subscribers (org_id, account_id, asked_at) where asked_at is not null;

-- One issue of a newsletter. `key` is that of the part that the ledger delivers: the same key is the same issue.
create table letters (
  org_id uuid not null,
  key text not null,
  account_id uuid not null,
  -- The post on this account: what it belongs to decides which holds bind it.
  variant_id uuid,
  -- Subject, HTML, plain text and the ids of the pictures: exactly what everybody receives.
  letter jsonb not null,
  begun_at timestamptz not null,
  finished_at timestamptz,
  primary key (org_id, key),
  foreign key (org_id, account_id) references accounts (org_id, id) on delete cascade,
  foreign key (org_id, variant_id) references variants (org_id, id) on delete set null (variant_id)
);
create unique index letters_by_key on letters (key);
create index letters_unfinished on letters (begun_at) where finished_at is null;
create index letters_by_account on letters (org_id, account_id, begun_at desc);

-- One letter to one subscriber. `sending` is written before the mail server is asked: what it leaves behind after a crash is unknown.
create table letter_sends (
  org_id uuid not null,
  key text not null,
  -- Means nobody any more once its subscriber is erased: the letter still counts.
  subscriber_id uuid not null,
  state text not null check (state in ('waiting', 'sending', 'sent', 'refused', 'unknown', 'left-out', 'bounced')),
  tries integer not null default 0,
  -- When it may be sent (again); null: over.
  due_at timestamptz,
  claimed_at timestamptz,
  settled_at timestamptz,
  error text,
  primary key (org_id, key, subscriber_id),
  foreign key (org_id, key) references letters (org_id, key) on delete cascade
);
create index letter_sends_due on letter_sends (org_id, key, due_at) where state = 'waiting';
create index letter_sends_in_hand on letter_sends (claimed_at) where state = 'sending';
create index letter_sends_open on letter_sends (org_id, key) where state in ('waiting', 'sending');
create index letter_sends_by_subscriber on letter_sends (org_id, subscriber_id, settled_at desc);

select protect(t::regclass) from unnest(array['subscribers', 'letters', 'letter_sends']) t;
