// The plain text of a letter, from its Markdown: links are written out, pictures are told by their description.

import { type HtmlBlock, type Picture, renderMarkdown } from '../markdown.ts'

type Token = HtmlBlock['tokens'][number]

/** Reads well without any formatting. A picture becomes `[description]`, a link its words with the address after them. */
export function plainText(markdown: string, picture: (id: string) => Picture | null): string {
  const blocks = renderMarkdown(markdown, picture).map(({ tokens }) => blockText(tokens))
  return blocks.filter((text) => text !== '').join('\n\n')
}

function blockText(tokens: Token[]): string {
  const lines: string[] = []
  const lists: (number | null)[] = []
  let mark = ''
  for (const token of tokens) {
    if (token.type === 'bullet_list_open') lists.push(null)
    else if (token.type === 'ordered_list_open') lists.push(Number(token.attrGet('start') ?? 1))
    else if (token.type.endsWith('_list_close')) lists.pop()
    else if (token.type === 'list_item_open') mark = itemMark(lists)
    else if (token.type === 'hr') lines.push('---')
    else if (token.type === 'fence' || token.type === 'code_block') lines.push(token.content.trimEnd())
    else if (token.children) {
      lines.push(mark + inlineText(token.children))
      mark = ' '.repeat(mark.length)
    }
    if (lists.length === 0) mark = ''
  }
  return lines.join('\n').trimEnd()
}

/** The mark of the next item, set in by the depth of its list; counts on. */
function itemMark(lists: (number | null)[]): string {
  const depth = '  '.repeat(lists.length - 1)
  const number = lists.at(-1) ?? null
  if (number === null) return `${depth}- `
  lists[lists.length - 1] = number + 1
  return `${depth}${number}. `
}

function inlineText(tokens: Token[]): string {
  let text = ''
  let target = ''
  let from = 0
  for (const token of tokens) {
    if (token.type === 'link_open') {
      target = String(token.attrGet('href') ?? '')
      from = text.length
    } else if (token.type === 'link_close') {
      if (text.slice(from) !== target) text += ` (${target})`
    } else if (token.type === 'image') text += `[${inlineText(token.children ?? []) || token.content}]`
    else if (token.type === 'softbreak') text += ' '
    else if (token.type === 'hardbreak') text += '\n'
    else text += token.content
  }
  return text
}
