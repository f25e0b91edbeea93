// Which rules a comment seems to break, as a table of comments.

import { expect, test } from 'vitest'
import { brokenBy, type Comment } from './rules.ts'
import type { CommunityRules } from './types.ts'

const none: CommunityRules = { mostLinks: null, emptyPraise: false, promotion: false, own: [] }
const all: CommunityRules = {
  ...{ mostLinks: 1, emptyPraise: true, promotion: true },
  own: [
    { text: 'No politics', words: ['election', 'vote for'] },
    { text: 'Be kind', words: [] },
  ],
}

const comment = (text: string, more: Partial<Comment> = {}): Comment => ({ text, intent: null, sentiment: 0, ...more })
const praise = { intent: 'praise', sentiment: 1 }

test.each<[string, Comment, string[]]>([
  ['one link', comment('Read https://a.example'), []],
  ['the same link twice', comment('https://a.example and https://a.example'), []],
  ['two links', comment('https://a.example and https://b.example'), ['2 links; at most 1 is allowed']],
  ['praise of something', comment('The glass lid closes so well, thank you', praise), []],
  ['praise of nothing', comment('So cool!!', praise), ['Praise in 2 words, and nothing of what']],
  ['praise without words', comment('🔥🔥🔥', praise), ['Praise without a word']],
  ['praise that asks', comment('Great, but when?', praise), []],
  ['blame in few words', comment('So bad', { intent: 'complaint', sentiment: -1 }), []],
  [
    'a good mood of which nothing else is known',
    comment('Wow', { sentiment: 1 }),
    ['Praise in 1 word, and nothing of what'],
  ],
  ['what the machine takes for spam', comment('Best lamps', { intent: 'spam' }), ['It reads like promotion']],
  ['selling with a link', comment('Buy now https://a.example'), ['“buy now” beside a link']],
  ['selling without a link', comment('I would buy now if I could'), []],
  ['a word of their own', comment('Who wins the Election?'), ['“election”: No politics']],
  ['a part of a word', comment('A selection of lamps'), []],
  ['a phrase', comment('Vote for me'), ['“vote for”: No politics']],
])('%s', (_, given, reasons) => {
  expect(brokenBy(given, all).map(({ reason }) => reason)).toEqual(reasons)
  expect(brokenBy(given, none)).toEqual([])
})

test('where no link is allowed one is too many', () => {
  expect(brokenBy(comment('https://a.example'), { ...none, mostLinks: 0 })).toEqual([
    { rule: 'links', reason: '1 link; none is allowed' },
  ])
})
