// What one member can take on: hours by weekday, units at the same time, skills, deputy and manager.

import { Checkbox, Modal, NumberInput, Stack, TagsInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, client, refresh } from '../../../kit/api.ts'
import { DialogActions } from '../../../kit/dialog-actions.tsx'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { PersonSelect } from '../../../kit/person-select.tsx'
import { useOrg } from '../../../kit/viewer.tsx'
import { HoursFields, type HoursWords, useHoursDraft } from '../promises/hours-fields.tsx'
import type { Work } from './routing-words.ts'
import '@mantine/core/styles/NumberInput.css'

const words: HoursWords = {
  legend: 'When',
  none: 'Not at work',
  holidays: 'Off on the public holidays of',
  closed: 'Other days off',
  extra: 'Extra hours',
}

export function WorkForm({ work, close }: { work: Work; close: () => void }) {
  const org = useOrg()
  const queryClient = useQueryClient()
  const { draft: hoursDraft, set: setHours, read } = useHoursDraft(work.hours)
  const [draft, setDraft] = useState({
    ...{ isAlways: work.hours === null, capacity: work.capacity, skills: work.skills },
    ...{ deputyId: work.deputy?.id ?? null, managerId: work.manager?.id ?? null },
  })
  const set = (change: Partial<typeof draft>) => setDraft({ ...draft, ...change })
  const [error, setError] = useState<unknown>(null)
  const [working, setWorking] = useState(false)
  const save = async () => {
    if (!draft.isAlways && !read) return
    setWorking(true)
    setError(null)
    const { capacity, skills, deputyId, managerId } = draft
    const hours = draft.isAlways ? null : read
    try {
      await client.work.change({ org: org.id, id: work.member.id, hours, capacity, skills, deputyId, managerId })
      await refresh(queryClient, api.work)
      close()
    } catch (caught) {
      setError(caught)
      setWorking(false)
    }
  }
  return (
    <Modal opened onClose={close} title={`What ${work.member.name} can take on`} size="lg">
      <Stack gap="md">
        <Checkbox
          label="Works always"
          description="Until hours are said, conversations may come at any time."
          checked={draft.isAlways}
          onChange={({ currentTarget: { checked } }) => set({ isAlways: checked })}
        />
        {!draft.isAlways && <HoursFields draft={hoursDraft} set={setHours} words={words} />}
        <NumberInput
          label="Units of work at the same time"
          description="A comment is one, a letter or a private talk two. 0: nothing comes by itself."
          min={0}
          max={1000}
          allowDecimal={false}
          value={draft.capacity}
          onChange={(value) => set({ capacity: Number(value) || 0 })}
        />
        <TagsInput
          label="Knows"
          description="Skills that rules ask for; languages too, such as es."
          value={draft.skills}
          onChange={(skills) => set({ skills })}
        />
        <PersonSelect label="Stands in for them" value={draft.deputyId} onChange={(deputyId) => set({ deputyId })} />
        <PersonSelect label="Leads them" value={draft.managerId} onChange={(managerId) => set({ managerId })} />
        <ErrorPanel error={error} kept="What you typed is still here." />
        <DialogActions close={close} action="Save" run={save} working={working} disabled={!draft.isAlways && !read} />
      </Stack>
    </Modal>
  )
}
