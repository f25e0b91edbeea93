// The pure parts of the Ghost connector: keys and tokens, check, the form of the HTML, and the meaning of errors.

import { createHmac } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { picture } from '../article.testing.ts'
import type { Draft, ErrorKind, Json } from '../contract.ts'
import { renderMarkdown } from '../markdown.ts'
import { ghostHtml } from './body.ts'
import { explainGhost } from './errors.ts'
import { check, limits, optionsSchema } from './limits.ts'
import { parseAdminKey, signToken } from './token.ts'

test('a token says who signs, for whom, and for how long', () => {
  const secret = '0f'.repeat(32)
  const token = signToken({ id: 'a'.repeat(24), secret }, new Date('2026-11-23T12:00:00Z'))
  const [header, claims, signature] = token.split('.')
  const read = (part?: string) => JSON.parse(Buffer.from(part!, 'base64url').toString())
  expect(read(header)).toEqual({ alg: 'HS256', typ: 'JWT', kid: 'a'.repeat(24) })
  expect(read(claims)).toEqual({ iat: 1795435200, exp: 1795435500, aud: '/admin/' })
  const signed = createHmac('sha256', Buffer.from(secret, 'hex')).update(`${header}.${claims}`).digest('base64url')
  expect(signature).toBe(signed)
})

test('a key is taken with the spaces around it', () => {
  expect(parseAdminKey(` ${'a'.repeat(24)}:${'b'.repeat(64)}\n`)).toEqual({
    id: 'a'.repeat(24),
    secret: 'b'.repeat(64),
  })
})

describe('check', () => {
  const article = (text: string, changes: Partial<Draft> = {}): Draft => ({
    segments: [{ text, media: [] }],
    title: 'T',
    ...changes,
  })

  test.each<[string, Draft, string[]]>([
    [
      'nothing about a plain article',
      article('# a', { tags: ['c'], excerpt: 'd', slug: 'e', featured: picture('f') }),
      [],
    ],
    ['that the title is missing', article('a', { title: ' ' }), ['error title.required title']],
    ['that the title is too long', article('a', { title: 'x'.repeat(256) }), ['error title.too-long title']],
    ['nothing of 255 emoji as title', article('a', { title: '🚀'.repeat(255) }), []],
    ['that the excerpt is too long', article('a', { excerpt: 'x'.repeat(301) }), ['error excerpt.too-long excerpt']],
    [
      'that a cover is described too long',
      article('a', { featured: picture('f', { alt: 'x'.repeat(192) }) }),
      ['error alt.too-long featured.alt'],
    ],
    ['that the text is too long', article('x'.repeat(1_000_001)), ['error text.too-long segments.0.text']],
    ['what readers will miss', article('a <b>b</b>'), ['warning markdown.raw-html segments.0.text']],
    [
      'that an option is wrong',
      article('a', { options: { visibility: 'x' } }),
      ['error options.invalid options.visibility'],
    ],
  ])('says %s', (_, draft, expected) => {
    expect(check(draft, limits()).map(({ level, code, field }) => `${level} ${code} ${field}`)).toEqual(expected)
  })

  test('a person need set no option', () => {
    expect(optionsSchema.parse({})).toEqual({ status: 'published', visibility: 'public', featured: false })
  })
})

test.each([
  ['a paragraph', 'a *b*', false],
  ['code', '```\na\n```', false],
  ['a tight list', '- a\n- b\n  1. c', false],
  ['a loose list of single paragraphs', '- a\n\n- b', false],
  ['a quote of paragraphs', '> a\n>\n> b', false],
  ['a list with two paragraphs in one item', '- a\n\n  b', true],
  ['a list with code', '- ```\n  a\n  ```', true],
  ['a list with a picture', '- ![a](https://e.org/a.png)', true],
  ['a list with a quote', '- > a', true],
  ['a paragraph after a nested list', '- a\n  - b\n\n  c', true],
  ['a quote with a list', '> - a', true],
  ['a quote in a quote', '> > a', true],
  ['a table', '|a|\n|-|\n|b|', true],
])('%s goes in as HTML: it is kept as it is (%s)', (_, text, card) => {
  expect(ghostHtml(renderMarkdown(text, () => null)).includes('kg-card-begin')).toBe(card)
})

describe('errors', () => {
  const now = new Date('2026-11-23T12:00:00Z')
  const meaning = (status: number, body: Json, date = now) =>
    explainGhost({ field: 'x', now })({ status, headers: new Headers({ date: date.toUTCString() }), body })
  const error = (type: string, more: { [key: string]: Json } = {}): Json => ({
    errors: [{ type, message: 'No', ...more }],
  })

  test.each<[number, string, ErrorKind]>([
    [422, 'ValidationError', 'rejected'],
    [409, 'UpdateCollisionError', 'rejected'],
    [403, 'NoPermissionError', 'forbidden'],
    [403, 'HostLimitError', 'forbidden'],
    [401, 'UnauthorizedError', 'auth-revoked'],
    [404, 'NotFoundError', 'gone'],
    [413, 'RequestEntityTooLargeError', 'rejected'],
    [415, 'UnsupportedMediaTypeError', 'rejected'],
    [429, 'TooManyRequestsError', 'rate-limited'],
    [503, 'MaintenanceError', 'unavailable'],
    [406, 'RequestNotAcceptableError', 'changed'],
  ])('%i %s is %s', (status, type, kind) => {
    expect(meaning(status, error(type))).toMatchObject({ kind, code: type })
  })

  test.each([
    [{ property: 'custom_excerpt' }, 'excerpt'],
    [{ context: 'Value in [posts.title] exceeds maximum length of 255 characters. posts.title' }, 'title'],
    [{ property: 'name', details: [{ instancePath: '/posts/0/tags/0/name' }] }, 'tags'],
    [{ property: null, context: null, details: null }, 'x'],
  ])('the field is read from %j', (more, field) => {
    expect(meaning(422, error('ValidationError', more))).toMatchObject({ field })
  })

  test('a token that Ghost cannot take is a matter of the key, or of the clock', () => {
    const refused = error('UnauthorizedError', { code: 'INVALID_JWT' })
    expect(meaning(401, refused)).toMatchObject({ kind: 'auth-revoked', code: 'INVALID_JWT' })
    expect(meaning(400, error('BadRequestError', { code: 'INVALID_JWT' }))).toMatchObject({ kind: 'auth-revoked' })
    const later = new Date(now.getTime() + 400_000)
    expect(meaning(401, refused, later)).toMatchObject({ kind: 'unavailable', code: 'clock-differs' })
  })

  test.each<[number, Json, object | null]>([
    [413, '<h1>Too large</h1>', { kind: 'rejected', code: 'too-large', field: 'x' }],
    [401, '<h1>Members only</h1>', { kind: 'auth-revoked' }],
    [502, '<h1>Bad gateway</h1>', null],
    [500, error('InternalServerError'), null],
  ])('what it does not know, %i, is read by its status', (status, body, facts) => {
    const result = meaning(status, body)
    if (facts) expect(result).toMatchObject(facts)
    else expect(result).toBeNull()
  })
})
