// Being told when a feed has something new (WebSub, https://www.w3.org/TR/websub/), so that it need not be asked so often.

import { createHmac, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import type { Json, Session } from '../contract.ts'
import type { Told } from '../listen.ts'
import { resolveLink } from './clean.ts'

export interface Teller {
  hub: string
  /** The feed's name for itself. */
  topic: string
}

/** What is kept of a hub between two readings. */
export const subscriptionSchema = z.object({
  hub: z.string(),
  topic: z.string(),
  /** When it was last asked, in milliseconds; null: not yet. It is asked a reading later than found, once the topic is on record. */
  askedAt: z.number().nullable(),
})
export type Subscription = z.infer<typeof subscriptionSchema>

/** From the `Link` header, which goes before, else from the feed itself. */
export function tellerOf(
  header: string | null,
  feed: { hub: string | null; self: string | null },
  url: string,
): Teller | null {
  const linked = linksOf(header)
  const hub = resolveLink(linked.get('hub') ?? feed.hub, url)
  if (!hub || !/^https?:/.test(hub)) return null
  return { hub, topic: resolveLink(linked.get('self') ?? feed.self, url) ?? url }
}

/** The first target of each relation of a `Link` header (RFC 8288). */
function linksOf(header: string | null): Map<string, string> {
  const links = new Map<string, string>()
  for (const { 1: target = '', 2: parameters = '' } of (header ?? '').slice(0, 8_000).matchAll(/<([^>]*)>([^<]*)/g)) {
    const [, quoted, bare] = /;\s*rel\s*=\s*(?:"([^"]*)"|([^\s;,]+))/i.exec(parameters) ?? []
    for (const rel of (quoted ?? bare ?? '').toLowerCase().split(/\s+/)) {
      if (rel && !links.has(rel)) links.set(rel, target)
    }
  }
  return links
}

const leaseSeconds = 10 * 24 * 3600
/** Hubs may grant less than was asked for; asking every day outlives all but the shortest. */
const askAgainMs = 24 * 3_600_000

/** Asks the hub to tell us, where that is due. It never fails a reading: without a hub the feed is asked as often as before. */
export async function askToBeTold(
  session: Pick<Session, 'http' | 'log' | 'now'>,
  before: Subscription | null,
  { teller, callback }: { teller: Teller | null; callback?: { url: string; secret: string } },
): Promise<Subscription | null> {
  const known = teller === null ? before : sameTeller(before, teller) ? before : { ...teller, askedAt: null }
  if (known === null || callback === undefined || before === null || known !== before) return known
  const now = session.now().getTime()
  if (known.askedAt !== null && now - known.askedAt < askAgainMs) return known
  try {
    await session.http({
      method: 'POST',
      url: known.hub,
      body: new URLSearchParams({
        'hub.mode': 'subscribe',
        'hub.topic': known.topic,
        'hub.callback': callback.url,
        'hub.secret': callback.secret,
        'hub.lease_seconds': String(leaseSeconds),
      }),
      maxBytes: 100_000,
    })
  } catch {
    session.log('The hub of a feed cannot be asked', { hub: new URL(known.hub).host })
  }
  // A hub that refuses is asked again tomorrow.
  return { ...known, askedAt: now }
}

const sameTeller = (before: Subscription | null, { hub, topic }: Teller): boolean =>
  before?.hub === hub && before.topic === topic

// ── What comes to the callback ──────────────────────────────────────────────────────────────────────────────────────

export const told: Told = {
  confirm(query, cursor) {
    const challenge = query.get('hub.challenge')
    const topic = topicOf(cursor)
    const ours = topic !== null && query.get('hub.topic') === topic && query.get('hub.mode') === 'subscribe'
    return ours && challenge !== null && challenge.length <= 1_000 ? challenge : null
  },
  isGenuine(headers, body, secret) {
    const [, algorithm = '', signature = ''] =
      /^(sha1|sha256|sha384|sha512)=([0-9a-f]{40,128})$/i.exec(headers.get('x-hub-signature') ?? '') ?? []
    if (algorithm === '') return false
    const expected = createHmac(algorithm.toLowerCase(), secret).update(body).digest()
    const given = Buffer.from(signature, 'hex')
    return given.length === expected.length && timingSafeEqual(given, expected)
  },
}

const topicOf = (cursor: Json): string | null => {
  const parsed = z.object({ subscription: subscriptionSchema }).safeParse(cursor)
  return parsed.success ? parsed.data.subscription.topic : null
}
