// Asks for conversations again when the server says that they changed; says when it cannot be reached.

import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { api, client, refresh } from '../../kit/api.ts'
import { followLive } from '../../kit/follow-live.ts'

/** What changes with conversations. */
const followed = [
  ...[api.conversations, api.answers, api.answerDrafts, api.answerApprovals],
  ...[api.promises, api.considered, api.questions],
]

/** However much comes, pages are asked for again at most this often. */
const everyMs = 400

export function useFollow(org: string): 'connecting' | 'open' | 'lost' {
  const queryClient = useQueryClient()
  const [state, setState] = useState<'connecting' | 'open' | 'lost'>('connecting')
  useEffect(() => {
    const stop = new AbortController()
    let isDue = false
    const timer = setInterval(() => {
      if (isDue) for (const part of followed) void refresh(queryClient, part)
      isDue = false
    }, everyMs)
    const { signal } = stop
    const open = () => client.conversations.live({ org }, { signal })
    // The first word says that it is open: what happened before it is asked for as well.
    void followLive({ signal, open, setState }, ({ ids, present = [] }) => {
      for (const id of present)
        void queryClient.invalidateQueries(api.presence.read.queryOptions({ input: { org, id } }))
      // Who comes and goes changes no conversation.
      isDue ||= ids.length > 0 || present.length === 0
    })
    return () => {
      stop.abort()
      clearInterval(timer)
    }
  }, [org, queryClient])
  return state
}
