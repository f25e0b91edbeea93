// Names of what rules look at, by their ids: accounts, topics, campaigns, departments.

import { useQuery } from '@tanstack/react-query'
import { useAccounts } from '../../../accounts/ui/use-accounts.ts'
import { api } from '../../../kit/api.ts'
import { useOrg } from '../../../kit/viewer.tsx'
import { useCampaigns } from '../../../publishing/ui/bulk/use-campaigns.ts'

export interface Choice {
  value: string
  label: string
}

export function useChoices(): Record<'accounts' | 'topics' | 'campaigns' | 'departments', Choice[]> {
  const org = useOrg()
  const input = { org: org.id }
  const accounts = useAccounts()
  const topics = useQuery(api.topics.list.queryOptions({ input, staleTime: 60_000 }))
  const departments = useQuery(api.departments.list.queryOptions({ input, staleTime: 60_000 }))
  const choices = (rows: readonly { id: string; name: string }[]): Choice[] =>
    rows.map(({ id, name }) => ({ value: id, label: name }))
  return {
    accounts: choices(accounts.all),
    topics: choices(topics.data ?? []),
    campaigns: choices(useCampaigns()),
    departments: choices(departments.data ?? []),
  }
}

/** The name of an id; anything else as it is. */
export function useNames(): (id: string) => string {
  const choices = useChoices()
  const names = new Map(
    Object.values(choices).flatMap((some) => some.map(({ value, label }) => [value, label] as const)),
  )
  return (id) => names.get(id) ?? (isId(id) ? 'something removed' : id)
}

const isId = (text: string): boolean => /^[0-9a-f]{8}-[0-9a-f-]{27}$/.test(text)
