// All posts as a list: filters, order, pages and export, with the actions of every day on each row.

import { Select, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconListDetails, IconSearch } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { type Accounts, useAccounts } from '../../accounts/ui/use-accounts.ts'
import { allItems, api, client, everyItem, type Output, paging } from '../../kit/api.ts'
import { AppPage } from '../../kit/app-page.tsx'
import { type Column, DataTable } from '../../kit/data-table.tsx'
import { EmptyState } from '../../kit/empty-state.tsx'
import { ButtonLink } from '../../kit/links.tsx'
import { StateBadge, stateLook } from '../../kit/state-badge.tsx'
import { TimeText } from '../../kit/time-text.tsx'
import { useSetSearch } from '../../kit/url-state.ts'
import { useMay, useOrg } from '../../kit/viewer.tsx'
import { urgencyOrder } from '../rules.ts'
import { useCampaignNames } from './campaigns/use-campaign-names.ts'
import { PostRowActions } from './post-row-actions.tsx'
import { useCampaignOptions } from './use-campaign-options.ts'
import './refusal-words.ts'
import './posts.css'

const route = getRouteApi('/o/$slug/posts')

export type PostLine = Output<typeof client.posts.list>['items'][number]

export function PostsPage() {
  const org = useOrg()
  const may = useMay()
  const accounts = useAccounts()
  const { state, account, campaign, q, order } = route.useSearch()
  const input = {
    org: org.id,
    state: urgencyOrder.find((each) => each === state),
    accountId: account,
    campaignId: campaign,
    q,
    order: order === 'due' ? ('due' as const) : ('changed' as const),
  }
  const posts = useInfiniteQuery(
    api.posts.list.infiniteOptions({ input: (cursor: string | undefined) => ({ ...input, cursor }), ...paging }),
  )
  const campaigns = useCampaignNames()
  const filtered = Boolean(state ?? account ?? campaign ?? q)
  const write = may('posts.write') && (
    <ButtonLink to="/o/$slug/compose" params={{ slug: org.slug }}>
      Write a post
    </ButtonLink>
  )
  return (
    <AppPage
      title="Posts"
      actions={
        <>
          <ButtonLink to="/o/$slug/series" params={{ slug: org.slug }} variant="default">
            Series
          </ButtonLink>
          {write}
        </>
      }
    >
      <DataTable
        label="Posts"
        query={posts}
        rows={allItems(posts.data)}
        rowKey={(post) => post.id}
        rowLink={(post) => ({ to: '/o/$slug/posts/$postId', params: { slug: org.slug, postId: post.id } })}
        columns={columnsOf(accounts, campaigns.nameOf)}
        filters={<PostFilters accounts={accounts} />}
        csv={{ name: 'posts', all: () => everyItem((cursor) => client.posts.list({ ...input, cursor, limit: 200 })) }}
        empty={
          <EmptyState
            title={filtered ? 'Nothing fits these filters' : 'No posts yet'}
            icon={<IconListDetails size={32} stroke={1.5} />}
            action={!filtered && write}
          >
            {filtered ? 'Take one filter away.' : 'What your organisation writes, plans and has published stands here.'}
          </EmptyState>
        }
      />
    </AppPage>
  )
}

function PostFilters({ accounts }: { accounts: Accounts }) {
  const { state, account, campaign, q, order } = route.useSearch()
  const campaigns = useCampaignOptions(campaign === 'none' ? null : (campaign ?? null))
  const set = useSetSearch()
  const [words, setWords] = useState(q ?? '')
  const search = useDebouncedCallback((value: string) => set({ q: value.trim() }), 300)
  return (
    <>
      <TextInput
        label="Search"
        placeholder="Words of the post"
        leftSection={<IconSearch size={16} aria-hidden />}
        value={words}
        maxLength={200}
        onChange={({ currentTarget: { value } }) => {
          setWords(value)
          search(value)
        }}
      />
      <Select
        label="State"
        placeholder="Any"
        clearable
        w={160}
        data={urgencyOrder.map((value) => ({ value, label: stateLook[value].label }))}
        value={state ?? null}
        onChange={(value) => set({ state: value })}
      />
      <Select
        label="Account"
        placeholder="All"
        clearable
        searchable
        w={184}
        data={accounts.all.filter(({ publishes }) => publishes).map(({ id, name }) => ({ value: id, label: name }))}
        value={account ?? null}
        onChange={(value) => set({ account: value })}
      />
      <Select
        label="Belongs to"
        placeholder="Both"
        clearable
        searchable
        w={184}
        data={campaigns.options}
        value={campaign ?? null}
        onChange={(value) => set({ campaign: value })}
      />
      <Select
        label="Order"
        w={184}
        allowDeselect={false}
        data={[
          { value: 'changed', label: 'Last changed first' },
          { value: 'due', label: 'By planned time' },
        ]}
        value={order === 'due' ? 'due' : 'changed'}
        onChange={(value) => set({ order: value === 'due' ? 'due' : null })}
      />
    </>
  )
}

const columnsOf = (accounts: Accounts, campaignName: (id: string) => string): Column<PostLine>[] => [
  {
    id: 'post',
    header: 'Post',
    primary: true,
    cell: (post) => (
      <span className="po-line">
        {post.thumbnailUrl && <img src={post.thumbnailUrl} alt="" loading="lazy" />}
        <span>{post.summary || 'Without text'}</span>
      </span>
    ),
    csv: (post) => post.summary,
  },
  {
    id: 'state',
    header: 'State',
    width: 140,
    cell: (post) => <StateBadge state={post.state} />,
    csv: (post) => post.state,
  },
  {
    id: 'accounts',
    header: 'Accounts',
    width: 200,
    cell: (post) => <AccountNames ids={post.accountIds} accounts={accounts} />,
    csv: (post) => post.accountIds.map(accounts.nameOf).join(', '),
  },
  {
    id: 'belongs',
    header: 'Belongs to',
    width: 150,
    cell: ({ campaignId }) => (campaignId ? campaignName(campaignId) : <span className="lr-dimmed">Always-on</span>),
    csv: ({ campaignId }) => (campaignId ? campaignName(campaignId) : 'Always-on'),
  },
  { id: 'due', header: 'Planned', width: 140, cell: (post) => <TimeText at={post.dueAt} />, csv: (post) => post.dueAt },
  {
    id: 'updated',
    header: 'Changed',
    width: 130,
    cell: (post) => <TimeText at={post.updatedAt} relative />,
    csv: (post) => post.updatedAt,
  },
  { id: 'actions', header: 'Actions', actions: true, cell: (post) => <PostRowActions post={post} /> },
]

function AccountNames({ ids, accounts }: { ids: string[]; accounts: Accounts }) {
  if (ids.length === 0) return <span className="lr-dimmed">None yet</span>
  const names = ids.map(accounts.nameOf)
  return (
    <span title={names.join(', ')}>
      {names.length > 2 ? `${names.slice(0, 2).join(', ')} +${names.length - 2}` : names.join(', ')}
    </span>
  )
}
