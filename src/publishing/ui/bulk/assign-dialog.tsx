// Gives many posts a campaign, a department or an owner; what is left alone stays as it is.

import { Modal, Select, Stack } from '@mantine/core'
import { useState } from 'react'
import { DialogActions } from '../../../kit/dialog-actions.tsx'
import { PersonSelect } from '../../../kit/person-select.tsx'
import { count } from '../../../kit/words.ts'
import { DepartmentSelect } from '../../../people/ui/department-select.tsx'
import type { Assignable } from '../../bulk/types.ts'
import { useCampaigns } from './use-campaigns.ts'

interface AssignDialogProps {
  posts: number
  close: () => void
  run: (change: Partial<Assignable>) => Promise<unknown>
}

export function AssignDialog({ posts, close, run }: AssignDialogProps) {
  const campaigns = useCampaigns()
  const [change, setChange] = useState<Partial<Assignable>>({})
  const [working, setWorking] = useState(false)
  const set = (name: keyof Assignable, value: string | null) =>
    setChange(({ [name]: _, ...rest }) =>
      value === null ? rest : { ...rest, [name]: value === 'none' ? null : value },
    )
  const shown = (name: keyof Assignable) => (change[name] === null ? 'none' : (change[name] ?? null))
  const save = async () => {
    setWorking(true)
    await run(change)
    close()
  }
  return (
    <Modal opened onClose={close} title={`Assign ${count(posts, 'post')}`}>
      <Stack gap="md">
        <Select
          label="Campaign"
          placeholder="As it is"
          clearable
          searchable
          data={[
            { value: 'none', label: 'Always-on' },
            ...campaigns.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          value={shown('campaignId')}
          onChange={(value) => set('campaignId', value)}
        />
        <DepartmentSelect
          placeholder="As it is"
          value={shown('departmentId')}
          onChange={(value) => set('departmentId', value)}
        />
        <PersonSelect
          label="Owner"
          placeholder="As it is"
          value={shown('ownerId')}
          onChange={(value) => set('ownerId', value)}
        />
        <DialogActions
          close={close}
          action="Assign"
          run={save}
          working={working}
          disabled={Object.keys(change).length === 0}
        />
      </Stack>
    </Modal>
  )
}
