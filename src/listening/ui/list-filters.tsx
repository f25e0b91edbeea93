// Narrows a list of listening to one topic and one state, both kept in the address.

import { Group, Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { api } from '../../kit/api.ts'
import { useSetSearch } from '../../kit/url-state.ts'
import { useOrg } from '../../kit/viewer.tsx'

interface ListFiltersProps {
  topic: string | undefined
  state: string | undefined
  states: readonly { value: string; label: string }[]
  /** What the list shows where no state is chosen. */
  usual: string
}

export function ListFilters({ topic, state, states, usual }: ListFiltersProps) {
  const org = useOrg()
  const set = useSetSearch()
  const topics = useQuery(api.topics.list.queryOptions({ input: { org: org.id } }))
  return (
    <Group gap={8} align="stretch">
      <Select
        aria-label="Topic"
        placeholder="Every topic"
        clearable
        data={(topics.data ?? []).map(({ id, name }) => ({ value: id, label: name }))}
        value={topic ?? null}
        onChange={(value) => set({ topic: value })}
      />
      <Select
        aria-label="State"
        placeholder={usual}
        clearable
        data={states}
        value={state ?? null}
        onChange={(value) => set({ state: value })}
      />
    </Group>
  )
}
