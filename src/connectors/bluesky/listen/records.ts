// From records of the network to what was said: posts and reposts, as streams, the firehose and searches bring them.

import { type Gathering, heardId, heardText, heardUrl, saidAt } from '../../heard.ts'
import type { Heard, HeardAuthor, HeardMedia } from '../../listen.ts'

export const postCollection = 'app.bsky.feed.post'
export const repostCollection = 'app.bsky.feed.repost'
export const heardCollections = [postCollection, repostCollection]

/** Where a record stands. */
export interface RecordPlace {
  did: string
  collection: string
  rkey: string
}

type Fields = Record<string, unknown>

/**
 * One record as it was written; null when it cannot be read. Unknown fields and forms are passed over, because the network's
 * schemas grow. This is the hot path: it looks at each field once and makes nothing that is not kept.
 */
export function readRecord(place: RecordPlace, record: unknown, heardAt: number, into: Gathering): Heard | null {
  if (!isObject(record) || !isDid(place.did) || typeof place.rkey !== 'string' || place.rkey.length > 512) return null
  if (place.collection === postCollection) return readPost(place, record, heardAt, into)
  return place.collection === repostCollection ? readRepost(place, record, heardAt) : null
}

export const recordId = ({ did, collection, rkey }: RecordPlace): string => `at://${did}/${collection}/${rkey}`

export const isDid = (did: unknown): did is string =>
  typeof did === 'string' && did.length <= 300 && did.startsWith('did:') && heardId(did) !== null

export const authorOf = (did: string): HeardAuthor => ({
  id: did,
  handle: null,
  name: null,
  url: `https://bsky.app/profile/${did}`,
  followers: null,
})

function readPost(place: RecordPlace, record: Fields, heardAt: number, into: Gathering): Heard | null {
  const { text, createdAt, reply, embed, facets, langs } = record
  if (typeof text !== 'string') return null
  const attached: Attached = { links: [], media: [], quoteOf: null }
  if (facets !== undefined) readFacets(facets, attached.links)
  if (embed !== undefined) readEmbed(embed, attached)
  const replyTo = isObject(reply) ? refOf(reply.parent) : null
  return {
    id: recordId(place),
    kind: replyTo !== null ? 'reply' : attached.quoteOf !== null ? 'quote' : 'post',
    at: saidAt(createdAt, heardAt),
    title: null,
    text: heardText(text, into),
    url: `https://bsky.app/profile/${place.did}/post/${place.rkey}`,
    author: authorOf(place.did),
    languages: langs === undefined ? [] : readLanguages(langs),
    media: attached.media,
    links: attached.links,
    replyTo,
    root: isObject(reply) ? refOf(reply.root) : null,
    quoteOf: attached.quoteOf,
    repostOf: null,
    place: null,
  }
}

function readRepost(place: RecordPlace, record: Fields, heardAt: number): Heard | null {
  const repostOf = refOf(record.subject)
  if (repostOf === null) return null
  return {
    id: recordId(place),
    kind: 'repost',
    at: saidAt(record.createdAt, heardAt),
    title: null,
    text: '',
    url: null,
    author: authorOf(place.did),
    languages: [],
    media: [],
    links: [],
    replyTo: null,
    root: null,
    quoteOf: null,
    repostOf,
    place: null,
  }
}

// ── What is attached ────────────────────────────────────────────────────────────────────────────────────────────────

interface Attached {
  links: string[]
  media: HeardMedia[]
  quoteOf: string | null
}

/** More than anybody writes into 300 characters. */
const mostFacets = 100
const mostLinks = 50
const mostLanguages = 5

function readFacets(facets: unknown, links: string[]): void {
  if (!Array.isArray(facets)) return
  for (let at = 0; at < facets.length && at < mostFacets; at++) {
    const features: unknown = facets[at]?.features
    if (!Array.isArray(features)) continue
    for (const feature of features.slice(0, 5)) if (isObject(feature)) addLink(feature.uri, links)
  }
}

function readEmbed(embed: unknown, attached: Attached): void {
  if (!isObject(embed)) return
  const { external, images, video, record, media } = embed
  if (isObject(external)) addLink(external.uri, attached.links)
  if (Array.isArray(images) && images.length > 0) attached.media.push('image')
  if (embed.$type === 'app.bsky.embed.gallery') attached.media.push('image')
  // A video carries its own field of this name, a blob; so does its form in a post with a quote.
  if (isObject(video)) attached.media.push('video')
  if (isObject(record)) attached.quoteOf = quotedPost(record)
  // With a quote, pictures and links stand one level deeper; no deeper, whatever a record pretends.
  if (isObject(media)) readEmbed({ ...media, media: undefined, record: undefined }, attached)
}

/** `record` of a quote is a reference; with media it is a quote in itself, whose `record` is the reference. */
function quotedPost(record: Fields): string | null {
  const uri = refOf(record) ?? refOf(record.record)
  return uri?.includes(`/${postCollection}/`) ? uri : null
}

function refOf(ref: unknown): string | null {
  if (!isObject(ref)) return null
  const { uri } = ref
  return typeof uri === 'string' && uri.startsWith('at://') ? heardId(uri) : null
}

function addLink(address: unknown, links: string[]): void {
  const url = address === undefined || links.length >= mostLinks ? null : heardUrl(address)
  if (url !== null && !links.includes(url)) links.push(url)
}

function readLanguages(langs: unknown): string[] {
  if (!Array.isArray(langs)) return []
  const found: string[] = []
  for (let at = 0; at < langs.length && at < mostLanguages; at++) {
    const tag: unknown = langs[at]
    if (typeof tag === 'string' && /^[a-z]{2,8}(-[a-z0-9]{1,8}){0,3}$/i.test(tag)) found.push(tag)
  }
  return found
}

export const isObject = (value: unknown): value is Fields => typeof value === 'object' && value !== null
