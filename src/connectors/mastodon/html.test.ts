// Reading the HTML of posts as servers write it.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { essence, plainText, sameText } from './html.ts'

/** Milliseconds after which it counts as hanging. Speed is measured by benches; a busy machine must not fail a test. */
const hangs = 20_000

describe('plain text', () => {
  test.each([
    ['<p>One</p><p>Two<br>Three<br/>Four</p>', 'One\n\nTwo\nThree\nFour'],
    ['<p>&lt;b&gt; &amp;amp; &quot;x&quot; &#39;y&#x27; &nbsp;&copy;</p>', '<b> &amp; "x" \'y\'  &copy;'],
    ['<p>a < b</p>', 'a < b'],
    ['<p title="a > b">c</p>', 'c'],
    [
      '<p><a href="https://example.org/a/b"><span class="invisible">https://</span><span class="ellipsis">example.org/a</span><span class="invisible">/b</span></a></p>',
      'https://example.org/a/b',
    ],
    ['<a href="https://example.org/a?b=1&amp;c=2">example.org/a…</a>.', 'https://example.org/a?b=1&c=2.'],
    [
      '<span class="h-card"><a href="https://x.example/@bob" class="u-url mention">@<span>bob</span></a></span>',
      '@bob',
    ],
    ['&#1114112;', '&#1114112;'],
    ['<script>alert(1)</script>', 'alert(1)'],
  ])('%s', (html, text) => expect(plainText(html)).toBe(text))

  test('takes a hostile page in its stride', () => {
    const began = performance.now()
    plainText('<a "'.repeat(50_000))
    plainText('<'.repeat(200_000))
    expect(performance.now() - began).toBeLessThan(hangs)
  })
})

describe('the same text', () => {
  const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

  test('is itself, escaped, whatever it says', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => sameText(`<p>${escaped(text)}</p>`, text)))
  })

  test('does not depend on how lines were broken', () => {
    const words = fc.array(fc.stringMatching(/^[a-z]{1,6}$/), { minLength: 1 })
    fc.assert(fc.property(words, (list) => sameText(`<p>${list.join('<br>')}</p>`, list.join('\n'))))
  })

  test.each([
    ['@bob@remote.example hi', '@bob hi'],
    ['https://example.org', 'http://example.org/'],
    ['https://example.org/%C3%A4', 'https://example.org/ä'],
    ['sun ☀️', 'sun ☀'],
  ])('%s = %s', (a, b) => expect(essence(a)).toBe(essence(b)))

  test.each([
    ['mail me@example.org', 'mail me'],
    ['one', 'One'],
    ['100 %', '100'],
    ['@bob hi', '@rob hi'],
  ])('%s ≠ %s', (a, b) => expect(essence(a)).not.toBe(essence(b)))
})
