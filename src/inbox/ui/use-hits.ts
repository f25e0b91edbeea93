// Where the words that were sought stand in the messages of a conversation: the first place is shown, f and F go through them.

import { useEffect, useState } from 'react'
import { useShortcut } from '../../kit/shortcuts.tsx'
import { type Span, soughtWords, spansOf } from '../search/rules.ts'
import type { Message } from './inbox-words.ts'
import { type Paged, useFetchOn } from './use-fetch-on.ts'

/** Place `at` in a message. */
interface Hit {
  id: string
  at: number
}

export interface Hits {
  spans: (messageId: string) => readonly Span[]
  /** Which of the places in this message is shown; null: none of them. */
  current: (messageId: string) => number | null
  /** Of all places, from 1. */
  place: number
  count: number
  go: (by: 1 | -1) => void
}

/** `said` comes newest first, as it is read. */
export function useHits(typed: string, said: readonly Message[], earlier: Paged): Hits {
  const sought = soughtWords(typed)
  const spans = new Map(
    said.map(({ id, text, removedAt }) => [id, removedAt || sought.size === 0 ? [] : spansOf(sought, text)]),
  )
  const hits = said.toReversed().flatMap(({ id }): Hit[] => spans.get(id)!.map((_, at) => ({ id, at })))
  const [shown, setShown] = useState<Hit | null>(null)
  const place = shown ? hits.findIndex(({ id, at }) => id === shown.id && at === shown.at) : -1
  const current = hits[Math.max(0, place)]
  // It may have been said long ago.
  const isFurther = sought.size > 0 && said.length > 0 && hits.length === 0 && earlier.hasNextPage
  useFetchOn(isFurther, earlier)
  const [id, at] = [current?.id, current?.at]
  useEffect(() => {
    if (id !== undefined) document.querySelector('.ib-talks mark[data-current]')?.scrollIntoView({ block: 'center' })
  }, [id, at])
  const go = (by: 1 | -1) => {
    if (hits.length > 0) setShown(hits[(Math.max(0, place) + by + hits.length) % hits.length]!)
  }
  useShortcut('f', 'Next place that was found', () => go(1))
  useShortcut('F', 'Place before that was found', () => go(-1))
  return {
    spans: (messageId) => spans.get(messageId) ?? [],
    current: (messageId) => (messageId === id ? at! : null),
    ...{ place: Math.max(0, place) + 1, count: hits.length, go },
  }
}
