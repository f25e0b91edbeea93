-- Money that is ordered and not paid yet: it counts as committed until somebody says that it was paid.

alter table spend_entries
  -- The day on which it falls due, as it was ordered; null: it was never ordered before it was paid.
  add column committed_for date,
  add column settled_at timestamptz,
  add column settled_by uuid;
create index spend_entries_committed on spend_entries (org_id, on_day) where committed_for is not null and settled_at is null and removed_at is null;
