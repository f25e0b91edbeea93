// Which tool a file comes from, by its headings, and what its columns mean. What was checked, and when, stands at each.

import { storable } from '../../lib/storable.ts'
import type { ImportField, ImportFormat } from './types.ts'
import { readDay } from './when.ts'

export interface Understood {
  format: ImportFormat
  columns: string[]
  rows: string[][]
  mapping: (ImportField | null)[]
  /** Lines before the first row: the headings, or none. */
  before: number
}

/** Headings are compared by their letters alone: `Posting Time`, `posting_time` and `PostingTime` are one. */
const lettersOf = (heading: string): string => heading.toLowerCase().replace(/[^\p{L}]/gu, '')

const known = new Map<string, ImportField>(
  (
    [
      ['text', 'text message content caption post body posttext'],
      ['title', 'title headline'],
      ['accounts', 'accounts account profile profiles channel channels'],
      [
        'date',
        'date datetime when day postingtime publishdate scheduledat scheduledtime scheduledate postdate dateandtime',
      ],
      ['time', 'time hour clock'],
      ['zone', 'zone timezone'],
      ['state', 'state status'],
      ['campaign', 'campaign'],
      ['department', 'department'],
      ['owner', 'owner'],
      ['tags', 'tags tag labels hashtags'],
      ['link', 'link url linkurl'],
      ['media', 'media image images imageurl imageurls mediaurl mediaurls picture'],
      ['alt', 'alt alttext imagealttext'],
      ['comment', 'comment firstcomment'],
      ['excerpt', 'excerpt'],
      ['slug', 'slug'],
      ['language', 'language'],
      ['initiator', 'initiator'],
      ['origin', 'origin'],
      ['adaptedFor', 'adaptedfor'],
      ['longrun', 'longrun'],
    ] as [ImportField, string][]
  ).flatMap(([field, names]) => names.split(' ').map((name) => [name, field] as const)),
)

const fieldOf = (heading: string): ImportField | null => known.get(lettersOf(heading)) ?? null

/** @param rows as they were read, headings with them where the file has any */
export function understand(rows: string[][]): Understood {
  const [first = [], ...rest] = rows
  if (isHeadless(first))
    return { format: 'hootsuite', columns: namesOf(first), rows, mapping: headless.slice(0, first.length), before: 0 }
  const mapping = once(first.map(fieldOf))
  // Headings that say nothing are still headings, unless they look like a row that could be imported.
  return {
    format: formatOf(first),
    columns: first.map((name, at) => name.trim() || `Column ${at + 1}`),
    rows: rest,
    mapping,
    before: 1,
  }
}

/**
 * Hootsuite's bulk message file has no headings: time, message, and a link that may be absent; `mm/dd/yyyy hh:mm` is one of the forms it
 * offers. Checked against descriptions of 2015 and 2016 (jycalcano.blogspot.com/2015/07/post-8-hootsuite-bulk-messaging.html,
 * kim-iverson-headlee.blogspot.com/2016/08/the-business-of-writing-using-hootsuite.html); Hootsuite's own help could not be read here.
 */
const isHeadless = (row: string[]): boolean =>
  row.length >= 2 && row.length <= 4 && readDay(row[0] ?? '') !== null && fieldOf(row[1] ?? '') === null

const headless: ImportField[] = ['date', 'text', 'link', 'media']

const namesOf = (row: string[]): string[] => row.map((_, at) => ['Time', 'Message', 'Link', 'Picture'][at] ?? '')

function formatOf(headings: string[]): ImportFormat {
  const there = new Set(headings.map(lettersOf))
  const has = (...names: string[]) => names.every((name) => there.has(name))
  if (has('longrun', 'text', 'date')) return 'longrun'
  // Buffer's template for bulk uploads heads its columns Text, Image URL, Tags, Posting Time. This is from memory of 2024: no page of Buffer that
  // says so could be read here. Its analytics exports are another thing and come in as plain tables.
  if (has('text', 'postingtime')) return 'buffer'
  if (has('date', 'message', 'link') && headings.length <= 5) return 'hootsuite'
  return 'plain'
}

