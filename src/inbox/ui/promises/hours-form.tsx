// Making or changing business hours.

import { Modal, Stack, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { client } from '../../../kit/api.ts'
import { DialogActions } from '../../../kit/dialog-actions.tsx'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { useOrg } from '../../../kit/viewer.tsx'
import type { BusinessHours } from '../../promises/types.ts'
import { HoursFields, type HoursWords, useHoursDraft } from './hours-fields.tsx'
import type { Hours } from './promise-words.ts'

interface HoursFormProps {
  hours: Hours | null
  close: () => void
  done: () => Promise<unknown>
}

const words: HoursWords = {
  legend: 'When somebody is there',
  none: 'Closed',
  holidays: 'Closed on the public holidays of',
  closed: 'Other days on which it is closed',
  extra: 'Extra hours',
}

export function HoursForm({ hours, close, done }: HoursFormProps) {
  const org = useOrg()
  const [name, setName] = useState(hours?.name ?? '')
  const { draft, set, read } = useHoursDraft(hours?.hours ?? null)
  const save = useMutation({
    mutationFn: async (ready: BusinessHours) => {
      const given = { org: org.id, name, hours: ready }
      await (hours ? client.hours.change({ ...given, id: hours.id }) : client.hours.make(given))
      await done()
      close()
    },
  })
  return (
    <Modal opened onClose={close} title={hours ? `Change ${hours.name}` : 'New business hours'} size="lg">
      <Stack gap="md">
        <TextInput
          label="Name"
          value={name}
          maxLength={120}
          onChange={({ currentTarget: { value } }) => setName(value)}
          data-autofocus
        />
        <HoursFields draft={draft} set={set} words={words} />
        <ErrorPanel error={save.error} kept="What you typed is still here." />
        <DialogActions
          close={close}
          action="Save the hours"
          run={() => read && save.mutate(read)}
          working={save.isPending}
          disabled={!read || !name.trim()}
        />
      </Stack>
    </Modal>
  )
}
