// What is alive: all of it with its age against its shelf life, and what lasts because its half-life is more than 30 days.

import { useInfiniteQuery } from '@tanstack/react-query'
import { linkOptions } from '@tanstack/react-router'
import type { Accounts } from '../../../accounts/ui/use-accounts.ts'
import { allItems, api, client, everyItem, type Output, paging } from '../../../kit/api.ts'
import { type Column, DataTable } from '../../../kit/data-table.tsx'
import { EmptyState } from '../../../kit/empty-state.tsx'
import { TimeText } from '../../../kit/time-text.tsx'
import { useOrg } from '../../../kit/viewer.tsx'
import { durationText, percentText } from './stock-words.ts'

type Item = Output<typeof client.stock.living>['items'][number]

const lists = {
  living: {
    label: 'Living content',
    title: 'Nothing is alive',
    text: 'Everything that went out is older than three half-lives of its channel. What goes out next appears here.',
  },
  evergreen: {
    label: 'Evergreen content',
    title: 'Nothing evergreen yet',
    text: 'Articles on a blog live for years. What goes out there appears here.',
  },
} as const

interface LivingProps {
  which: keyof typeof lists
  accounts: Accounts
  /** When the page was read: ages are told as of then. */
  at: string
}

export function Living({ which, accounts, at }: LivingProps) {
  const { id: org, slug } = useOrg()
  const { label, title, text } = lists[which]
  const list = useInfiniteQuery(
    api.stock[which].infiniteOptions({
      input: (cursor: string | undefined) => ({ org, cursor, limit: 20 }),
      ...paging,
    }),
  )
  return (
    <DataTable
      label={label}
      query={list}
      rows={allItems(list.data)}
      rowKey={({ variantId }) => variantId}
      rowLink={({ postId }) => linkOptions({ to: '/o/$slug/posts/$postId', params: { slug, postId } })}
      csv={{ name: which, all: () => everyItem((cursor) => client.stock[which]({ org, cursor, limit: 200 })) }}
      empty={
        <EmptyState title={title} order={3}>
          {text}
        </EmptyState>
      }
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
