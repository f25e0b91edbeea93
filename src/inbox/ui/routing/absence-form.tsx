// Planning or moving an absence, by the clock of whoever does it.

import { Modal, Stack, Textarea, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, client, refresh } from '../../../kit/api.ts'
import { DialogActions } from '../../../kit/dialog-actions.tsx'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { PersonSelect } from '../../../kit/person-select.tsx'
import { instantOf, wallTimeIn } from '../../../kit/time.ts'
import { useMay, useOrg, useZone } from '../../../kit/viewer.tsx'
import type { Absence } from './routing-words.ts'

const dayMs = 24 * 3_600_000

export function AbsenceForm({ absence, close }: { absence: Absence | null; close: () => void }) {
  const org = useOrg()
  const may = useMay()
  const zone = useZone()
  const queryClient = useQueryClient()
  const [draft, setDraft] = useState(() => ({
    memberId: absence?.member.id ?? org.memberId,
    from: absence
      ? wallTimeIn(new Date(absence.from), zone)
      : `${wallTimeIn(new Date(Date.now() + dayMs), zone).slice(0, 10)}T00:00`,
    to: absence
      ? wallTimeIn(new Date(absence.to), zone)
      : `${wallTimeIn(new Date(Date.now() + 2 * dayMs), zone).slice(0, 10)}T00:00`,
    reason: absence?.reason ?? '',
  }))
  const [error, setError] = useState<unknown>(null)
  const [working, setWorking] = useState(false)
  const set = (change: Partial<typeof draft>) => setDraft({ ...draft, ...change })
  const save = async () => {
    setWorking(true)
    setError(null)
    const given = {
      ...{ org: org.id, from: instantOf(draft.from, zone).toISOString(), to: instantOf(draft.to, zone).toISOString() },
      reason: draft.reason,
    }
    try {
      await (absence
        ? client.absences.change({ ...given, id: absence.id })
        : client.absences.plan({ ...given, memberId: draft.memberId }))
      await refresh(queryClient, api.absences, api.work)
      close()
    } catch (caught) {
      setError(caught)
      setWorking(false)
    }
  }
  return (
    <Modal opened onClose={close} title={absence ? `Change the absence of ${absence.member.name}` : 'Plan an absence'}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}
      >
        <Stack gap="md">
          {!absence && may('work.change') && (
            <PersonSelect
              label="Who"
              allowDeselect={false}
              clearable={false}
              value={draft.memberId}
              onChange={(memberId) => memberId && set({ memberId })}
            />
          )}
          <TextInput
            type="datetime-local"
            label="From"
            required
            value={draft.from}
            onChange={({ currentTarget: { value } }) => set({ from: value.slice(0, 16) })}
          />
          <TextInput
            type="datetime-local"
            label="Until"
            required
            value={draft.to}
            onChange={({ currentTarget: { value } }) => set({ to: value.slice(0, 16) })}
          />
          <Textarea
            label="Why"
            description="Optional. Only you and those who lead see it."
            autosize
            minRows={1}
            maxLength={500}
            value={draft.reason}
            onChange={({ currentTarget: { value } }) => set({ reason: value })}
          />
          <ErrorPanel error={error} kept="What you typed is still here." />
          <DialogActions
            close={close}
            action={absence ? 'Save the absence' : 'Plan it'}
            working={working}
            disabled={!draft.from || !draft.to}
          />
        </Stack>
      </form>
    </Modal>
  )
}
