// What one member can take on: hours by weekday, units at the same time, skills, deputy and manager.

import { Checkbox, Modal, NumberInput, Stack, TagsInput, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, client, refresh } from '../../../kit/api.ts'
import { DialogActions } from '../../../kit/dialog-actions.tsx'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { PersonSelect } from '../../../kit/person-select.tsx'
import { useOrg, useZone } from '../../../kit/viewer.tsx'
import { ZoneSelect } from '../../../kit/zone-select.tsx'
import type { BusinessHours } from '../../promises/types.ts'
import { dayLabels, readSpans, readWeek, weekTexts } from '../promises/hours-text.ts'
import type { Work } from './routing-words.ts'
import '@mantine/core/styles/NumberInput.css'
import './routing.css'

const usualWeek = ['09:00–17:00', '09:00–17:00', '09:00–17:00', '09:00–17:00', '09:00–17:00', '', '']

function useDraft({ hours, capacity, skills, deputy, manager }: Work) {
  const own = useZone()
  const [draft, setDraft] = useState({
    ...{ isAlways: hours === null, zone: hours?.zone ?? own, week: hours ? weekTexts(hours) : usualWeek },
    ...{ capacity, skills, deputyId: deputy?.id ?? null, managerId: manager?.id ?? null },
  })
  const week = readWeek(draft.week)
  const kept = { holidays: hours?.holidays ?? [], closed: hours?.closed ?? [], extra: hours?.extra ?? [] }
  const read: BusinessHours | null = 'week' in week ? { zone: draft.zone, week: week.week, ...kept } : null
  return { draft, set: (change: Partial<typeof draft>) => setDraft({ ...draft, ...change }), read }
}

export function WorkForm({ work, close }: { work: Work; close: () => void }) {
  const org = useOrg()
  const queryClient = useQueryClient()
  const { draft, set, read } = useDraft(work)
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
        {!draft.isAlways && <Hours draft={draft} set={set} />}
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

interface HoursProps {
  draft: { zone: string; week: string[] }
  set: (change: { zone?: string; week?: string[] }) => void
}

function Hours({ draft, set }: HoursProps) {
  return (
    <>
      <ZoneSelect
        label="Time zone"
        value={draft.zone}
        onChange={(zone) => zone && set({ zone })}
        allowDeselect={false}
      />
      <fieldset className="ro-fieldset">
        <legend>When</legend>
        <p className="ro-facts">Such as 09:00–12:00, 13:00–17:00. Empty: not at work.</p>
        <div className="ro-days">
          {dayLabels.map((label, index) => (
            <TextInput
              key={label}
              label={label}
              value={draft.week[index]}
              placeholder="Not at work"
              error={readSpans(draft.week[index]!) === null && 'Write it like 09:00–17:00'}
              onChange={({ currentTarget: { value } }) =>
                set({ week: draft.week.map((text, at) => (at === index ? value : text)) })
              }
            />
          ))}
        </div>
      </fieldset>
    </>
  )
}
