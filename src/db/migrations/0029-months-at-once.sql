-- Two workers that need the same new month at the same moment: the second one waited, and still did not see the month of the first.
-- Names are looked up in what a session knows, which an advisory lock does not bring up to date; the catalog itself is asked instead. Whoever calls it
-- speaks afterwards for whom it spoke before.

create or replace function prepare_month(moment timestamptz) returns void language plpgsql security definer set search_path = public, pg_temp as $$
declare
  spoke text := current_setting('longrun.scope', true);
  begins timestamptz := date_trunc('month', moment at time zone 'UTC') at time zone 'UTC';
  ends timestamptz := (date_trunc('month', moment at time zone 'UTC') + interval '1 month') at time zone 'UTC';
  target text;
  part text;
begin
  perform set_config('longrun.scope', 'system', true);
  foreach target in array array['mentions', 'topic_mentions'] loop
    part := target || to_char(begins at time zone 'UTC', '_YYYY_MM');
    continue when exists (select from pg_class where relnamespace = 'months'::regnamespace and relname = part);
    perform pg_advisory_xact_lock(hashtext('longrun.months'));
    continue when exists (select from pg_class where relnamespace = 'months'::regnamespace and relname = part);
    execute format('create table months.%I (like public.%I including defaults including constraints)', part, target);
    execute format(
      'with moved as (delete from public.%I where at >= %L and at < %L returning *) insert into months.%I select * from moved',
      target || '_rest', begins, ends, part);
    execute format('alter table public.%I attach partition months.%I for values from (%L) to (%L)', target, part, begins, ends);
  end loop;
  perform set_config('longrun.scope', coalesce(spoke, ''), true);
end $$;
