-- The walls between organisations: who the transaction speaks for, and the one rule that every table of organisation data carries.

create function current_org() returns uuid language sql stable as
  $$ select nullif(current_setting('longrun.org', true), '')::uuid $$;

create function is_system() returns boolean language sql stable as
  $$ select coalesce(current_setting('longrun.scope', true), '') = 'system' $$;

-- The sub-selects are evaluated once a statement instead of once a row.
create function protect(target regclass) returns void language plpgsql as $$
begin
  execute format('alter table %s enable row level security', target);
  -- "force": the rule binds the owner of the table too, for servers on which Longrun cannot have a role of its own.
  execute format('alter table %s force row level security', target);
  execute format(
    'create policy walls on %s using (org_id = (select current_org()) or (select is_system()))
       with check (org_id = (select current_org()) or (select is_system()))', target);
end $$;
