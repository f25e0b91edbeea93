// Settings: who was trained to speak with people, until when that counts, and whose answers others look at first.

import { Button, Group, Modal } from '@mantine/core'
import { IconSchool } from '@tabler/icons-react'
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { allItems, api, client, type Output, paging, refresh } from '../../../kit/api.ts'
import { AppPage, Section } from '../../../kit/app-page.tsx'
import { DataTable } from '../../../kit/data-table.tsx'
import { EmptyState } from '../../../kit/empty-state.tsx'
import { Badge } from '../../../kit/state-badge.tsx'
import { dayOr } from '../../../kit/time.ts'
import { showProblem, showUndo } from '../../../kit/toast.tsx'
import { useMay, useOrg } from '../../../kit/viewer.tsx'
import { DrillWantedButton } from '../drills/drill-wanted.tsx'
import { AnswerRulesForm } from './answer-rules-form.tsx'
import { TrainingForm } from './training-form.tsx'
import '../refusal-words.ts'

type Training = Output<typeof client.trainings.list>['items'][number]
type Standing = Output<typeof client.trainings.standing>[number]

const stateWords: Record<Training['state'], { label: string; tone: 'done' | 'slate' | 'amber' | 'crimson' }> = {
  counts: { label: 'Counts', tone: 'done' },
  ahead: { label: 'To come', tone: 'slate' },
  over: { label: 'Over', tone: 'amber' },
  drill: { label: 'Waits for its drill', tone: 'amber' },
  ended: { label: 'Taken back', tone: 'slate' },
}

export function TrainingsPage() {
  const org = useOrg()
  const may = useMay()
  const [adding, setAdding] = useState(false)
  const add = may('inbox.train') && <Button onClick={() => setAdding(true)}>Record a training</Button>
  const rules = useQuery(api.answerRules.read.queryOptions({ input: { org: org.id } }))
  return (
    <AppPage
      title="Trainings"
      description="Who learned to speak with people in your name. Whoever has not can answer all the same; somebody looks at it first where you ask for that."
      actions={add}
    >
      {rules.data && <AnswerRulesForm rules={rules.data} />}
      <StandingSection />
      <RecordSection />
      <Modal opened={adding} onClose={() => setAdding(false)} title="Record a training">
        {adding && <TrainingForm close={() => setAdding(false)} />}
      </Modal>
    </AppPage>
  )
}

function StandingSection() {
  const org = useOrg()
  const standing = useQuery(api.trainings.standing.queryOptions({ input: { org: org.id } }))
  const words = ({ needsApproval, mayAnswer }: Standing) =>
    needsApproval ? 'Wait for approval' : mayAnswer ? 'Go out at once' : 'Does not answer'
  return (
    <Section title="People" description="As things stand today.">
      <DataTable
        label="People"
        query={standing}
        rows={standing.data}
        rowKey={({ member }) => member.id}
        empty={<EmptyState title="Nobody is here" order={3} />}
        columns={[
          {
            id: 'name',
            header: 'Name',
            primary: true,
            cell: ({ member }) => member.name,
            csv: ({ member }) => member.name,
          },
          {
            id: 'trained',
            header: 'Training',
            cell: ({ isTrained, until }) =>
              isTrained ? until ? `Until ${dayOr(until)}` : 'For good' : <Badge tone="amber">None that counts</Badge>,
            csv: ({ isTrained, until }) => (isTrained ? (until ?? 'for good') : 'none'),
          },
          { id: 'answers', header: 'Answers', cell: words, csv: words },
        ]}
        csv={{ name: 'people and trainings' }}
      />
    </Section>
  )
}

function RecordSection() {
  const org = useOrg()
  const may = useMay()
  const list = useInfiniteQuery(
    api.trainings.list.infiniteOptions({
      input: (cursor: string | undefined) => ({ org: org.id, cursor, limit: 50 }),
      ...paging,
    }),
  )
  return (
    <Section title="Record" description="Every training, the latest first. Nothing of it is deleted.">
      <DataTable
        label="Trainings"
        query={list}
        rows={allItems(list.data)}
        rowKey={({ id }) => id}
        empty={
          <EmptyState title="No trainings yet" order={3} icon={<IconSchool size={28} stroke={1.5} />}>
            Record who was trained, by whom, and until when it counts.
          </EmptyState>
        }
        columns={[
          { id: 'who', header: 'Who', primary: true, cell: ({ member }) => member.name },
          { id: 'topic', header: 'What', cell: ({ topic }) => topic },
          { id: 'trainer', header: 'By whom', cell: ({ trainer }) => trainer },
          { id: 'given', header: 'When', cell: ({ givenOn }) => dayOr(givenOn) },
          { id: 'until', header: 'Counts until', cell: ({ until }) => (until ? dayOr(until) : 'For good') },
          {
            id: 'state',
            header: 'State',
            cell: ({ state }) => <Badge tone={stateWords[state].tone}>{stateWords[state].label}</Badge>,
          },
          ...(may('inbox.train')
            ? [
                {
                  id: 'actions',
                  header: 'Actions',
                  actions: true as const,
                  cell: (training: Training) => <Actions training={training} />,
                },
              ]
            : []),
        ]}
      />
    </Section>
  )
}

function Actions({ training }: { training: Training }) {
  if (training.state === 'ended') return null
  return (
    <Group gap={4} wrap="nowrap" justify="flex-end">
      {training.state !== 'over' && <DrillWantedButton training={training} />}
      <TakeBack training={training} />
    </Group>
  )
}

function TakeBack({ training: { id, topic } }: { training: Training }) {
  const org = useOrg()
  const queryClient = useQueryClient()
  const place = { org: org.id, id }
  const again = () => refresh(queryClient, api.trainings)
  const resume = () => client.trainings.resume(place).then(again)
  const end = () => client.trainings.end(place).then(again)
  return (
    <Button
      size="compact-sm"
      variant="subtle"
      color="crimson"
      onClick={() => void end().then(() => showUndo(`${topic} does not count any more`, resume), showProblem)}
    >
      Take back
    </Button>
  )
}
