// Tags and priority of all that is selected.

import { Autocomplete, Menu } from '@mantine/core'
import { useState } from 'react'
import { DialogActions } from '../../kit/dialog-actions.tsx'
import type { MarkChange } from '../bulk/types.ts'
import { ActionMenu } from './action-menu.tsx'
import { priorityChoices } from './routing/routing-words.ts'
import { useTags } from './use-tags.ts'

interface BulkMarksProps {
  isBusy: boolean
  change: (change: MarkChange) => void
  askTag: (kind: 'tag' | 'untag') => void
}

export function BulkMarks({ isBusy, change, askTag }: BulkMarksProps) {
  return (
    <ActionMenu label="Tags and priority" isBusy={isBusy}>
      <Menu.Item onClick={() => askTag('tag')}>Tag them</Menu.Item>
      <Menu.Item onClick={() => askTag('untag')}>Take a tag away</Menu.Item>
      <Menu.Divider />
      {priorityChoices.map(({ value, label }) => (
        <Menu.Item key={value} onClick={() => change({ kind: 'priority', priority: value })}>
          Priority: {label.toLowerCase()}
        </Menu.Item>
      ))}
    </ActionMenu>
  )
}

interface TagFormProps {
  kind: 'tag' | 'untag'
  change: (change: MarkChange) => void
  close: () => void
}

export function TagForm({ kind, change, close }: TagFormProps) {
  const [typed, setTyped] = useState('')
  const tag = typed.trim()
  return (
    <form
      className="ib-note"
      onSubmit={(event) => {
        event.preventDefault()
        if (!tag) return
        change({ kind, tag })
        close()
      }}
    >
      <Autocomplete label="Tag" data={useTags()} maxLength={60} value={typed} onChange={setTyped} data-autofocus />
      <DialogActions action={kind === 'tag' ? 'Tag' : 'Take it away'} close={close} disabled={!tag} />
    </form>
  )
}
