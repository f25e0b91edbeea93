// Departments by name, for pickers and lists.

import { useQuery } from '@tanstack/react-query'
import { api } from '../../../kit/api.ts'
import { useOrg } from '../../../kit/viewer.tsx'

export function useDepartments() {
  const org = useOrg()
  const found = useQuery(api.departments.list.queryOptions({ input: { org: org.id }, staleTime: 60_000 }))
  const all = found.data ?? []
  return {
    options: all.map(({ id, name }) => ({ value: id, label: name })),
    nameOf: (id: string | null): string | null => (id && all.find((each) => each.id === id)?.name) || null,
  }
}
