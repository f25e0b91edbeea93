// What the dashboard of a topic asks for: its counts beside those of others, the period before, and what goes with it.

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { api } from '../../../kit/api.ts'
import { useOrg } from '../../../kit/viewer.tsx'
import { type Period, type Series, spanOf, unfold } from '../overview/periods.ts'
import type { Topic } from '../topics/topics-page.tsx'

export type Compared = Series & { id: string; name: string }

export function useDashboard({
  topicId,
  period,
  asked,
}: {
  topicId: string
  period: Period
  asked: string | undefined
}) {
  const org = useOrg()
  // Until the next hour the same period is asked for.
  const hour = Math.floor(Date.now() / 3_600_000)
  const span = useMemo(() => spanOf(period, new Date()), [period, hour])
  const before = useMemo(() => ({ from: shifted(span.from, -period.hours), to: span.from }), [span, period])
  const topics = useQuery(api.topics.list.queryOptions({ input: { org: org.id } }))
  const ids = [topicId, ...besideOf(topics.data ?? [], topicId, asked)]
  const counts = { enabled: topics.data !== undefined, placeholderData: keepPreviousData, select: unfold }
  const series = useQuery(
    api.listeningOverview.series.queryOptions({
      input: { org: org.id, topics: ids, ...span, unit: period.unit },
      ...counts,
    }),
  )
  const earlier = useQuery(
    api.listeningOverview.series.queryOptions({
      input: { org: org.id, topics: [topicId], ...before, unit: period.unit },
      ...counts,
    }),
  )
  const about = useQuery(api.listeningDashboard.topic.queryOptions({ input: { org: org.id, id: topicId, ...span } }))
  const compared = useMemo(
    () => comparedOf(ids, topics.data ?? [], series.data?.topics ?? []),
    [ids.join(), topics.data, series.data],
  )
  return { span, topics, series, earlier, about, compared }
}

const shifted = (at: string, hours: number): string => new Date(Date.parse(at) + hours * 3_600_000).toISOString()

/** Those of the address; without any, a brand or product beside its competitors. */
function besideOf(topics: Topic[], own: string, asked: string | undefined): string[] {
  const others = topics.filter(({ id }) => id !== own)
  if (asked !== undefined) return others.filter(({ id }) => asked.split(',').includes(id)).map(({ id }) => id)
  const kind = topics.find(({ id }) => id === own)?.kind
  const rivals = others.filter((each) => each.kind === 'competitor' || (kind === 'competitor' && each.kind === 'brand'))
  return rivals.slice(0, 3).map(({ id }) => id)
}

const comparedOf = (ids: string[], topics: Topic[], series: Series[]): Compared[] =>
  ids.flatMap((id) => {
    const [topic, counts] = [topics.find((each) => each.id === id), series.find(({ topicId }) => topicId === id)]
    return topic && counts ? [{ ...counts, id, name: topic.name }] : []
  })
