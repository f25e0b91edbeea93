// What a hold met, with links to the posts and how each stands now.

import { useInfiniteQuery } from '@tanstack/react-query'
import { useAccounts } from '../../../accounts/ui/use-accounts.ts'
import { allItems, api, client, everyItem, type Output, paging } from '../../../kit/api.ts'
import { type Column, DataTable } from '../../../kit/data-table.tsx'
import { EmptyState } from '../../../kit/empty-state.tsx'
import { StateBadge } from '../../../kit/state-badge.tsx'
import { TimeText } from '../../../kit/time-text.tsx'
import { useOrg } from '../../../kit/viewer.tsx'

type Held = Output<typeof client.holds.variants>['items'][number]

interface HeldTableProps {
  holdId: string
  kind: 'stopped' | 'under-way' | 'missed'
}

export function HeldTable({ holdId, kind }: HeldTableProps) {
  const org = useOrg()
  const accounts = useAccounts()
  const input = { org: org.id, id: holdId, kind }
  const held = useInfiniteQuery(
    api.holds.variants.infiniteOptions({
      input: (cursor: string | undefined) => ({ ...input, cursor }),
      ...paging,
      refetchInterval: 10_000,
    }),
  )
  return (
    <DataTable
      label={kind === 'missed' ? 'Missed posts' : kind === 'stopped' ? 'Stopped posts' : 'Posts under way'}
      query={held}
      rows={allItems(held.data)}
      rowKey={(line) => line.variantId}
      rowLink={(line) => ({ to: '/o/$slug/posts/$postId', params: { slug: org.slug, postId: line.postId } })}
      columns={columnsOf(accounts.nameOf)}
      csv={{
        name: `hold-${kind}`,
        all: () => everyItem((cursor) => client.holds.variants({ ...input, cursor, limit: 200 })),
      }}
      empty={
        <EmptyState title="Nothing" order={3}>
          No post has met it.
        </EmptyState>
      }
    />
  )
}

const letGo = { 'went-on': 'Went on', missed: 'Missed its time', 'another-hold': 'Another hold' }

const columnsOf = (nameOf: (id: string) => string): Column<Held>[] => [
  {
    id: 'post',
    header: 'Post',
    primary: true,
    cell: (line) => line.summary || 'Without text',
    csv: (line) => line.summary,
  },
  {
    id: 'state',
    header: 'Now',
    width: 130,
    cell: (line) => <StateBadge state={line.state} />,
    csv: (line) => line.state,
  },
  {
    id: 'account',
    header: 'Account',
    width: 170,
    cell: (line) => nameOf(line.accountId),
    csv: (line) => nameOf(line.accountId),
  },
  { id: 'due', header: 'Planned', width: 150, cell: (line) => <TimeText at={line.dueAt} />, csv: (line) => line.dueAt },
  {
    id: 'end',
    header: 'At the end',
    width: 150,
    cell: (line) => (line.letGo ? letGo[line.letGo] : <span className="lr-dimmed">–</span>),
    csv: (line) => line.letGo,
  },
]
