// Watches a page: what was added to its text since the last look is what was said.

import { z } from 'zod'
import { sha256Hex } from '../../lib/hash.ts'
import type { Json } from '../contract.ts'
import { decodeText } from '../decode-text.ts'
import { ConnectorError } from '../errors.ts'
import { heard, heardText, newGathering, saidAt } from '../heard.ts'
import type { ListenSession, SourceKind, StreamBatch } from '../listen.ts'
import { addedSince, paragraphKey, type ReadPage, readPage } from './read-page.ts'
import { mayRead } from './robots.ts'

const settingsSchema = z.object({ address: z.string() })

export const pageKind: SourceKind = {
  key: 'page',
  label: 'A page that changes',
  help: 'Looked at every half hour; what was added to its text is told.',
  way: 'poll',
  shared: true,
  needsAccount: false,
  fields: [{ key: 'address', label: 'Address of the page', kind: 'url', required: true }],
  everySeconds: 1800,
  normalise(values) {
    const typed = (values.address ?? '').trim()
    const url = URL.parse(/^[a-z][a-z0-9+.-]*:\/\//i.test(typed) ? typed : `https://${typed}`)
    if (!url?.hostname || !['http:', 'https:'].includes(url.protocol) || /\s/.test(typed)) {
      return { field: 'address', code: 'address-invalid' }
    }
    if (url.username || url.password) return { field: 'address', code: 'address-with-password' }
    url.hash = ''
    return { settings: { address: url.href } }
  },
  poll,
}

const cursorSchema = z.object({
  etag: z.string().nullable(),
  modified: z.string().nullable(),
  /** Keys of paragraphs, those that are on the page now last. */
  seen: z.array(z.string()),
  /** When the site was last asked what programs may read, in milliseconds. */
  robotsAt: z.number(),
})
type Cursor = z.infer<typeof cursorSchema>

const maxBytes = 5_000_000
/** Paragraphs that come and go (one of several quotes, say) are no news each time. */
const mostSeen = 5_000
const robotsForMs = 24 * 3_600_000

async function poll(session: ListenSession, cursor: Json): Promise<StreamBatch> {
  const { address } = settingsSchema.parse(session.settings)
  const parsed = cursorSchema.safeParse(cursor)
  const before = parsed.success ? parsed.data : null
  const robotsAt = await mustBeWelcome(session, address, before?.robotsAt ?? null)
  const got = await download(session, address, before)
  const gathering = { ...newGathering(), bytes: got.bytes }
  if (got.page === null) return { ...gathering, cursor: { ...before!, robotsAt } }
  const { paragraphs, title, language } = got.page
  const added = before === null ? [] : addedSince(new Set(before.seen), paragraphs)
  if (added.length > 0) {
    const text = added.join('\n\n')
    const now = session.now()
    const told = heard({
      id: `${address.slice(0, 900)}#${sha256Hex(text).slice(0, 32)}`,
      kind: 'article',
      at: saidAt(changedAt(got.modified, before), now.getTime()),
      title,
      text: heardText(text, gathering),
      url: address,
      languages: language ? [language] : [],
    })
    gathering.events.push({ type: 'heard', heard: told })
  }
  const here = new Set(paragraphs.map(paragraphKey))
  const seen = [...(before?.seen ?? []).filter((key) => !here.has(key)), ...here].slice(-mostSeen)
  return { ...gathering, cursor: { etag: got.etag, modified: got.modified, seen, robotsAt } }
}

/** As the server says, where it says something later than at the last look. */
function changedAt(modified: string | null, before: Cursor | null): string | undefined {
  return modified !== null && modified !== before?.modified ? modified : undefined
}

interface Downloaded {
  /** null: unchanged. */
  page: ReadPage | null
  etag: string | null
  modified: string | null
  bytes: number
}

async function download(session: ListenSession, address: string, before: Cursor | null): Promise<Downloaded> {
  const headers: Record<string, string> = { accept: 'text/html, application/xhtml+xml, text/plain;q=0.9' }
  if (before?.etag) headers['if-none-match'] = before.etag
  if (before?.modified) headers['if-modified-since'] = before.modified
  const {
    status,
    headers: given,
    body,
  } = await session.http<Uint8Array>({
    url: address,
    headers,
    as: 'bytes',
    // Without a look before there is nothing that could be unchanged.
    accept: before === null ? [] : [304],
    maxBytes,
    // Nothing can be renewed: the page is not for everybody.
    explain: ({ status }) => (status === 401 ? { kind: 'forbidden', code: 'not-a-page' } : null),
  })
  const validator = (name: string) => {
    const value = given.get(name)
    return value && value.length <= 1_000 ? value : null
  }
  if (status === 304) return { page: null, etag: before?.etag ?? null, modified: before?.modified ?? null, bytes: 0 }
  const type = given.get('content-type')
  if (type !== null && !/^\s*(text\/(html|plain)|application\/xhtml\+xml)\b/i.test(type)) {
    throw new ConnectorError({ kind: 'changed', code: 'not-a-page' })
  }
  const text = decodeText(body, type)
  const page = /^\s*text\/plain/i.test(type ?? '') ? plainPage(text) : readPage(text)
  if (page.paragraphs.length === 0) throw new ConnectorError({ kind: 'changed', code: 'not-a-page' })
  return { page, etag: validator('etag'), modified: validator('last-modified'), bytes: body.byteLength }
}

function plainPage(text: string): ReadPage {
  const paragraphs = text.slice(0, 2_000_000).split(/\n\s*\n/, 3_000)
  return {
    title: null,
    language: null,
    paragraphs: paragraphs.map((each) => each.trim()).filter((each) => each !== ''),
  }
}

// ── What the site wants ─────────────────────────────────────────────────────────────────────────────────────────────

/** Answers when the site was asked. @throws ConnectorError where it wants no programs there. */
async function mustBeWelcome(session: ListenSession, address: string, askedAt: number | null): Promise<number> {
  const now = session.now().getTime()
  if (askedAt !== null && now - askedAt < robotsForMs) return askedAt
  const url = new URL(address)
  const robots = await readRobots(session, `${url.origin}/robots.txt`)
  if (robots !== null && !mayRead(robots, 'longrun', url.pathname + url.search)) {
    throw new ConnectorError({ kind: 'forbidden', code: 'robots-refused' })
  }
  return now
}

/** null: the site asks for nothing. A site that is down is taken to forbid everything, says the RFC: it is asked again later. */
async function readRobots(session: ListenSession, url: string): Promise<string | null> {
  try {
    return (await session.http({ url, maxBytes: 1_000_000, timeoutMs: 15_000 })).body
  } catch (error) {
    const refused =
      error instanceof ConnectorError && error.status !== undefined && error.status >= 400 && error.status < 500
    if (refused && error.kind !== 'rate-limited') return null
    throw error
  }
}
