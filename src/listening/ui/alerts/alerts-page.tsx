// What began to be unusual, newest first: each with its reason and an answer; below, who watches, and how often it was for nothing.

import { IconBellRinging } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { allItems, api, paging } from '../../../kit/api.ts'
import { AppPage, Section } from '../../../kit/app-page.tsx'
import { LoadingRows } from '../../../kit/data-table.tsx'
import { EmptyState } from '../../../kit/empty-state.tsx'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { LoadMore } from '../../../kit/load-more.tsx'
import { useOrg } from '../../../kit/viewer.tsx'
import { ListFilters } from '../list-filters.tsx'
import { ListenTabs } from '../listen-tabs.tsx'
import { AlertCard } from './alert-card.tsx'
import { AlertRules } from './alert-rules.tsx'
import { Detectors } from './detectors.tsx'
import { PlannedEvents } from './planned-events.tsx'
import './alerts.css'

const route = getRouteApi('/o/$slug/listen/alerts')
const states = [
  { value: 'waiting', label: 'Waiting for an answer' },
  { value: 'answered', label: 'Answered' },
]

export function AlertsPage() {
  return (
    <AppPage title="Listen" description="What is said about you, your field and your competitors.">
      <ListenTabs />
      <div className="al-split">
        <AlertList />
        <div className="al-aside">
          <Section title="How alerts do">
            <AlertRules />
          </Section>
          <Section title="What is planned">
            <PlannedEvents />
          </Section>
          <Section title="Who watches">
            <Detectors />
          </Section>
        </div>
      </div>
    </AppPage>
  )
}

function AlertList() {
  const org = useOrg()
  const { topic, state } = route.useSearch()
  const alerts = useInfiniteQuery(
    api.alerts.list.infiniteOptions({
      input: (cursor: string | undefined) => ({
        org: org.id,
        cursor,
        topicId: topic || undefined,
        state: state === 'waiting' || state === 'answered' ? state : 'all',
      }),
      ...paging,
      refetchInterval: 20_000,
    }),
  )
  const items = allItems(alerts.data)
  return (
    <section aria-label="Alerts" className="al-list">
      <ListFilters topic={topic} state={state} states={states} usual="All of them" />
      {alerts.isPending && <LoadingRows />}
      <ErrorPanel error={alerts.error} retry={() => void alerts.refetch()} />
      {items?.length === 0 && (
        <EmptyState title="Nothing unusual" icon={<IconBellRinging size={28} stroke={1.5} />}>
          {topic || state
            ? 'No alert is like this. Show all of them, or another topic.'
            : 'Longrun watches every topic. After two days of listening it tells when much more is said than usual, when more of it is negative, and when it rises slowly.'}
        </EmptyState>
      )}
      <ul className="li-list">
        {items?.map((alert) => (
          <AlertCard key={alert.id} alert={alert} />
        ))}
      </ul>
      <LoadMore list={alerts} />
    </section>
  )
}
