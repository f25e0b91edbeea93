// Invites a person. The link is shown once, to be handed on where mail does not arrive.

import { Button, Modal, Stack, Text, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, client, type Output, refresh } from '../../kit/api.ts'
import { CopyField } from '../../kit/copy-field.tsx'
import { ServerForm, useServerForm, wants } from '../../kit/form.tsx'
import { TimeText } from '../../kit/time-text.tsx'
import { useOrg } from '../../kit/viewer.tsx'
import type { Role } from '../permissions.ts'
import { DepartmentSelect } from './department-select.tsx'
import { RoleSelect } from './role-select.tsx'

type Sent = Output<typeof client.members.invite>

export function InviteDialog({ opened, close }: { opened: boolean; close: () => void }) {
  const [sent, setSent] = useState<Sent | null>(null)
  return (
    <Modal
      opened={opened}
      onClose={close}
      onExitTransitionEnd={() => setSent(null)}
      title={sent ? 'Invitation made' : 'Invite a person'}
    >
      {sent ? <SentWords sent={sent} close={close} /> : <InviteForm done={setSent} close={close} />}
    </Modal>
  )
}

function InviteForm({ done, close }: { done: (sent: Sent) => void; close: () => void }) {
  const org = useOrg()
  const queryClient = useQueryClient()
  const form = useServerForm({
    initialValues: { email: '', role: 'contributor' as Role, departmentId: null as string | null },
    validate: ({ email }) => ({ email: wants.email(email) }),
    send: (values) => client.members.invite({ org: org.id, ...values, email: values.email.trim() }),
    done: async (sent) => {
      done(sent)
      await refresh(queryClient, api.members)
    },
  })
  return (
    <ServerForm form={form} submit="Invite" label="Invite a person" close={close}>
      <TextInput label="E-mail address" type="email" autoComplete="off" data-autofocus {...form.field('email')} />
      <RoleSelect {...form.field('role')} />
      <DepartmentSelect {...form.field('departmentId')} />
    </ServerForm>
  )
}

function SentWords({ sent, close }: { sent: Sent; close: () => void }) {
  return (
    <Stack gap="md">
      <Text size="sm">
        {sent.mailed
          ? `A mail is on its way to ${sent.email}. If it does not arrive, hand on this link.`
          : `No mail was sent. Hand this link to ${sent.email} yourself.`}{' '}
        It works until <TimeText at={sent.expiresAt} /> and is shown only now.
      </Text>
      <CopyField label="Invitation link" value={sent.link} />
      <Button onClick={close}>Done</Button>
    </Stack>
  )
}
