// People who speak: often, heard, and taking a stand. The surest first, each figure with its range.

import { Select, TextInput } from '@mantine/core'
import { IconSearch, IconUserStar } from '@tabler/icons-react'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { allItems, api, paging } from '../../../kit/api.ts'
import { AppPage } from '../../../kit/app-page.tsx'
import { type Column, DataTable } from '../../../kit/data-table.tsx'
import { EmptyState } from '../../../kit/empty-state.tsx'
import { Badge } from '../../../kit/state-badge.tsx'
import { TimeText } from '../../../kit/time-text.tsx'
import { useSetSearch } from '../../../kit/url-state.ts'
import { useTyped } from '../../../kit/use-typed.ts'
import { useOrg } from '../../../kit/viewer.tsx'
import { count } from '../../../kit/words.ts'
import { ListenTabs } from '../listen-tabs.tsx'
import { useNetworkName } from '../use-network-name.ts'
import { figure, nameOf, type SpeakerLine, type SpeakerState, sideWords, stateWords } from './people-words.ts'
import './people.css'

const route = getRouteApi('/o/$slug/listen/people')

export function PeoplePage() {
  const org = useOrg()
  const { state, side, q } = route.useSearch()
  const networkName = useNetworkName()
  const people = useInfiniteQuery(
    api.speakers.list.infiniteOptions({
      input: (cursor: string | undefined) => ({
        ...{ org: org.id, q, cursor, limit: 50 },
        state: state as SpeakerState | undefined,
        side: side as 'advocate' | 'critic' | 'none' | undefined,
      }),
      ...paging,
    }),
  )
  return (
    <AppPage title="Listen" description="What is said about you, your field and your competitors.">
      <ListenTabs />
      <Basis />
      <DataTable
        label="People who speak"
        query={people}
        rows={allItems(people.data)}
        rowKey={({ id }) => id}
        rowLink={({ id }) => ({ to: '/o/$slug/listen/people/$authorId', params: { slug: org.slug, authorId: id } })}
        columns={columnsFor(networkName)}
        filters={<Filters />}
        empty={
          <EmptyState title="Nobody stands out yet" icon={<IconUserStar size={28} stroke={1.5} />}>
            {state || side || q
              ? 'Other filters may find somebody.'
              : 'Whoever speaks on your topics three times or more is ranked here, within the hour. You can also open somebody from a mention.'}
          </EmptyState>
        }
      />
    </AppPage>
  )
}

function Basis() {
  const org = useOrg()
  const { data } = useQuery(api.speakers.basis.queryOptions({ input: { org: org.id } }))
  return (
    <p className="lr-page-description">
      Ranked by the cautious end of how often somebody speaks, how much they are heard, and how clear a stand they take.
      {data && (
        <>
          {' '}
          From {count(data.mentions, 'mention')} since <TimeText at={data.since} style="date" />:{' '}
          {data.people.toLocaleString('en')} people spoke on your topics, {data.scored.toLocaleString('en')} often
          enough to be ranked. Worked out <TimeText at={data.at} relative />.
        </>
      )}
    </p>
  )
}

function Filters() {
  const { state, side, q } = route.useSearch()
  const set = useSetSearch()
  const [typed, setTyped] = useTyped(q, (words) => set({ q: words }))
  return (
    <>
      <TextInput
        aria-label="Search by name"
        placeholder="Name or handle"
        leftSection={<IconSearch size={16} />}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <Select
        aria-label="State"
        placeholder="Any state"
        clearable
        data={Object.entries(stateWords).map(([value, { label }]) => ({ value, label }))}
        value={state ?? null}
        onChange={(value) => set({ state: value })}
      />
      <Select
        aria-label="Side"
        placeholder="Any side"
        clearable
        data={Object.entries(sideWords).map(([value, { label }]) => ({ value, label }))}
        value={side ?? null}
        onChange={(value) => set({ side: value })}
      />
    </>
  )
}

const columnsFor = (networkName: (id: string) => string): Column<SpeakerLine>[] => [
  { id: 'name', header: 'Who', primary: true, cell: (line) => nameOf(line) },
  { id: 'network', header: 'Network', width: 120, cell: ({ network }) => networkName(network) },
  {
    id: 'state',
    header: 'State',
    width: 150,
    cell: ({ state }) => state && <Badge tone={stateWords[state].tone}>{stateWords[state].label}</Badge>,
  },
  {
    id: 'side',
    header: 'Side',
    width: 160,
    cell: ({ side }) => side && <Badge tone={sideWords[side]!.tone}>{sideWords[side]!.label}</Badge>,
  },
  {
    id: 'mentions',
    header: 'Mentions',
    width: 90,
    align: 'end',
    cell: ({ mentions }) => mentions.toLocaleString('en'),
  },
  {
    id: 'score',
    header: 'At least',
    width: 90,
    align: 'end',
    cell: ({ score }) => (score ? figure(score.score.low) : ''),
  },
  {
    id: 'spoke',
    header: 'Last spoke',
    width: 120,
    cell: ({ lastSpokeAt }) => (lastSpokeAt ? <TimeText at={lastSpokeAt} relative /> : ''),
  },
]
