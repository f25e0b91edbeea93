-- What was heard and is answered from the inbox: handed there by people, or by the rule of a topic.

alter table hand_ons
  -- null: the rule of a topic did it.
  alter column created_by drop not null,
  -- null: whoever routing finds.
  alter column assignee_id drop not null,
  -- Whose rule handed it on; null: a person did.
  add column topic_id uuid,
  -- By which account it is to be answered; null: the first of its network.
  add column account_id uuid,
  -- A person wants it though its author is not to be contacted.
  add column anyway boolean not null default false,
  -- When the inbox takes it over, or tries again; null: it does not (any more).
  add column try_at timestamptz,
  add column tries integer not null default 0,
  -- Why it was not taken over yet.
  add column failure text,
  add column taken_over_at timestamptz,
  add foreign key (org_id, topic_id) references topics (org_id, id) on delete set null (topic_id),
  add foreign key (org_id, account_id) references accounts (org_id, id) on delete set null (account_id);
-- What waited until there was an inbox. Nobody counts on what was handed on longer ago: it stays where it is kept until somebody asks again.
update hand_ons set try_at = created_at
  where kind = 'inbox' and taken_back_at is null and created_at > now() - interval '14 days';
create index hand_ons_due on hand_ons (try_at) where try_at is not null;
-- What was handed on once is not handed on again, also where it was taken back.
create index hand_ons_to_inbox on hand_ons (org_id, mention_id) where kind = 'inbox';
create index hand_ons_by_topic on hand_ons (org_id, topic_id, created_at) where topic_id is not null;

alter table topics
  -- What of its mentions is handed to the inbox, and how much of it in a day; null: nothing by itself.
  add column hands_on jsonb,
  add column hands_on_since timestamptz,
  add column hands_on_by uuid;

alter table messages
  -- What it was heard as.
  add column mention_id uuid,
  -- When it was taken over: it was not said to us, and nothing is owed for it. null: it came to the account by itself.
  add column taken_at timestamptz;
create index messages_by_mention on messages (org_id, mention_id) where mention_id is not null;

alter table conversation_entries drop constraint conversation_entries_kind_check;
alter table conversation_entries add constraint conversation_entries_kind_check
  check (kind in ('state', 'owner', 'department', 'note', 'reopened', 'joined', 'priority', 'tags', 'triage', 'taken-over'));
