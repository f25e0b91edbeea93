// Departments at a glance: load below its ceiling, how it is shared, and what is risky, each in one row.

import { IconUsersGroup } from '@tabler/icons-react'
import { Section } from '../../../kit/app-page.tsx'
import { DataTable } from '../../../kit/data-table.tsx'
import { EmptyState } from '../../../kit/empty-state.tsx'
import { Badge } from '../../../kit/state-badge.tsx'
import { count } from '../../../kit/words.ts'
import { riskLook, teamName } from './guard-words.ts'
import type { Guards } from './guards-page.tsx'
import { LoadBar } from './load-bar.tsx'
import { SharingBar } from './sharing-bar.tsx'

type Team = Guards['teams'][number]

const minutesOf = (team: Pick<Team, 'weeks'>, back: number): number => {
  const week = team.weeks.at(back)
  return week ? week.logged + week.estimated : 0
}

export function TeamsSection({ guards }: { guards: Guards }) {
  return (
    <Section title="Departments" description={`Of everybody together: ${wholeText(guards)}`}>
      <SharingBar teams={guards.teams} />
      <DataTable
        label="Load and risk of departments"
        rows={guards.teams}
        rowKey={({ departmentId, name }) => departmentId ?? name}
        csv={{ name: 'load-of-departments' }}
        empty={
          <EmptyState
            title="Too few people to tell them apart"
            order={3}
            icon={<IconUsersGroup size={28} stroke={1.5} />}
          >
            Departments are shown from three people on, so that nobody is read out of a sum.
          </EmptyState>
        }
        columns={[
          {
            id: 'name',
            header: 'Department',
            primary: true,
            cell: ({ name }) => teamName(name),
            csv: ({ name }) => teamName(name),
          },
          {
            ...{ id: 'risk', header: 'Risk' },
            cell: (team) => <RiskCell team={team} />,
            csv: ({ risk }) => risk.level,
            sort: ({ risk }) => ['calm', 'watch', 'act'].indexOf(risk.level),
          },
          {
            id: 'people',
            header: 'People',
            align: 'end',
            cell: ({ people }) => people,
            csv: ({ people }) => people,
            sort: ({ people }) => people,
          },
          {
            ...{ id: 'last', header: 'Last week' },
            cell: (team) => <LoadBar minutes={minutesOf(team, -2)} ceiling={team.ceiling} />,
            csv: (team) => Math.round(minutesOf(team, -2)),
            sort: (team) => minutesOf(team, -2) / Math.max(1, team.ceiling),
          },
          {
            ...{ id: 'now', header: 'This week so far' },
            cell: (team) => `${Math.round(minutesOf(team, -1))} min`,
            csv: (team) => Math.round(minutesOf(team, -1)),
          },
          {
            ...{ id: 'shared', header: 'Half of it lies on' },
            cell: ({ sharing }) => (sharing?.busFactor ? count(sharing.busFactor, 'person', 'people') : '–'),
            csv: ({ sharing }) => sharing?.busFactor ?? null,
          },
        ]}
      />
    </Section>
  )
}

function RiskCell({ team }: { team: Team }) {
  const { level, reasons } = team.risk
  const look = riskLook[level]
  return (
    <span>
      <Badge tone={look.tone}>{look.label}</Badge>
      {reasons.length > 0 && <span className="lr-dimmed"> {reasons.join(', ')}</span>}
    </span>
  )
}

function wholeText({ whole, departments, assumedCeiling }: Guards): string {
  const parts = [`${Math.round(minutesOf(whole, -2))} minutes last week, of at most ${Math.round(whole.ceiling)}`]
  if (whole.sharing?.busFactor)
    parts.push(`over four weeks half of it lay on ${count(whole.sharing.busFactor, 'person', 'people')}`)
  if (departments?.alarm) parts.push(`one department did ${Math.round((departments.topShare ?? 0) * 100)} % of it`)
  if (whole.ceilingsAssumed > 0)
    parts.push(
      `${count(whole.ceilingsAssumed, 'person', 'people')} never said how much they give, so ${Math.round(assumedCeiling)} minutes a week are assumed`,
    )
  return `${parts.join('; ')}.`
}
