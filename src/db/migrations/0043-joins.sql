-- Conversations put together and apart: what goes along with them, and steps of the ladder that know whose they are.

-- Rounds of a clock are counted in a conversation. When conversations are put together, one that began elsewhere is told by its beginning.
alter table promise_steps
  -- When the clock began that was climbed, and whose answer was owed then.
  add column started_at timestamptz,
  add column message_id uuid;
do $$ begin
  perform set_config('longrun.scope', 'system', true);
  update promise_steps s set started_at = p.started_at, message_id = p.message_id from promise_clocks p
    where p.org_id = s.org_id and p.conversation_id = s.conversation_id and p.metric = s.metric and p.round = s.round;
  -- Of a clock that is not there any more: it began before it was climbed.
  update promise_steps set started_at = at where started_at is null;
end $$;
alter table promise_steps alter column started_at set not null;

alter table conversation_joins
  add column question_ids uuid[] not null default '{}',
  -- Of each metric of promises: which rounds came along.
  add column rounds jsonb not null default '[]';
