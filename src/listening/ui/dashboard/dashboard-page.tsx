// The dashboard of a topic: how much is said, beside others and the period before, with which words, links, languages, places, by whom.

import { SegmentedControl } from '@mantine/core'
import { IconEar } from '@tabler/icons-react'
import { getRouteApi } from '@tanstack/react-router'
import { AppPage, Section } from '../../../kit/app-page.tsx'
import { LoadingRows } from '../../../kit/data-table.tsx'
import { EmptyState } from '../../../kit/empty-state.tsx'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { LineChart } from '../../../kit/line-chart.tsx'
import { ButtonLink, TextLink } from '../../../kit/links.tsx'
import { timeIn } from '../../../kit/time.ts'
import { useSetSearch } from '../../../kit/url-state.ts'
import { useOrg } from '../../../kit/viewer.tsx'
import { AccuracyLine } from '../labels/accuracy-line.tsx'
import { axisOf, type Period, periodOf, periods } from '../overview/periods.ts'
import { Beside } from './beside.tsx'
import { type Compared, useDashboard } from './use-dashboard.ts'
import { WhatGoesWithIt } from './what-goes-with-it.tsx'
import '../refusal-words.ts'
import '../listen.css'
import './dashboard.css'

const route = getRouteApi('/o/$slug/listen/topics/$topicId/dashboard')

export function DashboardPage() {
  const { slug } = useOrg()
  const { topicId } = route.useParams()
  const { period: key, with: asked } = route.useSearch()
  const set = useSetSearch()
  const period = periodOf(key)
  const { span, topics, series, earlier, about, compared } = useDashboard({ topicId, period, asked })
  const own = compared.find(({ id }) => id === topicId)
  const name = topics.data?.find(({ id }) => id === topicId)?.name
  const silent = own && own.total + own.before.total === 0
  return (
    <AppPage
      title={name ?? 'Topic'}
      description="What is said about it, by whom, and beside whom."
      crumbs={[
        <TextLink key="topics" to="/o/$slug/listen/topics" params={{ slug }}>
          Topics
        </TextLink>,
      ]}
      actions={
        <ButtonLink to="/o/$slug/listen/topics/$topicId" params={{ slug, topicId }} variant="default">
          Its query
        </ButtonLink>
      }
    >
      <SegmentedControl
        aria-label="Period"
        style={{ alignSelf: 'flex-start' }}
        value={period.key}
        onChange={(value) => set({ period: value })}
        data={periods.map(({ key: value, label }) => ({ value, label }))}
      />
      <ErrorPanel
        error={topics.error ?? series.error ?? about.error}
        retry={() => void Promise.all([topics.refetch(), series.refetch(), about.refetch()])}
      />
      {(series.isPending || about.isPending) && <LoadingRows />}
      {silent && <Silent period={period} />}
      {own && !silent && <Trend own={own} before={earlier.data?.topics[0]?.points ?? []} period={period} />}
      {topics.data && compared.length > 0 && (topics.data.length > 1 || !silent) && (
        <Beside compared={compared} topics={topics.data} own={topicId} period={period} span={span} />
      )}
      {own && !silent && <AccuracyLine topic={topicId} />}
      {about.data && about.data.looked.count > 0 && (
        <WhatGoesWithIt about={about.data} topicId={topicId} to={span.to} period={period} total={own?.total ?? null} />
      )}
    </AppPage>
  )
}

function Silent({ period }: { period: Period }) {
  return (
    <EmptyState title="Nothing was heard" icon={<IconEar size={28} stroke={1.5} />}>
      Neither in the last {period.label} nor in {period.before}. A longer period may show more.
    </EmptyState>
  )
}

/** Now and before on one axis: the first day of one above the first day of the other. */
function Trend({ own, before, period }: { own: Compared; before: Compared['points']; period: Period }) {
  // Days begin where the organisation is, whoever looks.
  const { timeZone: zone } = useOrg()
  const shift = period.hours * 3_600_000
  const moved = before.map((point) => ({ ...point, at: new Date(Date.parse(point.at) + shift).toISOString() }))
  const axis = axisOf([own.points, moved], period.unit)
  const totals = [own.points, moved].map(
    (points) => new Map(points.map(({ at, total }) => [new Date(at).toISOString(), total])),
  )
  const data = axis.map((at) => ({
    x: timeIn(new Date(at), zone, period.unit === 'day' ? 'date' : 'time', new Date()),
    now: totals[0]!.get(at) ?? 0,
    before: totals[1]!.get(at) ?? 0,
  }))
  return (
    <Section title="How much is said">
      <LineChart
        label={`Mentions by ${period.unit}, and in ${period.before}`}
        data={data}
        series={[
          { name: 'now', label: own.name },
          { name: 'before', label: 'Before', color: 'gray.5' },
        ]}
      />
    </Section>
  )
}
