// How often a post repeats and until when, with the next dates as they will be.

import { Chip, Group, NumberInput, Select, Stack, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { dayName } from '../../../accounts/ui/slots.ts'
import { api, refusalOf } from '../../../kit/api.ts'
import { timeIn, zoneCity } from '../../../kit/time.ts'
import { useOrg } from '../../../kit/viewer.tsx'
import { fieldWords } from '../../../kit/words.ts'
import { ruleWords, weekdays } from '../../series/rules.ts'
import { weekdayOf } from '../planned-time.ts'
import { type Choice, type End, type Often, placeInMonth, weekdayCode } from './repeat-choice.ts'
import '../notes.css'
import './series.css'
import '@mantine/core/styles/Chip.css'
import '@mantine/core/styles/NumberInput.css'

interface RepeatFieldsProps {
  choice: Choice
  change: (choice: Choice) => void
  rule: string | null
  wall: string
  zone: string
  /** It repeats in any case: only how is asked. */
  always?: boolean
}

const places: Record<string, string> = { 1: 'first', 2: 'second', 3: 'third', 4: 'fourth', '-1': 'last' }
const units: Partial<Record<Often, string>> = {
  daily: 'days',
  weekly: 'weeks',
  'monthly-day': 'months',
  'monthly-weekday': 'months',
}

export function RepeatFields({ choice, change, rule, wall, zone, always = false }: RepeatFieldsProps) {
  const set = (more: Partial<Choice>) => change({ ...choice, ...more })
  const unit = units[choice.often]
  return (
    <Stack gap="xs">
      <Select
        label="Repeat"
        allowDeselect={false}
        value={choice.often}
        onChange={(often) => set({ often: (often ?? 'never') as Often })}
        data={[
          ...(always ? [] : [{ value: 'never', label: 'Does not repeat' }]),
          { value: 'daily', label: 'Daily' },
          { value: 'weekdays', label: 'Every weekday, Monday to Friday' },
          { value: 'weekly', label: 'Weekly on…' },
          { value: 'monthly-day', label: `Monthly on day ${Number(wall.slice(8, 10)) || '…'}` },
          {
            value: 'monthly-weekday',
            label: wall
              ? `Monthly on the ${places[placeInMonth(wall)]} ${dayName(weekdayOf(wall))}`
              : 'Monthly on a weekday',
          },
          { value: 'custom', label: 'By a rule of its own (RRULE)' },
        ]}
      />
      {unit && (
        <NumberInput
          label={`Every how many ${unit}`}
          min={1}
          max={99}
          value={choice.interval}
          onChange={(value) => set({ interval: Number(value) || 1 })}
        />
      )}
      {choice.often === 'weekly' && (
        <Chip.Group
          multiple
          value={choice.days.length > 0 ? choice.days : [weekdayCode(wall)]}
          onChange={(days) => set({ days })}
        >
          <Group gap={4} role="group" aria-label="On which days">
            {weekdays.map((day, index) => (
              <Chip key={day} value={day} size="xs" aria-label={dayName(index + 1)}>
                {dayName(index + 1).slice(0, 2)}
              </Chip>
            ))}
          </Group>
        </Chip.Group>
      )}
      {choice.often === 'custom' ? (
        <TextInput
          label="Rule (RFC 5545)"
          description="At most once a day; the time of day is set above."
          value={choice.custom}
          onChange={(event) => set({ custom: event.currentTarget.value })}
        />
      ) : (
        choice.often !== 'never' && <EndFields choice={choice} set={set} />
      )}
      {rule && wall.length >= 16 && <RepeatPreview rule={rule} wall={wall} zone={zone} />}
    </Stack>
  )
}

function EndFields({ choice, set }: { choice: Choice; set: (more: Partial<Choice>) => void }) {
  return (
    <>
      <Select
        label="Ends"
        allowDeselect={false}
        value={choice.end}
        onChange={(end) => set({ end: (end ?? 'never') as End })}
        data={[
          { value: 'never', label: 'When somebody ends it' },
          { value: 'until', label: 'After a day' },
          { value: 'count', label: 'After a number of posts' },
        ]}
      />
      {choice.end === 'until' && (
        <TextInput
          type="date"
          label="Last day"
          value={choice.until}
          onChange={(event) => set({ until: event.currentTarget.value })}
        />
      )}
      {choice.end === 'count' && (
        <NumberInput
          label="How many posts"
          min={1}
          max={5000}
          value={choice.count}
          onChange={(value) => set({ count: Number(value) || 1 })}
        />
      )}
    </>
  )
}

/** The next ten dates, with what the clock does to them. */
export function RepeatPreview({ rule, wall, zone }: { rule: string; wall: string; zone: string }) {
  const org = useOrg()
  const preview = useQuery(
    api.series.preview.queryOptions({
      input: { org: org.id, rule, wall, zone, most: 10 },
      staleTime: 60_000,
      retry: false,
    }),
  )
  if (preview.error)
    return (
      <p className="cp-note cp-wrong" role="alert">
        {fieldWords(refusalOf(preview.error))}
      </p>
    )
  if (!preview.data) return <p className="cp-note">Looking for its dates…</p>
  const { occurrences, ends } = preview.data
  return (
    <div className="se-preview">
      <p className="cp-note">
        It goes out {ruleWords(preview.data.rule)}, {zoneCity(zone)} time{ends ? '; these are all' : ''}:
      </p>
      <ol>
        {occurrences.map(({ wall: planned, at, movedTo, twice }) => (
          <li key={planned}>
            {timeIn(new Date(at), zone, 'moment', new Date())}
            {movedTo && <em> The clocks skip {planned.slice(11)} that day.</em>}
            {twice && <em> The clocks show it twice; the first is meant.</em>}
          </li>
        ))}
      </ol>
    </div>
  )
}
