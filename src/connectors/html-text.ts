// Plain text of the HTML of strangers: for articles, comments, pages and mails alike.

import sanitizeHtml from 'sanitize-html'

/** Longer ones are cut before any work is done on them. */
export const maxHtml = 300_000

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

/** The sanitiser writes these four references and no others. */
export function decodeBasics(text: string): string {
  const characters: Record<string, string> = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&amp;': '&' }
  return text.replace(/&(lt|gt|quot|amp);/g, (reference) => characters[reference]!)
}
