-- Figures of the rules that an organisation changed, in versions; what is not in the newest one is the default.

create table figure_versions (
  org_id uuid not null references organisations on delete cascade,
  number integer not null,
  -- All that differ from their defaults, by their names.
  own jsonb not null,
  reason text not null,
  made_at timestamptz not null,
  made_by uuid not null,
  primary key (org_id, number)
);
select protect(t::regclass) from unnest(array['figure_versions']) t;

-- Sessions are made by figures.
create trigger mark_sessions after insert on figure_versions for each row execute function mark_sessions();
