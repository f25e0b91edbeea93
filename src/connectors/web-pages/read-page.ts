// The readable text of a page, in paragraphs: what a person would call its content, without its frame.

import sanitizeHtml from 'sanitize-html'
import { sha256Hex } from '../../lib/hash.ts'
import { heardLine } from '../heard.ts'
import { plainText } from '../html-text.ts'

export interface ReadPage {
  title: string | null
  language: string | null
  paragraphs: string[]
}

/** Larger pages are read up to here. */
const maxPage = 2_000_000
const mostParagraphs = 3_000

export function readPage(html: string): ReadPage {
  const page = html.slice(0, maxPage)
  return {
    title: titleOf(page),
    language: /<html\s[^>]{0,500}\blang\s*=\s*["']?([a-z]{2,8}(?:-[a-z0-9]{1,8}){0,3})\b/i.exec(page)?.[1] ?? null,
    paragraphs: paragraphsOf(contentOf(page)),
  }
}

/** What everything that stands beside the content is made of. */
const frame = [
  ...['script', 'style', 'noscript', 'template', 'svg', 'iframe', 'object', 'title'],
  ...['nav', 'footer', 'aside', 'form', 'button', 'select', 'option', 'textarea', 'dialog'],
]
const blocks = [
  'main',
  'article',
  'section',
  'div',
  'p',
  'li',
  'td',
  'th',
  'dt',
  'dd',
  'pre',
  'blockquote',
  'figcaption',
]
const headings = ['h1', 'h2', 'h3', 'h4', 'h5', 'h6']

/** The marked content where the page marks it, else everything but its frame; each block as a paragraph. */
function contentOf(page: string): string {
  const cleaned = sanitizeHtml(page, {
    allowedTags: ['p', 'br', 'main', 'article'],
    allowedAttributes: {},
    nonTextTags: frame,
    nestingLimit: 200,
    transformTags: Object.fromEntries(
      [...blocks, ...headings].filter((tag) => tag !== 'main' && tag !== 'article').map((tag) => [tag, 'p']),
    ),
  })
  return within(cleaned, 'main') ?? within(cleaned, 'article') ?? cleaned
}

/** From the first to the last of these elements; null: there is none with text in it. */
function within(html: string, tag: string): string | null {
  const [start, end] = [html.indexOf(`<${tag}>`), html.lastIndexOf(`</${tag}>`)]
  const inner = start < 0 || end < start ? '' : html.slice(start, end)
  return plainText(inner) === '' ? null : inner
}

function paragraphsOf(html: string): string[] {
  const found: string[] = []
  // In pieces, because the text of a whole page is cut where an article would be.
  for (const piece of html.split('</p>')) {
    for (const paragraph of plainText(piece).split(/\n+/)) {
      const text = paragraph.replace(/\s+/g, ' ').trim()
      if (text !== '') found.push(text)
      if (found.length >= mostParagraphs) return found
    }
  }
  return found
}

function titleOf(page: string): string | null {
  const stated = /<title[^>]{0,200}>([^<]{1,1000})/i.exec(page)?.[1]
  return heardLine(plainText(stated))
}

// ── Change ──────────────────────────────────────────────────────────────────────────────────────────────────────────

/** What is remembered of a paragraph. Numbers alone (clocks, counters, prices of shares) make no new one. */
export function paragraphKey(paragraph: string): string {
  return sha256Hex(paragraph.toLowerCase().replace(/\p{N}+(?:[.,:'\u2019\u00a0\u202f]\p{N}+)*/gu, '0')).slice(0, 16)
}

/** So short that it is a label, a date or a button. */
const shortest = 25

/** The paragraphs that were not there before, in their order. */
export function addedSince(seen: ReadonlySet<string>, paragraphs: string[]): string[] {
  return paragraphs.filter((paragraph) => paragraph.length >= shortest && !seen.has(paragraphKey(paragraph)))
}
