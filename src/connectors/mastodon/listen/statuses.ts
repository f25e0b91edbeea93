// From posts of the API to what was said.

import { z } from 'zod'
import { author, type Gathering, heard, heardId, heardLine, heardText, heardUrl, saidAt } from '../../heard.ts'
import { type Heard, type HeardKind, type HeardMedia, longestText } from '../../listen.ts'
import { plainText } from '../html.ts'
import { accountSchema } from '../wire.ts'

const attachment = z.object({ type: z.string().catch('') })
const reference = z.object({ id: z.string() }).nullish().catch(null)

const heardStatus = z.object({
  id: z.string().min(1),
  created_at: z.unknown(),
  url: z.string().nullish().catch(null),
  uri: z.string().nullish().catch(null),
  content: z.string(),
  spoiler_text: z.string().catch(''),
  visibility: z.string().catch('public'),
  language: z.string().nullish().catch(null),
  in_reply_to_id: z.string().nullish().catch(null),
  account: accountSchema.extend({ followers_count: z.number().int().nonnegative().nullish().catch(null) }),
  media_attachments: z.array(attachment).catch([]),
  card: z.object({ url: z.string() }).nullish().catch(null),
  reblog: reference,
  quote: z.object({ quoted_status: reference }).nullish().catch(null),
})
type HeardStatus = z.infer<typeof heardStatus>

/** Ids belong to one server, which tells answers and removal by them. */
export const statusId = (server: string, id: string): string => `${new URL(server).host}/${id}`

/** Adds a post to what is gathered, or counts it as unreadable. Answers its id at the server; null: it has none. */
export function gatherStatus(
  value: unknown,
  { server, now, changed = false }: { server: string; now: Date; changed?: boolean },
  into: Gathering,
): string | null {
  const parsed = heardStatus.safeParse(value)
  if (!parsed.success || heardId(statusId(server, parsed.data.id)) === null) {
    into.unreadable++
    return null
  }
  // What is told to some is not listened to, although our account may see it.
  if (isOpen(parsed.data)) {
    const told = heardOf(parsed.data, server, now, into)
    into.events.push({ type: changed ? 'changed' : 'heard', heard: told })
    into.reachedAt = told.at
  }
  return parsed.data.id
}

const isOpen = ({ visibility }: HeardStatus): boolean => visibility === 'public' || visibility === 'unlisted'

function heardOf(status: HeardStatus, server: string, now: Date, into: Gathering): Heard {
  const { account, reblog, quote, in_reply_to_id: replyTo } = status
  const own = (reference: { id: string } | null | undefined) => (reference ? statusId(server, reference.id) : null)
  const quoteOf = own(quote?.quoted_status)
  const kind: HeardKind = reblog ? 'repost' : replyTo ? 'reply' : quoteOf ? 'quote' : 'post'
  const { host } = new URL(server)
  return heard({
    id: statusId(server, status.id),
    kind,
    at: saidAt(status.created_at, now.getTime()),
    // The warning stands above the text, and often says what it is about.
    title: reblog ? null : heardLine(status.spoiler_text),
    text: reblog ? '' : heardText(plainText(status.content, 2 * longestText), into),
    url: heardUrl(status.url ?? status.uri),
    author: author(account.uri ?? account.url ?? `${host}/${account.id}`, {
      handle: heardLine(`@${account.acct.includes('@') ? account.acct : `${account.acct}@${host}`}`),
      name: heardLine(account.display_name || account.username),
      url: heardUrl(account.url ?? account.uri),
      followers: account.followers_count ?? null,
    }),
    languages: status.language ? [status.language.slice(0, 35)] : [],
    media: reblog ? [] : mediaOf(status),
    links: reblog ? [] : linksOf(status),
    replyTo: replyTo ? statusId(server, replyTo) : null,
    quoteOf,
    repostOf: own(reblog),
  })
}

function mediaOf({ media_attachments: attachments }: HeardStatus): HeardMedia[] {
  const names: Record<string, HeardMedia> = { image: 'image', gifv: 'video', video: 'video', audio: 'audio' }
  return [...new Set(attachments.flatMap(({ type }) => names[type] ?? []))]
}

const mostLinks = 50

/** Of the text and of the preview; mentions and hashtags are links too, but to the network itself. */
function linksOf({ content, card }: HeardStatus): string[] {
  const anchors = content.slice(0, 100_000).match(/<a\s[^>]{1,4000}>/gi) ?? []
  const hrefs = anchors
    .filter((anchor) => !/\bclass\s*=\s*["'][^"']*\b(mention|hashtag)\b/i.test(anchor))
    .map((anchor) => /\bhref\s*=\s*["']([^"']+)["']/i.exec(anchor)?.[1]?.replaceAll('&amp;', '&'))
  const found = [...hrefs, card?.url].map(heardUrl).filter((url) => url !== null)
  return [...new Set(found)].slice(0, mostLinks)
}
