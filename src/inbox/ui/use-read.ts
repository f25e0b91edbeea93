// A conversation that somebody opens is read as far as it goes, and so is what comes while they look at it; `u` puts it back.

import { type InfiniteData, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { api, client, type Output, refresh } from '../../kit/api.ts'
import { useShortcut } from '../../kit/shortcuts.tsx'
import { showProblem } from '../../kit/toast.tsx'
import { useOrg } from '../../kit/viewer.tsx'
import type { Conversation } from './inbox-words.ts'

type Pages = InfiniteData<Output<typeof client.conversations.list>>

export function useRead({ id, isUnread, lastAt, messages }: Conversation) {
  const mark = useMark(id)
  // What was put back stays so until something more is said.
  const looked = useRef('')
  const isAt = `${lastAt} ${messages}`
  const newest = useRef(mark)
  newest.current = mark
  useEffect(() => {
    const look = () => {
      if (!isUnread || looked.current === isAt || document.visibilityState !== 'visible') return
      looked.current = isAt
      // Where it does not arrive it stays unread, which is true enough.
      void newest.current(true).catch(() => {})
    }
    look()
    document.addEventListener('visibilitychange', look)
    return () => document.removeEventListener('visibilitychange', look)
  }, [isUnread, isAt])
  const putBack = () => {
    looked.current = isAt
    void mark(false).catch(showProblem)
  }
  useShortcut('u', 'Mark it as unread', putBack)
  return putBack
}

/** Lists show it at once: they are not asked for again for each that is opened. */
function useMark(id: string) {
  const org = useOrg()
  const queryClient = useQueryClient()
  return async (isRead: boolean): Promise<void> => {
    const { isUnread } = await client.unread.mark({ org: org.id, id, isRead })
    const marked = <One extends { id: string }>(one: One): One => (one.id === id ? { ...one, isUnread } : one)
    queryClient.setQueriesData({ queryKey: api.conversations.list.key() }, (list: Pages | undefined) =>
      list?.pages ? { ...list, pages: list.pages.map((page) => ({ ...page, items: page.items.map(marked) })) } : list,
    )
    queryClient.setQueriesData(
      { queryKey: api.conversations.read.key() },
      (one: Conversation | undefined) => one && marked(one),
    )
    await refresh(queryClient, api.conversations.counts, api.conversationViews.counts)
  }
}
