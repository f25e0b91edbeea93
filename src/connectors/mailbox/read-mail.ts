// From a mail to what was said: alerts become the articles they name, other mails are messages.

import PostalMime, { type Address, type Email } from 'postal-mime'
import sanitizeHtml from 'sanitize-html'
import { sha256Hex } from '../../lib/hash.ts'
import { author, type Gathering, heard, heardId, heardLine, heardText, heardUrl, saidAt } from '../heard.ts'
import { maxHtml, plainText } from '../html-text.ts'
import type { Heard } from '../listen.ts'

export type MailChoice = 'auto' | 'alerts' | 'mails'

export interface MailReading {
  choice: MailChoice
  /** When the server took it, in milliseconds. */
  receivedAt: number
}

/** @throws nothing: a mail of any shape is some mail. An empty list: there is nothing in it. */
export async function readMail(source: Uint8Array, reading: MailReading, into: Gathering): Promise<Heard[]> {
  const mail = await PostalMime.parse(source, { maxNestingDepth: 32, maxHeadersSize: 200_000 })
  const links = mail.html ? titledLinks(mail.html) : []
  const alert = reading.choice === 'alerts' || (reading.choice === 'auto' && links.length > 0 && isAlert(mail))
  const articles = alert ? links.map((link) => articleOf(link, reading, into)) : []
  if (articles.length > 0) return articles
  const message = messageOf(mail, reading, into)
  return message ? [message] : []
}

/** By its own id; a mail without one is known by what it says. */
export function mailId(mail: Email): string {
  const named = mail.messageId ? heardId(mail.messageId.trim()) : null
  if (named !== null) return named
  const facts = [
    mail.date ?? null,
    firstOf(mail.from)?.address ?? null,
    heardLine(mail.subject),
    wholeText(mail, { cut: 0 }),
  ]
  return `mail:${sha256Hex(JSON.stringify(facts)).slice(0, 32)}`
}

const wholeText = (mail: Email, into: Pick<Gathering, 'cut'>): string =>
  heardText((mail.text?.trim() || plainText(mail.html)).replaceAll('\r\n', '\n'), into)

function messageOf(mail: Email, { receivedAt }: MailReading, into: Gathering): Heard | null {
  const text = wholeText(mail, into)
  const title = heardLine(mail.subject)
  if (text === '' && title === null) return null
  const sender = firstOf(mail.from)
  return heard({
    id: mailId(mail),
    kind: 'message',
    at: saidAt(mail.date, receivedAt),
    title,
    text,
    author: sender?.address
      ? author(sender.address.toLowerCase().slice(0, 300), {
          handle: heardLine(sender.address),
          name: heardLine(sender.name),
        })
      : null,
    links: titledLinks(mail.html ?? '').map(({ url }) => url),
    replyTo: mail.inReplyTo ? heardId(mail.inReplyTo.trim()) : null,
  })
}

const firstOf = (address: Address | undefined): { name: string; address?: string } | undefined =>
  address?.group ? address.group[0] : address

/** A program sent it, and says so in one of the ways in which programs do. */
function isAlert(mail: Email): boolean {
  const header = (name: string) => mail.headers.find(({ key }) => key === name)?.value.toLowerCase() ?? ''
  const automatic = header('auto-submitted')
  const sent =
    header('list-id') !== '' || header('list-unsubscribe') !== '' || /^(bulk|list)/.test(header('precedence'))
  const named = /\b(alert|alerts|mention|mentions|digest|notification|briefing|meldung)/i
  return (
    sent || (automatic !== '' && automatic !== 'no') || named.test(`${mail.subject ?? ''} ${mail.from?.address ?? ''}`)
  )
}

// ── The links of an alert ───────────────────────────────────────────────────────────────────────────────────────────

interface TitledLink {
  url: string
  title: string
  /** What stands between this link and the next one. */
  snippet: string
}

/** Shorter texts are buttons, logos and numbers. */
const shortestTitle = 15
const mostLinks = 100
const ofTheMail =
  /unsubscribe|preferences|settings|view (this|it)? ?(email|mail)? ?in|privacy|abbestellen|abmelden|flag as irrelevant|see more results|create another alert/i

function titledLinks(html: string): TitledLink[] {
  const cleaned = sanitizeHtml(html.slice(0, maxHtml), {
    allowedTags: ['a', 'p', 'br'],
    allowedAttributes: { a: ['href'] },
    allowedSchemes: ['http', 'https'],
    nonTextTags: ['script', 'style', 'textarea', 'option', 'title', 'head'],
    nestingLimit: 200,
    transformTags: { div: 'p', td: 'p', li: 'p', h1: 'p', h2: 'p', h3: 'p' },
  })
  const found = new Map<string, TitledLink>()
  const anchors = [...cleaned.matchAll(/<a href="([^"]{1,8000})">(.*?)<\/a>/gs)]
  for (const [index, { 0: whole, 1: href = '', 2: inner = '', index: at }] of anchors.entries()) {
    const title = heardLine(plainText(inner), 300)
    const url = heardUrl(unwrapped(href.replaceAll('&amp;', '&')))
    if (url === null || title === null || title.length < shortestTitle || ofTheMail.test(title)) continue
    const next = anchors[index + 1]?.index ?? cleaned.length
    const snippet = plainText(cleaned.slice(at + whole.length, next)).slice(0, 2_000)
    // Of two links to one place the first is the headline.
    if (!found.has(url)) found.set(url, { url, title, snippet })
    if (found.size >= mostLinks) break
  }
  return [...found.values()]
}

/** Alerts count clicks by an address of their own that carries the real one. */
function unwrapped(href: string): string {
  const url = URL.parse(href)
  if (!url) return href
  for (const name of ['url', 'q', 'u', 'target', 'redirect']) {
    const inner = url.searchParams.get(name)
    if (inner && /^https?:\/\/[^/\s]+\.[^/\s]+/i.test(inner)) return inner
  }
  return href
}

function articleOf({ url, title, snippet }: TitledLink, { receivedAt }: MailReading, into: Gathering): Heard {
  const id = heardId(url) ?? `sha256:${sha256Hex(url)}`
  return heard({
    id,
    kind: 'article',
    at: new Date(receivedAt),
    title,
    text: heardText(snippet, into),
    url,
    links: [url],
  })
}
