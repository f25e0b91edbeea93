// Posts as a public stream sends them: commits of a Jetstream with facets, embeds, replies and languages in the usual shares.

import { readLegacyMessage } from '../../src/connectors/bluesky/listen/jetstream-messages.ts'
import { newGathering } from '../../src/connectors/heard.ts'
import type { StreamBatch } from '../../src/connectors/listen.ts'
import { type Random, seeded } from '../chaos/random.ts'

/** One message of the stream for each text, as bytes. */
export function makeWires(texts: readonly string[], seed = 11): Buffer[] {
  const random = seeded(seed)
  return texts.map((text, at) => Buffer.from(JSON.stringify(commit(text, start + at * everyMs, random))))
}

const start = Date.UTC(2026, 5, 1)
/** Fifty a second, as a busy stream brings them. */
const everyMs = 20

/**
 * The posts `from` to `from + count` of an endless stream, read as the product reads them. Their texts repeat those of `wires`; their ids and times do
 * not.
 */
export function wiresAgain(wires: readonly Buffer[], from: number, count: number): StreamBatch {
  const gathering = newGathering()
  const place = { protocol: 'legacy', seq: null, us: 0 } as const
  const state = { place: { ...place }, doubt: null }
  for (let at = from; at < from + count; at++) {
    const wire = Buffer.from(wires[at % wires.length]!)
    renew(wire, at)
    gathering.bytes += wire.length
    readLegacyMessage(wire, state, gathering)
  }
  return { ...gathering, cursor: { ...state.place } }
}

/** Writes the id and the times of the post `at` over those that a message has. */
function renew(wire: Buffer, at: number): void {
  const time = start + (at % 4e9) * everyMs
  const over = (before: string, value: string) => {
    const place = wire.indexOf(before)
    if (place >= 0) wire.write(value, place + before.length, 'latin1')
  }
  over('"time_us":', String(time * 1000))
  over('"rkey":"3l', at.toString(36).padStart(11, '0'))
  over('"createdAt":"', new Date(time).toISOString())
}

function commit(text: string, time: number, random: Random): object {
  const did = person(random)
  return {
    did,
    time_us: time * 1000,
    kind: 'commit',
    commit: {
      rev: key(random),
      operation: 'create',
      collection: 'app.bsky.feed.post',
      rkey: key(random),
      record: {
        $type: 'app.bsky.feed.post',
        createdAt: new Date(time - random.whole(0, 3000)).toISOString(),
        ...(random.chance(0.25) && { embed: embed(random) }),
        ...(facetsOf(text).length > 0 && { facets: facetsOf(text) }),
        langs: [random.chance(0.8) ? 'en' : random.pick(['de', 'ja', 'pt', 'es', 'fr'])],
        ...(random.chance(0.4) && { reply: { parent: ref(random), root: ref(random) } }),
        text,
      },
      cid: cid(random),
    },
  }
}

const letters = '234567abcdefghijklmnopqrstuvwxyz'
const some = (count: number, random: Random): string =>
  Array.from({ length: count }, () => letters[random.whole(0, 31)]).join('')
const person = (random: Random): string => `did:plc:${some(24, random)}`
const key = (random: Random): string => `3l${some(11, random)}`
const cid = (random: Random): string => `bafyrei${some(52, random)}`
const ref = (random: Random): object => ({
  cid: cid(random),
  uri: `at://${person(random)}/app.bsky.feed.post/${key(random)}`,
})

const blob = (random: Random): object => ({
  $type: 'blob',
  ref: { $link: `bafkrei${some(52, random)}` },
  mimeType: 'image/jpeg',
  size: random.whole(50_000, 900_000),
})

function embed(random: Random): object {
  if (random.chance(0.5))
    return {
      $type: 'app.bsky.embed.images',
      images: [{ alt: '', aspectRatio: { height: 1500, width: 2000 }, image: blob(random) }],
    }
  return {
    $type: 'app.bsky.embed.external',
    external: {
      uri: `https://news.example/${some(12, random)}`,
      title: 'What happened today and what it means',
      description: 'A longer look at the day, with what is known so far and what is not.',
      thumb: blob(random),
    },
  }
}

function facetsOf(text: string): object[] {
  return [...text.matchAll(/#(\p{L}[\p{L}\p{N}_]*)|https?:\/\/\S+/gu)].map((match) => {
    const byteStart = Buffer.byteLength(text.slice(0, match.index))
    const feature = match[1]
      ? { $type: 'app.bsky.richtext.facet#tag', tag: match[1] }
      : { $type: 'app.bsky.richtext.facet#link', uri: match[0] }
    return { features: [feature], index: { byteStart, byteEnd: byteStart + Buffer.byteLength(match[0]) } }
  })
}
