// The practice network as a source: everything that others say there.

import { z } from 'zod'
import type { Json } from '../contract.ts'
import { author, type Gathering, heard, heardLine, heardText, heardUrl, newGathering, saidAt } from '../heard.ts'
import type { Heard, ListenSession, SourceKind, StreamBatch } from '../listen.ts'
import { ask } from './ask.ts'
import { feedShape } from './wire.ts'

export const timelineKind: SourceKind = {
  key: 'timeline',
  label: 'Everything said there',
  help: 'All posts of others on the practice network, asked every minute.',
  way: 'poll',
  shared: false,
  needsAccount: true,
  fields: [],
  everySeconds: 60,
  normalise: () => ({ settings: {} }),
  poll,
}

const mostPages = 20

async function poll(session: ListenSession, cursor: Json): Promise<StreamBatch> {
  let after = z.number().int().nonnegative().catch(0).parse(cursor)
  const gathering = newGathering()
  for (let pages = 0; pages < mostPages; pages++) {
    const url = `${session.account.server}/api/feed?after=${after}`
    const { items, next } = await ask(session, { url, schema: feedShape })
    for (const item of items) gathering.events.push({ type: 'heard', heard: heardOf(item, session.now(), gathering) })
    if (next === after) break
    after = next
  }
  return { ...gathering, cursor: after }
}

function heardOf(item: z.infer<typeof feedShape>['items'][number], now: Date, into: Gathering): Heard {
  const { origin } = new URL(item.url)
  return heard({
    id: item.url,
    kind: 'post',
    at: saidAt(item.createdAt, now.getTime()),
    text: heardText(item.text, into),
    url: heardUrl(item.url),
    author: author(`${origin}/@${item.author}`, {
      handle: heardLine(`@${item.author}`),
      name: heardLine(item.author),
      url: heardUrl(`${origin}/@${encodeURIComponent(item.author)}`),
    }),
    languages: item.language ? [item.language] : [],
  })
}
