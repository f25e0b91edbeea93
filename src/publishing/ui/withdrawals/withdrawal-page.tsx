// One mass withdrawal: its progress, each post of it, what is left to a person; it can be stopped and tried again.

import { Anchor, Button, Progress, Select } from '@mantine/core'
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useAccounts } from '../../../accounts/ui/use-accounts.ts'
import { truncateText } from '../../../connectors/text.ts'
import { allItems, api, client, everyItem, type Output, paging, refresh } from '../../../kit/api.ts'
import { AppPage, Section } from '../../../kit/app-page.tsx'
import { useConfirm } from '../../../kit/confirm-dialog.tsx'
import { type Column, DataTable, LoadingRows } from '../../../kit/data-table.tsx'
import { EmptyState } from '../../../kit/empty-state.tsx'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { TextLink } from '../../../kit/links.tsx'
import { Badge } from '../../../kit/state-badge.tsx'
import { TimeText } from '../../../kit/time-text.tsx'
import { showDone } from '../../../kit/toast.tsx'
import { useSetSearch } from '../../../kit/url-state.ts'
import { useMay, useOrg } from '../../../kit/viewer.tsx'
import { count } from '../../../kit/words.ts'
import { itemStates } from '../../withdrawals/types.ts'
import { reasonWords } from '../reason-words.ts'
import { itemWords } from './withdrawal-words.ts'
import { type Withdrawal, WithdrawalBadge } from './withdrawals-page.tsx'
import '@mantine/core/styles/Progress.css'
import '../refusal-words.ts'
import './withdrawals.css'

const route = getRouteApi('/o/$slug/withdrawals/$withdrawalId')
type Item = Output<typeof client.withdrawals.items>['items'][number]

export function WithdrawalPage() {
  const org = useOrg()
  const { withdrawalId: id } = route.useParams()
  const found = useQuery(
    api.withdrawals.read.queryOptions({
      input: { org: org.id, id },
      refetchInterval: ({ state }) => ((state.data?.counts.waiting ?? 0) > 0 ? 2000 : 30_000),
    }),
  )
  const withdrawal = found.data
  return (
    <AppPage
      title={withdrawal ? `Withdrawal: ${truncateText(withdrawal.reason, 60)}` : 'Withdrawal'}
      aside={withdrawal && <WithdrawalBadge withdrawal={withdrawal} />}
      description={
        withdrawal && (
          <>
            Begun by {withdrawal.begunBy.name || 'a former member'} <TimeText at={withdrawal.begunAt} relative />
            {withdrawal.stoppedBy && `, stopped by ${withdrawal.stoppedBy.name || 'a former member'}`}.
          </>
        )
      }
      crumbs={[
        <TextLink key="withdrawals" inherit to="/o/$slug/withdrawals" params={{ slug: org.slug }}>
          Withdrawals
        </TextLink>,
      ]}
      actions={withdrawal && <Actions withdrawal={withdrawal} />}
    >
      {found.isPending && <LoadingRows />}
      <ErrorPanel error={found.error} retry={() => void found.refetch()} />
      {withdrawal && (
        <>
          <Steps withdrawal={withdrawal} />
          <Section title="Each post">
            <Items id={id} waiting={withdrawal.counts.waiting} />
          </Section>
        </>
      )}
    </AppPage>
  )
}

function Steps({ withdrawal: { counts, total, nextAt } }: { withdrawal: Withdrawal }) {
  const parts = [
    { n: counts.done, color: 'done', label: 'deleted' },
    { n: counts.gone, color: 'done', label: 'gone already' },
    { n: counts.refused, color: 'crimson', label: 'refused' },
    { n: counts.byHand, color: 'amber', label: 'by hand' },
    { n: counts.stopped, color: 'gray', label: 'left there' },
    { n: counts.waiting, color: 'transparent', label: 'waiting' },
  ].filter(({ n }) => n > 0)
  const away = counts.done + counts.gone
  return (
    <div className="wd-progress">
      <Progress.Root size="lg" role="presentation">
        {parts.map(({ n, color, label }) => (
          <Progress.Section key={label} value={(100 * n) / total} color={color} withAria={false} />
        ))}
      </Progress.Root>
      <p role="status">
        <strong>
          {away} of {total} away.
        </strong>{' '}
        {parts.map(({ n, label }) => `${n} ${label}`).join(', ')}.
        {counts.waiting > 0 && nextAt && Date.parse(nextAt) > Date.now() + 5000 && (
          <>
            {' '}
            The next one is tried at <TimeText at={nextAt} />.
          </>
        )}
      </p>
    </div>
  )
}

