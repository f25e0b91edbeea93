// An answer while it is written: kept here with each key, on the server soon after, and the same on every device of its writer. Each time it is
// kept it names what it was made from: what came to the draft meanwhile is put below what is typed, never overwritten.

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type RefObject, useEffect, useRef, useState } from 'react'
import type { DraftMedia } from '../../../connectors/contract.ts'
import { api, client, type Output } from '../../../kit/api.ts'
import { useOrg } from '../../../kit/viewer.tsx'
import { leftOf } from '../../answers/rules.ts'
import { useKeeping } from './use-keeping.ts'

export interface Own {
  text: string
  media: DraftMedia[]
}

export type Kept = Output<typeof client.answerDrafts.read>

const nothing: Kept = {
  ...{ text: '', media: [], given: [], empty: [], note: '', noteBy: null, updatedAt: null, revision: null },
}

export function useAnswerDraft(id: string) {
  const org = useOrg()
  const queryClient = useQueryClient()
  const input = { org: org.id, id }
  const options = api.answerDrafts.read.queryOptions({ input, staleTime: Number.POSITIVE_INFINITY, gcTime: 0 })
  const { data } = useQuery(options)
  // What did not reach the server when the page was closed goes before what is there.
  const local = `longrun-answer ${org.id} ${id}`
  const [own, setOwn] = useState<Own | null>(() => readLocal(local)?.own ?? null)
  /** What the words that stand here were made from. */
  const base = useRef<Kept>({ ...nothing, ...readLocal(local)?.base })
  const current: Own = own ?? { text: data?.text ?? '', media: data?.media ?? [] }
  const newest = useRef(current)
  newest.current = current
  const keeping = useKeeping({
    ...{ input, local, base, newest },
    kept: (kept) => queryClient.setQueryData(options.queryKey, kept),
    show: setOwn,
  })
  /** What the server put together is what stands here. */
  const take = (kept: Kept, media = kept.media): void => {
    base.current = kept
    queryClient.setQueryData(options.queryKey, kept)
    localStorage.removeItem(local)
    setOwn(media === kept.media ? null : { text: kept.text, media })
  }
  const change = (next: Partial<Own>): void => {
    newest.current = { ...newest.current, ...next }
    setOwn(newest.current)
    keeping.keep(newest.current)
  }
  useChangedElsewhere({ data, base, local, show: () => setOwn(null) })
  return {
    ...current,
    given: data?.given ?? [],
    note: data?.note ? { text: data.note, by: data.noteBy } : null,
    /** Of the draft on the server from which it is made. */
    revision: () => base.current.revision,
    /** As it stands in the form by now, whenever it was asked for. */
    newest: (): Own => newest.current,
    change,
    /** Puts a saved reply in at a place of the text. */
    async insert(replyId: string, at: number, text = newest.current.text): Promise<void> {
      await keeping.settle()
      const basedOn = base.current.revision
      take(await client.answerDrafts.insert({ ...input, replyId, text, at, basedOn }), newest.current.media)
    },
    take: (kept: Kept) => take(kept, newest.current.media),
    settle: keeping.settle,
    /** These words were sent: nothing is left, but what came or was typed meanwhile. */
    async sent(words: Own): Promise<void> {
      await keeping.settle()
      const left = leftOf(newest.current, words)
      keeping.drop()
      take(nothing)
      if (left.text !== '' || left.media.length > 0) change(left)
      await queryClient.invalidateQueries(options)
    },
  }
}

interface Changed {
  data: Kept | undefined
  base: RefObject<Kept>
  local: string
  show: () => void
}

/** It was changed elsewhere, or sent back: where no key waits to be kept, it is shown as it stands there. */
function useChangedElsewhere({ data, base, local, show }: Changed): void {
  const newest = useRef(show)
  newest.current = show
  useEffect(() => {
    if (!data || data.revision === base.current.revision || localStorage.getItem(local) !== null) return
    base.current = data
    newest.current()
  }, [data, base, local])
}

interface Local {
  own: Own
  base: Pick<Kept, 'text' | 'media' | 'revision'>
}

function readLocal(name: string): Local | null {
  try {
    const kept = JSON.parse(localStorage.getItem(name) ?? 'null') as Local | null
    return kept?.own && typeof kept.own.text === 'string' && Array.isArray(kept.own.media) ? kept : null
  } catch {
    return null
  }
}
