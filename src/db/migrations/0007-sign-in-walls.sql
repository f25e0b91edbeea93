-- Sign-in belongs to the installation: where a transaction speaks for one organisation, none of it is there but its people's names.

create function protect_sign_in(target regclass) returns void language plpgsql as $$
begin
  execute format('alter table %s enable row level security', target);
  execute format('alter table %s force row level security', target);
  execute format('create policy outside on %s using ((select current_org()) is null)
    with check ((select current_org()) is null)', target);
end $$;

select protect_sign_in(t::regclass)
  from unnest(array['users', 'sessions', 'credentials', 'verifications', 'two_factors', 'passkeys', 'rate_limits']) t;

-- Members carry no name of their own. Who left keeps the name on what they did.
create policy colleagues on users for select using (
  exists (select from members where members.org_id = (select current_org()) and members.user_id = users.id));
