// Making or changing business hours: a line for each weekday, places whose days off are closed, days of one's own.

import { Modal, MultiSelect, Stack, Textarea, TextInput } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api, client } from '../../../kit/api.ts'
import { DialogActions } from '../../../kit/dialog-actions.tsx'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { useOrg, useZone } from '../../../kit/viewer.tsx'
import { ZoneSelect } from '../../../kit/zone-select.tsx'
import type { BusinessHours } from '../../promises/types.ts'
import {
  closedText,
  dayLabels,
  extraText,
  readClosed,
  readExtra,
  readSpans,
  readWeek,
  weekTexts,
} from './hours-text.ts'
import type { Hours } from './promise-words.ts'

interface HoursFormProps {
  hours: Hours | null
  close: () => void
  done: () => Promise<unknown>
}

const usualWeek = ['09:00–17:00', '09:00–17:00', '09:00–17:00', '09:00–17:00', '09:00–17:00', '', '']

function useDraft(hours: Hours | null) {
  const own = useZone()
  const [draft, setDraft] = useState({
    name: hours?.name ?? '',
    zone: hours?.hours.zone ?? own,
    week: hours ? weekTexts(hours.hours) : usualWeek,
    holidays: (hours?.hours.holidays ?? []).map(placeKey),
    closed: closedText(hours?.hours.closed ?? []),
    extra: extraText(hours?.hours.extra ?? []),
  })
  const week = readWeek(draft.week)
  const [closed, extra] = [readClosed(draft.closed), readExtra(draft.extra)]
  const read: BusinessHours | null =
    'week' in week && closed && extra
      ? { zone: draft.zone, week: week.week, holidays: draft.holidays.map(placeOf), closed, extra }
      : null
  return { draft, set: (change: Partial<typeof draft>) => setDraft({ ...draft, ...change }), read, closed, extra }
}

export function HoursForm({ hours, close, done }: HoursFormProps) {
  const org = useOrg()
  const { draft, set, read, closed, extra } = useDraft(hours)
  const places = usePlaces(draft.holidays)
  const save = useMutation({
    mutationFn: async (ready: BusinessHours) => {
      const given = { org: org.id, name: draft.name, hours: ready }
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
          value={draft.name}
          maxLength={120}
          onChange={({ currentTarget: { value } }) => set({ name: value })}
          data-autofocus
        />
        <ZoneSelect
          label="Time zone"
          value={draft.zone}
          onChange={(zone) => zone && set({ zone })}
          allowDeselect={false}
        />
        <fieldset className="pr-fieldset">
          <legend>When somebody is there</legend>
          <p className="pr-facts">Such as 09:00–12:00, 13:00–17:00. Empty: closed. 22:00–06:00 goes over midnight.</p>
          <div className="pr-fields">
            {dayLabels.map((label, index) => (
              <TextInput
                key={label}
                label={label}
                value={draft.week[index]}
                placeholder="Closed"
                error={readSpans(draft.week[index]!) === null && 'Write it like 09:00–17:00'}
                onChange={({ currentTarget: { value } }) =>
                  set({ week: draft.week.map((text, at) => (at === index ? value : text)) })
                }
              />
            ))}
          </div>
        </fieldset>
        <MultiSelect
          label="Closed on the public holidays of"
          searchable
          data={places}
          value={draft.holidays}
          onChange={(holidays) => set({ holidays })}
        />
        <Textarea
          label="Other days on which it is closed"
          description="A line each, such as 2026-12-24 Christmas Eve."
          autosize
          minRows={2}
          value={draft.closed}
          error={closed === null && 'A line begins with a day like 2026-12-24'}
          onChange={({ currentTarget: { value } }) => set({ closed: value })}
        />
        <Textarea
          label="Extra hours"
          description="A line each, such as 2026-12-19 10:00–14:00. They hold on closed days too."
          autosize
          minRows={2}
          value={draft.extra}
          error={extra === null && 'A line is a day and its times, like 2026-12-19 10:00–14:00'}
          onChange={({ currentTarget: { value } }) => set({ extra: value })}
        />
        <ErrorPanel error={save.error} kept="What you typed is still here." />
        <DialogActions
          close={close}
          action="Save the hours"
          run={() => read && save.mutate(read)}
          working={save.isPending}
          disabled={!read || !draft.name.trim()}
        />
      </Stack>
    </Modal>
  )
}

type Place = BusinessHours['holidays'][number]

const placeKey = ({ country, state, region }: Place): string => [country, state ?? '', region ?? ''].join('/')

function placeOf(key: string): Place {
  const [country, state, region] = key.split('/')
  return { country: country!, state: state || null, region: region || null }
}

/** Countries, and the places that the organisation keeps in sight. */
function usePlaces(chosen: readonly string[]): { value: string; label: string }[] {
  const input = { org: useOrg().id, language: 'en' }
  const countries = useQuery(api.holidays.known.queryOptions({ input, staleTime: Number.POSITIVE_INFINITY }))
  const own = useQuery(api.holidays.places.queryOptions({ input }))
  const found = new Map<string, string>()
  for (const key of chosen) found.set(key, key.replaceAll('/', ' ').trim())
  for (const { code, name } of countries.data ?? []) found.set(`${code}//`, name)
  for (const place of own.data ?? []) found.set(placeKey(place), place.name)
  return [...found].map(([value, label]) => ({ value, label }))
}
