// What a server says it takes, what it takes when it says nothing, and what `check` makes of both.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { AccountView, Draft, DraftMedia, Json, Limits } from '../contract.ts'
import { ConnectorError } from '../errors.ts'
import { measureText } from '../text.ts'
import { check } from './check.ts'
import { type MastodonDouble, startMastodonDouble } from './double/server.ts'
import { countable } from './double/text.ts'
import { type Instance, isMastodon, readInstance, softwareFrom } from './instance.ts'
import { limits } from './limits.ts'
import { publish } from './publish.ts'
import { mastodonFacts, partOf, sessionFor, strangerAt } from './test-session.ts'

const account = (instance: Json): AccountView => ({
  id: 'a',
  remoteId: '1',
  handle: '@me',
  server: 'https://x.example',
  instance,
})
const instance = (facts: Partial<Instance>) => account(facts as Json)

describe('limits', () => {
  test.each([[null], [{}], ['rubbish'], [{ maxCharacters: 'many', mediaTypes: 7 }]])(
    'are those of Mastodon where the server says nothing: %j',
    (said) => {
      expect(limits(account(said as Json))).toMatchObject({
        text: { max: 500, unit: 'graphemes', urlLength: 23, localMentions: true, format: 'plain' },
        firstComment: { max: 500 },
        images: { max: 4, maxBytes: 10_485_760, maxPixels: 16_777_216, altMax: 1500 },
        videos: { max: 1, maxBytes: 41_943_040, altMax: 1500 },
        polls: { maxOptions: 4, maxCharacters: 50, minSeconds: 300, maxSeconds: 2_629_746 },
      })
    },
  )

  test('are read from both versions of the instance, and from what Pleroma adds', async () => {
    const double = await startMastodonDouble({
      maxCharacters: 1234,
      charactersPerUrl: 30,
      maxMedia: 6,
      descriptionLimit: 99,
    })
    const session = strangerAt(double.host)
    const caller = { server: double.url, credentials: null }
    const v2 = await readInstance(session, caller)
    expect(v2.instance).toMatchObject({ software: 'mastodon', version: '4.5.3', domain: 'example.social', altMax: 99 })
    expect(limits(instance(v2.instance))).toMatchObject({
      text: { max: 1234, urlLength: 30 },
      images: { max: 6, altMax: 99, maxBytes: 16_777_216, maxPixels: 33_177_600 },
      videos: { types: ['video/mp4', 'video/webm', 'video/quicktime'] },
    })
    double.settings.instanceV2 = false
    const v1 = await readInstance(session, caller)
    expect(v1.instance).toEqual({ ...v2.instance, altMax: null })
    expect(double.violations?.splice(0) ?? []).toEqual([])
    await double.stop()
  })

  test('GoToSocial counts code points, shortens nothing and mixes images with videos', () => {
    const its = limits(instance({ software: 'gotosocial', version: '0.20.0', maxCharacters: 5000, maxMedia: 6 }))
    expect(its.text).toEqual({ max: 5000, unit: 'code-points', format: 'plain' })
    expect(its).toMatchObject({ mixed: true, images: { max: 6 }, videos: { max: 6 } })
  })

  test.each([
    ['4.5.3', 'mastodon'],
    ['4.3.0-alpha.1+glitch', 'mastodon'],
    ['2.7.2 (compatible; Pleroma 2.5.0)', 'pleroma'],
    ['3.5.3 (compatible; Pixelfed 0.12.4)', 'pixelfed'],
    ['0.20.0+git-abc', null],
    ['', null],
  ])('the version %s tells %s', (version, software) => expect(softwareFrom(version)).toBe(software))

  test('versions are compared as numbers', () => {
    const facts = (version: string) => ({ ...mastodonFacts, version }) as Instance
    expect(isMastodon(facts('4.10.0'), 4, 3)).toBe(true)
    expect(isMastodon(facts('4.2.9'), 4, 3)).toBe(false)
    expect(isMastodon(facts('unknown'))).toBe(false)
  })
})

const draft = (text: string, more: Partial<Draft> = {}): Draft => ({ segments: [{ text, media: [] }], ...more })
const usual: Limits = limits(account(null))
const codes = (checked: Draft, by: Limits = usual) => check(checked, by).map(({ code, field }) => `${code} ${field}`)
const image: DraftMedia = {
  id: 'm',
  kind: 'image',
  type: 'image/png',
  bytes: 9,
  width: 1,
  height: 1,
  seconds: null,
  alt: 'x',
}

