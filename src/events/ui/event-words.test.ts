// Everything that Longrun records or tells a person has a sentence of its own.

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { eventWords, knownVerbs } from './event-words.ts'
import { notificationWords } from './notification-words.ts'

const source = join(import.meta.dirname, '../..')

/** Words in quotes on the lines of the server's files that hold `mark`. */
function wordsBeside(mark: RegExp, word: RegExp): string[] {
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter(
    (path) => path.endsWith('.ts') && !/test|contract\.ts|(^|\/)(ui|kit|shell|db|connectors)\//.test(path),
  )
  const lines = files.flatMap((path) => readFileSync(join(source, path), 'utf8').split('\n'))
  const found = lines.filter((line) => mark.test(line)).flatMap((line) => line.match(word) ?? [])
  return [...new Set(found.map((quoted) => quoted.slice(1, -1)))]
}

describe('every verb', () => {
  const recorded = wordsBeside(/\bverb:|eventOf\(/, /'[a-z-]+\.[a-z-]+'/g)

  test('is found in the sources', () => expect(recorded).toContain('post.published'))

  test.each(recorded)('%s has words', (verb) => expect(knownVerbs).toContain(verb))
})

describe('every notification', () => {
  const kinds = wordsBeside(/^\s*kind: .*'(account|webhook)[-.]/, /'(account|webhook)[-.][a-z]+'/g)

  test.each([
    ...kinds,
    'post-rejected',
    'post-unconfirmed',
    'post-parked',
    'answer-rejected',
    'answer-unconfirmed',
    'answer-parked',
  ])('%s has words', (kind) => {
    const { title } = notificationWords(kind, { account: 'The blog', name: 'The blog' })
    expect(title.toLowerCase()).not.toBe(kind.replaceAll(/[-.]/g, ' '))
  })
})

test.each([
  ['member.changed', { from: { role: 'viewer' }, to: { role: 'manager' } }, 'changed a member: now Manager'],
  [
    'organisation.changed',
    { from: { name: 'A', timeZone: 'UTC' }, to: { name: 'B', timeZone: 'UTC' } },
    'changed the organisation: name',
  ],
  ['webhook.changed', {}, 'changed a webhook'],
  ['post.held', { reason: 'a storm' }, 'held a post “a storm”'],
  ['something.new-here', {}, 'something new here'],
])('%s reads as a sentence', (verb, facts, words) => {
  expect(eventWords(verb, facts)).toBe(words)
})
