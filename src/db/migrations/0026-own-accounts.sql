-- Whoever listens must know at once which accounts are our own: what they say is the brand's.

create trigger listening_changed after insert or delete or update of state, remote_id on accounts
  for each statement execute function listening_changed();
