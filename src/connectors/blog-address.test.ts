// Addresses of blogs as people type them.

import { expect, test } from 'vitest'
import { asReached, blogAddress } from './blog-address.ts'

const inside = /\/(?:wp-admin|wp-json)\b.*$/i

test.each([
  ['blog.example.org', 'https://blog.example.org'],
  ['  https://blog.example.org/  ', 'https://blog.example.org'],
  ['HTTP://Blog.Example.org:8080/', 'http://blog.example.org:8080'],
  ['https://example.org/blog/wp-admin/index.php?x=1#y', 'https://example.org/blog'],
  ['example.org/wp-json/wp/v2/posts', 'https://example.org'],
  ['https://example.org/?p=12', 'https://example.org'],
  ['localhost:8080', 'https://localhost:8080'],
  ['bücher.example', 'https://xn--bcher-kva.example'],
])('%j is the blog at %s', (typed, address) => {
  expect(blogAddress(typed, inside)).toBe(address)
})

test.each(['', '   ', 'ftp://example.org', 'https://', 'https://user:secret@example.org', 'not an address'])(
  '%j is refused with the field',
  (typed) => {
    expect(() => blogAddress(typed, inside)).toThrow(
      expect.objectContaining({ kind: 'rejected', code: 'wrong-address', field: 'site' }),
    )
  },
)

test.each([
  ['http://example.org/wp-json/', 'https://example.org/', 'https://example.org/wp-json/'],
  ['http://example.org:8080/wp-json/', 'https://example.org:8443/', 'https://example.org:8443/wp-json/'],
  ['http://example.org/wp-json/', 'http://example.org/', 'http://example.org/wp-json/'],
  ['http://other.example/wp-json/', 'https://example.org/', 'http://other.example/wp-json/'],
])('%s, reached by %s, is asked at %s', (told, reached, asked) => {
  expect(asReached(told, reached)).toBe(asked)
})
