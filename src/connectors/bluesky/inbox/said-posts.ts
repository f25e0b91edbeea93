// Posts as messages to an account: where their thread begins, whom they answer, and under which post of ours they stand.

import { z } from 'zod'
import type { RemoteRef } from '../../contract.ts'
import type { Said, SaidKind, SaidMedia } from '../../converse.ts'
import { heardId, heardLine } from '../../heard.ts'
import type { Heard, HeardAuthor } from '../../listen.ts'
import { mostMedia, said, saidMedia } from '../../said.ts'
import { type RecordPlace, readRecord } from '../listen/records.ts'

export interface SaidFacts {
  uri: string
  cid: string
  record: unknown
  author: HeardAuthor | null
  /** When the network saw it, in milliseconds. */
  seenAt: number
  /** DID of the account that is spoken to. */
  me: string
}

const strongRef = z.object({ uri: z.string().startsWith('at://').max(1000), cid: z.string().max(200) })
const replySchema = z.object({ reply: z.object({ root: strongRef, parent: strongRef }) })

/** What later calls need to know of a post: its content, its thread, and who wrote it is in its id. */
export const refProof = z.object({ cid: z.string(), root: z.string().optional() })

export const placeOf = (uri: string): RecordPlace => {
  const [, did = '', collection = '', rkey = ''] = /^at:\/\/([^/]+)\/([^/]+)\/([^/]+)$/.exec(uri) ?? []
  return { did, collection, rkey }
}

export const addressOf = (uri: string): string => {
  const { did, rkey } = placeOf(uri)
  return `https://bsky.app/profile/${did}/post/${rkey}`
}

/** null: it cannot be read. */
export function saidPost(facts: SaidFacts, into: { cut: number }): Said | null {
  const { uri, cid, record, me } = facts
  const place = placeOf(uri)
  if (heardId(uri) === null || heardId(cid) === null || Number.isNaN(facts.seenAt)) return null
  const gathering = { ...into, events: [], gaps: [], unreadable: 0, reachedAt: null, bytes: 0 }
  const heard = readRecord(place, record, facts.seenAt, gathering)
  if (!heard || heard.kind === 'repost') return null
  into.cut = gathering.cut
  const reply = replySchema.safeParse(record).data?.reply ?? null
  const thread = reply?.root.uri ?? uri
  const own: RemoteRef = { id: uri, url: addressOf(uri), proof: { cid, root: thread } }
  return said({
    id: uri,
    ref: own,
    thread,
    root: reply ? { id: thread, url: addressOf(thread), proof: { cid: reply.root.cid } } : own,
    kind: kindOf(heard, me),
    isOurs: place.did === me,
    at: heard.at,
    author: facts.author,
    text: heard.text,
    media: mediaOf(place.did, record),
    languages: heard.languages,
    replyTo: heard.replyTo,
    about: aboutOf(heard, thread, me),
  })
}

const isFrom = (uri: string | null, did: string): boolean => uri?.startsWith(`at://${did}/`) ?? false

/** A mention of us in a thread of others is no answer to us. */
function kindOf(heard: Heard, me: string): SaidKind {
  if (isFrom(heard.replyTo, me) || isFrom(heard.root, me)) return 'reply'
  if (isFrom(heard.quoteOf, me)) return 'quote'
  return isFrom(heard.id, me) && heard.replyTo !== null ? 'reply' : 'mention'
}

/** The title is filled in where the words of our post are known. */
function aboutOf(heard: Heard, thread: string, me: string): Said['about'] {
  const ours = isFrom(thread, me) && thread !== heard.id ? thread : isFrom(heard.quoteOf, me) ? heard.quoteOf : null
  return ours === null ? null : { id: ours, url: addressOf(ours), title: '' }
}

// ── Media ───────────────────────────────────────────────────────────────────────────────────────────────────────────

const blobRef = z.object({ ref: z.object({ $link: z.string().max(200) }) })
const picture = z.object({ alt: z.string().catch(''), image: blobRef })
const embedSchema = z.object({
  images: z.array(z.unknown()).catch([]),
  items: z.array(z.unknown()).catch([]),
  video: z.unknown().optional(),
  alt: z.string().catch(''),
  media: z.unknown().optional(),
})

/** Pictures as the network's own servers for pictures show them. */
function mediaOf(did: string, record: unknown): SaidMedia[] {
  const embed = z.object({ embed: embedSchema }).safeParse(record).data?.embed
  const inner = embedSchema.safeParse(embed?.media).data
  return [embed, inner].flatMap((one) => (one ? piecesOf(did, one) : [])).slice(0, mostMedia)
}

function piecesOf(did: string, { images, items, video, alt }: z.infer<typeof embedSchema>): SaidMedia[] {
  const pictures = [...images, ...items].flatMap((value) => {
    const parsed = picture.safeParse(value).data
    if (!parsed) return []
    const url = `https://cdn.bsky.app/img/feed_fullsize/plain/${did}/${encodeURIComponent(parsed.image.ref.$link)}@jpeg`
    return [saidMedia('image', { url, alt: parsed.alt })]
  })
  return blobRef.safeParse(video).success ? [...pictures, saidMedia('video', { alt })] : pictures
}

// ── Titles ──────────────────────────────────────────────────────────────────────────────────────────────────────────

/** The beginning of a post, for people to know it by. */
export const titleOf = (record: unknown): string =>
  heardLine(z.object({ text: z.string() }).safeParse(record).data?.text, 80) ?? ''
