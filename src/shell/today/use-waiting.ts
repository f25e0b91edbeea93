// What waits for a decision of the viewer beside single posts: what holds made posts miss, replies that a campaign handed over, alarms of the guards.

import { useQuery } from '@tanstack/react-query'
import { api } from '../../kit/api.ts'
import { useMay, useOrg } from '../../kit/viewer.tsx'

export function useWaiting() {
  const { id: org } = useOrg()
  const may = useMay()
  const holds = useQuery({
    ...api.holds.list.queryOptions({ input: { org, state: 'ended', limit: 50 }, refetchInterval: 30_000 }),
    enabled: may('holds.end'),
  })
  const handed = useQuery({
    ...api.crossings.firings.queryOptions({ input: { org, open: true, limit: 20 }, refetchInterval: 30_000 }),
    enabled: may('crossings.take'),
  })
  const alarms = useQuery({
    ...api.guards.alarms.queryOptions({ input: { org, state: 'open' }, refetchInterval: 300_000 }),
    enabled: may('programme.log'),
  })
  return {
    holds: holds.data?.items.filter(({ missed }) => missed > 0) ?? [],
    handed: handed.data?.items ?? [],
    alarms: alarms.data?.filter(({ isMine }) => isMine) ?? [],
    pending: holds.isLoading || handed.isLoading || alarms.isLoading,
    error: holds.error ?? handed.error ?? alarms.error,
    retry: () => Promise.all([holds.refetch(), handed.refetch(), alarms.refetch()]),
  }
}
