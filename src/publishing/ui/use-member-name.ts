// Names of members for reasons that carry only an id.

import { useQuery } from '@tanstack/react-query'
import { api } from '../../kit/api.ts'
import { useOrg } from '../../kit/viewer.tsx'

export function useMemberName(): (memberId: string) => string | null {
  const org = useOrg()
  const members = useQuery(api.members.list.queryOptions({ input: { org: org.id }, staleTime: 60_000 }))
  return (memberId) => members.data?.find(({ id }) => id === memberId)?.name ?? null
}
