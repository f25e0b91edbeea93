// What somebody who leads says of a session of somebody else: another day, another person, done, left out; always with the reason.

import { Select, TextInput } from '@mantine/core'
import { client } from '../../../kit/api.ts'
import { ServerForm, useServerForm, wants } from '../../../kit/form.tsx'
import { ReasonField } from '../../../kit/reason-field.tsx'
import { showUndo } from '../../../kit/toast.tsx'
import { useOrg } from '../../../kit/viewer.tsx'
import type { Session } from './session-words.ts'
import { useSessionsAgain } from './use-session-act.ts'

export type LeadWhat = 'move' | 'handOver' | 'done' | 'drop'

export const leadTitles: Record<LeadWhat, string> = {
  move: 'Another day',
  handOver: 'To somebody else',
  done: 'It is done',
  drop: 'Leave it out',
}

const doneWords: Record<LeadWhat, string> = {
  move: 'Moved',
  handOver: 'Given to somebody else',
  done: 'Written down as done',
  drop: 'Left out',
}

interface Props {
  what: LeadWhat
  session: Session
  person: { id: string; name: string }
  people: readonly { id: string; name: string }[]
  close: () => void
}

interface Values extends Record<string, unknown> {
  day: string
  memberId: string | null
  reason: string
}

export function LeadForm({ what, session, person, people, close }: Props) {
  const org = useOrg()
  const again = useSessionsAgain()
  const input = { org: org.id, id: session.id }
  const form = useServerForm<Values, unknown>({
    initialValues: { day: session.day, memberId: null, reason: '' },
    validate: ({ day, memberId, reason }) => ({
      day: what === 'move' ? wants.text(day, 'A day') : null,
      memberId: what === 'handOver' && !memberId ? 'Who does it?' : null,
      reason: reason.trim().length < 3 ? 'A word or two that say why are needed.' : null,
    }),
    send: ({ day, memberId, reason }) => {
      if (what === 'move') return client.leadSessions.move({ ...input, day, reason })
      if (what === 'handOver') return client.leadSessions.handOver({ ...input, memberId: memberId!, reason })
      return what === 'done'
        ? client.leadSessions.done({ ...input, reason })
        : client.leadSessions.drop({ ...input, reason })
    },
    done: async () => {
      close()
      await again()
      showUndo(doneWords[what], async () => {
        await client.leadSessions.undo(input)
        await again()
      })
    },
  })
  const others = people.filter(({ id }) => id !== person.id).map(({ id, name }) => ({ value: id, label: name }))
  return (
    <ServerForm form={form} submit={leadTitles[what]} close={close} label={leadTitles[what]}>
      {what === 'move' && <TextInput type="date" label="Day" data-autofocus {...form.field('day')} />}
      {what === 'handOver' && (
        <Select
          label="Who"
          searchable
          nothingFoundMessage="Nobody else takes part"
          data={others}
          data-autofocus
          {...form.field('memberId')}
          value={form.values.values.memberId}
          onChange={(id) => form.values.setFieldValue('memberId', id)}
        />
      )}
      {what === 'done' && (
        <p className="lr-dimmed">The planned minutes are written down for {person.name}, marked as estimated.</p>
      )}
      <ReasonField description={`${person.name} reads it.`} maxLength={500} {...form.field('reason')} />
    </ServerForm>
  )
}
