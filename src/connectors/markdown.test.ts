// Markdown becomes HTML that loses nothing silently and carries no script.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkMarkdown, isAllowedLink, mediaIn, type Picture, renderMarkdown } from './markdown.ts'

/** Milliseconds after which it counts as hanging. Speed is measured by benches; a busy machine must not fail a test. */
const hangs = 20_000

const picture = (id: string): Picture | null =>
  id === 'photo' ? { url: 'https://blog.example/p.png', alt: 'from the file', className: 'wp-image-7' } : null

function html(text: string): string {
  return renderMarkdown(text, picture)
    .map((block) => block.html)
    .join('\n')
}

function issues(text: string) {
  return checkMarkdown(text, [{ id: 'photo' }], 'segments.0.text').map(({ code, params }) => [code, params?.what])
}

describe('rendering', () => {
  test.each([
    ['a heading', '# One *two*', '<h1>One <em>two</em></h1>'],
    ['a soft line break, which is a space', 'one\ntwo', '<p>one two</p>'],
    ['a hard line break', 'one  \ntwo', '<p>one<br />two</p>'],
    [
      'an address in the text',
      'see https://e.org/?a=1&b=2.',
      '<p>see <a href="https://e.org/?a=1&amp;b=2">https://e.org/?a=1&amp;b=2</a>.</p>',
    ],
    ['a file name, which is no address', 'read README.md', '<p>read README.md</p>'],
    ['a tight list', '- a\n- b\n  - c', '<ul><li>a</li><li>b <ul><li>c</li></ul></li></ul>'],
    ['a loose list', '1. a\n\n   b', '<ol><li><p>a</p><p>b</p></li></ol>'],
    [
      'code with its line breaks',
      '```js\na < b\n\nc\n```',
      '<pre><code class="language-js">a &lt; b\n\nc\n</code></pre>',
    ],
    ['code in a list', '- ```\n  a\n  b\n  ```', '<ul><li><pre><code>a\nb\n</code></pre></li></ul>'],
    [
      'a table',
      '|a|b|\n|--:|-|\n|1|2|',
      '<table><thead><tr><th style="text-align:right">a</th><th>b</th></tr></thead><tbody><tr><td style="text-align:right">1</td><td>2</td></tr></tbody></table>',
    ],
    ['emoji and right-to-left text', 'سلام 👩‍🚀 **דוגמה**', '<p>سلام 👩‍🚀 <strong>דוגמה</strong></p>'],
    ['HTML, as text', '<script>alert(1)</script>', '<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>'],
    ['a link that runs a program, as text', '[x](javascript:alert(1))', '<p>[x](javascript:alert(1))</p>'],
    ['a title over two lines', '[x](/a "b\nc")', '<p><a href="/a" title="b c">x</a></p>'],
  ])('shows %s', (_, text, expected) => {
    expect(html(text)).toBe(expected)
  })

  test.each([
    [
      'alone, as a figure',
      '![a *dog*](media:photo)',
      '<figure><img src="https://blog.example/p.png" alt="a dog" class="wp-image-7" /></figure>',
    ],
    [
      'with its title as caption',
      '![dog](media:photo "Rex & <b>me</b>")',
      '<figure><img src="https://blog.example/p.png" alt="dog" class="wp-image-7" /><figcaption>Rex &amp; &lt;b&gt;me&lt;/b&gt;</figcaption></figure>',
    ],
    [
      'with the alternative text of the file',
      '![](media:photo)',
      '<figure><img src="https://blog.example/p.png" alt="from the file" class="wp-image-7" /></figure>',
    ],
    [
      'inside a line',
      'a ![b](media:photo) c',
      '<p>a <img src="https://blog.example/p.png" alt="b" class="wp-image-7" /> c</p>',
    ],
    ['as a link', '[open](media:photo)', '<p><a href="https://blog.example/p.png">open</a></p>'],
    ['that is unknown, as its alternative text', 'a ![a dog](media:gone) c', '<p>a a dog c</p>'],
    ['that is unknown and alone', '![a dog](media:gone)', '<p>a dog</p>'],
    ['that is unknown, as the text of its link', '[open *it*](media:gone) now', '<p>open <em>it</em> now</p>'],
    [
      'from elsewhere, where it is',
      '![x](https://e.org/x.png)',
      '<figure><img src="https://e.org/x.png" alt="x" /></figure>',
    ],
  ])('shows a picture %s', (_, text, expected) => {
    expect(html(text)).toBe(expected)
  })

  test('gives one block for each part of the text, in order', () => {
    const blocks = renderMarkdown('# a\n\nb\n\n- c\n- d\n\n---\n\n> e\n>\n> f', picture)
    expect(blocks.map(({ tokens }) => tokens[0]!.type)).toEqual([
      'heading_open',
      'paragraph_open',
      'bullet_list_open',
      'hr',
      'blockquote_open',
    ])
  })

  test('keeps every word of any text, and never passes on a tag that the author wrote', () => {
    const piece = fc.constantFrom(
      '<script>',
      'onload=',
      '[x](',
      ')',
      '![',
      'javascript:',
      '# ',
      '\n',
      '\n\n',
      '> ',
      '- ',
      '`',
      '```\n',
      '|a|\n|-|\n',
      '<img src=x onerror=y>',
      '👩‍🚀',
      'سلام',
      '&lt;',
    )
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string()), { maxLength: 30 }), (pieces) => {
        const result = html(`${pieces.join('')}\n\nlastword`)
        expect(result).toContain('lastword')
        expect(result).not.toMatch(/<(?:script|img[^>]+onerror)/i)
        expect(result).not.toMatch(/(?:href|src)="\s*javascript:/i)
      }),
    )
  })

  test('has no line break outside code, because some networks show it', () => {
    const line = fc.constantFrom(
      '- a',
      '  - b',
      '',
      '> c',
      '1. d',
      'e',
      '   f',
      '    g',
      '```',
      '|h|i|',
      '|-|-|',
      '***',
    )
    fc.assert(
      fc.property(fc.array(line, { maxLength: 25 }), (lines) => {
        for (const block of renderMarkdown(lines.join('\n'), picture)) {
          expect(block.html.replace(/<pre>[\s\S]*?<\/pre>/g, '')).not.toContain('\n')
        }
      }),
    )
  })
})

