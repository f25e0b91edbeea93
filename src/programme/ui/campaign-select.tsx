// For which campaign something is. Those that nobody closed are offered; where there is none, nothing is asked.

import { Select, type SelectProps } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { api } from '../../kit/api.ts'
import { useOrg } from '../../kit/viewer.tsx'
import { useCampaignNames } from '../../publishing/ui/campaigns/use-campaign-names.ts'

type Props = Omit<SelectProps, 'data' | 'value' | 'onChange'> & {
  value: string | null
  onChange: (campaignId: string | null) => void
}

export function CampaignSelect({ value, onChange, ...props }: Props) {
  const org = useOrg()
  const { nameOf } = useCampaignNames()
  const input = { org: org.id, state: 'open' as const, limit: 200 }
  const open = useQuery(api.campaigns.list.queryOptions({ input, staleTime: 60_000 })).data?.items ?? []
  if (open.length === 0 && value === null) return null
  const data = open.map(({ id, name }) => ({ value: id, label: name }))
  const closed = value !== null && !open.some(({ id }) => id === value) ? [{ value, label: nameOf(value) }] : []
  return (
    <Select
      placeholder="No campaign"
      clearable
      searchable
      {...props}
      data={[...data, ...closed]}
      value={value}
      onChange={onChange}
    />
  )
}
