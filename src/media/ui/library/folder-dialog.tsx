// Adds a folder, or gives one another name or place.

import { Modal, Select, TextInput } from '@mantine/core'
import { client } from '../../../kit/api.ts'
import { ServerForm, useServerForm, wants } from '../../../kit/form.tsx'
import { showDone } from '../../../kit/toast.tsx'
import { foldersIn } from '../../library/rules.ts'
import { type Folder, useFolders, useLibraryChanges } from './library-context.ts'

export type FolderTask = { kind: 'add'; parentId: string | null } | { kind: 'change'; folder: Folder }

export function FolderDialog({ task, close }: { task: FolderTask | null; close: () => void }) {
  return (
    <Modal opened={task !== null} onClose={close} title={task?.kind === 'change' ? 'Change the folder' : 'New folder'}>
      {task && <FolderForm task={task} close={close} />}
    </Modal>
  )
}

function FolderForm({ task, close }: { task: FolderTask; close: () => void }) {
  const { all, options } = useFolders()
  const { org, changed } = useLibraryChanges()
  const before = task.kind === 'change' ? task.folder : { name: '', parentId: task.parentId }
  const form = useServerForm({
    initialValues: { name: before.name, parentId: before.parentId },
    validate: ({ name }) => ({ name: wants.text(name, 'A name') }),
    send: ({ name, parentId }) =>
      task.kind === 'change'
        ? client.mediaFolders.change({ org, id: task.folder.id, name, parentId })
        : client.mediaFolders.add({ org, name, parentId }),
    done: async ({ name }) => {
      showDone(task.kind === 'change' ? 'Changed' : `The folder ${name} is there`)
      close()
      await changed()
    },
  })
  const inside = task.kind === 'change' ? foldersIn(all, task.folder.id) : new Set<string>()
  return (
    <ServerForm form={form} submit={task.kind === 'change' ? 'Save' : 'Add folder'} kept={null}>
      <TextInput label="Name" maxLength={100} data-autofocus {...form.field('name')} />
      <Select
        label="Lies in"
        placeholder="The top"
        clearable
        searchable
        data={options.filter(({ value }) => !inside.has(value))}
        {...form.field('parentId')}
      />
    </ServerForm>
  )
}
