// Short links of the example: in a post and by hand, followed by people and machines for weeks; one taken away, one that nobody followed.

import { sql } from 'kysely'
import { asSystem } from '../../src/db/tx.ts'
import type { Account } from './example.ts'
import { schedule, write } from './posts.ts'
import type { Stage } from './stage.ts'

interface MadeLink {
  id: string
  shortUrl: string
}

const person = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'
const machine = 'Googlebot/2.1 (+http://www.google.com/bot.html)'

export async function addShortLinks(stage: Stage, { id: accountId }: Account): Promise<{ id: string }> {
  const { call, org } = stage.example
  const path = `/orgs/${org.id}/links`
  const make = (target: string, name: string) => call<MadeLink>('POST', path, { target, name })
  const poster = await make('https://harbour.example/winter', 'Poster at the ferry')
  const leaflet = await make('https://harbour.example/spring-sale?ref=leaflet', 'Leaflet of last spring')
  await make(`https://harbour.example/${'a-very-long-path/'.repeat(12)}`, 'A page with a very long address')
  const { rules } = await call<{ rules: object }>('GET', `${path}/rules`)
  await call('PUT', `${path}/rules`, { ...rules, short: true })
  const post = await write(stage.example, [accountId], 'Our map of all winter huts: https://harbour.example/huts')
  await schedule(stage.example, post, { kind: 'now' })
  await call('PUT', `${path}/rules`, rules)
  for (const by of [person, person, machine])
    await fetch(poster.shortUrl, { redirect: 'manual', headers: { 'user-agent': by } })
  await addWeeks(stage, poster, 40)
  await addWeeks(stage, leaflet, 9)
  await call('DELETE', `${path}/${leaflet.id}`)
  return poster
}

/** Clicks of six weeks, which nobody can wait for: more at weekends, machines mostly in the beginning. */
const addWeeks = ({ database, example }: Stage, { id }: MadeLink, most: number): Promise<void> =>
  asSystem(database.db, async (tx) => {
    const org = sql`${example.org.id}::uuid`
    await sql`update links set created_at = now() - interval '42 days' where org_id = ${org} and id = ${id}`.execute(tx)
    await sql`insert into link_clicks (org_id, link_id, hour, bot, clicks)
      select ${org}, ${id}, date_trunc('hour', now()) - n * interval '1 day' - interval '2 hours', bot,
        case when bot then 1 + ${most}::int * n / 300 else 1 + ${most}::int * (1 + n % 7) / 7 end
      from generate_series(1, 41) n, unnest(array[true, false]) bot on conflict do nothing`.execute(tx)
    await sql`insert into link_totals as t (org_id, link_id, people, bots, last_at)
      select org_id, link_id, sum(clicks) filter (where not bot), sum(clicks) filter (where bot), max(hour) from link_clicks
      where org_id = ${org} and link_id = ${id} group by org_id, link_id
      on conflict (org_id, link_id) do update set people = excluded.people, bots = excluded.bots`.execute(tx)
  })
