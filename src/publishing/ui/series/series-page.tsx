// One series: its rule, what lies ahead and what is done, pausing, ending, changing when, and leaving single posts out.

import { Button, Group } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { useAccounts } from '../../../accounts/ui/use-accounts.ts'
import { truncateText } from '../../../connectors/text.ts'
import { api, client, type Output } from '../../../kit/api.ts'
import { AppPage, Section } from '../../../kit/app-page.tsx'
import { useConfirm } from '../../../kit/confirm-dialog.tsx'
import { LoadingRows } from '../../../kit/data-table.tsx'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { TextLink } from '../../../kit/links.tsx'
import { zoneCity } from '../../../kit/time.ts'
import { showProblem } from '../../../kit/toast.tsx'
import { useMay, useOrg } from '../../../kit/viewer.tsx'
import { count } from '../../../kit/words.ts'
import { ruleWords } from '../../series/rules.ts'
import { ChangeTimes } from './change-times.tsx'
import { Occurrences } from './occurrences.tsx'
import { SeriesBadge } from './series-list-page.tsx'
import { useSeriesChange } from './use-series-change.ts'
import '../refusal-words.ts'
import '../posts.css'
import './series.css'

const route = getRouteApi('/o/$slug/series/$seriesId')

export type SeriesWhole = Output<typeof client.series.read>

export function SeriesPage() {
  const { seriesId } = route.useParams()
  const org = useOrg()
  const series = useQuery(
    api.series.read.queryOptions({
      input: { org: org.id, id: seriesId },
      // Occurrences are made in the background, within seconds of a change.
      refetchInterval: ({ state }) => (waitsForPosts(state.data) ? 2000 : 60_000),
    }),
  )
  const { data } = series
  return (
    <AppPage
      title={truncateText(data?.summary ?? '', 64) || 'Series'}
      aside={data && <SeriesBadge state={data.state} />}
      crumbs={[
        <TextLink key="posts" inherit to="/o/$slug/posts" params={{ slug: org.slug }}>
          Posts
        </TextLink>,
        <TextLink key="series" inherit to="/o/$slug/series" params={{ slug: org.slug }}>
          Series
        </TextLink>,
      ]}
      description={data && <Facts series={data} />}
      actions={data && <Actions series={data} />}
    >
      {series.isPending && <LoadingRows />}
      <ErrorPanel error={series.error} retry={() => void series.refetch()} />
      {data && (
        <Section
          title="Posts"
          description="The last ten and those to come. Each can be opened and changed alone; it then stands for itself."
        >
          <Occurrences series={data} />
        </Section>
      )}
    </AppPage>
  )
}

const ninetyDays = 89 * 24 * 3600_000

const waitsForPosts = (series: SeriesWhole | undefined): boolean =>
  series?.state === 'running' &&
  series.occurrences.some(
    ({ postId, leftOut, at }) =>
      !postId && !leftOut && Date.parse(at) > Date.now() && Date.parse(at) < Date.now() + ninetyDays,
  )

function Facts({ series }: { series: SeriesWhole }) {
  const { nameOf } = useAccounts()
  return (
    <>
      It goes out {ruleWords(series.rule)}, {series.wall.slice(11)} {zoneCity(series.zone)} time, on{' '}
      {series.accountIds.map(nameOf).join(', ')}. {count(series.ahead, 'post')} {series.ahead === 1 ? 'lies' : 'lie'}{' '}
      ahead
      {series.scheduled ? `, scheduled on behalf of ${series.by.name}` : ', as drafts'}.
      {series.troubled > 0 && ` ${count(series.troubled, 'post')} could not be scheduled.`}
      {series.endsBefore && ' A later series goes on from where it was changed.'}
    </>
  )
}

function Actions({ series }: { series: SeriesWhole }) {
  const org = useOrg()
  const may = useMay()
  const confirm = useConfirm()
  const change = useSeriesChange()
  const [changing, setChanging] = useState(false)
  if (!may(series.scheduled ? 'posts.schedule' : 'posts.write') || series.state === 'ended') return null
  const input = { org: org.id, id: series.id }
  const ahead = `${count(series.ahead, 'post')} that ${series.ahead === 1 ? 'lies' : 'lie'} ahead and nobody changed alone will be taken back.`
  return (
    <Group gap="xs">
      <Button variant="default" onClick={() => setChanging(true)}>
        Change when
      </Button>
      {series.state === 'paused' ? (
        <Button onClick={() => void change(() => client.series.resume(input), 'Resumed').catch(showProblem)}>
          Resume
        </Button>
      ) : (
        <Button
          variant="default"
          onClick={() =>
            void confirm({
              title: 'Pause this series?',
              body: `${ahead} When it is resumed it goes on from then.`,
              action: 'Pause',
              run: () => change(() => client.series.pause(input), 'Paused'),
            })
          }
        >
          Pause
        </Button>
      )}
      <Button
        variant="default"
        onClick={() =>
          void confirm({
            title: 'End this series?',
            body: `${ahead} What is out stays.`,
            action: 'End the series',
            danger: true,
            run: () => change(() => client.series.end(input), 'Ended'),
          })
        }
      >
        End
      </Button>
      {changing && <ChangeTimes series={series} close={() => setChanging(false)} />}
    </Group>
  )
}
