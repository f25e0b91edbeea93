// Finds the feed behind the address a person gave, which is often the address of a page.

import sanitizeHtml from 'sanitize-html'
import { sha256Hex } from '../../lib/hash.ts'
import type { Connection, Profile, Session } from '../contract.ts'
import { decodeText } from '../decode-text.ts'
import { ConnectorError } from '../errors.ts'
import { resolveLink } from './clean.ts'
import { type Download, download } from './download.ts'
import type { FeedFacts } from './entries.ts'
import { readFeed } from './parse.ts'
import { credentialsSchema } from './pull.ts'

export async function connectFeed(session: Session, values: Record<string, string>): Promise<Connection> {
  const found = await findFeed(session, values.address ?? '')
  return {
    credentials: { address: found.address },
    expiresAt: null,
    scopes: [],
    profile: profileOf(session, found),
  }
}

export async function identifyFeed(session: Session): Promise<Profile> {
  const { address } = credentialsSchema.parse(session.credentials)
  const found = await tryAddress(session, address)
  if (!('feed' in found)) throw new ConnectorError({ kind: 'changed', code: 'not-a-feed' })
  return profileOf(session, found)
}

type Reading = Pick<Session, 'http' | 'signal'>

interface FoundFeed {
  /** As connected, or where it has moved for good. May hold a name and password. */
  address: string
  format: string
  feed: FeedFacts
}

/** Where most sites keep their feed when no page of theirs says so. */
const usualPaths = ['feed', 'rss.xml', 'atom.xml', 'feed.xml', 'index.xml', 'feed.json']

/** Asks what people typed, and looks further where it is a page. */
export async function findFeed(session: Reading, given: string): Promise<FoundFeed> {
  const first = await tryAddresses(session, addressesOf(given))
  if ('feed' in first) return first
  const linked = linkedFeeds(first.text, first.url)
  const guessed = usualPaths.map((path) => new URL(path, new URL('/', first.url)).href)
  for (const address of linked.length > 0 ? linked : guessed) {
    const found = await tryAddress(session, address).catch(nextUnlessStopped(session))
    if (found && 'feed' in found) return found
  }
  throw new ConnectorError({ kind: 'rejected', code: 'no-feed-found', field: 'address' })
}

export function addressesOf(given: string): string[] {
  const text = given
    .trim()
    .replace(/^feed:(\/\/)?(?=https?:)/i, '')
    .replace(/^feed:\/\//i, 'https://')
  const candidates = /^https?:\/\//i.test(text) ? [text] : [`https://${text}`, `http://${text}`]
  const addresses = candidates.flatMap((each) => URL.parse(each)?.href ?? [])
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(text) && !/^https?:/i.test(text)) return refuseAddress()
  return addresses.length > 0 && text ? addresses : refuseAddress()
}

function refuseAddress(): never {
  throw new ConnectorError({ kind: 'rejected', code: 'address-invalid', field: 'address' })
}

/** Without a scheme the safe one is tried first; what the server itself answers is final. */
async function tryAddresses(session: Reading, addresses: string[]) {
  const [first, ...others] = addresses
  try {
    return await tryAddress(session, first!)
  } catch (error) {
    const other = others[0]
    const unreached = error instanceof ConnectorError && error.kind === 'unavailable' && error.status === undefined
    if (!other || !unreached || session.signal.aborted) throw error
    return await tryAddress(session, other)
  }
}

async function tryAddress(session: Reading, address: string): Promise<FoundFeed | { text: string; url: string }> {
  const got: Download = await download(session, address)
  const text = decodeText(got.bytes ?? new Uint8Array(), got.contentType)
  const read = readFeed(text, got.url)
  return read ? { address: got.movedTo ?? address, format: read.format, feed: read.feed } : { text, url: got.url }
}

function nextUnlessStopped(session: Reading) {
  return (error: unknown): null => {
    if (session.signal.aborted) throw error
    return null
  }
}

const feedTypes = /^(application\/(rss|atom|feed|rdf)\+(xml|json)|application\/json|(text|application)\/xml)\s*(;|$)/i

/** In the order of the page, feeds of comments last. */
function linkedFeeds(html: string, url: string): string[] {
  const links: { href: string; title: string }[] = []
  let base = url
  sanitizeHtml(html.slice(0, 1_000_000), {
    allowedTags: [],
    onOpenTag: (name: string, { rel, type, href, title }: Record<string, string | undefined>) => {
      if (name === 'base' && href) base = resolveLink(href, url) ?? url
      const isFeed = name === 'link' && /(^|\s)(alternate|feed)(\s|$)/i.test(rel ?? '') && feedTypes.test(type ?? '')
      if (isFeed && href) links.push({ href, title: title ?? '' })
    },
  })
  const ofComments = ({ href, title }: { href: string; title: string }) => /comments?\b/i.test(`${title} ${href}`)
  const sorted = [...links.filter((link) => !ofComments(link)), ...links.filter(ofComments)]
  return [...new Set(sorted.flatMap(({ href }) => resolveLink(href, base) ?? []))].slice(0, 5)
}

function profileOf(session: Session, { address, format, feed }: FoundFeed): Profile {
  const url = new URL(address)
  // Queries and user names of private feeds are keys; they stay in the credentials.
  const shown = `${url.host}${url.pathname}`.replace(/\/$/, '')
  return {
    remoteId: session.account.remoteId || sha256Hex(address),
    handle: shown,
    displayName: feed.title ?? url.hostname,
    avatarUrl: feed.image,
    url: feed.home ?? `${url.origin}${url.pathname}`,
    server: url.origin,
    instance: { format },
  }
}
