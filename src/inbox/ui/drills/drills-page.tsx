// Settings: my drill, what waits to be judged, and every drill there was.

import { Button } from '@mantine/core'
import { IconCircleCheck, IconTargetArrow } from '@tabler/icons-react'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { linkOptions, useNavigate } from '@tanstack/react-router'
import { allItems, api, client, type Output, paging } from '../../../kit/api.ts'
import { AppPage, Section } from '../../../kit/app-page.tsx'
import { type Column, DataTable, LoadingRows } from '../../../kit/data-table.tsx'
import { EmptyState } from '../../../kit/empty-state.tsx'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { ButtonLink } from '../../../kit/links.tsx'
import { Badge } from '../../../kit/state-badge.tsx'
import { TimeText } from '../../../kit/time-text.tsx'
import { useAct } from '../../../kit/use-act.ts'
import { useMay, useOrg } from '../../../kit/viewer.tsx'
import { count } from '../../../kit/words.ts'
import { countsForDays } from '../../drills/rules.ts'
import { type DrillLine, stateOf, wantedWords } from './drill-words.ts'
import '../refusal-words.ts'
import './drills.css'

/** What others hand in and judge appears by itself. */
const refetchInterval = 30_000

type Mine = Output<typeof client.drills.mine>

export function DrillsPage() {
  const org = useOrg()
  const may = useMay()
  return (
    <AppPage
      title="Drills"
      description="Practice messages, answered as if somebody waited, and judged by a colleague. Nothing of it can be sent."
      actions={
        may('inbox.judge') && (
          <ButtonLink to="/o/$slug/settings/exercises" params={{ slug: org.slug }} variant="default">
            Exercises
          </ButtonLink>
        )
      }
    >
      <MineSection />
      {may('inbox.judge') && <WaitingSection />}
      <HistorySection />
    </AppPage>
  )
}

function MineSection() {
  const org = useOrg()
  const mine = useQuery(api.drills.mine.queryOptions({ input: { org: org.id }, refetchInterval }))
  return (
    <Section title="My drill">
      {mine.isPending && <LoadingRows rows={2} />}
      <ErrorPanel error={mine.error} retry={() => void mine.refetch()} />
      {mine.data && <MyDrill mine={mine.data} />}
    </Section>
  )
}

function MyDrill({ mine: { open, asked, topics, next, judges } }: { mine: Mine }) {
  const { slug } = useOrg()
  if (open)
    return (
      <div className="dr-mine">
        <p>
          {open.handedInAt
            ? 'You have handed it in. You are told when somebody has judged it.'
            : `You began a drill: ${wantedWords(open)}.`}
        </p>
        <ButtonLink
          to="/o/$slug/settings/drills/$drillId"
          params={{ slug, drillId: open.id }}
          variant={open.handedInAt ? 'default' : 'filled'}
        >
          {open.handedInAt ? 'Read it' : 'Go on with it'}
        </ButtonLink>
      </div>
    )
  return (
    <div className="dr-mine">
      <p>
        {asked
          ? `${topics.map((topic) => `“${topic}”`).join(', ')} ${topics.length === 1 ? 'counts' : 'count'} for you once a drill is passed: ${wantedWords(asked)}.`
          : `No training of yours asks for a drill. You can practise all the same: ${wantedWords(next)}, and it counts for a training that is recorded in the ${count(countsForDays, 'day')} after it.`}
      </p>
      {judges === 0 && (
        <p>Nobody else may judge it yet. Make somebody an approver or a manager first, under Settings → Members.</p>
      )}
      <Begin label={asked ? 'Begin the drill' : 'Practise'} />
    </div>
  )
}

function Begin({ label }: { label: string }) {
  const org = useOrg()
  const navigate = useNavigate()
  const begin = useAct(api.drills, async () => {
    const { id } = await client.drills.begin({ org: org.id })
    await navigate({ to: '/o/$slug/settings/drills/$drillId', params: { slug: org.slug, drillId: id } })
  })
  return (
    <Button loading={begin.isPending} onClick={() => begin.mutate()}>
      {label}
    </Button>
  )
}

const who: Column<DrillLine> = {
  ...{ id: 'who', header: 'Who', primary: true },
  cell: ({ member }) => member.name,
  csv: ({ member }) => member.name,
}

function useDrillLink() {
  const { slug } = useOrg()
  return ({ id }: DrillLine) => linkOptions({ to: '/o/$slug/settings/drills/$drillId', params: { slug, drillId: id } })
}

function WaitingSection() {
  const org = useOrg()
  const waiting = useQuery(api.drills.waiting.queryOptions({ input: { org: org.id }, refetchInterval }))
  return (
    <Section title="Waiting for judgement" description="Of others: nobody judges their own. The oldest first.">
      <DataTable
        label="Waiting for judgement"
        query={waiting}
        rows={waiting.data}
        rowKey={({ id }) => id}
        rowLink={useDrillLink()}
        empty={
          <EmptyState title="Nothing waits" order={3} icon={<IconCircleCheck size={28} stroke={1.5} />}>
            Drills that are handed in appear here, and you are told.
          </EmptyState>
        }
        columns={[
          who,
          { id: 'messages', header: 'Messages', cell: ({ exercises }) => exercises },
          {
            id: 'since',
            header: 'Handed in',
            cell: ({ handedInAt }) => handedInAt && <TimeText at={handedInAt} relative />,
          },
        ]}
      />
    </Section>
  )
}

function HistorySection() {
  const org = useOrg()
  const may = useMay()
  const list = useInfiniteQuery(
    api.drills.list.infiniteOptions({
      input: (cursor: string | undefined) => ({ org: org.id, cursor, limit: 50 }),
      ...paging,
    }),
  )
  return (
    <Section
      title="History"
      description={may('inbox.judge') ? 'Every drill, begun last first.' : 'Your drills, begun last first.'}
    >
      <DataTable
        label="Drills"
        query={list}
        rows={allItems(list.data)}
        rowKey={({ id }) => id}
        rowLink={useDrillLink()}
        empty={
          <EmptyState title="No drills yet" order={3} icon={<IconTargetArrow size={28} stroke={1.5} />}>
            Practise on a complaint, an insult or a question that nobody can answer, before a real one comes.
          </EmptyState>
        }
        columns={[
          who,
          {
            id: 'begun',
            header: 'Begun',
            cell: ({ begunAt }) => <TimeText at={begunAt} style="date" />,
            csv: ({ begunAt }) => begunAt,
          },
          {
            id: 'state',
            header: 'State',
            cell: (drill) => <Badge tone={stateOf(drill).tone}>{stateOf(drill).label}</Badge>,
            csv: (drill) => stateOf(drill).label,
          },
        ]}
        csv={{ name: 'drills' }}
      />
    </Section>
  )
}
