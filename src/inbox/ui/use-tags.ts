// The tags that conversations have, for fields in which one is chosen.

import { useQuery } from '@tanstack/react-query'
import { api } from '../../kit/api.ts'
import { useOrg } from '../../kit/viewer.tsx'

export function useTags(): string[] {
  const org = useOrg()
  return useQuery(api.conversations.tags.queryOptions({ input: { org: org.id }, staleTime: 60_000 })).data ?? []
}
