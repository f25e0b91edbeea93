// Where found words stand, and what is shown around them.

import { describe, expect, test } from 'vitest'
import { bestOf, excerptOf, soughtWords, spansOf } from './rules.ts'

const marked = (typed: string, text: string) =>
  spansOf(soughtWords(typed), text).map(([start, end]) => text.slice(start, end))

describe('words that were sought', () => {
  test.each([
    ['kettle', 'My KETTLE leaks, a kettle!', ['KETTLE', 'kettle']],
    ['cafe', 'Un café à Paris', ['café']],
    ['"lid for"', 'a lid for my kettle', ['lid', 'for']],
    ['kettle -lid', 'a lid for my kettle', ['kettle']],
    ['東京', '東京タワー', ['東京']],
    ['@ann', 'thanks @Ann, said ann', ['@Ann', 'ann']],
    ['', 'anything', []],
  ])('%s in “%s”', (typed, text, found) => {
    expect(marked(typed, text)).toEqual(found)
  })
})

describe('an excerpt', () => {
  const long = `${'Before it came all of this. '.repeat(20)}The kettle leaks. ${'And after it that. '.repeat(20)}`

  test('shows a long text around what was found, and where that stands in it', () => {
    const { text, spans } = excerptOf(soughtWords('kettle'), long)
    expect(text.startsWith('… ')).toBe(true)
    expect(text.endsWith(' …')).toBe(true)
    expect(text.length).toBeLessThan(220)
    expect(spans.map(([start, end]) => text.slice(start, end))).toEqual(['kettle'])
  })

  test('shows a short text as it is, in one line', () => {
    expect(excerptOf(soughtWords('leaks'), 'It\nleaks')).toEqual({ text: 'It leaks', spans: [[3, 8]] })
  })

  test('begins at the beginning where nothing stands in it, and never cuts a sign', () => {
    expect(excerptOf(soughtWords('never'), long).text.startsWith('Before')).toBe(true)
    expect(excerptOf(soughtWords('never'), '👍'.repeat(300)).text.isWellFormed()).toBe(true)
  })
})

test('of several messages the newest one that says most is shown', () => {
  const sought = soughtWords('kettle lid')
  expect(bestOf(sought, ['a lid', 'a kettle', 'the lid of a kettle', 'kettle and lid'])).toBe(2)
  expect(bestOf(sought, ['nothing', 'of it'])).toBeNull()
})
