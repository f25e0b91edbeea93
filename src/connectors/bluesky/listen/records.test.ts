// What becomes of a record, by its form.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { newGathering } from '../../heard.ts'
import { readRecord } from './records.ts'

const now = Date.UTC(2026, 10, 20, 12)
const place = { did: 'did:plc:tortoise', collection: 'app.bsky.feed.post', rkey: '3l3qo2vuowo2b' }
const post = (fields: object) =>
  readRecord(place, { text: 'Hello', createdAt: '2026-11-20T11:00:00.000Z', ...fields }, now, newGathering())
const ref = (key: string) => ({ uri: `at://did:plc:hare/app.bsky.feed.post/${key}`, cid: 'bafy' })
const link = (uri: string) => ({
  index: { byteStart: 0, byteEnd: 5 },
  features: [{ $type: 'app.bsky.richtext.facet#link', uri }],
})

test('a post is told with everything that can be known of it', () => {
  expect(post({ langs: ['en', 'pt-BR'] })).toEqual({
    id: 'at://did:plc:tortoise/app.bsky.feed.post/3l3qo2vuowo2b',
    kind: 'post',
    at: new Date('2026-11-20T11:00:00Z'),
    title: null,
    text: 'Hello',
    url: 'https://bsky.app/profile/did:plc:tortoise/post/3l3qo2vuowo2b',
    author: {
      id: 'did:plc:tortoise',
      handle: null,
      name: null,
      url: 'https://bsky.app/profile/did:plc:tortoise',
      followers: null,
    },
    languages: ['en', 'pt-BR'],
    media: [],
    links: [],
    replyTo: null,
    root: null,
    quoteOf: null,
    repostOf: null,
    place: null,
  })
})

test('a repost names what it repeats and has no words of its own', () => {
  const repost = { ...place, collection: 'app.bsky.feed.repost' }
  const heard = readRecord(repost, { subject: ref('a'), createdAt: '2026-11-20T11:00:00Z' }, now, newGathering())
  expect(heard).toMatchObject({ kind: 'repost', text: '', url: null, repostOf: ref('a').uri })
  expect(readRecord(repost, { subject: 'a' }, now, newGathering())).toBeNull()
})

describe('what is attached', () => {
  const image = { image: { $type: 'blob' }, alt: 'a' }
  const cases: [string, object, object][] = [
    [
      'a reply',
      { reply: { parent: ref('p'), root: ref('r') } },
      { kind: 'reply', replyTo: ref('p').uri, root: ref('r').uri },
    ],
    ['links of the text', { facets: [link('https://a.example/1')] }, { links: ['https://a.example/1'] }],
    [
      'a card, not twice',
      { facets: [link('https://a.example/')], embed: { external: { uri: 'https://a.example/' } } },
      { links: ['https://a.example/'] },
    ],
    ['pictures', { embed: { $type: 'app.bsky.embed.images', images: [image, image] } }, { media: ['image'] }],
    ['a gallery', { embed: { $type: 'app.bsky.embed.gallery', items: [image] } }, { media: ['image'] }],
    ['a video', { embed: { $type: 'app.bsky.embed.video', video: { $type: 'blob' } } }, { media: ['video'] }],
    [
      'a quote',
      { embed: { $type: 'app.bsky.embed.record', record: ref('q') } },
      { kind: 'quote', quoteOf: ref('q').uri },
    ],
    [
      'a quote with a picture',
      { embed: { record: { record: ref('q') }, media: { images: [image] } } },
      { kind: 'quote', quoteOf: ref('q').uri, media: ['image'] },
    ],
    [
      'a quote with a card',
      { embed: { record: { record: ref('q') }, media: { external: { uri: 'https://a.example/' } } } },
      { quoteOf: ref('q').uri, links: ['https://a.example/'] },
    ],
    [
      'a feed that is shown is no quote',
      { embed: { record: { uri: 'at://did:plc:x/app.bsky.feed.generator/a' } } },
      { kind: 'post', quoteOf: null },
    ],
    [
      'addresses that no browser opens are left out',
      { facets: [link('javascript:alert(1)'), link('at://x')] },
      { links: [] },
    ],
    ['languages that are none are left out', { langs: ['english, please', 'de', 5, ''] }, { languages: ['de'] }],
  ]
  test.each(cases)('%s', (_name, fields, expected) => {
    expect(post(fields)).toMatchObject(expected)
  })
})

test.each([null, 'text', 7, [], {}, { text: null }])('%j is no post', (record) => {
  expect(readRecord(place, record, now, newGathering())).toBeNull()
})

test('ids that are no keys are refused', () => {
  for (const did of ['', 'tortoise', `did:plc:${'x'.repeat(400)}`, 'did:plc:a\u0000', undefined as unknown as string])
    expect(readRecord({ ...place, did }, { text: 'a' }, now, newGathering())).toBeNull()
})

test('whatever a record holds, it is read or refused, never thrown, and what is read can be stored', () => {
  const fields = fc.dictionary(
    fc.constantFrom('text', 'createdAt', 'reply', 'embed', 'facets', 'langs', 'subject', '__proto__', '$type'),
    fc.oneof(fc.jsonValue({ maxDepth: 4 }), fc.string({ unit: 'binary' })),
  )
  fc.assert(
    fc.property(fields, fc.string({ unit: 'binary' }), (record, text) => {
      const heard = readRecord(place, { ...record, text }, now, newGathering())
      if (heard === null) throw new Error('a text is always a post')
      expect(heard.text.isWellFormed()).toBe(true)
      expect(heard.text).not.toContain('\0')
      expect(heard.at.getTime()).toBeLessThanOrEqual(now)
    }),
    { numRuns: 500 },
  )
})
