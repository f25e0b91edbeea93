// Where in a post a field is, in words: `segments.1.text` is “the text of part 2”.

const single: Record<string, string> = {
  title: 'the title',
  excerpt: 'the excerpt',
  slug: 'the address',
  tags: 'the tags',
  featured: 'the feature image',
  poll: 'the poll',
  language: 'the language',
  firstComment: 'the first comment',
}

export function fieldPlace(field: string): string {
  const [, index, inside = ''] = /^segments\.(\d+)\.?(.*)$/.exec(field) ?? []
  if (index === undefined) return single[field.split('.')[0] ?? ''] ?? field.replaceAll('.', ' › ')
  // The first part is the post itself.
  const ofPart = index === '0' ? '' : ` of part ${Number(index) + 1}`
  return `${insideWords(inside)}${ofPart}`
}

function insideWords(inside: string): string {
  const [name, at, what] = inside.split('.')
  if (name === 'text') return 'the text'
  if (name === 'link') return 'the link card'
  if (name !== 'media') return 'the words'
  if (at === undefined) return 'the pictures or the video'
  return what === 'alt' ? `the description of picture ${Number(at) + 1}` : `picture ${Number(at) + 1}`
}
