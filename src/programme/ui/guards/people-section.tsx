// Load of each person, the heaviest first: for those who run the organisation.

import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../../kit/api.ts'
import { Section } from '../../../kit/app-page.tsx'
import { DataTable } from '../../../kit/data-table.tsx'
import { EmptyState } from '../../../kit/empty-state.tsx'
import { Badge } from '../../../kit/state-badge.tsx'
import { useOrg } from '../../../kit/viewer.tsx'
import { numberText } from '../programme-words.ts'
import { riskLook } from './guard-words.ts'
import { LoadBar } from './load-bar.tsx'

const lastWeek = ({ weeks }: { weeks: { logged: number; estimated: number }[] }): number => {
  const week = weeks.at(-2)
  return week ? week.logged + week.estimated : 0
}

/** The heaviest: the others are one step away. */
const shownFirst = 8

export function PeopleSection() {
  const [isAll, setAll] = useState(false)
  const org = useOrg()
  const found = useQuery(api.guards.people.queryOptions({ input: { org: org.id } }))
  return (
    <Section
      title="People"
      description="Seen by those who run the organisation alone; everybody else sees their own. For caring, not for ranking: who does little may have other duties."
    >
      <DataTable
        label="Load of people"
        query={found}
        rows={isAll ? found.data : found.data?.slice(0, shownFirst)}
        rowKey={({ id }) => id}
        csv={{ name: 'load-of-people', all: async () => found.data ?? [] }}
        empty={
          <EmptyState title="Nobody takes part yet" order={3}>
            Whoever may write down time is shown here.
          </EmptyState>
        }
        columns={[
          { id: 'name', header: 'Person', primary: true, cell: ({ name }) => name, csv: ({ name }) => name },
          {
            ...{ id: 'department', header: 'Department' },
            cell: ({ department }) => department ?? '–',
            csv: ({ department }) => department,
            sort: ({ department }) => department,
          },
          {
            ...{ id: 'risk', header: 'Risk' },
            cell: ({ risk: { level, reasons } }) => (
              <span>
                <Badge tone={riskLook[level].tone}>{riskLook[level].label}</Badge>
                {reasons.length > 0 && <span className="lr-dimmed"> {reasons.join(', ')}</span>}
              </span>
            ),
            csv: ({ risk }) => risk.reasons.join(', '),
          },
          {
            ...{ id: 'last', header: 'Last week' },
            cell: (person) => <LoadBar minutes={lastWeek(person)} ceiling={person.ceiling} />,
            csv: (person) => Math.round(lastWeek(person)),
            sort: lastWeek,
          },
          {
            ...{ id: 'ratio', header: 'Beside the weeks before', align: 'end' },
            cell: ({ ratio }) => (ratio === null ? '–' : `${numberText(ratio)} ×`),
            csv: ({ ratio }) => ratio,
            sort: ({ ratio }) => ratio,
          },
          {
            ...{ id: 'even', header: 'Evenness of days', align: 'end' },
            cell: ({ monotony, tooEven }) => (monotony === null ? (tooEven ? 'all alike' : '–') : numberText(monotony)),
            csv: ({ monotony }) => monotony,
          },
        ]}
      />
      {!isAll && (found.data?.length ?? 0) > shownFirst && (
        <Button variant="default" size="xs" onClick={() => setAll(true)}>
          Show all {found.data?.length} people
        </Button>
      )}
    </Section>
  )
}
