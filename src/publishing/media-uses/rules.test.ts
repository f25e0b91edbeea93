// What the rights of files mean for a post, in a table.

import { expect, test } from 'vitest'
import type { Draft } from '../../connectors/contract.ts'
import type { RightsState } from '../../media/library/types.ts'
import { hasIssueWords } from '../ui/words.ts'
import { rightsIssues } from './rules.ts'

const item = (id: string) => ({
  ...{ id, kind: 'image' as const, type: 'image/png', bytes: 1, width: 1, height: 1 },
  ...{ seconds: null, alt: '' },
})
const draft: Draft = {
  segments: [
    { text: 'one', media: [item('a'), item('b')] },
    { text: 'two', media: [], link: { url: 'https://example.org', title: '', description: '', imageId: 'a' } },
  ],
  featured: item('c'),
}
const facts = (state: RightsState) => ({ fileName: 'sea.jpg', state, until: '2026-06-01' })
const places = (issues: ReturnType<typeof rightsIssues>) => issues.map(({ level, code, field }) => [level, code, field])

test.each<[RightsState, boolean, [string, string] | null]>([
  ['held', true, null],
  ['expired', false, ['error', 'media.rights-ended']],
  ['expiring', false, ['warning', 'media.rights-ending']],
  ['unknown', true, ['warning', 'media.rights-unknown']],
  ['unknown', false, null],
])('%s, unknown ones warned of: %s', (state, warnUnknown, said) => {
  const found = rightsIssues(draft, { warnUnknown, files: new Map([['a', facts(state)]]) })
  // Each place has its own; a file that is not known here says nothing.
  expect(places(found)).toEqual(
    said
      ? [
          [...said, 'segments.0.media.0'],
          [...said, 'segments.1.link'],
        ]
      : [],
  )
  for (const { code } of found) expect(hasIssueWords(code)).toBe(true)
})

test('a feature image counts too', () => {
  const found = rightsIssues(draft, { warnUnknown: true, files: new Map([['c', facts('expired')]]) })
  expect(places(found)).toEqual([['error', 'media.rights-ended', 'featured']])
})
