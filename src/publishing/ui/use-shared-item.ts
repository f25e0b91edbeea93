// The item of a feed that a post shares or a quick campaign answers: nearly always in memory already, else looked for from the newest on.

import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { SourceItem } from '../../accounts/ui/feed-item.tsx'
import { client } from '../../kit/api.ts'
import { useOrg } from '../../kit/viewer.tsx'

export type { SourceItem }

export function useSharedItem(id: string | undefined) {
  const org = useOrg()
  const queryClient = useQueryClient()
  return useQuery({
    queryKey: ['source-item', org.id, id],
    enabled: id !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async (): Promise<SourceItem | null> => {
      const known = queryClient.getQueryData<SourceItem>(['shared-item', id])
      if (known) return known
      for (const dismissed of [false, true]) {
        const page = await client.sources.items({ org: org.id, limit: 200, dismissed })
        const found = page.items.find((item) => item.id === id)
        if (found) return found
      }
      return null
    },
  })
}
