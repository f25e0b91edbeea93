// What `checkDraft` reports, at and one step beyond each limit, and that hostile drafts are answered at once.

import { describe, expect, test } from 'vitest'
import { checkDraft } from './check.ts'
import { issueCodes } from './check-run.ts'
import type { Draft, DraftMedia, Limits, Segment } from './contract.ts'

/** Milliseconds after which it counts as hanging. Speed is measured by benches; a busy machine must not fail a test. */
const hangs = 20_000

const small: Limits = {
  text: { max: 10, unit: 'graphemes', maxBytes: 60, format: 'plain' },
  thread: { max: 3 },
  firstComment: { max: 5 },
  images: { max: 2, types: ['image/png'], maxBytes: 1000, maxPixels: 10_000, maxEdge: 200, altMax: 8 },
  videos: { max: 1, types: ['video/mp4'], maxBytes: 5000, maxSeconds: 60, altMax: 8 },
  linkCard: true,
}
const bare: Limits = { text: { max: 10, unit: 'utf16', format: 'plain' } }
const blog: Limits = {
  text: { max: 100, unit: 'code-points', format: 'markdown', required: true },
  title: { max: 10, required: true },
  excerpt: { max: 5 },
  slug: { max: 5 },
  tags: { max: 2 },
  featured: true,
  images: { max: 9, types: ['image/png'], maxBytes: 1000, altMax: 8 },
}

const image = (changes: Partial<DraftMedia> = {}): DraftMedia => {
  const plain = { id: 'm', type: 'image/png', bytes: 10, width: 10, height: 10, seconds: null, alt: 'a road' } as const
  return { kind: 'image', ...plain, ...changes }
}
const video = (changes: Partial<DraftMedia> = {}) =>
  image({ kind: 'video', type: 'video/mp4', seconds: 10, ...changes })
const segment = (text: string, changes: Partial<Segment> = {}): Segment => ({ text, media: [], ...changes })
const draft = (text: string, changes: Partial<Draft> = {}): Draft => ({ segments: [segment(text)], ...changes })
const withMedia = (...media: DraftMedia[]): Draft => ({ segments: [segment('hello', { media })] })
const link = { url: 'https://example.org', title: 'Example', description: '' }

/** `code field`, with a question mark for warnings. */
const report = (subject: Draft, limits: Limits) =>
  checkDraft(subject, limits).map(({ level, code, field }) => `${code}${level === 'warning' ? '?' : ''} ${field}`)

describe('text and threads', () => {
  test.each<[string, Draft, Limits, string[]]>([
    ['as long as allowed', draft('a'.repeat(10)), small, []],
    ['one too long', draft('a'.repeat(11)), small, ['text.too-long segments.0.text']],
    [
      'ten families are ten graphemes but too many bytes',
      draft('👨‍👩‍👧'.repeat(10)),
      small,
      ['text.too-many-bytes segments.0.text'],
    ],
    ['just enough bytes', draft('👍🏽'.repeat(7)), small, []],
    ['empty', draft(''), small, ['post.empty segments.0.text']],
    ['only spaces', draft(' \n\u00a0'), small, ['post.empty segments.0.text']],
    ['nothing at all', { segments: [] }, small, ['post.empty segments']],
    ['an image alone', { segments: [segment('', { media: [image()] })] }, small, []],
    ['a link card alone', { segments: [segment('', { link })] }, small, []],
    ['three segments', { segments: [segment('a'), segment('b'), segment('c')] }, small, []],
    ['four segments', { segments: 'abcd'.split('').map((text) => segment(text)) }, small, ['thread.too-long segments']],
    [
      'a thread where none is offered',
      { segments: [segment('a'), segment('b')] },
      bare,
      ['thread.not-offered segments'],
    ],
    ['an empty second segment', { segments: [segment('a'), segment('')] }, small, ['segment.empty segments.1.text']],
    [
      'the second too long',
      { segments: [segment('a'), segment('a'.repeat(11))] },
      small,
      ['text.too-long segments.1.text'],
    ],
    [
      'a link card where none is offered',
      { segments: [segment('a', { link })] },
      bare,
      ['link-card.not-offered? segments.0.link'],
    ],
    ['a language where none is offered', draft('a', { language: 'de' }), bare, []],
    ['a first comment', draft('a', { firstComment: '12345' }), small, []],
    ['a long first comment', draft('a', { firstComment: '123456' }), small, ['text.too-long firstComment']],
    [
      'a first comment where none is offered',
      draft('a', { firstComment: 'x' }),
      bare,
      ['first-comment.not-offered? firstComment'],
    ],
    ['an empty first comment', draft('a', { firstComment: ' ' }), bare, []],
  ])('%s', (_, subject, limits, expected) => expect(report(subject, limits)).toEqual(expected))

  test('an issue says the limit and the count', () => {
    expect(checkDraft(draft('a'.repeat(12)), small)[0]?.params).toEqual({ max: 10, count: 12 })
  })

  test('addresses count by their weight', () => {
    const limits: Limits = { text: { max: 30, unit: 'graphemes', urlLength: 23, format: 'plain' } }
    expect(
      report(draft(`1234567https://example.org/${'x'.repeat(200)}`.replace('https', ' https').slice(1)), limits),
    ).toEqual([])
    expect(report(draft('12345678 https://example.org'), limits)).toEqual(['text.too-long segments.0.text'])
  })
})

