// An answer while it is written: kept here with each key, on the server soon after, and the same on every device of its writer.

import { useDebouncedCallback } from '@mantine/hooks'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import type { DraftMedia } from '../../../connectors/contract.ts'
import { api, client, type Output } from '../../../kit/api.ts'
import { useOrg } from '../../../kit/viewer.tsx'

const keepAfterMs = 700

interface Own {
  text: string
  media: DraftMedia[]
}

type Kept = Output<typeof client.answerDrafts.read>

const nothing: Kept = { text: '', media: [], given: [], empty: [], note: '', noteBy: null, updatedAt: null }

export function useAnswerDraft(id: string) {
  const org = useOrg()
  const queryClient = useQueryClient()
  const input = { org: org.id, id }
  const options = api.answerDrafts.read.queryOptions({ input, staleTime: Number.POSITIVE_INFINITY, gcTime: 0 })
  const { data } = useQuery(options)
  // What did not reach the server when the page was closed goes before what is there.
  const local = `longrun-answer ${org.id} ${id}`
  const [own, setOwn] = useState<Own | null>(() => readLocal(local))
  const keeping = useKeeping(input, local, (kept) => queryClient.setQueryData(options.queryKey, kept))
  const current: Own = own ?? { text: data?.text ?? '', media: data?.media ?? [] }
  /** What the server put together is what stands here. */
  const take = (kept: Kept, media = kept.media): void => {
    queryClient.setQueryData(options.queryKey, kept)
    localStorage.removeItem(local)
    setOwn(media === kept.media ? null : { text: kept.text, media })
  }
  useSentBack(data?.note, () => {
    if (localStorage.getItem(local) === null) setOwn(null)
  })
  return {
    ...current,
    given: data?.given ?? [],
    note: data?.note ? { text: data.note, by: data.noteBy } : null,
    change: (next: Partial<Own>) => {
      const whole = { ...current, ...next }
      setOwn(whole)
      keeping.keep(whole)
    },
    /** Puts a saved reply in at a place of the text. */
    async insert(replyId: string, at: number, text = current.text): Promise<void> {
      await keeping.settle()
      take(await client.answerDrafts.insert({ ...input, replyId, text, at }), current.media)
    },
    take: (kept: Kept) => take(kept, current.media),
    settle: keeping.settle,
    /** It was sent: nothing is left of it. */
    clear: () => {
      keeping.drop()
      take(nothing)
    },
  }
}

/** The server has put what an approver sent back below what is written here: it is shown as it stands there. */
function useSentBack(note: string | undefined, show: () => void): void {
  const [before, newest] = [useRef(note), useRef(show)]
  newest.current = show
  useEffect(() => {
    if (note && before.current !== undefined && note !== before.current) newest.current()
    before.current = note
  }, [note, before, newest])
}

function useKeeping(input: { org: string; id: string }, local: string, kept: (draft: Kept) => void) {
  const underWay = useRef<Promise<unknown>>(Promise.resolve())
  const send = (next: Own) => {
    underWay.current = client.answerDrafts
      .keep({ ...input, ...next })
      .then((draft) => {
        kept(draft)
        // Other keys since: they are still only here.
        if (localStorage.getItem(local) === JSON.stringify(next)) localStorage.removeItem(local)
      })
      // It stays here and is sent with the next key.
      .catch(() => {})
  }
  const soon = useDebouncedCallback(send, { delay: keepAfterMs, flushOnUnmount: true })
  return {
    keep(next: Own) {
      localStorage.setItem(local, JSON.stringify(next))
      soon(next)
    },
    /** Nothing more is kept of what was typed so far. */
    drop: () => soon.cancel(),
    /** What is on its way to the server has arrived, so that nothing of it comes after what is sent now. */
    async settle(): Promise<void> {
      soon.cancel()
      await underWay.current
    },
  }
}

function readLocal(name: string): Own | null {
  try {
    const kept = JSON.parse(localStorage.getItem(name) ?? 'null') as Own | null
    return kept && typeof kept.text === 'string' && Array.isArray(kept.media) ? kept : null
  } catch {
    return null
  }
}
