// Begins a programme, or says anew what it is.

import { Modal, Radio, Stack, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { client } from '../../kit/api.ts'
import { ServerForm, useServerForm, wants } from '../../kit/form.tsx'
import { dayText } from '../../kit/time.ts'
import { useOrg } from '../../kit/viewer.tsx'
import { nextMonday } from '../rules.ts'
import { type Ambition, ambitions } from '../types.ts'
import { Meanwhile, sendUnlessOutrun } from './meanwhile.tsx'
import type { Programme } from './programme-page.tsx'
import { ambitionWords } from './programme-words.ts'
import { refreshProgramme } from './refresh-programme.ts'

interface Props {
  opened: boolean
  close: () => void
  /** null: a new one. */
  programme: Programme | null
  today: string
}

export function ProgrammeDialog({ opened, close, programme, today }: Props) {
  return (
    <Modal opened={opened} onClose={close} title={programme ? 'Change the programme' : 'Begin a programme'}>
      <ProgrammeForm close={close} programme={programme} today={today} />
    </Modal>
  )
}

interface Values extends Record<string, unknown> {
  name: string
  ambition: Ambition
  beginsOn: string
}

const valuesOf = (programme: Programme | null, { name, today }: { name: string; today: string }): Values => ({
  name: programme?.name ?? name,
  ambition: programme?.ambition ?? 'succeed',
  beginsOn: programme?.beginsOn ?? nextMonday(today),
})

function ProgrammeForm({ close, programme, today }: Omit<Props, 'opened'>) {
  const org = useOrg()
  const queryClient = useQueryClient()
  // As it was when the dialog opened: what somebody changes meanwhile must not be overwritten unseen.
  const [taken, setTaken] = useState(programme)
  const [wasOutrun, setOutrun] = useState(false)
  const again = () => refreshProgramme(queryClient)
  const form = useServerForm<Values, unknown>({
    initialValues: valuesOf(programme, { name: `${org.name}: the long run`, today }),
    validate: ({ name, beginsOn }) => ({
      name: wants.text(name, 'A name'),
      beginsOn: wants.text(beginsOn, 'A Monday'),
    }),
    send: (values) =>
      sendUnlessOutrun(
        () =>
          taken
            ? client.programme.change({ org: org.id, id: taken.id, version: taken.version, ...values })
            : client.programme.begin({ org: org.id, ...values }),
        again,
      ),
    done: async (sent) => {
      if (!sent) return setOutrun(true)
      await again()
      close()
    },
  })
  const goOn = () => {
    setTaken(programme)
    setOutrun(false)
  }
  if (wasOutrun && programme)
    return (
      <Meanwhile
        code="programme-outrun"
        theirs={
          <p>
            <strong>{programme.name}</strong>: {ambitionWords[programme.ambition].label}, from{' '}
            {dayText(programme.beginsOn)}
          </p>
        }
        take={close}
        keep={goOn}
      />
    )
  const ambition = form.field('ambition')
  return (
    <ServerForm form={form} submit={programme ? 'Save' : 'Begin'} close={close} label="Programme">
      <TextInput label="Name" data-autofocus {...form.field('name')} />
      <Radio.Group label="What do you want?" {...ambition}>
        <Stack gap="xs" mt={4}>
          {ambitions.map((value) => (
            <Radio
              key={value}
              value={value}
              label={ambitionWords[value].label}
              description={ambitionWords[value].means}
            />
          ))}
        </Stack>
      </Radio.Group>
      <TextInput
        type="date"
        label="First week begins on"
        description="A Monday. The weeks before a race are for training: do not begin on the day of a launch."
        {...form.field('beginsOn')}
      />
    </ServerForm>
  )
}
