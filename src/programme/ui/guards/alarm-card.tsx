// One alarm: what it says, what to do, its answer, and the ways to answer it.

import { Button, Group, Modal, Textarea, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, client, refresh } from '../../../kit/api.ts'
import { ServerForm, useServerForm, wants } from '../../../kit/form.tsx'
import { Badge } from '../../../kit/state-badge.tsx'
import { addDays, timeIn } from '../../../kit/time.ts'
import { TimeText } from '../../../kit/time-text.tsx'
import { showUndo } from '../../../kit/toast.tsx'
import { useAct } from '../../../kit/use-act.ts'
import { useOrg } from '../../../kit/viewer.tsx'
import type { Answer } from '../../guards/types.ts'
import type { Alarm } from './alarms-section.tsx'
import { alarmLook, answerWords } from './guard-words.ts'

export function AlarmCard({ alarm }: { alarm: Alarm }) {
  const org = useOrg()
  const look = alarmLook[alarm.level]
  return (
    <li className="gu-alarm" aria-label={alarm.says}>
      <div className="gu-alarm-head">
        {alarm.endedAt ? <Badge>Over</Badge> : <Badge tone={look.tone}>{look.label}</Badge>}
        <strong>{alarm.says}</strong>
      </div>
      {!alarm.endedAt && <p>{alarm.todo}</p>}
      <p className="lr-dimmed">
        Since <TimeText at={alarm.raisedAt} style="date" />
        {alarm.about && `. Seen by ${alarm.about.name} and those who run the organisation alone`}
        {alarm.answer && `. ${answerText(alarm, org.timeZone)}`}.
      </p>
      {alarm.mayAnswer && <Answering alarm={alarm} />}
    </li>
  )
}

function answerText({ answer, answeredBy, reason, askAgainAt }: Alarm, zone: string): string {
  const who = answeredBy?.name ?? 'Somebody'
  const said = `${who} called it ${answerWords[answer!].done}${reason ? `: “${reason}”` : ''}`
  return askAgainAt ? `${said}; it asks again on ${timeIn(new Date(askAgainAt), zone, 'date', new Date())}` : said
}

function Answering({ alarm }: { alarm: Alarm }) {
  const org = useOrg()
  const [asking, setAsking] = useState<Exclude<Answer, 'done'> | null>(null)
  const input = { org: org.id, id: alarm.id }
  const back = () => client.guards.unanswer(input)
  const done = useAct(api.guards, () => client.guards.answer({ ...input, answer: 'done' }), {
    ...{ done: 'Marked as dealt with', back },
  })
  const unanswer = useAct(api.guards, back)
  if (alarm.answer)
    return (
      <Group gap="xs">
        <Button variant="default" size="xs" loading={unanswer.isPending} onClick={() => unanswer.mutate()}>
          Take the answer back
        </Button>
      </Group>
    )
  return (
    <Group gap="xs">
      <Button variant="light" size="xs" loading={done.isPending} onClick={() => done.mutate()}>
        {answerWords.done.label}
      </Button>
      <Button variant="default" size="xs" onClick={() => setAsking('no-problem')}>
        {answerWords['no-problem'].label}
      </Button>
      <Button variant="default" size="xs" onClick={() => setAsking('later')}>
        {answerWords.later.label}
      </Button>
      <Modal
        opened={asking !== null}
        onClose={() => setAsking(null)}
        title={asking === 'later' ? 'Ask again later' : 'Why is it no problem?'}
      >
        {asking && <AnswerForm alarm={alarm} answer={asking} close={() => setAsking(null)} />}
      </Modal>
    </Group>
  )
}

interface FormProps {
  alarm: Alarm
  answer: Exclude<Answer, 'done'>
  close: () => void
}

function AnswerForm({ alarm, answer, close }: FormProps) {
  const org = useOrg()
  const queryClient = useQueryClient()
  const input = { org: org.id, id: alarm.id }
  const isLater = answer === 'later'
  const again = () => refresh(queryClient, api.guards)
  const form = useServerForm<{ reason: string; until: string }, unknown>({
    initialValues: { reason: '', until: addDays(new Date().toISOString(), 7) },
    validate: ({ reason, until }) =>
      isLater ? { until: wants.text(until, 'A day') } : { reason: wants.sentence(reason) },
    send: ({ reason, until }) => client.guards.answer({ ...input, answer, reason, ...(isLater ? { until } : {}) }),
    done: async () => {
      await again()
      close()
      showUndo(isLater ? 'It asks again then' : 'It stays quiet until it gets worse', async () => {
        await client.guards.unanswer(input)
        await again()
      })
    },
  })
  return (
    <ServerForm form={form} submit={isLater ? 'Put it off' : 'Answer'} close={close} label="Answer the alarm">
      <p className="lr-dimmed">{answerWords[answer].means}</p>
      {isLater && <TextInput type="date" label="Ask again on" data-autofocus {...form.field('until')} />}
      <Textarea
        label={isLater ? 'Note' : 'Why'}
        description={isLater ? undefined : 'Others read it later.'}
        autosize
        minRows={2}
        maxLength={2000}
        {...(isLater ? {} : { 'data-autofocus': true })}
        {...form.field('reason')}
      />
    </ServerForm>
  )
}
