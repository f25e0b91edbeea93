// The campaigns by name, for filters and choices.

import { useQuery } from '@tanstack/react-query'
import { api } from '../../../kit/api.ts'
import { useOrg } from '../../../kit/viewer.tsx'

interface Campaign {
  id: string
  name: string
}

const none: Campaign[] = []

export function useCampaigns(): Campaign[] {
  const org = useOrg()
  const { data } = useQuery(api.bulk.campaigns.queryOptions({ input: { org: org.id }, staleTime: 60_000 }))
  return data ?? none
}