function Actions({ withdrawal: { id, counts } }: { withdrawal: Withdrawal }) {
  const org = useOrg()
  const may = useMay()
  const confirm = useConfirm()
  const queryClient = useQueryClient()
  if (!may('withdrawals.begin')) return null
  const stop = async () => {
    const stopped = await confirm({
      title: 'Stop the withdrawal?',
      body: `${count(counts.waiting, 'post')} ${counts.waiting === 1 ? 'stays' : 'stay'} at the network. What is deleted already does not come back.`,
      action: 'Stop',
      run: () => client.withdrawals.stop({ org: org.id, id }),
    })
    await refresh(queryClient, api.withdrawals)
    if (stopped) showDone('Stopped')
  }
  const again = async () => {
    const begun = await confirm({
      title: 'Try again?',
      body: 'Everything that was refused, left to a person or left there is tried again.',
      action: 'Try again',
      run: () => client.withdrawals.retry({ org: org.id, id }),
    })
    await refresh(queryClient, api.withdrawals)
    if (begun) showDone('It is tried again')
  }
  return (
    <>
      {counts.waiting > 0 && (
        <Button variant="default" onClick={() => void stop()}>
          Stop
        </Button>
      )}
      {counts.refused + counts.byHand + counts.stopped > 0 && <Button onClick={() => void again()}>Try again</Button>}
    </>
  )
}

function Items({ id, waiting }: { id: string; waiting: number }) {
  const org = useOrg()
  const accounts = useAccounts()
  const set = useSetSearch()
  const { state } = route.useSearch()
  const only = itemStates.find((each) => each === state)
  const input = { org: org.id, id, state: only }
  const items = useInfiniteQuery(
    api.withdrawals.items.infiniteOptions({
      input: (cursor: string | undefined) => ({ ...input, cursor }),
      ...paging,
      refetchInterval: waiting > 0 ? 3000 : 30_000,
    }),
  )
  const { refetch } = items
  // Also when the last one has just been done.
  useEffect(() => void (waiting >= 0 && refetch()), [waiting, refetch])
  return (
    <DataTable
      label="Posts of the withdrawal"
      query={items}
      rows={allItems(items.data)}
      rowKey={(item) => item.variantId}
      rowLink={(item) => ({ to: '/o/$slug/posts/$postId', params: { slug: org.slug, postId: item.postId } })}
      columns={columnsOf(accounts.nameOf)}
      filters={
        <Select
          label="State"
          placeholder="Any"
          clearable
          w={160}
          data={itemStates.map((value) => ({ value, label: itemWords[value].label }))}
          value={only ?? null}
          onChange={(value) => set({ state: value })}
        />
      }
      csv={{
        name: 'withdrawal',
        all: () => everyItem((cursor) => client.withdrawals.items({ ...input, cursor, limit: 200 })),
      }}
      empty={
        <EmptyState title="Nothing fits this filter" order={3}>
          Take the filter away to see all of them.
        </EmptyState>
      }
    />
  )
}

const columnsOf = (nameOf: (id: string) => string): Column<Item>[] => [
  {
    id: 'post',
    header: 'Post',
    primary: true,
    cell: (item) => item.summary || 'Without text',
    csv: (item) => item.summary,
  },
  {
    id: 'state',
    header: 'State',
    width: 130,
    cell: ({ state }) => <Badge tone={itemWords[state].tone}>{itemWords[state].label}</Badge>,
    csv: ({ state }) => state,
  },
  {
    id: 'account',
    header: 'Account',
    width: 170,
    cell: (item) => nameOf(item.accountId),
    csv: (item) => nameOf(item.accountId),
  },
  {
    id: 'why',
    header: 'Why',
    cell: (item) => <Why item={item} />,
    csv: ({ reason }) => (reason ? reasonWords(reason) : null),
  },
]

function Why({ item: { state, reason, wakeAt, remoteUrl } }: { item: Item }) {
  const there = remoteUrl && /^https?:/.test(remoteUrl) && (state === 'by-hand' || state === 'refused')
  return (
    <>
      {reason && reasonWords(reason)}
      {state === 'waiting' && reason && wakeAt && (
        <>
          {' '}
          Tried again at <TimeText at={wakeAt} />.
        </>
      )}
      {there && (
        <>
          {' '}
          <Anchor href={remoteUrl} target="_blank" rel="noopener noreferrer" inherit underline="always">
            Delete it there
          </Anchor>
        </>
      )}
    </>
  )
}
