// Search as people type it, held against what was said.

import { describe, expect, test } from 'vitest'
import { readSearch, searchWords } from './words.ts'

/** Whether the words of a search are those of a text; phrases are the database's part. */
function finds(typed: string, text: string): boolean {
  const stored = new Set(searchWords('org', null, text))
  const { words } = readSearch('org', typed)
  return words.all.every((word) => stored.has(word)) && !words.none.some((word) => stored.has(word))
}

describe('a search', () => {
  test.each<[string, string, boolean]>([
    ['kettle', 'The KETTLE leaks', true],
    ['cafe', 'Un café à Paris', true],
    ['café', 'un cafe', true],
    ['kettle lid', 'a lid for my kettle', true],
    ['kettle pot', 'a lid for my kettle', false],
    ['kettle -lid', 'a lid for my kettle', false],
    ['-lid', 'a kettle', true],
    ['"lid for"', 'a lid for my kettle', true],
    ['#sale', 'big #Sale today', true],
    ['sale', 'big #Sale today', true],
    ['#sale', 'a big sale', false],
    ['@ann.example.org', 'thanks @Ann.example.org', true],
    ['example.org', 'see https://www.example.org/a/b?c', false],
    ['https://example.org/other', 'see https://www.example.org/a/b?c', true],
    ['東京', '東京タワー', true],
    ['👍', 'fine 👍🏽', true],
    ['"open at the end', 'left open at the end', true],
    ['', 'anything', true],
    ['...', 'anything', true],
  ])('%s in “%s”: %s', (typed, text, found) => {
    expect(finds(typed, text)).toBe(found)
  })
})

test('several words of a phrase stand as they were typed too', () => {
  expect(readSearch('org', '"wind jacket" -zip 東京').phrases).toEqual(['wind jacket', '東京'])
})

test('two organisations share no hash, and a page of a megabyte stays small', () => {
  const [ours, theirs] = [searchWords('ours', 'kettle'), searchWords('theirs', 'kettle')]
  expect(ours).not.toEqual(theirs)
  const page = Array.from({ length: 100_000 }, (_, index) => `word${index}`).join(' ')
  expect(searchWords('org', page).length).toBeLessThanOrEqual(401)
})
