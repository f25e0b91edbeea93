// Everything that happened in the organisation, newest first, with filters, export, and the proof that nothing was changed.

import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { allItems, api, client, everyItem, type Output, paging } from '../../kit/api.ts'
import { AppPage } from '../../kit/app-page.tsx'
import type { CsvColumn } from '../../kit/csv-button.tsx'
import { type Column, DataTable } from '../../kit/data-table.tsx'
import { EmptyState } from '../../kit/empty-state.tsx'
import { addDays, instantOf } from '../../kit/time.ts'
import { TimeText } from '../../kit/time-text.tsx'
import { useOrg, useZone } from '../../kit/viewer.tsx'
import { ActivityFilters } from './activity-filters.tsx'
import { ChainCheck } from './chain-check.tsx'
import './activity.css'
import { actorName } from './actor-name.ts'
import { eventWords } from './event-words.ts'
import { subjectLink } from './subject-link.ts'

const route = getRouteApi('/o/$slug/activity')

type Event = Output<typeof client.events.list>['items'][number]

export function ActivityPage() {
  const org = useOrg()
  const input = useFilterInput()
  const events = useInfiniteQuery(
    api.events.list.infiniteOptions({ input: (cursor: string | undefined) => ({ ...input, cursor }), ...paging }),
  )
  const filtered = Boolean(input.verb ?? input.actorId ?? input.after ?? input.before ?? input.subjectId)
  return (
    <AppPage title="Activity" description="Who did what, and when. Nothing here can be changed or removed.">
      <ChainCheck />
      <DataTable
        label="Activity"
        query={events}
        rows={allItems(events.data)}
        rowKey={(event) => event.hash}
        rowLink={(event) => subjectLink(org.slug, event.subject)}
        columns={columns}
        filters={<ActivityFilters />}
        csv={{
          name: 'activity',
          more: exported,
          all: () => everyItem((cursor) => client.events.list({ ...input, cursor, limit: 200 })),
        }}
        empty={<EmptyState title={filtered ? 'Nothing fits these filters' : 'Nothing happened yet'} />}
      />
    </AppPage>
  )
}

/** Days of the filter are days in the viewer's zone; the last one counts to its end. */
function useFilterInput() {
  const org = useOrg()
  const zone = useZone()
  const { verb, person, from, to, subject } = route.useSearch()
  return {
    org: org.id,
    verb,
    actorId: person,
    subjectId: subject,
    after: from && instantOf(from, zone).toISOString(),
    before: to && instantOf(addDays(to, 1), zone).toISOString(),
  }
}

const columns: Column<Event>[] = [
  {
    id: 'what',
    header: 'What happened',
    primary: true,
    cell: (event) => (
      <>
        {actorName(event)} <span className="ev-what">{eventWords(event.verb, event.facts)}</span>
        {event.departmentId && <span className="lr-dimmed"> · your department alone</span>}
      </>
    ),
  },
  {
    id: 'verb',
    header: 'Verb',
    cell: (event) => <code className="lr-dimmed">{event.verb}</code>,
    csv: (event) => event.verb,
  },
  { id: 'at', header: 'When', cell: (event) => <TimeText at={event.at} relative />, csv: (event) => event.at },
  { id: 'seq', header: 'No.', align: 'end', cell: (event) => event.seq, csv: (event) => event.seq },
]

/** What only an export needs. */
const exported: CsvColumn<Event>[] = [
  { header: 'Actor', csv: actorName },
  { header: 'Subject', csv: ({ subject }) => `${subject.kind} ${subject.id ?? ''}`.trim() },
  { header: 'Facts', csv: ({ facts }) => JSON.stringify(facts) },
  { header: 'Hash', csv: ({ hash }) => hash },
]
