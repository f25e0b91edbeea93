// The text that a server shows as HTML, brought to a form in which it can be compared with the text that was sent.

const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' }

/** No post and no tag is as long; a hostile server is not read further. */
const longestPost = 100_000
const longestTag = 4_000

/** The visible text of a post. Tags are dropped, breaks and paragraphs become line ends; nothing is ever interpreted. */
export function plainText(html: string, longest = longestPost): string {
  const source = html.slice(0, longest)
  let text = ''
  let link: { href: string; start: number } | null = null
  for (let at = 0; at < source.length; ) {
    const open = source.indexOf('<', at)
    text += decode(source.slice(at, open < 0 ? undefined : open))
    if (open < 0) break
    const end = tagEnd(source, open)
    at = end < 0 ? open + 1 : end
    const [, closing, name = ''] =
      /^<(\/?)([a-z][a-z0-9-]*)/i.exec(source.slice(open, end < 0 ? open : open + 20)) ?? []
    const tag = name.toLowerCase()
    // An opening bracket that opens no tag is a character like any other.
    if (tag === '') text += source.slice(open, at)
    else if (tag === 'br') text += '\n'
    else if (closing && blocks.has(tag)) text += '\n\n'
    else if (tag === 'a' && !closing) link = { href: hrefOf(source.slice(open, end)), start: text.length }
    else if (tag === 'a' && link) {
      // Some servers shorten what they show of an address; the address itself is whole.
      if (/(?:…|\.\.\.)$/.test(text)) text = text.slice(0, link.start) + link.href
      link = null
    }
  }
  return text.trim()
}

const blocks = new Set(['p', 'div', 'li', 'blockquote', 'pre', 'ul', 'ol', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6'])

/** Past the bracket that closes the tag, which may not stand in quotes. Negative: it is never closed. */
function tagEnd(source: string, open: number): number {
  if (!/[a-z/!]/i.test(source[open + 1] ?? '')) return -1
  let quote = ''
  for (let at = open + 1; at < Math.min(source.length, open + longestTag); at++) {
    const char = source[at]!
    if (quote !== '') quote = char === quote ? '' : quote
    else if (char === '"' || char === "'") quote = char
    else if (char === '>') return at + 1
  }
  return -1
}

function hrefOf(tag: string): string {
  const [, double, single, bare] = /\bhref\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))/i.exec(tag) ?? []
  return decode(double ?? single ?? bare ?? '')
}

function decode(text: string): string {
  return text.replace(/&(?:#x([0-9a-f]{1,6})|#([0-9]{1,7})|([a-z]{2,6}));/gi, (entity, hex, decimal, name) => {
    if (name) return named[String(name).toLowerCase()] ?? entity
    const code = hex ? Number.parseInt(hex, 16) : Number(decimal)
    return code <= 0x10ffff ? String.fromCodePoint(code) : entity
  })
}

/**
 * What is left when everything is taken out that servers rewrite: spaces and line ends, the scheme and the slashes of
 * addresses, the server in a mention, invisible characters, and the different encodings of one address.
 */
export function essence(text: string): string {
  return unescaped(text)
    .normalize('NFC')
    .replace(/(?<![\p{L}\p{N}_])@([\p{L}\p{N}_.-]+)@[\p{L}\p{N}.-]*[\p{L}\p{N}]/gu, '@$1')
    .replace(/https?:\/\//gi, '')
    .replace(/[\s/]|\u200b|\u2060|\ufeff|\ufe0e|\ufe0f/gu, '')
}

function unescaped(text: string): string {
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (escaped) => {
    try {
      return decodeURIComponent(escaped)
    } catch {
      return escaped.toLowerCase()
    }
  })
}

export function sameText(html: string, sent: string): boolean {
  return essence(plainText(html)) === essence(sent)
}
