// What can be done with all that is selected; the keys are those for one conversation, with Shift.

import { Button, Group, Menu, Modal, Select, Textarea } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../kit/api.ts'
import { DialogActions } from '../../kit/dialog-actions.tsx'
import { PersonSelect } from '../../kit/person-select.tsx'
import { useShortcut } from '../../kit/shortcuts.tsx'
import { useOrg } from '../../kit/viewer.tsx'
import { count } from '../../kit/words.ts'
import { mostListed } from '../bulk/types.ts'
import type { CloseReason } from '../types.ts'
import { ActionMenu } from './action-menu.tsx'
import { BulkMarks, TagForm } from './bulk-marks.tsx'
import { type Bulk, reasonWords } from './inbox-words.ts'
import { snoozes } from './snoozes.ts'
import type { Selection } from './use-selection.ts'

type Change = Bulk['change']

interface BulkBarProps {
  selection: Selection
  hasMore: boolean
  isBusy: boolean
  change: (change: Change) => void
}

export function BulkBar({ selection, hasMore, isBusy, change }: BulkBarProps) {
  const org = useOrg()
  const [asking, setAsking] = useState<keyof typeof titles | null>(null)
  const close = (reason: CloseReason) => change({ kind: 'close', reason, note: '' })
  const putOff = (until: Date) => change({ kind: 'put-off', until: until.toISOString(), note: '' })
  const take = () => change({ kind: 'assign', ownerId: org.memberId, note: '' })
  useShortcut('E', 'Close all that are selected: answered', () => close('answered'))
  useShortcut('A', 'Take all that are selected', take)
  useShortcut('T', 'Tag all that are selected', () => setAsking('tag'))
  useShortcut('Z', 'Put all that are selected off until tomorrow', () => putOff(snoozes(new Date())[1]!.until))
  return (
    <section className="ib-bulk" aria-label="What is selected">
      <p role="status">
        {selection.isAll && hasMore
          ? `All of this list is selected, at most ${mostListed.toLocaleString('en')}`
          : `${count(selection.ids.size, 'conversation')} selected`}
      </p>
      <Group gap="xs">
        <Button variant="default" size="compact-sm" loading={isBusy} onClick={take}>
          Take them
        </Button>
        <ActionMenu label="Give or hand over" isBusy={isBusy}>
          <Menu.Item onClick={() => setAsking('owner')}>Give them to somebody</Menu.Item>
          <Menu.Item onClick={() => setAsking('department')}>Hand them to a department</Menu.Item>
        </ActionMenu>
        <BulkMarks isBusy={isBusy} change={change} askTag={setAsking} />
        <ActionMenu label="Put them off" isBusy={isBusy}>
          {snoozes(new Date()).map(({ label, until }) => (
            <Menu.Item key={label} onClick={() => putOff(until)}>
              {label}
            </Menu.Item>
          ))}
        </ActionMenu>
        <ActionMenu label="Close them" isBusy={isBusy}>
          {(Object.keys(reasonWords) as CloseReason[]).map((reason) => (
            <Menu.Item key={reason} onClick={() => close(reason)}>
              {reasonWords[reason].label}
            </Menu.Item>
          ))}
          <Menu.Item onClick={() => change({ kind: 'open', note: '' })}>Open them again</Menu.Item>
        </ActionMenu>
        <Button variant="subtle" size="compact-sm" onClick={selection.clear}>
          Select nothing
        </Button>
      </Group>
      <Modal opened={asking !== null} onClose={() => setAsking(null)} title={asking && titles[asking]}>
        {asking && <AskForm asking={asking} change={change} close={() => setAsking(null)} />}
      </Modal>
    </section>
  )
}

const titles = {
  owner: 'Give them to somebody',
  department: 'Hand them to a department',
  tag: 'Tag them',
  untag: 'Take a tag away from them',
}

const AskForm = ({ asking, ...rest }: { asking: keyof typeof titles } & Omit<GiveFormProps, 'to'>) =>
  asking === 'tag' || asking === 'untag' ? <TagForm kind={asking} {...rest} /> : <GiveForm to={asking} {...rest} />

interface GiveFormProps {
  to: 'owner' | 'department'
  change: (change: Change) => void
  close: () => void
}

function GiveForm({ to, change, close }: GiveFormProps) {
  const org = useOrg()
  const [id, setId] = useState<string | null>(null)
  const [note, setNote] = useState('')
  const departments = useQuery(api.departments.list.queryOptions({ input: { org: org.id }, staleTime: 60_000 }))
  const isReady = id !== null && (to === 'owner' || note.trim() !== '')
  return (
    <form
      className="ib-note"
      onSubmit={(event) => {
        event.preventDefault()
        if (!isReady) return
        change(to === 'owner' ? { kind: 'assign', ownerId: id, note } : { kind: 'hand-over', departmentId: id, note })
        close()
      }}
    >
      {to === 'owner' ? (
        <PersonSelect label="Who answers" value={id} onChange={setId} data-autofocus />
      ) : (
        <Select
          label="Department"
          data={(departments.data ?? []).map(({ id: value, name }) => ({ value, label: name }))}
          value={id}
          onChange={setId}
          data-autofocus
        />
      )}
      <Textarea
        label={to === 'owner' ? 'A word to them' : 'Why'}
        autosize
        minRows={2}
        maxLength={4000}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      <DialogActions action={to === 'owner' ? 'Give' : 'Hand over'} close={close} disabled={!isReady} />
    </form>
  )
}
