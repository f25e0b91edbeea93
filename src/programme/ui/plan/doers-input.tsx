// Who does a line of the plan: whoever may, or those who are named.

import { MultiSelect } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { api } from '../../../kit/api.ts'
import { useOrg } from '../../../kit/viewer.tsx'
import type { Line } from './cadence-rows.ts'

const most = 20

/** Names by id; whoever has left is there too, so that they can be taken out. */
export function usePeopleNames(): Map<string, string> {
  const org = useOrg()
  const found = useQuery(api.members.list.queryOptions({ input: { org: org.id }, staleTime: 60_000 }))
  return new Map((found.data ?? []).map(({ id, name, endedAt }) => [id, endedAt ? `${name} (left)` : name]))
}

interface Props {
  line: Line
  names: ReadonlyMap<string, string>
  set: (line: Line) => void
}

export function DoersInput({ line, names, set }: Props) {
  const chosen = line.people ?? []
  const data = [...names]
    .filter(([id, name]) => chosen.includes(id) || !name.endsWith('(left)'))
    .map(([value, label]) => ({ value, label }))
  return (
    <MultiSelect
      aria-label="Who does it"
      placeholder={chosen.length === 0 ? 'Who (anybody who may)' : ''}
      w={240}
      searchable
      hidePickedOptions
      maxValues={most}
      nothingFoundMessage="Nobody of that name"
      data={data}
      value={chosen}
      onChange={(people) => set(withPeople(line, people))}
    />
  )
}

/** A line that names nobody says nothing about it. */
export function withPeople({ people: _before, ...line }: Line, people: string[]): Line {
  return people.length > 0 ? { ...line, people } : line
}
