-- Search in mentions by its index.
--
-- Behind walls PostgreSQL uses an index only for operators that it knows to reveal nothing, and `@>` is none of them: every search would
-- read all mentions. So the months are asked themselves, which stand behind the walls of their parent and have none of their own. The
-- organisation is never told to this function: it is the one for which the transaction speaks.

drop index mentions_by_words;
-- Of topics too: a common word in a small topic is found without fetching what others said with it.
create index mentions_by_words on mentions using gin (words, topics) with (gin_pending_list_limit = 16384);

-- All mentions that hold every word of `sought`. `wanted` has columns with the values that they must have. null: no such bound.
create function found_mentions(
  sought integer[], topic integer, wanted jsonb, since timestamptz, until timestamptz, latest timestamptz
) returns table (at timestamptz, id uuid)
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  part regclass;
begin
  for part in
    select c.oid from pg_inherits i join pg_class c on c.oid = i.inhrelid
      where i.inhparent = 'public.mentions'::regclass and c.relnamespace = 'months'::regnamespace
        and (since is null or c.relname >= 'mentions_' || to_char(since at time zone 'UTC', 'YYYY_MM'))
        and (until is null or c.relname <= 'mentions_' || to_char(until at time zone 'UTC', 'YYYY_MM'))
        and (latest is null or c.relname <= 'mentions_' || to_char(latest at time zone 'UTC', 'YYYY_MM'))
  loop
    return query execute format($query$
      select m.at, m.id from %s m
        where m.org_id = (select current_org()) and m.words @> $1
          and ($2 is null or m.topics @> array[$2])
          and ($3 is null or jsonb_build_object('network', m.network, 'language', m.language, 'sentiment', m.sentiment,
            'emotion', m.emotion, 'intent', m.intent, 'kind', m.kind, 'initiator', m.initiator) @> $3)
          and ($4 is null or m.at >= $4) and ($5 is null or m.at < $5) and ($6 is null or m.at <= $6) $query$, part)
      using sought, topic, wanted, since, until, latest;
  end loop;
end $$;
