// Names of campaigns, closed ones too, for lists that hold their ids.

import { useQuery } from '@tanstack/react-query'
import { client, everyItem } from '../../../kit/api.ts'
import { useOrg } from '../../../kit/viewer.tsx'

export function useCampaignNames() {
  const org = useOrg()
  const found = useQuery({
    queryKey: ['campaign-names', org.id],
    staleTime: 60_000,
    queryFn: async () => {
      const all = await everyItem(
        (cursor) => client.campaigns.list({ org: org.id, limit: 200, order: 'changed', cursor }),
        2000,
      )
      return new Map(all.map(({ id, name }) => [id, name]))
    },
  })
  return { nameOf: (id: string): string => found.data?.get(id) ?? 'A campaign' }
}
