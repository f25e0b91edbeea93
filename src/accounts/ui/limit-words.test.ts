// Limits in words: every kind of limit is said, and nothing is said of what a network does not have.

import { expect, test } from 'vitest'
import type { Limits } from '../../connectors/contract.ts'
import { connectors } from '../../connectors/registry.ts'
import { limitLines, limitSummary, sizeText } from './limit-words.ts'

const images = { max: 4, types: ['image/jpeg', 'image/png'], maxBytes: 2_000_000, altMax: 1500 }
const videos = { max: 1, types: ['video/mp4', 'video/quicktime'], maxBytes: 100_000_000, maxSeconds: 180, altMax: 0 }
const short: Limits = {
  text: { max: 500, unit: 'graphemes', urlLength: 23, format: 'plain' },
  images,
  videos,
  thread: { max: 25 },
}

const said = (limits: Limits, label: string) => limitLines(limits).find((line) => line.label === label)?.value

test('a short text says its unit and how links count', () => {
  expect(said(short, 'Text')).toBe('up to 500 characters; a link counts as 23')
  expect(limitSummary(short)).toBe('500 characters, 4 pictures, threads')
})

test('files say how many, how large, how long and of which kind', () => {
  expect(said(short, 'Pictures')).toBe('up to 4; 2 MB each; JPEG, PNG')
  expect(said(short, 'Alt text')).toBe('up to 1,500 characters')
  expect(said(short, 'Videos')).toBe('up to 1; 100 MB; 3 minutes; MP4, MOV')
  expect(said({ ...short, videos: { ...videos, maxSeconds: 86_400 } }, 'Videos')).toBe('up to 1; 100 MB; MP4, MOV')
  expect(said(short, 'Together')).toBe('either pictures or a video')
})

test('an article is called one', () => {
  const article: Limits = {
    text: { max: 1_000_000, unit: 'code-points', format: 'markdown' },
    title: { max: 255, required: true },
  }
  expect(limitSummary(article)).toBe('articles, no pictures')
  expect(said(article, 'Title')).toBe('up to 255 characters; always needed')
  expect(said(article, 'Thread')).toBe('none')
  expect(said(article, 'Polls')).toBeUndefined()
})

test('nothing is said of what only brings things in', () => {
  const none: Limits = { text: { max: 0, unit: 'graphemes', format: 'plain' } }
  expect(limitLines(none)).toEqual([])
  expect(limitSummary(none)).toBeNull()
})

test.each([
  [900, '1 kB'],
  [800_000, '800 kB'],
  [1_500_000, '1.5 MB'],
  [10_485_760, '10.5 MB'],
  [1_000_000_000, '1 GB'],
])('%d bytes read as %s', (bytes, text) => expect(sizeText(bytes)).toBe(text))

const account = { id: '', remoteId: '', handle: '', server: 'https://example.org' }
const stated = connectors.flatMap((connector) => {
  try {
    return [[connector.id, connector.limits({ ...account, instance: {} })] as const]
  } catch {
    return []
  }
})

test.each(stated)('the limits of %s can be said', (_, limits) => {
  for (const { label, value } of limitLines(limits)) expect(`${label}: ${value}`).not.toMatch(/undefined|NaN|null/)
})