describe('check', () => {
  test('a content warning counts in the text of every part', () => {
    const options = { contentWarning: 'w'.repeat(100) }
    const text = 'x'.repeat(400)
    const two = {
      segments: [
        { text, media: [] },
        { text: `${text}y`, media: [] },
      ],
      options,
    }
    expect(codes({ ...two, firstComment: `${text}zz` })).toEqual([
      'text.too-long-with-warning segments.1.text',
      'text.too-long-with-warning firstComment',
    ])
    expect(check(two, usual)[0]!.params).toEqual({ max: 500, count: 501, warning: 100 })
    expect(codes(draft('x'.repeat(501), { options }))).toEqual(['text.too-long segments.0.text'])
  })

  test.each<[string, Json, string[]]>([
    ['fits', { options: ['a', 'b'], expiresIn: 300 }, []],
    ['has one option', { options: ['a'], expiresIn: 300 }, ['options.invalid options.poll.options']],
    [
      'has five options',
      { options: ['a', 'b', 'c', 'd', 'e'], expiresIn: 300 },
      ['poll.too-many-options options.poll.options'],
    ],
    ['has an option twice', { options: ['a', 'a'], expiresIn: 300 }, ['poll.option-twice options.poll.options.1']],
    [
      'has a long option',
      { options: ['a', 'b'.repeat(51)], expiresIn: 300 },
      ['poll.option-too-long options.poll.options.1'],
    ],
    ['is too short', { options: ['a', 'b'], expiresIn: 299 }, ['poll.too-short options.poll.expiresIn']],
    ['is too long', { options: ['a', 'b'], expiresIn: 2_629_747 }, ['poll.too-long options.poll.expiresIn']],
  ])('a poll that %s', (_, poll, issues) => {
    expect(codes(draft('Well?', { options: { poll } }))).toEqual(issues)
  })

  test('a poll goes with text and without media, in the first part alone', () => {
    const options = { poll: { options: ['a', 'b'], expiresIn: 300 } }
    const withImage = { text: 'x', media: [image] }
    expect(codes({ segments: [withImage], options })).toEqual(['poll.with-media options.poll'])
    expect(codes({ segments: [{ text: 'x', media: [] }, withImage], options })).toEqual([])
    expect(codes(draft('', { options }))).toContain('text.required segments.0.text')
  })

  test('settings that this network does not have are named', () => {
    expect(codes(draft('x', { options: { visibility: 'secret' } }))).toEqual(['options.invalid options.visibility'])
  })

  test('where images and videos mix, they share one number', () => {
    const mixing = limits(instance({ software: 'gotosocial', version: '0.20.0', maxMedia: 4 }))
    const video: DraftMedia = { ...image, kind: 'video', type: 'video/mp4' }
    const media = [image, image, image, video, video]
    expect(codes({ segments: [{ text: '', media }] }, mixing)).toEqual(['media.too-many segments.0.media'])
    expect(codes({ segments: [{ text: '', media: media.slice(1) }] }, mixing)).toEqual([])
  })
})

describe('at the limit, the check and the server agree', () => {
  let double: MastodonDouble
  beforeAll(async () => {
    double = await startMastodonDouble({ accounts: ['me', 'bob@remote.example'] })
  })
  afterAll(() => double.stop())

  const family = '👨‍👩‍👧‍👦'
  const url = `https://example.org/${'a'.repeat(200)}`
  const cases = [
    { name: 'emoji families count one each', text: family.repeat(500), more: family },
    { name: 'an address counts 23', text: `${url} ${'x'.repeat(476)}`, more: 'x' },
    { name: 'a remote mention counts by its local part', text: `@bob@remote.example ${'x'.repeat(495)}`, more: 'x' },
    { name: 'letters with marks count one each', text: 'e\u0301'.repeat(500), more: 'e' },
    { name: 'everything together', text: `${family} ${url} @bob@remote.example ${'y'.repeat(469)}`, more: 'y' },
  ]
  test.each(cases)('$name', async ({ text, more }) => {
    const session = sessionFor(double)
    const submit = async (longer: string) =>
      publish.submit(session, await publish.prepare!(session, partOf(longer), longer.slice(-9)), crypto.randomUUID())
    expect(measureText(text, usual.text)).toBe(500)
    expect(countable(text, double.state)).toBe(500)
    expect(check(draft(text), usual)).toEqual([])
    await expect(submit(text)).resolves.toMatchObject({ state: 'published' })
    expect(codes(draft(text + more))).toEqual(['text.too-long segments.0.text'])
    await expect(submit(text + more)).rejects.toThrow(ConnectorError)
  })
})
