// Brings the four shapes of feeds, as the parser gives them, into one.

import type { AnyFeed, AtomFeed, JsonFeed, RdfFeed, RssFeed } from 'feedsmith'
import { plainLine } from '../html-text.ts'
import { resolveLink } from './clean.ts'

/** An item before it is cleaned. Links are whole or missing. */
export interface Entry {
  /** What the feed calls the item. */
  guid: string | null
  link: string | null
  title: string | null
  html: string | null
  /** Given as plain text; `html` is null then. */
  text: string | null
  author: string | null
  image: string | null
  language: string | null
  published: string | undefined
  /** What relative links inside `html` refer to. */
  base: string
}

export interface FeedFacts {
  title: string | null
  /** The page the feed belongs to. */
  home: string | null
  image: string | null
  /** Who can tell when something is new (WebSub), and under which name of the feed. null: nobody. */
  hub: string | null
  self: string | null
  entries: Entry[]
}

export function readEntries(parsed: AnyFeed, url: string): FeedFacts {
  switch (parsed.format) {
    case 'rss':
      return readRss(parsed.feed, url)
    case 'atom':
      return readAtom(parsed.feed, url)
    case 'rdf':
      return readRdf(parsed.feed, url)
    case 'json':
      return readJson(parsed.feed, url)
  }
}

function readRss(feed: RssFeed.Feed<string>, url: string): FeedFacts {
  const base = within(url, feed.xml?.base)
  const entries = (feed.items ?? []).map((item): Entry => {
    const own = within(base, item.xml?.base)
    const guid = item.guid?.value?.trim() || null
    // Without the attribute a guid is the item's address, says RSS 2.0; many are not, so it must look like one.
    const permanent = guid && item.guid?.isPermaLink !== false && /^https?:\/\//i.test(guid) ? guid : undefined
    const image =
      item.media?.thumbnails?.[0]?.url ??
      item.itunes?.image ??
      firstPicture(item.enclosures) ??
      firstPicture(item.media?.contents)
    return {
      guid,
      link: whole(item.link ?? alternate(item.atom?.links) ?? permanent, own),
      title: plainLine(item.title ?? item.dc?.titles?.[0]),
      html: item.content?.encoded ?? item.description ?? item.dc?.descriptions?.[0] ?? item.itunes?.summary ?? null,
      text: null,
      author: plainLine(item.dc?.creators?.[0] ?? personName(item.authors?.[0]) ?? item.itunes?.author),
      image: whole(image, own),
      language:
        item.dc?.languages?.[0] ?? item.xml?.lang ?? feed.language ?? feed.dc?.languages?.[0] ?? feed.xml?.lang ?? null,
      published: item.pubDate ?? item.dc?.dates?.[0] ?? item.atom?.published ?? item.atom?.updated,
      base: own,
    }
  })
  return {
    title: plainLine(feed.title),
    home: whole(feed.link ?? alternate(feed.atom?.links), base),
    image: whole(feed.image?.url ?? feed.itunes?.image, base),
    ...tellersOf(feed.atom?.links, base),
    entries,
  }
}

function readAtom(feed: AtomFeed.Feed<string>, url: string): FeedFacts {
  const base = within(url, feed.xml?.base)
  const entries = (feed.entries ?? []).map((entry): Entry => {
    const own = within(base, entry.xml?.base)
    const body = entry.content?.value ? entry.content : entry.summary
    // A type that is neither text nor HTML (a picture in letters, say) has nothing to read.
    const readable = !body?.type || /^(text|html|xhtml)$|^text\//i.test(body.type)
    const plain = !body?.type || /^text(\/plain)?$/i.test(body.type)
    const image = entry.media?.thumbnails?.[0]?.url ?? entry.media?.groups?.[0]?.thumbnails?.[0]?.url
    const enclosed = entry.links?.find((link) => link.rel === 'enclosure' && link.type?.startsWith('image/'))?.href
    const author = entry.authors?.[0] ?? entry.source?.authors?.[0] ?? feed.authors?.[0]
    return {
      guid: entry.id?.trim() || null,
      link: whole(alternate(entry.links), own),
      title:
        entry.title?.type && entry.title.type !== 'text' ? plainLine(entry.title.value) : oneLine(entry.title?.value),
      html: readable && !plain ? (body?.value ?? null) : null,
      text: readable && plain ? (body?.value ?? entry.media?.groups?.[0]?.description?.value ?? null) : null,
      author: plainLine(author?.name ?? entry.dc?.creators?.[0]),
      image: whole(image ?? enclosed, own),
      language: body?.xml?.lang ?? entry.xml?.lang ?? feed.xml?.lang ?? null,
      published: entry.published ?? entry.updated,
      base: within(own, body?.xml?.base),
    }
  })
  return {
    title: plainLine(feed.title?.value),
    home: whole(alternate(feed.links), base),
    image: whole(feed.logo ?? feed.icon, base),
    ...tellersOf(feed.links, base),
    entries,
  }
}

