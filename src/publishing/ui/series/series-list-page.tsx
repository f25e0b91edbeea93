// All series of posts: what recurs, when, where, and whether it runs.

import { IconCheck, IconPlayerPause, IconRepeat } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { linkOptions } from '@tanstack/react-router'
import { useAccounts } from '../../../accounts/ui/use-accounts.ts'
import { api, type client, type Output } from '../../../kit/api.ts'
import { AppPage } from '../../../kit/app-page.tsx'
import { type Column, DataTable } from '../../../kit/data-table.tsx'
import { EmptyState } from '../../../kit/empty-state.tsx'
import { ButtonLink, TextLink } from '../../../kit/links.tsx'
import { Badge } from '../../../kit/state-badge.tsx'
import { zoneCity } from '../../../kit/time.ts'
import { TimeText } from '../../../kit/time-text.tsx'
import { useOrg } from '../../../kit/viewer.tsx'
import { ruleWords } from '../../series/rules.ts'

export type Series = Output<typeof client.series.list>[number]

const states = {
  running: { label: 'Running', tone: 'done', icon: IconRepeat },
  paused: { label: 'Paused', tone: 'amber', icon: IconPlayerPause },
  ended: { label: 'Ended', tone: 'quiet', icon: IconCheck },
  done: { label: 'At its end', tone: 'quiet', icon: IconCheck },
} as const

export function SeriesBadge({ state }: { state: Series['state'] }) {
  const { label, tone, icon: Icon } = states[state]
  return (
    <Badge tone={tone} icon={<Icon size={14} stroke={2} />}>
      {label}
    </Badge>
  )
}

export function SeriesListPage() {
  const org = useOrg()
  const { nameOf } = useAccounts()
  const series = useQuery(api.series.list.queryOptions({ input: { org: org.id } }))
  return (
    <AppPage
      title="Series"
      description="Posts that recur. Each occurrence is a post of its own, made 90 days ahead."
      crumbs={[
        <TextLink key="posts" inherit to="/o/$slug/posts" params={{ slug: org.slug }}>
          Posts
        </TextLink>,
      ]}
    >
      <DataTable
        label="Series"
        query={series}
        rows={series.data}
        columns={columnsWith(nameOf)}
        rowKey={({ id }) => id}
        rowLink={({ id }) => linkOptions({ to: '/o/$slug/series/$seriesId', params: { slug: org.slug, seriesId: id } })}
        csv={{ name: 'series' }}
        empty={
          <EmptyState
            icon={<IconRepeat size={28} />}
            title="Nothing recurs yet"
            action={
              <ButtonLink to="/o/$slug/compose" params={{ slug: org.slug }}>
                Write a post
              </ButtonLink>
            }
          >
            Choose “Repeat” beside the time of a post, and it goes out again and again at its wall time.
          </EmptyState>
        }
      />
    </AppPage>
  )
}

const columnsWith = (nameOf: (id: string) => string): Column<Series>[] => [
  {
    id: 'summary',
    header: 'Post',
    cell: ({ summary }) => summary || 'A post without words',
    sort: ({ summary }) => summary,
    csv: ({ summary }) => summary,
    primary: true,
  },
  {
    id: 'rule',
    header: 'When',
    cell: ({ rule, wall, zone }) => `${ruleWords(rule)}, ${wall.slice(11)} ${zoneCity(zone)}`,
    csv: ({ rule }) => rule,
  },
  {
    id: 'accounts',
    header: 'Accounts',
    cell: ({ accountIds }) => accountIds.map(nameOf).join(', '),
    csv: ({ accountIds }) => accountIds.map(nameOf).join(', '),
  },
  {
    id: 'next',
    header: 'Next',
    cell: ({ next, zone }) => <TimeText at={next?.at ?? null} zone={zone} />,
    sort: ({ next }) => next?.at ?? null,
    csv: ({ next }) => next?.at ?? null,
  },
  {
    id: 'state',
    header: 'State',
    cell: ({ state }) => <SeriesBadge state={state} />,
    sort: ({ state }) => state,
    csv: ({ state }) => state,
  },
]