/** Two columns of one meaning: the first has it, and a person decides about the other. */
const once = (fields: (ImportField | null)[]): (ImportField | null)[] =>
  fields.map((field, at) => (field && fields.indexOf(field) === at ? field : null))

// ── Postiz ──────────────────────────────────────────────────────────────────────────────────────────────────────────

interface PostizPost {
  group?: unknown
  publishDate?: unknown
  content?: unknown
  status?: unknown
  state?: unknown
  integration?: { name?: unknown; identifier?: unknown } | null
  media?: unknown
  image?: unknown
}

/**
 * Postiz has no export of its own (github.com/gitroomhq/postiz-app/issues/1780, open in July 2026); what people have is the answer of its
 * public API, GET /public/v1/posts, in the layout of mintlify.com/gitroomhq/postiz-app/api/posts/list-posts, read in November 2026:
 * `posts` with `group`, `publishDate` in UTC, `status`, `content`, `integration.name`, `media`. null: this is no such answer.
 */
export function understandPostiz(text: string): Understood | null {
  const posts = postizPosts(text)
  if (!posts) return null
  const byGroup = new Map<string, { cells: string[]; accounts: string[] }>()
  for (const [at, post] of posts.entries()) {
    const words = plainText(String(post.content ?? ''))
    const date = typeof post.publishDate === 'string' ? post.publishDate : ''
    const account = String(post.integration?.name ?? '')
      .replaceAll(/[;\n]/g, ' ')
      .trim()
    // The same words of one group at one time are one post for several accounts.
    const key = post.group ? JSON.stringify([post.group, date, words]) : `row ${at}`
    const media = [post.media, post.image].flat().flatMap((each) => addressOf(each))
    const known = byGroup.get(key)
    if (known) known.accounts.push(account)
    else
      byGroup.set(key, {
        cells: [words, date, String(post.status ?? post.state ?? ''), media.join('; ')],
        accounts: [account],
      })
  }
  return {
    format: 'postiz',
    columns: ['content', 'publishDate', 'status', 'media', 'integration'],
    rows: [...byGroup.values()].map(({ cells, accounts }) => [...cells, accounts.filter(Boolean).join('; ')]),
    mapping: ['text', 'date', null, 'media', 'accounts'],
    before: 0,
  }
}

function postizPosts(text: string): PostizPost[] | null {
  if (!/^\s*[[{]/.test(text.slice(0, 200))) return null
  try {
    // JSON can say what the database cannot keep.
    const parsed = storable(JSON.parse(text.replace(/^\ufeff/, '')) as unknown)
    const posts = Array.isArray(parsed) ? parsed : (parsed as { posts?: unknown })?.posts
    const all = Array.isArray(posts) ? (posts as PostizPost[]) : null
    return all?.every((post) => post && typeof post === 'object' && 'content' in post) && all.length > 0 ? all : null
  } catch {
    return null
  }
}

function addressOf(media: unknown): string[] {
  if (typeof media === 'string') return media ? [media] : []
  const path = (media as { path?: unknown; url?: unknown } | null)?.path ?? (media as { url?: unknown } | null)?.url
  return typeof path === 'string' ? [path] : []
}

const signs: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", nbsp: ' ' }

/** Its editor writes paragraphs as HTML; only their text is taken. No tag holds another one's beginning: so a text of beginnings is read once. */
function plainText(html: string): string {
  if (!/<\/?[a-z][^<>]*>/i.test(html)) return html
  return html
    .replace(/<br\s*\/?>/gi, '\n')
    .replace(/<\/(p|div|li|h\d)>/gi, '\n')
    .replace(/<[^<>]*>/g, '')
    .replace(/&(amp|lt|gt|quot|#39|nbsp);/g, (_, name: string) => signs[name]!)
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}