describe('media', () => {
  test.each<[string, Draft, Limits, string[]]>([
    ['two images', withMedia(image(), image()), small, []],
    ['three images', withMedia(image(), image(), image()), small, ['images.too-many segments.0.media']],
    ['images where none are offered', withMedia(image()), bare, ['images.not-offered segments.0.media']],
    ['a video', withMedia(video()), small, []],
    ['two videos', withMedia(video(), video()), small, ['videos.too-many segments.0.media']],
    [
      'a video where none is offered',
      withMedia(video()),
      { ...small, videos: undefined },
      ['videos.not-offered segments.0.media'],
    ],
    ['both', withMedia(image(), video()), small, ['media.mixed segments.0.media']],
    ['both where that is offered', withMedia(image(), video()), { ...small, mixed: true }, []],
    ['another type', withMedia(image({ type: 'image/tiff' })), small, ['media.type segments.0.media.0']],
    ['as heavy as allowed', withMedia(image({ bytes: 1000 })), small, []],
    ['too heavy', withMedia(image(), image({ bytes: 1001 })), small, ['media.too-large segments.0.media.1']],
    ['as many pixels as allowed', withMedia(image({ width: 100, height: 100 })), small, []],
    [
      'too many pixels',
      withMedia(image({ width: 101, height: 100 })),
      small,
      ['media.too-many-pixels segments.0.media.0'],
    ],
    ['too wide', withMedia(image({ width: 201, height: 1 })), small, ['media.edge-too-long segments.0.media.0']],
    ['unknown size', withMedia(image({ width: null, height: null })), small, []],
    ['too long a video', withMedia(video({ seconds: 60.5 })), small, ['video.too-long segments.0.media.0']],
    ['no alternative text', withMedia(image({ alt: ' ' })), small, ['alt.missing? segments.0.media.0.alt']],
    ['long alternative text', withMedia(image({ alt: '123456789' })), small, ['alt.too-long segments.0.media.0.alt']],
    ['alternative text in few graphemes', withMedia(image({ alt: '👨‍👩‍👧'.repeat(8) })), small, []],
  ])('%s', (_, subject, limits, expected) => expect(report(subject, limits)).toEqual(expected))
})

describe('articles', () => {
  const title = 'A title'
  test.each<[string, Draft, Limits, string[]]>([
    [
      'complete',
      draft('text', { title, excerpt: 'short', slug: 'a-b', tags: ['x', 'y'], featured: image() }),
      blog,
      [],
    ],
    ['no title', draft('text'), blog, ['title.required title']],
    ['blank title', draft('text', { title: ' ' }), blog, ['title.required title']],
    ['long title', draft('text', { title: '12345678901' }), blog, ['title.too-long title']],
    ['title in astral letters', draft('text', { title: '𝐀'.repeat(10) }), blog, []],
    ['long excerpt', draft('text', { title, excerpt: '123456' }), blog, ['excerpt.too-long excerpt']],
    ['long slug', draft('text', { title, slug: '123456' }), blog, ['slug.too-long slug']],
    ['many tags', draft('text', { title, tags: ['a', 'b', 'c'] }), blog, ['tags.too-many tags']],
    ['no text', { title, segments: [segment('', { media: [image()] })] }, blog, ['text.required segments.0.text']],
    [
      'a heavy feature image',
      draft('text', { title, featured: image({ bytes: 1001 }) }),
      blog,
      ['media.too-large featured'],
    ],
    ['a video as feature image', draft('text', { title, featured: video() }), blog, ['featured.not-an-image featured']],
    [
      'blog fields on a network without them',
      draft('text', { title, excerpt: 'e', slug: 's', tags: ['t'], featured: image() }),
      bare,
      [
        'title.not-offered? title',
        'excerpt.not-offered? excerpt',
        'slug.not-offered? slug',
        'tags.not-offered? tags',
        'featured.not-offered? featured',
      ],
    ],
    ['empty blog fields are nothing', draft('text', { title: '', excerpt: '', tags: [] }), bare, []],
  ])('%s', (_, subject, limits, expected) => expect(report(subject, limits)).toEqual(expected))
})

describe('hostile drafts', () => {
  const quickly = (subject: Draft, limits: Limits) => {
    const start = performance.now()
    const issues = checkDraft(subject, limits)
    expect(performance.now() - start).toBeLessThan(hangs)
    for (const { code } of issues) expect(issueCodes).toContain(code)
    return issues
  }
  const weighted: Limits = {
    text: { max: 500, unit: 'graphemes', urlLength: 23, localMentions: true, format: 'plain' },
  }

  test.each([
    ['letters', 'a'.repeat(25_000_000)],
    ['accents', '\u0301'.repeat(25_000_000)],
    ['families', '👨‍👩‍👧‍👦'.repeat(2_300_000)],
    ['lone surrogates', '\ud83d'.repeat(25_000_000)],
    ['addresses', 'https://a.org '.repeat(1_800_000)],
  ])('25 million units of %s', (_, text) => {
    for (const limits of [small, bare, weighted]) {
      expect(quickly(draft(text, { firstComment: text }), limits).some(({ code }) => code === 'text.too-long')).toBe(
        true,
      )
    }
    quickly(draft('text', { title: text, excerpt: text, slug: text }), blog)
    quickly(withMedia(image({ alt: text })), small)
  })

  test('a text just below the quick bound', () => {
    expect(quickly(draft('e\u0301'.repeat(30_000)), weighted)[0]?.code).toBe('text.too-long')
  })

  test('a thread of 10,000 segments', () => {
    const segments = Array.from({ length: 10_000 }, () => segment('a'.repeat(100_000)))
    expect(quickly({ segments }, small).length).toBeLessThan(10)
  })

  test('100,000 images', () => {
    const media = Array.from({ length: 100_000 }, () => image({ bytes: 9e9, alt: '' }))
    expect(quickly({ segments: [segment('a', { media })] }, small).length).toBeLessThan(20)
  })
})
