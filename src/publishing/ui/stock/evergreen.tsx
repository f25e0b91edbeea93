// Content that lasts: what has a half-life of more than 30 days and is still alive.

import { useInfiniteQuery } from '@tanstack/react-query'
import { linkOptions } from '@tanstack/react-router'
import type { Accounts } from '../../../accounts/ui/use-accounts.ts'
import { allItems, api, paging } from '../../../kit/api.ts'
import { DataTable } from '../../../kit/data-table.tsx'
import { EmptyState } from '../../../kit/empty-state.tsx'
import { TimeText } from '../../../kit/time-text.tsx'
import { useOrg } from '../../../kit/viewer.tsx'
import { durationText } from './stock-words.ts'

export function Evergreen({ accounts }: { accounts: Accounts }) {
  const org = useOrg()
  const list = useInfiniteQuery(
    api.stock.evergreen.infiniteOptions({
      input: (cursor: string | undefined) => ({ org: org.id, cursor, limit: 20 }),
      ...paging,
    }),
  )
  return (
    <DataTable
      label="Evergreen content"
      query={list}
      rows={allItems(list.data)}
      rowKey={({ variantId }) => variantId}
      rowLink={({ postId }) => linkOptions({ to: '/o/$slug/posts/$postId', params: { slug: org.slug, postId } })}
      csv={{ name: 'evergreen' }}
      empty={
        <EmptyState title="Nothing evergreen yet" order={3}>
          Articles on a blog live for years. What goes out there appears here.
        </EmptyState>
      }
      columns={[
        {
          id: 'summary',
          header: 'Post',
          primary: true,
          width: '46%',
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
          id: 'until',
          header: 'Alive until',
          cell: ({ livesUntil }) => <TimeText at={livesUntil} style="date" />,
          csv: ({ livesUntil }) => livesUntil,
        },
      ]}
    />
  )
}
