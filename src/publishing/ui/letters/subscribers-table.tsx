// Who receives a newsletter: how each one stands and consented, to search, to end, to forget.

import { Button, Group, Select, TextInput } from '@mantine/core'
import { IconMail, IconSearch } from '@tabler/icons-react'
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { allItems, api, client, everyItem, type Output, paging, refresh } from '../../../kit/api.ts'
import { useConfirm } from '../../../kit/confirm-dialog.tsx'
import { DataTable } from '../../../kit/data-table.tsx'
import { EmptyState } from '../../../kit/empty-state.tsx'
import { Badge } from '../../../kit/state-badge.tsx'
import { TimeText } from '../../../kit/time-text.tsx'
import { useSearchWord } from '../../../kit/url-state.ts'
import { useMay, useOrg } from '../../../kit/viewer.tsx'
import { type SubscriberState, subscriberStates } from '../../letters/types.ts'
import { subscriberLook } from './letter-words.ts'

type Subscriber = Output<typeof client.letters.subscribers>['items'][number]

interface Props {
  accountId: string
  /** What to do first, where there is nobody. */
  begin: ReactNode
}

export function SubscribersTable({ accountId, begin }: Props) {
  const org = useOrg()
  const may = useMay()
  const [word, setState] = useSearchWord('state')
  const [q, setQ] = useSearchWord('q')
  const state = subscriberStates.find((each) => each === word)
  const filter = { org: org.id, account: accountId, state, q: q || undefined }
  const list = useInfiniteQuery(
    api.letters.subscribers.infiniteOptions({
      input: (cursor: string | undefined) => ({ ...filter, cursor, limit: 50 }),
      ...paging,
    }),
  )
  return (
    <DataTable
      label="Subscribers"
      query={list}
      rows={allItems(list.data)}
      rowKey={({ id }) => id}
      csv={{
        name: 'subscribers',
        all: () => everyItem((cursor) => client.letters.subscribers({ ...filter, cursor, limit: 200 }), 200_000),
        more: [{ header: 'Confirmed', csv: ({ confirmedAt }) => confirmedAt }],
      }}
      filters={<Filters state={state} setState={setState} q={q} setQ={setQ} />}
      empty={
        state || q ? (
          <EmptyState title="Nobody fits this search" />
        ) : (
          <EmptyState title="No subscribers yet" icon={<IconMail size={28} stroke={1.5} />} action={begin}>
            Link the form from your web site, from a post, or print its address. Whoever fills it in and confirms
            receives the next issue.
          </EmptyState>
        )
      }
      columns={[
        {
          id: 'address',
          header: 'Address',
          primary: true,
          cell: ({ address, name }) => (
            <>
              {address}
              {name && <span className="lr-below">{name}</span>}
            </>
          ),
          csv: ({ address }) => address,
        },
        {
          id: 'name',
          header: 'State',
          cell: (row) => <State row={row} />,
          csv: (row) => subscriberLook[row.state].label,
        },
        {
          id: 'since',
          header: 'Since',
          cell: ({ stateSince }) => <TimeText at={stateSince} style="date" />,
          csv: ({ stateSince }) => stateSince,
        },
        { id: 'consent', header: 'Consent', cell: consentText, csv: ({ consent }) => consent },
        ...(may('letters.change')
          ? [
              {
                id: 'actions',
                header: 'Actions',
                actions: true as const,
                cell: (row: Subscriber) => <Actions row={row} accountId={accountId} />,
              },
            ]
          : []),
      ]}
    />
  )
}

const consentText = ({ source, consent }: Subscriber) => (source === 'form' ? 'By the form' : consent)

function State({ row: { state, lastBounce } }: { row: Subscriber }) {
  const { label, tone, means } = subscriberLook[state]
  return (
    <Badge tone={tone} title={lastBounce ? `${means} ${lastBounce}` : means}>
      {label}
    </Badge>
  )
}

interface FilterProps {
  state: SubscriberState | undefined
  setState: (state: string | null) => void
  q: string | undefined
  setQ: (q: string | null) => void
}

function Filters({ state, setState, q, setQ }: FilterProps) {
  return (
    <>
      <TextInput
        placeholder="Address or name"
        aria-label="Search subscribers"
        leftSection={<IconSearch size={16} />}
        value={q ?? ''}
        onChange={(event) => setQ(event.currentTarget.value || null)}
      />
      <Select
        aria-label="State"
        placeholder="Every state"
        clearable
        value={state ?? null}
        onChange={setState}
        data={subscriberStates.map((value) => ({ value, label: subscriberLook[value].label }))}
      />
    </>
  )
}

function Actions({ row, accountId }: { row: Subscriber; accountId: string }) {
  const org = useOrg()
  const confirm = useConfirm()
  const queryClient = useQueryClient()
  const input = { org: org.id, account: accountId, id: row.id }
  const ask = async (plan: Parameters<typeof confirm>[0]) => {
    if (await confirm(plan)) await refresh(queryClient, api.letters)
  }
  const end = () =>
    ask({
      title: `Take ${row.address} off the list?`,
      body: 'No further issue is sent there. Only they themselves can subscribe again.',
      action: 'Take off',
      run: () => client.letters.end(input),
    })
  const erase = () =>
    ask({
      title: `Forget ${row.address}?`,
      body: 'The address, the name and the consent are erased for good; past issues still count their letters. For people who ask to be forgotten.',
      action: 'Forget',
      danger: true,
      run: () => client.letters.erase(input),
    })
  return (
    <Group gap={4} wrap="nowrap" justify="flex-end">
      {row.state !== 'left' && row.state !== 'complained' && (
        <Button size="compact-sm" variant="subtle" color="gray" onClick={() => void end()}>
          Take off
        </Button>
      )}
      <Button size="compact-sm" variant="subtle" color="crimson" onClick={() => void erase()}>
        Forget
      </Button>
    </Group>
  )
}
