// Marks the links, mentions and tags of a text (facets), with their places in UTF-8 bytes, as the network counts.

import { countText, findLinks, findMentions, findTags, type TextRange, utf8Length, utf8Offsets } from '../text.ts'

export interface Facet {
  index: { byteStart: number; byteEnd: number }
  features: ({ $type: string } & Record<string, string>)[]
}

/** A handle is a domain name of at least two parts, the last one no number (https://atproto.com/specs/handle). */
const handle = /^(?=.{1,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?$/i

/** Whom a text mentions, each once, in lower case. Only the network knows whether they exist. */
export function mentionedHandles(text: string): string[] {
  return [...new Set(handleMentions(text).map((mention) => mention.handle))]
}

/** In the order of the text, never overlapping. `dids` holds who was found; a mention of nobody stays plain text. */
export function facetsOf(text: string, dids: ReadonlyMap<string, string>): Facet[] {
  const links = findLinks(text)
  const outside = (span: TextRange) => !links.some((link) => span.start < link.end && link.start < span.end)
  const found = [
    ...links.map((link) => ({ ...link, feature: { $type: type('link'), uri: link.url } })),
    ...handleMentions(text)
      .filter(outside)
      .flatMap((mention) => {
        const did = dids.get(mention.handle)
        return did === undefined ? [] : [{ ...mention, feature: { $type: type('mention'), did } }]
      }),
    ...findTags(text, links)
      .filter(outside)
      .filter(({ tag }) => countText(tag, 'graphemes') <= maxTagGraphemes && utf8Length(tag) <= maxTagBytes)
      .map((tag) => ({ ...tag, feature: { $type: type('tag'), tag: tag.tag } })),
  ]
  const offset = utf8Offsets(text)
  return found
    .sort((a, b) => a.start - b.start)
    .map(({ start, end, feature }) => ({
      index: { byteStart: offset(start), byteEnd: offset(end) },
      features: [feature],
    }))
}

const maxTagGraphemes = 64
const maxTagBytes = 640

function type(feature: 'link' | 'mention' | 'tag'): string {
  return `app.bsky.richtext.facet#${feature}`
}

function handleMentions(text: string): (TextRange & { handle: string })[] {
  return findMentions(text).flatMap(({ start, end, user, host }) =>
    host === null && handle.test(user) ? [{ start, end, handle: user.toLowerCase() }] : [],
  )
}