describe('checking', () => {
  test.each([
    ['ordinary text', '# a\n\n[b](https://e.org) ![c](media:photo) `<i>` [d](/e) a < b', []],
    ['code that shows HTML', '```\n<b>x</b>\n```', []],
    ['a block of HTML', '<div>\nx\n</div>', [['markdown.raw-html', '<div>\nx\n</div>']]],
    ['HTML inside a line', 'a <b>x</b>', [['markdown.raw-html', '<b>']]],
    ['a comment', 'a <!-- hidden --> b', [['markdown.raw-html', '<!-- hidden -->']]],
    ['a picture that is not attached', '![a](media:other)', [['markdown.unknown-media', 'other']]],
    ['a link that runs a program', '[a](javascript:alert(1))', [['markdown.link-not-allowed', 'javascript:alert(1)']]],
    [
      'a picture written into the text',
      '![a](data:image/png;base64,AAAA)',
      [['markdown.link-not-allowed', 'data:image/png;base64,AAAA']],
    ],
  ])('says of %s what readers will miss', (_, text, expected) => {
    expect(issues(text)).toEqual(expected)
  })

  test('counts what it found, and warns only', () => {
    expect(checkMarkdown('<b>a</b>', [], 'segments.0.text')).toEqual([
      { level: 'warning', code: 'markdown.raw-html', field: 'segments.0.text', params: { what: '<b>', count: 2 } },
    ])
  })

  test('says that text nested too deep is left out', () => {
    expect(issues(`${'> '.repeat(150)}deep`).map(([code]) => code)).toContain('markdown.too-deep')
    expect(html(`${'> '.repeat(150)}deep`)).not.toContain('deep')
    expect(issues(`${'> '.repeat(40)}deep`)).toEqual([])
    expect(html(`${'> '.repeat(40)}deep`)).toContain('deep')
  })

  test('reads a long article fast enough for the editor', () => {
    const text = '## Heading\n\nSome *words* with a [link](https://e.org/) and `code`.\n\n- a\n- b\n\n'.repeat(5000)
    const start = performance.now()
    expect(issues(text)).toEqual([])
    expect(performance.now() - start).toBeLessThan(hangs)
  })
})

test('finds the attached media that a text uses', () => {
  expect(mediaIn('![](media:a) [b](media:b%20c) `![](media:d)` ![](https://e.org/e.png)')).toEqual(
    new Set(['a', 'b c']),
  )
})

test.each([
  ['https://e.org', true],
  ['HTTP://e.org', true],
  ['mailto:a@e.org', true],
  ['/relative', true],
  ['a/b:c', true],
  ['media:x', true],
  ['javascript:x', false],
  [' JavaScript:x', false],
  ['vbscript:x', false],
  ['data:text/html,x', false],
  ['ftp://e.org', false],
])('%s is allowed as a link: %s', (url, allowed) => {
  expect(isAllowedLink(url)).toBe(allowed)
})
