-- Counts of topics: what nobody reads is not written with every mention, and days are those of the organisation's calendar.

-- How a topic divides by language, emotion, intent, kind and initiator is counted from its entries.
drop table topic_day_facets;

-- Days were days in UTC, which nobody asks for. They become days of the organisation's zone, as date_trunc tells them of each hour, and of
-- all networks together: a year of many topics is read at once.
drop table topic_days;
create table topic_days (
  org_id uuid not null,
  topic integer not null,
  -- The beginning of the day.
  at timestamptz not null,
  total integer not null,
  negative integer not null,
  positive integer not null,
  judged integer not null,
  primary key (org_id, topic, at)
);
select protect('topic_days');

create function recount_days(org uuid, zone text) returns void language plpgsql as $$
begin
  delete from topic_days where org_id = org;
  insert into topic_days (org_id, topic, at, total, negative, positive, judged)
    select org_id, topic, date_trunc('day', at, zone), sum(total), sum(negative), sum(positive), sum(judged)
      from topic_hours where org_id = org group by 1, 2, 3;
end $$;

create function organisation_moved() returns trigger language plpgsql as $$
begin
  -- locks.days: nobody counts by the zone before while days are counted again.
  perform pg_advisory_xact_lock(4545009);
  perform recount_days(new.id, new.time_zone);
  return null;
end $$;
create trigger organisation_moved after update of time_zone on organisations
  for each row when (old.time_zone is distinct from new.time_zone) execute function organisation_moved();

select recount_days(id, time_zone) from organisations;
