-- The event log: one row per verb, chained by hashes, written in the same transaction as the change that it tells of.

create table events (
  org_id uuid not null references organisations,
  seq bigint not null,
  at timestamptz not null,
  verb text not null,
  actor_kind text not null check (actor_kind in ('member', 'token', 'system', 'network')),
  actor_id uuid,
  subject_kind text not null,
  subject_id uuid,
  facts jsonb not null,
  hash text not null,
  primary key (org_id, seq)
);
create index events_by_subject on events (org_id, subject_id, seq desc);
create index events_by_verb on events (org_id, verb, seq desc);

-- The end of each organisation's chain; its row lock orders the writers.
create table event_heads (
  org_id uuid primary key references organisations,
  seq bigint not null,
  hash text not null
);

-- How far webhooks have been told of each organisation's events. Apart from the head, so that telling never holds up a writer.
create table event_fan_outs (
  org_id uuid primary key references organisations,
  fanned_out_seq bigint not null
);

-- Append-only, for the owner of the table too.
create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'The event log is append-only.';
end $$;
create trigger append_only before update or delete or truncate on events execute function refuse_change();

create table webhooks (
  org_id uuid not null references organisations on delete cascade,
  id uuid not null,
  url text not null,
  -- Empty: every verb.
  verbs text[] not null,
  secret_sealed bytea not null,
  created_at timestamptz not null default now(),
  created_by uuid not null,
  paused_at timestamptz,
  -- A member's id, or null when Longrun paused it after lasting failure.
  paused_by uuid,
  primary key (org_id, id)
);

create table webhook_deliveries (
  org_id uuid not null,
  id uuid not null,
  webhook_id uuid not null,
  -- null: a test sent by a person.
  event_seq bigint,
  body jsonb not null,
  created_at timestamptz not null default now(),
  tries integer not null default 0,
  -- When to try (again); null: over.
  due_at timestamptz,
  delivered_at timestamptz,
  last_status integer,
  last_error text,
  last_tried_at timestamptz,
  primary key (org_id, id),
  foreign key (org_id, webhook_id) references webhooks on delete cascade
);
create index webhook_deliveries_due on webhook_deliveries (due_at) where due_at is not null;
create index webhook_deliveries_by_webhook on webhook_deliveries (org_id, webhook_id, id desc);
create unique index webhook_deliveries_once on webhook_deliveries (org_id, webhook_id, event_seq);

create table notifications (
  org_id uuid not null references organisations on delete cascade,
  id uuid not null,
  member_id uuid not null,
  -- Stable word; the interface has the sentence.
  kind text not null,
  facts jsonb not null,
  subject_kind text,
  subject_id uuid,
  created_at timestamptz not null default now(),
  read_at timestamptz,
  primary key (org_id, id),
  foreign key (org_id, member_id) references members (org_id, id) on delete cascade
);
create index notifications_by_member on notifications (org_id, member_id, id desc);

-- Answers of writes that carried an idempotency key, kept for a day.
create table idempotency_keys (
  -- null: a route of a person, outside any organisation.
  org_id uuid references organisations on delete cascade,
  -- The member or token that asked; the user where there is no organisation.
  actor_id uuid not null,
  key text not null,
  request_hash text not null,
  claimed_at timestamptz not null,
  -- null while the first request is still at work.
  status integer,
  -- Sealed: an answer may show a secret that is shown only once.
  answer_sealed bytea
);
create unique index idempotency_keys_once on idempotency_keys (org_id, actor_id, key) nulls not distinct;
create index idempotency_keys_by_age on idempotency_keys (claimed_at);

select protect(t::regclass) from unnest(array['events', 'event_heads', 'event_fan_outs', 'webhooks', 'webhook_deliveries', 'notifications', 'idempotency_keys']) t;
