// All briefs: what is wanted, by whom and when, and what lacks its material.

import { Button, Modal, Select } from '@mantine/core'
import { IconAlertTriangle, IconBulb, IconMessageQuestion } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi, linkOptions, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { type NameOf, useMemberNames } from '../../../accounts/ui/use-member-names.ts'
import { allItems, api, client, everyItem, type Output, paging } from '../../../kit/api.ts'
import { AppPage } from '../../../kit/app-page.tsx'
import { type Column, DataTable } from '../../../kit/data-table.tsx'
import { EmptyState } from '../../../kit/empty-state.tsx'
import { Badge } from '../../../kit/state-badge.tsx'
import { dayText } from '../../../kit/time.ts'
import { TimeText } from '../../../kit/time-text.tsx'
import { useSetSearch } from '../../../kit/url-state.ts'
import { useMay, useOrg } from '../../../kit/viewer.tsx'
import { type BriefKind, briefKinds } from '../../briefs/types.ts'
import { BriefForm } from './brief-form.tsx'
import { choices, kindWords, stateWords, useWords } from './brief-words.ts'
import { VisitorSwitch } from './visitor-switch.tsx'
import './briefs.css'

const route = getRouteApi('/o/$slug/briefs')

type Line = Output<typeof client.briefs.list>['items'][number]

const states = {
  unfinished: 'Open or in work',
  open: 'Open',
  'in-work': 'In work',
  done: 'Done',
  declined: 'Declined',
} as const
type StateFilter = keyof typeof states

export function BriefsPage() {
  const org = useOrg()
  const may = useMay()
  const navigate = useNavigate()
  const { state, kind } = route.useSearch()
  const [open, setOpen] = useState<'brief' | 'visitors' | null>(null)
  const nameOf = useMemberNames()
  const input = {
    org: org.id,
    state: state && Object.hasOwn(states, state) ? (state as StateFilter) : undefined,
    kind: briefKinds.includes(kind as BriefKind) ? (kind as BriefKind) : undefined,
  }
  const list = useInfiniteQuery(
    api.briefs.list.infiniteOptions({
      input: (cursor: string | undefined) => ({ ...input, cursor, limit: 50 }),
      ...paging,
      refetchInterval: 60_000,
    }),
  )
  const write = may('briefs.write') && <Button onClick={() => setOpen('brief')}>Write a brief</Button>
  return (
    <AppPage
      title="Briefs"
      description="What is wanted: ideas, needs, and what visitors ask for. Posts are made from them."
      actions={
        <>
          <Button variant="default" leftSection={<IconMessageQuestion size={16} />} onClick={() => setOpen('visitors')}>
            Ask visitors
          </Button>
          {write}
        </>
      }
    >
      <DataTable
        label="Briefs"
        query={list}
        rows={allItems(list.data)}
        rowKey={({ id }) => id}
        rowLink={({ id }) => linkOptions({ to: '/o/$slug/briefs/$briefId', params: { slug: org.slug, briefId: id } })}
        columns={columnsOf(nameOf)}
        filters={<Filters />}
        csv={{
          name: 'briefs',
          all: () => everyItem((cursor) => client.briefs.list({ ...input, cursor, limit: 200 })),
        }}
        empty={
          state || kind ? (
            <EmptyState title="No brief fits">Take a filter away to see more.</EmptyState>
          ) : (
            <EmptyState title="No briefs yet" icon={<IconBulb size={28} stroke={1.5} />} action={write}>
              Write down what somebody should make, and from what. Or let visitors say what they want to know.
            </EmptyState>
          )
        }
      />
      <Modal opened={open === 'brief'} onClose={() => setOpen(null)} title="Write a brief" size="lg">
        <BriefForm
          brief={null}
          close={() => setOpen(null)}
          done={({ id }) => navigate({ to: '/o/$slug/briefs/$briefId', params: { slug: org.slug, briefId: id } })}
        />
      </Modal>
      <Modal opened={open === 'visitors'} onClose={() => setOpen(null)} title="Ask visitors what they want to know">
        <VisitorSwitch />
      </Modal>
    </AppPage>
  )
}

function Filters() {
  const { state, kind } = route.useSearch()
  const set = useSetSearch()
  return (
    <>
      <Select
        aria-label="State"
        placeholder="All states"
        clearable
        data={choices(states)}
        value={state ?? null}
        onChange={(value) => set({ state: value })}
      />
      <Select
        aria-label="Kind"
        placeholder="All kinds"
        clearable
        data={choices(kindWords)}
        value={kind ?? null}
        onChange={(value) => set({ kind: value })}
      />
    </>
  )
}

export function BriefBadges({ brief }: { brief: Pick<Line, 'state' | 'lacksMaterial'> }) {
  const { label, tone } = stateWords[brief.state]
  return (
    <span className="br-badges">
      <Badge tone={tone}>{label}</Badge>
      {brief.lacksMaterial && (
        <Badge tone="amber" icon={<IconAlertTriangle size={14} />}>
          Material missing
        </Badge>
      )}
    </span>
  )
}

const columnsOf = (nameOf: NameOf): Column<Line>[] => [
  {
    id: 'title',
    header: 'Brief',
    primary: true,
    width: '34%',
    cell: ({ title, kind, use }) => (
      <>
        {title}
        <span className="lr-below">
          {kindWords[kind]} · {useWords[use]}
        </span>
      </>
    ),
    csv: ({ title }) => title,
  },
  {
    id: 'state',
    header: 'State',
    cell: (line) => <BriefBadges brief={line} />,
    csv: ({ state }) => state,
  },
  {
    id: 'due',
    header: 'Due',
    cell: ({ dueOn }) => (dueOn ? dayText(dueOn) : '–'),
    csv: ({ dueOn }) => dueOn,
  },
  {
    id: 'owner',
    header: 'Owner',
    cell: ({ ownerId }) => (ownerId ? nameOf(ownerId) : '–'),
    csv: ({ ownerId }) => (ownerId ? nameOf(ownerId) : null),
  },
  {
    id: 'posts',
    header: 'Posts',
    align: 'end',
    cell: ({ postCount }) => postCount,
    csv: ({ postCount }) => postCount,
  },
  {
    id: 'changed',
    header: 'Changed',
    cell: ({ updatedAt }) => <TimeText at={updatedAt} relative />,
    csv: ({ updatedAt }) => updatedAt,
  },
]
