// Makes the HTML of strangers harmless and its links whole.

import sanitizeHtml from 'sanitize-html'
import { decodeBasics, maxHtml } from '../html-text.ts'

const allowedTags = [
  ...[
    'p',
    'br',
    'hr',
    'div',
    'h1',
    'h2',
    'h3',
    'h4',
    'h5',
    'h6',
    'blockquote',
    'pre',
    'ul',
    'ol',
    'li',
    'dl',
    'dt',
    'dd',
  ],
  ...[
    'a',
    'b',
    'strong',
    'i',
    'em',
    'u',
    's',
    'del',
    'ins',
    'mark',
    'small',
    'sub',
    'sup',
    'code',
    'kbd',
    'q',
    'cite',
    'abbr',
  ],
  ...['img', 'figure', 'figcaption', 'table', 'caption', 'thead', 'tbody', 'tfoot', 'tr', 'th', 'td'],
]

/** `base` resolves relative links; null leaves no relative link. An empty result is null. */
export function cleanHtml(html: string | null | undefined, base: string | null): string | null {
  if (!html?.trim()) return null
  const cleaned = sanitizeHtml(html.slice(0, maxHtml), {
    allowedTags,
    allowedAttributes: {
      a: ['href', 'title', 'rel'],
      img: ['src', 'alt', 'title', 'width', 'height'],
      '*': ['lang', 'dir'],
    },
    allowedSchemes: ['http', 'https', 'mailto'],
    allowedSchemesByTag: { img: ['http', 'https'] },
    allowProtocolRelative: false,
    nestingLimit: 60,
    transformTags: {
      a: (tagName, { href, title }) => ({
        tagName,
        attribs: withValues({ href: resolveLink(href, base), title, rel: 'noopener noreferrer nofollow ugc' }),
      }),
      img: (tagName, { src, alt, title, width, height }) => ({
        tagName,
        attribs: withValues({ src: resolveLink(src, base), alt, title, width, height }),
      }),
    },
    // A picture of one pixel shows nothing and tells the sender who reads.
    exclusiveFilter: ({ tag, attribs }) =>
      tag === 'img' && (!attribs.src || isPixel(attribs.width) || isPixel(attribs.height)),
  }).trim()
  return cleaned || null
}

/** Only addresses that a browser may open: anything but http(s) and mail is dropped. */
export function resolveLink(link: string | null | undefined, base: string | null): string | undefined {
  const trimmed = link?.trim()
  if (!trimmed) return undefined
  const url = URL.parse(trimmed, base ?? undefined)
  return url && ['http:', 'https:', 'mailto:'].includes(url.protocol) ? url.href : undefined
}

/** The first picture of cleaned HTML. */
export function firstImage(html: string | null): string | null {
  const found = /<img\b[^>]*\ssrc="([^"]+)"/.exec(html ?? '')
  return found ? decodeBasics(found[1]!) : null
}

const isPixel = (size: string | undefined) => size === '0' || size === '1'

function withValues(attributes: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(attributes).filter((pair): pair is [string, string] => pair[1] !== undefined),
  )
}
