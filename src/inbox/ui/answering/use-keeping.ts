// Brings what is typed to the server, one after the other; what came to the draft there meanwhile is put together with it.

import { useDebouncedCallback } from '@mantine/hooks'
import { type RefObject, useRef } from 'react'
import { client, refusalOf } from '../../../kit/api.ts'
import { joinWords } from '../../answers/rules.ts'
import type { Kept, Own } from './use-answer-draft.ts'

const keepAfterMs = 700

interface Keeping {
  input: { org: string; id: string }
  /** Where what has not arrived yet is kept in this browser. */
  local: string
  /** What the words were made from. */
  base: RefObject<Kept>
  newest: RefObject<Own>
  kept: (draft: Kept) => void
  show: (own: Own) => void
}

export function useKeeping({ input, local, base, newest, kept, show }: Keeping) {
  const underWay = useRef<Promise<unknown>>(Promise.resolve())
  const isDropped = useRef(false)
  const keepLocal = (own: Own) => {
    const { text, media, revision } = base.current
    localStorage.setItem(local, JSON.stringify({ own, base: { text, media, revision } }))
  }
  const arrived = (next: Own, draft: Kept) => {
    base.current = draft
    kept(draft)
    // Other keys since: they are still only here.
    if (isSame(newest.current, next)) localStorage.removeItem(local)
    else keepLocal(newest.current)
  }
  /** Something came to it meanwhile: what is typed here, and below it what came. */
  const together = async () => {
    const there = await client.answerDrafts.read(input)
    const both = joinWords(base.current, newest.current, there)
    base.current = there
    newest.current = both
    kept(there)
    show(both)
    keepLocal(both)
    await send(both)
  }
  const send = async (next: Own): Promise<void> => {
    if (isDropped.current) return
    try {
      arrived(next, await client.answerDrafts.keep({ ...input, ...next, basedOn: base.current.revision }))
    } catch (error) {
      if (refusalOf(error).code === 'edited-elsewhere') await together()
      // Else it stays here and is sent with the next key.
    }
  }
  const begin = (next: Own) => {
    // In their order: each names the one before it.
    underWay.current = underWay.current.then(() => send(next)).catch(() => {})
  }
  const soon = useDebouncedCallback(begin, { delay: keepAfterMs, flushOnUnmount: true })
  return {
    keep(next: Own) {
      isDropped.current = false
      keepLocal(next)
      soon(next)
    },
    /** Nothing more is kept of what was typed so far. */
    drop() {
      isDropped.current = true
      soon.cancel()
    },
    /** What is on its way to the server has arrived, so that nothing of it comes after what is sent now. */
    async settle(): Promise<void> {
      soon.cancel()
      await underWay.current
    },
  }
}

const isSame = (one: Own, other: Own): boolean => one.text === other.text && one.media === other.media
