// Records a training: who, what, by whom, when, and until when it counts.

import { Checkbox, Textarea, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { api, client, refresh } from '../../../kit/api.ts'
import { ServerForm, useServerForm, wants } from '../../../kit/form.tsx'
import { PersonSelect } from '../../../kit/person-select.tsx'
import { wallTimeIn } from '../../../kit/time.ts'
import { useOrg } from '../../../kit/viewer.tsx'
import { ordinaryDrill } from '../../drills/types.ts'
import { DrillWantedFields, wantedFrom, wantedNames } from '../drills/drill-wanted.tsx'

export function TrainingForm({ close }: { close: () => void }) {
  const org = useOrg()
  const queryClient = useQueryClient()
  const form = useServerForm({
    initialValues: {
      memberId: '' as string | null,
      topic: '',
      trainer: '',
      givenOn: wallTimeIn(new Date(), org.timeZone).slice(0, 10),
      until: '',
      note: '',
      isDrilled: false,
      exercises: ordinaryDrill.exercises as number | string,
      pass: ordinaryDrill.pass as number | string,
    },
    fieldNames: wantedNames,
    validate: ({ memberId, topic, trainer, givenOn, until }) => ({
      memberId: memberId ? null : 'Choose somebody.',
      topic: wants.text(topic, 'A topic'),
      trainer: wants.text(trainer, 'A name'),
      givenOn: wants.text(givenOn, 'A day'),
      until: until && until < givenOn ? 'It would end before it begins.' : null,
    }),
    send: ({ memberId, until, isDrilled, exercises, pass, ...values }) =>
      client.trainings.record({
        ...{ org: org.id, ...values, memberId: memberId!, until: until || null },
        drill: isDrilled ? wantedFrom({ exercises, pass }) : null,
      }),
    done: async () => {
      await refresh(queryClient, api.trainings, api.answers, api.drills)
      close()
    },
  })
  return (
    <ServerForm form={form} submit="Record it" label="Training" close={close}>
      <PersonSelect
        label="Who was trained"
        value={form.values.values.memberId || null}
        onChange={(memberId) => form.values.setFieldValue('memberId', memberId)}
        error={form.field('memberId').error}
        data-autofocus
      />
      <TextInput label="What" placeholder="Speaking with upset people" maxLength={200} {...form.field('topic')} />
      <TextInput label="By whom" maxLength={200} {...form.field('trainer')} />
      <TextInput type="date" label="When" {...form.field('givenOn')} />
      <TextInput
        type="date"
        label="Counts until"
        description="The last day. Without one it counts for good; two weeks before, both of you are told."
        {...form.field('until')}
      />
      <Checkbox
        label="It counts once a drill is passed"
        description="They answer practice messages; somebody else says of each whether it passes."
        {...form.field('isDrilled', { type: 'checkbox' })}
      />
      {form.values.values.isDrilled && <DrillWantedFields field={form.field} />}
      <Textarea label="Note" autosize minRows={2} maxLength={2000} {...form.field('note')} />
    </ServerForm>
  )
}
