// Says that somebody has a conversation before them, and whether they write; and tells who else does.

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { api, client } from '../../../kit/api.ts'
import { useOrg } from '../../../kit/viewer.tsx'
import { beatMs, typingMs } from '../../presence/rules.ts'

export function usePresence(id: string) {
  const org = useOrg()
  const queryClient = useQueryClient()
  const input = { org: org.id, id }
  const options = api.presence.read.queryOptions({ input })
  // A page that nobody looks at says nothing, and asks nothing.
  const { data } = useQuery({ ...options, staleTime: beatMs })
  const said = useRef(0)
  const beat = useRef(async (_writing: boolean) => {})
  beat.current = async (writing) => {
    const told = await client.presence.attend({ ...input, writing }).catch(() => null)
    if (told) queryClient.setQueryData(options.queryKey, told)
  }
  useEffect(() => {
    const here = () => {
      if (document.visibilityState === 'visible') void beat.current(false)
    }
    here()
    const timer = setInterval(here, beatMs)
    document.addEventListener('visibilitychange', here)
    // A page that is closed has no time to wait for an answer.
    const gone = () => {
      const address = `/api/v1/orgs/${org.id}/conversations/${id}/presence`
      void fetch(address, { method: 'DELETE', keepalive: true, credentials: 'same-origin' }).catch(() => {})
    }
    window.addEventListener('pagehide', gone)
    return () => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', here)
      window.removeEventListener('pagehide', gone)
      void client.presence.leave({ org: org.id, id }).catch(() => {})
    }
  }, [org.id, id])
  return {
    others: data?.others ?? [],
    writer: data?.writer ?? null,
    /** A key was pressed. */
    wrote() {
      const now = performance.now()
      if (said.current !== 0 && now - said.current < typingMs) return
      said.current = now
      void beat.current(true)
    },
    async takeOver() {
      said.current = performance.now()
      queryClient.setQueryData(options.queryKey, await client.presence.takeOver(input))
    },
    stopped() {
      said.current = 0
    },
  }
}
