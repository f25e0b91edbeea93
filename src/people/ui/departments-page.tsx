// The departments that share the programme.

import { Button, Group, Modal, TextInput } from '@mantine/core'
import { IconBuilding } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, client, type Output, refresh } from '../../kit/api.ts'
import { AppPage } from '../../kit/app-page.tsx'
import { useConfirm } from '../../kit/confirm-dialog.tsx'
import { DataTable } from '../../kit/data-table.tsx'
import { EmptyState } from '../../kit/empty-state.tsx'
import { ServerForm, useServerForm, wants } from '../../kit/form.tsx'
import { useMay, useOrg } from '../../kit/viewer.tsx'
import { count } from '../../kit/words.ts'
import { WallButton, WallState } from './department-wall.tsx'

type Department = Output<typeof client.departments.list>[number]

export function DepartmentsPage() {
  const org = useOrg()
  const may = useMay()
  const departments = useQuery(api.departments.list.queryOptions({ input: { org: org.id } }))
  const [editing, setEditing] = useState<Department | 'new' | null>(null)
  const add = may('departments.change') && <Button onClick={() => setEditing('new')}>Add department</Button>
  return (
    <AppPage
      title="Departments"
      description="Who works on social media together. A member belongs to one or to none. Behind a wall, as HR needs it, a department’s conversations are seen by its members alone."
      actions={departments.data?.length ? add : null}
    >
      <DataTable
        label="Departments"
        query={departments}
        rows={departments.data}
        rowKey={(department) => department.id}
        csv={{ name: 'departments' }}
        empty={
          <EmptyState title="No departments yet" icon={<IconBuilding size={28} stroke={1.5} />} action={add}>
            Add one for each part of the organisation that has its own people: marketing, service, HR.
          </EmptyState>
        }
        columns={[
          {
            id: 'name',
            header: 'Name',
            primary: true,
            cell: ({ name }) => name,
            sort: ({ name }) => name,
            csv: ({ name }) => name,
          },
          {
            id: 'members',
            header: 'Members',
            cell: ({ memberCount }) => memberCount,
            sort: ({ memberCount }) => memberCount,
            csv: ({ memberCount }) => memberCount,
          },
          {
            id: 'wall',
            header: 'Who sees its conversations',
            cell: (department) => <WallState {...department} />,
            sort: ({ walledAt }) => (walledAt ? 0 : 1),
            csv: ({ walledAt }) => (walledAt ? 'its members alone' : 'everybody'),
          },
          ...(may('departments.change')
            ? [
                {
                  id: 'actions',
                  header: 'Actions',
                  actions: true as const,
                  cell: (department: Department) => (
                    <Actions department={department} edit={() => setEditing(department)} />
                  ),
                },
              ]
            : []),
        ]}
      />
      <Modal
        opened={editing !== null}
        onClose={() => setEditing(null)}
        title={editing === 'new' ? 'Add department' : 'Rename department'}
      >
        {editing && <DepartmentForm department={editing === 'new' ? null : editing} close={() => setEditing(null)} />}
      </Modal>
    </AppPage>
  )
}

function Actions({ department, edit }: { department: Department; edit: () => void }) {
  const org = useOrg()
  const confirm = useConfirm()
  const queryClient = useQueryClient()
  const remove = async () => {
    const removed = await confirm({
      title: `Remove ${department.name}?`,
      body:
        department.memberCount > 0
          ? `${count(department.memberCount, 'member')} ${department.memberCount === 1 ? 'stays' : 'stay'}, without a department.`
          : 'It has no members.',
      action: 'Remove department',
      danger: true,
      run: () => client.departments.remove({ org: org.id, id: department.id }),
    })
    if (removed) await refresh(queryClient, api.departments, api.members)
  }
  return (
    <Group gap={4} wrap="nowrap" justify="flex-end">
      <WallButton department={department} />
      <Button size="compact-sm" variant="subtle" color="gray" onClick={edit}>
        Rename
      </Button>
      <Button size="compact-sm" variant="subtle" color="crimson" onClick={() => void remove()}>
        Remove
      </Button>
    </Group>
  )
}

function DepartmentForm({ department, close }: { department: Department | null; close: () => void }) {
  const org = useOrg()
  const queryClient = useQueryClient()
  const form = useServerForm({
    initialValues: { name: department?.name ?? '' },
    validate: ({ name }) => ({ name: wants.text(name, 'A name') }),
    send: ({ name }) =>
      department
        ? client.departments.rename({ org: org.id, id: department.id, name })
        : client.departments.add({ org: org.id, name }),
    done: async () => {
      await refresh(queryClient, api.departments)
      close()
    },
  })
  return (
    <ServerForm form={form} submit={department ? 'Rename' : 'Add'} label="Department" close={close}>
      <TextInput label="Name" data-autofocus {...form.field('name')} />
    </ServerForm>
  )
}
