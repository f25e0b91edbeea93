// Names of members by their id; those who have left included, because accounts may still name them.

import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { api } from '../../kit/api.ts'
import { useOrg } from '../../kit/viewer.tsx'

export type NameOf = (id: string | null) => string | null

export function useMemberNames(): NameOf {
  const org = useOrg()
  const members = useQuery(api.members.list.queryOptions({ input: { org: org.id }, staleTime: 60_000 }))
  return useMemo(() => {
    const names = new Map((members.data ?? []).map(({ id, name }) => [id, name]))
    return (id) => (id && names.get(id)) || null
  }, [members.data])
}
