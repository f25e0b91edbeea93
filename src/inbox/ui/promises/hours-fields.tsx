// When somebody is there, as fields: a line for each weekday, places whose days off count, days of one's own. Of opening hours and of people.

import { MultiSelect, Textarea, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../../kit/api.ts'
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
import './promises.css'

export interface HoursDraft {
  zone: string
  week: string[]
  holidays: string[]
  closed: string
  extra: string
}

const usualWeek = ['09:00–17:00', '09:00–17:00', '09:00–17:00', '09:00–17:00', '09:00–17:00', '', '']

/** As people type them, and as they are read; null: something cannot be read. */
export function useHoursDraft(hours: BusinessHours | null) {
  const own = useZone()
  const [draft, setDraft] = useState<HoursDraft>({
    zone: hours?.zone ?? own,
    week: hours ? weekTexts(hours) : usualWeek,
    holidays: (hours?.holidays ?? []).map(placeKey),
    closed: closedText(hours?.closed ?? []),
    extra: extraText(hours?.extra ?? []),
  })
  return { draft, set: (change: Partial<HoursDraft>) => setDraft({ ...draft, ...change }), read: readHours(draft) }
}

function readHours({ zone, week, holidays, closed, extra }: HoursDraft): BusinessHours | null {
  const [days, off, more] = [readWeek(week), readClosed(closed), readExtra(extra)]
  if (!('week' in days) || !off || !more) return null
  return { zone, week: days.week, holidays: holidays.map(placeOf), closed: off, extra: more }
}

/** What differs between a place that is open and a person who works. */
export interface HoursWords {
  legend: string
  /** Of a day without times. */
  none: string
  holidays: string
  closed: string
  extra: string
}

interface HoursFieldsProps {
  draft: HoursDraft
  set: (change: Partial<HoursDraft>) => void
  words: HoursWords
}

export function HoursFields({ draft, set, words }: HoursFieldsProps) {
  const places = usePlaces(draft.holidays)
  return (
    <>
      <ZoneSelect
        label="Time zone"
        value={draft.zone}
        onChange={(zone) => zone && set({ zone })}
        allowDeselect={false}
      />
      <WeekFields week={draft.week} set={(week) => set({ week })} words={words} />
      <MultiSelect
        label={words.holidays}
        searchable
        data={places}
        value={draft.holidays}
        onChange={(holidays) => set({ holidays })}
      />
      <Textarea
        label={words.closed}
        description="A line each, such as 2026-12-24 Christmas Eve."
        autosize
        minRows={2}
        value={draft.closed}
        error={readClosed(draft.closed) === null && 'A line begins with a day like 2026-12-24'}
        onChange={({ currentTarget: { value } }) => set({ closed: value })}
      />
      <Textarea
        label={words.extra}
        description="A line each, such as 2026-12-19 10:00–14:00. They hold on days off too."
        autosize
        minRows={2}
        value={draft.extra}
        error={readExtra(draft.extra) === null && 'A line is a day and its times, like 2026-12-19 10:00–14:00'}
        onChange={({ currentTarget: { value } }) => set({ extra: value })}
      />
    </>
  )
}

interface WeekFieldsProps {
  week: string[]
  set: (week: string[]) => void
  words: HoursWords
}

function WeekFields({ week, set, words: { legend, none } }: WeekFieldsProps) {
  return (
    <fieldset className="pr-fieldset">
      <legend>{legend}</legend>
      <p className="pr-facts">
        Such as 09:00–12:00, 13:00–17:00. Empty: {none.toLowerCase()}. 22:00–06:00 goes over midnight.
      </p>
      <div className="pr-fields">
        {dayLabels.map((label, index) => (
          <TextInput
            key={label}
            label={label}
            value={week[index]}
            placeholder={none}
            error={readSpans(week[index]!) === null && 'Write it like 09:00–17:00'}
            onChange={({ currentTarget: { value } }) => set(week.map((text, at) => (at === index ? value : text)))}
          />
        ))}
      </div>
    </fieldset>
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
