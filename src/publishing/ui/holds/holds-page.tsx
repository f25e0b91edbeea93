// All holds: what is stopped now, and what was.

import { Button, Select } from '@mantine/core'
import { IconHandStop } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { allItems, api, client, everyItem, paging } from '../../../kit/api.ts'
import { AppPage } from '../../../kit/app-page.tsx'
import { type Column, DataTable } from '../../../kit/data-table.tsx'
import { EmptyState } from '../../../kit/empty-state.tsx'
import { ButtonLink } from '../../../kit/links.tsx'
import { Badge } from '../../../kit/state-badge.tsx'
import { TimeText } from '../../../kit/time-text.tsx'
import { useSetSearch } from '../../../kit/url-state.ts'
import { useMay, useOrg } from '../../../kit/viewer.tsx'
import { BeginHoldDialog } from './begin-hold-dialog.tsx'
import { holdTitle } from './hold-words.ts'
import type { Hold } from './use-active-holds.ts'
import './holds.css'

const route = getRouteApi('/o/$slug/holds')

export function HoldsPage() {
  const org = useOrg()
  const may = useMay()
  const { state } = route.useSearch()
  const set = useSetSearch()
  const [beginning, setBeginning] = useState(false)
  const only = (['active', 'ended'] as const).find((each) => each === state)
  const input = { org: org.id, state: only }
  const holds = useInfiniteQuery(
    api.holds.list.infiniteOptions({
      input: (cursor: string | undefined) => ({ ...input, cursor }),
      ...paging,
      refetchInterval: 30_000,
    }),
  )
  const begin = may('holds.begin') && (
    <Button leftSection={<IconHandStop size={16} />} onClick={() => setBeginning(true)}>
      Hold posts
    </Button>
  )
  return (
    <AppPage
      title="Holds"
      description="A hold stops many posts at once: a campaign, an account, a department, or everything. It takes effect at once."
      actions={
        <>
          <ButtonLink to="/o/$slug/withdrawals" params={{ slug: org.slug }} variant="default">
            Withdrawals
          </ButtonLink>
          {begin}
        </>
      }
    >
      <DataTable
        label="Holds"
        query={holds}
        rows={allItems(holds.data)}
        rowKey={(hold) => hold.id}
        rowLink={(hold) => ({ to: '/o/$slug/holds/$holdId', params: { slug: org.slug, holdId: hold.id } })}
        columns={columns}
        filters={
          <Select
            label="Show"
            w={160}
            placeholder="All"
            clearable
            data={[
              { value: 'active', label: 'Active' },
              { value: 'ended', label: 'Ended' },
            ]}
            value={only ?? null}
            onChange={(value) => set({ state: value })}
          />
        }
        csv={{ name: 'holds', all: () => everyItem((cursor) => client.holds.list({ ...input, cursor, limit: 200 })) }}
        empty={
          <EmptyState
            title={only ? 'Nothing fits this filter' : 'Nothing is on hold'}
            icon={<IconHandStop size={32} stroke={1.5} />}
          >
            {only
              ? 'Show all of them.'
              : 'When something happens that makes planned posts wrong, stop them here with one word.'}
          </EmptyState>
        }
      />
      <BeginHoldDialog opened={beginning} close={() => setBeginning(false)} />
    </AppPage>
  )
}

export function HoldBadge({ hold }: { hold: Hold }) {
  if (!hold.endedAt) return <Badge tone="amber">Active</Badge>
  return hold.missed > 0 ? <Badge tone="track">To decide</Badge> : <Badge tone="quiet">Ended</Badge>
}

const columns: Column<Hold>[] = [
  { id: 'what', header: 'Of', primary: true, cell: (hold) => holdTitle(hold), csv: (hold) => holdTitle(hold) },
  {
    id: 'state',
    header: 'State',
    width: 120,
    cell: (hold) => <HoldBadge hold={hold} />,
    csv: (hold) => (hold.endedAt ? 'ended' : 'active'),
  },
  { id: 'reason', header: 'Why', cell: (hold) => hold.reason, csv: (hold) => hold.reason },
  {
    id: 'stopped',
    header: 'Stopped',
    width: 90,
    align: 'end',
    cell: (hold) => hold.stopped,
    csv: (hold) => hold.stopped,
  },
  {
    id: 'missed',
    header: 'To decide',
    width: 90,
    align: 'end',
    cell: (hold) => hold.missed,
    csv: (hold) => hold.missed,
  },
  {
    id: 'begun',
    header: 'Begun',
    width: 150,
    cell: (hold) => <TimeText at={hold.begunAt} relative />,
    csv: (hold) => hold.begunAt,
  },
  {
    id: 'end',
    header: 'End',
    width: 150,
    cell: (hold) => <TimeText at={hold.endedAt ?? hold.endsAt} zone={hold.endsZone} none="By a person" />,
    csv: (hold) => hold.endedAt ?? hold.endsAt,
  },
]
