// The pure parts of the WordPress connector: limits, check, addresses, names, and the meaning of errors.

import { describe, expect, test } from 'vitest'
import { picture } from '../article.testing.ts'
import type { Draft, ErrorKind, Json } from '../contract.ts'
import { endpoint } from './api.ts'
import { explainWordpress } from './errors.ts'
import { check, limits, optionsSchema } from './limits.ts'
import { plainText } from './wire.ts'

const instance = { root: 'https://e.org/wp-json/', admin: 'https://e.org', name: 'E', version: null, categories: [] }
const full = limits({ instance: { ...instance, capabilities: ['publish_posts', 'upload_files'] } })

function article(text: string, changes: Partial<Draft> = {}): Draft {
  return { segments: [{ text, media: [] }], title: 'T', ...changes }
}

describe('limits and check', () => {
  test('who may not upload is offered no pictures', () => {
    const poor = limits({ instance: { ...instance, capabilities: ['publish_posts'] } })
    expect([full.images, full.featured]).toEqual([expect.anything(), true])
    expect([poor.images, poor.featured]).toEqual([undefined, undefined])
  })

  test.each<[string, Draft, string[]]>([
    ['nothing about a plain article', article('# a\n\n*b*', { tags: ['c'], excerpt: 'd', slug: 'e' }), []],
    ['nothing about attached pictures', article('![](media:a)', { featured: picture('a') }), []],
    ['a text that is too long', article('x'.repeat(1_000_001)), ['error text.too-long segments.0.text']],
    [
      'a text of 25 million bytes',
      article('x'.repeat(25_000_000)),
      ['error text.too-long segments.0.text', 'error text.too-many-bytes segments.0.text'],
    ],
    [
      'a thread',
      { segments: [article('a').segments[0]!, article('b').segments[0]!] },
      ['error thread.not-offered segments'],
    ],
    ['HTML', article('a <b>b</b>'), ['warning markdown.raw-html segments.0.text']],
    ['a picture that is not attached', article('![](media:a)'), ['warning markdown.unknown-media segments.0.text']],
    ['an option that does not exist', article('a', { options: { sticky: true } }), ['error options.invalid options']],
    [
      'an option with a wrong value',
      article('a', { options: { status: 'future' } }),
      ['error options.invalid options.status'],
    ],
    ['a tag that is too long', article('a', { tags: ['b', 'x'.repeat(201)] }), ['error tag.too-long tags.1']],
    ['an empty tag', article('a', { tags: [' '] }), ['warning tag.empty tags.0']],
  ])('says %s', (_, draft, expected) => {
    expect(check(draft, full).map(({ level, code, field }) => `${level} ${code} ${field}`)).toEqual(expected)
  })

  test('a person need set no option', () => {
    expect(optionsSchema.parse({})).toEqual({ status: 'publish', categories: [] })
  })
})

test.each([
  ['https://e.org/wp-json/', 'https://e.org/wp-json/wp/v2/posts?slug=a%2Cb&status=any'],
  ['https://e.org/blog/wp-json', 'https://e.org/blog/wp-json/wp/v2/posts?slug=a%2Cb&status=any'],
  ['https://e.org/?rest_route=/', 'https://e.org/?rest_route=%2Fwp%2Fv2%2Fposts&slug=a%2Cb&status=any'],
  [
    'https://e.org/index.php?rest_route=/',
    'https://e.org/index.php?rest_route=%2Fwp%2Fv2%2Fposts&slug=a%2Cb&status=any',
  ],
])('from the root %s posts are asked at %s', (root, url) => {
  expect(endpoint(root, 'wp/v2/posts', { slug: 'a,b', status: 'any' })).toBe(url)
})

test.each([
  ['R&amp;D &#8220;x&#8221; &#x27;y&#039;', "R&D “x” 'y'"],
  ['&unknown; & &amp;lt;', '&unknown; & &lt;'],
  ['&#0; &#9999999999;', '&#0; &#9999999999;'],
])('the name %s is read as %s', (html, text) => {
  expect(plainText(html)).toBe(text)
})

describe('errors', () => {
  const place = { field: 'segments.0.media.0', scope: 'upload_files' }
  const meaning = (status: number, body: Json) => explainWordpress(place)({ status, headers: new Headers(), body })

  test.each<[number, string, ErrorKind, object]>([
    [401, 'incorrect_password', 'auth-revoked', { field: 'password' }],
    [401, 'invalid_username', 'auth-revoked', { field: 'username' }],
    [401, 'rest_not_logged_in', 'auth-revoked', {}],
    [401, 'rest_forbidden_context', 'auth-revoked', {}],
    [403, 'rest_forbidden', 'forbidden', { scope: 'upload_files' }],
    [403, 'rest_cannot_create', 'forbidden', { scope: 'upload_files' }],
    [400, 'rest_cannot_create', 'forbidden', { scope: 'upload_files' }],
    [403, 'rest_cannot_publish', 'forbidden', { scope: 'publish_posts' }],
    [404, 'rest_post_invalid_id', 'gone', {}],
    [404, 'rest_no_route', 'forbidden', {}],
    [410, 'rest_already_trashed', 'gone', {}],
    [500, 'rest_upload_unknown_error', 'rejected', { field: 'segments.0.media.0' }],
    [500, 'db_insert_error', 'rejected', { field: 'segments.0.media.0' }],
    [400, 'something_new', 'rejected', { field: 'segments.0.media.0' }],
  ])('%i %s is %s', (status, code, kind, facts) => {
    expect(meaning(status, { code, message: 'No', data: { status } })).toMatchObject({ kind, code, ...facts })
  })

  test('a refused parameter names the field of the draft', () => {
    const body = { code: 'rest_invalid_param', message: 'No', data: { status: 400, params: { format: 'No' } } }
    expect(meaning(400, body)).toMatchObject({ kind: 'rejected', field: 'options.format' })
  })

  test.each([
    [401, 'auth-revoked'],
    [403, 'forbidden'],
  ])('asking for drafts without the right, with %i inside a 400, is %s', (status, kind) => {
    const details = { status: { code: 'rest_forbidden_status', message: 'No', data: { status } } }
    const data = { status: 400, params: { status: 'Status is forbidden.' }, details }
    expect(meaning(400, { code: 'rest_invalid_param', message: 'No', data })).toMatchObject({ kind })
  })

  test.each<[number, Json, object | null]>([
    [413, '<h1>Too large</h1>', { kind: 'rejected', code: 'too-large', field: 'segments.0.media.0' }],
    [404, '<h1>Not found</h1>', { kind: 'unavailable', code: 'rest-not-found' }],
    [401, '<h1>Members only</h1>', { kind: 'auth-revoked' }],
    [503, '<h1>Maintenance</h1>', null],
    [429, { code: 'too_many', data: {} }, null],
    [500, { code: 'internal_server_error', data: { status: 500 } }, null],
  ])('what stands before WordPress and answers %i is read by its status', (status, body, facts) => {
    const result = meaning(status, body)
    if (facts) expect(result).toMatchObject(facts)
    else expect(result).toBeNull()
  })
})
