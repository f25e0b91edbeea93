-- Measures of the inbox are read by time, whatever the conversation.
create index messages_by_time on messages (org_id, at);
create index conversation_entries_of_states on conversation_entries (org_id, at) where kind in ('state', 'reopened');
