// The scanner on texts of many scripts, and what must hold for any text at all.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { makeTokens, scan } from './scan.ts'

const passedOver = /\s|\p{Z}|\p{Cc}|\p{M}|[\u200b-\u200d]|\u2060|\ufeff|[\u{1f3fb}-\u{1f3ff}]|[\u{e0020}-\u{e007f}]/gu

const names = ['word', 'number', 'hashtag', 'mention', 'link', 'emoji', 'emoticon', 'sign']

function cut(text: string): string[] {
  const tokens = scan(text, makeTokens(2))
  return Array.from({ length: tokens.count }, (_, at) => {
    const part = text.slice(tokens.start[at], tokens.end[at])
    return tokens.kind[at] === 0 ? part : `${names[tokens.kind[at]!]}:${part}`
  })
}

test.each<[string, string[]]>([
  ['', []],
  ['Hello world', ['Hello', 'world']],
  ["don't can’t 'quoted' rock'n'roll", ["don't", 'can’t', "sign:'", 'quoted', "sign:'", "rock'n'roll"]],
  ['e-mail', ['e', 'sign:-', 'mail']],
  ['café naïve', ['café', 'naïve']],
  ['cafe\u0301!', ['cafe\u0301', 'sign:!']],
  ['3.5 1,000 2nd 7', ['number:3.5', 'number:1,000', '2nd', 'number:7']],
  ['so good!!! or??', ['so', 'good', 'sign:!!!', 'or', 'sign:??']],
  ['#Launch2026 #2026 a#b', ['hashtag:#Launch2026', 'sign:#', 'number:2026', 'a', 'sign:#', 'b']],
  [
    '@ann.example.org, @ann@social.example.',
    ['mention:@ann.example.org', 'sign:,', 'mention:@ann@social.example', 'sign:.'],
  ],
  ['mail me@example.org', ['mail', 'me', 'sign:@', 'example', 'sign:.', 'org']],
  ['see https://example.org/a?b=c#d. Then', ['see', 'link:https://example.org/a?b=c#d', 'sign:.', 'Then']],
  ['(https://example.org/a_(b))', ['sign:(', 'link:https://example.org/a_(b)', 'sign:)']],
  ['www.example.org whistle', ['link:www.example.org', 'whistle']],
  [
    'great :) but :-( or <3 :D :Dog',
    ['great', 'emoticon::)', 'but', 'emoticon::-(', 'or', 'emoticon:<3', 'emoticon::D', 'sign::', 'Dog'],
  ],
  ['at 10:30', ['at', 'number:10', 'sign::', 'number:30']],
  ['love❤️👍🏽x', ['love', 'emoji:❤️', 'emoji:👍🏽', 'x']],
  ['👩‍👩‍👧🇩🇪🇫🇷 1️⃣', ['emoji:👩‍👩‍👧', 'emoji:🇩🇪', 'emoji:🇫🇷', 'emoji:1️⃣']],
  ['東京タワー', ['東', '京', 'タ', 'ワ', 'ー']],
  ['삼성이 좋아', ['삼', '성', '이', '좋', '아']],
  ['สวัสดี', ['ส', 'วั', 'ส', 'ดี']],
  ['مرحبا بالعالم', ['مرحبا', 'بالعالم']],
  ['नमस्ते दुनिया', ['नमस्ते', 'दुनिया']],
  ['#जन्मदिन', ['hashtag:#जन्मदिन']],
  ['𝕳ello 𝟙', ['𝕳ello', 'number:𝟙']],
  ['\ud800 a', ['sign:\ud800', 'a']],
  ['AT&T', ['AT', 'sign:&', 'T']],
])('%s is cut into %j', (text, parts) => {
  expect(cut(text)).toEqual(parts)
})

test('any text is cut in order, without overlap, and nothing but space and stray marks is lost', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
      const tokens = scan(text, makeTokens(4))
      let at = 0
      let rest = ''
      for (let index = 0; index < tokens.count; index++) {
        expect(tokens.start[index]!).toBeGreaterThanOrEqual(at)
        expect(tokens.end[index]!).toBeGreaterThan(tokens.start[index]!)
        rest += text.slice(at, tokens.start[index])
        at = tokens.end[index]!
      }
      expect(at).toBeLessThanOrEqual(text.length)
      rest += text.slice(at)
      expect(rest.replace(passedOver, '')).toBe('')
    }),
    { numRuns: 2_000 },
  )
})

test('a long text of one kind takes time in proportion', () => {
  for (const unit of ['a', '@', '#', '(', ':', 'http://', '👍', '1,', "'", 'h', '\u0301'])
    expect(scan(unit.repeat(200_000 / unit.length), makeTokens()).count).toBeLessThanOrEqual(200_000)
})
