// Articles keep their pictures, their shape and nothing dangerous.

import { describe, expect, test } from 'vitest'
import { articleBlocks, articleFiles, articleText, fileName, nameFromKey, safeHtml } from './article.ts'
import type { Draft, DraftMedia, Part } from './contract.ts'

function image(id: string): DraftMedia {
  return { id, kind: 'image', type: 'image/png', bytes: 10, width: 1, height: 1, seconds: null, alt: '' }
}

function article(text: string, media: string[], featured?: string): Draft {
  return { segments: [{ text, media: media.map(image) }], ...(featured ? { featured: image(featured) } : {}) }
}

function part(text: string): Part {
  const draft = article(text, [])
  const segment = draft.segments[0]!
  return { draft, segment, position: 0, role: 'post', root: null, previous: null, dueAt: new Date(0) }
}

const pictures = new Map(['a', 'b', 'f'].map((id) => [id, { url: `https://e.org/${id}.png`, alt: `alt ${id}` }]))

function html(draft: Draft): string {
  return articleBlocks(draft, pictures)
    .map((block) => block.html)
    .join('')
}

describe('the article', () => {
  test('ends with the attached pictures that its text does not place itself', () => {
    expect(html(article('x ![](media:b) y', ['a', 'b']))).toBe(
      '<p>x <img src="https://e.org/b.png" alt="alt b" /> y</p><figure><img src="https://e.org/a.png" alt="alt a" /></figure>',
    )
  })

  test('does not repeat the feature image', () => {
    expect(html(article('x', ['f'], 'f'))).toBe('<p>x</p>')
  })

  test('uploads each file once', () => {
    expect(articleFiles(article('', ['a', 'b', 'a'], 'f'))).toEqual([
      { id: 'a', field: 'segments.0.media.0' },
      { id: 'b', field: 'segments.0.media.1' },
      { id: 'f', field: 'featured' },
    ])
    expect(articleFiles(article('', ['a'], 'a')).map(({ id }) => id)).toEqual(['a'])
  })

  test('is refused when it is too long, with the field', () => {
    expect(articleText(part('é'.repeat(5)), 10)).toBe('é'.repeat(5))
    expect(() => articleText(part('é'.repeat(6)), 10)).toThrow(
      expect.objectContaining({ kind: 'rejected', code: 'text.too-many-bytes', field: 'segments.0.text' }),
    )
  })
})

describe('the second wall', () => {
  test.each([
    ['<p>a<script>alert(1)</script>b</p>', '<p>ab</p>'],
    ['<img src="x" onerror="alert(1)" alt="y" />', '<img src="x" alt="y" />'],
    ['<a href="javascript:alert(1)" title="t">x</a>', '<a title="t">x</a>'],
    ['<a href="java&#115;cript:alert(1)">x</a>', '<a>x</a>'],
    ['<iframe src="https://e.org"></iframe><svg onload="x"></svg>', ''],
    ['<p style="position:fixed" class="x" id="y">a</p>', '<p>a</p>'],
    ['<td style="text-align:right;color:red">a</td>', '<td style="text-align:right">a</td>'],
    ['<code class="language-c++ evil">a</code>', '<code class="language-c++">a</code>'],
    ['<!-- comment --><p>a</p>', '<p>a</p>'],
  ])('%s becomes %s', (given, kept) => {
    expect(safeHtml(given)).toBe(kept)
  })
})

test.each([
  ['Größe 1.PNG', 'image/png', 'Grosse-1.png'],
  ['../../etc/passwd', 'image/jpeg', 'etc-passwd.jpg'],
  ['a"\r\nX-Evil: 1.gif', 'image/gif', 'a-X-Evil-1.gif'],
  ['写真.jpg', 'image/jpeg', 'picture.jpg'],
  ['photo.php', 'image/webp', 'photo.webp'],
])('the file %j of type %s is uploaded as %s', (name, type, expected) => {
  expect(fileName({ fileName: name, type })).toBe(expected)
})

test('names from keys are stable, differ by key and file, and fit a slug', () => {
  expect(nameFromKey('k')).toBe(nameFromKey('k'))
  expect(new Set([nameFromKey('k'), nameFromKey('l'), nameFromKey('k', 'f'), nameFromKey('k', 'g')]).size).toBe(4)
  expect(nameFromKey('k')).toMatch(/^longrun-[0-9a-f]{32}$/)
})
