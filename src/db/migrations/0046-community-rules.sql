-- What is not wanted in comments under an account. It only suggests: people decide about each comment.

create table community_rules (
  org_id uuid not null,
  account_id uuid not null,
  rules jsonb not null,
  changed_at timestamptz not null,
  changed_by uuid not null,
  primary key (org_id, account_id),
  foreign key (org_id, account_id) references accounts (org_id, id) on delete cascade
);
select protect(t::regclass) from unnest(array['community_rules']) t;

alter table messages
  -- Somebody saw that it seems to break a rule and lets it stand; null: nobody did.
  add column let_stand_at timestamptz,
  add column let_stand_by uuid;
