// Ends a programme: a decision of somebody, with its reasons, which can be undone.

import { Modal } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { client } from '../../kit/api.ts'
import { ServerForm, useServerForm, wants } from '../../kit/form.tsx'
import { ReasonField } from '../../kit/reason-field.tsx'
import { showUndo } from '../../kit/toast.tsx'
import { useOrg } from '../../kit/viewer.tsx'
import type { Programme } from './programme-page.tsx'
import { refreshProgramme } from './refresh-programme.ts'

interface Props {
  opened: boolean
  close: () => void
  programme: Programme
}

export function EndDialog({ opened, close, programme }: Props) {
  return (
    <Modal opened={opened} onClose={close} title={`End “${programme.name}”?`}>
      <EndForm close={close} programme={programme} />
    </Modal>
  )
}

function EndForm({ close, programme }: Omit<Props, 'opened'>) {
  const org = useOrg()
  const queryClient = useQueryClient()
  const again = () => refreshProgramme(queryClient)
  const input = { org: org.id, id: programme.id }
  const form = useServerForm({
    initialValues: { reason: '' },
    validate: ({ reason }) => ({ reason: wants.sentence(reason) }),
    send: ({ reason }) => client.programme.end({ ...input, reason }),
    done: async () => {
      close()
      await again()
      showUndo('The programme has ended', async () => {
        await client.programme.resume(input)
        await again()
      })
    },
  })
  return (
    <ServerForm form={form} submit="End the programme" close={close} label="End the programme">
      <ReasonField
        description="Those who carried it read this, and whoever begins again. Goals, commitments and figures stay to be read."
        minRows={3}
        data-autofocus
        {...form.field('reason')}
      />
    </ServerForm>
  )
}
