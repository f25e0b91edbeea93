// Makes the HTML of strangers harmless and its links whole, and derives plain text from it.

import sanitizeHtml from 'sanitize-html'

/** Longer items are cut before any work is done on them. */
const maxHtml = 300_000

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

/** Plain text with one empty line between paragraphs. */
export function plainText(html: string | null | undefined): string {
  if (!html) return ''
  const lines = sanitizeHtml(html.slice(0, maxHtml), { allowedTags: ['p', 'br', 'li', 'tr'], allowedAttributes: {} })
    .replace(/\s+/g, ' ')
    .replace(/<br \/>/g, '\n')
    .replace(/<li>/g, '\n• ')
    .replace(/<tr>/g, '\n')
    .replace(/<\/?p>/g, '\n\n')
    .replace(/<[^>]*>/g, '')
  return decodeBasics(lines)
    .replace(/[ \t\u00a0]*\n[ \t\u00a0]*/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}

/** One line: for titles and names, which feeds fill with markup as well. null when nothing is left. */
export function plainLine(html: string | null | undefined): string | null {
  return plainText(html?.slice(0, 2000)).replace(/\s+/g, ' ') || null
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

/** The sanitiser writes these four references and no others. */
function decodeBasics(text: string): string {
  const characters: Record<string, string> = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&amp;': '&' }
  return text.replace(/&(lt|gt|quot|amp);/g, (reference) => characters[reference]!)
}
