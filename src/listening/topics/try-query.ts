// Tries a query on what the sources brought in the last days, before it is in force.

import { setImmediate as breathe } from 'node:timers/promises'
import { sql } from 'kysely'
import type { Heard } from '../../connectors/listen.ts'
import { inOrg, type Tx } from '../../db/tx.ts'
import { wilsonInterval } from '../../lib/stats/proportion.ts'
import type { Caller } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import { labeller, languagesOf } from '../pipeline/labels.ts'
import { mustRead } from './actions.ts'
import { makeTopicIndex } from './language/index/topic-index.ts'
import { sensesOf } from './senses.ts'

/** The newest that are looked at: reading more would take longer than people wait. */
const mostSampled = 10_000
const mostShown = 50
/** So many at once, then others get their turn. */
const lot = 200

interface Sample {
  connector: string
  kind: string
  heard_at: Date
  heard: Omit<Heard, 'at'> & { at: string }
}

export const tryQuery = (
  { db, clock }: Pick<Services, 'db' | 'clock'>,
  { orgId }: Caller,
  { query, days }: { query: string; days: number },
) =>
  inOrg(db, orgId, async (tx) => {
    const since = new Date(clock().getTime() - days * 86_400_000)
    const index = makeTopicIndex()
    const asked = mustRead(query)
    index.put('tried', asked)
    const samples = await readSamples(tx, since)
    if (index.asksLanguage) await tellLanguages(samples)
    const matched = samples.filter(
      ({ connector, kind, heard }) => index.match({ ...heard, sources: [connector, kind] }).length > 0,
    )
    const oldest = samples.at(-1)?.heard_at ?? null
    const perDay = oldest === null ? null : await heardPerDay(tx, oldest, clock())
    const range = perDay === null ? null : wilsonInterval(matched.length, samples.length)
    return {
      sampled: samples.length,
      matched: matched.length,
      perDay: perDay === null ? null : (perDay * matched.length) / samples.length,
      perDayLow: range && perDay !== null ? perDay * range.low : null,
      perDayHigh: range && perDay !== null ? perDay * range.high : null,
      since: oldest?.toISOString() ?? null,
      senses: sensesOf(
        asked,
        samples.map(({ heard }) => heard),
      ),
      matches: matched.slice(0, mostShown).map(({ connector, heard }) => ({
        network: connector,
        kind: heard.kind,
        title: heard.title,
        text: heard.text,
        url: heard.url,
        at: heard.at,
        media: heard.media,
        author: heard.author?.name ?? heard.author?.handle ?? null,
      })),
    }
  })

/** Newest first, of the readers that serve the organisation: the walls see to that. */
async function readSamples(tx: Tx, since: Date): Promise<Sample[]> {
  const found = await sql<Sample>`
    select r.connector, r.kind, s.heard_at, s.heard from reader_samples s join readers r on r.id = s.reader_id
      where s.heard_at >= ${since} order by s.heard_at desc limit ${mostSampled}`.execute(tx)
  return found.rows
}

/** As it is done with what is heard. */
async function tellLanguages(samples: readonly Sample[]): Promise<void> {
  const label = await labeller()
  for (const [at, { heard }] of samples.entries()) {
    heard.languages = languagesOf(label, heard)
    if (at % lot === lot - 1) await breathe()
  }
}

/** How much all readers bring in a day, by the time that the sample covers: at least an hour, so that a new source is not blown up. */
async function heardPerDay(tx: Tx, from: Date, now: Date): Promise<number> {
  const found = await sql<{ heard: number }>`
    select coalesce(sum(heard), 0)::integer as heard from reader_minutes where minute >= date_trunc('minute', ${from}::timestamptz)`.execute(
    tx,
  )
  const hours = Math.max(1, (now.getTime() - from.getTime()) / 3_600_000)
  return (found.rows[0]!.heard / hours) * 24
}
