// What a person says of a session: on which other day, or why not at all.

import { TextInput } from '@mantine/core'
import { client } from '../../../kit/api.ts'
import { ServerForm, useServerForm, wants } from '../../../kit/form.tsx'
import { ReasonField } from '../../../kit/reason-field.tsx'
import { dayText } from '../../../kit/time.ts'
import { useOrg } from '../../../kit/viewer.tsx'
import type { Session } from './session-words.ts'

interface Props {
  session: Session
  close: () => void
  done: () => Promise<void>
}

export function MoveForm({ session, close, done }: Props) {
  const org = useOrg()
  const form = useServerForm<{ day: string }, unknown>({
    initialValues: { day: session.day },
    validate: ({ day }) => ({ day: wants.text(day, 'A day') }),
    send: ({ day }) => client.sessions.move({ org: org.id, id: session.id, day }),
    done: async () => {
      close()
      await done()
    },
  })
  return (
    <ServerForm form={form} submit="Move it" close={close} label="Another day">
      <TextInput
        type="date"
        label="Day"
        description={`It belongs to the days from ${dayText(session.from, 'short')} to ${dayText(session.to, 'short')}; later is possible where there is room.`}
        data-autofocus
        {...form.field('day')}
      />
    </ServerForm>
  )
}

export function SkipForm({ session, close, done }: Props) {
  const org = useOrg()
  const form = useServerForm<{ reason: string }, unknown>({
    initialValues: { reason: '' },
    validate: ({ reason }) => ({ reason: reason.trim().length < 3 ? 'A word or two that say why are needed.' : null }),
    send: ({ reason }) => client.sessions.skip({ org: org.id, id: session.id, reason }),
    done: async () => {
      close()
      await done()
    },
  })
  return (
    <ServerForm form={form} submit="Leave it out" close={close} label="Leave it out">
      <ReasonField
        description="For yourself: nobody else reads it."
        maxLength={500}
        data-autofocus
        {...form.field('reason')}
      />
    </ServerForm>
  )
}
