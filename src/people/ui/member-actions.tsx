// Changes role and department of a member, or ends the membership.

import { Button, Group, Modal } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, client, refresh } from '../../kit/api.ts'
import { useConfirm } from '../../kit/confirm-dialog.tsx'
import { ServerForm, useServerForm } from '../../kit/form.tsx'
import { useOrg } from '../../kit/viewer.tsx'
import type { Role } from '../permissions.ts'
import { DepartmentSelect } from './department-select.tsx'
import type { Member } from './members-page.tsx'
import { RoleSelect } from './role-select.tsx'

export function MemberActions({ member }: { member: Member }) {
  const org = useOrg()
  const [editing, setEditing] = useState(false)
  const confirm = useConfirm()
  const queryClient = useQueryClient()
  // Only owners change owners; the server holds it.
  if (member.endedAt || (member.role === 'owner' && org.role !== 'owner')) return null
  const self = member.id === org.memberId
  const end = async () => {
    const ended = await confirm({
      title: self ? 'Leave this organisation?' : `End the membership of ${member.name}?`,
      body: self
        ? 'Your access ends at once, with all your API tokens. What you wrote stays. A new invitation brings you back.'
        : 'Access ends at once, with all their API tokens. What they wrote stays. A new invitation brings them back.',
      action: 'End membership',
      danger: true,
      run: () => client.members.end({ org: org.id, id: member.id }),
    })
    if (ended) await refresh(queryClient, api.members, api.departments, api.me)
  }
  return (
    <Group gap={4} wrap="nowrap" justify="flex-end">
      <Button size="compact-sm" variant="subtle" color="gray" onClick={() => setEditing(true)}>
        Change
      </Button>
      <Button size="compact-sm" variant="subtle" color="crimson" onClick={() => void end()}>
        End
      </Button>
      <Modal opened={editing} onClose={() => setEditing(false)} title={member.name}>
        <MemberForm member={member} close={() => setEditing(false)} />
      </Modal>
    </Group>
  )
}

function MemberForm({ member, close }: { member: Member; close: () => void }) {
  const org = useOrg()
  const queryClient = useQueryClient()
  const form = useServerForm({
    initialValues: { role: member.role as Role, departmentId: member.departmentId },
    send: (values) => client.members.change({ org: org.id, id: member.id, ...values }),
    done: async () => {
      await refresh(queryClient, api.members, api.departments, api.me)
      close()
    },
  })
  return (
    <ServerForm form={form} submit="Save" label={`Role and department of ${member.name}`} close={close}>
      <RoleSelect {...form.field('role')} />
      <DepartmentSelect {...form.field('departmentId')} />
    </ServerForm>
  )
}
