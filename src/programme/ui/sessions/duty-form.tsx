// Somebody is on duty on a day: on call, at an event, in a drill.

import { Select, TextInput } from '@mantine/core'
import { client } from '../../../kit/api.ts'
import { ServerForm, useServerForm, wants } from '../../../kit/form.tsx'
import { PersonSelect } from '../../../kit/person-select.tsx'
import { dayText } from '../../../kit/time.ts'
import { showUndo } from '../../../kit/toast.tsx'
import { useOrg } from '../../../kit/viewer.tsx'
import { dutyKinds } from '../../duties/types.ts'
import { dutyWords } from './session-words.ts'
import { useSessionsAgain } from './use-session-act.ts'

interface Values extends Record<string, unknown> {
  memberId: string | null
  day: string
  kind: (typeof dutyKinds)[number]
  note: string
}

export function DutyForm({ close }: { close: () => void }) {
  const org = useOrg()
  const again = useSessionsAgain()
  const form = useServerForm<Values, Awaited<ReturnType<typeof client.duties.enter>>>({
    initialValues: { memberId: null, day: '', kind: 'on-call', note: '' },
    validate: ({ memberId, day }) => ({
      memberId: memberId ? null : 'Who is on duty?',
      day: wants.text(day, 'A day'),
    }),
    send: ({ memberId, day, kind, note }) => client.duties.enter({ org: org.id, memberId: memberId!, day, kind, note }),
    done: async ({ id, member, day }) => {
      close()
      await again()
      showUndo(`${member.name} is on duty on ${dayText(day)}`, async () => {
        await client.duties.remove({ org: org.id, id })
        await again()
      })
    },
  })
  const { memberId, kind } = form.values.values
  return (
    <ServerForm form={form} submit="Enter the duty" close={close} label="Duty">
      <PersonSelect
        label="Who"
        {...form.field('memberId')}
        value={memberId}
        onChange={(id) => form.values.setFieldValue('memberId', id)}
      />
      <TextInput type="date" label="Day" {...form.field('day')} />
      <Select
        label="What"
        allowDeselect={false}
        data={dutyKinds.map((value) => ({ value, label: dutyWords[value] }))}
        {...form.field('kind')}
        value={kind}
        onChange={(value) => value && form.values.setFieldValue('kind', value as Values['kind'])}
      />
      <TextInput
        label="Note"
        description="For them and those who lead. Their next working day has half of the usual at most; one day of seven stays free."
        maxLength={200}
        {...form.field('note')}
      />
    </ServerForm>
  )
}
