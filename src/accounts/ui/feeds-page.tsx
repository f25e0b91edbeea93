// What the connected sources brought, newest first: to read, to share, or to put aside.

import { SegmentedControl, Select } from '@mantine/core'
import { IconRss } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { allItems, api, paging } from '../../kit/api.ts'
import { AppPage } from '../../kit/app-page.tsx'
import { LoadingRows } from '../../kit/data-table.tsx'
import { EmptyState } from '../../kit/empty-state.tsx'
import { ErrorPanel } from '../../kit/error-panel.tsx'
import { ButtonLink } from '../../kit/links.tsx'
import { LoadMore } from '../../kit/load-more.tsx'
import { useSetSearch } from '../../kit/url-state.ts'
import { useMay, useOrg } from '../../kit/viewer.tsx'
import { FeedItem } from './feed-item.tsx'
import { FeedSources } from './feed-sources.tsx'
import { type Account, useAccounts, useNetworks } from './use-accounts.ts'
import './accounts.css'
import './feeds.css'

const route = getRouteApi('/o/$slug/feeds')

export function FeedsPage() {
  const accounts = useAccounts()
  // A source that was disconnected still has items; it is offered as long as it is chosen or works.
  const { account: chosen } = route.useSearch()
  const sources = accounts.all.filter(
    ({ id, listens, state }) => listens && (state !== 'disconnected' || id === chosen),
  )
  const any = accounts.all.some(({ listens }) => listens)
  return (
    <AppPage
      title="Feeds"
      description="What others publish: ideas, and things to share."
      actions={any && <AddFeed variant="default" />}
    >
      <ErrorPanel error={accounts.error} retry={accounts.retry} />
      {accounts.pending && !accounts.error && <LoadingRows />}
      {!accounts.pending && !any && <NoFeeds />}
      {!accounts.pending && any && (
        <div className="ac-split">
          <div className="ac-main">
            <Filters sources={sources} />
            <Items sources={sources} />
          </div>
          <aside className="ac-side" aria-label="Sources">
            <FeedSources sources={sources} />
          </aside>
        </div>
      )}
    </AppPage>
  )
}

function Filters({ sources }: { sources: Account[] }) {
  const { account, dismissed } = route.useSearch()
  const set = useSetSearch()
  return (
    <div className="lr-list-filters">
      <Select
        aria-label="Source"
        placeholder="All sources"
        clearable
        searchable
        data={sources.map(({ id, name }) => ({ value: id, label: name }))}
        value={account ?? null}
        onChange={(value) => set({ account: value })}
      />
      <SegmentedControl
        aria-label="Which items"
        value={dismissed === 'true' ? 'true' : 'false'}
        onChange={(value) => set({ dismissed: value === 'true' ? value : null })}
        data={[
          { value: 'false', label: 'New' },
          { value: 'true', label: 'Put aside' },
        ]}
      />
    </div>
  )
}

function Items({ sources }: { sources: Account[] }) {
  const org = useOrg()
  const { account, dismissed } = route.useSearch()
  const aside = dismissed === 'true'
  const list = useInfiniteQuery(
    api.sources.items.infiniteOptions({
      input: (cursor: string | undefined) => ({ org: org.id, accountId: account, dismissed: aside, cursor, limit: 30 }),
      ...paging,
      refetchInterval: 60_000,
    }),
  )
  const items = allItems(list.data)
  if (list.isPending) return <LoadingRows />
  return (
    <>
      <ErrorPanel error={list.error} retry={() => void list.refetch()} />
      {items?.length === 0 && (
        <NothingHere aside={aside} unread={sources.every(({ health }) => !health.lastSuccessAt)} />
      )}
      {items && items.length > 0 && (
        <ul className="ac-items" aria-label={aside ? 'Items put aside' : 'New items'}>
          {items.map((item) => (
            <FeedItem key={item.id} item={item} />
          ))}
        </ul>
      )}
      <LoadMore list={list} />
    </>
  )
}

function NothingHere({ aside, unread }: { aside: boolean; unread: boolean }) {
  if (aside) return <EmptyState title="Nothing was put aside">What you put aside can be taken back here.</EmptyState>
  return (
    <EmptyState title="Nothing new" icon={<IconRss size={28} stroke={1.5} />}>
      {unread ? 'The sources were not read yet.' : 'You have seen everything.'} They are read every 15 minutes; “Read
      now” asks at once.
    </EmptyState>
  )
}

function NoFeeds() {
  const may = useMay()
  return (
    <EmptyState title="No feeds yet" icon={<IconRss size={28} stroke={1.5} />} action={<AddFeed />}>
      {may('accounts.connect')
        ? 'Add the blogs, news and status pages that your people watch: give the address of a page or of its feed. What they publish appears here, ready to share.'
        : 'An owner, admin or manager adds the first one under Accounts. What it publishes appears here, ready to share.'}
    </EmptyState>
  )
}

/** Leads to the network that only brings things in, where there is one. */
function AddFeed({ variant }: { variant?: string }) {
  const { slug } = useOrg()
  const may = useMay()
  const networks = useNetworks()
  if (!may('accounts.connect')) return null
  const network = networks.data?.find(({ listens, publishes }) => listens && !publishes)?.id
  return (
    <ButtonLink to="/o/$slug/accounts/connect" params={{ slug }} search={{ network }} variant={variant}>
      Add a feed
    </ButtonLink>
  )
}
