// The Markdown of an article: what its blocks are as HTML, and what no network can show of it; runs in the browser too.

import MarkdownIt, { type MarkdownIt as Parser, type Token } from 'markdown-it'
import type { DraftMedia, Issue } from './contract.ts'

/** Where an attached file lies on the network. */
export interface Picture {
  url: string
  /** Used where the Markdown gives no alternative text. */
  alt: string
  className?: string
}

/** One top-level block. `html` holds no line breaks outside `<pre>`, because some networks turn those into `<br>`. */
export interface HtmlBlock {
  html: string
  /** The block's own tokens, for networks that keep only some kinds of nesting. */
  tokens: Token[]
}

/** Every code that `checkMarkdown` can report; the interface has one sentence for each. */
export const markdownIssueCodes = [
  'markdown.raw-html',
  'markdown.unknown-media',
  'markdown.link-not-allowed',
  'markdown.too-deep',
] as const

type MarkdownIssueCode = (typeof markdownIssueCodes)[number]

/** markdown-it leaves out what is nested deeper, so that hostile text cannot exhaust the stack. */
const deepest = 100
/** HTML is parsed only to find it: what is rendered comes from `renderer`, which shows it as text. */
const finder = parser({ html: true, everyLink: true, linkify: false })
export const renderer = parser({ html: false, everyLink: false, linkify: true })

// ── Checking ────────────────────────────────────────────────────────────────────────────────────────────────────────

/** Warns of what readers will not see as the author wrote it. `media` is everything attached to the article. */
export function checkMarkdown(text: string, media: Pick<DraftMedia, 'id'>[], field: string): Issue[] {
  const known = new Set(media.map(({ id }) => id))
  const found = new Map<MarkdownIssueCode, { what: string; count: number }>()
  const note = (code: MarkdownIssueCode, what: string) => {
    const seen = found.get(code)
    if (seen) seen.count++
    else found.set(code, { what: what.trim().slice(0, 80), count: 1 })
  }
  for (const token of everyToken(finder.parse(text, {}))) {
    if (token.type === 'html_block' || token.type === 'html_inline') note('markdown.raw-html', token.content)
    if (token.level >= deepest - 1) note('markdown.too-deep', token.content)
    const target = targetOf(token)
    if (target === null) continue
    const id = mediaId(target)
    if (id === null) {
      if (!isAllowedLink(target)) note('markdown.link-not-allowed', target)
    } else if (!known.has(id)) note('markdown.unknown-media', id)
  }
  return [...found].map(([code, params]) => ({ level: 'warning', code, field, params }))
}

// ── Rendering ───────────────────────────────────────────────────────────────────────────────────────────────────────

/** `picture` says where `![…](media:ID)` lies; for null the alternative text is shown instead, so nothing is lost. */
export function renderMarkdown(text: string, picture: (id: string) => Picture | null): HtmlBlock[] {
  const env = {}
  const tokens = asFigures(renderer.parse(text, env))
  for (const token of tokens) if (token.children) token.children = placeMedia(token.children, picture)
  return splitBlocks(tokens).map((block) => ({
    html: withoutLineBreaks(renderer.renderer.render(block, renderer.options, env)),
    tokens: block,
  }))
}

/** Ids of the attached media that the text shows or links to. */
export function mediaIn(text: string): Set<string> {
  const ids = new Set<string>()
  for (const token of everyToken(renderer.parse(text, {}))) {
    const id = mediaId(targetOf(token) ?? '')
    if (id !== null) ids.add(id)
  }
  return ids
}

function parser({ everyLink, ...options }: { html: boolean; everyLink: boolean; linkify: boolean }): Parser {
  const markdown = new MarkdownIt({ ...options, xhtmlOut: true, maxNesting: deepest })
  // Without a scheme, `README.md` would become a link to a host in Moldova.
  markdown.linkify.set({ fuzzyLink: false, fuzzyEmail: false, fuzzyIP: false })
  markdown.validateLink = everyLink ? () => true : isAllowedLink
  markdown.renderer.rules.softbreak = () => ' '
  markdown.renderer.rules.hardbreak = () => '<br />'
  markdown.renderer.rules.figure = (tokens, at, options, env, self) => {
    const image = tokens[at]!.children!.find(({ type }) => type === 'image')
    if (!image) return `<p>${self.renderInline(tokens[at]!.children!, options, env)}</p>`
    const caption = image.attrGet('title')
    image.attrs = image.attrs!.filter(([name]) => name !== 'title')
    const below = caption ? `<figcaption>${markdown.utils.escapeHtml(String(caption))}</figcaption>` : ''
    return `<figure>${self.renderInline([image], options, env)}${below}</figure>`
  }
  return markdown
}

