// Feeds as sources of listening: what they show since the last reading, as articles.

import { z } from 'zod'
import { sha256Hex } from '../../lib/hash.ts'
import type { Json, SourceItem } from '../contract.ts'
import {
  author,
  type Gathering,
  heard,
  heardId,
  heardLine,
  heardText,
  heardUrl,
  newGathering,
  saidAt,
} from '../heard.ts'
import type { Heard, ListenSession, SourceKind, StreamBatch } from '../listen.ts'
import { addressesOf, findFeed } from './connect.ts'
import { credentialsSchema, readNew } from './pull.ts'
import { askToBeTold, subscriptionSchema, told } from './websub.ts'

const settingsSchema = z.object({ address: z.string() })

/** A feed that everybody may read, by its address or that of the page it belongs to. */
export const feedKind: SourceKind = {
  key: 'feed',
  label: 'A feed',
  help: 'RSS, Atom or JSON Feed of a blog, a newspaper, a forum. Read every 15 minutes, or at once where the feed can tell.',
  way: 'poll',
  shared: true,
  needsAccount: false,
  fields: [{ key: 'address', label: 'Address of the feed', kind: 'url', required: true }],
  everySeconds: 900,
  normalise(values) {
    const address = addressOf(values.address ?? '')
    return typeof address === 'string' ? { settings: { address } } : { field: 'address', ...address }
  },
  poll: (session, cursor) => pollFeed(session, settingsSchema.parse(session.settings).address, cursor),
  told,
}

/** A feed that was connected, perhaps with a password: for sharing from it and for listening alike. */
export const connectedFeedKind: SourceKind = {
  key: 'connected-feed',
  label: 'A feed under Accounts',
  help: 'One that is connected already, so that what it brings is matched with topics too.',
  way: 'poll',
  shared: false,
  needsAccount: true,
  fields: [],
  everySeconds: 900,
  normalise: () => ({ settings: {} }),
  poll: (session, cursor) => pollFeed(session, credentialsSchema.parse(session.credentials).address, cursor),
  told,
}

/** In one form. What is secret belongs to an account, where it is sealed. */
function addressOf(typed: string): string | { code: string } {
  try {
    const [address = ''] = addressesOf(typed)
    const url = new URL(address)
    if (url.username || url.password) return { code: 'address-with-password' }
    url.hash = ''
    return url.href
  } catch {
    return { code: 'address-invalid' }
  }
}

const cursorSchema = z.object({
  /** Where the feed is: the page that was named may lead to it. */
  address: z.string(),
  read: z.json(),
  subscription: subscriptionSchema.nullable(),
})

/** Enough for all that a feed shows at once, and a bound for one that shows more. */
const most = 1000

async function pollFeed(session: ListenSession, given: string, cursor: Json): Promise<StreamBatch> {
  const parsed = cursorSchema.safeParse(cursor)
  const before = parsed.success ? parsed.data : null
  const address = before?.address ?? (await findFeed(session, given)).address
  const got = await readNew(session, address, { stored: before?.read ?? null, most })
  const gathering: Gathering = { ...newGathering(), bytes: got.bytes }
  for (const item of got.items) {
    const article = articleOf(item, { address, now: session.now(), into: gathering })
    if (article === null) gathering.unreadable++
    else gathering.events.push({ type: 'heard', heard: article })
  }
  const subscription = await askToBeTold(session, before?.subscription ?? null, {
    teller: got.teller,
    callback: session.callback,
  })
  return { ...gathering, cursor: { address, read: got.cursor ?? before?.read ?? null, subscription } }
}

interface Context {
  address: string
  now: Date
  into: Gathering
}

function articleOf(item: SourceItem, { address, now, into }: Context): Heard | null {
  const id = articleId(item, address)
  if (id === null) return null
  const { host } = new URL(item.url ?? address)
  const name = heardLine(item.author)
  return heard({
    id,
    kind: 'article',
    at: saidAt(item.publishedAt?.getTime(), now.getTime()),
    title: heardLine(item.title, 1_000),
    text: heardText(item.text, into),
    url: heardUrl(item.url),
    author: name ? author(`${host}/${name}`.slice(0, 900), { name }) : null,
    languages: item.language ? [item.language] : [],
    media: item.imageUrl ? ['image'] : [],
    links: linksIn(item.html),
  })
}

/** The same article in two feeds of a site has one address; a name that only this feed gives is one within the feed. */
function articleId(item: SourceItem, address: string): string | null {
  if (/^(https?|tag|urn):/i.test(item.id)) return heardId(item.id)
  const { host, pathname } = new URL(address)
  const named = `${host}${pathname}#${item.id}`
  return heardId(named.length <= 1000 ? named : `${host}#sha256:${sha256Hex(named)}`)
}

function linksIn(html: string | null): string[] {
  const found = (html ?? '').matchAll(/<a\b[^>]*\shref="([^"]+)"/g)
  const links = new Set<string>()
  for (const [, href = ''] of found) {
    const url = heardUrl(href.replaceAll('&amp;', '&'))
    if (url !== null) links.add(url)
    if (links.size >= 50) break
  }
  return [...links]
}
