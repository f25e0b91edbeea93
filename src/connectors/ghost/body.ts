// An article's HTML in the form in which Ghost keeps all of it.

import type { HtmlBlock } from '../markdown.ts'

/** Ghost's editor holds flat text: in lists and quotes it joins paragraphs and drops nesting. Such blocks go in as HTML. */
export function ghostHtml(blocks: HtmlBlock[]): string {
  return blocks.map((block) => (isFlat(block) ? block.html : asCard(block.html))).join('\n')
}

function asCard(html: string): string {
  return `<!--kg-card-begin: html-->\n${html}\n<!--kg-card-end: html-->`
}

const alwaysFlat = new Set(['paragraph_open', 'heading_open', 'fence', 'code_block', 'hr', 'figure'])
const flatInList = /^(?:bullet_list|ordered_list|list_item|paragraph)_(?:open|close)$|^inline$/
const flatInQuote = /^(?:blockquote|paragraph)_(?:open|close)$|^inline$/

function isFlat({ tokens }: HtmlBlock): boolean {
  const kind = tokens[0]?.type ?? ''
  if (alwaysFlat.has(kind)) return true
  if (tokens.some(({ children }) => children?.some(({ type }) => type === 'image'))) return false
  if (kind === 'blockquote_open') {
    return (
      tokens.every(({ type }) => flatInQuote.test(type)) &&
      tokens.filter(({ type }) => type === 'blockquote_open').length === 1
    )
  }
  if (kind !== 'bullet_list_open' && kind !== 'ordered_list_open') return false
  return tokens.every(({ type }) => flatInList.test(type)) && !hasLongItem(tokens)
}

/** A paragraph that follows anything but the start of its item. */
function hasLongItem(tokens: HtmlBlock['tokens']): boolean {
  return tokens.some(({ type }, at) => type === 'paragraph_open' && tokens[at - 1]?.type !== 'list_item_open')
}
