// Begins a programme, or says anew what it is.

import { Modal, Radio, Stack, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { api, client, refresh } from '../../kit/api.ts'
import { ServerForm, useServerForm, wants } from '../../kit/form.tsx'
import { useOrg } from '../../kit/viewer.tsx'
import { nextMonday } from '../rules.ts'
import { type Ambition, ambitions } from '../types.ts'
import type { Programme } from './programme-page.tsx'
import { ambitionWords } from './programme-words.ts'

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

function ProgrammeForm({ close, programme, today }: Omit<Props, 'opened'>) {
  const org = useOrg()
  const queryClient = useQueryClient()
  const form = useServerForm<Values, unknown>({
    initialValues: {
      name: programme?.name ?? `${org.name}: the long run`,
      ambition: programme?.ambition ?? 'succeed',
      beginsOn: programme?.beginsOn ?? nextMonday(today),
    },
    validate: ({ name, beginsOn }) => ({
      name: wants.text(name, 'A name'),
      beginsOn: wants.text(beginsOn, 'A Monday'),
    }),
    send: (values) =>
      programme
        ? client.programme.change({ org: org.id, id: programme.id, version: programme.version, ...values })
        : client.programme.begin({ org: org.id, ...values }),
    done: async () => {
      await refresh(queryClient, api.programme)
      close()
    },
  })
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