function readRdf(feed: RdfFeed.Feed<string>, url: string): FeedFacts {
  const base = within(url, feed.xml?.base)
  const entries = (feed.items ?? []).map((item): Entry => {
    const own = within(base, item.xml?.base)
    return {
      guid: item.rdf?.about?.trim() || null,
      link: whole(item.link ?? item.rdf?.about, own),
      title: plainLine(item.title ?? item.dc?.titles?.[0]),
      html: item.content?.encoded ?? item.description ?? item.dc?.descriptions?.[0] ?? null,
      text: null,
      author: plainLine(item.dc?.creators?.[0]),
      image: whole(item.media?.thumbnails?.[0]?.url ?? firstPicture(item.media?.contents), own),
      language: item.dc?.languages?.[0] ?? feed.dc?.languages?.[0] ?? feed.xml?.lang ?? null,
      published: item.dc?.dates?.[0] ?? item.dcterms?.created?.[0],
      base: own,
    }
  })
  const nobody = { hub: null, self: null }
  return {
    ...{ title: plainLine(feed.title), home: whole(feed.link, base), image: whole(feed.image?.url, base) },
    ...nobody,
    entries,
  }
}

function readJson(feed: JsonFeed.Feed<string>, url: string): FeedFacts {
  const entries = (feed.items ?? []).map(
    (item): Entry => ({
      guid: item.id?.trim() || null,
      link: whole(item.url ?? item.external_url, url),
      title: oneLine(item.title),
      html: item.content_html ?? null,
      text: item.content_html ? null : (item.content_text ?? item.summary ?? null),
      author: oneLine(item.authors?.[0]?.name ?? feed.authors?.[0]?.name),
      image: whole(item.image ?? item.banner_image ?? firstPicture(item.attachments), url),
      language: item.language ?? feed.language ?? null,
      published: item.date_published ?? item.date_modified,
      base: url,
    }),
  )
  return {
    title: oneLine(feed.title),
    home: whole(feed.home_page_url, url),
    image: whole(feed.icon ?? feed.favicon, url),
    hub: whole(feed.hubs?.find(({ type }) => /^websub$/i.test(type ?? ''))?.url, url),
    self: whole(feed.feed_url, url),
    entries,
  }
}

const within = (base: string, relative: string | undefined) => resolveLink(relative, base) ?? base
const whole = (link: string | undefined, base: string) => resolveLink(link, base) ?? null
const oneLine = (text: string | undefined) => text?.slice(0, 2000).replace(/\s+/g, ' ').trim() || null

/** Atom: a link without a relation is the alternate. */
function alternate(links: { href?: string; rel?: string; type?: string }[] | undefined): string | undefined {
  const alternates = links?.filter((link) => !link.rel || link.rel === 'alternate') ?? []
  return (alternates.find((link) => !link.type || link.type.includes('html')) ?? alternates[0])?.href
}

function tellersOf(
  links: { href?: string; rel?: string }[] | undefined,
  base: string,
): Pick<FeedFacts, 'hub' | 'self'> {
  const linked = (rel: string) => whole(links?.find((link) => link.rel?.toLowerCase() === rel)?.href, base)
  return { hub: linked('hub'), self: linked('self') }
}

interface Attached {
  url?: string
  type?: string
  mime_type?: string
  medium?: string
}

function firstPicture(files: Attached[] | undefined): string | undefined {
  return files?.find((file) => (file.type ?? file.mime_type)?.startsWith('image/') || file.medium === 'image')?.url
}

/** RSS asks for `mail (name)`; the mail address itself is nobody's business. */
function personName(person: RssFeed.Person | undefined): string | undefined {
  return person?.name ?? (person?.email && !person.email.includes('@') ? person.email : undefined)
}
