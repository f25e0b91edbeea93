// Says that listening comes before publishing: why, the way out, and how to publish all the same for some days.

import { Button, Group, Modal, TextInput } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, client, type Output, refresh } from '../../../kit/api.ts'
import { ServerForm, useServerForm, wants } from '../../../kit/form.tsx'
import { TextLink } from '../../../kit/links.tsx'
import { ReasonField } from '../../../kit/reason-field.tsx'
import { addDays, dayText } from '../../../kit/time.ts'
import { useAct } from '../../../kit/use-act.ts'
import { useMay, useOrg } from '../../../kit/viewer.tsx'
import { longestDays } from '../../advice/types.ts'
import './advice.css'
import '../refusal-words.ts'

type Advice = NonNullable<Output<typeof client.publishingAdvice.read>>

/** Nothing where nothing is advised. On the ladder itself the way there is left out. */
export function AdviceNote({ isOnLadder = false }: { isOnLadder?: boolean }) {
  const org = useOrg()
  const may = useMay()
  const found = useQuery(api.publishingAdvice.read.queryOptions({ input: { org: org.id } }))
  const [isAsking, setAsking] = useState(false)
  const advice = found.data
  if (!advice || (!advice.isOn && !advice.override)) return null
  return (
    <div className="av-note" role="status">
      {advice.isOn ? <Reason isOnLadder={isOnLadder} /> : <SetAside advice={advice} />}
      {may('posts.schedule') && advice.isOn && (
        <Button variant="default" size="xs" onClick={() => setAsking(true)}>
          Publish all the same
        </Button>
      )}
      {may('posts.schedule') && advice.override && <Restore />}
      <Modal opened={isAsking} onClose={() => setAsking(false)} title="Publish before listening is mastered?">
        <OverrideForm today={advice.today} close={() => setAsking(false)} />
      </Modal>
    </div>
  )
}

function Reason({ isOnLadder }: { isOnLadder: boolean }) {
  const { slug } = useOrg()
  return (
    <p>
      <strong>Listening comes first.</strong> Whoever publishes before they have listened speaks past people. Drafts are
      fine; letting them go waits until listening is mastered.{' '}
      {isOnLadder ? (
        'Its gates below say what is missing.'
      ) : (
        <TextLink to="/o/$slug/programme/ladder" params={{ slug }} underline="always">
          See what is missing
        </TextLink>
      )}
    </p>
  )
}

function SetAside({ advice }: { advice: Advice }) {
  const { until, reason, by } = advice.override!
  return (
    <p>
      <strong>Published before listening is mastered,</strong> until {dayText(until)}: “{reason}”{by && ` – ${by.name}`}
    </p>
  )
}

function Restore() {
  const org = useOrg()
  const restore = useAct(api.publishingAdvice, () => client.publishingAdvice.restore({ org: org.id }))
  return (
    <Button variant="default" size="xs" loading={restore.isPending} onClick={() => restore.mutate()}>
      Listen first again
    </Button>
  )
}

function OverrideForm({ today, close }: { today: string; close: () => void }) {
  const org = useOrg()
  const queryClient = useQueryClient()
  const form = useServerForm({
    initialValues: { reason: '', until: addDays(today, 7) },
    validate: ({ reason, until }) => ({ reason: wants.sentence(reason), until: wants.text(until, 'A last day') }),
    send: (values) => client.publishingAdvice.override({ org: org.id, ...values }),
    done: async () => {
      await refresh(queryClient, api.publishingAdvice)
      close()
    },
  })
  return (
    <ServerForm form={form} submit="Publish all the same" close={close} label="Publish all the same">
      <ReasonField
        description="It stays on record, and each post of these days says so."
        data-autofocus
        {...form.field('reason')}
      />
      <Group>
        <TextInput
          type="date"
          label="Until"
          description={`${longestDays} days at most`}
          min={today}
          max={addDays(today, longestDays)}
          {...form.field('until')}
        />
      </Group>
    </ServerForm>
  )
}
