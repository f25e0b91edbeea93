// Chooses a member of the organisation. Values are member ids; members who have left are offered only while chosen.

import { Select, type SelectProps } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { api } from './api.ts'
import { useOrg } from './viewer.tsx'

type PersonSelectProps = Omit<SelectProps, 'data' | 'value' | 'onChange'> & {
  value: string | null
  onChange: (memberId: string | null) => void
}

export function PersonSelect({ value, onChange, ...props }: PersonSelectProps) {
  const org = useOrg()
  const members = useQuery(api.members.list.queryOptions({ input: { org: org.id }, staleTime: 60_000 }))
  const people = (members.data ?? []).filter((member) => !member.endedAt || member.id === value)
  return (
    <Select
      searchable
      clearable
      nothingFoundMessage="Nobody of that name"
      disabled={members.isPending}
      error={members.isError ? 'The members could not be loaded.' : undefined}
      {...props}
      data={people.map((member) => ({
        value: member.id,
        label: member.endedAt ? `${member.name} (left)` : member.name,
      }))}
      value={value}
      onChange={onChange}
    />
  )
}
