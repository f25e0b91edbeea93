// The folders of the library: a tree beside the files, a list to choose from on a phone, and what can be done with the one that is open.

import { ActionIcon, Menu, Select, UnstyledButton } from '@mantine/core'
import { IconDots, IconFolder, IconFolderOff, IconFolderOpen, IconFolderPlus, IconPhoto } from '@tabler/icons-react'
import { useState } from 'react'
import { client } from '../../../kit/api.ts'
import { showProblem, showUndo } from '../../../kit/toast.tsx'
import { useSetSearch } from '../../../kit/url-state.ts'
import { useMay } from '../../../kit/viewer.tsx'
import { FolderDialog, type FolderTask } from './folder-dialog.tsx'
import { type Folder, libraryRoute, useFolders, useLibraryChanges } from './library-context.ts'

const everything = 'all'

export function FolderTree() {
  const { folder } = libraryRoute.useSearch()
  const folders = useFolders()
  const set = useSetSearch()
  const open = (id: string | null) => set({ folder: id })
  return (
    <nav className="md-folders" aria-label="Folders">
      <ul>
        <FolderLine
          label="All files"
          icon={<IconPhoto size={16} aria-hidden />}
          current={!folder}
          open={() => open(null)}
        />
        <FolderLine
          label="In no folder"
          icon={<IconFolderOff size={16} aria-hidden />}
          current={folder === 'none'}
          open={() => open('none')}
        />
        <Branch parentId={null} all={folders.all} current={folder} open={open} />
      </ul>
      <FolderTools />
    </nav>
  )
}

interface BranchProps {
  parentId: string | null
  all: Folder[]
  current: string | undefined
  open: (id: string) => void
}

function Branch({ parentId, all, current, open }: BranchProps) {
  return all
    .filter((each) => each.parentId === parentId)
    .map(({ id, name, files }) => (
      <FolderLine
        key={id}
        label={name}
        files={files}
        icon={current === id ? <IconFolderOpen size={16} aria-hidden /> : <IconFolder size={16} aria-hidden />}
        current={current === id}
        open={() => open(id)}
      >
        {all.some((each) => each.parentId === id) && (
          <ul>
            <Branch parentId={id} all={all} current={current} open={open} />
          </ul>
        )}
      </FolderLine>
    ))
}

interface FolderLineProps {
  label: string
  icon: React.ReactNode
  files?: number
  current: boolean
  open: () => void
  children?: React.ReactNode
}

function FolderLine({ label, icon, files, current, open, children }: FolderLineProps) {
  return (
    <li>
      <UnstyledButton className="md-folder" aria-current={current ? 'true' : undefined} onClick={open}>
        {icon}
        <span className="md-folder-name">{label}</span>
        {files ? <span className="md-folder-files">{files}</span> : null}
      </UnstyledButton>
      {children}
    </li>
  )
}

/** On a phone. */
export function FolderSelect() {
  const { folder } = libraryRoute.useSearch()
  const { options } = useFolders()
  const set = useSetSearch()
  return (
    <div className="md-folder-select">
      <Select
        label="Folder"
        allowDeselect={false}
        searchable={options.length > 8}
        data={[{ value: everything, label: 'All files' }, { value: 'none', label: 'In no folder' }, ...options]}
        value={folder ?? everything}
        onChange={(value) => set({ folder: value === everything ? null : value })}
      />
      <FolderTools />
    </div>
  )
}

/** A new folder in the one that is open, and what can be done with that one. */
function FolderTools() {
  const { folder } = libraryRoute.useSearch()
  const { all } = useFolders()
  const may = useMay()
  const set = useSetSearch()
  const { org, changed } = useLibraryChanges()
  const [task, setTask] = useState<FolderTask | null>(null)
  const here = all.find(({ id }) => id === folder)
  if (!may('media.change')) return null
  const remove = async ({ id, name, parentId }: Folder) => {
    try {
      await client.mediaFolders.remove({ org, id })
      set({ folder: parentId })
      await changed()
      showUndo(`The folder ${name} is removed`, async () => {
        await client.mediaFolders.add({ org, name, parentId })
        await changed()
      })
    } catch (error) {
      showProblem(error, `${name} was not removed`)
    }
  }
  return (
    <div className="md-folder-tools">
      <UnstyledButton className="md-folder" onClick={() => setTask({ kind: 'add', parentId: here?.id ?? null })}>
        <IconFolderPlus size={16} aria-hidden />
        <span className="md-folder-name">New folder{here ? ' in this one' : ''}</span>
      </UnstyledButton>
      {here && (
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon variant="subtle" color="gray" aria-label={`Change the folder ${here.name}`}>
              <IconDots size={16} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={() => setTask({ kind: 'change', folder: here })}>Rename or move…</Menu.Item>
            <Menu.Item onClick={() => void remove(here)}>Remove</Menu.Item>
          </Menu.Dropdown>
        </Menu>
      )}
      <FolderDialog task={task} close={() => setTask(null)} />
    </div>
  )
}
