// All mass withdrawals of published posts, with how far each has come.

import { IconTrash } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { allItems, api, client, everyItem, type Output, paging } from '../../../kit/api.ts'
import { AppPage } from '../../../kit/app-page.tsx'
import { type Column, DataTable } from '../../../kit/data-table.tsx'
import { EmptyState } from '../../../kit/empty-state.tsx'
import { ButtonLink, TextLink } from '../../../kit/links.tsx'
import { Badge } from '../../../kit/state-badge.tsx'
import { TimeText } from '../../../kit/time-text.tsx'
import { useMay, useOrg } from '../../../kit/viewer.tsx'

export type Withdrawal = Output<typeof client.withdrawals.list>['items'][number]

export function WithdrawalsPage() {
  const org = useOrg()
  const may = useMay()
  const withdrawals = useInfiniteQuery(
    api.withdrawals.list.infiniteOptions({
      input: (cursor: string | undefined) => ({ org: org.id, cursor }),
      ...paging,
      refetchInterval: 10_000,
    }),
  )
  return (
    <AppPage
      title="Withdrawals"
      description="Published posts that are deleted at their networks, many at once and one after the other."
      crumbs={[
        <TextLink key="holds" inherit to="/o/$slug/holds" params={{ slug: org.slug }}>
          Holds
        </TextLink>,
      ]}
      actions={
        may('withdrawals.begin') && (
          <ButtonLink to="/o/$slug/withdrawals/new" params={{ slug: org.slug }}>
            Withdraw posts
          </ButtonLink>
        )
      }
    >
      <DataTable
        label="Withdrawals"
        query={withdrawals}
        rows={allItems(withdrawals.data)}
        rowKey={(each) => each.id}
        rowLink={(each) => ({
          to: '/o/$slug/withdrawals/$withdrawalId',
          params: { slug: org.slug, withdrawalId: each.id },
        })}
        columns={columns}
        csv={{
          name: 'withdrawals',
          all: () => everyItem((cursor) => client.withdrawals.list({ org: org.id, cursor, limit: 200 })),
        }}
        empty={
          <EmptyState title="Nothing was withdrawn" icon={<IconTrash size={32} stroke={1.5} />}>
            When published posts have to go, choose them by campaign, account, time or words; Longrun deletes them one
            by one, as fast as each network allows.
          </EmptyState>
        }
      />
    </AppPage>
  )
}

export function WithdrawalBadge({ withdrawal: { counts, stoppedAt } }: { withdrawal: Withdrawal }) {
  if (counts.waiting > 0) return <Badge tone="slate">Under way</Badge>
  if (stoppedAt) return <Badge tone="quiet">Stopped</Badge>
  return counts.refused + counts.byHand > 0 ? (
    <Badge tone="amber">Needs a person</Badge>
  ) : (
    <Badge tone="done">Done</Badge>
  )
}

const away = ({ counts }: Withdrawal): number => counts.done + counts.gone

const columns: Column<Withdrawal>[] = [
  { id: 'reason', header: 'Why', primary: true, cell: (each) => each.reason, csv: (each) => each.reason },
  {
    id: 'state',
    header: 'State',
    width: 150,
    cell: (each) => <WithdrawalBadge withdrawal={each} />,
    csv: (each) => (each.counts.waiting > 0 ? 'waiting' : each.stoppedAt ? 'stopped' : 'done'),
  },
  {
    id: 'away',
    header: 'Away',
    width: 110,
    align: 'end',
    cell: (each) => `${away(each)} of ${each.total}`,
    csv: away,
  },
  {
    id: 'person',
    header: 'For a person',
    width: 120,
    align: 'end',
    cell: ({ counts }) => counts.refused + counts.byHand,
    csv: ({ counts }) => counts.refused + counts.byHand,
  },
  { id: 'by', header: 'Begun by', width: 160, cell: (each) => each.begunBy.name, csv: (each) => each.begunBy.name },
  {
    id: 'begun',
    header: 'Begun',
    width: 140,
    cell: (each) => <TimeText at={each.begunAt} relative />,
    csv: (each) => each.begunAt,
  },
]
