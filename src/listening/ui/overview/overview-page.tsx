// How topics develop beside each other: how much is said, what share it is, in which mood, and how that changed.

import { SegmentedControl } from '@mantine/core'
import { IconChartLine } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useMemo } from 'react'
import { api } from '../../../kit/api.ts'
import { AppPage, Section } from '../../../kit/app-page.tsx'
import { type Column, DataTable } from '../../../kit/data-table.tsx'
import { EmptyState } from '../../../kit/empty-state.tsx'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { LineChart } from '../../../kit/line-chart.tsx'
import { timeIn } from '../../../kit/time.ts'
import { useSetSearch } from '../../../kit/url-state.ts'
import { useOrg, useZone } from '../../../kit/viewer.tsx'
import { AccuracyLine } from '../labels/accuracy-line.tsx'
import { ListenTabs } from '../listen-tabs.tsx'
import { axisOf, changeText, type Period, periodOf, periods, type Series, spanOf, unfold } from './periods.ts'

interface Row {
  id: string
  name: string
  series: Series
}

const route = getRouteApi('/o/$slug/listen/overview')
/** More lines than this cannot be told apart. */
const mostLines = 5

export function OverviewPage() {
  const org = useOrg()
  const set = useSetSearch()
  const period = periodOf(route.useSearch().period)
  // Until the next hour the same period is asked for.
  const hour = Math.floor(Date.now() / 3_600_000)
  const span = useMemo(() => spanOf(period, new Date()), [period, hour])
  const topics = useQuery(api.topics.list.queryOptions({ input: { org: org.id } }))
  const series = useQuery(
    api.listeningOverview.series.queryOptions({
      input: { org: org.id, ...span, unit: period.unit },
      refetchInterval: 60_000,
      select: unfold,
    }),
  )
  const rows = useMemo(() => rowsOf(topics.data, series.data), [topics.data, series.data])
  const heard = rows?.some(({ series: { total, before } }) => total + before.total > 0)
  return (
    <AppPage title="Listen" description="What is said about you, your field and your competitors.">
      <ListenTabs />
      <SegmentedControl
        aria-label="Period"
        style={{ alignSelf: 'flex-start' }}
        value={period.key}
        onChange={(value) => set({ period: value })}
        data={periods.map(({ key, label }) => ({ value: key, label }))}
      />
      <ErrorPanel error={series.error ?? topics.error} retry={() => void series.refetch()} />
      {rows && heard && <Lines rows={rows} period={period} />}
      {!series.error && !topics.error && (
        <DataTable
          label="Topics"
          query={series}
          rows={rows}
          rowKey={({ id }) => id}
          columns={columnsOf(period)}
          rowLink={({ id }) => ({
            to: '/o/$slug/listen/topics/$topicId/dashboard',
            params: { slug: org.slug, topicId: id },
            search: { period: period.key },
          })}
          csv={{ name: `topics-${period.key}` }}
          empty={
            <EmptyState title="No topics yet" icon={<IconChartLine size={28} stroke={1.5} />}>
              As soon as there are topics, their development stands here, beside each other.
            </EmptyState>
          }
        />
      )}
      {heard && <AccuracyLine />}
    </AppPage>
  )
}

function rowsOf(
  topics: { id: string; name: string }[] | undefined,
  series: { topics: Series[] } | undefined,
): Row[] | undefined {
  if (!topics || !series) return undefined
  const names = new Map(topics.map(({ id, name }) => [id, name]))
  return series.topics
    .flatMap((each) =>
      names.has(each.topicId) ? [{ id: each.topicId, name: names.get(each.topicId)!, series: each }] : [],
    )
    .sort((a, b) => b.series.total - a.series.total)
}

const percent = (part: number, of: number): string => (of === 0 ? 'not judged' : `${Math.round((100 * part) / of)} %`)

const columnsOf = (period: Period): Column<Row>[] => [
  {
    id: 'name',
    header: 'Topic',
    primary: true,
    cell: ({ name }) => name,
    sort: ({ name }) => name.toLowerCase(),
    csv: ({ name }) => name,
  },
  {
    id: 'total',
    header: 'Mentions',
    align: 'end',
    cell: ({ series }) => series.total.toLocaleString(),
    sort: ({ series }) => series.total,
    csv: ({ series }) => series.total,
  },
  {
    id: 'change',
    header: `Against ${period.before}`,
    align: 'end',
    cell: ({ series }) => changeText(series.total, series.before.total) ?? 'nothing before',
    csv: ({ series }) => series.before.total,
  },
  {
    id: 'share',
    header: 'Share of voice',
    align: 'end',
    cell: ({ series }) => (series.share === null ? '–' : `${Math.round(series.share * 100)} %`),
    sort: ({ series }) => series.share,
    csv: ({ series }) => series.share,
  },
  {
    id: 'negative',
    header: 'Negative',
    align: 'end',
    cell: ({ series }) => percent(series.negative, series.judged),
    sort: ({ series }) => (series.judged === 0 ? null : series.negative / series.judged),
    csv: ({ series }) => series.negative,
  },
  {
    id: 'positive',
    header: 'Positive',
    align: 'end',
    cell: ({ series }) => percent(series.positive, series.judged),
    sort: ({ series }) => (series.judged === 0 ? null : series.positive / series.judged),
    csv: ({ series }) => series.positive,
  },
]

function Lines({ rows, period }: { rows: Row[]; period: Period }) {
  const zone = useZone()
  const shown = rows.slice(0, mostLines)
  const axis = axisOf(
    shown.map(({ series }) => series.points),
    period.unit,
  )
  const totals = shown.map(
    ({ series }) => new Map(series.points.map(({ at, total }) => [new Date(at).toISOString(), total])),
  )
  const data = axis.map((at) => ({
    x: timeIn(new Date(at), zone, period.unit === 'day' ? 'date' : 'time', new Date()),
    ...Object.fromEntries(shown.map(({ id }, index) => [id, totals[index]!.get(at) ?? 0])),
  }))
  return (
    <Section
      title="How much is said"
      description={
        rows.length > mostLines ? `The ${mostLines} topics with most mentions of ${rows.length}.` : undefined
      }
    >
      <LineChart
        label={`Mentions by ${period.unit}`}
        data={data as ({ x: string } & Record<string, number | null>)[]}
        series={shown.map(({ id, name }) => ({ name: id, label: name }))}
      />
    </Section>
  )
}
