// Approvals: what waits for me, what I asked, all; each line leads to the post with its request.

import { SegmentedControl, Select } from '@mantine/core'
import { IconEyeCheck } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { allItems, api, client, everyItem, paging } from '../../../kit/api.ts'
import { AppPage } from '../../../kit/app-page.tsx'
import { type Column, DataTable } from '../../../kit/data-table.tsx'
import { EmptyState } from '../../../kit/empty-state.tsx'
import { Badge } from '../../../kit/state-badge.tsx'
import { TimeText } from '../../../kit/time-text.tsx'
import { useSetSearch } from '../../../kit/url-state.ts'
import { useOrg } from '../../../kit/viewer.tsx'
import { type RequestLine, stateText, stateTone } from './approval-words.ts'

const route = getRouteApi('/o/$slug/approvals')

const whoseWords = { waiting: 'Waiting for me', asked: 'Asked by me', all: 'All' } as const
type Whose = keyof typeof whoseWords

const empty: Record<Whose, [string, string]> = {
  waiting: ['Nothing waits for you', 'When somebody asks for your approval, the post is here and under Today.'],
  asked: ['You have asked for nothing yet', 'Write a post and ask for approval; here you see who has answered.'],
  all: ['Nobody has asked for approval yet', 'Lanes under Settings say which posts need it.'],
}

const nothingFits = ['Nothing fits this filter', 'Take it away to see the others.'] as const

export function ApprovalsPage() {
  const org = useOrg()
  const setSearch = useSetSearch()
  const search = route.useSearch()
  // The address may hold anything.
  const whose: Whose = search.whose && Object.hasOwn(whoseWords, search.whose) ? (search.whose as Whose) : 'waiting'
  const asked = search.state && Object.hasOwn(stateText, search.state) ? search.state : undefined
  const state = whose === 'waiting' ? undefined : (asked as RequestLine['state'] | undefined)
  const list = useInfiniteQuery(
    api.approvals.list.infiniteOptions({
      input: (cursor: string | undefined) => ({ org: org.id, whose, state, cursor }),
      ...paging,
      refetchInterval: 30_000,
    }),
  )
  const [title, text] = state ? nothingFits : empty[whose]
  return (
    <AppPage title="Approvals" description="Posts that need somebody’s consent before they go out.">
      <DataTable
        label="Approvals"
        query={list}
        rows={allItems(list.data)}
        rowKey={({ id }) => id}
        rowLink={({ postId }) => ({ to: '/o/$slug/posts/$postId', params: { slug: org.slug, postId } })}
        columns={columns}
        csv={{
          name: 'approvals',
          all: () => everyItem((cursor) => client.approvals.list({ org: org.id, whose, state, cursor, limit: 200 })),
        }}
        empty={
          <EmptyState title={title} icon={<IconEyeCheck />}>
            {text}
          </EmptyState>
        }
        filters={
          <>
            <SegmentedControl
              aria-label="Whose"
              value={whose}
              onChange={(next) => setSearch({ whose: next === 'waiting' ? undefined : next, state: undefined })}
              data={Object.entries(whoseWords).map(([value, label]) => ({ value, label }))}
            />
            {whose !== 'waiting' && (
              <Select
                aria-label="State"
                placeholder="Any state"
                clearable
                data={Object.entries(stateText).map(([value, label]) => ({ value, label }))}
                value={state ?? null}
                onChange={(next) => setSearch({ state: next })}
              />
            )}
          </>
        }
      />
    </AppPage>
  )
}

const columns: Column<RequestLine>[] = [
  {
    id: 'post',
    header: 'Post',
    primary: true,
    cell: ({ summary }) => summary || 'Without text',
    csv: ({ summary }) => summary,
  },
  {
    id: 'state',
    header: 'State',
    cell: ({ state, forMe }) => <Badge tone={stateTone[state]}>{forMe ? 'Waits for you' : stateText[state]}</Badge>,
    csv: ({ state }) => state,
  },
  { id: 'lanes', header: 'Lanes', cell: ({ lanes }) => lanes.join(', '), csv: ({ lanes }) => lanes.join(', ') },
  {
    id: 'by',
    header: 'Asked by',
    cell: ({ askedBy }) => askedBy.name || 'A former member',
    csv: ({ askedBy }) => askedBy.name,
  },
  {
    id: 'asked',
    header: 'Asked',
    cell: ({ askedAt }) => <TimeText at={askedAt} relative />,
    csv: ({ askedAt }) => askedAt,
  },
  {
    id: 'due',
    header: 'Planned',
    cell: ({ dueAt, atOnce }) => (atOnce ? 'When approved' : <TimeText at={dueAt} />),
    csv: ({ dueAt }) => dueAt,
  },
]
