// What is alive: all of it with its age against its shelf life, and what lasts because its half-life is more than 30 days.

import { useInfiniteQuery } from '@tanstack/react-query'
import { linkOptions } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { Accounts } from '../../../accounts/ui/use-accounts.ts'
import { allItems, api, type client, type Output, paging } from '../../../kit/api.ts'
import { type Column, DataTable, type DataTableProps } from '../../../kit/data-table.tsx'
import { EmptyState } from '../../../kit/empty-state.tsx'
import { TimeText } from '../../../kit/time-text.tsx'
import { useOrg } from '../../../kit/viewer.tsx'
import { durationText, percentText } from './stock-words.ts'

type Item = Output<typeof client.stock.living>['items'][number]

export function Living({ accounts, at }: { accounts: Accounts; at: string }) {
  const org = useOrg()
  const list = useInfiniteQuery(
    api.stock.living.infiniteOptions({
      input: (cursor: string | undefined) => ({ org: org.id, cursor, limit: 20 }),
      ...paging,
    }),
  )
  return (
    <Items
      {...{ accounts, list, at, name: 'living', label: 'Living content', rows: allItems(list.data) }}
      empty={
        <EmptyState title="Nothing is alive" order={3}>
          Everything that went out is older than three half-lives of its channel. What goes out next appears here.
        </EmptyState>
      }
    />
  )
}

export function Evergreen({ accounts, at }: { accounts: Accounts; at: string }) {
  const org = useOrg()
  const list = useInfiniteQuery(
    api.stock.evergreen.infiniteOptions({
      input: (cursor: string | undefined) => ({ org: org.id, cursor, limit: 20 }),
      ...paging,
    }),
  )
  return (
    <Items
      {...{ accounts, list, at, name: 'evergreen', label: 'Evergreen content', rows: allItems(list.data) }}
      empty={
        <EmptyState title="Nothing evergreen yet" order={3}>
          Articles on a blog live for years. What goes out there appears here.
        </EmptyState>
      }
    />
  )
}

interface ItemsProps {
  accounts: Accounts
  list: DataTableProps<Item>['query']
  rows: Item[] | undefined
  label: string
  /** Of the file that is saved. */
  name: string
  at: string
  empty: ReactNode
}

function Items({ accounts, list, rows, label, name, at, empty }: ItemsProps) {
  const { slug } = useOrg()
  return (
    <DataTable
      label={label}
      query={list}
      rows={rows}
      rowKey={({ variantId }) => variantId}
      rowLink={({ postId }) => linkOptions({ to: '/o/$slug/posts/$postId', params: { slug, postId } })}
      csv={{ name }}
      empty={empty}
      columns={columnsOf(accounts, Date.parse(at))}
    />
  )
}

/** Share of its shelf life that has passed; 1: it ends now. */
const spent = ({ publishedAt, livesUntil }: Item, now: number): number =>
  (now - Date.parse(publishedAt)) / (Date.parse(livesUntil) - Date.parse(publishedAt))

const columnsOf = (accounts: Accounts, now: number): Column<Item>[] => [
  {
    id: 'summary',
    header: 'Post',
    primary: true,
    width: '38%',
    cell: ({ summary }) => summary || 'Without text',
    csv: ({ summary }) => summary,
  },
  {
    id: 'account',
    header: 'Account',
    cell: ({ accountId }) => accounts.nameOf(accountId),
    csv: ({ accountId }) => accounts.nameOf(accountId),
  },
  {
    id: 'published',
    header: 'Out since',
    cell: ({ publishedAt }) => <TimeText at={publishedAt} style="date" />,
    csv: ({ publishedAt }) => publishedAt,
  },
  {
    id: 'half-life',
    header: 'Half-life',
    cell: ({ halfLifeMinutes }) => durationText(halfLifeMinutes),
    csv: ({ halfLifeMinutes }) => halfLifeMinutes,
  },
  {
    id: 'spent',
    header: 'Of its life',
    align: 'end',
    cell: (item) => percentText(spent(item, now)),
    csv: (item) => spent(item, now),
  },
  {
    id: 'until',
    header: 'Alive until',
    cell: ({ livesUntil }) => <TimeText at={livesUntil} />,
    csv: ({ livesUntil }) => livesUntil,
  },
]
