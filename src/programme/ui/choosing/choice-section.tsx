// Let the planner choose: asked, followed while it works, stopped, read with its reasons, put in force.

import { Button, Group, Modal, Progress } from '@mantine/core'
import { IconPlayerStop, IconWand } from '@tabler/icons-react'
import { useState } from 'react'
import { api, client } from '../../../kit/api.ts'
import { Section } from '../../../kit/app-page.tsx'
import { EmptyState } from '../../../kit/empty-state.tsx'
import { TimeText } from '../../../kit/time-text.tsx'
import { useAct } from '../../../kit/use-act.ts'
import { useMay, useOrg } from '../../../kit/viewer.tsx'
import { isOpen } from '../../choices/types.ts'
import { AskForm } from './ask-form.tsx'
import type { Choice, Worth } from './choosing-page.tsx'
import { ChosenPlan } from './chosen-plan.tsx'
import '@mantine/core/styles/Progress.css'

interface Props {
  choices: Choice[]
  worth: Worth
}

export function ChoiceSection({ choices, worth }: Props) {
  const may = useMay()
  const [asking, setAsking] = useState(false)
  const newest = choices.find(({ baseId }) => baseId === null)
  const ask = may('programme.lead') && (
    <Button
      leftSection={<IconWand size={16} />}
      onClick={() => setAsking(true)}
      disabled={newest && isOpen(newest.state)}
    >
      Let the planner choose
    </Button>
  )
  return (
    <Section
      title="What to do with the minutes you have"
      description="The planner chooses what brings most within everybody’s minutes, keeps what is promised, and changes no line by more than 30 % at a time. You decide."
      actions={newest && ask}
    >
      {newest ? (
        <Shown choice={newest} />
      ) : (
        <EmptyState title="Nothing was chosen yet" icon={<IconWand size={28} stroke={1.5} />} action={ask} order={3}>
          It takes some seconds and changes nothing: you read it with its reasons first.
        </EmptyState>
      )}
      <Modal opened={asking} onClose={() => setAsking(false)} title="Let the planner choose">
        <AskForm unit={worth.unit} close={() => setAsking(false)} />
      </Modal>
    </Section>
  )
}

function Shown({ choice }: { choice: Choice }) {
  if (isOpen(choice.state)) return <Working choice={choice} />
  return (
    <div className="choice-part">
      <p className="lr-dimmed worth-means">
        Asked by {choice.askedBy?.name ?? 'somebody'}, <TimeText at={choice.askedAt} />.
        {choice.state === 'stopped' && ' It was stopped; nothing was kept of it.'}
        {choice.state === 'failed' &&
          ' It failed for a reason of its own. Ask it again; the log of the server says more.'}
        {choice.putNumber !== null && ` In force since then as version ${choice.putNumber}.`}
      </p>
      {choice.conflict && (
        <div role="status">
          <strong>No plan fits.</strong> <span>{choice.conflict.words}</span>
        </div>
      )}
      {choice.plan && <ChosenPlan choice={choice} plan={choice.plan} />}
    </div>
  )
}

export function Working({ choice }: { choice: Choice }) {
  const org = useOrg()
  const may = useMay()
  const stop = useAct(api.choices, () => client.choices.stop({ org: org.id, id: choice.id }))
  const { progress } = choice
  const done = progress ? Math.round((progress.done / Math.max(1, progress.of)) * 100) : 0
  return (
    <div className="choice-part" role="status" aria-label="The planner is choosing">
      <Group justify="space-between">
        <span>{choice.state === 'waiting' ? 'Waiting for its turn …' : `Choosing, ${done} % …`}</span>
        {may('programme.lead') && (
          <Button
            variant="default"
            size="xs"
            leftSection={<IconPlayerStop size={16} />}
            loading={stop.isPending}
            onClick={() => stop.mutate()}
          >
            Stop
          </Button>
        )}
      </Group>
      <Progress value={Math.max(4, done)} animated={false} aria-label="How far it is" />
    </div>
  )
}
