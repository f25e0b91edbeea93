// Asks for conversations again when the server says that they changed; says when it cannot be reached.

import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { api, client, refresh } from '../../kit/api.ts'

/** However much comes, pages are asked for again at most this often. */
const everyMs = 400
const againMs = 3_000

export function useFollow(org: string): 'connecting' | 'open' | 'lost' {
  const queryClient = useQueryClient()
  const [state, setState] = useState<'connecting' | 'open' | 'lost'>('connecting')
  useEffect(() => {
    const stop = new AbortController()
    let isDue = false
    const timer = setInterval(() => {
      if (isDue) for (const part of [api.conversations, api.answers]) void refresh(queryClient, part)
      isDue = false
    }, everyMs)
    void follow(org, stop.signal, setState, () => (isDue = true))
    return () => {
      stop.abort()
      clearInterval(timer)
    }
  }, [org, queryClient])
  return state
}

async function follow(
  org: string,
  signal: AbortSignal,
  setState: (state: 'open' | 'lost') => void,
  changed: () => void,
): Promise<void> {
  while (!signal.aborted) {
    try {
      // The first word says that it is open: what happened before it is asked for as well.
      for await (const _ of await client.conversations.live({ org }, { signal })) {
        setState('open')
        changed()
      }
    } catch {
      if (!signal.aborted) setState('lost')
    }
    await new Promise((resolve) => setTimeout(resolve, againMs))
  }
}
