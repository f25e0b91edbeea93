// Names of what promises apply to, by their ids: accounts and departments.

import { useQuery } from '@tanstack/react-query'
import { useAccounts } from '../../../accounts/ui/use-accounts.ts'
import { api } from '../../../kit/api.ts'
import { useOrg } from '../../../kit/viewer.tsx'

export function usePromiseNames(): (id: string) => string {
  const accounts = useAccounts()
  const departments = useQuery(api.departments.list.queryOptions({ input: { org: useOrg().id }, staleTime: 60_000 }))
  const names = new Map([...accounts.all, ...(departments.data ?? [])].map(({ id, name }) => [id, name]))
  return (id) => names.get(id) ?? 'something removed'
}
