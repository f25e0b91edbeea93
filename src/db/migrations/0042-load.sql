-- What was done with conversations is read by time, whoever had them: backlogs are told backwards from what stands now.
drop index conversation_entries_of_states;
create index conversation_entries_of_turns on conversation_entries (org_id, at) where kind in ('state', 'reopened', 'owner', 'department');
