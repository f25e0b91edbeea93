// The beginning of a text that came from outside, as one line that ends at a word.

/** At most `most` characters as people see them, and an ellipsis where something is left out. */
export function excerptOf(text: string, most: number): string {
  const line = text.replaceAll(/\s+/g, ' ').trim()
  const characters = [...new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(line.slice(0, most * 12))]
  if (characters.length <= most) return characters.map(({ segment }) => segment).join('')
  const cut = characters
    .slice(0, most)
    .map(({ segment }) => segment)
    .join('')
  const space = cut.lastIndexOf(' ')
  // A text without spaces, as in Japanese, is cut where it is full.
  return `${(space > cut.length / 2 ? cut.slice(0, space) : cut).replace(/[\s,;:.–-]+$/, '')}…`
}

/** What an item is called; short posts have no title of their own. */
export const titleOf = ({ title, text, url }: { title: string | null; text: string; url: string | null }): string =>
  title?.trim() || excerptOf(text, 120) || url || 'Without words'