/** A paragraph that is one image becomes a figure, with the image's title as its caption. */
function asFigures(tokens: Token[]): Token[] {
  const result: Token[] = []
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at]!
    const children = tokens[at + 1]?.children
    result.push(token)
    if (token.type !== 'paragraph_open' || token.hidden) continue
    if (children?.length !== 1 || children[0]!.type !== 'image') continue
    Object.assign(token, { type: 'figure', tag: 'figure', nesting: 0, children })
    at += 2
  }
  return result
}

function placeMedia(tokens: Token[], picture: (id: string) => Picture | null): Token[] {
  const result: Token[] = []
  let openUnknown = false
  for (const token of tokens) {
    const id = mediaId(targetOf(token) ?? '')
    if (token.type === 'link_close' && openUnknown) {
      openUnknown = false
      continue
    }
    if (id === null) {
      result.push(token)
      continue
    }
    const place = picture(id)
    if (token.type === 'link_open') {
      openUnknown = !place
      if (place) result.push(withAttribute(token, 'href', place.url))
    } else result.push(place ? placed(token, place) : asText(token, token.content || id))
  }
  return result
}

function placed(token: Token, place: Picture): Token {
  withAttribute(token, 'src', place.url)
  if (place.className) token.attrSet('class', place.className)
  if (token.content.trim() !== '' || place.alt === '') return token
  token.children = [asText(Object.assign(Object.create(Object.getPrototypeOf(token)), token), place.alt)]
  return token
}

function withAttribute(token: Token, name: string, value: string): Token {
  token.attrSet(name, value)
  return token
}

function asText(token: Token, content: string): Token {
  return Object.assign(token, { type: 'text', tag: '', nesting: 0, attrs: null, children: null, content })
}

function splitBlocks(tokens: Token[]): Token[][] {
  const blocks: Token[][] = []
  let depth = 0
  for (const token of tokens) {
    if (depth === 0) blocks.push([])
    blocks.at(-1)!.push(token)
    depth += token.nesting
  }
  return blocks
}

/** Text never holds a literal `<`, so what lies between two `<pre>` is markup whose line breaks mean nothing. */
function withoutLineBreaks(html: string): string {
  const pieces = html.trim().split(/(<pre>[\s\S]*?<\/pre>)/)
  return pieces.map((piece, at) => (at % 2 ? piece : onOneLine(piece))).join('')
}

function onOneLine(html: string): string {
  return html.replace(/\n\s*/g, (_, at: number) => (at === 0 || html[at - 1] === '>' ? '' : ' '))
}

// ── Reading tokens ──────────────────────────────────────────────────────────────────────────────────────────────────

export function* everyToken(tokens: Token[]): Generator<Token> {
  for (const token of tokens) {
    yield token
    if (token.children) yield* everyToken(token.children)
  }
}

export function targetOf(token: Token): string | null {
  if (token.type === 'link_open') return String(token.attrGet('href') ?? '')
  if (token.type === 'image') return String(token.attrGet('src') ?? '')
  return null
}

function mediaId(target: string): string | null {
  const id = /^media:(.+)$/i.exec(target)?.[1]
  if (id === undefined) return null
  try {
    return decodeURIComponent(id)
  } catch {
    return id
  }
}

/** Relative addresses belong to the blog itself; other schemes run programs or hide content, and networks drop them. */
export function isAllowedLink(url: string): boolean {
  const scheme = /^\s*([a-z][a-z0-9+.-]*):/i.exec(url)?.[1]?.toLowerCase()
  return scheme === undefined || ['http', 'https', 'mailto', 'tel', 'media'].includes(scheme)
}
