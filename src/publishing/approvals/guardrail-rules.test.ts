// What guardrails see and what they leave alone: money, names, links, days, and texts made to hide them.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Draft } from '../../connectors/contract.ts'
import { domainsOf, findingsOf, type Guardrail, type Looked, moneyIn, textOf, wordIn } from './guardrail-rules.ts'
import { type GuardrailKind, guardrailSettings } from './types.ts'

const words = (text: string, more: Partial<Draft> = {}): Draft => ({ segments: [{ text, media: [] }], ...more })

test.each([
  ['We raised $4 million last week.', '$4 million'],
  ['Only 4 Mio. EUR were spent', '4 Mio. EUR'],
  ['for 19.99 € you get', '19.99 €'],
  ['CHF 1’200.50 each', 'CHF 1’200.50'],
  ['It costs ten, not 20 dollars.', '20 dollars'],
  ['EUR 3,000', 'EUR 3,000'],
  ['a budget of £2bn, they say', '£2bn'],
  ['１００€', '100€'],
  ['At $5.', '$5'],
  ['20 people, 3 km, 50 %', null],
  ['room 4 million miles away', null],
  ['Version 2.0 of EURO', null],
])('money in “%s”: %s', (text, found) => {
  expect(moneyIn(textOf(words(text)))).toBe(found)
})

test.each([
  ['Peak Outdoor is cheaper', ['peak outdoor'], 'Peak Outdoor'],
  ['speak outdoors', ['peak outdoor'], null],
  ['PEAK\u00a0OUTDOOR!', ['Peak Outdoor'], 'PEAK OUTDOOR'],
  ['pe\u200bak outdoor', ['Peak Outdoor'], 'peak outdoor'],
  ['Dividende und Dividendenrendite', ['Dividenden*'], 'Dividendenrendite'],
  ['c++ (and more)', ['c++'], 'c++'],
  ['nothing', ['*a*a*a*a*a*'], null],
  ['Größe', ['GRÖSSE', 'größe'], 'Größe'],
])('words in “%s” of %j: %s', (text, list, found) => {
  expect(wordIn(textOf(words(text)), list)).toBe(found)
})

test('a list of any signs never fails and never takes long', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 100 }), fc.string({ maxLength: 2000 }), (entry, text) => {
      if (entry.trim()) wordIn(text, [entry])
    }),
    { numRuns: 300 },
  )
  expect(wordIn('a'.repeat(20_000), ['a*a*a*b'])).toBe(null)
})

test('a text of nothing but numbers is read as quickly as any other', () => {
  // In time that grows with its square this would take minutes.
  expect(moneyIn('111 '.repeat(100_000))).toBe(null)
  expect(moneyIn('1'.repeat(2_000_000))).toBe(null)
})

test('links with and without a scheme, of texts and cards, are seen', () => {
  const draft = words(
    'See https://www.example.org/a?b=1, www.other.example and shop.example.com/sale. Not e.g. end.Then',
    {
      firstComment: 'http://COMMENT.example:8080/x',
    },
  )
  draft.segments[0]!.link = { url: 'https://card.example/', title: '', description: '' }
  expect(domainsOf(draft).toSorted()).toEqual(
    ['card.example', 'comment.example', 'example.org', 'other.example', 'shop.example.com'].toSorted(),
  )
})

describe('a guardrail', () => {
  const guardrail = (kind: GuardrailKind, settings: object, accountIds: string[] = []): Guardrail => ({
    ...{ id: '0197f3a0-0000-7000-8000-000000000009', name: 'A rule', kind, accountIds },
    ...{ settings: guardrailSettings.parse(settings), laneId: '0197f3a0-0000-7000-8000-000000000008' },
  })
  const looked = (more: Partial<Looked> = {}): Looked => ({
    ...{ accountId: 'here', words: words('https://example.org'), dueAt: null, accounts: 1, firstPost: false },
    ...more,
  })
  const matchOf = (rail: Guardrail, more: Partial<Looked> = {}) => findingsOf([rail], looked(more))[0]?.match ?? null
  const quiet = { from: '2026-10-25', to: '2026-10-26', zone: 'Europe/Berlin' }

  test.each([
    ['domain-not-listed', { list: ['example.org'] }, {}, null],
    ['domain-not-listed', { list: ['https://www.example.org/path'] }, {}, null],
    ['domain-not-listed', { list: ['org'] }, {}, null],
    ['domain-not-listed', { list: ['ample.org'] }, {}, 'example.org'],
    ['domain-not-listed', {}, { words: words('no link') }, null],
    ['domain-listed', { list: ['example.org'] }, { words: words('https://news.example.org') }, 'news.example.org'],
    ['domain-listed', { list: ['example.org'] }, { words: words('https://notexample.org') }, null],
    ['domain-listed', { list: ['*.example.org'] }, { words: words('https://news.example.org') }, 'news.example.org'],
    [
      'domain-listed',
      { list: ['example.org'] },
      { words: words('Rather go to News.Example.org.') },
      'news.example.org',
    ],
    ['domain-listed', { list: ['example.org'] }, { words: words('me@example.org, example.organic') }, null],
    ['domain-listed', { list: ['example.org'] }, { words: words('example.org.evil.test') }, null],
    ['quiet-period', quiet, { dueAt: new Date('2026-10-24T21:59:00Z') }, null],
    ['quiet-period', quiet, { dueAt: new Date('2026-10-24T22:00:00Z') }, '2026-10-25 to 2026-10-26'],
    ['quiet-period', quiet, { dueAt: new Date('2026-10-26T22:59:00Z') }, '2026-10-25 to 2026-10-26'],
    ['quiet-period', quiet, { dueAt: new Date('2026-10-26T23:00:00Z') }, null],
    ['quiet-period', quiet, { dueAt: null }, null],
    ['first-post', {}, { firstPost: true }, ''],
    ['first-post', {}, { firstPost: false }, null],
    ['many-accounts', { most: 3 }, { accounts: 3 }, null],
    ['many-accounts', { most: 3 }, { accounts: 4 }, '4'],
    ['money', { list: ['dividend'] }, { words: words('A dividend is near') }, 'dividend'],
  ] as const)('%s with %j sees %j: %s', (kind, settings, more, match) => {
    expect(matchOf(guardrail(kind, settings), more as Partial<Looked>)).toBe(match)
  })

  test('of other accounts sees nothing', () => {
    expect(matchOf(guardrail('first-post', {}, ['elsewhere']), { firstPost: true })).toBe(null)
    expect(matchOf(guardrail('first-post', {}, ['here']), { firstPost: true })).toBe('')
  })
})
