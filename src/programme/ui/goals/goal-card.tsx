// One goal: its line and what was read, what it stands at, and what can be done with it.

import { Button, Group, Modal, NumberInput, Select, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, client, refresh } from '../../../kit/api.ts'
import { ServerForm, useServerForm, wants } from '../../../kit/form.tsx'
import { LineChart } from '../../../kit/line-chart.tsx'
import { ReasonField } from '../../../kit/reason-field.tsx'
import { Badge } from '../../../kit/state-badge.tsx'
import { dayText } from '../../../kit/time.ts'
import { useAct } from '../../../kit/use-act.ts'
import { useMay, useOrg } from '../../../kit/viewer.tsx'
import { curveOf } from '../../goals/rules.ts'
import { type Outcome, outcomes } from '../../goals/types.ts'
import { measureWords, numberText, outcomeWords, standingWords, unitOf } from '../programme-words.ts'
import { ChangeForm } from './change-form.tsx'
import { Changes, Readings } from './goal-story.tsx'
import type { Goal } from './goals-section.tsx'
import '@mantine/core/styles/NumberInput.css'

/** So few that each has its dot. */
const mostPoints = 38

interface Props {
  goal: Goal
  today: string
}

/** `isPast`: its programme has ended, so that it is only read. */
export function GoalCard({ goal, today, isPast = false }: Props & { isPast?: boolean }) {
  const isOver = isPast || goal.outcome !== null
  const look = standingWords[goal.standing]
  const last = goal.readings.at(-1)
  const unit = unitOf(goal)
  const curve = curveOf(goal.way, { readings: goal.readings, today }, mostPoints)
  return (
    <article className="plan-goal" aria-label={goal.title}>
      <header className="plan-goal-head">
        <h3>{goal.title}</h3>
        {goal.outcome ? (
          <Badge tone="quiet">{outcomeWords[goal.outcome]}</Badge>
        ) : (
          <Badge tone={look.tone}>{look.label}</Badge>
        )}
      </header>
      <p>
        <strong className="plan-number">{last ? numberText(last.value) : '–'}</strong> of {numberText(goal.target)}{' '}
        {unit} by {dayText(goal.dueOn)}
      </p>
      <p className="lr-dimmed">
        From {numberText(goal.baseline)} on {dayText(goal.setOn)} ({goal.baselineHow}).
        {!isOver && ` Its line is at ${numberText(goal.expected)} today.`}
        {goal.owner && ` ${goal.owner.name} answers for it.`}
      </p>
      <details className="plan-means">
        <summary>How it is measured</summary>
        <p>
          {measureWords[goal.measure].label}: {measureWords[goal.measure].means}
        </p>
      </details>
      {curve.length > 1 && (
        <LineChart
          label={`${goal.title}, in ${unit}`}
          height={160}
          data={curve.map(({ day, line, read }) => ({
            x: dayText(day, 'short'),
            line: Math.round(line * 10) / 10,
            read,
          }))}
          series={[
            { name: 'line', label: 'Line to the goal', color: 'var(--mantine-color-dimmed)' },
            { name: 'read', label: 'Read' },
          ]}
        />
      )}
      {goal.endReason && (
        <p className="lr-dimmed">
          {goal.endedBy && `${goal.endedBy.name}: `}
          {goal.endReason}
        </p>
      )}
      <Readings goal={goal} isOver={isOver} />
      <Changes goal={goal} isOver={isOver} />
      {!isPast && <Doing goal={goal} today={today} />}
    </article>
  )
}

function Doing({ goal, today }: Props) {
  const org = useOrg()
  const may = useMay()
  const [open, setOpen] = useState<'read' | 'change' | 'end' | null>(null)
  const reopen = useAct(api.goals, () => client.goals.reopen({ org: org.id, id: goal.id }))
  if (goal.outcome)
    return (
      may('programme.lead') && (
        <Button variant="default" size="xs" loading={reopen.isPending} onClick={() => reopen.mutate()}>
          Open it again
        </Button>
      )
    )
  return (
    <Group gap="xs">
      {may('programme.log') && (
        <Button variant="default" size="xs" onClick={() => setOpen('read')}>
          Write down a reading
        </Button>
      )}
      {may('programme.lead') && (
        <>
          <Button variant="default" size="xs" onClick={() => setOpen('change')}>
            Change it
          </Button>
          <Button variant="default" size="xs" onClick={() => setOpen('end')}>
            End it
          </Button>
        </>
      )}
      <Modal opened={open === 'read'} onClose={() => setOpen(null)} title={`What does “${goal.title}” stand at?`}>
        <ReadingForm goal={goal} today={today} close={() => setOpen(null)} />
      </Modal>
      <Modal opened={open === 'change'} onClose={() => setOpen(null)} title={`Change “${goal.title}”`}>
        <ChangeForm goal={goal} close={() => setOpen(null)} />
      </Modal>
      <Modal opened={open === 'end'} onClose={() => setOpen(null)} title={`End “${goal.title}”?`}>
        <EndForm goal={goal} close={() => setOpen(null)} />
      </Modal>
    </Group>
  )
}

function ReadingForm({ goal, today, close }: Props & { close: () => void }) {
  const org = useOrg()
  const queryClient = useQueryClient()
  const form = useServerForm<{ day: string; value: number | string; note: string }, unknown>({
    initialValues: { day: today, value: '', note: '' },
    validate: ({ day, value }) => ({
      day: wants.text(day, 'A day'),
      value: typeof value === 'number' ? null : 'A number is needed.',
    }),
    send: ({ day, value, note }) => client.goals.note({ org: org.id, id: goal.id, day, value: Number(value), note }),
    done: async () => {
      await refresh(queryClient, api.goals)
      close()
    },
  })
  return (
    <ServerForm form={form} submit="Write it down" close={close} label="Reading">
      <NumberInput label={`Value, in ${unitOf(goal)}`} data-autofocus {...form.field('value')} />
      <TextInput type="date" label="Day" max={today} {...form.field('day')} />
      <TextInput label="Note" placeholder="Where the figure comes from" maxLength={300} {...form.field('note')} />
    </ServerForm>
  )
}

function EndForm({ goal, close }: { goal: Goal; close: () => void }) {
  const org = useOrg()
  const queryClient = useQueryClient()
  const form = useServerForm<{ outcome: Outcome; reason: string }, unknown>({
    initialValues: { outcome: goal.standing === 'reached' ? 'reached' : 'missed', reason: '' },
    validate: ({ reason }) => ({ reason: wants.sentence(reason) }),
    send: (values) => client.goals.end({ org: org.id, id: goal.id, ...values }),
    done: async () => {
      await refresh(queryClient, api.goals)
      close()
    },
  })
  return (
    <ServerForm form={form} submit="End the goal" close={close} label="End the goal">
      <Select
        label="What became of it?"
        allowDeselect={false}
        data={outcomes.map((value) => ({ value, label: outcomeWords[value] }))}
        {...form.field('outcome')}
      />
      <ReasonField description="What helped, what stood in the way." {...form.field('reason')} />
    </ServerForm>
  )
}
