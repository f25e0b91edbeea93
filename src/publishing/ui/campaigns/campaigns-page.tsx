// All campaigns as a list: filters, order, pages, export.

import { Select, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconFlag, IconSearch } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { allItems, api, client, everyItem, type Output, paging } from '../../../kit/api.ts'
import { AppPage } from '../../../kit/app-page.tsx'
import { type Column, DataTable } from '../../../kit/data-table.tsx'
import { EmptyState } from '../../../kit/empty-state.tsx'
import { ButtonLink } from '../../../kit/links.tsx'
import { PersonSelect } from '../../../kit/person-select.tsx'
import { Badge } from '../../../kit/state-badge.tsx'
import { useSetSearch } from '../../../kit/url-state.ts'
import { useMay, useOrg } from '../../../kit/viewer.tsx'
import { campaignKinds, campaignStates } from '../../campaigns/types.ts'
import { budgetText, daysText } from './campaign-days.ts'
import { CampaignTabs } from './campaign-tabs.tsx'
import { campaignStateLook, kindWords } from './campaign-words.ts'
import { useDepartments } from './use-departments.ts'

const route = getRouteApi('/o/$slug/campaigns')

export type CampaignLine = Output<typeof client.campaigns.list>['items'][number]

const orders = { begin: 'By first day', end: 'By last day', name: 'By name', changed: 'Last changed first' } as const
type Order = keyof typeof orders

export function CampaignsPage() {
  const org = useOrg()
  const may = useMay()
  const departments = useDepartments()
  const { state, kind, owner, department, q, order } = route.useSearch()
  const input = {
    org: org.id,
    state: (['open', ...campaignStates] as const).find((each) => each === state),
    kind: campaignKinds.find((each) => each === kind),
    ownerId: owner,
    departmentId: department,
    q,
    order: (Object.keys(orders) as Order[]).find((each) => each === order) ?? ('begin' as const),
  }
  const campaigns = useInfiniteQuery(
    api.campaigns.list.infiniteOptions({ input: (cursor: string | undefined) => ({ ...input, cursor }), ...paging }),
  )
  const filtered = Boolean(state ?? kind ?? owner ?? department ?? q)
  const plan = may('campaigns.write') && (
    <ButtonLink to="/o/$slug/campaigns/new" params={{ slug: org.slug }}>
      Plan a campaign
    </ButtonLink>
  )
  return (
    <AppPage
      title="Campaigns"
      description="Bounded work with a beginning, phases and an end. The programme itself has none: nothing of it expires when a campaign closes."
      actions={plan}
    >
      <CampaignTabs />
      <DataTable
        label="Campaigns"
        query={campaigns}
        rows={allItems(campaigns.data)}
        rowKey={({ id }) => id}
        rowLink={({ id }) => ({ to: '/o/$slug/campaigns/$campaignId', params: { slug: org.slug, campaignId: id } })}
        columns={columnsOf(departments.nameOf)}
        filters={<CampaignFilters departments={departments.options} />}
        csv={{
          name: 'campaigns',
          all: () => everyItem((cursor) => client.campaigns.list({ ...input, cursor, limit: 200 })),
          more: [
            { header: 'First day', csv: ({ beginsOn }) => beginsOn },
            { header: 'Last day', csv: ({ endsOn }) => endsOn },
            { header: 'Currency', csv: ({ budget }) => budget?.currency ?? null },
          ],
        }}
        empty={
          <EmptyState
            title={filtered ? 'Nothing fits these filters' : 'No campaigns yet'}
            icon={<IconFlag size={32} stroke={1.5} />}
            action={!filtered && plan}
          >
            {filtered
              ? 'Take one filter away.'
              : 'A trade show, an advertisement, a promotion, an event: plan it with its goal, its phases and who answers for it.'}
          </EmptyState>
        }
      />
    </AppPage>
  )
}

function CampaignFilters({ departments }: { departments: { value: string; label: string }[] }) {
  const { state, kind, owner, department, q, order } = route.useSearch()
  const set = useSetSearch()
  const [words, setWords] = useState(q ?? '')
  const search = useDebouncedCallback((value: string) => set({ q: value.trim() }), 300)
  return (
    <>
      <TextInput
        label="Search"
        w={176}
        placeholder="Name or goal"
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
        w={116}
        data={[
          { value: 'open', label: 'Not closed' },
          ...campaignStates.map((value) => ({ value, label: campaignStateLook[value].label })),
        ]}
        value={state ?? null}
        onChange={(value) => set({ state: value })}
      />
      <Select
        label="Kind"
        placeholder="Any"
        clearable
        w={128}
        data={campaignKinds.map((value) => ({ value, label: kindWords[value] }))}
        value={kind ?? null}
        onChange={(value) => set({ kind: value })}
      />
      <PersonSelect
        label="Owner"
        placeholder="Anybody"
        w={136}
        value={owner ?? null}
        onChange={(value) => set({ owner: value })}
      />
      {departments.length > 0 && (
        <Select
          label="Department"
          placeholder="Any"
          clearable
          w={136}
          data={departments}
          value={department ?? null}
          onChange={(value) => set({ department: value })}
        />
      )}
      <Select
        label="Order"
        w={136}
        allowDeselect={false}
        data={Object.entries(orders).map(([value, label]) => ({ value, label }))}
        value={order && Object.hasOwn(orders, order) ? order : 'begin'}
        onChange={(value) => set({ order: value === 'begin' ? null : value })}
      />
    </>
  )
}

const columnsOf = (departmentName: (id: string | null) => string | null): Column<CampaignLine>[] => [
  {
    id: 'name',
    header: 'Campaign',
    primary: true,
    width: '26%',
    cell: ({ name }) => name,
    csv: ({ name }) => name,
  },
  {
    id: 'state',
    header: 'State',
    width: 110,
    cell: ({ state }) => <Badge tone={campaignStateLook[state].tone}>{campaignStateLook[state].label}</Badge>,
    csv: ({ state }) => state,
  },
  { id: 'kind', header: 'Kind', cell: ({ kind }) => kindWords[kind], csv: ({ kind }) => kind },
  { id: 'days', header: 'Days', cell: ({ beginsOn, endsOn }) => daysText(beginsOn, endsOn) },
  {
    id: 'owner',
    header: 'Owner',
    cell: ({ owner }) => (owner.left ? `${owner.name} (left)` : owner.name),
    csv: ({ owner }) => owner.name,
  },
  {
    id: 'department',
    header: 'Department',
    cell: ({ departmentId }) => departmentName(departmentId) ?? <span className="lr-dimmed">None</span>,
    csv: ({ departmentId }) => departmentName(departmentId),
  },
  {
    id: 'posts',
    header: 'Posts out',
    align: 'end',
    cell: ({ posts, published }) => `${published} of ${posts}`,
    csv: ({ posts, published }) => `${published} of ${posts}`,
  },
  {
    id: 'budget',
    header: 'Budget',
    align: 'end',
    cell: ({ budget }) => (budget ? budgetText(budget) : <span className="lr-dimmed">None set</span>),
    csv: ({ budget }) => (budget ? budget.amount : null),
  },
]
