// The name of a network by its id, for people.

import { useQuery } from '@tanstack/react-query'
import { api } from '../../kit/api.ts'
import { useOrg } from '../../kit/viewer.tsx'
import { labelWord } from './listen-words.ts'

export function useNetworkName(): (id: string) => string {
  const org = useOrg()
  const kinds = useQuery(
    api.listeningSources.kinds.queryOptions({ input: { org: org.id }, staleTime: Number.POSITIVE_INFINITY }),
  )
  return (id) => kinds.data?.find(({ connector }) => connector === id)?.connectorName ?? labelWord(id)
}
