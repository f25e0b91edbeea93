// What can be done with the chosen files: move, tag, rights, remove; each can be undone.

import { Button, Group, Modal, Select, Stack, TagsInput } from '@mantine/core'
import { IconFolderSymlink, IconLicense, IconTag, IconTrash, IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../../kit/api.ts'
import { count } from '../../../kit/words.ts'
import { longestTag, mostAtOnce, mostTags } from '../../library/types.ts'
import type { Choice } from './choosing.ts'
import { useFolders, useLibraryChanges } from './library-context.ts'
import { changedRights, noRights, RightsForm } from './rights-form.tsx'

type Task = 'move' | 'tag' | 'rights'

export function BulkBar({ choice, shown }: { choice: Choice; shown: number }) {
  const { remove } = useLibraryChanges()
  const [task, setTask] = useState<Task | null>(null)
  const ids = [...choice.ids]
  if (ids.length === 0) return null
  const tooMany = ids.length > mostAtOnce
  const button = (label: string, icon: React.ReactNode, run: () => void) => (
    <Button size="compact-sm" variant="default" leftSection={icon} disabled={tooMany} onClick={run}>
      {label}
    </Button>
  )
  return (
    <section className="md-bulk" aria-label="Chosen files">
      <span role="status">
        {count(ids.length, 'file')} chosen{tooMany && `; at most ${mostAtOnce} at once`}
      </span>
      <Group gap={8}>
        {button('Move', <IconFolderSymlink size={16} aria-hidden />, () => setTask('move'))}
        {button('Tags', <IconTag size={16} aria-hidden />, () => setTask('tag'))}
        {button('Rights', <IconLicense size={16} aria-hidden />, () => setTask('rights'))}
        {button(
          'Remove',
          <IconTrash size={16} aria-hidden />,
          () => void remove(ids).then((done) => done && choice.none()),
        )}
        {ids.length < shown && (
          <Button size="compact-sm" variant="subtle" color="gray" onClick={choice.all}>
            Choose all {shown} shown
          </Button>
        )}
        <Button
          size="compact-sm"
          variant="subtle"
          color="gray"
          leftSection={<IconX size={16} aria-hidden />}
          onClick={choice.none}
        >
          None
        </Button>
      </Group>
      <BulkDialog task={task} ids={ids} close={() => setTask(null)} />
    </section>
  )
}

const titles: Record<Task, string> = { move: 'Move to a folder', tag: 'Change tags', rights: 'Set rights' }

function BulkDialog({ task, ids, close }: { task: Task | null; ids: string[]; close: () => void }) {
  return (
    <Modal opened={task !== null} onClose={close} title={task && `${titles[task]}: ${count(ids.length, 'file')}`}>
      {task === 'move' && <MoveForm ids={ids} close={close} />}
      {task === 'tag' && <TagForm ids={ids} close={close} />}
      {task === 'rights' && <BulkRights ids={ids} close={close} />}
    </Modal>
  )
}

interface FormProps {
  ids: string[]
  close: () => void
}

function MoveForm({ ids, close }: FormProps) {
  const { options, nameOf } = useFolders()
  const { arrange } = useLibraryChanges()
  const [to, setTo] = useState<string | null>(null)
  const [working, setWorking] = useState(false)
  const move = async () => {
    setWorking(true)
    const where = to ? `moved to ${nameOf(to)}` : 'taken out of their folders'
    if (await arrange(ids, { folderId: to }, `${count(ids.length, 'file')} ${where}`)) close()
    setWorking(false)
  }
  return (
    <Stack>
      <Select
        label="Folder"
        placeholder="In no folder"
        clearable
        searchable
        data={options}
        value={to}
        onChange={setTo}
        data-autofocus
      />
      <Button onClick={() => void move()} loading={working}>
        Move
      </Button>
    </Stack>
  )
}

function TagForm({ ids, close }: FormProps) {
  const known = useKnownTags()
  const { arrange } = useLibraryChanges()
  const [add, setAdd] = useState<string[]>([])
  const [remove, setRemove] = useState<string[]>([])
  const [working, setWorking] = useState(false)
  const change = async () => {
    setWorking(true)
    if (await arrange(ids, { addTags: add, removeTags: remove }, `Tags of ${count(ids.length, 'file')} changed`))
      close()
    setWorking(false)
  }
  return (
    <Stack>
      <TagsInput
        label="Add"
        data={known}
        value={add}
        onChange={setAdd}
        maxTags={mostTags}
        maxLength={longestTag}
        data-autofocus
      />
      <TagsInput
        label="Take away"
        data={known}
        value={remove}
        onChange={setRemove}
        maxTags={mostTags}
        maxLength={longestTag}
      />
      <Button onClick={() => void change()} loading={working} disabled={add.length + remove.length === 0}>
        Change tags
      </Button>
    </Stack>
  )
}

export function useKnownTags(): string[] {
  const { org } = useLibraryChanges()
  const tags = useQuery(api.media.tags.queryOptions({ input: { org } }))
  return (tags.data ?? []).map(({ tag }) => tag)
}

/** Files differ: only what is entered here is set, and the rest of each stays. */
function BulkRights({ ids, close }: FormProps) {
  const { setRights } = useLibraryChanges()
  return (
    <RightsForm
      before={noRights}
      submit={`Set for ${count(ids.length, 'file')}`}
      several
      send={(rights) => setRights(ids, changedRights(noRights, rights), `Rights of ${count(ids.length, 'file')} set`)}
      done={close}
    />
  )
}
