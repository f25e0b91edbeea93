// What has changed between two versions, word by word: with marks that do not depend on colour.

import { diffWordsWithSpace } from 'diff'
import type { Draft } from '../../../connectors/contract.ts'

/** Everything of a draft that people read, in the order in which they read it. */
export const wordsOf = (draft: Draft): string =>
  [
    draft.title,
    ...draft.segments.flatMap(({ text, media, link }) => [
      text,
      ...media.map(({ alt }) => `[${alt || 'file without description'}]`),
      link?.url,
    ]),
    draft.firstComment,
  ]
    .filter(Boolean)
    .join('\n\n')

export function DiffView({ before, after }: { before: Draft; after: Draft }) {
  const parts = diffWordsWithSpace(wordsOf(before), wordsOf(after))
  if (parts.every(({ added, removed }) => !added && !removed)) return <p className="ap-note">The words are the same.</p>
  return (
    <p className="ap-diff">
      {parts.map(({ value, added, removed }, index) =>
        added ? (
          <ins key={index}>{value}</ins>
        ) : removed ? (
          <del key={index}>{value}</del>
        ) : (
          <span key={index}>{value}</span>
        ),
      )}
    </p>
  )
}
